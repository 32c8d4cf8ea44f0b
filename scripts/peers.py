"""Hold `yizhan check` against the same bot in five frameworks, and write docs/peers.md.

Each framework gets an environment of its own in .yizhan/peers; servers listen on 127.0.0.1 and
end with the script. Nothing is written unless confirming.py, which shares no code with the suite,
has seen every fault once more.
"""

import argparse
import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
from comparison import Results, details, summary
from confirming import Claim, Exchange, confirmed

from yizhan.conformance.cases import CASES
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import address_of
from yizhan.conformance.runner import Result, run
from yizhan.conformance.target import Server

ROOT = Path(__file__).resolve().parent.parent
BOTS = ROOT / "peers"
HOMES = ROOT / ".yizhan" / "peers"
DOCS = ROOT / "docs"
TOKEN = "tokenOfThePeers2026"  # noqa: S105  # guards nothing: the peers listen on this machine
APPID = "wx0123456789abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MODES = ("plain", "safe")
PATIENCE = 15.0
INSTALLING = 600.0
LONGEST = 300.0  # seconds for one server in one mode, whatever it does


@dataclass(frozen=True)
class Peer:
    """A framework, what its environment needs, and how its bot is started."""

    name: str
    title: str
    packages: tuple[str, ...]
    command: tuple[str, ...]
    path: str = "/wechat"
    environ: Mapping[str, str] = field(default_factory=dict)


WECHATPY = ("wechatpy==1.8.18", "cryptography==50.0.2")
PEERS = (
    Peer("yizhan", "Yizhan", (), ("yizhan", "run", "yizhan_bot:account", "--port", "{port}")),
    Peer(
        "werobot",
        "WeRoBot 1.13.1",
        ("WeRoBot==1.13.1", "cryptography==50.0.2", "waitress==3.0.2"),
        ("python", "werobot_bot.py"),
        path="/",
    ),
    Peer(
        "wechatpy-fastapi",
        "wechatpy 1.8.18 + FastAPI",
        (*WECHATPY, "fastapi==0.165.0", "uvicorn==0.54.0"),
        ("python", "wechatpy_fastapi.py"),
    ),
    Peer(
        "wechatpy-flask",
        "wechatpy 1.8.18 + Flask",
        (*WECHATPY, "flask==3.1.3", "waitress==3.0.2"),
        ("python", "wechatpy_flask.py"),
    ),
    Peer("co-wechat", "co-wechat 2.4.0 + Koa", ("co-wechat@2.4.0", "koa@2"), ("node",)),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="these peers only; then nothing is written")
    parser.add_argument("--show", action="store_true", help="print requests and answers")
    asked = parser.parse_args()
    names = asked.names
    os.environ["YIZHAN_LANG"] = "en"
    HOMES.mkdir(parents=True, exist_ok=True)
    for store in HOMES.glob("yizhan-*.db*"):
        shutil.rmtree(store) if store.is_dir() else store.unlink()
    peers = [peer for peer in PEERS if not names or peer.name in names]
    results: dict[tuple[str, str], list[Result]] = {}
    for peer in peers:
        install(peer)
        for mode in MODES:
            began = time.monotonic()
            results[peer.name, mode], seen = held(peer, mode)
            click.echo(
                f"{peer.title}, {mode}: {len(seen)} failures seen twice,"
                f" {time.monotonic() - began:.0f} s"
            )
            for claim, exchanges in seen.items() if asked.show else ():
                click.echo(f"\n=== {claim.case}: {claim.fault} ({peer.title}, {mode})")
                click.echo("\n".join(map(str, exchanges)))
    if not names:
        write({(title(name), mode): held for (name, mode), held in results.items()})
    return 0


def write(results: Results) -> None:
    """The page in both languages, and the details where nothing is committed."""
    for path, text in (
        (DOCS / "peers.md", summary(results, "en")),
        (DOCS / "peers.zh-CN.md", summary(results, "zh")),
        (HOMES / "details.md", details(results)),
    ):
        path.write_text(text, "utf-8")
        click.echo(f"wrote {path.relative_to(ROOT)}")


def title(name: str) -> str:
    return next(peer.title for peer in PEERS if peer.name == name)


def install(peer: Peer) -> None:
    """Make the peer's environment, unless it is there."""
    home = HOMES / peer.name
    stamp = home / "installed"
    if not peer.packages or (stamp.exists() and stamp.read_text() == " ".join(peer.packages)):
        return
    click.echo(f"installing {peer.title} ...")
    home.mkdir(parents=True, exist_ok=True)
    if peer.command[0] == "node":
        (home / "package.json").write_text('{"private": true}\n')
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", *peer.packages]
        ran(npm, home)
    else:
        ran([sys.executable, "-m", "venv", str(home)], home)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *peer.packages]
        ran(pip, home)
    stamp.write_text(" ".join(peer.packages))


def ran(command: Sequence[str], folder: Path) -> None:
    """Run a command to its end; what it says is shown only when it fails."""
    done = subprocess.run(  # noqa: S603  # our own commands
        command, cwd=folder, capture_output=True, text=True, timeout=INSTALLING
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


Seen = Mapping[Claim, Sequence[Exchange]]


def held(peer: Peer, mode: str) -> tuple[list[Result], Seen]:
    """The results of one peer in one mode, and every failure as it was seen again."""
    with serving(peer, mode) as port:
        forger = Forger(AES_KEY, APPID) if mode == "safe" else None
        address = address_of(f"http://127.0.0.1:{port}{peer.path}")
        known = "safe" if mode == "safe" else "plain"
        server = Server(address, TOKEN, known, forger, slow="slow")
        results = asyncio.run(asyncio.wait_for(run(server, CASES), LONGEST))
        return results, confirm(peer, mode, port, results)


def confirm(peer: Peer, mode: str, port: int, results: Sequence[Result]) -> Seen:
    """Every failure with its exchanges, seen again; ends the script when one does not show."""
    claims = [
        Claim(each.case.id, each.why.phrase, tuple(trace.sent for trace in each.trace))
        for each in results
        if each.why is not None
    ]
    tried = confirmed(claims, port, AES_KEY if mode == "safe" else "")
    for claim, exchanges, shows in tried:
        if not shows:
            click.echo("\n".join(map(str, exchanges)))
            raise SystemExit(f"{peer.title}, {mode}, {claim.case}: {claim.fault} does not show")
    return {claim: exchanges for claim, exchanges, _ in tried}


@contextmanager
def serving(peer: Peer, mode: str) -> Iterator[int]:
    """The peer's bot in a process of its own; the port that it listens on."""
    port = free_port()
    process = subprocess.Popen(  # noqa: S603  # our own commands
        command(peer, port),
        cwd=BOTS,
        env=environment(peer, mode, port),
        stdout=subprocess.DEVNULL,
        stderr=(HOMES / f"{peer.name}-{mode}.log").open("wb"),
    )
    try:
        wait(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def command(peer: Peer, port: int) -> list[str]:
    """How the peer's bot is started."""
    program, *arguments = peer.command
    if program == "node":
        return ["node", "co_wechat_bot.js"]
    home = Path(sys.executable).parent if peer.name == "yizhan" else HOMES / peer.name / "bin"
    return [str(home / program), *(word.format(port=port) for word in arguments)]


def environment(peer: Peer, mode: str, port: int) -> dict[str, str]:
    """Its variables: the same keys under the names that each knows."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    keys = {"TOKEN": TOKEN}
    if mode == "safe":
        keys |= {"APPID": APPID, "AES_KEY": AES_KEY}
    if peer.name == "yizhan":
        store = f"sqlite:///{HOMES / f'yizhan-{mode}-{time.time_ns()}.db'}"
        return {**kept, **{f"YIZHAN_{name}": key for name, key in keys.items()}} | {
            "YIZHAN_STORE": store
        }
    return {
        **kept,
        **keys,
        "PORT": str(port),
        "NODE_PATH": str(HOMES / peer.name / "node_modules"),
        "NODE_ENV": "production",
    }


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
