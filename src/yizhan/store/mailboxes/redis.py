"""A store in Redis, shared by processes on several machines."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple, cast

from redis import exceptions

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.metrics.meter import Meter
from yizhan.store.addressed import addressee
from yizhan.store.applying import Lease
from yizhan.store.mailbox import NOBODY, State, longest_back_off
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.pulse import POLL, Pulse
from yizhan.store.mailboxes.redis_commit import Committer, send
from yizhan.store.mailboxes.redis_earlier import bring_over, is_earlier
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_listing import Listing, members
from yizhan.store.mailboxes.redis_records import BOOT, Asking, Names, Spread, pairs, raw
from yizhan.store.mailboxes.server import ServerStore, some
from yizhan.store.redis_client import translated

log = logging.getLogger("yizhan")

SHARDS = 16  # of an account in a Cluster: so its followers spread over the nodes
WAYS = 4  # groups of commits at once in a Cluster, where nodes are quick and slow
MORE = 4  # times as many orphans are looked at as are wanted
LISTEN = 1.0  # seconds of one look for messages


class Made(NamedTuple):
    """What a store is made of while it is open."""

    link: Link
    spread: Spread
    committer: Committer
    listing: Listing


class RedisStore(ServerStore):
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
        meter: Meter | None = None,
    ) -> None:
        super().__init__(owner, clock, BOOT, read, meter)
        self._url = url
        self._account = account
        self._link: Link | None = None
        self._made: Made | None = None

    async def open(self) -> Promise:
        await self.close()
        link = self._link = Link(self._url)
        try:
            promise = await self._open(link)
        except BaseException:
            await self.close()
            raise
        return promise

    async def _open(self, link: Link) -> Promise:
        if await is_earlier(link, self._account):
            raise StoreError("store.earlier_redis", account=self._account)
        names = Names(self._account)
        if (mark := await link.ask("GET", names.key("mark"))) is not None:  # of version 1
            await link.ask("HSETNX", names.key("account"), "version", cast("bytes", mark))
            await link.ask("DEL", names.key("mark"))
        spread = await _spread(link, self._account)
        committer = Committer(link, spread, self.owner, self._time)
        sent = self._time.local()
        committer.note_time(await link.ask("TIME"), sent)
        promise = await _promise(link)
        self._made = Made(link, spread, committer, Listing(link, spread, committer.alone))
        ways = WAYS if link.is_cluster else 1
        self._begin(committer.commit, self._listen, self._versions, ways)
        return promise

    async def close(self) -> None:
        await self._end()
        link, self._link, self._made = self._link, None, None
        if link is not None:
            await link.close()

    @property
    def _its(self) -> "Made":
        if self._made is None:
            raise StoreError("store.closed")
        return self._made

    # The pulse.

    async def _listen(self, pulse: Pulse) -> None:
        # In a Cluster PUBLISH would go to all nodes (decision 11).
        if self._its.link.is_cluster:
            while True:
                await pulse.look()
                await asyncio.sleep(POLL)
        await translated(partial(self._subscribe, pulse))

    async def _subscribe(self, pulse: Pulse) -> None:
        pubsub = self._its.link.client.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.subscribe(
                *(it.key("stirred", self.owner) for it in self._its.spread.shards)
            )
            await pulse.look()  # what was before the subscription
            while pulse.is_open:
                message = await pubsub.get_message(timeout=LISTEN)
                if message is not None:
                    pulse.heard(message["data"].decode())
        finally:
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py

    async def _versions(self, openids: Iterable[str]) -> Mapping[str, str]:
        wanted = list(openids)
        keys = (self._its.spread.of(it).key("box", it) for it in wanted)
        answers = await self._its.link.run([["HGET", key, "version"] for key in keys])
        found = zip(wanted, answers, strict=True)
        return {openid: it.decode() for openid, it in found if isinstance(it, bytes)}

    # Leases.

    async def renew(self) -> frozenset[str]:
        self._given = set()
        number = self._its.committer.next_renewal(self._time.times())
        words: list[list[str]] = []
        for names in self._its.spread.shards:
            words.append(["HSET", names.key("renewals"), self.owner, number])
            words.append(["SMEMBERS", names.key("owned", self.owner)])
        answers = await self._its.link.run(words)
        found = {it for answer in answers[1::2] for it in members(answer)} | self._given
        missing = self._mine - found
        return frozenset(found | await self._its.listing.missed(missing, self.owner))

    async def leave(self) -> None:
        # What waits is written first: once the lease is left, others take over at once.
        await self._opened.drained()
        shards = self._its.spread.shards
        await self._its.link.run([["SADD", it.key("gone"), self.owner] for it in shards])

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        """A shard that does not answer is passed over, unless none does; and as nobody could
        renew there, its leases are watched anew."""
        shards = self._its.spread.shards
        answers = await asyncio.gather(
            *(self._found(it, lease, limit * MORE) for it in shards), return_exceptions=True
        )
        found: list[Orphan] = []
        for names, answer in zip(shards, answers, strict=True):
            if isinstance(answer, list):
                found += answer
            else:
                self._watch.forget(names.tag)
        problems = [it for it in answers if isinstance(it, BaseException)]
        if len(problems) == len(shards):
            raise problems[0]
        wall = self._time.times().wall
        found = list(some(found, limit * MORE))
        return (await self._its.listing.true(found, wall, lease))[:limit]

    async def _found(self, names: Names, lease: float, limit: int) -> list[Orphan]:
        """What the entries of one shard say."""
        wall = self._time.times().wall
        latest = wall + longest_back_off(lease)
        most = ["LIMIT", "0", str(limit)]
        renewals, left, due, far = await self._its.link.run(
            [
                ["HGETALL", names.key("renewals")],
                ["SMEMBERS", names.key("gone")],
                ["ZRANGEBYSCORE", names.key("due"), "-inf", repr(wall), *most],
                ["ZRANGEBYSCORE", names.key("due"), f"({latest!r}", "+inf", *most],
            ]
        )
        found = [Orphan(it, NOBODY) for it in (*members(due), *members(far))]
        gone = set(members(left))
        for name, number in pairs(renewals).items():
            owner = name.decode()
            # A number that is garbage matches no guard, until it is renewed.
            held = Lease(owner, int(number) if number.isdigit() else -1)
            if owner == self.owner:
                continue
            if self._watch.stands((names.tag, owner), held.renewal, lease) or owner in gone:
                of = await self._its.link.ask("SRANDMEMBER", names.key("owned", owner), str(limit))
                found += (Orphan(it, owner, held, owner in gone) for it in members(of))
        return found

    # Lists.

    async def _listed(self) -> Listing:
        """What lists, once all is committed that was asked before."""
        await self._opened.drained()
        return self._its.listing

    async def messages(
        self, keys: Iterable[str], *, openid: str | None = None
    ) -> tuple[Whole, ...]:
        return await (await self._listed()).messages(keys, openid)

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        return await (await self._listed()).jobs(state, limit, before)

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        await self._opened.drained()
        key = self._its.spread.of(openid).key("keys", openid)
        return tuple(members(await self._its.link.ask("SMEMBERS", key)))

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        return await (await self._listed()).prune(at, keep, idle, limit)

    async def discard(self, openid: str) -> None:
        await self._its.listing.discard(openid)

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        return await (await self._listed()).uncollected(before, limit)

    async def stats(self) -> Stats:
        return await (await self._listed()).stats()

    async def mark(self) -> bytes | None:
        return cast("bytes | None", await self._its.link.ask("HGET", self._account_key, "version"))

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        # To the script it is a mailbox of which the mark is the version.
        asking = Asking("", raw(expected or b""), version=raw(mark))
        return await send(self._its.link, Names(self._account), asking, kind="account")

    async def addressed(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        async for body in (await self._listed()).bodies():
            found[addressee(body)] += 1
        return found

    @property
    def _account_key(self) -> str:
        return Names(self._account).key("account")


async def migrate(url: str, account: str, lease: float, progress: Callable[[int], None]) -> int:
    """Bring over what version 1 keeps of an account, all of whose processes are stopped.

    The number of messages; `progress` gets how many followers are done.
    """
    link = Link(url)
    try:
        if not await is_earlier(link, account):
            return 0
        return await bring_over(link, account, await _spread(link, account), lease, progress)
    finally:
        await link.close()


async def _spread(link: Link, account: str) -> Spread:
    """All in one piece; in a Cluster as many shards as were recorded when the account began."""
    if not link.is_cluster:
        return Spread(account, (Names(account),))
    recorded = Names(account).key("shards")
    await link.ask("SET", recorded, str(SHARDS), "NX")
    count = int(cast("bytes", await link.ask("GET", recorded)))
    return Spread(account, [Names(f"{account}:{number}", True) for number in range(count)])


async def _promise(link: Link) -> Promise:
    """The least that it keeps of what it has taken, by its own settings, where one may ask."""
    name = "unknown"
    names = ("appendonly", "appendfsync", "save", "maxmemory", "maxmemory-policy")
    if not link.is_cluster:
        try:
            answers = await link.run([["CONFIG", "GET", it] for it in names])
        except StoreError as error:
            if not isinstance(error.__cause__, exceptions.ResponseError):
                raise
            answers = []
        config = {
            key.decode(): it.decode() for answer in answers for key, it in pairs(answer).items()
        }
        if config.get("appendonly") == "yes":
            name = config.get("appendfsync") or "unknown"
        elif config:
            name = "snapshot" if config.get("save") else "memory"
        policy = config.get("maxmemory-policy", "noeviction")
        if policy != "noeviction" and config.get("maxmemory", "0") != "0":
            return Promise(f"redis {name}, {policy}", "store.redis_evicts")
    return Promise(f"redis {name}", f"store.redis_{name}")
