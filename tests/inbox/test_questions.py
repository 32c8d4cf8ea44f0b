"""Questions with choices, questions for other things than texts, and steps that are tried again."""

import re

import pytest

from inbox.survey import answers, dialog


def bot(handler, *, beside=None):
    def setup(account):
        account.text("go")(handler)
        if beside is not None:
            account.click(beside)

        @account.message
        async def echo(message):
            return f"echo {getattr(message, 'content', message.kind)}"

    return setup


async def drinks(message, context):
    drink = await context.ask("喝什么？", choices={"绿茶": "tea", "咖啡": "coffee"})
    size = await context.ask("多大？", choices=["大", "小"], again="请选一个。")
    return f"{size} {drink}"


def ids_in(text):
    return re.findall(r"msgmenuid=([\w-]+)", text)


class TestChoices:
    async def test_a_choice_is_tapped_or_written_or_counted(self, open_desk):
        wechat = await open_desk(bot(drinks))
        asked = (await wechat.says("go")).text
        tapped = wechat.text("咖啡", bizmsgmenuid=ids_in(asked)[1])
        assert (await wechat.sends(tapped)).text.startswith("多大？\n<a ")
        assert (await wechat.says("２")).text == "小 coffee"

    async def test_without_links_they_are_plain_lines(self, open_desk):
        wechat = await open_desk(bot(drinks), tap=False)
        assert await answers(wechat, "go", "绿茶", " 大 ") == [
            "喝什么？\n1. 绿茶\n2. 咖啡",
            "多大？\n1. 大\n2. 小",
            "大 tea",
        ]

    async def test_anything_else_is_asked_again(self, open_desk):
        wechat = await open_desk(bot(drinks), tap=False)
        assert await answers(wechat, "go", "水", "1", "中", "1") == [
            "喝什么？\n1. 绿茶\n2. 咖啡",
            "喝什么？\n1. 绿茶\n2. 咖啡",
            "多大？\n1. 大\n2. 小",
            "请选一个。\n多大？\n1. 大\n2. 小",
            "大 tea",
        ]

    async def test_what_is_no_text_is_asked_for_again_too(self, open_desk):
        wechat = await open_desk(bot(drinks), tap=False)
        await answers(wechat, "go", "1")
        photo = wechat.read({"MsgType": "image", "MsgId": "99"})
        assert (await wechat.sends(photo)).text == "请选一个。\n多大？\n1. 大\n2. 小"

    async def test_a_tap_on_another_question_is_an_ordinary_message(self, open_desk):
        wechat = await open_desk(bot(drinks))
        old = ids_in((await wechat.says("go")).text)[0]
        await wechat.says("2")
        stale = wechat.text("绿茶", bizmsgmenuid=old)
        assert (await wechat.sends(stale)).text == "echo 绿茶"
        assert (await wechat.says("小")).text == "小 coffee"
        again = wechat.text("绿茶", bizmsgmenuid=old)
        assert (await wechat.sends(again)).text == "echo 绿茶"

    async def test_an_author_s_own_menu_is_an_answer(self, open_desk):
        wechat = await open_desk(bot(drinks), tap=False)
        await wechat.says("go")
        tapped = wechat.text("绿茶", bizmsgmenuid="101")
        assert (await wechat.sends(tapped)).text.startswith("多大？")

    async def test_a_cancel_word_comes_before_a_choice(self, open_desk):
        async def asks(message, context):
            return await context.ask("?", choices=["取消", "继续"])

        wechat = await open_desk(bot(asks), tap=False)
        assert await answers(wechat, "go", "取消") == ["?\n1. 取消\n2. 继续", "已取消"]

    async def test_the_check_is_given_what_the_choice_stands_for(self, open_desk):
        async def asks(message, context):
            seats = {"一": 1, "九": 9}
            return f"{await context.ask('几位？', choices=seats, check=few)} 位"

        def few(seats):
            if seats > 4:
                raise ValueError("坐不下。")

        wechat = await open_desk(bot(asks), tap=False)
        assert await answers(wechat, "go", "九", "一") == [
            "几位？\n1. 一\n2. 九",
            "坐不下。\n几位？\n1. 一\n2. 九",
            "1 位",
        ]

    @pytest.mark.parametrize(
        "given",
        [
            ["a", "A"],
            [str(number) for number in range(21)],
            [],
            [1, 2],
            ["two\nlines"],
            {"b", "a"},  # which has another order in each process
            {"a": object()},
            ["字" * 700],
        ],
    )
    async def test_choices_that_cannot_be_are_the_author_s_error(self, open_desk, log, given):
        async def asks(message, context):
            return await context.ask("?", choices=given)

        wechat = await open_desk(bot(asks), fallback="sorry")
        assert await answers(wechat, "go") == ["sorry"]
        assert log.tells("asks", "raised")


class TestTimes:
    @pytest.mark.parametrize("seconds", [0, -5, float("nan"), float("inf"), "5", None])
    async def test_a_time_that_cannot_be_is_the_author_s_error(self, open_desk, log, seconds):
        given = {"timeout": seconds, "default": ""}

        async def asks(message, context):
            return await context.ask("?", **given)

        wechat = await open_desk(bot(asks), fallback="sorry")
        assert await answers(wechat, "go") == ["sorry"]
        assert log.tells("asks", "raised")
        assert wechat.world.box().timer is None


class TestKinds:
    async def test_a_question_may_ask_for_a_picture(self, open_desk):
        async def asks(message, context):
            photo = await context.ask("发张照片", kind="image", again="要照片。")
            name = await context.ask("叫什么？")
            return f"{name}: {photo.media_id} {type(photo).__name__}"

        wechat = await open_desk(bot(asks))
        photo = wechat.read({"MsgType": "image", "MediaId": "m1", "MsgId": "99"})
        assert await answers(wechat, "go", "给") == ["发张照片", "要照片。\n发张照片"]
        assert (await wechat.sends(photo)).text == "叫什么？"
        assert await answers(wechat, "小红") == ["小红: m1 ImageMessage"]

    async def test_its_check_is_given_the_message(self, open_desk):
        async def asks(message, context):
            where = await context.ask("在哪里？", kind="location", check=lambda it: it.scale > 9)
            return f"{where.latitude}"

        wechat = await open_desk(bot(asks))
        await wechat.says("go")
        place = {"MsgType": "location", "Location_X": "23.5", "Location_Y": "113", "Label": "x"}
        far = wechat.read({**place, "Scale": "5", "MsgId": "98"})
        near = wechat.read({**place, "Scale": "15", "MsgId": "99"})
        assert (await wechat.sends(far)).text == "在哪里？"
        assert (await wechat.sends(near)).text == "23.5"

    async def test_a_cancel_word_ends_it_too(self, open_desk):
        async def asks(message, context):
            return (await context.ask("发张照片", kind="image")).media_id

        wechat = await open_desk(bot(asks))
        assert await answers(wechat, "go", "取消") == ["发张照片", "已取消"]

    @pytest.mark.parametrize("given", [{"kind": "event"}, {"kind": "image", "choices": ["a"]}])
    async def test_what_cannot_be_asked_for_is_the_author_s_error(self, open_desk, log, given):
        async def asks(message, context):
            return await context.ask("?", **given)

        wechat = await open_desk(bot(asks), fallback="sorry")
        assert await answers(wechat, "go") == ["sorry"]
        assert log.tells("asks", "raised")


class TestAnotherDialog:
    async def test_an_event_that_asks_ends_the_open_one_and_says_so(self, open_desk, log):
        async def menu(event, context):
            return f"菜单：{await context.ask('哪一项？')}"

        wechat = await open_desk(bot(drinks, beside=menu), tap=False)
        await wechat.says("go")
        assert (await wechat.sends(wechat.event("CLICK", "K"))).text == "哪一项？"
        assert log.tells("drinks", "menu")
        assert await answers(wechat, "一") == ["菜单：一"]
        assert await dialog(wechat) is None

    async def test_an_event_that_asks_nothing_leaves_it_open_in_silence(self, open_desk, log):
        async def menu(event, context):
            return "菜单"

        wechat = await open_desk(bot(drinks, beside=menu), tap=False)
        await wechat.says("go")
        assert (await wechat.sends(wechat.event("CLICK", "K"))).text == "菜单"
        assert not log.tells("drinks")
        assert (await answers(wechat, "1"))[0].startswith("多大？")


class TestRetries:
    """A step that fails is tried again after 1, 2 and 4 seconds."""

    def failing(self, times, error=ConnectionError):
        tried = []

        async def handler(message, context):
            async def pay():
                tried.append(context.message)
                if len(tried) <= times:
                    raise error("away")
                return len(tried)

            return f"paid {await context.step('pay', pay, retries=3, on=(ConnectionError,))}"

        return handler, tried

    @pytest.mark.parametrize(("times", "seconds"), [(0, 0), (1, 1), (2, 3), (3, 7)])
    async def test_it_takes_so_long(self, open_desk, times, seconds):
        handler, tried = self.failing(times)
        wechat = await open_desk(bot(handler))
        began = wechat.loop.time()
        assert (await wechat.says("go")).text == f"paid {times + 1}"
        assert (len(tried), round(wechat.loop.time() - began)) == (times + 1, seconds)

    async def test_the_last_error_is_the_handler_s(self, open_desk, log):
        handler, tried = self.failing(9)
        wechat = await open_desk(bot(handler), fallback="sorry")
        assert (await wechat.says("go")).text == "sorry"
        assert len(tried) == 4
        assert log.tells("raised")

    async def test_another_error_is_not_tried_again(self, open_desk, log):
        handler, tried = self.failing(9, KeyError)
        wechat = await open_desk(bot(handler), fallback="sorry")
        assert (await wechat.says("go")).text == "sorry"
        assert len(tried) == 1
        assert log.tells("raised")


@pytest.mark.parametrize("inner", ["ask", "step"])
async def test_within_a_step_there_is_no_question_and_no_step(open_desk, log, inner):
    """Half of it would be done again in each replay."""
    done = []

    async def asks(message, context):
        async def action():
            done.append(inner)
            if inner == "ask":
                return await context.ask("?")
            return await context.step("inner", lambda: 1)

        return await context.step("outer", action)

    wechat = await open_desk(bot(asks), fallback="sorry")
    assert await answers(wechat, "go") == ["sorry"]
    assert log.tells("asks", "DialogError")
    assert done == [inner]
