"""Files behind addresses that WeChat gives: fetched from its own hosts, and public ones, only."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import urljoin, urlsplit

from yizhan import addresses
from yizhan.api.kinds import HEAD, is_page
from yizhan.api.saving import FileSink
from yizhan.api.transport import HttpTransport, Response, Transport
from yizhan.errors import MediaError, Unreachable

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver, ResolveResult

# Where PicUrl, video_url, down_url and headimgurl lead to.
HOSTS = ("qpic.cn", "qlogo.cn", "qq.com", "weixin.qq.com", "wechat.com")
HOPS = 3
UNICAST = ipaddress.IPv6Network("2000::/3")
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64
# Where a simulator at the API's address keeps its files: exactly there, so that an address in a
# push leads to nothing else of a gateway that stands in the API's place.
SIMULATED = re.compile(r"/simulator/[\w-]+/[\w-]+/0", re.ASCII)


@runtime_checkable
class StandIn(Protocol):
    """What a transport has that keeps files itself, as the simulator's in tests."""

    def keeps(self, url: str) -> bool:
        """Whether it, and not the network, has the file at this address."""
        ...


def guarded_transport(proxy: str | None = None) -> HttpTransport:
    """A transport that connects to public addresses only, whatever a name resolves to."""
    return HttpTransport(proxy=proxy, resolver=_resolver())


async def fetch(url: str, sink: FileSink, transport: Transport, *, numeric: bool = False) -> None:
    """GET that address into the sink, redirects included. MediaError when it may not be.

    `numeric` lets public IPv4 addresses pass as well: WeChat's videos lie at such ones.
    """
    for _ in range(HOPS):
        host = check(url, numeric=numeric)
        response = await transport.send("GET", url, {}, None, sink)
        location = response.headers.get("location", "")
        if response.status not in (301, 302, 303, 307, 308) or not location:
            break
        url = _joined(url, location)
    else:
        raise MediaError("media.redirects", host=host, most=HOPS)
    await _take(response, host, sink)


async def fetch_simulated(url: str, sink: FileSink, transport: Transport) -> None:
    """GET a file that the simulator keeps, from it: `is_simulated` has said so."""
    response = await transport.send("GET", url, {}, None, sink)
    await _take(response, urlsplit(url).netloc, sink)


def is_simulated(url: str, base: str, transport: Transport) -> bool:
    """Whether a simulator has that file: this transport, or what is at the API's address."""
    if isinstance(transport, StandIn):
        return transport.keeps(url)
    return url.startswith(base) and SIMULATED.fullmatch(url.removeprefix(base)) is not None


async def _take(response: Response, host: str, sink: FileSink) -> None:
    """Write what came, if it is a file. Raises MediaError."""
    if response.status != 200:
        raise MediaError("media.status", host=host, status=response.status)
    if is_page(response.headers.get("content-type", ""), response.body[:HEAD]):
        raise MediaError("media.page")
    if response.body:
        await sink.write(response.body)


@asynccontextmanager
async def until(ends: float | None, url: str) -> AsyncIterator[None]:
    """Let what is in the block take until that time of the loop. Raises Unreachable."""
    limit = asyncio.timeout_at(ends)
    try:
        async with limit:
            yield
    except TimeoutError:
        if not limit.expired():
            raise
        raise Unreachable("api.fetch_late", host=urlsplit(url).netloc) from None


def check(url: str, *, numeric: bool = False) -> str:
    """The host of an address that may be fetched. MediaError for any other."""
    parts = addresses.web(url)
    if parts is None:
        raise MediaError("media.address", url=url[:200])
    host = (parts.hostname or "").lower().rstrip(".")
    known = _is_wechat(host) or (numeric and _is_public_ipv4(parts.hostname or ""))
    if parts.port not in (None, 80, 443) or not known:
        raise MediaError("media.foreign", host=parts.netloc, allowed=", ".join(HOSTS))
    return host


def public(found: "Sequence[ResolveResult]", host: str) -> "list[ResolveResult]":
    """These addresses, if all of them are public. MediaError names the first that is not.

    A host that is not WeChat's is the proxy, which may stand in the same house.
    """
    for each in found if _is_wechat(host) else ():
        if not is_public(each["host"].partition("%")[0]):
            raise MediaError("media.private", host=host, address=each["host"])
    return list(found)


def is_public(address: str) -> bool:
    """Whether anybody may stand behind that address: no private network, no group, no relay to one.

    `is_global` alone does not tell: it is true of multicast, and of IPv6 addresses that
    translators and tunnels turn into private IPv4 ones.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = _within(found)
        if inner is not None:
            return is_public(str(inner))
        return found in UNICAST and found.is_global
    return found.is_global and not found.is_multicast


def _within(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which such a one leads."""
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_public_ipv4(host: str) -> bool:
    """Whether it is one in its usual form: every other form of it may be read in several ways."""
    try:
        usual = str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False
    return usual and is_public(host)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location  # which `check` refuses


def _is_wechat(host: str) -> bool:
    return any(host == known or host.endswith("." + known) for known in HOSTS)


def _resolver() -> "AbstractResolver":
    from aiohttp import ThreadedResolver

    class PublicResolver(ThreadedResolver):
        """Looks names up as usual and lets public addresses through."""

        async def resolve(
            self,
            host: str,
            port: int = 0,
            family: socket.AddressFamily = socket.AF_UNSPEC,
        ) -> "list[ResolveResult]":
            return public(await super().resolve(host, port, family), host)

    return PublicResolver()
