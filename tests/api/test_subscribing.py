"""The page on which a follower agrees to one message."""

import pytest

from api.wechat_api import WeChatApi
from yizhan.api import AsyncClient, Client
from yizhan.api.subscribing import subscribe_url
from yizhan.errors import SettingsError

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
TEMPLATE, BACK = "1uDxHNXwYQfBmXOfPJcjAS3FynHArD8aWMEFNRGSbCc", "https://shop.example/a?b=1"


def test_the_parameters_stand_in_the_order_of_the_official_page():
    assert subscribe_url(APPID, TEMPLATE, BACK, scene=1000, reserved="test") == (
        "https://mp.weixin.qq.com/mp/subscribemsg?action=get_confirm"
        f"&appid={APPID}&scene=1000&template_id={TEMPLATE}"
        "&redirect_url=https%3A%2F%2Fshop.example%2Fa%3Fb%3D1&reserved=test#wechat_redirect"
    )


@pytest.mark.parametrize("scene", [-1, 10_001])
def test_a_scene_out_of_range_is_refused(scene):
    with pytest.raises(SettingsError, match=str(scene)):
        subscribe_url(APPID, TEMPLATE, BACK, scene=scene)


@pytest.mark.parametrize("reserved", ["a" * 129, "a b", "a-b", "中"])
def test_what_wechat_would_not_bring_back_is_refused(reserved):
    with pytest.raises(SettingsError, match="reserved"):
        subscribe_url(APPID, TEMPLATE, BACK, scene=1, reserved=reserved)


@pytest.mark.parametrize("client", [AsyncClient, Client])
def test_the_clients_know_their_appid(client):
    api = client(APPID, SECRET, transport=WeChatApi())
    url = api.subscribe_url(TEMPLATE, BACK, scene=0, reserved="a" * 128)
    assert url == subscribe_url(APPID, TEMPLATE, BACK, scene=0, reserved="a" * 128)
