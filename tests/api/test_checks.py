"""Arguments held against the description."""

import pytest

from api.described import ENDPOINTS, OPENID, arguments
from yizhan.api.checks import Problem, problems
from yizhan.api.platform import platform


def found(path, query=None, **body):
    return list(problems(platform().endpoints[path], query or {}, body))


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.path)
def test_what_the_description_makes_fits_it(endpoint):
    query, body = arguments(endpoint)
    texts = {name: str(value) for name, value in query.items()}
    assert list(problems(endpoint, texts, body)) == []


SEND = "/cgi-bin/message/custom/send"
TEXT = {"touser": OPENID, "msgtype": "text", "text": {"content": "你好"}}


@pytest.mark.parametrize(
    ("path", "query", "body", "problem"),
    [
        (SEND, {}, TEXT | {"touser": ""}, Problem("touser", "type", "openid", 47001)),
        (SEND, {}, TEXT | {"text": None}, Problem("text", "missing", code=47001)),
        (SEND, {}, TEXT | {"text": "hi"}, Problem("text", "type", "object", 47001)),
        (SEND, {}, TEXT | {"text": {}}, Problem("text.content", "missing", code=45002)),
        (
            SEND,
            {},
            TEXT | {"text": {"content": "中" * 683}},
            Problem("text.content", "max_bytes", 2048, 45002),
        ),
        (SEND, {}, TEXT | {"colour": 1}, Problem("colour", "unknown")),
        ("/cgi-bin/user/info", {}, {}, Problem("openid", "missing", code=40003)),
        (
            "/cgi-bin/draft/batchget",
            {},
            {"offset": 0, "count": 21},
            Problem("count", "max", 20.0),
        ),
        ("/cgi-bin/draft/batchget", {}, {"offset": True, "count": 1}, "type"),
        ("/cgi-bin/draft/batchget", {}, {"offset": -1, "count": 1}, Problem("offset", "min", 0.0)),
        (
            "/cgi-bin/tags/members/batchtagging",
            {},
            {"openid_list": OPENID, "tagid": 1},
            Problem("openid_list", "type", "list", 47001),
        ),
        (
            "/cgi-bin/tags/members/batchtagging",
            {},
            {"openid_list": [OPENID] * 51, "tagid": 1},
            Problem("openid_list", "max", 50.0, 40032),
        ),
        (
            "/cgi-bin/tags/members/batchtagging",
            {},
            {"openid_list": [1], "tagid": 1},
            Problem("openid_list[0]", "type", "openid", 47001),
        ),
        (
            "/cgi-bin/message/template/send",
            {},
            {"touser": OPENID, "template_id": "t", "data": {"first": "x"}},
            Problem("data.first", "type", "object", 47001),
        ),
        (
            "/cgi-bin/message/template/send",
            {},
            {"touser": OPENID, "template_id": "t", "data": []},
            Problem("data", "type", "object", 47001),
        ),
        (
            "/datacube/getusersummary",
            {},
            {"begin_date": "2026-11-01", "end_date": "2026-11-08"},
            Problem("end_date", "days", 7, 61501),
        ),
        (
            "/datacube/getusersummary",
            {},
            {"begin_date": "2026-11-31", "end_date": "2026-11-08"},
            Problem("begin_date", "type", "date", 61500),
        ),
        ("/cgi-bin/message/mass/speed/set", {}, {"speed": 5}, Problem("speed", "max", 4.0, 45083)),
        (
            "/wxaapi/newtmpl/getpubtemplatetitles",
            {"ids": "2", "start": "0", "limit": "31"},
            {},
            Problem("limit", "max", 30.0, 200017),
        ),
        (
            "/wxaapi/newtmpl/getpubtemplatetitles",
            {"ids": "2", "start": "zero", "limit": "3"},
            {},
            Problem("start", "type", "int", 47001),
        ),
        ("/cv/ocr/comm", {}, {}, Problem("img_url|img", "one_of", ("img_url", "img"))),
        (
            "/cgi-bin/menu/create",
            {},
            {"button": [{"name": "帮助", "type": "press"}]},
            "choices",
        ),
    ],
)
def test_what_does_not_fit_is_named(path, query, body, problem):
    first, *more = found(path, query, **body)
    assert (first.rule if isinstance(problem, str) else first) == problem
    assert more == []


def test_seven_days_are_seven_days():
    assert found("/datacube/getusersummary", begin_date="2026-11-01", end_date="2026-11-07") == []


def test_an_open_endpoint_lets_more_through():
    assert found("/card/get", card_id="p1", anything=1) == []


def test_a_text_s_length_is_counted_in_characters_and_its_bytes_in_bytes():
    remark = "/cgi-bin/user/info/updateremark"
    assert found(remark, openid=OPENID, remark="名" * 10) == []
    assert found(remark, openid=OPENID, remark="名" * 11) == [
        Problem("remark", "max_bytes", 30, 45021)
    ]
