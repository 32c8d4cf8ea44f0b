"""The query string of a request from the platform (docs/protocol.md#b1)."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from yizhan.errors import Refused

_NAMES = frozenset(
    {"signature", "timestamp", "nonce", "msg_signature", "encrypt_type", "echostr", "openid"}
)
_SHAPES = (
    ("signature", re.compile(r"[0-9a-f]{40}").fullmatch),
    ("timestamp", re.compile(r"[0-9]{1,12}").fullmatch),
    ("nonce", re.compile(r"[A-Za-z0-9]{1,64}").fullmatch),
)
# What WeChat sends, in its order: one look tells all that the steps below would find.
_USUAL = re.compile(
    r"signature=([0-9a-f]{40})&timestamp=([0-9]{1,12})&nonce=([A-Za-z0-9]{1,64})"
    r"(?:&openid=([\w-]*))?(?:&encrypt_type=(aes|raw))?(?:&msg_signature=([0-9a-f]*))?",
    re.ASCII,
).fullmatch


class Query(NamedTuple):
    """The parameters that the platform sends; those that did not come are empty."""

    signature: str
    timestamp: str
    nonce: str
    msg_signature: str
    encrypted: bool
    echostr: bytes
    openid: str


def read(query: bytes) -> Query:
    """The parameters of a raw query string.

    `%XX` is decoded and `+` stays `+`, so that echostr comes out byte for byte. Raises
    `Refused("query_format")`: a parameter missing, repeated or malformed (docs/security.md).
    """
    # Latin-1 stands for the bytes themselves until somebody asks for them.
    text = query.decode("latin-1")
    if usual := _USUAL(text):
        signature, timestamp, nonce, openid, encryption, msg_signature = usual.groups("")
        sealed = encryption == "aes"
        return Query(signature, timestamp, nonce, msg_signature, sealed, b"", openid)
    return _read_any(text)


def _read_any(query: str) -> Query:
    """The parameters in any order, with any others among them."""
    found = _parameters(query)
    for name, shape in _SHAPES:
        if not shape(found.get(name, "")):
            raise Refused("query_format", name)
    encryption = found.get("encrypt_type", "raw")
    if encryption not in ("aes", "raw", ""):
        raise Refused("query_format", "encrypt_type")
    return Query(
        found["signature"],
        found["timestamp"],
        found["nonce"],
        found.get("msg_signature", ""),
        encryption == "aes",
        found.get("echostr", "").encode("latin-1"),
        found.get("openid", ""),
    )


def _parameters(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name not in _NAMES:
            continue
        if name in found:
            raise Refused("query_format", name)
        found[name] = unquote(value, "latin-1") if "%" in value else value
    return found
