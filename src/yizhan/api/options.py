"""What a client may be told besides AppID and AppSecret."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypedDict

from yizhan import addresses
from yizhan.api.shelf import Token, TokenShelf
from yizhan.api.transport import Transport
from yizhan.clock import Clock
from yizhan.errors import SettingsError
from yizhan.settings import Settings, TokenKind

if TYPE_CHECKING:
    from yizhan.api.client import AsyncClient

API = "https://api.weixin.qq.com"


class Options(TypedDict, total=False):
    """The keywords of AsyncClient and Client.

    `component` is the client of the third-party platform that speaks for the account;
    `token` is the kind fetched, or `fetch` is asked for one; `proxy` (`http://host:port`,
    or "" for none at all) stands in for HTTPS_PROXY and NO_PROXY.
    """

    base: str
    proxy: str | None
    transport: Transport | None
    clock: Clock | None
    shelf: TokenShelf | None
    token: TokenKind
    fetch: Callable[[], Awaitable[Token]] | None
    component: "AsyncClient | None"


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
) -> Options:
    """What an account's settings say of it, with the shelf beside its store."""
    return {
        "base": settings.api_base,
        "proxy": settings.api_proxy or None,
        "token": settings.api_token,
        "shelf": shelf,
        "transport": transport,
        "clock": clock,
    }
