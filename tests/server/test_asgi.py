import asyncio
import json
import time

import pytest

import wechat
from wechat import (
    ACCOUNT,
    AES_KEY,
    APPID,
    CIPHER,
    FAN,
    TOKEN,
    Request,
    call,
    event,
    image,
    opened,
    push,
    says,
    shown,
    text,
    verification,
)
from yizhan import Image, News, replies
from yizhan.replies import Article, Text
from yizhan.wire import xml
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

MODES = ["plain", "compat", "safe"]
JSON = {"content-type": "application/json; charset=utf-8"}


@pytest.fixture
def echo(make):
    """Makes an account that says what it hears."""

    def account(mode="plain", **settings):
        account = make(mode, **settings)
        account.text(lambda message: message.content)
        account.image(lambda message: Image(message.media_id))
        return account

    return account


@pytest.mark.parametrize("mode", MODES)
async def test_a_push_is_answered_in_its_mode(echo, mode):
    answer = await call(echo(mode).asgi, push(text("你好"), mode))
    assert says(answer, mode) == "你好"
    assert (b"<Encrypt>" in answer.body) == (mode != "plain")
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize("mode", MODES)
async def test_a_reply_goes_from_the_account_to_the_follower(echo, mode):
    answer = await call(echo(mode).asgi, push(text(), mode))
    received = replies.parse(opened(answer, mode))
    assert (received.to_user, received.from_user) == (FAN, ACCOUNT)
    assert abs(received.created - time.time()) < 60


@pytest.mark.parametrize("mode", MODES)
async def test_an_acknowledgement_is_never_encrypted(make, mode):
    answer = await call(make(mode).asgi, push(text(), mode))
    assert (answer.status, answer.body) == (200, b"success")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("mode", MODES)
async def test_an_acknowledgement_may_be_empty(make, mode):
    answer = await call(make(mode, ack="empty").asgi, push(text(), mode))
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "0")


async def test_an_account_in_plaintext_mode_with_a_key_answers_each_push_in_its_own_mode(echo):
    app = echo("plain", **wechat.SEALED).asgi
    assert says(await call(app, push(text("a")))) == "a"
    assert says(await call(app, push(text("b"), "safe")), "safe") == "b"


async def test_in_compatible_mode_only_the_encrypted_part_is_trusted(echo):
    request = push(text("the truth"), "compat")
    forged = request._replace(body=request.body.replace(b"the truth", b"a lie"))
    assert b"a lie" in forged.body
    assert says(await call(echo("compat").asgi, forged), "compat") == "the truth"


async def test_a_reply_is_signed_anew(echo):
    request = push(text(), "safe")
    answer = await call(echo("safe").asgi, request)
    raw = xml.parse(answer.body)["xml"]
    assert raw["Nonce"] not in request.query
    assert raw["MsgSignature"] == sign(TOKEN, raw["TimeStamp"], raw["Nonce"], raw["Encrypt"])


class TestPreviousKeys:
    @pytest.mark.parametrize("mode", MODES)
    async def test_the_previous_token_is_let_in(self, echo, mode):
        app = echo(mode, token="anotherTokenOfTests", token_previous=TOKEN).asgi
        assert says(await call(app, push(text("a"), mode)), mode) == "a"

    async def test_a_token_with_an_underscore_answers_a_verification(self):
        app = wechat.account(token="MY_TOKEN_2026").asgi
        asked = verification("4011207248104127935", token="MY_TOKEN_2026")
        assert (await call(app, asked)).body == b"4011207248104127935"

    async def test_the_previous_token_answers_a_verification(self, echo):
        app = echo(token="anotherTokenOfTests", token_previous=TOKEN).asgi
        assert (await call(app, verification("echo"))).body == b"echo"

    async def test_a_push_under_the_previous_key_is_answered_under_it(self, echo):
        app = echo("safe", aes_key=AES_KEY[::-1], aes_key_previous=AES_KEY).asgi
        assert says(await call(app, push(text("a"), "safe")), "safe") == "a"

    async def test_a_push_under_the_current_key_is_answered_under_it(self, echo):
        app = echo("safe", aes_key=AES_KEY, aes_key_previous=AES_KEY[::-1]).asgi
        assert says(await call(app, push(text("a"), "safe")), "safe") == "a"

    async def test_a_key_that_was_never_its_own_is_not(self, echo):
        app = echo("safe", aes_key_previous=AES_KEY[::-1]).asgi
        stranger = Cipher(AES_KEY[1:] + "z", APPID)
        assert (await call(app, push(text(), "safe", cipher=stranger))).status == 403


class TestJson:
    def request(self, fields, mode="plain"):
        body = json.dumps(fields, ensure_ascii=False).encode()
        if mode == "plain":
            return push(text())._replace(body=body, headers=JSON)
        request = push(text(), "safe")
        query = dict(pair.split("=") for pair in request.query.split("&"))
        encrypt = CIPHER.encrypt(body)
        sealed = json.dumps({"ToUserName": ACCOUNT, "Encrypt": encrypt}).encode()
        signature = sign(TOKEN, query["timestamp"], query["nonce"], encrypt)
        return request._replace(body=sealed, headers=JSON).asking(msg_signature=signature)

    @pytest.mark.parametrize("mode", ["plain", "safe"])
    async def test_a_push_in_json_is_answered_in_json(self, echo, mode):
        answer = await call(echo(mode).asgi, self.request(text("你好"), mode))
        assert answer.headers["content-type"] == "application/json"
        received = replies.parse_json(opened(answer, mode))
        assert (received.to_user, received.from_user) == (FAN, ACCOUNT)
        assert received.reply == Text("你好")

    async def test_an_acknowledgement_is_the_same(self, make):
        answer = await call(make().asgi, self.request(event("unsubscribe")))
        assert answer.body == b"success"

    async def test_a_picture_in_json(self, echo):
        answer = await call(echo().asgi, self.request(image("media-1")))
        assert shown(answer) == Image("media-1")


class TestClock:
    """What lets old data be pruned: a push that was signed, at about our own time."""

    @pytest.mark.parametrize("mode", MODES)
    async def test_a_signed_push_confirms_it(self, echo, mode):
        account = echo(mode)
        inbox = await account.ready()
        assert inbox.calendar.unsure
        await call(account.asgi, push(text(), mode))
        assert not inbox.calendar.unsure

    @pytest.mark.parametrize("mode", MODES)
    @pytest.mark.parametrize("off", [400, -400])
    async def test_one_of_another_time_does_not(self, echo, mode, off):
        account = echo(mode, max_age=0)
        inbox = await account.ready()
        await call(account.asgi, push(text(), mode, timestamp=time.time() + off))
        assert inbox.calendar.unsure

    @pytest.mark.parametrize("mode", MODES)
    async def test_one_that_nobody_signed_does_not(self, echo, mode):
        account = echo(mode)
        inbox = await account.ready()
        await call(account.asgi, push(text(), mode, token="x" * 20))
        request = push(text(), mode)
        await call(account.asgi, request.asking(timestamp=str(int(time.time()) - 1)))
        await call(account.asgi, verification(token="x" * 20))
        assert inbox.calendar.unsure


class TestOwnId:
    async def test_it_is_learnt_from_the_first_encrypted_push(self, echo):
        app = echo("safe").asgi
        await call(app, push(text(), "safe"))
        stranger = push(text(ToUserName="gh_another"), "safe")
        assert (await call(app, stranger)).body == b"success"
        assert says(await call(app, push(text("a"), "safe")), "safe") == "a"

    async def test_it_is_not_learnt_from_what_anyone_may_write(self, echo):
        app = echo().asgi
        await call(app, push(text(ToUserName="gh_forged")))
        assert says(await call(app, push(text("a")))) == "a"

    async def test_it_may_be_set(self, echo):
        app = echo(original_id="gh_mine").asgi
        assert (await call(app, push(text("a")))).body == b"success"
        assert says(await call(app, push(text("b", ToUserName="gh_mine")))) == "b"


class TestRepeats:
    @pytest.mark.parametrize("mode", MODES)
    async def test_a_repeated_push_has_the_same_answer_and_runs_no_handler(self, make, mode):
        account, runs = make(mode), []
        account.text(lambda message: f"run {runs.append(1) or len(runs)}")
        what = text()
        answers = [await call(account.asgi, push(what, mode)) for _ in range(3)]
        assert [says(answer, mode) for answer in answers] == ["run 1"] * 3

    async def test_a_repeat_in_another_mode_is_answered_in_that_mode(self, echo):
        app = echo("plain", **wechat.SEALED).asgi
        what = text("a")
        assert says(await call(app, push(what))) == "a"
        assert says(await call(app, push(what, "safe")), "safe") == "a"

    async def test_two_followers_may_have_the_same_msgid(self, echo):
        app = echo().asgi
        for fan in ("oA", "oB"):
            answer = await call(app, push(text(fan, FromUserName=fan, MsgId=7)))
            assert says(answer) == fan


async def test_news_after_an_event_may_have_eight_articles_and_after_a_message_one(make):
    account = make(fallback="too many")
    news = News(*(Article(f"{n}") for n in range(8)))
    account.click(lambda event: news)
    account.text(lambda message: news)
    assert shown(await call(account.asgi, push(event("CLICK", "A")))) == news
    assert says(await call(account.asgi, push(text()))) == "too many"


@pytest.mark.parametrize("path", ["/wechat", "/", "/a/b.c", "/~x"])
async def test_an_account_serves_its_own_path_only(echo, path):
    app = echo(path=path).asgi
    assert says(await call(app, push(text("a"), path=path))) == "a"
    assert (await call(app, push(text("a"), path=path + "/x"))).status == 404


class TestBeside:
    async def test_healthz_is_ok(self, echo):
        answer = await call(echo().asgi, Request("GET", "/healthz"))
        assert (answer.status, answer.body) == (200, b"ok")

    async def test_metrics_count_what_happened(self, echo):
        app = echo(appid="wx42").asgi
        await call(app, push(text("a")))
        await call(app, push(text(), token="anotherTokenOfTests"))
        answer = await call(app, Request("GET", "/metrics"))
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        lines = answer.body.decode().splitlines()
        assert 'yizhan_refusals_total{account="wx42",reason="signature"} 1' in lines
        assert 'yizhan_in_flight{account="wx42"} 0' in lines
        assert answer.body.endswith(b"\n")

    @pytest.mark.parametrize(
        ("client", "headers", "status"),
        [
            (("127.0.0.1", 1), {}, 200),
            (("::1", 1), {}, 200),
            (("192.0.2.1", 1), {}, 404),
            (("127.0.0.1", 1), {"x-forwarded-for": "192.0.2.1"}, 404),
            (("127.0.0.1", 1), {"forwarded": "for=192.0.2.1"}, 404),
            (("127.0.0.1", 1), {"x-real-ip": "192.0.2.1"}, 404),
            (None, {}, 404),
            # A page on another site has its own name lead here: the client is this machine's.
            (("127.0.0.1", 1), {"host": "evil.example:8080"}, 404),
            (("127.0.0.1", 1), {"host": "127.0.0.1.evil.example"}, 404),
            (("127.0.0.1", 1), {"host": ""}, 404),
            (("127.0.0.1", 1), {"host": "[::1"}, 404),
            (("127.0.0.1", 1), {"host": "localhost:8080"}, 200),
            (("127.0.0.1", 1), {"host": "[::1]:8080"}, 200),
        ],
    )
    async def test_metrics_are_for_this_machine_only(self, echo, client, headers, status):
        request = Request("GET", "/metrics", headers=headers)
        assert (await call(echo().asgi, request, client=client)).status == status

    async def test_metrics_may_be_opened(self, echo):
        app = echo(metrics_open=True).asgi
        request = Request("GET", "/metrics", headers={"host": "bot.example"})
        assert (await call(app, request, client=("192.0.2.1", 1))).status == 200

    async def test_healthz_answers_whatever_the_host(self, echo):
        request = Request("GET", "/healthz", headers={"host": "evil.example"})
        assert (await call(echo().asgi, request)).status == 200


async def test_wechat_hanging_up_leaves_the_answer_for_its_next_push(make):
    account = make()
    begun, go_on, gone = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @account.text
    async def slow(message):
        begun.set()
        await go_on.wait()
        return "at last"

    what = text()
    first = asyncio.create_task(call(account.asgi, push(what), hang_up=gone))
    await begun.wait()
    gone.set()
    await first
    second = asyncio.create_task(call(account.asgi, push(what)))
    go_on.set()
    assert says(await second) == "at last"


async def test_nobody_watches_a_connection_that_has_been_answered(make):
    account = make()
    go_on = asyncio.Event()

    @account.text
    async def slow(message):
        asyncio.get_running_loop().call_soon(go_on.set)
        await go_on.wait()

    before = asyncio.all_tasks()
    await account.start()
    running = asyncio.all_tasks() - before
    await call(account.asgi, push(text()))
    await asyncio.sleep(0)
    assert asyncio.all_tasks() - before == running
