"""The hot path, HTTP to reply: throughput, CPU per message, latency and memory, as ratios.

    python benchmarks/hotpath.py [ROW ...] [--messages 20000] [--rounds 3] [--connections 32]
    python benchmarks/hotpath.py --list

Every row is measured once in each round, so that what else the machine does falls upon all of
them alike; the medians are printed, and the ratios to a bare ASGI application. The servers run
on one core, the load on the other. Every message has its own MsgId, so each is accepted,
handled and answered; there are 50 handlers, the last of which matches, and 500 followers.

CPU is that of the server's processes, in microseconds a message. Latency is that at half of the
row's own throughput, paced. Memory is that of the server's processes at the end.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from load import listening, paced, post, prepared, rate

from store import address

TOKEN = "benchmarktoken2026"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APPID = "wx0123456789abcdef"
FOLLOWERS = 500
REPLY = b"<xml><ToUserName><![CDATA[o]]></ToUserName><Content><![CDATA[hello]]></Content></xml>"
HERE = Path(__file__).resolve()
TICKS = os.sysconf("SC_CLK_TCK")
WARM = 2000  # messages before anything is measured


@dataclass(frozen=True)
class Row:
    """A server, the mode of its pushes, its store and its number of workers."""

    name: str
    kind: str
    mode: str = "plain"
    store: str = "-"
    workers: int = 1
    share: float = 1.0  # of the messages: the slow ones need not take for ever


ROWS = (
    Row("bare ASGI", "bare"),
    Row("memory", "yizhan", store="memory"),
    Row("SQLite NORMAL", "yizhan", store="sqlite-normal"),
    Row("SQLite FULL", "yizhan", store="sqlite"),
    Row("SQLite FULL, 2 workers", "yizhan", store="sqlite", workers=2),
    Row("Redis everysec", "yizhan", store="redis-everysec"),
    Row("memory, safe", "yizhan", "safe", "memory"),
    Row("SQLite FULL, safe", "yizhan", "safe", "sqlite"),
    Row("wechatpy + FastAPI", "wechatpy+fastapi", share=0.2),
    Row("wechatpy + FastAPI, safe", "wechatpy+fastapi", "safe", share=0.2),
    Row("WeRoBot", "werobot", share=0.1),
)


@dataclass(frozen=True)
class Figures:
    """What one row came to in one round."""

    speed: float  # messages a second
    cpu: float  # microseconds a message
    p50: float  # milliseconds
    p99: float
    memory: float  # MiB


@dataclass
class Measured:
    """A row's figures of all rounds."""

    row: Row
    rounds: list[Figures] = field(default_factory=list)

    def median(self, name: str) -> float:
        return statistics.median(getattr(figures, name) for figures in self.rounds)


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


def serve(kind: str, mode: str, port: int) -> None:
    """Run one of the servers that are not Yizhan, until it is ended."""
    import uvicorn

    app = bare if kind == "bare" else wechatpy_fastapi(mode)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


@contextmanager
def serving(row: Row, store: str) -> Iterator[tuple[int, int]]:
    """The server of this row, on the first core: its port and its process."""
    port = free_port()
    environ = {**os.environ, "PYTHONPATH": str(HERE.parent), "PORT": str(port), "TOKEN": TOKEN}
    if row.kind == "werobot":
        python = HERE.parents[1] / ".yizhan/peers/werobot/bin/python"
        command = [str(python), str(HERE.parents[1] / "peers/werobot_bot.py")]
    elif row.kind == "yizhan":
        sealed = {"YIZHAN_BENCH_APPID": APPID, "YIZHAN_BENCH_AES_KEY": AES_KEY}
        environ |= {"YIZHAN_BENCH_STORE": store, "YIZHAN_BENCH_MODE": row.mode}
        environ |= sealed if row.mode == "safe" else {}
        yizhan = Path(sys.executable).with_name("yizhan")
        command = [str(yizhan), "run", str(HERE.parent / "bot.py:account"), "--port", str(port)]
        command += ["--workers", str(row.workers), "--json-log"]
    else:
        command = [sys.executable, str(HERE), "--serve", row.kind, row.mode, str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env=environ, start_new_session=True
        )
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(process.pid, cores if row.workers > 1 else {min(cores)})
        try:
            if not listening(port, process):
                log.seek(0)
                raise SystemExit(f"{row.name} did not start:\n{log.read().decode()}")
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def measure(row: Row, store: str, messages: int, connections: int) -> Figures:
    """One round of one row."""
    count = int(messages * row.share)
    with serving(row, store) as (port, pid):
        rate(port, requests(row, WARM // 4, 10**9), connections)
        before = cpu(pid)
        speed = rate(port, requests(row, count, 2 * 10**9), connections)
        spent = cpu(pid) - before
        half = requests(row, count // 4, 3 * 10**9)
        waits = sorted(paced(port, half, speed / 2, connections))
        p50, p99 = (waits[int(len(waits) * share)] * 1e3 for share in (0.5, 0.99))
        return Figures(speed, spent / count * 1e6, p50, p99, memory(pid))


def requests(row: Row, count: int, first: int) -> list[bytes]:
    """That many pushes with MsgIds of their own; `first` keeps those of one load apart."""
    from yizhan.wire import sender
    from yizhan.wire.envelope import Cipher

    cipher = None if row.mode == "plain" else Cipher(AES_KEY, APPID)
    now = str(int(time.time()))
    path = "/" if row.kind == "werobot" else "/wechat"

    def one(number: int) -> bytes:
        openid = f"oBenchFollower{number % FOLLOWERS:014d}"
        body = (
            f"<xml><ToUserName><![CDATA[gh_a1b2c3d4e5f6]]></ToUserName><FromUserName><![CDATA["
            f"{openid}]]></FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]>"
            f"</MsgType><Content><![CDATA[你好 {number}]]></Content>"
            f"<MsgId>{24900000000000000 + first + number}</MsgId></xml>"
        ).encode()
        query, sealed = sender.build(
            body,
            token=TOKEN,
            timestamp=now,
            nonce=str(10**10 + first + number),
            mode=row.mode,
            cipher=cipher,
            openid=openid,
            to_user="gh_a1b2c3d4e5f6",
        )
        return post(path, query, sealed)

    return prepared(count, one)


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(it for child in children for it in family(int(child)))]


def cpu(pid: int) -> float:
    """Seconds of CPU that these processes have used."""

    def used(each: int) -> float:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    return sum(map(used, family(pid)))


def memory(pid: int) -> float:
    """MiB that these processes have resident."""

    def resident(each: int) -> int:
        status = Path(f"/proc/{each}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0])

    return sum(map(resident, family(pid))) / 1024


def compare(rows: Sequence[Row], rounds: int, messages: int, connections: int) -> list[Measured]:
    """Every row once in each round, with the progress on standard error."""
    results = [Measured(row) for row in rows]
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    try:
        for number in range(rounds):
            for result in results:
                show(f"round {number + 1} of {rounds}: {result.row.name}")
                result.rounds.append(once(result.row, messages, connections))
    finally:
        os.sched_setaffinity(0, set(cores))
        show("")
    return results


def show(progress: str) -> None:
    """What is being measured, for a person who watches."""
    if sys.stderr.isatty():
        print(f"\r{progress:58}\r", end="", file=sys.stderr, flush=True)


def once(row: Row, messages: int, connections: int) -> Figures:
    """One round with a store of its own, beside the load if it is a server."""
    if row.store == "-":
        return measure(row, "", messages, connections)
    with (
        tempfile.TemporaryDirectory(dir=Path.home()) as folder,
        address(row.store, folder) as store,
    ):
        return measure(row, store, messages, connections)


def table(results: Sequence[Measured]) -> Iterator[str]:
    """The medians, and their ratios to the first row."""
    base = results[0]
    yield (
        f"{'':24} {'messages/s':>10} {'ratio':>6} {'CPU µs':>7} {'ratio':>6}"
        f" {'p50 ms':>7} {'p99 ms':>7} {'MiB':>5}"
    )
    for result in results:
        speed, cost = result.median("speed"), result.median("cpu")
        yield (
            f"{result.row.name:24} {speed:10,.0f} {speed / base.median('speed'):6.2f}"
            f" {cost:7.0f} {base.median('cpu') / cost:6.2f}"
            f" {result.median('p50'):7.2f} {result.median('p99'):7.2f}"
            f" {result.median('memory'):5.0f}"
        )


def usable(names: Sequence[str]) -> list[Row]:
    """The rows of these names, the bare one first; those that cannot run here are left out."""
    wanted = [row for row in ROWS if not names or row.kind == "bare" or row.name in names]
    werobot = HERE.parents[1] / ".yizhan/peers/werobot/bin/python"
    if any(row.kind == "werobot" for row in wanted) and not werobot.exists():
        print("WeRoBot is left out: `make peers` installs it", file=sys.stderr)
        wanted = [row for row in wanted if row.kind != "werobot"]
    return wanted


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="ROW", help="these rows only (see --list)")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--json", metavar="FILE", type=Path, help="write every figure there")
    parser.add_argument("--list", action="store_true", help="print the rows and end")
    parser.add_argument("--serve", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        kind, mode, port = options.serve
        serve(kind, mode, int(port))
        return
    if options.list:
        print("\n".join(row.name for row in ROWS))
        return
    if unknown := set(options.names) - {row.name for row in ROWS}:
        parser.error(f"no such row: {', '.join(sorted(unknown))} (see --list)")
    rows = usable(options.names)
    try:
        results = compare(rows, options.rounds, options.messages, options.connections)
    except KeyboardInterrupt:
        sys.exit(130)
    for line in table(results):
        print(line)
    if options.json:
        figures = [{**asdict(it.row), "rounds": [asdict(f) for f in it.rounds]} for it in results]
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
