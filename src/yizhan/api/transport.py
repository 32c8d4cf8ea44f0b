"""How a call reaches api.weixin.qq.com: one protocol, so tests can stand in for the network."""

import asyncio
import os
from collections.abc import AsyncIterable, Mapping
from math import inf  # the threshold at which aiohttp begins to round time-outs up: never
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit
from weakref import finalize

from msgspec import Struct

from yizhan import addresses
from yizhan.api.bound import LoopBound
from yizhan.errors import SettingsError, Unreachable, Unsent

if TYPE_CHECKING:
    from aiohttp import BaseConnector, ClientSession, ClientTimeout
    from aiohttp.abc import AbstractResolver

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0
STALL_SECONDS = 20.0  # without a byte of a file on its way
CONNECTIONS = 100
CHUNK = 65_536

Body = bytes | AsyncIterable[bytes] | None  # pieces come from the beginning at each iteration


class Response(Struct, frozen=True):
    """A whole response; ask for header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Sink(Protocol):
    """Takes the bytes of a file as they come in."""

    def takes(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether these are bytes to be taken; each time anew from the beginning."""
        ...

    async def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        ...


class Transport(Protocol):
    """Sends one request.

    Bytes that `sink` takes go there, and the response's body is then empty. Raises
    Unsent when the request certainly did not reach WeChat, Unreachable when it may have.
    """

    async def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Body,
        sink: Sink | None = None,
    ) -> Response:
        """Send the request and return WeChat's response."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class HttpTransport:
    """The real network, by aiohttp; the pool is opened with the first call.

    `proxy` is taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY when it is not given, and
    never for this machine; "" uses none.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        connect: float = CONNECT_SECONDS,
        total: float = TOTAL_SECONDS,
        connections: int = CONNECTIONS,
        resolver: "AbstractResolver | None" = None,
    ) -> None:
        if proxy:
            _check_proxy(proxy, "proxy")
        self._proxy = proxy
        self._connect = connect
        self._total = total
        self._connections = connections
        self._resolver = resolver
        self._proxies: dict[str, str | None] = {}
        self._pools: LoopBound[Pool] = LoopBound()
        self._unclosed: finalize[[Pool], HttpTransport] | None = None

    async def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Body,
        sink: Sink | None = None,
        seconds: float | None = None,
    ) -> Response:
        """Send one request; a file may take as long as its bytes keep coming.

        Another one has `total` seconds, or as many as are given.
        """
        import aiohttp
        from yarl import URL

        pool = self._pools.get(self._opened)
        whole = sink is None and (body is None or isinstance(body, bytes))
        try:
            async with pool.session.request(
                method,
                URL(url, encoded=True),
                headers=headers,
                data=body,
                proxy=self._proxy_for(url),
                allow_redirects=False,
                timeout=self._time(pool, seconds) if whole else pool.long,
            ) as response:
                if sink is None or not sink.takes(response.status, response.headers):
                    return Response(response.status, response.headers, await response.read())
                async for chunk in response.content.iter_chunked(CHUNK):
                    await sink.write(chunk)
                return Response(response.status, response.headers, b"")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            # The connector's errors name the host and no more: the URL holds the token.
            raise Unsent("api.unreachable", host=_host(url), problem=_plain(error)) from None
        except aiohttp.ClientHttpProxyError as error:
            raise Unsent("api.proxy", status=error.status) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable("api.unknown", problem=type(error).__name__) from None

    def by_proxy(self, proxy: str) -> "HttpTransport":
        """One like this that goes by that proxy, with connections of its own."""
        return HttpTransport(
            proxy=proxy,
            connect=self._connect,
            total=self._total,
            connections=self._connections,
            resolver=self._resolver,
        )

    @property
    def proxy(self) -> str | None:
        """The proxy that was given; None for what the environment says."""
        return self._proxy

    async def close(self) -> None:
        """Close the pool."""
        if (pool := self._pools.take()) is not None and self._unclosed is not None:
            self._unclosed.detach()
            await pool.session.close()

    def _opened(self) -> "Pool":
        from aiohttp import ClientSession, ClientTimeout, DummyCookieJar

        if self._unclosed is not None:
            self._unclosed()
        connector = _connector(self._connections, self._resolver)
        pool = Pool(
            session=ClientSession(connector=connector, cookie_jar=DummyCookieJar()),
            loop=asyncio.get_running_loop(),
            pid=os.getpid(),
            short=ClientTimeout(total=self._total, connect=self._connect, ceil_threshold=inf),
            long=ClientTimeout(connect=self._connect, sock_read=STALL_SECONDS, ceil_threshold=inf),
        )
        self._unclosed = finalize(self, _leave, pool)
        return pool

    def _time(self, pool: "Pool", seconds: float | None) -> "ClientTimeout":
        if seconds is None:
            return pool.short
        from aiohttp import ClientTimeout

        return ClientTimeout(total=seconds, connect=self._connect, ceil_threshold=inf)

    def _proxy_for(self, url: str) -> str | None:
        """Looked up once per host: the environment is slow to ask."""
        if self._proxy is not None:
            return self._proxy or None
        origin = "/".join(url.split("/", 3)[:3])
        if origin not in self._proxies:
            self._proxies[origin] = proxy_of(origin)
        return self._proxies[origin]


class Pool(Struct, frozen=True):
    """The connections of one event loop of one process, and how long a request may take on them."""

    session: "ClientSession"
    loop: asyncio.AbstractEventLoop
    pid: int
    short: "ClientTimeout"
    long: "ClientTimeout"


def _leave(pool: Pool) -> None:
    """Give up connections that nobody has closed, quietly; their own loop closes them, if it runs.

    Those that a forked process has inherited are its parent's.
    """
    if pool.session.closed:
        return
    if pool.pid == os.getpid() and pool.loop.is_running():
        pool.loop.call_soon_threadsafe(lambda: asyncio.ensure_future(pool.session.close()))
    else:
        pool.session.detach()


def _connector(connections: int, resolver: "AbstractResolver | None") -> "BaseConnector":
    from aiohttp import TCPConnector

    class Connector(TCPConnector):
        """Closes its connections when it is told to, and never while it is collected."""

        def __del__(self, _warnings: object = None) -> None:
            """`_leave` has seen to it."""

    return Connector(limit=connections, resolver=resolver)


def proxy_of(url: str) -> str | None:
    """The proxy that the environment names for that address; none for this machine."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    if addresses.is_loopback(parts.hostname or "") or proxy_bypass(parts.netloc):
        return None
    proxy = getproxies().get(parts.scheme)
    if proxy and "://" not in proxy:
        proxy = f"http://{proxy}"  # as curl and the others take it
    if proxy:
        _check_proxy(proxy, f"{parts.scheme.upper()}_PROXY")
    return proxy


def _check_proxy(proxy: str, setting: str) -> None:
    if addresses.web(proxy) is None:
        raise SettingsError("settings.range", setting=setting, allowed="http://…, https://…")


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _plain(error: Exception) -> str:
    return str(getattr(error, "os_error", None) or type(error).__name__)
