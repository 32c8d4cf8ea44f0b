"""A store in PostgreSQL, which any number of hosts may share; one account has one schema."""

from collections.abc import Callable, Iterable, Mapping
from random import shuffle
from typing import TypeVar

from yizhan.clock import Clock
from yizhan.errors import StoreError
from yizhan.store.applying import Lease, Loaded, Wish
from yizhan.store.mailbox import NOBODY, Rule, State
from yizhan.store.mailboxes.contract import Orphan, Promise, Stats, Whole
from yizhan.store.mailboxes.postgres_address import address_of
from yizhan.store.mailboxes.postgres_client import Connection, Desk
from yizhan.store.mailboxes.postgres_clock import ServerClock
from yizhan.store.mailboxes.postgres_committer import Committer
from yizhan.store.mailboxes.postgres_pulse import Pulse
from yizhan.store.mailboxes.postgres_schema import ensure
from yizhan.store.mailboxes.postgres_tables import Seen, Tables

T = TypeVar("T")

SURVEY = 60.0  # seconds for an answer to a long question
SETTINGS = """
    SELECT current_setting('fsync'), current_setting('synchronous_commit'),
        current_setting('synchronous_standby_names')
"""


class PostgresStore:
    """Mailboxes in a schema; the server's time is the store's."""

    def __init__(
        self, url: str, owner: str, clock: Clock, *, server: ServerClock | None = None
    ) -> None:
        self.owner = owner
        self._address = address_of(url)
        self._clock = clock
        self._server = server or ServerClock(clock)
        self._tables = Tables(self._address.schema)
        self._desk: Desk | None = None
        self._committer: Committer | None = None
        self._pulse: Pulse | None = None
        self._seen: dict[str, tuple[int, float]] = {}  # owner -> its renewals, and since when
        self._given: set[str] | None = None  # mailboxes with our work since `renew` began

    async def open(self) -> Promise:
        desk = Desk(self._address)
        try:
            promise = await desk.ask(self._prepare, SURVEY)
        except BaseException:
            await desk.close()
            raise
        self._desk = desk
        self._committer = Committer(self._address, self.owner, self._server, self._written)
        self._pulse = Pulse(self._address, self.owner, desk, self._committer.is_busy)
        return promise

    async def _prepare(self, connection: Connection) -> Promise:
        await ensure(connection, self._address.schema)
        sent = self._server.local()
        self._server.heard(await self._tables.time(connection), sent)
        return await _promise(connection)

    async def close(self) -> None:
        if self._pulse is not None and self._committer is not None and self._desk is not None:
            await self._pulse.close()
            await self._committer.close()
            await self._desk.close()

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        self._opened().change(openid, Wish(rule, then, tuple(keys), guard))

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        self._opened().change(openid, Wish(rule, _ignored), late=True)

    def _written(self, openid: str, loaded: Loaded) -> None:
        """A mailbox was committed, or seen as it is."""
        if self._pulse is not None:
            waits = self.owner in loaded.box.waiters
            self._pulse.noted(openid, loaded.version, waits=waits)
        if self._given is not None and self.owner in loaded.box.owners:
            self._given.add(openid)

    async def pulse(self) -> frozenset[str]:
        if self._pulse is None:
            raise StoreError("store.closed")
        return await self._pulse.wait()

    async def renew(self) -> frozenset[str]:
        # What this process commits meanwhile may be missing in the answer, but is its own.
        given: set[str] = set()
        self._given = given
        found = await self._desked().ask(lambda it: self._tables.renew(it, self.owner))
        if self._given is given:
            self._given = None
        return found | given

    async def leave(self) -> None:
        await self._opened().drained()
        await self._desked().ask(lambda it: self._tables.leave(it, self.owner))

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        found = await self._desked().ask(lambda it: self._orphans(it, lease, limit))
        shuffle(found)
        return tuple(found[:limit])

    async def _orphans(self, connection: Connection, lease: float, limit: int) -> list[Orphan]:
        wall = self._server.times().wall
        found = [Orphan(it, NOBODY) for it in await self._tables.due(connection, wall, limit)]
        owners = await self._tables.owners(connection)
        dead = {it.owner: it for it in self._observe(owners, lease)}
        if not dead:
            return found
        boxes = await self._tables.orphaned(connection, list(dead), limit)
        pairs = ((openid, dead[name]) for openid, names in boxes for name in names if name in dead)
        found += [Orphan(box, it.owner, Lease(it.owner, it.renewals), it.gone) for box, it in pairs]
        return found

    def _observe(self, owners: Iterable[Seen], lease: float) -> list[Seen]:
        """Those of whom this process saw no renewal for a lease, or who have left."""
        now = self._clock.monotonic()
        seen: dict[str, tuple[int, float]] = {}
        lapsed = []
        for it in owners:
            if it.owner == self.owner:
                continue
            number, since = self._seen.get(it.owner, (it.renewals, now))
            if number != it.renewals:
                since = now
            seen[it.owner] = (it.renewals, since)
            if it.gone or since + lease <= now:
                lapsed.append(it)
        self._seen = seen
        return lapsed

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        await self._opened().drained()
        wanted = tuple(keys)
        return await self._desked().ask(lambda it: self._tables.messages(it, wanted), SURVEY)

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        await self._opened().drained()
        return await self._desked().ask(
            lambda it: self._tables.jobs(it, state, limit, before), SURVEY
        )

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        await self._opened().drained()
        return await self._desked().ask(lambda it: self._tables.keys_of(it, openid), SURVEY)

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        await self._opened().drained()
        return await self._desked().ask(
            lambda it: self._tables.uncollected(it, before, limit), SURVEY
        )

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        total = 0
        while True:
            messages, bindings = await self._desked().ask(
                lambda it: self._tables.prune(it, at, keep), SURVEY
            )
            total += messages
            if not messages and not bindings:
                break
        before = at - idle
        await self._desked().ask(lambda it: self._tables.forget_idle(it, before, limit), SURVEY)
        return total

    async def stats(self) -> Stats:
        await self._opened().drained()
        return await self._desked().ask(self._tables.stats, SURVEY)

    async def mark(self) -> bytes | None:
        return await self._desked().ask(self._tables.mark)

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        return await self._desked().ask(lambda it: self._tables.change_mark(it, expected, mark))

    async def addressed(self) -> Mapping[str, int]:
        return await self._desked().ask(self._tables.addressed, SURVEY)

    def _opened(self) -> Committer:
        if self._committer is None:
            raise StoreError("store.closed")
        return self._committer

    def _desked(self) -> Desk:
        if self._desk is None:
            raise StoreError("store.closed")
        return self._desk


async def _promise(connection: Connection) -> Promise:
    """What the server's settings promise."""
    cursor = await connection.execute(SETTINGS)
    row = await cursor.fetchone()
    fsync, commit, standbys = row or ("", "", "")
    if fsync != "on":
        return Promise("postgres fsync=off", "store.pg_no_fsync")
    name = f"postgres synchronous_commit={commit}"
    if commit == "off":
        return Promise(name, "store.pg_off")
    if standbys and commit != "local":
        return Promise(name, "store.pg_standby")
    return Promise(name, "store.pg_on")


def _ignored(result: object) -> None:
    """Nobody waits for a late change."""
