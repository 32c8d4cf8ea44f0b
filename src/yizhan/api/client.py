"""The Official Account HTTP API: any endpoint, with a token that is fetched and renewed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack

from yizhan.api import jssdk
from yizhan.api.caller import ApiCall, Caller, in_time, time_of
from yizhan.api.calls import AsyncCalls
from yizhan.api.cards import CardItem, card_item
from yizhan.api.described import call_of, call_to, path_of, upload_to
from yizhan.api.fetching import fetch, guarded_transport, until
from yizhan.api.files import LARGEST, Progress, Uploadable
from yizhan.api.jssdk import PageConfig
from yizhan.api.options import Options
from yizhan.api.pages import Walk
from yizhan.api.platform import platform
from yizhan.api.reading import json_of, media_of
from yizhan.api.saving import FileSink, Media, named
from yizhan.api.subscribing import subscribe_url
from yizhan.api.transport import HttpTransport, Transport
from yizhan.errors import APIError, CallerError, MediaError

T = TypeVar("T")

# Calls with an account's AppSecret, and what a platform that speaks for it calls instead.
SPOKEN_FOR = {
    "/sns/oauth2/access_token": "/sns/oauth2/component/access_token",
    "/sns/oauth2/refresh_token": "/sns/oauth2/component/refresh_token",
}


class AsyncClient(AsyncCalls):
    """Calls by path, or by attributes that are the path's segments.

    `await client.message.custom.send(touser=…, msgtype="text", text={"content": "…"})` is
    POST /cgi-bin/message/custom/send with that JSON. An answer with an errcode other
    than 0 raises an APIError of its class. An invalid token is replaced and the call
    repeated once. After a network error a call is repeated only if that does no harm.
    """

    def __init__(self, appid: str, secret: str, **options: Unpack[Options]) -> None:
        self._caller = Caller(appid, secret, **options)
        self._own = {"appid": appid, "secret": secret}
        self._component = options.get("component")
        transport = options.get("transport")
        given = transport.proxy if isinstance(transport, HttpTransport) else None
        proxy = options.get("proxy")
        self._proxy = given if proxy is None else proxy
        self._guarded: Transport | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._own['appid']!r})"

    @property
    def appid(self) -> str:
        """The account's AppID."""
        return self._own["appid"]

    @property
    def component_appid(self) -> str:
        """The AppID of the third-party platform that speaks for the account; "" for none."""
        return self._component.appid if self._component is not None else ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def call(self, path: str, /, **fields: object) -> dict[str, object] | Media:
        """What the attributes do, by path: each field goes where the endpoint wants it.

        `timeout`, in seconds, is for the whole call, as in the other methods. After it the call
        raises Unsent, or Unreachable when it may have reached WeChat.
        """
        timeout = time_of(fields)
        if self._component is not None and path in SPOKEN_FOR:
            return await self._spoken_for(self._component, SPOKEN_FOR[path], fields, timeout)
        call = in_time(await call_of(path, fields, self._own), timeout)
        endpoint = platform().endpoints.get(path.partition("?")[0])
        if endpoint is not None and endpoint.answer == "media":
            return named(await self._caller.call(call, media_of), _media_id(fields))
        return await self._caller.call(call, json_of)

    async def get(self, path: str, **query: object) -> dict[str, object]:
        """GET with these query parameters, and `timeout`; the JSON object of the answer.

        Some or all of them may be given as `params`, a mapping, as `post` has them.
        """
        timeout = time_of(query)
        if isinstance(params := query.get("params"), Mapping):
            query = {**params, **query}
            del query["params"]
        return await self._caller.call(in_time(call_to("GET", path, query), timeout), json_of)

    async def post(
        self,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        params: Mapping[str, object] | None = None,
        timeout: float | None = None,
    ) -> dict[str, object]:
        """POST with this JSON body; the JSON object of the answer."""
        call = call_to("POST", path, params or {}, json or {})
        return await self._caller.call(in_time(call, timeout), json_of)

    async def upload(
        self,
        path: str,
        file: Uploadable,
        *,
        field: str = "media",
        params: Mapping[str, object] | None = None,
        texts: Mapping[str, object] | None = None,
        limit: int = LARGEST,
        progress: Progress | None = None,
        timeout: float | None = None,
    ) -> dict[str, object]:
        """POST a file as a form, from the disk piece by piece. MediaError over the limit."""
        call = await upload_to(
            path, field, file, params or {}, texts or {}, limit=limit, progress=progress
        )
        return await self._caller.call(in_time(call, timeout), json_of)

    async def download(
        self,
        path: str,
        to: Path | str,
        *,
        params: Mapping[str, object] | None = None,
        json: Mapping[str, object] | None = None,
        limit: int = LARGEST,
        progress: Progress | None = None,
        timeout: float | None = None,
    ) -> Path:
        """Save the file that an endpoint answers with, or that its answer leads to (videos).

        `to` is its place, or a folder where it gets a name that is free there. GET, or POST
        when there is `json`. MediaError when there is too much, or none.
        """
        method = "GET" if json is None else "POST"
        name = _media_id({**(params or {}), **(json or {})})
        ends = _ends(timeout)
        sink = FileSink(to, name=name, limit=limit, progress=progress)
        media = await self._saved(in_time(call_to(method, path, params or {}, json), timeout), sink)
        saved = sink.finish()
        if saved is not None:
            return saved
        url = media.fields.get("video_url") or media.fields.get("down_url")
        if not isinstance(url, str):
            raise CallerError("media.nothing", path=path, answer=str(media.fields)[:200])
        sink = FileSink(to, name=name, limit=limit, progress=progress)
        return await self._fetched(url, sink, ends, numeric=True)

    async def fetch(
        self,
        url: str,
        to: Path | str,
        *,
        limit: int = LARGEST,
        progress: Progress | None = None,
        timeout: float | None = None,
    ) -> Path:
        """Save what lies at an address that WeChat gave, as a message's `pic_url`.

        MediaError for an address that is not WeChat's own, and over the limit.
        """
        sink = FileSink(to, limit=limit, progress=progress)
        return await self._fetched(url, sink, _ends(timeout))

    async def each(self, walk: Walk[T]) -> AsyncIterator[T]:
        """Everything on all pages: `async for openid in client.each(followers()): …`."""
        fields: dict[str, object] | None = walk.first
        while fields is not None:
            items, fields = await self._page(walk, fields)
            for item in items:
                yield item

    async def jssdk(self, url: str) -> PageConfig:
        """What `wx.config` wants on the page at that URL."""
        return jssdk.config(self._own["appid"], await self._caller.ticket("jsapi"), url)

    async def add_card(
        self, card_id: str, *, code: str = "", openid: str = "", outer_str: str = ""
    ) -> CardItem:
        """An item of the `cardList` of `wx.addCard`: the card, signed."""
        ticket = await self._caller.ticket("wx_card")
        return card_item(card_id, ticket, code=code, openid=openid, outer_str=outer_str)

    def subscribe_url(
        self, template_id: str, redirect_url: str, *, scene: int, reserved: str = ""
    ) -> str:
        """The page on which a follower agrees to one message of that template.

        Raises SettingsError for a scene or `reserved` that WeChat would not take.
        """
        return subscribe_url(self.appid, template_id, redirect_url, scene=scene, reserved=reserved)

    async def access_token(self, *, replace: bool = False) -> str:
        """The token in force, or another one, which ends it (20 times a day, 30 s apart)."""
        return await (self._caller.replace_token() if replace else self._caller.access_token())

    async def token_until(self) -> float | None:
        """The wall time at which the kept access token ends; None if none was fetched yet."""
        return await self._caller.token_until()

    async def pauses(self) -> dict[str, APIError]:
        """Which tokens are not fetched now since WeChat refused one, each with its last error."""
        return await self._caller.pauses()

    async def end_pauses(self) -> None:
        """Let tokens be fetched again at once: when what was wrong has been put right."""
        await self._caller.end_pauses()

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()
        if self._guarded is not None:
            await self._guarded.close()

    async def _described(
        self, segments: tuple[str, ...], fields: Mapping[str, object]
    ) -> dict[str, object] | Media:
        return await self.call(path_of(segments), **fields)

    async def _spoken_for(
        self,
        component: "AsyncClient",
        path: str,
        fields: Mapping[str, object],
        timeout: float | None,
    ) -> dict[str, object]:
        """A call for a visitor, made with the platform's token in the secret's place."""

        async def made(token: str) -> dict[str, object]:
            given = {"component_appid": component.appid, "component_access_token": token, **fields}
            call = in_time(await call_of(path, given, self._own), timeout)
            return await self._caller.call(call, json_of)

        return await component._caller.lend(made)

    async def _page(
        self, walk: Walk[T], fields: dict[str, object]
    ) -> tuple[Sequence[T], dict[str, object] | None]:
        call = await call_of(path_of(walk.segments), fields, self._own)
        return walk.read(fields, await self._caller.call(call, json_of))

    async def _fetched(
        self, url: str, sink: FileSink, ends: float | None, *, numeric: bool = False
    ) -> Path:
        """Save it before that time of the loop."""
        try:
            async with until(ends, url):
                if not await self._caller.fetch_simulated(url, sink):
                    self._guarded = self._guarded or guarded_transport(self._proxy)
                    await fetch(url, sink, self._guarded, numeric=numeric)
            saved = sink.finish()
        finally:
            sink.discard()
        if saved is None:
            raise MediaError("media.empty_answer")
        return saved

    async def _saved(self, call: ApiCall, sink: FileSink) -> Media:
        try:
            media = await self._caller.call(call, media_of, sink)
            if media.content:
                await sink.write(media.content)
        except BaseException:
            sink.discard()
            raise
        return media


def _ends(timeout: float | None) -> float | None:
    """When that time is over, by the running loop."""
    return None if timeout is None else asyncio.get_running_loop().time() + timeout


def _media_id(fields: Mapping[str, object]) -> str:
    """What a file is called that brings no name of its own."""
    return str(fields.get("media_id") or "")


def preload() -> None:
    """Load what the first call needs; it takes a tenth of a second, so let a thread do it."""
    import aiohttp  # noqa: F401  # found loaded by the transport

    platform()
