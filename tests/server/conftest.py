"""What several tests of the server start with."""

from concurrent.futures import ThreadPoolExecutor

import pytest


@pytest.fixture
def pool():
    """Threads for pushes that come at the same time."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def reasons(caplog):
    """The reason codes that were logged, in order."""
    caplog.set_level("WARNING", "yizhan")

    def logged():
        lines = [getattr(record, "push", {}) for record in caplog.records]
        return [line["reason"] for line in lines if "reason" in line]

    return logged
