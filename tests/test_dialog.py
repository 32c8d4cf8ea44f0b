"""`ask` and `step` by themselves; how the engine plays them is in tests/inbox/test_dialog.py."""

import asyncio
import math

import pytest

from yizhan import messages
from yizhan.dialog import (
    Context,
    Dialog,
    Diverged,
    Entry,
    Suspended,
    answer_in,
    can_answer,
    load,
)
from yizhan.errors import DialogError

MESSAGE = messages.read({"MsgType": "text", "Content": "go"})


async def keep(name: str, value: bytes) -> bool:
    return True


def context(*entries: Entry, fresh: int = -1, keep_step=keep) -> Context:
    return Context(MESSAGE, list(entries), keep_step, fresh=fresh)


def asked(text: str, answer: str | None = None) -> Entry:
    return Entry("ask", text, answer if answer is None else f'"{answer}"')


class TestAsk:
    async def test_a_new_question_ends_the_run(self):
        here = context()
        with pytest.raises(Suspended) as suspended:
            await here.ask("Name?", timeout=60)
        assert (suspended.value.question, suspended.value.timeout) == ("Name?", 60)
        assert here.entries == [asked("Name?")]

    async def test_no_except_of_the_author_s_catches_it(self):
        with pytest.raises(Suspended):
            try:
                await context().ask("Name?")
            except Exception:
                pytest.fail("caught")

    async def test_an_answered_question_gives_its_answer(self):
        here = context(asked("Name?", "Ada"), asked("City?", "上海"))
        assert [await here.ask("Name?"), await here.ask("City?")] == ["Ada", "上海"]
        assert here.left == []

    @pytest.mark.parametrize("question", ["", "  \n", None, 42])
    async def test_a_question_is_a_text_that_is_not_blank(self, question):
        with pytest.raises(DialogError):
            await context().ask(question)


class TestCheck:
    @pytest.mark.parametrize(
        ("check", "taken"),
        [
            (lambda answer: None, "42"),
            (lambda answer: True, "42"),
            (str.isdigit, "42"),
            (int, 42),
            (lambda answer: [answer], ["42"]),
            (lambda answer: 0, 0),
            (lambda answer: "", ""),
        ],
    )
    async def test_what_it_returns_is_taken(self, check, taken):
        here = context(asked("Age?", "42"), fresh=0)
        assert await here.ask("Age?", check=check) == taken

    @pytest.mark.parametrize(
        ("check", "shown"),
        [(lambda answer: False, "Age?"), (int, "invalid literal"), (str.isdigit, "Age?")],
    )
    async def test_what_it_refuses_is_asked_again(self, check, shown):
        here = context(asked("Age?", "old"), fresh=0)
        with pytest.raises(Suspended) as suspended:
            await here.ask("Age?", check=check)
        assert shown in suspended.value.question
        assert suspended.value.question.endswith("Age?")
        assert here.entries == [asked("Age?")]

    async def test_it_is_called_once_and_its_result_remembered(self):
        calls = []

        def check(answer):
            calls.append(answer)
            return int(answer)

        here = context(asked("Age?", "42"), fresh=0)
        await here.ask("Age?", check=check)
        with pytest.raises(Suspended):
            await here.ask("City?")
        again = context(here.entries[0], asked("City?", "上海"), fresh=1)
        assert await again.ask("Age?", check=check) == 42
        assert calls == ["42"]

    async def test_an_answer_accepted_once_is_not_refused_in_a_replay(self):
        here = context(asked("Code?", "1234"), asked("City?", "上海"), fresh=1)
        assert await here.ask("Code?", check=lambda answer: False) == "1234"

    async def test_a_result_that_is_no_json_is_the_author_s_error(self):
        with pytest.raises(DialogError, match="Age"):
            await context(asked("Age?", "4"), fresh=0).ask("Age?", check=lambda answer: object())


class TestStep:
    async def test_its_result_is_kept_before_the_handler_goes_on(self):
        kept = []

        async def keep(name, value):
            kept.append((name, value))
            return True

        here = context(asked("Sure?", "yes"), keep_step=keep)
        await here.ask("Sure?")
        assert await here.step("charge", lambda: {"id": 7}) == {"id": 7}
        assert kept == [("1:charge", b'{"id":7}')]
        assert here.entries[1] == Entry("step", "charge", '{"id":7}')

    async def test_it_may_be_a_coroutine(self):
        async def charge():
            return 7

        assert await context().step("charge", charge) == 7

    async def test_it_runs_once_however_often_the_handler_is_replayed(self):
        here = context(Entry("step", "charge", "7"))
        assert await here.step("charge", lambda: pytest.fail("ran again")) == 7

    async def test_one_without_a_result_is_remembered_too(self):
        here = context()
        assert await here.step("mail", lambda: None) is None
        again = context(*here.entries)
        assert await again.step("mail", lambda: pytest.fail("ran again")) is None

    @pytest.mark.parametrize("result", [object(), {1, 2}, (1, 2), math.nan, {1: "a"}, b"bytes"])
    async def test_a_result_that_would_come_back_as_another_is_the_author_s_error(self, result):
        with pytest.raises(DialogError, match="charge"):
            await context().step("charge", lambda: result)

    async def test_one_of_a_message_that_another_process_took_is_an_error(self):
        async def lost(name, value):
            return False

        with pytest.raises(DialogError, match="another process"):
            await context(keep_step=lost).step("charge", lambda: 7)

    async def test_steps_begun_together_keep_their_places(self):
        async def slow():
            await asyncio.sleep(0)
            return "slow"

        async def quick():
            return "quick"

        here = context()
        results = await asyncio.gather(here.step("a", slow), here.step("b", quick))
        assert results == ["slow", "quick"]
        assert [entry.value for entry in here.entries] == ['"slow"', '"quick"']


@pytest.mark.parametrize(
    ("remembered", "expected", "found"),
    [
        (asked("Name?", "Ada"), "ask 'Name?'", "ask 'City?'"),
        (Entry("step", "charge", "7"), "step 'charge'", "ask 'City?'"),
    ],
)
async def test_another_way_than_remembered_has_diverged(remembered, expected, found):
    with pytest.raises(Diverged) as diverged:
        await context(remembered).ask("City?")
    assert (diverged.value.expected, diverged.value.found) == (expected, found)


async def test_a_renamed_step_has_diverged():
    with pytest.raises(Diverged):
        await context(Entry("step", "charge", "7")).step("pay", lambda: 8)


async def test_what_was_not_come_to_is_left():
    here = context(asked("Name?", "Ada"), asked("City?", "上海"))
    await here.ask("Name?")
    assert here.left == [asked("City?", "上海")]


def test_a_dialog_is_kept_as_json():
    dialog = Dialog({"MsgType": "text"}, "survey", [asked("Name?")], 60.0, b"before", None)
    assert load(dialog.dump()) == dialog


def test_an_answer_closes_the_open_question_only():
    dialog = Dialog({}, "survey", [asked("Name?", "Ada"), asked("City?")], 60.0)
    answered = dialog.answered("上海")
    assert (dialog.question, answered.entries[1]) == ("City?", asked("City?", "上海"))
    assert dialog.entries[1] == asked("City?")


@pytest.mark.parametrize(
    ("now", "replayed"), [(b"after", b"before"), (b"changed since", b"changed since"), (None, None)]
)
def test_a_replay_begins_with_the_session_of_its_beginning_unless_it_was_changed(now, replayed):
    dialog = Dialog({}, "survey", [], 60.0, before=b"before", after=b"after")
    assert dialog.session(now) == replayed


@pytest.mark.parametrize(
    ("fields", "answer", "can"),
    [
        ({"MsgType": "text", "Content": "Ada"}, "Ada", True),
        ({"MsgType": "voice", "Recognition": "Ada"}, "Ada", True),
        ({"MsgType": "voice"}, None, True),
        ({"MsgType": "image"}, None, True),
        ({"MsgType": "event", "Event": "CLICK"}, None, False),
    ],
)
def test_texts_and_recognized_voices_are_answers(fields, answer, can):
    message = messages.read(fields)
    assert (answer_in(message), can_answer(message)) == (answer, can)
