"""Run a coroutine on a loop whose time jumps, from a plain function."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

from yizhan.testing.loop import JumpingLoop

T = TypeVar("T")


def run(coroutine: Coroutine[object, object, T], *, debug: bool | None = None) -> T:
    """What the coroutine returns; hours in it pass in milliseconds."""
    with asyncio.Runner(debug=debug, loop_factory=JumpingLoop) as runner:
        return runner.run(coroutine)
