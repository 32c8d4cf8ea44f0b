"""One follower in this process: the connections of their pushes, and the runs of their messages.

A connection has no task. The ladder decides anew (`ladder.decide`) whenever something happens: a
commit's answer, a run's end, its deadline, another process's change, the hang-up. What is
decided for a push holds for all its connections, here and in other processes: the rules see
to that, and this carries out what they say.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial

from yizhan.errors import Overloaded, Refused
from yizhan.inbox import carrying, composing, ladder, rules
from yizhan.inbox.carrying import Otherwise, Taken
from yizhan.inbox.composing import ACKNOWLEDGED
from yizhan.inbox.ladder import Acknowledge, Answer, Close, Hold, JobView, Later, PushView, Rights
from yizhan.inbox.looking import Looking
from yizhan.inbox.process import Process, warn_of_failure
from yizhan.inbox.push import Accepted, Link, Push, Response, Way
from yizhan.inbox.rules import Arrival
from yizhan.inbox.run import Run
from yizhan.inbox.runs import Runs
from yizhan.inbox.sends import Sends
from yizhan.inbox.work import Work
from yizhan.metrics import series
from yizhan.middleware import Incoming
from yizhan.replies import load
from yizhan.store.mailbox import NOBODY, UNFINISHED, Job, Mailbox

log = logging.getLogger("yizhan")

CUSTOM, PASSIVE = Rights(True), Rights(False)

Compose = Callable[[Push, Taken], None]


class Chat:
    """A follower's pushes and runs here. `over` is called when there are none left."""

    def __init__(
        self, process: Process, work: Work, openid: str, over: Callable[["Chat"], object]
    ) -> None:
        self.process = process
        self.work = work
        self.openid = openid
        self.pushes: dict[str, Push] = {}
        self._runs = Runs(process, work, self)
        self.runs: Mapping[str, Run] = self._runs.by_key
        self._over = over
        self.sends = Sends(process, self, work.spawn)
        self._looking: Looking | None = None  # most followers' messages are run here alone

    # What WeChat does.

    def push(self, accepted: Accepted, arrival: Arrival, age: float, link: Link) -> None:
        """Take in a push, and answer its connection."""
        key = accepted.key
        push = self.pushes.get(key) or self._add_push(key, accepted.message)
        # Counted from here on, since nothing else keeps the push until the commit is back.
        push.accepting += 1
        self.process.open.count += 1
        rule = partial(rules.accept, arrival=arrival)
        self.process.store.change(self.openid, rule, partial(self._accepted, push, link, age))

    def written(self, response: Response) -> None:
        """It went to an open connection: what it carried is delivered."""
        push, now = response.push, self.process.clock.monotonic()
        self.process.open.remove()
        if response.reply is not None:
            self.process.wrote(self.openid)
        if not push.answered:
            push.answered = True
            for part in response.carried:
                if part.index == 0:
                    self.process.meter.answered(push.key == part.key, now - (push.first or now))
            self._confirm(push, response)
            if response.carried and self.process.spans is not None:
                self.process.spans.carried(response.carried)
            if response.left or push.due is not None:
                self.sends.follow_up(push)
        push.writing -= 1  # last: until then this chat is not forgotten
        self.retire(push)

    def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        push = response.push
        self.process.open.remove()
        push.closed_at = self.process.clock.monotonic()
        if push.writing == 1 and not (push.taking or push.answered):
            push.response = None
            if response.decided:
                self._release(push, unwritten=True)
            if push.ready:
                self.sends.follow_up(push)
        push.writing -= 1  # last: until then this chat is not forgotten
        self.retire(push)

    def notify_all(self) -> None:
        """Give every connection what it gets now that the process is to end."""
        for push in tuple(self.pushes.values()):
            self._notify(push)

    # What is accepted.

    def _accepted(
        self, push: Push, link: Link, age: float, accepted: rules.Acceptance | Exception
    ) -> None:
        push.accepting -= 1
        if isinstance(accepted, Exception):
            self._fail(push, link, accepted)
        elif accepted.status == "reused":
            self._fail(push, link, Refused("signature_reuse"))
        elif accepted.status == "full":
            self._fail(push, link, Overloaded("engine.follower", limit=rules.MOST))
        else:
            self._let_in(push, link, age, accepted)
        if not push.links:
            self.retire(push)

    def _let_in(self, push: Push, link: Link, age: float, accepted: rules.Acceptance) -> None:
        process = self.process
        push.links.append(link)
        if push.first is None:
            push.first = link.connection.arrived - accepted.elapsed
        if link.span is not None and process.spans is not None:
            process.spans.let_in(push, link, accepted)
        if accepted.status == "again":
            process.meter.count(series.REPEATS)
            if accepted.reply is not None:
                push.response = push.response or composing.again(push, accepted.reply)
                self._respond(push, link, push.response)
                return
        push.may_send = process.permission.may_send(accepted.windows)
        link.number = ladder.number(accepted.arrivals, accepted.elapsed, age - accepted.elapsed)
        if not self._run_or_join(push, accepted):
            self._decide(push, link)

    def _run_or_join(self, push: Push, accepted: rules.Acceptance) -> bool:
        """Have this message run, or look out for whoever runs it; whether its handler begins."""
        if push.pickup:
            self._collect(push)
        elif push.key in self.runs or push.joined:
            pass
        elif accepted.pickup:
            push.pickup = True
            push.promised_more = accepted.shown == "more"
            self._collect(push)
        elif accepted.state not in UNFINISHED:
            push.ready = True
        elif accepted.mine and not self.work.stopping:
            return self._run(push, accepted)
        else:
            self._join(push)
        return False

    def _run(self, push: Push, accepted: rules.Acceptance) -> bool:
        self._renew(push)
        if self.process.settings.typing and self.process.permission.may_type:
            self.sends.show_typing_later(push)
        return self._runs.start(push, accepted)

    def stepped(self, push: Push) -> None:
        """Its handler has begun: what has no answer yet by its first step waits for a deadline."""
        self._notify(push)

    def _join(self, push: Push) -> None:
        """Wait for a message that another process runs."""
        push.joined, push.ready = True, False
        self.look()

    # What a connection gets.

    def _decide(self, push: Push, link: Link) -> None:
        """Ask the ladder what this connection gets now, if it is not answered already."""
        if link not in push.links:
            return
        process, connection = self.process, link.connection
        if link.deadline is not None:
            link.cancel_deadline()
        connected = not (link.gone or connection.closed)
        job = JobView(push.ready, push.behind, process.handed_over)
        ends = ladder.end_of(connection.arrived, process.stopping, connection.ends)
        view = PushView(connection.arrived, link.number, push.shown, connected, ends)
        allowed = CUSTOM if push.may_send and not push.pickup else PASSIVE
        now = process.clock.monotonic()
        match ladder.decide(now, job, view, allowed, process.limits):
            case Hold(until=until):
                self._hold(push, link, until)
            case Answer():
                self._answer(push, link)
            case Acknowledge():
                self._acknowledge(push, link, "not_shown")
            case Later(way=way):
                self._later(push, link, way)
            case Close():  # pragma: no branch  # there is no other step
                self._close(push, link)

    def _hold(self, push: Push, link: Link, until: float) -> None:
        link.deadline = self.process.deadlines.add(until, partial(self._passed, push, link))
        if not link.watched:
            link.watched = True
            link.connection.watch(partial(self._changed, push, link))

    def _passed(self, push: Push, link: Link) -> None:
        """Its deadline has come."""
        self._decide(push, link)
        self.retire(push)

    def _changed(self, push: Push, link: Link) -> None:
        """WeChat has hung up, or the server waits no longer."""
        if link.connection.closed or link not in push.taking:
            self._passed(push, link)

    def _hung_up(self, push: Push, link: Link) -> None:
        """WeChat waits no longer."""
        link.gone = True
        self._decide(push, link)
        self.retire(push)

    def _answer(self, push: Push, link: Link) -> None:
        alone = push.shows == "unknown" and not push.may_send
        if push.response is not None:
            self._respond(push, link, push.response)
        elif not push.shown and not alone:
            self._acknowledge(push, link, "acknowledged")
        elif alone:
            self._take(push, link, self._compose_alone, own=True, overtake=True)
        else:
            nothing_more = self.process.nothing_more if push.promised_more else b""
            otherwise = Otherwise(ACKNOWLEDGED, nothing_more=nothing_more)
            self._take(push, link, self._compose, otherwise=otherwise, overtake=push.behind)

    def _later(self, push: Push, link: Link, way: Way) -> None:
        """For the last push: carry what waits, or else acknowledge it or ask to wait."""
        if self._flush(push, link):
            return
        push.way = way
        if push.response is not None:
            self._respond(push, link, push.response)
            return
        if way == "push":
            otherwise = Otherwise(self.process.working, "working")
        else:
            otherwise = Otherwise(ACKNOWLEDGED)
        compose_later = partial(self._compose_later, way)
        self._take(push, link, compose_later, otherwise=otherwise, overtake=push.behind)

    def _flush(self, push: Push, link: Link) -> bool:
        """Let a generator hand out what it has before the last push ends; whether that is tried."""
        run = self.runs.get(push.key)
        if run is None or run.stream is None or not run.goes_on or link.flushed:
            return False
        process = self.process
        ends = link.connection.arrived + process.limits.timeout + ladder.MOMENT
        seconds = min(ladder.MOMENT, ends - process.clock.monotonic())
        if seconds <= 0:
            return False
        link.flushed = True
        run.stream.flush()
        link.deadline = process.deadlines.after(seconds, partial(self._passed, push, link))
        return True

    def _take(
        self,
        push: Push,
        link: Link,
        compose: Compose,
        *,
        otherwise: Otherwise | None = None,
        own: bool = False,
        overtake: bool = False,
    ) -> None:
        """Reserve in the store what the push may carry, unless the run's commit has done it."""
        taken, push.taken = push.taken, None
        if taken is not None and (taken.parts or not push.promised_more):
            compose(push, taken)
            self._respond_or_decide(push, link)
            return
        # One question for all connections of a push: they must all get the same answer.
        push.taking.append(link)
        if len(push.taking) > 1:
            return
        rule = partial(
            carrying.take,
            key=push.key,
            owner=self.process.owner,
            otherwise=otherwise,
            own=own,
            overtake=overtake,
        )
        then = partial(self._taken, push, compose)
        self.process.store.change(self.openid, rule, then, keys=(push.key,))

    def _taken(self, push: Push, compose: Compose, taken: Taken | Exception) -> None:
        taking, push.taking = push.taking, []
        waiting = [link for link in taking if link in push.links]
        if isinstance(taken, Exception):
            for link in waiting:
                self._fail(push, link, taken)
        # Every connection ended while the store answered: free what it has just reserved.
        elif not waiting and not push.writing:
            if taken.reply is None:  # else another connection has got it, here or elsewhere
                self._release(push, unwritten=True)
        else:
            compose(push, taken)
            for link in waiting:
                self._respond_or_decide(push, link)
        self.retire(push)

    def _respond_or_decide(self, push: Push, link: Link) -> None:
        """With the response that there is by now, or else ask the ladder again: it has to wait."""
        if push.response is not None and link in push.links:
            self._respond(push, link, push.response)
        else:
            self._decide(push, link)

    def _compose(self, push: Push, taken: Taken) -> None:
        """What is ready: it waits, if that has to come after what is on its way."""
        if self._is_settled(push, taken):
            return
        if taken.notice:
            reply = load(taken.notice)[0]
            push.response = Response(push, reply, decided=True, why="nothing_more")
        elif not taken.parts:
            push.response = Response(push, left=taken.left, decided=True, why="acknowledged")
        else:
            run = self.runs.get(push.key)
            going_on = push.aside or (run is not None and run.goes_on)
            self._compose_parts(push, taken, run if going_on else None, int(going_on))

    def _compose_later(self, way: Way, push: Push, taken: Taken) -> None:
        if self._is_settled(push, taken):
            return
        working = way == "push"
        if taken.parts:
            own = any(part.key == push.key for part in taken.parts)
            making = push.key in taken.going_on if own else not push.ready
            run = self.runs.get(push.key)
            self._compose_parts(push, taken, run, int(working and making), late=True)
        elif working:
            reply = load(self.process.working)[0]
            push.response = Response(push, reply, shown="working", decided=True, why="working")
        else:
            push.response = Response(push, left=taken.left, decided=True, why="custom")

    def _compose_alone(self, push: Push, taken: Taken) -> None:
        """Its own answer and nothing else, since nobody knows whether it is shown."""
        if self._is_settled(push, taken):
            return
        if taken.parts:
            push.response = composing.alone(push, taken.parts)
        else:
            push.response = Response(push, why="acknowledged")

    def _is_settled(self, push: Push, taken: Taken) -> bool:
        """Whether nothing is to be composed: there is a response, or it waits behind others."""
        if push.response is not None:
            return True
        if taken.reply is not None:
            push.response = composing.again(push, taken.reply, left=push.key in self.runs)
            return True
        if taken.behind:
            push.behind = True
            self.watch()
        return taken.behind

    def _compose_parts(
        self, push: Push, taken: Taken, run: Run | None, own: int, *, late: bool = False
    ) -> None:
        """As many of the parts as fit; who makes what is still to come has promised it."""
        sends = bool(push.may_send) and (not late or push.way == "custom")
        others = [key for key in taken.going_on if key != push.key] if taken.going_on else ()
        making = 0 if sends else own + len(others)
        more = self.process.settings.more
        response = composing.bundled(
            push, taken.parts, more, may_send=sends and not late, making=making
        )
        push.response = response
        if response.shown == "more" and making:
            for it in (run, *(self.runs.get(key) for key in others)):
                if it is not None:
                    it.promised = True

    def _acknowledge(self, push: Push, link: Link, why: str) -> None:
        """The acknowledgement, whatever comes of the message."""
        push.response = push.response or Response(push, why=why)
        self._respond(push, link, push.response)

    def _respond(self, push: Push, link: Link, response: Response) -> None:
        if link.deadline is not None:
            link.cancel_deadline()
        if link.span is not None:
            self._end_span(link, response.why)
        push.links.remove(link)
        # Before `then`: the server may write at once, and `written` takes it off again.
        push.writing += 1
        link.then(response)

    def _close(self, push: Push, link: Link) -> None:
        """No answer: if it was the last connection, what is there waits for the next push."""
        self._end(push, link)
        if link.span is not None:
            self._end_span(link, "held")
        push.closed_at = self.process.clock.monotonic()
        if not push.links:
            # The run's commit had reserved it, and no connection is left that could carry it.
            if push.taken is not None and push.taken.parts:
                self._release(push)
            push.taken = None
            if push.ready and not push.answered:
                self.sends.follow_up(push)
        self.process.open.remove()
        link.then(Response(push, close=True, why="held"))

    def _fail(self, push: Push, link: Link, error: Exception) -> None:
        self._end(push, link)
        if link.span is not None:
            self._end_span(link, "refused", type(error).__name__)
        self.process.open.remove()
        link.then(error)

    def _end(self, push: Push, link: Link) -> None:
        link.cancel_deadline()
        if link in push.links:
            push.links.remove(link)

    def _notify(self, push: Push) -> None:
        """Let every connection ask the ladder again."""
        for link in tuple(push.links):
            # One that waits for the store's answer is decided when that comes.
            if link not in push.taking:
                self._decide(push, link)

    def _confirm(self, push: Push, response: Response) -> None:
        """Keep what was shown; without it the same would be shown again."""
        reply = response.reply
        if reply is None or not (response.carried or response.cut or push.promised_more):
            return
        rule = partial(
            carrying.confirm,
            key=push.key,
            reply=composing.kept(response, reply),
            carried=response.carried,
            shown=response.shown,
            cut=response.cut,
        )
        if push.key in [part.key for part in response.carried]:
            self.process.later(self.openid, rule)
        else:  # its message may have left the mailbox: then the reply is kept in its row
            self.process.surely(self.openid, rule, warn_of_failure, (push.key,))
        if len(self.pushes) > 1:
            self.moved()

    def _release(self, push: Push, *, unwritten: bool = False) -> None:
        """Free what is reserved for its push: its connection has closed."""
        owner = self.process.owner
        sends = self.sends.sends(push)
        rule = partial(carrying.lost, key=push.key, owner=owner, unwritten=unwritten, sends=sends)
        self.process.surely(self.openid, rule, self._released)

    def _released(self, result: Exception | None) -> None:
        if result is None:
            self.moved()

    def _end_span(self, link: Link, why: str, problem: str = "") -> None:
        assert self.process.spans is not None  # noqa: S101  # which made the span
        self.process.spans.responded(link, why, problem)

    # What is run.

    def resume(self, job: Job, message: Incoming, first: float, closed_at: float) -> None:
        """Go on with a message that was taken over: send what is ready, run what is not."""
        if job.key in self.runs:
            return
        push = self.pushes.get(job.key) or self._add_push(job.key, message)
        push.first, push.closed_at = first, closed_at
        push.trace = job.trace
        # A job that is not open has been handled: to run it again would answer twice.
        if job.open:
            self._renew(push)
            self._runs.resume(push, job)
        else:
            self.sends.send(push)
        self.retire(push)

    def give_up(self, run: Run) -> None:
        """Another process has taken this job over."""
        self._runs.give_up(run)

    def _renew(self, push: Push) -> None:
        """It is to be run: what was known of its end is over."""
        push.ready, push.joined, push.response = False, False, None

    def progressed(
        self, push: Push, taken: Taken, /, *, reserved: bool, has_answer: bool, final: bool
    ) -> None:
        """There is a piece of an answer, or the run has ended.

        `taken` is what its push may carry, if the run has `reserved` that.
        """
        push.ready = True
        push.answered = push.answered or taken.reply is not None
        if push.typing is not None:
            push.typing.cancel()
        if reserved and push.links:
            # If it must wait for others, or its answer is decided, the store is asked again later.
            known = taken.behind or taken.reply is not None
            push.taken = None if known else taken
            own = push.key in [part.key for part in taken.parts]
            push.aside = has_answer and not taken.behind and not own
        elif taken.parts and not push.writing and not push.answered:  # its connections are closed
            self._release(push)
        rides = bool(push.links) and reserved and not push.aside
        self._notify(push)
        if has_answer and not rides:
            self.sends.follow_up(push)
        if (has_answer or final) and not rides:
            self._let_collect()

    def lost_job(self, push: Push) -> None:
        """Another process runs the message by now."""
        if push.links:
            self._join(push)

    # What is fetched and what is sent.

    def _collect(self, push: Push) -> None:
        """Take what there is, on behalf of a pick-up word."""
        if push.collecting or push.ready or push.answered:
            return
        push.collecting = True
        rule = partial(carrying.take, key=push.key, owner=self.process.owner)
        then = partial(self._collected, push)
        self.process.store.change(self.openid, rule, then, keys=(push.key,))

    def _collected(self, push: Push, taken: Taken | Exception) -> None:
        push.collecting = False
        if isinstance(taken, Exception):
            log.warning("%s", taken)
        elif not push.links and not push.writing and not push.accepting:
            if taken.parts:
                self._release(push)
        elif taken.parts or taken.reply is not None or not (taken.behind or taken.making):
            push.taken = taken if taken.parts else None
            push.ready = True
            self._notify(push)
        else:
            self.watch()
        self.retire(push)

    def _let_collect(self) -> None:
        for push in tuple(self.pushes.values()):
            if push.pickup and push.links:
                self._collect(push)

    def moved(self) -> None:
        """What was on its way to this follower has arrived, or come back."""
        # A copy, as below: a push that is answered here may be forgotten at once.
        for push in tuple(self.pushes.values()):
            if push.behind:
                push.behind = False
                self._notify(push)
        self._let_collect()
        for push in tuple(self.pushes.values()):
            self.retire(push)

    def goes_on(self, key: str) -> bool:
        """Whether a generator is still to say more in answer to that message."""
        run = self.runs.get(key)
        return run is not None and run.goes_on

    # What other processes do.

    def look(self) -> None:
        """See what others have done here, and have them tell of what they do next."""
        self._looks().look()

    def watch(self) -> None:
        """Look again in a while, if anybody waits for others."""
        self._looks().watch()

    def _looks(self) -> Looking:
        if self._looking is None:
            self._looking = Looking(self.process, self)
        return self._looking

    @property
    def waits_for_others(self) -> bool:
        """Whether anything here waits for what another process does."""
        if self.sends.elsewhere or self._runs.is_waiting:
            return True
        return any(
            push.links and (push.behind or ((push.joined or push.pickup) and not push.ready))
            for push in self.pushes.values()
        )

    def go_on(self, box: Mailbox) -> None:
        """Go on with what others have made ready."""
        for push in tuple(self.pushes.values()):
            if push.joined and not push.ready:
                self._see(push, box.job(push.key))
        self._runs.see(box)
        self.moved()
        self.sends.look_again()

    def _see(self, push: Push, job: Job | None) -> None:
        """What has become of a message that another process runs."""
        if job is None or not job.open or job.parts:
            push.ready = True
            self._notify(push)
        elif job.owner == NOBODY:
            self.process.wanted.set()

    # What is in hand.

    def has_in_hand(self, key: str) -> bool:
        """Whether this process accepts or runs that message now."""
        push = self.pushes.get(key)
        return key in self.runs or (push is not None and push.accepting > 0)

    def _add_push(self, key: str, message: Incoming) -> Push:
        push = self.pushes[key] = Push(key, message)
        return push

    def retire(self, push: Push | None) -> None:
        """Forget what nobody waits for."""
        if push is not None and self.pushes.get(push.key) is not push:
            return  # it was forgotten just now
        sending = self.sends.busy
        if push is not None and not (push.busy or sending or push.key in self.runs):
            self.pushes.pop(push.key, None)
            push.response = None  # the response knows the push: no work for the garbage collector
        looking = self._looking
        if not (self.pushes or sending or (looking is not None and looking.busy)):
            if looking is not None:
                looking.stop()
            self._over(self)
