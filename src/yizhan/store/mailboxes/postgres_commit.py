"""What is sent to commit: one statement for many followers, and before it, if need be, their locks.

Two ways lead to it. The swift one applies rules to what the cache holds and commits in one
exchange; nothing in it waits for another process. The sure one locks, loads, applies, commits.

The statement takes rows as JSON, which costs the client next to nothing. Who is refused has
written nothing but bindings, which its next try finds to be its own. Locks are taken in one
order by all: mailboxes that are there, by openid; bindings, by signature; mailboxes that are
new, by openid; the owner's lease. So nobody waits in a circle.

LATERAL (with OFFSET 0) has the server look each row up, and ctid is where a row was found: a
plan is made once, while tables may be small, and one that reads a table as a whole would be
kept when it has grown. Nobody moves these rows meanwhile: their mailboxes are locked.
"""

from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec
from msgspec.structs import asdict
from psycopg import AsyncClientCursor, AsyncRawCursor, Error, errors

from yizhan.store.applying import Commit, Loaded, merged
from yizhan.store.mailbox import Message, load
from yizhan.store.mailboxes.commits import Failed, Member
from yizhan.store.mailboxes.postgres_connection import (
    TRANSIENT,
    Connection,
    Connections,
    is_lost,
    is_own,
    meant,
)
from yizhan.store.mailboxes.postgres_schema import channel_of, statement
from yizhan.store.mailboxes.server import ServerTime
from yizhan.store.parking import joined

COLUMNS = (
    "key, openid, body, seq, created, first, boot, ordered, state, arrivals, attempts, reply,"
    " note, updated"
)
PROMPT = 1.0  # seconds for an answer on the swift way, so that the sure one has time left
HOLD = 2000  # milliseconds after which the server frees what a process locked that is silent
WAIT = 500  # milliseconds to wait for what another one has locked

COMMIT = """
WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset($1) AS it (openid text, expect text, version text,
        box text, owners text, due float8, gives boolean, tells text)
), held AS MATERIALIZED (
    SELECT it.openid, at.ctid AS at FROM (SELECT openid, expect FROM given ORDER BY openid) AS it,
    LATERAL (SELECT ctid FROM {schema}.boxes b
        WHERE b.openid = it.openid AND b.version = it.expect FOR UPDATE {skip}) AS at
), able AS MATERIALIZED (
    SELECT openid FROM held UNION ALL SELECT openid FROM given WHERE expect = ''
), asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset($2)
        AS it (openid text, signature text, digest text, until float8)
), bound AS (
    INSERT INTO {schema}.bindings AS b (signature, digest, until)
    SELECT signature, decode(digest, 'base64'), until FROM asked JOIN able USING (openid)
    ORDER BY signature
    ON CONFLICT (signature) DO UPDATE SET digest = excluded.digest, until = excluded.until
    WHERE b.digest = excluded.digest OR b.until <= $8 RETURNING signature
), new AS MATERIALIZED (
    SELECT * FROM json_to_recordset($3) AS it (openid text, key text, body text,
        seq bigint, created float8, first float8, boot text, ordered boolean, state text,
        arrivals integer, attempts integer, reply text, note text, updated float8)
), clear AS MATERIALIZED (
    SELECT openid FROM able EXCEPT
    SELECT openid FROM asked LEFT JOIN bound USING (signature) WHERE bound.signature IS NULL
    EXCEPT SELECT new.openid FROM new, LATERAL (SELECT FROM {schema}.messages m
        WHERE m.openid = new.openid AND m.key = new.key OFFSET 0) AS m
), added AS (
    INSERT INTO {schema}.boxes (openid, version, box, owners, due, changed)
    SELECT openid, version, decode(box, 'base64'), owners, due, $8
    FROM given JOIN clear USING (openid) WHERE expect = '' ORDER BY openid
    ON CONFLICT DO NOTHING RETURNING openid
), replaced AS (
    UPDATE {schema}.boxes b SET version = given.version, box = decode(given.box, 'base64'),
        owners = given.owners, due = given.due, changed = $8
    FROM given JOIN clear USING (openid) JOIN held USING (openid)
    WHERE b.ctid = held.at RETURNING b.openid
), written AS MATERIALIZED (
    SELECT openid FROM added UNION ALL SELECT openid FROM replaced
), arrived AS (
    INSERT INTO {schema}.messages
    SELECT openid, key, decode(body, 'base64'), seq, created, first, boot, ordered, state,
        arrivals, attempts, decode(reply, 'base64'), note, updated
    FROM new JOIN written USING (openid)
), contents AS MATERIALIZED (
    SELECT * FROM json_to_recordset($4) AS it (openid text, name text, value text)
    JOIN written USING (openid)
), kept AS (
    INSERT INTO {schema}.contents
    SELECT openid, name, decode(value, 'base64') FROM contents WHERE value IS NOT NULL
    ON CONFLICT (openid, name) DO UPDATE SET value = excluded.value
), dropped AS (
    DELETE FROM {schema}.contents c USING contents AS it,
    LATERAL (SELECT ctid FROM {schema}.contents c
        WHERE c.openid = it.openid AND c.name = it.name OFFSET 0) AS at
    WHERE it.value IS NULL AND c.ctid = at.ctid
), filed AS (
    UPDATE {schema}.messages m SET state = it.state, arrivals = it.arrivals,
        attempts = it.attempts, reply = decode(it.reply, 'base64'), note = it.note,
        updated = it.updated
    FROM json_to_recordset($5) AS it (openid text, key text, state text,
        arrivals integer, attempts integer, reply text, note text, updated float8)
        JOIN written USING (openid),
    LATERAL (SELECT ctid FROM {schema}.messages m
        WHERE m.openid = it.openid AND m.key = it.key OFFSET 0) AS at
    WHERE m.ctid = at.ctid
), erased AS (
    DELETE FROM {schema}.messages m USING json_to_recordset($6)
        AS it (openid text, key text) JOIN written USING (openid),
    LATERAL (SELECT ctid FROM {schema}.messages m
        WHERE m.openid = it.openid AND m.key = it.key OFFSET 0) AS at
    WHERE m.ctid = at.ctid
), renewed AS (
    INSERT INTO {schema}.leases AS l (owner, renewals) SELECT $7, 1
    WHERE EXISTS (SELECT FROM given JOIN written USING (openid) WHERE gives)
    ON CONFLICT (owner) DO UPDATE SET renewals = l.renewals + 1
)
SELECT extract(epoch FROM clock_timestamp())::float8, ARRAY (SELECT openid FROM written),
    (SELECT count(pg_notify($9, tells)) FROM given JOIN written USING (openid) WHERE tells <> '')
"""

BEGIN = """
    BEGIN ISOLATION LEVEL READ COMMITTED; SELECT
    set_config('idle_in_transaction_session_timeout', %(hold)s::text, true),
    set_config('lock_timeout', %(wait)s::text, true);
    SELECT openid, version, box FROM {schema}.boxes WHERE openid = ANY(%(openids)s::text[])
    ORDER BY openid FOR UPDATE;
    SELECT openid, name, value FROM {schema}.contents WHERE openid = ANY(%(openids)s::text[]);
    SELECT owner, renewals FROM {schema}.leases WHERE owner = ANY(%(owners)s::text[])
    ORDER BY owner FOR UPDATE
"""
SEE = f"""
    SELECT {COLUMNS} FROM {{schema}}.messages
    JOIN unnest(%(of)s::text[], %(keys)s::text[]) AS it (openid, key) USING (openid, key);
    SELECT signature, digest FROM {{schema}}.bindings
    WHERE signature = ANY(%(signatures)s::text[]) AND until > %(wall)s
"""  # noqa: S608  # constants

_json = msgspec.json.Encoder().encode
Row = tuple[Any, ...]


class Committer:
    """Commits groups of followers in one schema, for one owner."""

    def __init__(
        self, connections: Connections, schema: str, owner: str, server: ServerTime
    ) -> None:
        self._connections = connections
        self._schema = schema
        self._owner = owner
        self._time = server
        self._commit_free = statement(COMMIT, schema, "SKIP LOCKED")
        self._commit_held = statement(COMMIT, schema)

    async def commit(self, members: Sequence[Member], again: bool) -> None:
        """Try to commit them, the sure way if it is not the first time."""
        try:
            await (self._surely(members) if again else self._swiftly(members))
        except TRANSIENT:
            return  # none is committed
        except Error as error:
            failure = meant(error)
            if is_lost(error):
                raise Failed(failure, "lost") from error
            if is_own(error):
                raise Failed(failure, "own") from error
            if isinstance(error, errors.LockNotAvailable):
                raise Failed(failure, "alone") from error
            raise failure from error

    async def _swiftly(self, members: Sequence[Member]) -> None:
        times = self._time.times()
        for it in members:
            if it.loaded is not None and not it.must_look and not it.guards:
                it.apply(times)
        if writing := _apart(members):
            async with self._connections.use(PROMPT) as connection:
                await self._write(connection, writing, times.wall)

    async def _surely(self, members: Sequence[Member]) -> None:
        times = self._time.times()
        async with self._connections.use() as connection:
            await lock(connection, self._schema, members, self._owner, times.wall)
            live = [it for it in members if not it.is_done]
            for it in live:
                it.apply(times)
            if writing := _apart(live):
                await self._write(connection, writing, times.wall, held=True)
            else:
                await connection.execute("COMMIT")
        for it in live:
            it.is_done = it.is_done or it.commit is None

    async def _write(
        self, connection: Connection, members: Sequence[Member], wall: float, *, held: bool = False
    ) -> None:
        """Commit them; who is written is done. `held`: a transaction has begun."""
        cursor, values = AsyncRawCursor(connection), self._parameters(members, wall)
        sent = self._time.local()
        if held:
            async with connection.pipeline():
                await cursor.execute(self._commit_held, values)
                await connection.execute("COMMIT")
        else:
            await cursor.execute(self._commit_free, values)
        [row] = await cursor.fetchall()
        server, written, _ = cast("tuple[float, list[str], int]", row)
        self._time.note(server, sent)
        for it in members:
            it.is_done = it.openid in written

    def _parameters(self, members: Sequence[Member], wall: float) -> list[str | float]:
        """What the statement takes; no two of the commits may bind one signature."""
        tables: list[list[object]] = [[], [], [], [], [], []]
        boxes, bindings, messages, contents, filed, erased = tables
        for member in members:
            it, openid = member.commit, member.openid
            if it is None:
                continue
            box = it.after.box
            boxes.append(
                {
                    "openid": openid,
                    "expect": it.expect,
                    "version": it.after.version,
                    "box": member.document,
                    "owners": " ".join(sorted(box.owners)) if box.jobs else None,
                    "due": box.due,
                    "gives": it.gives,
                    "tells": f"{self._owner} {openid}" if it.tells else "",
                }
            )
            for bound in {bound.signature: bound for bound in it.bindings}.values():
                until = wall + bound.keep
                row = {"openid": openid, "signature": bound.signature, "digest": bound.digest}
                bindings.append(row | {"until": until})
            for name, value in it.rows.items():
                contents.append({"openid": openid, "name": name, "value": value})
            if it.inserts or it.filed or it.erased:
                messages += _inserted(it)
                apart = {*it.erased, *(message.key for message in it.inserts)}
                last = {row.key: row for row in it.filed if row.key not in apart}
                filed += ({"openid": openid} | asdict(row) for row in last.values())
                erased += ({"openid": openid, "key": key} for key in it.erased)
        rows = (_json(table).decode() for table in tables)
        return [*rows, self._owner, wall, channel_of(self._schema)]


def _inserted(commit: Commit) -> Iterator[Message]:
    """New rows as they are when all of the commit has been applied: one statement sees no row
    that it writes itself."""
    filed = {it.key: it for it in commit.filed}
    for message in commit.inserts:
        if message.key not in commit.erased:
            yield merged(message, filed[message.key]) if message.key in filed else message


async def lock(
    connection: Connection, schema: str, members: Sequence[Member], owner: str, wall: float
) -> None:
    """Begin a transaction that holds these mailboxes, and show what is there.

    Nobody changes it until the transaction ends. It is sent as one text: after what psycopg
    calls a pipeline the server does not notice a transaction that is idle.
    """
    guards = {guard for it in members for guard in it.guards}
    keys = [(it.openid, key) for it in members for key in it.keys]
    asked = {it.openid: it.commit.bindings if it.commit else () for it in members}
    values = {
        "hold": HOLD,
        "wait": WAIT,
        "openids": [it.openid for it in members],
        "owners": sorted({*(it.owner for it in guards), owner}) if guards else [],
        "of": [openid for openid, _ in keys],
        "keys": [key for _, key in keys],
        "signatures": [it.signature for bindings in asked.values() for it in bindings],
        "wall": wall,
    }
    text = BEGIN + (f"; {SEE}" if keys or values["signatures"] else "")
    async with AsyncClientCursor(connection) as cursor:
        await cursor.execute(statement(text, schema), values)
        _, boxes, contents, leases, *more = await _all_rows(cursor)
    messages, digests = more or ([], [])
    rows: dict[object, dict[str, bytes]] = {}
    for openid, name, value in contents:
        rows.setdefault(openid, {})[name] = value
    loaded = {
        openid: Loaded(version, joined(load(box), theirs := rows.get(openid, {})), theirs)
        for openid, version, box in boxes
    }
    renewals: dict[str, int] = dict(leases)
    against: dict[str, bytes] = dict(digests)
    seen = [message_of(row) for row in messages]
    for it in members:
        it.found.bound = {
            bound.signature
            for bound in asked[it.openid]
            if against.get(bound.signature, bound.digest) != bound.digest
        }
        own = {row.key: row for row in seen if row.openid == it.openid}
        it.show(loaded.get(it.openid, Loaded()), own)
        for guard in it.guards:
            if renewals.get(guard.owner, 0) != guard.renewal:
                it.renewed(guard.owner)


async def _all_rows(cursor: AsyncClientCursor[Row]) -> list[list[Row]]:
    """The rows of each statement that gives some."""
    found = []
    while True:
        if cursor.description is not None:
            found.append(await cursor.fetchall())
        if not cursor.nextset():
            return found


def _apart(members: Sequence[Member]) -> list[Member]:
    """Those with something to write, but for whoever binds a signature that one before binds."""
    writing, signatures = [], set[str]()
    for it in members:
        if it.commit is None:
            continue
        own = {binding.signature for binding in it.commit.bindings}
        if not own & signatures:
            signatures |= own
            writing.append(it)
    return writing


def message_of(row: Row) -> Message:
    """A message's row, from its COLUMNS."""
    return Message(*row)
