"""QR codes with scenes (docs/protocol.md#i6)."""

from urllib.parse import quote

import pytest

from yizhan.simulator import actions
from yizhan.simulator.qrcodes import picture


def code(answer):
    return answer.get("errcode", 0)


def qr(action, scene, **more):
    key = "scene_str" if "STR" in action else "scene_id"
    return {"action_name": action, "action_info": {"scene": {key: scene}}, **more}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (qr("QR_SCENE", 42), 0),
        (qr("QR_SCENE", 2**32), 40129),
        (qr("QR_LIMIT_SCENE", 100_000), 0),
        (qr("QR_LIMIT_SCENE", 100_001), 40129),
        (qr("QR_STR_SCENE", "shop-42"), 0),
        (qr("QR_STR_SCENE", "x" * 65), 40129),
        (qr("QR_STR_SCENE", ""), 40129),
        (qr("QR_DANCE", 1), 40052),
        ({"action_name": "QR_SCENE"}, 40053),
    ],
)
async def test_what_a_scene_may_be(call, body, expected):
    assert code(await call("/cgi-bin/qrcode/create", body)) == expected


async def test_a_temporary_code_ends(call, api, world, official):
    made = await call("/cgi-bin/qrcode/create", qr("QR_STR_SCENE", "a", expire_seconds=60))
    assert made["expire_seconds"] == 60
    show = f"https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket={quote(made['ticket'])}"
    shown = await api.send("GET", show, {}, None)
    assert shown.headers["content-type"] == "image/png"
    assert shown.body == picture(made["url"])
    assert shown.body.startswith(b"\x89PNG")
    world.skip(60)
    assert b"40129" in (await api.send("GET", show, {}, None)).body


async def test_a_scan_carries_the_ticket_of_its_code(call, connect):
    made = await call("/cgi-bin/qrcode/create", qr("QR_LIMIT_STR_SCENE", "shop-42"))
    phone, _ = connect()
    [scan] = phone.do(actions.Scan("shop-42"))
    assert (scan.fields["EventKey"], scan.fields["Ticket"]) == ("shop-42", made["ticket"])
    phone.do(actions.Unfollow())
    [follow] = phone.do(actions.Scan("shop-42"))
    assert follow.event == "subscribe"
    assert follow.fields["EventKey"] == "qrscene_shop-42"
    info = await call("/cgi-bin/user/info", openid=phone.follower.openid)
    assert (info["subscribe_scene"], info["qr_scene_str"]) == ("ADD_SCENE_QR_CODE", "shop-42")
