"""Point 7: one follower's messages are handled one at a time, in the order of their claims."""

import asyncio

from desk import Answer, Slow

FANS = [f"o{n}" for n in range(50)]


class Overlaps:
    """A bot that notes how many of its handlers run at once, per follower and in all."""

    def __init__(self) -> None:
        self.running: list[str] = []
        self.most: dict[str, int] = {}
        self.most_in_all = 0
        self.order: list[str] = []

    def __call__(self, account) -> None:
        @account.text
        async def handler(message):
            fan = message.from_user
            self.running.append(fan)
            self.order.append(message.content)
            self.most[fan] = max(self.most.get(fan, 0), self.running.count(fan))
            self.most_in_all = max(self.most_in_all, len(self.running))
            await asyncio.sleep(0.5)
            self.running.remove(fan)
            return message.content


async def test_one_at_a_time_in_the_order_of_the_claims(open_desk):
    bot = Overlaps()
    wechat = await open_desk(bot)
    asking = [asyncio.create_task(wechat.says(f"{n}")) for n in range(8)]
    assert [(await task).seconds for task in asking] == [0.5 * n for n in range(1, 9)]
    assert bot.most == {"oFan": 1}
    assert bot.order == [f"{n}" for n in range(8)]


async def test_across_processes_too(open_desk):
    bot = Overlaps()
    wechat = await open_desk(bot)
    desks = [wechat, await wechat.beside(), await wechat.beside()]
    asking = [asyncio.create_task(desks[n % 3].says(f"{n}")) for n in range(8)]
    await asyncio.gather(*asking)
    assert bot.most == {"oFan": 1}
    assert bot.order == [f"{n}" for n in range(8)]
    assert wechat.screen() == bot.order


async def test_also_behind_a_job_that_was_recovered(open_desk):
    bot = Slow()
    wechat = await open_desk(bot)
    other = await wechat.beside()
    await wechat.push(wechat.text("5 first"), seconds=1)
    await other.push(other.text("second"), seconds=1)
    await wechat.kill()
    await other.idle(30)
    assert bot.runs == ["5 first", "5 first", "second"]


async def test_also_behind_one_that_was_given_up(open_desk):
    bot = Slow()
    wechat = await open_desk(bot, tries=1)
    await wechat.push(wechat.text("60 first"), seconds=1)
    await wechat.kill()
    again = await wechat.beside()
    await again.push(again.text("second"), seconds=1)
    await again.idle(40)
    assert [job.state for job in await again.jobs()] == ["dead", "ready"]
    assert bot.runs == ["60 first", "second"]


async def test_different_followers_run_in_parallel(open_desk):
    bot = Overlaps()
    wechat = await open_desk(bot)
    answers = await asyncio.gather(*(wechat.says("hello", fan) for fan in FANS))
    assert {answer.seconds for answer in answers} == {0.5}
    assert bot.most_in_all == len(FANS)


async def test_ordered_false_lifts_it(open_desk):
    bot = Overlaps()
    wechat = await open_desk(bot, ordered=False)
    answers = await asyncio.gather(*(wechat.says(f"{n}") for n in range(8)))
    assert {answer.seconds for answer in answers} == {0.5}
    assert bot.most == {"oFan": 8}


async def test_a_waiting_message_holds_no_thread(open_desk):
    def bot(account):
        @account.text("slow")
        async def slow(message):
            await asyncio.sleep(3)

        @account.text
        def quick(message):
            return message.content

    wechat = await open_desk(bot, threads=1)
    asking = [asyncio.create_task(wechat.says(content)) for content in ("slow", "a", "b")]
    await wechat.idle(1)
    assert wechat.inbox.threads.busy == 0
    assert (await wechat.says("c", "oOther")).text == "c"
    await asyncio.gather(*asking)


async def test_a_message_waits_for_its_turn_by_the_ladder(open_desk):
    wechat = await open_desk(Slow())
    first = asyncio.create_task(wechat.says("12 rain"))
    await wechat.idle(1)
    assert await wechat.says("hello") == Answer("reply", "hello", 1.0)
    assert (await first).text == "rain"


async def test_events_wait_for_their_turn_like_messages(open_desk):
    def bot(account):
        Slow()(account)

        @account.click
        async def click(event):
            order.append("click")
            return "clicked"

    order = []
    wechat = await open_desk(bot)
    first = asyncio.create_task(wechat.says("3 rain"))
    await wechat.idle(1)
    assert await wechat.sends(wechat.event("CLICK", "K")) == Answer("reply", "clicked", 2.0)
    await first


async def test_what_waits_looks_before_it_writes(open_desk):
    """Whatever others do: only whose turn it is asks for it, once."""
    wechat = await open_desk(Slow())
    other = await wechat.beside()
    asking = [asyncio.create_task(wechat.says(text)) for text in ("9 rain", "1 snow", "1 hail")]
    for _ in range(5):
        await other.says("hello", "oOther")
        await wechat.idle(1)
    assert "turn" not in wechat.way.calls
    await asyncio.gather(*asking)
    assert wechat.way.calls.count("turn") == 2
