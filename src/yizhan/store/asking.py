"""Awaiting what a store calls back: one rule, applied to one follower's mailbox."""

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import TypeVar

from yizhan.store.applying import Lease
from yizhan.store.mailbox import Change, Rule, View, part_name
from yizhan.store.mailboxes.contract import Store, Whole

T = TypeVar("T")


async def changed(
    store: Store, openid: str, rule: Rule[T], keys: Iterable[str] = (), guard: Lease | None = None
) -> T:
    """The rule's result, once it is committed. Who is cancelled meanwhile does not undo it."""
    done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    store.change(openid, rule, partial(settle, done), keys=keys, guard=guard)
    return await done


def settle(future: "asyncio.Future[T]", result: T | Exception) -> None:
    """Give it the result or the error, unless whoever waited was cancelled."""
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)


async def seen(store: Store, openid: str, keys: Iterable[str] = ()) -> View:
    """The mailbox with its rows, and the rows of these messages; nothing is changed."""
    return await changed(store, openid, partial(Change), keys)  # one of its own: see `change`


async def undelivered(store: Store, wholes: Iterable[Whole]) -> dict[str, tuple[bytes, ...]]:
    """By key, the bodies of what is left to deliver of these messages.

    Each follower's mailbox is read once.
    """
    of: dict[str, list[Whole]] = {}
    for whole in wholes:
        of.setdefault(whole.message.openid, []).append(whole)
    found: dict[str, tuple[bytes, ...]] = {}
    for openid, theirs in of.items():
        view = await seen(store, openid)
        found |= {whole.message.key: _bodies(view, whole) for whole in theirs}
    return found


def _bodies(view: View, whole: Whole) -> tuple[bytes, ...]:
    """The parts in hand; of a message that has left its mailbox, those that lie in rows."""
    job = view.box.job(whole.message.key)
    if job is None:
        prefix = part_name(whole.message, 0).removesuffix("0")
        rows = {int(it.removeprefix(prefix)): it for it in view.rows if it.startswith(prefix)}
        return tuple(view.rows[rows[index]] for index in sorted(rows))
    rowed = ((part, view.rows.get(part_name(job, part.index))) for part in job.parts)
    return tuple(part.body or row or b"" for part, row in rowed)
