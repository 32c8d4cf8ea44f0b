from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives import ciphers
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException

from wire.vectors import K1, K1_AES_KEY, K1_RANDOM, K2, K2_RANDOM, VECTORS, Vector
from yizhan.errors import SettingsError
from yizhan.wire.envelope import BadEnvelope, Cipher
from yizhan.wire.push import unseal
from yizhan.wire.signature import sign

CIPHER = Cipher(K1.key, K1.appid)
HEAD = K1_RANDOM + (2).to_bytes(4, "big")


def encrypted(padded: bytes) -> str:
    """Any bytes under K1's key, with no regard for the scheme inside."""
    key = bytes.fromhex(K1_AES_KEY)
    encryptor = ciphers.Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def padded(plain: bytes, pad: int | None = None) -> bytes:
    pad = pad or 32 - len(plain) % 32
    return plain + bytes([pad]) * pad


def sub_of(ciphertext: str, cipher: Cipher = CIPHER) -> str:
    with pytest.raises(BadEnvelope) as caught:
        cipher.decrypt(ciphertext)
    return caught.value.sub


@pytest.mark.parametrize("vector", VECTORS)
def test_opens_the_published_vectors(vector: Vector):
    message = Cipher(vector.key, vector.appid).decrypt(vector.encrypt)
    assert len(message) == vector.length
    assert 32 - (20 + vector.length + len(vector.appid)) % 32 == vector.pad


def test_the_message_of_the_official_demo():
    message = CIPHER.decrypt(K1.encrypt).decode()
    for piece in (
        "<ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>\n",
        "<FromUserName><![CDATA[oyORnuP8q7ou2gfYjqLzSIWZf0rs]]></FromUserName>\n",
        "<CreateTime>1409735668</CreateTime>\n",
        "<Content><![CDATA[abcdteT]]></Content>\n",
        "<MsgId>6054768590064713728</MsgId>\n",
    ):
        assert piece in message


def test_the_text_reply_of_the_third_vector():
    vector = VECTORS[2]
    assert "加密消息应答" in Cipher(vector.key, vector.appid).decrypt(vector.encrypt).decode()


@pytest.mark.parametrize(("vector", "random"), [(K1, K1_RANDOM), (K2, K2_RANDOM)])
def test_encrypts_the_published_vectors_again(vector: Vector, random: bytes):
    cipher = Cipher(vector.key, vector.appid)
    assert cipher.encrypt(cipher.decrypt(vector.encrypt), random=random) == vector.encrypt


def test_encrypts_the_third_vector_again_with_its_bytes_that_are_no_ascii():
    vector = VECTORS[2]
    cipher = Cipher(vector.key, vector.appid)
    key = b64decode(vector.key + "=")
    decryptor = ciphers.Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    random = decryptor.update(b64decode(vector.encrypt))[:16]
    assert cipher.encrypt(cipher.decrypt(vector.encrypt), random=random) == vector.encrypt


def test_a_key_with_a_last_character_that_is_not_canonical_is_the_same_key():
    canonical = K1.key[:-1] + "E"
    assert b64decode(canonical + "=") == bytes.fromhex(K1_AES_KEY)
    assert Cipher(canonical, K1.appid).decrypt(K1.encrypt) == CIPHER.decrypt(K1.encrypt)


@pytest.mark.parametrize(
    "key", ["", "a" * 42, "a" * 44, "a" * 42 + "=", "a" * 42 + "+", "a" * 42 + " ", "a" * 42 + "é"]
)
def test_a_malformed_key_is_refused_without_being_shown(key: str):
    with pytest.raises(SettingsError) as caught:
        Cipher(key, K1.appid)
    assert caught.value.phrase == "settings.aes_key"
    assert not caught.value.values


def test_line_breaks_as_mime_makes_them_are_accepted():
    broken = "\r\n".join(K1.encrypt[at : at + 76] for at in range(0, len(K1.encrypt), 76)) + "\n"
    assert CIPHER.decrypt(broken) == CIPHER.decrypt(K1.encrypt)


@pytest.mark.parametrize(
    ("ciphertext", "sub"),
    [
        ("!" + K1.encrypt[1:], "base64"),
        (K1.encrypt[:-1], "base64"),
        ("驿站", "base64"),
        ("", "length"),
        (b64encode(b64decode(K1.encrypt)[:-1]).decode(), "length"),
        (b64encode(b64decode(K1.encrypt)[:-16]).decode(), "length"),
        (encrypted(bytes(64)), "padding"),
        (encrypted(bytes(31) + b"\x21"), "padding"),
        (encrypted(bytes(31) + b"\xff"), "padding"),
        (encrypted(padded(HEAD + b"hi" + K1.appid.encode())[:-2] + b"\x00\x18"), "padding"),
        (encrypted(bytes(32) + b"\x00" + b"\x20" * 31), "padding"),
        (encrypted(padded(b"", 32)), "inner_length"),
        (encrypted(padded(bytes(19), 13)), "inner_length"),
        (encrypted(padded(K1_RANDOM + b"\xff\xff\xff\xff" + K1.appid.encode())), "inner_length"),
        (encrypted(padded(K1_RANDOM + b"\x00\x00\x00\x03" + b"hi")), "inner_length"),
        (encrypted(padded(HEAD + b"hi")), "appid"),
        (encrypted(padded(HEAD + b"hi" + K1.appid.encode()[:-1])), "appid"),
        (encrypted(padded(HEAD + b"hi" + K1.appid.encode() + b"x")), "appid"),
        (encrypted(padded(HEAD + b"hi" + K2.appid.encode().upper())), "appid"),
    ],
)
def test_what_does_not_open_says_where(ciphertext: str, sub: str):
    assert sub_of(ciphertext) == sub


@pytest.mark.parametrize("size", range(64))
def test_every_size_of_padding_opens(size: int):
    message = b"x" * size
    assert CIPHER.decrypt(CIPHER.encrypt(message)) == message


def test_another_key_does_not_open():
    assert sub_of(K1.encrypt, Cipher(VECTORS[2].key, K1.appid)) == "padding"


def test_another_account_does_not_open():
    assert sub_of(K1.encrypt, Cipher(K1.key, "wx0000000000000000")) == "appid"


def test_the_random_prefix_differs_each_time():
    assert CIPHER.encrypt(b"hi") != CIPHER.encrypt(b"hi")


def test_its_repr_shows_no_key():
    assert repr(CIPHER) == "Cipher(appid='wx2c2769f8efd9abc2')"


@given(st.binary(max_size=300), st.binary(min_size=16, max_size=16))
def test_what_was_encrypted_decrypts(message: bytes, random: bytes):
    assert CIPHER.decrypt(CIPHER.encrypt(message, random=random)) == message


@given(st.text(max_size=100))
def test_no_text_breaks_the_decoder(ciphertext: str):
    with pytest.raises(BadEnvelope):
        CIPHER.decrypt(ciphertext)


MESSAGE = "<xml><Content><![CDATA[你好]]></Content></xml>"


def test_wechatpy_opens_what_we_encrypt():
    theirs = WeChatCrypto(K1.token, K1.key, K1.appid)
    encrypt = CIPHER.encrypt(MESSAGE.encode())
    signature = sign(K1.token, K1.timestamp, K1.nonce, encrypt)
    push = f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    opened = theirs.decrypt_message(push, signature, K1.timestamp, K1.nonce)
    assert opened == MESSAGE


def test_we_open_what_wechatpy_encrypts():
    theirs = WeChatCrypto(K1.token, K1.key, K1.appid)
    sealed = theirs.encrypt_message(MESSAGE, K1.nonce, K1.timestamp)
    assert unseal(sealed.encode(), CIPHER, K1.token).decode() == MESSAGE


def test_wechatpy_agrees_on_the_account():
    theirs = WeChatCrypto(K1.token, K1.key, "wx0000000000000000")
    encrypt = CIPHER.encrypt(MESSAGE.encode())
    signature = sign(K1.token, K1.timestamp, K1.nonce, encrypt)
    push = f"<xml><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>"
    with pytest.raises(InvalidAppIdException):
        theirs.decrypt_message(push, signature, K1.timestamp, K1.nonce)
