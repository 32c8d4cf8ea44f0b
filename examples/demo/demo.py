"""Start the demo bot, and say how to talk to it: `make run`."""

import argparse
import os
import sys
from pathlib import Path

import click

from yizhan.dev import DevBot
from yizhan.server.serve import bind, run


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    port = parser.parse_args().port
    folder = Path(__file__).resolve().parent
    listener = bind("127.0.0.1", port)
    port = listener.getsockname()[1]
    demo = DevBot("bot:accounts", str(folder), base=f"http://127.0.0.1:{port}")
    accounts = demo.accounts()
    click.echo(f"驿站 demo on http://127.0.0.1:{port} — Ctrl-C ends it. In a second terminal:\n")
    program = os.path.relpath(Path(sys.prefix) / "bin" / "yizhan")
    keys = os.path.relpath(folder / "demo.toml")
    for account in accounts:
        settings = account.settings
        click.echo(
            f"  YIZHAN_CONFIG={keys} {program} send 你好"
            f" --account {account.name} --to http://127.0.0.1:{port}{settings.path}"
        )
    click.echo()
    return run(demo, listener)


if __name__ == "__main__":
    sys.exit(main())
