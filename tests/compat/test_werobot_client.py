"""`robot.client`: what each of its methods asks of the API, beside what WeRoBot's asks."""

import inspect
import threading
from copy import deepcopy

import pytest
import werobot.client

import wechat
from api.wechat_api import PICTURE, WeChatApi
from robots import said
from yizhan.compat.werobot import WeRoBot
from yizhan.compat.werobot.client import Client, ClientException
from yizhan.compat.werobot.replies import Article
from yizhan.errors import APIError, RegistrationError

ROOT = "https://api.weixin.qq.com"
OWN = {"request", "get", "post", "grant_token", "get_access_token"}
RESPONSES = {"show_qrcode", "download_media", "download_permanent_media"}
METHODS = {
    name: method
    for name, method in inspect.getmembers(werobot.client.Client, inspect.isfunction)
    if name not in OWN | RESPONSES and not name.startswith("_")
}
VALUES = {
    "articles": [{"title": "t"}],
    "menu_data": {"button": []},
    "matchrule": {"tag_id": "2"},
    "user_id_list": ["o1", "o2"],
    "open_id_list": ["o1", "o2"],
    "user_list": ["o1", "o2"],
    "miniprogram": {"appid": "wx2"},
    "data": {"first": {"value": "v"}},
    "update_data": {"media_id": "m"},
    "group_id": 7,
    "tag_id": 7,
    **dict.fromkeys(("media_file", "file", "video", "avatar"), b"file"),
}


class Real(werobot.client.Client):
    """WeRoBot's client, which only notes what it would send."""

    token = "T"

    def request(self, method, url, **sent):
        params, data = sent.get("params", {}), sent.get("data", {})
        self.noted = noted(method, url, params, data, sent.get("files", {}))
        return {}

    def post(self, url, **sent):  # before it makes bytes of the data
        return self.request("post", url, **sent)


class Noting:
    """Our blocking client, which only notes what it is asked for."""

    def get(self, path, **params):
        self.noted = noted("get", path, params)

    def post(self, path, json, params):
        self.noted = noted("post", path, params, json)

    def upload(self, path, file, *, field, params, texts):
        self.noted = noted("post", path, params, texts or {}, {field: file})


def noted(method, url, params, data=(), files=()):
    """A call; what says nothing is left out, for it is the same to WeChat."""
    path = url.removeprefix(ROOT).removeprefix(ROOT.replace("https", "http"))
    params = {name: value for name, value in params.items() if name != "access_token"}
    return method, path, kept(params), kept(dict(data)), dict(files)


def kept(value):
    if not isinstance(value, dict):
        return value.decode() if isinstance(value, bytes) else value
    inner = {name: kept(part) for name, part in value.items()}
    return {name: part for name, part in inner.items() if part not in (None, "", {})}


def calls():
    for name, method in METHODS.items():
        parameters = [*inspect.signature(method).parameters.values()][1:]
        values = [VALUES.get(each.name, f"a {each.name}") for each in parameters]
        needed = [v for v, p in zip(values, parameters, strict=True) if p.default is p.empty]
        yield pytest.param(name, needed, id=name)
        if len(needed) < len(values):
            yield pytest.param(name, values, id=f"{name}, all of it")


@pytest.mark.parametrize(("name", "arguments"), [*calls()])
def test_a_method_asks_what_werobot_s_asks(name, arguments, monkeypatch):
    real = Real({"APP_ID": "wx1", "APP_SECRET": "s"})
    monkeypatch.setattr(
        werobot.client.requests, "post", lambda url, **sent: real.request("post", url, **sent)
    )
    mine = Noting()
    getattr(real, name)(*deepcopy(arguments))
    getattr(Client({}, lambda: mine), name)(*arguments)
    assert mine.noted == real.noted


@pytest.mark.parametrize(
    ("arguments", "path", "body"),
    [
        (("image", "m"), "sendall", {"image": {"media_id": "m"}, "filter": {"is_to_all": True}}),
        (
            ("video", "m", 2),
            "sendall",
            {"mpvideo": {"media_id": "m"}, "filter": {"is_to_all": False, "tag_id": 2}},
        ),
        (("wxcard", "c", ["o1"]), "send", {"wxcard": {"card_id": "c"}, "touser": ["o1"]}),
    ],
)
def test_a_mass_message_goes_to_all_to_a_tag_or_to_a_list(arguments, path, body):
    real, mine = Real({}), Noting()
    real.send_mass_msg(*arguments)
    Client({}, lambda: mine).send_mass_msg(*arguments)
    assert mine.noted == real.noted
    assert mine.noted[1] == f"/cgi-bin/message/mass/{path}"
    assert mine.noted[3].items() >= body.items()


def test_articles_are_taken_as_their_class_too():
    mine = Noting()
    Client({}, lambda: mine).send_article_message("o1", [Article("t", "d", "i", "u")])
    [article] = mine.noted[3]["news"]["articles"]
    assert article == {"title": "t", "description": "d", "picurl": "i", "url": "u"}


def test_any_address_of_the_api_may_be_asked_and_no_other():
    mine = Noting()
    client = Client({}, lambda: mine)
    client.get(f"{ROOT}/cgi-bin/get_api_domain_ip?access_token=T&a=1", params={"b": 2})
    assert mine.noted == ("get", "/cgi-bin/get_api_domain_ip", {"a": "1", "b": 2}, {}, {})
    with pytest.raises(RegistrationError, match=r"elsewhere\.example"):
        client.post("https://elsewhere.example/cgi-bin/menu/get")


@pytest.mark.parametrize("name", ["grant_token", "request", "show_qrcode"])
def test_what_is_left_out_says_so(name):
    with pytest.raises(RegistrationError, match=f"client.{name}"):
        getattr(Client({}), name)


def test_what_a_call_lacks_is_said_and_an_unknown_one_is_none():
    with pytest.raises(TypeError, match="content"):
        Client({}).send_text_message("o1")
    assert not hasattr(Client({}), "send_nothing")


def test_every_method_of_werobot_s_client_is_there_or_left_out():
    client = Client({"APP_ID": "wx1", "APP_SECRET": "s"})
    assert (client.appid, client.appsecret) == ("wx1", "s")
    assert ClientException is APIError
    for name in {*METHODS, *RESPONSES, *OWN} - {"grant_token", "request", "show_qrcode"}:
        assert callable(getattr(client, name)), name


@pytest.fixture
def robot(monkeypatch):
    monkeypatch.setenv("YIZHAN_STORE", "memory://")
    made = WeRoBot(token=wechat.TOKEN, app_id=wechat.APPID, app_secret="s" * 32)
    made.account.transport = WeChatApi()
    yield made
    made.account.wsgi.close()


def test_a_handler_calls_in_the_engine_s_loop(robot):
    @robot.text
    def send(message):
        robot.client.send_text_message(message.source, "more")
        return str(len(robot.client.download_media("m").content))

    reply = said(robot, wechat.text())
    assert reply["Content"] == str(len(PICTURE))
    seen = robot.account.transport
    assert seen.paths[-2:] == ["/cgi-bin/message/custom/send", "/cgi-bin/media/get"]
    assert seen.seen[-2].json["touser"] == wechat.FAN
    assert threads("yizhan-api") == []


def test_a_script_calls_without_an_engine(robot):
    robot.client.create_menu({"button": [{"type": "click", "name": "a", "key": "A"}]})
    assert robot.client.upload_media("image", PICTURE)["media_id"]
    assert robot.client.token == robot.client.get_access_token()
    seen = robot.account.transport
    assert seen.counts["/cgi-bin/stable_token"] == 1
    robot._own_api.close()


def threads(name):
    return [thread for thread in threading.enumerate() if thread.name == name]
