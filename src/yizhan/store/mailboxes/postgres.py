"""A store in PostgreSQL, which any number of hosts may share; one account has one schema."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import LiteralString, TypeVar, cast
from uuid import uuid4

from psycopg import Error, sql

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.metrics.meter import Meter
from yizhan.store.addressed import addressee
from yizhan.store.applying import Lease
from yizhan.store.mailbox import (
    FINAL,
    NOBODY,
    Job,
    State,
    is_waiting,
    load,
    longest_back_off,
    oldest,
)
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.postgres_commit import COLUMNS, Committer, Row, message_of
from yizhan.store.mailboxes.postgres_connection import (
    TIMEOUT,
    Connection,
    Connections,
    address_of,
    connect,
    meant,
)
from yizhan.store.mailboxes.postgres_schema import channel_of, ensure, statement
from yizhan.store.mailboxes.pulse import POLL, Pulse
from yizhan.store.mailboxes.server import ServerStore, some
from yizhan.store.parking import parked

log = logging.getLogger("yizhan")

T = TypeVar("T")

SURVEY = 60.0  # seconds for an answer to a long question
BOOT = "postgres"

SETTINGS = """
    SELECT current_setting('fsync'), current_setting('synchronous_commit'),
        current_setting('synchronous_standby_names')
"""
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
DUE = """
    SELECT openid FROM {schema}.boxes WHERE due <= %s OR due > %s ORDER BY random() LIMIT %s
"""
VERSIONS = "SELECT openid, version FROM {schema}.boxes WHERE openid = ANY(%s)"
WHOLE = f"""
    SELECT {COLUMNS}, CASE WHEN m.state IS NULL THEN b.box END, apart
    FROM {{schema}}.messages m LEFT JOIN {{schema}}.boxes b USING (openid)
    LEFT JOIN LATERAL (SELECT value AS apart FROM {{schema}}.contents c
        WHERE m.state IS NULL AND c.openid = m.openid AND c.name = 'job:' || m.seq) AS c ON true
"""  # noqa: S608  # constants
BY_KEYS = WHOLE + " WHERE key = ANY(%s)"
BY_FOLLOWER = BY_KEYS + " AND m.openid = %s"
NEWEST = WHOLE + (
    " WHERE created < %s AND (m.state IS NULL OR %s::text IS NULL OR m.state = %s)"
    " ORDER BY created DESC"
)
KEYS_OF = "SELECT key FROM {schema}.messages WHERE openid = %s"
IN_HAND = """
    SELECT openid, box, ARRAY (SELECT value FROM {schema}.contents c
        WHERE c.openid = b.openid AND name >= 'job:' AND name < 'job;')
    FROM {schema}.boxes b WHERE owners IS NOT NULL AND changed < %s
"""
STATES = "SELECT state, count(*) FROM {schema}.messages WHERE state IS NOT NULL GROUP BY state"
COUNTS = """
    SELECT (SELECT count(*) FROM {schema}.boxes WHERE left(openid, 1) <> '@'),
        (SELECT count(*) FROM {schema}.bindings),
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
DISCARD = """
    WITH empty AS (
        SELECT openid FROM {schema}.boxes b WHERE openid = %s AND owners IS NULL
            AND NOT EXISTS (SELECT FROM {schema}.contents c WHERE c.openid = b.openid)
            AND NOT EXISTS (SELECT FROM {schema}.messages m WHERE m.openid = b.openid)
        FOR UPDATE SKIP LOCKED
    )
    DELETE FROM {schema}.boxes b USING empty WHERE b.openid = empty.openid
"""
MARK = "SELECT mark FROM {schema}.about"
CHANGE_MARK = "UPDATE {schema}.about SET mark = %s WHERE mark IS NOT DISTINCT FROM %s::bytea"
BODIES = "SELECT body FROM {schema}.messages"

Values = Sequence[object] | Mapping[str, object]


class PostgresStore(ServerStore):
    """Mailboxes in a schema. `read` says what the server's time is taken for, for tests."""

    def __init__(
        self,
        url: str,
        owner: str,
        clock: Clock,
        *,
        read: Callable[[float], float] = float,
        meter: Meter | None = None,
    ) -> None:
        super().__init__(owner, clock, BOOT, read, meter)
        self._address = address_of(url)
        self._schema = self._address.schema
        self._made: Connections | None = None

    async def open(self) -> Promise:
        made = Connections(self._address)
        try:
            promise = await made.ask(self._prepare, SURVEY)
        except BaseException:
            await made.close()
            raise
        self._made = made
        committer = Committer(made, self._schema, self.owner, self._time)
        self._begin(committer.commit, self._listen, self._versions)
        return promise

    async def _prepare(self, connection: Connection) -> Promise:
        await ensure(connection, self._schema)
        sent = self._time.local()
        [(now,)] = await (await connection.execute(TIME)).fetchall()
        self._time.note(cast(float, now), sent)
        [row] = await (await connection.execute(SETTINGS)).fetchall()
        return _promise(*cast("tuple[str, str, str]", row))

    async def close(self) -> None:
        await self._end()
        if self._made is not None:
            await self._made.close()

    # The pulse.

    async def _listen(self, pulse: Pulse) -> None:
        """A pooler may deny LISTEN, or let it pass and hand the connection to another client: so
        a note of its own is sent through another connection, and until that is heard, it looks."""
        try:
            connection = await connect(self._address)
            try:
                await self._hear(pulse, connection)
            finally:
                await connection.close()
        except Error as error:
            raise meant(error) from error

    async def _hear(self, pulse: Pulse, connection: Connection) -> None:
        probe = f"{uuid4().hex} probe"
        try:
            listen = sql.SQL("LISTEN {}").format(sql.Identifier(channel_of(self._schema)))
            await connection.execute(listen)
            await self._rows("SELECT pg_notify(%s, %s)", [channel_of(self._schema), probe])
        except Error as error:
            if connection.closed:
                raise
            log.info("%s", meant(error))
        hears = False
        while True:
            async for note in connection.notifies(timeout=None if hears else POLL):
                sender, _, openid = note.payload.partition(" ")
                if note.payload == probe:
                    hears = True
                    await pulse.look()  # what changed before it listened
                elif sender != self.owner:
                    pulse.heard(openid)
            if not hears:
                await pulse.look()

    async def _versions(self, openids: Iterable[str]) -> Mapping[str, str]:
        return dict(cast("list[tuple[str, str]]", await self._rows(VERSIONS, [list(openids)])))

    # Leases.

    async def renew(self) -> frozenset[str]:
        self._given = set()  # what is committed meanwhile may be missing in the answer
        found = await self._names(RENEW, {"owner": self.owner})
        return frozenset(found) | self._given

    async def leave(self) -> None:
        await self._opened.drained()
        await self._count(LEAVE, [self.owner])

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        wall = self._wall
        due = await self._names(DUE, [wall, wall + longest_back_off(lease), limit])
        found = [Orphan(it, NOBODY) for it in due]
        dead: dict[str, tuple[Lease, bool]] = {}
        for row in await self._rows(OWNERS):
            owner, renewals, gone = row
            stands = owner != self.owner and self._watch.stands(("", owner), renewals, lease)
            if stands or (gone and owner != self.owner):
                dead[owner] = (Lease(owner, renewals), gone)
        for openid, owners in await self._rows(ORPHANED, [list(dead), limit]) if dead else ():
            of = (dead[name] for name in str(owners).split() if name in dead)
            found += (Orphan(str(openid), it.owner, it, left) for it, left in of)
        return some(found, limit)

    # Lists.

    async def messages(
        self, keys: Iterable[str], *, openid: str | None = None
    ) -> tuple[Whole, ...]:
        await self._opened.drained()
        if openid is None:
            return tuple(map(_whole, await self._rows(BY_KEYS, [list(keys)], SURVEY)))
        return tuple(map(_whole, await self._rows(BY_FOLLOWER, [list(keys), openid], SURVEY)))

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        found: list[Whole] = []

        def take(row: Row) -> bool:
            whole = _whole(row)
            if state in (None, whole.state):
                found.append(whole)
            return len(found) >= limit

        most = float("inf") if before is None else before
        await self._stream(NEWEST, [most, state, state], found, take)
        return tuple(found)

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        await self._opened.drained()
        return tuple(await self._names(KEYS_OF, [openid]))

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        found: list[str] = []

        def take(row: Row) -> bool:
            openid, *in_hand = row
            if any(is_waiting(job, before) for job in _jobs(*in_hand)):
                found.append(openid)
            return len(found) >= limit

        await self._stream(IN_HAND, [before], found, take)
        return tuple(found)

    async def stats(self) -> Stats:
        in_hand: Counter[str] = Counter()
        waiting: float | None = None

        def take(row: Row) -> None:
            nonlocal waiting
            jobs = list(_jobs(*row[1:]))
            in_hand.update(job.listed_as for job in jobs)
            waiting = oldest(jobs, waiting)

        await self._stream(IN_HAND, [float("inf")], in_hand, take)
        states = dict(cast("list[tuple[str, int]]", await self._rows(STATES, (), SURVEY)))
        [row] = await self._rows(COUNTS, [self._schema], SURVEY)
        followers, bindings, size = row
        counts = dict(Counter(states) + in_hand)
        return Stats(counts, followers, bindings, size or 0, waiting)

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        total, more = 0, True
        while more:
            messages = await self._count(OVER, [list(FINAL), at - keep], SURVEY)
            more = bool(await self._count(LAPSED, [at], SURVEY) + messages)
            total += messages
        await self._count(IDLE, [at - idle, limit], SURVEY)
        return total

    async def discard(self, openid: str) -> None:
        await self._count(DISCARD, [openid])

    async def mark(self) -> bytes | None:
        [(mark,)] = await self._rows(MARK)
        return cast("bytes | None", mark)

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        return await self._count(CHANGE_MARK, [mark, expected]) == 1

    async def addressed(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        await self._stream(BODIES, (), found, lambda row: found.update([addressee(row[0])]))
        return found

    # How the tables are asked.

    @property
    def _wall(self) -> float:
        return self._time.times().wall

    @property
    def _connections(self) -> Connections:
        if self._made is None:
            raise StoreError("store.closed")
        return self._made

    async def _rows(
        self, text: LiteralString, values: Values = (), seconds: float = TIMEOUT
    ) -> list[Row]:
        async def ask(connection: Connection) -> list[Row]:
            query = statement(text, self._schema)
            return await (await connection.execute(query, values, binary=True)).fetchall()

        return await self._connections.ask(ask, seconds)

    async def _names(self, text: LiteralString, values: Values) -> list[str]:
        return [name for (name,) in await self._rows(text, values)]

    async def _count(
        self, text: LiteralString, values: Sequence[object], seconds: float = TIMEOUT
    ) -> int:
        """How many rows were changed."""

        async def change(connection: Connection) -> int:
            return (await connection.execute(statement(text, self._schema), values)).rowcount

        return await self._connections.ask(change, seconds)

    async def _stream(
        self,
        text: LiteralString,
        values: Values,
        found: list[T] | Counter[str],
        take: Callable[[Row], bool | None],
    ) -> None:
        """Have `take` add rows of a long list to what is found, until it says: enough."""

        async def ask(connection: Connection) -> None:
            found.clear()  # it may be asked again
            async with connection.transaction(), connection.cursor("rows", binary=True) as cursor:
                cursor.itersize = 500
                await cursor.execute(statement(text, self._schema), values)
                async for row in cursor:
                    if take(row):
                        break

        await self._opened.drained()
        await self._connections.ask(ask, SURVEY)


def _promise(fsync: str, commit: str, standbys: str) -> Promise:
    """What the server's settings promise."""
    if fsync != "on":
        return Promise("postgres fsync=off", "store.pg_no_fsync")
    name = f"postgres synchronous_commit={commit}"
    if commit == "off":
        return Promise(name, "store.pg_off")
    if standbys and commit != "local":
        return Promise(name, "store.pg_standby")
    return Promise(name, "store.pg_on")


def _whole(row: Row) -> Whole:
    *columns, box, apart = row
    message = message_of(tuple(columns))
    job = None if box is None else load(box).job(message.key)
    return Whole(message, job if job or apart is None else parked(apart))


def _jobs(box: bytes, rows: Iterable[bytes]) -> Iterator[Job]:
    """All that is in hand for a follower."""
    yield from load(box).jobs
    yield from map(parked, rows)
