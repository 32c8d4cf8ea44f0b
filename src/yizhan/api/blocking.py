"""The same client for scripts: its calls block, and run on a loop of its own in a thread."""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack
from weakref import finalize

from yizhan.api.calls import Calls
from yizhan.api.cards import CardItem
from yizhan.api.client import AsyncClient
from yizhan.api.files import LARGEST, Progress, Uploadable
from yizhan.api.jssdk import PageConfig
from yizhan.api.options import Options
from yizhan.api.pages import Walk
from yizhan.api.portal import EngineLoop, OwnLoop, Portal
from yizhan.api.saving import Media
from yizhan.errors import APIError

T = TypeVar("T")


class Client(Calls):
    """AsyncClient's twin: the same methods and attributes, without `await`.

    Usable from any thread, by several at once, and in forked processes; in an event loop it
    blocks whatever else waits there.
    """

    def __init__(self, appid: str, secret: str, **options: Unpack[Options]) -> None:
        self._client = AsyncClient(appid, secret, **options)
        own = OwnLoop(self._client.close)
        self._portal: Portal = own
        finalize(self, own.abandon).atexit = False

    @classmethod
    def over(cls, client: AsyncClient, loop: asyncio.AbstractEventLoop) -> Self:
        """The blocking face of a client whose calls are made in that loop, by other threads.

        It shares the client's tokens and connections, and closes nothing.
        """
        face = cls.__new__(cls)
        face._client, face._portal = client, EngineLoop(loop)
        return face

    def __repr__(self) -> str:
        return repr(self._client).replace("AsyncClient", "Client", 1)

    @property
    def appid(self) -> str:
        """The account's AppID."""
        return self._client.appid

    @property
    def component_appid(self) -> str:
        """The AppID of the third-party platform that speaks for the account; "" for none."""
        return self._client.component_appid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def call(self, path: str, /, **fields: object) -> dict[str, object] | Media:
        """What the attributes do, by path: each field goes where the endpoint wants it.

        Here and elsewhere `timeout` are the seconds that the whole call may take.
        """
        return self._portal.run(self._client.call(path, **fields))

    def get(self, path: str, **query: object) -> dict[str, object]:
        """GET with these query parameters, and `timeout`; the JSON object of the answer.

        Some or all of them may be given as `params`, a mapping, as `post` has them.
        """
        return self._portal.run(self._client.get(path, **query))

    def post(
        self,
        path: str,
        *,
        json: Mapping[str, object] | None = None,
        params: Mapping[str, object] | None = None,
        timeout: float | None = None,
    ) -> dict[str, object]:
        """POST with this JSON body; the JSON object of the answer."""
        return self._portal.run(self._client.post(path, json=json, params=params, timeout=timeout))

    def upload(
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
        return self._portal.run(
            self._client.upload(
                path,
                file,
                field=field,
                params=params,
                texts=texts,
                limit=limit,
                progress=progress,
                timeout=timeout,
            )
        )

    def download(
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
        """Save the file that an endpoint answers with, or that its answer leads to (videos)."""
        return self._portal.run(
            self._client.download(
                path,
                to,
                params=params,
                json=json,
                limit=limit,
                progress=progress,
                timeout=timeout,
            )
        )

    def fetch(
        self,
        url: str,
        to: Path | str,
        *,
        limit: int = LARGEST,
        progress: Progress | None = None,
        timeout: float | None = None,
    ) -> Path:
        """Save what lies at an address that WeChat gave; MediaError for any other."""
        return self._portal.run(
            self._client.fetch(url, to, limit=limit, progress=progress, timeout=timeout)
        )

    def each(self, walk: Walk[T]) -> Iterator[T]:
        """Everything on all pages: `for openid in client.each(followers()): …`."""
        fields: dict[str, object] | None = walk.first
        while fields is not None:
            items, fields = self._portal.run(self._client._page(walk, fields))
            yield from items

    def jssdk(self, url: str) -> PageConfig:
        """What `wx.config` wants on the page at that URL."""
        return self._portal.run(self._client.jssdk(url))

    def add_card(
        self, card_id: str, *, code: str = "", openid: str = "", outer_str: str = ""
    ) -> CardItem:
        """An item of the `cardList` of `wx.addCard`: the card, signed."""
        return self._portal.run(
            self._client.add_card(card_id, code=code, openid=openid, outer_str=outer_str)
        )

    def subscribe_url(
        self, template_id: str, redirect_url: str, *, scene: int, reserved: str = ""
    ) -> str:
        """The page on which a follower agrees to one message of that template."""
        return self._client.subscribe_url(template_id, redirect_url, scene=scene, reserved=reserved)

    def access_token(self, *, replace: bool = False) -> str:
        """The token in force, or another one, which ends it (20 times a day, 30 s apart)."""
        return self._portal.run(self._client.access_token(replace=replace))

    def token_until(self) -> float | None:
        """The wall time at which the kept access token ends; None if none was fetched yet."""
        return self._portal.run(self._client.token_until())

    def pauses(self) -> dict[str, APIError]:
        """Which tokens are not fetched now since WeChat refused one, each with its last error."""
        return self._portal.run(self._client.pauses())

    def end_pauses(self) -> None:
        """Let tokens be fetched again at once: when what was wrong has been put right."""
        self._portal.run(self._client.end_pauses())

    def close(self) -> None:
        """Close the connections and end the thread."""
        self._portal.close()

    def _described(
        self, segments: tuple[str, ...], fields: Mapping[str, object]
    ) -> dict[str, object] | Media:
        return self._portal.run(self._client._described(segments, fields))
