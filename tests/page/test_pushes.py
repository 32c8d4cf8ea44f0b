"""The list of pushes: found, filtered, cleared, named by the address."""

import re

import pytest
from playwright.sync_api import expect

from yizhan.simulator import actions


@pytest.fixture
def fan(phone):
    phone["tab-pushes"].click()
    phone["push-search"].fill("")
    for name in ("push-kind", "push-outcome"):
        phone[name].select_option("")
    phone["only-this"].uncheck()
    phone.new_follower()
    return phone


def test_pushes_are_searched_in_what_was_said_answered_and_raised(fan):
    for text in ("苹果", "图文", "出错"):
        fan.says(text)
        expect(fan["push"].first).to_contain_text(text)
        expect(fan["push"].first).not_to_have_attribute("data-outcome", "running")
    for words, found in (("苹果", "苹果"), ("一封信也不丢", "图文"), ("on PURPOSE", "出错")):
        fan["push-search"].fill(words)
        expect(fan["push"].first).to_contain_text(found)
    fan["push-search"].fill("苹果")
    expect(fan["push"]).to_have_count(1)
    fan["push-search"].fill("没有这样的话")
    expect(fan["no-pushes"]).to_have_text("没有符合条件的推送。")


def test_pushes_are_filtered_by_kind_and_outcome_as_they_come(fan):
    fan["push-kind"].select_option("image")
    fan["only-this"].check()
    expect(fan["push"]).to_have_count(0)
    fan.says("你好")
    fan.hears("演示机器人")
    expect(fan["push"]).to_have_count(0)
    fan.attach("image")
    fan.submit()
    expect(fan["push"]).to_have_count(1)
    fan["push-kind"].select_option("event")
    expect(fan["push"]).to_have_count(1)
    expect(fan["push"]).to_contain_text("subscribe")
    fan["push-kind"].select_option("")
    fan.says("出错")
    fan["push-outcome"].select_option("failed")
    expect(fan["push"]).to_have_count(1)
    fan["push-outcome"].select_option("acknowledged")
    expect(fan["push"]).to_have_count(0)
    fan["push-outcome"].select_option("replied")
    expect(fan["push"]).to_have_count(3)
    fan["push-outcome"].select_option("running")
    fan.says("等12秒")
    expect(fan["push"]).to_have_count(1)
    fan.hears("12 秒")
    expect(fan["push"]).to_have_count(0)


def test_an_old_message_loads_its_push(opened, desk):
    fan = opened()
    fan.new_follower()
    fan.says("很久以前")
    fan.hears("很久以前")
    old = fan["entry"].filter(has_text="很久以前").first
    phone = desk.simulator.simulation.conversation(
        "demo", fan["follower"].last.get_attribute("data-openid")
    )
    for number in range(105):
        desk.loop.call_soon_threadsafe(phone.do, actions.Click(f"K{number}"))
    expect(fan["push"].first).to_contain_text("K104")
    fan.page.reload()
    fan["follower"].last.click()
    expect(fan["push"]).to_have_count(100)
    while not old.is_visible():
        known = fan["entry"].count()
        fan["earlier"].click()
        expect(fan["entry"]).not_to_have_count(known)  # else it is clicked when nothing is left
    old.hover()
    old.get_by_test_id("entry-inspect").click()
    expect(fan["push"]).to_have_count(101)
    shown = fan.page.locator("yz-push.open")
    expect(shown).to_contain_text("很久以前")
    expect(shown.get_by_test_id("push-head")).to_be_focused()
    fan["pushes-older"].click()
    expect(fan["push"].nth(105)).to_be_attached()


def test_the_list_is_cleared_for_every_browser_and_goes_on(opened):
    one, two = opened(), opened()
    one.allow("404")
    one.new_follower()
    one.says("你好")
    one.hears("演示机器人")
    expect(two["push"].first).to_contain_text("你好")
    one["pushes-clear"].click()
    for each in (one, two):
        expect(each["push"]).to_have_count(0)
    expect(one["no-pushes"]).to_contain_text("还没有推送")
    expect(one.bubbles).to_have_count(3)
    one.entries.last.hover()
    one.entries.last.get_by_test_id("entry-inspect").click()
    expect(one["toast-problem"]).to_contain_text("没有这条推送")
    one.says("还在")
    one.hears("还在")
    expect(two["push"]).to_have_count(1)


def test_follower_and_push_stand_in_the_address(opened):
    fan = opened()
    fan.new_follower()
    openid = fan["follower"].last.get_attribute("data-openid")
    fan.says("你好")
    fan.hears("演示机器人")
    fan.newest()
    number = fan["push"].first.get_attribute("data-id")
    expect(fan.page).to_have_url(re.compile(f"#account=demo&follower={openid}&push={number}$"))
    fan["follower"].first.click()
    expect(fan.page).not_to_have_url(re.compile("push="))
    fan.page.goto(re.sub("#.*", f"#account=demo&follower={openid}&push={number}", fan.page.url))
    expect(fan["follower"].last).to_have_attribute("aria-current", "true")
    expect(fan.page.locator("yz-push.open")).to_have_attribute("data-id", number)
    fan.page.reload()
    expect(fan["facts"]).to_contain_text(openid)
    expect(fan.page.locator("yz-push.open")).to_have_attribute("data-id", number)
    fan["language"].click()
    expect(fan.page.locator("html")).to_have_attribute("lang", "en")
    expect(fan.page.locator("yz-push.open")).to_have_attribute("data-id", number)
    fan["push-head"].first.click()
    expect(fan.page).not_to_have_url(re.compile("push="))


def test_a_quick_push_is_one_row_until_it_is_opened(fan, desk, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(desk, "haste", 1)  # in haste a busy machine's 50 ms are a second
        fan.says("你好")
        fan.hears("演示机器人")
    quick = fan["push"].first
    expect(quick.get_by_test_id("timeline")).to_be_hidden()
    assert quick.bounding_box()["height"] < 45
    fan.newest()
    expect(quick.get_by_test_id("timeline")).to_be_visible()
    fan.says("等12秒")
    fan.hears("12 秒")
    expect(fan["push"].first.get_by_test_id("timeline")).to_be_visible()
    fan.says("出错")
    expect(fan["push"].first.get_by_test_id("outcome")).to_have_text("处理函数出错")
    expect(fan["push"].first.get_by_test_id("timeline")).to_be_visible()
