"""A store in Redis, shared by processes on several machines.

Every method is one script, so atomic and one round trip, and what is asked at the same
time shares it. The rules are those of
`rules.py`, in Lua: see `scripts/common.lua` for how things are kept.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import count
from typing import Literal, cast, get_args
from uuid import uuid4

from msgspec import UNSET, UnsetType
from redis import exceptions
from redis.asyncio import Redis, RedisCluster

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.addressed import addressee
from yizhan.store.contract import (
    RESERVE,
    Arrival,
    Claimed,
    Follower,
    Job,
    Outcome,
    Part,
    Promise,
    Route,
    Shown,
    State,
    Stats,
    Taken,
)
from yizhan.store.redis_client import Argument, Script, client_for, close, patiently, value_of
from yizhan.store.redis_pipeline import Pipeline
from yizhan.store.redis_pulse import Pulse
from yizhan.store.redis_replies import (
    Reply,
    claimed,
    follower,
    items,
    job,
    number,
    parts,
    stats,
    steps,
    taken,
    text,
)
from yizhan.store.tables import BATCH
from yizhan.store.upkeep import FEW, SHARE

ONCE = ("claim", "finish", "send")  # scripts that know a repeated call by its number
MOST_UNSURE = 1000
PAGE = 500  # jobs that are looked at together

CHANGE = """
if redis.call('get', KEYS[1]) ~= ARGV[1] then
  return 0
end
redis.call('set', KEYS[1], ARGV[2])
return 1
"""


class RedisStore:
    """Jobs in Redis, below keys that begin with the account as hash tag."""

    def __init__(self, url: str, account: str, clock: Clock) -> None:
        self._url = url
        self._clock = clock
        self._base = f"{{{account}}}:"
        self._leases = f"{self._base}leases"
        self._mark = f"{self._base}mark"
        self._id = uuid4().hex[:12]
        self._calls = count(1)
        self._unsure: dict[tuple[Argument, ...], int] = {}
        self._client = client_for(url)
        self._scripts: dict[str, Script] = {}
        cluster = isinstance(self._client, RedisCluster)
        self._pipeline = None if cluster else Pipeline(cast(Redis, self._client))
        self._pulse = Pulse(self._client, f"{{{account}}}:pulse", self._id)

    async def open(self) -> Promise:
        await self._run("stats")
        return await self._promise()

    async def _promise(self) -> Promise:
        if isinstance(self._client, RedisCluster):
            return _promise("unknown")
        try:
            config = await patiently(lambda: self._client.config_get("append*", "save"))
        except StoreError as error:
            if isinstance(error.__cause__, exceptions.ResponseError):
                return _promise("unknown")
            raise
        return _promise(_durability(config))

    async def close(self) -> None:
        await self._pulse.close()
        await close(self._client)

    async def pulse(self) -> None:
        await self._pulse.wait()

    async def mark(self) -> bytes | None:
        return await value_of(self._client, self._mark)

    async def change_mark(self, before: bytes | None, after: bytes) -> bool:
        if before is None:
            put = await patiently(lambda: self._client.set(self._mark, after, nx=True))
        else:
            words = (self._mark, before, after)
            put = await patiently(lambda: self._client.eval(CHANGE, 1, *words))
        return bool(put)

    async def addressed(self) -> dict[str, int]:
        total: Counter[str] = Counter()
        for state in get_args(State):
            total += await self._addressed(f"{self._base}state:{state}")
        return dict(total)

    async def _addressed(self, index: str) -> Counter[str]:
        """The same of the jobs in one index, some at a time."""
        found: Counter[str] = Counter()
        for start in count(0, PAGE):
            page = partial(self._client.zrange, index, start, start + PAGE - 1)
            keys = cast(Sequence[Reply], await patiently(page))
            found.update(
                addressee(job.message) for job in await self.look([text(key) for key in keys])
            )
            if len(keys) < PAGE:
                break
        return found

    async def claim(self, arrival: Arrival) -> Claimed:
        binding = arrival.binding
        bound = (binding.signature, binding.digest, _milliseconds(binding.keep)) if binding else ()
        reply = await self._run(
            "claim",
            arrival.key,
            arrival.openid,
            arrival.message,
            arrival.owner,
            int(arrival.ordered),
            arrival.window,
            int(arrival.pickup),
            *bound,
            wall=arrival.at,
        )
        return claimed(reply)

    async def due(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(map(text, items(await self._run("due", *keys))))

    async def turn(self, key: str, owner: str) -> Follower | None:
        reply = await self._run("turn", key, owner)
        return None if reply is None else follower(reply)

    async def finish(self, key: str, owner: str, outcome: Outcome) -> Taken | None:
        reply = await self._run(
            "finish",
            key,
            owner,
            outcome.state,
            outcome.route,
            outcome.note,
            _milliseconds(RESERVE) if outcome.reserve else "",
            *_change(outcome.session),
            *_change(outcome.dialog),
            int(outcome.forget),
            *outcome.parts,
        )
        return None if reply is None else taken(reply)

    async def take(
        self,
        key: str,
        openid: str,
        owner: str,
        *,
        otherwise: bytes | None = None,
        shown: Shown = "",
        overtake: bool = False,
    ) -> Taken:
        told = () if otherwise is None else (otherwise, shown)
        held = _milliseconds(RESERVE)
        return taken(await self._run("take", key, openid, owner, held, int(overtake), *told))

    async def release(self, key: str, owner: str, *, unsaid: bool = False) -> None:
        await self._run("release", key, owner, int(unsaid))

    async def settle(
        self,
        key: str,
        openid: str,
        reply: bytes,
        carried: Sequence[Part],
        shown: Shown,
        *,
        cut: Part | None = None,
    ) -> None:
        places = [word for part in carried for word in (part.key, part.index)]
        await self._run("settle", key, openid, reply, shown, *_place(cut), *places)

    async def owed(self, openid: str) -> tuple[str, ...]:
        return tuple(map(text, items(await self._run("owed", openid))))

    async def reroute(self, key: str, owner: str) -> tuple[Part, ...]:
        return parts(await self._run("reroute", key, owner))

    async def send(
        self, key: str, owner: str, count: int, quota: Mapping[str, tuple[float, int]], at: float
    ) -> str | None:
        windows = [
            word for name, (seconds, most) in quota.items() for word in (name, seconds, most)
        ]
        reply = await self._run("send", key, owner, count, at, *windows)
        return reply.decode() if isinstance(reply, bytes) else None

    async def sent(
        self, key: str, owner: str, count: int, *, cut: Part | None = None, shown: Shown = ""
    ) -> None:
        await self._run("sent", key, owner, count, shown, *_place(cut))

    async def unsent(
        self, key: str, owner: str, state: Literal["ready", "unknown"], route: Route, note: str
    ) -> None:
        await self._run("unsent", key, owner, state, route, note)

    async def renew(self, owner: str) -> frozenset[str]:
        return frozenset(map(text, items(await self._run("renew", owner))))

    async def recover(self, owner: str, lease: float, tries: int, limit: int) -> tuple[Job, ...]:
        reply = await self._run("recover", owner, _milliseconds(lease), tries, limit)
        return tuple(map(job, items(reply)))

    async def leave(self, owner: str) -> None:
        await self._run("leave", owner)

    async def look(self, keys: Collection[str]) -> tuple[Job, ...]:
        return tuple(map(job, items(await self._run("look", *keys))))

    async def step(self, key: str, owner: str, name: str, value: bytes) -> bool:
        return bool(await self._run("step", key, owner, name, value))

    async def steps(self, key: str) -> dict[str, bytes]:
        return steps(await self._run("steps", key))

    async def follower(self, openid: str) -> Follower:
        return follower(await self._run("follower", openid))

    async def jobs(self, state: State | None, limit: int, before: float | None) -> tuple[Job, ...]:
        reply = await self._run("jobs", state or "", limit, "" if before is None else before)
        return tuple(map(job, items(reply)))

    async def count(self, openid: str) -> int:
        return number(await self._run("count", openid))

    async def retry(self, key: str) -> bool:
        return bool(await self._run("retry", key))

    async def give_up(self, key: str, note: str) -> bool:
        return bool(await self._run("give_up", key, note))

    async def drop(self, key: str) -> bool:
        return bool(await self._run("drop", key))

    async def forget(self, openid: str, *, until: str | None = None) -> int:
        return number(await self._run("forget", openid, *([] if until is None else [until])))

    async def prune(self, at: float, keep: float, collect: float, idle: float | None = None) -> int:
        ages = (at - keep, at - collect, at - (keep if idle is None else idle))
        deleted = listed = dropped = skip = 0
        while True:
            limits = (skip, BATCH, FEW, SHARE, listed, dropped)
            done = map(number, items(await self._run("prune", *ages, *limits)))
            jobs, new, gone, left = done
            deleted, listed = deleted + jobs, listed + new
            dropped, skip = dropped + gone, skip + left
            if not jobs + new + gone + left:
                return deleted + listed

    async def stats(self) -> Stats:
        return stats(await self._run("stats"))

    async def _run(self, script: str, *arguments: Argument, wall: float | None = None) -> Reply:
        run = self._scripts.get(script) or self._script(script)
        asked = (script, *arguments)
        number = self._unsure.pop(asked, 0) or next(self._calls)
        now = self._clock.wall() if wall is None else wall
        words = (now, self._id, number, *arguments)
        try:
            return cast(Reply, await patiently(lambda: self._sent(run, words)))
        except BaseException:
            self._keep_number(asked, number)
            raise

    async def _sent(self, script: Script, words: Sequence[Argument]) -> object:
        if self._pipeline is None:
            return await script([self._leases], words)
        return await self._pipeline.run(script, self._leases, words)

    def _keep_number(self, asked: tuple[Argument, ...], number: int) -> None:
        """Whoever asks the same again, not knowing whether it was done, gets its first answer."""
        if asked[0] in ONCE:
            self._unsure[asked] = number
            if len(self._unsure) > MOST_UNSURE:
                del self._unsure[next(iter(self._unsure))]

    def _script(self, name: str) -> Script:
        script = self._client.register_script(source(name))
        self._scripts[name] = script
        return script


@cache
def source(name: str) -> str:
    """A script's text, with what all have in common."""
    folder = files("yizhan.store") / "scripts"
    return "\n".join((folder / f"{part}.lua").read_text("utf-8") for part in ("common", name))


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _change(value: bytes | UnsetType | None) -> tuple[str, bytes]:
    """What is to become of a session or a dialog, and its new value."""
    if value is UNSET:
        return "leave", b""
    return ("erase", b"") if value is None else ("set", value)


def _place(part: Part | None) -> tuple[str, int, bytes]:
    """A part in three words; without one, of no job."""
    return ("", 0, b"") if part is None else (part.key, part.index, part.body)


def _durability(config: Mapping[str | None, str | None]) -> str:
    """The name of what these settings promise."""
    if config.get("appendonly") == "yes":
        return config.get("appendfsync") or "unknown"
    return "snapshot" if config.get("save") else "memory"


def _promise(name: str) -> Promise:
    return Promise(f"redis {name}", f"store.redis_{name}")
