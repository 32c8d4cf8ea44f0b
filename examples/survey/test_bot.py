"""The survey from its followers' side. The fixture `wechat` comes with Yizhan."""

from bot import account

FIRST = "您今天喝了什么？1 绿茶，2 咖啡"


async def test_a_contented_guest_answers_twice(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        assert await fan.says("问卷") == FIRST
        assert await fan.says("1") == "绿茶几分？1 到 5"
        assert (await fan.says("5")).startswith("谢谢！您的优惠码是 YZ-")


async def test_one_who_is_not_is_asked_why(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        await fan.says("2")
        assert await fan.says("2") == "哪里不好？说一句就行。"
        await chat.advance(12 * 3600)
        assert "优惠码" in await fan.says("太甜")


async def test_what_cannot_be_is_asked_again(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        assert await fan.says("可乐") == FIRST
        await fan.says("1")
        assert await fan.says("很好") == "请回复 1 到 5 中的一个数字。\n绿茶几分？1 到 5"


async def test_the_coupon_is_drawn_once_though_the_reply_got_lost(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        await fan.says("1")
        chat.fault("lose", times=2)
        coupon = (await fan.says("4")).removeprefix("谢谢！您的")
        assert len(fan.push.attempts) == 3
        assert await fan.says("问卷") == f"您已经填过了，{coupon}"


async def test_followers_do_not_disturb_each_other(wechat):
    async with wechat(account) as chat:
        fan, other = chat.user(), chat.user()
        await fan.says("问卷")
        await other.says("问卷")
        assert await fan.says("1") == "绿茶几分？1 到 5"
        assert await other.says("2") == "咖啡几分？1 到 5"


async def test_a_word_ends_it(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        assert await fan.says("取消") == "已取消"
        assert await fan.says("1") == "回复“问卷”，喝一杯便宜的。"


async def test_it_is_over_when_its_time_is(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        await fan.says("1")
        await chat.advance(600)
        assert await fan.says("5") == "回复“问卷”，喝一杯便宜的。"


async def test_a_picture_is_no_answer(wechat):
    async with wechat(account) as chat:
        fan = chat.user()
        await fan.says("问卷")
        assert await fan.sends("image") == f"请回复文字。\n{FIRST}"
        assert await fan.says("1") == "绿茶几分？1 到 5"
