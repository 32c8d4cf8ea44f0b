"""One statement that commits the changes of many followers, each for itself.

It takes rows as JSON, which costs the client next to nothing. Who is refused has written
nothing but bindings, which its next try finds to be its own.

Locks are taken in one order by all: mailboxes that are there, by openid; bindings, by
signature; mailboxes that are new, by openid; the owner's lease. So nobody waits in a circle.

LATERAL (with OFFSET 0) has the server look each row up, and ctid is where a row was found: a
plan is made once, while tables may be small, and one that reads a table as a whole would be
kept when it has grown. Nobody moves these rows meanwhile: their mailboxes are locked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import LiteralString, TypeAlias

import msgspec
from msgspec import Struct

from yizhan.store.applying import Commit, merged
from yizhan.store.mailbox import Filed, Message, dump
from yizhan.store.mailboxes.postgres_schema import statement

COMMIT = """
WITH given AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(boxes)s) AS it (openid text, expect text, version text,
        box text, owners text, due float8, gives boolean, tells text)
), held AS MATERIALIZED (
    SELECT it.openid, at.ctid AS at FROM (SELECT openid, expect FROM given ORDER BY openid) AS it,
    LATERAL (SELECT ctid FROM {schema}.boxes b
        WHERE b.openid = it.openid AND b.version = it.expect FOR UPDATE {skip}) AS at
), able AS MATERIALIZED (
    SELECT openid FROM held UNION ALL SELECT openid FROM given WHERE expect = ''
), asked AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(bindings)s)
        AS it (openid text, signature text, digest text, until float8)
), bound AS (
    INSERT INTO {schema}.bindings AS b (signature, digest, until)
    SELECT signature, decode(digest, 'base64'), until FROM asked JOIN able USING (openid)
    ORDER BY signature
    ON CONFLICT (signature) DO UPDATE SET digest = excluded.digest, until = excluded.until
    WHERE b.digest = excluded.digest OR b.until <= %(wall)s RETURNING signature
), new AS MATERIALIZED (
    SELECT * FROM json_to_recordset(%(messages)s) AS it (openid text, key text, body text,
        seq bigint, created float8, first float8, boot text, ordered boolean, state text,
        arrivals integer, attempts integer, reply text, note text, updated float8)
), clear AS MATERIALIZED (
    SELECT openid FROM able EXCEPT
    SELECT openid FROM asked LEFT JOIN bound USING (signature) WHERE bound.signature IS NULL
    EXCEPT SELECT new.openid FROM new, LATERAL (SELECT FROM {schema}.messages m
        WHERE m.openid = new.openid AND m.key = new.key OFFSET 0) AS m
), added AS (
    INSERT INTO {schema}.boxes (openid, version, box, owners, due, changed)
    SELECT openid, version, decode(box, 'base64'), owners, due, %(wall)s
    FROM given JOIN clear USING (openid) WHERE expect = '' ORDER BY openid
    ON CONFLICT DO NOTHING RETURNING openid
), replaced AS (
    UPDATE {schema}.boxes b SET version = given.version, box = decode(given.box, 'base64'),
        owners = given.owners, due = given.due, changed = %(wall)s
    FROM given JOIN clear USING (openid) JOIN held USING (openid)
    WHERE b.ctid = held.at RETURNING b.openid
), written AS MATERIALIZED (
    SELECT openid FROM added UNION ALL SELECT openid FROM replaced
), arrived AS (
    INSERT INTO {schema}.messages
    SELECT openid, key, decode(body, 'base64'), seq, created, first, boot, ordered, state,
        arrivals, attempts, decode(reply, 'base64'), note, updated
    FROM new JOIN written USING (openid)
), kept AS (
    INSERT INTO {schema}.contents
    SELECT openid, name, decode(value, 'base64') FROM json_to_recordset(%(contents)s)
        AS it (openid text, name text, value text) JOIN written USING (openid)
    ON CONFLICT (openid, name) DO UPDATE SET value = excluded.value
), dropped AS (
    DELETE FROM {schema}.contents c USING json_to_recordset(%(dropped)s)
        AS it (openid text, name text) JOIN written USING (openid),
    LATERAL (SELECT ctid FROM {schema}.contents c
        WHERE c.openid = it.openid AND c.name = it.name OFFSET 0) AS at
    WHERE c.ctid = at.ctid
), filed AS (
    UPDATE {schema}.messages m SET state = it.state, arrivals = it.arrivals,
        attempts = it.attempts, reply = decode(it.reply, 'base64'), note = it.note,
        updated = it.updated
    FROM json_to_recordset(%(filed)s) AS it (openid text, key text, state text,
        arrivals integer, attempts integer, reply text, note text, updated float8)
        JOIN written USING (openid),
    LATERAL (SELECT ctid FROM {schema}.messages m
        WHERE m.openid = it.openid AND m.key = it.key OFFSET 0) AS at
    WHERE m.ctid = at.ctid
), erased AS (
    DELETE FROM {schema}.messages m USING json_to_recordset(%(erased)s)
        AS it (openid text, key text) JOIN written USING (openid),
    LATERAL (SELECT ctid FROM {schema}.messages m
        WHERE m.openid = it.openid AND m.key = it.key OFFSET 0) AS at
    WHERE m.ctid = at.ctid
), renewed AS (
    INSERT INTO {schema}.leases AS l (owner, renewals) SELECT %(owner)s, 1
    WHERE EXISTS (SELECT FROM given JOIN written USING (openid) WHERE gives)
    ON CONFLICT (owner) DO UPDATE SET renewals = l.renewals + 1
)
SELECT extract(epoch FROM clock_timestamp())::float8, ARRAY (SELECT openid FROM written),
    (SELECT count(pg_notify(%(channel)s, tells)) FROM given JOIN written USING (openid)
     WHERE tells <> '')
"""


PARAMETERS = (
    *("boxes", "bindings", "messages", "contents", "dropped", "filed", "erased"),
    *("owner", "wall", "channel"),
)


def commit_statement(schema: str, skip: LiteralString = "") -> bytes:
    """The statement with its parameters by number, as the server takes them: psycopg would
    look for their names each time."""
    text = statement(COMMIT, schema, skip).decode()
    for number, name in enumerate(PARAMETERS, 1):
        text = text.replace(f"%({name})s", f"${number}")
    return text.encode()


class _Box(Struct):
    openid: str
    expect: str
    version: str
    box: bytes
    owners: str | None
    due: float | None
    gives: bool
    tells: str


class _Bound(Struct):
    openid: str
    signature: str
    digest: bytes
    until: float


class _Content(Struct):
    openid: str
    name: str
    value: bytes


class _Dropped(Struct):
    openid: str
    name: str


class _Filed(Struct):
    openid: str
    key: str
    state: str | None
    arrivals: int
    attempts: int
    reply: bytes | None
    note: str
    updated: float


class _Erased(Struct):
    openid: str
    key: str


_json = msgspec.json.Encoder().encode
Parameters: TypeAlias = Sequence[str | float]


def parameters(commits: Sequence[Commit], owner: str, wall: float, channel: str) -> Parameters:
    """What the statement takes; no two of the commits may bind one signature."""
    tables: Mapping[str, Iterable[Struct]] = {
        "boxes": (_box(it, owner) for it in commits),
        "bindings": (row for it in commits for row in _bindings(it, wall)),
        "messages": (row for it in commits for row in _messages(it)),
        "contents": (
            _Content(it.openid, name, value)
            for it in commits
            for name, value in it.rows.items()
            if value is not None
        ),
        "dropped": (
            _Dropped(it.openid, name)
            for it in commits
            for name, value in it.rows.items()
            if value is None
        ),
        "filed": (row for it in commits for row in _filed(it)),
        "erased": (_Erased(it.openid, key) for it in commits for key in it.erased),
    }
    rows = [_json(list(tables[name])).decode() for name in PARAMETERS if name in tables]
    return [*rows, owner, wall, channel]


def _box(commit: Commit, owner: str) -> _Box:
    after = commit.after
    return _Box(
        openid=commit.openid,
        expect=commit.expect,
        version=after.version,
        box=dump(after.box),
        owners=" ".join(sorted(after.box.owners)) if after.box.jobs else None,
        due=after.box.due,
        gives=commit.gives,
        tells=f"{owner} {commit.openid}" if commit.tells else "",
    )


def _bindings(commit: Commit, wall: float) -> Iterator[_Bound]:
    by_signature = {it.signature: it for it in commit.bindings}
    for it in by_signature.values():
        yield _Bound(commit.openid, it.signature, it.digest, wall + it.keep)


def _messages(commit: Commit) -> Iterator[Message]:
    """New rows as they are when all of the commit has been applied: one statement sees no row
    that it writes itself."""
    filed = {it.key: it for it in commit.filed}
    for message in commit.inserts:
        if message.key not in commit.erased:
            yield merged(message, filed[message.key]) if message.key in filed else message


def _filed(commit: Commit) -> Iterator[_Filed]:
    apart = {*commit.erased, *(message.key for message in commit.inserts)}
    last: dict[str, Filed] = {it.key: it for it in commit.filed if it.key not in apart}
    for it in last.values():
        changed = (it.state, it.arrivals, it.attempts, it.reply, it.note, it.updated)
        yield _Filed(commit.openid, it.key, *changed)
