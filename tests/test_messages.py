from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import events, messages
from yizhan.messages import (
    DeviceMessage,
    FileMessage,
    HardwareMessage,
    ImageMessage,
    LinkMessage,
    LocationMessage,
    MiniProgramPageMessage,
    ShortVideoMessage,
    TextMessage,
    UnknownMessage,
    VideoMessage,
    VoiceMessage,
)

HEADER = {
    "ToUserName": "gh_a1b2c3d4e5f6",
    "FromUserName": "oYz0a1B2c3D4e5F6g7H8i9J0kLmN",
    "CreateTime": "1764000000",
    "MsgId": "24900000000000001",
}
COMMON = {
    "to_user": "gh_a1b2c3d4e5f6",
    "from_user": "oYz0a1B2c3D4e5F6g7H8i9J0kLmN",
    "created": 1764000000,
    "id": "24900000000000001",
}


def push(kind, **fields):
    return {**HEADER, "MsgType": kind, **fields}


KINDS = [
    (push("text", Content="你好"), TextMessage, {"content": "你好", "menu_id": None}),
    (push("text", Content="满意", bizmsgmenuid="101"), TextMessage, {"menu_id": "101"}),
    (push("text", Content=None), TextMessage, {"content": ""}),
    (push("TEXT", Content=" 空 "), TextMessage, {"content": " 空 "}),
    (
        push("image", PicUrl="http://p", MediaId="m"),
        ImageMessage,
        {"pic_url": "http://p", "media_id": "m"},
    ),
    (
        push("voice", MediaId="m", Format="amr", Recognition="天气", MediaId16K="n"),
        VoiceMessage,
        {"media_id": "m", "format": "amr", "recognition": "天气", "media_id_16k": "n"},
    ),
    (
        push("voice", MediaId="m", Format="amr", Recognition=None),
        VoiceMessage,
        {"recognition": "", "media_id_16k": None},
    ),
    (
        push("video", MediaId="m", ThumbMediaId="t"),
        VideoMessage,
        {"media_id": "m", "thumb_media_id": "t"},
    ),
    (
        push("shortvideo", MediaId="m", ThumbMediaId="t"),
        ShortVideoMessage,
        {"media_id": "m", "thumb_media_id": "t"},
    ),
    (
        push("location", Location_X="31.23", Location_Y="121.47", Scale="16", Label="上海"),
        LocationMessage,
        {"latitude": 31.23, "longitude": 121.47, "scale": 16, "label": "上海"},
    ),
    (
        push("location", Location_X="nan", Location_Y="here", Scale="big"),
        LocationMessage,
        {"latitude": 0.0, "longitude": 0.0, "scale": 0, "label": ""},
    ),
    (
        push("link", Title="标题", Description="摘要", Url="https://e"),
        LinkMessage,
        {"title": "标题", "description": "摘要", "url": "https://e"},
    ),
    (
        push("file", Title="a.zip", Description=None, FileKey="k", FileMd5="5", FileTotalLen="222"),
        FileMessage,
        {
            "title": "a.zip",
            "description": "",
            "file_key": "k",
            "file_md5": "5",
            "file_total_len": 222,
        },
    ),
    (push("file", FileTotalLen="many"), FileMessage, {"file_total_len": None}),
    (
        push(
            "miniprogrampage", Title="t", AppId="wx", PagePath="p", ThumbUrl="u", ThumbMediaId="m"
        ),
        MiniProgramPageMessage,
        {
            "title": "t",
            "app_id": "wx",
            "page_path": "p",
            "thumb_url": "u",
            "thumb_media_id": "m",
        },
    ),
    (
        push("device_event", Event="bind", DeviceType="t", DeviceID="d", OpType="1", OpenID="o"),
        DeviceMessage,
        {
            "type": "device_event",
            "event": "bind",
            "device_type": "t",
            "device_id": "d",
            "op_type": 1,
            "open_id": "o",
        },
    ),
    (
        push("device_text", Content="eA==", SessionID="s"),
        DeviceMessage,
        {"content": "eA==", "session_id": "s"},
    ),
    (push("device_status", DeviceStatus="0"), DeviceMessage, {"device_status": 0}),
    (
        push("hardware", HardWare={"MessageView": "v", "MessageAction": "a"}),
        HardwareMessage,
        {"message_view": "v", "message_action": "a"},
    ),
    (push("hardware", HardWare=None), HardwareMessage, {"message_view": ""}),
    (push("hologram", Beam="b"), UnknownMessage, {"type": "hologram"}),
]


@pytest.mark.parametrize(("raw", "shape", "fields"), KINDS)
def test_each_kind_is_read_into_its_class(raw, shape, fields):
    message = messages.read(raw)
    assert type(message) is shape
    assert {name: getattr(message, name) for name in fields} == fields
    assert {name: getattr(message, name) for name in COMMON} == COMMON
    assert message.raw is raw


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ("1764000000", 1764000000),
        ("1764000000123", 1764000000),
        ("999999999999", 999999999999),
        ("1000000000000", 1000000000),
    ],
)
@pytest.mark.parametrize("kind", ["text", "event", "hologram"])
def test_thirteen_digits_of_a_time_are_milliseconds(kind, sent, seconds):
    read = messages.read(push(kind, CreateTime=sent, Event="CLICK"))
    assert (read.created, read.raw["CreateTime"]) == (seconds, sent)


@pytest.mark.parametrize("sent", [None, "", "first", "-1", "1.0", "１", "1" * 21])
def test_a_message_id_that_is_no_number_is_none(sent):
    assert messages.read(push("text", MsgId=sent)).id is None


def test_created_at_is_aware():
    message = messages.read(push("text"))
    assert message.created_at == datetime(2025, 11, 24, 16, 0, tzinfo=UTC)
    assert messages.read(push("text", CreateTime="9" * 30)).created_at.year == 1970


def test_a_message_from_an_article_names_it():
    message = messages.read(push("text", MsgDataId="77", Idx="2"))
    assert (message.data_id, message.index) == ("77", "2")
    assert (messages.read(push("text")).data_id, messages.read(push("text")).index) == (None, None)


def test_a_message_without_msgid_has_no_id():
    assert messages.read({"MsgType": "text"}).id is None


@pytest.mark.parametrize("shape", [raw_shape for _, raw_shape, _ in KINDS])
def test_kinds_are_told_by_the_class(shape):
    assert shape.kind == shape().kind != ""


def test_messages_cannot_be_changed():
    message = messages.read(push("text", Content="a"))
    with pytest.raises(AttributeError):
        message.content = "b"


VALUES = st.recursive(
    st.none() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([*HEADER, "MsgType", "Content", "Location_X", "Scale", "Event", "EventKey"])
TYPES = st.sampled_from(["event", *{raw["MsgType"] for raw, _, _ in KINDS}])


@given(st.dictionaries(NAMES, VALUES), TYPES)
def test_reading_is_total(raw, kind):
    raw["MsgType"] = kind
    push = messages.read(raw)
    assert push.raw is raw
    assert push.created_at.tzinfo is UTC


@given(st.dictionaries(NAMES, VALUES))
def test_a_text_has_the_header_that_every_message_has(raw):
    heads = [
        {name: getattr(messages.read(raw | {"MsgType": kind}), name) for name in COMMON}
        for kind in ("text", "image")
    ]
    assert heads[0] == heads[1]


@given(st.dictionaries(NAMES, VALUES))
def test_even_a_malformed_type_is_read(raw):
    assert isinstance(messages.read(raw), messages.Message | events.Event)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        *((push(kind), True) for kind in ("text", "image", "voice", "location", "hologram")),
        *((push(kind), False) for kind in ("device_text", "device_event", "device_status")),
        *(
            (push("event", Event=name), True)
            for name in (
                "subscribe",
                "SCAN",
                "scan",
                "LOCATION",
                "CLICK",
                "scancode_push",
                "scancode_waitmsg",
                "pic_sysphoto",
                "pic_photo_or_album",
                "pic_weixin",
                "location_select",
            )
        ),
        *(
            (push("event", Event=name), False)
            for name in (
                "unsubscribe",
                "VIEW",
                "view_miniprogram",
                "MASSSENDJOBFINISH",
                "TEMPLATESENDJOBFINISH",
                "PUBLISHJOBFINISH",
                "kf_create_session",
                "subscribe_msg_popup_event",
                "annual_renew",
                "user_authorization_revoke",
                "card_pass_check",
                "never_heard_of",
            )
        ),
    ],
)
def test_whether_a_reply_is_shown(raw, shown):
    assert messages.shows_reply(messages.read(raw)) is shown


def test_authors_can_make_messages_in_their_tests():
    message = TextMessage(content="你好", from_user="o1")
    assert msgspec.structs.asdict(message)["content"] == "你好"
