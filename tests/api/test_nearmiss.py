"""Slips in the attributes that name an endpoint."""

import csv
import re
from pathlib import Path

import pytest

from api.described import ENDPOINTS
from api.wechat_api import WeChatApi, says
from yizhan.api import AsyncClient, Client
from yizhan.api.nearmiss import check, distance
from yizhan.api.platform import platform, segments_of
from yizhan.errors import UnknownEndpoint, YizhanError

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
PEERS = Path(__file__).parents[2] / "scripts/describe/peers.tsv"


@pytest.fixture
def api():
    with Client(APPID, SECRET, transport=WeChatApi()) as api:
        yield api


@pytest.mark.parametrize(
    ("slip", "meant", "path"),
    [
        ("mesage", "message", "/cgi-bin/mesage"),
        ("Message", "message", "/cgi-bin/Message"),
        ("tag", "tags", "/cgi-bin/tag"),
        ("drafts", "draft", "/cgi-bin/drafts"),
        ("message.costum", "message.custom", "/cgi-bin/message/costum"),
        ("message.custom.sned", "message.custom.send", "/cgi-bin/message/custom/sned"),
        (
            "tags.members.batchtaging",
            "tags.members.batchtagging",
            "/cgi-bin/tags/members/batchtaging",
        ),
        ("sns.userinf", "sns.userinfo", "/sns/userinf"),
        ("datacube.getusersumary", "datacube.getusersummary", "/datacube/getusersumary"),
        ("customservice.kfacount", "customservice.kfaccount", "/customservice/kfacount"),
    ],
)
def test_a_near_miss_raises_and_says_what_was_meant_and_how_to_call_it_all_the_same(
    api, monkeypatch, slip, meant, path
):
    for language in ("zh", "en"):
        monkeypatch.setenv("YIZHAN_LANG", language)
        with pytest.raises(UnknownEndpoint) as raised:
            reach(api, slip)
        assert f"api.{meant}" in str(raised.value)
        assert f'api.post("{path}' in str(raised.value)


def test_it_raises_where_the_slip_is(api):
    with pytest.raises(UnknownEndpoint, match="message"):
        api.mesage.custom  # noqa: B018  # the attribute is the test


def test_it_is_of_both_trees(api):
    assert not hasattr(api, "mesage")
    assert issubclass(UnknownEndpoint, YizhanError)


@pytest.mark.parametrize(
    "other",
    [
        *("brand.new.thing", "wxaapi.brandnew", "message.custom.business.send"),
        *("draft.put", "tags.got", "card.use", "user.all"),  # too short to be told apart
        *("draft.batchdel", "tags.setidlist", "freepublish.delarticle"),  # another verb
        *("clear_quota.v3", "user.info2"),
    ],
)
def test_what_nobody_has_described_goes_on(api, other):
    assert repr(reach(api, other)) == f"<yizhan.api: {other}>"


def test_no_path_that_another_library_calls_is_taken_for_a_slip():
    with PEERS.open(encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file, delimiter="\t")]
    for path in paths:
        if path not in platform().endpoints and re.fullmatch("[/\\w-]+", path):
            whole = segments_of(path)
            for length in range(1, len(whole) + 1):
                assert check(whole[:length])


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_no_endpoint_is_a_slip(endpoint):
    for length in range(1, len(endpoint.segments) + 1):
        assert check(endpoint.segments[:length])


async def test_a_path_is_never_doubted():
    wechat = WeChatApi(script=[says(errcode=0, fine=True)])
    async with AsyncClient(APPID, SECRET, transport=wechat) as api:
        assert (await api.post("/cgi-bin/mesage/custom/send", json={}))["fine"]


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [
        ("message", "message", 0),
        ("mesage", "message", 1),
        ("messsage", "message", 1),
        ("massage", "message", 1),
        ("sned", "send", 1),
        ("", "send", 4),
        ("sing", "send", 2),
    ],
)
def test_how_many_letters_are_wrong(one, other, wrong):
    assert distance(one, other) == distance(other, one) == wrong


def reach(api, name):
    for segment in name.split("."):
        api = getattr(api, segment)
    return api
