"""The account's menu at the bottom."""

import json
import re

import pytest
from playwright.sync_api import expect

from page.test_look import audit

MENU = {
    "button": [
        {"type": "click", "name": "帮助", "key": "HELP"},
        {
            "name": "更多",
            "sub_button": [
                {"type": "view", "name": "官网", "url": "https://example.com/"},
                {"type": "scancode_waitmsg", "name": "扫一扫", "key": "SCAN"},
                {"type": "location_select", "name": "位置", "key": "PLACE"},
                {"type": "pic_photo_or_album", "name": "拍照", "key": "PICTURE"},
                {
                    "type": "miniprogram",
                    "name": "小程序",
                    "url": "https://example.com/m",
                    "appid": "wx1",
                    "pagepath": "pages/index",
                },
            ],
        },
    ]
}


@pytest.fixture
def fan(phone):
    """A follower of an account whose owner has made a menu in the console."""
    phone.new_follower()
    if not phone["menu-button"].count():
        phone["tab-account"].click()
        phone["menu-edit"].click()
        phone.submit(menu=json.dumps(MENU))
    expect(phone["menu-button"]).to_have_text(["帮助", "更多"])
    if not phone["menu"].is_visible():
        phone["menu-toggle"].click()
    return phone


def choose(fan, name):
    fan["menu-button"].nth(1).click()
    fan["menu-item"].filter(has_text=name).click()


def test_a_tap_is_answered(fan):
    fan["menu-button"].first.click()
    expect(fan["line"].last).to_contain_text("点了菜单 HELP")
    fan.hears("可以发：你好、图文、等12秒")


def test_a_sub_menu_opens_above_and_closes(fan):
    fan["menu-button"].nth(1).click()
    expect(fan["menu-item"]).to_have_count(5)
    box, bar = fan["menu-item"].last.bounding_box(), fan["menu-button"].nth(1).bounding_box()
    assert box["y"] + box["height"] <= bar["y"]
    expect(fan["menu-item"].first).to_be_focused()
    fan.page.keyboard.press("ArrowDown")
    expect(fan["menu-item"].nth(1)).to_be_focused()
    fan.page.keyboard.press("Escape")
    expect(fan["menu-item"].first).to_be_hidden()
    expect(fan["menu-button"].nth(1)).to_be_focused()


def test_a_page_is_named_and_not_fetched(fan):
    choose(fan, "官网")
    expect(fan["visit"]).to_contain_text("https://example.com/")
    fan["dialog-close"].click()
    expect(fan["push"].first).to_contain_text("VIEW")
    choose(fan, "小程序")
    expect(fan["visit"]).to_contain_text("wx1 pages/index")
    fan["dialog-close"].click()


def test_a_code_is_scanned_and_a_place_chosen(fan):
    choose(fan, "扫一扫")
    fan.submit(result="6901234567892")
    fan.hears("扫到了 6901234567892")
    choose(fan, "位置")
    fan.submit(label="人民广场")
    expect(fan.bubbles.filter(has_text="选了 人民广场")).to_have_count(1)


def test_pictures_follow_the_event(fan):
    choose(fan, "拍照")
    fan.submit()
    expect(fan.last("image")).to_have_attribute("data-side", "account")
    expect(fan["push"].filter(has_text="pic_photo_or_album")).not_to_have_count(0)


def test_the_keyboard_comes_back(fan):
    expect(fan["composer"]).to_be_hidden()
    fan["menu-toggle"].click()
    expect(fan["composer"]).to_be_visible()
    expect(fan["menu"]).to_be_hidden()


def test_a_bad_menu_is_refused_as_the_platform_would(fan):
    fan.allow("400")
    fan["tab-account"].click()
    fan["menu-edit"].click()
    fan.submit(menu='{"button": [{"type": "click", "name": "x"}]}')
    expect(fan["toast-problem"].last).to_contain_text(re.compile(r"40\d{3}"))
    expect(fan["menu-button"]).to_have_count(2)


def test_a_menu_is_taken_away(fan):
    fan["tab-account"].click()
    fan["menu-delete"].click()
    expect(fan["menu-button"]).to_have_count(0)
    expect(fan["composer"]).to_be_visible()
    expect(fan["menu-toggle"]).to_be_hidden()


def test_an_account_without_the_right_keeps_its_menu_marked(phone):
    phone.new_follower()
    phone["tab-account"].click()
    phone["menu-edit"].click()
    phone.submit(menu=json.dumps(MENU))
    expect(phone["menu-button"]).to_have_text(["帮助", "更多"])
    if not phone["menu"].is_visible():
        phone["menu-toggle"].click()
    expect(phone["menu-lacks"]).to_have_text("48001：此账号没有自定义菜单")
    audit(phone)
    phone["menu-button"].first.click()
    phone.hears("可以发：你好、图文、等12秒")
    phone.kind("service")
    expect(phone["menu-lacks"]).to_be_hidden()
    expect(phone["menu-button"]).to_have_count(2)
    phone.kind("subscription")
    expect(phone["menu-lacks"]).to_be_visible()


def test_a_menu_that_comes_late_leaves_the_open_sheet(opened, desk):
    fan, late = opened(enter=False), []
    fan.page.route("**/menu?*", lambda route: late.append(route))
    with fan.page.expect_request("**/menu?*"):
        fan.page.goto(desk.address())
    fan["attach"].click()
    expect(fan["sheet"]).to_be_visible()
    for route in late:
        route.fulfill(json={"button": MENU["button"][:1]})
    expect(fan["menu-button"]).to_have_count(1)
    expect(fan["sheet"]).to_be_visible()
