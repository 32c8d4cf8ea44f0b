"""Text messages as WeChat pushes them: the bytes of each request."""

import time
from itertools import count

from load import post
from serving import AES_KEY, APPID, TOKEN

from yizhan.wire import sender
from yizhan.wire.envelope import Cipher

ACCOUNT = "gh_a1b2c3d4e5f6"
CIPHER = Cipher(AES_KEY, APPID)
numbers = count(24900000000000000)  # of this process: no two messages have the same


def push(content: str, openid: str, *, mode: str = "plain", path: str = "/wechat") -> bytes:
    """One push, with a MsgId and a nonce of its own."""
    number = next(numbers)
    now = str(int(time.time()))
    body = (
        f"<xml><ToUserName><![CDATA[{ACCOUNT}]]></ToUserName><FromUserName><![CDATA[{openid}]]>"
        f"</FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>{number}</MsgId></xml>"
    ).encode()
    query, sealed = sender.build(
        body,
        token=TOKEN,
        timestamp=now,
        nonce=str(number),
        mode=mode,
        cipher=CIPHER if mode == "safe" else None,
        openid=openid,
        to_user=ACCOUNT,
    )
    return post(path, query, sealed)


def follower(number: int) -> str:
    """The openid of one of them."""
    return f"oBenchFollower{number:014d}"
