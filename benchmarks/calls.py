"""What one message costs in operations: Python calls, moves between files, store calls, tasks.

    python benchmarks/calls.py                      a table
    python benchmarks/calls.py --json               one JSON object
    python benchmarks/calls.py --json calls.json    the table, and the JSON in a file

The figures do not depend on how busy the machine is. They are those of the thread that serves
under `yizhan run`, from the bytes of the push to the bytes of the answer and all that follows,
with the store in memory; the handlers' own calls are left out. `calls` and `moves` are those of
Yizhan's own files, a *move* being a call from one file into another; `all` are the calls of
every file, the standard library's and uvicorn's too. Running on after an await is a call.
"""

import argparse
import asyncio
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import FrameType

from figures import interruptible, keep

import yizhan

TOKEN = "benchmarktoken2026"
APPID = "wx0123456789abcdef"
HERE = __file__
PACKAGE = str(Path(yizhan.__file__).parent)
NAMES = ("calls", "moves", "all", "store", "tasks")
WARM = 20  # messages before anything is counted: what is done once is done by then
MESSAGES = 10
DEADLINE = 0.3  # seconds; WeChat's five would only make the benchmark slow
PATIENCE = 10.0

numbers = count(1)


class Counted:
    """The operations of the serving thread while it is switched on."""

    def __init__(self) -> None:
        self.calls = 0
        self.moves = 0
        self.all = 0
        self.tasks = 0
        self.store = 0
        self.on = False

    def profile(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call":
            return
        file = frame.f_code.co_filename
        if file == HERE:
            return
        self.all += 1
        if not file.startswith(PACKAGE):
            return
        self.calls += 1
        caller = frame.f_back
        while caller is not None and caller.f_code.co_filename == HERE:
            caller = caller.f_back
        if caller is not None and caller.f_code.co_filename != file:
            self.moves += 1

    def switch(self, on: bool) -> None:
        self.on = on
        sys.setprofile(self.profile if on else None)

    def per_message(self) -> dict[str, float]:
        return {name: round(getattr(self, name) / MESSAGES, 1) for name in NAMES}


def account_for(kind: str):
    """A bot whose slow answers come after the deadline, told to us when they have."""
    from yizhan import Account
    from yizhan.api.transport import Response

    class Api:
        """Takes customer-service messages, and says yes."""

        def __init__(self) -> None:
            self.sent = threading.Semaphore(0)

        async def send(self, method, url, headers, body, sink=None):
            if "/custom/send" in url:
                self.sent.release()
            answer = {"errcode": 0, "errmsg": "ok", "access_token": "t", "expires_in": 7200}
            return Response(200, {}, json.dumps(answer).encode())

        async def close(self) -> None:
            pass

    rights = {"kind": "service", "verified": True, "appid": APPID, "secret": "s" * 32}
    account = Account(
        "bench",
        token=TOKEN,
        store="memory://",
        timeout=DEADLINE,
        hold=0,
        **(rights if kind == "custom" else {}),
    )
    account.transport = api = Api()
    for number in range(48):

        @account.text(f"question {number}")
        async def other(message):
            return "no"

    ready = threading.Semaphore(0)

    @account.text("slow")
    async def slow(message):
        await asyncio.sleep(DEADLINE + 0.1)
        asyncio.get_running_loop().call_later(0.1, ready.release)
        return "slow"

    @account.text
    async def echo(message):
        return message.content

    return account, ready, api.sent


class Follower:
    """One follower after another, over one connection that stays open."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)

    def says(self, content: str, openid: str) -> bytes:
        from load import post

        from yizhan.wire import sender

        now = int(time.time())
        body = (
            f"<xml><ToUserName><![CDATA[gh_a1b2c3d4e5f6]]></ToUserName>"
            f"<FromUserName><![CDATA[{openid}]]></FromUserName><CreateTime>{now}</CreateTime>"
            f"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content>"
            f"<MsgId>{next(numbers)}</MsgId></xml>"
        ).encode()
        nonce = f"n{next(numbers)}"
        sealed = sender.build(body, token=TOKEN, timestamp=str(now), nonce=nonce, mode="plain")
        self.socket.sendall(post("/wechat", *sealed))
        answer = b""
        while not answer.endswith((b"</xml>", b"\r\n\r\nsuccess")):
            answer += (piece := self.socket.recv(65536))
            assert piece, answer
        return answer


def quick(follower: Follower, ready, sent) -> None:
    assert b"hello" in follower.says("hello", openid())


def by_next_message(follower: Follower, ready, sent) -> None:
    who = openid()
    follower.says("slow", who)
    assert ready.acquire(timeout=PATIENCE)
    assert b"slow" in follower.says("hello", who)


def by_customer_service(follower: Follower, ready, sent) -> None:
    follower.says("slow", openid())
    assert sent.acquire(timeout=PATIENCE)
    assert ready.acquire(timeout=PATIENCE)


def openid() -> str:
    return f"oBenchFollower{next(numbers):014d}"


CASES: dict[str, tuple[str, Callable[..., None]]] = {
    "quick text": ("quick", quick),
    "slow answer, by the next message": ("quick", by_next_message),
    "slow answer, by customer service": ("custom", by_customer_service),
}


def counted_store(counted: Counted) -> None:
    """Count what the serving thread asks of the store for a message: changes, and looks."""
    from yizhan.store.mailboxes.memory import MemoryStore

    for name in ("change", "change_later", "messages", "keys_of"):
        method = getattr(MemoryStore, name)

        def wrapped(self, *given, method=method, **named):
            counted.store += counted.on
            return method(self, *given, **named)

        setattr(MemoryStore, name, wrapped)


async def measured(case: str, counted: Counted) -> dict[str, float]:
    import uvicorn

    from yizhan.server.serve import StoppingSite, bind, config_of

    kind, play = CASES[case]
    account, ready, sent = account_for(kind)
    listener = bind("127.0.0.1", 0)
    server = uvicorn.Server(config_of(lambda: StoppingSite([account])))
    loop = asyncio.get_running_loop()

    def factory(loop, work, **named):
        counted.tasks += counted.on
        return asyncio.Task(work, loop=loop, **named)

    loop.set_task_factory(factory)
    serving = loop.create_task(server.serve(sockets=[listener]))

    def pushes() -> None:
        follower = Follower(listener.getsockname()[1])
        for _ in range(WARM if play is quick else 2):
            play(follower, ready, sent)
        with switched(loop, counted):
            for _ in range(MESSAGES):
                play(follower, ready, sent)
        follower.socket.close()

    try:
        await asyncio.to_thread(pushes)
    finally:
        server.should_exit = True
        await serving
    return counted.per_message()


@contextmanager
def switched(loop: asyncio.AbstractEventLoop, counted: Counted) -> Iterator[None]:
    """Counting, between two turns of the serving loop."""
    for on in (True, False):
        done = threading.Event()

        def switch(on=on, done=done) -> None:
            counted.switch(on)
            done.set()

        if not on:
            yield
            time.sleep(0.1)  # what follows an answer, such as its record
        loop.call_soon_threadsafe(switch)
        assert done.wait(PATIENCE)


def measure(case: str) -> dict[str, float]:
    """The operations of one message, in this process."""
    import uvloop

    from yizhan.server import log

    counted = Counted()
    counted_store(counted)
    with open(os.devnull, "w") as nowhere:
        sys.stderr = nowhere
        log.configure(json=True)
        result = uvloop.run(measured(case, counted))
        sys.stderr = sys.__stderr__
    return result


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    parser.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="print one JSON object, or keep it"
    )
    options = parser.parse_args()
    if options.case:
        print(json.dumps(measure(options.case)))
        return
    results = {case: in_own_process(case) for case in CASES}
    if options.json == "-":
        print(json.dumps(results))
        return
    if options.json:
        keep(Path(options.json), results)
    print(f"{'one message':34} " + " ".join(f"{name:>7}" for name in NAMES))
    for case, found in results.items():
        print(f"{case:34} " + " ".join(f"{value:7.1f}" for value in found.values()))


def in_own_process(case: str) -> dict[str, float]:
    """Measured in a process of its own: nothing that an earlier case left is counted."""
    import subprocess

    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), "--case", case],
            cwd=folder,
            env={**os.environ, "YIZHAN_LANG": "en"},
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout)


if __name__ == "__main__":
    interruptible(main)
