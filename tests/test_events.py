from datetime import UTC, datetime

import pytest

from yizhan import events
from yizhan.events import Event

HEADER = {
    "ToUserName": "gh_a1b2c3d4e5f6",
    "FromUserName": "oYz0a1B2c3D4e5F6g7H8i9J0kLmN",
    "CreateTime": "1764000020",
    "MsgType": "event",
}


def read(name, /, **fields):
    return events.read({**HEADER, "Event": name, **fields})


@pytest.mark.parametrize(
    ("event", "shape", "fields"),
    [
        (
            read("subscribe", EventKey=None),
            events.SubscribeEvent,
            {"key": "", "scene": None, "ticket": ""},
        ),
        (
            read("subscribe", EventKey="qrscene_shop-42", Ticket="gQ"),
            events.SubscribeEvent,
            {"key": "qrscene_shop-42", "scene": "shop-42", "ticket": "gQ"},
        ),
        (
            read("subscribe", EventKey="last_trade_no_9"),
            events.SubscribeEvent,
            {"key": "last_trade_no_9", "scene": None},
        ),
        (
            read("subscribe", EventKey="scanbarcode|ean13|6901234567892"),
            events.SubscribeEvent,
            {"scene": None, "key_standard": "ean13", "key_str": "6901234567892"},
        ),
        (
            read("subscribe", EventKey="scanbarcode|code128|a|b"),
            events.SubscribeEvent,
            {"key_standard": "code128", "key_str": "a|b"},
        ),
        (
            read("subscribe", EventKey="qrscene_a|b|c"),
            events.SubscribeEvent,
            {"scene": "a|b|c", "key_standard": "", "key_str": ""},
        ),
        (
            read(
                "user_scan_product",
                KeyStandard="ean13",
                KeyStr="6901234567892",
                Country="中国",
                Province="广东",
                City="广州",
                Sex="1",
                Scene="2",
                ExtInfo="123",
            ),
            events.ScanProductEvent,
            {
                "key_standard": "ean13",
                "key_str": "6901234567892",
                "country": "中国",
                "province": "广东",
                "city": "广州",
                "sex": 1,
                "scene": 2,
                "ext_info": "123",
            },
        ),
        (
            read("user_scan_product_enter_session", KeyStandard="ean13", KeyStr="69", ExtInfo=None),
            events.EnterFromProductEvent,
            {"key_standard": "ean13", "key_str": "69", "ext_info": ""},
        ),
        (
            read("user_scan_product_async", KeyStr="69", ExtInfo="1", RegionCode="440105"),
            events.ProductPlaceEvent,
            {"key_str": "69", "ext_info": "1", "region_code": "440105"},
        ),
        (
            read("user_scan_product_verify_action", Result="verify_not_pass", ReasonMsg="图片"),
            events.ProductReviewEvent,
            {"result": "verify_not_pass", "reason_msg": "图片"},
        ),
        *(
            (
                read("user_authorize_invoice", SuccOrderId="1", **appids),
                events.InvoiceAuthorizedEvent,
                {"succ_order_id": "1", "authorize_app_id": "wx1"},
            )
            for appids in (
                {"AuthorizeAppId": "wx1"},
                {"AppId": "wx1"},
                {"AuthorizeAppId": None, "AppId": "wx1"},
                {"AuthorizeAppId": "wx1", "AppId": "wx2"},
            )
        ),
        (read("unsubscribe", EventKey=None), events.UnsubscribeEvent, {"key": ""}),
        (
            read("SCAN", EventKey="42", Ticket="gQ"),
            events.ScanEvent,
            {"key": "42", "scene": "42", "ticket": "gQ"},
        ),
        (read("scan"), events.ScanEvent, {"scene": None, "name": "scan"}),
        (
            read("LOCATION", Latitude="31.2", Longitude="121.4", Precision="65.0"),
            events.ReportLocationEvent,
            {"latitude": 31.2, "longitude": 121.4, "precision": 65.0},
        ),
        (
            read("LOCATION", Latitude="inf", Longitude="?", Precision=None),
            events.ReportLocationEvent,
            {"latitude": 0.0, "longitude": 0.0, "precision": 0.0},
        ),
        (read("CLICK", EventKey="HELP"), events.ClickEvent, {"key": "HELP"}),
        (
            read("VIEW", EventKey="https://e", MenuId="53"),
            events.ViewEvent,
            {"key": "https://e", "url": "https://e", "menu_id": "53"},
        ),
        (
            read("view_miniprogram", EventKey="pages/a", MenuId="MENUID"),
            events.ViewMiniProgramEvent,
            {"key": "pages/a", "menu_id": "MENUID"},
        ),
        (
            read("scancode_push", EventKey="6", ScanCodeInfo={"ScanType": "q", "ScanResult": "1"}),
            events.ScanCodeEvent,
            {"key": "6", "scan_code": events.ScanCode(type="q", result="1")},
        ),
        (read("scancode_waitmsg"), events.ScanCodeEvent, {"scan_code": events.ScanCode()}),
        (
            read(
                "pic_weixin",
                SendPicsInfo={"Count": "1", "PicList": {"item": {"PicMd5Sum": "a"}}},
            ),
            events.PictureEvent,
            {"count": 1, "pictures": ("a",)},
        ),
        (
            read(
                "pic_sysphoto",
                SendPicsInfo={
                    "Count": "2",
                    "PicList": {"item": [{"PicMd5Sum": "a"}, {"PicMd5Sum": "b"}]},
                },
            ),
            events.PictureEvent,
            {"count": 2, "pictures": ("a", "b")},
        ),
        (
            read("pic_photo_or_album", SendPicsInfo={"Count": "0", "PicList": None}),
            events.PictureEvent,
            {"count": 0, "pictures": ()},
        ),
        (
            read(
                "location_select",
                SendLocationInfo={
                    "Location_X": "23",
                    "Location_Y": "113",
                    "Scale": "15",
                    "Label": "广州",
                    "Poiname": None,
                },
            ),
            events.LocationSelectEvent,
            {
                "location": events.SelectedLocation(
                    latitude=23.0, longitude=113.0, scale=15, label="广州"
                )
            },
        ),
        (
            read("TEMPLATESENDJOBFINISH", MsgID="35", Status="failed: system failed"),
            events.TemplateSendJobEvent,
            {"msg_id": "35", "status": "failed: system failed"},
        ),
        (read("TEMPLATESENDJOBFINISH", MsgId="35"), events.TemplateSendJobEvent, {"msg_id": "35"}),
        (
            read(
                "MASSSENDJOBFINISH",
                CopyrightCheckResult={"Count": "0", "ResultList": None, "CheckState": "0"},
                ArticleUrlResult={
                    "Count": "1",
                    "ResultList": {"item": {"ArticleIdx": "1", "ArticleUrl": "u"}},
                },
            ),
            events.MassSendJobEvent,
            {
                "copyright_check_result": events.CopyrightCheckResult(check_state=0),
                "article_url_result": events.ArticleUrlResult(
                    count=1, result_list=(events.ArticleUrl(article_idx=1, article_url="u"),)
                ),
            },
        ),
        (
            read(
                "FREEPUBLISHJOBFINISH",
                PublishEventInfo={"publish_id": "9", "publish_status": "0", "fail_idx": ["1", "2"]},
            ),
            events.PublishJobEvent,
            {"publish_id": "9", "publish_status": 0, "fail_idx": (1, 2)},
        ),
        (read("PUBLISHJOBFINISH"), events.PublishJobEvent, {"publish_status": None}),
        (
            read("subscribe_msg_popup_event", List={"TemplateId": "a", "PopupScene": "1"}),
            events.NoticePopupEvent,
            {"items": (events.NoticeChoice(template_id="a", popup_scene=1),)},
        ),
        (
            read(
                "subscribe_msg_change_event",
                SubscribeMsgPopupEvent={"List": [{"TemplateId": "a"}, {"TemplateId": "b"}]},
            ),
            events.NoticeChangeEvent,
            {
                "items": (
                    events.NoticeChoice(template_id="a"),
                    events.NoticeChoice(template_id="b"),
                )
            },
        ),
        (
            read("subscribe_msg_sent_event", List=[{"MsgID": "1", "ErrorCode": "0"}]),
            events.NoticeSentEvent,
            {"items": (events.NoticeSent(msg_id="1", error_code=0),)},
        ),
        (
            read("annual_renew", ExpiredTime="1764000020"),
            events.VerificationEvent,
            {"expired_time": datetime(2025, 11, 24, 16, 0, 20, tzinfo=UTC)},
        ),
        (
            read("user_info_modified", openid="o", appid="wx"),
            events.PrivacyEvent,
            {"open_id": "o", "app_id": "wx"},
        ),
        (
            read("user_get_card", IsGiveByFriend="1"),
            events.GetCardEvent,
            {"is_give_by_friend": True},
        ),
        (
            read("giftcard_send_to_friend", IsChatRoom="true", IsReturnBack="false"),
            events.GiftCardEvent,
            {"is_chat_room": True, "is_return_back": False},
        ),
        (
            read("create_map_poi_audit_info", name="店"),
            events.MapPlaceAuditEvent,
            {"poi_name": "店", "name": "create_map_poi_audit_info"},
        ),
        (
            read("guide_qrcode_scan_event", GuideScanEvent={"action": "1", "openid": "o"}),
            events.GuideScanEvent,
            {"action": "1", "openid": "o"},
        ),
        (read("Never_Heard", EventKey="k"), Event, {"name": "Never_Heard", "key": "k"}),
    ],
)
def test_events_are_read_into_their_class(event, shape, fields):
    assert type(event) is shape
    assert {name: getattr(event, name) for name in fields} == fields
    assert event.to_user == HEADER["ToUserName"]
    assert event.from_user == HEADER["FromUserName"]
    assert event.created_at == datetime(2025, 11, 24, 16, 0, 20, tzinfo=UTC)


def test_names_are_known_as_documented():
    names = events.names()
    assert {"subscribe", "SCAN", "CLICK", "MASSSENDJOBFINISH", "WifiConnected"} <= set(names)
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.parametrize("name", events.names())
def test_names_are_found_in_any_case(name):
    shape = events.EVENTS[name]
    assert events.shape(name.upper()) is events.shape(name.lower()) is shape
    assert type(read(name.swapcase())) is shape


@pytest.mark.parametrize("name", events.names())
def test_an_event_without_its_fields_has_their_defaults(name):
    event = events.read({"Event": name})
    assert event == type(event)(name=name, raw=event.raw)


@pytest.mark.parametrize("shape", {shape for shape in events.EVENTS.values()} | {Event})
def test_every_class_is_exported(shape):
    assert getattr(events, shape.__name__) is shape
    assert shape.__name__ in events.__all__
