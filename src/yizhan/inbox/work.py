"""The handlers that run in this process: one task each, within its time."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.answering import Answering, Result
from yizhan.inbox.calling import Keeping
from yizhan.inbox.key import masked
from yizhan.inbox.process import Process
from yizhan.inbox.reruns import Reruns
from yizhan.inbox.run import Run, in_hand, recent
from yizhan.inbox.threads import Threads
from yizhan.metrics import series
from yizhan.phrases import say

if TYPE_CHECKING:
    from opentelemetry.trace import Span

log = logging.getLogger("yizhan")

UNWINDING = 1.0  # seconds that a cancelled handler has to end

Body = Coroutine[object, object, Result]


class Chat(Keeping, Protocol):
    """Who has a message run."""

    def stepped(self, run: Run, /) -> None:
        """The handler has begun; most have ended by then."""
        ...

    def ended(self, run: Run, result: Result | None, /) -> None:
        """The handler has ended; without a result it was stopped before that."""
        ...


class Work:
    """Every run of this process for one account, from its beginning until it is committed."""

    def __init__(
        self, process: Process, answering: Answering, threads: Threads, reruns: Reruns
    ) -> None:
        self.process = process
        self.answering = answering
        self.threads = threads
        self.reruns = reruns
        reruns.watch(self)
        self.runs: dict[str, Run] = {}
        self.stopping = False
        self._left = False  # whether what has not ended is another process's by now
        self._abandoned: set[asyncio.Task[None]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether any handler executes here, or was left alone and may still do so."""
        if self._abandoned or self.threads.pending:
            return True
        return any(run.task is not None and not run.task.done() for run in self.runs.values())

    def add(self, run: Run) -> None:
        """It is this process's to run."""
        self.runs[run.key] = run
        meter = self.process.meter
        meter.row[meter.in_flight] = len(self.runs)

    def remove(self, run: Run) -> None:
        """It is over, or another's."""
        if self.runs.pop(run.key, None) is None:
            return
        meter = self.process.meter
        meter.row[meter.in_flight] = len(self.runs)
        self.wants_no_turn(run)
        if not self.runs:
            self._ended.set()

    def start(self, run: Run, chat: Chat) -> None:
        """Run the handler in a task of its own, in the context in which it was accepted."""
        if self.reruns.alone is not None and not run.alone:
            run.waits()
            self.reruns.join(partial(self._join, run, chat))
        else:
            self._start(run, chat, self.answering.answer(run, chat))

    def _join(self, run: Run, chat: Chat) -> None:
        """The same, beside a last try; a moment has passed."""
        if self.runs.get(run.key) is run and not self._left:
            self._start(run, chat, self.answering.answer(run, chat))

    def _start(self, run: Run, chat: Chat, body: Body) -> None:
        loop = asyncio.get_running_loop()
        run.stepped = False
        run.number += 1
        work = self._work(run, chat, body, run.number)
        run.task = loop.create_task(work, context=run.context)
        loop.call_soon(self._after_first_step, run, chat)

    async def _work(self, run: Run, chat: Chat, body: Body, number: int) -> None:
        in_hand.set(run.message.raw)
        recent.append(run.message.raw)
        result: Result | None = None
        spans, problem = self.process.spans, ""
        span: Span | None = None
        try:
            if spans is not None:
                span = spans.handle(run)
            result = await body
        except BaseException as error:
            if run.number != number:
                if isinstance(error, GeneratorExit):
                    raise  # this coroutine itself is being closed
                return  # it was abandoned: nothing comes of it any more
            result = self._result_of(run, error)
            problem = type(error).__name__
        finally:
            if span is not None and spans is not None:
                spans.handled(span, run, problem)
        if run.number == number:  # else it was abandoned
            if run.limit is not None:
                run.limit.cancel()
            if run.began:
                self.process.meter.handled(self.process.clock.monotonic() - run.began)
            try:
                chat.ended(run, result)
            except Exception as error:  # the same; what has come to its end by then stays so
                chat.ended(run, self._fault(run, error))

    def _result_of(self, run: Run, error: BaseException) -> Result | None:
        """What becomes of a message whose task is ended by an error that is not its author's."""
        if isinstance(error, asyncio.CancelledError):  # stopped, or another process's by now
            return None
        if isinstance(error, StoreError):  # closed before the handler would end
            log.warning("%s", error)
            return None
        return self._fault(run, error)  # listed, and not run for ever

    def _fault(self, run: Run, error: BaseException) -> Result:
        log.critical("%s", say("handler.fault", key=masked(run.key)), exc_info=error)
        self.process.meter.count(series.FAULTS)
        return Result(listed=repr(error))

    def limit(self, run: Run, chat: Chat, seconds: float) -> None:
        """Cancel what the run's task does when it takes longer than that."""
        if run.limit is not None:
            run.limit.cancel()
        run.expired = False
        now = self.process.clock.monotonic()
        run.began = run.began or now
        run.ends = now + seconds
        if run.stepped:
            self._set_limit(run, chat)

    def _after_first_step(self, run: Run, chat: Chat) -> None:
        """Most handlers have ended by now, and need no timer."""
        run.stepped = True
        if run.task is not None and not run.task.done():
            self._set_limit(run, chat)
        if run.push.links:
            chat.stepped(run)

    def _set_limit(self, run: Run, chat: Chat) -> None:
        run.limit = self.process.deadlines.add(run.ends, partial(self._expire, run, chat))

    def _expire(self, run: Run, chat: Chat) -> None:
        task = run.task
        if task is None or task.done():
            return
        run.expired = True
        task.cancel()
        self._give_time(run, chat, task)

    def _give_time(self, run: Run, chat: Chat, task: "asyncio.Task[None]") -> None:
        """Let it clean up and hand out; one that then goes on is left to itself."""
        abandon = partial(self._abandon, run, chat, task)
        run.limit = self.process.deadlines.after(UNWINDING, abandon)

    def _abandon(self, run: Run, chat: Chat, task: "asyncio.Task[None]") -> None:
        if run.task is not task or task.done():
            return
        if run.stream is not None and run.stream.handing_out:
            self._give_time(run, chat, task)
            return
        self._leave_alone(task)
        self._start(run, chat, self.answering.abandoned(run, chat))

    def _leave_alone(self, task: "asyncio.Task[None]") -> None:
        """Nothing comes any more of what it does; it is kept until it ends."""
        self.process.meter.count(series.ABANDONED)
        self._abandoned.add(task)
        task.add_done_callback(self._abandoned.discard)

    def wants_turn(self, run: Run, begin: Callable[[], None]) -> None:
        """Have it begun, if it is run again as soon as that may be."""
        if run.attempts > 1:
            last = run.attempts >= self.process.settings.tries
            self.reruns.ask(run, last, partial(self._run_again, run, last, begin))
        else:
            begin()

    def wants_no_turn(self, run: Run) -> None:
        """It has ended, or its turn has not come yet."""
        if run.attempts > 1:
            self.reruns.end(run)

    def _run_again(self, run: Run, last: bool, begin: Callable[[], None]) -> None:
        if self._left:
            self.wants_no_turn(run)
            return
        run.alone = last and self.reruns.is_quiet
        if run.alone:
            self.reruns.alone = partial(self._accompany, run)
        begin()

    def _accompany(self, run: Run, done: Callable[[], None]) -> None:
        rule = partial(rules.accompany, key=run.key, owner=self.process.owner)
        self.process.surely(run.openid, rule, lambda _: done())

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Have something done beside the handlers; a stop ends it."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s", error, exc_info=error)

    async def stop(self, grace: float) -> tuple[Run, ...]:
        """Give running handlers `grace` seconds, then cancel them; those that did not end."""
        self.stopping = True
        await self._wait(grace)
        self._left, left = True, tuple(self.runs.values())
        # Twice, since a handler may have caught the first cancellation.
        for seconds in (UNWINDING, 0.0):
            for run in tuple(self.runs.values()):
                if run.task is not None:
                    run.task.cancel()
            await self._wait(seconds)
        for run in self.runs.values():
            if run.task is not None and not run.task.done():
                self._leave_alone(run.task)
                run.task, run.number = None, run.number + 1
        for task in tuple(self._tasks):
            task.cancel()
        for run in left:  # other accounts may run on in this process
            self.wants_no_turn(run)
        return left

    async def _wait(self, seconds: float) -> None:
        self._ended.clear()
        if self.runs:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):  # even 0 lets those end that are about to
                    await self._ended.wait()
