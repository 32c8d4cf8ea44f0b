from collections.abc import Mapping
from types import MappingProxyType

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from wire.test_xml_parse import NAMES, TEXT
from yizhan.wire.xml import parse, unparse

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.text(max_size=5), st.binary()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(NAMES, NAMES.map("@{}".format), st.just("#text")), inner, max_size=4
        ),
    ),
    max_leaves=10,
)
LEAVES = st.recursive(
    TEXT.map(lambda text: text.strip() or None),
    lambda inner: st.dictionaries(
        NAMES, st.one_of(inner, st.lists(inner, min_size=2, max_size=3)), min_size=1, max_size=4
    ),
    max_leaves=10,
)


@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=1), st.booleans())
def test_writes_what_xmltodict_writes(mapping: dict[str, object], pretty: bool):
    try:
        expected = xmltodict.unparse(mapping, pretty=pretty)
    except ValueError:
        with pytest.raises(ValueError, match="exactly one root"):
            unparse(mapping, pretty)
    else:
        assert unparse(mapping, pretty) == expected


@given(LEAVES, st.booleans())
def test_what_was_written_reads_as_it_was(value: object, pretty: bool):
    assert parse(unparse({"xml": value}, pretty)) == {"xml": value}


@pytest.mark.parametrize(
    ("value", "inner"),
    [
        (None, ""),
        ("", ""),
        ("a<&>\"'b", "a&lt;&amp;&gt;\"'b"),
        ({"A": "x", "B": None}, "<A>x</A><B></B>"),
        ({"A": ["x", "y", None]}, "<A>x</A><A>y</A><A></A>"),
        ({"A": ("x", "y")}, "<A>x</A><A>y</A>"),
        ({"A": []}, ""),
        (
            {"A": 1, "B": 1.5, "C": True, "D": False, "E": b"x"},
            "<A>1</A><B>1.5</B><C>true</C><D>false</D><E>x</E>",
        ),
        ({"A": {"@b": 'c"<', "@n": None, "#text": 1}}, '<A b=\'c"&lt;\' n="">1</A>'),
        ({"#text": None, "A": "x"}, "<A>x</A>"),
    ],
)
def test_writes_each_kind_of_value(value: object, inner: str):
    document = f'<?xml version="1.0" encoding="utf-8"?>\n<xml>{inner}</xml>'
    assert unparse({"xml": value}) == document == xmltodict.unparse({"xml": value})


def test_pretty_indents_by_tabs():
    mapping = {"xml": {"A": "x", "B": {"C": ["1", "2"]}, "D": None}}
    assert unparse(mapping, pretty=True).splitlines() == [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<xml>",
        "\t<A>x</A>",
        "\t<B>",
        "\t\t<C>1</C>",
        "\t\t<C>2</C>",
        "\t</B>",
        "\t<D></D>",
        "</xml>",
    ]
    assert unparse(mapping, pretty=True) == xmltodict.unparse(mapping, pretty=True)


def test_any_mapping_will_do():
    assert unparse(MappingProxyType({"xml": MappingProxyType({"A": "x"})})) == unparse(
        {"xml": {"A": "x"}}
    )


@pytest.mark.parametrize(
    "mapping",
    [
        {},
        {"a": "1", "b": "2"},
        {"a": ["1", "2"]},
        {"": "1"},
        {"a b": "1"},
        {"a>": "1"},
        {"?a": "1"},
        {"!a": "1"},
        {"a": {"b/": "1"}},
        {"a": {"@b=": "1"}},
        {"a": {"@": "1"}},
    ],
)
def test_what_would_be_no_document_is_refused(mapping: Mapping[str, object]):
    with pytest.raises(ValueError, match=r"root|name"):
        unparse(mapping)
