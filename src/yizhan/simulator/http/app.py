"""The simulator as one ASGI application: the page, its API behind the guard, and the fake API."""

from collections.abc import Callable

from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from yizhan.simulator.api import ApiApp
from yizhan.simulator.http import accounts, followers, pushes, whole
from yizhan.simulator.http.calls import Handler, HttpCall, json, route
from yizhan.simulator.http.guard import Guard, HostGuard, Sessions, refusal
from yizhan.simulator.simulation import Simulation

WEIXIN = "weixin"  # where the fake API stands, beside the page
# Where api.weixin.qq.com has it; for clients that can change the host only.
ROOTS = ("/cgi-bin", "/customservice", "/wxaapi", "/datacube", "/sns", "/card", "/semantic")

ACCOUNT = "/accounts/{account}"
FOLLOWER = ACCOUNT + "/followers/{openid}"
PUSH = "/pushes/{push}"

CALLS: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/state", whole.state),
    ("GET", "/events", whole.events),
    ("GET", "/log", whole.log),
    ("GET", "/catalogue", whole.catalogue),
    ("PATCH", "/options", whole.set_options),
    ("POST", "/clock", whole.move_clock),
    ("GET", "/accounts", accounts.index),
    ("GET", ACCOUNT, accounts.show),
    ("PATCH", ACCOUNT, accounts.change),
    ("POST", ACCOUNT + "/keys", accounts.renew),
    ("POST", ACCOUNT + "/verify", accounts.verify),
    ("GET", ACCOUNT + "/menu", accounts.menu),
    ("PUT", ACCOUNT + "/menu", accounts.set_menu),
    ("DELETE", ACCOUNT + "/menu", accounts.delete_menu),
    ("GET", ACCOUNT + "/scenes", accounts.scenes),
    ("POST", ACCOUNT + "/scenes", accounts.add_scene),
    ("GET", ACCOUNT + "/scenes/{ticket}/picture", accounts.picture),
    ("GET", ACCOUNT + "/media", accounts.media),
    ("POST", ACCOUNT + "/media", accounts.add_media),
    ("GET", ACCOUNT + "/media/{media_id}", accounts.file),
    ("GET", ACCOUNT + "/ledger", accounts.ledger),
    ("PUT", ACCOUNT + "/faults", accounts.set_faults),
    ("GET", ACCOUNT + "/followers", followers.index),
    ("POST", ACCOUNT + "/followers", followers.add),
    ("POST", ACCOUNT + "/recording", followers.open_),
    ("PATCH", FOLLOWER, followers.change),
    ("GET", FOLLOWER + "/screen", followers.screen),
    ("DELETE", FOLLOWER + "/screen", followers.clear),
    ("POST", FOLLOWER + "/read", followers.seen),
    ("POST", FOLLOWER + "/act", followers.act),
    ("GET", FOLLOWER + "/recording", followers.recorded),
    ("POST", FOLLOWER + "/recording", followers.replay),
    ("POST", FOLLOWER + "/restart", followers.start_over),
    ("GET", FOLLOWER + "/test", followers.test),
    ("GET", "/pushes", pushes.index),
    ("DELETE", "/pushes", pushes.clear),
    ("GET", PUSH, pushes.show),
    ("POST", PUSH + "/replay", pushes.replay),
    ("POST", PUSH + "/resend", pushes.resend),
    ("GET", PUSH + "/curl", pushes.curl),
    ("GET", PUSH + "/test", pushes.test),
    ("GET", PUSH + "/difference", pushes.difference),
    ("GET", PUSH + "/inside", pushes.inside),
    ("GET", "/calls", pushes.calls),
    ("GET", "/calls/{call}", pushes.call_),
)


class Token(Struct):
    """A one-time token."""

    token: str


class HttpApp:
    """The simulator at a path: "" for the root, else as "/simulator".

    At the root the fake API also answers where api.weixin.qq.com has it. `renew` prints
    another one-time address.
    """

    def __init__(
        self,
        simulation: Simulation,
        *,
        path: str = "",
        sessions: Sessions | None = None,
        renew: Callable[[], object] | None = None,
    ) -> None:
        self.simulation = simulation
        self.sessions = sessions or Sessions()
        self.path = path
        inner = Starlette(
            routes=[Mount("/api", routes=self._calls(), name="api"), *_page()],
            exception_handlers={404: _unknown_path, 405: _unknown_path},
        )
        self.guard = Guard(inner, self.sessions, renew)
        weixin = HostGuard(ApiApp(simulation.api))
        roots: list[BaseRoute] = [] if path else [Mount(root, app=_Whole(weixin)) for root in ROOTS]
        self._app: ASGIApp = Starlette(
            routes=[
                Mount(f"{path}/{WEIXIN}", app=weixin),
                *roots,
                *_icon(),
                Mount(path, app=self.guard),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def address(self, base: str) -> str:
        """The one-time link that opens the page."""
        return f"{base}{self.path}/?token={self.sessions.issue()}"

    async def root(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The page at `/` of a server that has the simulator's page at another path."""
        from yizhan.simulator.web import root

        async def page(scope: Scope, receive: Receive, send: Send) -> None:
            targets = [(id, pusher.client.url) for id, pusher in self.simulation.pushers.items()]
            await root(Request(scope), f"{self.path}/", targets)(scope, receive, send)

        await HostGuard(page)(scope, receive, send)

    def api_base(self, base: str) -> str:
        """What a bot takes for api.weixin.qq.com."""
        return f"{base}{self.path}/{WEIXIN}"

    def _calls(self) -> list[BaseRoute]:
        routes: list[BaseRoute] = [route(self.simulation, *call) for call in CALLS]
        routes.append(route(self.simulation, "POST", "/session", self._session))
        routes.append(route(self.simulation, "POST", "/token", self._token))
        return routes

    async def _session(self, call: HttpCall) -> object:
        session = self.sessions.exchange((await call.body(Token)).token)
        if session is None:
            return refusal(call.request, 403, "token")
        return {"session": session}

    async def _token(self, call: HttpCall) -> object:
        return {"token": self.sessions.issue()}


class _Whole:
    """Undoes a mount: the application sees the whole path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "root_path": ""}, receive, send)


def _page() -> list[BaseRoute]:
    try:
        from yizhan.simulator.web import routes
    except ImportError:
        return [Route("/", _no_page)]
    return routes()


def _icon() -> list[BaseRoute]:
    try:
        from yizhan.simulator.web import icon
    except ImportError:
        return []
    return [Route("/favicon.ico", icon)]


async def _no_page(request: Request) -> Response:
    return json({"api": "docs/simulator-api.md"})


async def _unknown_path(request: Request, error: Exception) -> Response:
    return refusal(request, 404, "unknown_path", path=request.url.path)
