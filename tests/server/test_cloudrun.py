"""云托管: pushes that are known by a header, in XML and in JSON, and calls without a token."""

import json
import logging
import subprocess

import pytest

import wechat
from faces import FACES
from served import YIZHAN, environment, serving
from wechat import (
    ACCOUNT,
    APPID,
    FAN,
    Request,
    call,
    document,
    event,
    fields,
    image,
    push,
    says,
    text,
)
from wire.test_push import BAD_FIELDS
from yizhan import Account, Image
from yizhan.api.transport import Response
from yizhan.errors import SettingsError
from yizhan.server import cloudrun
from yizhan.settings import load

HEADER = {"x-wx-source": "wx_server"}
FORMS = {
    "xml": (document, "text/xml", b"<xml>"),
    "json": (lambda what: json.dumps(what, ensure_ascii=False).encode(), "application/json", b"{"),
}
PROBES = {
    "json": b'{"action":"CheckContainerPath"}',
    "spaced": b'{\n  "action": "CheckContainerPath"\n}\n',
    "xml": b"<xml><action><![CDATA[CheckContainerPath]]></action></xml>",
    "word": b"CheckContainerPath",
}


@pytest.fixture(params=FACES)
def face(request):
    """How requests reach the account."""
    return FACES[request.param]


@pytest.fixture(params=FORMS)
def form(request):
    return request.param


@pytest.fixture(autouse=True)
def there(monkeypatch):
    monkeypatch.setenv(cloudrun.RUNS_THERE, "prod-1")


@pytest.fixture
def account(make):
    made = make("cloudrun", token="", appid=APPID, original_id=ACCOUNT)
    made.reached = []

    @made.text
    async def echo(message):
        made.reached.append(message)
        return message.content

    @made.image
    async def picture(message):
        made.reached.append(message)
        return Image(message.media_id)

    @made.fallback
    async def rest(message):
        made.reached.append(message)

    return made


def pushed(what, form, headers=HEADER):
    """A push as the gateway passes it on: no query at all."""
    write, content_type, _ = FORMS[form]
    body = what if isinstance(what, bytes) else write(what)
    return Request(body=body, headers={"content-type": content_type, **headers})


async def test_a_text_is_answered_in_the_form_in_which_it_came(account, face, form):
    answer = await call(face(account), pushed(text("你好]]>"), form))
    assert says(answer) == "你好]]>"
    assert answer.body.startswith(FORMS[form][2])
    assert answer.headers["content-type"].startswith(FORMS[form][1])


@pytest.mark.parametrize(
    "what",
    [
        text("你好", MsgId=24900000000000000),
        image("media"),
        event("CLICK", "menu-1"),
        event("subscribe", "qrscene_7", Ticket="t"),
        event("LOCATION", Latitude="23.1", Longitude="113.3", Precision="119.3"),
        fields("a kind of tomorrow", Tomorrow="1", MsgId=1),
    ],
    ids=lambda what: what.get("Event", what["MsgType"]),
)
async def test_both_forms_become_the_same_message(account, what):
    for form in FORMS:
        await call(account.asgi, pushed({**what, "FromUserName": f"oFan-{form}"}, form))
    xml, json = account.reached
    assert type(xml) is type(json)
    assert {**xml.raw, "FromUserName": FAN} == {**json.raw, "FromUserName": FAN}


async def test_a_picture_is_answered_with_one(account, form):
    assert wechat.shown(await call(account.asgi, pushed(image("media"), form))) == Image("media")


async def test_a_push_that_comes_again_is_handled_once(account, form):
    request = pushed(text("once"), form)
    assert [says(await call(account.asgi, request)) for _ in range(2)] == ["once", "once"]
    assert len(account.reached) == 1


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: pushed(text(), "xml", headers={}),
        lambda: pushed(text(), "json", headers={}),
        lambda: pushed(text(), "json", headers={"x-wx-source": ""}),
        lambda: push(text(), token=wechat.TOKEN),  # no signature is looked at
        lambda: pushed(b'{"action":"anything"}', "json", headers={}),
        lambda: pushed(b'{"a":"' + b"a" * 300 + b'CheckContainerPath"}', "json", headers={}),
    ],
)
async def test_what_the_gateway_has_not_marked_is_refused(account, face, reasons, request_of):
    answer = await call(face(account), request_of())
    assert (answer.status, answer.body) == (403, b"forbidden")
    assert reasons() == ["source"]
    assert account.reached == []


@pytest.mark.parametrize("probe", PROBES)
@pytest.mark.parametrize("headers", [HEADER, {}], ids=["marked", "unmarked"])
async def test_the_console_s_probe_is_answered(account, face, probe, headers):
    answer = await call(face(account), Request(body=PROBES[probe], headers=headers))
    assert (answer.status, answer.body) == (200, b"success")
    assert account.reached == []


@pytest.mark.parametrize(("name", "value"), BAD_FIELDS)
async def test_a_bad_field_is_refused_in_both_forms(account, form, reasons, name, value):
    what = {**text("x"), name: value}
    answer = await call(
        account.asgi, pushed({key: it for key, it in what.items() if it is not None}, form)
    )
    assert (answer.status, answer.body) == (400, b"bad request")
    assert reasons() == ["field"]
    assert account.reached == []


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({"xml": b"hello", "json": b"hello"}, 400, "xml_bad"),
        ({"xml": b"", "json": b""}, 400, "xml_bad"),
        ({"xml": b"<xml>", "json": b'{"a":'}, 400, "xml_bad"),
        (
            {"xml": b"<xml>" + b"<a></a>" * 501 + b"</xml>", "json": b"[" + b"1," * 500 + b"1]"},
            400,
            "xml_bad",
        ),
        (
            {
                "xml": b"<xml>" + b"<a>" * 40 + b"</a>" * 40 + b"</xml>",
                "json": b'{"a":' * 40 + b"1" + b"}" * 40,
            },
            400,
            "xml_bad",
        ),
        ({"xml": b"a" * 262_145, "json": b"a" * 262_145}, 413, "too_large"),
    ],
)
async def test_a_bad_body_is_refused_in_both_forms(account, form, reasons, body, status, reason):
    answer = await call(account.asgi, pushed(body[form], form))
    assert answer.status == status
    assert reasons() == [reason]


async def test_another_account_s_push_is_dropped_in_both_forms(account, form, reasons):
    answer = await call(account.asgi, pushed(text(ToUserName="gh_another"), form))
    assert (answer.status, answer.body) == (200, b"success")
    assert reasons() == ["wrong_account"]


async def test_a_character_that_xml_forbids_is_repaired_in_both_forms(account, form):
    write = FORMS[form][0]
    body = write(text("a-b")).replace(b"a-b", b"a\x01b")
    assert says(await call(account.asgi, pushed(body, form))) == "a�b"


async def test_a_push_confirms_the_clock(account, form):
    await call(account.asgi, pushed(text(CreateTime=1), form))
    assert account.inbox.calendar.unsure
    await call(account.asgi, pushed(text(), form))
    assert not account.inbox.calendar.unsure


class Answering:
    """The network, on which everything is fine."""

    def __init__(self):
        self.urls = []

    async def send(self, method, url, headers, body, sink=None):
        self.urls.append(url)
        return Response(200, {}, b'{"errcode":0}')

    async def close(self):
        pass


async def test_calls_go_without_a_token_over_http(account):
    account.transport = network = Answering()
    await account.api.message.custom.send(touser=FAN, msgtype="text", text={"content": "hi"})
    await account.api.get("/cgi-bin/user/info", openid=FAN)
    assert network.urls == [
        "http://api.weixin.qq.com/cgi-bin/message/custom/send",
        f"http://api.weixin.qq.com/cgi-bin/user/info?openid={FAN}",
    ]


def there_with(**given):
    return load("", environ={}, given={"mode": "cloudrun", "appid": APPID, **given})


class TestSettings:
    def test_no_token_is_needed_and_calls_carry_none(self):
        settings = there_with()
        assert (settings.token, settings.api_token) == ("", "none")
        assert settings.api_base == "http://api.weixin.qq.com"

    def test_what_is_set_stands(self):
        settings = there_with(secret="s3cret")
        assert (settings.api_token, settings.api_base) == ("stable", "https://api.weixin.qq.com")
        assert there_with(api_base="http://127.0.0.1:1").api_base == "http://127.0.0.1:1"

    def test_the_account_must_be_named(self):
        with pytest.raises(SettingsError, match="mode cloudrun also needs appid"):
            load("", environ={"YIZHAN_MODE": "cloudrun"})

    async def test_the_default_store_is_refused(self):
        account = Account(mode="cloudrun", appid=APPID)
        with pytest.raises(SettingsError, match="set YIZHAN_STORE to redis://… or postgresql://…"):
            await account.start()

    def test_yizhan_dev_signs_its_pushes(self, tmp_path):
        account = Account(mode="cloudrun", appid=APPID)
        account.develop(tmp_path)
        assert account.settings.mode == "plain"
        assert account.settings.token


@pytest.mark.parametrize(
    ("mode", "environ", "warns"),
    [
        ("cloudrun", {}, True),
        ("cloudrun", {cloudrun.RUNS_THERE: "prod-1"}, False),
        ("plain", {}, False),
    ],
)
def test_it_is_said_loudly_elsewhere(caplog, mode, environ, warns):
    caplog.set_level("WARNING", "yizhan")
    cloudrun.warn_elsewhere(Account(mode=mode, appid=APPID, token=wechat.TOKEN), environ)
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL] * warns


@pytest.mark.slow
def test_yizhan_run_refuses_the_default_store_and_yizhan_send_reaches_it(tmp_path, monkeypatch):
    monkeypatch.delenv(cloudrun.RUNS_THERE)
    (tmp_path / "bot.py").write_text(
        "from yizhan import Account\naccount = Account()\n"
        "@account.text\nasync def echo(message):\n    return message.content\n"
    )
    environ = {**environment(tmp_path), "YIZHAN_MODE": "cloudrun", "YIZHAN_APPID": APPID}
    done = subprocess.run(
        [YIZHAN, "run", "--port", "0"],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "in 云托管 the default SQLite file is lost with the container" in done.stderr
    given = {"YIZHAN_MODE": "cloudrun", "YIZHAN_APPID": APPID, "YIZHAN_STORE": "memory://"}
    with serving(tmp_path, environ=given) as server:
        sent = subprocess.run(
            [YIZHAN, "send", "你好", "--to", f"http://127.0.0.1:{server.port}/wechat"],
            cwd=tmp_path,
            env={**environ, **given},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert sent.returncode == 0, sent.stdout + sent.stderr
        assert "你好" in sent.stdout
        server.wait_said("whoever reaches this port can pretend to be WeChat!")
