import asyncio

import pytest

import wechat
from wechat import SEALED, Request, call, push, says, text, verification
from yizhan.errors import SettingsError, StoreError
from yizhan.server.site import Site

OTHER = "anotherTokenOfTests"
METRICS = Request("GET", "/metrics")


@pytest.fixture
def accounts(make):
    """Two accounts that say who they are and count their followers' messages."""

    def named(name, **settings):
        account = make(**settings)

        @account.text
        async def count(message, session):
            session["n"] = session.get("n", 0) + 1
            return f"{name} {session['n']}"

        return account

    return [named("a", path="/a"), named("b", path="/b", token=OTHER, appid="wxb")]


@pytest.fixture
def site(accounts):
    return Site(accounts)


async def test_each_path_is_its_account_s(site):
    assert says(await call(site, push(text(), path="/a"))) == "a 1"
    assert says(await call(site, push(text(), path="/b", token=OTHER))) == "b 1"


async def test_nothing_is_shared_between_accounts(site):
    what = text()
    for _ in range(2):
        assert says(await call(site, push(what, path="/a"))) == "a 1"
        assert says(await call(site, push(what, path="/b", token=OTHER))) == "b 1"


async def test_one_account_s_token_opens_no_other(site):
    assert (await call(site, push(text(), path="/b"))).status == 403
    assert (await call(site, verification()._replace(path="/b"))).status == 403


@pytest.mark.parametrize("path", ["/", "/a/", "/A", "/wechat", "/a/healthz"])
async def test_another_path_is_404(site, caplog, path):
    answer = await call(site, push(text(), path=path))
    assert (answer.status, answer.body) == (404, b"not found")
    (record,) = [record for record in caplog.records if hasattr(record, "push")]
    assert record.push["reason"] == "path"


async def test_healthz_is_ok(site):
    assert (await call(site, Request("GET", "/healthz"))).body == b"ok"


async def test_metrics_tell_the_accounts_apart(site, accounts):
    await call(site, push(text(), path="/a"))
    await call(site, push(text(), path="/b", token=OTHER))
    await call(site, push(text(), path="/b", token="yetAnotherToken2"))
    lines = (await call(site, METRICS)).body.decode().splitlines()
    assert 'yizhan_in_flight{account="default"} 0' in lines
    assert 'yizhan_refusals_total{account="wxb",reason="signature"} 1' in lines


async def test_metrics_are_for_this_machine_only(site):
    assert (await call(site, METRICS)).status == 200
    assert (await call(site, METRICS, client=("192.0.2.1", 1))).status == 404
    assert (await call(site, METRICS.with_headers(host="evil.example"))).status == 404


@pytest.mark.parametrize(("opened", "status"), [((True, True), 200), ((True, False), 404)])
async def test_metrics_are_opened_only_when_every_account_says_so(make, opened, status):
    site = Site([make(path=f"/{n}", metrics_open=each) for n, each in enumerate(opened)])
    assert (await call(site, METRICS, client=("192.0.2.1", 1))).status == status


@pytest.mark.parametrize(
    ("setting", "first", "second"),
    [
        ("path", {}, {}),
        ("appid", {"appid": "wx1", "path": "/a"}, {"appid": "wx1", "path": "/b"}),
        (
            "store_url",
            {"store": "sqlite:///tmp/x.db", "path": "/a"},
            {"store": "sqlite:///tmp/x.db", "path": "/b"},
        ),
    ],
)
def test_what_two_accounts_cannot_share_is_refused_at_start(make, setting, first, second):
    with pytest.raises(SettingsError, match=f"two accounts share the same {setting}: "):
        Site([make(**first), make(**second)])


def test_accounts_whose_keys_are_bad_are_refused_at_start(make):
    with pytest.raises(SettingsError):
        Site([make("safe", **SEALED | {"aes_key": "short"})])


class TestLifespan:
    async def test_every_account_starts_and_stops(self, site, accounts):
        await site.start()
        assert all(account.inbox for account in accounts)
        await site.stop()
        assert not any(account.inbox for account in accounts)

    async def test_when_one_cannot_start_the_others_are_stopped(self, site, accounts, monkeypatch):
        async def fail():
            raise StoreError("engine.stopping")

        monkeypatch.setattr(accounts[1], "_start", fail)
        with pytest.raises(StoreError):
            await site.start()
        assert accounts[0].inbox is None

    async def test_the_server_is_told(self, site, accounts, monkeypatch):
        async def fail():
            raise StoreError("engine.stopping")

        monkeypatch.setattr(accounts[1], "_start", fail)
        sent = asyncio.Queue()

        async def startup():
            return {"type": "lifespan.startup"}

        await site({"type": "lifespan"}, startup, sent.put)
        assert sent.get_nowait() == {
            "type": "lifespan.startup.failed",
            "message": "the server is stopping",
        }

    async def test_all_accounts_stop_at_once_so_that_their_graces_do_not_add_up(
        self, site, accounts, monkeypatch
    ):
        all_have_begun = asyncio.Barrier(len(accounts))
        with monkeypatch.context() as patched:
            for account in accounts:
                patched.setattr(account, "stop", all_have_begun.wait)
            await asyncio.wait_for(site.stop(), 5)


def test_an_account_alone_may_be_a_site():
    assert Site([wechat.account()]).by_path.keys() == {"/wechat"}
