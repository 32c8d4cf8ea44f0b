"""docs/login.md: its code, and visitors who try it; for servers that have no pytest as well."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from api.wechat_api import refuses, says

ROOT = Path(__file__).parents[2]
KEYS = {
    "__name__": __name__,
    "APPID": "wx0123456789abcdef",
    "SECRET": "0123456789abcdef0123456789abcdef",
}
GIVEN = {
    "openid": "o-of-the-page",
    "scope": "snsapi_base",
    "access_token": "a",
    "refresh_token": "r",
    "expires_in": 7200,
}


def snippet(page, framework):
    """The code that the page shows for that framework."""
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.S)
    [found] = [block for block in blocks if f"from {framework}" in block]
    return found


def visits(get, wechat):
    """One who agrees, at the second code; one who comes back a second time; one who declines."""
    status, location = get({"next": "/orders?n=1"})
    assert status in (302, 307)
    state = parse_qs(urlsplit(location).query)["state"][0]
    wechat.script = [refuses(40163), says(**GIVEN)]
    _, location = get({"code": "c1", "state": state})
    again = parse_qs(urlsplit(location).query)["state"][0]
    assert get({"code": "c2", "state": again})[1].endswith("/orders?n=1")
    _, location = get({"code": "c1", "state": state})
    assert location.startswith("https://open.weixin.qq.com/")
    state = parse_qs(urlsplit(location).query)["state"][0]
    assert get({"state": state})[0] == 403
