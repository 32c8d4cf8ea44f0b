"""yizhan dev: serve a bot with the simulator beside it, and load it anew when it changes."""

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from yizhan.cli.text import option, verb
from yizhan.extras import needs
from yizhan.server.process import config_of
from yizhan.server.serve import LAST, bind, longest_grace, reloaded, run
from yizhan.server.site import Site

HOST = "127.0.0.1"  # the simulator is for this machine only


@verb("dev")
@click.argument("bot", default="bot:account")
@option("--port", phrase="port", default=8080, type=click.IntRange(0, 65535))
@option("--reload/--no-reload", phrase="reload", default=True)
def command(bot: str, port: int, reload: bool) -> None:
    with needs("simulator"):
        from yizhan.dev import DevBot
    served = DevBot(bot, str(Path.cwd()), json_log=False, allow_weak=True)
    accounts = served.accounts()
    Site(accounts)  # whatever cannot be served is said here, before any process starts
    grace = longest_grace(accounts)
    listener = bind(HOST, port, grace + LAST)
    served = replace(served, base=f"http://{HOST}:{listener.getsockname()[1]}")
    if not reload:
        sys.exit(run(served, listener, workers=1))
    from uvicorn.supervisors import ChangeReload

    config = config_of(served, loop=served.loop)
    config.reload_dirs = [Path.cwd()]
    ChangeReload(config, partial(reloaded, config, grace), [listener]).run()
