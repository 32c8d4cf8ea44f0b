"""What an errcode means for the caller: its class in the error tree, and what to do."""

from collections.abc import Mapping

from yizhan.errors import (
    APIError,
    ConfigurationError,
    QuotaError,
    RightsError,
    TemporaryError,
    TokenError,
    UserStateError,
)
from yizhan.phrases import known, say

# protocol.md J, the retry policy by class.
CLASSES: Mapping[type[APIError], frozenset[int]] = {
    TokenError: frozenset({40001, 40014, 42001}),
    TemporaryError: frozenset({-1, 45011, 61450}),
    QuotaError: frozenset({45009, 45047}),
    UserStateError: frozenset({40003, 43004, 43019, 43101, 45015, 48002, 50005}),
    RightsError: frozenset({48001, 48004, 50002, 50004}),
    ConfigurationError: frozenset(
        {40002, 40013, 40125, 40164, 40243, 41002, 41004, 89501, 89503, 89506, 89507}
    ),
}
BY_CODE = {code: kind for kind, codes in CLASSES.items() for code in codes}


def error_of(errcode: int, errmsg: str, path: str) -> APIError:
    """The error for an errcode, of its class, with the advice of the catalogue."""
    kind = BY_CODE.get(errcode, APIError)
    phrase = f"advice.e{errcode}"
    advice = say(phrase, errmsg=errmsg) if known(phrase) else ""
    return kind("api.error", errcode=errcode, errmsg=errmsg[:200], path=path, advice=advice)
