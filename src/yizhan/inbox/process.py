"""What the chats of one account share in this process."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.inbox.deadlines import Deadlines
from yizhan.inbox.dropping import Dropping
from yizhan.inbox.ladder import Limits, pause
from yizhan.inbox.permission import Permission
from yizhan.metrics.meter import Meter
from yizhan.replies import Reply, Text, dump
from yizhan.settings import Settings
from yizhan.store.applying import Lease
from yizhan.store.asking import changed, settle
from yizhan.store.mailbox import Rule
from yizhan.store.mailboxes.contract import Store

if TYPE_CHECKING:
    from yizhan.inbox.spans import Spans

log = logging.getLogger("yizhan")

T = TypeVar("T")

AGAIN = 1.0  # seconds between two tries of a change that must not be forgotten


class Courier(Protocol):
    """Sends customer-service messages.

    Raises SendRefused when WeChat says no, SendUnknown when nobody knows whether it
    arrived.
    """

    async def send(self, openid: str, reply: Reply) -> None: ...

    async def typing(self, openid: str) -> None: ...


class Tally:
    """How many of something there are; it can be waited for that there is none."""

    def __init__(self) -> None:
        self.count = 0
        self._none = asyncio.Event()

    def add(self) -> None:
        self.count += 1

    def remove(self) -> None:
        self.count -= 1
        if not self.count:
            self._none.set()

    async def none(self, seconds: float) -> None:
        """Wait until there is none, so many seconds at the most."""
        self._none.clear()
        if self.count:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._none.wait(), seconds)


class Sure(Generic[T]):
    """Who is told of a change that is repeated until it is made.

    Each time the store is given the same rule and this same object: by them it knows what it may
    have made already.
    """

    __slots__ = ("_keys", "_openid", "_process", "_rule", "_then")

    def __init__(
        self,
        process: "Process",
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        keys: Iterable[str],
    ) -> None:
        self._process = process
        self._openid = openid
        self._rule = rule
        self._then = then
        self._keys = keys

    def __call__(self, result: T | Exception) -> None:
        if isinstance(result, StoreError) and result.phrase != "store.closed":
            self._process.try_again(result, self._ask)
        else:
            self._process.is_away = False
            self._then(result)

    def _ask(self) -> None:
        self._process.store.change(self._openid, self._rule, self, keys=self._keys)


class Process:
    """An account's settings, store, clock and timers here; `owner` is its name in the store.

    `open` counts the connections whose responses are not written yet, `sends` the followers
    to whom something is being sent. `wanted` is set when a push waits for a job that is
    nobody's, or when there is something in `stranded`: followers of whose messages some are
    this process's own, and nothing here runs them. `handed_over` tells that nothing more will
    come here, and `stopping` when the server was told to stop, if it was.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        store: Store,
        clock: Clock,
        courier: Courier | None,
        permission: Permission,
        meter: Meter,
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.owner = store.owner
        self.courier = courier
        self.permission = permission
        self.meter = meter
        self.dropping = Dropping()
        self.deadlines = Deadlines(clock)
        self.limits = Limits(settings.timeout, settings.hold)
        self.working = dump((Text(settings.working),))
        self.nothing_more = dump((Text(settings.nothing_more),)) if settings.nothing_more else b""
        self.handed_over = False
        self.stopping: float | None = None
        self.open = Tally()
        self.sends = Tally()
        self.wanted = asyncio.Event()
        self.stranded: set[str] = set()
        self.is_away = False  # the store, as was told in the log
        self.spans: Spans | None = None  # unless the application traces
        self._wrote: dict[str, float] = {}  # follower -> when a reply was written, oldest first

    def surely(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        keys: Iterable[str] = (),
    ) -> None:
        """A change that must not be forgotten while the store is away: repeated until it is made.

        `then` is told an error only once the store is closed, or for a fault of ours.
        """

        self.store.change(openid, rule, Sure(self, openid, rule, then, keys), keys=keys)

    def try_again(self, error: StoreError, ask: Callable[[], None]) -> None:
        """Ask the store once more in a while; one warning for all the time that it is away."""
        if not self.is_away:
            log.warning("%s", error)
        self.is_away = True
        self.deadlines.after(AGAIN, ask)

    def apply(self, openid: str, rule: Rule[T], keys: Iterable[str] = ()) -> "asyncio.Future[T]":
        """The same, to be awaited; the change is made even if nobody waits any more."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.surely(openid, rule, partial(settle, future), keys)
        return future

    async def change(self, openid: str, rule: Rule[T], guard: Lease | None = None) -> T:
        """A change to be awaited, of which the store is asked once. Raises StoreError."""
        return await changed(self.store, openid, rule, guard=guard)

    def later(self, openid: str, rule: Rule[None]) -> None:
        """A change that need not be made at once, but must be made."""
        try:
            self.store.change_later(openid, rule)
        except StoreError:  # too many wait, or it is closed
            self.surely(openid, rule, _made)

    def wrote(self, openid: str) -> None:
        """A reply was written to a push of this follower: let it arrive before what is sent."""
        if not self.permission.allowed:
            return
        now = self.clock.monotonic()
        self._wrote.pop(openid, None)
        self._wrote[openid] = now
        over = [one for one, at in islice(self._wrote.items(), 2) if not pause(now, at)]
        for one in over:
            del self._wrote[one]

    def pause(self, openid: str) -> float:
        """Seconds that a message to this follower waits for a reply that was just written."""
        return pause(self.clock.monotonic(), self._wrote.get(openid))


def warn_of_failure(result: object) -> None:
    """The result of a change that nobody waits for."""
    if isinstance(result, Exception):
        log.warning("%s", result)


def _made(result: Exception | None) -> None:
    if result is not None:
        log.error("%s", result)
