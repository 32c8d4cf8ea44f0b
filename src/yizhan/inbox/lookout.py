"""Looking out for what other runs and other processes bring about."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from weakref import WeakKeyDictionary

from yizhan.errors import StoreError
from yizhan.inbox.run import Run
from yizhan.inbox.surely import surely
from yizhan.inbox.work import LAST_PUSH, Work
from yizhan.store import PICKUP, UNFINISHED, Outcome, Store

log = logging.getLogger("yizhan")

RETRY = 1.0


class Lookout:
    """Runs that are waited for here but run elsewhere, and pick-ups that wait for answers.

    One task per process listens to the store's pulse, and only while somebody waits.
    """

    def __init__(self, store: Store, work: Work) -> None:
        self.store = store
        self.work = work
        self.runs: dict[str, Run] = {}
        self._collecting: dict[str, dict[str, Run]] = {}
        self._behind: dict[str, dict[str, Run]] = {}  # those that came first wake first
        self._watchers: set[asyncio.Future[None]] = set()
        self._fetches: WeakKeyDictionary[Run, asyncio.Lock] = WeakKeyDictionary()
        self.released: Callable[[], None]
        self._tasks: set[asyncio.Task[None]] = set()
        self._needed = asyncio.Event()
        self._listener: asyncio.Task[None]
        work.published = self.published
        work.queued = self._needed.set
        work.lost = self.join

    def start(self) -> None:
        self._listener = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        tasks = [*self._tasks, self._listener]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def join(self, run: Run) -> None:
        """Wait for a job that another process runs."""
        self._keep(run)
        self._needed.set()
        self._spawn(self._look_at([run.key]))

    def collect(self, run: Run) -> None:
        """Wait for any answer to this follower, on behalf of a pick-up word."""
        run.pickup = True
        self._keep(run)
        self._collecting.setdefault(run.openid, {})[run.key] = run
        self._needed.set()
        self._spawn(self._finish_pickup(run))

    def resume(self, run: Run) -> None:
        """Take up a pick-up word of a dead process: no push of it is here."""
        self._spawn(self._finish_resumed(run))

    def collect_again(self, run: Run) -> None:
        """WeChat repeats a pick-up word: there may be something by now."""
        self._spawn(self._fetch(run))

    def wait_behind(self, run: Run) -> None:
        """Wait for an earlier answer that is on its way by customer-service message."""
        run.behind = True
        self._behind.setdefault(run.openid, {})[run.key] = run
        self._needed.set()

    def moved(self, openid: str) -> None:
        """What was on its way to this follower has arrived, or come back."""
        for run in self._behind.pop(openid, {}).values():
            run.behind = False
            run.notify()
        self._let_collect(openid)

    def change(self) -> "asyncio.Future[None]":
        """Done as soon as another process may have changed something from now on."""
        watcher: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.add(watcher)
        watcher.add_done_callback(self._watchers.discard)
        self._needed.set()
        return watcher

    def let_go(self, run: Run) -> None:
        """Free what is reserved for its push: its connection has closed."""
        run.parts = None
        self._spawn(self.store.release(run.key, self.work.owner))

    def published(self, run: Run) -> None:
        """A run has said something, or ended without: let the follower's pick-up have it."""
        self._let_collect(run.openid, ended=not self.work.in_the_making(run.openid))

    def _let_collect(self, openid: str, *, ended: bool = False) -> None:
        for pickup in tuple(self._collecting.get(openid, {}).values()):
            if pickup.listeners:
                self._spawn(self._fetch(pickup, ended=ended))

    def _keep(self, run: Run) -> None:
        self.runs[run.key] = run
        asyncio.get_running_loop().call_later(LAST_PUSH, self._forget, run)

    def _forget(self, run: Run) -> None:
        self.runs.pop(run.key, None)
        waiting = self._collecting.get(run.openid, {})
        waiting.pop(run.key, None)
        if not waiting:
            self._collecting.pop(run.openid, None)

    async def _finish_pickup(self, run: Run) -> None:
        """The word itself is handled at once: no later message waits behind it."""
        await self._finish(run)
        await self._fetch(run)

    async def _finish(self, run: Run) -> None:
        done = Outcome(note=PICKUP)
        self.work.finishing.add(run.key)
        try:
            await surely(partial(self.store.finish, run.key, self.work.owner, done))
        finally:
            self.work.finishing.discard(run.key)
        self.work.wake(run.openid)

    async def _finish_resumed(self, run: Run) -> None:
        follower = await surely(partial(self.store.follower, run.openid))
        if self.work.answering.open_dialog(follower, run.message) is None:
            await self._finish(run)
        else:
            self.work.start(run, None)

    async def _fetch(self, run: Run, *, ended: bool = False) -> None:
        """Take what there is, one fetch of a word at a time."""
        async with self._fetches.setdefault(run, asyncio.Lock()):
            if run.ready or run.answered:
                return
            taken = await self.store.take(run.key, run.openid, self.work.owner)
            if not run.listeners and not run.writing:
                await self.store.release(run.key, self.work.owner)
            elif taken.parts or ((ended or run.alone) and not taken.behind):
                run.parts, run.ready = taken.parts, True
                run.notify()

    async def _listen(self) -> None:
        while True:
            try:
                await self._look()
                await self.store.pulse()
            except StoreError as error:
                log.warning("%s", error)
                await asyncio.sleep(RETRY)
            except Exception as error:  # whatever it was, others still wait
                log.error("%s", error, exc_info=error)
                await asyncio.sleep(RETRY)

    async def _look(self) -> None:
        while not self._waited_for:
            self._needed.clear()
            await self._needed.wait()
        for watcher in tuple(self._watchers):
            if not watcher.done():
                watcher.set_result(None)
        self.work.wake()
        for openid in dict.fromkeys((*self._collecting, *self._behind)):
            self.moved(openid)
        if joined := [key for key, run in self.runs.items() if _joined(run)]:
            await self._look_at(joined)

    @property
    def _waited_for(self) -> bool:
        """Whether anybody waits for what another process does."""
        here = self.runs or self._collecting or self._behind or self._watchers
        return bool(here) or self.work.waiting

    async def _look_at(self, keys: Sequence[str]) -> None:
        """See what has become of jobs that others run; one that a stop released is wanted here."""
        for job in await self.store.look(keys):
            run = self.runs.get(job.key)
            if run is None or not _joined(run):
                continue
            if job.state not in UNFINISHED or job.parts:
                run.ready = True
                run.notify()
            elif not job.owner:
                self.released()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        known = isinstance(error, StoreError)
        log.log(
            logging.WARNING if known else logging.ERROR,
            "%s",
            error,
            exc_info=None if known else error,
        )


def _joined(run: Run) -> bool:
    """Whether another process is expected to get this run ready."""
    return not (run.ready or run.local or run.pickup)
