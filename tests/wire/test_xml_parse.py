from xml.parsers.expat import ExpatError

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from yizhan.wire.xml import Raw, Value, as_list, cdata, parse

BLANKS = st.text("\n\t ", max_size=3)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,8}", fullmatch=True)
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t", max_codepoint=0x1FFFF)
    .filter(lambda char: char not in "\ufffe\uffff")
    .filter(lambda char: ord(char) & 0xFFFE != 0xFFFE),
    max_size=12,
)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    name = draw(NAMES)
    attribute = draw(st.sampled_from(["", ' a="1"', " b='x &amp; y' c=\"\""]))
    parts = st.one_of(
        TEXT.map(escaped),
        TEXT.map(cdata),
        BLANKS,
        st.just("<!-- a comment -->"),
        *([elements(depth=depth - 1)] * 2 if depth else []),
    )
    inner = "".join(draw(st.lists(parts, max_size=4)))
    return f"<{name}{attribute}>{inner}</{name}>"


def stripped(value: Value) -> Value:
    """The tree with the blanks around leaves taken off, as xmltodict does."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, dict):
        return {name: v if name[0] == "@" else stripped(v) for name, v in value.items()}
    return [stripped(each) for each in value] if isinstance(value, list) else None


@given(elements())
def test_reads_what_xmltodict_reads_but_for_blanks_around_leaves(document: str):
    assert stripped(parse(document)) == xmltodict.parse(document)


@given(st.dictionaries(NAMES, TEXT, max_size=6), BLANKS)
def test_the_usual_push_reads_alike_with_and_without_expat(leaves: dict[str, str], blank: str):
    inner = "".join(f"{blank}<{name}>{cdata(text)}</{name}>" for name, text in leaves.items())
    flat = f"<xml>{inner}{blank}</xml>"
    assert parse(flat) == parse("<?xml version='1.0'?>" + flat)


@given(TEXT, st.sampled_from(["", "]]>", "]", "<", "&amp;"]))
def test_any_text_survives_cdata(text: str, tail: str):
    assert parse(f"<a>{cdata(text + tail)}</a>") == {"a": text + tail or None}


@pytest.mark.parametrize(
    ("document", "tree"),
    [
        ("<xml><A><![CDATA[x]]></A><B>1</B></xml>", {"xml": {"A": "x", "B": "1"}}),
        ("<xml><A></A><B/><C><![CDATA[]]></C></xml>", {"xml": {"A": None, "B": None, "C": None}}),
        ("<xml><A>1</A><A>2</A><A>3</A></xml>", {"xml": {"A": ["1", "2", "3"]}}),
        ("<xml><A>1</A><B/><A/></xml>", {"xml": {"A": ["1", None], "B": None}}),
        ("<xml><A><B>1</B></A></xml>", {"xml": {"A": {"B": "1"}}}),
        ("<xml> <A> <B>1</B> </A> </xml>", {"xml": {"A": {"B": "1"}}}),
        ("<xml><A b='1'>x</A></xml>", {"xml": {"A": {"@b": "1", "#text": "x"}}}),
        ("<xml> * <A>x</A> * </xml>", {"xml": {"A": "x", "#text": "*  *"}}),
        ("<xml><A>a&amp;&lt;&#65;&#x4f60;</A></xml>", {"xml": {"A": "a&<A你"}}),
        ("<xml><A>a<!-- b -->c</A></xml>", {"xml": {"A": "ac"}}),
        ("<xml><A>a<![CDATA[b]]>c</A></xml>", {"xml": {"A": "abc"}}),
        ("<A>x</A>", {"A": "x"}),
        ("<A/>", {"A": None}),
        ("<xml/>", {"xml": None}),
        ("<xml></xml>", {"xml": None}),
        ("\ufeff<xml><A>x</A></xml>", {"xml": {"A": "x"}}),
        ("<?xml version='1.0' encoding='utf-8'?><xml><A>x</A></xml>", {"xml": {"A": "x"}}),
        ("<xml>\r\n<A>a\r\nb</A></xml>", {"xml": {"A": "a\nb"}}),
        ("<xml><A><![CDATA[a\r\nb\rc]]></A></xml>", {"xml": {"A": "a\nb\nc"}}),
    ],
)
def test_reads_as_xmltodict_does(document: str, tree: Raw):
    assert parse(document) == parse(document.encode()) == tree == xmltodict.parse(document)


@pytest.mark.parametrize(
    ("leaf", "text"),
    [
        ("<![CDATA[ x ]]>", " x "),
        ("<![CDATA[\n]]>", "\n"),
        ("<![CDATA[ ]]><![CDATA[]]>", " "),
        (" x ", " x "),
        (" \n ", None),
        ("\n <![CDATA[x]]>\n", "x"),
        ("\n <![CDATA[ x ]]>\n", " x "),
        ("\n <![CDATA[ ]]>\n", " "),
        (" a<![CDATA[b]]>c ", " abc "),
        ("<![CDATA[a]]> <![CDATA[b]]> ", "a b"),
        ("<![CDATA[]]> <![CDATA[x]]>", "x"),
        (" &#32; ", None),
    ],
)
def test_blanks_of_a_text_are_kept_and_those_of_the_layout_are_not(leaf: str, text: str | None):
    assert parse(f"<xml><A>{leaf}</A></xml>") == {"xml": {"A": text}}


def test_blanks_beside_children_or_attributes_go_as_in_xmltodict():
    document = "<xml><A b='1'> <![CDATA[ x ]]> </A><B> y <C/> z </B></xml>"
    assert parse(document) == xmltodict.parse(document)


@pytest.mark.parametrize(
    "bad", ["", "x", "<xml>", "<xml></XML>", "<a/><b/>", "<1a/>", b"<a>\xff</a>"]
)
def test_what_is_no_xml_raises_as_expat_does(bad: str | bytes):
    with pytest.raises(ExpatError):
        parse(bad)


def test_a_declared_entity_raises_as_in_xmltodict():
    document = "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    for read in (parse, xmltodict.parse):
        with pytest.raises(ValueError, match="entities are disabled"):
            read(document)


@pytest.mark.parametrize(
    ("value", "items"),
    [
        (None, []),
        ("a", ["a"]),
        ({"b": "c"}, [{"b": "c"}]),
        (["a", None], ["a", None]),
        ([], []),
    ],
)
def test_as_list_gives_a_list_however_often_the_element_came(value: Value, items: list[Value]):
    assert as_list(value) == items


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("你好", "<![CDATA[你好]]>"),
        ("", "<![CDATA[]]>"),
        ("a]]>b", "<![CDATA[a]]]]><![CDATA[>b]]>"),
        ("]]>]]>", "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>"),
        ("a\x00\x08\x0b\x0c\x1fb\t\n\r", "<![CDATA[ab\t\n\r]]>"),
        ("a\ud800\udfff\ufffe\uffffb", "<![CDATA[ab]]>"),
        ("]]\x00>", "<![CDATA[]]]]><![CDATA[>]]>"),
        ("😀\x7f\x85", "<![CDATA[😀\x7f\x85]]>"),
    ],
)
def test_cdata_is_split_and_cleaned(text: str, written: str):
    assert cdata(text) == written
