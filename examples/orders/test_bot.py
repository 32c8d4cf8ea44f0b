"""Orders from their followers' side, with a database of SQLite in a file."""

import bot
import pytest
from bot import Order, account


@pytest.fixture(autouse=True)
def database(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/orders.db")


async def add(*orders):
    async with bot.database.begin() as rows:
        rows.add_all(orders)


async def test_tells_the_status_of_an_order(wechat):
    async with wechat(account, jump=False) as chat:
        fan = chat.user()
        assert await fan.says("我的订单") == "您还没有订单。"
        await add(Order(number="A-1024", openid=fan.openid, status="已发货"))
        assert await fan.says("订单 a-1024") == "订单 A-1024：已发货"
        assert await fan.says("我的订单") == "A-1024：已发货"


async def test_tells_nobody_of_another_s_order(wechat):
    async with wechat(account, jump=False) as chat:
        fan, other = chat.user(), chat.user()
        await fan.says("我的订单")
        await add(Order(number="A-1024", openid=fan.openid, status="已发货"))
        assert (await other.says("订单 A-1024")).startswith("没有找到")
        assert await other.says("我的订单") == "您还没有订单。"
