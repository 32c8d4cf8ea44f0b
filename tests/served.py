"""`yizhan run` in a process of its own: on a free port, ended by the test that started it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from wechat import Request, ask

YIZHAN = str(Path(sys.executable).with_name("yizhan"))
PATIENCE = 30.0


class Served:
    """A server process and everything that it has said."""

    def __init__(self, process: "subprocess.Popen[bytes]", output: Path) -> None:
        self.process = process
        self.output = output
        self.port = 0

    def said(self) -> str:
        """Its standard output and error so far."""
        return self.output.read_text("utf-8")

    def answers(self) -> bool:
        """Whether the server answers yet."""
        try:
            return ask(self.port, Request("GET", "/healthz")).status == 200
        except OSError:
            return False

    def wait_for(self, condition: Callable[[], object]) -> object:
        """The first true value of the condition; the output is shown when there is none."""
        deadline = time.monotonic() + PATIENCE
        while not (value := condition()):
            assert time.monotonic() < deadline, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.01)
        return value

    def wait_said(self, text: str) -> None:
        """Wait until it has said that."""
        self.wait_for(lambda: text in self.said())

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def serving(
    folder: Path,
    *arguments: str,
    bot: str = "bot:account",
    environ: Mapping[str, str] | None = None,
) -> AbstractContextManager[Served]:
    """`yizhan run` of a bot in that folder, answering; killed at the end if it still runs."""
    return started(folder, YIZHAN, "run", bot, *arguments, environ=environ)


@contextmanager
def started(
    folder: Path,
    *command: str,
    cwd: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """A server on a free port which says where; what it keeps and says is in the folder."""
    output = folder / "output.log"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [*command, "--port", "0"],
            cwd=cwd or folder,
            env={**environment(folder), **(environ or {})},
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        served = Served(process, output)
        try:
            served.port = int(str(served.wait_for(lambda: _port(served.said()))))
            served.wait_for(served.answers)
            yield served
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its workers, too
            process.wait()


def environment(folder: Path) -> dict[str, str]:
    """An English reader's variables, without settings, whose data is kept in that folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    return {**kept, "YIZHAN_LANG": "en", "XDG_DATA_HOME": str(folder / "data")}


def _port(output: str) -> str:
    found = re.search(r"http://[^ ]*:(\d+)/", output)
    return found[1] if found else ""
