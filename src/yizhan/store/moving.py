"""From the file that accounts without AppID once shared to the file of one account."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from yizhan.clock import SystemClock
from yizhan.errors import StoreError
from yizhan.store.addressed import addressee
from yizhan.store.sqlite import PATIENCE, SQLiteStore
from yizhan.store.sqlite_host import boot_id

OURS = "addressee(message) IN ('', :original_id)"
COPY = (
    # What is older stands before what this account has accepted since.
    "UPDATE main.jobs SET seq = -seq - (SELECT COALESCE(MAX(seq), 0) FROM old.jobs)",
    "UPDATE main.jobs SET seq = -seq",
    f"INSERT OR IGNORE INTO main.jobs SELECT * FROM old.jobs WHERE {OURS}",  # noqa: S608
    f"""
    INSERT OR IGNORE INTO main.steps SELECT * FROM old.steps
    WHERE key IN (SELECT key FROM old.jobs WHERE {OURS})
    """,  # noqa: S608
    f"""
    INSERT OR IGNORE INTO main.followers SELECT * FROM old.followers
    WHERE :all OR openid IN (SELECT openid FROM old.jobs WHERE {OURS})
    """,  # noqa: S608
)
REMOVE = (
    f"DELETE FROM old.steps WHERE key IN (SELECT key FROM old.jobs WHERE {OURS})",  # noqa: S608
    f"""
    DELETE FROM old.followers
    WHERE :all OR openid IN (SELECT openid FROM old.jobs WHERE {OURS})
    """,  # noqa: S608
    f"DELETE FROM old.jobs WHERE {OURS}",  # noqa: S608
)
SERVING = "SELECT 1 FROM owners WHERE boot = ? AND renewed BETWEEN ? AND ?"


def ensure_unserved(path: Path, lease: float) -> None:
    """StoreError if a process of this machine serves that file now."""
    now = SystemClock().monotonic()
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        if connection.execute(SERVING, (boot_id(), now - lease, now)).fetchone():
            raise StoreError("store.served", store=path, seconds=f"{lease:g}")


async def bring_over(source: Path, target: Path, original_id: str) -> int:
    """Move what was sent to that original id ("" for whatever there is); the number of jobs.

    It is copied before it is deleted: a crash between the two loses nothing, and whoever
    does it again finds the keys known.
    """
    for path in (source, target):  # both in the present format
        store = SQLiteStore(str(path), SystemClock())
        await store.open()
        await store.close()
    with _attached(source, target) as connection:
        [(every,)] = connection.execute("SELECT COUNT(*) FROM old.jobs").fetchall()
        if not original_id:
            names = connection.execute("SELECT DISTINCT addressee(message) FROM old.jobs")
            original_id = max((name for (name,) in names), default="")
        words = {"original_id": original_id, "all": False}
        count = f"SELECT COUNT(*) FROM old.jobs WHERE {OURS}"  # noqa: S608
        [(ours,)] = connection.execute(count, words).fetchall()
        words["all"] = ours == every
        for statements in (COPY, REMOVE):
            _commit(connection, statements, words)
    return int(ours)


@contextmanager
def _attached(source: Path, target: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(target, timeout=PATIENCE, isolation_level=None)
    try:
        connection.create_function("addressee", 1, addressee, deterministic=True)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("ATTACH ? AS old", (str(source),))
        yield connection
    except sqlite3.Error as error:
        raise StoreError("store.broken", problem=error) from error
    finally:
        connection.close()


def _commit(
    connection: sqlite3.Connection, statements: Sequence[str], words: Mapping[str, object]
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements:
            connection.execute(statement, words)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
