"""Uvicorn as we run it: with our protocol, without its log, and its lines written at the end."""

import asyncio
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import cast

import uvicorn

from yizhan.server import writer
from yizhan.server.descriptors import Descriptors, raise_limit
from yizhan.server.hooks import take_hooks
from yizhan.server.protocol import Protocol
from yizhan.server.site import Site

BACKLOG = 2048  # connections that may wait to be accepted
DRAIN = 2  # seconds for responses on their way, after the engine has stopped
KEEP_ALIVE = 15  # seconds that a connection may be idle between two requests
LEAVING = 2.0 * KEEP_ALIVE  # seconds in which the connections of one that retires have ended


def _nothing() -> None:
    pass


class Server(uvicorn.Server):
    """Uvicorn's server; `serving` is called once it serves, `stopping` when it stops."""

    def __init__(
        self,
        config: uvicorn.Config,
        serving: Callable[[], None] = _nothing,
        *,
        stopping: Callable[[], None] = _nothing,
    ) -> None:
        super().__init__(config)
        self._serving = serving
        self._stopping = stopping
        self._descriptors = Descriptors()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._leaves_at: float | None = None

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to stop; this process is the server's own."""
        take_hooks()
        raise_limit()
        # Not by uvicorn, which until 0.36 knew no loops but its own two.
        with asyncio.Runner(loop_factory=loop_factory(self.config.loop)) as runner:
            runner.run(self.serve(sockets))

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._serving()

    async def on_tick(self, counter: int) -> bool:
        """Look around, as uvicorn does ten times a second; whether to stop."""
        self._descriptors.look()
        if self._leaves_at is not None:
            self._leave(self._leaves_at)
        return await super().on_tick(counter)

    def retire_soon(self) -> None:
        """Another process serves at the socket: stop without a push being lost. From any thread.

        No new connection is taken. One that is open is answered, and told with the answer to
        close; an idle one is not cut, for a request may be on its way on it.
        """
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(self._retire)

    def _retire(self) -> None:
        for server in self.servers:
            server.close()
        if self._leaves_at is None:
            self._leaves_at = time.monotonic() + LEAVING

    def _leave(self, leaves_at: float) -> None:
        """Let the connections end, and then the process; those that were just taken, too."""
        connections = cast("set[Protocol]", self.server_state.connections)
        for connection in connections:
            connection.leave()
        if not connections or time.monotonic() >= leaves_at:
            self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell whoever holds a response open, then wait for the responses."""
        self._stopping()
        await super().shutdown(sockets)

    async def _serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Write what the log has left, for the signal that ended it is then raised again."""
        try:
            await super()._serve(sockets)
        finally:
            writer.flush()


def loop_factory(name: str) -> Callable[[], asyncio.AbstractEventLoop]:
    """What makes the event loop `module:attribute`; "auto" is uvloop's where it is installed."""
    if name == "auto":
        try:
            import uvloop
        except ImportError:
            return asyncio.new_event_loop
        return uvloop.new_event_loop
    module, _, attribute = name.partition(":")
    return cast(
        "Callable[[], asyncio.AbstractEventLoop]", getattr(import_module(module), attribute)
    )


def config_of(app: Callable[[], Site], *, workers: int = 1, loop: str = "auto") -> uvicorn.Config:
    """Uvicorn's settings: nothing of its own in the log, no limit of ours left out."""
    return uvicorn.Config(
        app,
        factory=True,
        workers=workers,
        loop=loop,
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN,
        timeout_keep_alive=KEEP_ALIVE,
        backlog=BACKLOG,
    )
