"""The vocabulary against the facts: real pushes, the table of events, and wechatpy."""

import copy
import csv
import re
import warnings
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from yizhan import events, messages, replies
from yizhan.messages import UnknownMessage
from yizhan.replies import Article, Image, Music, News, Text, Video, Voice
from yizhan.wire import xml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # wechatpy was written for older Pythons
    import wechatpy
    from wechatpy.replies import deserialize_reply

SHARED = Path(__file__).parents[2].parent / "shared"
PUSHES = sorted(SHARED.glob("fixtures/push/*.xml"))
RECEIVED = [path for path in PUSHES if path.name.startswith(("msg-", "event-"))]
SENT = [path for path in PUSHES if path.name.startswith("reply-")]

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")


def name(path):
    return path.name


def leaves(value, path=()):
    """The places of all texts in the dict of a push."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, (*path, key))
    elif isinstance(value, list):
        for place, child in enumerate(value):
            yield from leaves(child, (*path, place))
    else:
        yield path


def with_leaf(raw, path, text):
    changed = copy.deepcopy(raw)
    parent = changed
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = text
    return changed


def typed(raw):
    """What the typed fields alone tell of a push."""
    push = messages.read(raw)
    return type(push), msgspec.structs.replace(push, raw={})


def lost(raw):
    """The fields whose value makes no difference to the typed push."""
    unread = {("MsgType",), ("Event",), ("Encrypt",), ("#text",)}
    return [
        path
        for path in leaves(raw)
        if path not in unread
        and typed(with_leaf(raw, path, "0")) == typed(with_leaf(raw, path, "1"))
    ]


# --- real pushes


@pytest.mark.parametrize("path", RECEIVED, ids=name)
def test_no_field_of_a_real_push_is_lost(path):
    raw, _ = xml.read(path.read_bytes())
    push = messages.read(raw)
    kind = path.name.split("-", 1)[1].split(".")[0]
    if path.name.startswith("msg-"):
        assert push.kind == kind
    else:
        assert push.name.lower() == kind.lower()
    assert type(push) not in (UnknownMessage, events.Event)
    assert lost(raw) == []


# --- the table of events


def leaf_fields(fields):
    """The example push of a row such as `A:str; B{C:int,D[item{E:str}]}`."""
    text = re.sub(r"\([^()]*\)", "", fields)
    tokens = re.findall(r"[A-Za-z_0-9]+|:[^;,{}\[\]]*|\[\]|[\[\]{}]", text)
    return nested(iter(tokens))


def nested(tokens):
    found = {}
    last = ""
    for token in tokens:
        if token in "{[":
            found[last] = nested(tokens) or "0"
        elif token in "}]":
            break
        elif token[0] not in ":[":
            last = token
            found[last] = "0"
    # The braces of a list's items stand alone, as in `item[{idx}]`.
    return found.get("", found)


def rows(kind):
    if not SHARED.exists():
        return []
    with (SHARED / "events.tsv").open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        # A name may have a second row, for what else it stands for: `name (how so)`.
        return [
            (row["value"].partition(" (")[0], fields)
            for row in table
            if row["kind"] == kind
            for fields in either_name(row["fields"])
        ]


def either_name(fields):
    """The fields once for each name of one that has two: `AuthorizeAppId|AppId:str`."""
    return dict.fromkeys(re.sub(r"(\w+)\|(\w+):", rf"\{place}:", fields) for place in (1, 2))


HEADER = {"ToUserName": "g", "FromUserName": "o", "CreateTime": "1"}


def test_the_table_is_read_as_meant():
    assert leaf_fields("A:str(x | y); B:int {v; w}; -") != {}
    assert leaf_fields("A{B:str,C[item{D:int}]}; E[]:int; F[]{G:str}; H[{I:str}]") == {
        "A": {"B": "0", "C": {"item": {"D": "0"}}},
        "E": "0",
        "F": {"G": "0"},
        "H": {"I": "0"},
    }
    assert leaf_fields("-") == {}


@pytest.mark.parametrize(("event", "fields"), rows("event"))
def test_every_event_of_the_table_has_a_class_with_its_fields(event, fields):
    assert event in events.names()
    assert lost({**HEADER, "MsgType": "event", "Event": event, **leaf_fields(fields)}) == []


@pytest.mark.parametrize(("kind", "fields"), [row for row in rows("msg") if row[0] != "event"])
def test_every_message_of_the_table_has_a_class_with_its_fields(kind, fields):
    raw = {**HEADER, "MsgType": kind, **leaf_fields(fields)}
    assert type(messages.read(raw)) is not UnknownMessage
    assert lost(raw) == []


# docs/protocol.md#d knows some fields that the table does not.
MORE = [
    ("user_enter_tempsession", "SessionFrom"),
    ("kf_close_session", "KfAccount; CloseType"),
    ("user_get_card", "IsRecommendByFriend"),
    ("user_consume_card", "LocationId"),
    ("user_pay_from_pay_cell", "LocationName"),
    (
        "card_pay_order",
        "OrderId; Status; CreateOrderTime; PayFinishTime; Desc; FreeCoinCount; PayCoinCount;"
        "RefundFreeCoinCount; RefundPayCoinCount; OrderType; Memo; ReceiptInfo",
    ),
    ("card_merchant_check_result", "MerchantId; IsPass; Reason"),
    ("poi_check_notify", "Msg"),
    ("add_store_audit_info", "audit_id; status; reason"),
    ("WifiConnected", "ShopId"),
    ("update_invoice_status", "Status; CardId; Code"),
    ("cloud_invoice_invoiceresult_event", "fpqqlsh; nsrsbh; status"),
    (
        "guide_qrcode_scan_event",
        "GuideScanEvent{qrcode_guide_account,qrcode_guide_openid,openid,action,qrcode_info}",
    ),
    ("wxa_media_check", "appid; trace_id; version; errcode; errmsg; result{suggest,label}"),
    ("subscribe_msg_popup_event", "List[]{TemplateId,SubscribeStatusString,PopupScene}"),
    ("FREEPUBLISHJOBFINISH", "PublishEventInfo{publish_id}"),
]


@pytest.mark.parametrize(("event", "fields"), MORE)
def test_the_protocols_other_fields_are_read_too(event, fields):
    assert lost({**HEADER, "MsgType": "event", "Event": event, **leaf_fields(fields)}) == []


# --- real replies


@pytest.mark.parametrize("path", SENT, ids=name)
def test_a_real_reply_is_read_and_written_alike(path):
    received = replies.parse(path.read_bytes())
    assert received.reply.kind == path.name.split("-")[1].split(".")[0]
    again = replies.render(
        received.reply,
        to=received.to_user,
        sender=received.from_user,
        created=received.created,
    )
    assert replies.parse(again) == received


# --- wechatpy

OURS_AND_THEIRS = {
    "text": {"content": "content"},
    "image": {"pic_url": "image", "media_id": "media_id"},
    "voice": {"media_id": "media_id", "format": "format", "recognition": "recognition"},
    "video": {"media_id": "media_id", "thumb_media_id": "thumb_media_id"},
    "shortvideo": {"media_id": "media_id", "thumb_media_id": "thumb_media_id"},
    "location": {
        "latitude": "location_x",
        "longitude": "location_y",
        "scale": "scale",
        "label": "label",
    },
    "link": {"title": "title", "description": "description", "url": "url"},
    "subscribe": {"key": "key"},
    "scan": {"key": "scene_id", "ticket": "ticket"},
    "location_event": {
        "latitude": "latitude",
        "longitude": "longitude",
        "precision": "precision",
    },
    "click": {"key": "key"},
    "view": {"url": "url"},
    "masssendjobfinish": {
        "status": "status",
        "total_count": "total_count",
        "filter_count": "filter_count",
        "sent_count": "sent_count",
        "error_count": "error_count",
        "msg_id": "id",
    },
    "scancode_push": {"key": "key"},
    "scancode_waitmsg": {"key": "key"},
    "pic_sysphoto": {"key": "key", "count": "count"},
    "pic_photo_or_album": {"key": "key", "count": "count"},
    "pic_weixin": {"key": "key", "count": "count"},
    "location_select": {"key": "key"},
    "card_pass_check": {"card_id": "card_id"},
    "card_not_pass_check": {"card_id": "card_id", "refuse_reason": "refuse_reason"},
    "user_get_card": {
        "card_id": "card_id",
        "is_give_by_friend": "is_given_by_friend",
        "friend_user_name": "friend",
        "user_card_code": "code",
    },
    "user_del_card": {"card_id": "card_id", "user_card_code": "code"},
    "user_consume_card": {"card_id": "card_id", "consume_source": "consume_source"},
    "user_view_card": {"card_id": "card_id", "user_card_code": "code"},
    "user_enter_session_from_card": {"card_id": "card_id", "user_card_code": "code"},
    "submit_membercard_user_info": {"card_id": "card_id", "user_card_code": "card_code"},
    "merchant_order": {
        "order_id": "order_id",
        "order_status": "order_status",
        "product_id": "product_id",
        "sku_info": "sku_info",
    },
    "kf_create_session": {"kf_account": "account"},
    "kf_close_session": {"kf_account": "account"},
    "unsubscribe": {},
    "view_miniprogram": {"key": "page_path", "menu_id": "menu_id"},
    # wechatpy's own names for the beacons are other words for the same dicts.
    "shakearoundusershake": {},
    "poi_check_notify": {
        "poi_id": "poi_id",
        "uniq_id": "uniq_id",
        "result": "result",
        "msg": "message",
    },
    "wificonnected": {
        "connect_time": "connect_time",
        "expire_time": "expire_time",
        "vendor_id": "vendor_id",
        "place_id": "shop_id",
        "device_no": "bssid",
    },
    "qualification_verify_success": {"expired_time": "expired_time"},
    "qualification_verify_fail": {"fail_time": "fail_time", "fail_reason": "fail_reason"},
    "naming_verify_success": {"expired_time": "expired_time"},
    "naming_verify_fail": {"fail_time": "fail_time", "fail_reason": "fail_reason"},
    "annual_renew": {"expired_time": "expired_time"},
    "verify_expired": {"expired_time": "expired_time"},
    "kf_switch_session": {"from_kf_account": "from_account", "to_kf_account": "to_account"},
}


def same(ours, theirs):
    if isinstance(ours, str):
        return ours.strip() == str(theirs if theirs is not None else "")
    if isinstance(ours, datetime):
        return ours == theirs
    return ours == type(ours)(float(theirs or 0))


@pytest.mark.parametrize("path", RECEIVED, ids=name)
def test_wechatpy_reads_the_same(path):
    theirs = wechatpy.parse_message(path.read_text("utf-8"))
    if type(theirs).__name__ == "UnknownMessage":
        pytest.skip("unknown to wechatpy")
    ours = messages.read(xml.read(path.read_bytes())[0])
    assert (ours.from_user, ours.to_user) == (theirs.source, theirs.target)
    assert ours.created == theirs.time
    assert ours.created_at == theirs.create_time
    if isinstance(ours, messages.Message):
        assert (ours.id or "0") == str(theirs.id)
        pairs = OURS_AND_THEIRS[ours.kind]
    else:
        key = ours.name.lower()
        pairs = OURS_AND_THEIRS["location_event" if key == "location" else key]
    for our_name, their_name in pairs.items():
        our_value, their_value = getattr(ours, our_name), getattr(theirs, their_name)
        assert same(our_value, their_value), (our_name, our_value, their_value)


def from_wechatpy(reply):
    """The same reply in our words."""
    match reply.type:
        case "text":
            return Text(reply.content)
        case "image":
            return Image(reply.image)
        case "voice":
            return Voice(reply.voice)
        case "video":
            return Video(reply.media_id, reply.title or "", reply.description or "")
        case "music":
            return Music(
                reply.thumb_media_id or "",
                reply.title or "",
                reply.description or "",
                reply.music_url or "",
                reply.hq_music_url or "",
            )
        case "news":
            return News(
                *(
                    Article(
                        article["title"], article["description"], article["image"], article["url"]
                    )
                    for article in reply.articles
                )
            )
    raise AssertionError(reply.type)


@pytest.mark.parametrize("path", SENT, ids=name)
def test_wechatpy_reads_our_replies_as_we_do(path):
    ours = replies.parse(path.read_bytes())
    if isinstance(ours.reply, News) and len(ours.reply.articles) == 1:
        pytest.skip("wechatpy cannot read a single article")
    if isinstance(ours.reply, Music) and not ours.reply.thumb_media_id:
        pytest.skip("wechatpy cannot read music without a cover")
    written = replies.render(
        ours.reply, to=ours.to_user, sender=ours.from_user, created=ours.created
    )
    theirs = deserialize_reply(written.decode())
    assert (theirs.target, theirs.source, theirs.time) == (
        ours.to_user,
        ours.from_user,
        ours.created,
    )
    assert from_wechatpy(theirs) == ours.reply


@pytest.mark.parametrize("path", RECEIVED, ids=name)
def test_we_read_wechatpys_replies(path):
    push = wechatpy.parse_message(path.read_text("utf-8"))
    answers = [
        ("你好 ]] <b>", Text("你好 ]] <b>")),
        (
            [{"title": "t", "description": "d", "image": "p", "url": "u"}],
            News(Article("t", "d", "p", "u")),
        ),
    ]
    for answer, expected in answers:
        body = wechatpy.create_reply(answer, push, render=True)
        received = replies.parse(body)
        assert received.reply == expected
        assert (received.to_user, received.from_user) == (push.source, push.target)
