"""The Official Account HTTP API: any endpoint, with the token seen to."""

import json
from collections.abc import Mapping
from functools import partial
from urllib.parse import urlencode

from yizhan.api.advice import error_of
from yizhan.api.token import Token, Tokens
from yizhan.api.transport import HttpTransport, Response, Transport
from yizhan.clock import Clock, SystemClock
from yizhan.errors import APIError, ConfigurationError, TokenError, Unreachable

JSON_HEADERS = {"content-type": "application/json; charset=utf-8"}
TOKEN_PATH = "/cgi-bin/stable_token"  # noqa: S105  # a path


class AsyncClient:
    """Calls by path, or by attributes that are the path's segments.

    `await client.message.custom.send(touser=…, msgtype="text", text={"content": "…"})` is
    POST /cgi-bin/message/custom/send with that JSON. An answer with an errcode other
    than 0 raises an APIError of its class. A dead token is replaced and the call
    repeated once.
    """

    def __init__(
        self,
        appid: str,
        secret: str,
        *,
        base: str = "https://api.weixin.qq.com",
        transport: Transport | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._appid = appid
        self._secret = secret
        self._base = base.rstrip("/")
        self._transport = transport or HttpTransport()
        self._clock = clock or SystemClock()
        self._tokens = Tokens(self._fetch_token, self._clock)

    def __repr__(self) -> str:
        return f"AsyncClient({self._appid!r})"

    async def get(self, path: str, **params: object) -> dict[str, object]:
        """GET with these query parameters; the JSON object of the answer."""
        return await self._call("GET", path, params, None)

    async def post(
        self,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        params: Mapping[str, object] | None = None,
    ) -> dict[str, object]:
        """POST with this JSON body; the JSON object of the answer."""
        return await self._call("POST", path, params or {}, json or {})

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.close()

    def __getattr__(self, segment: str) -> "Endpoint":
        if segment.startswith("_"):
            raise AttributeError(segment)
        return Endpoint(self, f"/cgi-bin/{segment}")

    async def _call(
        self,
        method: str,
        path: str,
        params: Mapping[str, object],
        content: Mapping[str, object] | None,
    ) -> dict[str, object]:
        once = partial(self._once, method, path, params, content)
        token = await self._tokens.get()
        try:
            return await once(token)
        except TokenError:
            return await once(await self._tokens.get(failed=token))

    async def _once(
        self,
        method: str,
        path: str,
        params: Mapping[str, object],
        content: Mapping[str, object] | None,
        token: str,
    ) -> dict[str, object]:
        query = urlencode({"access_token": token, **params})
        return await self._send(method, f"{path}?{query}", path, content)

    async def _send(
        self, method: str, target: str, path: str, content: Mapping[str, object] | None
    ) -> dict[str, object]:
        # WeChat shows \u escapes to the follower literally, so the JSON is raw UTF-8.
        body = None if content is None else json.dumps(content, ensure_ascii=False).encode()
        headers = JSON_HEADERS if body is not None else {}
        response = await self._transport.send(method, self._base + target, headers, body)
        return _read(response, path)

    async def _fetch_token(self) -> Token:
        if not self._appid or not self._secret:
            raise ConfigurationError("api.no_secret")
        wanted = {
            "grant_type": "client_credential",
            "appid": self._appid,
            "secret": self._secret,
        }
        try:
            answer = await self._send("POST", TOKEN_PATH, TOKEN_PATH, wanted)
        except TokenError as error:
            # 40001 for the secret itself: asking again with it cannot help.
            raise ConfigurationError(error.phrase, **error.values) from error
        value, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not isinstance(seconds, int):
            raise APIError("api.malformed", path=TOKEN_PATH)
        return Token(value, self._clock.wall() + seconds)


class Endpoint:
    """A path under construction: further attributes add segments, a call POSTs to it."""

    __slots__ = ("_client", "_path")

    def __init__(self, client: AsyncClient, path: str) -> None:
        self._client = client
        self._path = path

    def __getattr__(self, segment: str) -> "Endpoint":
        if segment.startswith("_"):
            raise AttributeError(segment)
        return Endpoint(self._client, f"{self._path}/{segment}")

    async def __call__(self, **fields: object) -> dict[str, object]:
        """POST these fields as JSON."""
        return await self._client.post(self._path, json=fields)

    def __repr__(self) -> str:
        return f"Endpoint({self._path!r})"


def _read(response: Response, path: str) -> dict[str, object]:
    """The JSON object of an answer; errors come with status 200 and any content type."""
    if response.status >= 500:
        raise Unreachable("api.status", status=response.status, path=path)
    try:
        answer = json.loads(response.body)
    except ValueError as error:
        raise APIError("api.malformed", path=path) from error
    if not isinstance(answer, dict):
        raise APIError("api.malformed", path=path)
    errcode = answer.get("errcode", 0)
    if errcode != 0:
        raise error_of(int(errcode), str(answer.get("errmsg", "")), path)
    return answer
