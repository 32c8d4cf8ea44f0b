"""What both wechatpy bots do, after the examples in wechatpy's documentation."""

import os
import time

from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.utils import check_signature

TOKEN = os.environ["TOKEN"]
CRYPTO = None
if "AES_KEY" in os.environ:
    CRYPTO = WeChatCrypto(TOKEN, os.environ["AES_KEY"], os.environ["APPID"])


class Forbidden(Exception):
    """Answered with 403."""


def answer(method, query, body):
    """The text to answer a request with."""
    signature, timestamp, nonce = (
        query.get(name, "") for name in ("signature", "timestamp", "nonce")
    )
    try:
        check_signature(TOKEN, signature, timestamp, nonce)
        if method == "GET":
            return query.get("echostr", "")
        if CRYPTO is None:
            return reply_to(parse_message(body))
        plain = CRYPTO.decrypt_message(body, query.get("msg_signature", ""), timestamp, nonce)
        return CRYPTO.encrypt_message(reply_to(parse_message(plain)), nonce, timestamp)
    except (InvalidSignatureException, InvalidAppIdException):
        raise Forbidden from None


def reply_to(message):
    """The reply's XML."""
    if message.type == "text" and message.content == "slow":
        time.sleep(12)
        return create_reply("at last", message).render()
    if message.type == "text":
        return create_reply(message.content, message).render()
    if message.type == "event" and message.event == "subscribe":
        return create_reply("welcome", message).render()
    return create_reply(None, message).render()
