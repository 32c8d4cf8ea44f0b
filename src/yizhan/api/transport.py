"""How a call reaches api.weixin.qq.com: one protocol, so tests can stand in for the network."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from yizhan.errors import Unreachable, Unsent

if TYPE_CHECKING:
    from aiohttp import ClientSession

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 20.0


class Response(Struct, frozen=True):
    """A whole response; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Sends one request.

    Raises Unsent when it certainly did not reach WeChat, Unreachable when it may have.
    """

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Response: ...

    async def close(self) -> None: ...


class HttpTransport:
    """The real network, by aiohttp; the pool is opened with the first call."""

    def __init__(self, *, proxy: str | None = None) -> None:
        self._proxy = proxy
        self._session: ClientSession | None = None

    async def send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Response:
        """Send one request; 20 seconds at most, of which 5 to connect."""
        from aiohttp import ClientConnectorError, ClientError

        session = self._opened()
        try:
            async with session.request(
                method, url, headers=headers, data=body, proxy=self._proxy, allow_redirects=False
            ) as response:
                content = await response.read()
                names = {name.lower(): value for name, value in response.headers.items()}
                return Response(response.status, names, content)
        except ClientConnectorError as error:
            raise Unsent("api.unreachable", host=error.host, problem=error.os_error) from error
        except (ClientError, TimeoutError, OSError) as error:
            raise Unreachable("api.unknown", problem=type(error).__name__) from error

    async def close(self) -> None:
        """Close the pool."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _opened(self) -> "ClientSession":
        if self._session is None or self._session.closed:
            from aiohttp import ClientSession, ClientTimeout

            timeout = ClientTimeout(total=TOTAL_SECONDS, connect=CONNECT_SECONDS)
            self._session = ClientSession(timeout=timeout)
        return self._session
