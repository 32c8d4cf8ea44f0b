"""Visitors on their way to WeChat and back: what is kept of it in a cookie, and what comes next.

Nothing here calls anybody. Each tab that is on its way has a state of its own; a way that ends in
a dead state or code begins anew once, and the state of the new way tells that it is the second.
"""

import logging
import secrets
from collections.abc import Mapping
from hmac import compare_digest
from typing import Literal, TypedDict
from urllib.parse import quote, unquote, urlencode

import msgspec
from msgspec import Struct

from yizhan.errors import APIError, LoginError, YizhanError

Scope = Literal["snsapi_base", "snsapi_userinfo", "snsapi_login"]

AUTHORIZE = "https://open.weixin.qq.com/connect/oauth2/authorize"
QR_PAGE = "https://open.weixin.qq.com/connect/qrconnect"
COOKIE = "yizhan_login"
LIFE = 600  # seconds between leaving for WeChat and coming back
TABS = 5  # that may be on their way at the same time
STATE = 32  # characters of a state
LONGEST = 600  # characters of an address to go on with: five of them fit into a cookie
FIRST, SECOND = "y", "z"  # what a state begins with
DEAD = frozenset({40029, 40163, 41008, 42003})  # errcodes of a code that is used, over or none

log = logging.getLogger("yizhan.api")


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


class Cookie(TypedDict):
    """What `set_cookie` of Starlette, Flask and Django takes."""

    key: str
    value: str
    max_age: int
    secure: bool
    httponly: bool
    samesite: Literal["lax"]


class Leave(Struct, frozen=True):
    """Send the visitor there, with this cookie."""

    location: str
    cookie: Cookie


class Welcome(Struct, frozen=True):
    """The visitor is known: go on at `next`, an address of this site."""

    identity: Identity
    next: str
    cookie: Cookie


class Refusal(Struct, frozen=True):
    """The visitor is not let in: with 403 by their own doing, with 503 when WeChat is away."""

    error: LoginError
    status: Literal[403, 503]
    cookie: Cookie

    @property
    def text(self) -> str:
        """What to tell the visitor."""
        return str(self.error)


class Way(Struct, frozen=True):
    """One visitor under way: the state, and where they wanted to go."""

    state: str
    next: str

    @property
    def second(self) -> bool:
        """Whether it was begun because an earlier one failed."""
        return self.state.startswith(SECOND)


class Returned(Struct, frozen=True):
    """One who came back with a code; `others` are still on their way."""

    code: str
    way: Way
    others: tuple[Way, ...]


class Visits(Struct, frozen=True):
    """What is decided about the visitors of one page.

    `component_appid` is the third-party platform that speaks for the account.
    """

    appid: str
    redirect_uri: str
    scope: Scope = "snsapi_base"
    cookie: str = COOKIE
    component_appid: str = ""

    def leave(self, next: str | None, kept: str | None, *, second: bool = False) -> Leave:
        """Send a visitor to WeChat."""
        return self._leave(local_path(next), ways_of(kept), second=second)

    def come_back(self, query: Mapping[str, str], kept: str | None) -> Returned | Leave | Refusal:
        """What a visitor brings: a code, or the reason why there is none."""
        given, ways = query.get("state") or "", ways_of(kept)
        way = next((way for way in ways if _same(way.state, given)), None)
        if way is None:
            if given.startswith(SECOND):
                return self._refuse("login.state", ways)
            return self._leave(ways[-1].next if ways else "/", ways, second=True)
        others = tuple(other for other in ways if other is not way)
        code = query.get("code") or ""
        if not code:
            return self._refuse("login.refused", others)
        return Returned(code, way, others)

    def welcome(self, returned: Returned, answer: Mapping[str, object]) -> Welcome:
        """Let in whom WeChat knows. Raises APIError for an answer that names nobody."""
        return Welcome(identity_of(answer), returned.way.next, self._cookie(returned.others))

    def failed(self, returned: Returned, error: YizhanError) -> Leave | Refusal:
        """What becomes of a visitor whose code WeChat does not take."""
        if not isinstance(error, APIError) or error.errcode not in DEAD:
            log.error("%s", error)
            return self._refuse("login.unreachable", returned.others, 503)
        if returned.way.second:
            return self._refuse("login.code", returned.others)
        return self._leave(returned.way.next, returned.others, second=True)

    def _leave(self, next: str, ways: tuple[Way, ...], *, second: bool) -> Leave:
        state = (SECOND if second else FIRST) + secrets.token_hex(STATE // 2)[1:]
        way = Way(state, next if len(quote(next, safe="")) <= LONGEST else "/")
        location = authorize_url(
            self.appid, self.redirect_uri, self.scope, state, self.component_appid
        )
        return Leave(location, self._cookie((*ways, way)[-TABS:]))

    def _refuse(
        self, phrase: str, ways: tuple[Way, ...], status: Literal[403, 503] = 403
    ) -> Refusal:
        return Refusal(LoginError(phrase), status, self._cookie(ways))

    def _cookie(self, ways: tuple[Way, ...]) -> Cookie:
        return {
            "key": self.cookie,
            "value": "!".join(way.state + quote(way.next, safe="") for way in ways),
            "max_age": LIFE if ways else 0,
            "secure": self.redirect_uri.startswith("https:"),
            "httponly": True,
            "samesite": "lax",
        }


class _Identity(Struct, frozen=True):
    openid: str
    scope: str
    access_token: str
    refresh_token: str
    unionid: str = ""
    is_snapshotuser: int = 0


def identity_of(answer: Mapping[str, object]) -> Identity:
    """Who the answer to a code names. Raises APIError when it names nobody."""
    try:
        identity = msgspec.convert(answer, _Identity)
    except msgspec.ValidationError as error:
        raise APIError("api.malformed", path="/sns/oauth2/access_token") from error
    return Identity(
        identity.openid,
        identity.scope,
        identity.access_token,
        identity.refresh_token,
        identity.unionid,
        identity.is_snapshotuser == 1,
    )


def ways_of(kept: str | None) -> tuple[Way, ...]:
    """Those under way, as the cookie tells; what is none is left out."""
    pieces = (kept or "")[: TABS * (STATE + LONGEST + 1)].split("!")
    ways = (Way(piece[:STATE], local_path(unquote(piece[STATE:]))) for piece in pieces)
    return tuple(way for way in ways if len(way.state) == STATE)[-TABS:]


def authorize_url(
    appid: str, redirect_uri: str, scope: Scope, state: str, component_appid: str = ""
) -> str:
    """The page on which WeChat asks the visitor; the order of its parameters matters."""
    asked = {
        "appid": appid,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": scope,
        "state": state,
    }
    if component_appid:
        asked["component_appid"] = component_appid
    page = QR_PAGE if scope == "snsapi_login" else AUTHORIZE
    return f"{page}?{urlencode(asked)}#wechat_redirect"


def local_path(path: str | None) -> str:
    """A path of this site; "/" for whatever leads elsewhere, and for none."""
    if path is None:
        return "/"
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if safe else "/"


def _same(kept: str, given: str) -> bool:
    return compare_digest(kept.encode("utf-8", "replace"), given.encode("utf-8", "replace"))
