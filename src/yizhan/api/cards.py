"""The signature of cards: what a page in WeChat needs to let its visitor add one."""

import hashlib
import json
import secrets
import time
from typing import TypedDict


class CardItem(TypedDict):
    """One of the `cardList` of `wx.addCard`; `cardExt` is JSON."""

    cardId: str
    cardExt: str


def signature(ticket: str, *values: str) -> str:
    """The signature of these values with a ticket of cards: sorted, joined, SHA-1."""
    return hashlib.sha1("".join(sorted((ticket, *values))).encode()).hexdigest()


def card_item(
    card_id: str, ticket: str, *, code: str = "", openid: str = "", outer_str: str = ""
) -> CardItem:
    """What `wx.addCard` wants for this card, with a ticket of the type `wx_card`.

    `code` is for cards with codes of the account's own, `openid` for cards that are one
    follower's; `outer_str` comes back with the event that the card was taken.
    """
    noncestr, timestamp = secrets.token_hex(8), str(int(time.time()))
    signed = signature(ticket, timestamp, card_id, code, openid, noncestr)
    given = {"code": code, "openid": openid, "outer_str": outer_str}
    ext = {name: value for name, value in given.items() if value}
    ext |= {"timestamp": timestamp, "nonce_str": noncestr, "signature": signed}
    return {"cardId": card_id, "cardExt": json.dumps(ext, ensure_ascii=False)}
