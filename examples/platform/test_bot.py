"""The steps of 全网发布, one after another. The fixture `wechat` comes with Yizhan."""

import os

os.environ |= {
    "COMPONENT_APPID": "wx0123456789abcdef",
    "COMPONENT_SECRET": "0123456789abcdef0123456789abcdef",
    "COMPONENT_TOKEN": "tokenOfTheTests2026",
    "COMPONENT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}

from bot import account_of, component  # it reads them

TESTER = "wx570bc396a51b8ff8"


async def test_a_text_is_answered(wechat):
    async with wechat(account_of(TESTER)) as chat:
        said = await chat.user().says("TESTCOMPONENT_MSG_TYPE_TEXT")
        assert said == "TESTCOMPONENT_MSG_TYPE_TEXT_callback"


async def test_a_code_is_redeemed_and_answered_by_a_call(wechat, monkeypatch):
    redeemed = []

    async def authorized(code):
        redeemed.append(code)

    monkeypatch.setattr(component, "authorized", authorized)
    async with wechat(account_of(TESTER), kind="service", verified=True) as chat:
        fan = chat.user()
        assert await fan.says("QUERY_AUTH_CODE:queryauthcode@@@1") is None
        assert redeemed == ["queryauthcode@@@1"]
        assert [each.via for each in fan.entries] == ["custom"]
        assert fan.screen == ["queryauthcode@@@1_from_api"]


async def test_an_event_is_answered(wechat):
    async with wechat(account_of(TESTER)) as chat:
        assert await chat.user().clicks("anything") == "CLICKfrom_callback"


async def test_other_accounts_answer_as_the_bot_does(wechat):
    async with wechat(account_of("wxfedcba9876543210")) as chat:
        assert await chat.user().says("你好") == "你好"
