"""The command line on a terminal of a chosen width: what a person sees of it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from contextlib import suppress
from pathlib import Path

from served import YIZHAN

ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])")


def on_terminal(
    *words: str, columns: int = 60, language: str = "en", folder: Path | None = None
) -> str:
    """What a command writes on a terminal, both streams, without colours."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen(
        [YIZHAN, *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        cwd=folder,
        env=kept | {"YIZHAN_LANG": language, "TERM": "xterm"},
    )
    os.close(follower)
    pieces = []
    with suppress(OSError):  # Linux says so when the last one has closed it
        while piece := os.read(leader, 65_536):
            pieces.append(piece)
    os.close(leader)
    process.wait(60)
    return ANSI.sub("", b"".join(pieces).decode()).replace("\r\n", "\n")
