"""Nothing that is secret is ever in what a process says, whatever comes in (security.md)."""

import re
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

import wechat
from served import serving
from wechat import AES_KEY, APPID, FAN, TOKEN, ask, document, event, image, push, text, verification
from yizhan.wire.envelope import Cipher

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
FORMER = "formerTokenOfTests26"
ECHOSTR = "2958099473294221495"
PASSWORD = "我的密码是芝麻开门"
FORGED = "forgedTokenOfSomeone"
BOT = f"""
import asyncio
import threading
import warnings
from urllib.parse import quote
from yizhan import Account
from yizhan.server import protocol

protocol.HEAD_SECONDS = protocol.BODY_SECONDS = 0.3
keys = {{"appid": "{APPID}", "secret": "{SECRET}", "aes_key": "{AES_KEY}"}}
plain = Account(
    "plain", path="/plain", token="{TOKEN}", token_previous="{FORMER}", store="memory://", grace=0.2
)
safe = Account("safe", path="/safe", token="{TOKEN}", store="memory://", grace=0.2, **keys)
accounts = [plain, safe]

class PasswordError(Exception):
    pass

class Garbage:
    def __init__(self, text):
        self.text = text

    def __del__(self):
        int(self.text)

async def in_background(number):
    return int(number)

def register(account):
    @account.text("ok")
    async def ok(message):
        return message.content

    @account.text(prefix="raise ")
    async def fail(message):
        raise PasswordError(f"cannot store {{message.content}} of {{message.from_user}}")

    @account.text(prefix="key ")
    def look_up(message):
        return {{}}[message.content]

    @account.text(prefix="cause ")
    def cause(message):
        try:
            return int(message.content)
        except ValueError as error:
            raise LookupError(repr(message)) from error

    @account.text(prefix="type ")
    def wrong(message):
        return message

    @account.text(prefix="session ")
    def session(message, session):
        session["password"] = {{message.content}}

    @account.text("forever")
    async def forever(message):
        await asyncio.Event().wait()

    @account.text(prefix="slow ", timeout=0.1)
    async def slow(message):
        await asyncio.Event().wait()

    @account.text(prefix="group ")
    async def group(message):
        raise ExceptionGroup("several", [KeyError(message.content), ValueError(message.from_user)])

    @account.text(prefix="card ")
    async def card(message):
        return int(message.content.removeprefix("card "))

    @account.text(prefix="note ")
    def note(message):
        error = ValueError(message.content.encode())
        error.add_note(quote(message.content))
        error.add_note(repr(ascii(message.content)))
        raise error

    @account.text(prefix="task ")
    async def task(message):
        asyncio.create_task(in_background(message.content.removeprefix("task ")))
        asyncio.get_running_loop().call_soon(int, message.content)
        asyncio.get_running_loop().run_in_executor(None, int, message.content)
        await asyncio.sleep(0.01)

    @account.text(prefix="thread ")
    def thread(message):
        for name in ("of the author", message.content):
            it = threading.Thread(target=int, args=(message.content,), name=name)
            it.start()
            it.join()

    @account.text(prefix="warn ")
    async def warn(message):
        word = message.content.split()[1]
        warnings.warn(f"tzname {{word}} identified but not understood", RuntimeWarning)

    @account.text(prefix="warns ")
    def warn_plainly(message):
        warnings.warn(f"tzname {{message.content}} is no time zone", RuntimeWarning)

    @account.text(prefix="interrupt ")
    async def interrupt(message):
        raise KeyboardInterrupt(message.content)

    @account.text(prefix="interrupts ")
    def interrupt_plainly(message):
        raise KeyboardInterrupt(message.content)

    @account.text(prefix="garbage ")
    def garbage(message):
        Garbage(message.content)
        warnings.warn("a warning")

    @account.text("dialog")
    async def dialog(message, context):
        password = await context.ask("password?")
        await context.ask("sure?")
        raise PasswordError(password)

    @account.image
    async def photo(message):
        raise RuntimeError(f"{{account.settings}} {{account!r}} {{account.api!r}}")

    @account.error
    async def explain(message, error):
        raise RuntimeError(f"no answer to {{message.raw}}") from error

for account in accounts:
    register(account)
"""
VERBS = (
    *("raise", "key", "cause", "type", "session", "slow", "group"),
    *("card", "note", "task", "thread", "garbage"),
    *("warn", "warns", "interrupt", "interrupts"),
)
CONTENTS = ("ok", *(f"{verb} {PASSWORD}" for verb in VERBS), "dialog", PASSWORD, "yes")
TICKET = "gQticketOfTheTests"
WITNESSES = (
    *("PasswordError", "KeyError", "ExceptionGroup", "verified", "msg_signature"),
    "invalid literal for int() with base 10: '…",
    *("Task exception was never retrieved", "Future exception was never retrieved"),
    *("Exception in callback", "coro=<in_background() done"),
    *("the thread of the author raised", "an error in Garbage.__del__", "a warning"),
    *("RuntimeWarning: tzname… identified but", "RuntimeWarning: tzname … is no"),
    *("KeyboardInterrupt: …", "the thread … raised"),
)


def good_pushes(path, mode):
    for content in CONTENTS:
        yield push(text(content), mode, path=path)
    yield push(image(f"media-{PASSWORD}"), mode, path=path)
    yield push(event("unheard_of", PASSWORD), mode, path=path)
    yield push(event("subscribe", f"qrscene_{PASSWORD}", Ticket=TICKET), mode, path=path)
    yield verification(ECHOSTR)._replace(path=path)


def bad_pushes(path, mode):
    secret = text(PASSWORD)
    good = push(secret, mode, path=path)
    yield push(secret, mode, path=path, token=FORGED)
    yield push(secret, mode, path=path, timestamp=1)
    yield push(secret, mode, path=path, cipher=Cipher(AES_KEY[::-1], APPID))
    yield good._replace(path="/elsewhere")
    yield good._replace(path=f"/{FAN}")
    yield good._replace(method="PUT")
    yield good._replace(body=good.body[:-5])
    yield good._replace(body=good.body + b"<!DOCTYPE x>")
    yield good.without("nonce")
    yield good.asking(msg_signature="0123456789" * 4)
    yield good.asking(nonce="not-a-nonce")
    yield good.with_headers(content_encoding="gzip")
    yield push(document(secret | {"CreateTime": PASSWORD}), mode, path=path)
    yield push(document(secret | {"FromUserName": f"{FAN} {PASSWORD}"}), mode, path=path)
    yield push(f"<xml>{PASSWORD}</xml>".encode(), mode, path=path)
    yield push(PASSWORD.encode(), mode, path=path)
    yield verification("a" * 300)._replace(path=path)
    yield verification(ECHOSTR, token=FORGED)._replace(path=path)


def cut_off(port, request):
    """Half a push, and no more of it."""
    head = (
        f"POST {request.target} HTTP/1.1\r\nHost: a\r\nX-Token: {TOKEN}\r\n"
        f"Content-Length: {len(request.body) + 9}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode() + request.body)
        while connection.recv(65536):
            pass


def nonsense(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"{request.target} {TOKEN}\r\n\r\n".encode())
        while connection.recv(65536):
            pass


def secrets_of(requests):
    """Everything in these requests, and of the bot, that must not be said."""
    yield from (TOKEN, FORMER, FORGED, SECRET, AES_KEY, AES_KEY[::-1], ECHOSTR, FAN, TICKET)
    for word in (PASSWORD, "芝麻"):
        yield from (word, ascii(word)[1:-1], repr(ascii(word))[3:-3])
        yield from (quote(word), repr(word.encode())[2:-1])
    for request in requests:
        query = dict(pair.split("=", 1) for pair in request.query.split("&"))
        yield from (query[name] for name in ("signature", "msg_signature") if name in query)


OWN_LOG = "import logging\nlogging.basicConfig(level=logging.DEBUG)\n"


@pytest.mark.parametrize(
    ("log", "more"),
    [("--json-log", ""), ("--text-log", ""), ("--json-log", OWN_LOG)],
    ids=["json", "text", "a log of the bot's own"],
)
def test_no_secret_is_ever_said(tmp_path, log, more):
    (tmp_path / "bot.py").write_text(more + BOT, "utf-8")
    requests = [
        request
        for path, mode in (("/plain", "plain"), ("/safe", "safe"))
        for request in (*good_pushes(path, mode), *bad_pushes(path, mode))
    ]
    last = push(text("forever", FromUserName=FAN), path="/plain")
    with serving(tmp_path, log, bot="bot:accounts") as server, ThreadPoolExecutor() as pool:
        statuses = [ask(server.port, request).status for request in requests]
        reused = requests[0]._replace(body=requests[1].body)
        assert ask(server.port, reused).status == 403
        cut_off(server.port, requests[0])
        nonsense(server.port, requests[0])
        running = pool.submit(last_words, server.port, last)
        server.wait_for(lambda: in_flight(server.port))
        server.end(signal.SIGTERM)
        running.result()
    said = server.said()
    assert set(statuses) == {200, 400, 403, 404, 405, 415}
    assert [witness for witness in WITNESSES if witness not in said] == []
    assert {secret for secret in secrets_of([*requests, last]) if secret in said} == set()


def in_flight(port):
    metrics = ask(port, wechat.Request("GET", "/metrics")).body.decode()
    return re.search(r'yizhan_in_flight{account="plain"} [1-9]', metrics)


def last_words(port, request):
    try:
        return ask(port, request).status
    except OSError:
        return None
