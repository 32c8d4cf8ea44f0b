"""The end of one process among several on a loop: nothing that it began goes on."""

import asyncio
from collections.abc import Callable, Collection
from contextvars import Context
from typing import Any


def end(
    loop: Any, tasks: Collection["asyncio.Task[Any]"], is_its: Callable[[Context], bool]
) -> list["asyncio.Task[Any]"]:
    """Cancel its tasks and its timers, and what it was about to do; those tasks.

    The loop knows whose a callback is by the context in which it was begun.
    """
    for handle in (*loop._scheduled, *loop._ready):
        if is_its(handle._context) and not _wakes_a_task(handle):
            handle.cancel()
    others = [task for task in tasks if task is not asyncio.current_task(loop)]
    for task in others:
        task.cancel()
    return others


def _wakes_a_task(handle: asyncio.Handle) -> bool:
    """A task that is cancelled has to be woken once more."""
    return isinstance(getattr(handle._callback, "__self__", None), asyncio.Task)
