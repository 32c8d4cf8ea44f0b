"""The JS-SDK's signature: what a page in WeChat needs for `wx.config`."""

import hashlib
import secrets
import time
from typing import TypedDict

from yizhan import addresses
from yizhan.errors import SettingsError


class PageConfig(TypedDict):
    """What `wx.config` wants, beside `debug`, `jsApiList` and `openTagList`."""

    appId: str
    timestamp: int
    nonceStr: str
    signature: str


def signature(ticket: str, noncestr: str, timestamp: int | str, url: str) -> str:
    """The signature of a page's address, without its fragment; nothing is URL-encoded."""
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode()).hexdigest()


def config(appid: str, ticket: str, url: str) -> PageConfig:
    """What `wx.config` wants on that page, now. SettingsError for what is no page's address."""
    if addresses.web(url) is None:
        raise SettingsError("api.no_page", url=repr(url))
    noncestr, timestamp = secrets.token_hex(8), int(time.time())
    return {
        "appId": appid,
        "timestamp": timestamp,
        "nonceStr": noncestr,
        "signature": signature(ticket, noncestr, timestamp, url),
    }
