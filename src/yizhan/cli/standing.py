"""How an account stands: what its store, its processes' counts and its token's shelf say.

Only read: no lease is taken, no file is made, nothing of the counts is added up.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import get_args

from msgspec import Struct, structs

from yizhan import place
from yizhan.api import AsyncClient
from yizhan.api.options import options_of
from yizhan.cli.opened import Chosen, Place, opened, place_of
from yizhan.clock import SystemClock
from yizhan.errors import YizhanError
from yizhan.metrics import series
from yizhan.metrics.meter import Numbers
from yizhan.metrics.series import Series
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import filesystem
from yizhan.store.counts import folder_of
from yizhan.store.mailbox import LISTED, State
from yizhan.store.mailboxes.contract import Promise, Stats, Store
from yizhan.store.marking import settle
from yizhan.store.shelf import shelf_for

LONG = 60.0  # seconds after which a message that waits is worth a word
LISTED_AS = {
    "dead": "status.dead",
    "unknown": "status.unknown_sent",
    "uncollected": "status.uncollected",
}
RECENT = 86_400.0  # seconds for which the death of a process is told of
PATIENCE = 10.0  # seconds in which a store must answer


class Remark(Struct, frozen=True):
    """What is amiss, by a fixed name, and what to do about it."""

    code: str
    text: str


class Kept(Struct, frozen=True):
    """What the store promises, and what is in it."""

    promise: Promise
    stats: Stats


class Standing(Struct, frozen=True, kw_only=True):
    """How one account stands. `kept` is None where the store could not be asked.

    `token_until` and `last_death` are wall time. `workers` are processes by version, here.
    """

    name: str
    label: str
    store: str = ""
    kept: Kept | None = None
    workers: Mapping[str, int] = {}
    deaths: int = 0
    last_death: int = 0
    minute: int = 0
    in_flight: int = 0
    token_until: float | None = None
    quota: Mapping[str, int] = {}
    remarks: tuple[Remark, ...] = ()
    error: str = ""

    def oldest(self, wall: float) -> float | None:
        """Seconds for which the oldest message waits; None for none."""
        if self.kept is None or self.kept.stats.oldest is None:
            return None
        return max(0.0, wall - self.kept.stats.oldest)

    def fields(self, wall: float) -> dict[str, object]:
        """The same for programs."""
        oldest, kept = self.oldest(wall), self.kept
        jobs = {state: kept.stats.jobs.get(state, 0) for state in get_args(State)} if kept else None
        promise = {"name": kept.promise.name, "text": say(kept.promise.phrase)} if kept else None
        return {
            "name": self.name,
            "label": self.label,
            "store": self.store,
            "promise": promise,
            "workers": [{"version": it, "count": count} for it, count in self.workers.items()],
            "worker_deaths": self.deaths,
            "pushes_per_minute": self.minute,
            "in_flight": self.in_flight,
            "oldest_waiting_seconds": None if oldest is None else round(oldest, 1),
            "jobs": jobs,
            "followers": kept.stats.followers if kept else None,
            "token_until": at(self.token_until),
            "quota": [{"path": path, "left": left} for path, left in self.quota.items()],
            "warnings": [{"code": it.code, "text": it.text} for it in self.remarks],
            "error": self.error or None,
        }


def at(wall: float | None) -> str | None:
    """A time with its zone."""
    if wall is None:
        return None
    return datetime.fromtimestamp(wall).astimezone().isoformat(timespec="seconds")


async def standing(chosen: Chosen) -> Standing:
    """How that account stands; an error is part of it."""
    name = chosen.account
    try:
        settings, where = chosen.settings, place_of(chosen)
    except YizhanError as error:
        sentence = str(error)
        label = name or place.UNNAMED
        return Standing(
            name=name, label=label, error=sentence, remarks=(Remark("settings", sentence),)
        )
    numbers = await asyncio.to_thread(counted, where.url, settings.label)
    kept, problem = await _kept(where)
    until, paused = await _token(settings)
    found = Standing(
        name=name,
        label=settings.label,
        store=place.shown(where.url),
        kept=kept,
        workers=_by_label(numbers, series.WORKERS),
        deaths=_number(numbers, series.DEATHS),
        last_death=_number(numbers, series.LAST_DEATH),
        minute=_number(numbers, series.LAST_MINUTE),
        in_flight=_number(numbers, series.IN_FLIGHT),
        token_until=until,
        quota=_by_label(numbers, series.QUOTA),
        error=problem,
    )
    unsafe = filesystem.warning(where.url, lasts=not chosen.dev) or ""
    amiss = remarks(found, time.time(), paused=paused, unsafe=unsafe)
    return structs.replace(found, remarks=tuple(amiss))


def remarks(found: Standing, wall: float, *, paused: str, unsafe: str) -> Iterator[Remark]:
    """What is amiss, the worst first. `paused` tells why no token is fetched."""
    if found.error:
        yield Remark("store", found.error)
    if not found.workers:
        yield Remark("no_workers", say("status.no_workers"))
    for state in LISTED:
        if found.kept is not None and (count := found.kept.stats.jobs.get(state, 0)):
            yield Remark(state, say(LISTED_AS[state], count=count))
    oldest = found.oldest(wall)
    if oldest is not None and oldest > LONG:
        yield Remark("waiting", say("status.waiting", seconds=round(oldest)))
    if found.deaths and wall - found.last_death < RECENT:
        yield Remark("deaths", say("status.deaths", count=found.deaths))
    if len(found.workers) > 1:
        yield Remark("versions", say("status.versions", versions=", ".join(found.workers)))
    if paused:
        yield Remark("token", paused)
    for path, left in found.quota.items():
        if left == 0:
            yield Remark("quota", say("status.no_quota", path=path))
    if unsafe:
        yield Remark("place", unsafe)


async def _kept(where: Place) -> tuple[Kept | None, str]:
    """What is in the store; None with an error, or if no bot has made one yet."""

    async def look(store: Store, promise: Promise) -> Kept:
        await settle(store, where.identity, "look", url=where.url)
        return Kept(promise, await store.stats())

    file = place.file_of(where.url)
    if file is not None and not file.exists():
        return None, ""
    try:
        async with asyncio.timeout(PATIENCE):
            return await opened(where, look), ""
    except YizhanError as error:
        return None, str(error)
    except TimeoutError:
        return None, say("status.slow_store", seconds=f"{PATIENCE:g}")


async def _token(settings: Settings) -> tuple[float | None, str]:
    """When the stored token ends; and why none can be fetched, if that is so."""
    if not (settings.appid and settings.secret):
        return None, ""
    shelf = shelf_for(settings.store_url, settings.label, SystemClock())
    try:
        async with (
            asyncio.timeout(PATIENCE),
            AsyncClient(
                settings.appid, settings.secret, **options_of(settings, shelf=shelf)
            ) as api,
        ):
            until = await api.token_until()
            pauses = await api.pauses()
    except (YizhanError, TimeoutError) as error:
        return None, str(error)
    return until, " ".join(map(str, pauses.values()))


def counted(url: str, label: str) -> Numbers:
    """What the processes of this machine have counted; nothing where none ever ran."""
    folder = folder_of(url, label)
    if folder is not None:
        with suppress(OSError, YizhanError):
            return folder.look()
    return {}


def _number(numbers: Numbers, of: Series) -> int:
    return numbers.get((of.name,), [0])[0]


def _by_label(numbers: Numbers, of: Series) -> dict[str, int]:
    return {key[1]: it[0] for key, it in sorted(numbers.items()) if key[0] == of.name}
