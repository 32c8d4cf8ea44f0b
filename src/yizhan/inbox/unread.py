"""Pushes that only WeChat can have written but nobody can read: listed, and read again later.

Each is a job under UNREAD in place of an openid, so that it holds up no follower's messages.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Protocol

import msgspec
from msgspec import Struct

from yizhan.clock import Clock
from yizhan.errors import Overloaded, Refused, Unreadable
from yizhan.middleware import Incoming
from yizhan.store import UNFINISHED, UNREAD, Arrival, Job, Outcome, Store

MOST = 1_000  # that are kept at a time: a sender that is broken must not fill the store

Read = Callable[[bytes], Incoming]


class _Kept(Struct):
    """What a job holds instead of a message's fields; in JSON the body is base64."""

    unread: bytes


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(_Kept).decode


class Accept(Protocol):
    """Accepts a message that was read at last: the message, its body, when it came."""

    def __call__(self, message: Incoming, body: bytes, at: float, /) -> Awaitable[None]: ...


class Unread:
    """The unread pushes of one account in one process.

    `read` makes a message of a body, by the checks of today; `accept` takes it on.
    """

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        owner: str,
        counters: Counter[str],
        read: Read,
        accept: Accept,
    ) -> None:
        self.store = store
        self.clock = clock
        self.owner = owner
        self.counters = counters
        self._read = read
        self._accept = accept

    async def add(self, unreadable: Unreadable) -> None:
        """List the push as dead with its reason; durable when this returns.

        Raises Overloaded when too many are listed, StoreError when it cannot be kept.
        """
        key = key_of(unreadable.body)
        if not await self.store.look([key]) and await self.store.count(UNREAD) >= MOST:
            raise Overloaded("engine.unread", limit=MOST)
        claimed = await self.store.claim(
            Arrival(
                key=key,
                openid=UNREAD,
                message=_encode(_Kept(unreadable.body)),
                at=self.clock.wall(),
                owner=self.owner,
                ordered=False,
            )
        )
        if claimed.mine and claimed.state in UNFINISHED:
            self.counters["listed"] += 1
            await self.store.finish(key, self.owner, _dead(unreadable))

    async def resume(self, job: Job) -> None:
        """Read again what was put back, or left by a process that ended while listing it."""
        body = body_of(job)
        try:
            message = self._read(body)
        except Refused as refused:
            outcome = _dead(refused)
        else:
            await self._accept(message, body, job.created)
            outcome = Outcome(note="read")
        await self.store.finish(job.key, self.owner, outcome)


def key_of(body: bytes) -> str:
    """The key of the job that keeps this body."""
    return f"{UNREAD}:{sha256(body).hexdigest()}"


def body_of(job: Job) -> bytes:
    """The body that an unread push's job keeps."""
    return _decode(job.message).unread


def _dead(refused: Refused) -> Outcome:
    detail = f": {refused.detail}" if refused.detail else ""
    return Outcome(state="dead", note=f"{refused.reason}{detail}")
