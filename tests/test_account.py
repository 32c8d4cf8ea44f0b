import asyncio

import pytest

import wechat
from wechat import call, push, says, text
from yizhan import Account, Router
from yizhan.errors import RegistrationError, SettingsError, StoreError
from yizhan.phrases import say
from yizhan.store.mailboxes.contract import Promise
from yizhan.store.mailboxes.memory import MemoryStore


@pytest.fixture
def account(make):
    account = make(grace=5.0)

    @account.text
    async def echo(message):
        return message.content

    return account


def test_a_bot_can_be_imported_without_its_settings():
    account = Account()
    account.text("hello")(lambda message: "hello")


def test_settings_are_missed_when_they_are_first_needed():
    with pytest.raises(SettingsError, match="no token is set"):
        _ = Account().asgi


async def test_the_engine_starts_with_the_first_push(account):
    assert account.inbox is None
    assert says(await call(account.asgi, push(text("hello")))) == "hello"
    assert account.inbox is not None


@pytest.mark.parametrize(
    ("phrase", "level"),
    [
        ("sqlite_full", "INFO"),
        ("sqlite_normal", "INFO"),
        ("memory", "INFO"),
        ("redis_everysec", "INFO"),
        ("redis_snapshot", "WARNING"),
        ("redis_memory", "WARNING"),
        ("redis_evicts", "WARNING"),
        ("pg_on", "INFO"),
        ("pg_no_fsync", "WARNING"),
    ],
)
async def test_the_start_warns_of_a_server_that_loses_what_it_was_given(
    make, monkeypatch, caplog, phrase, level
):
    async def opened(store):
        return Promise("a store", f"store.{phrase}")

    monkeypatch.setattr(MemoryStore, "open", opened)
    caplog.set_level("INFO", "yizhan")
    async with make().lifespan():
        [record] = [each for each in caplog.records if "a store" in each.getMessage()]
    assert record.levelname == level
    assert say(f"store.{phrase}") in record.getMessage()


async def test_the_engine_does_not_start_for_what_is_refused(account):
    await call(account.asgi, push(text(), token="forged"))
    assert account.inbox is None


async def test_many_first_pushes_start_one_engine(account):
    answers = await asyncio.gather(*(call(account.asgi, push(text(f"{n}"))) for n in range(20)))
    assert [says(answer) for answer in answers] == [str(n) for n in range(20)]
    assert account.inbox.meter.of("recovered") == 0
    assert await account.start() is account.inbox


async def test_the_lifespan_starts_and_stops_the_engine(account):
    async with account.lifespan():
        assert account.inbox is not None
    assert account.inbox is None


async def test_the_application_itself_understands_a_lifespan(account):
    incoming, outgoing = asyncio.Queue(), asyncio.Queue()
    serving = asyncio.create_task(account.asgi({"type": "lifespan"}, incoming.get, outgoing.put))
    await incoming.put({"type": "lifespan.startup"})
    assert await outgoing.get() == {"type": "lifespan.startup.complete"}
    assert account.inbox is not None
    await incoming.put({"type": "lifespan.shutdown"})
    assert await outgoing.get() == {"type": "lifespan.shutdown.complete"}
    await serving
    assert account.inbox is None


async def test_a_start_that_fails_is_told_to_the_host(account, monkeypatch):
    async def refuse():
        raise StoreError("engine.stopping")

    monkeypatch.setattr(account, "start", refuse)
    outgoing = asyncio.Queue()

    async def startup():
        return {"type": "lifespan.startup"}

    await account.asgi({"type": "lifespan"}, startup, outgoing.put)
    assert outgoing.get_nowait() == {
        "type": "lifespan.startup.failed",
        "message": "the server is stopping",
    }


async def test_a_start_that_failed_is_tried_again_with_the_next_push(account, monkeypatch):
    start = account._start

    async def refuse():
        raise StoreError("engine.stopping")

    monkeypatch.setattr(account, "_start", refuse)
    assert (await call(account.asgi, push(text("a")))).status == 503
    monkeypatch.setattr(account, "_start", start)
    assert says(await call(account.asgi, push(text("b")))) == "b"


async def test_while_it_stops_new_pushes_get_503_and_running_ones_their_answer(account):
    begun, go_on = asyncio.Event(), asyncio.Event()

    @account.image
    async def slow(message):
        begun.set()
        await go_on.wait()
        return "done"

    running = asyncio.create_task(call(account.asgi, push(wechat.image())))
    await begun.wait()
    stopping = asyncio.create_task(account.stop())
    await asyncio.sleep(0)
    assert (await call(account.asgi, push(text("late")))).status == 503
    go_on.set()
    assert says(await running) == "done"
    await stopping


async def test_once_stopped_no_push_starts_the_engine_again(account):
    async with account.lifespan():
        pass
    answer = await call(account.asgi, push(text()))
    assert (answer.status, answer.body) == (503, b"busy")
    assert account.inbox is None


async def test_it_can_be_started_again(account):
    for content in ("first", "second"):
        async with account.lifespan():
            assert says(await call(account.asgi, push(text(content)))) == content


async def test_starting_again_waits_for_the_stop(account):
    first = await account.start()
    stopping = asyncio.create_task(account.stop())
    await asyncio.sleep(0)
    second = await account.start()
    assert stopping.done()
    assert second is not first
    assert second is account.inbox


def test_it_can_be_started_again_in_another_loop():
    account = wechat.account()
    account.text(lambda message: message.content)

    async def life(content):
        async with account.lifespan():
            return says(await call(account.asgi, push(text(content))))

    assert [asyncio.run(life(content)) for content in ("first", "second", "third")] == [
        "first",
        "second",
        "third",
    ]


def test_stopping_in_another_loop_what_has_stopped_is_nothing():
    account = wechat.account()

    async def life():
        await account.start()
        await account.stop()

    asyncio.run(life())
    asyncio.run(account.stop())
    assert account.inbox is None


async def test_stopping_twice_at_once_is_stopping_once(account):
    await account.start()
    await asyncio.gather(account.stop(), account.stop())
    assert account.inbox is None


async def test_stopping_what_never_started_is_nothing(account):
    await account.stop()
    assert account.inbox is None


LATE = {
    "text": lambda router: router.text("late")(print_nothing),
    "event": lambda router: router.event("late")(print_nothing),
    "fallback": lambda router: router.fallback(print_nothing),
    "error": lambda router: router.error(print_nothing),
    "middleware": lambda router: router.middleware(pass_on),
    "include": lambda router: router.include(Router()),
}


def print_nothing(message): ...


async def pass_on(message, call_next): ...


@pytest.mark.parametrize("register", LATE.values(), ids=LATE)
async def test_nothing_can_be_registered_while_the_account_serves(account, register):
    inner = Router()
    account.include(inner)
    async with account.lifespan():
        for router in (account, inner):
            with pytest.raises(RegistrationError, match="cannot be registered any more"):
                register(router)
    register(inner)


def test_a_short_token_is_advised_against_with_a_better_one():
    (advice,) = Account(token="k3j4h5g6f7").warnings()
    assert advice.startswith("the token is shorter than 16; this one is better: ")


def test_a_sound_bot_has_no_warnings(account):
    assert list(account.warnings()) == []


def test_what_is_given_in_the_program_wins(monkeypatch):
    monkeypatch.setenv("YIZHAN_SHOP_PATH", "/environment")
    assert Account("shop", token=wechat.TOKEN).settings.path == "/environment"
    assert Account("shop", token=wechat.TOKEN, path="/given").settings.path == "/given"
