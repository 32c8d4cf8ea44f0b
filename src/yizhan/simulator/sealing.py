"""A push as it goes out: signed, encrypted, and wrong where a fault wants it wrong."""

import json
from base64 import b64decode, b64encode
from collections.abc import Container

from msgspec import Struct

from yizhan.simulator.forms import Format
from yizhan.simulator.record import Signature
from yizhan.wire import Mode, sender
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

FOREIGN_APPID = "wxffffffffffffffff"
FOREIGN_TOKEN = "notTheTokenOfThisAccount"  # noqa: S105  # what a wrong signature is made with


class Sealed(Struct, frozen=True):
    """The raw query and the body as sent, and how the query was signed."""

    query: str
    body: bytes
    signature: Signature


def seal(
    plain: bytes,
    *,
    mode: Mode,
    format: Format,
    token: str,
    aes_key: str,
    appid: str,
    to_user: str,
    openid: str,
    timestamp: str,
    nonce: str,
    faults: Container[str] = (),
) -> Sealed:
    """Sign a push, and encrypt it in compat and safe mode (docs/protocol.md#b)."""
    if "signature" in faults:
        token = FOREIGN_TOKEN
    parts = tuple(sorted((token, timestamp, nonce)))
    if mode == "plain":
        query, body = sender.build(
            plain, token=token, timestamp=timestamp, nonce=nonce, mode="plain", openid=openid
        )
        return Sealed(query, body, Signature(parts, sign(*parts)))
    encrypt = _encrypted(plain, aes_key, FOREIGN_APPID if "appid" in faults else appid)
    if "padding" in faults:
        encrypt = _with_bad_padding(encrypt)
    query, _ = sender.build(
        plain, token=token, timestamp=timestamp, nonce=nonce, mode="plain", openid=openid
    )
    msg_parts = tuple(sorted((token, timestamp, nonce, encrypt)))
    query += f"&encrypt_type=aes&msg_signature={sign(*msg_parts)}"
    body = _envelope(plain, encrypt, mode=mode, format=format, to_user=to_user)
    return Sealed(query, body, Signature(parts, sign(*parts), msg_parts, sign(*msg_parts)))


def _encrypted(plain: bytes, aes_key: str, appid: str) -> str:
    return Cipher(aes_key, appid).encrypt(plain)


def _with_bad_padding(encrypt: str) -> str:
    # One bit of the last block but one flips the same bit of the last byte of the plain text.
    ciphertext = bytearray(b64decode(encrypt))
    ciphertext[-17] ^= 0x40
    return b64encode(ciphertext).decode()


def _envelope(plain: bytes, encrypt: str, *, mode: Mode, format: Format, to_user: str) -> bytes:
    if format == "json":
        outer = {"ToUserName": to_user} if mode == "safe" else json.loads(plain)
        return json.dumps({**outer, "Encrypt": encrypt}, ensure_ascii=False).encode()
    element = f"<Encrypt><![CDATA[{encrypt}]]></Encrypt>"
    if mode == "safe":
        return f"<xml><ToUserName><![CDATA[{to_user}]]></ToUserName>{element}</xml>".encode()
    fields, end, rest = plain.rpartition(b"</xml>")
    return fields + element.encode() + end + rest
