"""Event loops of other threads, and of the parent that a process was forked from."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

Loop = asyncio.AbstractEventLoop


async def done_in(loop: Loop, work: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns in that loop; it goes on there if this call is cancelled."""
    return await asyncio.shield(asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, loop)))


def soon_in(loop: Loop, function: Callable[..., object], *arguments: object) -> None:
    """Have the function called in that loop; nothing, once it is closed."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(function, *arguments)


_living: "WeakKeyDictionary[Any, Callable[[Any], object]]" = WeakKeyDictionary()
_of_the_parent: list[object] = []  # what must not be closed here: it is in use there


def after_fork(it: T, forget: Callable[[T], object]) -> None:
    """Have it begin anew in a child of this process; `forget` returns what is the parent's."""
    if not _living:
        os.register_at_fork(after_in_child=_forget)
    _living[it] = forget


def _forget() -> None:
    for it, forget in tuple(_living.items()):
        _of_the_parent.append(forget(it))
