"""What is told of each call, by the log and to `on_call`; and calls that may take so long only."""

import asyncio
import logging
from contextlib import suppress

import pytest

from api.described import OPENID
from api.wechat_api import PICTURE, WeChatApi, refuses, says
from yizhan import Account
from yizhan.api import AsyncClient, CallReport, Client, HttpTransport, Response, caller
from yizhan.api.caller import transport_of
from yizhan.errors import APIError, SettingsError, Unreachable, Unsent, UserStateError
from yizhan.testing import run

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
SEND, INFO, STABLE = "/cgi-bin/message/custom/send", "/cgi-bin/user/info", "/cgi-bin/stable_token"
WORDS = "a follower's own words"
TEXT = {"touser": OPENID, "msgtype": "text", "text": {"content": WORDS}}
LOST = Unreachable("api.unknown", problem="ServerDisconnectedError")
NEVER = Unsent("api.unreachable", host="api.weixin.qq.com", problem="refused")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(caller, "PAUSES", (0.0, 0.0))


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
def reports():
    return []


@pytest.fixture
async def client(wechat, reports):
    async with AsyncClient(APPID, SECRET, transport=wechat, on_call=reports.append) as client:
        await client.access_token()
        reports.clear()
        yield client


def told(reports):
    """The reports without what takes time."""
    assert all(report.ms >= 0 for report in reports)
    return [(each.path, each.errcode, each.tries, each.error) for each in reports]


@pytest.mark.parametrize(
    ("script", "report"),
    [
        ([], (INFO, 0, 1, "")),
        ([LOST], (INFO, 0, 2, "")),
        ([refuses(-1), NEVER], (INFO, 0, 3, "")),
        ([refuses(40003)], (INFO, 40003, 1, "UserStateError")),
        ([LOST] * 3, (INFO, 0, 3, "Unreachable")),
        ([NEVER] * 3, (INFO, 0, 3, "Unsent")),
        ([Response(200, {}, b"[]")], (INFO, 0, 1, "APIError")),
    ],
)
async def test_each_call_is_reported_once(client, wechat, reports, script, report):
    wechat.script = script
    with suppress(APIError, Unreachable, Unsent):
        await client.user.info(openid=OPENID)
    assert told(reports) == [report]


async def test_the_fetch_of_a_token_is_a_call_as_well(client, wechat, reports):
    wechat.script = [refuses(42001)]
    await client.user.info(openid=OPENID)
    assert told(reports) == [(STABLE, 0, 1, ""), (INFO, 0, 2, "")]


async def test_so_is_one_that_is_cancelled(client, wechat, reports):
    wechat.seconds = 60.0
    call = asyncio.ensure_future(client.user.info(openid=OPENID))
    await asyncio.sleep(0.01)  # it is sent by then
    call.cancel()
    await asyncio.wait({call})
    assert told(reports) == [(INFO, 0, 1, "CancelledError")]


async def test_what_the_hook_raises_is_logged_and_not_the_call_s(wechat, caplog):
    def broken(report):
        raise ZeroDivisionError

    async with AsyncClient(APPID, SECRET, transport=wechat, on_call=broken) as client:
        assert (await client.user.info(openid=OPENID))["openid"] == OPENID
    assert "ZeroDivisionError" in caplog.text


async def test_an_account_has_the_hook_too(wechat, reports):
    account = Account(
        token="reportsofcalls2026",
        appid=APPID,
        secret=SECRET,
        store="memory://",
        on_call=reports.append,
    )

    account.transport = wechat
    await account.api.user.info(openid=OPENID)
    await account.api.close()
    assert [report.path for report in reports] == [STABLE, INFO]


def test_the_blocking_client_has_it(wechat, reports):
    with Client(APPID, SECRET, transport=wechat, on_call=reports.append) as client:
        client.user.info(openid=OPENID)
    assert [report.path for report in reports] == [STABLE, INFO]


@pytest.mark.parametrize(
    ("script", "level", "line"),
    [
        ([], "DEBUG", f"{SEND}: N ms, errcode 0, tries 1"),
        ([NEVER], "INFO", f"{SEND}: N ms, errcode 0, tries 2"),
        ([refuses(45015)], "INFO", f"{SEND}: N ms, errcode 45015, tries 1, UserStateError"),
        ([LOST], "INFO", f"{SEND}: N ms, errcode 0, tries 1, Unreachable"),
    ],
)
async def test_the_log_has_a_line_for_each_call(client, wechat, caplog, script, level, line):
    wechat.script = script
    caplog.set_level(logging.DEBUG, "yizhan.api")
    with suppress(UserStateError, Unreachable):
        await client.message.custom.send(**TEXT)
    [record] = [each for each in caplog.records if each.name == "yizhan.api"]
    report = record.call
    assert isinstance(report, CallReport)
    assert record.levelname == level
    assert record.getMessage().replace(f"{report.ms:.1f}", "N") == line


async def test_no_line_holds_a_token_a_secret_or_a_follower_s_words(client, wechat, caplog):
    caplog.set_level(logging.DEBUG)
    for script in ([], [refuses(40001)], [LOST], [NEVER] * 3, [refuses(47001, WORDS)]):
        wechat.script = script
        with suppress(APIError, Unreachable, Unsent):
            await client.post(f"{SEND}?access_token=token-0", json=TEXT)
    assert "tries 3" in caplog.text
    for secret in ("token-", SECRET, WORDS, OPENID):
        assert secret not in caplog.text


class Slow(WeChatApi):
    """Answers the paths that are slow after an hour."""

    def __init__(self, *slow, error=None):
        super().__init__()
        self.slow = slow
        self.error = error

    async def send(self, method, url, headers, body, sink=None):
        if url.partition("?")[0].removeprefix("https://api.weixin.qq.com") in self.slow:
            if self.error is not None:
                raise self.error
            await asyncio.sleep(3600)
        return await super().send(method, url, headers, body, sink)


CALLS = {
    "attribute": lambda client: client.user.info(openid=OPENID, timeout=3),
    "get": lambda client: client.get(INFO, openid=OPENID, timeout=3),
    "call": lambda client: client.call(INFO, openid=OPENID, timeout=3),
    "post": lambda client: client.post(INFO, json={"openid": OPENID}, timeout=3),
    "upload": lambda client: client.upload(INFO, PICTURE, timeout=3),
}


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize(
    ("slow", "error", "said"),
    [
        (INFO, Unreachable, f"{INFO}: no answer within 3 s"),
        (STABLE, Unsent, f"{INFO}: not sent within 3 s"),
    ],
)
def test_a_call_may_take_so_long_and_says_what_is_known(kind, slow, error, said):
    async def called():
        async with AsyncClient(APPID, SECRET, transport=Slow(slow)) as client:
            begun = asyncio.get_running_loop().time()
            with pytest.raises(error, match=said):
                await CALLS[kind](client)
            return asyncio.get_running_loop().time() - begun

    assert run(called()) == pytest.approx(3)


def test_tries_and_their_pauses_count(monkeypatch):
    monkeypatch.setattr(caller, "PAUSES", (2.0, 3600.0))

    async def called():
        async with AsyncClient(APPID, SECRET, transport=Slow(SEND, error=NEVER)) as client:
            with pytest.raises(Unsent, match="not sent within 5 s"):
                await client.message.custom.send(**TEXT, timeout=5)

    run(called())


def test_so_does_a_download_and_what_it_leads_to(tmp_path, monkeypatch):
    class Store(WeChatApi):
        async def send(self, *request):
            await asyncio.sleep(3600)

    monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: Store())
    folder = tmp_path / "saved"
    folder.mkdir()

    async def called():
        wechat = WeChatApi()
        async with AsyncClient(APPID, SECRET, transport=wechat) as client:
            await client.access_token()
            wechat.script = [says(video_url="http://vweixinf.tc.qq.com/1.mp4")]
            with pytest.raises(Unreachable, match=r"vweixinf\.tc\.qq\.com"):
                await client.download("/cgi-bin/media/get", folder, timeout=3)
            with pytest.raises(Unreachable, match=r"qpic\.cn"):
                await client.fetch("http://qpic.cn/0", folder, timeout=3)
            return asyncio.get_running_loop().time()

    assert run(called()) == pytest.approx(6)
    assert list(folder.iterdir()) == []


async def test_a_time_that_is_none_is_refused(client):
    with pytest.raises(TypeError, match="seconds"):
        await client.user.info(openid=OPENID, timeout="3")


def test_a_proxy_beside_a_transport_is_the_transport_s():
    given = HttpTransport(total=60.0)
    made = transport_of({"transport": given, "proxy": "http://127.0.0.1:3128"})
    assert (made.proxy, made._total, given.proxy) == ("http://127.0.0.1:3128", 60.0, None)
    assert transport_of({"transport": given}) is given


def test_or_refused_where_that_takes_none(wechat):
    with pytest.raises(SettingsError, match="WeChatApi"):
        AsyncClient(APPID, SECRET, transport=wechat, proxy="http://127.0.0.1:3128")


async def test_files_go_by_the_transport_s_own_proxy(monkeypatch, tmp_path):
    seen = []
    store = WeChatApi([Response(200, {"content-type": "image/png"}, b"png")])
    monkeypatch.setattr(
        "yizhan.api.client.guarded_transport", lambda proxy: seen.append(proxy) or store
    )
    transport = HttpTransport(proxy="http://127.0.0.1:3128")
    async with AsyncClient(APPID, SECRET, transport=transport) as client:
        await client.fetch("http://qpic.cn/0", tmp_path / "x.png")
    assert seen == ["http://127.0.0.1:3128"]
