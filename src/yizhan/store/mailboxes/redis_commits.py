"""Rules are applied here and committed there: one commit a follower under way at a time."""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Sequence
from itertools import count
from typing import TypeVar, cast

from redis import exceptions

from yizhan.errors import StoreError
from yizhan.store.applying import NOWHERE, Found, Loaded, Times, Wish, apply
from yizhan.store.mailbox import Binding
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_names import Names, Spread
from yizhan.store.mailboxes.redis_records import (
    Unreadable,
    loaded_from,
    message_from,
    pairs,
    seen_in,
    version_in,
)
from yizhan.store.mailboxes.redis_time import ServerTime
from yizhan.store.mailboxes.redis_tries import UNKNOWN, Line, Try, Unsure
from yizhan.store.mailboxes.redis_writes import Asking, Words, Written, binding_words, writes_of

log = logging.getLogger("yizhan")

T = TypeVar("T")

UNDER_WAY = 4  # batches at once: what comes meanwhile waits and fills the next
MOST = 128  # followers in one
TRIES = 8  # against changes of others
PATIENCE = 2.0  # seconds for all of them
PAUSE = 0.1  # seconds until a lost connection is tried once more
COMPANY = 0.02  # seconds that a late wish waits to share another's commit
AGAIN = 0.2  # seconds after which failed late wishes are tried anew
MOST_LATE = 10_000
CACHED = 10_000  # mailboxes


class Commits:
    """Owns the cache of mailboxes; nothing else commits in this process."""

    def __init__(self, link: Link, time: ServerTime, owner: str, spread: Spread) -> None:
        self._link = link
        self._time = time
        self._owner = owner
        self.spread = spread
        self._loop = asyncio.get_running_loop()
        self._numbers = count(1)
        self._renewal = 0
        self._lines: dict[str, Line] = {}
        self._ready: deque[Line] = deque()
        self._is_called = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._cache: OrderedDict[str, Loaded] = OrderedDict()
        self._late_count = 0
        self._late_timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        self.mine: set[str] = set()  # mailboxes with this owner's work, as last seen
        self.waited_for: dict[str, str] = {}  # mailbox -> its version when this owner waited

    def change(self, openid: str, wish: Wish[T], *, late: bool = False) -> None:
        """Apply the rule with what else comes now; a late one within moments."""
        if self._is_closed:
            raise StoreError("store.closed")
        if late and self._late_count >= MOST_LATE:
            raise StoreError("store.full", problem=f"{MOST_LATE} writes wait")
        line = self._lines.get(openid)
        if line is None:
            line = self._lines[openid] = Line(openid)
        it = cast("Wish[object]", wish)
        if late:
            line.late.append(it)
            self._late_count += 1
            self._ring(COMPANY)
        else:
            line.wishes.append(it)
            self._begin_line(line)

    async def finish(self) -> None:
        """Commit what waits; then take nothing more."""
        self._is_closed = True
        deadline = self._loop.time() + PATIENCE
        while self._lines:
            self._take_late()
            self._begin()
            if not self._under_way:
                break
            await asyncio.wait(self._under_way)
            if self._loop.time() >= deadline:
                break
        if self._late_timer is not None:
            self._late_timer.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way)
        if self._late_count:
            log.error("%s", StoreError("store.unsettled", count=self._late_count))

    def next_renewal(self) -> int:
        """A number that this owner's lease has never had: microseconds, or the next one."""
        self._renewal = max(self._renewal + 1, int(self._time.times().wall * 1e6))
        return self._renewal

    # Lines begin, together with all that do in the same moment.

    def _begin_line(self, line: Line) -> None:
        if line.is_begun:
            return
        line.is_begun = True
        self._ready.append(line)
        self._call()

    def _call(self) -> None:
        if not self._is_called and len(self._under_way) < UNDER_WAY:
            self._is_called = True
            self._loop.call_soon(self._begin)

    def _begin(self) -> None:
        self._is_called = False
        while self._ready and len(self._under_way) < UNDER_WAY:
            lines = [self._ready.popleft() for _ in range(min(MOST, len(self._ready)))]
            task = self._loop.create_task(self._run([self._try(line) for line in lines]))
            self._under_way.add(task)
            task.add_done_callback(self._end)

    def _end(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if self._ready:
            self._call()

    def _try(self, line: Line) -> Try:
        self._late_count -= len(line.late)
        return Try(line, self._cache.get(line.openid), self._loop.time())

    def _ring(self, after: float) -> None:
        if self._late_timer is None:
            self._late_timer = self._loop.call_later(after, self._take_late)

    def _take_late(self) -> None:
        if self._late_timer is not None:
            self._late_timer.cancel()
            self._late_timer = None
        for line in self._lines.values():
            if line.late:
                self._begin_line(line)

    # A batch goes round until each of its tries is done.

    async def _run(self, tries: Sequence[Try]) -> None:
        while tries:
            try:
                tries = await self._round(tries)
            except Exception as error:
                if not isinstance(error, StoreError):  # a fault of ours: who waits must hear it
                    log.critical("%s", error, exc_info=error)
                tries = await self._after(tries, error)

    async def _after(self, tries: Sequence[Try], error: Exception) -> Sequence[Try]:
        """Nothing came of a round: those that are sent once more, as they are."""
        lost = isinstance(error.__cause__, exceptions.ConnectionError)
        now = self._loop.time()
        again = [it for it in tries if lost and now - it.began < PATIENCE]
        for it in tries:
            if it not in again:
                self._fail(it, error)
        if again:
            await asyncio.sleep(PAUSE)
        return again

    async def _round(self, tries: Sequence[Try]) -> Sequence[Try]:
        """Send each once; those that must be sent again."""
        words = [self._packed(it) for it in tries]
        if self._link.is_cluster:
            tries = await self._bind(tries)
            words = [self._packed(it) for it in tries]
        sent = self._time.local()
        answers = await self._link.commit(words)
        return [
            it for it, answer in zip(tries, answers, strict=True) if self._again(it, answer, sent)
        ]

    def _packed(self, it: Try) -> Words:
        """Apply the rules; what to say to the script."""
        names, times = self.spread.of(it.openid), self._time.times()
        if it.packed is None:
            if it.aside:
                asking = it.putting_aside(f"{self._owner}:{next(self._numbers)}")
            elif it.is_seen:
                asking = self._applied(it, names, times)
            else:
                asking = Asking(UNKNOWN, it.asked)
            it.packed = asking.call(names, names.box(it.openid), times.wall)
        return it.packed

    def _applied(self, it: Try, names: Names, times: Times) -> Asking:
        it.number = next(self._numbers)
        stamp = f"{self._owner}:{it.number}"
        applied = apply(it.openid, it.before, it.wishes, it.found, times, stamp)
        it.results, it.commit = applied.results, applied.commit
        asking = Asking(it.before.version, it.asked, it.guards)
        if (commit := it.commit) is not None:
            renewal = self.next_renewal() if commit.gives else 0
            made = Written(names, self._owner, times.wall, renewal, not self._link.is_cluster)
            asking.inserts, asking.filed = commit.inserts, commit.filed
            asking.bindings = () if self._link.is_cluster else commit.bindings
            asking.writes = writes_of(commit, it.before.box, made)
        return asking

    async def _bind(self, tries: Sequence[Try]) -> list[Try]:
        """Write the bindings where they belong, by themselves; the tries that may go on."""
        wanted = [(it, binding) for it in tries for binding in it.unbound]
        sent = self._time.local()
        answers = await self._link.commit([self._bound(binding) for _, binding in wanted])
        failed: dict[Try, StoreError] = {}
        for (it, binding), answer in zip(wanted, answers, strict=True):
            try:
                kind, _ = self._kind(answer, sent)
            except StoreError as error:
                failed[it] = error
                continue
            if kind == b"refused":
                it.found.bound.add(binding.signature)
                it.packed = None  # the rules are applied once more
            else:
                it.bound.add(binding.signature)
        for it, problem in failed.items():
            it.packed = None  # it was not sent
            self._fail(it, problem)
        return [it for it in tries if it not in failed]

    def _bound(self, binding: Binding) -> Words:
        names, wall = self.spread.of(binding.signature), self._time.times().wall
        nobody = names.the("nobody")  # a mailbox that never is
        until = wall + binding.keep
        bind = binding_words(names, binding.signature, binding.digest, until)
        writes: list[Words] = [["EXISTS", nobody], bind]
        return Asking(NOWHERE, bindings=(binding,), writes=writes).call(names, nobody, wall)

    def _kind(self, answer: object, sent: float) -> tuple[bytes, Sequence[object]]:
        """Which answer it is, and what it holds; StoreError if there is none."""
        if isinstance(answer, StoreError):
            raise answer
        if isinstance(answer, Exception):
            raise StoreError("store.refused", problem=answer) from answer
        if isinstance(answer, bytes):
            self._time.told(answer.split(), sent)
            return b"done", ()
        kind, time, mended, *rest = cast("Sequence[object]", answer)
        self._time.told(time, sent)
        for key in cast("Sequence[bytes]", mended):
            log.error("%s", StoreError("store.aside", key=key.decode(errors="replace")))
        return cast("bytes", kind), rest

    def _again(self, it: Try, answer: object, sent: float) -> bool:
        """Take one answer; whether it must be sent again."""
        try:
            kind, rest = self._kind(answer, sent)
            it.packed = None
            if kind == b"done" and not it.aside:
                self._done(it, it.commit.after if it.commit else it.before)
                return False
            if self._takes(it, kind, rest):
                return False
            self._check(it)
        except StoreError as error:
            self._fail(it, error)
            return False
        if not it.wishes:
            self._release(it.line)
        return bool(it.wishes)

    def _takes(self, it: Try, kind: bytes, rest: Sequence[object]) -> bool:
        """Learn what stands against it; True if it has been committed before."""
        if kind == b"done":  # what could not be read is out of the way
            if self.spread.of(it.openid).box(it.openid) in it.aside:
                it.loaded = Loaded()
            it.aside = []
        elif kind == b"renewed":
            self._renewed(it, cast("bytes", rest[0]).decode())
        elif kind == b"refused":
            self._refused(it, rest)
        else:
            return self._stale(it, rest)
        return False

    def _check(self, it: Try) -> None:
        """Do not go on for ever: others' changes may come first again and again."""
        it.refusals += 1
        late = self._loop.time() - it.began >= PATIENCE
        if it.refusals > TRIES or late:
            raise StoreError("store.busy", tries=it.refusals, openid=it.openid)

    def _renewed(self, it: Try, owner: str) -> None:
        """That owner lives: who wanted to take its work over is told, the others go on."""
        gone = [w for w in it.wishes if w.guard is not None and w.guard.owner == owner]
        it.wishes = [w for w in it.wishes if w not in gone]
        error = StoreError("store.renewed", owner=owner)
        self._tell([(wish, error) for wish in gone])

    def _refused(self, it: Try, rest: Sequence[object]) -> None:
        bound, rows = cast("tuple[Sequence[bytes], Sequence[tuple[bytes, object]]]", tuple(rest))
        it.found.bound.update(signature.decode() for signature in bound)
        for name, row in rows:
            try:
                self._find(it, row)
            except Unreadable:
                self._put_aside(it, name.decode(), it.before.version)

    def _find(self, it: Try, row: object) -> None:
        message = message_from(row)
        if message is not None:
            it.found.messages[message.key] = seen_in(it.before.box, message)

    def _put_aside(self, it: Try, name: str, version: str) -> None:
        log.error("%s", StoreError("store.aside", key=name))
        it.aside, it.aside_from = [*it.aside, name], version

    def _stale(self, it: Try, rest: Sequence[object]) -> bool:
        """Take what is there; whether it is what an earlier sending has made, unanswered."""
        fields, rows = pairs(rest[0]), cast("Sequence[object]", rest[1])
        it.aside = []
        try:
            loaded = loaded_from(fields)
        except Unreadable:
            box = self.spread.of(it.openid).box(it.openid)
            self._put_aside(it, box, version_in(fields))
            return False
        self._remember(it.openid, loaded)
        number = loaded.box.numbers.get(self._owner, 0)
        if it.commit is not None and number == it.number:
            self._done(it, loaded)
            return True
        it.settle_late(number)
        if it.loaded is None:
            it.refusals -= 1  # it was not known before: nobody came between
        it.loaded, it.is_seen, it.found = loaded, True, Found({}, it.found.bound)
        for row in rows:
            try:
                self._find(it, row)
            except Unreadable as error:
                log.error("%s", StoreError("store.unreadable", key="?", problem=error))
        return False

    def _done(self, it: Try, loaded: Loaded) -> None:
        self._remember(it.openid, loaded)
        self._release(it.line)
        self._tell(list(zip(it.wishes, it.results, strict=True)))

    def _fail(self, it: Try, error: Exception) -> None:
        """Say so to all who wait, keep what nobody waits for."""
        late, prompt = it.wishes[: it.late], it.wishes[it.late :]
        line = it.line
        if late and isinstance(error, StoreError):
            log.warning("%s", error)
            line.late = [*late, *line.late]
            self._late_count += len(late)
            line.unsure = Unsure(it.number if it.packed else 0, len(late))
            self._ring(AGAIN)
        self._release(line)
        self._tell([(wish, error) for wish in prompt])

    def _release(self, line: Line) -> None:
        """Nothing of it is under way; what came meanwhile goes next."""
        line.is_begun = False
        if line.wishes:
            self._begin_line(line)
        elif line.late:
            self._ring(COMPANY)
        else:
            self._lines.pop(line.openid, None)

    def _remember(self, openid: str, loaded: Loaded) -> None:
        self._cache[openid] = loaded
        self._cache.move_to_end(openid)
        if self._owner in loaded.box.owners:
            self.mine.add(openid)
        else:
            self.mine.discard(openid)
        if self._owner in loaded.box.waiters:
            self.waited_for[openid] = loaded.version
        else:
            self.waited_for.pop(openid, None)
        while len(self._cache) > CACHED:
            self._cache.popitem(last=False)

    def _tell(self, told: Sequence[tuple[Wish[object], object]]) -> None:
        for wish, result in told:
            try:
                wish.then(result)
            except Exception as error:  # it must not: the others are told all the same
                log.critical("%s", error, exc_info=error)
