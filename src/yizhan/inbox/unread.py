"""Pushes that only WeChat can have written but nobody can read: listed, and read again later.

They lie in a mailbox of their own under UNREAD in place of an openid, so that they hold up no
follower's messages.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from hashlib import sha256
from typing import Protocol

import msgspec
from msgspec import Struct

from yizhan.errors import Overloaded, Refused, Unreadable
from yizhan.inbox import rules, upkeep
from yizhan.inbox.process import Process
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.metrics import series
from yizhan.metrics.meter import Meter
from yizhan.middleware import Incoming
from yizhan.store.asking import seen
from yizhan.store.mailbox import LISTED, UNFINISHED, UNREAD, Message

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

    def __init__(self, process: Process, meter: Meter, read: Read, accept: Accept) -> None:
        self.process = process
        self.meter = meter
        self._read = read
        self._accept = accept

    async def add(self, unreadable: Unreadable) -> None:
        """List the push as dead with its reason; durable when this returns.

        Raises Overloaded when too many are listed, StoreError when it cannot be kept.
        """
        key, store = key_of(unreadable.body), self.process.store
        keys = await store.keys_of(UNREAD)
        if len(keys) >= MOST and key not in keys:
            raise Overloaded("engine.unread", limit=MOST)
        body, now = _encode(_Kept(unreadable.body)), self.process.clock.wall()
        arrival = Arrival(key, UNREAD, body, now, self.process.owner, ordered=False)
        accepted = await self.process.change(UNREAD, partial(rules.accept, arrival=arrival))
        if accepted.status == "full":
            raise Overloaded("engine.unread", limit=rules.MOST)
        if accepted.mine and accepted.state in UNFINISHED:
            self.meter.count(series.LISTED)
            await self._finish(key, _dead(unreadable))

    async def resume(self, kept: Message) -> None:
        """Read again what was put back, or left by a process that ended while listing it."""
        body = body_of(kept.body)
        try:
            message = self._read(body)
        except Refused as refused:
            outcome = _dead(refused)
        else:
            await self._accept(message, body, kept.created)
            outcome = RunResult(note="read")
        await self._finish(kept.key, outcome)

    async def prune(self, before: float) -> None:
        """Delete those that were listed before, and that nobody has come to see."""
        keys = await self.process.store.keys_of(UNREAD)
        view = await seen(self.process.store, UNREAD, keys)
        for key, kept in view.messages.items():
            if kept.state in LISTED and kept.updated < before:
                await self.process.apply(UNREAD, partial(upkeep.drop, key=key), [key])

    async def _finish(self, key: str, outcome: RunResult) -> None:
        rule = partial(rules.finish, key=key, owner=self.process.owner, outcome=outcome)
        await self.process.change(UNREAD, rule)


def key_of(body: bytes) -> str:
    """The key of the job that keeps this body."""
    return f"{UNREAD}:{sha256(body).hexdigest()}"


def body_of(message: bytes) -> bytes:
    """The body of an unread push, from what is kept as its message."""
    return _decode(message).unread


def _dead(refused: Refused) -> RunResult:
    detail = f": {refused.detail}" if refused.detail else ""
    return RunResult(state="dead", note=f"{refused.reason}{detail}")
