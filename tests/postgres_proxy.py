"""Between a store and its PostgreSQL server: loses answers, or behaves as poolers do."""

import asyncio
from types import TracebackType

KEY_DATA = b"K\0\0\0\x0c"  # the message that names the server's process


class PostgresProxy:
    """Forwards each connection, and changes what passes as it is told.

    `lose` bytes that begin a client's message whose answer is lost: it reaches the server, is
    answered, and the connection ends. `deny` is a word that the server is not to understand.
    With `pooled` the server's process is called by another number.
    """

    def __init__(self, port: int, *, deny: bytes = b"", pooled: bool = False) -> None:
        self.lose = b""
        self.lost = 0
        self._target = port
        self._deny = deny
        self._pooled = pooled
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def __aenter__(self) -> "PostgresProxy":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            there, to_server = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.close()
            return
        silent = asyncio.Event()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._ask(reader, to_server, silent))
                group.create_task(self._answer(there, writer, silent))
        except* (OSError, EOFError):
            pass
        finally:
            writer.close()
            to_server.close()

    async def _ask(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event
    ) -> None:
        while data := await reader.read(1 << 20):
            if self._deny:
                data = data.replace(self._deny, b"?" * len(self._deny))
            if self.lose and self.lose in data:
                self.lose = b""
                silent.set()
            writer.write(data)
            await writer.drain()
        raise EOFError

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event
    ) -> None:
        while data := await reader.read(1 << 20):
            if silent.is_set():
                self.lost += 1
                break
            if self._pooled and (place := data.find(KEY_DATA)) >= 0:
                data = data[: place + 5] + b"\0\0\0\x01" + data[place + 9 :]
            writer.write(data)
            await writer.drain()
        raise EOFError
