"""Recordings line by line: what is kept, what is read back, and what is hidden."""

import json
import re

import pytest

from wechat import FAN, document, image, text
from yizhan import recording
from yizhan.errors import RecordingError
from yizhan.recording import Exchange
from yizhan.replies import Text

REPLY = (
    "<xml><ToUserName>o1</ToUserName><FromUserName>gh_1</FromUserName>"
    "<CreateTime>1764000000</CreateTime><MsgType>text</MsgType><Content>hello</Content></xml>"
)
JSON_REPLY = json.dumps(
    {
        "ToUserName": "o1",
        "FromUserName": "gh_1",
        "CreateTime": 1764000000,
        "MsgType": "text",
        "Content": "hello",
    }
)


def exchange(push=None, reply="success", **more):
    told = document(text("hi")).decode() if push is None else push
    return Exchange(1.5, "/wechat", "plain", told, reply, took=0.25, **more)


@pytest.mark.parametrize("reply", [None, "", "success", REPLY, JSON_REPLY])
def test_a_line_comes_back_as_it_was(reply):
    kept = exchange(reply=reply)
    line = recording.line_of(kept)
    assert list(recording.read([line, b"\n"])) == [kept]
    assert json.loads(line)["at"] == 1.5


@pytest.mark.parametrize(
    ("push", "format"),
    [
        (document(text("hi")).decode(), "xml"),
        (json.dumps(text("hi")), "json"),
    ],
)
def test_the_fields_of_a_push_are_read_whatever_it_is_written_in(push, format):
    kept = exchange(push)
    assert kept.format == format
    assert kept.fields["Content"] == "hi"
    assert kept.fields["FromUserName"] == FAN
    assert str(kept.fields["CreateTime"]).isdigit()


@pytest.mark.parametrize("reply", [REPLY, JSON_REPLY])
def test_what_the_follower_saw_is_a_reply(reply):
    assert exchange(reply=reply).shown == Text("hello")


@pytest.mark.parametrize("reply", [None, "", "success", "<xml>torn"])
def test_who_got_no_reply_saw_nothing(reply):
    assert exchange(reply=reply).shown is None


def test_a_busy_server_gave_no_answer():
    turned_away = exchange(reply="busy", status=503)
    assert not turned_away.answered
    assert turned_away.shown is None
    assert exchange().answered


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b'{"at": "yesterday"}',
        b'{"at": 1.0, "path": "/", "mode": "plain", "push": "\xff"}',
        recording.line_of(exchange("<xml><torn></xml>")),
        recording.line_of(exchange('{"torn": ')),
        recording.line_of(exchange("<!DOCTYPE xml><xml></xml>")),
    ],
)
def test_a_line_that_is_none_is_named(line):
    with pytest.raises(RecordingError, match="line 3 is no recording"):
        list(recording.read([recording.line_of(exchange()), b"\n", line]))


def test_control_characters_are_kept_and_read():
    push = document(text("a%c")).decode().replace("%", "\b")
    (kept,) = recording.read([recording.line_of(exchange(push))])
    assert "\b" in kept.push
    assert kept.fields["Content"] == "a\ufffdc"


@pytest.mark.parametrize("written", [lambda push: document(push).decode(), json.dumps])
def test_redaction_hides_words_and_people_and_keeps_kinds_and_times(written):
    push = text("my secret", CreateTime=1764000000, MsgId=24900000000000001)
    hidden = recording.redacted(exchange(written(push), REPLY), "key")
    assert hidden.redacted
    assert hidden.format == exchange(written(push)).format
    fields = hidden.fields
    assert fields["Content"] == "•" * len("my secret")
    assert fields["FromUserName"] == recording.pseudonym(FAN, "key") != FAN
    assert fields["ToUserName"] == push["ToUserName"]
    assert (fields["CreateTime"], fields["MsgId"]) == ("1764000000", "24900000000000001")
    assert hidden.shown == Text("•" * len("hello"))


@pytest.mark.parametrize("head", ["", "\ufeff"])
@pytest.mark.parametrize("written", [lambda push: document(push).decode(), json.dumps])
def test_a_message_id_in_words_is_hidden(written, head):
    told = recording.redacted(exchange(head + written(text(MsgId="my secret"))), "key").push
    assert "secret" not in told
    assert "text" in told


def test_numbers_of_a_redacted_json_push_stay_numbers():
    push = json.dumps(image(CreateTime=1764000000, Scale=16, Precision=65.5, Known=True))
    told = json.loads(recording.redacted(exchange(push), "key").push)
    assert (told["CreateTime"], told["Scale"]) == (1764000000, 16)
    assert re.fullmatch("•+", told["Precision"])


def test_equal_openids_get_equal_pseudonyms_and_other_keys_others():
    assert recording.pseudonym(FAN, "a") == recording.pseudonym(FAN, "a")
    assert recording.pseudonym(FAN, "a") != recording.pseudonym(FAN, "b")
    assert recording.pseudonym(FAN, "a") != recording.pseudonym(FAN[::-1], "a")
