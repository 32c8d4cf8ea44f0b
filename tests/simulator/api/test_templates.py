"""Template messages: shown, and their end told to the server; subscription notices likewise."""

import pytest

from yizhan.simulator import actions
from yizhan.simulator.faults import Fault
from yizhan.simulator.templates import MOST

SEND = "/cgi-bin/message/template/send"
ADD = "/cgi-bin/template/api_add_template"
NOTICE = "/cgi-bin/message/subscribe/bizsend"
TEXT = "{{first.DATA}}\n预约：{{thing1.DATA}}\n时间：{{time2.DATA}}\n{{remark.DATA}}"
DATA = {
    "first": {"value": "你好"},
    "thing1": {"value": "洗牙", "color": "#ff0000"},
    "time2": {"value": "明天"},
    "remark": {"value": "再见"},
}


@pytest.fixture
async def fan(connect):
    """A follower whose account has a server."""
    phone, _ = connect()
    return phone


@pytest.fixture
def template(official):
    return official.templates.add("message", "预约提醒", TEXT, id="TPL")


def told(world, event="TEMPLATESENDJOBFINISH"):
    return [push for push in world.pushes.values() if push.event == event]


def cards(fan):
    return [entry for entry in fan.follower.screen if entry.kind == "template"]


def to(fan, **more):
    return {"touser": fan.follower.openid, "template_id": "TPL", "data": DATA, **more}


async def test_a_message_is_shown_and_its_end_is_pushed(call, fan, world, clock, template):
    answer = await call(SEND, to(fan, url="https://a/"))
    assert (answer["errcode"], answer["errmsg"]) == (0, "ok")
    [card] = cards(fan)
    assert (card.side, card.via) == ("account", "template")
    assert card.content["title"] == "预约提醒"
    assert card.content["url"] == "https://a/"
    assert told(world) == []
    await clock.passes(2)
    [push] = told(world)
    assert push.openid == fan.follower.openid
    assert (push.fields["MsgID"], push.fields["Status"]) == (answer["msgid"], "success")
    assert fan.follower.screen[-1].content["name"] == "TEMPLATESENDJOBFINISH"


async def test_the_greeting_and_the_remark_are_shown_no_more(call, fan, template):
    await call(SEND, to(fan))
    assert cards(fan)[0].content["text"] == "预约：洗牙\n时间：明天"


async def test_whoever_blocks_the_account_sees_nothing(call, fan, world, clock, template):
    fan.do(actions.Block())
    assert (await call(SEND, to(fan)))["errcode"] == 0
    await clock.passes(2)
    assert cards(fan) == []
    assert told(world)[0].fields["Status"] == "failed:user block"
    fan.do(actions.Block(on=False))
    await call(SEND, to(fan))
    assert len(cards(fan)) == 1


@pytest.mark.parametrize(("status", "expected"), [("", "failed: system failed"), ("bad", "bad")])
async def test_a_message_may_fail_on_demand(
    call, fan, official, world, clock, template, status, expected
):
    official.faults.add(Fault("api_job", values={"result": status}))
    assert (await call(SEND, to(fan)))["errcode"] == 0
    await clock.passes(2)
    assert told(world)[0].fields["Status"] == expected
    assert cards(fan) == []


async def test_the_same_name_is_sent_once_in_ten_minutes(call, fan, world, template):
    first = await call(SEND, to(fan, client_msg_id="order-1"))
    assert await call(SEND, to(fan, client_msg_id="order-1")) == first
    assert len(cards(fan)) == 1
    world.skip(600)
    assert (await call(SEND, to(fan, client_msg_id="order-1")))["msgid"] != first["msgid"]
    assert len(cards(fan)) == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"touser": "oNobody"}, 40003),
        ({"template_id": "nonsense"}, 40037),
        ({"data": {"thing1": {"value": "洗牙"}}}, 47003),
        ({"data": {**DATA, "thing1": {"value": "洗" * 21}}}, 47003),
    ],
)
async def test_what_is_refused(call, fan, template, changes, expected):
    assert (await call(SEND, to(fan, **changes)))["errcode"] == expected
    assert cards(fan) == []


async def test_strangers_get_none(call, fan, template):
    fan.do(actions.Unfollow())
    assert (await call(SEND, to(fan)))["errcode"] == 43004


async def test_an_unknown_template_is_shown_if_told_so(call, fan, world):
    world.set_options({"unknown_template": "show"})
    assert (await call(SEND, to(fan)))["errcode"] == 0
    assert "thing1：洗牙" in cards(fan)[0].content["text"]


async def test_templates_are_chosen_listed_and_dropped(call, fan, official):
    added = await call(ADD, {"template_id_short": "43210", "keyword_name_list": ["订单号", "金额"]})
    [listed] = (await call("/cgi-bin/template/get_all_private_template"))["template_list"]
    assert listed["template_id"] == added["template_id"]
    assert listed["content"] == "订单号：{{keyword1.DATA}}\n金额：{{keyword2.DATA}}"
    data = {"keyword1": {"value": "7"}, "keyword2": {"value": "9.90"}}
    body = to(fan, template_id=added["template_id"], data=data)
    assert (await call(SEND, body))["errcode"] == 0
    assert cards(fan)[0].content["text"] == "订单号：7\n金额：9.90"
    gone = {"template_id": added["template_id"]}
    assert (await call("/cgi-bin/template/del_private_template", gone))["errcode"] == 0
    assert (await call("/cgi-bin/template/del_private_template", gone))["errcode"] == 40037
    assert (await call(SEND, body))["errcode"] == 40037


async def test_a_template_of_a_category_needs_its_keywords(call):
    assert (await call(ADD, {"template_id_short": "43210"}))["errcode"] == 40246
    assert (await call(ADD, {"template_id_short": "TM00015"}))["errcode"] == 0


async def test_twenty_five_templates_at_most(call):
    for _ in range(MOST):
        assert (await call(ADD, {"template_id_short": "TM00015"}))["errcode"] == 0
    assert (await call(ADD, {"template_id_short": "TM00015"}))["errcode"] == 45026


@pytest.mark.parametrize(("kind", "verified"), [("subscription", True), ("service", False)])
async def test_verified_service_accounts_only(call, fan, official, template, kind, verified):
    official.kind, official.verified = kind, verified
    assert (await call(SEND, to(fan)))["errcode"] == 48001
    assert (await call(NOTICE, to(fan)))["errcode"] == 48001


async def test_the_one_message_of_a_one_time_subscription(call, fan, template):
    body = to(fan, scene="7", title="开奖了")
    once = "/cgi-bin/message/template/subscribe"
    assert (await call(once, body))["errcode"] == 43101
    fan.do(actions.Agree("TPL"))
    assert (await call(once, body))["errcode"] == 0
    assert cards(fan)[0].content["title"] == "开奖了"
    assert (await call(once, body))["errcode"] == 43101


# --- subscription notices (docs/protocol.md#i2)


@pytest.fixture
async def notice(call):
    """The id of a notice's template that was chosen from the public ones."""
    answer = await call("/wxaapi/newtmpl/addtemplate", {"tid": "1001", "kidList": [1, 2]})
    return answer["priTmplId"]


async def test_one_yes_is_one_notice(call, fan, world, clock, notice):
    body = to(fan, template_id=notice)
    assert (await call(NOTICE, body))["errcode"] == 43101
    [popup] = fan.do(actions.Agree(notice))
    assert popup.event == "subscribe_msg_popup_event"
    assert (await call(NOTICE, body))["errcode"] == 0
    assert (await call(NOTICE, body))["errcode"] == 43101
    [card] = cards(fan)
    assert (card.content["title"], card.content["text"]) == (
        "预约提醒",
        "预约项目：洗牙\n预约时间：明天",
    )
    await clock.passes(2)
    [push] = told(world, "subscribe_msg_sent_event")
    [item] = push.fields["SubscribeMsgSentEvent"]["List"]
    assert (item["TemplateId"], item["ErrorCode"], item["ErrorStatus"]) == (notice, 0, "success")


async def test_two_yeses_are_two_notices_and_a_no_ends_them(call, fan, notice):
    fan.do(actions.Agree(notice))
    fan.do(actions.Agree(notice))
    assert (await call(NOTICE, to(fan, template_id=notice)))["errcode"] == 0
    fan.do(actions.Agree(notice, yes=False))
    assert (await call(NOTICE, to(fan, template_id=notice)))["errcode"] == 43101


async def test_a_yes_may_be_taken_back_in_the_settings(call, fan, notice):
    fan.do(actions.Agree(notice))
    item = {"TemplateId": notice, "SubscribeStatusString": "reject"}
    change = {"SubscribeMsgChangeEvent": {"List": [item]}}
    fan.do(actions.Happen("subscribe_msg_change_event", change))
    assert (await call(NOTICE, to(fan, template_id=notice)))["errcode"] == 43101


async def test_a_notice_may_fail_on_demand(call, fan, official, world, clock, notice):
    fan.do(actions.Agree(notice))
    official.faults.add(Fault("api_job"))
    assert (await call(NOTICE, to(fan, template_id=notice)))["errcode"] == 0
    await clock.passes(2)
    [push] = told(world, "subscribe_msg_sent_event")
    [item] = push.fields["SubscribeMsgSentEvent"]["List"]
    assert (item["ErrorCode"], item["ErrorStatus"]) == (1, "system failed")
    assert cards(fan) == []


async def test_a_notice_s_template_is_not_a_message_s(call, fan, notice, template):
    assert (await call(SEND, to(fan, template_id=notice)))["errcode"] == 40037
    assert (await call(NOTICE, to(fan)))["errcode"] == 40037


async def test_public_templates_are_found_chosen_and_dropped(call, notice):
    [category] = (await call("/wxaapi/newtmpl/getcategory"))["data"]
    path = "/wxaapi/newtmpl/getpubtemplatetitles"
    titles = await call(path, ids=category["id"], start=0, limit=30)
    assert [each["tid"] for each in titles["data"]] == [1001, 1002]
    assert titles["count"] == 2
    assert (await call(path, ids=category["id"], start=1, limit=1))["data"] == titles["data"][1:]
    assert (await call(path, ids="1", start=0, limit=30))["data"] == []
    keywords = await call("/wxaapi/newtmpl/getpubtemplatekeywords", tid="1001")
    assert [each["rule"] for each in keywords["data"]] == ["thing", "time", "thing"]
    [listed] = (await call("/wxaapi/newtmpl/gettemplate"))["data"]
    assert listed["priTmplId"] == notice
    assert "{{thing1.DATA}}" in listed["content"]
    drop = "/wxaapi/newtmpl/deltemplate"
    assert (await call(drop, {"priTmplId": notice}))["errcode"] == 0
    assert (await call(drop, {"priTmplId": notice}))["errcode"] == 40037


@pytest.mark.parametrize(
    ("body", "expected"),
    [({"tid": "9"}, 200014), ({"tid": "1001", "kidList": [1, 9]}, 200020)],
)
async def test_what_the_public_library_does_not_have(call, body, expected):
    assert (await call("/wxaapi/newtmpl/addtemplate", body))["errcode"] == expected
