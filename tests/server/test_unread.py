"""What only WeChat can have written but nobody can read: listed on every store, and read anew."""

import asyncio
from functools import partial
from hashlib import sha256

import pytest

import wechat
from mailboxes.places import do, look
from redis_server import RedisServer
from way import name_of
from wechat import ACCOUNT, FAN, call, document, push, says, text
from yizhan.errors import StoreError
from yizhan.inbox import unread, upkeep
from yizhan.store.mailbox import UNREAD

SUCCESS = (200, b"success")
BUSY = (503, b"busy")


@pytest.fixture(scope="module")
def redis():
    with RedisServer() as server:
        yield server


@pytest.fixture(params=["memory", "sqlite", "redis"])
def url(request, tmp_path):
    if request.param == "redis":
        return request.getfixturevalue("redis").url
    return {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path}/unread.db"}[request.param]


@pytest.fixture
def reached():
    """What reached a handler."""
    return []


@pytest.fixture
async def serve(reached):
    """Makes an account whose handler notes what reaches it, and which looks for jobs often."""
    made = []

    def serving(url, mode="safe", **settings):
        account = wechat.account(mode, store=url, lease=0.3, **settings)

        @account.fallback
        async def note(message):
            reached.append(message)
            return f"reached: {message.from_user}"

        made.append(account)
        return account

    yield serving
    for account in made:
        if account.inbox is not None:
            for openid in (UNREAD, FAN):
                await forget(account.inbox.store, openid)
        await account.stop()


async def forget(store, openid):
    keys = await store.keys_of(openid)
    await do(store, partial(upkeep.forget, keys=keys), openid, keys=keys)


async def retry(store, key):
    return await do(store, partial(upkeep.retry, key=key), UNREAD, keys=[key])


async def owed(store, openid):
    """The messages of this follower whose answers wait."""
    return [job.key for job in (await look(store, openid)).box.jobs if job.parts]


async def windows(store):
    return (await look(store, FAN)).box.windows


def failing(store, name):
    """The store's `change`, but that rule fails."""
    change = store.change

    def fails(openid, rule, then, **named):
        if name_of(rule) == name:
            then(StoreError("store.closed"))
        else:
            change(openid, rule, then, **named)

    return fails


async def got(account, body, mode="safe"):
    answer = await call(account.asgi, push(body, mode))
    return answer.status, answer.body


async def listed(account):
    """The unread pushes: state and note by key."""
    jobs = await (await account.start()).store.jobs(None, 100, None)
    return {
        it.message.key: (it.state, (it.job or it.message).note)
        for it in jobs
        if it.message.openid == UNREAD
    }


async def until(asked, met):
    """What `asked` gives, once it is `met`; another process's doings are not told."""
    while not met(found := await asked()):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return found


async def until_settled(account, key):
    """Its state and note, once it waits for nobody any more."""

    async def asked():
        return (await listed(account))[key]

    return await until(asked, lambda found: found[0] not in ("waiting", "running"))


def key_of(body):
    return f"@unread:{sha256(body).hexdigest()}"


XML = document(text("我的密码", MsgId=1))
UNREADABLE = {
    "a document type": (b"<!DOCTYPE x>" + XML, "xml_dtd: doctype"),
    "no XML": ("我的密码".encode(), "xml_bad: "),
    "half an element": (XML[:-4], "xml_bad: "),
    "JSON of nonsense": (b'{"a":', "xml_bad: no JSON: JSONDecodeError"),
    "a time in words": (document(text(CreateTime="now")), "field: CreateTime"),
    "an odd openid": (document(text(FromUserName="我 的")), "field: FromUserName"),
    "no account, before one is known": (document(text(ToUserName=None)), "field: ToUserName"),
}


@pytest.mark.parametrize(("body", "note"), UNREADABLE.values(), ids=UNREADABLE)
async def test_it_is_acknowledged_and_listed_as_dead_with_its_reason(
    serve, url, reached, body, note
):
    account = serve(url)
    assert await got(account, body) == SUCCESS
    ((key, (state, told)),) = (await listed(account)).items()
    assert (key, state) == (key_of(body), "dead")
    assert told.startswith(note)
    assert reached == []


async def test_once_however_often_it_comes(serve, url):
    account = serve(url)
    for _ in range(3):
        assert await got(account, b"hello") == SUCCESS
    assert list(await listed(account)) == [key_of(b"hello")]
    assert account.inbox.meter.of("listed") == 1


async def test_in_compatible_mode_too(serve):
    account = serve("memory://", "compat")
    assert await got(account, document(text(CreateTime="now")), "compat") == SUCCESS
    assert len(await listed(account)) == 1


@pytest.mark.parametrize(
    ("mode", "body", "expected"),
    [
        ("plain", b"hello", (400, b"bad request")),
        ("plain", document(text(CreateTime="now")), (400, b"bad request")),
        ("safe", document(text(ToUserName="gh_another")), SUCCESS),
    ],
)
async def test_what_anybody_can_have_written_or_is_anothers_is_not_kept(
    serve, mode, body, expected
):
    account = serve("memory://", mode, original_id=ACCOUNT)
    assert await got(account, body, mode) == expected
    assert await listed(account) == {}


async def test_no_follower_is_counted_or_waits_for_it(serve, url):
    account = serve(url)
    store = (await account.start()).store
    before = await store.stats()
    await got(account, b"hello")
    stats = await store.stats()
    assert (stats.followers, stats.jobs["dead"]) == (before.followers, 1)
    assert says(await call(account.asgi, push(text(), "safe")), "safe") == f"reached: {FAN}"
    assert await owed(store, UNREAD) == []


async def test_put_back_it_is_read_by_the_checks_of_today(serve, url, reached):
    """It came before the account's id was known; since then a push has told it."""
    account = serve(url)
    body = document(text("whose?", ToUserName=None))
    await got(account, body)
    assert says(await call(account.asgi, push(text("hello"), "safe")), "safe")
    store = account.inbox.store
    assert await retry(store, key_of(body))
    assert await until_settled(account, key_of(body)) == ("replied", "read")
    await until(partial(owed, store, FAN), len)
    assert (reached[1].content, reached[1].to_user) == ("whose?", ACCOUNT)


async def test_its_answer_waits_for_the_follower(serve, url, reached):
    account = serve(url)
    body = document(text("whose?", ToUserName=None))
    await got(account, body)
    await call(account.asgi, push(text("hello"), "safe"))
    store = account.inbox.store
    await retry(store, key_of(body))
    await until(partial(owed, store, FAN), len)
    answer = says(await call(account.asgi, push(text("and?"), "safe")), "safe")
    assert answer == f"reached: {FAN}\n\nreached: {FAN}"


async def test_put_back_too_early_it_is_listed_again(serve, url, reached):
    account = serve(url)
    await got(account, b"hello")
    (before,) = (await listed(account)).values()
    assert await retry(account.inbox.store, key_of(b"hello"))
    assert await until_settled(account, key_of(b"hello")) == before
    assert reached == []


async def test_a_window_opened_since_is_left_as_it_is(serve, url, reached):
    calls = {"secret": "0" * 32, "api_base": "http://127.0.0.1:9"}
    account = serve(url, kind="service", verified=True, **calls)
    body = document(text("whose?", ToUserName=None))
    await got(account, body)
    await call(account.asgi, push(text("hello"), "safe"))
    store = account.inbox.store
    (before,) = (await windows(store)).values()
    await retry(store, key_of(body))
    await until_settled(account, key_of(body))
    assert await windows(store) == {"message": before}


async def test_a_broken_sender_cannot_fill_the_store(serve, url, monkeypatch):
    monkeypatch.setattr(unread, "MOST", 2)
    account = serve(url)
    assert [await got(account, b"%d" % number) for number in range(4)] == [
        SUCCESS,
        SUCCESS,
        BUSY,
        BUSY,
    ]
    assert await got(account, b"0") == SUCCESS
    assert len(await listed(account)) == 2
    key = key_of(b"0")
    await do(account.inbox.store, partial(upkeep.drop, key=key), UNREAD, keys=[key])
    assert await got(account, b"3") == SUCCESS


async def test_what_cannot_be_kept_is_asked_for_again(serve, url, monkeypatch):
    """The store fails before the claim, or between the claim and the end of it."""
    account = serve(url)
    store = (await account.start()).store

    for rule in ("accept", "finish"):
        with monkeypatch.context() as broken:
            broken.setattr(store, "change", failing(store, rule))
            assert await got(account, rule.encode()) == BUSY
        assert await got(account, rule.encode()) == SUCCESS
        assert (await until_settled(account, key_of(rule.encode())))[0] == "dead"


async def test_what_a_process_left_half_listed_is_listed_by_the_next(serve, url, tmp_path):
    if url == "memory://":
        url = f"sqlite:///{tmp_path}/other.db"
    account, other = serve(url), serve(url)
    store = (await account.start()).store

    store.change = failing(store, "finish")
    await account.inbox.keeper.stop()
    assert await got(account, b"hello") == BUSY
    assert (await until_settled(other, key_of(b"hello")))[0] == "dead"


async def test_the_log_tells_where_it_is_and_what_to_do_but_not_what_it_says(serve, caplog):
    caplog.set_level("WARNING", "yizhan")
    account = serve("memory://")
    body = "我的密码".encode()
    await got(account, body)
    (line,) = [record.push for record in caplog.records if hasattr(record, "push")]
    assert (line["reason"], line["key"]) == ("xml_bad", key_of(body))
    assert f"yizhan jobs retry {key_of(body)}" in line["hint"]
    assert "我的密码" not in caplog.text + str(line)
