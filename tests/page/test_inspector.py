"""The inspector: what was sent and answered, when, and why."""

import re

import pytest
from playwright.sync_api import expect

from page.steps import NOTICE


@pytest.fixture
def fan(phone):
    phone["tab-pushes"].click()
    phone["account"].select_option("demo")
    phone.new_follower()
    return phone


def test_an_answer_of_twelve_seconds_comes_on_the_third_push(fan):
    fan.says("等12秒")
    push = fan["push"].first
    expect(push.get_by_test_id("outcome")).to_have_text("进行中")
    fan.hears("这个回答用了 12 秒，一条也没有丢。")
    expect(push.get_by_test_id("outcome")).to_have_text("已回复")
    lanes = push.get_by_test_id("attempt")
    expect(lanes).to_have_text([re.compile("^1"), re.compile("^2"), re.compile("^3")])
    expect(lanes.nth(0)).to_have_class(re.compile("timeout"))
    expect(lanes.nth(2)).to_have_class(re.compile("answered"))
    first, third = lanes.nth(0).bounding_box(), lanes.nth(2).bounding_box()
    assert first["x"] + first["width"] < third["x"]
    expect(push.get_by_test_id("timeline")).to_have_attribute(
        "aria-label", re.compile("第 3 次 · 已应答")
    )
    expect(lanes).to_have_text([re.compile("挂起"), re.compile("并入"), re.compile("并入")])
    fan.newest()
    expect(fan["verdict"]).to_contain_text("第 3 次推送得到回复")
    expect(fan["push-body"]).to_contain_text("· 并入")


def test_a_verified_service_account_answers_later_by_customer_service(fan):
    fan["tab-account"].click()
    rights = fan["rights"].locator('[data-right="custom"]')
    expect(rights).to_have_class("lacks")
    fan.kind("service+")
    expect(rights).to_have_class("has")
    fan["tab-pushes"].click()
    fan.says("等30秒")
    entry = fan.hears("这个回答用了 30 秒")
    expect(entry).to_have_attribute("data-via", "custom")
    expect(entry.get_by_test_id("via")).to_have_text("客服消息")
    push = fan["push"].first
    expect(push.get_by_test_id("outcome")).to_have_text("已确认")
    expect(push.get_by_test_id("after")).to_have_text("1")
    expect(push.locator(".track .call")).to_have_count(1)
    expect(fan["window"]).to_contain_text(re.compile(r"\d 条"))
    fan.newest()
    fan["push-call"].click()
    call = fan["call"].first
    expect(call).to_contain_text("/cgi-bin/message/custom/send")
    expect(call).to_contain_text("这个回答用了 30 秒")
    fan["tab-account"].click()
    expect(fan["ledger"]).to_contain_text("/cgi-bin/message/custom/send")
    fan["tab-pushes"].click()
    entry.hover()
    entry.get_by_test_id("entry-inspect").click()
    expect(push.get_by_test_id("push-head")).to_be_focused()
    fan.kind("subscription")


def test_customer_service_messages_of_every_kind(fan):
    fan.kind("service+")
    fan.says("音乐")
    fan.hears("高山流水")
    fan.says("满意吗")
    fan.hears("您对本次服务满意吗？")
    fan["msgmenu-item"].last.click()
    fan.hears("不满意（102）")
    fan.newest()
    expect(fan.part("fields")).to_contain_text("bizmsgmenuid")
    fan.says("客服卡片")
    entry = fan.hears("由机器写成")
    expect(entry.get_by_test_id("ai")).to_have_text("内容由第三方AI生成")
    expect(fan.last("miniprogrampage")).to_contain_text("驿站小程序")
    expect(fan.last("wxcard")).to_contain_text("pCard")
    fan.says("输入")
    expect(fan["chat-title"]).to_have_text("对方正在输入…")
    expect(fan["chat-title"]).to_have_text("demo", timeout=20000)
    fan.kind("subscription")


def test_a_template_message_and_the_event_at_its_end(fan):
    fan.kind("service+")
    fan.says("模板")
    card = fan.last("template")
    expect(card).to_contain_text("模板 1001")
    expect(card).to_contain_text("预约项目：洗牙")
    expect(card.get_by_role("link")).to_have_attribute("href", "https://example.com/")
    expect(fan.last("event")).to_contain_text("TEMPLATESENDJOBFINISH")
    fan.kind("subscription")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("空", "Content"),
        ("JSON", "JSON"),
        ("没换", "FromUserName"),
        ("半截", "XML"),
        ("异常", "500"),
    ],
)
def test_a_broken_answer_is_explained(fan, text, reason):
    fan.allow("500")
    fan.account("careless")
    fan.says(text)
    expect(fan["notice"].last).to_have_text(NOTICE)
    expect(fan["reason"].last).to_contain_text(reason)
    expect(fan["push"].first).to_have_attribute("data-outcome", "notice")
    expect(fan["push"].first.get_by_test_id("push-reason")).to_contain_text(reason)
    expect(fan["follower"].first).to_contain_text(NOTICE[:8])


def test_the_request_and_the_response_are_shown(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    fan.newest()
    request = fan.part("request")
    expect(request).to_contain_text("POST")
    expect(request).to_contain_text("signature=")
    expect(fan["request-plain"]).to_contain_text("<Content><![CDATA[你好]]></Content>")
    expect(fan["request-sent"]).to_have_count(0)
    response = fan.part("response")
    expect(response).to_contain_text("HTTP 200")
    expect(fan["response-plain"]).to_contain_text("演示机器人")
    expect(fan.part("fields").get_by_test_id("fields")).to_contain_text("MsgId")


def test_the_signature_is_derived_step_by_step(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    fan.newest()
    steps = fan.part("signature").get_by_test_id("steps-signature")
    expect(steps).to_contain_text("tokenOfThePage2026 token")
    expect(fan["signature-match"]).to_have_class("right")


def test_safe_mode_shows_plain_and_encrypted(fan):
    fan["tab-account"].click()
    fan["account-mode"].select_option("safe")
    fan["tab-pushes"].click()
    fan.says("你好")
    fan.hears("演示机器人")
    fan.newest()
    fan.part("request")
    expect(fan["request-plain"]).to_contain_text("你好")
    expect(fan["request-sent"]).to_contain_text("<Encrypt>")
    fan.part("response")
    expect(fan["response-plain"]).to_contain_text("演示机器人")
    expect(fan["response-sent"]).to_contain_text("<MsgSignature>")
    fan.part("signature")
    expect(fan["signature-match"]).to_have_class(["right", "right"])
    fan["tab-account"].click()
    fan["account-mode"].select_option("plain")
    fan["tab-pushes"].click()


def test_a_push_is_replayed_edited_and_copied(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    fan.newest()
    fan["replay"].click()
    expect(fan.bubbles.filter(has_text="演示机器人")).to_have_count(2)
    fan["push"].nth(1).get_by_test_id("push-head").click()
    fan.newest()
    expect(fan["push-origin"]).to_be_visible()
    fan["resend"].click()
    body = fan["field-body"].input_value()
    fan.submit(body=body.replace("你好", "改过了"))
    fan.hears("改过了")
    fan["copy-curl"].click()
    expect(fan["code-text"]).to_contain_text("curl ")
    fan["dialog-close"].click()
    fan["copy-test"].click()
    expect(fan["code-text"]).to_contain_text("def test_")
    fan["dialog-close"].click()


def test_only_this_follower_s_pushes_if_wanted(fan):
    fan["only-this"].check()
    expect(fan["push"]).to_have_count(1)
    fan["only-this"].uncheck()
    expect(fan["push"]).not_to_have_count(1)


def test_keys_are_renewed_and_the_server_verified(fan):
    fan["tab-account"].click()
    keys = fan.page.locator(".keysheet")
    before = keys.inner_text()
    fan["renew-token"].click()
    expect(keys).not_to_have_text(before, use_inner_text=True)
    fan["verify"].click()
    expect(fan["connected"]).to_have_text("已接入")
    fan["tab-pushes"].click()
    fan.says("你好")
    fan.hears("演示机器人")


def test_the_handler_and_the_session_are_told(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    with fan.another_push():
        fan.says("hello")
    fan.newest()
    part = fan.part("inside")
    expect(part.get_by_test_id("handler")).to_contain_text("greet")
    expect(part.get_by_test_id("handler")).to_contain_text("bots.py:")
    expect(part).to_contain_text("@text")
    expect(part.get_by_test_id("session")).to_contain_text('"greeted": 2')
    fan.account("careless")
    fan.says("你好")
    fan.hears("你好")
    fan.newest()
    expect(fan.part("inside").get_by_test_id("inside-none")).to_be_visible()


def test_the_log_comes_in(fan):
    fan["tab-log"].click()
    fan.says("出错")
    line = fan["log"].get_by_test_id("log-line").filter(has_text="fail").last
    expect(line).to_contain_text(re.compile(r"ERROR\S*bots\.py:\d+: RuntimeError: on purpose"))
    expect(line).not_to_contain_text("answering.py")


def test_a_handler_that_raises_is_red_with_the_author_s_own_line(fan):
    fan.says("出错")
    push = fan["push"].first
    expect(push.get_by_test_id("outcome")).to_have_text("处理函数出错")
    expect(push.get_by_test_id("outcome")).to_have_class("chip notice")
    expect(push.get_by_test_id("attempt")).to_have_class(re.compile("wrong"))
    reason = push.get_by_test_id("push-reason").get_by_test_id("failure")
    source = r'raise RuntimeError\("on purpose"\)'
    told = re.compile(rf"^\S*bots\.py:\d+ RuntimeError: on purpose{source}$")
    expect(reason).to_have_text(told)
    expect(fan["raised"].get_by_test_id("failure")).to_have_text(told)
    fan.newest()
    expect(fan["verdict"]).to_have_class("verdict notice")
    expect(fan["push-body"].locator(".traceback pre")).to_contain_text("Traceback")
    fan.page.reload()
    expect(fan["push"].first.get_by_test_id("outcome")).to_have_text("处理函数出错")
    fan["follower"].last.click()
    expect(fan["raised"]).to_be_visible()


def test_an_event_whose_handler_raises_is_red_too(fan):
    fan.attach("event")
    fan["field-name"].select_option("CLICK")
    fan.submit(fields='{"EventKey": "BROKEN"}')
    expect(fan["push"].first.get_by_test_id("outcome")).to_have_text("处理函数出错")
    expect(fan["push"].nth(1).get_by_test_id("outcome")).not_to_have_text("处理函数出错")


def test_two_replays_of_a_push_are_compared(fan):
    fan.says("数一数")
    fan.hears("第 1 次")
    fan.newest()
    expect(fan["compare"]).to_be_hidden()
    fan["resend"].click()
    fan.submit()
    fan.hears("第 2 次")
    fan.newest()
    fan["compare"].click()
    lines = fan["difference"]
    expect(lines.locator("del")).to_contain_text("第 1 次")
    expect(lines.locator("ins")).to_contain_text("第 2 次")
    fan["dialog-close"].click()
    with fan.another_push():
        fan["replay"].click()
    expect(fan["push"].first.get_by_test_id("outcome")).to_have_text("已回复")
    fan.newest()
    fan["compare"].click()
    expect(fan["compare-with"].locator("option")).to_have_count(2)
    expect(fan["difference"]).to_have_text("结果完全一样。")
    fan["compare-with"].select_option(index=0)
    expect(fan["difference"].locator("ins")).to_contain_text("第 2 次")
