"""The server's tables and the judge's, each held against the protocol's facts by itself.

Neither is made from the other: a number that is wrong on one side shows here, and cannot hide by
being wrong on both.
"""

import pytest

from answers import EVENT, PLAIN, TEXT, xml
from wechat import document, event, text
from yizhan import judging, messages, replies
from yizhan.errors import Refused, ReplyError
from yizhan.inbox import bundle
from yizhan.replies import Article, Music, News, Text
from yizhan.server import checks
from yizhan.simulator import forms
from yizhan.wire import push
from yizhan.wire import xml as wire_xml

# Whether the follower sees the reply to an event. Of others nothing is documented.
EVENTS = [
    ("subscribe", True),
    ("SCAN", True),
    ("LOCATION", True),
    ("CLICK", True),
    ("scancode_push", True),
    ("scancode_waitmsg", True),
    ("pic_sysphoto", True),
    ("pic_photo_or_album", True),
    ("pic_weixin", True),
    ("location_select", True),
    ("unsubscribe", False),
    ("VIEW", False),
    ("view_miniprogram", False),
    ("TEMPLATESENDJOBFINISH", False),
    ("MASSSENDJOBFINISH", False),
    ("PUBLISHJOBFINISH", False),
]


@pytest.mark.parametrize(("name", "shown"), EVENTS)
def test_the_server_knows_whose_reply_is_shown(name, shown):
    assert messages.shows_reply(message_of(event(name))) is shown


@pytest.mark.parametrize(("name", "shown"), EVENTS)
def test_the_simulator_knows_whose_reply_is_shown(name, shown):
    assert forms.shows_reply(event(name)) is shown


def message_of(fields):
    return messages.read(wire_xml.read(document(fields))[0])


LONGEST = 2048  # bytes of UTF-8 in a text


@pytest.mark.parametrize(("size", "good"), [(LONGEST, True), (LONGEST + 1, False)])
def test_the_judge_knows_how_long_a_text_may_be(size, good):
    judged = judging.judge(200, "", xml(Text("x" * size)), PLAIN)
    assert (judged.outcome == "replied") is good


def test_the_server_makes_no_longer_text():
    made = bundle.bundle([Text("x" * LONGEST), Text("y")], "{n} more")
    assert len(made.reply.content.encode()) <= LONGEST
    joined = bundle.bundle([Text("x" * 1000), Text("y" * (LONGEST - 1002))], "{n} more")
    assert len(joined.reply.content.encode()) == LONGEST


# What is answered, how many articles, and whether they are shown.
ARTICLES = [("message", 1, True), ("message", 2, False), ("event", 8, True), ("event", 9, False)]


def articles(count):
    return News(*(Article(f"t{number}") for number in range(count)))


@pytest.mark.parametrize(("after", "count", "good"), ARTICLES)
def test_the_judge_knows_how_many_articles_there_may_be(after, count, good):
    asked = EVENT if after == "event" else PLAIN
    assert (judging.judge(200, "", xml(articles(count)), asked).outcome == "replied") is good


@pytest.mark.parametrize(("after", "count", "good"), ARTICLES)
def test_the_server_sends_no_more_articles(after, count, good):
    if good:
        assert replies.check(articles(count), after=after) == articles(count)
    else:
        with pytest.raises(ReplyError):
            replies.check(articles(count), after=after)


@pytest.mark.parametrize("cover", ["", " "])
def test_the_server_sends_no_empty_cover(cover):
    body = xml(Music(cover, url="https://a/b.mp3"))
    assert b"ThumbMediaId" not in body
    assert judging.judge(200, "", body, PLAIN).outcome == "replied"


# A Content-Encoding, and whether it leaves the body as it is.
ENCODINGS = [("", True), ("identity", True), ("Identity", True), ("gzip", False), ("br", False)]


@pytest.mark.parametrize(("encoding", "plain"), ENCODINGS)
def test_the_judge_knows_that_identity_is_no_encoding(encoding, plain):
    assert (judging.judge(200, encoding, TEXT, PLAIN).outcome == "replied") is plain


@pytest.mark.parametrize(("encoding", "plain"), ENCODINGS)
def test_the_server_knows_that_identity_is_no_encoding(encoding, plain):
    headers = [(b"content-encoding", encoding.encode())] if encoding else []
    if plain:
        checks.check_request("POST", headers, 1000)
    else:
        with pytest.raises(Refused):
            checks.check_request("POST", headers, 1000)


@pytest.mark.parametrize("body", [b"success", b""])
def test_both_know_what_acknowledges(body):
    assert judging.judge(200, "", body, PLAIN).outcome == "acknowledged"
    assert body in push.ACKNOWLEDGEMENTS


def test_a_message_shows_its_reply():
    assert messages.shows_reply(message_of(text()))
    assert forms.shows_reply(text())
