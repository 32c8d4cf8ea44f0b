"""Where stores lie when no setting says where: production's, and those of development."""

import hashlib
import os
import secrets
from collections.abc import Callable
from contextlib import closing, suppress
from glob import escape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import msgspec
import platformdirs

from yizhan.mark import Identity, Mark, digest, is_of, loaded

DEV = "dev"  # the folder of development's stores
UNNAMED = "default"
MARK = "SELECT account FROM mark"
TOKEN = 24  # characters of a Token that is made for development


def file_of(url: str) -> Path | None:
    """The file of an SQLite store's address; None for another's."""
    parts = urlsplit(url)
    if parts.scheme != "sqlite":
        return None
    return Path(unquote(parts.path).removeprefix("/")).absolute()


def data_folder() -> Path:
    """The user's data directory."""
    return Path(platformdirs.user_data_dir("yizhan", appauthor=False))


def url_of(path: Path) -> str:
    """The address of a store in that file."""
    written = path.as_posix().translate({ord(each): quote(each) for each in "%?#"})
    return f"sqlite:///{written}"


def production(account: Identity) -> Path:
    """The file of an account's store: named by AppID, else by name and a digest of the Token.

    One that is already there under an earlier Token, or from before the account had an AppID,
    stays in use.
    """
    folder, stem = data_folder(), account.name or UNNAMED
    tokens = [account.token, *filter(None, [account.token_previous])]
    named = (
        [folder / f"{account.appid}.db"]
        if account.appid
        else [folder / f"{stem}-{digest(token, account.name, 'file')}.db" for token in tokens]
    )
    for path in named:
        if path.exists():
            return path
    for path in sorted(folder.glob(f"{escape(stem)}-*.db")):
        mark = mark_in(path)
        if mark is not None and is_of(mark, account):
            return path
    return named[0]


def unmarked(account: Identity) -> Path | None:
    """The file that every account without AppID and of this name once shared, if it is there."""
    path = data_folder() / f"{account.name or UNNAMED}.db"
    return path if path.exists() and mark_in(path) is None else None


def project_of(label: str, folder: Path) -> str:
    """What the store of a bot under development is called: its label and its project's path."""
    path = str(folder.resolve()).encode()
    return f"{label}-{hashlib.blake2b(path, digest_size=4).hexdigest()}"


def development(project: str) -> Path:
    """The file of a store of development."""
    return data_folder() / DEV / f"{project}.db"


def dev_token(folder: Path, *, make: bool = False) -> str | None:
    """The Token of a bot under development that has none of its own; only its owner reads the file.

    None if there is none yet and it is not to be made. Raises OSError.
    """
    path = data_folder() / DEV / f"{project_of('token', folder)}.token"
    if make:
        return secret_in(path, lambda: secrets.token_hex(12).encode(), TOKEN).decode()
    known = _known_secret(path, TOKEN)
    return None if known is None else known.decode()


def secret_in(path: Path, make: Callable[[], bytes], size: int) -> bytes:
    """The secret in that file, made at first; its owner alone may read it. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (known := _known_secret(path, size)) is not None:
        return known
    secret = make()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    return secret


def _known_secret(path: Path, size: int) -> bytes | None:
    """What is there, if it is whole; else the file is removed."""
    with suppress(FileNotFoundError):
        if len(secret := path.read_bytes()) == size:
            return secret
        path.unlink()  # broken off as it was written
    return None


def mark_in(path: Path) -> Mark | None:
    """The mark in an SQLite file; None for none, and for a file that is no store."""
    import sqlite3  # which most commands do without

    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(MARK).fetchone()
        return loaded(row[0]) if row else None
    except (sqlite3.Error, msgspec.DecodeError):
        return None


def shown(url: str) -> str:
    """A store's address without user and password, for people and logs."""
    scheme, found, rest = url.partition("://")
    scheme = scheme.lower()  # as it is read, however it is written
    if not found or scheme in ("memory", "sqlite"):
        return url
    place, _, query = rest.partition("?")
    if "@" in query and "@" not in place:  # perhaps the password has the question mark
        return f"{scheme}://…"
    schema = [it for it in query.split("&") if it.startswith("schema=")]
    return f"{scheme}://{place.rpartition('@')[2]}" + "".join(f"?{it}" for it in schema[:1])
