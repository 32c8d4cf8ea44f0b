"""Which files a bot is made of, and which of them have changed."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

SUFFIXES = frozenset({".py", ".toml", ".html", ".htm", ".jinja", ".jinja2", ".j2", ".tmpl"})
TEMPLATES = "templates"  # a folder in which every file counts
APART = frozenset({"node_modules", "site-packages", "__pycache__"})
ENVIRONMENT = "pyvenv.cfg"  # marks a folder with a Python of its own

State = Mapping[str, tuple[int, int]]


class ProjectFiles:
    """Code, settings, menu and templates in these folders, and single files beside them."""

    def __init__(self, folders: Iterable[Path], files: Iterable[Path] = ()) -> None:
        self._folders = tuple(dict.fromkeys(folder.resolve() for folder in folders))
        self._files = tuple(files)
        self._state: State = {}

    def changed(self) -> tuple[str, ...]:
        """The files that were written, made or removed since the last look, as people read them."""
        before, self._state = self._state, self._look()
        paths = before.keys() | self._state.keys()
        found = sorted(path for path in paths if before.get(path) != self._state.get(path))
        return tuple(map(_shown, found))

    def _look(self) -> State:
        state: dict[str, tuple[int, int]] = {}
        below = [path for folder in self._folders for path in found(folder)]
        for path in (*map(str, self._files), *below):
            try:
                status = os.stat(path)
            except OSError:  # it went away
                continue
            state[path] = (status.st_mtime_ns, status.st_size)
        return state


def found(folder: Path | str, *, every: bool = False) -> Iterator[str]:
    """The files that a bot may be made of; neither hidden ones nor other people's."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    if any(entry.name == ENVIRONMENT for entry in entries):
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name in APART:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from found(entry.path, every=every or entry.name == TEMPLATES)
        elif every or os.path.splitext(entry.name)[1] in SUFFIXES:
            yield entry.path


def _shown(path: str) -> str:
    here = os.path.relpath(path)
    return path if here.startswith("..") else here
