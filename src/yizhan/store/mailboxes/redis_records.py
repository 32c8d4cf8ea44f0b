"""Under which keys a store in Redis keeps what, and with which commands a commit is written."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast
from zlib import crc32

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import astuple, replace

from yizhan.phrases import say
from yizhan.store.applying import Commit, Lease, Loaded
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
STATES = (*FINAL, *LISTED)
INDEXES = ("created", "due", "renewals", "bindings")
SOMEBODY = frozenset((NOBODY,))
UNKNOWN = "?"  # no mailbox has this version: the script hands back what is there

Word = str | Raw


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


class Asking(Struct, array_like=True):
    """What the script gets of one mailbox. With no version it writes only to indexes.

    `rows` and `gone` are lists of words, no longer than Lua can take. In `bindings` stand the
    signature, the digest, the end; in `inserts` key, message, filed, state, updated, created;
    in `filed` key, filed, state, updated. `due` is "" if it stays, "never" if nothing rests.
    """

    openid: str
    expect: Word
    asked: Iterable[str] = ()  # keys of messages to hand back with another version
    guards: Sequence[tuple[str, str]] = ()
    bindings: Sequence[tuple[str, Raw, str]] = ()
    version: Word = ""
    document: Word = ""
    rows: Sequence[Sequence[Word]] = ()
    gone: Sequence[Sequence[Word]] = ()
    inserts: Sequence[tuple[str, Raw, Raw, str, str, str]] = ()
    filed: Sequence[tuple[str, Raw, str, str]] = ()
    erased: Sequence[str] = ()
    out: Iterable[str] = ()
    into: Iterable[str] = ()
    due: str = ""
    gives: bool = False
    notified: Sequence[str] = ()
    writes: Sequence[Sequence[str]] = ()

    def enter(self, before: Mailbox, after: Mailbox) -> None:
        """Note whose work is in it, and when what rests is due."""
        were, was_due = _standing(before)
        are, due = _standing(after)
        if were != are:
            self.out, self.into = were - are, are - were
        if due != was_due:
            self.due = "never" if due is None else repr(due)

    def keep(self, rows: Mapping[str, bytes | None]) -> None:
        """Write or delete these rows."""
        kept: list[Word] = []
        gone: list[Word] = []
        for name, value in rows.items():
            if value is None:
                gone.append(ROW + name)
            else:
                kept += (ROW + name, raw(value))
        self.rows = [kept[it : it + MOST] for it in range(0, len(kept), MOST)]
        self.gone = [gone[it : it + MOST] for it in range(0, len(gone), MOST)]

    def used(self, names: Names, kind: str) -> Iterable[str]:
        """All keys that are read or written."""
        yield names.key(kind + self.openid)
        yield names.key("keys", self.openid)
        messages = [*self.asked, *self.erased]
        messages += [it[0] for it in self.inserts]
        messages += [it[0] for it in self.filed]
        yield from (names.key("message", key) for key in messages)
        yield from (names.key("owned", owner) for owner in (*self.out, *self.into))
        yield from (it[1] for it in self.writes)


def call(
    names: Names,
    members: Sequence[Asking],
    wall: float,
    *,
    owner: str = "",
    renewal: str = "",
    kind: str = "box:",
) -> list[str | bytes]:
    """The script's keys and its argument."""
    keys = [names.key("boxes")]
    if names.is_shard:
        keys += (names.key(it) for it in INDEXES)
        keys += (names.key("ended", state) for state in STATES)
        keys += {key for it in members for key in it.used(names, kind)}
    given = (names.key(""), kind, moment(wall), owner, renewal, STATES, members)
    return [str(len(keys)), *keys, _encode(given)]


def guards(leases: Iterable[Lease]) -> list[tuple[str, str]]:
    """The leases that must not have been renewed."""
    return [(it.owner, str(it.renewal)) for it in leases]


def bound(bindings: Iterable[Binding], wall: float) -> list[tuple[str, Raw, str]]:
    """Bindings to be written, if no other body's stands against them."""
    return [(it.signature, raw(it.digest), moment(wall + it.keep)) for it in bindings]


def moment(wall: float) -> str:
    """A time in 17 characters, which are ordered as the times are."""
    return f"{wall:017.5f}"


def asking_of(commit: Commit, document: bytes, before: Mailbox) -> Asking:
    """What writes a commit, but for its bindings."""
    after = commit.after
    asking = Asking(
        commit.openid,
        commit.expect,
        version=after.version,
        document=raw(document),
        gives=commit.gives,
    )
    if commit.rows:
        asking.keep(commit.rows)
    if commit.inserts:
        asking.inserts = [inserted(it) for it in commit.inserts]
    if commit.filed:
        asking.filed = [
            (it.key, raw(_encode(astuple(it))), it.state or "", repr(it.updated))
            for it in commit.filed
        ]
    if commit.erased:
        asking.erased = commit.erased
    if before.jobs or after.box.jobs:
        asking.enter(before, after.box)
    if commit.tells:
        asking.notified = list({*before.waiters} - {*after.box.waiters})
    return asking


def inserted(it: Message) -> tuple[str, Raw, Raw, str, str, str]:
    """A message's row."""
    fields = astuple(it)
    kept, filed = raw(_encode(fields[:KEPT])), raw(_encode((it.key, *fields[KEPT:])))
    return (it.key, kept, filed, it.state or "", repr(it.updated), repr(it.created))


def erasure(names: Names, openid: str, key: str) -> list[tuple[str, ...]]:
    """What deletes a message's row beside the script."""
    return [
        ("DEL", names.key("message", key)),
        ("ZREM", names.key("created"), key),
        ("SREM", names.key("keys", openid), key),
        *(("ZREM", names.key("ended", state), key) for state in STATES),
    ]


def _standing(box: Mailbox) -> tuple[frozenset[str], float | None]:
    """Under whose names it is found, NOBODY's when it has jobs without an owner; what is due."""
    if not box.jobs:
        return NO_ONE, box.due
    return box.owners or SOMEBODY, box.due


def entered(names: Names, openid: str, version: str, box: Mailbox) -> Asking:
    """What notes a mailbox in all indexes, though they were lost."""
    writes = [("HSETNX", names.key("renewals"), owner, "0") for owner in box.owners]
    known = ("SADD", names.key("boxes"), openid)
    asking = Asking(openid, version, writes=[known, *writes])
    asking.enter(EMPTY, box)
    return asking


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
    return replace(message, state=message.fate, note=say("store.mailbox_lost"))


def placeholder(key: str, created: float) -> Message:
    """Stands in a list for a message whose row cannot be read."""
    note = say("store.row_lost")
    return Message(key, "", b"", 0, created, created, "", state="dead", note=note, updated=created)
