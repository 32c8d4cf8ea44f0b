"""What is asked of the tables in PostgreSQL beside commits: leases, lists, what is over."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import LiteralString, TypeAlias

from msgspec import Struct

from yizhan.store.addressed import addressee
from yizhan.store.mailbox import EMPTY, FINAL, State, is_waiting, load
from yizhan.store.mailboxes.contract import Stats, Whole
from yizhan.store.mailboxes.postgres_client import Connection
from yizhan.store.mailboxes.postgres_locking import COLUMNS, message_of
from yizhan.store.mailboxes.postgres_schema import statement

Row: TypeAlias = tuple[object, ...]
Values: TypeAlias = Sequence[object] | Mapping[str, object]

TIME = "SELECT extract(epoch FROM clock_timestamp())::float8"
RENEW = """
    WITH renewed AS (
        INSERT INTO {schema}.leases AS l (owner, renewals) VALUES (%(owner)s, 1)
        ON CONFLICT (owner) DO UPDATE SET renewals = l.renewals + 1
    )
    SELECT openid FROM {schema}.boxes
    WHERE owners IS NOT NULL AND %(owner)s = ANY (string_to_array(owners, ' '))
"""
LEAVE = "UPDATE {schema}.leases SET gone = true WHERE owner = %s"
OWNERS = """
    SELECT DISTINCT owner, coalesce(renewals, 0), coalesce(gone, false)
    FROM (SELECT DISTINCT owners FROM {schema}.boxes WHERE owners IS NOT NULL) AS it,
        unnest(string_to_array(it.owners, ' ')) AS owner LEFT JOIN {schema}.leases USING (owner)
"""
ORPHANED = """
    SELECT openid, owners FROM {schema}.boxes
    WHERE owners IS NOT NULL AND string_to_array(owners, ' ') && %s::text[]
    ORDER BY random() LIMIT %s
"""
DUE = "SELECT openid FROM {schema}.boxes WHERE due <= %s ORDER BY random() LIMIT %s"
VERSIONS = "SELECT openid, version FROM {schema}.boxes WHERE openid = ANY(%s)"
WHOLE = f"""
    SELECT {COLUMNS}, CASE WHEN m.state IS NULL THEN b.box END
    FROM {{schema}}.messages m LEFT JOIN {{schema}}.boxes b USING (openid)
"""  # noqa: S608  # constants
BY_KEYS = WHOLE + " WHERE key = ANY(%s)"
NEWEST = WHOLE + (
    " WHERE created < %s AND (m.state IS NULL OR %s::text IS NULL OR m.state = %s)"
    " ORDER BY created DESC"
)
KEYS_OF = "SELECT key FROM {schema}.messages WHERE openid = %s"
IN_HAND = "SELECT openid, box FROM {schema}.boxes WHERE owners IS NOT NULL AND changed < %s"
STATES = "SELECT state, count(*) FROM {schema}.messages WHERE state IS NOT NULL GROUP BY state"
COUNTS = """
    SELECT (SELECT count(*) FROM {schema}.boxes), (SELECT count(*) FROM {schema}.bindings),
        (SELECT sum(pg_total_relation_size(format('%%I.%%I', schemaname, tablename)::regclass))
            FROM pg_tables WHERE schemaname = %s)::bigint
"""
OVER = """
    DELETE FROM {schema}.messages WHERE (openid, key) IN (
        SELECT openid, key FROM {schema}.messages
        WHERE state IS NOT NULL AND state = ANY(%s) AND updated < %s
        LIMIT 200 FOR UPDATE SKIP LOCKED)
"""
LAPSED = """
    DELETE FROM {schema}.bindings WHERE signature IN (
        SELECT signature FROM {schema}.bindings WHERE until <= %s
        LIMIT 200 FOR UPDATE SKIP LOCKED)
"""
# Whoever commits to such a mailbox meanwhile either has it locked, or finds it gone.
IDLE = """
    WITH idle AS (
        SELECT openid FROM {schema}.boxes b WHERE changed < %s AND owners IS NULL
            AND NOT EXISTS (SELECT FROM {schema}.messages m WHERE m.openid = b.openid)
        LIMIT %s FOR UPDATE SKIP LOCKED
    ), emptied AS (
        DELETE FROM {schema}.contents c USING idle WHERE c.openid = idle.openid
    )
    DELETE FROM {schema}.boxes b USING idle WHERE b.openid = idle.openid
"""
MARK = "SELECT mark FROM {schema}.about"
CHANGE_MARK = "UPDATE {schema}.about SET mark = %s WHERE mark IS NOT DISTINCT FROM %s::bytea"
BODIES = "SELECT body FROM {schema}.messages"


class Seen(Struct, frozen=True):
    """An owner that has work somewhere, and what its lease says."""

    owner: str
    renewals: int
    gone: bool


class Tables:
    """The tables of one schema."""

    def __init__(self, schema: str) -> None:
        self.schema = schema

    async def _ask(
        self, connection: Connection, text: LiteralString, values: Values | None = None
    ) -> list[Row]:
        cursor = await connection.execute(
            statement(text, self.schema),
            values,
            binary=True,
        )
        return await cursor.fetchall()

    async def _count(
        self, connection: Connection, text: LiteralString, values: Sequence[object]
    ) -> int:
        cursor = await connection.execute(statement(text, self.schema), values)
        return cursor.rowcount

    async def time(self, connection: Connection) -> float:
        """The server's wall time."""
        [(now,)] = await self._ask(connection, TIME)
        return float(now)  # type: ignore[arg-type]  # float8

    async def renew(self, connection: Connection, owner: str) -> frozenset[str]:
        """Renew this owner's lease; the mailboxes with its work."""
        rows = await self._ask(connection, RENEW, {"owner": owner})
        return frozenset(str(openid) for (openid,) in rows)

    async def leave(self, connection: Connection, owner: str) -> None:
        """Mark this owner's lease as left."""
        await self._count(connection, LEAVE, [owner])

    async def owners(self, connection: Connection) -> list[Seen]:
        """Who has work in any mailbox."""
        return [Seen(*row) for row in await self._ask(connection, OWNERS)]  # type: ignore[arg-type]  # the columns are its fields

    async def orphaned(
        self, connection: Connection, dead: Sequence[str], limit: int
    ) -> list[tuple[str, list[str]]]:
        """Some mailboxes with work of these owners, and all who have work there."""
        rows = await self._ask(connection, ORPHANED, [list(dead), limit])
        return [(str(openid), str(owners).split()) for openid, owners in rows]

    async def due(self, connection: Connection, wall: float, limit: int) -> list[str]:
        """Some mailboxes with work that rested and is due."""
        rows = await self._ask(connection, DUE, [wall, limit])
        return [str(openid) for (openid,) in rows]

    async def versions(self, connection: Connection, openids: Iterable[str]) -> dict[str, str]:
        """The versions of these mailboxes."""
        rows = await self._ask(connection, VERSIONS, [list(openids)])
        return {str(openid): str(version) for openid, version in rows}

    async def messages(self, connection: Connection, keys: Iterable[str]) -> tuple[Whole, ...]:
        """These messages, as they stand."""
        return tuple(map(_whole, await self._ask(connection, BY_KEYS, [list(keys)])))

    async def jobs(
        self, connection: Connection, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        """Messages, newest first."""
        found: list[Whole] = []
        values = [float("inf") if before is None else before, state, state]
        async for row in self._stream(connection, NEWEST, values):
            whole = _whole(row)
            if state in (None, whole.state):
                found.append(whole)
            if len(found) == limit:
                break
        return tuple(found)

    async def _stream(
        self, connection: Connection, text: LiteralString, values: Sequence[object]
    ) -> AsyncIterator[Row]:
        """Rows of a long list, a part at a time."""
        async with connection.transaction(), connection.cursor("rows", binary=True) as cursor:
            cursor.itersize = 500
            await cursor.execute(statement(text, self.schema), values)
            async for row in cursor:
                yield row

    async def keys_of(self, connection: Connection, openid: str) -> tuple[str, ...]:
        """The keys of all messages of this follower."""
        return tuple(str(key) for (key,) in await self._ask(connection, KEYS_OF, [openid]))

    async def uncollected(
        self, connection: Connection, before: float, limit: int
    ) -> tuple[str, ...]:
        """Followers with an answer that waits since then."""
        found: list[str] = []
        async for openid, box in self._stream(connection, IN_HAND, [before]):
            if any(is_waiting(job, before) for job in load(box).jobs):  # type: ignore[arg-type]  # bytea
                found.append(str(openid))
            if len(found) == limit:
                break
        return tuple(found)

    async def stats(self, connection: Connection) -> Stats:
        """Counts and sizes."""
        by_state = await self._ask(connection, STATES)
        states: Counter[str] = Counter(dict(by_state))  # type: ignore[arg-type]  # names and numbers
        async for _, box in self._stream(connection, IN_HAND, [float("inf")]):
            states.update(job.state for job in load(box).jobs)  # type: ignore[arg-type]  # bytea
        [(followers, bindings, size)] = await self._ask(connection, COUNTS, [self.schema])
        return Stats(dict(states), followers, bindings, size or 0)  # type: ignore[arg-type]  # numbers

    async def prune(self, connection: Connection, at: float, keep: float) -> tuple[int, int]:
        """One batch of messages, and one of bindings, that are over; how many of each."""
        messages = await self._count(connection, OVER, [list(FINAL), at - keep])
        return messages, await self._count(connection, LAPSED, [at])

    async def forget_idle(self, connection: Connection, before: float, limit: int) -> int:
        """Delete mailboxes that are empty and have not changed since then; how many."""
        return await self._count(connection, IDLE, [before, limit])

    async def mark(self, connection: Connection) -> bytes | None:
        """What tells whose store this is."""
        [(mark,)] = await self._ask(connection, MARK)
        return mark  # type: ignore[return-value]  # bytea

    async def change_mark(
        self, connection: Connection, expected: bytes | None, mark: bytes
    ) -> bool:
        """Put one mark in the place of another."""
        return await self._count(connection, CHANGE_MARK, [mark, expected]) == 1

    async def addressed(self, connection: Connection) -> dict[str, int]:
        """How many messages there are of each ToUserName."""
        found: Counter[str] = Counter()
        async for (body,) in self._stream(connection, BODIES, []):
            found[addressee(body)] += 1  # type: ignore[arg-type]  # bytea
        return dict(found)


def _whole(row: Row) -> Whole:
    message, box = message_of(row[:-1]), row[-1]
    in_hand = EMPTY if box is None else load(box)  # type: ignore[arg-type]  # bytea
    return Whole(message, in_hand.job(message.key))
