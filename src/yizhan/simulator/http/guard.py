"""Who may use the simulator: a one-time link, then a cookie; and what no other site may do."""

import re
import secrets
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as mac
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from yizhan import addresses
from yizhan.phrases import LANGUAGES, catalogue, language
from yizhan.place import secret_in

PREFERENCE = re.compile(
    r"\s*([a-z]{1,8})(?:-[a-z0-9-]{1,32})?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*"
)

COOKIE = "yizhan"
LIFE = 7 * 86_400  # seconds that a session lasts
SIZE = 32  # bytes of a key


class Sessions:
    """One-time tokens, and sessions that are known by their signature.

    `name` tells this simulator's cookie from those of others on this machine, for cookies do not
    know ports; with a `key` that is kept, sessions outlive the process.
    """

    def __init__(
        self,
        name: str = "",
        key: bytes = b"",
        *,
        tokens: Iterable[str] = (),
        now: Callable[[], float] = time.time,
    ) -> None:
        self.cookie = f"{COOKIE}_{name or secrets.token_hex(4)}"
        self.tokens = set(tokens)
        self._key = key or secrets.token_bytes(SIZE)
        self._now = now

    def issue(self) -> str:
        """A token that opens one session."""
        token = secrets.token_urlsafe(24)
        self.tokens.add(token)
        return token

    def exchange(self, token: str) -> str | None:
        """A session for a token, which is spent by that; None for a bad one."""
        if token not in self.tokens:
            return None
        self.tokens.discard(token)
        claim = f"{int(self._now()) + LIFE}.{secrets.token_urlsafe(12)}"
        return f"{claim}.{self._signed(claim)}"

    def known(self, session: str) -> bool:
        """Whether this is a session of ours that still lasts."""
        claim, _, signature = session.rpartition(".")
        if not compare_digest(signature.encode(), self._signed(claim).encode()):
            return False
        return self._now() < int(claim.partition(".")[0])

    def _signed(self, claim: str) -> str:
        return mac(self._key, claim.encode(), sha256).hex()


def key_in(path: Path) -> bytes:
    """The key in that file, made at first; its owner alone may read it. Raises OSError."""
    return secret_in(path, lambda: secrets.token_bytes(SIZE), SIZE)


CONTAINERS = "host.docker.internal"  # what this machine is called in a container that runs on it
WITHOUT_BODY = ("GET", "HEAD")
ENOUGH = 1024 * 1024  # bytes of a body that are waited for: only uploads are larger
AGAIN = 10.0  # seconds between two addresses that whoever was turned away may have printed


class HostGuard:
    """Lets requests to `app` through that name this machine, or know it from a container.

    A page on another site can have its own name point here; it then has that name as Host.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            host = addresses.host_of(Headers(scope=scope).get("host", ""))
            if not (addresses.is_loopback(host) or host == CONTAINERS):
                await refusal(Request(scope), 403, "api_host")(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Guard:
    """Lets requests to the page and its API through to `app`.

    `renew` is called when somebody was turned away who needs a new one-time address. While it is
    `closing` nothing is done any more that the next process would not know of.
    """

    def __init__(
        self,
        app: ASGIApp,
        sessions: Sessions,
        renew: Callable[[], object] | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.sessions = sessions
        self._app = app
        self._renew = renew
        self._now = now
        self._renewed = float("-inf")
        self.closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        response = self._refusal(scope) or self._entrance(scope)
        if response is None and scope["method"] not in WITHOUT_BODY:
            receive = await _arrived(receive)  # it may close while a body is on its way
        if response is None and self.closing:
            response = refusal(Request(scope), 503, "reloading")
            response.headers["Connection"] = "close"  # the next one goes to the next process
        await (response or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not addresses.is_loopback(addresses.host_of(host)):
            return refusal(Request(scope), 403, "host")
        if origin is not None and origin.partition("://")[2] != host:
            return refusal(Request(scope), 403, "origin")
        return None

    def _entrance(self, scope: Scope) -> Response | None:
        """What whoever has no session gets: a session for a token, or a refusal."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path == "/":
            tokens = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
            if tokens:
                return self._enter(scope, tokens[0])
        if self._known(scope) or path == "/api/session":
            return None
        if path.startswith("/api/"):
            return refusal(Request(scope), 401, "session")
        return self._turned_away(scope, 401, "session")

    def _enter(self, scope: Scope, token: str) -> Response:
        session = self.sessions.exchange(token)
        if session is None and not self._known(scope):
            return self._turned_away(scope, 403, "token")
        page = scope.get("root_path", "") + "/"
        lang = Request(scope).query_params.get("lang", "")
        kept = f"?lang={lang}" if lang in LANGUAGES else ""
        response = RedirectResponse(page + kept, 303)
        if session is not None:
            response.set_cookie(
                self.sessions.cookie,
                session,
                max_age=LIFE,
                path=page,
                httponly=True,
                samesite="strict",
            )
        return response

    def _turned_away(self, scope: Scope, status: int, code: str) -> Response:
        """The page that says so, once another address is printed where the first one was."""
        if self._renew is None:
            return page_refusal(Request(scope), status, code)
        if self._now() - self._renewed >= AGAIN:
            self._renewed = self._now()
            self._renew()
        return page_refusal(Request(scope), status, f"{code}_renewed")

    def _known(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        given = [bearer] if bearer else []
        for line in headers.getlist("cookie"):
            try:
                cookie = SimpleCookie(line).get(self.sessions.cookie)
            except CookieError:
                continue
            if cookie is not None:
                given.append(cookie.value)
        return any(map(self.sessions.known, given))


async def _arrived(receive: Receive) -> Receive:
    """Wait for the body, of a large one for its beginning; what receives it once more."""
    messages, size = [await receive()], 0
    while messages[-1].get("more_body") and size < ENOUGH:
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return again


def refusal(request: Request, status: int, code: str, **values: object) -> Response:
    """An error as the API writes it."""
    text = catalogue()[f"denied.{code}"][language_of(request)].format(**values)
    return JSONResponse({"error": {"code": code, "text": text}}, status)


def page_refusal(request: Request, status: int, code: str) -> Response:
    """An error as a person reads it in a browser."""
    try:
        from yizhan.simulator.web import refusal as page
    except ImportError:
        return refusal(request, status, code)
    return page(request, status, code)


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
