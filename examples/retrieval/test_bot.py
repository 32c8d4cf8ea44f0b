"""What the model is given, and what is never asked of it."""

import bot
import pytest
from bot import account


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """What would be sent to the model; it answers with the first passage."""
    asked = []

    async def write(passages, question):
        asked.append(passages)
        yield passages[0]

    monkeypatch.setenv("OPENAI_API_KEY", "key-of-the-tests")
    monkeypatch.setattr(bot, "write", write)
    return asked


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("你们几点开门？", "九点开门"),
        ("没拆封能退货吗", "七天内可以退货"),
        ("积分什么时候清零", "十二月三十一日"),
    ],
)
async def test_the_model_is_given_what_fits(wechat, asked, question, words):
    async with wechat(account) as chat:
        assert words in await chat.user().says(question)
    assert words in asked[0][0]


async def test_what_no_text_tells_is_not_asked(wechat, asked):
    async with wechat(account) as chat:
        assert await chat.user().says("股票明天会涨吗") == "资料里没有提到，请换个问法。"
    assert asked == []
