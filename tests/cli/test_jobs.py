"""yizhan jobs, store and users, on a store that a bot has filled."""

import asyncio
import base64
import io
import json
import sys
from datetime import datetime

import pytest

import wechat
from terminal import on_terminal
from wechat import FAN, TOKEN, call, push, text
from yizhan.cli import retrying
from yizhan.columns import width_of


@pytest.fixture
def url(tmp_path, monkeypatch):
    """The address of the store that the settings name."""
    address = f"sqlite:///{tmp_path}/jobs.db"
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_STORE", address)
    monkeypatch.setenv("COLUMNS", "200")
    return address


@pytest.fixture
def fill(url):
    """Sends texts to a bot with that store; what begins with "never" is still run at its end."""

    def filled(*contents):
        async def send():
            account, begun = wechat.account(store=url), asyncio.Event()

            @account.text(prefix="never", rerun=False)
            async def never(message):
                begun.set()
                await asyncio.Event().wait()

            account.text(lambda message, session: session.update(a=1) or message.content)
            async with account.lifespan():
                for content in contents:
                    request = push(text(content, MsgId=len(content)))
                    answer = asyncio.create_task(call(account.asgi, request))
                    await (begun.wait() if content.startswith("never") else answer)
            await answer

        asyncio.run(send())

    return filled


def key(content):
    return f"{wechat.ACCOUNT}:{FAN}:{len(content)}"


class TestJobs:
    def test_every_message_is_a_line(self, fill, yizhan):
        fill("hello", "你好")
        code, out, err = yizhan("jobs")
        assert (code, err) == (0, "")
        assert "text hello" in out
        assert "text 你好" in out
        assert out.count("replied") == 2

    @pytest.mark.parametrize("columns", ["40", "60", "200"])
    def test_in_a_pipe_a_message_is_a_line_of_whole_fields(
        self, fill, yizhan, monkeypatch, columns
    ):
        monkeypatch.setenv("COLUMNS", columns)
        long = "a rather long message \t that fills\nits \\ column " * 9
        fill("hello", long)
        rows = [line.split("\t") for line in yizhan("jobs")[1].splitlines()]
        assert [len(row) for row in rows] == [6, 6]
        state, at, tries, message, note, found = rows[0]
        assert (state, tries, note, found) == ("replied", "1", "", key(long))
        assert datetime.fromisoformat(at).tzinfo is not None
        text = message.removeprefix("text ")
        unescaped = text.encode("latin-1").decode("unicode_escape")
        assert unescaped.split() == long.split()

    def test_in_a_pipe_no_control_is_left(self, fill, yizhan):
        fill("a\u202eb\u0085c")
        (line,) = yizhan("jobs")[1].splitlines()
        assert r"text a\u202eb\u0085c" in line

    def test_on_a_narrow_terminal_state_and_key_stand_whole(self, fill):
        fill("hello", "一条很长的消息" * 20)
        lines = on_terminal("jobs", columns=60).splitlines()
        assert [line.split()[0] for line in lines[::3]] == ["replied", "replied"]
        assert {line.strip() for line in lines[1::3]} == {key("hello"), key("一条很长的消息" * 20)}
        assert [line for line in lines if width_of(line) > 60] == []

    def test_on_a_wide_terminal_it_is_a_table(self, fill):
        fill("hello", "一条很长的消息")
        head, *rows = on_terminal("jobs", columns=140).splitlines()
        assert head.split() == ["state", "at", "runs", "message", "note", "key"]
        ends = {width_of(row[: row.index(wechat.ACCOUNT)]) for row in rows}
        assert ends == {width_of(head[: head.index("key")])}

    def test_times_in_json_have_year_and_zone(self, fill, yizhan):
        fill("hello")
        job = json.loads(yizhan("jobs", "--json")[1])
        for name in ("created", "updated"):
            assert datetime.fromisoformat(job[name]).utcoffset() is not None

    def test_any_number_may_be_asked_for(self, fill, yizhan):
        fill("hello")
        assert yizhan("jobs", "--limit", "1000000")[0] == 0

    def test_no_messages_are_said_to_be_none(self, url, yizhan):
        assert yizhan("jobs")[1:] == ("", "no messages\n")

    def test_they_may_be_asked_for_by_state_and_number(self, fill, yizhan):
        fill("a", "bb", "ccc")
        assert yizhan("jobs", "--state", "dead")[1:] == ("", "no messages\n")
        lines = yizhan("jobs", "--limit", "2", "--json")[1].splitlines()
        assert [json.loads(line)["key"] for line in lines] == [key("ccc"), key("bb")]

    @pytest.mark.parametrize("content", ["[/b] [red]", ":smile: [link=x]", "a\nb", "<b>&"])
    def test_what_a_follower_wrote_is_shown_as_it_is(self, fill, yizhan, content):
        fill(content)
        code, out, _ = yizhan("jobs")
        assert code == 0
        assert content.split("\n")[0] in out

    def test_one_may_be_seen_whole(self, fill, yizhan):
        fill("hello")
        out = yizhan("jobs", "show", key("hello"))[1]
        assert "state      replied" in out
        assert '"Content": "hello"' in out

    def test_one_that_is_not_there_is_an_error(self, url, yizhan):
        for verb in ("show", "retry", "drop"):
            code, _, err = yizhan("jobs", verb, "nothing")
            assert code == 1
            assert "there is no message nothing" in err

    def test_an_unread_push_is_shown_with_its_reason_but_not_its_text(
        self, url, yizhan, monkeypatch
    ):
        monkeypatch.setenv("YIZHAN_APPID", wechat.APPID)

        async def send():
            account = wechat.account("safe", store=url)
            async with account.lifespan():
                await call(account.asgi, push("我的密码".encode(), "safe"))

        asyncio.run(send())
        (line,) = yizhan("jobs", "--state", "dead", "--json")[1].splitlines()
        job = json.loads(line)
        assert job["note"].startswith("xml_bad: ")
        shown = [yizhan("jobs")[1], yizhan("jobs", "show", job["key"])[1], line]
        assert "a push that could not be read, 12 bytes" in shown[0]
        assert "a body of 12 bytes, not shown" in shown[1]
        encoded = base64.b64encode("我的密码".encode()).decode()
        assert not any(text in out for out in shown for text in ("密码", encoded))
        assert yizhan("jobs", "retry", job["key"])[0] == 0
        assert json.loads(yizhan("jobs", "--json")[1])["state"] == "waiting"

    def test_a_listed_one_may_be_put_back(self, fill, yizhan):
        fill("never mind")
        (line,) = yizhan("jobs", "--state", "dead", "--json")[1].splitlines()
        assert yizhan("jobs", "retry", json.loads(line)["key"])[0] == 0
        assert yizhan("jobs", "--state", "dead")[1:] == ("", "no messages\n")

    def test_a_listed_one_may_be_dropped(self, fill, yizhan):
        fill("never mind")
        assert yizhan("jobs", "drop", key("never mind"), "--yes")[0] == 0
        assert yizhan("jobs")[1:] == ("", "no messages\n")

    def test_dropping_asks_first(self, fill, yizhan, monkeypatch):
        fill("never mind")
        monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
        assert yizhan("jobs", "drop", key("never mind"))[0] == 130
        assert key("never mind") in yizhan("jobs", "--json")[1]

    def test_a_replied_one_is_neither_put_back_nor_dropped(self, fill, yizhan):
        fill("hello")
        for verb in (["retry"], ["drop", "--yes"]):
            code, _, err = yizhan("jobs", *verb, key("hello"))
            assert code == 1
            assert "is replied: that cannot be done" in err


class TestStore:
    def test_its_counts_and_its_promise_are_told(self, fill, yizhan):
        fill("a", "bb")
        out = yizhan("store", "stats")[1]
        assert out.startswith("sqlite full: ")
        assert "replied               2" in out
        assert "followers             1" in out


class TestUsers:
    def test_what_is_kept_of_a_follower_is_erased(self, fill, yizhan):
        fill("a", "bb")
        out = yizhan("users", "forget", FAN, "--yes")[1]
        assert out == f"erased what was kept of {FAN} (2 messages)\n"
        assert yizhan("jobs")[1:] == ("", "no messages\n")
        assert "followers             0" in yizhan("store", "stats")[1]


@pytest.mark.parametrize(
    "arguments", [("jobs",), ("store", "stats"), ("users", "forget", FAN, "--yes")]
)
def test_a_memory_store_cannot_be_looked_into(yizhan, monkeypatch, arguments):
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_STORE", "memory://")
    code, _, err = yizhan(*arguments)
    assert code == 2
    assert "a memory store exists only in the bot's own process" in err


class TestRetryOfMany:
    """`jobs retry --state`: what never ends is dead once its bot has stopped."""

    def states(self, yizhan):
        return [json.loads(line)["state"] for line in yizhan("jobs", "--json")[1].splitlines()]

    def test_all_of_a_state_are_put_back(self, fill, yizhan):
        fill("welcome", "never")
        fill("never more")
        code, out, err = yizhan("jobs", "retry", "--state", "dead", "--yes")
        assert (code, out, err) == (0, "put back: 2\n", "")
        assert sorted(self.states(yizhan)) == ["replied", "waiting", "waiting"]

    def test_a_dry_run_shows_them_and_changes_nothing(self, fill, yizhan):
        fill("welcome", "never")
        code, out, err = yizhan("jobs", "retry", "--state", "dead", "--dry-run")
        assert (code, out.count("\n"), err) == (0, 1, "1 would be put back; nothing was changed\n")
        assert sorted(self.states(yizhan)) == ["dead", "replied"]

    @pytest.mark.parametrize(("since", "count"), [("0s", 0), ("90s", 1), ("2h", 1), ("7d", 1)])
    def test_those_listed_within_a_time(self, fill, yizhan, since, count):
        fill("never")
        err = yizhan("jobs", "retry", "--state", "dead", "--since", since, "--dry-run")[2]
        assert err.startswith(f"{count} would" if count else "no messages")

    def test_none_are_said_to_be_none(self, fill, yizhan):
        fill("hello")
        assert yizhan("jobs", "retry", "--state", "unknown") == (0, "", "no messages\n")

    @pytest.mark.parametrize(
        ("answer", "code", "state"), [("y\n", 0, "waiting"), ("n\n", 130, "dead")]
    )
    def test_a_person_is_asked_before(self, fill, yizhan, monkeypatch, answer, code, state):
        fill("never")
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        found, out, _ = yizhan("jobs", "retry", "--state", "dead")
        assert (found, "Put back 1 messages that are dead?" in out) == (code, True)
        assert self.states(yizhan) == [state]

    def test_what_was_put_back_meanwhile_is_told(self, fill, yizhan, monkeypatch):
        fill("never")
        fill("never more")
        put_back = retrying._put_back

        async def late(wholes, store):
            await put_back(wholes[:1], store)
            return await put_back(wholes, store)

        monkeypatch.setattr(retrying, "_put_back", late)
        code, out, err = yizhan("jobs", "retry", "--state", "dead", "--yes")
        assert (code, out) == (1, "put back: 1\n")
        assert err == "1 were not listed any more, and left as they are\n"

    @pytest.mark.parametrize(
        "words",
        [
            (),
            ("KEY", "--state", "dead"),
            ("KEY", "--since", "2h"),
            ("KEY", "--dry-run"),
            ("--since", "2h"),
            ("--state", "dead", "--since", "two hours"),
            ("--state", "replied"),
        ],
    )
    def test_what_does_not_fit_together_is_said(self, url, yizhan, words):
        code, out, err = yizhan("jobs", "retry", *words)
        assert (code, out) == (2, "")
        assert "Usage" in err

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_on_a_narrow_terminal_no_line_is_too_long(self, fill, language):
        fill("never")
        told = on_terminal("jobs", "retry", "--state", "dead", "--dry-run", language=language)
        assert [line for line in told.splitlines() if width_of(line) > 60] == []
