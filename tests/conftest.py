import os
import signal

import pytest
from hypothesis import HealthCheck, settings

import wechat

# A busy machine must not fail a property; with CI=true the examples are the same each time.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")

# A shell that runs the tests in the background has them, and what they start, ignore Ctrl-C.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Under nohup they ignore the end of a terminal, too.
if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def own_settings(monkeypatch, tmp_path):
    """No test reads the settings of the machine it runs on, or its language."""
    for name in [name for name in os.environ if name.startswith("YIZHAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("YIZHAN_CONFIG", str(tmp_path / "yizhan.toml"))
    monkeypatch.setenv("YIZHAN_LANG", "en")
    (tmp_path / "yizhan.toml").touch()


@pytest.fixture
async def make():
    """Makes accounts whose engines end with the test."""
    made = []

    def account(mode="plain", **settings):
        made.append(wechat.account(mode, **settings))
        return made[-1]

    yield account
    for each in made:
        await each.stop()
