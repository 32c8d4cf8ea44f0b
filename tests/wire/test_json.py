import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.errors import Refused
from yizhan.wire.json import read
from yizhan.wire.xml import HEADERS, MAX_DEPTH, MAX_ELEMENTS, Value


def refusal(body: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(body)
    assert caught.value.detail
    return caught.value.reason


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ('"你好"', "你好"),
        ("1764000000", "1764000000"),
        ("24900000000000001", "24900000000000001"),
        ("31.230416", "31.230416"),
        ("-1e5", "-1e5"),
        ("true", "true"),
        ("false", "false"),
        ("null", None),
        ('""', None),
        ("[]", []),
        ('[1, "a", null, {"b": true}]', ["1", "a", None, {"b": "true"}]),
        ('{"b": {"c": 1}}', {"b": {"c": "1"}}),
    ],
)
def test_values_become_those_of_the_xml(sent: str, value: Value):
    assert read(f'{{"A": {sent}}}'.encode()) == ({"A": value}, False)


def test_a_byte_order_mark_and_blanks_are_let_in():
    assert read(b'\xef\xbb\xbf {"A": "x"}\n') == ({"A": "x"}, False)


@pytest.mark.parametrize("escape", ["\\u0000", "\\u001f", "\\ud800", "\\udfff", "\\uffff"])
def test_forbidden_characters_are_replaced(escape: str):
    assert read(f'{{"A": "a{escape}b"}}'.encode()) == ({"A": "a\ufffdb"}, True)
    assert read(f'{{"{escape}": 1}}'.encode()) == ({"\ufffd": "1"}, True)


@pytest.mark.parametrize("byte", [b"\x00", b"\x1f", b"\xff", b"\xe4\xbd"])
def test_so_are_bare_controls_and_bytes_that_are_no_utf_8(byte: bytes):
    assert read(b'{"A": "a' + byte + b'b"}') == ({"A": "a\ufffdb"}, True)
    assert read(b'\xef\xbb\xbf{"A": "a' + byte + b'"}') == ({"A": "a\ufffd"}, True)


def test_a_bare_line_break_is_legal_text():
    assert read(b'{"A": "a\r\n\tb"}') == ({"A": "a\r\n\tb"}, False)


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


def wide(values: int) -> bytes:
    return json.dumps({"a": [1] * (values - 2)}).encode()


@pytest.mark.parametrize("body", [nested(MAX_DEPTH - 1), wide(MAX_ELEMENTS)])
def test_the_limits_themselves_are_let_in(body: bytes):
    read(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"1",
        b"null",
        b'{"A": 1} {}',
        b"{'A': 1}",
        b'{"A": NaN}',
        b'{"A": Infinity}',
        b'{"A":\x01"x"}',
        b'{"A":\xff"x"}',
        b'\xff{"A": "x"}',
        '{"A": 1}'.encode("utf-16"),
        nested(MAX_DEPTH),
        b'{"a":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}",
        b'{"a":' * 100_000,
        b"[" * 100_000,
        wide(MAX_ELEMENTS + 1),
    ],
)
def test_what_is_no_push_is_refused(body: bytes):
    assert refusal(body) == "xml_bad"


@pytest.mark.parametrize("name", sorted(HEADERS))
@pytest.mark.parametrize(
    "shape", ['"{0}": 1, "{0}": 2', '"{0}": [1]', '"{0}": {{}}', '"B": {{"{0}": 1}}', '"{0}": []']
)
def test_a_header_field_twice_or_nested_is_refused(name: str, shape: str):
    assert refusal(("{" + shape.format(name) + "}").encode()) == "xml_bad"


def test_of_another_field_that_comes_twice_the_last_counts():
    assert read(b'{"A": 1, "A": 2}') == ({"A": "2"}, False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.dictionaries(st.text(max_size=5), JSON).map(json.dumps).map(str.encode) | st.binary())
def test_nothing_but_a_refusal_comes_of_anything(body: bytes):
    try:
        fields, _ = read(body)
    except Refused as refused:
        assert refused.reason == "xml_bad"
    else:
        assert isinstance(fields, dict)
