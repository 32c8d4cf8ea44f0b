"""yizhan dev: serve a bot with the simulator beside it, and load it anew when it changes."""

import logging
import os
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yizhan.cli.telling import refuse
from yizhan.cli.text import option, verb
from yizhan.errors import YizhanError
from yizhan.extras import needs
from yizhan.phrases import say
from yizhan.server import log
from yizhan.server.process import DRAIN, Server, config_of
from yizhan.server.reloader import Reloader
from yizhan.server.restarts import exit_cause
from yizhan.server.serve import LAST, Parent, bind, longest_grace, run
from yizhan.server.site import Site
from yizhan.server.watching import ProjectFiles

if TYPE_CHECKING:
    from yizhan.dev import DevBot

HOST = "127.0.0.1"  # the simulator is for this machine only
WRONG = 2  # the exit status of a command that cannot be carried out


@verb("dev")
@click.argument("bot", default="bot:account")
@option("--port", phrase="port", default=8080, type=click.IntRange(0, 65535))
@option("--reload/--no-reload", phrase="reload", default=True)
def command(bot: str, port: int, reload: bool) -> None:
    with needs("simulator"):
        from yizhan.dev import GRACE, DevBot
    folder = Path.cwd()
    served = DevBot(bot, str(folder), json_log=False, allow_weak=True, reloads=reload)
    if not reload:
        accounts = served.accounts()
        Site(accounts)  # whatever cannot be served is said here, before the port is taken
        listener = bind(HOST, port, longest_grace(accounts) + LAST)
        sys.exit(run(replace(served, base=_base(listener)), listener, reloads=False))
    log.configure(json=False)
    listener = bind(HOST, port, GRACE + LAST)
    served = replace(served, base=_base(listener))
    files = ProjectFiles(_folders(bot, folder), _files())
    served.keep.unlink(missing_ok=True)  # of a run that was killed
    try:
        serve = partial(_serve, served)
        sys.exit(Reloader(serve, listener, files, GRACE + DRAIN + LAST).run(_say_ended))
    finally:
        served.keep.unlink(missing_ok=True)


def _serve(bot: "DevBot", listener: socket.socket, changed: tuple[str, ...], /) -> None:
    """What the process does that is replaced when files change."""
    from yizhan.dev import GRACE

    Parent(GRACE)
    served = replace(bot, changed=changed)
    try:
        with suppress(KeyboardInterrupt):
            Server(config_of(served, loop=served.loop)).run(sockets=[listener])
    except YizhanError as error:
        refuse(str(error))
        sys.exit(WRONG)


def _say_ended(code: int) -> None:
    logging.getLogger("yizhan").error("%s", say("dev.ended", how=exit_cause(code)))


def _base(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


def _folders(bot: str, folder: Path) -> list[Path]:
    """Where the bot's code lies: the working directory, and that of a file named elsewhere."""
    name = bot.partition(":")[0]
    place = (folder / name).resolve().parent
    elsewhere = name.endswith(".py") and not place.is_relative_to(folder.resolve())
    return [folder, place] if elsewhere else [folder]


def _files() -> list[Path]:
    """Settings that may lie elsewhere."""
    named = os.environ.get("YIZHAN_CONFIG")
    return [Path(named)] if named else []
