"""yizhan new: make a working bot with its test."""

import os
import secrets
import shlex
from importlib.resources import files
from pathlib import Path

import click

from yizhan.cli.text import verb
from yizhan.phrases import language, say

# Where each file of a new bot comes from. In the template programs and settings bear other
# names, so that this project's own tools do not take them for its own.
FILES = {
    "bot.py": "bot.py.txt",
    "test_bot.py": "test_bot.py.txt",
    ".gitignore": "gitignore",
    "yizhan.toml": "{language}/settings.toml",
    "README.md": "{language}/README.md",
}
PRIVATE = frozenset({"yizhan.toml"})


@verb("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    try:
        if folder.exists() and not _is_empty(folder):
            raise click.UsageError(say("cli.new_exists", path=folder))
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents(secrets.token_hex(16)).items():
            _write(folder / name, text, mode=0o600 if name in PRIVATE else 0o666)
    except OSError as error:
        problem = error.strerror or error
        raise click.ClickException(say("cli.new_failed", path=folder, problem=problem)) from error
    click.echo(say("cli.new_done", path=shlex.quote(str(folder))))


def contents(token: str) -> dict[str, str]:
    """The files of a new bot by name, in the reader's language, with this token."""
    template = files("yizhan.cli") / "template"
    return {
        name: (template / source.format(language=language()))
        .read_text("utf-8")
        .replace("{token}", token)
        for name, source in FILES.items()
    }


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and next(folder.iterdir(), None) is None


def _write(path: Path, text: str, mode: int) -> None:
    """Write a new file that has this mode from the start; it must not exist."""
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8"
    ) as file:
        file.write(text)
