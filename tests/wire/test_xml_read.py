import pytest
import xmltodict
from hypothesis import example, given
from hypothesis import strategies as st

from yizhan.errors import Refused
from yizhan.wire.xml import HEADERS, MAX_DEPTH, MAX_ELEMENTS, Value, read

DECLARED = b"<?xml version='1.0'?>"


def leaf(content: bytes) -> bytes:
    return b"<xml><A>" + content + b"</A></xml>"


def nested(depth: int) -> bytes:
    return b"<xml>" + b"<a>" * (depth - 1) + b"</a>" * (depth - 1) + b"</xml>"


def wide(elements: int, name: str = "a") -> bytes:
    return f"<xml>{f'<{name}/>' * (elements - 1)}</xml>".encode()


def distinct(elements: int) -> bytes:
    return f"<xml>{''.join(f'<a{n}></a{n}>' for n in range(elements - 1))}</xml>".encode()


def refusal(body: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read(body)
    assert caught.value.authenticated is False
    return caught.value.reason, caught.value.detail


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE xml><xml><A/></xml>",
        b"<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><A>&a;</A></xml>",
        b"<!DOCTYPE xml SYSTEM 'http://localhost/x'><xml><A/></xml>",
        b"<!DOCTYPE xml [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><xml><A/></xml>",
        b"<!DOCTYPE xml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><xml><A>&b;</A></xml>",
        b"<xml><A>&unknown;</A></xml>",
        b"<xml><A b='&unknown;'/></xml>",
        b"<?php echo 1 ?><xml><A/></xml>",
        b"<xml><?php echo 1 ?><A/></xml>",
        b"<xml><A/></xml><?x y?>",
    ],
)
def test_doctypes_entities_and_instructions_are_refused(body: bytes):
    assert refusal(body)[0] == "xml_dtd"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<xml>",
        b"<xml><A></xml></A>",
        b"<xml><A/></xml><xml/>",
        b"<xml><A/></xml>tail",
        b"<xml><A b='1' b='2'/></xml>",
        b"<xml><A>a & b</A></xml>",
        b"<xml><A>]]></A></xml>",
        b"<xml><A><![CDATA[x</A></xml>",
        b"<xml><1>x</1></xml>",
        "<xml><a²>x</a²></xml>".encode(),
        b" <?xml version='1.0'?><xml><A/></xml>",
        b"<root><A/></root>",
        b"<XML><A/></XML>",
        b"<xml></xml>",
        b"<xml/>",
        b"<xml>text</xml>",
        b"\xff" + leaf(b"x"),
        b"<xml><\xff>x</\xff></xml>",
        b"<xml><A\xff>x</A></xml>",
        "<xml><A>x</A></xml>".encode("utf-16"),
        *("<xml><A>x</A></xml>".encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32")),
        "\ufeff<xml><A>x</A></xml>".encode("utf-16-be"),
        b"<?xml version='1.0' encoding='gbk'?><xml><A/></xml>",
        b"<?xml version='1.0' encoding='utf-16'?><xml><A/></xml>",
        b"<?xml version='1.0' encoding='iso-8859-1'?><xml><A/></xml>",
        nested(MAX_DEPTH + 1),
        wide(MAX_ELEMENTS + 1),
        distinct(MAX_ELEMENTS + 1),
    ],
)
def test_what_is_no_push_is_refused(body: bytes):
    reason, detail = refusal(body)
    assert reason == "xml_bad"
    assert detail


@pytest.mark.parametrize("name", sorted(HEADERS))
@pytest.mark.parametrize(
    "shape",
    [
        "<{0}>a</{0}><{0}>b</{0}>",
        "<{0}/><B/><{0}/>",
        "<{0}><B>x</B></{0}>",
        "<{0} b='1'>x</{0}>",
        "<B><{0}>x</{0}></B>",
        "<B><C><{0}/></C></B>",
        "<B/><B><C/><C><{0}/></C></B>",
    ],
)
def test_a_header_field_twice_or_nested_is_refused(name: str, shape: str):
    assert refusal(f"<xml>{shape.format(name)}</xml>".encode())[0] == "xml_bad"


def test_other_fields_may_repeat_and_nest():
    body = b"<xml><A>1</A><A>2</A><B><item><C/></item><item>3</item></B></xml>"
    fields = {"A": ["1", "2"], "B": {"item": [{"C": None}, "3"]}}
    assert read(body) == (fields, False)


@pytest.mark.parametrize("body", [nested(MAX_DEPTH), wide(MAX_ELEMENTS), distinct(MAX_ELEMENTS)])
def test_the_limits_themselves_are_let_in(body: bytes):
    assert read(body) == (xmltodict.parse(body)["xml"], False)


@pytest.mark.parametrize(
    "head",
    [
        b"\xef\xbb\xbf",
        DECLARED,
        b"\xef\xbb\xbf" + DECLARED,
        b"<?xml version='1.0' encoding='UTF-8'?>",
        b"<?xml version='1.0' encoding='utf8'?>",
        b"<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n",
        b"<!-- a comment -->",
        b"\n ",
    ],
)
def test_a_byte_order_mark_a_declaration_and_comments_are_let_in(head: bytes):
    assert read(head + leaf("你好".encode())) == ({"A": "你好"}, False)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("你好😀", "你好😀"),
        ("a &amp; &lt;b&gt; &quot;&apos;", "a & <b> \"'"),
        ("&#20320;&#x597D;&#x1F600;&#9;", "你好😀\t"),
        ("<![CDATA[<?php ?> <!DOCTYPE x> &a; &#0;]]>", "<?php ?> <!DOCTYPE x> &a; &#0;"),
        ("<![CDATA[[微笑] ]] > x]]>", "[微笑] ]] > x"),
        ("\x7f\x85\u2028", "\x7f\x85\u2028"),
        ("\ufffd", "\ufffd"),
    ],
)
def test_legal_text_is_left_alone(content: str, text: str):
    assert read(leaf(content.encode())) == ({"A": text}, False)


FORBIDDEN = [
    *(bytes([code]) for code in range(32) if code not in (9, 10, 13)),
    *(b"\xed\xa0\x80", b"\xed\xaf\xbf", b"\xed\xb0\x80", b"\xed\xbf\xbf"),
    *(b"\xef\xbf\xbe", b"\xef\xbf\xbf"),
]


@pytest.mark.parametrize("char", FORBIDDEN)
@pytest.mark.parametrize("around", [b"a%sb", b"<![CDATA[a%sb]]>"])
@pytest.mark.parametrize("head", [b"", DECLARED])
def test_a_forbidden_character_is_replaced(char: bytes, around: bytes, head: bytes):
    assert read(head + leaf(around % char)) == ({"A": "a\ufffdb"}, True)


@pytest.mark.parametrize(
    ("sent", "read_as"),
    [
        (b"\xff", "\ufffd"),
        (b"\xc0\x80", "\ufffd\ufffd"),
        (b"\xc0\xbc/A>", "\ufffd\ufffd/A>"),
        (b"\xe4\xbd", "\ufffd"),
        (b"\xed\xa0", "\ufffd\ufffd"),
        (b"\xf5\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd"),
        (b"\x01\xff\xef\xbf\xbf", "\ufffd\ufffd\ufffd"),
        ("好".encode() + b"\xe4", "好\ufffd"),
        ("你好".encode("gbk"), "\ufffd\ufffd\ufffd"),
    ],
)
@pytest.mark.parametrize("around", [b"%s", b"<![CDATA[%s]]>"])
@pytest.mark.parametrize("head", [b"", DECLARED, b"<?xml version='1.0' encoding='utf-8'?>"])
def test_bytes_that_are_no_utf_8_are_replaced(
    sent: bytes, read_as: str, around: bytes, head: bytes
):
    assert read(head + leaf(around % sent)) == ({"A": read_as}, True)


@pytest.mark.parametrize(
    "reference",
    ["&#0;", "&#x1;", "&#31;", "&#xFFFE;", "&#xffff;", "&#xD800;", "&#57343;", "&#x110000;"],
)
def test_a_reference_to_a_forbidden_character_is_replaced(reference: str):
    assert read(leaf(f"a{reference}b".encode())) == ({"A": "a\ufffdb"}, True)
    quoted = f"<xml><A b='{reference}'/></xml>".encode()
    assert read(quoted) == ({"A": {"@b": "\ufffd"}}, True)


def test_only_real_references_are_replaced():
    body = b"<xml><!-- <![CDATA[ &#0; --><A>&#1;&#65;</A><B><![CDATA[&#2;\x03]]></B></xml>"
    assert read(body) == ({"A": "\ufffdA", "B": "&#2;\ufffd"}, True)


@pytest.mark.parametrize(
    "body",
    [
        leaf(b"\x01") + b"tail",
        leaf(b"\x01&unknown;"),
        b"<!DOCTYPE xml>" + leaf(b"\x01"),
        leaf(b"&#" + b"9" * 5000 + b";"),
        leaf(b"\x01" + b"<![CDATA[" * 20000),
        leaf(b"\x01" + b"<!--" * 20000),
        b"<x\x01ml><A/></x\x01ml>",
    ],
)
def test_a_repair_does_not_save_what_is_bad_besides(body: bytes):
    assert refusal(body)[0] in ("xml_bad", "xml_dtd")


def test_no_detail_shows_what_was_sent():
    for body in (leaf(b"SECRET&"), b"<xml><A>SECRET</B></xml>", b"<xml>SECRET</xml>"):
        assert "SECRET" not in refusal(body)[1]


MARKUP = st.sampled_from(
    [
        *b"<xml> </xml> <A> </A> <MsgId> <![CDATA[ ]]> <!-- --> <!DOCTYPE <? &# 1; &amp; ]".split(),
        *(b" ", b"\x00", b"\xed\xa0\x80", b"\xef\xbf\xbf"),
    ]
)


@given(st.lists(MARKUP | st.binary(max_size=4), max_size=20).map(b"".join))
@example(b"\x00")
def test_nothing_but_a_refusal_comes_of_junk(junk: bytes):
    for body in (junk, leaf(junk), leaf(b"<![CDATA[" + junk + b"]]>")):
        try:
            fields, _ = read(body)
        except Refused as refused:
            assert refused.reason in ("xml_dtd", "xml_bad")
        else:
            assert isinstance(fields, dict)


@given(st.text(max_size=30))
def test_any_text_of_a_follower_is_let_in(text: str):
    content = text.replace("]]>", "").encode("utf-8", "surrogatepass")
    fields, _ = read(leaf(b"<![CDATA[" + content + b"]]>"))
    assert fields.keys() == {"A"}


PIECES = ["1", "a-b", "<![CDATA[", "]]>", "]", "&amp;", "\r", "\n", " ", "你", "<b/>"]
LEAVES = st.builds(
    "<{0}>{1}</{2}>".format,
    st.sampled_from(["A", "B", "MsgId", "Event", "a-b", "_1", "1", "é"]),
    st.lists(st.sampled_from(PIECES))
    .map("".join)
    .map(lambda text: text if len(text) % 2 else f"<![CDATA[{text}]]>"),
    st.sampled_from(["A", "A", "B", "MsgId", "Event", "a-b", "_1", "1", "é"]),
).flatmap(lambda leaf: st.sampled_from([leaf, leaf.replace("</A>", "</B>"), mended(leaf)]))


def mended(leaf: str) -> str:
    """The leaf with the end that its beginning asks for."""
    return f"{leaf[: leaf.rindex('</')]}</{leaf[1 : leaf.index('>')]}>"


@given(
    st.lists(LEAVES, max_size=6),
    st.sampled_from(["", " ", "\n", "\r", "x", "<A/>"]),
    st.sampled_from(["", " ", "\n\t", "\r", "tail", "</xml>", "<!-- -->"]),
)
def test_the_usual_push_and_any_other_are_read_alike(leaves: list[str], between: str, after: str):
    """A declaration makes any push one for expat."""
    body = f"<xml>{between.join(leaves)}</xml>{after}".encode()
    assert outcome(body) == outcome(DECLARED + body)


def outcome(body: bytes) -> tuple[dict[str, Value], bool] | str:
    try:
        return read(body)
    except Refused as refused:
        return refused.reason
