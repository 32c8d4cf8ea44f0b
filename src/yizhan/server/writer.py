"""Where the lines of the log go: a bounded queue, and one thread that writes them.

A reader who is slow, or gone, costs lines and never a push. The thread writes blockingly: the
flags of standard error belong to every process that shares it.
"""

import atexit
import codecs
import os
import select
import stat
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TextIO
from weakref import WeakSet

MOST = 4 * 1024 * 1024  # characters that may wait
LAST = 1.0  # seconds that they have at the end of the process
BETWEEN = 0.05  # seconds between two rounds: a round has many lines, and takes time from the pushes
WHOLE = select.PIPE_BUF  # bytes that a pipe takes as one, though several processes write
STANDARD_ERROR = 2
LARGE = 64 * 1024  # the same for a file, which takes any number

_writers: "WeakSet[Writer]" = WeakSet()


class Writer:
    """Writes lines to one stream; `dropped_line` makes the line that says how many it dropped."""

    def __init__(
        self, stream: TextIO | None, dropped_line: Callable[[int], str], most: int = MOST
    ) -> None:
        self.most = most
        self.dropped = 0
        self._stream = stream
        self._file = _file_of(stream)
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._is_utf8 = codecs.lookup(self._encoding).name == "utf-8"
        self._chunk = LARGE if self._file is not None and _is_regular(self._file) else WHOLE
        self._dropped_line = dropped_line
        self._reported = 0
        self._thread: threading.Thread | None = None
        self._forget()
        _writers.add(self)

    def put(self, line: str | bytes) -> None:
        """Queue this line, or count it as dropped when too many wait. Never blocks or raises."""
        if self._waiting > self.most:
            self.dropped += 1
            return
        self._waiting += len(line)
        self._queue.put(line)
        if self._thread is None:
            self._begin()

    def put_bytes(self, line: bytes) -> None:
        """The same of a line that is in UTF-8 already."""
        self.put(line if self._is_utf8 else line.decode())

    def flush(self, seconds: float = LAST) -> bool:
        """Wait until all that was put is written; whether it was, in that time."""
        if self._thread is None or self._thread is threading.current_thread():
            return True
        written = threading.Event()
        self._queue.put(written)
        return written.wait(seconds)

    def close(self) -> None:
        """Write what is left, and end the thread."""
        self.flush()
        self._queue.put(None)
        self._thread = None

    def _forget(self) -> None:
        """Start empty, as a forked process must: the parent writes what was queued."""
        self._queue: SimpleQueue[str | bytes | threading.Event | None] = SimpleQueue()
        self._waiting = 0  # about: several threads may add at once
        self._starting = threading.Lock()
        self._thread = None

    def _begin(self) -> None:
        if not self._starting.acquire(blocking=False):
            return  # another thread is about to
        try:
            if self._thread is None:
                thread = threading.Thread(target=self._work, name="yizhan-log", daemon=True)
                thread.start()
                self._thread = thread
        except RuntimeError:  # the interpreter is ending
            self.dropped += 1
        finally:
            self._starting.release()

    def _work(self) -> None:
        queue = self._queue
        goes_on = True
        while goes_on:
            goes_on = self._write_round([queue.get(), *_at_hand(queue)])
            if queue.empty():
                self._waiting = 0
            time.sleep(BETWEEN)

    def _write_round(self, round: "Iterable[str | bytes | threading.Event | None]") -> bool:
        """Write these lines; whether the thread goes on."""
        lines: list[str | bytes] = []
        for each in round:
            if isinstance(each, str | bytes):
                lines.append(each)
                continue
            self._write_lines(lines)
            lines = []
            if each is None:
                return False
            each.set()
        self._write_lines(lines)
        return True

    def _write_lines(self, lines: list[str | bytes]) -> None:
        chunk: list[bytes] = []
        size = 0
        for line in lines:
            data = line if isinstance(line, bytes) else self._encoded(line)
            if size + len(data) > self._chunk:
                self._write_chunk(chunk)
                chunk, size = [], 0
            chunk.append(data)
            size += len(data)
        self._write_chunk(chunk)
        self._waiting -= sum(map(len, lines))

    def _write_chunk(self, chunk: list[bytes]) -> None:
        if not chunk:
            return
        try:
            if self._reported < (dropped := self.dropped):
                self._write(self._encoded(self._dropped_line(dropped - self._reported)))
                self._reported = dropped
            self._write(b"".join(chunk))
        except (OSError, ValueError):  # nobody reads it any more, or there is no room
            self.dropped += len(chunk)

    def _encoded(self, line: str) -> bytes:
        return line.encode(self._encoding, "backslashreplace")

    def _write(self, data: bytes) -> None:
        if self._file is not None:
            write_all(self._file, data)
        elif self._stream is not None:
            self._stream.write(data.decode(self._encoding))
            self._stream.flush()


def write_all(file: int, data: bytes) -> None:
    """Write all of it, however long that takes."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(file, rest) :]
        except BlockingIOError:  # a process that shares it has set O_NONBLOCK
            ready = select.poll()
            ready.register(file, select.POLLOUT)
            ready.poll()


def flush(seconds: float = LAST) -> None:
    """Wait until the lines of this process are written, but no longer than that."""
    ends = time.monotonic() + seconds
    for writer in tuple(_writers):
        writer.flush(max(0.0, ends - time.monotonic()))


def flush_at_every_end() -> None:
    """Have the lines written when this process ends, by `os._exit`, too."""
    leave = os._exit
    if getattr(leave, "flushes", False):
        return

    def leave_flushed(status: int) -> None:
        flush()
        leave(status)

    leave_flushed.flushes = True  # type: ignore[attr-defined]  # a mark: once is enough
    os._exit = leave_flushed  # type: ignore[assignment]  # typed as never returning
    atexit.register(flush)


def take_standard_files() -> None:
    """Where standard input, output or error are closed, let no socket or file be taken for them."""
    while (file := os.open(os.devnull, os.O_RDWR)) <= STANDARD_ERROR:
        os.set_inheritable(file, True)
    os.close(file)


def _forget_all() -> None:
    for writer in tuple(_writers):
        writer._forget()


os.register_at_fork(after_in_child=_forget_all)


def _at_hand(
    queue: "SimpleQueue[str | bytes | threading.Event | None]",
) -> Iterable["str | bytes | threading.Event | None"]:
    with suppress(Empty):
        while True:
            yield queue.get_nowait()


def _file_of(stream: TextIO | None) -> int | None:
    try:
        return None if stream is None else stream.fileno()
    except (OSError, ValueError, AttributeError):  # in memory, or closed
        return None


def _is_regular(file: int) -> bool:
    try:
        return stat.S_ISREG(os.fstat(file).st_mode)
    except OSError:
        return False
