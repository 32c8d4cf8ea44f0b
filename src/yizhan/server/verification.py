"""The files by which the console makes sure that a domain is the account's: MP_verify_….txt."""

from collections.abc import Iterable
from pathlib import Path

from yizhan.errors import SettingsError
from yizhan.server.checks import NOSNIFF, PLAIN, HttpReply

MOST = 1_024  # bytes of a file


def verification(files: Iterable[str]) -> dict[str, HttpReply]:
    """By its path at the root, what each of these files is answered with.

    They are read once, and their names were checked with the settings. Raises SettingsError for
    one that is not there, empty or too large.
    """
    paths = map(Path, files)
    return {f"/{path.name}": HttpReply(200, _read(path), (PLAIN, NOSNIFF)) for path in paths}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST + 1)
    except OSError as error:
        problem = error.strerror or error
        raise SettingsError("settings.verify_file", path=path, problem=problem) from error
    if not body or len(body) > MOST:
        raise SettingsError("settings.verify_size", path=path, most=MOST)
    return body
