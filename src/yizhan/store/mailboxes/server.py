"""What the stores on a server have in common: its time, others' leases, commits and the pulse."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from math import inf
from random import shuffle
from typing import TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.metrics.meter import Meter
from yizhan.store.applying import Lease, Loaded, Times, Wish
from yizhan.store.mailbox import Mailbox, Rule
from yizhan.store.mailboxes.commits import Commits, Member
from yizhan.store.mailboxes.contract import Orphan
from yizhan.store.mailboxes.pulse import Pulse

T = TypeVar("T")


class ServerTime:
    """The server's time, by what it answered and how long its answers took.

    Keeps within which bounds its clock is ahead of this process's. All processes read one clock,
    which outlives them: it has one name. `read` says what its time is taken for; tests turn it.
    """

    def __init__(
        self, local: Callable[[], float], boot: str, read: Callable[[float], float] = float
    ) -> None:
        self.local = local
        self._boot = boot
        self._read = read
        self._least, self._most = -inf, inf

    def note(self, time: float, sent: float) -> None:
        """Take an answer's time, asked for at this local time."""
        at = self._read(time)
        least, most = at - self.local(), at - sent
        self._least, self._most = max(least, self._least), min(most, self._most)
        if self._least > self._most:  # one of the clocks was set, or has drifted
            self._least, self._most = least, most

    def times(self) -> Times:
        """What its clock says now; it is its wall time too."""
        now = self.local() + (self._least + self._most) / 2
        return Times(now, now, self._boot)


class Watch:
    """Others' leases by place and owner, as this process sees them: no two machines' clocks
    are compared."""

    def __init__(self, local: Callable[[], float]) -> None:
        self._local = local
        self._seen: dict[tuple[str, str], tuple[int, float]] = {}  # the renewals, and since when

    def stands(self, which: tuple[str, str], renewals: int, lease: float) -> bool:
        """Whether its number of renewals has stood still for a lease."""
        now = self._local()
        number, since = self._seen.get(which, (-1, now))
        if number != renewals:
            since = now
        self._seen[which] = (renewals, since)
        return now - since >= lease

    def forget(self, place: str) -> None:
        """Watch those of a place anew: nobody could renew there."""
        self._seen = {which: it for which, it in self._seen.items() if which[0] != place}


class ServerStore:
    """A store whose mailboxes are kept by a server that other processes use as well."""

    def __init__(
        self,
        owner: str,
        clock: Clock,
        boot: str,
        read: Callable[[float], float],
        meter: Meter | None,
    ) -> None:
        self.owner = owner
        self._meter = meter or Meter()
        self._clock = clock
        self._time = ServerTime(clock.monotonic, boot, read)
        self._watch = Watch(clock.monotonic)
        self._commits: Commits | None = None
        self._pulse: Pulse | None = None
        self._mine: set[str] = set()  # mailboxes with this owner's work, as last seen
        self._given: set[str] = set()  # those of them that were seen since `renew` began

    def _begin(
        self,
        commit: Callable[[Sequence[Member], bool], Awaitable[None]],
        listen: Callable[[Pulse], Awaitable[None]],
        versions: Callable[[Iterable[str]], Awaitable[Mapping[str, str]]],
        ways: int = 1,
    ) -> None:
        self._commits = Commits(self.owner, commit, self._seen, ways, self._meter)
        self._pulse = Pulse(listen, versions, self._commits.is_busy)

    async def _end(self) -> None:
        if self._commits is not None:
            await self._commits.close()
        pulse, self._pulse = self._pulse, None
        if pulse is not None:
            await pulse.close()

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        self._opened.change(openid, Wish(rule, then, tuple(keys), guard))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        self._opened.change(openid, Wish(rule, _ignored), late=True)

    async def pulse(self) -> frozenset[str]:
        if self._pulse is None:
            raise StoreError("store.closed")
        return await self._pulse.wait()

    @property
    def _opened(self) -> Commits:
        if self._commits is None:
            raise StoreError("store.closed")
        return self._commits

    def _seen(self, openid: str, loaded: Loaded) -> None:
        """A mailbox was committed, or seen as it is."""
        box = loaded.box
        waits = self.owner in box.waiters
        if self._pulse is not None and (waits or self._pulse.is_waiting):
            self._pulse.noted(openid, loaded.version, waits=waits)
        if _is_in(self.owner, box):
            self._mine.add(openid)
            self._given.add(openid)
        else:
            self._mine.discard(openid)


def _is_in(owner: str, box: Mailbox) -> bool:
    """Whether it has work of that owner."""
    for job in box.jobs:
        if job.owner == owner:
            return True
        for part in job.parts:
            if part.who == owner:
                return True
    return False


def some(found: list[Orphan], limit: int) -> tuple[Orphan, ...]:
    """So many of them, in no order: not all processes begin alike."""
    shuffle(found)
    return tuple(found[:limit])


def _ignored(result: object) -> None:
    """Nobody waits for a late change."""
