"""WeChat's side of a push: signed, and encrypted if asked."""

import json
from urllib.parse import quote

from yizhan.wire.envelope import Cipher
from yizhan.wire.push import Format, Mode
from yizhan.wire.signature import sign
from yizhan.wire.xml import cdata

_END = b"</xml>"


def build(
    body: bytes,
    *,
    token: str,
    timestamp: str,
    nonce: str,
    mode: Mode,
    cipher: Cipher | None = None,
    openid: str = "",
    to_user: str = "",
    format: Format = "xml",
) -> tuple[str, bytes]:
    """The query string and the body of a push of this document (docs/protocol.md#b1, #b2).

    Safe mode puts `to_user` beside the ciphertext, compat mode the ciphertext beside the
    fields. Raises `ValueError` if either lacks a cipher, or compat mode the end of `<xml>`
    or a JSON object.
    """
    query = f"signature={sign(token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}"
    if openid:
        query += f"&openid={quote(openid, safe='')}"
    if mode == "plain":
        return query, body
    if cipher is None:
        raise ValueError(f"{mode} mode needs a cipher")
    encrypt = cipher.encrypt(body)
    query += f"&encrypt_type=aes&msg_signature={sign(token, timestamp, nonce, encrypt)}"
    if format == "json":
        outer = {"ToUserName": to_user} if mode == "safe" else json.loads(body)
        return query, json.dumps({**outer, "Encrypt": encrypt}, ensure_ascii=False).encode()
    element = f"<Encrypt>{cdata(encrypt)}</Encrypt>"
    if mode == "safe":
        sealed = f"<xml><ToUserName>{cdata(to_user)}</ToUserName>{element}</xml>"
        return query, sealed.encode()
    fields, end, rest = body.rpartition(_END)
    if not end:
        raise ValueError("no </xml> in the body")
    return query, fields + element.encode() + end + rest
