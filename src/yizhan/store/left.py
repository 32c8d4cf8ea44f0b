"""What is left in the file that was an account's default store in earlier versions."""

from contextlib import closing
from pathlib import Path

from msgspec import Struct

from yizhan import place
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store.addressed import count_addressed
from yizhan.store.mailbox import FINAL, LISTED
from yizhan.store.marking import counts


class _Asked(Struct, frozen=True):
    """What is asked of a file of one version."""

    every: str
    due: str
    followers: str


DONE = ", ".join(f"'{state}'" for state in (*FINAL, *LISTED))
VERSIONS = {
    1: _Asked(
        every="SELECT message FROM jobs",
        due=f"SELECT message FROM jobs WHERE state NOT IN ({DONE})",  # noqa: S608  # constants
        followers="SELECT COUNT(*) FROM followers",
    ),
    2: _Asked(
        every="SELECT body FROM messages",
        due="SELECT body FROM messages WHERE state IS NULL",
        followers="SELECT COUNT(*) FROM boxes",
    ),
}


class Left(Struct, frozen=True):
    """What is in a file: messages by ToUserName, those that wait among them, and followers."""

    path: Path
    addressed: dict[str, int]
    waiting: dict[str, int]
    followers: int


def left_for(settings: Settings) -> Left | None:
    """What is left for this account, or may be; None where a setting names the store."""
    if settings.store:
        return None
    path = place.unmarked(settings.identity)
    found = None if path is None else _read(path)
    if found is None or not (found.waiting or found.followers):
        return None
    ours = {"", settings.original_id}
    if settings.original_id and found.addressed and not found.addressed.keys() & ours:
        return None
    return found


def left_behind(settings: Settings) -> str | None:
    """The same as a sentence."""
    found = left_for(settings)
    if found is None:
        return None
    return say(
        "store.left",
        path=found.path,
        count=sum(found.waiting.values()),
        addressed=counts(found.addressed) or "-",
        followers=found.followers,
        account=f" --account {settings.name}" if settings.name else "",
    )


def _read(path: Path) -> Left | None:
    """What is there, changed in nothing; None for a file that is no store."""
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            [(version,)] = connection.execute("PRAGMA user_version").fetchall()
            asked = VERSIONS.get(version)
            if asked is None:
                return None
            every, due = (
                count_addressed(row[0] for row in connection.execute(query))
                for query in (asked.every, asked.due)
            )
            [(followers,)] = connection.execute(asked.followers).fetchall()
    except sqlite3.Error:
        return None
    return Left(path, every, due, followers)
