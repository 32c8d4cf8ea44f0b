"""A third-party platform of the tests, and what WeChat tells it."""

import time

import wechat as pushes
from yizhan.api.component import Component
from yizhan.wire import sender

APPID, SECRET, TOKEN = pushes.APPID, "0123456789abcdef0123456789abcdef", pushes.TOKEN
ACCOUNT = "wxfedcba9876543210"
OWN = f"component.{APPID}@api.weixin.qq.com"  # what the platform's names on a shelf begin with
INFO = {
    "authorizer_appid": ACCOUNT,
    "authorizer_access_token": "account-1",
    "expires_in": 7200,
    "authorizer_refresh_token": "refresh-1",
    "func_info": [],
}


def made(transport, shelf, *, appid=APPID, **more):
    """The platform, with its keys as the tests' pushes have them."""
    return Component(
        appid,
        SECRET,
        push_token=TOKEN,
        aes_key=pushes.AES_KEY,
        transport=transport,
        shelf=shelf,
        **more,
    )


def told(kind, token=TOKEN, cipher=pushes.CIPHER, **fields):
    """A push to the platform."""
    head = {"AppId": APPID, "CreateTime": int(time.time()), "InfoType": kind}
    query, body = sender.build(
        pushes.document({**head, **fields}),
        token=token,
        timestamp=str(int(time.time())),
        nonce="1320562132",
        mode="safe",
        cipher=cipher,
        openid="",
        to_user="",
    )
    return pushes.Request(path="/component", query=query, body=body)
