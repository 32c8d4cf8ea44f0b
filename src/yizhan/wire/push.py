"""The gate: what comes in is verified, opened and read; what goes out is sealed."""

import json as stdlib_json
import re
import secrets
from codecs import BOM_UTF8
from typing import Literal, NamedTuple

from msgspec import Struct

from yizhan.errors import Refused, Unreadable
from yizhan.phrases import say
from yizhan.wire import json, query, xml
from yizhan.wire.envelope import BadEnvelope, Cipher
from yizhan.wire.query import Query
from yizhan.wire.signature import matches, sign
from yizhan.wire.xml import Raw

Mode = Literal["plain", "compat", "safe"]
Format = Literal["xml", "json"]

ACKNOWLEDGEMENTS = (b"success", b"")
MAX_ECHOSTR = 256

_READERS = {"xml": xml.read, "json": json.read}
_OPENID = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch
# Seconds, or 13 digits of milliseconds.
_TIME = re.compile(r"(?=.*[1-9])[0-9]{1,12}|[1-9][0-9]{12}").fullmatch

OWN = "gh_yizhan"  # how the ids begin that our own tools make up; WeChat's go on in hex digits
SAMPLE = f"{OWN}demo00"  # whom they write to where no `original_id` is set


class Push(Struct, frozen=True):
    """A request as it came: raw query string, body, bare media type in lower case.

    `arrived` is the clock's reading in seconds.
    """

    query: bytes
    body: bytes
    content_type: str
    arrived: float

    def __repr__(self) -> str:
        return f"Push(content_type={self.content_type!r}, arrived={self.arrived})"


class Keys(Struct, frozen=True):
    """What an account trusts.

    `tokens` and `ciphers` are in order of trial, the current one first. `mode` is what is
    pinned: safe and compat let nothing in that is not encrypted. `max_age` is in seconds,
    0 for any age. `original_id` is the account's gh_… id, empty while unknown; if it is only
    `learnt`, our own tools' pushes to an id that they made up are let in, too. `component`
    admits the pushes of a third-party platform, which name an AppId instead.
    """

    tokens: tuple[str, ...]
    ciphers: tuple[Cipher, ...] = ()
    mode: Mode = "plain"
    max_age: int = 300
    original_id: str = ""
    component: bool = False
    learnt: bool = False

    def __repr__(self) -> str:
        return f"Keys(mode={self.mode!r}, original_id={self.original_id!r})"


class Signed(NamedTuple):
    """A query that this `token` signed, and that is young enough."""

    asked: Query
    token: str


class Envelope(Struct, frozen=True):
    """A push that is let in.

    `raw` are its fields, `body` the bytes they were read from (decrypted if need be).
    `token` signed it and `cipher` opened it: the reply goes out with both. `timestamp`,
    `nonce` and `signature` are the query's.
    """

    raw: Raw
    body: bytes
    encrypted: bool
    token: str
    cipher: Cipher | None
    timestamp: str
    nonce: str
    signature: str
    format: Format
    repaired: bool

    def __repr__(self) -> str:
        return f"Envelope(encrypted={self.encrypted}, format={self.format!r})"


def verify(query_string: bytes, keys: Keys, now: float) -> bytes:
    """The echostr to answer the verification GET with (docs/protocol.md#a).

    Raises `Refused`: query_format, signature, stale or echostr. `now` is in seconds.
    """
    echostr = authenticate(query_string, keys, now).asked.echostr
    if not 1 <= len(echostr) <= MAX_ECHOSTR:
        raise Refused("echostr")
    return echostr


def authenticate(query_string: bytes, keys: Keys, now: float) -> Signed:
    """The query of a request, once it is known who signed it: no body is needed for that.

    Raises `Refused`: query_format, signature or stale. `now` is in seconds.
    """
    asked = query.read(query_string)
    return Signed(asked, _authenticate(asked, keys, now))


def authenticate_push(query_string: bytes, keys: Keys, now: float) -> Signed:
    """The query of a push: `authenticate`, and `Refused("downgrade")` if it must be encrypted."""
    asked = query.read(query_string)
    token = _authenticate(asked, keys, now)
    if keys.mode != "plain" and not asked.encrypted:
        raise Refused("downgrade")
    return Signed(asked, token)


def open(push: Push, keys: Keys, now: float) -> Envelope:
    """The push, verified, decrypted and read; `now` is in seconds.

    Raises `Refused`, in the order of docs/security.md: query_format, signature, stale,
    downgrade, msg_signature, envelope, xml_dtd, xml_bad, field, wrong_account. Of an
    encrypted push xml_dtd, xml_bad and field are `Unreadable`.
    """
    signed = authenticate_push(push.query, keys, now)
    return open_signed(signed, push.body, push.content_type, keys)


def open_signed(signed: Signed, body: bytes, content_type: str, keys: Keys) -> Envelope:
    """The push of this query, decrypted and read. Raises what `open` raises after that."""
    asked, token = signed
    format = _format(body, content_type)
    fields, repaired = _READERS[format](body)
    if asked.encrypted and (keys.ciphers or keys.mode != "plain"):
        return _open_sealed(fields, asked, keys, format)
    if "Encrypt" in fields and "MsgType" not in fields:
        raise Refused("envelope", "no key")
    _check(fields, keys)
    return Envelope(
        fields,
        body,
        False,
        token,
        None,
        asked.timestamp,
        asked.nonce,
        asked.signature,
        format,
        repaired,
    )


def read(body: bytes, keys: Keys) -> tuple[Raw, bool]:
    """The fields of a decrypted push, and whether its text was repaired.

    One without ToUserName is the account's, as only WeChat knows the key. Raises `Refused`,
    authenticated: wrong_account; `Unreadable`: xml_dtd, xml_bad or field.
    """
    try:
        fields, repaired = _READERS[_format_of(body)](body)
        if keys.original_id and not fields.get("ToUserName") and not keys.component:
            fields["ToUserName"] = keys.original_id
        _check(fields, keys)
    except Refused as refused:
        if refused.authenticated:
            raise
        raise Unreadable(refused.reason, refused.detail, body) from None
    return fields, repaired


def seal(reply: bytes, envelope: Envelope, now: float, *, nonce: str | None = None) -> bytes:
    """The reply as it goes out: encrypted if the push was (docs/protocol.md#b4).

    The acknowledgements `success` and nothing at all are never encrypted.
    """
    if envelope.cipher is None or reply in ACKNOWLEDGEMENTS:
        return reply
    nonce = nonce or secrets.token_hex(8)
    timestamp = str(int(now))
    encrypt = envelope.cipher.encrypt(reply)
    signature = sign(envelope.token, timestamp, nonce, encrypt)
    if envelope.format == "json":
        sealed = {
            "Encrypt": encrypt,
            "MsgSignature": signature,
            "TimeStamp": int(timestamp),
            "Nonce": nonce,
        }
        return stdlib_json.dumps(sealed).encode()
    return (
        f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt>"
        f"<MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp>"
        f"<Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    ).encode()


def unseal(body: bytes, cipher: Cipher, token: str) -> bytes:
    """The reply inside an encrypted one, for whoever plays WeChat.

    An acknowledgement comes back as it is. Raises `Refused`: xml_dtd, xml_bad, field,
    msg_signature or envelope.
    """
    if body in ACKNOWLEDGEMENTS:
        return body
    fields, _ = _READERS[_format_of(body)](body)
    encrypt, signature, timestamp, nonce = (
        _text(fields, name) for name in ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
    )
    if not matches(signature, token, timestamp, nonce, encrypt):
        raise Refused("msg_signature")
    _, reply = _decrypt(encrypt, (cipher,))
    return reply


def _authenticate(asked: Query, keys: Keys, now: float) -> str:
    """The token that signed the query, which is also young enough."""
    for token in keys.tokens:
        if matches(asked.signature, token, asked.timestamp, asked.nonce):
            break
    else:
        raise Refused("signature")
    skew = now - int(asked.timestamp)
    if keys.max_age and abs(skew) > keys.max_age:
        off = {"seconds": f"{abs(skew):.0f}"}
        raise Refused("stale", say("log.past", **off) if skew > 0 else say("log.future", **off))
    return token


def _format(body: bytes, content_type: str) -> Format:
    if body.startswith(b"<") and content_type != "application/json":  # as nearly all do
        return "xml"
    return "json" if content_type == "application/json" else _format_of(body)


def _format_of(body: bytes) -> Format:
    return "json" if body.removeprefix(BOM_UTF8).lstrip().startswith(b"{") else "xml"


def _open_sealed(outer: Raw, asked: Query, keys: Keys, format: Format) -> Envelope:
    """The push inside; of the outer fields nothing but the ciphertext is trusted."""
    encrypt = outer.get("Encrypt")
    if not isinstance(encrypt, str):
        raise Refused("downgrade", "no Encrypt")
    encrypt = encrypt.strip()  # the signature is of the text without a layout's blanks
    token = _signer(encrypt, asked, keys)
    cipher, body = _decrypt(encrypt, keys.ciphers)
    fields, repaired = read(body, keys)
    return Envelope(
        fields,
        body,
        True,
        token,
        cipher,
        asked.timestamp,
        asked.nonce,
        asked.signature,
        format,
        repaired,
    )


def _signer(encrypt: str, asked: Query, keys: Keys) -> str:
    for token in keys.tokens:
        if matches(asked.msg_signature, token, asked.timestamp, asked.nonce, encrypt):
            return token
    raise Refused("msg_signature")


def _decrypt(encrypt: str, ciphers: tuple[Cipher, ...]) -> tuple[Cipher, bytes]:
    """The cipher that opens the ciphertext, and what is inside."""
    failures: list[str] = []
    for cipher in ciphers:
        try:
            return cipher, cipher.decrypt(encrypt)
        except BadEnvelope as bad:
            failures.append(bad.sub)
    raise Refused("envelope", failures[0] if failures else "no key")


def _check(fields: Raw, keys: Keys) -> None:
    get = fields.get
    created, sender = get("CreateTime"), get("FromUserName")
    if not (isinstance(created, str) and _TIME(created)):
        raise Refused("field", "CreateTime")
    if keys.component and "AppId" in fields and "ToUserName" not in fields:
        _text(fields, "InfoType")
        return
    if not (isinstance(sender, str) and _OPENID(sender)):
        raise Refused("field", "FromUserName")
    if not isinstance(get("MsgType"), str):
        raise Refused("field", "MsgType")
    to_user = get("ToUserName")
    if not isinstance(to_user, str):
        raise Refused("field", "ToUserName")
    if keys.original_id and to_user != keys.original_id and not _is_ours(to_user, keys):
        raise Refused("wrong_account", to_user[:64], authenticated=True)


def is_made_up(original_id: str) -> bool:
    """Whether our own tools made up that gh_… id: it says nothing of whose the account is."""
    return original_id.startswith(OWN)


def _is_ours(to_user: str, keys: Keys) -> bool:
    return keys.learnt and is_made_up(to_user)


def _text(fields: Raw, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise Refused("field", name)
    return value
