"""Conversations of a served bot, read from the recording that it kept."""

import secrets
from pathlib import Path

from yizhan import recording
from yizhan.simulator import exchanges
from yizhan.simulator.recording import Line


def conversations(path: Path | str) -> dict[str, tuple[Line, ...]]:
    """What each follower did and saw, by a pseudonym that is another in every run.

    Of a file that `yizhan run --record` has written. Raises RecordingError.
    """
    with Path(path).open("rb") as lines:
        return exchanges.conversations(recording.read(lines), secrets.token_hex())
