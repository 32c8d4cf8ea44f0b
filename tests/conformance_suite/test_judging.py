"""What WeChat makes of an answer: shown, acknowledged, or a fault with its name."""

import json

import pytest

from wechat import ACCOUNT, AES_KEY, APPID, CIPHER, FAN, TOKEN
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import Answer
from yizhan.conformance.judging import Asked, judge
from yizhan.replies import Article, Music, News, Text, render
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

FOREIGN = Cipher(AES_KEY, "wxffffffffffffffff")


def asked(mode="plain", **more):
    cipher = None if mode == "plain" else Forger(AES_KEY, APPID).cipher
    return Asked(FAN, ACCOUNT, TOKEN, mode, cipher, **more)


def reply(content="hi", *, to=FAN, sender=ACCOUNT):
    return render(Text(content), to=to, sender=sender, created=1764000000)


def sealed(plain, *, cipher=CIPHER, token=TOKEN):
    encrypt = cipher.encrypt(plain)
    return (
        f"<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{sign(token, '1', '2', encrypt)}"
        "</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    ).encode()


def news(count):
    articles = [Article(f"title {number}", url="https://example.com") for number in range(count)]
    return render(News(*articles), to=FAN, sender=ACCOUNT, created=1764000000)


def music(*cover):
    body = render(Music(*cover, url="https://a/b.mp3"), to=FAN, sender=ACCOUNT, created=1764000000)
    return body if cover else body.replace(b"</Music>", b"<ThumbMediaId/></Music>")


def answered(body, status=200, **headers):
    return Answer("answered", status, tuple(headers.items()), body)


def test_a_reply_is_what_the_follower_reads():
    heard = judge(answered(reply("你好")), asked())
    assert (heard.outcome, heard.content, heard.why) == ("replied", "你好", None)
    assert judge(answered(sealed(reply("你好"))), asked("safe")).content == "你好"
    assert judge(answered(reply("你好")), asked("compat")).content == "你好"


@pytest.mark.parametrize("cover", ["", "thumb-1"])
def test_music_may_have_no_cover(cover):
    assert judge(answered(music(cover)), asked()).reply == Music(cover, url="https://a/b.mp3")


@pytest.mark.parametrize("body", [b"success", b""])
@pytest.mark.parametrize("mode", ["plain", "safe"])
def test_an_acknowledgement_needs_no_seal(body, mode):
    assert judge(answered(body), asked(mode)).outcome == "acknowledged"
    assert judge(answered(sealed(b"success")), asked("safe")).outcome == "acknowledged"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\xef\xbb\xbf" + reply(), "bom"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<html>", "html"),
        (b"Success", "no_xml"),
        (b'{"MsgType": "text"}', "no_xml"),
        (b"<xml>", "reply"),
        (b"<xml><xml></xml></xml>", "reply"),
        (reply(""), "reply"),
        (reply(to=ACCOUNT, sender=FAN), "not_swapped"),
        (reply(to="oSomebodyElse"), "wrong_to"),
        (reply(sender="gh_other"), "wrong_from"),
        (reply("长" * 683), "long_text"),
        (news(2), "articles"),
        (music(), "reply"),
        (sealed(reply()), "sealed_in_plain"),
    ],
)
def test_what_wechat_cannot_show_is_junk_with_a_name(body, why):
    heard = judge(answered(body), asked())
    assert (heard.outcome, heard.why.phrase) == ("junk", why)
    assert heard.reply is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (reply(), "plain_in_safe"),
        (sealed(reply(), token="another"), "reply_signature"),
        (sealed(reply(), cipher=FOREIGN), "reply_envelope"),
        (b"<xml><Encrypt>x</Encrypt></xml>", "reply_form"),
    ],
)
def test_what_does_not_open_in_safe_mode_is_junk_with_a_name(body, why):
    heard = judge(answered(body), asked("safe"))
    assert (heard.outcome, heard.why.phrase) == ("junk", why)


def test_an_event_may_bring_eight_articles():
    assert judge(answered(news(8)), asked(is_event=True)).outcome == "replied"
    assert judge(answered(news(9)), asked(is_event=True)).why.phrase == "articles"


def test_json_is_read_where_json_was_asked_in():
    body = {"ToUserName": FAN, "FromUserName": ACCOUNT, "CreateTime": 1, "MsgType": "text"}
    answer = answered(json.dumps({**body, "Content": "hi"}).encode())
    assert judge(answer, asked(format="json")).content == "hi"
    assert judge(answered(reply()), asked(format="json")).content == "hi"
    assert judge(answer, asked()).outcome == "junk"


@pytest.mark.parametrize(
    ("answer", "outcome", "why"),
    [
        (answered(b"no", 403), "refused", "status"),
        (answered(b"oops", 500), "broken", "status"),
        (answered(b"", 302), "junk", "status"),
        (answered(reply(), **{"content-encoding": "gzip"}), "junk", "compressed"),
        (Answer("late", seconds=5.0), "late", "late"),
        (Answer("closed"), "closed", "closed"),
        (Answer("unreachable", detail="Connection refused"), "unreachable", "unreachable"),
        (Answer("tls", detail="expired"), "unreachable", "unreachable"),
    ],
)
def test_no_answer_and_no_200_have_names_too(answer, outcome, why):
    heard = judge(answer, asked())
    assert (heard.outcome, heard.why.phrase) == (outcome, why)
