"""What WeChat makes of an answer: one row per answer that somebody's server has given."""

import pytest

from yizhan.phrases import catalogue
from yizhan.replies import Article, Image, Music, News, Text, Transfer, render, render_json
from yizhan.simulator.door import Answer
from yizhan.simulator.judging import Asked, judge
from yizhan.simulator.options import Options
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

FAN, GH = "oFan", "gh_shop"
TOKEN = "tokenOfTheJudge2026"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
CIPHER = Cipher(KEY, "wx0123456789abcdef")
PLAIN = Asked(FAN, GH, "plain", "xml", TOKEN, is_event=False)
EVENT = Asked(FAN, GH, "plain", "xml", TOKEN, is_event=True)
SAFE = Asked(FAN, GH, "safe", "xml", TOKEN, is_event=False, cipher=CIPHER)
COMPAT = Asked(FAN, GH, "compat", "xml", TOKEN, is_event=False, cipher=CIPHER)
JSON = Asked(FAN, GH, "plain", "json", TOKEN, is_event=False)


def xml(reply, to=FAN, sender=GH):
    return render(reply, to=to, sender=sender, created=1)


def with_fields(body):
    return (
        f"<xml><ToUserName>{FAN}</ToUserName><FromUserName>{GH}</FromUserName>"
        f"<CreateTime>1</CreateTime>{body}</xml>"
    ).encode()


def sealed(body, token=TOKEN, cipher=CIPHER):
    encrypt = cipher.encrypt(body)
    return (
        f"<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{sign(token, '1', '2', encrypt)}"
        "</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    ).encode()


def news(count):
    return News(*(Article(f"t{number}") for number in range(count)))


TEXT = xml(Text("你好"))

GOOD = [
    (PLAIN, TEXT, Text("你好")),
    (PLAIN, b"  \n" + TEXT, Text("你好")),
    (PLAIN, xml(Text("x" * 2048)), Text("x" * 2048)),
    (PLAIN, xml(Image("m")), Image("m")),
    (PLAIN, xml(Transfer()), Transfer()),
    (PLAIN, xml(Music(url="u")), Music(url="u")),
    (PLAIN, xml(news(1)), news(1)),
    (EVENT, xml(news(8)), news(8)),
    (SAFE, sealed(TEXT), Text("你好")),
    (COMPAT, sealed(TEXT), Text("你好")),
    (COMPAT, TEXT, Text("你好")),
    (JSON, render_json(Text("你好"), to=FAN, sender=GH, created=1), Text("你好")),
]


@pytest.mark.parametrize(("asked", "body", "reply"), GOOD)
def test_a_valid_reply_is_shown(asked, body, reply):
    judgement = judge(Answer(200, {}, body), asked, Options())
    assert (judgement.outcome, judgement.reply, judgement.reason) == ("replied", reply, None)


@pytest.mark.parametrize("asked", [PLAIN, SAFE, COMPAT, JSON, EVENT])
@pytest.mark.parametrize("body", [b"success", b""])
def test_success_and_nothing_at_all_acknowledge_in_every_mode(asked, body):
    assert judge(Answer(200, {}, body), asked, Options()).outcome == "acknowledged"


BAD = [
    (PLAIN, b'{"errcode": 0}', "not_xml"),
    (PLAIN, b"[]", "not_xml"),
    (PLAIN, b"<!DOCTYPE html><html></html>", "not_xml"),
    (PLAIN, b"OK", "not_xml"),
    (PLAIN, b"success\n", "not_xml"),
    (PLAIN, b'"success"', "not_xml"),
    (PLAIN, TEXT[:-3], "malformed"),
    (PLAIN, TEXT + b"<!-- --><p>", "malformed"),
    (PLAIN, b"<xml></xml>", "root"),
    (PLAIN, b"<xml>" + TEXT + b"</xml>", "nested"),
    (PLAIN, with_fields("<MsgType>text</MsgType><Content></Content>"), "empty_content"),
    (PLAIN, with_fields("<MsgType>text</MsgType><Content>  </Content>"), "empty_content"),
    (PLAIN, with_fields("<MsgType>text</MsgType>"), "missing"),
    (PLAIN, with_fields("<Content>x</Content>"), "missing"),
    (PLAIN, with_fields("<MsgType>image</MsgType><MediaId>m</MediaId>"), "missing"),
    (PLAIN, with_fields("<MsgType>image</MsgType><Pic><MediaId>m</MediaId></Pic>"), "missing"),
    (PLAIN, xml(Music(url="u")).replace(b"</Music>", b"<ThumbMediaId/></Music>"), "empty_element"),
    (PLAIN, with_fields("<MsgType>sticker</MsgType>"), "kind"),
    (PLAIN, TEXT.replace(b"<CreateTime>1<", b"<CreateTime>now<"), "number"),
    (PLAIN, xml(news(1)).replace(b"<ArticleCount>1", b"<ArticleCount>2"), "count"),
    (PLAIN, xml(Text("x"), to=GH, sender=FAN), "not_swapped"),
    (PLAIN, xml(Text("x"), to="oOther"), "wrong_to"),
    (PLAIN, xml(Text("x"), sender="gh_other"), "wrong_from"),
    (PLAIN, xml(news(2)), "articles"),
    (EVENT, xml(news(9)), "articles_event"),
    (PLAIN, xml(Text("x" * 2049)), "long_text"),
    (PLAIN, sealed(TEXT), "sealed_in_plain"),
    (SAFE, TEXT, "plain_in_safe"),
    (SAFE, b"OK", "not_xml"),
    (SAFE, sealed(TEXT, token="another0token0of0ours"), "msg_signature"),
    (SAFE, sealed(TEXT, cipher=Cipher("0" * 43, CIPHER.appid)), "envelope"),
    (SAFE, sealed(TEXT, cipher=Cipher(KEY, "wx1")), "envelope"),
    (SAFE, b"<xml><Encrypt>abc</Encrypt></xml>", "envelope_form"),
    (SAFE, sealed(b"{}"), "not_xml"),
    (JSON, TEXT, "not_json"),
    (JSON, b'{"ToUserName": "oFan"}', "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "body", "code"), BAD)
def test_junk_is_told_with_its_reason(asked, body, code):
    judgement = judge(Answer(200, {}, body), asked, Options())
    assert judgement.outcome == "junk"
    assert judgement.reason.code == code
    assert "{" not in str(judgement.reason)


@pytest.mark.parametrize("status", [201, 204, 302, 403, 404, 500, 503])
def test_another_status_is_tried_again_whatever_the_body(status):
    judgement = judge(Answer(status, {}, TEXT), PLAIN, Options())
    assert (judgement.outcome, judgement.reason.code) == ("retry", "status")
    assert judge(Answer(status, {}, TEXT), PLAIN, Options(retry_status=False)).outcome == "junk"


def test_a_text_over_2048_bytes_is_cut_at_a_character_or_shown_if_told_so():
    answer = Answer(200, {}, xml(Text("好" * 700)))
    assert judge(answer, PLAIN, Options(long_text="cut")).reply == Text("好" * 682)
    assert judge(answer, PLAIN, Options(long_text="show")).reply == Text("好" * 700)


def test_of_several_articles_the_first_is_shown_if_told_so():
    answer = Answer(200, {}, xml(news(3)))
    assert judge(answer, PLAIN, Options(many_articles="first")).reply == news(1)


def test_junk_may_be_tried_again():
    assert judge(Answer(200, {}, b"OK"), PLAIN, Options(retry_junk=True)).outcome == "retry"


def test_the_plain_body_is_kept_for_the_inspector():
    assert judge(Answer(200, {}, sealed(TEXT)), SAFE, Options()).plain == TEXT
    junk = xml(Text("x"), to="oOther")
    assert judge(Answer(200, {}, sealed(junk)), SAFE, Options()).plain == junk


# What is said of the connection, of faults, of events and by the console; see test_pusher.
ELSEWHERE = {
    *("late", "closed", "refused", "status", "media", "unshown", "echo"),
    *("lost", "dropped", "cut"),
}


def test_every_reason_is_in_the_table_above():
    told = {name.partition(".")[2] for name in catalogue() if name.startswith("notice.")}
    assert told - ELSEWHERE <= {code for _, _, code in BAD}
