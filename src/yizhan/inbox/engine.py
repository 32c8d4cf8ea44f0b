"""The five-second engine: runs what the ladder decides.

A push is claimed (durable from then on), its handler runs in a task of its own, and each
connection that WeChat opens for it asks the ladder again whenever something happens.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import takewhile
from typing import Protocol

import msgspec
from msgspec import Struct

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import Overloaded, Refused, StoreError
from yizhan.inbox import ladder
from yizhan.inbox.bundle import bundle, one_card
from yizhan.inbox.delivery import Delivery
from yizhan.inbox.ladder import Acknowledge, Answer, Close, Hold, JobView, Later, PushView, Rights
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.run import Run
from yizhan.inbox.surely import surely
from yizhan.inbox.work import Work
from yizhan.messages import TextMessage
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.replies import News, Reply, Text, dump, load
from yizhan.settings import Settings
from yizhan.store import UNFINISHED, Arrival, Binding, Claimed, Part, Route, Shown, Store

log = logging.getLogger("yizhan")

FLUSHED = 0.25  # seconds between the deadline and a stream's first part on the last push
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

    async def written(self, response: Response) -> None:
        """The response went to an open connection: what it carried is delivered."""
        if response.close:
            return
        try:
            await self._settle(response)
        finally:
            self._ended()

    async def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        self.counters["lost_connections"] += 1
        if response.close:
            return
        try:
            await self._take_back(response)
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

    async def _settle(self, response: Response) -> None:
        run = response.run
        if response.why == "again":
            return
        run.answered = True
        if response.carried:
            run.writing -= 1
        if response.reply is not None:
            await self._record(run, response, response.reply)
        if response.left:
            self.delivery.follow_up(run)

    async def _record(self, run: Run, response: Response, reply: Reply) -> None:
        """Keep what was shown; without it the same would be shown again."""
        kept, carried, shown = _kept(response, reply), response.carried, response.shown
        settle = partial(self.store.settle, run.key, run.openid, kept, carried, shown)
        try:
            await surely(settle)
        except StoreError as error:  # this process has stopped meanwhile
            log.error("%s", error, extra={"key": run.key})

    async def _take_back(self, response: Response) -> None:
        run = response.run
        run.closed_at = self.clock.monotonic()
        if response.carried:
            run.writing -= 1
            if not run.writing and not run.answered:
                await self._release(run)
        if run.ready and not run.answered:
            self.delivery.follow_up(run)

    async def _release(self, run: Run) -> None:
        run.said = None
        try:
            await self.store.release(run.key)
        except StoreError as error:  # then the reservation lapses
            log.warning("%s", error)

    def _admit(self, key: str) -> None:
        if key in self.work.runs:  # nothing new begins
            return
        if self.stopping:
            raise Overloaded("engine.stopping")
        if len(self.work.runs) >= self.settings.max_jobs:
            raise Overloaded("engine.full", limit=self.settings.max_jobs)
        if self.work.threads.full:
            raise Overloaded("engine.threads", busy=self.work.threads.busy)

    async def _respond(self, accepted: Accepted, connection: Connection) -> Response:
        run = self.work.run_of(accepted.key, accepted.message)
        if run.key in self.work.forgotten:
            return Response(run, why="again")
        claimed = await self.store.claim(self._arrival(accepted))
        if claimed.status == "reused":
            raise Refused("signature_reuse")
        if claimed.status == "again":
            self.counters["repeats"] += 1
            if claimed.reply is not None:
                return _again(run, claimed.reply)
        self._see_to(run, claimed)
        return await self._serve(run, claimed, connection)

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

    def _see_to(self, run: Run, claimed: Claimed) -> None:
        """Have this job run, or look out for whoever runs it."""
        if run.pickup and run.key in self.lookout.runs:
            self.lookout.collect_again(run)
        elif run.local or run.key in self.lookout.runs:
            return
        elif self._is_pickup(run.message, claimed):
            self.lookout.collect(run)
        elif claimed.state not in UNFINISHED:
            run.ready = True
        elif claimed.mine and not self.stopping:
            self.work.start(run, claimed.follower if claimed.turn else None)
            if self.settings.typing:
                self.delivery.show_typing(run)
        else:
            self.lookout.join(run)

    def _is_pickup(self, message: Incoming, claimed: Claimed) -> bool:
        """Whether this word fetches answers and reaches no handler."""
        return (
            isinstance(message, TextMessage)
            and message.content.strip() in self._pickup
            and claimed.follower.shown != ""
            and claimed.waiting + claimed.unfinished > 0
            and self.work.answering.open_dialog(claimed.follower) is None
        )

    async def _serve(self, run: Run, claimed: Claimed, connection: Connection) -> Response:
        """Ask the ladder until it has an answer for this connection."""
        which = ladder.number(claimed.arrivals, claimed.elapsed)
        may_send = self.delivery.may_send(claimed.follower)
        allowed = Rights(may_send and not run.pickup)
        try:
            while True:
                push = PushView(connection.arrived, which, run.shown, not connection.closed)
                job = JobView(run.ready, self._handed_over)
                now = self.clock.monotonic()
                match ladder.decide(now, job, push, allowed, self.limits):
                    case Hold(until=until):
                        await self._wait(run, connection, until - now)
                    case Answer():
                        return await self._answer(run, may_send)
                    case Acknowledge():
                        return Response(run, why="not_shown")
                    case Later(route=route):
                        return await self._later(run, route, may_send, connection)
                    case Close():  # pragma: no branch  # there is no other step
                        self._held(run)
                        return Response(run, close=True, why="held")
        except asyncio.CancelledError:  # a host's way to say that WeChat has hung up
            self._held(run)
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

    def _held(self, run: Run) -> None:
        run.closed_at = self.clock.monotonic()
        if run.listeners:
            return
        run.parts = None
        if run.ready and not run.answered:
            self.delivery.follow_up(run)

    async def _answer(self, run: Run, may_send: bool) -> Response:
        if not run.shown:
            return Response(run, why="acknowledged")
        if run.said is not None:
            return self._said_again(run.said)
        parts, run.parts = run.parts, None
        if parts is None:
            parts = await self.store.take(run.key, run.openid)
        if run.said is not None:  # by another connection, while this one asked
            return self._said_again(run.said)
        if not parts:
            return await self._said_elsewhere(run)
        rest = self._rest(run, parts) if may_send and len(parts) > 1 else ()
        inline = [part for part in parts if part not in rest] if rest else parts
        return self._bundled(run, inline, parts, making=run.goes_on and not may_send)

    def _said_again(self, response: Response) -> Response:
        """The same for another connection of this push, since one of them is dead."""
        response.run.writing += 1
        return response

    async def _said_elsewhere(self, run: Run) -> Response:
        """What another process has answered this push with, since one connection is dead."""
        if not run.local:
            for job in await self.store.look([run.key]):
                if job.reply is not None:
                    return _again(run, job.reply)
        return Response(run, why="acknowledged")

    def _rest(self, run: Run, parts: Sequence[Part]) -> Sequence[Part]:
        """What of this run's own answer goes by customer-service message: all but the first."""
        own = [part for part in parts if part.key == run.key]
        if len(own) < 2:
            return ()
        first = own[: one_card([run.reply_of(part) for part in own], run.after)[1]]
        return own[len(first) :]

    def _bundled(
        self, run: Run, inline: Sequence[Part], parts: Sequence[Part], *, making: bool
    ) -> Response:
        """A response that carries as many of the `inline` parts as fit; `parts` are all."""
        replies = [run.reply_of(part) for part in inline]
        if isinstance(replies[0], News):
            own = sum(1 for _ in takewhile(lambda part: part.key == run.key, inline))
            (reply, count), more = one_card(replies[: own or 1], run.after), False
        else:
            reply, count, more = bundle(replies, self.settings.more, int(making))
        carried = tuple(inline[:count])
        run.writing += 1
        run.said = Response(
            run,
            reply,
            carried,
            shown="more" if more else "",
            left=any(part.key == run.key and part not in carried for part in parts),
            why="inline",
        )
        return run.said

    async def _later(
        self, run: Run, route: Route, may_send: bool, connection: Connection
    ) -> Response:
        """The last push: what waits rides on it, else it is acknowledged or told to wait."""
        if run.goes_on and run.stream is not None:
            run.stream.flush()
            await self._wait(run, connection, FLUSHED)
        if run.said is not None:
            return self._said_again(run.said)
        if not run.ready:
            run.route = route
            parts = await self.store.take(run.key, run.openid)
            if parts and not run.ready:
                return self._bundled(run, parts, parts, making=route == "push")
        if run.ready:
            return await self._answer(run, may_send)
        if route == "custom":
            return Response(run, why="custom")
        return Response(run, Text(self.settings.working), shown="working", why="working")


def _kept(response: Response, reply: Reply) -> bytes:
    """The reply as the store keeps it; a part that went out alone and whole is kept already."""
    carried = response.carried
    if len(carried) == 1 and response.run.replies.get(carried[0].body) is reply:
        return carried[0].body
    return dump((reply,))


def _again(run: Run, reply: bytes) -> Response:
    return Response(run, load(reply)[0] if reply else None, why="again")
