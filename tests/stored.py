"""Messages with all that is kept of them, wherever a store of mailboxes keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yizhan.store.applying import Loaded
from yizhan.store.mailbox import CUSTOM, SENDING, Message, State, part_name
from yizhan.store.mailboxes.memory import Shared


@dataclass(frozen=True)
class Stored:
    """One message: `parts` are the bodies that are not delivered, those of a listed one too.

    `custom` counts those that its owner is to send, or sends.
    """

    key: str
    openid: str
    body: bytes
    seq: int
    state: State
    owner: str
    created: float
    updated: float
    arrivals: int
    attempts: int
    parts: tuple[bytes, ...]
    custom: int
    reply: bytes | None
    note: str
    steps: Mapping[str, bytes]


def stored(message: Message, loaded: Loaded) -> Stored:
    """A message's row and its follower's mailbox, put together."""
    job, rows = loaded.box.job(message.key), loaded.rows
    latest = job or message
    if job is None:
        kept = _under(rows, f"part:{message.seq}:")
        parts = [body for _, body in sorted(kept.items(), key=lambda it: int(it[0]))]
    else:
        parts = [it.body or rows[part_name(job, it.index)] for it in job.parts]
    return Stored(
        key=message.key,
        openid=message.openid,
        body=message.body,
        seq=message.seq,
        state=message.fate if job is None else job.listed_as,
        owner="" if job is None else job.owner,
        created=message.created,
        updated=latest.updated,
        arrivals=latest.arrivals,
        attempts=latest.attempts,
        parts=tuple(parts),
        custom=0 if job is None else sum(it.by in (CUSTOM, SENDING) for it in job.parts),
        reply=latest.reply,
        note=latest.note,
        steps=_under(rows, f"step:{message.seq}:"),
    )


def _under(rows: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    return {
        name.removeprefix(prefix): value for name, value in rows.items() if name.startswith(prefix)
    }


def in_memory(shared: Shared) -> Iterable[Stored]:
    """All messages of stores in memory, in the order in which they came."""
    for message in shared.messages.values():
        yield stored(message, shared.boxes.get(message.openid, Loaded()))
