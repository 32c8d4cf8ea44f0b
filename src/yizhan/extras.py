"""The optional parts of an installation ("extras"), and what to run when one is missing."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from importlib.util import find_spec

from yizhan.errors import ExtraError


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Around the imports of an extra's packages: `ExtraError` where one is not installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        required = requirements(extra)
        module = (error.name or "").partition(".")[0]
        # Any other module that is missing is a fault, of ours or of the bot, not a missing extra.
        if module.lower() not in map(project, required):
            raise
        raise ExtraError(module=module, extra=extra, command=command(required)) from error


def requirements(extra: str) -> tuple[str, ...]:
    """What that extra requires, with the extras it includes: ("jinja2>=3.1", …)."""
    found: dict[str, None] = {}
    for line in metadata.requires("yizhan") or ():
        name, _, marker = map(str.strip, line.partition(";"))
        if (rest := _rest(marker, extra)) is None:
            continue
        if project(name) != "yizhan":
            found[f"{name}; {rest}" if rest else name] = None
            continue
        for included in re.split(r"[\s,]+", name.partition("[")[2].rstrip("]")):
            found |= dict.fromkeys(requirements(included))
    return tuple(found)


def _rest(marker: str, extra: str) -> str | None:
    """What a marker asks besides that extra, such as the system; None if it is not of the extra."""
    of_extra = re.compile(rf"""(\s*\band\s+)?\bextra\s*==\s*["']{re.escape(extra)}["']""")
    if of_extra.search(marker) is None:
        return None
    rest = of_extra.sub("", marker).strip().removeprefix("and ").strip()
    return rest.removeprefix("(").removesuffix(")").strip().replace('"', "'")


def project(requirement: str) -> str:
    """The project that a requirement names: "jinja2" for "jinja2>=3.1"."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def command(required: tuple[str, ...]) -> str:
    """The command that installs these requirements beside the running interpreter.

    It names the packages, not `yizhan[extra]`: that way it is the same for a clone, a wheel
    file and an index, none of which can be told for certain from within.
    """
    python = quoted(sys.executable)
    has_pip = find_spec("pip") is not None  # an environment that uv made has none
    tool = f"{python} -m pip install" if has_pip else f"uv pip install --python {python}"
    return " ".join([tool, *map(quoted, required)])


def quoted(word: str) -> str:
    """In the quotes that a POSIX shell and the Windows prompt both read, where any are needed."""
    plain = all(letter.isalnum() or letter in "-_./:\\+~" for letter in word)
    return word if plain else f'"{word}"'
