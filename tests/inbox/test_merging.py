"""`merge=2.0`: texts that a follower writes in one go are one message."""

import asyncio
from functools import partial

import pytest

from desk import Answer
from inbox.mailboxes import OPENID, Kept
from yizhan import Account
from yizhan.errors import RegistrationError
from yizhan.inbox import merging, rules
from yizhan.inbox.merging import Merged
from yizhan.inbox.rules import Arrival, RunResult

LEASE = 15.0
SERVICE = {"kind": "service", "verified": True}


class Bot:
    """Answers what it was given, after a while; each call is noted."""

    def __init__(self, seconds: float = 0.0, **options: object) -> None:
        self.seconds = seconds
        self.options = {"merge": 2.0} | options
        self.calls: list[str] = []

    def __call__(self, account) -> None:
        @account.text("清除")
        async def clear(message):
            return "cleared"

        @account.text("ask")
        async def ask(message, context):
            return f"you say {await context.ask('what?')}"

        @account.text(**self.options)
        async def talk(message, context):
            self.calls.append(message.content)
            await asyncio.sleep(self.seconds)
            return f"[{message.content}]"

        @account.fallback
        async def other(message):
            return f"other {message.raw.get('Event', message.raw['MsgType'])}"


def said(desk, text, *, after=0.0, **fields):
    """A follower writes this after so long: WeChat's whole way with it."""

    async def way():
        await asyncio.sleep(after)
        return await desk.sends(desk.text(text, **fields))

    return asyncio.create_task(way())


async def all_said(desk, *texts):
    """Each a second after the one before."""
    ways = [said(desk, text, after=float(at)) for at, text in enumerate(texts)]
    return [await way for way in ways]


class TestOneProcess:
    async def test_two_are_one_and_the_last_push_is_answered(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        first, last = await all_said(wechat, "hello", "are you there?")
        assert bot.calls == ["hello\nare you there?"]
        assert first == Answer("success", "", 2.0)
        assert last == Answer("reply", "[hello\nare you there?]", 1.0)

    async def test_the_log_says_that_the_first_was_merged(self, open_desk):
        wechat = await open_desk(Bot())
        why = []
        wechat.written = lambda response: (
            why.append(response.why),
            type(wechat).written(wechat, response),
        )
        await all_said(wechat, "a", "b")
        assert why == ["merged", "inline"]

    async def test_so_are_three(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        ways = [said(wechat, text, after=at) for text, at in (("a", 0), ("b", 0.5), ("c", 1.9))]
        answers = [await way for way in ways]
        assert [answer.text for answer in answers] == ["", "", "[a\nb\nc]"]
        assert bot.calls == ["a\nb\nc"]
        assert {job.state for job in await wechat.jobs()} == {"delivered", "replied"}

    async def test_one_alone_is_answered_when_the_time_is_over(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        assert await wechat.says("hello") == Answer("reply", "[hello]", 2.0)
        assert bot.calls == ["hello"]

    async def test_what_comes_later_is_a_message_of_its_own(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        first, last = said(wechat, "a"), said(wechat, "b", after=2.5)
        assert [(await first).text, (await last).text] == ["[a]", "[b]"]

    async def test_what_comes_while_the_handler_works_is_one_message_after_it(self, open_desk):
        bot = Bot(seconds=3.0)
        wechat = await open_desk(bot, hold=2)
        ways = [said(wechat, text, after=at) for text, at in (("a", 0), ("b", 3), ("c", 3.5))]
        assert [(await way).text for way in ways] == ["[a]", "", "[b\nc]"]
        assert bot.calls == ["a", "b\nc"]

    @pytest.mark.parametrize(
        ("text", "fields", "answer"),
        [
            ("清除", {}, "cleared"),  # another handler's
            ("yes", {"bizmsgmenuid": "101"}, "[yes]"),  # tapped, not written
        ],
    )
    async def test_only_what_the_same_handler_would_take_is_merged(
        self, open_desk, text, fields, answer
    ):
        wechat = await open_desk(Bot())
        first, other = said(wechat, "hello"), said(wechat, text, after=1.0, **fields)
        assert [(await first).text, (await other).text] == ["[hello]", answer]

    async def test_nothing_is_merged_across_something_else(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        first = said(wechat, "a")
        await asyncio.sleep(0.5)
        photo = asyncio.create_task(wechat.sends(wechat.read({"MsgType": "image", "MsgId": "9"})))
        last = said(wechat, "b", after=0.5)
        assert (await first).text == "[a]"
        assert (await photo).text == "other image"
        assert (await last).text == "[b]"
        assert bot.calls == ["a", "b"]

    async def test_an_answer_to_a_question_is_not(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        await wechat.says("ask")
        answer, text = said(wechat, "this"), said(wechat, "that", after=0.1)
        assert await answer == Answer("reply", "you say this", 0.0)
        assert (await text).text == "[that]"

    async def test_the_follower_s_word_may_itself_be_a_command_once_merged(self, open_desk):
        """The handler that waited has it; no filter is asked again."""
        bot = Bot()
        wechat = await open_desk(bot)
        first, last = await all_said(wechat, "清", "除")
        assert (first.text, last.text) == ("", "[清\n除]")

    async def test_a_throttle_counts_it_once(self, open_desk):
        bot = Bot(throttle="1/min", throttled="wait")
        wechat = await open_desk(bot)
        assert [it.text for it in await all_said(wechat, "a", "b")] == ["", "[a\nb]"]
        assert (await wechat.says("c")).text == "wait"

    async def test_a_repeated_push_of_an_earlier_one_is_acknowledged_too(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        message = wechat.text("a")
        lost = asyncio.create_task(wechat.push(message, lose=True))
        last = said(wechat, "b", after=1.0)
        assert (await last).text == "[a\nb]"
        await lost
        assert (await wechat.push(message)).kind == "success"
        assert bot.calls == ["a\nb"]

    async def test_a_slow_answer_goes_by_the_last_push_s_ladder(self, open_desk):
        bot = Bot(seconds=6.0)
        wechat = await open_desk(bot)
        first, last = await all_said(wechat, "a", "b")
        assert first.kind == "success"
        assert last.text == "[a\nb]"
        assert wechat.screen() == ["[a\nb]"]

    async def test_a_late_one_is_sent_where_that_is_allowed(self, open_desk):
        bot = Bot(seconds=25.0)
        wechat = await open_desk(bot, **SERVICE)
        await all_said(wechat, "a", "b")
        await wechat.idle(30)
        assert wechat.screen() == ["[a\nb]"]

    async def test_each_follower_s_texts_are_their_own(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        one, two = said(wechat, "a", fan="oOne"), said(wechat, "b", fan="oTwo", after=0.5)
        assert [(await one).text, (await two).text] == ["[a]", "[b]"]

    async def test_a_dialog_that_it_begins_has_all_of_it(self, open_desk):
        def asks(account):
            @account.text(merge=2.0)
            async def talk(message, context):
                return f"{message.content}, {await context.ask('and?')}"

        wechat = await open_desk(asks)
        assert [it.text for it in await all_said(wechat, "a", "b")] == ["", "and?"]
        assert (await wechat.says("c")).text == "a\nb, c"


class TestDeath:
    @pytest.mark.parametrize("after", [0.5, 1.5, 1.9])
    async def test_within_the_time_nothing_is_lost_or_doubled(self, open_desk, after):
        bot = Bot()
        wechat = await open_desk(bot)
        other = await wechat.beside()
        for at, text in ((0.0, "a"), (1.0, "b")):
            said(wechat, text, after=at).add_done_callback(lambda done: done.exception())
        await wechat.idle(after)
        await wechat.kill()
        if after < 1.0:
            said(other, "b")
        await other.idle(3 * LEASE)
        await other.says("清除")
        assert "\n".join(bot.calls) == "a\nb"
        shown = "".join(wechat.screen())
        assert [shown.count(call) for call in bot.calls] == [1] * len(bot.calls)

    async def test_right_after_they_were_merged_the_last_is_run_with_all(self, open_desk):
        bot = Bot(seconds=3.0)
        wechat = await open_desk(bot, **SERVICE)
        other = await wechat.beside()
        for at, text in ((0.0, "a"), (1.0, "b")):
            said(wechat, text, after=at)
        await wechat.idle(3.0)
        assert bot.calls == ["a\nb"]
        await wechat.kill()
        await other.idle(3 * LEASE)
        assert bot.calls == ["a\nb", "a\nb"]
        assert wechat.screen().count("[a\nb]") == 1

    async def test_a_stop_leaves_them_to_the_next(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot, **SERVICE)
        other = await wechat.beside()
        for at, text in ((0.0, "a"), (0.5, "b")):
            said(wechat, text, after=at)
        await wechat.idle(1.0)
        await wechat.stop()
        await other.idle(LEASE)
        assert bot.calls == ["a\nb"]


class TestTwoProcesses:
    async def test_pushes_that_reach_different_ones_join_the_same_run(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        other = await wechat.beside()
        ways = [said(wechat, "a"), said(other, "b", after=0.5), said(wechat, "c", after=1.0)]
        assert [(await way).text for way in ways] == ["", "", "[a\nb\nc]"]
        assert bot.calls == ["a\nb\nc"]

    async def test_the_last_one_s_process_runs_it(self, open_desk):
        bot = Bot()
        wechat = await open_desk(bot)
        other = await wechat.beside()
        ways = [said(wechat, "a"), said(other, "b", after=1.0)]
        assert [(await way).text for way in ways] == ["", "[a\nb]"]


class TestRules:
    def kept(self, *arrivals: float, owner: str = "A") -> Kept:
        kept = Kept()
        for number, at in enumerate(arrivals):
            kept.passes(at - (kept.now - 1000.0))
            key = f"k{number}"
            arrival = Arrival(key, OPENID, b"{}", kept.wall, owner)
            kept.apply(partial(rules.accept, arrival=arrival))
        return kept

    @pytest.mark.parametrize(
        ("arrivals", "now", "keys", "left"),
        [
            ((0.0,), 0.0, (), 2.0),
            ((0.0,), 1.5, (), 0.5),
            ((0.0, 1.0), 2.0, ("k1",), 0.0),
            ((0.0, 1.0, 2.0), 2.0, ("k1", "k2"), 0.0),
            ((0.0, 1.0, 2.5), 3.0, ("k1",), -1.0),
            ((0.0, 60.0), 60.0, (), -58.0),
        ],
    )
    def test_what_follows_is_what_came_in_time(self, arrivals, now, keys, left):
        kept = self.kept(*arrivals)
        kept.passes(1000.0 + now - kept.now)
        found = kept.apply(partial(merging.following, key="k0", seconds=2.0))
        assert (found.keys, round(found.left, 6)) == (keys, left)

    def test_after_a_reboot_nothing_is_waited_for(self):
        kept = self.kept(0.0)
        kept.boot = "other"
        assert kept.apply(partial(merging.following, key="k0", seconds=2.0)).left == 0

    @pytest.mark.parametrize(
        ("key", "owner", "others"),
        [
            ("k0", "B", ("k1",)),  # another's
            ("k9", "A", ("k1",)),  # gone
            ("k0", "A", ("k2",)),  # not the next one
            ("k0", "A", ("k1", "k2", "k3")),  # gone meanwhile
        ],
    )
    def test_what_has_changed_is_not_merged(self, key, owner, others):
        kept = self.kept(0.0, 0.5, 1.0)
        merged = Merged("talk", ("a", "b"))
        before = kept.box
        join = partial(merging.join, key=key, owner=owner, others=others, merged=merged)
        assert kept.apply(join) is None
        assert kept.box == before

    def test_all_but_the_last_are_acknowledged_and_it_has_their_texts(self):
        kept = self.kept(0.0, 0.5, 1.0)
        merged = Merged("talk", ("a", "b", "c"))
        join = partial(merging.join, key="k0", owner="A", others=("k1", "k2"), merged=merged)
        joined = kept.apply(join)
        assert (joined.gone, joined.next) == (("k0", "k1"), "k2")
        assert [job.key for job in kept.box.jobs] == ["k2"]
        for key in ("k0", "k1"):
            row = kept.messages[key]
            assert (row.state, row.reply, row.note) == ("delivered", b"", "merged")
        turn = kept.apply(partial(rules.turn, key="k2", owner="A"))
        assert merging.load(turn.steps["merged"]) == merged
        finish = partial(rules.finish, key="k2", owner="A", outcome=RunResult())
        kept.apply(finish)
        assert kept.rows == {}


@pytest.mark.parametrize(
    "given",
    [
        {"merge": -1},
        {"merge": 5.0},
        {"merge": "2"},
        {"merge": float("nan")},
        {"merge": 2.0, "prefix": "a"},
        {"merge": 2.0, "regex": "a"},
    ],
)
def test_what_cannot_be_is_refused(given):
    with pytest.raises(RegistrationError):
        Account("a", token="t" * 20).text(**given)


async def test_it_needs_the_messages_in_order(open_desk):
    with pytest.raises(RegistrationError):
        await open_desk(Bot(), ordered=False)
