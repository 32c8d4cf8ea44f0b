"""From a commit to the Redis commands that write it, which `commit.lua` runs as one."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from yizhan.store.applying import NOWHERE, Commit, Lease
from yizhan.store.mailbox import (
    FINAL,
    LISTED,
    NO_ONE,
    NOBODY,
    Binding,
    Filed,
    Mailbox,
    Message,
    dump,
)
from yizhan.store.mailboxes.redis_names import Names
from yizhan.store.mailboxes.redis_records import ROW, ending_of, kept_of

Words = list[str | bytes]

MOST = 1000  # words of one command: Lua's stack ends somewhere
SOMEBODY = frozenset((NOBODY,))


class Asking(Struct):
    """What a call of the script says. With nothing to write it only looks."""

    expect: str
    asked: Collection[str] = ()  # keys of message rows to hand back with another version
    guards: Sequence[Lease] = ()
    bindings: Sequence[Binding] = ()
    inserts: Sequence[Message] = ()
    filed: Sequence[Filed] = ()
    writes: Sequence[Sequence[str | bytes]] = ()

    def call(self, names: Names, box: str, wall: float) -> Words:
        """The script's keys and arguments."""
        keys = self._keys(names, box) if names.is_shard else [box]
        return [str(len(keys)), *keys, *self._words(names, wall)]

    def _keys(self, names: Names, box: str) -> list[str]:
        """All that it reads or writes, the mailbox first."""
        rows = [names.message(it) for it in self.asked]
        rows += [names.message(it.key) for it in self.inserts]
        rows += [names.message(it.key) for it in self.filed]
        known = [names.renewals] if self.guards else []
        known += [names.bindings] if self.bindings else []
        return list(dict.fromkeys([box, *known, *rows, *(str(it[1]) for it in self.writes)]))

    def _words(self, names: Names, wall: float) -> Words:
        """What it says, every list with its length before it."""
        guards: list[Words] = [[names.renewals, it.owner, str(it.renewal)] for it in self.guards]
        now = _moment(wall)
        bindings: list[Words] = [
            [names.bindings, it.signature, it.digest, now] for it in self.bindings
        ]
        filed: list[Words] = [[names.message(it.key), ending_of(it)] for it in self.filed]
        return [
            self.expect,
            *_listed([names.message(key) for key in self.asked]),
            *_nested(guards),
            *_nested(bindings),
            *_listed([names.message(it.key) for it in self.inserts]),
            *_nested(filed),
            *_nested(self.writes),
        ]


def _listed(words: Sequence[str | bytes]) -> Words:
    return [str(len(words)), *words]


def _nested(lists: Sequence[Sequence[str | bytes]]) -> Words:
    return [str(len(lists)), *(word for it in lists for word in _listed(it))]


def _moment(wall: float) -> str:
    """A time in 17 characters, which are ordered as the times are."""
    return f"{wall:017.5f}"


def binding_words(names: Names, signature: str, digest: bytes, until: float) -> Words:
    """What writes a binding."""
    return ["HSET", names.bindings, signature, _moment(until).encode() + digest]


class Written(Struct, frozen=True):
    """What a commit is written with, besides what it says itself."""

    names: Names
    owner: str
    wall: float
    renewal: int
    publishes: bool = True  # in a Cluster nobody listens: the pulse is polled


def writes_of(commit: Commit, before: Mailbox, made: Written) -> list[Sequence[str | bytes]]:
    """The commands that write it; the document comes first."""
    names, openid, after = made.names, commit.openid, commit.after.box
    writes: list[Sequence[str | bytes]] = [*_hash(commit, names, made.wall)]
    if commit.expect == NOWHERE:
        writes.append(["SADD", names.boxes, openid])
    writes += (
        binding_words(names, it.signature, it.digest, made.wall + it.keep) for it in commit.bindings
    )
    for message in commit.inserts:
        writes += insert_words(names, message)
    for filed in commit.filed:
        writes += _filing(names, filed)
    for key in commit.erased:
        writes += erase_words(names, openid, key)
    writes += index_words(names, openid, before, after)
    if commit.gives:
        writes.append(["HSET", names.renewals, made.owner, str(made.renewal)])
    if commit.tells and made.publishes:
        told = (it for it in before.waiters if it not in (*after.waiters, made.owner))
        writes += (["PUBLISH", names.pulse(name), openid] for name in told)
    return writes


def _hash(commit: Commit, names: Names, wall: float) -> Iterator[Sequence[str | bytes]]:
    box = names.box(commit.openid)
    after = commit.after
    fields: Words = ["version", after.version, "box", dump(after.box), "changed", repr(wall)]
    gone: Words = []
    for name, value in commit.rows.items():
        if value is None:
            gone.append(ROW + name)
        else:
            fields += [ROW + name, value]
    for start in range(0, len(fields), MOST):
        yield ["HSET", box, *fields[start : start + MOST]]
    for start in range(0, len(gone), MOST):
        yield ["HDEL", box, *gone[start : start + MOST]]


def insert_words(names: Names, it: Message) -> Iterator[Sequence[str | bytes]]:
    """What adds a message's row."""
    yield ["HSET", names.message(it.key), "message", kept_of(it), "filed", ending_of(it)]
    yield ["ZADD", names.created, repr(it.created), it.key]
    yield ["SADD", names.keys(it.openid), it.key]
    if it.state is not None:
        yield ["ZADD", names.ended(it.state), repr(it.updated), it.key]


def _filing(names: Names, it: Filed) -> Iterator[Sequence[str | bytes]]:
    if it.state is not None:
        yield ["ZADD", names.ended(it.state), repr(it.updated), it.key]
    else:  # a listed one comes back
        yield from (["ZREM", names.ended(state), it.key] for state in LISTED)


def erase_words(names: Names, openid: str, key: str) -> Iterator[Sequence[str | bytes]]:
    """What deletes a message's row."""
    yield ["DEL", names.message(key)]
    yield ["ZREM", names.created, key]
    yield ["SREM", names.keys(openid), key]
    yield from (["ZREM", names.ended(state), key] for state in (*FINAL, *LISTED))


def index_words(
    names: Names, openid: str, before: Mailbox, after: Mailbox
) -> Iterator[Sequence[str | bytes]]:
    """What notes whose work is in it, and when what rests is due."""
    was, now = holders(before), holders(after)
    if was != now:
        yield from (["SREM", names.owned(owner), openid] for owner in was - now)
        yield from (["SADD", names.owned(owner), openid] for owner in now - was)
    if (due := after.due) != before.due:
        if due is None:
            yield ["ZREM", names.due, openid]
        else:
            yield ["ZADD", names.due, repr(due), openid]


def holders(box: Mailbox) -> frozenset[str]:
    """Under whose names it is found: NOBODY's when it has jobs without an owner."""
    return box.owners or (SOMEBODY if box.jobs else NO_ONE)


def removal(names: Names, openid: str) -> list[Words]:
    """What deletes an empty mailbox with its rows."""
    return [["DEL", names.box(openid)], ["SREM", names.boxes, openid]]


def added(rows: Mapping[str, bytes]) -> Words:
    """Rows as fields of their mailbox's hash."""
    return [word for name, value in rows.items() for word in (ROW + name, value)]
