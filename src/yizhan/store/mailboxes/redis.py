"""A store in Redis, shared by processes on several machines."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import cast

from redis import exceptions

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.addressed import count_addressed
from yizhan.store.applying import NOWHERE, Lease, Loaded, Times
from yizhan.store.mailbox import NOBODY, Binding, Mailbox, Message, State
from yizhan.store.mailboxes.commits import Failed, Member
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.pulse import POLL, Pulse
from yizhan.store.mailboxes.redis_earlier import bring_over, is_earlier
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_listing import Listing, members
from yizhan.store.mailboxes.redis_records import (
    BOOT,
    Asking,
    Names,
    Spread,
    Unreadable,
    asking_of,
    bind,
    bound,
    call,
    guards,
    loaded_in,
    look,
    message_in,
    pairs,
    raw,
    seen_in,
)
from yizhan.store.mailboxes.server import ServerStore, some
from yizhan.store.redis_client import translated

log = logging.getLogger("yizhan")

SHARDS = 16  # of an account in a Cluster: so its followers spread over the nodes
WAYS = 4  # groups of commits at once in a Cluster, where nodes are quick and slow
MORE = 4  # times as many orphans are looked at as are wanted
LISTEN = 1.0  # seconds of one look for messages


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
    ) -> None:
        super().__init__(owner, clock, BOOT, read)
        self._url = url
        self._account = account
        self._made: Link | None = None
        self._listing: Listing | None = None
        self._spread = Spread(account, ())
        self._renewal = 0

    async def open(self) -> Promise:
        await self.close()
        link = self._made = Link(self._url)
        try:
            sent = self._time.local()
            self._told(await link.ask("TIME"), sent)
            if await is_earlier(link, self._account):
                raise StoreError("store.earlier_redis", account=self._account)
            if (mark := await link.ask("GET", Names(self._account).key("mark"))) is not None:
                await link.ask("HSETNX", self._account_key, "version", cast("bytes", mark))
                await link.ask("DEL", Names(self._account).key("mark"))  # where version 1 had it
            self._spread = await _spread(link, self._account)
            self._listing = Listing(link, self._spread, self._commit_alone)
            promise = await _promise(link)
        except BaseException:
            await self.close()
            raise
        self._begin(self._commit, self._listen, self._versions, WAYS if link.is_cluster else 1)
        return promise

    async def close(self) -> None:
        await self._end()
        link, self._made, self._listing = self._made, None, None
        if link is not None:
            await link.close()

    @property
    def _link(self) -> Link:
        if self._made is None:
            raise StoreError("store.closed")
        return self._made

    @property
    def _list(self) -> Listing:
        if self._listing is None:
            raise StoreError("store.closed")
        return self._listing

    # Commits.

    async def _commit(self, tries: Sequence[Member], again: bool) -> None:
        if self._link.is_cluster:
            tries = await self._bound(tries)
        times = self._time.times()
        by_shard: dict[str, tuple[Names, list[Member], list[Asking]]] = {}
        for it in tries:
            names = self._spread.of(it.openid)
            _, sent, askings = by_shard.setdefault(names.tag, (names, [], []))
            sent.append(it)
            askings.append(self._asking(it, names, times))
        calls = [call(names, askings) for names, _, askings in by_shard.values()]
        local = self._time.local()
        for (_, sent, _), answer in zip(
            by_shard.values(), await self._link.commit(calls), strict=True
        ):
            await self._take(sent, answer, local)

    def _asking(self, it: Member, names: Names, times: Times) -> Asking:
        """Apply the rules; what to say to the script."""
        if it.must_look:
            return look(names, it.openid, it.keys)
        asked = [names.key("message", key) for key in it.keys] if it.found.messages else ()
        before = it.loaded or Loaded()
        commit = it.apply(times)
        if commit is None:
            asking = Asking(names.key("box", it.openid), before.version)
        else:
            asking = asking_of(names, commit, before.box, times.wall)
            if commit.bindings and not names.is_shard:
                asking.bindings = bound(names, commit.bindings, times.wall)
            if commit.gives:
                renewal = self._next_renewal(times)
                asking.writes.append(("HSET", names.key("renewals"), self.owner, renewal))
            if commit.tells and not names.is_shard:  # in a Cluster the pulse is polled
                told = {*before.box.waiters} - {*commit.after.box.waiters, self.owner}
                notes = (("PUBLISH", names.key("stirred", name), it.openid) for name in told)
                asking.writes.extend(notes)
        asking.asked = asked
        asking.guards = guards(names, it.guards)
        return asking

    def _next_renewal(self, times: Times) -> str:
        """A number that this owner's lease has never had: microseconds, or the next one."""
        self._renewal = max(self._renewal + 1, int(times.wall * 1e6))
        return str(self._renewal)

    async def _take(self, sent: Sequence[Member], answer: object, local: float) -> None:
        """What the script says of each of them, or why it says nothing."""
        if isinstance(answer, Exception):
            for it in sent:
                it.error = answer
            return
        if isinstance(answer, bytes):
            self._told(answer.split(), local)
            for it in sent:
                it.is_done = True
            return
        time, mended, answers = cast("tuple[object, list[bytes], list[object]]", answer)
        self._told(time, local)
        for key in mended:
            log.error("%s", StoreError("store.aside", key=key.decode(errors="replace")))
        for it, told in zip(sent, answers, strict=True):
            if told == b"done":
                it.is_done = True
            else:
                await self._learn(it, *cast("tuple[bytes, object, object]", told))

    async def _learn(self, it: Member, kind: bytes, what: object, rows: object = ()) -> None:
        """What stands against it."""
        names = self._spread.of(it.openid)
        if kind == b"renewed":
            it.renewed(cast("bytes", what).decode())
        elif kind == b"refused":
            it.found.bound.update(sig.decode() for sig in cast("list[bytes]", what))
            for key, row in cast("list[tuple[bytes, object]]", rows):
                try:
                    self._find(it.found.messages, it.loaded, row)
                except Unreadable:
                    await self._put_aside(names, it.openid, it.loaded, key.decode())
        else:
            await self._stale(it, names, pairs(what), cast("list[object]", rows))

    async def _stale(
        self, it: Member, names: Names, fields: Mapping[bytes, bytes], rows: Iterable[object]
    ) -> None:
        try:
            loaded = loaded_in(fields)
        except Unreadable:
            held = Loaded(fields[b"version"].decode(errors="replace"))
            await self._put_aside(names, it.openid, held, names.key("box", it.openid))
            it.must_look = True
            return
        messages: dict[str, Message] = {}
        for row in rows:
            try:
                self._find(messages, loaded, row)
            except Unreadable as error:
                log.error("%s", StoreError("store.unreadable", key="?", problem=error))
        it.show(loaded, messages)

    def _find(self, messages: dict[str, Message], loaded: Loaded | None, row: object) -> None:
        message = message_in(row)
        if message is not None:
            box = loaded.box if loaded else Mailbox()
            messages[message.key] = seen_in(box, message)

    async def _put_aside(self, names: Names, openid: str, held: Loaded | None, key: str) -> None:
        """Rename what cannot be read, if the mailbox is still as it was seen."""
        log.error("%s", StoreError("store.aside", key=key))
        aside = f"{key}:aside:{self.owner}:{next(self._opened.numbers)}"
        version = held.version if held else NOWHERE
        await self._commit_alone(names, openid, version, [("RENAME", key, aside)])

    async def _commit_alone(
        self, names: Names, openid: str, version: str, writes: Sequence[Sequence[str]]
    ) -> None:
        """Write beside the rules, if the mailbox still has that version."""
        asking = Asking(names.key("box", openid), version, writes=[*writes])
        [answer] = await self._link.commit([call(names, [asking])])
        if isinstance(answer, Exception):
            raise answer.error if isinstance(answer, Failed) else answer

    async def _bound(self, tries: Sequence[Member]) -> Sequence[Member]:
        """In a Cluster write the bindings first, where they belong; those that may go on."""
        wanted: list[tuple[Member, Binding]] = []
        for it in tries:
            if not it.must_look and (commit := it.apply(self._time.times())) is not None:
                wanted += ((it, binding) for binding in commit.bindings)
        calls, wall = [], self._time.times().wall
        for _, binding in wanted:
            names = self._spread.of(binding.signature)
            write = bind(names, binding.signature, binding.digest, wall + binding.keep)
            nobody = names.key("nobody")  # a mailbox that never is
            asking = Asking(nobody, NOWHERE, bindings=bound(names, [binding], wall), writes=[write])
            calls.append(call(names, [asking]))
        for (it, binding), answer in zip(wanted, await self._link.commit(calls), strict=True):
            if isinstance(answer, Exception):
                it.error = answer
            elif (
                not isinstance(answer, bytes) and cast("list[list[bytes]]", answer)[2][0] != b"done"
            ):
                it.found.bound.add(binding.signature)
        return [it for it in tries if it.error is None]

    def _told(self, answer: object, sent: float) -> None:
        seconds, rest = cast("Sequence[bytes]", answer)
        self._time.told(int(seconds) + int(rest) / 1e6, sent)

    # The pulse.

    async def _listen(self, pulse: Pulse) -> None:
        if self._link.is_cluster:
            while True:
                await pulse.look()
                await asyncio.sleep(POLL)
        await translated(partial(self._subscribe, pulse))

    async def _subscribe(self, pulse: Pulse) -> None:
        pubsub = self._link.client.pubsub(ignore_subscribe_messages=True)
        try:
            await pubsub.subscribe(*(it.key("stirred", self.owner) for it in self._spread.shards))
            await pulse.look()  # what was before the subscription
            while True:
                message = await pubsub.get_message(timeout=LISTEN)
                if message is not None:
                    pulse.heard(message["data"].decode())
        finally:
            await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py

    async def _versions(self, openids: Iterable[str]) -> Mapping[str, str]:
        wanted = list(openids)
        keys = (self._spread.of(it).key("box", it) for it in wanted)
        answers = await self._link.run([["HGET", key, "version"] for key in keys])
        found = zip(wanted, answers, strict=True)
        return {openid: it.decode() for openid, it in found if isinstance(it, bytes)}

    # Leases.

    async def renew(self) -> frozenset[str]:
        self._given = set()
        number = self._next_renewal(self._time.times())
        words: list[list[str]] = []
        for names in self._spread.shards:
            words.append(["HSET", names.key("renewals"), self.owner, number])
            words.append(["SMEMBERS", names.key("owned", self.owner)])
        answers = await self._link.run(words)
        found = {it for answer in answers[1::2] for it in members(answer)} | self._given
        missing = self._mine - found
        return frozenset(found | await self._list.missed(missing, self.owner))

    async def leave(self) -> None:
        await self._opened.drained()
        shards = self._spread.shards
        await self._link.run([["SADD", it.key("gone"), self.owner] for it in shards])

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        """A shard that does not answer is passed over, unless none does; and as nobody could
        renew there, its leases are watched anew."""
        shards = self._spread.shards
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
        return (await self._list.true(found, wall))[:limit]

    async def _found(self, names: Names, lease: float, limit: int) -> list[Orphan]:
        """What the entries of one shard say."""
        wall = self._time.times().wall
        most = ["LIMIT", "0", str(limit)]
        renewals, left, due = await self._link.run(
            [
                ["HGETALL", names.key("renewals")],
                ["SMEMBERS", names.key("gone")],
                ["ZRANGEBYSCORE", names.key("due"), "-inf", repr(wall), *most],
            ]
        )
        found = [Orphan(it, NOBODY) for it in members(due)]
        gone = set(members(left))
        for name, number in pairs(renewals).items():
            owner = name.decode()
            # A number that is garbage matches no guard, until it is renewed.
            held = Lease(owner, int(number) if number.isdigit() else -1)
            if owner == self.owner:
                continue
            if self._watch.stands((names.tag, owner), held.renewal, lease) or owner in gone:
                of = await self._link.ask("SRANDMEMBER", names.key("owned", owner), str(limit))
                found += (Orphan(it, owner, held, owner in gone) for it in members(of))
        return found

    # Lists.

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        await self._opened.drained()
        return await self._list.messages(keys)

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        await self._opened.drained()
        return await self._list.jobs(state, limit, before)

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        await self._opened.drained()
        answer = await self._link.ask("SMEMBERS", self._spread.of(openid).key("keys", openid))
        return tuple(members(answer))

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        await self._opened.drained()
        return await self._list.prune(at, keep, idle, limit)

    async def discard(self, openid: str) -> None:
        names = self._spread.of(openid)
        box, boxes = names.key("box", openid), names.key("boxes")
        fields, keys = await self._link.run(
            [("HGETALL", box), ("EXISTS", names.key("keys", openid))]
        )
        loaded = loaded_in(pairs(fields))
        if loaded.version and not (loaded.box.jobs or loaded.rows or keys):
            writes = [("DEL", box), ("SREM", boxes, openid)]
            await self._commit_alone(names, openid, loaded.version, writes)

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        await self._opened.drained()
        return await self._list.uncollected(before, limit)

    async def stats(self) -> Stats:
        await self._opened.drained()
        return await self._list.stats()

    async def mark(self) -> bytes | None:
        return cast("bytes | None", await self._link.ask("HGET", self._account_key, "version"))

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        # To the script it is a mailbox of which the mark is the version.
        write = ("HSET", self._account_key, "version", raw(mark))
        asking = Asking(self._account_key, raw(expected or b""), writes=[write])
        [answer] = await self._link.commit([call(Names(self._account), [asking])])
        if isinstance(answer, Exception):
            raise answer.error if isinstance(answer, Failed) else answer
        return isinstance(answer, bytes)

    async def addressed(self) -> Mapping[str, int]:
        await self._opened.drained()
        return count_addressed([it async for it in self._list.bodies()])

    @property
    def _account_key(self) -> str:
        return Names(self._account).key("account")


async def migrate(url: str, account: str, lease: float, told: Callable[[int], None]) -> int:
    """Bring over what version 1 keeps of an account, all of whose processes are stopped.

    The number of messages; `told` hears how many followers are done.
    """
    link = Link(url)
    try:
        if not await is_earlier(link, account):
            return 0
        return await bring_over(link, account, await _spread(link, account), lease, told)
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
