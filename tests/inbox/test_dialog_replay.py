"""What a replay finds changed: another handler than it remembers, or a process that died."""

import asyncio

from desk import Slow
from inbox.survey import Survey, answers, dialog
from yizhan.store.mailbox import DIALOG, Change


class TestDivergence:
    """A handler that was changed between two messages."""

    async def resumed_by(self, open_desk, log, changed, *said):
        bot = Survey()
        wechat = await open_desk(bot)
        await answers(wechat, *said)
        await wechat.stop()
        return await wechat.beside(changed)

    @staticmethod
    def changed(handler):
        def bot(account):
            async def survey(message, context):
                return await handler(context)

            survey.__qualname__ = "Survey.__call__.<locals>.survey"
            account.text("survey")(survey)

            @account.text
            async def echo(message):
                return f"echo {message.content}"

        return bot

    async def test_a_question_that_was_added_is_asked(self, open_desk, log):
        async def asks_more(context):
            nick = await context.ask("Nickname?")
            return f"{nick}, {await context.ask('Name?')}"

        wechat = await self.resumed_by(open_desk, log, self.changed(asks_more), "survey")
        assert await answers(wechat, "Ada", "Lady A") == ["Nickname?", "Lady A, Ada"]
        assert await dialog(wechat) is None
        assert not log.tells("survey")

    async def test_a_step_in_a_question_s_place_cancels_it_and_the_message_is_routed_normally(
        self, open_desk, log
    ):
        async def steps(context):
            return await context.step("Name?", lambda: 1)

        wechat = await self.resumed_by(open_desk, log, self.changed(steps), "survey")
        assert (await wechat.says("Ada")).text == "echo Ada"
        assert log.tells("ERROR", "survey", "ask 'Name?'", "step 'Name?'")
        assert wechat.inbox.meter.of("diverged_dialogs") == 1
        assert await dialog(wechat) is None

    async def test_an_answer_that_is_not_asked_for_any_more_is_told_of(self, open_desk, log):
        async def asks_nothing(context):
            return "thanks"

        wechat = await self.resumed_by(open_desk, log, self.changed(asks_nothing), "survey")
        assert (await wechat.says("Ada")).text == "thanks"
        assert log.tells("survey", "Name?")
        assert await dialog(wechat) is None

    async def test_also_when_it_takes_no_context_any_more(self, open_desk, log):
        def bot(account):
            async def survey(message):
                return "thanks"

            survey.__qualname__ = "Survey.__call__.<locals>.survey"
            account.text("survey")(survey)
            Slow()(account)

        wechat = await self.resumed_by(open_desk, log, bot, "survey")
        assert (await wechat.says("Ada")).text == "thanks"
        assert log.tells("Name?")

    async def test_a_handler_is_found_by_its_name_whoever_stands_before_it(self, open_desk, log):
        async def asks(context):
            return await context.ask("Name?")

        def bot(account):
            account.text(where=lambda message: True)(lambda message: "never")
            self.changed(asks)(account)

        wechat = await self.resumed_by(open_desk, log, bot, "survey")
        assert (await wechat.says("Ada")).text == "Ada"

    async def test_a_handler_that_is_there_no_more_cancels_it(self, open_desk, log):
        wechat = await self.resumed_by(open_desk, log, Slow(), "survey")
        assert (await wechat.says("Ada")).text == "Ada"
        assert log.tells("Survey", "Slow")

    async def test_so_does_what_no_one_can_read(self, open_desk, log):
        wechat = await open_desk(Survey())
        await wechat.says("survey")
        wechat.world.apply(lambda view: Change(None, view.box, {DIALOG: b"{torn"}))
        assert (await wechat.says("Ada")).text == "echo Ada"
        assert log.tells("ERROR", "dialog")


class TestCrash:
    """A process dies within a message of a dialog; another one runs that message again."""

    class Charges:
        def __init__(self) -> None:
            self.charged = 0
            self.slow = True

        def __call__(self, account) -> None:
            @account.text("buy")
            async def buy(message, context):
                await context.ask("Sure?")
                await context.step("charge", self.charge)
                if self.slow:
                    await asyncio.sleep(3)
                where = await context.ask("Where to?")
                return f"charged {self.charged}, to {where}"

        def charge(self) -> None:
            self.charged += 1

    async def test_between_a_step_and_an_ask_the_step_is_not_done_again(self, open_desk):
        bot = self.Charges()
        wechat = await open_desk(bot)
        other = await wechat.beside()
        await wechat.says("buy")
        message = wechat.text("yes")
        await wechat.push(message, seconds=1)
        await wechat.kill()
        await other.idle(40)
        assert (await other.push(message)).text == "Where to?"
        assert (await other.says("Paris")).text == "charged 1, to Paris"

    async def test_also_when_a_stop_came_between(self, open_desk):
        bot = self.Charges()
        wechat = await open_desk(bot)
        await wechat.says("buy")
        message = wechat.text("yes")
        await wechat.push(message, seconds=1)
        await wechat.stop()
        other = await wechat.beside()
        await other.idle(40)
        assert (await other.push(message)).text == "Where to?"
        assert (await other.says("Paris")).text == "charged 1, to Paris"

    async def test_a_step_renamed_in_between_is_done_and_the_old_one_told_of(self, open_desk, log):
        bot = self.Charges()
        wechat = await open_desk(bot)
        await wechat.says("buy")
        await wechat.push(wechat.text("yes"), seconds=1)
        await wechat.kill()

        def changed(account):
            async def buy(message, context):
                await context.ask("Sure?")
                await context.step("pay", lambda: None)
                return "paid"

            buy.__qualname__ = "TestCrash.Charges.__call__.<locals>.buy"
            account.text("buy")(buy)
            Slow()(account)

        other = await wechat.beside(changed)
        await other.idle(40)
        assert log.tells("buy", "charge")
        assert (await other.says("hello")).text == "paid\n\nhello"

    async def test_a_step_while_the_store_is_away_waits_for_it(self, open_desk, log):
        bot = self.Charges()
        bot.slow = False
        wechat = await open_desk(bot)
        await wechat.says("buy")
        wechat.way.failing.add("step")
        asking = asyncio.create_task(wechat.says("yes"))
        await wechat.idle(3)
        wechat.way.failing.clear()
        assert (await asking).text == "Where to?"
        assert log.tells("cannot be reached", "step")
        assert bot.charged == 1

    async def test_a_dialog_that_lapsed_meanwhile_leaves_its_steps_behind(self, open_desk):
        charged = []

        def bot(account):
            @account.text
            async def buy(message, context):
                sure = await context.ask("Sure?", timeout=10)
                await context.step("charge", lambda: charged.append(sure))
                await asyncio.sleep(3)
                return "bought"

        wechat = await open_desk(bot)
        other = await wechat.beside()
        await wechat.says("buy")
        message = wechat.text("yes")
        await wechat.push(message, seconds=1)
        await wechat.kill()
        await other.idle(40)
        assert charged == ["yes"]
        assert (await other.push(message)).text == "Sure?"
