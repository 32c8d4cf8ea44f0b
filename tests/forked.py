"""Many commands of the terminal in little time: each in a child of a process that knows them all.

The process that is started runs this file. It reads requests from its standard input, a line of
JSON each, and answers each with a line. A child has a terminal of its own, or pipes.
"""

import fcntl
import gc
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import IO, NoReturn

import msgspec

PATIENCE = 30.0  # seconds that a command has
ROWS = 40
HEAVY = (
    "aiohttp",
    "uvicorn",
    "yizhan.dev",
    "yizhan.server.process",
    "yizhan.store.mailboxes.sqlite",
    "rich.live",
)


class Asked(msgspec.Struct, kw_only=True):
    """A command; `columns` of its terminal, 0 for pipes.

    `typed` is what a person types, `until` what it says before it gets Ctrl-C.
    """

    words: tuple[str, ...]
    folder: str
    environ: dict[str, str] = {}
    columns: int = 0
    typed: str = ""
    until: str = ""


class Done(msgspec.Struct, kw_only=True):
    """What it came to; on a terminal both streams are in `out`."""

    code: int
    out: str
    err: str = ""


class Commands:
    """Commands in one language, each in a child of one process."""

    def __init__(self, language: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not _is_set(name)}
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env=kept | {"YIZHAN_LANG": language, "TERM": "xterm"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def run(self, asked: Asked) -> Done:
        """What a command came to."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(msgspec.json.encode(asked) + b"\n")
        process.stdin.flush()
        return msgspec.json.decode(process.stdout.readline(), type=Done)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _is_set(name: str) -> bool:
    return name.startswith("YIZHAN_") or name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")


def _serve() -> None:
    from yizhan.cli.main import VERBS, main

    for name in (*(f"yizhan.cli.{verb}" for verb in VERBS), *HEAVY):
        import_module(name)
    gc.freeze()  # so that children share what is loaded
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    for line in asked:
        wanted = msgspec.json.decode(line, type=Asked)
        if (done := _child(wanted, (asked, answers))) is None:
            sys.argv = ["yizhan", *wanted.words]
            if wanted.until:
                main()
                return
            _end(main)
        answers.write(msgspec.json.encode(done) + b"\n")
        answers.flush()


def _end(main: Callable[[], None]) -> NoReturn:
    """Run a command and end at once: to tear down all that was loaded takes longer than most."""
    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def _child(asked: Asked, ours: tuple[IO[bytes], ...]) -> Done | None:
    """What the command came to; None in the child, which is to run it."""
    if asked.columns:
        leader, follower = pty.openpty()
        size = struct.pack("HHHH", ROWS, asked.columns, 0, 0)
        fcntl.ioctl(follower, termios.TIOCSWINSZ, size)
        reads, files = [leader], (follower, follower, follower)
    else:
        given, heard = os.pipe()
        os.write(heard, asked.typed.encode())
        os.close(heard)
        (out, to_out), (err, to_err) = os.pipe(), os.pipe()
        reads, files = [out, err], (given, to_out, to_err)
    child = os.fork()
    if child == 0:
        os.setsid()
        for number, file in enumerate(files):
            os.dup2(file, number)
        if asked.columns:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        for each in {*files, *reads, *(file.fileno() for file in ours)}:
            os.close(each)
        os.chdir(asked.folder)
        os.environ.update(asked.environ)
        _open_standard_files()
        return None
    for each in set(files):
        os.close(each)
    if asked.columns and asked.typed:
        os.write(reads[0], asked.typed.encode())
    texts = _heard(child, reads, asked)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for each in reads:
        os.close(each)
    return Done(code=code, out=texts[0], err="".join(texts[1:]))


def _open_standard_files() -> None:
    """In the child they are others than in the process that it comes from."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        file = os.fdopen(number, mode, buffering=1, encoding="utf-8", closefd=False)
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)


def _heard(child: int, reads: list[int], asked: Asked) -> list[str]:
    said = {each: b"" for each in reads}
    left, ends, told = set(reads), time.monotonic() + PATIENCE, False
    while left:
        ready, _, _ = select.select([*left], [], [], 0.5)
        for each in ready:
            piece = b""
            with suppress(OSError):  # Linux says so when the last one has closed a terminal
                piece = os.read(each, 65_536)
            said[each] += piece
            if not piece:
                left.discard(each)
        if asked.until and not told and asked.until.encode() in b"".join(said.values()):
            told = True
            os.killpg(child, signal.SIGINT)
        if time.monotonic() > ends:
            os.killpg(child, signal.SIGKILL)
            break
    return [said[each].decode("utf-8", "backslashreplace").replace("\r\n", "\n") for each in reads]


if __name__ == "__main__":
    _serve()
