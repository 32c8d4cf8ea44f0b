"""What a push is answered with: decided once, said alike to all its connections, recorded."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import takewhile

from msgspec.structs import replace

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox.bundle import Bundle, bundle, compact, left_of, one_card
from yizhan.inbox.delivery import Delivery
from yizhan.inbox.lookout import Lookout
from yizhan.inbox.response import Response
from yizhan.inbox.run import Run
from yizhan.inbox.surely import surely
from yizhan.replies import News, Reply, Text, dump, load
from yizhan.settings import Settings
from yizhan.store import UNFINISHED, Part, Route, Store, Taken

log = logging.getLogger("yizhan")

Decide = Callable[[], Awaitable[Response | None]]

ACKNOWLEDGED = b""  # what is kept of a push that no reply was given to


class Responding:
    """The responses of one account in one process."""

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        owner: str,
        delivery: Delivery,
        lookout: Lookout,
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.owner = owner
        self.delivery = delivery
        self.lookout = lookout
        self._working = Text(settings.working)
        self._kept_working = dump((self._working,))
        self._nothing_more = Text(settings.nothing_more) if settings.nothing_more else None
        self._kept_nothing_more = dump((self._nothing_more,)) if self._nothing_more else b""

    def again(self, run: Run, reply: bytes) -> Response:
        """What this push was answered with before, wherever that was."""
        run.writing += 1
        return run.said or self._say(_again(run, reply))

    def nothing(self, run: Run, why: str) -> Response:
        """The acknowledgement, whatever comes of the message."""
        run.writing += 1
        return run.said or self._say(Response(run, why=why))

    async def answer(self, run: Run, may_send: bool, *, overtake: bool) -> Response | None:
        """What is ready; None when that has to wait for what is on its way before it."""
        if run.shows == "unknown" and not may_send:
            return await self._once(run, partial(self._answer_alone, run))
        if not run.shown:
            return self.nothing(run, "acknowledged")
        return await self._once(run, partial(self._answer, run, may_send, overtake))

    async def later(self, run: Run, route: Route, *, overtake: bool) -> Response | None:
        """For the last push: what waits rides on it, else it is acknowledged or told to wait.

        None when another process is about to answer it.
        """
        run.route = route
        return await self._once(run, partial(self._later, run, route, overtake))

    async def written(self, response: Response) -> None:
        """It went to an open connection: what it carried is delivered."""
        run = response.run
        run.writing -= 1
        if response.reply is not None:
            self.delivery.wrote(run.openid)
        if run.answered:
            return
        run.answered = True
        if response.reply is not None and (response.carried or response.cut or run.told_of_more):
            await self._record(run, response, response.reply)
            self.lookout.moved(run.openid)
        if response.left or self.delivery.awaits(run):
            self.delivery.follow_up(run)

    async def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        run = response.run
        run.closed_at = self.clock.monotonic()
        run.writing -= 1
        if run.writing or run.answered:
            return
        run.said = None
        if response.decided:
            await self._release(run)
        if run.ready:
            self.delivery.follow_up(run)

    def hung_up(self, run: Run) -> None:
        """A connection has closed without an answer: if it was the last, the answer waits."""
        run.closed_at = self.clock.monotonic()
        if run.listeners:
            return
        if run.parts:
            self.lookout.let_go(run)
        if run.ready and not run.answered:
            self.delivery.follow_up(run)

    async def _once(self, run: Run, decide: Decide) -> Response | None:
        """What is said already, else what is decided now; counted from here until written."""
        run.writing += 1
        response = None
        try:
            response = run.said or await decide()
        finally:
            if response is None:
                run.writing -= 1
        return response

    async def _answer(self, run: Run, may_send: bool, overtake: bool) -> Response | None:
        run.told_of_more = run.told_of_more and await self._still_told(run)
        parts, run.parts = run.parts, None
        taken = Taken(parts or ())
        if parts is None or (run.told_of_more and not parts):
            taken = await self.store.take(
                run.key,
                run.openid,
                self.owner,
                otherwise=self._kept_nothing_more if run.told_of_more else ACKNOWLEDGED,
                shown="more" if run.told_of_more else "",
                overtake=overtake,
            )
            if (known := self._known(run, taken)) is not None:
                return known
        if taken.behind:
            self.lookout.wait_behind(run)
            return None
        if not taken.parts and run.told_of_more and self._nothing_more:
            nothing = Response(run, self._nothing_more, decided=True, why="nothing_more")
            return self._say(nothing)
        if not taken.parts:
            return self._say(Response(run, decided=True, why="acknowledged"))
        if may_send:
            inline = self._inline(run, taken.parts)
            return self._bundled(run, inline, taken.parts)
        own = (run,) if run.goes_on or run.aside else ()
        others = await self._others_that_go_on(run, taken.parts)
        if run.said is not None:
            return run.said
        return self._bundled(run, taken.parts, taken.parts, making=(*own, *others))

    async def _answer_alone(self, run: Run) -> Response | None:
        """The run's own answer and nothing else, since nobody knows whether it is shown."""
        found = await self.store.look([run.key])
        replied = next((job.reply for job in found if job.reply is not None), None)
        if (known := self._known(run, Taken(reply=replied))) is not None:
            return known
        if not any(job.parts for job in found):
            return self._say(Response(run, why="acknowledged"))
        take = self.store.take
        taken = await take(run.key, run.openid, self.owner, overtake=True)
        if (known := self._known(run, taken)) is not None:
            return known
        own = [part for part in taken.parts if part.key == run.key]
        if not own:
            await self.store.release(run.key, self.owner)
            return self._say(Response(run, why="acknowledged"))
        replies = [run.reply_of(part) for part in own]
        reply, count = one_card(replies, run.after)
        if count == 1:
            reply, count = compact(replies, 1)[0]
        follower = await self.store.follower(run.openid)
        alone = Response(
            run,
            reply,
            tuple(own[:count]),
            shown=follower.shown,  # perhaps it is not seen, and what was told before stands
            left=count < len(own),
            decided=True,
            why="shown_unknown",
        )
        return run.said or self._say(alone)

    async def _later(self, run: Run, route: Route, overtake: bool) -> Response | None:
        working = route == "push"
        taken = await self.store.take(
            run.key,
            run.openid,
            self.owner,
            otherwise=self._kept_working if working else ACKNOWLEDGED,
            shown="working" if working else "",
            overtake=overtake,
        )
        if (known := self._known(run, taken)) is not None:
            return known
        if taken.behind:
            self.lookout.wait_behind(run)
            return None
        if taken.parts:
            own = (run,) if working else ()
            others = await self._others_that_go_on(run, taken.parts) if working else ()
            if run.said is not None:
                return run.said
            return self._bundled(run, taken.parts, taken.parts, making=(*own, *others))
        if working:
            return self._say(
                Response(run, self._working, shown="working", decided=True, why="working")
            )
        return self._say(Response(run, decided=True, why="custom"))

    def _known(self, run: Run, taken: Taken) -> Response | None:
        """What another connection has said while this one asked, here or elsewhere."""
        if run.said is not None:
            return run.said
        if taken.reply is None:
            return None
        return self._say(replace(_again(run, taken.reply), left=run.local))

    def _say(self, response: Response) -> Response:
        response.run.said = response
        return response

    def _inline(self, run: Run, parts: Sequence[Part]) -> Sequence[Part]:
        """What is not sent: of this run's own answer only the first, and nothing after its rest."""
        own = [part for part in parts if part.key == run.key]
        if len(own) < 2:
            return parts
        first = one_card([run.reply_of(part) for part in own], run.after)[1]
        return list(takewhile(lambda part: part not in own[first:], parts))

    async def _still_told(self, run: Run) -> bool:
        """Whether what the follower was told of has neither been sent meanwhile nor waits."""
        follower = await self.store.follower(run.openid)
        return follower.shown == "more" and not await self.store.owed(run.openid)

    async def _others_that_go_on(self, run: Run, parts: Sequence[Part]) -> Sequence[Run | None]:
        """Generators of other messages, of whose answers these are parts, that say more.

        None stands for one that another process runs.
        """
        keys = {part.key for part in parts if part.key != run.key}
        if not keys:
            return ()
        here = {key: found for key in keys if (found := self.lookout.work.runs.get(key))}
        elsewhere = keys - here.keys()
        jobs = await self.store.look(elsewhere) if elsewhere else ()
        going_on = [it for it in here.values() if it.goes_on]
        return [*going_on, *(None for job in jobs if job.state in UNFINISHED)]

    def _bundled(
        self,
        run: Run,
        inline: Sequence[Part],
        parts: Sequence[Part],
        *,
        making: Sequence[Run | None] = (),
    ) -> Response:
        """A response that carries as many of the `inline` parts as fit; `parts` are all.

        `making` are the runs that are still to bring something.
        """
        replies = [run.reply_of(part) for part in inline]
        if isinstance(replies[0], News):
            own = sum(1 for _ in takewhile(lambda part: part.key == run.key, inline))
            said = Bundle(*one_card(replies[: own or 1], run.after))
        else:
            said = bundle(replies, self.settings.more, len(making))
        for promised in making if said.more else ():
            if promised is not None:
                promised.promised = True
        carried = tuple(inline[: said.count])
        return self._say(
            Response(
                run,
                said.reply,
                carried,
                cut=left_of(inline, said),
                shown="more" if said.more else "",
                left=any(part.key == run.key and part not in carried for part in parts),
                decided=True,
                why="inline",
            )
        )

    async def _record(self, run: Run, response: Response, reply: Reply) -> None:
        """Keep what was shown; without it the same would be shown again."""
        told = (_kept(response, reply), response.carried, response.shown)
        settle = partial(self.store.settle, run.key, run.openid, *told, cut=response.cut)
        try:
            await surely(settle)
        except StoreError as error:  # this process has stopped meanwhile
            log.error("%s", error, extra={"key": run.key})

    async def _release(self, run: Run) -> None:
        try:
            await self.store.release(run.key, self.owner, unsaid=True)
        except StoreError as error:  # then the reservation lapses
            log.warning("%s", error)
        self.lookout.moved(run.openid)


def _kept(response: Response, reply: Reply) -> bytes:
    """The reply as the store keeps it; a part that went out alone and whole is kept already."""
    carried = response.carried
    if len(carried) == 1 and response.run.replies.get(carried[0].body) is reply:
        return carried[0].body
    return dump((reply,))


def _again(run: Run, reply: bytes) -> Response:
    return Response(run, load(reply)[0] if reply else None, why="again")
