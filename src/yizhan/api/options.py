"""What a client may be told besides AppID and AppSecret."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypedDict, get_args

from yizhan import addresses
from yizhan.api.reports import OnCall
from yizhan.api.shelf import Token, TokenShelf
from yizhan.api.transport import Transport
from yizhan.clock import Clock
from yizhan.errors import SettingsError
from yizhan.phrases import say
from yizhan.settings import Settings, TokenKind

if TYPE_CHECKING:
    from yizhan.api.client import AsyncClient

API = "https://api.weixin.qq.com"
# Options that are objects: the methods that are called, and what has them.
OBJECTS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "shelf": (("get", "put", "turn"), "FileShelf(…), MemoryShelf()"),
    "transport": (("send", "close"), "HttpTransport(…), FakeWeChat()"),
    "on_call": (("__call__",), "def note(report: CallReport)"),
}


class Options(TypedDict, total=False):
    """The keywords of AsyncClient and Client.

    `component` is the client of the third-party platform that speaks for the account;
    `token` is the kind fetched, or `fetch` is asked for one; `proxy` (`http://host:port`,
    or "" for none at all) stands in for HTTPS_PROXY and NO_PROXY, and for the proxy of an
    HttpTransport given as `transport`. `on_call` is called after each call with its
    CallReport, in the client's loop: it must not wait for anything.
    """

    base: str
    proxy: str | None
    transport: Transport | None
    clock: Clock | None
    shelf: TokenShelf | None
    token: TokenKind
    fetch: Callable[[], Awaitable[Token]] | None
    component: "AsyncClient | None"
    on_call: OnCall | None


def check(appid: object, secret: object, options: Mapping[str, object]) -> None:
    """What a checker would have said of a client's arguments, and what is easily got wrong.

    Raises SettingsError, or TypeError for a keyword that there is not.
    """
    for name, value in (("AppID", appid), ("AppSecret", secret)):
        if not isinstance(value, str):
            raise SettingsError("api.no_text", name=name, kind=type(value).__name__)
        if value != value.strip():
            raise SettingsError("api.blank", name=name)
    for name in options.keys() - Options.__annotations__.keys():
        allowed = ", ".join(Options.__annotations__)
        raise TypeError(say("api.no_option", name=name, allowed=allowed))
    if options.get("token", "stable") not in get_args(TokenKind):
        raise SettingsError(
            "settings.range", setting="token", allowed=", ".join(get_args(TokenKind))
        )
    if not isinstance(options.get("proxy"), str | None):
        raise SettingsError("settings.range", setting="proxy", allowed="http://…, https://…")
    for name, (methods, allowed) in OBJECTS.items():
        given = options.get(name)
        if given is not None and not all(hasattr(given, method) for method in methods):
            raise SettingsError("settings.range", setting=name, allowed=allowed)


def base_of(options: Options) -> str:
    """Where the API is. SettingsError for an address that nobody can connect to."""
    base = options.get("base", API)
    if addresses.web(base) is None:
        raise SettingsError("settings.range", setting="base", allowed="http://…, https://…")
    return base.rstrip("/")


def options_of(
    settings: Settings,
    *,
    shelf: TokenShelf,
    transport: Transport | None = None,
    clock: Clock | None = None,
    on_call: OnCall | None = None,
) -> Options:
    """What an account's settings say of it, with the shelf beside its store.

    A transport that is given stands for the network, proxy included: a test's, or the simulator's.
    """
    return {
        "base": settings.api_base,
        "proxy": (settings.api_proxy or None) if transport is None else None,
        "token": settings.api_token,
        "shelf": shelf,
        "transport": transport,
        "clock": clock,
        "on_call": on_call,
    }
