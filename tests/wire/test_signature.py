import hashlib

import pytest

from wire.vectors import JS_SDK, JS_SDK_SIGNATURE, K1, K1_SIGNATURE, VECTORS, Vector
from yizhan.wire.signature import matches, sign


def test_signs_the_published_get():
    assert sign(K1.token, K1.timestamp, K1.nonce) == K1_SIGNATURE


@pytest.mark.parametrize("vector", VECTORS)
def test_signs_the_published_ciphertexts(vector: Vector):
    signature = sign(vector.token, vector.timestamp, vector.nonce, vector.encrypt)
    assert signature == vector.msg_signature


def test_a_single_part_is_its_plain_sha1_as_the_js_sdk_has_it():
    text = "&".join(f"{name}={JS_SDK[name]}" for name in sorted(JS_SDK))
    assert sign(text) == JS_SDK_SIGNATURE


def test_the_order_of_the_parts_does_not_matter():
    assert sign("b", "a", "c") == sign("c", "b", "a") == hashlib.sha1(b"abc").hexdigest()


def test_parts_are_sorted_as_bytes_not_as_numbers():
    assert sign("9", "10") == hashlib.sha1(b"109").hexdigest()


def test_parts_beyond_ascii_are_signed_as_utf8():
    assert sign("驿", "站") == hashlib.sha1("站驿".encode()).hexdigest()


@pytest.mark.parametrize(
    ("signature", "right"),
    [
        (K1_SIGNATURE, True),
        (K1_SIGNATURE[:-1] + "b", False),
        (K1_SIGNATURE.upper(), False),
        (K1_SIGNATURE[:-1], False),
        (K1_SIGNATURE + "a", False),
        ("", False),
        ("驿站", False),
        ("\ud800", False),
    ],
)
def test_only_the_exact_signature_matches(signature: str, right: bool):
    assert matches(signature, K1.token, K1.timestamp, K1.nonce) is right
