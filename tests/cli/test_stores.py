"""What the terminal says of messages in every state, and does with them, on every store."""

import io
import json
import sys
from functools import partial
from zlib import crc32

import msgspec
import pytest

import wechat
from cli.states import STATES, accept, bring_into, finish, using
from wechat import ACCOUNT, FAN, TOKEN
from yizhan.inbox import rules
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.store.asking import changed, seen
from yizhan.store.mailbox import EMPTY


@pytest.fixture(params=["sqlite", "redis", "postgres"])
def url(request, tmp_path, monkeypatch):
    """The address of the store that the settings name."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path}/jobs.db"
    elif request.param == "redis":
        address = request.getfixturevalue("redis_url")
    else:
        server = request.getfixturevalue("postgres_server")
        address = server.url(f"s{crc32(request.node.name.encode())}")
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_STORE", address)
    monkeypatch.setenv("COLUMNS", "200")
    return address


@pytest.fixture
def listed(url, yizhan):
    """The messages as `yizhan jobs --json` tells them, by key."""

    def of(*states):
        async def fill(store):
            for number, state in enumerate(states):
                await bring_into(store, state, f"o{number}", 1_800_000_000.0 + number)

        using(url, fill)
        code, out, err = yizhan("jobs", "--json")
        assert (code, err) == (0, "")
        found = [json.loads(line) for line in out.splitlines()]
        return {job["key"]: job for job in found}

    return of


FIELDS = [
    "key",
    "state",
    "openid",
    "created",
    "updated",
    "arrivals",
    "attempts",
    "route",
    "waiting",
    "note",
]


def test_messages_in_every_state_are_told_alike(listed):
    jobs = listed(*STATES)
    assert all(list(job) == FIELDS for job in jobs.values())
    told = {key: (job["state"], job["route"], job["waiting"]) for key, job in jobs.items()}
    assert told == {
        "running": ("running", "push", []),
        "before": ("running", "push", []),
        "waiting": ("waiting", "push", []),
        "ready": ("ready", "push", ["one", "Image"]),
        "promised": ("ready", "push", ["one"]),
        "sending": ("sending", "custom", ["one"]),
        "replied": ("replied", "push", []),
        "asks": ("replied", "push", []),
        "delivered": ("delivered", "push", []),
        "unknown": ("unknown", "push", ["one"]),
        "uncollected": ("uncollected", "push", ["one"]),
        "dead": ("dead", "push", []),
    }
    assert (jobs["dead"]["note"], jobs["dead"]["arrivals"], jobs["dead"]["attempts"]) == (
        "why",
        1,
        1,
    )


def test_the_table_has_a_line_for_each_newest_first(listed, yizhan):
    listed("dead", "ready", "running")
    lines = yizhan("jobs")[1].splitlines()
    assert [line.split()[-1] for line in lines] == ["running", "ready", "dead"]
    assert "why" in lines[2]
    assert "text text of dead" in lines[2]


def test_a_state_may_be_asked_for_wherever_it_stands(listed, yizhan):
    listed("waiting", "sending", "dead")
    for state in ("waiting", "sending", "dead"):
        lines = yizhan("jobs", "--state", state, "--json")[1].splitlines()
        assert [json.loads(line)["key"] for line in lines] == [state]


def test_one_is_shown_whole(listed, yizhan):
    listed("ready")
    out = yizhan("jobs", "show", "ready")[1]
    assert "route      push" in out
    assert "waiting    ['one', 'Image']" in out
    assert '"Content": "text of ready"' in out


def test_a_listed_one_may_be_put_back_with_its_parts(listed, yizhan, url):
    states = {"unknown": "ready", "uncollected": "ready", "dead": "waiting"}
    before = listed(*states)
    for key in states:
        code, out, _ = yizhan("jobs", "retry", key, "--yes")
        assert (code, out) == (0, f"{key} was put back\n")
    after = {job["key"]: job for job in map(json.loads, yizhan("jobs", "--json")[1].splitlines())}
    assert {key: job["state"] for key, job in after.items()} == states
    assert all(job["waiting"] == before[key]["waiting"] for key, job in after.items())


def test_before_one_that_may_have_arrived_is_sent_again_it_asks(listed, yizhan, monkeypatch):
    listed("unknown")
    monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
    assert yizhan("jobs", "retry", "unknown")[0] == 130
    assert "unknown" in yizhan("jobs", "--state", "unknown")[1]


def test_a_listed_or_waiting_one_may_be_dropped(listed, yizhan, url):
    states = ("ready", "unknown", "uncollected", "dead")
    listed(*states)
    for key in states:
        code, out, _ = yizhan("jobs", "drop", key, "--yes")
        assert (code, out) == (0, f"{key} is deleted\n")
    assert yizhan("jobs")[1] == ""

    async def rows(store):
        return [(await seen(store, f"o{number}")).rows for number in range(len(states))]

    assert using(url, rows) == [{}, {}, {}, {}]


@pytest.mark.parametrize("verb", ["retry", "drop"])
def test_what_is_in_hand_or_done_is_left_alone(listed, yizhan, verb):
    before = listed("running", "sending", "replied")
    for key in before:
        code, _, err = yizhan("jobs", verb, key, "--yes")
        assert code == 1
        assert f"{key} is {key}: that cannot be done" in err
    after = map(json.loads, yizhan("jobs", "--json")[1].splitlines())
    assert {job["key"]: job for job in after} == before


def test_counts_are_by_state_wherever_it_stands(listed, yizhan):
    listed(*STATES)
    lines = yizhan("store", "stats")[1].splitlines()[1:]
    counts = {name: int(count) for name, count in map(str.split, lines) if name != "bytes"}
    states = {"running": 2, "waiting": 1, "ready": 2, "sending": 1, "replied": 2, "delivered": 1}
    states |= {"unknown": 1, "uncollected": 1, "dead": 1}
    assert counts == {**states, "followers": len(STATES), "bindings": 0}


def test_what_is_kept_of_a_follower_is_erased_wherever_it_lies(url, yizhan):
    async def fill(store):
        for number, state in enumerate(["replied", "dead", "ready"]):
            await bring_into(store, state, FAN, 1_800_000_000.0 + number)
        await accept(store, "last", FAN, 1_800_000_009.0)
        await finish(store, "last", FAN, session=b'{"until": 4e9, "data": {}}')
        await bring_into(store, "running", "o-other", 1_800_000_000.0)

    using(url, fill)
    out = yizhan("users", "forget", FAN, "--yes")[1]
    assert out == f"erased what was kept of {FAN} (4 messages)\n"
    assert json.loads(yizhan("jobs", "--json")[1])["openid"] == "o-other"
    view = using(url, lambda store: seen(store, FAN))
    assert (view.rows, view.box) == ({}, EMPTY)
    assert "followers             1\n" in yizhan("store", "stats")[1]


def test_an_unread_push_is_shown_without_its_text(url, yizhan):
    async def fill(store):
        body = msgspec.json.encode({"unread": "我的密码".encode()})
        arrival = Arrival("@unread:1", "@unread", body, 1_800_000_000.0, "A", ordered=False)
        await changed(store, "@unread", partial(rules.accept, arrival=arrival))
        outcome = RunResult(state="dead", note="xml_bad")
        rule = partial(rules.finish, key="@unread:1", owner="A", outcome=outcome)
        await changed(store, "@unread", rule)

    using(url, fill)
    out = yizhan("jobs")[1], yizhan("jobs", "show", "@unread:1")[1]
    assert "a push that could not be read, 12 bytes" in out[0]
    assert "a body of 12 bytes, not shown" in out[1]
    assert "密码" not in "".join(out)


def test_keys_of_a_bot_are_whole(url, yizhan):
    key = f"{ACCOUNT}:{wechat.FAN}:24900000000000001"
    using(url, lambda store: accept(store, key, FAN, 1_800_000_000.0))
    assert yizhan("jobs")[1].splitlines()[0].split()[-1] == key
