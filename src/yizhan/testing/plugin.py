"""The pytest plugin: the fixture `wechat`, and async tests that need no other plugin."""

import inspect
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from yizhan.testing.simulator import Simulator

FIXTURE = "wechat"


@pytest.fixture
def wechat() -> "type[Simulator]":
    """Puts WeChat around a bot: `async with wechat(account) as chat: …`."""
    from yizhan.testing.simulator import Simulator

    return Simulator


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run an async test that uses the fixture, unless another plugin runs it."""
    function = pyfuncitem.obj
    if FIXTURE not in pyfuncitem.fixturenames or not inspect.iscoroutinefunction(function):
        return None
    from yizhan.testing.running import run

    names = pyfuncitem._fixtureinfo.argnames
    run(function(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True
