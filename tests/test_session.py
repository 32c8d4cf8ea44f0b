import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from yizhan.errors import SessionError
from yizhan.session import Session

TTL = 60.0
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def kept(data, now=0.0):
    session = Session(None, now)
    session.update(data)
    return session.outcome(TTL)


@given(st.dictionaries(TEXTS, JSON, min_size=1, max_size=3))
def test_a_session_comes_back_as_it_was(data):
    assert Session(kept(data)) == data


def test_a_session_is_a_mapping():
    session = Session()
    session["n"] = session.get("n", 0) + 1
    session.setdefault("list", []).append("a")
    assert dict(session) == {"n": 1, "list": ["a"]}
    assert "n" in session
    del session["n"]
    assert list(session) == ["list"]
    assert session.pop("list") == ["a"]
    assert len(session) == 0


def test_a_missing_key_is_a_key_error():
    with pytest.raises(KeyError):
        Session()["n"]


def test_a_change_deep_inside_is_kept():
    session = Session(kept({"cart": {"items": ["tea"]}}))
    session["cart"]["items"].append("rice")
    assert Session(session.outcome(TTL))["cart"] == {"items": ["tea", "rice"]}


def test_what_was_never_used_is_not_written():
    assert Session().outcome(TTL) is UNSET
    assert Session(kept({"n": 1})).outcome(TTL) is UNSET


def test_what_was_empty_and_stays_so_is_not_written():
    session = Session()
    assert session.get("n") is None
    assert session.outcome(TTL) is UNSET


def test_an_emptied_session_is_erased():
    session = Session(kept({"n": 1}))
    session.clear()
    assert session.outcome(TTL) is None


@pytest.mark.parametrize(("now", "there"), [(59.9, True), (60.0, False), (1e9, False)])
def test_a_session_ends_when_nobody_uses_it_for_long(now, there):
    assert ("n" in Session(kept({"n": 1}), now)) == there


def test_using_a_session_prolongs_it():
    session = Session(kept({"n": 1}, now=0.0), now=50.0)
    assert session["n"] == 1
    assert "n" in Session(session.outcome(TTL), now=100.0)


CHANGES = {
    "nothing": (lambda session: None, False),
    "a value again": (lambda session: session.update(n=1), False),
    "another value": (lambda session: session.update(n=2), True),
    "an equal value of another type": (lambda session: session.update(n=True), True),
    "deep inside": (lambda session: session["cart"].append("rice"), True),
    "a key gone": (lambda session: session.pop("n"), True),
}


@pytest.mark.parametrize(("change", "written"), CHANGES.values(), ids=CHANGES)
def test_what_was_read_is_written_if_it_changed(change, written):
    session = Session(kept({"n": 1, "cart": ["tea"]}), now=0.1)
    assert session["n"] == 1
    change(session)
    assert (session.outcome(TTL) is not UNSET) == written


@pytest.mark.parametrize(("now", "written"), [(0.0, False), (0.59, False), (0.6, True)])
def test_what_did_not_change_is_prolonged_after_a_hundredth_of_its_time(now, written):
    session = Session(kept({"n": 1}), now)
    assert session["n"] == 1
    assert (session.outcome(TTL) is not UNSET) == written


def test_what_was_left_is_refused_where_it_is_no_json_though_little_time_has_gone():
    session = Session(kept({"n": 1}), now=0.1)
    session["n"] = object()
    with pytest.raises(SessionError, match="n"):
        session.outcome(TTL)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"a": {1, 2}}, "session['a'] is not a JSON value (set)"),
        ({"a": (1, 2)}, "session['a'] is not a JSON value (tuple)"),
        ({"a": b"bytes"}, "session['a'] is not a JSON value (bytes)"),
        ({"a": [0, {"b": object()}]}, "session['a'][1]['b'] is not a JSON value (object)"),
        ({"a": math.nan}, "session['a'] is not a JSON value (float)"),
        ({"a": [math.inf]}, "session['a'][0] is not a JSON value (float)"),
        ({1: "a"}, "a key of session must be a string, not int"),
        ({"a": {None: 1}}, "a key of session['a'] must be a string, not NoneType"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(data, problem):
    with pytest.raises(SessionError) as caught:
        kept(data)
    assert str(caught.value).startswith(problem)


def test_repr_shows_nothing_of_a_follower():
    assert repr(Session(kept({"phone": "13800000000"}))) == "Session(1 keys)"
