"""Six cells of the matrix, side by side: real servers on loopback, real pushes, real signals.

`make matrix` tries all of them and writes docs/hosts.md.
"""

import asyncio
import os
from pathlib import Path

import pytest

from hosts.cells import BY_NAME, QUICK, SITUATIONS, Cell, Situation
from hosts.server import HOME
from hosts.situations import Outcome, Trial

TRIED = [(name, it) for name in QUICK for it in SITUATIONS if BY_NAME[name].has(it)]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What was seen in each cell."""
    if not (HOME / "stamp").exists() and os.environ.get("CI") != "true":
        pytest.skip("the hosts are not installed: make test does that")
    cells = [BY_NAME[name] for name in QUICK]

    async def tried(cell: Cell) -> Outcome:
        return await Trial(cell, Path(tmp_path_factory.mktemp(cell.name))).whole()

    async def all_tried() -> list[Outcome]:
        return await asyncio.gather(*map(tried, cells))

    return dict(zip(QUICK, asyncio.run(all_tried()), strict=True))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(("name", "situation"), TRIED)
def test_a_host_keeps_the_promise(
    outcomes: dict[str, Outcome], name: str, situation: Situation
) -> None:
    assert outcomes[name][situation] == ""
