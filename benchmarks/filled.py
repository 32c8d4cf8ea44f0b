"""A SQLite store with a million messages that are over: copies of those that it has."""

import sqlite3
from contextlib import closing
from pathlib import Path

EACH = 10  # messages of a follower
BOXES = """
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ? - 1)
    INSERT INTO boxes (openid, version, box, owners, due, changed)
    SELECT printf('oFiller%021d', n), version, box, owners, due, changed
    FROM numbers, (SELECT * FROM boxes WHERE owners IS NULL LIMIT 1)
"""
MESSAGES = """
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1 - 1)
    INSERT INTO messages (openid, key, body, seq, created, first, boot, ordered, state, arrivals,
        attempts, reply, note, updated)
    SELECT printf('oFiller%021d', n / ?2), printf('gh_a1b2c3d4e5f6:oFiller%021d:%017d', n / ?2, n),
        body, seq, created, first, boot, ordered, state, arrivals, attempts, reply, note, updated
    FROM numbers, (SELECT * FROM messages WHERE state IS NOT NULL LIMIT 1)
"""


def fill(path: Path, count: int) -> None:
    """Add so many messages, and their followers' mailboxes. The file is nobody else's."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(BOXES, (count // EACH,))
        connection.execute(MESSAGES, (count, EACH))
