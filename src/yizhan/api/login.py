"""Web OAuth: who has opened a page in WeChat, or has scanned the QR code of a web site.

`Login` is a route of Starlette and FastAPI; `leave` and `arrive` do the same for Django, Flask and
any other server that blocks.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, get_args

from yizhan import addresses
from yizhan.api.blocking import Client
from yizhan.api.client import AsyncClient
from yizhan.api.visits import (
    COOKIE,
    Cookie,
    Identity,
    Leave,
    Refusal,
    Returned,
    Scope,
    Visits,
    Welcome,
    authorize_url,
    identity_of,
    local_path,
)
from yizhan.errors import LoginError, SettingsError, YizhanError
from yizhan.extras import needs

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = [
    "COOKIE",
    "Cookie",
    "Identity",
    "Leave",
    "Login",
    "Refusal",
    "Scope",
    "Welcome",
    "arrive",
    "authorize_url",
    "leave",
    "local_path",
]

PATH = "/sns/oauth2/access_token"

Then = Callable[[Identity, str], Awaitable["Response"]]
Refused = Callable[[LoginError], Awaitable["Response"]]


def leave(
    client: Client | AsyncClient,
    redirect_uri: str,
    next: str | None = "/",
    kept: str | None = "",
    *,
    scope: Scope = "snsapi_base",
) -> Leave:
    """Where to send a visitor, and with which cookie; `kept` is what the cookie holds so far.

    They come back to `redirect_uri`, which calls `arrive`, and at last go on to `next`. Raises
    SettingsError for an address or a scope that is none.
    """
    return _visits(client, redirect_uri, scope, COOKIE).leave(next, kept)


def arrive(
    client: Client,
    redirect_uri: str,
    query: Mapping[str, str],
    kept: str | None = "",
    *,
    scope: Scope = "snsapi_base",
) -> Welcome | Leave | Refusal:
    """Who has come back from WeChat with that query, or what to do instead.

    `Leave` sends the visitor to WeChat once more: the state or the code had expired, as after going
    back in the browser. Raises nothing where `leave` raised nothing.
    """
    visits = _visits(client, redirect_uri, scope, COOKIE)
    returned = visits.come_back(query, kept)
    if not isinstance(returned, Returned):
        return returned
    try:
        answer = client.call(PATH, code=returned.code)
        return visits.welcome(returned, answer if isinstance(answer, dict) else {})
    except YizhanError as error:
        return visits.failed(returned, error)


class Login:
    """One route that sends a visitor to WeChat and takes them back.

        login = Login(account.api, "https://example.com/login")

        @app.get("/login")
        async def enter(request: Request):
            return await login(request, welcome)

        async def welcome(identity, next):         # the ?next= that the visitor came with
            return RedirectResponse(next)

    The state is in a cookie as well, so that a link alone logs nobody in; five tabs may be open
    at once. An expired state or code begins anew once. A visitor who does not agree, or fails
    again, gets 403, and 503 when WeChat cannot be reached: with a short text, or with the
    response that `refused` makes from the LoginError.
    """

    def __init__(
        self,
        client: AsyncClient,
        redirect_uri: str,
        *,
        scope: Scope = "snsapi_base",
        cookie: str = COOKIE,
        refused: Refused | None = None,
    ) -> None:
        self._client = client
        self._visits = _visits(client, redirect_uri, scope, cookie)
        self._refused = refused

    async def __call__(self, request: "Request", then: Then) -> "Response":
        """Begin, or with WeChat's answer in the address finish and go on with `then`."""
        kept = self._kept(request)
        if "state" not in request.query_params:
            return _redirect(self._visits.leave(request.query_params.get("next", ""), kept))
        step = await self._arrive(request.query_params, kept)
        if isinstance(step, Leave):
            return _redirect(step)
        if isinstance(step, Welcome):
            response = await then(step.identity, step.next)
        else:
            response = await self._refusal(step)
        response.set_cookie(**step.cookie)
        return response

    def begin(self, next: str | None = "/", kept: str | None = "") -> "Response":
        """Send the visitor to WeChat; `kept` is what the cookie holds so far."""
        return _redirect(self._visits.leave(next, kept))

    async def finish(self, request: "Request") -> Identity:
        """Who has come back from WeChat. Raises LoginError, and APIError for an expired code."""
        returned = self._visits.come_back(request.query_params, self._kept(request))
        if isinstance(returned, Refusal):
            raise returned.error
        if isinstance(returned, Leave):
            raise LoginError("login.state")
        return identity_of(await self._exchanged(returned))

    async def profile(self, identity: Identity, lang: str = "zh_CN") -> dict[str, object]:
        """Nickname and picture; not with the scope snsapi_base."""
        return await self._client.get(
            "/sns/userinfo",
            access_token=identity.access_token,
            openid=identity.openid,
            lang=lang,
        )

    async def _arrive(self, query: Mapping[str, str], kept: str) -> Welcome | Leave | Refusal:
        returned = self._visits.come_back(query, kept)
        if not isinstance(returned, Returned):
            return returned
        try:
            return self._visits.welcome(returned, await self._exchanged(returned))
        except YizhanError as error:
            return self._visits.failed(returned, error)

    async def _exchanged(self, returned: Returned) -> Mapping[str, object]:
        answer = await self._client.call(PATH, code=returned.code)
        return answer if isinstance(answer, dict) else {}

    async def _refusal(self, step: Refusal) -> "Response":
        if self._refused is not None:
            return await self._refused(step.error)
        from starlette.responses import PlainTextResponse

        return PlainTextResponse(step.text, step.status)

    def _kept(self, request: "Request") -> str:
        return request.cookies.get(self._visits.cookie, "")


def _visits(client: Client | AsyncClient, redirect_uri: str, scope: Scope, cookie: str) -> Visits:
    if addresses.web(redirect_uri) is None:
        raise SettingsError("login.address", url=repr(redirect_uri))
    if scope not in get_args(Scope):
        allowed = ", ".join(get_args(Scope))
        raise SettingsError("settings.range", setting="scope", allowed=allowed)
    return Visits(client.appid, redirect_uri, scope, cookie, client.component_appid)


def _redirect(step: Leave) -> "Response":
    with needs("simulator"):
        from starlette.responses import RedirectResponse

    response = RedirectResponse(step.location, 302, {"cache-control": "no-store"})
    response.set_cookie(**step.cookie)
    return response
