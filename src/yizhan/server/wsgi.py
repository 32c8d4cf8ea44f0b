"""One account as a WSGI application: each request waits for the loop where the engine lives."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, BinaryIO, cast

from yizhan.errors import Refused
from yizhan.loops import soon_in
from yizhan.server.asgi import Asgi, local
from yizhan.server.receiver import Request
from yizhan.server.response import Response

StartResponse = Callable[[str, list[tuple[str, str]]], object]
LONGEST = 20.0  # seconds: longer than any push is held
PIECE = 65_536


class Wsgi:
    """Serves an account to WSGI servers such as those under Flask and Django.

    Each request holds its server's thread for as long as WeChat is kept waiting. The
    engine's thread starts with the first request of each process, so forking servers are safe.
    """

    def __init__(self, app: Asgi) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        root = _text(environ.get("SCRIPT_NAME", ""))
        path = root + _text(environ.get("PATH_INFO", ""))
        request = _request(environ)
        body = self._body(environ, request)

        async def read() -> bytes:
            if isinstance(body, Refused):
                raise body
            return body

        scope = {"client": (environ.get("REMOTE_ADDR", ""), 0), "headers": request.headers}
        home = self._app.home
        loop = home.running()
        answered = self._app.receive(path, request, read, root=root, is_local=local(scope))
        response = home.submit(answered).result(LONGEST)
        start_response(_status(response), _headers(response))
        return _written(response, lambda written: soon_in(loop, response.settle, written))

    def close(self) -> None:
        """Stop the engine and end its thread in this process."""
        self._app.home.close()

    def _body(self, environ: dict[str, Any], request: Request) -> bytes | Refused:
        """The body, read in the host's thread; nothing of it for a stranger."""
        receiver = self._app.receiver
        try:
            receiver.admit(request)
            return read_body(environ, receiver.max_body)
        except Refused as refused:  # its reason stands in the log where it is answered
            return refused


def chosen(environ: Mapping[str, Any]) -> dict[str, Any]:
    """The same request, as if the account stood at its path: the host's router has chosen it."""
    whole = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return {**environ, "SCRIPT_NAME": whole, "PATH_INFO": ""}


def _written(response: Response, settle: Callable[[bool], None]) -> Iterator[bytes]:
    """The body; whoever asks for more has written it, and whoever closes this before has not."""
    written = False
    try:
        yield response.body
        written = True
    finally:
        settle(written)


def _status(response: Response) -> str:
    return f"{response.status} {HTTPStatus(response.status).phrase}"


def _headers(response: Response) -> list[tuple[str, str]]:
    headers = [
        (name.decode("latin-1").title(), value.decode("latin-1"))
        for name, value in response.headers
        if name != b"connection"
    ]
    return [*headers, ("Content-Length", str(len(response.body)))]


def _text(path: str) -> str:
    """A path as WSGI has it, read as what it is."""
    return path.encode("latin-1").decode("utf-8", "replace")


def _request(environ: dict[str, Any]) -> Request:
    headers = [
        (name[5:].replace("_", "-").lower().encode(), str(value).encode("latin-1"))
        for name, value in environ.items()
        if name.startswith("HTTP_")
    ]
    headers += [
        (name.replace("_", "-").lower().encode(), str(environ[name]).encode("latin-1"))
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH")
        if environ.get(name)
    ]
    query = environ.get("QUERY_STRING", "").encode("latin-1")
    return Request(environ["REQUEST_METHOD"], query, headers)


def read_body(environ: dict[str, Any], max_body: int) -> bytes:
    """The body as far as it is wanted; one in chunks has no length, only an end. Raises Refused."""
    stream = cast("BinaryIO", environ["wsgi.input"])
    length = str(environ.get("CONTENT_LENGTH") or "")
    if length.isascii() and length.isdigit():
        wanted = min(int(length), max_body + 1)
        if len(read := stream.read(wanted)) < wanted:  # its sender has hung up
            raise Refused("slow_client", "body")
        return read
    if length or not environ.get("wsgi.input_terminated"):
        return b""
    body = bytearray()
    while len(body) <= max_body and (piece := stream.read(min(PIECE, max_body + 1 - len(body)))):
        body += piece
    return bytes(body)
