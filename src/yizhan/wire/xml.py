"""The XML of pushes and replies: read by expat, written as strings."""

import re
import sys
from collections.abc import Iterable, Mapping
from typing import TypeAlias
from xml.parsers.expat import ErrorString, ExpatError, ParserCreate, XMLParserType, errors
from xml.sax.saxutils import escape, quoteattr

from yizhan.errors import Refused

Value: TypeAlias = str | dict[str, "Value"] | list["Value"] | None
Raw: TypeAlias = dict[str, Value]

MAX_DEPTH = 32
MAX_ELEMENTS = 500
HEADERS = frozenset(
    {"ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event", "Encrypt"}
)

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ILLEGAL_BYTES = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xed[\xa0-\xbf][\x80-\xbf]|\xef\xbf[\xbe\xbf]"
)
# What makes expat take a body for UTF-16, whatever it is told.
_UTF16 = re.compile(rb"\xff\xfe|\xfe\xff|\x00|.\x00", re.DOTALL)
# CDATA and comments are matched only to be stepped over: a reference there is plain text.
_REFERENCE = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&#(?:x([0-9A-Fa-f]{1,9})|([0-9]{1,9}));",
    re.DOTALL,
)
# The usual push leaf by leaf, and in the last group all that follows the first thing that is no
# such leaf: one whose text needs no second look, without references, "\r" and what is forbidden.
_PLAIN = r"[^\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff\]]*"
_PLAIN_LEAVES = re.compile(
    rf"[ \t\n]*<([A-Za-z_]\w*)>(?:<!\[CDATA\[({_PLAIN}(?:\](?!\]>){_PLAIN})*)\]\]>|([\w.-]*))</\1>"
    r"|(.+)",
    re.ASCII | re.DOTALL,
).findall
_START = "<xml>"
_END = "</xml>"
_REPLACEMENT = "\ufffd".encode()
_UNDEFINED_ENTITY = errors.codes[errors.XML_ERROR_UNDEFINED_ENTITY]
_NAME = re.compile(r"""[^\s<>/"'=?!][^\s<>/"'=]*""")


def parse(text: str | bytes) -> Raw:
    """The document as `xmltodict.parse` gives it: `{"xml": {...}}`.

    Attributes are `"@name"`, mixed text `"#text"`, repeated elements a list, an empty
    element None. Unlike xmltodict, the blanks around a leaf's text are kept as they were
    sent; only a leaf that is all blank outside CDATA, and blanks between a tag and a CDATA
    section, count as layout. Raises `ExpatError`, and `ValueError` for a declared entity.
    """
    if plain := _read_plain(text):
        return {"xml": plain}
    parser = ParserCreate()
    tree = _grow(parser, depth=sys.maxsize, elements=sys.maxsize)
    parser.EntityDeclHandler = _forbid_entity
    parser.Parse(text, True)
    return tree


def read(body: bytes) -> tuple[Raw, bool]:
    """The fields under `<xml>` of a push, and whether its text was repaired.

    Characters that XML 1.0 forbids, and bytes that are no UTF-8, become U+FFFD. Raises
    `Refused("xml_dtd")` and `Refused("xml_bad")` as docs/security.md has them.
    """
    if plain := _read_plain(body):
        return plain, False
    try:
        return _fields(body), False
    except ExpatError as error:
        # Expat is the one to notice a forbidden character, so that clean bodies pay nothing.
        mended = _mend(body)
        if mended == body:
            raise _refusal(error) from None
    try:
        return _fields(mended), True
    except ExpatError as error:
        raise _refusal(error) from None


def check_headers(fields: Raw) -> None:
    """Raise `Refused("xml_bad")` if a header field comes twice, nested, or with children."""
    for name, value in fields.items():
        if isinstance(value, str) or value is None:
            continue
        if name in HEADERS or _holds_header(value):
            raise Refused("xml_bad", f"a header field twice or nested, at {name[:40]}")


def unparse(mapping: Mapping[str, object], pretty: bool = False) -> str:
    """The document that `xmltodict.unparse` writes for this mapping, byte for byte.

    Raises `ValueError` if the mapping has not exactly one root, or a name is none.
    """
    if len(mapping) != 1:
        raise ValueError("a document has exactly one root")
    pieces = ['<?xml version="1.0" encoding="utf-8"?>\n']
    for name, value in mapping.items():
        if len(_siblings(value)) > 1:
            raise ValueError("a document has exactly one root")
        _write(pieces, name, value, 0 if pretty else None)
    return "".join(pieces)


def cdata(text: str) -> str:
    """The text as CDATA: `]]>` split, what XML 1.0 forbids left out (docs/protocol.md#e3)."""
    return f"<![CDATA[{_ILLEGAL.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def plain(text: str) -> bool:
    """Whether the text may stand in CDATA as it is."""
    return "]]>" not in text and _ILLEGAL.search(text) is None


def is_blank(text: str) -> bool:
    """Whether nothing is left of the text once blanks and what XML 1.0 forbids are gone."""
    if text.isprintable() and not text.isspace():
        return not text
    return not _ILLEGAL.sub("", text).strip()


def clean(text: str) -> str:
    """The text with U+FFFD for every character that XML 1.0 forbids."""
    return _ILLEGAL.sub("\ufffd", text)


def as_list(value: Value) -> list[Value]:
    """A repeated element as a list, however often it came: not at all, once or more."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _read_plain(body: str | bytes) -> Raw | None:
    """The fields of the usual push, distinct leaves under `<xml>`, or None: ask expat.

    One pass of one expression, which accepts only what expat reads as the same fields.
    """
    try:
        text = body if isinstance(body, str) else body.decode()
    except UnicodeDecodeError:
        return None
    if not text.startswith(_START):
        return None
    leaves: list[tuple[str, str, str, str]] = _PLAIN_LEAVES(text, len(_START))
    if not 0 < len(leaves) <= MAX_ELEMENTS:
        return None
    *_, rest = leaves.pop()
    if rest != _END and rest.strip(" \t\n") != _END:
        return None
    fields: Raw = {name: data or bare or None for name, data, bare, _ in leaves}
    return fields if len(fields) == len(leaves) else None


def _grow(parser: XMLParserType, depth: int, elements: int) -> Raw:
    """Hang handlers on the parser that grow the returned dict."""
    tree: Raw = {}
    parents: list[tuple[Raw | None, str]] = []
    item: Raw | None = tree
    text = ""
    sent = 0  # so much of the text is up to the end of its last CDATA section

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal item, text, sent, elements
        parents.append((item, text))
        elements -= 1
        if elements < 0:
            raise Refused("xml_bad", "too many elements")
        if len(parents) > depth:
            raise Refused("xml_bad", "too deep")
        item = {"@" + key: value for key, value in attributes.items()} if attributes else None
        text = ""
        sent = 0

    def characters(data: str) -> None:
        nonlocal text
        text += data

    def start_cdata() -> None:
        nonlocal text
        if text and not sent and text.isspace():
            text = ""

    def end_cdata() -> None:
        nonlocal sent
        sent = len(text)

    def end(name: str) -> None:
        nonlocal item, text
        value: Value
        if item is None:
            if len(text) != sent and text[sent:].isspace():
                text = text[:sent]
            value = text or None
        else:
            value = item
            if stripped := text.strip():
                item["#text"] = stripped
        item, text = parents.pop()
        if item is None:
            item = {name: value}
        elif name not in item:
            item[name] = value
        elif isinstance(earlier := item[name], list):
            earlier.append(value)
        else:
            item[name] = [earlier, value]

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartCdataSectionHandler = start_cdata
    parser.EndCdataSectionHandler = end_cdata
    return tree


def _fields(body: bytes) -> Raw:
    if _UTF16.match(body):
        raise Refused("xml_bad", "no UTF-8")
    parser = ParserCreate("utf-8")
    tree = _grow(parser, MAX_DEPTH, MAX_ELEMENTS)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.ProcessingInstructionHandler = _refuse_instruction
    parser.XmlDeclHandler = _require_utf8
    parser.Parse(body, True)
    fields = tree.get("xml")
    if not isinstance(fields, dict):
        raise Refused("xml_bad", "no fields under <xml>")
    check_headers(fields)
    return fields


def _refuse_doctype(*_: object) -> None:
    raise Refused("xml_dtd", "doctype")


def _refuse_instruction(*_: object) -> None:
    raise Refused("xml_dtd", "processing instruction")


def _require_utf8(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "utf8"):
        raise Refused("xml_bad", "an encoding other than UTF-8 is declared")


def _forbid_entity(*_: object) -> None:
    raise ValueError("entities are disabled")


def _refusal(error: ExpatError) -> Refused:
    if error.code == _UNDEFINED_ENTITY:
        return Refused("xml_dtd", "entity")
    return Refused("xml_bad", f"{ErrorString(error.code)}, line {error.lineno}")


def _mend(body: bytes) -> bytes:
    legal = _ILLEGAL_BYTES.sub(_REPLACEMENT, body)
    return _REFERENCE.sub(_mend_reference, legal.decode("utf-8", "replace").encode())


def _mend_reference(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal = match.groups()
    if not hexadecimal and not decimal:
        return match[0]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > sys.maxunicode or _ILLEGAL.match(chr(code)):
        return _REPLACEMENT
    return match[0]


def _holds_header(value: Value) -> bool:
    if isinstance(value, list):
        return any(map(_holds_header, value))
    if isinstance(value, dict):
        return not HEADERS.isdisjoint(value) or any(map(_holds_header, value.values()))
    return False


def _write(pieces: list[str], name: str, value: object, depth: int | None) -> None:
    """Append the element, once per sibling; a depth of None means no layout."""
    _check_name(name)
    below = None if depth is None else depth + 1
    for sibling in _siblings(value):
        attributes, children, text = _content(sibling)
        if depth:
            pieces.append("\t" * depth)
        pieces.append(f"<{name}{attributes}>")
        if children and below:
            pieces.append("\n")
        for child, inner in children:
            _write(pieces, child, inner, below)
        pieces.append(escape(text))
        if children and depth:
            pieces.append("\t" * depth)
        pieces.append(f"</{name}>")
        if depth:
            pieces.append("\n")


def _siblings(value: object) -> list[object]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Iterable) and not isinstance(value, bytes | Mapping):
        return list(value)
    return [value]


def _content(value: object) -> tuple[str, list[tuple[str, object]], str]:
    """The attributes as they are written, the child elements, and the text of an element."""
    if isinstance(value, str) or not isinstance(value, Mapping):
        return "", [], _text(value)
    attributes = ""
    children = []
    text = ""
    for key, inner in value.items():
        if key == "#text":
            text = _text(inner)
        elif key.startswith("@"):
            attributes += f" {_check_name(key[1:])}={quoteattr(_text(inner))}"
        elif inner != []:
            children.append((key, inner))
    return attributes, children, text


def _check_name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"no name for an element or attribute: {name!r}")
    return name


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return str(value)
