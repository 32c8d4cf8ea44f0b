"""The page on which the owner of an account authorises a third-party platform."""

from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlencode

from yizhan.errors import SettingsError

PAGE = "https://mp.weixin.qq.com/cgi-bin/componentloginpage"
MOBILE = "https://open.weixin.qq.com/wxaopen/safe/bindcomponent"

# 1 Official Accounts, 2 mini-programs, 3 both, 4 promoters, 5 Channels, 6 all, 8 sales assistants
AuthType = Literal[1, 2, 3, 4, 5, 6, 8]


def authorize_url(
    component_appid: str,
    pre_auth_code: str,
    redirect_uri: str,
    *,
    auth_type: AuthType | None = None,
    biz_appid: str = "",
    categories: Sequence[int] = (),
    mobile: bool = False,
) -> str:
    """The page for a desktop, with a QR code, or for a phone's WeChat itself (`mobile`).

    `auth_type` says which kinds of accounts are offered, `biz_appid` one account in their
    stead; `categories` are the sets of rights asked for. Raises SettingsError for both.
    """
    if auth_type is not None and biz_appid:
        raise SettingsError("component.auth_type")
    asked: dict[str, object] = {"action": "bindcomponent", "no_scan": 1} if mobile else {}
    asked |= {
        "component_appid": component_appid,
        "pre_auth_code": pre_auth_code,
        "redirect_uri": redirect_uri,
    }
    if auth_type is not None:
        asked["auth_type"] = auth_type
    if biz_appid:
        asked["biz_appid"] = biz_appid
    if categories:
        asked["category_id_list"] = "|".join(map(str, categories))
    return f"{MOBILE if mobile else PAGE}?{urlencode(asked)}" + ("#wechat_redirect" * mobile)
