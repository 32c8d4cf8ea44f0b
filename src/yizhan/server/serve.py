"""`yizhan run`: uvicorn with our protocol, our log and our way of stopping."""

import asyncio
import errno
import gc
import importlib
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from yizhan.errors import SettingsError, TargetError
from yizhan.phrases import say
from yizhan.server import hiding, log
from yizhan.server.alone import Alone
from yizhan.server.ending import end_within
from yizhan.server.hooks import take_hooks
from yizhan.server.process import BACKLOG, LEAVING, Server, config_of
from yizhan.server.restarts import NEVER_SERVED
from yizhan.server.site import Site
from yizhan.server.stack import Stack
from yizhan.server.supervisor import Supervisor
from yizhan.server.worker import HEARTBEAT, RETIRE

if TYPE_CHECKING:
    from yizhan.account import Account

CYCLES = 10_000  # new objects between two looks for cycles, which pushes leave hardly any of
LAST = 5.0  # seconds beyond the grace, after which the process ends whatever still runs
HARD = 5.0  # seconds beyond that, after which the supervisor kills a worker
INTERVAL = 1.0  # seconds between two heartbeats of a worker
UNUSABLE = 2  # exit status of a worker whose settings are wrong: the command line's own
AGAIN = 0.1  # seconds between two tries to take a port that is in use


@dataclass(frozen=True, slots=True)
class Bot:
    """Where the accounts are: `module:attribute`, as given on the command line.

    `loop` is the event loop that serves them, as uvicorn names it; `hides` tells whether the
    log hides what followers wrote.
    """

    loop: ClassVar[str] = "auto"
    hides: ClassVar[bool] = True

    target: str
    folder: str
    json_log: bool | None = None
    allow_weak: bool = False

    def __call__(self) -> "StoppingSite":
        """The site, made anew in the process that serves it."""
        return StoppingSite(self.prepared())

    def prepared(self) -> "list[Account]":
        """The accounts, the log set up and what is to be known of them logged."""
        accounts = self.accounts()
        log.configure(json=self.json_log, hides=self.hides)
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
    named, extra = module_name(name)
    if extra:
        sys.path.insert(0, extra)
    missing = TargetError("target.module", module=named, folder=folder or ".")
    if not named or named.startswith("."):
        raise missing
    try:
        module = importlib.import_module(named)
    except ModuleNotFoundError as error:
        # Missing may be the bot or a package above it. What the bot imports is its own error.
        if error.name is None or not f"{named}.".startswith(f"{error.name}."):
            raise
        raise missing from None
    found = getattr(module, attribute or "account", None)
    if not isinstance(found, Account):
        found = getattr(found, "account", found)  # of a WeRoBot robot: yizhan.compat
    if isinstance(found, Account):
        return [found]
    if isinstance(found, Iterable) and not isinstance(found, str):
        accounts = list(found.values() if isinstance(found, dict) else found)
        if accounts and all(isinstance(account, Account) for account in accounts):
            return accounts
    candidates = [key for key, value in vars(module).items() if isinstance(value, Account)]
    raise TargetError(
        "target.attribute",
        module=named,
        attribute=attribute or "account",
        candidates=", ".join(candidates) or "-",
    )


def module_name(name: str) -> tuple[str, str]:
    """What is imported for the first half of a target, and the folder of a file's path."""
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
        hiding.watch(loop)
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
                end_within(LAST)
                go_on()
                return
            end_within(longest_grace(self.accounts) + LAST)
            stopping.append(task := loop.create_task(self.stop()))
            task.add_done_callback(go_on)

        signal.signal(number, lambda *_: loop.call_soon_threadsafe(begin))


def longest_grace(accounts: "Iterable[Account]") -> float:
    """Seconds that handlers have to end when the server stops."""
    return max((account.settings.grace for account in accounts), default=0.0)


def _spare_collector() -> None:
    """Let the garbage collector pass over what stays for ever, and look seldom at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])


def run(
    bot: Bot,
    listener: socket.socket,
    *,
    workers: int = 1,
    grace: float = 10.0,
    reloads: bool = True,
) -> int:
    """Serve at that socket until told to stop; the exit status. SIGHUP reloads the bot."""
    take_hooks()  # the supervisor's, too: it has imported the bot
    patience = grace + LAST + HARD
    serve = partial(_work, bot, workers, grace)
    if workers > 1:
        return Supervisor(serve, listener, workers, patience, leaving=LEAVING).run()
    server = Server(config_of(bot, loop=bot.loop))
    if not reloads:
        with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has stopped
            server.run(sockets=[listener])
        return 0 if server.started else NEVER_SERVED

    def supervisor(replaces: Callable[[], object]) -> Supervisor:
        return Supervisor(serve, listener, 1, patience, leaving=LEAVING, replaces=replaces)

    return Alone(server, supervisor, partial(end_within, LAST)).run(listener)


def _work(
    bot: Bot,
    workers: int,
    grace: float,
    listener: socket.socket,
    connection: Connection,
    stack: Stack,
    /,
) -> None:
    """What a worker does."""
    stack.keep()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the supervisor's affair; groups are sent it
    log.configure(json=bot.json_log)
    server: Server
    parent = Parent(grace, connection, lambda: server.retire_soon())
    config = config_of(partial(_shared, bot, max(2, workers)), workers=workers, loop=bot.loop)
    server = Server(config, parent.tell_serving, stopping=partial(end_within, grace + LAST))
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    except (SettingsError, TargetError) as error:  # of a bot that has changed since the start
        logging.getLogger("yizhan").critical("%s", error)
        sys.exit(UNUSABLE)


def _shared(bot: Bot, processes: int) -> "StoppingSite":
    """The site of one of several processes, if only while one takes another's place."""
    site = bot()
    check_shared(site.accounts, processes)
    return site


def check_shared(accounts: "Iterable[Account]", processes: int) -> None:
    """Several processes cannot share a store that lives in one process's memory."""
    for account in accounts:
        if processes > 1 and account.settings.store_url.startswith("memory:"):
            raise SettingsError("settings.memory_workers", workers=processes)


class Parent:
    """The process that started this one: it gets our heartbeats, and when it is gone we stop.

    `retire` is called when it says that others serve in our place.
    """

    def __init__(
        self,
        grace: float,
        connection: Connection | None = None,
        retire: Callable[[], object] = lambda: None,
    ) -> None:
        self.grace = grace
        self._connection = connection
        self._retire = retire
        self._serving = threading.Event()
        threading.Thread(target=self._watch, name="yizhan-parent", daemon=True).start()

    def tell_serving(self) -> None:
        """Tell that this process serves."""
        if self._connection is not None:
            self._connection.send_bytes(HEARTBEAT)
        self._serving.set()

    def _watch(self) -> None:
        parent = multiprocessing.parent_process()
        assert parent is not None  # noqa: S101  # this process was started by multiprocessing
        awaited: list[int | Connection] = [parent.sentinel]
        if self._connection is not None:
            awaited.append(self._connection)
        try:
            while parent.sentinel not in (ready := wait(awaited, INTERVAL)):
                if ready and self._connection is not None:
                    self._hear(self._connection.recv_bytes())
                elif self._connection is not None and self._serving.is_set():
                    self._connection.send_bytes(HEARTBEAT)
        except (EOFError, OSError):  # it exited meanwhile
            parent.join()
        logging.getLogger("yizhan").error("%s", say("server.orphaned"))
        end_within(self.grace + LAST)
        # By a signal, so that it stops on the same way as when it is told to.
        os.kill(os.getpid(), signal.SIGTERM)

    def _hear(self, word: bytes) -> None:
        if word == RETIRE:
            self._retire()


def bind(
    host: str,
    port: int,
    patience: float = 0.0,
    *,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> socket.socket:
    """A socket to serve at, port 0 for any; SettingsError when the address is taken.

    It waits so many seconds for the address: workers whose supervisor was killed may still be
    stopping. The socket listens at once: a connection made while the bot still starts waits,
    and is not refused.
    """
    ends = now() + patience
    warned = False
    while True:
        try:
            return _listener(host, port)
        except (OSError, UnicodeError) as error:  # the second of a host that is no name
            in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            if not in_use or now() >= ends:
                raise SettingsError(
                    "server.address", host=host, port=port, problem=error
                ) from error
        if not warned:
            warned = True
            waits = say("server.address_waits", host=host, port=port, seconds=f"{patience:g}")
            logging.getLogger("yizhan").warning("%s", waits)
        sleep(AGAIN)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError):
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener
