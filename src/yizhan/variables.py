"""Variables of the environment, and the files that hold their values: secrets of containers."""

import os
from collections.abc import Mapping
from pathlib import Path

from yizhan.errors import SettingsError
from yizhan.phrases import say
from yizhan.textfile import decoded

ENDING = "_FILE"
MOST = 65_536  # bytes of a value


def variable(name: str, environ: Mapping[str, str] | None = None) -> str:
    """The value of a variable, or the contents of the file that NAME_FILE names; "" for neither.

    The line break at a file's end is not part of the value. Raises SettingsError if both are
    set, and for a file that is missing, empty, too long or cannot be read.
    """
    environ = os.environ if environ is None else environ
    value, path = environ.get(name, ""), environ.get(name + ENDING, "")
    if not path:
        return value
    if value:
        raise SettingsError("settings.both", variable=name, other=name + ENDING)
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST + 1)
        if len(data) > MOST:
            raise ValueError(say("settings.value_long", most=MOST))
        text = decoded(data)
    except OSError as error:
        problem: object = error.strerror or error
        raise _bad(name, path, problem) from error
    except ValueError as error:  # no UTF-8; its text holds nothing of the file's
        raise _bad(name, path, error) from None
    if not text.strip():
        raise _bad(name, path, say("settings.value_empty"))
    return text.removesuffix("\n").removesuffix("\r")


def _bad(name: str, path: str, problem: object) -> SettingsError:
    return SettingsError("settings.value_file", variable=name + ENDING, path=path, problem=problem)
