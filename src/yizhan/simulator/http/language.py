"""The language of a reader: `?lang=`, else the one that Accept-Language prefers."""

import re

from starlette.requests import Request

from yizhan.phrases import LANGUAGES, language

PREFERENCE = re.compile(
    r"\s*([a-z]{1,8})(?:-[a-z0-9-]{1,32})?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*"
)


def language_of(request: Request) -> str:
    """`zh` or `en`; the server's own where the reader prefers neither."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    preferred = sorted(
        (-float(found[2] or 1), place, found[1])
        for place, part in enumerate(request.headers.get("accept-language", "").split(","))
        if (found := PREFERENCE.fullmatch(part.lower()))
    )
    return next((name for _, _, name in preferred if name in LANGUAGES), language())
