"""What WeChat answered: a JSON object, a file, or an error dressed as either."""

import json
from collections.abc import Mapping

import msgspec

from yizhan.api.advice import error_of
from yizhan.api.kinds import HEAD, is_page
from yizhan.api.saving import Media, filename, is_file
from yizhan.api.transport import Response
from yizhan.errors import APIError, MediaError, Unreachable

SAID = frozenset({"errcode", "errmsg"})  # which every error has, as properties


def json_of(response: Response, path: str) -> dict[str, object]:
    """The JSON object of an answer; errors come with status 200 and any content type."""
    if response.status >= 500:
        raise Unreachable("api.status", status=response.status, path=path)
    answer = _parsed(response.body)
    if answer is None:
        wrong = "api.malformed" if response.status == 200 else "api.http"
        raise APIError(wrong, path=path, **_status(response))
    errcode, errmsg = _refusal(answer)
    if errcode != 0:
        error = error_of(int(str(errcode)), str(errmsg), path)
        error.answer = {name: answer[name] for name in answer if name not in SAID}
        raise error
    return answer


def media_of(response: Response, path: str) -> Media:
    """The file of an answer, or the JSON in its stead."""
    if response.status == 200 and not _is_json(response):
        kind = response.headers.get("content-type", "")
        if is_page(kind, response.body[:HEAD]):
            raise MediaError("media.page")
        return Media(content=response.body, content_type=kind, filename=filename(response.headers))
    return Media(fields=json_of(response, path))


def _is_json(response: Response) -> bool:
    if is_file(response.headers):
        return False
    return response.body[:1] == b"{" and _parsed(response.body) is not None


def _refusal(answer: Mapping[str, object]) -> tuple[object, object]:
    """The errcode and what WeChat says to it; /publisher/stat has them in `base_resp`."""
    value = answer.get("base_resp")
    if isinstance(value, dict) and "errcode" not in answer:
        return value.get("ret", 0), value.get("err_msg", "")
    return answer.get("errcode", 0), answer.get("errmsg", "")


def _parsed(body: bytes) -> dict[str, object] | None:
    """The object; some of WeChat's own JSON has raw control characters in its texts."""
    answer: object
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        try:
            answer = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
        except (ValueError, RecursionError):
            return None
    return answer if isinstance(answer, dict) else None


def _status(response: Response) -> dict[str, object]:
    return {} if response.status == 200 else {"status": response.status}
