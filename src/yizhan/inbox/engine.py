"""The five-second engine: runs what the ladder decides.

A push is claimed (durable from then on), its handler runs in a task of its own, and each
connection that WeChat opens for it asks the ladder again whenever something happens.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import Overloaded, Refused
from yizhan.inbox import ladder
from yizhan.inbox.delivery import Delivery
from yizhan.inbox.ladder import Acknowledge, Answer, Close, Hold, JobView, Later, PushView, Rights
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.offset import Offset
from yizhan.inbox.responding import Responding
from yizhan.inbox.response import Response
from yizhan.inbox.run import Run
from yizhan.inbox.work import Work
from yizhan.messages import TextMessage
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import UNFINISHED, Arrival, Binding, Claimed, Follower, Store

log = logging.getLogger("yizhan")

LAST_WORDS = 1.0  # seconds that responses have to be written when the process stops

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
    """A push that is let in: its message, dedupe key and, in plaintext mode, its binding.

    `timestamp` is when WeChat signed it, in seconds of its clock.
    """

    message: Incoming
    key: str
    binding: Binding | None = None
    timestamp: float | None = None


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
        responding: Responding,
        lookout: Lookout,
        counters: Counter[str],
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.work = work
        self.delivery = delivery
        self.responding = responding
        self.lookout = lookout
        self.counters = counters
        self.limits = ladder.Limits(settings.timeout, settings.hold)
        self.offset = Offset(clock)
        self.stopping = False
        self._handed_over = False
        self._pickup = frozenset(word.strip() for word in settings.pickup)
        self._open = 0
        self._nothing_open = asyncio.Event()

    async def answer(self, accepted: Accepted, connection: Connection) -> Response:
        """What this push gets, once it is known; the message is durable before anything runs.

        Raises Overloaded when it is refused before the claim, Refused for a replay, and
        StoreError when it could not be made durable.
        """
        self._admit(accepted.key)
        self._open += 1
        try:
            response = await self._respond(accepted, connection)
        except BaseException:
            self._ended()
            raise
        if response.close:
            self._ended()
        return response

    async def take_up(self, accepted: Accepted, at: float) -> None:
        """Accept a message that came at that wall time, whose connection was closed long ago."""
        arrival = await self._arrival_at(accepted, at)
        run = self.work.run_of(accepted.key, accepted.message)
        run.closed_at = self.clock.monotonic() - max(0.0, self.clock.wall() - at)
        self._run_or_join(run, await self.store.claim(arrival))
        self.work.hold(run)

    async def written(self, response: Response) -> None:
        """The response went to an open connection: what it carried is delivered."""
        if response.close:
            return
        try:
            await self.responding.written(response)
        finally:
            self._ended()

    async def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        self.counters["lost_connections"] += 1
        if response.close:
            return
        try:
            await self.responding.lost(response)
        finally:
            self._ended()

    async def hand_over(self) -> None:
        """Give every open connection what it gets when nothing more will come here; wait for it."""
        self._handed_over = True
        self.work.wake_connections()
        self._nothing_open.clear()
        if self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nothing_open.wait(), LAST_WORDS)
        if self._open:
            log.warning("%s", say("engine.open", count=self._open))

    def _ended(self) -> None:
        self._open -= 1
        if not self._open:
            self._nothing_open.set()

    def _admit(self, key: str) -> None:
        if key in self.work.runs:  # nothing new begins
            return
        if self.stopping:
            raise Overloaded("engine.stopping")
        if len(self.work.runs) >= self.settings.max_jobs:
            raise Overloaded("engine.full", limit=self.settings.max_jobs)
        if self.work.threads.full:
            raise Overloaded("engine.threads", waiting=self.work.threads.waiting)

    async def _respond(self, accepted: Accepted, connection: Connection) -> Response:
        run = self.work.run_of(accepted.key, accepted.message)
        age = self._age(accepted, connection.arrived)
        claimed = await self.store.claim(self._arrival(accepted))
        if claimed.status == "reused":
            raise Refused("signature_reuse")
        if claimed.status == "again":
            self.counters["repeats"] += 1
            if claimed.reply is not None:
                return self.responding.again(run, claimed.reply)
        self._run_or_join(run, claimed)
        which = ladder.number(claimed.arrivals, claimed.elapsed, age - claimed.elapsed)
        return await self._serve(run, claimed, connection, which)

    def _age(self, accepted: Accepted, arrived: float) -> float:
        """How old the message was when this push arrived; the push tells of the clocks, too."""
        wall = self.clock.wall() - (self.clock.monotonic() - arrived)
        age = ladder.age(wall, accepted.message.created, self.offset.least())
        if accepted.timestamp is not None:
            self.offset.note(wall - accepted.timestamp)
        return age

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
            pickup=isinstance(message, TextMessage) and message.content.strip() in self._pickup,
        )

    async def _arrival_at(self, accepted: Accepted, at: float) -> Arrival:
        """As if it arrived now, but that it shuts no window that a later message has opened."""
        arrival = replace(self._arrival(accepted), at=at)
        follower = await self.store.follower(arrival.openid)
        known = follower.windows.get(arrival.window)
        return arrival if known is None or known.opened < at else replace(arrival, window="")

    def _run_or_join(self, run: Run, claimed: Claimed) -> None:
        """Have this job run, or look out for whoever runs it."""
        if run.pickup and run.key in self.lookout.runs:
            self.lookout.collect_again(run)
        elif run.local or run.key in self.lookout.runs:
            return
        elif claimed.pickup and not self._asked(run, claimed.follower):
            run.told_of_more = claimed.follower.shown == "more"
            run.alone = claimed.waiting + claimed.unfinished == 0
            self.lookout.collect(run)
        elif claimed.state not in UNFINISHED:
            run.ready = True
        elif claimed.mine and not self.stopping:
            self.work.start(run, claimed.follower if claimed.turn else None)
            if self.settings.typing:
                self.delivery.show_typing(run)
        else:
            self.lookout.join(run)

    def _asked(self, run: Run, follower: Follower) -> bool:
        """Whether a dialog waits for this message."""
        return self.work.answering.open_dialog(follower, run.message) is not None

    async def _serve(
        self, run: Run, claimed: Claimed, connection: Connection, which: int
    ) -> Response:
        """Ask the ladder until it has an answer for this connection."""
        may_send = self.delivery.may_send(run.openid, claimed.follower)
        allowed = Rights(may_send and not run.pickup)
        run.may_send = may_send
        try:
            while True:
                push = PushView(connection.arrived, which, run.shown, not connection.closed)
                job = JobView(run.ready, run.behind, self._handed_over)
                now = self.clock.monotonic()
                match ladder.decide(now, job, push, allowed, self.limits):
                    case Hold(until=until):
                        await self._wait(run, connection, until - now)
                    case Answer():
                        answer = self.responding.answer(run, may_send, overtake=job.behind)
                        if (response := await answer) is not None:
                            return response
                    case Acknowledge():
                        return self.responding.nothing(run, "not_shown")
                    case Later(route=route):
                        if await self._flushed(run, connection):
                            continue
                        later = self.responding.later(run, route, overtake=job.behind)
                        if (response := await later) is not None:
                            return response
                    case Close():  # pragma: no branch  # there is no other step
                        self.responding.hung_up(run)
                        return Response(run, close=True, why="held")
        except asyncio.CancelledError:  # a host's way to say that WeChat has hung up
            self.responding.hung_up(run)
            raise

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

    async def _flushed(self, run: Run, connection: Connection) -> bool:
        """Let a generator hand out what it has before the last push ends; whether it did."""
        ends = connection.arrived + self.limits.timeout + ladder.MOMENT
        seconds = min(ladder.MOMENT, ends - self.clock.monotonic())
        if run.goes_on and run.stream is not None and seconds > 0:
            run.stream.flush()
            await self._wait(run, connection, seconds)
        return run.ready
