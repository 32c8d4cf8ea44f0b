"""The desk, as the engine's own tests have it."""

from inbox.conftest import log, open_desk, pytest_asyncio_loop_factories

__all__ = ["log", "open_desk", "pytest_asyncio_loop_factories"]
