"""`typing = true`: a follower is shown that an answer is being written."""

from desk import REFUSED, Slow

SERVICE = {"kind": "service", "verified": True}


async def test_the_follower_is_shown_once_that_an_answer_is_being_written(open_desk):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    await wechat.says("20 rain")
    await wechat.idle()
    assert wechat.courier.typed == ["oFan"]


async def test_not_for_an_answer_that_comes_at_once(open_desk):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    await wechat.says("hello")
    await wechat.idle()
    assert wechat.courier.typed == []


async def test_not_unless_it_is_set(open_desk):
    wechat = await open_desk(Slow(), **SERVICE)
    await wechat.says("20 rain")
    await wechat.idle()
    assert wechat.courier.typed == []


async def test_not_without_the_right(open_desk):
    wechat = await open_desk(Slow(), typing=True)
    await wechat.says("20 rain")
    await wechat.idle()
    assert wechat.courier.typed == []


async def test_a_refusal_harms_nothing(open_desk):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    wechat.courier.fails = [REFUSED]
    await wechat.says("20 rain")
    await wechat.idle()
    assert wechat.screen() == ["rain"]


async def test_a_fault_of_our_own_harms_nothing_either(open_desk, log):
    wechat = await open_desk(Slow(), typing=True, **SERVICE)
    wechat.courier.fails = [KeyError("a bug")]
    await wechat.says("20 rain")
    await wechat.idle()
    assert log.tells("ERROR", "a bug")
    assert wechat.screen() == ["rain"]
