"""Files behind addresses that WeChat gives: fetched from WeChat's own hosts only."""

import ipaddress
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from yizhan import addresses
from yizhan.api.saving import FileSink
from yizhan.api.transport import HttpTransport, Transport
from yizhan.errors import MediaError

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver, ResolveResult

# Where PicUrl, video_url, down_url and headimgurl lead to.
HOSTS = ("qpic.cn", "qlogo.cn", "qq.com", "weixin.qq.com", "wechat.com")
HOPS = 3


def guarded_transport(proxy: str | None = None) -> HttpTransport:
    """A transport that connects to public addresses only, whatever a name resolves to."""
    return HttpTransport(proxy=proxy, resolver=_resolver())


async def fetch(url: str, sink: FileSink, transport: Transport) -> None:
    """GET that address into the sink, redirects included. MediaError when it may not be."""
    for _ in range(HOPS):
        host = check(url)
        response = await transport.send("GET", url, {}, None, sink)
        location = response.headers.get("location", "")
        if response.status not in (301, 302, 303, 307, 308) or not location:
            break
        url = _joined(url, location)
    else:
        raise MediaError("media.redirects", host=host, most=HOPS)
    if response.status != 200:
        raise MediaError("media.status", host=host, status=response.status)
    if response.body:
        await sink.write(response.body)


def check(url: str) -> str:
    """The host of an address that may be fetched. MediaError for any other."""
    parts = addresses.web(url)
    if parts is None:
        raise MediaError("media.address", url=url[:200])
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.port not in (None, 80, 443) or not _is_wechat(host):
        raise MediaError("media.foreign", host=parts.netloc, allowed=", ".join(HOSTS))
    return host


def public(found: "Sequence[ResolveResult]", host: str) -> "list[ResolveResult]":
    """These addresses, if all of them are public. MediaError names the first that is not.

    A host that is not WeChat's is the proxy, which may stand in the same house.
    """
    for each in found if _is_wechat(host) else ():
        if not ipaddress.ip_address(each["host"].partition("%")[0]).is_global:
            raise MediaError("media.private", host=host, address=each["host"])
    return list(found)


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
