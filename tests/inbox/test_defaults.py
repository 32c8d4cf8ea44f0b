"""A question with a default: at the time-out its handler goes on, whichever process is there."""

import asyncio

import pytest

from desk import Answer

LEASE = 15.0
LATER = LEASE / 3 + 1  # a process looks for what has run out at least so often
SERVICE = {"kind": "service", "verified": True}


def bot(account):
    @account.text("book")
    async def book(message, context, session):
        session["n"] = session.get("n", 0) + 1
        seats = await context.ask("几位？", choices={"两位": 2, "四位": 4}, timeout=60, default=1)
        await context.step("charge", lambda: None)
        name = await context.ask("贵姓？", timeout=300, default=None)
        return f"{seats} {name} {session['n']}"

    @account.text("photo")
    async def photo(message, context):
        shown = await context.ask("发张照片", kind="image", timeout=60, default=None)
        return "no photo" if shown is None else shown.media_id

    @account.text("fails")
    async def fails(message, context):
        await context.ask("?", timeout=60, default="")
        raise ValueError

    @account.click
    async def click(event, context):
        return await context.ask("which?", timeout=60, default="none")

    @account.fallback
    async def echo(message):
        return f"echo {getattr(message, 'content', message)}"


async def stopped(desk):
    await desk.stop()


async def killed(desk):
    await desk.kill()


async def test_the_handler_goes_on_with_it_and_asks_its_next_question(open_desk):
    wechat = await open_desk(bot, tap=False, **SERVICE)
    await wechat.says("book")
    await wechat.idle(59)
    assert wechat.screen() == ["几位？\n1. 两位\n2. 四位"]
    await wechat.idle(3)
    assert wechat.screen()[1:] == ["贵姓？"]
    assert (await wechat.says("王")).text == "1 王 1"
    await wechat.idle(120)
    assert wechat.screen()[2:] == ["1 王 1"]


async def test_each_question_has_its_own(open_desk):
    wechat = await open_desk(bot, tap=False, **SERVICE)
    await wechat.says("book")
    await wechat.says("四位")
    await wechat.idle(299)
    assert wechat.screen()[1:] == ["贵姓？"]
    await wechat.idle(3)
    assert wechat.screen()[2:] == ["4 None 1"]


async def test_both_run_out_one_after_the_other(open_desk):
    wechat = await open_desk(bot, tap=False, **SERVICE)
    await wechat.says("book")
    await wechat.idle(60 + 300 + 10)
    assert wechat.screen()[1:] == ["贵姓？", "1 None 1"]
    assert wechat.world.dialog() is None
    assert wechat.world.box().due is None


async def test_who_may_not_send_has_it_ride_on_the_next_push(open_desk):
    wechat = await open_desk(bot, tap=False)
    await wechat.says("photo")
    await wechat.idle(70)
    assert wechat.screen() == ["发张照片"]
    assert (await wechat.says("hello")).text == "no photo\n\necho hello"


async def test_an_answer_that_comes_later_is_an_ordinary_message(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(70)
    photo = wechat.read({"MsgType": "image", "MediaId": "m1", "MsgId": "99"})
    assert (await wechat.sends(photo)).text.startswith("echo ")
    await wechat.idle(120)
    assert len(wechat.screen()) == 3


async def test_an_answer_in_time_ends_the_wait(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(59)
    photo = wechat.read({"MsgType": "image", "MediaId": "m1", "MsgId": "99"})
    assert (await wechat.sends(photo)).text == "m1"
    await wechat.idle(120)
    assert wechat.screen() == ["发张照片", "m1"]
    assert wechat.world.box().due is None


async def test_so_does_a_cancel_word(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.says("取消")
    await wechat.idle(120)
    assert wechat.screen() == ["发张照片", "已取消"]


async def test_what_answers_nothing_leaves_the_wait_as_it_is(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(50)
    await wechat.says("hm")
    await wechat.idle(15)
    assert wechat.screen() == ["发张照片", "发张照片", "no photo"]


async def test_an_answer_in_the_last_moment_is_one_and_not_both(open_desk):
    """Its handler still works when the time runs out."""

    def slow(account):
        @account.text("go")
        async def go(message, context):
            answer = await context.ask("?", timeout=60, default="default")
            await asyncio.sleep(10)
            return answer

    wechat = await open_desk(slow, handler_timeout=60, **SERVICE)
    await wechat.says("go")
    await wechat.idle(58)
    await wechat.says("mine")
    await wechat.idle(120)
    assert wechat.screen() == ["?", "mine"]


async def test_a_message_between_the_end_and_the_default_is_ordinary_and_takes_nothing(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    wechat.inbox.keeper.recovers = False  # nobody looks at what has run out
    await wechat.idle(61)
    assert (await wechat.says("hello")).text == "echo hello"
    wechat.inbox.keeper.recovers = True
    await wechat.idle(LATER)
    assert wechat.screen() == ["发张照片", "echo hello", "no photo"]


async def test_another_dialog_takes_its_place(open_desk, log):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(30)
    await wechat.sends(wechat.event("CLICK", "x"))
    assert log.tells("click", "photo", "cancelled") or log.tells("click", "photo", "取消")
    await wechat.idle(120)
    assert wechat.screen() == ["发张照片", "which?", "none"]


async def test_a_handler_that_fails_then_says_the_fallback(open_desk, log):
    wechat = await open_desk(bot, fallback="sorry", **SERVICE)
    await wechat.says("fails")
    await wechat.idle(70)
    assert wechat.screen() == ["?", "sorry"]
    assert log.tells("fails", "ValueError")
    assert wechat.world.dialog() is None


async def test_a_default_that_is_no_json_is_the_author_s_error(open_desk, log):
    def wrong(account):
        @account.text
        async def go(message, context):
            return await context.ask("?", default=object())

    wechat = await open_desk(wrong, fallback="sorry")
    assert (await wechat.says("go")).text == "sorry"
    assert log.tells("go", "DialogError")


@pytest.mark.parametrize("ends", [stopped, killed])
@pytest.mark.parametrize("after", [5.0, 59.9])
async def test_another_process_takes_it(open_desk, ends, after):
    wechat = await open_desk(bot, **SERVICE)
    other = await wechat.beside()
    await wechat.says("photo")
    await wechat.idle(after)
    await ends(wechat)
    await other.idle(60 - after + LATER)
    assert wechat.screen() == ["发张照片", "no photo"]


@pytest.mark.parametrize("ends", [stopped, killed])
async def test_so_does_the_next_one_long_after(open_desk, ends):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await ends(wechat)
    await asyncio.sleep(3600)
    other = await wechat.beside()
    await other.idle(1)
    assert wechat.screen() == ["发张照片", "no photo"]


async def test_one_that_dies_with_it_leaves_it_to_another(open_desk):
    seen = []

    def slow(account):
        @account.text("go")
        async def go(message, context):
            await context.ask("?", timeout=60, default="")
            seen.append(await context.step("count", lambda: len(seen)))
            await asyncio.sleep(10)
            return "done"

    wechat = await open_desk(slow, **SERVICE)
    other = await wechat.beside()
    await wechat.says("go")
    await wechat.idle(65)
    dying, living = (wechat, other) if wechat.inbox.runs else (other, wechat)
    await dying.kill()
    await living.idle(3 * LEASE)
    assert wechat.screen() == ["?", "done"]
    assert seen == [0, 0]


async def test_without_one_nothing_comes_and_nothing_is_due(open_desk):
    def asks(account):
        @account.text
        async def go(message, context):
            return await context.ask("?", timeout=60)

    wechat = await open_desk(asks, **SERVICE)
    await wechat.says("go")
    assert wechat.world.box().timer is None
    await wechat.idle(120)
    assert wechat.screen() == ["?"]


@pytest.mark.parametrize("step", [-3600.0, 3600.0])
async def test_a_clock_that_is_set_makes_it_neither_early_nor_late(open_desk, step):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(20)
    wechat.world.clock.skew += step
    await wechat.idle(35)
    assert wechat.screen() == ["发张照片"]
    await wechat.idle(5 + LATER)
    assert wechat.screen() == ["发张照片", "no photo"]


async def test_it_is_a_message_of_its_own_in_lists(open_desk):
    wechat = await open_desk(bot, **SERVICE)
    await wechat.says("photo")
    await wechat.idle(70)
    asked, went_on = await wechat.jobs()
    assert (asked.state, went_on.state) == ("replied", "delivered")
    assert went_on.key.startswith(f"{asked.key}:timeout:")
    assert await wechat.push(wechat.text("hello")) == Answer("reply", "echo hello")
