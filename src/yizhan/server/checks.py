"""What is refused before anything is read, and how each refusal is answered (docs/security.md)."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from yizhan.errors import Reason, Refused

Header = tuple[bytes, bytes]
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
NOSNIFF = (b"x-content-type-options", b"nosniff")
CLOSE = (b"connection", b"close")
METHODS = ("GET", "POST")


class HttpReply(Struct, frozen=True):
    """A finished HTTP response."""

    status: int
    body: bytes
    headers: tuple[Header, ...] = (PLAIN,)


SUCCESS = HttpReply(200, b"success")
BUSY = HttpReply(503, b"busy", (PLAIN, (b"retry-after", b"2")))
FORBIDDEN = HttpReply(403, b"forbidden")
BAD = HttpReply(400, b"bad request")

UNAUTHENTICATED: Mapping[Reason, HttpReply] = {
    "method": HttpReply(405, b"method not allowed", (PLAIN, (b"allow", b"GET, POST"))),
    "path": HttpReply(404, b"not found"),
    "too_large": HttpReply(413, b"too large", (PLAIN, CLOSE)),
    "encoding": HttpReply(415, b"unsupported encoding"),
    "slow_client": HttpReply(408, b"too slow", (PLAIN, CLOSE)),
    "http": BAD,
    "query_format": FORBIDDEN,
    "stale": FORBIDDEN,
    "signature": FORBIDDEN,
    "source": FORBIDDEN,
    "signature_reuse": FORBIDDEN,
    "downgrade": FORBIDDEN,
    "msg_signature": FORBIDDEN,
    "envelope": FORBIDDEN,
    "echostr": BAD,
    "xml_dtd": BAD,
    "xml_bad": BAD,
    "field": BAD,
    "wrong_account": SUCCESS,
    "overload": BUSY,
}


def answer_to(refused: Refused) -> HttpReply:
    """The response: nothing but the fixed text before authentication, only 200 after it."""
    return SUCCESS if refused.authenticated else UNAUTHENTICATED[refused.reason]


def check_request(method: str, headers: Iterable[Header], max_body: int) -> str:
    """The body's media type; Refused for the method, an encoding or a declared size."""
    if method not in METHODS:
        raise Refused("method", method[:16])
    content_type = ""
    for name, value in headers:
        if name == b"content-type":
            content_type = value.split(b";", 1)[0].strip().lower().decode("latin-1")
        elif name == b"content-length":
            if not _fits(value, max_body):
                raise Refused("too_large", value[:20].decode("latin-1"))
        elif name == b"content-encoding" and value.strip().lower() not in (b"", b"identity"):
            raise Refused("encoding", value[:32].decode("latin-1"))
    return content_type


def _fits(length: bytes, max_body: int) -> bool:
    return length.isdigit() and len(length) < 20 and int(length) <= max_body
