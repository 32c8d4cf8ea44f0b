"""What a SQLite store of mailboxes asks of its file, statement by statement."""

import sqlite3
from collections import Counter

from yizhan.store.mailboxes.sqlite import SQLiteStore

TRANSACTION = ("BEGIN", "COMMIT")


class CountedStore(SQLiteStore):
    """Notes every statement that its connections run, as the first words of its text."""

    def __init__(self, path: str, owner: str, clock: object, **named: object) -> None:
        super().__init__(path, owner, clock, **named)  # type: ignore[arg-type]  # the same ones
        self.statements: Counter[str] = Counter()
        self.size = 0  # characters of their texts, the values included

    @property
    def count(self) -> int:
        """How many statements, but for those that begin and end transactions."""
        return sum(self.statements.values()) - sum(self.statements[it] for it in TRANSACTION)

    def forget(self) -> None:
        """Count from here."""
        self.statements.clear()
        self.size = 0

    def _connect(self) -> sqlite3.Connection:
        connection = super()._connect()
        connection.set_trace_callback(self._note)
        return connection

    def _note(self, statement: str) -> None:
        words = statement.split(maxsplit=3)
        name = words[0] if words[0] in TRANSACTION else " ".join(words[:3])
        self.statements[name] += 1
        self.size += len(statement)
