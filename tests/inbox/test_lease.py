"""Point 5: leases. A dead owner's jobs are run by another process, and nobody's twice."""

import asyncio
import json
from functools import partial

import pytest
from msgspec.structs import replace

from desk import Answer, Slow, key_of
from yizhan.errors import StoreError
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival, RunResult

LEASE = 15.0
RECOVERED = 2 * LEASE  # by then another process has taken over, whatever the moment
SERVICE = {"kind": "service", "verified": True}


async def both(open_desk, setup=None, **settings):
    wechat = await open_desk(setup or Slow(), **settings)
    return wechat, await wechat.beside(**settings)


class TestRenewal:
    async def test_the_owner_renews_every_third_of_a_lease(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.idle(0.1)
        wechat.way.calls.clear()
        await wechat.idle(2 * LEASE)
        assert wechat.way.calls.count("renew") == 6

    async def test_a_living_owner_keeps_its_job_however_long_it_takes(self, open_desk):
        bot = Slow()
        wechat, _ = await both(open_desk, bot, handler_timeout=3600)
        await wechat.says("600 rain")
        await wechat.idle(700)
        assert bot.runs == ["600 rain"]
        assert (await wechat.says("hello")).text == "rain\n\nhello"


class TestDeath:
    async def test_a_dead_owner_s_job_is_run_by_another_process(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        await other.idle(RECOVERED)
        assert bot.runs == ["8 rain", "8 rain"]
        assert other.inbox.meter.of("recovered") == 1
        assert (await other.says("hello")).text == "rain\n\nhello"

    async def test_within_one_lease_and_a_third(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        await other.idle(LEASE - 1.1)
        assert len(bot.runs) == 1
        await other.idle(1.1 + LEASE / 3)
        assert len(bot.runs) == 2

    async def test_its_answer_is_sent_where_the_right_is(self, open_desk):
        wechat, other = await both(open_desk, **SERVICE)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        await other.idle(60)
        assert wechat.screen() == ["rain"]

    async def test_what_it_answered_stays_answered(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        message = wechat.text("hello")
        await wechat.sends(message)
        await wechat.kill()
        await other.idle(RECOVERED)
        assert await other.push(message) == Answer("reply", "hello")
        assert bot.runs == ["hello"]

    async def test_an_answer_that_waited_rides_on_a_push_to_the_other(self, open_desk):
        wechat, other = await both(open_desk)
        await wechat.says("20 rain")
        await wechat.idle()
        await wechat.kill()
        assert (await other.says("hello")).text == "rain\n\nhello"

    async def test_an_answer_that_was_to_be_sent_is_sent_by_the_other(self, open_desk, log):
        wechat, other = await both(open_desk, **SERVICE)
        await wechat.says("20 rain")
        wechat.way.failing.add("begin_send")
        await wechat.idle(8)
        assert log.tells("cannot be reached", "begin_send")
        await wechat.kill()
        await other.idle(60)
        assert wechat.screen() == ["rain"]
        assert [job.state for job in await other.jobs()] == ["delivered"]

    async def test_a_send_on_its_way_is_unknown_and_never_sent_again(self, open_desk, log):
        wechat, other = await both(open_desk, **SERVICE)
        wechat.courier.seconds = 5
        await wechat.says("20 rain")
        await wechat.idle(8)
        await wechat.kill()
        await other.idle(60)
        assert wechat.screen() == []
        assert [job.state for job in await other.jobs()] == ["unknown"]

    async def test_many_jobs_of_a_dead_process_are_taken_over_together(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        for n in range(250):
            await wechat.push(wechat.text("60 rain", f"o{n}"), seconds=0.001)
        await wechat.kill()
        await other.idle(LEASE + LEASE / 3)
        assert len(bot.runs) == 500

    async def test_the_log_masks_the_openid_of_what_is_taken_over(self, open_desk, caplog):
        fan = "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"
        wechat, other = await both(open_desk, Slow())
        await wechat.push(wechat.text("60 rain", fan), seconds=1)
        await wechat.kill()
        with caplog.at_level("INFO", "yizhan"):
            await other.idle(LEASE + LEASE / 3)
        assert "o6_b…fL2M" in caplog.text
        assert fan not in caplog.text

    async def test_it_waits_for_a_process_that_has_room(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot)
        for n in range(120):
            await wechat.push(wechat.text("9 rain", f"o{n}"), seconds=0.001)
        other = await wechat.beside(max_jobs=100)
        await wechat.kill()
        await other.idle(LEASE + LEASE / 3)
        assert len(bot.runs) == 220
        await other.idle(LEASE)
        assert len(bot.runs) == 240

    async def test_a_restarted_process_takes_up_its_predecessor_s_jobs(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        again = await wechat.beside()
        await again.idle(RECOVERED + 8)
        assert bot.runs == ["8 rain", "8 rain"]
        assert (await again.says("hello")).text == "rain\n\nhello"


class TestTries:
    async def test_a_job_that_kills_its_process_is_listed_after_some_tries(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, tries=3)
        message = wechat.text("100 rain")
        await wechat.push(message, seconds=1)
        for _ in range(5):
            await wechat.kill()
            wechat = await wechat.beside()
            await wechat.idle(4 * LEASE)
        [job] = await wechat.jobs()
        assert (job.state, len(bot.runs)) == ("dead", 3)
        assert await wechat.push(message) == Answer("success")

    async def test_it_is_tried_later_each_time(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, tries=4)
        await wechat.push(wechat.text("100 rain"), seconds=1)
        waits = []
        for _ in range(3):
            runs, died = len(bot.runs), wechat.loop.time()
            await wechat.kill()
            wechat = await wechat.beside()
            while len(bot.runs) == runs:
                await wechat.idle(1)
            waits.append((wechat.loop.time() - died) // LEASE)
        assert waits == [1, 2, 3]

    async def last_try(self, open_desk, bot, fan="oFan"):
        """A process that has begun the last of two tries of a message."""
        wechat = await open_desk(bot, tries=2)
        await wechat.push(wechat.text("10 rain", fan), seconds=1)
        await wechat.kill()
        wechat = await wechat.beside()
        await self.begins(wechat, bot, "10 rain", 2)
        return wechat

    async def begins(self, wechat, bot, content, times):
        """Until its handler has begun so often."""
        for _ in range(int(6 * LEASE)):
            if bot.runs.count(content) == times:
                return
            await wechat.idle(1)
        raise AssertionError(bot.runs)

    async def test_a_death_while_others_ran_beside_its_last_try_does_not_end_it(self, open_desk):
        """They may be why: a fresh one that ends its process is one of these."""
        bot = Slow()
        wechat = await self.last_try(open_desk, bot)
        await wechat.push(wechat.text("20 poison", "oOther"), seconds=1)
        await wechat.kill()
        wechat = await wechat.beside()
        await wechat.idle(6 * LEASE)
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_others_begin_beside_it_at_once(self, open_desk):
        wechat = await self.last_try(open_desk, Slow())
        commits = wechat.watched("accompany")
        assert await wechat.sends(wechat.text("hello", "oOther")) == Answer("reply", "hello")
        assert await wechat.sends(wechat.text("hello", "oThird")) == Answer("reply", "hello")
        assert len(commits) == 1

    async def test_nor_does_one_that_began_while_others_ran(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, tries=2, handler_timeout=600)
        await wechat.push(wechat.text("10 rain"), seconds=1)
        await wechat.kill()
        wechat = await wechat.beside()
        await wechat.push(wechat.text("500 long", "oOther"), seconds=1)
        await self.begins(wechat, bot, "10 rain", 2)
        await wechat.kill()
        wechat = await wechat.beside()
        await wechat.idle(2 * LEASE)
        assert await wechat.jobs("dead") == []

    async def test_a_message_waits_at_most_for_a_commit_beside_it(self, open_desk, log):
        """Even while the store is away it begins, as soon as that is back."""
        bot = Slow()
        wechat = await self.last_try(open_desk, bot)
        wechat.way.failing.add("accompany")
        pushing = asyncio.ensure_future(wechat.sends(wechat.text("hello", "oOther")))
        await wechat.idle(1)
        assert "hello" not in bot.runs
        wechat.way.failing.clear()
        assert await pushing == Answer("reply", "hello", 2.0)
        assert log.tells("cannot be reached", "accompany")

    async def test_a_job_put_back_by_a_person_is_run(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, tries=1)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        other = await wechat.beside()
        await other.idle(RECOVERED)
        [job] = await other.jobs("dead")
        assert other.world.retry(job.key)
        await other.idle(RECOVERED)
        assert (await other.says("hello")).text == "rain\n\nhello"

    async def test_a_handler_marked_so_is_not_run_again_but_listed(self, open_desk):
        def bot(account):
            @account.text(rerun=False)
            async def pays(message):
                runs.append(message.content)
                await asyncio.sleep(20)

        runs = []
        wechat, other = await both(open_desk, bot)
        message = wechat.text("pay")
        await wechat.push(message, seconds=1)
        await wechat.kill()
        await other.idle(RECOVERED)
        [job] = await other.jobs()
        assert (runs, job.state, job.note) == (["pay"], "dead", "rerun=False")
        assert await other.push(message) == Answer("success")

    async def test_but_it_is_run_if_it_had_not_begun(self, open_desk):
        def bot(account):
            @account.text(rerun=False)
            async def pays(message):
                runs.append(message.content)
                await asyncio.sleep(4)
                return "paid"

        runs = []
        wechat, other = await both(open_desk, bot)
        for content in ("first", "second"):
            await wechat.push(wechat.text(content), seconds=0.1)
        await wechat.kill()
        await other.idle(4 * LEASE)
        assert runs == ["first", "second"]

    async def test_a_message_that_cannot_be_read_back_is_listed(self, open_desk, log):
        wechat, other = await both(open_desk)
        torn, whole = wechat.text("8 rain", "o1"), wechat.text("8 snow", "o2")
        for message in (torn, whole):
            await wechat.push(message, seconds=1)
        await wechat.kill()
        kept = wechat.world.shared.messages
        kept[key_of(torn)] = replace(kept[key_of(torn)], body=b"{")
        await other.idle(RECOVERED)
        assert log.tells("CRITICAL", "report it")
        assert [job.state for job in await other.jobs()] == ["dead", "ready"]


class TestPatience:
    async def test_after_an_outage_a_process_renews_first_and_waits_a_lease_before_it_recovers(
        self, open_desk, log
    ):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("300 rain"), seconds=1)
        for desk in (wechat, other):
            desk.way.failing.add("*")
        await wechat.idle(60)
        assert log.tells("cannot be reached")
        other.way.failing.clear()
        await other.idle(LEASE - 1)  # the other one is back first
        assert len(bot.runs) == 1
        wechat.way.failing.clear()
        await wechat.idle(60)
        assert log.tells("cannot be reached")
        assert len(bot.runs) == 1

    async def test_one_that_stays_away_loses_its_jobs_all_the_same(self, open_desk, log):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("300 rain"), seconds=1)
        for desk in (wechat, other):
            desk.way.failing.add("*")
        await wechat.idle(60)
        other.way.failing.clear()
        await other.idle(2 * LEASE)
        assert len(bot.runs) == 2
        wechat.way.failing.clear()
        await wechat.idle(30)
        assert log.tells("lease of")
        assert log.tells("cannot be reached")

    async def test_a_process_that_slept_is_patient_too(self, open_desk):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("8 rain"), seconds=1)
        await wechat.kill()
        await other.idle(9.9)
        other.loop.now += LEASE  # the machine was suspended
        await other.idle(LEASE - 1)
        assert len(bot.runs) == 1
        await other.idle(LEASE)
        assert len(bot.runs) == 2

    async def test_wall_time_plays_no_part(self, open_desk):
        bot = Slow()
        wechat, _ = await both(open_desk, bot)
        await wechat.push(wechat.text("20 rain"), seconds=1)
        for step in (3600, -7200):
            wechat.world.clock.skew += step
            await wechat.idle(30)
        assert bot.runs == ["20 rain"]


class TestLostLease:
    """A process that finds its lease lost stops, and whatever it still tries comes too late."""

    async def stolen(self, wechat, other) -> None:
        """The other process takes over, though this one lives."""
        wechat.way.failing.add("renew")
        await wechat.idle(LEASE + LEASE / 3 + 0.1)
        wechat.way.failing.clear()

    async def test_its_handler_is_cancelled(self, open_desk, log):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("60 rain"), seconds=1)
        await self.stolen(wechat, other)
        await wechat.idle(LEASE)
        assert log.tells("lease of", "went to another process")
        await wechat.idle(60)
        assert bot.runs == ["60 rain"] * 2
        assert bot.ended == ["60 rain"]
        assert wechat.inbox.meter.of("lost_leases") == 1
        assert log.tells("cannot be reached")

    async def test_its_late_outcome_is_fenced_off(self, open_desk, log):
        def bot(account):
            @account.text
            async def counts(message, session):
                session["n"] = session.get("n", 0) + 1
                await asyncio.sleep(60)
                return f"{session['n']}"

        wechat, other = await both(open_desk, bot)
        message = wechat.text("count")
        await wechat.push(message, seconds=1)
        await self.stolen(wechat, other)
        late = RunResult((b"late",), session=b"late")
        [job] = await wechat.jobs()
        rule = partial(rules.finish, key=job.key, owner=wechat.inbox.owner, outcome=late)
        assert wechat.world.apply(rule) is None
        await wechat.idle(90)
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")
        assert (await wechat.push(message)).text == "1"

    async def test_an_outcome_that_comes_too_late_is_dropped_and_said(self, open_desk, log):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("22 rain"), seconds=1)
        await self.stolen(wechat, other)
        await wechat.idle(60)
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")
        assert (await other.says("hello")).text == "rain\n\nhello"

    async def test_so_is_a_generator_that_finds_out_by_what_it_hands_out(self, open_desk, log):
        """Its next pieces would answer for a process that has taken the message over."""
        ended = []

        def bot(account):
            @account.text
            async def drip(message):
                try:
                    await asyncio.sleep(18)
                    yield "one"
                    await asyncio.sleep(60)
                    yield "two"
                finally:
                    ended.append(asyncio.get_running_loop().time() - began)

        wechat, _ = await both(open_desk, bot)
        began = asyncio.get_running_loop().time()
        await wechat.push(wechat.text("go"), seconds=1)
        wechat.way.failing.add("renew")
        await wechat.idle(30)
        assert ended == [pytest.approx(19.0, abs=0.1)]
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")

    async def test_one_that_is_just_being_written_is_not_cancelled(self, open_desk, log):
        bot = Slow()
        wechat, other = await both(open_desk, bot)
        await wechat.push(wechat.text("19 rain"), seconds=1)
        wechat.way.slow["finish"] = 10
        await self.stolen(wechat, other)
        await wechat.idle(20)
        assert bot.ended[0] == "19 rain"
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")
        assert wechat.inbox.meter.of("lost_leases") == 1

    async def test_its_connections_get_what_the_other_process_answers(self, open_desk, log):
        def bot(account):
            @account.text
            async def first_run_hangs(message):
                runs.append(message.content)
                if len(runs) == 1:
                    await asyncio.sleep(100)
                return "rain"

        runs = []
        wechat, _ = await both(open_desk, bot, lease=1.5)
        push = asyncio.create_task(wechat.push(wechat.text("rain?")))
        wechat.way.failing.add("renew")
        await wechat.idle(2.4)
        wechat.way.failing.clear()
        assert await push == Answer("reply", "rain", 2.5)
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")

    async def test_a_job_that_comes_back_waits_for_its_old_handler_to_end(self, open_desk, log):
        def bot(account):
            @account.text
            async def tidies_up(message):
                runs.append(message.content)
                try:
                    await asyncio.sleep(1000)
                finally:
                    await asyncio.sleep(60)

        runs = []
        wechat, other = await both(open_desk, bot, handler_timeout=2000)
        await wechat.push(wechat.text("hello"), seconds=1)
        await self.stolen(wechat, other)
        await wechat.idle(LEASE)
        await other.kill()
        await wechat.idle(2 * LEASE)  # it is this process's again
        assert len(runs) == 2
        await wechat.idle(3 * LEASE)
        assert len(runs) == 3
        assert log.tells("went to another process")
        assert log.tells("cannot be reached")


class TestStart:
    async def test_a_store_that_cannot_be_reached_is_told_and_closed(self, open_desk):
        wechat = await open_desk(Slow())
        await wechat.stop()
        wechat.way.failing.add("renew")
        with pytest.raises(StoreError):
            await wechat.start()
        assert wechat.way.calls[-1] == "close"
        wechat.way.failing.clear()
        await wechat.start()
        assert (await wechat.says("hello")).text == "hello"


class TestOrphans:
    """What is this process's own and nothing runs it is taken up."""

    def accepted_only(self, wechat, message) -> None:
        body, at = json.dumps(message.raw).encode(), wechat.world.clock.wall()
        arrival = Arrival(key_of(message), "oFan", body, at, wechat.inbox.owner)
        wechat.world.apply(partial(rules.accept, arrival=arrival))

    async def test_a_message_that_was_accepted_though_it_seemed_to_fail(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot)
        message = wechat.text("2 rain")
        self.accepted_only(wechat, message)
        assert await wechat.push(message) == Answer("reply", "rain", 2.0)
        assert bot.runs == ["2 rain"]

    async def test_one_whose_caller_was_cancelled(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot)
        self.accepted_only(wechat, wechat.text("2 rain"))
        await wechat.idle(LEASE)
        assert bot.runs == ["2 rain"]
        assert (await wechat.says("hello")).text == "rain\n\nhello"

    async def test_one_that_others_wait_behind(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot)
        self.accepted_only(wechat, wechat.text("2 rain"))
        waiting = asyncio.create_task(wechat.says("hello"))
        await wechat.idle(LEASE)
        await waiting
        assert bot.runs == ["2 rain", "hello"]

    async def test_one_of_which_the_store_tells_long_after_it_was_kept_is_run_once(self, open_desk):
        bot = Slow()
        wechat = await open_desk(bot, lease=3.0)
        wechat.way.late["accept"] = 4.0
        assert await wechat.push(wechat.text("hello")) == Answer("reply", "hello", 4.0)
        await wechat.idle(10)
        assert bot.runs == ["hello"]


class TestKeeper:
    async def test_an_unforeseen_error_does_not_end_the_leases(self, open_desk, log, monkeypatch):
        wechat = await open_desk(Slow())
        with monkeypatch.context() as broken:
            broken.setattr(wechat.way.store, "orphans", lambda *_: 1 / 0)
            await wechat.idle(LEASE / 3 + 0.1)
        assert log.tells("ERROR", "division")
        wechat.way.calls.clear()
        await wechat.idle(LEASE + 0.1)
        assert wechat.way.calls.count("renew") == 3

    async def test_a_store_that_is_away_does_not_end_them_either(self, open_desk, log):
        wechat = await open_desk(Slow())
        wechat.way.failing.add("renew")
        await wechat.idle(LEASE)
        assert log.tells("WARNING", "renew")
        wechat.way.failing.clear()
        wechat.way.calls.clear()
        await wechat.idle(LEASE + 0.1)
        assert wechat.way.calls.count("renew") >= 3

    async def test_final_jobs_are_deleted_in_the_end(self, open_desk):
        wechat = await open_desk(Slow(), lease=600)
        await wechat.says("hello")
        await wechat.idle(8 * 86_400)
        assert await wechat.jobs() == []


@pytest.mark.parametrize("method", ["finish", "turn"])
async def test_a_job_whose_outcome_cannot_be_written_is_written_when_the_store_is_back(
    open_desk, log, method
):
    bot = Slow()
    wechat = await open_desk(bot)
    wechat.way.failing.add(method)
    pushes = [asyncio.create_task(wechat.says(content)) for content in ("1 rain", "snow")]
    await wechat.idle(3)
    assert log.tells("cannot be reached", method)
    wechat.way.failing.clear()
    assert [(await push).text for push in pushes] == ["rain", "snow"]
    assert bot.runs == ["1 rain", "snow"]
