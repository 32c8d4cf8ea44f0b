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
from typing import Any, LiteralString

import msgspec
from psycopg import AsyncClientCursor

from yizhan.store.applying import Commit, Loaded, merged
from yizhan.store.mailbox import Message, dump, load
from yizhan.store.mailboxes.commits import Member
from yizhan.store.mailboxes.postgres_connection import Connection
from yizhan.store.mailboxes.postgres_schema import statement

COLUMNS = (
    "key, openid, body, seq, created, first, boot, ordered, state, arrivals, attempts, reply,"
    " note, updated"
)
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


def commit_statement(schema: str, skip: LiteralString = "") -> bytes:
    """The statement; with SKIP LOCKED it waits for nobody."""
    return statement(COMMIT, schema, skip)


def parameters(
    commits: Sequence[Commit], owner: str, wall: float, channel: str
) -> list[str | float]:
    """What the statement takes; no two of the commits may bind one signature."""
    tables: list[list[object]] = [[], [], [], [], [], []]
    boxes, bindings, messages, contents, filed, erased = tables
    for it in commits:
        box, openid = it.after.box, it.openid
        boxes.append(
            {
                "openid": openid,
                "expect": it.expect,
                "version": it.after.version,
                "box": dump(box),
                "owners": " ".join(sorted(box.owners)) if box.jobs else None,
                "due": box.due,
                "gives": it.gives,
                "tells": f"{owner} {openid}" if it.tells else "",
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
            filed += ({"openid": openid} | msgspec.structs.asdict(row) for row in last.values())
            erased += ({"openid": openid, "key": key} for key in it.erased)
    return [*(_json(rows).decode() for rows in tables), owner, wall, channel]


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
    loaded = {it: Loaded(version, load(box), rows.get(it, {})) for it, version, box in boxes}
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


def apart(members: Sequence[Member]) -> list[Member]:
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
