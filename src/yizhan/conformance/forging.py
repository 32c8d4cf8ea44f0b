"""Ciphertexts that no honest sender makes: each breaks one rule of docs/protocol.md#b3."""

from base64 import b64decode, b64encode
from os import urandom

from cryptography.hazmat.primitives import ciphers
from cryptography.hazmat.primitives.ciphers import algorithms, modes

from yizhan.wire.envelope import Cipher

BLOCK = 32


class Forger:
    """Encrypts anything with the account's key, right or wrong."""

    def __init__(self, encoding_aes_key: str, appid: str) -> None:
        self.appid = appid
        self.cipher = Cipher(encoding_aes_key, appid)
        key = b64decode(encoding_aes_key + "=")
        self._aes = ciphers.Cipher(algorithms.AES(key), modes.CBC(key[:16]))
        self._key = encoding_aes_key

    def encrypt(self, padded: bytes) -> str:
        """The base64 ciphertext of these very bytes, whole blocks of 16."""
        encryptor = self._aes.encryptor()
        return b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def plain(
        self, message: bytes, *, length: int | None = None, appid: str | None = None
    ) -> bytes:
        """Prefix, length, message and AppID before the padding."""
        size = len(message) if length is None else length
        tail = (self.appid if appid is None else appid).encode()
        return urandom(16) + size.to_bytes(4, "big") + message + tail

    def foreign(self, appid: str) -> Cipher:
        """The same key under another AppID."""
        return Cipher(self._key, appid)


def padding(plain: bytes) -> bytes:
    """The plain bytes with the right padding."""
    size = BLOCK - len(plain) % BLOCK
    return plain + bytes([size]) * size


def crooked_padding(plain: bytes) -> bytes:
    """Padding whose last byte is right and whose others are not."""
    size = BLOCK - len(plain) % BLOCK
    return plain + bytes(size - 1) + bytes([size])


def zero_padding(plain: bytes) -> bytes:
    """Padding of nothing but zeros."""
    return plain + bytes(BLOCK - len(plain) % BLOCK)
