"""yizhan new: make a working bot with its test."""

import os
import secrets
import shlex
import shutil
import sys
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import click

from yizhan.cli.telling import tell
from yizhan.cli.text import option, verb
from yizhan.extras import command as install
from yizhan.extras import quoted
from yizhan.phrases import language, say

TEMPLATES = ("echo", "survey", "faq", "llm")

# What every new bot has beside the files of its template: its name, and where it comes from. In
# the templates programs bear other names, so that this project's own tools do not take them for
# its own.
SHARED = {
    ".gitignore": "gitignore",
    "yizhan.toml": "{language}/settings.toml",
    "README.md": "{language}/README.md",
}
NAMES = {"dockerignore": ".dockerignore"}
PRIVATE = frozenset({"yizhan.toml"})


@verb("new")
@click.argument("folder", metavar="DIR", required=False, type=click.Path(path_type=Path))
@option("--template", phrase="template", type=click.Choice(TEMPLATES), default="echo")
@option("--list", "listing", phrase="template_list", is_flag=True)
def command(folder: Path | None, template: str, listing: bool) -> None:
    if listing:
        width = max(map(len, TEMPLATES))
        for name in TEMPLATES:
            tell(f"{name:{width}}  {say(f'cli.template_{name}')}", hang=width + 2)
        return
    if folder is None:
        raise click.UsageError(say("cli.new_where"))
    try:
        if folder.exists() and not _is_empty(folder):
            raise click.UsageError(say("cli.new_exists", path=folder))
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents(secrets.token_hex(16), template).items():
            _write(folder / name, text, mode=0o600 if name in PRIVATE else 0o666)
    except OSError as error:
        problem = error.strerror or error
        raise click.ClickException(say("cli.new_failed", path=folder, problem=problem)) from error
    tell(say("cli.new_done", path=shlex.quote(str(folder)), test=_test()))
    if shutil.which("yizhan") is None:
        place = shlex.quote(str(Path(sys.executable).parent))
        tell(say("cli.new_path", folder=place))
    if (folder / "requirements.txt").exists():
        tell(say("cli.new_requirements"))


def _test() -> str:
    """The one command that runs the new bot's test here; pytest is installed only if missing."""
    test = f"{quoted(sys.executable)} -m pytest"
    return test if find_spec("pytest") else f"{install(('pytest',))} && {test}"


def contents(token: str, template: str = "echo") -> dict[str, str]:
    """The files of a new bot by name, in the reader's language, with this token.

    The README is the template's own, and below it what holds for every bot.
    """
    root = files("yizhan.cli") / "template"
    own = {
        NAMES.get(source.name, source.name).replace(".py.txt", ".py"): source.read_text("utf-8")
        for folder in (root / template, root / template / language())
        for source in folder.iterdir()
        if source.is_file()
    }
    shared = {
        name: (root / source.format(language=language())).read_text("utf-8")
        for name, source in SHARED.items()
    }
    shared["README.md"] = f"{own['README.md']}\n{shared['README.md']}"
    shared["yizhan.toml"] = shared["yizhan.toml"].replace("{token}", token)
    return own | shared


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _write(path: Path, text: str, mode: int) -> None:
    """Write a new file that has this mode from the start; it must not exist."""
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
    ) as file:
        file.write(text)
