"""The server of one cell: started on a free port, told to stop, ended in any case."""

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from hosts.cells import Cell
from hosts.client import push
from wechat import TOKEN, Request

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".venv-hosts"
SNIPPETS = ROOT / "examples" / "hosts"
HERE = Path(__file__).parent
STARTING = 30.0
STOPPING = 30.0
GRACE = 3


class Serving:
    """A server that runs."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, output: Path) -> None:
        self.process = process
        self.port = port
        self.output = output

    def said(self) -> str:
        """Its standard output and error so far."""
        return self.output.read_text("utf-8", "replace")

    async def stop(self) -> float:
        """Tell it to stop as a supervisor does, and wait; the seconds that took."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.process.terminate()
        async with asyncio.timeout(STOPPING):
            await self.process.wait()
        return loop.time() - began


def environment(cell: Cell, folder: Path) -> dict[str, str]:
    """An English reader's variables, and what the bot is to know."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    return {
        **kept,
        "PATH": f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(folder), str(HERE)]),
        "PYTHONUNBUFFERED": "1",
        "YIZHAN_LANG": "en",
        "YIZHAN_TOKEN": TOKEN,
        "YIZHAN_STORE": f"sqlite:///{folder / 'bot.db'}",
        "YIZHAN_GRACE": str(GRACE),
        "YIZHAN_CONFIG": str(folder / "yizhan.toml"),
        "NOTES": str(folder / "notes"),
        **cell.environ,
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def serving(
    cell: Cell, folder: Path, *more: str, environ: Mapping[str, str] | None = None
) -> AsyncIterator[Serving]:
    """The cell's server, listening; what it started is killed at the end."""
    port = free_port()
    for snippet in SNIPPETS.glob("*.py"):
        text = snippet.read_text("utf-8").replace("8080", str(port))
        (folder / snippet.name).write_text(text, "utf-8")
    (folder / "yizhan.toml").touch()
    shutil.copytree(HERE / "project", folder / "project", dirs_exist_ok=True)
    program, *arguments = (word.format(port=port) for word in cell.command)
    output = folder / "output.log"
    with output.open("ab") as stream:
        process = await asyncio.create_subprocess_exec(
            HOME / "bin" / program,
            *arguments[:-1] if more else arguments,
            *(*more, arguments[-1]) if more else (),
            cwd=folder,
            env={**environment(cell, folder), **(environ or {})},
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    server = Serving(process, port, output)
    try:
        await _listening(server)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _listening(server: Serving) -> None:
    loop = asyncio.get_running_loop()
    ends = loop.time() + STARTING
    while (await push(server.port, Request("GET", "/api/nothing"), 5.0)).answer is None:
        assert loop.time() < ends, server.said()
        assert server.process.returncode is None, server.said()
        await asyncio.sleep(0.05)
