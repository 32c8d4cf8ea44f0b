"""The signature of cards."""

import hashlib
import json

import pytest

from api.wechat_api import WeChatApi, says
from yizhan.api import AsyncClient, Client
from yizhan.api.cards import card_item, signature

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
TICKET, CARD = "ojZ8YtyVyr30HheH3CM73y7h4jJE", "pjZ8Yt1XGILfi-FUsewpnnolGgZk"


def sha1(text):
    return hashlib.sha1(text.encode()).hexdigest()


def test_the_values_are_sorted_by_their_characters():
    assert signature("b", "10", "9", "", "A", "a") == sha1("109Aab")


@pytest.mark.parametrize(
    "given",
    [{}, {"code": "1434008071"}, {"openid": "o1"}, {"code": "a", "openid": "o1", "outer_str": "x"}],
)
def test_a_page_gets_the_card_with_its_signature(given):
    item = card_item(CARD, TICKET, **given)
    ext = json.loads(item["cardExt"])
    assert item["cardId"] == CARD
    assert {name: ext[name] for name in given} == given
    assert ext.keys() == given.keys() | {"timestamp", "nonce_str", "signature"}
    signed = [TICKET, CARD, ext["timestamp"], ext["nonce_str"]]
    signed += [given.get("code", ""), given.get("openid", "")]
    assert ext["signature"] == sha1("".join(sorted(signed)))


def test_the_peer_signs_alike():
    utils = pytest.importorskip("wechatpy.utils")
    signer = utils.WeChatSigner()
    signer.add_data(TICKET, "1414587457", CARD, "code", "o1", "nonce")
    assert signature(TICKET, "1414587457", CARD, "code", "o1", "nonce") == signer.signature


async def test_the_client_fetches_the_ticket_of_cards_once():
    wechat = WeChatApi(script=[says(errcode=0, ticket=TICKET, expires_in=7200)])
    async with AsyncClient(APPID, SECRET, transport=wechat) as api:
        first, second = await api.add_card(CARD), await api.add_card(CARD, openid="o1")
    assert [each.query["type"] for each in wechat.seen if "getticket" in each.path] == ["wx_card"]
    assert first["cardId"] == second["cardId"] == CARD


def test_the_blocking_client_signs_as_well():
    wechat = WeChatApi(script=[says(errcode=0, ticket=TICKET, expires_in=7200)])
    with Client(APPID, SECRET, transport=wechat) as api:
        assert "signature" in json.loads(api.add_card(CARD)["cardExt"])
