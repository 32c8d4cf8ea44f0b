"""Under which keys a store in Redis keeps what, and with which commands a commit is written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from zlib import crc32

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import astuple, replace

from yizhan.phrases import say
from yizhan.store.applying import NOWHERE, Commit, Lease, Loaded
from yizhan.store.mailbox import (
    EMPTY,
    FINAL,
    LISTED,
    NO_ONE,
    NOBODY,
    Binding,
    Mailbox,
    Message,
    State,
    load,
)
from yizhan.store.parking import joined

ROW = "="  # stands before the name of a row in its mailbox's hash
BOOT = "redis"  # the name of its clock
MOST = 1000  # words of one command: Lua's stack ends somewhere
SOMEBODY = frozenset((NOBODY,))
UNKNOWN = "?"  # no mailbox has this version: the script hands back what is there

Word = str | Raw
Command = Sequence[Word]


class Names(Struct, frozen=True):
    """The keys under one hash tag: an account's, or in a Cluster those of one of its shards.

    box:OPENID        hash: version, box, changed, and the follower's rows, with "=" before
    message:KEY       hash: message, which stays, and filed, which is replaced
    keys:OPENID       set: the keys of all messages of a follower
    owned:OWNER       set: followers with work of that owner; of NOBODY: with jobs without one
    ended:STATE       sorted set: messages that left their mailbox in that state, by when
    boxes             set: all followers with a mailbox
    created           sorted set: all messages, by the time when they were created
    due               sorted set: followers whose work rests, by the time until which it does
    renewals          hash: the number of each owner's last renewal
    gone              set: owners that stopped in good order
    bindings          hash by signature: when it lapses, in 17 characters, and the body's digest
    stirred:OWNER     channel on which an owner hears which mailboxes have changed
    account, shards   of the account as a whole: its mark, and how many shards it has
    """

    tag: str
    is_shard: bool = False  # in a Cluster a script must declare its keys: they may be on the move

    def key(self, kind: str, name: str | None = None) -> str:
        """The key of a kind, and of one of that kind."""
        return f"{{{self.tag}}}:{kind}" if name is None else f"{{{self.tag}}}:{kind}:{name}"


class Spread(Struct, frozen=True):
    """The shards of an account: one, or as many as were recorded when it began."""

    account: str
    shards: Sequence[Names]

    def of(self, name: str) -> Names:
        """The shard of a follower, or of a signature."""
        if len(self.shards) == 1:
            return self.shards[0]
        return self.shards[crc32(name.encode()) % len(self.shards)]


class Unreadable(Exception):
    """What is there is not what this program writes."""


_encode = msgspec.msgpack.Encoder().encode
_kept = msgspec.msgpack.Decoder(tuple[str, str, bytes, int, float, float, str, bool]).decode
_filed = msgspec.msgpack.Decoder(
    tuple[str, State | None, int, int, bytes | None, str, float]
).decode
KEPT = 8  # fields of a message that never change; the others are those of what is filed


def raw(data: bytes) -> Raw:
    """Bytes as the text that Redis's unpacker knows; it does not know MessagePack's bytes."""
    size = len(data)
    if size < 256:
        return Raw(b"\xd9" + size.to_bytes() + data)
    return Raw(b"\xdb" + size.to_bytes(4) + data)


def call(names: Names, members: Sequence["Asking"]) -> list[str | bytes]:
    """The script's keys and its argument."""
    keys = [members[0].box]
    if names.is_shard:
        keys = list(dict.fromkeys(key for it in members for key in it.used()))
    return [str(len(keys)), *keys, _encode(members)]


class Asking(Struct, array_like=True):
    """What the script is told of one mailbox. With nothing to write it only looks."""

    box: str
    expect: Word
    asked: Sequence[str] = ()  # keys of message rows to hand back with another version
    guards: Sequence[tuple[str, str, str]] = ()
    bindings: Sequence[tuple[str, str, Raw, str]] = ()
    inserts: Sequence[str] = ()
    filed: Sequence[tuple[str, Raw]] = ()
    writes: list[Command] = []

    def used(self) -> Iterable[str]:
        """All that is read or written."""
        yield self.box
        yield from self.asked
        for it in (*self.guards, *self.bindings, *self.filed):
            yield cast(str, it[0])
        yield from self.inserts
        yield from (cast(str, it[1]) for it in self.writes if it[0] != "PUBLISH")


def look(names: Names, openid: str, keys: Iterable[str]) -> Asking:
    """Asks for a mailbox and rows of messages."""
    return Asking(names.key("box", openid), UNKNOWN, [names.key("message", it) for it in keys])


def guards(names: Names, leases: Iterable[Lease]) -> list[tuple[str, str, str]]:
    """The leases that must not have been renewed."""
    return [(names.key("renewals"), it.owner, str(it.renewal)) for it in leases]


def bound(
    names: Names, bindings: Iterable[Binding], wall: float
) -> list[tuple[str, str, Raw, str]]:
    """The bindings that nothing may stand against."""
    return [(names.key("bindings"), it.signature, raw(it.digest), moment(wall)) for it in bindings]


def bind(names: Names, signature: str, digest: bytes, until: float) -> Command:
    """What writes a binding."""
    return ("HSET", names.key("bindings"), signature, raw(moment(until).encode() + digest))


def moment(wall: float) -> str:
    """A time in 17 characters, which are ordered as the times are."""
    return f"{wall:017.5f}"


def asking_of(
    names: Names, commit: Commit, document: bytes, before: Mailbox, wall: float
) -> Asking:
    """What writes a commit; the document comes first."""
    openid, after = commit.openid, commit.after
    writes = write_box(names, openid, after.version, document, wall, commit.rows)
    asking = Asking(names.key("box", openid), commit.expect, writes=writes)
    if commit.expect == NOWHERE:
        writes.append(("SADD", names.key("boxes"), openid))
    for it in commit.bindings:
        writes.append(bind(names, it.signature, it.digest, wall + it.keep))
    if commit.inserts:
        asking.inserts = [names.key("message", it.key) for it in commit.inserts]
        for message in commit.inserts:
            writes += insertion(names, message)
    if commit.filed:
        encoded = [(it.key, raw(_encode(astuple(it)))) for it in commit.filed]
        asking.filed = [(names.key("message", key), filed) for key, filed in encoded]
        for filed in commit.filed:
            if filed.state is not None:
                ended = names.key("ended", filed.state)
                writes.append(("ZADD", ended, repr(filed.updated), filed.key))
            else:  # a listed one comes back
                writes += (("ZREM", names.key("ended", state), filed.key) for state in LISTED)
    for key in commit.erased:
        writes += erasure(names, openid, key)
    if before.jobs or after.box.jobs:
        writes += entries(names, openid, before, after.box)
    return asking


def write_box(
    names: Names,
    openid: str,
    version: str,
    document: bytes,
    changed: float,
    rows: Mapping[str, bytes | None],
) -> list[Command]:
    """What writes a document and changes of its rows."""
    key = names.key("box", openid)
    fields: list[Word] = ["version", version, "box", raw(document), "changed", repr(changed)]
    if not rows:
        return [("HSET", key, *fields)]
    gone: list[Word] = []
    for name, value in rows.items():
        if value is None:
            gone.append(ROW + name)
        else:
            fields += (ROW + name, raw(value))
    writes: list[Command] = []
    for verb, words in (("HSET", fields), ("HDEL", gone)):
        writes += ((verb, key, *words[it : it + MOST]) for it in range(0, len(words), MOST))
    return writes


def insertion(names: Names, it: Message) -> list[Command]:
    """What adds a message's row."""
    fields = astuple(it)
    kept, filed = fields[:KEPT], (it.key, *fields[KEPT:])
    row = ("message", raw(_encode(kept)), "filed", raw(_encode(filed)))
    writes: list[Command] = [
        ("HSET", names.key("message", it.key), *row),
        ("ZADD", names.key("created"), repr(it.created), it.key),
        ("SADD", names.key("keys", it.openid), it.key),
    ]
    if it.state is not None:
        writes.append(("ZADD", names.key("ended", it.state), repr(it.updated), it.key))
    return writes


def erasure(names: Names, openid: str, key: str) -> list[tuple[str, ...]]:
    """What deletes a message's row."""
    return [
        ("DEL", names.key("message", key)),
        ("ZREM", names.key("created"), key),
        ("SREM", names.key("keys", openid), key),
        *(("ZREM", names.key("ended", state), key) for state in (*FINAL, *LISTED)),
    ]


def entries(names: Names, openid: str, before: Mailbox, after: Mailbox) -> list[tuple[str, ...]]:
    """What notes whose work is in it, and when what rests is due."""
    was, now = _holders(before), _holders(after)
    writes: list[tuple[str, ...]] = [
        ("SREM", names.key("owned", owner), openid) for owner in was - now
    ]
    writes += (("SADD", names.key("owned", owner), openid) for owner in now - was)
    if (due := after.due) != before.due:
        writes.append(
            ("ZREM", names.key("due"), openid)
            if due is None
            else ("ZADD", names.key("due"), repr(due), openid)
        )
    return writes


def _holders(box: Mailbox) -> frozenset[str]:
    """Under whose names it is found: NOBODY's when it has jobs without an owner."""
    return box.owners or (SOMEBODY if box.jobs else NO_ONE)


def all_entries(names: Names, openid: str, box: Mailbox) -> list[tuple[str, ...]]:
    """What notes a mailbox in all indexes, though they were lost."""
    known = [("HSETNX", names.key("renewals"), owner, "0") for owner in box.owners]
    return [("SADD", names.key("boxes"), openid), *entries(names, openid, EMPTY, box), *known]


def message_in(answer: object) -> Message | None:
    """The row with these two fields; None if there is none."""
    if answer == [None, None]:
        return None
    try:
        kept, filed = cast("Sequence[bytes]", answer)
        return Message(*_kept(kept), *_filed(filed)[1:])
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise Unreadable(str(error)) from error


def loaded_in(fields: Mapping[bytes, bytes]) -> Loaded:
    """The mailbox with its rows from its hash, which may not be there."""
    version = fields.get(b"version")
    if version is None:
        return Loaded()
    try:
        names = {name.decode(): value for name, value in fields.items()}
        rows = {it.removeprefix(ROW): value for it, value in names.items() if it.startswith(ROW)}
        box = joined(load(fields.get(b"box", b"")), rows)
        return Loaded(version.decode(), box, rows)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error


def pairs(flat: object) -> dict[bytes, bytes]:
    """A hash, or members with their scores, as Redis gives them: names and values in turn."""
    words = cast("Sequence[bytes]", flat)
    return dict(zip(words[::2], words[1::2], strict=True))


def seen_in(box: Mailbox, message: Message) -> Message:
    """The row as it is to be taken: lost with its mailbox, it is dead, and may be retried."""
    if message.state is not None or box.job(message.key) is not None:
        return message
    return replace(message, state="dead", note=say("store.mailbox_lost"))


def placeholder(key: str, created: float) -> Message:
    """Stands in a list for a message whose row cannot be read."""
    note = say("store.row_lost")
    return Message(key, "", b"", 0, created, created, "", state="dead", note=note, updated=created)
