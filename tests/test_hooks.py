"""What an author has done once in each process: at the start, and at the end."""

import asyncio

import pytest

import wechat
from wechat import call, push, says, text
from yizhan.errors import RegistrationError, StartupError, StoreError
from yizhan.inbox.inbox import Inbox


def noting(account, seen):
    """An account whose hooks and handler note when they are called."""

    @account.startup
    async def first():
        seen.append("first")

    @account.startup
    async def second():
        seen.append("second")

    @account.shutdown
    async def close_first():
        seen.append("close first")

    @account.shutdown
    async def close_second():
        seen.append("close second")

    @account.text
    async def handler(message):
        seen.append("handler")
        return "ok"

    return account


async def test_they_come_before_the_first_message_and_after_the_last(make):
    seen = []
    account = noting(make(), seen)
    for _ in range(2):
        assert says(await call(account.asgi, push(text()))) == "ok"
    await account.stop()
    assert seen == ["first", "second", "handler", "handler", "close second", "close first"]


async def test_an_account_that_starts_again_calls_them_again(make):
    seen = []
    account = noting(make(), seen)
    for _ in range(2):
        await account.start()
        await account.stop()
    assert seen == ["first", "second", "close second", "close first"] * 2


async def test_they_run_in_the_loop_of_the_handlers(make):
    loops = []
    account = make()

    async def note():
        loops.append(asyncio.get_running_loop())

    account.startup(note)
    account.shutdown(note)
    await account.start()
    await account.stop()
    assert loops == [asyncio.get_running_loop()] * 2


async def test_a_handler_ends_before_what_it_uses_is_closed(make):
    seen = []
    account = make()

    @account.shutdown
    async def close():
        seen.append("closed")

    @account.text
    async def slow(message):
        entered.set()
        await release.wait()
        seen.append("handled")
        return "ok"

    entered, release = asyncio.Event(), asyncio.Event()
    answering = asyncio.create_task(call(account.asgi, push(text())))
    await entered.wait()
    stopping = asyncio.create_task(account.stop())
    await asyncio.sleep(0)
    release.set()
    await asyncio.gather(stopping, answering)
    assert seen == ["handled", "closed"]


async def test_an_account_whose_hook_raises_does_not_start(make, caplog):
    seen = []
    account = make()

    @account.startup
    async def connect():
        seen.append("tried")
        raise ConnectionError("refused")

    account.text(lambda message: "never")
    with pytest.raises(StartupError, match=r"connect.*ConnectionError\('refused'\)"):
        await account.start()
    answer = await call(account.asgi, push(text()))
    assert answer.status == 503
    assert "connect" in caplog.text
    assert len(seen) > 1  # each push has it tried again


async def test_what_was_begun_is_ended_when_the_store_cannot_be_opened(make, monkeypatch):
    seen = []
    account = noting(make(), seen)

    async def start(inbox):
        raise StoreError("store.closed")

    monkeypatch.setattr(Inbox, "start", start)
    with pytest.raises(StoreError):
        await account.start()
    assert seen == ["first", "second", "close second", "close first"]


async def test_one_that_raises_at_the_end_does_not_keep_the_others(make, caplog):
    seen = []
    account = make()

    @account.shutdown
    async def closes():
        seen.append("closed")

    @account.shutdown
    async def raises():
        raise LookupError

    await account.start()
    await account.stop()
    assert seen == ["closed"]
    assert "raises" in caplog.text


async def takes_one(argument): ...


def plain(): ...


@pytest.mark.parametrize("hook", [plain, takes_one])
@pytest.mark.parametrize("name", ["startup", "shutdown"])
def test_only_a_coroutine_function_without_arguments_is_one(name, hook):
    with pytest.raises(RegistrationError, match=hook.__name__):
        getattr(wechat.account(), name)(hook)


async def test_none_is_registered_while_the_account_serves(make):
    account = make()
    await account.start()

    async def late(): ...

    with pytest.raises(RegistrationError, match="late"):
        account.startup(late)
