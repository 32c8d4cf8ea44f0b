"""How a mailbox and a message's row are written as fields of Redis hashes, and read back."""

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from yizhan.phrases import say
from yizhan.store.applying import NOWHERE, Loaded
from yizhan.store.mailbox import Filed, Mailbox, Message, State, load

ROW = "="  # stands before the name of a row in its mailbox's hash


class Unreadable(Exception):
    """What is there is not what this program writes."""


class _Kept(Struct, frozen=True, array_like=True):
    """What of a message never changes."""

    key: str
    openid: str
    body: bytes
    seq: int
    created: float
    first: float
    boot: str
    ordered: bool


class _Ending(Struct, frozen=True, array_like=True):
    """What of a message's row is replaced when it leaves the mailbox or comes back."""

    state: State | None
    arrivals: int
    attempts: int
    reply: bytes | None
    note: str
    updated: float


_encode = msgspec.msgpack.Encoder().encode
_kept = msgspec.msgpack.Decoder(_Kept).decode
_ending = msgspec.msgpack.Decoder(_Ending).decode


def kept_of(it: Message) -> bytes:
    """The field `message` of its row."""
    first = (it.key, it.openid, it.body, it.seq)
    return _encode(_Kept(*first, it.created, it.first, it.boot, it.ordered))


def ending_of(it: Message | Filed) -> bytes:
    """The field `filed` of its row."""
    return _encode(_Ending(it.state, it.arrivals, it.attempts, it.reply, it.note, it.updated))


def message_from(answer: object) -> Message | None:
    """The row with these two fields; None if there is none."""
    if answer == [None, None]:
        return None
    if not isinstance(answer, Sequence):
        raise Unreadable(str(answer))
    try:
        kept, ending = _kept(answer[0]), _ending(answer[1])
    except (msgspec.MsgspecError, TypeError) as error:
        raise Unreadable(str(error)) from error
    return Message(
        key=kept.key,
        openid=kept.openid,
        body=kept.body,
        seq=kept.seq,
        created=kept.created,
        first=kept.first,
        boot=kept.boot,
        ordered=kept.ordered,
        state=ending.state,
        arrivals=ending.arrivals,
        attempts=ending.attempts,
        reply=ending.reply,
        note=ending.note,
        updated=ending.updated,
    )


def loaded_from(fields: Mapping[bytes, bytes]) -> Loaded:
    """The mailbox with its rows from its hash, which may not be there."""
    version = fields.get(b"version")
    if version is None:
        return Loaded()
    try:
        box = load(fields.get(b"box", b""))
        mark = ROW.encode()
        rows = {
            name.decode()[len(ROW) :]: value
            for name, value in fields.items()
            if name.startswith(mark)
        }
        return Loaded(version.decode(), box, rows)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Unreadable(str(error)) from error


def pairs(flat: object) -> dict[bytes, bytes]:
    """A hash as a script gives it: names and values in turn."""
    words = cast("Sequence[bytes]", flat)
    return dict(zip(words[::2], words[1::2], strict=True))


def version_in(fields: Mapping[bytes, bytes]) -> str:
    """The version that a hash says it has, be it readable or not."""
    return fields.get(b"version", NOWHERE.encode()).decode(errors="replace")


def seen_in(box: Mailbox, message: Message) -> Message:
    """The row as it is to be taken: lost with its mailbox, it is dead, and may be retried."""
    if message.state is not None or box.job(message.key) is not None:
        return message
    return replace(message, state="dead", note=say("store.mailbox_lost"))


def placeholder(key: str, created: float) -> Message:
    """Stands in a list for a message whose row cannot be read."""
    note = say("store.row_lost")
    return Message(key, "", b"", 0, created, created, "", state="dead", note=note, updated=created)
