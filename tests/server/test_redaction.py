import json
import sys
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from yizhan.server.redaction import MARK, RUN, WIDE_RUN, Hider
from yizhan.server.tracebacks import hidden_traceback

FORMS = {
    "plain": str,
    "repr": repr,
    "ascii": ascii,
    "json": json.dumps,
    "json in Chinese": lambda text: json.dumps(text, ensure_ascii=False),
    "bytes": lambda text: repr(text.encode()),
    "quoted": quote,
    "quoted with +": quote_plus,
    "quoted in lower case": lambda text: quote(text).lower(),
    "upper case": str.upper,
    "lower case": str.lower,
    "repr of repr": lambda text: repr(repr(text)),
    "repr of ascii": lambda text: repr(ascii(text)),
    "repr of bytes in a text": lambda text: repr(repr(text.encode())),
    "quoted JSON": lambda text: quote(json.dumps(text)),
    "quoted twice": lambda text: quote(quote(text)),
}
LETTERS = st.text(
    st.one_of(
        st.sampled_from("abcXYZ 019卡号密码我的ßéÃ©İ😀\\'\"%+uUx\n\t,;:-_./"),
        st.characters(exclude_categories=["Cs"], exclude_characters=MARK),
    ),
    max_size=30,
)


def runs(text):
    """What must not survive of a text."""
    for size in (RUN, WIDE_RUN):
        for start in range(len(text) - size + 1):
            run = text[start : start + size]
            # Folded, as it is looked for: "ß" is two ASCII letters then, which reveal nothing.
            if not run.isspace() and (size == RUN or min(run.casefold()) > "\x7f"):
                yield run


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@given(text=LETTERS, before=LETTERS, after=LETTERS)
@example(text="卡号6222", before="", after="")
@example(text="%41卡\\n号", before="\\", after="")
@example(text="Ã©", before="", after="")
@example(text="\x80ß", before="", after="")
@example(text="ßabc", before="", after="")
def test_no_run_of_the_message_survives(form, text, before, after):
    assume(MARK not in before + after)
    said = Hider([text])(f"{before} {form(text)} {after}")
    folded = said.casefold()
    for run in runs(text):
        assert run.casefold() not in folded
        for write in (form, repr, ascii):
            written = write(run).strip("'\"")
            written = written.removeprefix("b'").removeprefix('b"')
            if len(written) > len(run):
                assert written.casefold() not in folded


@given(text=LETTERS, said=LETTERS)
def test_what_the_message_does_not_have_stays(text, said):
    """Each letter that is left stood there before, in its order; without a common one, all do."""
    assume(MARK not in said)
    shown = Hider([text])(said)
    rest = iter(said)
    assert all(letter in rest for letter in shown if letter != MARK)
    if not set(text.casefold()) & set(said.casefold()) and not set(said) & set("\\%+"):
        assert shown == said


@pytest.mark.parametrize(
    ("texts", "said", "shown"),
    [
        (["卡号6222"], "invalid literal for int() with base 10: '卡号6222'", "… base 10: '…'"),
        (["卡号6222"], "the end is 6222, not 号6", "… is …, not 号6"),
        (["o"], "division by zero", "division by zero"),
        (["5"], "5 is not 15 nor '5' nor \"5\" nor `5`", "5 is not 15 nor '…' nor \"…\" nor `…`"),
        (["abc"], "abc 'abc' 'xabc'", "abc '…' 'xabc'"),
        (["abc"], "ABC 'ABC'", "ABC '…'"),
        ([" ab "], "'ab' ' ab '", "'…' '…'"),
        (["好"], "好 '好' '\\u597d' b'\\xe5\\xa5\\xbd'", "好 '…' '…' b'…'"),
        (["a好"], "a好 'a好'", "a好 '…'"),
        (["it's"], 'no "it\'s"', 'no "…"'),
        (["    "], "a    b", "a    b"),
        (["Passwort"], "PASSWORT passwort", "… …"),
        (["straße"], "STRASSE", "…"),
        (["one", "two"], "'one' 'two' one", "'…' '…' one"),
        ([], "anything", "anything"),
        (["anything"], "", ""),
    ],
)
def test_what_is_shown(texts, said, shown):
    hidden = Hider(texts)(said)
    if shown.startswith("… "):
        assert hidden.endswith(shown[1:])
    else:
        assert hidden == shown


def test_a_name_is_hidden_where_it_stands_whole():
    hide = Hider([], ["oFanNumber1"])
    assert hide("no ofannumber1, but oFanNumber") == "no …, but oFanNumber"


def operations(work):
    """How many of Python's instructions this takes."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


SIZE = 400
GROWN = 8
LONG = {
    "the same letter": lambda size: ("a" * size, "a" * size),
    "a huge message": lambda size: ("卡号" * size, "'卡号'"),
    "a huge error": lambda size: ("卡号6222", "卡号 6222 " * size),
    "escapes": lambda size: ("卡" * size, ascii("卡" * size)),
    "bytes": lambda size: ("卡" * size, repr(("卡" * size).encode())),
    "percents": lambda size: ("a%" * size, "%25" * size),
    "backslashes": lambda size: ("\\" * size, "\\" * size),
    "quotes": lambda size: ("ab", "'" * size),
}


@pytest.mark.parametrize("long", LONG.values(), ids=LONG)
def test_the_time_it_takes_is_linear(long):
    def cost(size):
        text, said = long(size)
        return operations(lambda: Hider([text])(said))

    assert cost(GROWN * SIZE) < 1.2 * GROWN * cost(SIZE) + 1000


def test_an_error_with_many_parts_takes_linear_time():
    def cost(size):
        many = ExceptionGroup("several", [ValueError("卡号6222")] * size)
        hide = Hider(["卡号6222" * size])
        return operations(lambda: hidden_traceback(many, hide))

    assert cost(GROWN * 50) < 1.2 * GROWN * cost(50) + 1000
