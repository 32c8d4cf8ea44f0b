"""Calling a handler in its form, and what its result becomes."""

import asyncio
import inspect
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from functools import partial

from yizhan.api import AsyncClient, Client
from yizhan.inbox.threads import Threads
from yizhan.middleware import Endpoint, Incoming
from yizhan.phrases import say
from yizhan.replies import LABELLED, After, News, Reply, Text, check, of, split
from yizhan.routing import Route
from yizhan.wire.xml import clean, plain

log = logging.getLogger("yizhan")

PART = 1900  # UTF-8 bytes of a piece of a long text: leaves room for the note "more"
WHOLE = 2048
DONE = object()


def endpoint_of(route: Route, threads: Threads) -> Endpoint:
    """The innermost step of a route: calls its handler in the way its form asks for."""
    handler = route.handler
    if handler.form == "async":

        async def awaited(message: Incoming, values: Mapping[str, object]) -> object:
            return await handler.call(message, values)  # type: ignore[misc]  # an async def gives an awaitable

        return awaited
    if handler.form == "async generator":

        async def opened(message: Incoming, values: Mapping[str, object]) -> object:
            return handler.call(message, values)

        return opened

    blocking = handler.api == "Client" and "api" in handler.wants

    async def threaded(message: Incoming, values: Mapping[str, object]) -> object:
        if blocking:
            values = {**values, "api": _blocking(values["api"])}
        result = await threads.run(partial(handler.call, message, values))
        if isinstance(result, Iterator):
            return from_thread(result, threads)
        return await result if inspect.isawaitable(result) else result

    return threaded


def _blocking(api: object) -> object:
    """The account's client for a thread, which waits while this loop makes the calls."""
    return Client.over(api, asyncio.get_running_loop()) if isinstance(api, AsyncClient) else api


async def from_thread(pieces: Iterator[object], threads: Threads) -> AsyncIterator[object]:
    """What a plain iterator gives, each asked for in a thread."""
    while (piece := await threads.run(partial(next, pieces, DONE))) is not DONE:
        yield piece


def replies_of(result: object) -> tuple[Reply, ...]:
    """The replies of one result, long texts cut into parts that fit.

    Each change is logged as `reply_fixed`: it is not quite what the author meant.
    """
    # What most handlers give: a text that fits, and says what its author meant.
    if type(result) is str and result and 4 * len(result) <= WHOLE and plain(result):
        return () if result.isspace() else (Text(result),)
    whole = of(result)
    parts = tuple(part for reply in whole for part in _fitting(reply))
    if len(parts) > len(whole):
        _log_fixed(say("handler.reply_cut", most=WHOLE))
    odd = [text for it in whole for text in _texts(it) if not plain(text)]
    if any(clean(text) != text for text in odd):
        _log_fixed(say("handler.reply_cleaned"))
    if any("]]>" in text for text in odd):
        _log_fixed(say("handler.reply_escaped"))
    return parts


def _log_fixed(what: str) -> None:
    log.info("%s", what, extra={"reason": "reply_fixed"})


def check_articles(replies: tuple[Reply, ...], after: After) -> tuple[Reply, ...]:
    """The same replies, if their number of articles is allowed; the rest was checked when made."""
    for reply in replies:
        if isinstance(reply, News):
            check(reply, after=after)
    return replies


def _texts(reply: Reply) -> Iterator[str]:
    pieces = reply.articles if isinstance(reply, News) else (reply,)
    for piece in pieces:
        for name in piece.__struct_fields__:
            if isinstance(text := getattr(piece, name), str):
                yield text


def _fitting(reply: Reply) -> Iterator[Reply]:
    if not isinstance(reply, Text):
        yield reply
        return
    most = LABELLED if reply.ai else WHOLE
    if len(reply.content) * 4 <= most or len(split(reply.content, most)) == 1:
        yield reply
        return
    for piece in split(reply.content, PART):
        yield Text(piece, reply.ai)
