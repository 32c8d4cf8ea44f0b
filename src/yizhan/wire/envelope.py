"""The AES scheme of safe mode (docs/protocol.md#b3)."""

import re
from base64 import b64decode, b64encode
from hmac import compare_digest
from os import urandom
from typing import Literal

from cryptography.hazmat.primitives import ciphers
from cryptography.hazmat.primitives.ciphers import algorithms, modes

from yizhan.errors import SettingsError

Sub = Literal["base64", "length", "padding", "inner_length", "appid"]

_BLOCK = 32
_PREFIX = 16
_HEAD = _PREFIX + 4
_KEY = re.compile(r"[A-Za-z0-9]{43}")
_PADDING = [bytes([size]) * size for size in range(_BLOCK + 1)]


class BadEnvelope(Exception):
    """A ciphertext that does not open; `sub` says at which check."""

    def __init__(self, sub: Sub) -> None:
        super().__init__(sub)
        self.sub: Sub = sub


class Cipher:
    """One EncodingAESKey bound to one AppID: encrypts and decrypts (docs/protocol.md#b3).

    Raises `SettingsError` for a key that is not 43 letters and digits.
    """

    __slots__ = ("_aes", "_appid", "appid")

    def __init__(self, encoding_aes_key: str, appid: str) -> None:
        if not _KEY.fullmatch(encoding_aes_key):
            raise SettingsError("settings.aes_key")
        # 43 characters carry two bits too many; this decoder drops them as the platform does.
        key = b64decode(encoding_aes_key + "=")
        self._aes = ciphers.Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._appid = appid.encode()
        self.appid = appid

    def __repr__(self) -> str:
        return f"Cipher(appid={self.appid!r})"

    def decrypt(self, ciphertext_b64: str) -> bytes:
        """The message inside; raises `BadEnvelope`. Line breaks in the base64 are accepted."""
        try:
            ciphertext = b64decode("".join(ciphertext_b64.split()), validate=True)
        except ValueError:
            raise BadEnvelope("base64") from None
        if not ciphertext or len(ciphertext) % _BLOCK:
            raise BadEnvelope("length")
        decryptor = self._aes.decryptor()
        return self._unwrap(decryptor.update(ciphertext) + decryptor.finalize())

    def encrypt(self, message: bytes, *, random: bytes | None = None) -> str:
        """The base64 ciphertext of the message; `random` is its 16-byte prefix."""
        length = len(message).to_bytes(4, "big")
        plain = (random or urandom(_PREFIX)) + length + message + self._appid
        padded = plain + _PADDING[_BLOCK - len(plain) % _BLOCK]
        encryptor = self._aes.encryptor()
        return b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def _unwrap(self, padded: bytes) -> bytes:
        size = padded[-1]
        if not 1 <= size <= _BLOCK or not padded.endswith(_PADDING[size]):
            raise BadEnvelope("padding")
        plain = padded[:-size]
        end = _HEAD + int.from_bytes(plain[_PREFIX:_HEAD], "big")
        if end > len(plain):
            raise BadEnvelope("inner_length")
        if not compare_digest(plain[end:], self._appid):
            raise BadEnvelope("appid")
        return plain[_HEAD:end]
