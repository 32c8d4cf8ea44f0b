"""By keyboard only, at phone width, in the dark, in English."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from page.steps import Phone

NARROW = {"width": 390, "height": 780}
LUMINANCE = """
(element) => {
  const colour = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
  return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
}
"""
AUDIT = (Path(__file__).parent / "audit.js").read_text("utf-8")


def audit(fan: Phone) -> None:
    """By day and by night texts stand out from what is behind them, and controls have names."""
    for scheme in ("light", "dark"):
        fan.page.emulate_media(color_scheme=scheme)
        assert fan.page.evaluate(AUDIT) == {"pale": [], "unnamed": []}


def focus(fan: Phone, testid: str, *, back: bool = False) -> None:
    """Tabs until that control has the focus."""
    for _ in range(120):
        at = fan.page.evaluate("document.activeElement?.dataset?.testid ?? ''")
        if at == testid:
            return
        fan.page.keyboard.press("Shift+Tab" if back else "Tab")
    pytest.fail(f"{testid} is not reached by Tab")


def test_with_the_keyboard_only(opened):
    fan = opened()
    key = fan.page.keyboard
    focus(fan, "kind")
    focus(fan, "new-follower")
    key.press("Enter")
    expect(fan["follower"].last).to_have_attribute("aria-current", "true")
    focus(fan, "follow")
    key.press("Enter")
    fan.hears("欢迎关注驿站")
    focus(fan, "composer")
    key.type("你好")
    key.press("Enter")
    fan.hears("演示机器人")
    key.press("ArrowUp")
    expect(fan["composer"]).to_have_value("你好")
    key.press("Shift+Enter")
    key.type("第二行")
    key.press("Enter")
    fan.hears("你好\n第二行")
    focus(fan, "attach")
    key.press("Enter")
    focus(fan, "attach-location")
    key.press("Enter")
    expect(fan["field-latitude"]).to_be_focused()
    key.press("Escape")
    expect(fan["field-latitude"]).to_have_count(0)
    key.press("Alt+KeyI")
    expect(fan["tab-pushes"]).to_be_focused()
    key.press("ArrowRight")
    expect(fan["tab-calls"]).to_have_attribute("aria-selected", "true")
    key.press("ArrowLeft")
    focus(fan, "push-head")
    key.press("Enter")
    expect(fan["push-head"].first).to_have_attribute("aria-expanded", "true")
    focus(fan, "push-tab-overview")
    key.press("ArrowRight")
    key.press("Enter")
    expect(fan["request-plain"]).to_be_visible()
    focus(fan, "entry-restart", back=True)
    key.press("Enter")
    expect(fan["facts"]).to_contain_text("↺")
    key.press("Alt+ArrowUp")
    expect(fan["follower"].last).not_to_have_attribute("aria-current", "true")


def test_dialogs_hold_the_focus_and_give_it_back(opened):
    fan = opened()
    fan["tab-account"].click()
    fan["ip-list"].focus()
    fan.page.keyboard.press("Enter")
    expect(fan["field-list"]).to_be_focused()
    for _ in range(8):
        fan.page.keyboard.press("Tab")
        assert fan.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    fan.page.keyboard.press("Escape")
    expect(fan["ip-list"]).to_be_focused()


def test_at_phone_width_it_is_one_column_with_the_inspector_as_a_sheet(opened):
    fan = opened(viewport=NARROW, has_touch=True)
    fan.new_follower()
    fan.says("你好")
    fan.hears("演示机器人")
    wide = "document.documentElement.scrollWidth"
    assert fan.page.evaluate(wide) == 390
    chat = fan.page.locator("yz-chat").bounding_box()
    assert (chat["x"], chat["width"]) == (0, 390)
    expect(fan["tab-pushes"]).to_be_hidden()
    fan["inspector-toggle"].click()
    expect(fan["tab-pushes"]).to_be_focused()
    fan.newest()
    fan.part("request")
    assert fan.page.evaluate(wide) == 390
    for tab in ("calls", "log", "account", "faults"):
        fan[f"tab-{tab}"].click()
        assert fan.page.evaluate(wide) == 390
    fan.page.keyboard.press("Escape")
    expect(fan["tab-pushes"]).to_be_hidden()
    expect(fan["inspector-toggle"]).to_be_focused()
    fan.attach("link")
    assert fan.page.evaluate(wide) == 390
    fan["dialog-cancel"].click()


def test_in_the_dark_and_by_the_switch(opened):
    fan = opened(color_scheme="dark")
    body = fan.page.locator("body")
    assert body.evaluate(LUMINANCE) < 50
    fan["theme"].click()
    assert body.evaluate(LUMINANCE) > 200
    fan.page.reload()
    fan["follower"].first.wait_for()
    assert body.evaluate(LUMINANCE) > 200
    fan["theme"].click()
    assert body.evaluate(LUMINANCE) < 50


def test_every_text_stands_out_and_every_control_has_a_name(opened):
    fan = opened()
    fan.new_follower()
    fan.says("链接")
    fan.hears("看这里")
    fan.says("出错")
    expect(fan["raised"]).to_be_visible()
    fan.newest()
    audit(fan)
    with fan.another_push():
        fan["resend"].click()
        fan.submit()
    fan.newest()
    fan["compare"].click()
    expect(fan["difference"]).not_to_be_empty()
    audit(fan)
    fan["dialog-close"].click()
    fan["push-search"].fill("没有这样的话")
    audit(fan)
    fan["push-search"].fill("")
    fan["open-recording"].click()
    audit(fan)
    fan["dialog-cancel"].click()
    fan.account("careless")
    fan.says("JSON")
    expect(fan["notice"].last).to_be_visible()
    fan.newest()
    for part in ("overview", "request", "response", "fields", "signature", "inside"):
        fan.part(part)
        audit(fan)
    fan["clock"].click()
    audit(fan)
    fan.page.keyboard.press("Escape")
    fan["attach"].click()
    for tab in ("calls", "log", "account", "faults"):
        fan[f"tab-{tab}"].click()
        audit(fan)
    fan["attach-scan"].click()
    fan["field-scene"].wait_for()
    audit(fan)
    fan["dialog-cancel"].click()


def test_in_english(opened):
    fan = opened(locale="en-GB")
    expect(fan.page).to_have_title("Yizhan simulator")
    expect(fan.page.locator("html")).to_have_attribute("lang", "en")
    fan.new_follower()
    fan.account("careless")
    fan.says("JSON")
    expect(fan["reason"].last).to_contain_text(re.compile("JSON.*XML"))
    fan.newest()
    seen = [fan.page.locator("yz-bar").inner_text(), fan["push"].first.inner_text()]
    fan["tab-account"].click()
    seen.append(fan.page.locator("yz-inspector").inner_text())
    assert set(re.findall("[一-鿿]+", "\n".join(seen))) <= {"驿站", "中文", "明", "小明"}
    fan["language"].click()
    expect(fan.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(fan["send"].or_(fan["attach"]).first).to_be_visible()
    expect(fan["tab-pushes"]).to_have_text("推送")


def test_two_browsers_see_the_same_without_a_reload(opened):
    one, two = opened(), opened()
    one.new_follower()
    one.says("你好")
    one.hears("演示机器人")
    expect(two["follower"].last).to_contain_text("演示机器人")
    two["follower"].last.click()
    two.hears("演示机器人")
    two.says("从另一边")
    one.hears("从另一边")


STOPS = """
() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]");
  const stops = (each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility();
  return [...all].filter(stops).length;
}
"""


def test_tab_stops_do_not_grow_with_conversation_pushes_and_followers(opened):
    fan = opened()
    fan.new_follower()
    fan.says("链接")
    fan.hears("看这里")
    before = fan.page.evaluate(STOPS)
    for number in range(4):
        fan.says("链接")
        expect(fan.bubbles).to_have_count(5 + 2 * number)
    fan.new_follower(follow=False)
    fan["follower"].nth(-2).click()
    expect(fan.bubbles).to_have_count(11)
    assert fan.page.evaluate(STOPS) <= before
    fan["entry"].last.focus()
    for _ in range(2):
        fan.page.keyboard.press("ArrowUp")
    expect(fan["entry"].nth(-3)).to_be_focused()
    assert fan.page.evaluate(STOPS) <= before
    fan.page.keyboard.press("Tab")
    expect(fan["entry"].nth(-3).get_by_test_id("link")).to_be_focused()
    fan["push-head"].first.focus()
    fan.page.keyboard.press("ArrowDown")
    expect(fan["push-head"].nth(1)).to_be_focused()
    fan["follower"].last.focus()
    fan.page.keyboard.press("ArrowUp")
    expect(fan["follower"].nth(-2)).to_be_focused()


def test_the_focus_begins_where_one_writes(opened):
    fan = opened()
    expect(fan["composer"]).to_be_focused()
    fan.page.keyboard.type("你好")
    expect(fan["composer"]).to_have_value("你好")
    touched = opened(viewport=NARROW, has_touch=True, is_mobile=True)
    expect(touched["composer"]).not_to_be_focused()  # no keyboard jumps up on a phone


def test_the_link_at_the_top_leads_to_where_one_writes(opened):
    fan = opened()
    address = fan.page.url
    fan.page.locator(".skip").focus()
    fan.page.keyboard.press("Enter")
    expect(fan["composer"]).to_be_focused()
    assert fan.page.url == address


@pytest.mark.parametrize("size", [(1366, 768), (390, 844), (820, 1180)])
def test_every_label_of_the_attach_sheet_is_seen_whole(opened, size):
    fan = opened(viewport=dict(zip(("width", "height"), size, strict=True)))
    fan.new_follower(follow=False)
    for language in ("zh", "en"):
        fan["attach"].click()
        expect(fan["sheet"]).to_be_visible()
        sheet = fan["sheet"].bounding_box()
        for box in [each.bounding_box() for each in fan["sheet"].locator(".offer").all()]:
            assert box["y"] + box["height"] <= sheet["y"] + sheet["height"] <= size[1]
            assert sheet["x"] <= box["x"]
            assert box["x"] + box["width"] <= sheet["x"] + sheet["width"]
        assert fan["sheet"].evaluate("(sheet) => sheet.scrollHeight <= sheet.clientHeight")
        if language == "zh":
            fan["language"].click()
            expect(fan.page.locator("html")).to_have_attribute("lang", "en")
            fan.drawn()


def test_avatars_tell_followers_apart(opened):
    fan = opened()
    while fan["follower"].count() < 4:
        fan.new_follower(follow=False)
    faces = fan["follower"].locator(".avatar")
    seen = faces.evaluate_all("all => all.map((each) => [each.className, each.textContent])")
    assert len({colour for colour, _ in seen[:8]}) == len(seen[:8])
    assert [letter for _, letter in seen[:3]] == ["明", "红", "刚"]
    assert len({tuple(face) for face in seen}) == len(seen)
