"""The runs of one follower's messages here: their turns, and what their handlers come to.

Each is one task, that of its handler (`work`). It has ended before what it came to is
committed, so no time-out hits a commit.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from msgspec import UNSET, UnsetType

from yizhan.errors import StoreError
from yizhan.events import UnsubscribeEvent
from yizhan.inbox import ladder, leaving, merging, rules, upkeep
from yizhan.inbox.answering import Result
from yizhan.inbox.calling import HANDED_OUT
from yizhan.inbox.carrying import Taken
from yizhan.inbox.composing import one_article_each
from yizhan.inbox.dropping import UNKNOWN
from yizhan.inbox.key import masked
from yizhan.inbox.ladder import MOMENT
from yizhan.inbox.merging import Following, Joined, Merged
from yizhan.inbox.process import Process, warn_of_failure
from yizhan.inbox.push import Push
from yizhan.inbox.rules import Finished, RunResult, Turn
from yizhan.inbox.run import Run
from yizhan.inbox.sending import DROPPED
from yizhan.inbox.sends import Sends
from yizhan.inbox.work import Work
from yizhan.metrics import series
from yizhan.phrases import say
from yizhan.replies import Reply, dump
from yizhan.store.mailbox import Change, Job, Mailbox

log = logging.getLogger("yizhan")


class Pushes(Protocol):
    """What a run reports to: the pushes of its message, and those that wait for it."""

    openid: str

    def stepped(self, push: Push, /) -> None:
        """Its handler has begun; most have ended by then."""
        ...

    def progressed(
        self, push: Push, taken: Taken, /, *, reserved: bool, has_answer: bool, final: bool
    ) -> None:
        """There is a piece of an answer, or the run has ended.

        `taken` is what its push may carry, if the run has `reserved` that.
        """
        ...

    @property
    def sends(self) -> Sends:
        """What sends an answer that no push has carried."""
        ...

    def lost_job(self, push: Push, /) -> None:
        """Another process runs the message by now."""
        ...

    def retire(self, push: Push, /) -> None:
        """Forget it, if nobody waits for it."""
        ...

    def look(self) -> None:
        """See what other processes have done."""
        ...

    def watch(self) -> None:
        """Look now and then: somebody waits for another process."""
        ...


class Runs:
    """What this process runs for one follower, by the messages' keys."""

    def __init__(self, process: Process, work: Work, pushes: Pushes) -> None:
        self.process = process
        self.work = work
        self.pushes = pushes
        self.openid = pushes.openid
        self.by_key: dict[str, Run] = {}
        self._queued: dict[str, Run] = {}  # those of them whose turn has not come

    @property
    def is_waiting(self) -> bool:
        """Whether there are only messages here whose turn is another process's to end."""
        return bool(self._queued) and len(self._queued) == len(self.by_key)

    def start(self, push: Push, accepted: rules.Acceptance) -> bool:
        """Run a message that was just accepted, when it is its turn; whether that is now."""
        is_new = accepted.status == "new"
        run = self._add(Run(push, again=not is_new))
        if is_new and accepted.turn:  # else what an earlier run has kept is to be read
            run.session, run.dialog = accepted.session, accepted.dialog
            run.throttle = accepted.throttle
            self.work.start(run, self)
            return True
        run.waits()
        self._queue(run)
        return False

    def resume(self, push: Push, job: Job) -> None:
        """Run a message again that was taken over."""
        run = self._add(Run(push, attempts=job.attempts, again=True))
        run.interrupted = job.state == "running" or job.attempts > 1
        self._queue(run)

    def see(self, box: Mailbox) -> None:
        """Let those go on whose turn has come by what others have done."""
        for run in tuple(self._queued.values()):
            job = box.job(run.key)
            if job is None:  # it was merged into another one
                self._end_elsewhere(run)
            elif not rules.is_blocked(job, box):
                self._ask_turn(run)

    def _add(self, run: Run) -> Run:
        self.by_key[run.key] = run
        self.work.add(run)
        return run

    def _queue(self, run: Run) -> None:
        """Let it run when its turn comes."""
        self._queued[run.key] = run
        if self.is_waiting:  # no end of a run here will wake it
            self._ask_turn(run)

    def _ask_turn(self, run: Run) -> None:
        self._queued.pop(run.key, None)
        self.work.wants_turn(run, partial(self._take_turn, run))

    def _take_turn(self, run: Run) -> None:
        rule = partial(rules.turn, key=run.key, owner=self.process.owner, alone=run.alone)
        self.process.surely(self.openid, rule, partial(self._turned, run))

    def _turned(self, run: Run, turn: "Turn | str | Exception | None") -> None:
        # While the store was asked the run may have been given up, or begun by another answer.
        if self.by_key.get(run.key) is not run or run.task is not None:
            return
        if isinstance(turn, Turn):
            run.session, run.dialog, run.steps = turn.session, turn.dialog, turn.steps
            run.throttle = turn.throttle
            self.work.start(run, self)
        elif turn is None:
            self._lose(run)
        elif isinstance(turn, Exception):
            self._failed(run, turn)
            self.pushes.retire(run.push)
        else:
            self.work.wants_no_turn(run)
            self._queued[run.key] = run
            self.pushes.watch()

    def stepped(self, run: Run) -> None:
        """Its handler has begun."""
        self.pushes.stepped(run.push)

    def ended(self, run: Run, result: Result | None) -> None:
        """Its handler has ended; without a result it was stopped."""
        if self.by_key.get(run.key) is not run:
            return
        if result is None:
            self._remove(run)
            if run.lost:
                self._lose(run)
        elif result.joined is not None:
            self._joined(result.joined)
        elif result.listed:
            self.process.meter.count(series.LISTED)
            self._finish(run, RunResult(state="dead", note=result.listed), (), final=True)
        elif self.process.settings.forget_on_unsubscribe and self._leaves(run):
            self._publish(run, (), session=None, dialog=None, final=True)
        else:
            self._publish(
                run,
                result.replies,
                session=result.session,
                dialog=result.dialog,
                throttle=result.throttle,
                answers_in=result.answers_in,
                final=True,
            )
        if result is None:
            self.pushes.retire(run.push)

    def publish(self, run: Run, replies: Sequence[Reply], mark: bytes) -> "asyncio.Future[None]":
        """Hand out what a generator has yielded so far; done when that is durable."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._publish(run, replies, mark=mark, done=future)
        return future

    async def keep_step(self, run: Run, name: str, value: bytes) -> bool:
        """Keep the result of a dialog's step; False when the job is another's by now."""
        owner = self.process.owner
        rule = partial(rules.step, key=run.key, owner=owner, name=name, value=value)
        return await self.process.apply(self.openid, rule)

    async def following(self, run: Run, seconds: float) -> Following:
        """What may be merged with a text by now, and how long more is waited for."""
        rule = partial(merging.following, key=run.key, seconds=seconds)
        found = await self.process.apply(self.openid, rule)
        view = await self.process.apply(self.openid, Change, found.keys)
        return merging.read(found, view.messages)

    async def join(self, run: Run, others: Sequence[str], merged: Merged) -> Joined | None:
        """Have the last of the others run for all of them; None if they have changed."""
        owner, keys = self.process.owner, tuple(others)
        rule = partial(merging.join, key=run.key, owner=owner, others=keys, merged=merged)
        return await self.process.apply(self.openid, rule)

    def _joined(self, joined: Joined) -> None:
        """Another message is run for these; what was promised to their follower it brings."""
        # Before the runs are ended: ending one removes it from `by_key`.
        gone = [self.by_key[key] for key in joined.gone if key in self.by_key]
        following = self.by_key.get(joined.next)
        for run in gone:
            self._end_elsewhere(run)
            if following is not None:
                following.promised = following.promised or run.promised
        self._let_next_run(joined.next)

    def _end_elsewhere(self, run: Run) -> None:
        """Its message is over, though nothing was run for it here."""
        self._remove(run)
        run.push.merged = True
        self.pushes.progressed(run.push, Taken(), reserved=False, has_answer=False, final=True)
        self.pushes.retire(run.push)

    def limit(self, run: Run, seconds: float) -> None:
        """Cancel the run's task when it takes longer than that from now."""
        self.work.limit(run, self, seconds)

    def give_up(self, run: Run) -> None:
        """Another process has taken this job over: stop, and wait for what comes of it there."""
        if run.lost:
            return
        run.lost = True
        if run.task is None:
            self._lose(run)
        else:
            run.task.cancel()

    def _publish(
        self,
        run: Run,
        replies: Sequence[Reply],
        *,
        session: bytes | UnsetType | None = UNSET,
        dialog: bytes | UnsetType | None = UNSET,
        throttle: bytes | UnsetType = UNSET,
        answers_in: float = 0.0,
        mark: bytes | None = None,
        final: bool = False,
        done: "asyncio.Future[None] | None" = None,
    ) -> None:
        """Commit what a run has come to, by the way that is open to it now."""
        push, process = run.push, self.process
        custom = process.permission.allowed if push.may_send is None else push.may_send
        waits = bool(push.links) and not push.answered and push.response is None
        what = ladder.fate(push.shows, custom=custom, waits=waits)
        dropped = what == "drop" and bool(replies)
        if dropped:
            process.dropping.warn(run.message, run.handler)
            replies = ()
        last_word = process.nothing_more if final and not replies and what != "drop" else b""
        # While another run hands out pieces, it is for that one to say that there is no more.
        if last_word and not self._may_owe(run):
            last_word = b""
        # WeChat shows one article after a message; each further one becomes a part of its own.
        singles = one_article_each(replies)
        bodies = tuple([dump((reply,)) for reply in singles])
        # By their bytes, so that a reply that comes back from the store need not be read again.
        push.own = dict(zip(bodies, singles, strict=True))
        outcome = RunResult(
            bodies,
            state="ready" if final else "running",
            custom=what == "custom" or (what == "push" and push.way == "custom"),
            reserve="all" if what == "reserve" else "own" if what == "own" else "",
            session=session,
            dialog=dialog,
            throttle=throttle,
            steps={} if mark is None else {HANDED_OUT: mark},
            note=DROPPED if dropped else UNKNOWN if what == "own" and replies else "",
            last_word=last_word,
            promised=run.promised,
            partly=run.partly,
            writing=push.writing > 0,
            sends=process.permission.allowed and self.pushes.sends.sends(push),
            answers_in=answers_in,
        )
        if replies:
            run.promised = False
        self._finish(run, outcome, replies, final=final, done=done)

    def _may_owe(self, run: Run) -> bool:
        """Whether nobody but this run is to keep what the follower was promised."""
        if not (run.partly or run.promised or not run.push.links):
            return False
        return not any(it.partly for it in self.by_key.values() if it is not run)

    def _finish(
        self,
        run: Run,
        outcome: RunResult,
        replies: Sequence[Reply],
        *,
        final: bool,
        done: "asyncio.Future[None] | None" = None,
    ) -> None:
        # A run that is ending is not given up any more: its commit says whose the job is.
        run.committing = final
        rule = partial(rules.finish, key=run.key, owner=self.process.owner, outcome=outcome)
        then: Callable[[Finished | Exception | None], None]
        then = partial(self._finished, run, outcome, bool(replies), final, done)
        if (spans := self.process.spans) is not None:
            then = spans.committing(run.push, then)
        self.process.surely(self.openid, rule, then)

    def _finished(
        self,
        run: Run,
        outcome: RunResult,
        has_answer: bool,
        final: bool,
        done: "asyncio.Future[None] | None",
        finished: Finished | Exception | None,
    ) -> None:
        # After an error too: a generator that waits for this would wait for ever.
        if done is not None and not done.done():
            done.set_result(None)
        if self.by_key.get(run.key) is not run:
            return
        if isinstance(finished, Exception):
            self._failed(run, finished)
        elif finished is None:
            if run.task is not None and not final:
                run.task.cancel()  # a generator that goes on would answer for whoever has it now
            self._lose(run)
        else:
            self._progress(run, outcome, has_answer or finished.owed, final, finished)
        self.pushes.retire(run.push)

    def _progress(
        self, run: Run, outcome: RunResult, has_answer: bool, final: bool, finished: Finished
    ) -> None:
        """A run has come to something, or to its end: whoever waits for it goes on."""
        run.partly = run.partly or (has_answer and not final)
        if final:
            self._remove(run)
        self.pushes.progressed(
            run.push,
            finished.taken,
            reserved=bool(outcome.reserve),
            has_answer=has_answer,
            final=final,
        )
        if not final:
            return
        if outcome.answers_in:  # by then somebody looks, here or in another process
            self.process.deadlines.after(outcome.answers_in + MOMENT, self.process.wanted.set)
        if self._queued:
            self._let_next_run(finished.next)
        if self.process.settings.forget_on_unsubscribe and self._leaves(run):
            self.work.spawn(leaving.forget(self.process, self.openid, run.key))

    def _let_next_run(self, key: str) -> None:
        if (following := self._queued.get(key)) is not None:
            self._ask_turn(following)
        elif self.is_waiting:
            self.pushes.look()

    def _leaves(self, run: Run) -> bool:
        """Whether with this message the follower leaves, and is to be forgotten."""
        return isinstance(run.message, UnsubscribeEvent)

    def _lose(self, run: Run) -> None:
        """The job is another's by now."""
        self.process.meter.count(series.LOST_LEASES)
        log.warning("%s", say("handler.lost_lease", key=masked(run.key)))
        self._remove(run)
        self.pushes.lost_job(run.push)
        self._let_next_run("")

    def _failed(self, run: Run, error: Exception) -> None:
        """The store is closed: others go on with it. Or a fault of ours, which would come again."""
        self._remove(run)
        if isinstance(error, StoreError):
            log.warning("%s", error)
        else:
            self.process.meter.count(series.FAULTS)
            rule = partial(upkeep.give_up, key=run.key, note=repr(error))
            self.process.surely(self.openid, rule, warn_of_failure)
        self._let_next_run("")

    def _remove(self, run: Run) -> None:
        self.by_key.pop(run.key, None)
        self._queued.pop(run.key, None)
        self.work.remove(run)
