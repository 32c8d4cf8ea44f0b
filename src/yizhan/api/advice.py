"""What an errcode means for the caller: its class in the error tree, and what to do."""

import re
from collections.abc import Mapping
from typing import Literal

from yizhan.errors import (
    APIError,
    CallerError,
    ConfigurationError,
    QuotaError,
    RightsError,
    TemporaryError,
    TokenError,
    UserStateError,
)
from yizhan.phrases import known, language, say, shortened

# docs/protocol.md#j, the retry policy by class; what has advice and stands in none is the caller's.
CLASSES: Mapping[type[APIError], frozenset[int]] = {
    TokenError: frozenset({40001, 40014, 42001}),
    TemporaryError: frozenset({-1, 45011, 45066, 61450, 61503}),
    QuotaError: frozenset({45009, 45028, 45029, 45047, 48006, 53501}),
    UserStateError: frozenset(
        {40003, 43004, 43005, 43019, 43101, 45015, 45037, 45080, 48002, 50001, 50003, 50005}
        | {42007, 65413, 65414, 65415, 70000}
    ),
    RightsError: frozenset(
        {40200, 45110, 48001, 48003, 48004, 48008, 50002, 50004, 50007, 53500, 61003, 61007}
        | {65306, 88000, 200011}
    ),
    ConfigurationError: frozenset(
        {40002, 40013, 40125, 40164, 40201, 40243, 41002, 41004, 45035, 61004, 61005, 61006}
        | {61023, 61024, 65400, 89501, 89503, 89504, 89505, 89506, 89507}
    ),
}
BY_CODE = {code: kind for kind, codes in CLASSES.items() for code in codes}

# Of the refusals that concern a right: those for one kind of call or content, not for them all.
ONE_KIND = frozenset({45110, 48003, 48008, 53500, 65306, 88000, 200011})
CALLS_USED_UP = frozenset({45009, 48006})
WINDOW_CLOSED = frozenset({45015, 45047})

# Where a token comes from: no call can set the counts to zero that needs one.
DAY_USED_UP = 45009
TOKENS: Mapping[str, str] = {
    "/cgi-bin/token": "token_used_up",
    "/cgi-bin/stable_token": "token_used_up",
    "/cgi-bin/component/api_component_token": "component_used_up",
    "/cgi-bin/component/api_authorizer_token": "component_used_up",
}

Concern = Literal["account", "follower", "message"]

RID = re.compile(r"\brid: ([0-9a-f-]+)")
ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]+)")


def error_of(errcode: int, errmsg: str, path: str) -> APIError:
    """The error for an errcode, of its class, with the advice of the catalogue."""
    advised = known(f"advice.e{errcode}")
    kind = BY_CODE.get(errcode, CallerError if advised else APIError)
    return kind(
        "api.error",
        errcode=errcode,
        errmsg=shortened(errmsg, 200),
        path=path,
        rid=_found(RID, errmsg),
        advice=_advice(errcode, errmsg, path) if advised else say("api.no_advice"),
    )


def concern_of(error: APIError) -> Concern:
    """Whom the refusal of a customer-service message concerns: the next one would fail for whom?"""
    if error.errcode in WINDOW_CLOSED:
        return "follower"
    if isinstance(error, ConfigurationError) or error.errcode in CALLS_USED_UP:
        return "account"
    if isinstance(error, RightsError) and error.errcode not in ONE_KIND:
        return "account"
    return "message"


def _advice(errcode: int, errmsg: str, path: str) -> str:
    phrase = f"e{errcode}"
    if errcode == DAY_USED_UP:
        phrase = TOKENS.get(path, phrase)
    return say(
        f"advice.{phrase}",
        errmsg=shortened(errmsg, 200),
        ip=_found(ADDRESS, errmsg) or shortened(errmsg, 60),
        rights=_rights(path) if errcode == 48001 else "",
    )


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


def _rights(path: str) -> str:
    """Who may call that endpoint, in words."""
    from yizhan.api.platform import endpoint, platform

    described = endpoint(path)
    rights = platform().rights[described.rights if described else "verified"]
    return rights.zh if language() == "zh" else rights.en
