"""Hearing of what other processes have changed: by LISTEN, or by looking where that is denied."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from uuid import uuid4

from psycopg import Error, sql

from yizhan.errors import StoreError
from yizhan.store.mailboxes.postgres_address import Address
from yizhan.store.mailboxes.postgres_client import Connection, Desk, connect, meant
from yizhan.store.mailboxes.postgres_schema import channel_of
from yizhan.store.mailboxes.postgres_tables import Tables

log = logging.getLogger("yizhan")

POLL = 0.05  # seconds between two looks while nothing was heard
PAUSE = 1.0  # seconds before a lost connection is made anew


class Pulse:
    """One connection that listens, from the first wait on.

    A pooler may deny LISTEN, or let it pass and hand the connection to another client: so a
    note of its own is sent through another connection, and until that is heard, it looks.
    """

    def __init__(
        self, address: Address, owner: str, desk: Desk, is_busy: Callable[[str], bool]
    ) -> None:
        self._address = address
        self._owner = owner
        self._desk = desk
        self._is_busy = is_busy
        self._tables = Tables(address.schema)
        self._channel = channel_of(address.schema)
        self._waited_for: dict[str, str] = {}  # mailbox -> its version when this owner waited
        self._early: set[str] = set()  # changed while our own commit was under way
        self._changed: set[str] = set()
        self._waiters: list[asyncio.Future[frozenset[str]]] = []
        self._task: asyncio.Task[None] | None = None
        self._hears = False

    def noted(self, openid: str, version: str, *, waits: bool) -> None:
        """This process has seen that version of the mailbox, and waits for its next change."""
        if not waits:
            self._waited_for.pop(openid, None)
        elif openid in self._early:
            self._tell([openid])
        else:
            self._waited_for[openid] = version
        self._early.discard(openid)

    async def wait(self) -> frozenset[str]:
        """The mailboxes waited for that others have changed, once there are any."""
        if self._task is None:
            self._task = asyncio.ensure_future(self._serve())
        future: asyncio.Future[frozenset[str]] = asyncio.get_running_loop().create_future()
        self._waiters.append(future)
        self._tell(())
        return await future

    async def close(self) -> None:
        """Let go of the connection; who waits gets an error."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
        self._fail(StoreError("store.closed"))

    async def _serve(self) -> None:
        while True:
            try:
                await self._listen()
            except Error as error:
                log.debug("listen: %s", error)
                self._fail(meant(error))
            except StoreError as error:
                self._fail(error)
            self._hears = False
            await asyncio.sleep(PAUSE)

    async def _listen(self) -> None:
        connection = await connect(self._address)
        try:
            probe = await self._begin(connection)
            while True:
                async for note in connection.notifies(timeout=None if self._hears else POLL):
                    self._heard(note.payload, probe)
                    if self._hears and note.payload == probe:
                        await self._look()  # what changed before it listened
                if not self._hears:
                    await self._look()
        finally:
            await connection.close()

    async def _begin(self, connection: Connection) -> str:
        """Listen, and send the note that tells whether this is heard."""
        probe = f"{uuid4().hex} probe"
        channel = sql.Identifier(self._channel)
        try:
            await connection.execute(sql.SQL("LISTEN {}").format(channel))
        except Error as error:
            if connection.closed:
                raise
            log.info("%s", meant(error))
            return probe
        note = [self._channel, probe]
        await self._desk.ask(lambda it: it.execute("SELECT pg_notify(%s, %s)", note))
        return probe

    def _heard(self, payload: str, probe: str) -> None:
        if payload == probe:
            self._hears = True
            return
        sender, _, openid = payload.partition(" ")
        if sender == self._owner:
            return
        if self._waited_for.pop(openid, None) is not None:
            self._tell([openid])
        elif self._is_busy(openid):
            self._early.add(openid)

    async def _look(self) -> None:
        """Ask for the versions of what is waited for."""
        seen = dict(self._waited_for)
        if not seen:
            return
        now = await self._desk.ask(lambda it: self._tables.versions(it, seen))
        changed = [it for it, version in seen.items() if now.get(it) != version]
        for openid in changed:
            if self._waited_for.get(openid) == seen[openid]:
                del self._waited_for[openid]
                self._tell([openid])

    def _tell(self, openids: Iterable[str]) -> None:
        self._changed.update(openids)
        if self._changed and self._waiters:
            waiters, self._waiters = self._waiters, []
            changed, self._changed = frozenset(self._changed), set()
            for waiter in waiters:
                if not waiter.done():
                    waiter.set_result(changed)

    def _fail(self, error: StoreError) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_exception(error)
                waiter.exception()  # whoever waited may have been cancelled
