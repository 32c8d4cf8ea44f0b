"""Follow, chat in every kind, and every kind of answer."""

import re

import pytest
from playwright.sync_api import expect

from page.steps import NOTICE
from yizhan.recording import Exchange, line_of, read
from yizhan.replies import Text, render

THEN, ME = "oSomebodyThen000000000000000", "gh_0123456789ab"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080200000090775"
    "3de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def fan(phone):
    phone.new_follower()
    return phone


def test_a_new_follower_comes_follows_and_goes(phone):
    phone.allow("409")
    phone.new_follower(follow=False)
    expect(phone["chat-empty"]).to_be_visible()
    phone.says("你好")
    expect(phone["toast-problem"]).to_be_visible()
    expect(phone["composer"]).to_have_value("你好")
    phone["empty-follow"].click()
    phone.hears("欢迎关注驿站！")
    expect(phone["line"].first).to_contain_text("关注了公众号")
    phone["follow"].click()
    expect(phone["line"].last).to_contain_text("取消了关注")
    expect(phone["follow"]).to_have_text("关注")


def test_a_text_is_answered_and_stands_on_the_right_and_on_the_left(fan):
    fan.says("你好")
    answer = fan.hears("你好！我是驿站的演示机器人。")
    question = fan.last("text").locator("xpath=preceding-sibling::*[1]")
    expect(question).to_have_attribute("data-side", "follower")
    assert question.locator(".bubble").bounding_box()["x"] > 200 + answer.bounding_box()["x"]
    expect(fan["separator"].first).to_have_text(re.compile(r"\d\d:\d\d"))


def test_emoji_go_as_codes_and_show_as_pictures(fan):
    fan["emoji"].click()
    fan.page.get_by_title("[微笑]").click()
    fan.page.get_by_title("[强]", exact=True).click()
    expect(fan["composer"]).to_have_value("[微笑][强]")
    fan["composer"].press("Enter")
    fan.hears("🙂👍")
    fan.newest()
    expect(fan.part("fields")).to_contain_text("[微笑][强]")


def test_emoji_as_phones_sent_them_before_show_as_pictures(fan):
    fan.says("/::)/::'(x/:,@@/:rose/::D/:nothing")
    assert fan.hears("🙂").get_by_test_id("bubble").inner_text() == "🙂😭x😵🌹😁/:nothing"
    expect(fan["follower"].last.locator(".last")).to_have_text("🙂😭x😵🌹😁/:nothing")


def test_the_links_of_a_text_are_links_and_its_markup_is_text(fan):
    fan.says("链接")
    bubble = fan.hears("看这里").get_by_test_id("bubble")
    link = bubble.get_by_test_id("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.com/a?x=1&y=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(bubble).to_contain_text("<img src=x onerror=alert(2)>")
    expect(bubble.locator("img")).to_have_count(0)
    bubble.get_by_test_id("msgmenu-link").click()
    fan.hears("满意（101）")


@pytest.mark.parametrize(
    ("kind", "answer"), [("image", "image"), ("voice", "voice"), ("video", "video")]
)
def test_samples_of_media_are_sent_and_answered(fan, kind, answer):
    fan.attach(kind)
    expect(fan["media-choice"].first).to_be_checked()
    fan.submit()
    expect(fan.last(answer)).to_have_attribute("data-side", "account")
    media = fan.last(answer).locator("img, audio, video").first
    assert fan.page.request.get(f"{fan.base}{media.get_attribute('src')}").ok


def test_a_picture_is_uploaded_and_sent(fan):
    fan.attach("image")
    file = {"name": "me.png", "mimeType": "image/png", "buffer": PNG}
    fan["media-upload"].set_input_files(file)
    expect(fan.page.locator(".pick").first).to_contain_text("me.png")
    expect(fan["media-choice"].first).to_be_checked()
    fan.submit()
    expect(fan.last("image")).to_have_attribute("data-side", "account")
    expect(fan.last("image").locator("img")).to_have_js_property("naturalWidth", 1)


def test_a_place_a_link_and_a_file(fan):
    fan.attach("location")
    fan.submit(label="外滩", latitude="31.24", longitude="121.49")
    fan.hears("你在 外滩")
    expect(fan.last("location")).to_contain_text("31.24, 121.49")
    fan.attach("link")
    fan.submit(title="驿站", description="一封信也不丢", url="https://example.com/yizhan")
    fan.hears("收到链接 驿站")
    fan.attach("file")
    fan.submit(title="说明.pdf")
    expect(fan.last("file")).to_contain_text("说明.pdf")
    fan.attach("program")
    fan.submit(title="我的小程序")
    expect(fan.last("miniprogrampage")).to_contain_text("我的小程序")
    fan.attach("shortvideo")
    fan.submit()
    expect(fan.last("shortvideo")).to_have_attribute("data-side", "follower")


def test_what_wechat_cannot_pass_on_arrives_as_its_text(fan):
    fan.attach("sticker")
    fan.hears("收到不支持的消息类型，暂无法显示")


def test_codes_are_scanned_by_followers_and_by_strangers(phone):
    phone.new_follower(follow=False)
    phone.attach("scan")
    phone.submit(scene="shop-42")
    phone.hears("你扫的是 shop-42")
    phone.attach("scan")
    phone.submit(scene="shop-43")
    phone.hears("又见面了：shop-43")


def test_codes_hang_on_the_wall_and_are_recognised_in_pictures(fan):
    fan.kind("service+")
    fan.says("海报")
    expect(fan.last("image")).to_have_attribute("data-side", "account")
    picture = fan.last("image").locator("img")
    expect(picture).to_have_js_property("naturalWidth", 296)
    fan.last("image").get_by_test_id("recognise").click()
    fan.hears("又见面了：poster-7")
    fan.attach("scan")
    code = fan["ask-scan"].get_by_test_id("code-card").filter(has_text="poster-7").last
    expect(code).to_contain_text("还有 0:29")
    expect(code.locator("img")).to_have_js_property("naturalWidth", 296)
    code.click()
    expect(fan["ask-scan"]).to_have_count(0)
    fan.hears("又见面了：poster-7")
    fan["tab-account"].click()
    fan["code-new"].click()
    fan.submit(scene="door-1")
    expect(fan["codes"].get_by_test_id("code-card").last).to_contain_text("door-1")
    fan["tab-pushes"].click()
    fan.kind("subscription")


def test_any_event_and_any_body_can_be_sent(fan):
    fan.attach("event")
    fan["field-name"].select_option("CLICK")
    expect(fan["field-fields"]).to_have_value(re.compile("EventKey"))
    fan.submit(fields='{"EventKey": "HELP"}')
    fan.hears("可以发")
    fan.attach("report")
    fan.submit()
    expect(fan["push"].first).to_contain_text("LOCATION")
    with fan.another_push():
        fan.attach("raw")
        fan.submit(body="<xml><no/></xml>")
    fan.newest()
    expect(fan.part("request")).to_contain_text("<no/>")


def test_news_of_one_and_of_many(fan):
    fan.says("图文")
    bubble = fan.hears("驿站：一封信也不丢").get_by_test_id("bubble")
    expect(bubble).to_contain_text("服务器、框架与模拟器")
    expect(bubble).to_contain_text("example.com")
    fan.attach("event")
    fan["field-name"].select_option("CLICK")
    fan.submit(fields='{"EventKey": "NEWS"}')
    bubble = fan.hears("在桌上测试机器人").get_by_test_id("bubble")
    expect(bubble.locator(".article")).to_have_count(2)


def test_notices_are_allowed_and_messages_refused(fan):
    fan.attach("agree")
    fan.submit(template_id="notice-1")
    expect(fan["push"].first).to_contain_text("subscribe_msg_popup_event")
    fan["chat-more"].click()
    fan["chat-block"].click()
    expect(fan["blocks"]).to_have_text("已拒收")
    fan["chat-more"].click()
    fan["chat-block"].click()
    expect(fan["blocks"]).to_have_count(0)


def test_staff_take_over(fan):
    fan.says("转人工")
    expect(fan["line"].last).to_contain_text("会话已转接给客服 kf001@demo")


def test_texts_that_break_things_come_back_whole(fan):
    text = "]]> <b>&amp; \\u4f60 %s {0} 👨‍👩‍👧 𠮷"
    fan.says(text)
    assert fan.hears("]]>").get_by_test_id("bubble").inner_text() == text


def test_a_long_text_is_measured_in_bytes(fan):
    fan["composer"].fill("你" * 682)
    expect(fan["meter"]).to_have_text("2046 / 2048")
    expect(fan["meter"]).not_to_have_class(re.compile("over"))
    fan["composer"].fill("你" * 683)
    expect(fan["meter"]).to_have_class(re.compile("over"))


def test_up_repeats_what_was_said(fan):
    for text in ("一", "二"):
        fan.says(text)
        fan.hears(text)
    fan["composer"].press("ArrowUp")
    expect(fan["composer"]).to_have_value("二")
    fan["composer"].press("ArrowUp")
    expect(fan["composer"]).to_have_value("一")
    fan["composer"].press("ArrowDown")
    fan["composer"].press("Enter")
    expect(fan.bubbles.last).to_have_text("二")
    expect(fan.bubbles).to_have_count(7)


def test_a_second_follower_has_drafts_and_unread_messages_of_its_own(fan):
    fan.says("等12秒")
    expect(fan.bubbles.last).to_have_text("等12秒")
    first = fan["follower"].last
    fan["composer"].fill("草稿")
    fan["follower"].first.click()
    expect(fan["composer"]).to_have_value("")
    expect(first.get_by_test_id("unread")).to_have_text("1")
    expect(first).to_contain_text("让你久等了")
    first.click()
    fan.hears("这个回答用了 12 秒")
    expect(fan["composer"]).to_have_value("草稿")
    expect(first.get_by_test_id("unread")).to_have_count(0)


def test_a_conversation_begins_again_from_any_point(fan):
    for text in ("你好", "一", "二"):
        fan.says(text)
        fan.hears("你好！" if text == "你好" else text)
    asked = fan.entries.filter(has_text="一").first
    asked.hover()
    asked.get_by_test_id("entry-restart").click()
    expect(fan["chat-title"]).to_be_visible()
    expect(fan["facts"]).to_contain_text("↺")
    expect(fan["composer"]).to_have_value("一")
    fan.hears("你好！")
    expect(fan.bubbles).to_have_count(3)
    fan["composer"].fill("不一样")
    fan["composer"].press("Enter")
    fan.hears("不一样")


def test_a_recording_is_opened_as_conversations(fan):
    lines = [
        exchange(100.0, "你好", render(Text("那时的回答"), to=THEN, sender=ME, created=1)),
        exchange(200.0, "坏了", b'{"oops": 1}'),
    ]
    fan["open-recording"].click()
    file = {"name": "r.jsonl", "mimeType": "application/json", "buffer": b"".join(lines)}
    fan["recording-file"].set_input_files(file)
    fan.submit()
    expect(fan["facts"]).to_contain_text(THEN)
    expect(fan.bubbles).to_have_text(["你好", "那时的回答", "坏了"])
    expect(fan["notice"]).to_have_text(NOTICE)
    expect(fan["reason"]).to_contain_text("JSON")
    fan.entries.last.hover()
    fan.entries.last.get_by_test_id("entry-inspect").click()
    expect(fan.part("response")).to_contain_text("oops")
    fan.says("现在呢")
    fan.hears("现在呢")


def test_a_recording_is_saved_to_a_file_and_done_again_from_it(fan, tmp_path):
    for text in ("你好", "一"):
        fan.says(text)
        fan.hears("你好！" if text == "你好" else text)
    fan["chat-more"].click()
    with fan.page.expect_download() as download:
        fan["chat-save"].click()
    assert download.value.suggested_filename.startswith("demo-")
    path = tmp_path / "saved.jsonl"
    download.value.save_as(path)
    kept = [exchange.fields for exchange in read(path.read_bytes().splitlines())]
    assert [fields.get("Content", fields.get("Event")) for fields in kept] == [
        "subscribe",
        "你好",
        "一",
    ]
    fan.new_follower(follow=False)
    fan["open-recording"].click()
    fan["recording-file"].set_input_files(path)
    fan["field-how"].select_option("instant")
    fan.submit()
    fan.hears("一")
    expect(fan.bubbles).to_have_count(5)


def test_a_bot_that_no_module_has_is_not_offered_as_a_test(fan):
    fan.account("careless")
    fan["chat-more"].click()
    expect(fan["chat-save"]).to_be_visible()
    expect(fan["chat-test"]).to_have_count(0)
    fan.page.keyboard.press("Escape")
    fan.says("你好")
    fan.hears("你好")
    fan.newest()
    expect(fan["copy-curl"]).to_be_visible()
    expect(fan["copy-test"]).to_have_count(0)
    fan.account("demo")


def exchange(at, text, reply):
    """A line of a recording."""
    push = (
        f"<xml><ToUserName>{ME}</ToUserName><FromUserName>{THEN}</FromUserName>"
        f"<CreateTime>{at:.0f}</CreateTime><MsgType>text</MsgType>"
        f"<Content>{text}</Content><MsgId>{at:.0f}</MsgId></xml>"
    )
    return line_of(Exchange(at=at, path="/", mode="plain", push=push, reply=reply.decode()))


def test_what_is_no_recording_is_said(fan):
    fan.allow("400")
    fan["open-recording"].click()
    file = {"name": "r.jsonl", "mimeType": "application/json", "buffer": b"nonsense"}
    fan["recording-file"].set_input_files(file)
    fan.submit()
    expect(fan["toast-problem"].last).to_contain_text("录制文件读不懂")


def test_a_conversation_is_renamed_copied_and_cleared(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    fan["chat-more"].click()
    fan["chat-rename"].click()
    fan.submit(nickname="张三")
    expect(fan["follower"].last).to_contain_text("张三")
    fan["chat-more"].click()
    fan["chat-test"].click()
    expect(fan["code-text"]).to_contain_text("from bot import account")
    expect(fan["code-text"]).to_contain_text("wechat(account, kind='subscription', verified=False)")
    expect(fan["code-text"]).to_contain_text("你好")
    fan["dialog-close"].click()
    fan["chat-more"].click()
    fan["chat-clear"].click()
    expect(fan["chat-empty"]).to_be_visible()
    expect(fan.entries).to_have_count(0)


def test_a_customer_service_window_is_shown_only_of_accounts_that_have_one(fan):
    fan.says("你好")
    fan.hears("演示机器人")
    expect(fan["facts"]).to_be_visible()
    expect(fan["window"]).to_have_count(0)
    fan.kind("service+")
    expect(fan["window"]).to_contain_text(re.compile(r"\d 条"))
    fan.kind("subscription")
    expect(fan["window"]).to_have_count(0)
