"""The promise, checked against everything that happened in an episode."""

import asyncio
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

from soak.history import MORE, PLEASE, History, Message, Push, Run, Seen, tokens_in
from soak.world import BACK, WORKING, Setting, World
from stored import Stored
from yizhan.server.hiding import shown
from yizhan.store.mailbox import FINAL, LISTED

DEADLINE = 4.5
HELD = 5.5
ANSWERED = 4.8
MISSED, OLD = 4.0, 8.0  # ages that tell of one push that reached nobody
TRIAL = 3600.0  # seconds from one try of an account that is refused to the next
ARRIVES = 0.8  # seconds after which a reply is on the screen
SLIP = 0.05  # seconds that the way to a store may take before and after
INSTANT = 1e-6
NOTHING_SEEN = Seen(-1.0, "", "", (), -1, None)


def check(world: World, setting: Setting, jobs: tuple[Stored, ...]) -> list[str]:
    """Every way in which the promise was broken."""
    return list(Check(world, setting, {job.key: job for job in jobs}).violations())


class Check:
    def __init__(self, world: World, setting: Setting, jobs: dict[str, Stored]) -> None:
        self.setting = setting
        self.history: History = world.history
        self.jobs = jobs
        self.seen_at: dict[str, list[Seen]] = {}
        for seen in self.history.seen:
            for token in seen.answers:
                self.seen_at.setdefault(token, []).append(seen)
        self.waiting = {
            token: job
            for job in jobs.values()
            for part in job.parts
            for token in tokens_in(part.decode())
        }
        self.unknown = {token for _, _, tokens in self.history.sends_unknown for token in tokens}

    def violations(self) -> Iterator[str]:
        yield from self.history.complaints
        for message in self.history.messages.values():
            yield from self._accepted(message)
            yield from self._once(message)
            yield from self._answered(message)
            yield from self._in_time(message)
            yield from self._no_notice(message)
            yield from self._one_reply(message)
            yield from self._alone(message)
        yield from self._no_answer_twice()
        yield from self._refused_once_an_hour()
        yield from self._more_comes()
        if self.setting.ordered:
            yield from self._in_order()
            yield from self._after_the_reply()
            yield from self._sessions()
            yield from self._steps()

    # Nothing is lost

    def _accepted(self, message: Message) -> Iterator[str]:
        """What was acknowledged is kept, was handled, and has come to an end."""
        job = self.jobs.get(message.key)
        if job is None:
            if any(push.got in ("reply", "success", "held") for push in message.pushes):
                yield f"{message.mid}: acknowledged, but not kept"
            return
        if job.state not in (*FINAL, *LISTED, "ready"):
            yield f"{message.mid}: still {job.state}, owner {job.owner!r}"
        elif job.state == "dead":
            if message.content.startswith("once"):
                return
            if job.attempts < 3:
                yield f"{message.mid}: dead after {job.attempts} attempts: {job.note}"
        elif not self._handled(message):
            yield f"{message.mid}: {job.state}, but never handled"

    def _handled(self, message: Message) -> bool:
        if message.word or self.history.runs.get(message.mid):
            return True
        # An image during a dialog is asked to be a text, and a dialog's word ends it.
        return (
            any(w.mid == message.mid and w.text.startswith(PLEASE) for w in self.history.written)
            or message.content == "image"
        )

    def _answered(self, message: Message) -> Iterator[str]:
        """Every answer of the run that counts is seen, or listed, or still waits."""
        job = self.jobs.get(message.key)
        run = self._final_run(message)
        if job is None or run is None or job.state == "dead":
            return
        if job.note == "dropped" and not message.shown and not message.alone:
            return
        for token in run.tokens:
            if token in self.seen_at or token in self.waiting or token in self.unknown:
                continue
            if not self._lost_on_the_way(token):
                yield f"{message.mid}: answer {token} of its run was lost, job {job.state}"

    def _final_run(self, message: Message) -> Run | None:
        """The run whose outcome was committed."""
        ended = self._ended(message)
        if ended is None:
            return None
        at, process = ended
        runs = self.history.runs.get(message.mid, [])
        return next((r for r in reversed(runs) if r.process == process and r.began <= at), None)

    def _ended(self, message: Message) -> tuple[float, int] | None:
        """When and where the end of its handling was committed."""
        for finish in self.history.events.finishes.get(message.key, ()):
            if finish.state != "running":
                return finish.at, finish.process
        return None

    def _lost_on_the_way(self, token: str) -> bool:
        """Whether it was written to a connection that WeChat no longer read."""
        return any(token in w.tokens and not w.reached for w in self.history.written)

    # Nothing is done twice

    def _once(self, message: Message) -> Iterator[str]:
        runs = self.history.runs.get(message.mid, [])
        ended = self._ended(message)
        for run, again in pairwise(runs):
            if ended is not None and ended[0] < again.began - SLIP:
                yield f"{message.mid}: run again at {again.began:.3f} after its end {ended[0]:.3f}"
            died = self.history.died(run.process, run.began, again.began)
            died = died or self._handed_over(run, again)
            if not died and not self._lease_lost(run.process, run.began, again.began):
                yield f"{message.mid}: run again at {again.began:.3f}, but its owner lives"

    def _handed_over(self, run: Run, again: Run) -> bool:
        """Whether its process was stopping, and had ended it before."""
        ended = run.ended is not None and run.ended <= again.began and run.how == "CancelledError"
        return ended and self.history.died(run.process, 0.0, again.began)

    def _lease_lost(self, process: int, since: float, until: float) -> bool:
        return self.history.was_cut(process, since - self.setting.lease, until)

    def _no_answer_twice(self) -> Iterator[str]:
        for token, times in self.seen_at.items():
            if ".q." in token:  # an unfit answer is asked again
                continue
            for first, second in pairwise(times):
                if not (self._may_repeat(first, second) or self._may_be_said_again(token)):
                    yield f"answer {token} seen twice: {first.at:.3f} and {second.at:.3f}"

    def _may_repeat(self, first: Seen, second: Seen) -> bool:
        """Only if the store could not be told that it had been shown."""
        if first.by is None:
            return False
        message = self.history.messages[first.by]
        settled = self.history.events.settles.get((message.key, first.process))
        if settled is not None and settled < second.at - SLIP:
            return False
        died = self.history.died(first.process, first.at - SLIP, second.at)
        return died or self.history.was_cut(first.process, first.at - 1.0, second.at)

    def _may_be_said_again(self, token: str) -> bool:
        """Whether its generator said it again, as it does unless it was marked as said.

        So it goes when the process dies between the commit of a part and that of its mark.
        """
        events, message = self.history.events, self.history.messages[_mid(token)]
        commits = [
            (finish.at, finish.process)
            for finish in events.finishes.get(message.key, ())
            if any(token in tokens_in(part.decode()) for part in finish.parts)
        ]
        marks = events.marks.get(message.key, ())
        return len(commits) > 1 and not any(
            by == process and at <= marked < again
            for (at, process), (again, _) in pairwise(commits)
            for marked, by in marks
        )

    def _one_reply(self, message: Message) -> Iterator[str]:
        """All connections of one message are told the same, whichever process they reach."""
        texts = {written.text for written in self.history.written_for.get(message.mid, ())}
        if len(texts) > 1 and not self._troubled(message):
            yield f"{message.mid}: its connections got {sorted(texts)}"

    def _alone(self, message: Message) -> Iterator[str]:
        """A reply of which nobody knows whether it is seen carries its own answer only."""
        for written in self.history.written_for.get(message.mid, ()) if message.alone else ():
            others = [it for it in written.tokens if it.partition(".")[0] != str(message.mid)]
            if others or any(told in written.text for told in (MORE, WORKING)):
                yield f"{message.mid}: {written.text[:40]!r} may never be seen"

    # In order

    def _in_order(self) -> Iterator[str]:
        """No answer is seen before one to an earlier message that was ready and free."""
        claims = self.history.events.claims
        for fan in {message.fan for message in self.history.messages.values()}:
            order_of_last, last, token_of_last = -1, NOTHING_SEEN, ""
            for seen in self.history.seen:
                for token in seen.answers if seen.fan == fan else ():
                    message = self.history.messages[_mid(token)]
                    if message.alone:  # nobody knows whether it is seen: it waits for nobody
                        continue
                    order = claims[message.key][0] if message.key in claims else -1
                    if order < order_of_last and self.seen_at[token][0] is seen:
                        together = seen.at < last.at + SLIP
                        if not together and not self._may_be_late(message, last):
                            yield f"{fan}: answer {token} seen after {token_of_last}"
                    elif order > order_of_last:
                        order_of_last, last, token_of_last = order, seen, token

    def _after_the_reply(self) -> Iterator[str]:
        """What a process sends comes no sooner after a reply of its own than that needs."""
        for written in self.history.written:
            message = self.history.messages[written.mid]
            if not written.text or any(push.seconds > DEADLINE for push in message.pushes):
                continue
            for seen in self.history.seen:
                sent = seen.by is None and seen.begun and seen.fan == message.fan
                soon = written.at < seen.begun < written.at + ARRIVES - SLIP
                if sent and soon and seen.process == written.process:
                    yield f"{seen.fan}: {seen.text[:30]!r} was sent just after a reply"

    def _refused_once_an_hour(self) -> Iterator[str]:
        """A process whose account was refused sends nothing for an hour, unless some send arrives.

        One that was on its way by then may arrive, or WeChat's word that it has.
        """
        for at, process in self.history.refusals:
            arrived = [s.at for s in self.history.seen if s.by is None and s.process == process]
            until = min((time for time in arrived if time > at - BACK), default=at + TRIAL)
            for begun, by in self.history.begun:
                if by == process and at < begun < min(until, at + TRIAL - SLIP):
                    yield f"P{process} was refused at {at:.3f} and sent again at {begun:.3f}"

    def _more_comes(self) -> Iterator[str]:
        """Whoever was told of more gets something, and the word for it reaches no handler."""
        for fan in {message.fan for message in self.history.messages.values()}:
            if self.history.told_of_more(fan):
                yield f"{fan}: was told of more, and nothing came"
        for mid in self.history.asked if self.setting.weather.fair else ():
            message = self.history.messages[mid]
            fetches = message.content in ("继续", "?")
            # Nobody answers what they see at once, nor what something else has just replaced.
            times = (message.at - SLIP, message.at + INSTANT)
            if fetches and all(self.history.told_of_more(message.fan, at) for at in times):
                yield f"{mid}: asked for more, and was taken for a question"

    def _may_be_late(self, message: Message, later: Seen) -> bool:
        """Whether the later answer could not wait for this one's.

        A refused send, a lost reply or a death on its way puts an answer back, and what
        is on its way is waited for until the deadline only.
        """
        if not self.setting.weather.fair:
            return True
        ended = self._ended(message)
        if self.history.events.returned.get(message.key, 1e12) <= later.at + SLIP:
            return True
        if ended is not None and later.at - 2 * SLIP <= ended[0] <= later.at:
            return True
        ways = self.history.events.ways.get(message.key, ())
        on_way = any(a - SLIP <= later.at <= b + SLIP for a, b in ways)
        return on_way and self._waited(later)

    def _waited(self, seen: Seen) -> bool:
        """Whether the push that carried it was held until its deadline."""
        if seen.by is None:
            return False
        pushes = self.history.messages[seen.by].pushes
        return any(push.seconds > DEADLINE - SLIP for push in pushes)

    def _sessions(self) -> Iterator[str]:
        """Each counting run that was committed found what the one before had left."""
        counted: dict[str, list[tuple[int, int | None]]] = {}
        for message in self.history.messages.values():
            run = self._final_run(message)
            if run is not None and run.count is not None and run.how == "returned":
                order = self.history.events.claims[message.key][0]
                counted.setdefault(message.fan, []).append((order, run.count))
        for fan, counts in counted.items():
            numbers = [count for _, count in sorted(counts)]
            if numbers != list(range(1, len(numbers) + 1)):
                yield f"{fan}: the session counted {numbers}"

    def _steps(self) -> Iterator[str]:
        for mid, times in self.history.effects.items():
            runs = [run for runs in self.history.runs.values() for run in runs]
            broken = any(run.how in ("CancelledError", "DialogError") for run in runs)
            if times > 1 and not broken:
                yield f"{mid}: its step was done {times} times"

    # In time

    def _in_time(self, message: Message) -> Iterator[str]:
        for push in message.pushes:
            if push.seconds > HELD + SLIP:
                yield f"{message.mid}: a push waited {push.seconds:.3f} s"
            late = push.got in ("reply", "success") and push.seconds > ANSWERED + SLIP
            if late and not self._held(message, push):
                yield f"{message.mid}: a push was answered after {push.seconds:.3f} s"

    def _held(self, message: Message, push: Push) -> bool:
        """Whether it was one of the first that were let in, which may be held open.

        A store whose answer to a claim was lost gives it to the next push, which then counts
        as the first.
        """
        if self.setting.weather.breaks:
            return True
        before = [p for p in message.pushes if p.at < push.at and p.got not in ("refused", "reset")]
        return len(before) < self.setting.hold

    def _no_notice(self, message: Message) -> Iterator[str]:
        if message.noticed and not message.faults and not message.may_notice:
            yield f"{message.mid}: the follower read the notice"
        if message.noticed and message.missed and self._second_is_told(message):
            yield f"{message.mid}: its first push was missed, and the follower read the notice"

    def _second_is_told(self, message: Message) -> bool:
        """Whether the first push that was let in came so late that another must have been lost."""
        served = [p for p in message.pushes if p.got not in ("refused", "reset")]
        if len(message.faults) > 1 or len(served) != 2 or self.setting.pushes != 3:
            return False
        whole = not any(
            self.history.died(p.process, p.at, p.at + p.seconds)
            or self.history.was_cut(p.process, p.at - 1.0, p.at + p.seconds)
            for p in served
        )
        weather = self.setting.weather
        late = MISSED <= served[0].at - message.at < OLD
        return whole and late and not (weather.steps or weather.breaks)

    def _troubled(self, message: Message) -> bool:
        return any(
            self.history.died(p.process, p.at, p.at + 60)
            or self.history.was_cut(p.process, p.at - 60, p.at + 60)
            for p in message.pushes
        )


def _mid(token: str) -> int:
    return int(token.partition(".")[0])


class _Listener(logging.Handler):
    """Takes down what the program itself calls a fault."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.CRITICAL or record.exc_info:
            error = record.exc_info[1] if record.exc_info else None
            if type(error).__name__ != "Failed":
                self.complaints.append(f"logged: {record.getMessage()} {error!r}")


@contextmanager
def listening(loop: asyncio.AbstractEventLoop, complaints: list[str]) -> Iterator[None]:
    """Nothing that the program logs as its own fault, and no forgotten exception, goes unheard."""
    logger = logging.getLogger("yizhan")
    listener = _Listener(complaints)
    logger.addHandler(listener)
    propagate, logger.propagate = logger.propagate, False
    level = logger.level
    logger.setLevel(logging.ERROR)

    def forgotten(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        place = traceback.extract_tb(error.__traceback__)[-1:] if error else []
        complaints.append(f"forgotten: {context.get('message')} {error!r} {place}")

    loop.set_exception_handler(forgotten)
    try:
        with shown():
            yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
        logger.setLevel(level)
