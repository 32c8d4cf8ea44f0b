"""Stories played at the same time: most of each is waiting."""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from scenarios.evidence import Evidence
from scenarios.scale import fresh_seed

Story = Callable[[str], Coroutine[Any, Any, Evidence]]


def together(what: str, stories: Mapping[str, Story]) -> dict[str, Evidence]:
    """What each story left, by its name; each is given a seed of its own."""
    seed = fresh_seed()
    print(f"\n{what}, seed {seed}")

    async def every() -> list[Evidence]:
        return await asyncio.gather(*(play(f"{name} {seed}") for name, play in stories.items()))

    found = dict(zip(stories, asyncio.run(every()), strict=True))
    for name, evidence in found.items():
        print(f"{name}: {evidence.summary()}")
    return found
