"""The five-second engine: runs what the ladder decides.

A push is claimed (durable from then on), its handler runs in a task of its own, and each
connection that WeChat opens for it asks the ladder again whenever something happens.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from msgspec import Struct

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import Overloaded, Refused
from yizhan.inbox import ladder
from yizhan.inbox.bundle import bundle
from yizhan.inbox.delivery import Delivery
from yizhan.inbox.ladder import Acknowledge, Answer, Close, Hold, JobView, Later, PushView, Rights
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.run import Run
from yizhan.inbox.work import Work
from yizhan.messages import TextMessage
from yizhan.middleware import Incoming
from yizhan.replies import Reply, Text, dump, load
from yizhan.settings import Settings
from yizhan.store import Arrival, Binding, Claimed, Part, Route, Shown, Store

FLUSHED = 0.25  # seconds between the deadline and a stream's first part on the last push

_encode = msgspec.json.Encoder().encode


class Connection(Protocol):
    """WeChat's end of one push; `arrived` is monotonic seconds."""

    arrived: float

    @property
    def closed(self) -> bool:
        """Whether WeChat has hung up."""
        ...

    def watch(self, hung_up: Callable[[], None]) -> None:
        """Call this when WeChat hangs up."""
        ...


class Accepted(Struct, frozen=True):
    """A push that is let in: its message, dedupe key and, in plaintext mode, its binding."""

    message: Incoming
    key: str
    binding: Binding | None = None


class Response(Struct, frozen=True):
    """What a connection gets; `written` or `lost` is to be told how writing it went.

    No reply means the acknowledgement; `close` means no answer at all. `left` tells
    whether parts of this run's answer stay behind.
    """

    run: Run
    reply: Reply | None = None
    carried: tuple[Part, ...] = ()
    shown: Shown = ""
    close: bool = False
    left: bool = False
    why: str = ""


class Engine:
    """Answers pushes for one account in one process."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        work: Work,
        delivery: Delivery,
        lookout: Lookout,
        counters: Counter[str],
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.work = work
        self.delivery = delivery
        self.lookout = lookout
        self.counters = counters
        self.limits = ladder.Limits(settings.timeout, settings.hold)
        self.stopping = False
        self._pickup = frozenset(word.strip() for word in settings.pickup)

    async def answer(self, accepted: Accepted, connection: Connection) -> Response:
        """What this push gets, once it is known; the message is durable before anything runs.

        Raises Overloaded when it is refused before the claim, Refused for a replay, and
        StoreError when it could not be made durable.
        """
        self._admit()
        claimed = await self.store.claim(self._arrival(accepted))
        if claimed.status == "reused":
            raise Refused("signature_reuse")
        run = self._run_of(accepted)
        if claimed.status == "new" and not self._collects(run, claimed):
            self.work.start(run, claimed.follower if claimed.turn else None)
        elif claimed.status == "again":
            self.counters["repeats"] += 1
            if claimed.reply is not None:
                return _again(run, claimed.reply)
            await self._join(run, claimed)
        return await self._serve(run, claimed, connection)

    async def written(self, response: Response) -> None:
        """The response went to an open connection: what it carried is delivered."""
        run = response.run
        if response.close or response.why == "again":
            return
        run.answered = True
        if response.reply is not None:
            await self.store.settle(
                run.key, run.openid, _kept(response), response.carried, response.shown
            )
        if response.left:
            self.delivery.follow_up(run)

    async def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        self.counters["lost_connections"] += 1
        run = response.run
        run.closed_at = self.clock.monotonic()
        if response.carried:
            await self.store.release(run.key)
        if run.ready:
            self.delivery.follow_up(run)

    def _admit(self) -> None:
        if self.stopping:
            raise Overloaded("engine.stopping")
        if len(self.work.runs) >= self.settings.max_jobs:
            raise Overloaded("engine.full", limit=self.settings.max_jobs)
        if self.work.threads.full:
            raise Overloaded("engine.threads", busy=self.work.threads.busy)

    def _arrival(self, accepted: Accepted) -> Arrival:
        message = accepted.message
        return Arrival(
            key=accepted.key,
            openid=message.from_user,
            message=_encode(message.raw),
            at=self.clock.wall(),
            owner=self.work.owner,
            ordered=self.settings.ordered,
            binding=accepted.binding,
            window=rights.opens(message) if self.delivery.allowed else "",
        )

    def _run_of(self, accepted: Accepted) -> Run:
        key = accepted.key
        known = self.work.runs.get(key) or self.lookout.runs.get(key)
        return known or Run(key, accepted.message)

    def _collects(self, run: Run, claimed: Claimed) -> bool:
        """Take a pick-up word as what it is: it fetches answers and reaches no handler."""
        if not self._is_pickup(run.message, claimed):
            return False
        self.lookout.collect(run)
        return True

    def _is_pickup(self, message: Incoming, claimed: Claimed) -> bool:
        return (
            isinstance(message, TextMessage)
            and message.content.strip() in self._pickup
            and claimed.follower.shown != ""
            and claimed.waiting + claimed.unfinished > 0
            and claimed.follower.dialog is None
        )

    async def _join(self, run: Run, claimed: Claimed) -> None:
        if run.local or run.key in self.lookout.runs:
            return
        if claimed.state in ("waiting", "running"):
            self.lookout.join(run)
        elif self._is_pickup(run.message, claimed):
            self.lookout.collect(run)
        else:
            run.ready = True

    async def _serve(self, run: Run, claimed: Claimed, connection: Connection) -> Response:
        """Ask the ladder until it has an answer for this connection."""
        which = ladder.number(claimed.arrivals, claimed.elapsed)
        may_send = Rights(self.delivery.may_send(claimed.follower))
        while True:
            push = PushView(connection.arrived, which, run.shown, not connection.closed)
            now = self.clock.monotonic()
            match ladder.decide(now, JobView(run.ready), push, may_send, self.limits):
                case Hold(until=until) if not self.stopping or run.local:
                    await self._wait(run, connection, until - now)
                case Answer():
                    return await self._answer(run)
                case Acknowledge():
                    return Response(run, why="not_shown")
                case Later(route=route):
                    return await self._later(run, route, claimed, connection)
                case Close() | Hold():
                    self._held(run)
                    return Response(run, close=True, why="held")

    async def _wait(self, run: Run, connection: Connection, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        listener: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            if not listener.done():
                listener.set_result(None)

        timer = loop.call_later(seconds, wake)
        run.listeners.add(listener)
        connection.watch(wake)
        try:
            await listener
        finally:
            timer.cancel()
            run.listeners.discard(listener)

    def _held(self, run: Run) -> None:
        run.closed_at = self.clock.monotonic()
        if run.ready and not run.answered and not run.listeners:
            self.delivery.follow_up(run)

    async def _answer(self, run: Run) -> Response:
        parts = run.parts
        if parts is None:
            parts = await self.store.take(run.key, run.openid)
        if not parts or not run.shown:
            return Response(run, why="acknowledged")
        own = sum(part.key == run.key for part in parts)
        inline = parts
        if own > 1 and self.delivery.allowed:
            inline = parts[: len(parts) - own + 1]
        return self._bundled(run, inline, left=own > 1)

    def _bundled(
        self, run: Run, parts: Sequence[Part], *, making: int = 0, left: bool = False
    ) -> Response:
        replies = [run.reply_of(part) for part in parts]
        reply, count, more = bundle(replies, self.settings.more, making)
        return Response(
            run,
            reply,
            tuple(parts[:count]),
            shown="more" if more else "",
            left=left,
            why="inline",
        )

    async def _later(
        self, run: Run, route: Route, claimed: Claimed, connection: Connection
    ) -> Response:
        """The last push: what waits rides on it, else it is acknowledged or told to wait."""
        if run.stream is not None and run.stream.open:
            run.stream.flush()
            await self._wait(run, connection, FLUSHED)
            if run.ready:
                return await self._answer(run)
        run.route = route
        if claimed.waiting and (parts := await self.store.take(run.key, run.openid)):
            return self._bundled(run, parts, making=1 if route == "push" else 0)
        if route == "custom":
            return Response(run, why="custom")
        return Response(run, Text(self.settings.working), shown="working", why="working")


def _kept(response: Response) -> bytes:
    """The reply as the store keeps it; a part that went out alone and whole is kept already."""
    assert response.reply is not None  # noqa: S101  # only replies are settled
    carried = response.carried
    if len(carried) == 1 and response.run.replies.get(carried[0].body) is response.reply:
        return carried[0].body
    return dump((response.reply,))


def _again(run: Run, reply: bytes) -> Response:
    return Response(run, load(reply)[0] if reply else None, why="again")
