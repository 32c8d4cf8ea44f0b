import os

import pytest

import wechat


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
