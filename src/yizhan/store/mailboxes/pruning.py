"""What is over in a SQLite file, deleted a slice at a time.

One slice is one operation of the writer, so that messages which come meanwhile wait for a slice
and not for all there is. Each tells where the next one begins; None after the last.
"""

from yizhan.store.mailbox import FINAL
from yizhan.store.mailboxes.sqlite_file import Tables

SLICE = 500  # rows that are read

ENDED = """
    SELECT updated, rowid, state FROM messages INDEXED BY ended
    WHERE state IS NOT NULL AND updated < ? AND (updated, rowid) > (?, ?)
    ORDER BY updated, rowid LIMIT ?
"""
BOUND = """
    SELECT signature, until <= ? FROM bindings WHERE signature > ? ORDER BY signature LIMIT ?
"""
EMPTY = """
    SELECT rowid, openid, changed < ? AND owners IS NULL AND NOT EXISTS
        (SELECT 1 FROM messages WHERE messages.openid = boxes.openid)
    FROM boxes WHERE rowid > ? ORDER BY rowid LIMIT ?
"""

Place = tuple[float, int]  # when a message ended, and its row
FIRST: Place = (float("-inf"), 0)


def messages(tables: Tables, before: float, after: Place) -> tuple[int, Place | None]:
    """Those that ended before that wall time, and are not listed; how many."""
    rows = tables.connection.execute(ENDED, (before, *after, SLICE)).fetchall()
    over = [(row,) for _, row, state in rows if state in FINAL]
    tables.connection.executemany("DELETE FROM messages WHERE rowid = ?", over)
    return len(over), rows[-1][:2] if len(rows) == SLICE else None


def bindings(tables: Tables, at: float, after: str) -> str | None:
    """Those that have lapsed."""
    rows = tables.connection.execute(BOUND, (at, after, SLICE)).fetchall()
    lapsed = [(signature,) for signature, is_over in rows if is_over]
    tables.connection.executemany("DELETE FROM bindings WHERE signature = ?", lapsed)
    return rows[-1][0] if len(rows) == SLICE else None


def mailboxes(tables: Tables, before: float, limit: int, after: int) -> tuple[int, int | None]:
    """Empty ones that have not changed since that wall time, at most so many; how many."""
    rows = tables.connection.execute(EMPTY, (before, after, SLICE)).fetchall()
    idle = [(openid,) for _, openid, is_idle in rows if is_idle][:limit]
    for table in ("boxes", "contents"):
        statement = f"DELETE FROM {table} WHERE openid = ?"  # noqa: S608  # constants
        tables.connection.executemany(statement, idle)
    return len(idle), rows[-1][0] if len(rows) == SLICE else None
