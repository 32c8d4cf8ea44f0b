"""Many listed messages put back at once, with a bar that tells how far it is."""

import asyncio
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, get_args

import click
from msgspec import Struct

from yizhan.cli.api import count_bar
from yizhan.cli.opened import Chosen, with_store
from yizhan.cli.telling import ask, tell
from yizhan.inbox import upkeep
from yizhan.phrases import say
from yizhan.store.asking import changed
from yizhan.store.mailbox import LISTED, State
from yizhan.store.mailboxes.contract import Store, Whole

EVERY = 1_000_000  # messages: listed ones are few
TOGETHER = 100  # messages that share the store's commits
SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


if TYPE_CHECKING:
    Seconds = click.ParamType[float]
else:
    Seconds = click.ParamType  # which takes no type in the lowest version of click


class Duration(Seconds):
    """A time such as 30m, 2h or 7d, in seconds."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds of it."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(\d+)([smhd])", str(value).strip())
        if found is None:
            self.fail(say("cli.duration", given=value), param, ctx)
        return float(found[1]) * SECONDS[found[2]]


class Asked(Struct, frozen=True):
    """Which messages: their state, and for how long they have been in it at the most."""

    state: State
    since: float | None = None


def listed(chosen: Chosen, asked: Asked) -> list[Whole]:
    """The messages that are asked for, the newest first."""

    async def fetch(store: Store) -> Sequence[Whole]:
        return await store.jobs(asked.state, EVERY, None)

    earliest = 0.0 if asked.since is None else time.time() - asked.since
    return [it for it in with_store(chosen, fetch) if it.latest.updated >= earliest]


def retry_all(
    chosen: Chosen, asked: Asked, show: Callable[[Sequence[Whole]], None], *, yes: bool, dry: bool
) -> None:
    """Put them back, once a person has said yes; `dry` shows them and changes nothing."""
    wholes = listed(chosen, asked)
    if not wholes:
        tell(say("cli.jobs_empty"), err=True)
        return
    if dry:
        show(wholes)
        tell(say("cli.jobs_would_retry", count=len(wholes)), err=True)
        return
    if not yes:
        if asked.state == "unknown":
            tell(say("cli.jobs_unknown_all"), err=True)
        sure = say("cli.jobs_retry_sure", count=len(wholes), state=asked.state)
        ask(sure)
    done = with_store(chosen, partial(_put_back, wholes))
    tell(say("cli.jobs_retried_all", count=done))
    if left := len(wholes) - done:
        tell(say("cli.jobs_changed", count=left), colour="yellow", err=True)
        sys.exit(1)


async def _put_back(wholes: Sequence[Whole], store: Store) -> int:
    """How many of them were still listed, and are back in line."""
    done = 0
    with count_bar(say("column.message"), len(wholes)) as progress:
        for start in range(0, len(wholes), TOGETHER):
            batch = wholes[start : start + TOGETHER]
            done += sum(await asyncio.gather(*(_retried(store, it) for it in batch)))
            progress(start + len(batch))
    return done


async def _retried(store: Store, whole: Whole) -> bool:
    key = whole.message.key
    return await changed(store, whole.message.openid, partial(upkeep.retry, key=key), [key])


def checked(key: str | None, state: str | None, since: float | None, dry: bool) -> Asked | None:
    """What is asked for in bulk; None for one key. UsageError for what does not fit together."""
    if (key is None) == (state is None) or (key is not None and (since is not None or dry)):
        raise click.UsageError(say("cli.jobs_retry_which"))
    if state is None:
        return None
    assert state in get_args(State)  # noqa: S101  # click has checked it
    return Asked(state, since)  # type: ignore[arg-type]  # as was just asserted


STATES = click.Choice(LISTED)
