"""The platform's signature: SHA-1 over sorted strings."""

import hmac
from hashlib import sha1


def sign(*parts: str) -> str:
    """The signature of these strings: 40 lower-case hex digits (docs/protocol.md#a, #b3).

    The order of the arguments does not matter: they are sorted by their bytes.
    """
    # Code points and their UTF-8 bytes sort alike.
    return sha1("".join(sorted(parts)).encode()).hexdigest()


def matches(signature: str, *parts: str) -> bool:
    """Whether `signature` is the signature of these strings, compared in constant time."""
    good = sha1("".join(sorted(parts)).encode()).hexdigest()  # as `sign` has it
    return hmac.compare_digest(good.encode(), signature.encode(errors="replace"))
