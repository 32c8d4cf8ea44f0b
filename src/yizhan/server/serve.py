"""`yizhan run`: uvicorn with our protocol, our log and our way of stopping."""

import asyncio
import gc
import importlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import uvicorn
from uvicorn.supervisors import Multiprocess

from yizhan.errors import SettingsError, TargetError
from yizhan.phrases import say
from yizhan.server import log
from yizhan.server.protocol import Protocol
from yizhan.server.site import Site

if TYPE_CHECKING:
    from yizhan.account import Account

BACKLOG = 2048  # connections that may wait to be accepted
DRAIN = 2  # seconds for responses on their way, after the engine has stopped
CYCLES = 10_000  # new objects between two looks for cycles, which pushes leave hardly any of
LAST = 5.0  # seconds beyond the grace, after which the process ends whatever still runs


@dataclass(frozen=True, slots=True)
class Bot:
    """Where the accounts are: `module:attribute`, as given on the command line.

    `loop` is the event loop that serves them, as uvicorn names it.
    """

    loop: ClassVar[str] = "auto"

    target: str
    folder: str
    json_log: bool | None = None
    allow_weak: bool = False

    def __call__(self) -> "StoppingSite":
        """The site, made anew in the process that serves it."""
        return StoppingSite(self.prepared())

    def prepared(self) -> "list[Account]":
        """The accounts, the log set up and what is to be told of them told."""
        log.configure(json=self.json_log)
        accounts = self.accounts()
        for account in accounts:
            for warning in account.warnings():
                logging.getLogger("yizhan").warning("%s", warning)
        return accounts

    def accounts(self) -> "list[Account]":
        """Import the bot and find its accounts. Raises TargetError or SettingsError."""
        accounts = load(self.target, self.folder)
        if self.allow_weak:
            for account in accounts:
                account.allow_weak()
        return accounts


def load(target: str, folder: str = "") -> "list[Account]":
    """The account or accounts that `module:attribute` (or a path to a .py file) names.

    Raises TargetError saying what was looked for and what was found.
    """
    from yizhan.account import Account

    name, _, attribute = target.partition(":")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    module_name, extra = _module_name(name)
    if extra:
        sys.path.insert(0, extra)
    missing = TargetError("target.module", module=module_name, folder=folder or ".")
    if not module_name or module_name.startswith("."):
        raise missing
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise
        raise missing from None
    found = getattr(module, attribute or "account", None)
    if isinstance(found, Account):
        return [found]
    if isinstance(found, Iterable) and not isinstance(found, str):
        accounts = list(found.values() if isinstance(found, dict) else found)
        if accounts and all(isinstance(account, Account) for account in accounts):
            return accounts
    candidates = [key for key, value in vars(module).items() if isinstance(value, Account)]
    raise TargetError(
        "target.attribute",
        module=module_name,
        attribute=attribute or "account",
        candidates=", ".join(candidates) or "-",
    )


def _module_name(name: str) -> tuple[str, str]:
    path = Path(name)
    if path.suffix == ".py" or "/" in name:
        return path.stem, str(path.resolve().parent)
    return name, ""


class StoppingSite(Site):
    """A site that stops its engines first, while the listener still answers 503.

    Uvicorn would close the listener at once and leave WeChat with a refused connection;
    so its own signal handler is called when the engines have stopped, or when the same
    signal comes again: then nothing is waited for.
    """

    def __init__(self, accounts: "Sequence[Account]") -> None:
        super().__init__(accounts)
        self._hurried = False

    async def start(self) -> None:
        await super().start()
        _spare_collector()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            self._precede(number, loop)

    async def stop(self) -> None:
        if not self._hurried:
            await super().stop()

    def _precede(self, number: signal.Signals, loop: asyncio.AbstractEventLoop) -> None:
        follow = signal.getsignal(number)
        stopping: list[asyncio.Task[None]] = []

        def go_on(task: object = None) -> None:
            if callable(follow):
                follow(number, None)

        def begin() -> None:
            if stopping:
                self._hurried = True
                _end_within(LAST)
                go_on()
                return
            _end_within(max(account.settings.grace for account in self.accounts) + LAST)
            stopping.append(task := loop.create_task(self.stop()))
            task.add_done_callback(go_on)

        signal.signal(number, lambda *_: loop.call_soon_threadsafe(begin))


def _spare_collector() -> None:
    """Let the garbage collector pass over what stays for ever, and look seldom at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])


def _end_within(seconds: float) -> None:
    """End this process by then, even if a handler catches its own cancellation."""
    timer = threading.Timer(seconds, _give_up)
    timer.daemon = True
    timer.start()


def _give_up() -> None:
    logging.getLogger("yizhan").error("%s", say("server.stubborn"))
    os._exit(1)


def config_of(app: Callable[[], Site], *, workers: int = 1, loop: str = "auto") -> uvicorn.Config:
    """Uvicorn's settings: nothing of its own in the log, no limit of ours left out."""
    return uvicorn.Config(
        app,
        factory=True,
        workers=workers,
        loop=loop,
        http=Protocol,
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=DRAIN,
        timeout_keep_alive=15,
        backlog=BACKLOG,
    )


def run(bot: Bot, listener: socket.socket, *, workers: int = 1) -> int:
    """Serve at that socket until told to stop; the exit status."""
    config = config_of(bot, workers=workers, loop=bot.loop)
    if workers > 1:
        Multiprocess(config, sockets=[listener]).run()
        return 0
    server = uvicorn.Server(config)
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped in good order
        server.run(sockets=[listener])
    return 0 if server.started else 3


def bind(host: str, port: int) -> socket.socket:
    """A socket to serve at, port 0 for any; SettingsError when the address is taken.

    It listens at once: who comes while the bot still starts waits, and is not refused.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:  # the second of a host that is no name
        listener.close()
        raise SettingsError("server.address", host=host, port=port, problem=error) from error
    listener.set_inheritable(True)
    return listener
