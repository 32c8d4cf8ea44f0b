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


def context(*entries: Entry, keep_step=keep, tap: bool = True) -> Context:
    return Context(MESSAGE, list(entries), keep_step, tap=tap)


def asked(text: str, answer: str | None = None, *, fresh: bool = False) -> Entry:
    return Entry("ask", text, answer if answer is None else f'"{answer}"', fresh=fresh)


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
        here = context(asked("Age?", "42", fresh=True))
        assert await here.ask("Age?", check=check) == taken

    @pytest.mark.parametrize(
        ("check", "shown"),
        [(lambda answer: False, "Age?"), (int, "invalid literal"), (str.isdigit, "Age?")],
    )
    async def test_what_it_refuses_is_asked_again(self, check, shown):
        here = context(asked("Age?", "old", fresh=True))
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

        here = context(asked("Age?", "42", fresh=True))
        await here.ask("Age?", check=check)
        with pytest.raises(Suspended):
            await here.ask("City?")
        again = context(here.entries[0], asked("City?", "上海", fresh=True))
        assert await again.ask("Age?", check=check) == 42
        assert calls == ["42"]

    async def test_an_answer_accepted_once_is_not_refused_in_a_replay(self):
        here = context(asked("Code?", "1234"), asked("City?", "上海", fresh=True))
        assert await here.ask("Code?", check=lambda answer: False) == "1234"

    async def test_a_result_that_is_no_json_is_the_author_s_error(self):
        with pytest.raises(DialogError, match="Age"):
            await context(asked("Age?", "4", fresh=True)).ask("Age?", check=lambda answer: object())


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


class TestChanged:
    """A handler that was changed since its dialog began."""

    async def test_a_question_that_was_added_is_asked(self):
        here = context(asked("City?", "上海"))
        with pytest.raises(Suspended, match=r"Name\?"):
            await here.ask("Name?")
        here = context(*here.entries[:1], asked("Name?", "Ada"))
        assert [await here.ask("Name?"), await here.ask("City?")] == ["Ada", "上海"]

    async def test_questions_may_change_places(self):
        here = context(asked("Name?", "Ada"), Entry("step", "charge", "7"), asked("City?", "上海"))
        assert await here.ask("City?") == "上海"
        assert await here.ask("Name?") == "Ada"
        assert await here.step("charge", lambda: pytest.fail("again")) == 7

    async def test_the_words_of_a_question_with_a_name_may_change(self):
        entry = Entry("ask", "Name?", '"Ada"', name="name")
        assert await context(entry).ask("Your name, please?", name="name") == "Ada"

    async def test_questions_of_one_name_are_told_apart_by_their_number(self):
        here = context(asked("More?", "a"), asked("More?", "b"))
        assert [await here.ask("More?"), await here.ask("More?")] == ["a", "b"]
        with pytest.raises(Suspended):
            await here.ask("More?")

    @pytest.mark.parametrize(
        ("remembered", "comes", "told"),
        [
            (
                Entry("step", "City?", "7"),
                lambda here: here.ask("City?"),
                ("step 'City?'", "ask 'City?'"),
            ),
            (
                asked("charge", "Ada"),
                lambda here: here.step("charge", lambda: 8),
                ("ask 'charge'", "step 'charge'"),
            ),
        ],
    )
    async def test_another_kind_under_a_name_has_diverged(self, remembered, comes, told):
        with pytest.raises(Diverged) as diverged:
            await comes(context(remembered))
        assert (diverged.value.expected, diverged.value.found) == told

    async def test_an_answer_is_checked_when_it_is_come_to_however_late(self):
        def check(answer):
            raise ValueError(f"not {answer}")

        here = context(asked("City?", "上海", fresh=True))
        with pytest.raises(Suspended, match=r"Name\?"):
            await here.ask("Name?")
        here = context(here.entries[0], asked("Name?", "Ada"))
        await here.ask("Name?")
        with pytest.raises(Suspended, match="not 上海"):
            await here.ask("City?", check=check)


async def test_what_was_not_come_to_is_left():
    here = context(asked("Name?", "Ada"), asked("City?", "上海"))
    await here.ask("Name?")
    assert here.left == [asked("City?", "上海")]


def test_a_dialog_is_kept_as_json():
    dialog = Dialog({"MsgType": "text"}, "survey", [asked("Name?")], 60.0, b"before", None)
    assert load(dialog.dump()) == dialog


def test_an_answer_closes_the_open_question_only():
    dialog = Dialog({}, "survey", [asked("Name?", "Ada"), asked("City?")], 60.0)
    answered = dialog.answered(messages.read({"MsgType": "text", "Content": "上海"}))
    assert dialog.question == "City?"
    assert answered.entries[1] == asked("City?", "上海", fresh=True)
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
