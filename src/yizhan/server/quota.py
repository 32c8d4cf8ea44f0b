"""How many calls WeChat still allows today: asked now and then, while somebody reads `/metrics`."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from yizhan.errors import YizhanError
from yizhan.metrics import series
from yizhan.metrics.meter import OTHER, Key

if TYPE_CHECKING:
    from yizhan.account import Account

QUOTA = "/cgi-bin/openapi/quota/get"
UNASKED = frozenset({OTHER, QUOTA, "/cgi-bin/stable_token", "/cgi-bin/token"})
EVERY = 600.0  # seconds
MOST = 5  # paths, those that are called most


class Quota:
    """Asks for one account."""

    def __init__(self, account: "Account") -> None:
        self.account = account
        self._due = 0.0
        self._asking: asyncio.Task[None] | None = None

    def look(self, numbers: Mapping[Key, Sequence[float]]) -> None:
        """Ask in the background for the paths that were called, if it is time to."""
        now = self.account.clock.monotonic()
        if now < self._due or not (self.account.may_call and (paths := called(numbers))):
            return
        self._due = now + EVERY
        self._asking = asyncio.get_running_loop().create_task(self._ask(paths))

    async def _ask(self, paths: Sequence[str]) -> None:
        try:
            for path in paths:
                answer = await self.account.api.post(QUOTA, json={"cgi_path": path})
                if (left := left_in(answer)) is not None:
                    self.account.meter.set(series.QUOTA, left, path)
        except YizhanError:  # the log has it; it is asked again
            return


def called(numbers: Mapping[Key, Sequence[float]]) -> list[str]:
    """The paths of the API that were called most, of those with a quota."""
    counts: dict[str, float] = {}
    for (name, *labels), (count, *_) in numbers.items():
        if name == series.CALLS.name and labels[0] not in UNASKED:
            counts[labels[0]] = counts.get(labels[0], 0) + count
    return sorted(counts, key=lambda path: (-counts[path], path))[:MOST]


def left_in(answer: Mapping[str, object]) -> int | None:
    """How many calls are left, by that answer; None where it does not say."""
    quota = answer.get("quota")
    left = quota.get("remain") if isinstance(quota, dict) else None
    return left if isinstance(left, int) and left >= 0 else None
