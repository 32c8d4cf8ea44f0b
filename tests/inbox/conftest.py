import asyncio
import logging
from collections.abc import Callable

import pytest

from desk import Desk
from yizhan.testing.loop import JumpingLoop


def pytest_configure(config):
    config.addinivalue_line("markers", "real_time: runs on an ordinary loop")


def pytest_asyncio_loop_factories(config, item):
    real = item.get_closest_marker("real_time")
    return {"ordinary": asyncio.SelectorEventLoop} if real else {"jumping": JumpingLoop}


class Log(logging.Handler):
    """What the engine warned of; a test takes what it expects, and nothing may be left."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.getMessage()}")

    def tells(self, *fragments: str) -> bool:
        """Whether lines hold all of these; they are taken off."""
        others = [line for line in self.lines if not all(part in line for part in fragments)]
        told = len(others) < len(self.lines)
        self.lines = others
        return told


@pytest.fixture
def log():
    handler = Log()
    logging.getLogger("yizhan").addHandler(handler)
    yield handler
    logging.getLogger("yizhan").removeHandler(handler)
    assert handler.lines == []


@pytest.fixture
async def open_desk(log) -> Callable[..., Desk]:
    """Opens a desk; its processes end with the test, and no failure may have gone unseen."""
    opened: list[Desk] = []

    async def opening(setup, **settings):
        desk = await Desk.open(setup, **settings)
        desk.loop.set_exception_handler(lambda loop, context: unseen.append(context))
        opened.append(desk)
        return desk

    unseen: list[dict[str, object]] = []
    yield opening
    for desk in (desk for first in opened for desk in first.world.desks):
        if not desk.way.dead:
            await desk.stop()
    assert unseen == []
