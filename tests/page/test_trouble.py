"""Faults on demand, the clock, and the page when the simulator is out of reach."""

import re

import pytest
from playwright.sync_api import expect

from page.steps import NOTICE


@pytest.fixture
def fan(phone):
    phone.new_follower()
    yield phone
    page = phone.base
    assert phone.page.request.put(f"{page}api/accounts/demo/faults", data="[]").ok
    expect(phone["faults-badge"]).to_be_hidden()


def test_a_lost_answer_brings_the_notice(fan):
    fan["tab-faults"].click()
    fan["fault-lose-times"].select_option("3")
    fan["fault-lose"].check()
    expect(fan["faults-badge"]).to_have_text("1 个故障开着")
    fan.says("你好")
    expect(fan["notice"].last).to_have_text(NOTICE)
    expect(fan["faults-badge"]).to_be_hidden()
    fan["tab-pushes"].click()
    expect(fan["push"].first.get_by_test_id("attempt")).to_have_count(3)


@pytest.mark.parametrize(
    ("mistake", "reason"),
    [("form", "JSON"), ("unswapped", "未互换"), ("blank", "Content 为空"), ("late", "×3")],
)
def test_a_good_reply_is_broken_on_its_way_and_the_reason_told(fan, mistake, reason):
    fan["tab-faults"].click()
    fan[f"fault-reply_{mistake}"].check()
    fan.says("你好")
    expect(fan["notice"].last).to_have_text(NOTICE)
    expect(fan["reason"].last).to_contain_text(reason)
    expect(fan["faults-badge"]).to_be_hidden()
    fan.says("hello")
    fan.hears("演示机器人")


def test_a_fault_has_values_and_can_spare_the_others(fan):
    fan["tab-faults"].click()
    fan["fault-delay-seconds"].fill("2")
    fan["fault-delay-only"].check()
    fan["fault-delay"].check()
    expect(fan["faults-badge"]).to_be_visible()
    fan.says("你好")
    fan.hears("演示机器人")
    fan["tab-pushes"].click()
    fan.newest()
    expect(fan["push-body"]).to_contain_text("⚡")


def test_what_nobody_knows_can_be_chosen(fan):
    fan["tab-faults"].click()
    fan["option-notice"].select_option(index=1)
    fan["fault-lose-times"].select_option("3")
    fan["fault-lose"].check()
    fan.says("你好")
    expect(fan["notice"].last).to_have_text("该公众号暂时无法提供服务，请稍后再试")
    fan["option-notice"].select_option(index=0)


def test_tomorrow_the_window_is_closed(fan):
    fan.kind("service+")
    fan.says("你好")
    fan.hears("演示机器人")
    expect(fan["window"]).to_be_visible()
    fan["clock"].click()
    fan["jump-172800"].click()
    expect(fan["window"]).to_be_hidden()
    expect(fan["clock"]).to_contain_text("+2 天")
    fan.says("还在吗")
    fan.hears("还在吗")
    expect(fan["separator"]).to_have_count(2)
    fan.kind("subscription")


def test_time_goes_faster_if_one_wants_it(fan):
    for pace, name in (("tenfold", "×10"), ("auto", "自动快进")):
        fan["clock"].click()
        fan[f"pace-{pace}"].click()
        expect(fan["clock"]).to_contain_text(name)
        fan.says("等12秒")
        fan.hears("12 秒")
    fan["clock"].click()
    expect(fan["pace-auto"]).to_have_attribute("aria-pressed", "true")
    fan["pace-real"].click()
    expect(fan["clock"]).not_to_contain_text("自动")


def test_a_minute_passes_with_all_that_is_under_way(fan, desk):
    clock = desk.simulator.simulation.world.clock
    before = clock.monotonic()
    fan.says("等12秒")
    fan["clock"].click()
    with fan.page.expect_response("**/clock*") as moved:
        fan["pass-60"].click()
    assert moved.value.ok
    fan.hears("12 秒")
    expect(fan["push"].first).to_have_attribute("data-outcome", "replied")
    assert clock.monotonic() - before >= 12


def test_the_page_says_where_time_cannot_go_faster(opened, desk, monkeypatch):
    monkeypatch.setattr(desk.simulator.simulation, "pace", None)
    fan = opened()
    fan["clock"].click()
    expect(fan["clock-panel"]).to_contain_text("被测的服务器有自己的时钟")
    expect(fan["pace-tenfold"]).to_have_count(0)
    expect(fan["jump-172800"]).to_be_visible()


@pytest.mark.parametrize("done", [True, False], ids=["done", "not read"])
def test_what_is_said_over_a_connection_that_breaks_is_said_once(fan, done):
    """A process that ends has taken the call, or has never read it: the page cannot know."""

    broken = []

    def breaks(route):
        broken.append(route)
        if done:
            route.fetch()
        route.abort("connectionreset")

    fan.allow("ERR_", "Failed to load")
    fan.page.route("**/act?*", breaks, times=1)
    with fan.page.expect_response("**/act?*"):  # the second one: the first has none
        fan.says("一次")
    fan.hears("一次")
    fan.says("再说")
    fan.hears("再说")
    assert len(broken) == 1
    own = fan["entry"].and_(fan.page.locator("[data-side=follower][data-kind=text]"))
    expect(own).to_have_text([re.compile("一次"), re.compile("再说")])
    expect(fan["toast-problem"]).to_have_count(0)


def test_a_lost_simulator_is_said_and_found_again(opened, desk):
    fan = opened()
    fan.allow("ERR_", "Failed to load", "401")
    fan.page.route("**/api/**", lambda route: route.abort())
    fan["new-follower"].click()
    expect(fan["toast-problem"]).to_contain_text("连不上模拟器")
    fan.page.reload()
    expect(fan["banner"]).to_contain_text("连不上模拟器")
    expect(fan["link"]).to_have_text("断开")
    fan.page.unroute("**/api/**")
    expect(fan["banner"]).to_be_hidden()
    expect(fan["link"]).to_have_text("已连接")
    expect(fan["follower"].first).to_be_visible()
    fan.page.context.clear_cookies()
    fan.page.evaluate("import('./static/js/world.js').then(({ world }) => world.start())")
    expect(fan["banner"]).to_contain_text("会话已失效")


def test_an_address_opens_one_browser_only(opened, desk):
    address = desk.address()
    fan = opened(enter=False)
    fan.page.goto(address)
    expect(fan["chat-title"]).to_have_text("demo")
    assert "token" not in fan.page.url
    other = opened(enter=False)
    other.allow("403", "401")
    response = other.page.goto(address)
    assert response.status == 403
    expect(other.page.locator("body")).to_contain_text("已经用过")
    response = other.page.goto(re.sub(r"\?.*", "", address))
    assert response.status == 401
    expect(other.page.locator("body")).to_contain_text("终端")


def test_what_is_chosen_but_not_yet_switched_on_outlives_other_changes(fan):
    fan["tab-faults"].click()
    fan["fault-lose-times"].select_option("3")
    fan["fault-skew-seconds"].fill("-60")
    with fan.page.expect_response("**/options*"):
        fan["option-recognition"].select_option(index=0)
    with fan.page.expect_response("**/faults*"):
        fan["fault-delay"].check()
    expect(fan["faults-badge"]).to_be_visible()
    expect(fan["fault-lose-times"]).to_have_value("3")
    expect(fan["fault-skew-seconds"]).to_have_value("-60")
    fan["faults-off"].click()
    expect(fan["faults-badge"]).to_be_hidden()
    expect(fan["fault-delay"]).not_to_be_checked()
    fan["option-recognition"].select_option(index=1)
