"""yizhan store backup: a copy of the store, taken while it is served."""

import os
from pathlib import Path

import click

from yizhan import place
from yizhan.cli.api import bytes_bar
from yizhan.cli.opened import Chosen, Place, place_of
from yizhan.cli.telling import tell
from yizhan.cli.text import inner, option
from yizhan.errors import StoreError
from yizhan.mark import is_of, loaded
from yizhan.phrases import say
from yizhan.store.backup import Contents, back_up, beside, contents_of
from yizhan.store.marking import owner_of


@inner("store_backup", name="backup")
@click.argument("file", type=click.Path(path_type=Path))
@option("--force", phrase="overwrite", is_flag=True, show_default=False)
@click.pass_obj
def backup(chosen: Chosen, file: Path, force: bool) -> None:
    where = place_of(chosen)
    store = file_of(where)
    _check(file, store, force=force)
    ensure_own(contents_of(store), store, where)
    with bytes_bar(file.name) as progress:
        found, size = back_up(store, file, progress)
    tell(say("cli.backup_done", path=file, size=f"{size:,}", messages=f"{found.messages:,}"))


def file_of(where: Place) -> Path:
    """The file of the store; StoreError names the tool for one that a server keeps."""
    path = place.file_of(where.url)
    if path is not None:
        return path
    tool = "postgres" if where.url.startswith("postgres") else "redis"
    raise StoreError(f"store.backup_{tool}", store=place.shown(where.url))


def ensure_own(found: Contents, path: Path, where: Place) -> None:
    """StoreError if that file is another account's."""
    mark = loaded(found.mark)
    if mark is not None and not is_of(mark, where.identity):
        owner, account = owner_of(mark), owner_of(where.identity.mark)
        raise StoreError("store.backup_of_another", path=path, owner=owner, account=account)


def ensure_apart(file: Path, store: Path) -> None:
    """UsageError for a file of the store itself."""
    if os.path.realpath(file) in {os.path.realpath(it) for it in (store, *beside(store))}:
        raise click.UsageError(say("cli.backup_itself", path=file))


def _check(file: Path, store: Path, *, force: bool) -> None:
    """UsageError for a place where no backup can go."""
    if not file.absolute().parent.is_dir():
        raise click.UsageError(say("cli.backup_folder", path=file.absolute().parent))
    ensure_apart(file, store)
    if not os.path.lexists(file):
        return
    if not file.is_file():
        raise click.UsageError(say("cli.backup_no_file", path=file))
    if not force:
        raise click.UsageError(say("cli.backup_exists", path=file))
