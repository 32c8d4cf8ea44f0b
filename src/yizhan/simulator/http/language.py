"""The language of a reader: `?lang=`, else Accept-Language, else the server's."""

from starlette.requests import Request

from yizhan.phrases import LANGUAGES, language


def language_of(request: Request) -> str:
    """`zh` or `en`."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    for part in request.headers.get("accept-language", "").lower().split(","):
        name = part.partition(";")[0].strip().partition("-")[0]
        if name in LANGUAGES:
            return name
    return language()
