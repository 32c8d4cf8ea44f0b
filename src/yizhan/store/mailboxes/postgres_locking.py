"""Locking mailboxes and loading all that rules may want to see, in one exchange."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct
from psycopg import AsyncClientCursor

from yizhan.store.applying import Loaded
from yizhan.store.mailbox import Binding, Message, load
from yizhan.store.mailboxes.postgres_client import Connection
from yizhan.store.mailboxes.postgres_schema import statement

COLUMNS = (
    "key, openid, body, seq, created, first, boot, ordered, state, arrivals, attempts, reply,"
    " note, updated"
)
HOLD = 2000  # milliseconds after which the server frees what a process locked that is silent
WAIT = 500  # milliseconds to wait for what another one has locked

BEGIN = """
    BEGIN ISOLATION LEVEL READ COMMITTED; SELECT
    set_config('idle_in_transaction_session_timeout', %(hold)s::text, true),
    set_config('lock_timeout', %(wait)s::text, true)
"""
BOXES = """
    SELECT openid, version, box FROM {schema}.boxes WHERE openid = ANY(%(openids)s::text[])
    ORDER BY openid FOR UPDATE
"""
CONTENTS = """
    SELECT openid, name, value FROM {schema}.contents WHERE openid = ANY(%(openids)s::text[])
"""
MESSAGES = f"""
    SELECT {COLUMNS} FROM {{schema}}.messages
    JOIN unnest(%(owners_of)s::text[], %(keys)s::text[]) AS it (openid, key) USING (openid, key)
"""  # noqa: S608  # constants
BINDINGS = """
    SELECT signature, digest FROM {schema}.bindings
    WHERE signature = ANY(%(signatures)s::text[]) AND until > %(wall)s
"""
LEASES = """
    SELECT owner, renewals FROM {schema}.leases WHERE owner = ANY(%(owners)s::text[])
    ORDER BY owner FOR UPDATE
"""

Row: TypeAlias = tuple[object, ...]


class Wanted(Struct, frozen=True):
    """Mailboxes to lock, and rows to see: messages by openid and key, what bindings would
    stand against, leases to be looked at (and kept from being renewed)."""

    openids: Sequence[str]
    messages: Sequence[tuple[str, str]] = ()
    bindings: Sequence[Binding] = ()
    owners: Sequence[str] = ()


class Locked(Struct, frozen=True):
    """What was there: nobody changes these mailboxes until the transaction ends."""

    boxes: Mapping[str, Loaded]
    messages: Mapping[tuple[str, str], Message]
    bound: frozenset[str]  # signatures that are another body's
    renewals: Mapping[str, int]


class Locking:
    """The statements for one schema."""

    def __init__(self, schema: str) -> None:
        self._begin, self._boxes, self._contents, self._messages, self._bindings, self._leases = (
            statement(text, schema) for text in (BEGIN, BOXES, CONTENTS, MESSAGES, BINDINGS, LEASES)
        )

    async def lock(self, connection: Connection, wanted: Wanted, wall: float) -> Locked:
        """Begin a transaction that holds these mailboxes.

        It is sent as one text: after what psycopg calls a pipeline the server does not
        notice a transaction that is idle.
        """
        texts = [self._begin, self._boxes, self._contents]
        texts += [self._leases] if wanted.owners else []
        texts += [self._messages] if wanted.messages else []
        texts += [self._bindings] if wanted.bindings else []
        values = {
            "hold": HOLD,
            "wait": WAIT,
            "openids": list(wanted.openids),
            "owners": list(wanted.owners),
            "owners_of": [openid for openid, _ in wanted.messages],
            "keys": [key for _, key in wanted.messages],
            "signatures": [it.signature for it in wanted.bindings],
            "wall": wall,
        }
        async with AsyncClientCursor(connection) as cursor:
            await cursor.execute(b";".join(texts), values)
            found = await _all_rows(cursor)
        boxes, contents, *others = found[1:]
        rest = iter(others)
        leases = next(rest) if wanted.owners else []
        messages = [message_of(row) for row in (next(rest) if wanted.messages else [])]
        bindings = next(rest) if wanted.bindings else []
        return Locked(
            boxes=_boxes(boxes, contents),
            messages={(it.openid, it.key): it for it in messages},
            bound=_bound(bindings, wanted.bindings),
            renewals=dict(leases),  # type: ignore[arg-type]  # two columns
        )


async def _all_rows(cursor: AsyncClientCursor[Row]) -> list[list[Row]]:
    """The rows of each statement that gives some."""
    found = []
    while True:
        if cursor.description is not None:
            found.append(await cursor.fetchall())
        if not cursor.nextset():
            return found


def _boxes(
    boxes: Sequence[tuple[object, ...]], contents: Sequence[tuple[object, ...]]
) -> Mapping[str, Loaded]:
    rows: dict[object, dict[str, bytes]] = {}
    for openid, name, value in contents:
        rows.setdefault(openid, {})[name] = value  # type: ignore[index,assignment]  # text, bytea
    return {
        str(openid): Loaded(str(version), load(box), rows.get(openid, {}))  # type: ignore[arg-type]  # bytea
        for openid, version, box in boxes
    }


def _bound(found: Sequence[tuple[object, ...]], wanted: Sequence[Binding]) -> frozenset[str]:
    digests = dict(found)  # type: ignore[arg-type, var-annotated]  # two columns
    return frozenset(
        it.signature for it in wanted if digests.get(it.signature, it.digest) != it.digest
    )


def message_of(row: tuple[object, ...]) -> Message:
    """A message's row, from its COLUMNS."""
    return Message(*row)  # type: ignore[arg-type]  # the columns are its fields, in their order
