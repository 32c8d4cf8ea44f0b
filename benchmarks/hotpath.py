"""The hot path, HTTP to reply, as a ratio to a bare ASGI application in the same run.

    python benchmarks/hotpath.py [--messages 20000]

Every message has its own MsgId, so each is claimed, handled and answered; 50 handlers,
the last of which matches.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from load import post, prepared, rate

TOKEN = "benchmarktoken2026"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APPID = "wx0123456789abcdef"
FOLLOWERS = 500
NO_INBOX = "yizhan-without-inbox"
REPLY = b"<xml><ToUserName><![CDATA[o]]></ToUserName><Content><![CDATA[hello]]></Content></xml>"


async def bare(scope, receive, send):
    """The least an ASGI application can do for a push: read the body and answer XML."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = b""
    while True:
        message = await receive()
        body += message["body"]
        if not message.get("more_body"):
            break
    headers = [(b"content-type", b"text/xml"), (b"content-length", b"%d" % len(REPLY))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": REPLY})


def yizhan_account(mode: str, store: str):
    from yizhan import Account

    sealed = {} if mode == "plain" else {"appid": APPID, "aes_key": AES_KEY}
    account = Account("bench", token=TOKEN, mode=mode, store=store, **sealed)
    for number in range(49):

        @account.text(f"question {number}")
        async def other(message):
            return "no"

    @account.text
    async def echo(message):
        return message.content

    return account


def leave_the_inbox_out() -> None:
    """Run the handler and reply: nothing is kept, and each push is a message of its own."""
    from yizhan.inbox.engine import Accepted, Connection, Engine
    from yizhan.inbox.response import Response
    from yizhan.inbox.run import Run
    from yizhan.store import Follower

    async def answer(engine: Engine, accepted: Accepted, connection: Connection) -> Response:
        run = Run(accepted.key, accepted.message)
        result = await engine.work.answering.answer(run, Follower(), engine.work.publish)
        return Response(run, result.replies[0], why="inline")

    async def written(engine: Engine, response: Response) -> None:
        pass

    Engine.answer, Engine.written = answer, written


def wechatpy_fastapi(mode: str):
    from fastapi import FastAPI, Request, Response
    from wechatpy import create_reply, parse_message
    from wechatpy.crypto import WeChatCrypto
    from wechatpy.utils import check_signature

    app = FastAPI()
    crypto = WeChatCrypto(TOKEN, AES_KEY, APPID)
    seen: set[int] = set()

    @app.post("/wechat")
    async def wechat(request: Request, signature: str, timestamp: str, nonce: str):
        check_signature(TOKEN, signature, timestamp, nonce)
        body = await request.body()
        if mode == "safe":
            body = crypto.decrypt_message(
                body, request.query_params["msg_signature"], timestamp, nonce
            )
        message = parse_message(body)
        seen.add(message.id)
        answer = create_reply(message.content, message).render()
        if mode == "safe":
            answer = crypto.encrypt_message(answer, nonce, timestamp)
        return Response(answer, media_type="text/xml")

    return app


def serve(kind: str, mode: str, store: str, port: int) -> None:
    """Run one server until it is ended."""
    import uvicorn

    from yizhan.server import log
    from yizhan.server.serve import StoppingSite, bind, config_of

    if kind.startswith("yizhan"):
        if kind == NO_INBOX:
            leave_the_inbox_out()
        log.configure(json=True)
        site = StoppingSite([yizhan_account(mode, store)])
        uvicorn.Server(config_of(lambda: site)).run(sockets=[bind("127.0.0.1", port)])
        return
    app = bare if kind == "bare" else wechatpy_fastapi(mode)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


def requests(mode: str, count: int) -> list[bytes]:
    from yizhan.wire import sender
    from yizhan.wire.envelope import Cipher

    cipher = None if mode == "plain" else Cipher(AES_KEY, APPID)
    now = str(int(time.time()))

    def one(number: int) -> bytes:
        openid = f"oBenchFollower{number % FOLLOWERS:014d}"
        body = (
            f"<xml><ToUserName><![CDATA[gh_a1b2c3d4e5f6]]></ToUserName><FromUserName><![CDATA["
            f"{openid}]]></FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]>"
            f"</MsgType><Content><![CDATA[你好 {number}]]></Content>"
            f"<MsgId>{24900000000000000 + number}</MsgId></xml>"
        ).encode()
        query, sealed = sender.build(
            body,
            token=TOKEN,
            timestamp=now,
            nonce=str(10**9 + number),
            mode=mode,
            cipher=cipher,
            openid=openid,
            to_user="gh_a1b2c3d4e5f6",
        )
        return post("/wechat", query, sealed)

    return prepared(count, one)


def measured(kind: str, mode: str, store: str, load: list[bytes]) -> float:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, __file__, "--serve", kind, mode, store, str(port)]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, stderr=log, env={**os.environ, "PYTHONPATH": "benchmarks"}
        )
        try:
            _wait(port)
            return rate(port, load)
        finally:
            server.terminate()
            server.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the server did not start")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--serve", nargs=4)
    options = parser.parse_args()
    if options.serve:
        kind, mode, store, port = options.serve
        serve(kind, mode, store, int(port))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            ("bare", "plain", "-"),
            ("yizhan", "plain", "memory://"),
            ("yizhan", "plain", f"sqlite:///{Path(folder, 'normal.db')}?synchronous=normal"),
            ("yizhan", "plain", f"sqlite:///{Path(folder, 'full.db')}"),
            ("yizhan", "safe", "memory://"),
            ("yizhan", "safe", f"sqlite:///{Path(folder, 'safe.db')}"),
            ("wechatpy+fastapi", "plain", "-"),
            ("wechatpy+fastapi", "safe", "-"),
        ]
        base = 0.0
        print(f"{'server':18} {'mode':6} {'store':22} {'messages/s':>10} {'ratio':>6}")
        for kind, mode, store in rows:
            count = options.messages if kind != "wechatpy+fastapi" else options.messages // 5
            speed = measured(kind, mode, store, requests(mode, count))
            base = base or speed
            shown = store.split("/")[-1] if store.startswith("sqlite") else store
            print(f"{kind:18} {mode:6} {shown:22} {speed:10,.0f} {speed / base:6.2f}", flush=True)


if __name__ == "__main__":
    main()
