"""The contract, sentence by sentence, for every store."""

import pytest

from store.backends import HOUR, LEASE, Backend, Fan, bodies, indexes
from yizhan.store import (
    PICKUP,
    UNREAD,
    Binding,
    Follower,
    Outcome,
    Part,
    State,
    Store,
    Taken,
    Window,
    connect,
)

QUOTA = {"message": (48 * HOUR, 5), "menu": (60.0, 3)}


async def only(store: Store, key: str):
    [job] = await store.look([key])
    return job


class TestClaim:
    async def test_a_new_key_is_the_callers_and_runs(self, store: Store, fan: Fan) -> None:
        claimed = await fan.claim("k1")
        assert (claimed.status, claimed.state, claimed.mine, claimed.turn) == (
            "new",
            "running",
            True,
            True,
        )
        assert (claimed.arrivals, claimed.elapsed, claimed.waiting, claimed.unfinished) == (
            1,
            0.0,
            0,
            0,
        )
        assert claimed.reply is None
        assert claimed.follower == Follower()

    async def test_the_whole_message_is_kept(self, backend: Backend, fan: Fan, peer: Store) -> None:
        message = bytes(range(256)) * 40
        await fan.claim("k1", message=message)
        job = await only(peer, "k1")
        assert job.message == message
        assert (job.key, job.openid, job.owner, job.route) == ("k1", "oFan", "A", "push")
        assert job.created == job.updated == backend.clock.wall()
        assert (job.arrivals, job.attempts, job.parts, job.reply, job.note) == (1, 1, (), None, "")

    async def test_a_known_key_counts_one_more_arrival(self, fan: Fan, peer: Store) -> None:
        await fan.claim("k1")
        again = await fan.claim("k1", peer, owner="B", message=b"ignored")
        assert (again.status, again.state, again.mine, again.arrivals) == (
            "again",
            "running",
            False,
            2,
        )
        assert (await fan.claim("k1")).mine
        job = await only(peer, "k1")
        assert (job.arrivals, job.owner, job.message) == (3, "A", b"<xml/>")

    async def test_elapsed_is_seconds_since_the_first_arrival(
        self, backend: Backend, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(0.2)
        assert (await fan.claim("k1")).elapsed == pytest.approx(0.2, abs=0.1)

    async def test_elapsed_does_not_follow_the_wall_clock(self, backend: Backend, fan: Fan) -> None:
        await fan.claim("k1")
        for step in (HOUR, -2 * HOUR):
            backend.clock.step(step)
            assert (await fan.claim("k1")).elapsed < 0.1

    async def test_a_later_message_waits_for_its_turn(self, fan: Fan) -> None:
        await fan.claim("k1")
        claimed = await fan.claim("k2")
        assert (claimed.status, claimed.state, claimed.turn, claimed.mine) == (
            "new",
            "waiting",
            False,
            True,
        )
        assert claimed.unfinished == 1
        assert not (await fan.claim("k2")).turn
        assert (await fan.claim("k1")).turn

    async def test_another_followers_message_does_not_wait(
        self, backend: Backend, fan: Fan
    ) -> None:
        await fan.claim("k1")
        claimed = await Fan(backend, "oOther").claim("k2")
        assert (claimed.turn, claimed.unfinished) == (True, 0)

    async def test_an_unordered_message_always_has_its_turn(self, fan: Fan) -> None:
        await fan.claim("k1")
        claimed = await fan.claim("k2", ordered=False)
        assert (claimed.turn, claimed.state, claimed.unfinished) == (True, "running", 1)

    async def test_an_unordered_message_holds_nobody_up(self, fan: Fan) -> None:
        await fan.claim("k1", ordered=False)
        claimed = await fan.claim("k2")
        assert (claimed.turn, claimed.unfinished) == (True, 1)

    async def test_a_finished_message_holds_nobody_up(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        claimed = await fan.claim("k2")
        assert (claimed.turn, claimed.unfinished) == (True, 0)

    async def test_waiting_counts_what_nobody_collected(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one", b"two")
        assert (await fan.claim("k2")).waiting == 2
        assert (await fan.claim("k1")).waiting == 2
        await store.take("k2", "oFan", "A")
        assert (await fan.claim("k2")).waiting == 2

    async def test_waiting_leaves_out_listed_jobs_and_the_custom_route(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="dead"))
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome((b"two",), route="custom"))
        assert (await fan.claim("k3")).waiting == 0

    async def test_a_word_fetches_what_waits_when_that_was_told(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.answered("k1", b"one")
        assert not (await fan.claim("k2", pickup=True)).pickup
        await store.finish("k2", "A", Outcome())
        await store.settle("k2", "oFan", b"r", (), "more")
        assert not (await fan.claim("k3")).pickup
        await store.finish("k3", "A", Outcome())
        assert (await fan.claim("k4", pickup=True)).pickup
        assert (await only(store, "k4")).note == PICKUP
        await store.finish("k4", "A", Outcome(note=PICKUP))
        await store.settle("k4", "oFan", b"one", (await store.take("k4", "oFan", "A")).parts, "")
        assert (await fan.claim("k4", peer, owner="B", pickup=True)).pickup
        assert not (await fan.claim("k5", pickup=True)).pickup

    async def test_or_what_is_in_the_making(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.take("k1", "oFan", "A", otherwise=b"wait", shown="working")
        claimed = await fan.claim("k2", pickup=True)
        assert (claimed.pickup, claimed.state, claimed.turn) == (True, "waiting", False)

    async def test_or_what_was_told_of_even_if_nothing_is_left(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome())
        await store.settle("k1", "oFan", b"one and more", (), "more")
        assert (await fan.claim("k2", pickup=True)).pickup
        await store.settle("k2", "oFan", b"nothing", (), "")
        assert not (await fan.claim("k3", pickup=True)).pickup

    async def test_an_acknowledgement_shows_nothing(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.take("k1", "oFan", "A", otherwise=b"wait", shown="working")
        await fan.claim("k2")
        await store.take("k2", "oFan", "A", otherwise=b"")
        assert (await store.follower("oFan")).shown == "working"

    async def test_but_nothing_that_is_sent(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.take("k1", "oFan", "A", otherwise=b"wait", shown="working")
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        assert not (await fan.claim("k2", pickup=True)).pickup

    async def test_the_reply_comes_back_once_settled(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        assert (await fan.claim("k1")).reply is None
        await store.settle("k1", "oFan", b"", (), "")
        assert (await fan.claim("k1")).reply == b""
        await store.settle("k1", "oFan", b"\x00one", (), "")
        assert (await fan.claim("k1")).reply == b"\x00one"

    async def test_a_new_push_opens_its_window(self, backend: Backend, fan: Fan) -> None:
        claimed = await fan.claim("k1", window="message")
        first = backend.clock.wall()
        assert claimed.follower.windows == {"message": Window(first, 0)}
        backend.clock.step(5)
        claimed = await fan.claim("k2", window="menu")
        assert claimed.follower.windows == {
            "message": Window(first, 0),
            "menu": Window(first + 5, 0),
        }

    async def test_a_repeated_push_opens_no_window(self, backend: Backend, fan: Fan) -> None:
        before = await fan.claim("k1", window="message")
        backend.clock.step(5)
        assert (await fan.claim("k1", window="message")).follower == before.follower

    async def test_the_follower_comes_along(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome(session=b"s", dialog=b"d"))
        await store.settle("k1", "oFan", b"r", (), "more")
        assert (await fan.claim("k2")).follower == Follower(b"s", b"d", "more")


class TestBinding:
    BINDING = Binding("sig", "digest", 0.2)
    OTHER = Binding("sig", "other", 0.2)

    async def test_the_same_body_may_come_again(self, fan: Fan) -> None:
        assert (await fan.claim("k1", binding=self.BINDING)).status == "new"
        assert (await fan.claim("k1", binding=self.BINDING)).status == "again"

    async def test_another_body_is_a_replay_and_nothing_is_written(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.claim("k1", binding=self.BINDING)
        reused = await fan.claim("k2", peer, binding=self.OTHER, window="message")
        assert reused.status == "reused"
        assert await store.look(["k2"]) == ()
        assert await store.follower("oFan") == Follower()
        assert (await fan.claim("k1", binding=self.OTHER)).status == "reused"
        assert (await only(store, "k1")).arrivals == 1

    async def test_it_is_kept_for_its_time(self, backend: Backend, fan: Fan) -> None:
        await fan.claim("k1", binding=self.BINDING)
        await backend.passes(0.25)
        assert (await fan.claim("k2", binding=self.OTHER)).status == "new"


class TestTurn:
    async def test_it_comes_when_no_earlier_message_is_unfinished(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await fan.claim("k2")
        assert await store.turn("k2", "A") is None
        assert (await only(store, "k2")).state == "waiting"
        await store.finish("k1", "A", Outcome(session=b"s"))
        assert await store.turn("k2", "A") == Follower(b"s")
        assert (await only(store, "k2")).state == "running"

    async def test_whose_turn_it_is_may_be_seen_without_taking_it(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.claim("k1")
        await fan.claim("k2")
        await fan.claim("k3", peer, owner="B")
        await fan.claim("k4", ordered=False)
        assert await peer.due(["k3", "k2", "unknown"]) == frozenset()
        assert await peer.due(["k1", "k3", "k4"]) == {"k1", "k4"}
        await store.finish("k1", "A", Outcome())
        assert await peer.due(["k2", "k3"]) == {"k2"}
        assert (await only(store, "k2")).state == "waiting"

    async def test_it_may_be_asked_again(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert await store.turn("k1", "A") == Follower()

    async def test_it_is_never_another_owners(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert await store.turn("k1", "B") is None
        assert await store.turn("unknown", "A") is None

    async def test_it_is_over_with_the_run(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        assert await store.turn("k1", "A") is None

    async def test_later_and_unordered_messages_do_not_matter(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1", ordered=False)
        await fan.claim("k2")
        await fan.claim("k3")
        assert await store.turn("k2", "A") == Follower()


class TestFinish:
    async def test_the_parts_wait(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        backend.clock.step(3)
        assert await store.finish("k1", "A", Outcome((b"one", b"\xfftwo"), note="n")) == Taken()
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, job.note) == ("ready", "push", "", "n")
        assert job.parts == (Part("k1", 0, b"one"), Part("k1", 1, b"\xfftwo"))
        assert job.updated == backend.clock.wall() == job.created + 3

    async def test_without_a_part_it_is_replied(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert await store.finish("k1", "A", Outcome()) == Taken()
        assert (await only(store, "k1")).state == "replied"

    async def test_a_generator_goes_on(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        assert (await only(store, "k1")).state == "running"
        await store.finish("k1", "A", Outcome((b"two",)))
        job = await only(store, "k1")
        assert (job.state, indexes(job.parts)) == ("ready", [("k1", 0), ("k1", 1)])

    async def test_a_dead_job_is_listed_with_its_parts(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="dead", note="why"))
        job = await only(store, "k1")
        assert (job.state, job.owner, job.note, bodies(job.parts)) == ("dead", "", "why", [b"one"])

    async def test_a_waiting_job_may_be_finished(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await fan.claim("k2")
        assert await store.finish("k2", "A", Outcome((b"two",))) == Taken()
        assert (await only(store, "k2")).state == "ready"

    @pytest.mark.parametrize("again", [Outcome(), Outcome((b"late",), state="running")])
    async def test_nothing_is_written_once_it_is_over(
        self, store: Store, fan: Fan, again: Outcome
    ) -> None:
        await fan.answered("k1", b"one")
        before = await store.look(["k1"])
        assert await store.finish("k1", "A", again) is None
        assert await store.look(["k1"]) == before

    async def test_another_owner_is_fenced_off(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert await store.finish("k1", "B", Outcome((b"x",), session=b"s")) is None
        assert await store.finish("unknown", "A", Outcome((b"x",), session=b"s")) is None
        assert (await only(store, "k1")).parts == ()
        assert await store.follower("oFan") == Follower()

    async def test_session_and_dialog_are_set_left_or_erased(self, store: Store, fan: Fan) -> None:
        for key, outcome, expected in (
            ("k1", Outcome(session=b"s1", dialog=b"d1"), (b"s1", b"d1")),
            ("k2", Outcome(), (b"s1", b"d1")),
            ("k3", Outcome(session=b"s2"), (b"s2", b"d1")),
            ("k4", Outcome(dialog=None), (b"s2", None)),
            ("k5", Outcome(session=None, dialog=b""), (None, b"")),
        ):
            await fan.claim(key)
            await store.finish(key, "A", outcome)
            follower = await store.follower("oFan")
            assert (follower.session, follower.dialog) == expected

    async def test_reserve_takes_all_that_is_free_oldest_first(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one", b"two")
        await fan.claim("k2")
        taken = await store.finish("k2", "A", Outcome((b"three",), reserve=True))
        expected = (Part("k1", 0, b"one"), Part("k1", 1, b"two"), Part("k2", 0, b"three"))
        assert taken == Taken(expected)
        assert await store.take("k9", "oFan", "A") == Taken()

    async def test_reserve_leaves_what_another_push_holds(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.take("k9", "oFan", "A")
        await fan.claim("k2")
        taken = await store.finish("k2", "A", Outcome((b"two",), reserve=True))
        assert bodies(taken) == [b"two"]

    async def test_reserve_may_find_nothing_and_acknowledges(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert await store.finish("k1", "A", Outcome(state="running", reserve=True)) == Taken()
        assert (await only(store, "k1")).reply is None
        assert await store.finish("k1", "A", Outcome(reserve=True)) == Taken()
        assert (await only(store, "k1")).reply == b""

    async def test_reserve_finds_what_its_push_was_answered_with(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.take("k1", "oFan", "B", otherwise=b"wait")
        taken = await store.finish("k1", "A", Outcome((b"one",), reserve=True))
        assert taken == Taken(reply=b"wait")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one"]

    async def test_reserve_adds_nothing_to_what_its_push_carries(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        for body in (b"one", b"two"):
            outcome = Outcome((body,), state="running", reserve=True)
            assert bodies(await store.finish("k1", "A", outcome)) == [b"one"]
        assert bodies(await store.take("k2", "oFan", "A")) == [b"two"]

    async def test_reserve_leaves_what_another_process_is_about_to_say(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        await store.take("k2", "oFan", "B")
        taken = await store.finish("k2", "A", Outcome((b"two",), reserve=True))
        assert taken == Taken(behind=True)
        await store.release("k2", "B")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one", b"two"]

    async def test_the_custom_route_keeps_the_owner(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), route="custom", reserve=True))
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner) == ("ready", "custom", "A")
        assert await store.take("k2", "oFan", "A") == Taken()


class TestOwed:
    async def test_the_oldest_first_whatever_way_they_go(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        for key in ("k3", "k1", "k2"):
            await fan.answered(key, b"one", b"two")
        await store.take("k9", "oFan", "A")
        await store.release("k9", "A")
        await store.reroute("k1", "A")
        await store.take("k2", "oFan", "A")
        assert await store.owed("oFan") == ("k3", "k1", "k2")
        assert await store.owed("oOther") == ()

    async def test_not_what_is_delivered_listed_or_still_to_be_said(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        taken = await store.take("k1", "oFan", "A")
        await store.settle("k1", "oFan", b"one", taken.parts, "")
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome((b"one",), state="dead"))
        await fan.claim("k3")
        await store.finish("k3", "A", Outcome((b"one",), state="running"))
        await fan.claim("k4")
        assert await store.owed("oFan") == ("k3",)


class TestTake:
    async def test_parts_of_a_running_generator_are_free(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one"]

    async def test_the_same_push_gets_them_again(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        taken = await store.take("k2", "oFan", "A")
        assert await store.take("k2", "oFan", "A") == taken == Taken((Part("k1", 0, b"one"),))

    async def test_and_no_others(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        taken = await store.take("k9", "oFan", "A")
        await fan.answered("k2", b"two")
        assert await store.take("k9", "oFan", "A") == taken

    async def test_another_process_gets_them_only_to_overtake(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.answered("k1", b"one")
        taken = await store.take("k2", "oFan", "A")
        assert await peer.take("k2", "oFan", "B", otherwise=b"wait") == Taken(behind=True)
        assert await peer.take("k2", "oFan", "B", overtake=True) == taken
        assert await store.take("k2", "oFan", "A") == Taken(behind=True)

    async def test_or_once_the_reservation_lapses(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        await backend.passes(0.25)
        assert bodies(await store.take("k2", "oFan", "B")) == [b"one"]

    async def test_a_push_that_was_answered_gets_its_reply(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one", b"two")
        one, _ = (await store.take("k1", "oFan", "A")).parts
        await store.settle("k1", "oFan", b"r", (one,), "")
        assert await store.take("k1", "oFan", "A") == Taken(reply=b"r")
        assert await store.take("k1", "oFan", "B", otherwise=b"wait") == Taken(reply=b"r")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"two"]

    async def test_with_nothing_to_take_the_other_reply_is_given(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.claim("k1", window="message")
        assert await store.take("k1", "oFan", "A") == Taken()
        taken = await store.take("k1", "oFan", "A", otherwise=b"wait", shown="working")
        assert taken == Taken()
        follower = await store.follower("oFan")
        assert (follower.shown, [*follower.windows]) == ("working", ["message"])
        assert (await fan.claim("k1")).reply == b"wait"
        assert await peer.take("k1", "oFan", "B") == Taken(reply=b"wait")
        await store.finish("k1", "A", Outcome((b"one",)))
        assert await store.take("k1", "oFan", "A", overtake=True) == Taken(reply=b"wait")

    async def test_not_to_a_push_that_is_unknown(self, store: Store) -> None:
        for _ in range(2):
            assert await store.take("k1", "oFan", "A", otherwise=b"wait") == Taken()
        assert (await store.follower("oFan")).shown == ""

    async def test_nor_with_something_to_take(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        taken = await store.take("k2", "oFan", "A", otherwise=b"wait", shown="working")
        assert bodies(taken) == [b"one"]
        assert (await only(store, "k2")).reply is None
        assert (await store.follower("oFan")).shown == ""

    async def test_an_answer_that_was_not_said_is_taken_back(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.take("k1", "oFan", "A", otherwise=b"wait")
        await store.release("k1", "A")
        assert (await only(store, "k1")).reply == b"wait"
        await store.release("k1", "A", unsaid=True)
        assert (await only(store, "k1")).reply is None
        await store.finish("k1", "A", Outcome((b"one",)))
        assert bodies(await store.take("k1", "oFan", "A")) == [b"one"]

    async def test_so_are_the_parts_with_it(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.take("k1", "oFan", "A")
        await store.release("k1", "A", unsaid=True)
        assert bodies(await store.take("k1", "oFan", "B")) == [b"one"]

    async def test_what_is_behind_a_customer_service_message_waits(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        await fan.claim("k2")
        taken = await store.finish("k2", "A", Outcome((b"two",), reserve=True))
        assert taken == Taken(behind=True)
        for _ in range(2):
            taken = await store.take("k2", "oFan", "A", otherwise=b"wait")
            assert taken == Taken(behind=True)
        assert bodies(await store.take("k2", "oFan", "A", overtake=True)) == [b"two"]

    async def test_until_that_has_gone(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="message")
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        await fan.answered("k2", b"two")
        await store.send("k1", "A", 1, {"message": (HOUR, 5)}, fan.backend.clock.wall())
        assert await store.take("k2", "oFan", "A") == Taken(behind=True)
        await store.sent("k1", "A", 1)
        assert bodies(await store.take("k2", "oFan", "A")) == [b"two"]

    async def test_or_has_come_back(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), route="custom"))
        await fan.answered("k2", b"two")
        await store.unsent("k1", "A", "ready", "push", "")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one", b"two"]

    async def test_so_does_what_is_behind_more_than_one_push_may_carry(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one", b"two")
        one, _ = (await store.take("k2", "oFan", "A")).parts
        await fan.answered("k3", b"three")
        assert await store.take("k3", "oFan", "A") == Taken(behind=True)
        await store.settle("k2", "oFan", b"r", (one,), "more")
        assert bodies(await store.take("k3", "oFan", "A")) == [b"two", b"three"]

    async def test_but_not_behind_a_single_part_that_a_push_carries(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        await fan.answered("k3", b"three")
        assert bodies(await store.take("k3", "oFan", "A")) == [b"three"]

    async def test_what_is_before_one_need_not_wait(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome((b"two",), route="custom"))
        assert bodies(await store.take("k1", "oFan", "A")) == [b"one"]

    async def test_another_push_gets_them_once_the_reservation_lapses(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        assert await store.take("k3", "oFan", "A") == Taken()
        await backend.passes(0.25)
        assert bodies(await store.take("k3", "oFan", "A")) == [b"one"]
        assert await store.take("k2", "oFan", "A") == Taken()

    async def test_the_wall_clock_does_not_free_them(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        for step in (HOUR, -2 * HOUR):
            backend.clock.step(step)
            assert await store.take("k3", "oFan", "A") == Taken()

    async def test_listed_jobs_keep_their_parts(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="dead"))
        assert await store.take("k2", "oFan", "A") == Taken()

    async def test_other_followers_parts_are_theirs(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        assert await store.take("k2", "oOther", "A") == Taken()

    async def test_release_frees_them(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        await store.take("k2", "oFan", "A")
        await store.release("k2", "A")
        await store.release("unknown", "A")
        assert bodies(await store.take("k3", "oFan", "A")) == [b"one"]

    async def test_release_leaves_what_others_hold(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        await store.release("k1", "A")
        await store.release("k2", "B")
        assert await store.take("k3", "oFan", "A") == Taken()


class TestSettle:
    async def test_on_its_own_push_it_is_replied(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        taken = await store.finish("k1", "A", Outcome((b"one",), reserve=True))
        assert taken
        await store.settle("k1", "oFan", b"r", taken.parts, "")
        job = await only(store, "k1")
        assert (job.state, job.parts, job.reply) == ("replied", (), b"r")

    async def test_on_another_push_it_is_delivered(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        taken = await store.finish("k2", "A", Outcome((b"two",), reserve=True))
        assert taken
        backend.clock.step(2)
        await store.settle("k2", "oFan", b"r", taken.parts, "")
        first, second = await store.look(["k1", "k2"])
        assert (first.state, first.reply, first.updated) == (
            "delivered",
            None,
            backend.clock.wall(),
        )
        assert (second.state, second.reply) == ("replied", b"r")

    async def test_other_reservations_are_freed(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one", b"two")
        await fan.claim("k2")
        taken = await store.take("k2", "oFan", "A")
        await store.settle("k2", "oFan", b"r", taken.parts[:1], "more")
        assert (await only(store, "k1")).state == "ready"
        assert indexes(await store.take("k3", "oFan", "A")) == [("k1", 1)]

    async def test_what_is_left_of_one_that_was_cut_takes_its_place(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one", b"two")
        await fan.claim("k2")
        one, two = (await store.take("k2", "oFan", "A")).parts
        cut = Part("k1", two.index, b"o")
        for _ in range(2):
            await store.settle("k2", "oFan", b"r", (one,), "more", cut=cut)
        assert (await only(store, "k1")).parts == (cut,)
        assert (await store.take("k3", "oFan", "A")).parts == (cut,)

    async def test_indexes_do_not_shift(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        await store.settle("k1", "oFan", b"r", (Part("k1", 0, b"one"),), "")
        assert (await only(store, "k1")).state == "running"
        await store.finish("k1", "A", Outcome((b"two",)))
        assert (await only(store, "k1")).parts == (Part("k1", 1, b"two"),)

    async def test_it_is_idempotent(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one", b"two")
        await fan.claim("k2")
        carried = (await store.take("k2", "oFan", "A")).parts[:1]
        for _ in range(2):
            await store.settle("k2", "oFan", b"r", carried, "")
        assert (await only(store, "k1")).parts == (Part("k1", 1, b"two"),)
        assert (await only(store, "k2")).reply == b"r"

    async def test_a_run_that_ends_with_all_delivered_is_replied(
        self, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        await store.settle("k1", "oFan", b"r", (Part("k1", 0, b"one"),), "")
        await store.finish("k1", "A", Outcome())
        assert (await only(store, "k1")).state == "replied"

    async def test_shown_is_kept(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="message")
        windows = (await store.follower("oFan")).windows
        for shown in ("working", "more", ""):
            await store.settle("k1", "oFan", b"r", (), shown)
            assert await store.follower("oFan") == Follower(shown=shown, windows=windows)

    async def test_unknown_jobs_are_no_obstacle(self, store: Store) -> None:
        await store.settle("gone", "oFan", b"r", (Part("gone too", 0, b"x"),), "working")
        assert (await store.follower("oFan")).shown == "working"

    async def test_a_listed_job_stays_listed(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="dead"))
        await store.settle("k2", "oFan", b"r", (Part("k1", 0, b"one"),), "")
        job = await only(store, "k1")
        assert (job.state, job.parts) == ("dead", ())


class TestReroute:
    async def test_a_ready_job_becomes_the_callers(
        self, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.answered("k1", b"one", b"two")
        assert bodies(await peer.reroute("k1", "B")) == [b"one", b"two"]
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner) == ("ready", "custom", "B")
        assert await peer.renew("B") == {"k1"}

    async def test_on_the_custom_route_it_stays_its_owners(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.reroute("k1", "B")
        assert await store.reroute("k1", "A") == ()
        assert bodies(await store.reroute("k1", "B")) == [b"one"]

    async def test_a_running_one_only_for_its_owner(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        assert await store.reroute("k1", "B") == ()
        assert bodies(await store.reroute("k1", "A")) == [b"one"]
        job = await only(store, "k1")
        assert (job.state, job.route) == ("running", "custom")

    async def test_reserved_parts_stay(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome((b"one",), state="running", reserve=True))
        await store.finish("k1", "A", Outcome((b"two",)))
        assert bodies(await store.reroute("k1", "A")) == [b"two"]
        await store.release("k1", "A")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one"]

    async def test_nothing_to_send(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await store.take("k2", "oFan", "A")
        assert await store.reroute("k1", "A") == ()
        assert (await only(store, "k1")).route == "push"
        await fan.claim("k3")
        assert await store.reroute("k3", "A") == ()
        assert await store.reroute("unknown", "A") == ()

    async def test_a_listed_or_sending_job_is_left_alone(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="message")
        await store.finish("k1", "A", Outcome((b"one",), state="dead"))
        assert await store.reroute("k1", "A") == ()
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome((b"two",), route="custom"))
        await store.send("k2", "A", 1, QUOTA, 0.0)
        assert await store.reroute("k2", "A") == ()


async def custom(backend: Backend, fan: Fan, *parts: bytes, window: str = "message") -> float:
    """A job k1 on the custom route, and the wall time of its window's opening."""
    await fan.claim("k1", window=window)
    await backend.stores[0].finish("k1", "A", Outcome(parts, route="custom"))
    return backend.clock.wall()


class TestSend:
    async def test_it_charges_and_is_sending(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one", b"two")
        assert await store.send("k1", "A", 2, QUOTA, at) == "message"
        job = await only(store, "k1")
        assert (job.state, job.owner, job.route) == ("sending", "A", "custom")
        assert (await store.follower("oFan")).windows == {"message": Window(at, 1)}

    async def test_the_window_that_closes_first_is_charged(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await fan.claim("k2", window="menu")
        assert await store.send("k1", "A", 1, QUOTA, at + 59) == "menu"
        await store.unsent("k1", "A", "ready", "custom", "")
        assert await store.send("k1", "A", 1, QUOTA, at + 60) == "message"

    async def test_none_when_no_message_is_left(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        quota = {"message": (HOUR, 1)}
        assert await store.send("k1", "A", 1, quota, at) == "message"
        await store.unsent("k1", "A", "ready", "custom", "")
        before = await store.look(["k1"])
        assert await store.send("k1", "A", 1, quota, at) is None
        assert await store.look(["k1"]) == before
        assert (await store.follower("oFan")).windows == {"message": Window(at, 1)}

    async def test_none_when_no_window_is_open(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        assert await store.send("k1", "A", 1, QUOTA, at + 48 * HOUR) is None
        assert await store.send("k1", "A", 1, {"menu": (60.0, 3)}, at) is None

    async def test_none_for_another_owner_or_state(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        assert await store.send("k1", "B", 1, QUOTA, at) is None
        assert await store.send("unknown", "A", 1, QUOTA, at) is None
        assert await store.send("k1", "A", 1, QUOTA, at) == "message"
        assert await store.send("k1", "A", 1, QUOTA, at) is None
        await fan.answered("k2", b"two")
        assert await store.send("k2", "A", 1, QUOTA, at) is None
        await fan.claim("k3")
        assert await store.send("k3", "A", 1, QUOTA, at) is None

    async def test_sent_parts_are_delivered(self, backend: Backend, store: Store, fan: Fan) -> None:
        at = await custom(backend, fan, b"one", b"two", b"three")
        await store.send("k1", "A", 2, QUOTA, at)
        await store.sent("k1", "A", 2)
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, indexes(job.parts)) == (
            "ready",
            "custom",
            "A",
            [("k1", 2)],
        )
        await store.send("k1", "A", 1, QUOTA, at)
        await store.sent("k1", "A", 1)
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, job.parts) == ("delivered", "push", "", ())

    async def test_what_a_send_left_out_may_be_sent_again(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one", b"two")
        await store.send("k1", "A", 2, QUOTA, at)
        await store.sent("k1", "A", 1)
        assert bodies(await store.reroute("k1", "A")) == [b"two"]

    async def test_what_is_left_of_one_that_was_cut_stays(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one", b"two")
        await store.send("k1", "A", 2, QUOTA, at)
        cut = Part("k1", 1, b"o")
        await store.sent("k1", "A", 1, cut=cut, shown="more")
        job = await only(store, "k1")
        assert (job.state, job.route, job.parts) == ("ready", "custom", (cut,))
        follower = await store.follower("oFan")
        assert (follower.shown, follower.windows["message"].used) == ("more", 1)
        await store.send("k1", "A", 1, QUOTA, at)
        await store.sent("k1", "A", 1)
        assert (await store.follower("oFan")).shown == ""

    async def test_sent_is_fenced(self, backend: Backend, store: Store, fan: Fan) -> None:
        at = await custom(backend, fan, b"one")
        await store.sent("k1", "A", 1)
        assert (await only(store, "k1")).state == "ready"
        await store.send("k1", "A", 1, QUOTA, at)
        await store.sent("k1", "B", 1)
        await store.sent("unknown", "A", 1)
        assert (await only(store, "k1")).state == "sending"

    async def test_a_refused_one_is_ready_again_on_that_route(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await store.send("k1", "A", 1, QUOTA, at)
        await store.unsent("k1", "A", "ready", "custom", "later")
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, job.note) == ("ready", "custom", "A", "later")
        await store.send("k1", "A", 1, QUOTA, at)
        await store.unsent("k1", "A", "ready", "push", "no")
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, job.note) == ("ready", "push", "", "no")
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one"]

    async def test_one_that_was_not_begun_may_go_back(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await custom(backend, fan, b"one")
        await store.unsent("k1", "B", "ready", "push", "not yours")
        await store.unsent("unknown", "A", "ready", "push", "")
        assert (await only(store, "k1")).route == "custom"
        await store.unsent("k1", "A", "ready", "push", "quota")
        job = await only(store, "k1")
        assert (job.route, job.note) == ("push", "quota")

    async def test_an_unknown_one_is_listed_with_its_parts(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one", b"two")
        await store.send("k1", "A", 1, QUOTA, at)
        await store.unsent("k1", "A", "unknown", "custom", "who knows")
        job = await only(store, "k1")
        assert (job.state, job.owner, job.note, bodies(job.parts)) == (
            "unknown",
            "",
            "who knows",
            [b"one", b"two"],
        )
        await store.unsent("k1", "A", "ready", "push", "too late")
        assert (await only(store, "k1")).state == "unknown"


class TestSendOfARunningGenerator:
    @pytest.fixture(autouse=True)
    async def begun(self, backend: Backend, store: Store, fan: Fan) -> None:
        """The first part is being sent while the handler goes on."""
        await fan.claim("k1", window="message")
        await store.finish("k1", "A", Outcome((b"one",), state="running"))
        await store.reroute("k1", "A")
        assert await store.send("k1", "A", 1, QUOTA, backend.clock.wall()) == "message"

    async def test_the_next_message_still_waits(self, store: Store, fan: Fan) -> None:
        claimed = await fan.claim("k2")
        assert (claimed.turn, claimed.unfinished) == (False, 1)
        await store.sent("k1", "A", 1)
        assert (await only(store, "k1")).state == "running"
        assert await store.turn("k2", "A") is None
        await store.finish("k1", "A", Outcome())
        assert await store.turn("k2", "A") is not None

    async def test_the_run_may_end_first(self, store: Store, fan: Fan) -> None:
        await store.finish("k1", "A", Outcome((b"two",), session=b"s"))
        assert (await only(store, "k1")).state == "sending"
        assert (await fan.claim("k2")).turn
        await store.sent("k1", "A", 1)
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, bodies(job.parts)) == (
            "ready",
            "push",
            "",
            [b"two"],
        )
        assert (await store.follower("oFan")).session == b"s"

    async def test_a_refused_send_goes_back_to_running(self, store: Store) -> None:
        await store.unsent("k1", "A", "ready", "push", "no")
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner) == ("running", "push", "A")

    async def test_an_unknown_send_lists_it_and_its_run_may_end(
        self, store: Store, fan: Fan
    ) -> None:
        await store.unsent("k1", "A", "unknown", "custom", "who knows")
        assert (await only(store, "k1")).state == "unknown"
        assert await store.renew("A") == {"k1"}
        assert not (await fan.claim("k2")).turn
        await store.finish("k1", "A", Outcome((b"two",), session=b"s", route="custom"))
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, bodies(job.parts)) == (
            "unknown",
            "push",
            "",
            [b"one", b"two"],
        )
        assert (await fan.claim("k3")).waiting == 0

    async def test_an_unknown_one_has_nothing_free(self, store: Store) -> None:
        await store.unsent("k1", "A", "unknown", "custom", "")
        assert await store.take("k2", "oFan", "A") == Taken()
        assert await store.finish("k1", "A", Outcome((b"two",), reserve=True)) == Taken()

    async def test_a_dead_end_lists_it(self, store: Store) -> None:
        await store.finish("k1", "A", Outcome(state="dead"))
        await store.sent("k1", "A", 1)
        job = await only(store, "k1")
        assert (job.state, bodies(job.parts)) == ("dead", [b"one"])

    async def test_a_crash_makes_it_unknown(
        self, backend: Backend, store: Store, peer: Store
    ) -> None:
        await backend.passes(LEASE)
        assert await peer.recover("B", LEASE, 3, 10) == ()
        job = await only(store, "k1")
        assert (job.state, job.owner) == ("unknown", "")
        assert await store.finish("k1", "A", Outcome()) is None

    async def test_a_crash_after_it_was_unknown_ends_the_run(
        self, backend: Backend, store: Store, peer: Store, fan: Fan
    ) -> None:
        await store.unsent("k1", "A", "unknown", "custom", "")
        await backend.passes(LEASE)
        assert await peer.recover("B", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).state == "unknown"
        assert (await fan.claim("k2")).turn

    async def test_a_retry_after_it_was_unknown_lets_it_run_on(self, store: Store) -> None:
        await store.unsent("k1", "A", "unknown", "custom", "")
        assert await store.retry("k1")
        job = await only(store, "k1")
        assert (job.state, job.owner) == ("running", "A")


class TestLeases:
    async def test_renew_tells_what_is_still_its_own(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("running")
        await fan.claim("waiting")
        await fan.answered("ready", b"r")
        await custom(backend, Fan(backend, "oOther"), b"one")
        await fan.claim("another's", owner="B")
        assert await store.renew("A") == {"running", "waiting", "k1"}
        await store.send("k1", "A", 1, {"message": (HOUR, 5)}, backend.clock.wall())
        assert await store.renew("A") == {"running", "waiting", "k1"}
        assert await store.renew("C") == frozenset()

    async def test_a_renewed_lease_is_nobody_elses(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(LEASE * 0.6)
        await store.renew("A")
        await backend.passes(LEASE * 0.6)
        assert await store.recover("B", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).owner == "A"

    async def test_the_wall_clock_lapses_no_lease(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        for step in (HOUR, -2 * HOUR):
            backend.clock.step(step)
            assert await store.recover("B", LEASE, 3, 10) == ()

    async def test_a_lapsed_one_is_taken_over_and_counted(
        self, backend: Backend, store: Store, fan: Fan, peer: Store
    ) -> None:
        await fan.claim("k1", message=b"whole")
        await backend.passes(LEASE)
        [job] = await peer.recover("B", LEASE, 3, 10)
        assert (job.key, job.owner, job.attempts, job.state, job.message) == (
            "k1",
            "B",
            2,
            "running",
            b"whole",
        )
        assert (job,) == await peer.look(["k1"])
        assert await peer.recover("C", LEASE, 3, 10) == ()
        assert await store.finish("k1", "A", Outcome((b"late",), session=b"s")) is None
        assert await store.renew("A") == frozenset()
        assert await peer.finish("k1", "B", Outcome((b"one",))) == Taken()

    async def test_its_own_jobs_are_not_lapsed(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(LEASE)
        assert await store.recover("A", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).attempts == 1

    async def test_a_lapsed_lease_may_still_be_renewed(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(LEASE)
        assert await store.renew("A") == {"k1"}
        assert await store.recover("B", LEASE, 3, 10) == ()

    async def test_after_the_last_attempt_it_is_dead(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(LEASE)
        assert await store.recover("B", LEASE, 1, 10) == ()
        job = await only(store, "k1")
        assert (job.state, job.owner, job.attempts) == ("dead", "", 1)
        assert (await fan.claim("k2")).turn

    async def test_later_attempts_are_put_off(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await backend.passes(LEASE)
        await store.recover("B", LEASE, 4, 10)
        await backend.passes(LEASE)
        assert await store.recover("C", LEASE, 4, 10) == ()
        await backend.passes(LEASE)
        [third] = await store.recover("C", LEASE, 4, 10)
        assert third.attempts == 3
        await backend.passes(2 * LEASE)
        assert await store.recover("D", LEASE, 4, 10) == ()
        assert await store.recover("D", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).state == "dead"

    async def test_a_waiting_one_waits_on_with_its_new_owner(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await fan.claim("k2")
        await backend.passes(LEASE)
        jobs = await store.recover("B", LEASE, 3, 10)
        assert [(job.key, job.state, job.attempts) for job in jobs] == [
            ("k1", "running", 2),
            ("k2", "waiting", 1),
        ]
        assert await store.turn("k2", "B") is None
        await store.finish("k1", "B", Outcome())
        assert await store.turn("k2", "B") is not None

    async def test_a_waiting_one_is_never_given_up(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        """It has not been tried: what makes its owners die is the message before it."""
        await fan.claim("k1")
        await fan.claim("k2")
        for owner in "BCD":
            await backend.passes(LEASE)
            assert "k2" in [job.key for job in await store.recover(owner, LEASE, 1, 10)]
        job = await only(store, "k2")
        assert (job.state, job.owner, job.attempts) == ("waiting", "D", 1)

    async def test_a_sending_one_becomes_unknown(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await store.send("k1", "A", 1, QUOTA, at)
        await backend.passes(LEASE)
        assert await store.recover("B", LEASE, 3, 10) == ()
        job = await only(store, "k1")
        assert (job.state, job.owner, bodies(job.parts)) == ("unknown", "", [b"one"])
        await store.sent("k1", "A", 1)
        assert bodies((await only(store, "k1")).parts) == [b"one"]

    async def test_a_ready_one_on_the_custom_route_is_taken_as_it_is(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await backend.passes(LEASE)
        [job] = await store.recover("B", LEASE, 1, 10)
        assert (job.state, job.route, job.owner, job.attempts) == ("ready", "custom", "B", 1)
        assert await store.send("k1", "A", 1, QUOTA, at) is None
        assert await store.send("k1", "B", 1, QUOTA, at) == "message"

    async def test_a_ready_one_on_the_push_route_needs_nobody(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        await backend.passes(LEASE)
        assert await store.recover("B", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).state == "ready"

    async def test_up_to_limit_oldest_first(self, backend: Backend, store: Store, fan: Fan) -> None:
        for number in range(5):
            await fan.claim(f"k{number}", ordered=False)
        await backend.passes(LEASE)
        taken = [[job.key for job in await store.recover("B", LEASE, 3, 2)] for _ in range(4)]
        assert taken == [["k0", "k1"], ["k2", "k3"], ["k4"], []]

    async def test_leave_hands_over_at_once_without_counting(
        self, backend: Backend, store: Store, fan: Fan, peer: Store
    ) -> None:
        at = await custom(backend, fan, b"one")
        await fan.claim("k2")
        await fan.claim("k3")
        await fan.claim("k4", owner="C")
        await store.leave("A")
        assert (await only(store, "k2")).owner == ""
        assert await store.finish("k2", "A", Outcome()) is None
        assert await store.send("k1", "A", 1, QUOTA, at) is None
        assert await store.renew("A") == frozenset()
        jobs = await peer.recover("B", LEASE, 1, 10)
        assert [(job.key, job.state, job.owner, job.attempts) for job in jobs] == [
            ("k1", "ready", "B", 1),
            ("k2", "running", "B", 1),
            ("k3", "waiting", "B", 1),
        ]

    async def test_leave_makes_a_send_unknown(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await store.send("k1", "A", 1, QUOTA, at)
        await store.leave("A")
        assert await store.recover("B", LEASE, 3, 10) == ()
        assert (await only(store, "k1")).state == "unknown"

    async def test_who_left_may_come_back(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.leave("A")
        await fan.claim("k2")
        assert await store.renew("A") == {"k2"}
        [job] = await store.recover("A", LEASE, 3, 10)
        assert (job.key, job.owner, job.attempts) == ("k1", "A", 1)


class TestSteps:
    async def test_they_are_kept_with_the_job(self, store: Store, fan: Fan, peer: Store) -> None:
        await fan.claim("k1")
        assert await store.step("k1", "A", "ask", b"\x00yes")
        assert await store.step("k1", "A", "pay", b"1")
        assert await store.step("k1", "A", "pay", b"2")
        assert await peer.steps("k1") == {"ask": b"\x00yes", "pay": b"2"}
        assert await peer.steps("unknown") == {}

    async def test_not_for_who_lost_the_lease(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        assert not await store.step("k1", "B", "ask", b"x")
        assert not await store.step("unknown", "A", "ask", b"x")
        await store.finish("k1", "A", Outcome())
        assert not await store.step("k1", "A", "ask", b"x")
        assert await store.steps("k1") == {}

    async def test_they_go_with_the_job(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.step("k1", "A", "ask", b"x")
        await store.finish("k1", "A", Outcome(state="dead"))
        await store.drop("k1")
        await fan.claim("k1")
        assert await store.steps("k1") == {}


LISTING: tuple[State, ...] = ("waiting", "running", "ready", "sending", "replied", "dead")


class TestListing:
    @pytest.fixture(autouse=True)
    async def several(self, backend: Backend, store: Store, fan: Fan) -> None:
        at = await custom(backend, fan, b"one")
        await store.send("k1", "A", 1, QUOTA, at)
        for number, outcome in enumerate(
            (Outcome((b"x",)), Outcome(), Outcome(state="dead"), None, None, None), start=2
        ):
            backend.clock.step(1)
            await fan.claim(f"k{number}")
            if outcome is not None:
                await store.finish(f"k{number}", "A", outcome)

    async def test_newest_first(self, store: Store) -> None:
        assert [job.key for job in await store.jobs(None, 3, None)] == ["k7", "k6", "k5"]
        assert [job.key for job in await store.jobs("waiting", 9, None)] == ["k7", "k6"]

    async def test_by_state(self, store: Store) -> None:
        found = {state: [j.key for j in await store.jobs(state, 1, None)] for state in LISTING}
        assert found == {
            "waiting": ["k7"],
            "running": ["k5"],
            "ready": ["k2"],
            "sending": ["k1"],
            "replied": ["k3"],
            "dead": ["k4"],
        }
        assert await store.jobs("unknown", 9, None) == ()

    async def test_before_a_time(self, store: Store) -> None:
        third = await only(store, "k3")
        jobs = await store.jobs(None, 9, third.created)
        assert [job.key for job in jobs] == ["k2", "k1"]
        assert [job.key for job in await store.jobs("ready", 9, third.created)] == ["k2"]
        assert await store.jobs("dead", 9, third.created) == ()

    async def test_look_leaves_out_what_is_unknown(self, store: Store) -> None:
        assert [job.key for job in await store.look(["k3", "unknown", "k1"])] == ["k3", "k1"]
        assert await store.look([]) == ()

    async def test_stats(self, store: Store, fan: Fan) -> None:
        await fan.claim("k8", binding=Binding("s", "d", 60))
        stats = await store.stats()
        assert stats.jobs == {
            "sending": 1,
            "ready": 1,
            "replied": 1,
            "dead": 1,
            "running": 1,
            "waiting": 3,
        }
        assert (stats.followers, stats.bindings) == (1, 1)
        assert stats.size >= 0


class TestRetry:
    async def test_with_parts_it_is_ready_on_the_push_route(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        at = await custom(backend, fan, b"one")
        await store.send("k1", "A", 1, QUOTA, at)
        await store.unsent("k1", "A", "unknown", "custom", "who knows")
        backend.clock.step(9)
        assert await store.retry("k1")
        job = await only(store, "k1")
        assert (job.state, job.route, job.owner, job.note) == ("ready", "push", "", "")
        assert job.updated == backend.clock.wall()
        assert bodies(await store.take("k2", "oFan", "A")) == [b"one"]

    async def test_without_parts_it_is_to_be_rerun(self, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome(state="dead", note="why"))
        assert await store.retry("k1")
        assert (await only(store, "k1")).state == "waiting"
        [job] = await store.recover("B", LEASE, 3, 10)
        assert (job.key, job.owner, job.attempts, job.state) == ("k1", "B", 1, "waiting")
        assert await store.turn("k1", "B") is not None

    async def test_only_what_is_listed(self, store: Store, fan: Fan) -> None:
        assert not await store.retry("unknown")
        await fan.claim("k1")
        assert not await store.retry("k1")
        await store.finish("k1", "A", Outcome((b"one",)))
        assert not await store.retry("k1")


class TestDeletion:
    async def test_drop_deletes_a_listed_or_ready_job(self, store: Store, fan: Fan) -> None:
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        assert not await store.drop("k2")
        assert not await store.drop("unknown")
        await store.finish("k2", "A", Outcome(state="dead"))
        assert await store.drop("k1")
        assert await store.drop("k2")
        assert not await store.drop("k2")
        assert await store.look(["k1", "k2"]) == ()
        assert await store.take("k3", "oFan", "A") == Taken()
        assert (await store.stats()).jobs == {}

    async def test_forget_erases_everything_of_this_follower(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        other = Fan(backend, "oOther")
        await other.claim("theirs", window="message")
        await custom(backend, fan, b"one")
        await fan.claim("k2")
        await store.step("k2", "A", "ask", b"x")
        await fan.claim("k3")
        await store.finish("k3", "A", Outcome(session=b"s"))
        assert await store.forget("oFan") == 3
        assert await store.forget("oFan") == 0
        assert await store.look(["k1", "k2", "k3"]) == ()
        assert await store.steps("k2") == {}
        assert await store.follower("oFan") == Follower()
        assert await store.finish("k2", "A", Outcome()) is None
        assert await store.renew("A") == {"theirs"}
        assert (await fan.claim("k2")).status == "new"
        assert (await store.follower("oOther")).windows

    async def test_the_jobs_of_a_follower_are_counted(self, store: Store, fan: Fan) -> None:
        assert await store.count("oFan") == 0
        await fan.answered("k1", b"one")
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome(state="dead"))
        await fan.claim("k2")
        await Fan(fan.backend, "oOther").claim("theirs")
        assert await store.count("oFan") == 2
        await store.drop("k2")
        assert await store.count("oFan") == 1

    async def test_forget_may_end_with_a_job(self, store: Store, fan: Fan) -> None:
        for key in ("k1", "k2", "k3"):
            await fan.answered(key, b"one")
        assert await store.forget("oFan", until="unknown") == 0
        assert await store.forget("oFan", until="k2") == 2
        assert [job.key for job in await store.jobs(None, 9, None)] == ["k3"]

    async def test_a_run_may_end_with_it(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="menu")
        await store.finish("k1", "A", Outcome((b"one",), session=b"s", dialog=b"d"))
        await fan.claim("k2")
        backend.clock.step(1)
        await fan.claim("k3", window="message")
        await store.finish("k2", "A", Outcome(session=b"t", forget=True))
        assert [job.key for job in await store.jobs(None, 9, None)] == ["k3", "k2"]
        windows = {"message": Window(backend.clock.wall())}
        assert await store.follower("oFan") == Follower(windows=windows)
        await store.finish("k3", "A", Outcome(session=b"s"))
        await fan.claim("k4")
        await store.finish("k4", "A", Outcome(forget=True))
        assert await store.follower("oFan") == Follower()
        assert (await store.stats()).followers == 0

    async def test_forget_erases_a_follower_without_jobs(self, store: Store) -> None:
        await store.settle("gone", "oFan", b"r", (), "working")
        assert await store.forget("oFan") == 0
        assert await store.follower("oFan") == Follower()


class TestPrune:
    KEEP, COLLECT = 100.0, 50.0

    async def prune(self, backend: Backend, *, idle: float | None = None) -> int:
        now = backend.clock.wall()
        return await backend.stores[0].prune(now, self.KEEP, self.COLLECT, idle)

    async def test_final_jobs_go_after_keep(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1")
        backend.clock.step(60)
        await store.finish("k1", "A", Outcome())
        backend.clock.step(self.KEEP)
        assert await self.prune(backend) == 0
        backend.clock.step(1)
        assert await self.prune(backend) == 1
        assert await store.look(["k1"]) == ()
        assert (await fan.claim("k1")).status == "new"

    async def test_unfinished_and_listed_jobs_stay(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await fan.claim("k2")
        await store.finish("k2", "A", Outcome(state="dead"))
        backend.clock.step(10 * self.KEEP)
        assert await self.prune(backend) == 0
        assert len(await store.look(["k1", "k2"])) == 2

    async def test_unread_ones_are_kept_no_longer_than_those_that_were_read(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        nobody = Fan(backend, UNREAD)
        for number in range(450):
            await nobody.claim(f"u{number}", ordered=False)
            await store.finish(f"u{number}", "A", Outcome(state="dead", note="xml_bad"))
        await nobody.claim("half listed", ordered=False)
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome(state="dead"))
        backend.clock.step(self.KEEP)
        assert await self.prune(backend) == 0
        backend.clock.step(1)
        assert await self.prune(backend) == 450
        assert await store.count(UNREAD) == 1
        assert len(await store.look(["k1", "half listed"])) == 2

    async def test_nobody_came_for_the_answer(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.answered("k1", b"one")
        backend.clock.step(self.COLLECT)
        assert await self.prune(backend) == 0
        backend.clock.step(1)
        assert await self.prune(backend) == 1
        job = await only(store, "k1")
        assert (job.state, bodies(job.parts)) == ("uncollected", [b"one"])
        assert await store.take("k2", "oFan", "A") == Taken()
        assert await self.prune(backend) == 0
        assert await store.retry("k1")
        assert await self.prune(backend) == 0

    async def test_the_custom_route_is_the_owners_affair(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await custom(backend, fan, b"one")
        backend.clock.step(10 * self.KEEP)
        assert await self.prune(backend) == 0
        assert (await only(store, "k1")).state == "ready"

    async def test_idle_followers_go(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="message")
        backend.clock.step(self.KEEP + 1)
        await self.prune(backend)
        assert (await store.stats()).followers == 1
        await store.finish("k1", "A", Outcome())
        backend.clock.step(self.KEEP + 1)
        assert await self.prune(backend) == 1
        assert (await store.stats()).followers == 0
        assert await store.follower("oFan") == Follower()

    async def test_sessions_may_be_kept_longer(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        await fan.claim("k1")
        await store.finish("k1", "A", Outcome(session=b"s"))
        backend.clock.step(self.KEEP + 1)
        await self.prune(backend, idle=1000)
        assert (await store.follower("oFan")).session == b"s"
        backend.clock.step(1000)
        await self.prune(backend, idle=1000)
        assert (await store.follower("oFan")).session is None

    async def test_lapsed_bindings_go(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1", binding=Binding("short", "d", 0.1))
        await fan.claim("k2", binding=Binding("long", "d", 600))
        await backend.passes(0.2)
        await self.prune(backend)
        assert (await store.stats()).bindings == 1

    async def test_a_clock_that_is_set_back_makes_nothing_older(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        """What was changed while it was behind is as old as it was before."""
        await fan.claim("k1")
        await fan.claim("k2", window="message")
        await fan.claim("k3")
        backend.clock.step(-10 * self.KEEP)
        await store.finish("k1", "A", Outcome((b"one",)))
        assert await store.turn("k2", "A") is not None
        await store.finish("k2", "A", Outcome((b"two",)))
        await store.reroute("k2", "A")
        await store.send("k2", "A", 1, QUOTA, backend.clock.wall())
        await store.unsent("k2", "A", "ready", "push", "no")
        assert await store.turn("k3", "A") is not None
        await store.finish("k3", "A", Outcome())
        backend.clock.step(10 * self.KEEP)
        assert await self.prune(backend) == 0
        backend.clock.step(self.COLLECT + 1)
        assert await self.prune(backend) == 2

    async def test_nor_a_session(self, backend: Backend, store: Store, fan: Fan) -> None:
        await fan.claim("k1", window="message")
        backend.clock.step(-10 * self.KEEP)
        await store.finish("k1", "A", Outcome(session=b"s"))
        backend.clock.step(11 * self.KEEP + 1)
        assert await self.prune(backend, idle=2 * self.KEEP) == 1
        assert (await store.follower("oFan")).session == b"s"

    async def test_of_a_hundred_followers_or_fewer_all_may_be_forgotten_at_once(
        self, backend: Backend, store: Store
    ) -> None:
        """More than so many, or one in a hundred, may be the harm of a wrong clock."""
        for number in range(230):
            fan = Fan(backend, f"o{number}")
            await fan.claim(f"k{number}", window="message")
            await store.finish(f"k{number}", "A", Outcome())
        backend.clock.step(self.KEEP + 1)
        left = []
        for _ in range(4):
            await self.prune(backend)
            left.append((await store.stats()).followers)
        assert left == [130, 30, 0, 0]

    async def test_no_more_answers_are_listed_at_once(
        self, backend: Backend, store: Store, fan: Fan
    ) -> None:
        for number in range(230):
            await fan.claim(f"k{number}", ordered=False)
            await store.finish(f"k{number}", "A", Outcome((b"one",)))
        backend.clock.step(self.COLLECT + 1)
        assert [await self.prune(backend) for _ in range(4)] == [100, 100, 30, 0]

    async def test_many_go_in_small_batches(self, backend: Backend, store: Store, fan: Fan) -> None:
        for number in range(450):
            await fan.claim(f"k{number}", ordered=False)
            await store.finish(f"k{number}", "A", Outcome())
        backend.clock.step(self.KEEP + 1)
        assert await self.prune(backend) == 450
        assert (await store.stats()).jobs == {}


class TestLifecycle:
    async def test_closing_twice_is_fine(self, store: Store) -> None:
        await store.close()
        await store.close()

    async def test_closing_before_opening_is_fine(self, backend: Backend) -> None:
        await connect(backend.url, account="wx1").close()
