"""`/metrics`: what all processes here have counted, and what the store and WeChat say."""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from yizhan.errors import StoreError, YizhanError
from yizhan.metrics import series
from yizhan.metrics.exposition import text
from yizhan.metrics.meter import Key
from yizhan.server.checks import HttpReply
from yizhan.server.quota import Quota
from yizhan.store.mailbox import State

if TYPE_CHECKING:
    from yizhan.account import Account

log = logging.getLogger("yizhan")

CONTENT_TYPE = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")
AWAY = HttpReply(503, b"busy")

STORE = 2.0  # seconds in which the store must say what is in it
KEPT = 10.0  # seconds for which that is shown again: a store may have much to count
VALIDITY = 7200  # seconds for which WeChat gives a token

Numbers = dict[Key, list[float]]


class Seen(Struct):
    """What was found out of an account that is asked for seldom, and when."""

    at: float = -1e9
    numbers: Numbers = {}


class Metrics:
    """Answers `/metrics` for these accounts."""

    def __init__(self, accounts: "Iterable[Account]") -> None:
        self.accounts = tuple(accounts)
        self._seen: dict[str, Seen] = {}
        self._quotas: dict[str, Quota] = {}

    async def reply(self) -> HttpReply:
        """Every series; 503 when what other processes have counted cannot be read just now."""
        try:
            found = [await self._of(account) for account in self.accounts]
        except (OSError, StoreError) as error:
            log.warning("%s", error)
            return AWAY
        counts = {
            it.settings.label: numbers for it, numbers in zip(self.accounts, found, strict=True)
        }
        return HttpReply(200, text(counts).encode(), (CONTENT_TYPE,))

    async def _of(self, account: "Account") -> Numbers:
        numbers = await asyncio.to_thread(self._counted, account)
        now = account.clock.monotonic()
        seen = self._seen.setdefault(account.settings.label, Seen())
        if account.inbox is not None and now >= seen.at + KEPT:
            seen.at, seen.numbers = now, await account.beside(lambda: self._asked(account))
        if account.inbox is not None:
            await account.beside(lambda: self._look(account, numbers))
        return numbers | seen.numbers

    async def _look(self, account: "Account", numbers: Numbers) -> None:
        quota = self._quotas.setdefault(account.settings.label, Quota(account))
        quota.look(numbers)

    def _counted(self, account: "Account") -> Numbers:
        file = account.meter.file
        if file is None:  # no other process shares the store
            return {key: list(map(float, it)) for key, it in account.meter.numbers()}
        return {key: list(map(float, it)) for key, it in file.folder.sums().items()}

    async def _asked(self, account: "Account") -> Numbers:
        """What the store and the token's shelf say now."""
        numbers: Numbers = {}
        up = False
        with suppress(YizhanError, TimeoutError):
            async with asyncio.timeout(STORE):
                numbers |= await self._in_store(account)
                up = True
        with suppress(YizhanError, TimeoutError):
            async with asyncio.timeout(STORE):
                numbers |= await self._token(account)
        return numbers | {(series.STORE_UP.name,): [up]}

    async def _in_store(self, account: "Account") -> Numbers:
        assert account.inbox is not None  # noqa: S101  # as was asked before
        stats = await account.inbox.store.stats()
        numbers: Numbers = {
            (series.JOBS.name, state): [stats.jobs.get(state, 0)] for state in get_args(State)
        }
        wall = account.clock.wall()
        oldest = 0.0 if stats.oldest is None else max(0.0, wall - stats.oldest)
        numbers[series.OLDEST.name,] = [round(oldest, 3)]
        return numbers

    async def _token(self, account: "Account") -> Numbers:
        if not account.may_call:
            return {}
        until = await account.api.token_until()
        if until is None:
            return {}
        return {(series.TOKEN_AGE.name,): [round(account.clock.wall() + VALIDITY - until)]}
