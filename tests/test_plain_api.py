"""Plain handlers that ask for `api`: its calls block there, on the engine's own loop and client."""

import asyncio
import functools
from collections import Counter
from urllib.parse import urlsplit

import pytest

from yizhan import Account, Text
from yizhan.api import AsyncClient, Client
from yizhan.errors import APIError, BlockingCall, RegistrationError
from yizhan.testing import Location

TOKEN = "plainhandlers2026token"


def nickname(message, api):
    return f"{type(api).__name__} {api.user.info(openid=message.from_user)['openid']}"


def told(message, api):
    yield "one"
    yield nickname(message, api)


class Asks:
    def __call__(self, message, api):
        return nickname(message, api)


def plain(handler):
    @functools.wraps(handler)
    def wrapper(*args, **values):
        return handler(*args, **values)

    return wrapper


@plain
async def wrapped(message, api):
    found = await api.user.info(openid=message.from_user)
    return f"{type(api).__name__} {found['openid']}"


async def awaited(message, api):
    return await wrapped(message, api)


def bot_of(handler):
    account = Account(token=TOKEN)
    account.text(handler)
    return account


def count_calls(account):
    """How often each path is called from now on."""
    send, paths = account.transport.send, Counter()

    async def counted(method, url, *rest):
        paths[urlsplit(url).path] += 1
        return await send(method, url, *rest)

    account.transport.send = counted
    return paths


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (nickname, Client),
        (functools.partial(nickname), Client),
        (Asks(), Client),
        (told, Client),
        (awaited, AsyncClient),
        (wrapped, AsyncClient),
    ],
    ids=["def", "partial", "callable", "generator", "async def", "async def in a plain wrapper"],
)
async def test_each_form_of_handler_gets_the_client_that_it_can_use(wechat, handler, kind):
    async with wechat(bot_of(handler), kind="service", verified=True) as chat:
        fan = chat.user()
        await fan.says("who")
        await chat.advance(10)
        assert fan.screen[-1] == f"{kind.__name__} {fan.openid}"


async def test_so_do_error_handlers_and_fallbacks(wechat):
    account = Account(token=TOKEN)

    @account.text
    def fails(message, api):
        raise ValueError

    @account.error
    def sorry(message, error, api):
        return nickname(message, api)

    account.fallback(nickname)
    async with wechat(account, kind="service", verified=True) as chat:
        fan = chat.user()
        seen = f"Client {fan.openid}"
        assert [await fan.says("fail"), await fan.sends(Location(1.0, 2.0))] == [seen, seen]


async def test_plain_and_awaited_calls_share_one_token(wechat):
    account = Account(token=TOKEN)
    account.text("plain")(nickname)
    account.text("awaited")(awaited)
    async with wechat(account, kind="service", verified=True) as chat:
        paths = count_calls(account)
        fans = [chat.user() for _ in range(4)]
        words = ("plain", "awaited", "plain", "awaited")
        await asyncio.gather(*(fan.says(word) for fan, word in zip(fans, words, strict=True)))
        assert paths == {"/cgi-bin/stable_token": 1, "/cgi-bin/user/info": 4}


async def test_a_refusal_is_raised_in_the_handler(wechat):
    def unknown(message, api):
        try:
            api.user.info(openid="o-of-nobody")
        except APIError as error:
            return str(error.errcode)

    async with wechat(bot_of(unknown), kind="service", verified=True) as chat:
        assert await chat.user().says("who") == "40003"


async def test_what_a_plain_handler_closes_is_still_open_for_the_account(wechat):
    def closes(message, api):
        with api:
            return nickname(message, api)

    async with wechat(bot_of(closes), kind="service", verified=True) as chat:
        fan = chat.user()
        assert [await fan.says("1"), await fan.says("2")] == [f"Client {fan.openid}"] * 2


async def test_a_blocking_call_in_the_engine_s_loop_is_refused_and_does_not_hang():
    async with AsyncClient("wx0123456789abcdef", "s" * 32) as client:
        face = Client.over(client, asyncio.get_running_loop())
        with pytest.raises(BlockingCall, match="async def"):
            face.tags.get()


def plain_handler(message, api: AsyncClient): ...
def plain_handler_in_words(message, api: "yizhan.api.AsyncClient"): ...  # noqa: F821
async def awaiting(message, api: Client): ...


@pytest.mark.parametrize(
    ("handler", "right"),
    [(plain_handler, "Client"), (plain_handler_in_words, "Client"), (awaiting, "AsyncClient")],
)
def test_the_other_client_in_an_annotation_is_refused_at_once(handler, right):
    with pytest.raises(RegistrationError, match=rf"yizhan\.api\.{right}\b"):
        Account().text(handler)


def test_the_right_client_or_none_at_all_is_accepted():
    account = Account()

    @account.text("a")
    def annotated(message, api: Client):
        return Text("a")

    @account.text("b")
    async def awaited(message, api: AsyncClient | None): ...

    @account.text("c")
    def bare(message, api): ...
