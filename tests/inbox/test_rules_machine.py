"""Whatever happens to a mailbox, in any order: nothing is lost, doubled or left behind."""

from collections.abc import Sequence
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import UNSET
from msgspec.structs import replace

from inbox.mailboxes import OPENID, Kept, taking
from yizhan.inbox import carrying, merging, rules, sending, timers, upkeep
from yizhan.inbox.carrying import Carried, Otherwise
from yizhan.inbox.merging import Merged
from yizhan.inbox.rules import PICKUP, Arrival, RunResult
from yizhan.store.mailbox import CUSTOM, FREE, LISTED, NOBODY, SENDING, dump, load

OWNERS = ("A", "B", "C")
TERMS = upkeep.Terms(tries=3, lease=15.0, sends=True)
QUOTA = {"message": (48 * 3600.0, 5)}
FINAL = ("replied", "delivered")

owners = st.sampled_from(OWNERS)


class Mailboxes(RuleBasedStateMachine):
    """Three processes, one follower, and a judge who remembers every body that was made."""

    @initialize()
    def begin(self) -> None:
        self.kept = Kept()
        self.count = 0
        self.accepted: set[str] = set()
        self.runs: dict[str, int] = {}  # how often each handler has ended
        self.made: set[bytes] = set()
        self.delivered: list[bytes] = []
        self.gone: set[str] = set()  # erased by a person
        self.hidden: set[str] = set()  # no reply to them is shown
        self.dropped: set[str] = set()  # of these, those that could not be sent
        self.carrying: dict[tuple[str, str], tuple[Carried, ...]] = {}
        self.loads: dict[str, tuple[str, sending.Load]] = {}
        self.in_doubt: set[bytes] = set()  # what may have arrived
        self.question: tuple[str, float] | None = None  # an open one: whose it is, and until when
        self.defaults: list[str] = []  # those whose default was taken

    def key(self, number: int) -> str:
        return f"gh:{OPENID}:{number}"

    def some(self, data: st.DataObject, state: str = "") -> str | None:
        jobs = [job.key for job in self.kept.box.jobs if not state or job.state == state]
        return data.draw(st.sampled_from(jobs)) if jobs else None

    @rule(
        owner=owners,
        ordered=st.sampled_from([True, True, True, False]),
        word=st.booleans(),
        shown=st.sampled_from([True, True, True, False]),
    )
    def a_message_comes(self, owner: str, ordered: bool, word: bool, shown: bool) -> None:
        self.count += 1
        key = self.key(self.count)
        arrival = Arrival(
            key,
            OPENID,
            b"<xml/>",
            self.kept.wall,
            owner,
            ordered,
            None,
            "message",
            word,
            shown=shown,
        )
        if not shown:
            self.hidden.add(key)
        accepted = self.kept.apply(partial(rules.accept, arrival=arrival))
        assert accepted.status == "new"
        self.accepted.add(key)
        if accepted.pickup:
            assert self.kept.messages[key].note == PICKUP

    @rule(owner=owners, data=st.data())
    def a_message_is_pushed_again(self, owner: str, data: st.DataObject) -> None:
        if not self.accepted - self.gone:
            return
        key = data.draw(st.sampled_from(sorted(self.accepted - self.gone)))
        before = self.kept.messages[key].arrivals
        if (job := self.kept.box.job(key)) is not None:
            before = job.arrivals
        arrival = Arrival(key, OPENID, b"other", self.kept.wall, owner)
        accepted = self.kept.apply(partial(rules.accept, arrival=arrival))
        assert (accepted.status, accepted.arrivals) == ("again", before + 1)
        assert self.kept.messages[key].body == b"<xml/>"

    @rule(owner=owners, data=st.data())
    def a_turn_is_asked_for(self, owner: str, data: st.DataObject) -> None:
        key = self.some(data, "waiting")
        if key is not None:
            self.kept.apply(partial(rules.turn, key=key, owner=owner))

    @rule(
        owner=owners,
        data=st.data(),
        parts=st.integers(0, 3),
        state=st.sampled_from(["running", "ready", "ready", "dead"]),
        reserve=st.sampled_from(["", "all", "own"]),
        custom=st.booleans(),
        sends=st.booleans(),
        asks=st.sampled_from(["keeps", "keeps", "ends", "default", "no default"]),
    )
    def a_run_hands_out(self, owner, data, parts, state, reserve, custom, sends, asks) -> None:
        key = self.some(data, "running") or self.some(data, "sending")
        if key is None:
            return
        job = self.kept.box.job(key)
        assert job is not None
        bodies = tuple(f"{key} {job.next + place}".encode() for place in range(parts))
        custom = custom and not reserve
        asks = asks if state == "ready" else "keeps"
        dialogs = {"keeps": UNSET, "ends": None}
        outcome = RunResult(
            bodies,
            state,
            custom=custom,
            reserve=reserve,
            sends=sends,
            dialog=dialogs.get(asks, f"asked by {key}".encode()),
            answers_in=60.0 if asks == "default" else 0.0,
        )
        finished = self.kept.apply(partial(rules.finish, key=key, owner=owner, outcome=outcome))
        assert (finished is not None) == (job.owner == owner and job.open)
        if finished is None:
            return
        if asks != "keeps":
            self.question = (key, self.kept.now + 60.0) if asks == "default" else None
        if sends:
            self.is_sent_by_anybody(key)
        self.made.update(bodies)
        if state != "running":
            self.runs[key] = self.runs.get(key, 0) + 1
        if finished.taken.parts:
            self.carrying[key, owner] = self.known(finished.taken.parts)

    @rule(owner=owners, data=st.data(), count=st.integers(1, 3))
    def texts_are_merged(self, owner: str, data: st.DataObject, count: int) -> None:
        key = self.some(data, "running")
        if key is None:
            return
        before = self.kept.box
        found = self.kept.apply(partial(merging.following, key=key, seconds=100.0))
        others = found.keys[:count]
        if not others:
            return
        merged = Merged(key, others)
        rule = partial(merging.join, key=key, owner=owner, others=others, merged=merged)
        joined = self.kept.apply(rule)
        if joined is None:
            assert self.kept.box == before
            return
        assert joined.gone == (key, *others[:-1])
        job = self.kept.box.job(others[-1])
        assert job is not None
        assert job.open
        assert f"step:{job.seq}:{merging.MERGED}" in self.kept.rows

    @rule(owner=owners, data=st.data(), overtake=st.booleans(), otherwise=st.booleans())
    def a_push_takes(self, owner, data, overtake, otherwise) -> None:
        if not self.accepted - self.gone:
            return
        key = data.draw(st.sampled_from(sorted(self.accepted - self.gone)))
        taken = self.kept.apply(
            partial(
                carrying.take,
                key=key,
                owner=owner,
                overtake=overtake,
                otherwise=Otherwise(b"") if otherwise else None,
            ),
            [key],
        )
        if taken.parts:
            for other in OWNERS:
                self.carrying.pop((key, other), None)
            self.carrying[key, owner] = self.known(taken.parts)

    @rule(data=st.data(), whole=st.booleans())
    def a_reply_is_written(self, data: st.DataObject, whole: bool) -> None:
        if not self.carrying:
            return
        key, owner = data.draw(st.sampled_from(sorted(self.carrying)))
        parts = self.carrying.pop((key, owner))
        carried = parts if whole else parts[:1]
        reserved = {
            (job.key, part.index)
            for job in self.kept.box.jobs
            for part in job.parts
            if part.by == key and part.who == owner
        }
        if not {(part.key, part.index) for part in carried} <= reserved:
            return  # taken over meanwhile: that it may then be shown twice is said in the promise
        self.kept.apply(
            partial(carrying.confirm, key=key, reply=b"r", carried=carried, shown=""), [key]
        )
        self.delivered += [part.body for part in carried]
        job = self.kept.box.job(key)
        assert (job.reply if job is not None else self.kept.messages[key].reply) == b"r"

    def is_sent_by_anybody(self, key: str) -> None:
        """Whatever is free of it now, and whoever dies."""
        job = self.kept.box.job(key)
        is_free = job is not None and FREE in [part.by for part in job.parts]
        if job is not None and job.state == "ready" and job.owner == NOBODY and is_free:
            assert job.due > self.kept.wall
            assert self.kept.box.due is not None

    @rule(data=st.data(), sends=st.booleans())
    def a_connection_is_lost(self, data: st.DataObject, sends: bool) -> None:
        if not self.carrying:
            return
        key, owner = data.draw(st.sampled_from(sorted(self.carrying)))
        del self.carrying[key, owner]
        before = [job.key for job in self.kept.box.jobs if key in [it.by for it in job.parts]]
        self.kept.apply(partial(carrying.lost, key=key, owner=owner, unwritten=True, sends=sends))
        for freed in before if sends else ():
            self.is_sent_by_anybody(freed)

    @rule(
        owner=owners,
        data=st.data(),
        count=st.integers(1, 3),
        rest=st.sampled_from([0.0, 0.0, 0.5]),
        overtake=st.sampled_from([False, False, True]),
    )
    def a_send_begins(self, owner, data, count, rest, overtake) -> None:
        key = self.some(data)
        if key is None or owner in [sender for sender, _ in self.loads.values()]:
            return  # a process sends a follower one message after another
        before = self.kept.box
        begun = self.kept.apply(
            partial(
                sending.begin_send,
                until=key,
                owner=owner,
                quota=QUOTA,
                at=self.kept.wall,
                choose=taking(count),
                rest=rest,
                overtake=overtake,
            )
        )
        self.drops(begun.dropped)
        if begun.load is not None:
            self.known(begun.load.parts)
            self.loads[begun.load.key] = (owner, begun.load)
        elif begun.status == "wait":  # it has put something on the custom route, if anything
            assert [job.key for job in self.kept.box.jobs] == [job.key for job in before.jobs]
            assert self.kept.box.windows == before.windows
        elif begun.status != "quota":
            assert replace(self.kept.box, waiters=before.waiters) == before

    @rule(data=st.data(), how=st.sampled_from(["sent", "refused", "unknown"]))
    def a_send_ends(self, data: st.DataObject, how: str) -> None:
        if not self.loads:
            return
        key = data.draw(st.sampled_from(sorted(self.loads)))
        owner, load = self.loads.pop(key)
        bodies = [part.body for part in load.parts]
        if how == "sent":
            end = partial(sending.sent, key=key, owner=owner, count=len(bodies))
        elif how == "refused":
            end = partial(sending.refused, key=key, owner=owner, note="45015")
        else:
            end = partial(sending.unknown, key=key, owner=owner, note="?")
        done = self.kept.apply(end)
        if done and how == "sent":
            self.delivered += bodies
        elif done and how == "refused":
            self.drops(done)
        elif done:
            self.in_doubt.update(bodies)

    def known(self, parts: tuple[Carried, ...]) -> tuple[Carried, ...]:
        """Parts of which nobody has to ask whether they have arrived before."""
        assert self.in_doubt.isdisjoint(part.body for part in parts)
        return parts

    def drops(self, keys: Sequence[str]) -> None:
        assert self.hidden.issuperset(keys)
        self.dropped.update(keys)

    @rule(dead=owners, owner=owners, left=st.booleans())
    def a_process_dies(self, dead: str, owner: str, left: bool) -> None:
        if dead == owner:
            return
        death = upkeep.Death(dead, left)
        held = [it.key for it in self.kept.box.jobs if dead in [part.who for part in it.parts]]
        adopted = self.kept.apply(partial(upkeep.adopt, death=death, owner=owner, terms=TERMS))
        assert dead not in self.kept.box.owners
        assert all(job.owner == owner for job in adopted.jobs)
        for key in held:
            self.is_sent_by_anybody(key)
        for key, who in list(self.carrying):
            if who == dead:
                del self.carrying[key, who]
        for key, (who, begun) in list(self.loads.items()):
            if who == dead:
                del self.loads[key]
                self.in_doubt.update(part.body for part in begun.parts)

    @rule(owner=owners, seconds=st.floats(0.1, 100.0))
    def time_passes(self, owner: str, seconds: float) -> None:
        self.kept.passes(seconds)
        busy = any(job.open for job in self.kept.box.jobs)
        nobody = upkeep.Death(NOBODY)
        before = set(self.kept.messages)
        self.kept.apply(
            partial(timers.adopt, death=nobody, owner=owner, terms=TERMS, openid=OPENID)
        )
        for key in self.kept.messages.keys() - before:
            assert self.question is not None
            asked, until = self.question
            assert key.startswith(f"{asked}:timeout:")
            assert not busy
            assert self.kept.now >= until
            self.accepted.add(key)
            self.defaults.append(asked)
            self.question = None
        assert self.kept.box.due is None or self.kept.box.due > self.kept.wall

    @rule()
    def two_days_pass(self) -> None:
        self.kept.passes(48 * 3600.0 + 1)
        self.kept.apply(partial(upkeep.uncollect, before=self.kept.wall - 48 * 3600.0))

    @rule(data=st.data(), what=st.sampled_from(["retry", "retry", "drop"]))
    def a_person_acts(self, data: st.DataObject, what: str) -> None:
        listed = sorted(key for key, it in self.kept.messages.items() if it.state in LISTED)
        listed += [job.key for job in self.kept.box.jobs if job.listed_as in LISTED]
        if not listed:
            return
        key = data.draw(st.sampled_from(listed))
        act = upkeep.retry if what == "retry" else upkeep.drop
        if not self.kept.apply(partial(act, key=key), [key]):
            return
        if what == "drop":
            self.gone.add(key)
        else:
            self.in_doubt = {it for it in self.in_doubt if it.rpartition(b" ")[0].decode() != key}

    @precondition(lambda self: self.count > 5)
    @rule()
    def the_follower_is_forgotten(self) -> None:
        keys = list(self.kept.messages)
        count = self.kept.apply(partial(upkeep.forget, keys=keys), keys)
        assert count == len(keys)
        assert (self.kept.box.jobs, self.kept.rows, self.kept.messages) == ((), {}, {})
        self.gone |= self.accepted
        self.made.clear()
        self.delivered.clear()
        self.in_doubt.clear()
        self.carrying.clear()
        self.loads.clear()
        self.question = None

    @invariant()
    def an_open_question_with_a_default_has_its_timer(self) -> None:
        timer = self.kept.box.timer
        assert (timer and timer.asked) == (self.question and self.question[0])
        assert len(self.defaults) == len(set(self.defaults))

    @invariant()
    def every_accepted_message_is_known(self) -> None:
        for key in self.accepted - self.gone:
            in_hand = self.kept.box.job(key) is not None
            assert in_hand == (self.kept.messages[key].state is None)

    @invariant()
    def no_body_is_delivered_twice(self) -> None:
        assert len(self.delivered) == len(set(self.delivered))

    @invariant()
    def every_body_is_delivered_or_kept_once(self) -> None:
        kept = [*self.kept.rows.values()]
        kept += [part.body for job in self.kept.box.jobs for part in job.parts if part.body]
        assert len(kept) == len(set(kept))
        gone = self.gone | self.dropped
        dropped = {body for body in self.made if body.rpartition(b" ")[0].decode() in gone}
        assert set(kept) | set(self.delivered) >= self.made - dropped

    @invariant()
    def every_part_has_its_body(self) -> None:
        for job in self.kept.box.jobs:
            for part in job.parts:
                assert part.body or f"part:{job.seq}:{part.index}" in self.kept.rows
                assert not part.body or part.by not in (FREE, CUSTOM)

    @invariant()
    def only_what_is_unfinished_or_under_way_is_in_hand(self) -> None:
        carrying = {part.by for job in self.kept.box.jobs for part in job.parts}
        for job in self.kept.box.jobs:
            assert job.open or job.parts or job.key in carrying
            assert job.state not in FINAL

    @invariant()
    def one_ordered_message_runs_at_a_time(self) -> None:
        running = [
            job for job in self.kept.box.jobs if job.open and job.ordered and job.state != "waiting"
        ]
        blocked = [job for job in running if rules.is_blocked(job, self.kept.box)]
        assert all(job.attempts or job.state == "running" for job in blocked)

    @invariant()
    def whoever_sends_owns(self) -> None:
        for job in self.kept.box.jobs:
            on_way = any(part.by == SENDING for part in job.parts)
            assert on_way or job.state != "sending"
            assert not on_way or job.state in ("sending", "dead")
            assert job.owner != NOBODY or not (on_way or job.is_custom)

    @invariant()
    def nothing_waits_for_ever(self) -> None:
        for job in self.kept.box.jobs:
            if job.owner == NOBODY and job.open:
                assert self.kept.box.due is not None

    @invariant()
    def the_document_reads_back(self) -> None:
        assert load(dump(self.kept.box)) == self.kept.box


TestMailboxes = Mailboxes.TestCase
TestMailboxes.settings = settings(max_examples=100, stateful_step_count=60, deadline=None)
