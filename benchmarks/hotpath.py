"""The hot path, HTTP to reply: throughput, CPU per message, latency and memory, as ratios.

    python benchmarks/hotpath.py                             every row, three rounds
    python benchmarks/hotpath.py --list                      the names of the rows
    python benchmarks/hotpath.py memory 'SQLite FULL' --rounds 1 --messages 4000
    python benchmarks/hotpath.py --json hotpath.json         keep every figure

Every row is measured once in each round, so that what else the machine does falls upon all of
them alike; the medians are printed, and the ratios to a bare ASGI application with as many
connections. The servers run on one core, the load on the other; two workers use both. Every
message has its own MsgId, so each is accepted, handled and answered; there are 50 handlers, the
last of which matches, and 500 followers. wechatpy + FastAPI checks, reads and answers each push
and keeps nothing.

CPU is that of the server's processes, in microseconds a message; what Redis or PostgreSQL spend
is not in it, for they run beside the load. Latency is that at half of the row's own throughput,
paced. Memory is that of the server's processes at the end.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from figures import interruptible, keep, machine, moment, show
from load import paced, prepared, rate
from measured import Rows
from serving import AES_KEY, APPID, TOKEN, cpu, free_port, memory, on_another_core, started, yizhan

FOLLOWERS = 500
REPLY = b"<xml><ToUserName><![CDATA[o]]></ToUserName><Content><![CDATA[hello]]></Content></xml>"
HERE = Path(__file__).resolve()
CORES = os.sched_getaffinity(0)
WARM = 2000  # messages before anything is measured


@dataclass(frozen=True)
class Row:
    """A server, the mode of its pushes, its store and its number of workers."""

    name: str
    kind: str
    mode: str = "plain"
    store: str = "-"
    workers: int = 1
    connections: int | None = None  # None: as many as the run is told
    share: float = 1.0  # of the messages: the slow ones need not take for ever


ROWS = (
    Row("bare ASGI", "bare"),
    Row("bare ASGI, 64 connections", "bare", connections=64),
    Row("memory", "yizhan", store="memory"),
    Row("SQLite NORMAL", "yizhan", store="sqlite-normal"),
    Row("SQLite FULL", "yizhan", store="sqlite"),
    Row("SQLite FULL, 64 connections", "yizhan", store="sqlite", connections=64),
    Row("SQLite FULL, 2 workers", "yizhan", store="sqlite", workers=2, connections=64),
    Row("Redis everysec", "yizhan", store="redis-everysec"),
    Row("PostgreSQL", "yizhan", store="postgres"),
    Row("memory, safe", "yizhan", "safe", "memory"),
    Row("SQLite NORMAL, safe", "yizhan", "safe", "sqlite-normal"),
    Row("SQLite FULL, safe", "yizhan", "safe", "sqlite"),
    Row("SQLite FULL, safe, 64 connections", "yizhan", "safe", "sqlite", connections=64),
    Row("SQLite FULL, safe, 2 workers", "yizhan", "safe", "sqlite", workers=2, connections=64),
    Row("Redis everysec, safe", "yizhan", "safe", "redis-everysec"),
    Row("PostgreSQL, safe", "yizhan", "safe", "postgres"),
    Row("wechatpy + FastAPI", "wechatpy+fastapi", share=0.2),
    Row("wechatpy + FastAPI, safe", "wechatpy+fastapi", "safe", share=0.2),
    Row("WeRoBot", "werobot", share=0.1),
)
WEROBOT = HERE.parents[1] / ".yizhan/peers/werobot/bin/python"


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

    def kept(self) -> dict[str, object]:
        return {**asdict(self.row), "rounds": [asdict(figures) for figures in self.rounds]}


@contextmanager
def address(name: str, folder: str) -> Iterator[str]:
    """Where a row keeps its messages; a server for that runs beside the load."""
    if name == "memory":
        yield "memory://"
    elif name.startswith("sqlite"):
        mode = "normal" if name.endswith("normal") else "full"
        yield f"sqlite:///{folder}/{name}.db?synchronous={mode}"
    elif name.startswith("redis"):
        from redis_server import RedisServer

        with RedisServer(appendfsync=name.removeprefix("redis-")) as server:
            yield server.url
    else:
        from postgres_server import PostgresServer

        with PostgresServer(fsync=True) as server:
            yield server.url()


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
    environ = {"PYTHONPATH": str(HERE.parent), "PORT": str(port), "TOKEN": TOKEN}
    if row.kind == "werobot":
        command = [str(WEROBOT), str(HERE.parents[1] / "peers/werobot_bot.py")]
    elif row.kind == "yizhan":
        sealed = {"YIZHAN_BENCH_APPID": APPID, "YIZHAN_BENCH_AES_KEY": AES_KEY}
        environ |= {"YIZHAN_BENCH_STORE": store, "YIZHAN_BENCH_MODE": row.mode}
        environ |= sealed if row.mode == "safe" else {}
        command = yizhan("bot.py:account", port, "--workers", str(row.workers))
    else:
        command = [sys.executable, str(HERE), "--serve", row.kind, row.mode, str(port)]
    cores = CORES if row.workers > 1 else {min(CORES)}
    with started(row.name, command, port, environ, cores=cores) as pid:
        yield port, pid


def measure(row: Row, store: str, messages: int, connections: int) -> Figures:
    """One round of one row."""
    count = int(messages * row.share)
    with serving(row, store) as (port, pid):
        rate(port, requests(row, WARM // 4), connections)
        before = cpu(pid)
        speed = rate(port, requests(row, count), connections)
        spent = cpu(pid) - before
        half = requests(row, count // 4)
        waits = sorted(paced(port, half, speed / 2, connections))
        p50, p99 = (waits[int(len(waits) * share)] * 1e3 for share in (0.5, 0.99))
        return Figures(speed, spent / count * 1e6, p50, p99, memory(pid))


def requests(row: Row, count: int) -> list[bytes]:
    """That many pushes."""
    from pushes import follower, push

    path = "/" if row.kind == "werobot" else "/wechat"

    def one(number: int) -> bytes:
        openid = follower(number % FOLLOWERS)
        return push(f"你好 {number}", openid, mode=row.mode, path=path)

    return prepared(count, one)


def compare(rows: Sequence[Row], rounds: int, messages: int, connections: int) -> list[Measured]:
    """Every row once in each round, with the progress on standard error."""
    results = [Measured(row) for row in rows]
    with on_another_core():
        for number in range(rounds):
            for result in results:
                show(f"round {number + 1} of {rounds}: {result.row.name}")
                result.rounds.append(
                    once(result.row, messages, result.row.connections or connections)
                )
    show("")
    return results


def once(row: Row, messages: int, connections: int) -> Figures:
    """One round with a store of its own, beside the load if it is a server."""
    if row.store == "-":
        return measure(row, "", messages, connections)
    with (
        tempfile.TemporaryDirectory(dir=Path.home()) as folder,
        address(row.store, folder) as store,
    ):
        return measure(row, store, messages, connections)


def table(rows: Rows) -> Iterator[str]:
    """The medians, and their ratios to the bare application with as many connections."""
    yield f"{'':34} {'':10} {'to bare ASGI':>13}  {'to wechatpy':>12}"
    yield (
        f"{'':34} {'messages/s':>10} {'speed':>6} {'CPU':>6}  {'speed':>5} {'CPU':>6}"
        f" {'CPU µs':>7} {'p50 ms':>7} {'p99 ms':>7} {'MiB':>5}"
    )
    for name in rows.names():
        speed, cost, p50, p99, resident = (
            rows.median(name, figure) for figure in ("speed", "cpu", "p50", "p99", "memory")
        )
        yield (
            f"{name:34} {speed:10,.0f} {ratios(rows, name, rows.base_of(name))}"
            f"  {ratios(rows, name, rows.peer_of(name))}"
            f" {cost:7.0f} {p50:7.2f} {p99:7.2f} {resident:5.0f}"
        )


def ratios(rows: Rows, name: str, other: str | None) -> str:
    if other is None:
        return f"{'–':>6} {'–':>6}"
    ratio = rows.ratio(name, other)
    return f"{ratio.speed:6.2f} {ratio.cpu:6.2f}"


def usable(names: Sequence[str]) -> list[Row]:
    """The rows of these names and the bare ones; those that cannot run here are left out."""
    wanted = [row for row in ROWS if not names or row.name in names]
    for what, (is_here, is_of) in NEEDS.items():
        if any(map(is_of, wanted)) and not is_here():
            print(f"left out, for it is not installed: {what}", file=sys.stderr)
            wanted = [row for row in wanted if not is_of(row)]
    used = {row.connections for row in wanted}
    bare = [row for row in ROWS if row.kind == "bare" and row.connections in used]
    return [*bare, *(row for row in wanted if row.kind != "bare")]


def has_postgres() -> bool:
    from postgres_server import folder_of_programs

    return folder_of_programs() is not None


NEEDS: dict[str, tuple[Callable[[], bool], Callable[[Row], bool]]] = {
    "WeRoBot (`make peers` installs it)": (WEROBOT.exists, lambda row: row.kind == "werobot"),
    "Redis": (lambda: which("redis-server") is not None, lambda row: "redis" in row.store),
    "PostgreSQL": (has_postgres, lambda row: row.store == "postgres"),
}


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
    found: dict[str, object] = {"machine": machine(), "begin": moment()}
    results = compare(rows, options.rounds, options.messages, options.connections)
    found |= {"end": moment(), "messages": options.messages, "connections": options.connections}
    found["rows"] = measured = [it.kept() for it in results]
    for line in table(Rows(measured)):
        print(line)
    if options.json:
        keep(options.json, found)


if __name__ == "__main__":
    interruptible(main)
