"""A store in Redis, shared by processes on several machines."""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.applying import Lease, Wish
from yizhan.store.mailbox import Rule, State
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.redis_commits import Commits
from yizhan.store.mailboxes.redis_earlier import bring_over, is_earlier
from yizhan.store.mailboxes.redis_leases import Leases
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_listing import Listing
from yizhan.store.mailboxes.redis_names import SHARDS, Names, Spread, spread
from yizhan.store.mailboxes.redis_promise import promise_of
from yizhan.store.mailboxes.redis_pruning import Pruning
from yizhan.store.mailboxes.redis_pulse import Pulse
from yizhan.store.mailboxes.redis_time import ServerTime

T = TypeVar("T")


class RedisStore:
    """Mailboxes below keys that begin with the account as hash tag.

    `read` says what the server's time is taken for; only tests turn it.
    """

    def __init__(
        self,
        url: str,
        account: str,
        owner: str,
        clock: Clock,
        *,
        read: Callable[[float], float] = float,
    ) -> None:
        self.owner = owner
        self._url = url
        self._account = account
        self._clock = clock
        self._read = read
        self._open: _Open | None = None

    async def open(self) -> Promise:
        await self.close()
        time = ServerTime(self._clock.monotonic, self._read)
        link = Link(self._url)
        try:
            sent = time.local()
            time.told(await link.ask("TIME"), sent)
            if await is_earlier(link, self._account):
                raise StoreError("store.earlier_redis", account=self._account)
            shards = await _shards(link, self._account)
            promise = await promise_of(link)
        except BaseException:
            await link.close()
            raise
        self._open = _Open(link, time, self.owner, shards)
        return promise

    async def close(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            await opened.close()

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        self._opened.commits.change(openid, Wish(rule, then, tuple(keys), guard))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        self._opened.commits.change(openid, Wish(rule, _ignored), late=True)

    async def pulse(self) -> frozenset[str]:
        opened = self._opened
        return await opened.pulse.changed(opened.spread)

    async def renew(self) -> frozenset[str]:
        opened = self._opened
        commits = opened.commits
        number = commits.next_renewal()
        return await opened.leases.renew(opened.spread, number, tuple(commits.mine))

    async def leave(self) -> None:
        await self._opened.leases.leave(self._opened.spread)

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        opened = self._opened
        wall = opened.time.times().wall
        return tuple(await opened.leases.orphans(opened.spread, lease, limit, wall))

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        return await self._opened.listing.messages(keys)

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        return await self._opened.listing.jobs(state, limit, before)

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        return await self._opened.listing.keys_of(openid)

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        return await self._opened.pruning.prune(at, keep, idle, limit)

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        return await self._opened.listing.uncollected(before, limit)

    async def stats(self) -> Stats:
        return await self._opened.listing.stats()

    @property
    def _opened(self) -> "_Open":
        if self._open is None:
            raise StoreError("store.closed")
        return self._open


class _Open:
    """What a store is made of while it is open."""

    def __init__(self, link: Link, time: ServerTime, owner: str, shards: Spread) -> None:
        self.link = link
        self.time = time
        self.spread = shards
        self.commits = Commits(link, time, owner, shards)
        self.leases = Leases(link, owner, time.local)
        self.listing = Listing(link, shards)
        self.pruning = Pruning(link, shards)
        self.pulse = Pulse(link, owner, self.commits.waited_for)

    async def close(self) -> None:
        await self.commits.finish()
        await self.pulse.close()
        await self.link.close()


async def migrate(url: str, account: str, lease: float, told: Callable[[int], None]) -> int:
    """Bring over what version 1 keeps of an account, all of whose processes are stopped.

    The number of messages; `told` hears how many followers are done.
    """
    link = Link(url)
    try:
        if not await is_earlier(link, account):
            return 0
        return await bring_over(link, account, await _shards(link, account), lease, told)
    finally:
        await link.close()


async def _shards(link: Link, account: str) -> Spread:
    """All in one piece; in a Cluster as many shards as were recorded when the account began."""
    if not link.is_cluster:
        return spread(account, 1)
    recorded = Names(account).the("shards")
    await link.ask("SET", recorded, str(SHARDS), "NX")
    return spread(account, int(cast("bytes", await link.ask("GET", recorded))))


def _ignored(result: object) -> None:
    """Nobody waits for a late change."""
