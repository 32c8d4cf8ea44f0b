"""yizhan run: serve a bot."""

import sys
from pathlib import Path

import click

from yizhan.cli.text import option, verb
from yizhan.phrases import say
from yizhan.place import shown
from yizhan.server import log, serve
from yizhan.server.record import RecordingBot, RecordingFile
from yizhan.server.serve import Bot, bind, check_shared, longest_grace, run
from yizhan.server.site import Site
from yizhan.server.writer import take_standard_files
from yizhan.store.opening import connect, owner_name


@verb("run")
@click.argument("bot", default="bot:account")
@option("--host", phrase="host", default="127.0.0.1")
@option("--port", phrase="port", default=8080, type=click.IntRange(0, 65535))
@option("--workers", phrase="workers", default=1, type=click.IntRange(1, 64))
@option("--json-log/--text-log", phrase="json_log", default=None, show_default=False)
@option("--allow-weak", phrase="allow_weak", is_flag=True, show_default=False)
@option("--record", phrase="record", default="", metavar="FILE", show_default=False)
@option("--redact", phrase="redact", is_flag=True, show_default=False)
def command(
    bot: str,
    host: str,
    port: int,
    workers: int,
    json_log: bool | None,
    allow_weak: bool,
    record: str,
    redact: bool,
) -> None:
    take_standard_files()
    served = Bot(bot, str(Path.cwd()), json_log, allow_weak)
    if record:
        RecordingFile(record).close()  # a file that cannot be written is told here
        served = RecordingBot(bot, str(Path.cwd()), json_log, allow_weak, record, redact)
    accounts = served.accounts()
    check_shared(accounts, workers)
    # Whatever cannot be served is said here, before any process starts.
    Site(accounts)
    for account in accounts:
        settings = account.settings
        owner = owner_name()
        connect(settings.store_url, account=settings.label, owner=owner, clock=account.clock)
    log.configure(json=json_log)
    grace = longest_grace(accounts)
    listener = bind(host, port, grace + serve.LAST)
    address = f"[{host}]" if ":" in host else host
    for account in accounts:
        settings = account.settings
        log.write_line(
            say(
                "cli.serving",
                label=settings.label,
                url=f"http://{address}:{listener.getsockname()[1]}{settings.path}",
                mode=settings.mode,
                store=shown(settings.store_url),
            )
        )
    sys.exit(run(served, listener, workers=workers, grace=grace))
