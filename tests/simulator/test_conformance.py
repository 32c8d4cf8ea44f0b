"""Every real push of ../shared can be made here, field for field."""

import csv
from pathlib import Path

import pytest

from yizhan import events as vocabulary
from yizhan import messages
from yizhan.errors import Refused
from yizhan.judging import Asked
from yizhan.simulator import actions, forms
from yizhan.simulator.client import HttpAnswer
from yizhan.simulator.conversation import fields_of
from yizhan.simulator.judging import judge
from yizhan.simulator.options import Options
from yizhan.wire import xml

SHARED = Path(__file__).parents[2].parent / "shared"
PUSHES = sorted(
    path for path in SHARED.glob("fixtures/push/*.xml") if path.name.startswith(("msg-", "event-"))
)
ENVELOPES = sorted(SHARED.glob("fixtures/push/envelope-*.xml"))
REPLIES = sorted(SHARED.glob("fixtures/push/reply-*.xml"))
HEADERS = {"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event"}
# Layout that got into a broken document, a copy of a compat push, and a tag whose case differs.
STRAY = {("#text",), ("Encrypt",), ("Msg",)}

needs_shared = pytest.mark.skipif(not PUSHES, reason="needs ../shared")

LEFT_OUT = {"MsgType", "Event", "#text"}


def name(path):
    return path.name


def places(value, at=()):
    if isinstance(value, dict):
        for key, child in value.items():
            yield from places(child, (*at, key))
    elif isinstance(value, list):
        for child in value:
            yield from places(child, at)
    else:
        yield at


def kind_of(raw):
    if raw["MsgType"].lower() == "event":
        return "events", next(n for n in forms.events() if n.lower() == raw["Event"].lower())
    return "messages", raw["MsgType"]


@needs_shared
@pytest.mark.parametrize("path", PUSHES, ids=name)
def test_the_form_of_its_kind_has_every_field_of_a_real_push(path):
    raw, _ = xml.read(path.read_bytes())
    group, kind = kind_of(raw)
    known = {*places(forms.form(group, kind)), *places(forms.optional(group, kind))}
    told = {place for place in places(raw) if place[0] not in HEADERS}
    assert told - STRAY <= known


@needs_shared
@pytest.mark.parametrize("path", PUSHES, ids=name)
async def test_a_server_receives_the_same_fields(path, connect):
    raw, _ = xml.read(path.read_bytes())
    group, kind = kind_of(raw)
    make = forms.event if group == "events" else forms.message
    absent = dict.fromkeys(forms.form(group, kind))
    phone, server = connect()
    own = {field: value or "" for field, value in raw.items() if field not in LEFT_OUT}
    push = phone.pusher.push(phone.follower.openid, make(kind, absent | own))
    await phone.pusher.finish(push)
    received, _ = xml.read(server.requests[0].body)
    told = {field: value for field, value in raw.items() if field != "#text"}
    assert received == told | ({"Event": kind} if group == "events" else {})


@needs_shared
@pytest.mark.parametrize("path", PUSHES, ids=name)
async def test_and_the_very_same_bytes_if_it_is_sent_as_it_is(path, connect):
    phone, server = connect()
    [push] = phone.do(actions.Raw(path.read_text("utf-8")))
    await phone.pusher.finish(push)
    assert server.requests[0].body == path.read_bytes()


@needs_shared
@pytest.mark.parametrize("path", ENVELOPES, ids=name)
async def test_an_encrypted_push_has_the_members_of_a_real_envelope(path, world, connect):
    account = world.add_account("other", mode="safe")
    phone, server = connect(account=account)
    [push] = phone.do(actions.Say("你好"))
    await phone.pusher.finish(push)
    real, made = (xml.parse(body)["xml"] for body in (path.read_bytes(), server.requests[0].body))
    # What a platform gets names the platform's AppID in place of the account.
    assert made.keys() == {"ToUserName" if each == "AppId" else each for each in real}


@needs_shared
@pytest.mark.parametrize("path", REPLIES, ids=name)
def test_a_real_reply_is_shown(path):
    body = path.read_bytes()
    real = xml.parse(body)["xml"]
    asked = Asked(real["ToUserName"], real["FromUserName"], is_event=True)
    judgement = judge(HttpAnswer(200, {}, body), asked, Options(unknown_media="show"))
    assert (judgement.outcome, judgement.reason) == ("replied", None)
    assert judgement.reply.kind == real["MsgType"]


@needs_shared
def test_no_fixture_is_left_out():
    pushes = {path.name for path in SHARED.glob("fixtures/push/*")}
    assert pushes == {path.name for path in (*PUSHES, *ENVELOPES, *REPLIES)}


@needs_shared
def test_every_event_of_the_table_has_a_form():
    with (SHARED / "events.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    named = {row["value"].partition(" (")[0].lower() for row in rows if row["kind"] == "event"}
    assert named <= {event.lower() for event in forms.events()}
    kinds = {row["value"] for row in rows if row["kind"] == "msg"}
    assert kinds - {"event"} <= set(forms.messages())


@pytest.mark.parametrize("event", forms.events())
@pytest.mark.parametrize("format", ["xml", "json"])
def test_every_form_is_read_as_the_event_that_it_is(event, format):
    header = {"ToUserName": "gh_a", "FromUserName": "oFan", "CreateTime": 1}
    body = forms.document(header | forms.event(event.upper(), {}), format)
    read = messages.read(fields_of(body.decode()) if format == "json" else xml.read(body)[0])
    assert read.name == event
    assert type(read) is vocabulary.shape(event)


@pytest.mark.parametrize("kind", forms.messages())
def test_every_form_is_read_as_the_message_that_it_is(kind):
    read = messages.read(xml.read(forms.document(forms.message(kind, {}), "xml"))[0])
    assert kind.startswith(read.kind)
    assert not isinstance(read, messages.UnknownMessage)


def test_the_simulator_and_the_vocabulary_agree_on_what_shows_a_reply():
    for event in forms.events():
        fields = forms.event(event, {})
        read = messages.read(xml.read(forms.document(fields, "xml"))[0])
        assert forms.shows_reply(fields) is messages.shows_reply(read), event


def test_texts_are_cdata_and_numbers_bare():
    fields = {"Text": "a]]>b", "Number": 1, "Float": 1.5, "Yes": True, "Nothing": None}
    assert forms.document({**fields, "List": [{"A": 1}, {"A": 2}]}, "xml") == (
        b"<xml><Text><![CDATA[a]]]]><![CDATA[>b]]></Text><Number>1</Number><Float>1.5</Float>"
        b"<Yes>true</Yes><Nothing></Nothing><List><A>1</A></List><List><A>2</A></List></xml>"
    )


def test_in_json_the_notices_lose_their_wrapper():
    fields = forms.event("subscribe_msg_sent_event", {})
    assert b'"List": {"TemplateId"' in forms.document(fields, "json")
    item = fields["SubscribeMsgSentEvent"]["List"][0]
    two = fields | {"SubscribeMsgSentEvent": {"List": [item, item]}}
    assert b'"List": [{"TemplateId"' in forms.document(two, "json")


def test_what_is_no_document_has_no_fields():
    assert fields_of("<xml") == fields_of("[1]") == fields_of("{") == {}
    with pytest.raises(Refused):
        xml.read(b"<xml")
