"""The menu with all limits (docs/protocol.md#h)."""

import json

import pytest


def code(answer):
    return answer.get("errcode", 0)


CLICK = {"type": "click", "name": "帮助", "key": "HELP"}
VIEW = {"type": "view", "name": "官网", "url": "https://example.com/"}
MORE = {"name": "更多", "sub_button": [CLICK, VIEW]}
CREATE = "/cgi-bin/menu/create"


def button(**changes):
    return {"button": [{**CLICK, **changes}]}


def sub(**changes):
    return {"button": [{"name": "更多", "sub_button": [{**CLICK, **changes}]}]}


@pytest.mark.parametrize(
    ("menu", "expected"),
    [
        ({"button": [CLICK, MORE]}, 0),
        ({"button": [CLICK] * 4}, 40016),
        ({"button": []}, 40016),
        ({}, 40016),
        (button(type="dance"), 40017),
        (button(name="一二三四五六"), 40018),
        (button(name=""), 40018),
        (button(key="k" * 129), 40019),
        (button(key=None), 40019),
        ({"button": [{**VIEW, "url": "https://a/" + "x" * 1024}]}, 40020),
        ({"button": [{**VIEW, "url": "ftp://a/"}]}, 40055),
        ({"button": [{"name": "更多", "sub_button": [MORE]}]}, 40022),
        ({"button": [{"name": "更多", "sub_button": [CLICK] * 6}]}, 40023),
        (sub(key=""), 40026),
        ({"button": [{"name": "m", "sub_button": [{**VIEW, "url": "x"}]}]}, 40054),
        ({"button": [{"type": "media_id", "name": "图"}]}, 40007),
        ({"button": [{"type": "miniprogram", "name": "程", "url": "https://a/"}]}, 40013),
    ],
)
async def test_the_limits_of_a_menu(call, menu, expected):
    assert code(await call(CREATE, menu)) == expected


async def test_a_menu_with_escapes_is_refused(call):
    assert code(await call(CREATE, raw=json.dumps({"button": [CLICK]}).encode())) == 40033


async def test_a_menu_is_created_read_and_deleted(call):
    assert code(await call("/cgi-bin/menu/get")) == 46003
    await call(CREATE, {"button": [CLICK, MORE]})
    found = await call("/cgi-bin/menu/get")
    assert found["menu"]["button"][0] == {**CLICK, "sub_button": []}
    assert found["menu"]["button"][1]["sub_button"][1]["url"] == VIEW["url"]
    info = await call("/cgi-bin/get_current_selfmenu_info")
    assert info["is_menu_open"] == 1
    assert info["selfmenu_info"]["button"][1]["sub_button"]["list"][0]["key"] == "HELP"
    assert code(await call("/cgi-bin/menu/delete")) == 0
    assert code(await call("/cgi-bin/menu/get")) == 46003


async def test_conditional_menus(call, official):
    fan, other = official.add_follower(), official.add_follower()
    add = "/cgi-bin/menu/addconditional"
    assert code(await call(add, {"button": [VIEW], "matchrule": {"tag_id": "100"}})) == 65303
    await call(CREATE, {"button": [CLICK]})
    tag = (await call("/cgi-bin/tags/create", {"tag": {"name": "老客户"}}))["tag"]
    rule = {"tag_id": str(tag["id"])}
    assert code(await call(add, {"button": [VIEW], "matchrule": {}})) == 65304
    menu_id = (await call(add, {"button": [VIEW], "matchrule": rule}))["menuid"]
    tagging = {"openid_list": [fan.openid], "tagid": tag["id"]}
    assert code(await call("/cgi-bin/tags/members/batchtagging", tagging)) == 0
    match = "/cgi-bin/menu/trymatch"
    assert (await call(match, {"user_id": fan.openid}))["button"][0]["name"] == "官网"
    assert (await call(match, {"user_id": other.openid}))["button"][0]["name"] == "帮助"
    assert code(await call(match, {"user_id": "oNobody"})) == 65302
    assert len((await call("/cgi-bin/menu/get"))["conditionalmenu"]) == 1
    delete = "/cgi-bin/menu/delconditional"
    assert code(await call(delete, {"menuid": menu_id})) == 0
    assert code(await call(delete, {"menuid": menu_id})) == 65301


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(None, 65304), ({}, 65304), ({"sex": "1"}, 65304), ({"tag_id": "2"}, 0)],
)
async def test_a_rule_must_say_something(call, rule, expected):
    button = [{"type": "click", "name": "点", "key": "A"}]
    await call("/cgi-bin/menu/create", {"button": button})
    body = {"button": button} | ({} if rule is None else {"matchrule": rule})
    answer = await call("/cgi-bin/menu/addconditional", body)
    assert code(answer) in (expected, 40035)
    assert ("menuid" in answer) is (expected == 0)


async def test_twenty_conditional_menus_at_most(call):
    button = [{"type": "click", "name": "点", "key": "A"}]
    await call("/cgi-bin/menu/create", {"button": button})
    body = {"button": button, "matchrule": {"client_platform_type": "1"}}
    codes = [code(await call("/cgi-bin/menu/addconditional", body)) for _ in range(21)]
    assert codes == [0] * 20 + [65305]
