"""Web OAuth for Starlette and FastAPI: who has opened a page in WeChat (protocol.md I8)."""

import secrets
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote, urlencode

import msgspec
from msgspec import Struct

from yizhan.api.client import AsyncClient
from yizhan.errors import LoginError
from yizhan.extras import needs

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

Scope = Literal["snsapi_base", "snsapi_userinfo"]

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
LIFE = 600  # seconds between leaving for WeChat and coming back
COOKIE = "yizhan_login"


class Identity(Struct, frozen=True):
    """Who it is. On a snapshot page WeChat makes an identity up: `snapshot` says so."""

    openid: str
    scope: str
    access_token: str
    refresh_token: str
    unionid: str = ""
    snapshot: bool = False

    def __repr__(self) -> str:
        return f"Identity(openid={self.openid!r}, snapshot={self.snapshot})"


Then = Callable[[Identity, str], Awaitable["Response"]]


class Login:
    """One route that sends a visitor to WeChat and takes them back.

        login = Login(account.api, "https://example.com/login")

        @app.get("/login")
        async def enter(request: Request):
            return await login(request, welcome)

        async def welcome(identity, next):         # the ?next= that the visitor came with
            return RedirectResponse(next)

    The state travels in a cookie as well, so that nobody can be logged in by a link. Raises
    LoginError for one that does not match, and for a visitor who has not agreed.
    """

    def __init__(
        self,
        client: AsyncClient,
        redirect_uri: str,
        *,
        scope: Scope = "snsapi_base",
        cookie: str = COOKIE,
    ) -> None:
        self._client = client
        self._redirect_uri = redirect_uri
        self._scope = scope
        self._cookie = cookie

    async def __call__(self, request: "Request", then: Then) -> "Response":
        """Begin, or with WeChat's answer in the address finish and go on with `then`."""
        if "state" not in request.query_params:
            return self.begin(local_path(request.query_params.get("next", "")))
        response = await then(await self.finish(request), self._next(request))
        response.delete_cookie(self._cookie)
        return response

    def begin(self, next: str = "/") -> "Response":
        """Send the visitor to WeChat."""
        with needs("simulator"):
            from starlette.responses import RedirectResponse

        state = secrets.token_hex(16)
        url = authorize_url(self._client.appid, self._redirect_uri, self._scope, state)
        response = RedirectResponse(url, 302, {"cache-control": "no-store"})
        response.set_cookie(
            self._cookie,
            state + quote(next, safe="/"),
            max_age=LIFE,
            httponly=True,
            secure=self._redirect_uri.startswith("https:"),
            samesite="lax",
        )
        return response

    async def finish(self, request: "Request") -> Identity:
        """Who has come back from WeChat. Raises LoginError, and APIError for a dead code."""
        given, kept = request.query_params["state"], request.cookies.get(self._cookie, "")
        if not compare_digest(given.encode(), kept[:32].encode()) or not kept:
            raise LoginError("login.state")
        code = request.query_params.get("code")
        if not code:
            raise LoginError("login.refused")
        answer = await self._client.call("/sns/oauth2/access_token", code=code)
        told = msgspec.convert(answer, _Told)
        return Identity(
            told.openid,
            told.scope,
            told.access_token,
            told.refresh_token,
            told.unionid,
            told.is_snapshotuser == 1,
        )

    async def profile(self, identity: Identity, lang: str = "zh_CN") -> dict[str, object]:
        """Nickname and picture; only with the scope snsapi_userinfo."""
        return await self._client.get(
            "/sns/userinfo",
            access_token=identity.access_token,
            openid=identity.openid,
            lang=lang,
        )

    def _next(self, request: "Request") -> str:
        return local_path(unquote(request.cookies.get(self._cookie, "")[32:]))


class _Told(Struct, frozen=True):
    openid: str
    scope: str
    access_token: str
    refresh_token: str
    unionid: str = ""
    is_snapshotuser: int = 0


def authorize_url(appid: str, redirect_uri: str, scope: Scope, state: str) -> str:
    """The page on which WeChat asks the visitor; the order of its parameters matters."""
    asked = {
        "appid": appid,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": scope,
        "state": state,
    }
    return f"{AUTHORIZE}?{urlencode(asked)}#wechat_redirect"


def local_path(path: str) -> str:
    """A path of this site; "/" for whatever leads elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"
