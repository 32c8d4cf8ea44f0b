"""The page on which the owner of an account authorises a platform."""

import pytest

from yizhan.api.authorizing import authorize_url
from yizhan.errors import SettingsError

APPID, BACK = "wx0123456789abcdef", "https://example.com/back"
ASKED = f"component_appid={APPID}&pre_auth_code=p&redirect_uri=https%3A%2F%2Fexample.com%2Fback"
PC = f"https://mp.weixin.qq.com/cgi-bin/componentloginpage?{ASKED}"
PHONE = (
    f"https://open.weixin.qq.com/wxaopen/safe/bindcomponent?action=bindcomponent&no_scan=1&{ASKED}"
)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({}, PC),
        ({"auth_type": 1}, f"{PC}&auth_type=1"),
        ({"biz_appid": "wx1"}, f"{PC}&biz_appid=wx1"),
        ({"categories": [1, 99]}, f"{PC}&category_id_list=1%7C99"),
        ({"mobile": True}, f"{PHONE}#wechat_redirect"),
        ({"mobile": True, "auth_type": 3}, f"{PHONE}&auth_type=3#wechat_redirect"),
        ({"mobile": True, "biz_appid": "wx1"}, f"{PHONE}&biz_appid=wx1#wechat_redirect"),
    ],
)
def test_its_address(given, url):
    assert authorize_url(APPID, "p", BACK, **given) == url


def test_a_kind_and_an_account_exclude_each_other():
    with pytest.raises(SettingsError, match="biz_appid"):
        authorize_url(APPID, "p", BACK, auth_type=1, biz_appid="wx1")
