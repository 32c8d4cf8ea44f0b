"""The demo from its followers' side. The fixture `wechat` comes with Yizhan."""

from bot import plain as account

from yizhan import Article, Image, News
from yizhan.testing import NOTICE, Location


async def test_greets(wechat):
    async with wechat(account) as chat:
        fan = chat.user("小明")
        assert "你好" in await fan.says("Hello")


async def test_tells_the_weather_of_any_city(wechat):
    async with wechat(account) as chat:
        assert (await chat.user().says("天气 北京")).startswith("北京：晴")


async def test_counts_for_each_follower(wechat):
    async with wechat(account) as chat:
        fan, other = chat.user(), chat.user()
        assert await fan.says("/count") == "这是第 1 次"
        assert await fan.says("/count") == "这是第 2 次"
        assert await other.says("/count") == "这是第 1 次"


async def test_an_answer_of_12_seconds_arrives_on_the_third_push(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        assert "12 秒" in await fan.says("慢")
        assert [attempt.end for attempt in fan.push.attempts] == ["timeout", "timeout", "answered"]


async def test_a_verified_service_account_sends_what_takes_longer(wechat):
    async with wechat(account, kind="service", verified=True, timeout=1.0, hold=0) as chat:
        fan = chat.user()
        assert await fan.says("慢") is None
        assert "12 秒" in await fan.waits()
        assert [entry.via for entry in fan.entries] == ["custom"]


async def test_an_answer_of_30_seconds_needs_a_customer_service_message(wechat):
    async with wechat(account, kind="service", verified=True) as chat:
        fan = chat.user()
        assert await fan.says("更慢") is None
        assert "30 秒" in await fan.waits()
        assert [entry.via for entry in fan.entries] == ["custom"]


async def test_without_that_right_it_is_fetched_by_the_next_message(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("更慢")
        await chat.advance(30)
        assert "30 秒" in await fan.says("你好")


async def test_shows_a_card(wechat):
    async with wechat(account) as chat:
        card = await chat.user().says("图文")
        assert isinstance(card, News)
        assert isinstance(card.articles[0], Article)


async def test_sends_a_picture_back(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        assert await fan.sends(Image("my-picture")) == Image("my-picture")


async def test_knows_where_you_are(wechat):
    async with wechat(account) as chat:
        place = Location(31.2304, 121.4737, label="人民广场")
        assert await chat.user().sends(place) == "你在 人民广场（31.2304, 121.4737）"


async def test_welcomes_whoever_scans_its_code(wechat):
    async with wechat(account) as chat:
        stranger = chat.user(following=False)
        assert "你扫的是 shop-42" in await stranger.follows(scene="shop-42")
        assert "天气" in await stranger.clicks("HELP")


async def test_a_handler_that_raises_says_nothing_and_shows_no_notice(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        assert await fan.says("出错") is None
        assert NOTICE not in fan.screen


async def test_nothing_is_lost_when_the_network_fails(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        chat.fault("lose", times=2)
        assert await fan.says("/count") == "这是第 1 次"
