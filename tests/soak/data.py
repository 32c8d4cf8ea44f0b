"""What the distant stores stand on: a store's own data, which is read and committed at once."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from stored import Stored, in_memory, stored
from yizhan.clock import Clock
from yizhan.store.applying import Commit, Found, Lease, Loaded, Times
from yizhan.store.mailbox import State
from yizhan.store.mailboxes import pruning
from yizhan.store.mailboxes.contract import Orphan, Stats, Whole
from yizhan.store.mailboxes.memory import GONE, MemoryStore, Shared
from yizhan.store.mailboxes.sqlite import SQLiteStore
from yizhan.store.mailboxes.sqlite_file import Tables
from yizhan.store.parking import moved

T = TypeVar("T")

BOOT = "boot"


class Reader(Protocol):
    """The methods of a store that nothing waits for here."""

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]: ...

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]: ...

    async def keys_of(self, openid: str) -> tuple[str, ...]: ...

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int: ...

    async def discard(self, openid: str) -> None: ...

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]: ...

    async def stats(self) -> Stats: ...


class Data(Protocol):
    """One owner's view of the data."""

    reader: Reader

    def view(self, owner: str) -> "Data":
        """The same data, as this owner changes it."""
        ...

    def times(self) -> Times: ...

    def load(self, openid: str) -> Loaded: ...

    def found(self, openid: str, keys: Iterable[str]) -> Found:
        """The rows of these messages."""
        ...

    def stands(self, lease: Lease) -> bool:
        """Whether the lease was not renewed since it was seen."""
        ...

    def commits(self, commit: Commit, found: Found, guards: Sequence[Lease]) -> bool:
        """Commit it; False if something stands against it, which `found` may then have."""
        ...

    def renew(self) -> frozenset[str]: ...

    def leave(self) -> None: ...

    def orphans(self, lease: float) -> Sequence[Orphan]: ...

    def stored(self) -> Iterable[Stored]:
        """Every message as it stands."""
        ...

    def close(self) -> None: ...


class MemoryData:
    """Stands on the store in memory."""

    def __init__(self, clock: Clock, shared: Shared | None = None, owner: str = "") -> None:
        self._clock = clock
        self._shared = shared or Shared()
        self._store = MemoryStore(owner, clock, self._shared)
        self.reader: Reader = self._store

    def view(self, owner: str) -> "MemoryData":
        return MemoryData(self._clock, self._shared, owner)

    def times(self) -> Times:
        return self._store._times()

    def load(self, openid: str) -> Loaded:
        return self._shared.boxes.get(openid, Loaded())

    def found(self, openid: str, keys: Iterable[str]) -> Found:
        kept = self._shared.messages
        return Found({key: kept[key] for key in keys if key in kept}, set())

    def stands(self, lease: Lease) -> bool:
        return self._shared.leases.get(lease.owner, GONE).renewals == lease.renewal

    def commits(self, commit: Commit, found: Found, guards: Sequence[Lease]) -> bool:
        if self.load(commit.openid).version != commit.expect:
            return False
        if not all(map(self.stands, guards)) or self._store._finds(commit, found):
            return False
        self._store._write(commit)
        return True

    def renew(self) -> frozenset[str]:
        self._store._renew()
        return frozenset(self._shared.owned.get(self._store.owner, ()))

    def leave(self) -> None:
        lease = self._shared.leases.get(self._store.owner)
        if lease is not None:
            self._shared.leases[self._store.owner] = type(lease)(lease.renewals, lease.at, True)

    def orphans(self, lease: float) -> Sequence[Orphan]:
        return _sorted([*self._store._left_behind(lease), *self._store._due(lease)])

    def stored(self) -> Iterable[Stored]:
        return in_memory(self._shared)

    def close(self) -> None:
        """Nothing is held."""


class SQLiteData:
    """Stands on the tables of a real file; each view has a connection of its own."""

    def __init__(self, path: str, clock: Clock, owner: str = "") -> None:
        self._path = path
        self._clock = clock
        self._owner = owner
        self._views: list[SQLiteData] = []
        store = SQLiteStore(path, owner, clock, synchronous="normal", boot=BOOT)
        self._connection = store._connect()
        self._connection.execute("PRAGMA synchronous = OFF")
        self.reader: Reader = self

    def view(self, owner: str) -> "SQLiteData":
        made = SQLiteData(self._path, self._clock, owner)
        self._views.append(made)
        return made

    def times(self) -> Times:
        return Times(self._clock.monotonic(), self._clock.wall(), BOOT)

    @property
    def _tables(self) -> Tables:
        return Tables(self._connection, self.times(), self._owner)

    def load(self, openid: str) -> Loaded:
        return self._tables.load(openid)[0]

    def found(self, openid: str, keys: Iterable[str]) -> Found:
        rows = ((key, self._tables.message(openid, key)) for key in keys)
        return Found({key: row for key, row in rows if row is not None}, set())

    def stands(self, lease: Lease) -> bool:
        return self._tables.stands(lease)

    def commits(self, commit: Commit, found: Found, guards: Sequence[Lease]) -> bool:
        tables = self._tables
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            made = all(map(tables.stands, guards)) and _write(tables, commit, found)
            self._connection.execute("COMMIT" if made else "ROLLBACK")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return made

    def renew(self) -> frozenset[str]:
        self._tables.renew()
        return frozenset(openid for openid, _ in self._tables.in_hand(self._owner))

    def leave(self) -> None:
        self._tables.leave()

    def orphans(self, lease: float) -> Sequence[Orphan]:
        return _sorted(self._tables.orphans(lease))

    def stored(self) -> Iterable[Stored]:
        tables = self._tables
        for whole in tables.jobs(None, -1, None):
            yield stored(whole.message, tables.load(whole.message.openid)[0])

    def close(self) -> None:
        for view in self._views:
            view.close()
        self._connection.close()

    async def messages(self, keys: Iterable[str]) -> tuple[Whole, ...]:
        return self._tables.wholes(tuple(keys), None)

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        return tuple(self._tables.jobs(state, limit, before))

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        return self._tables.keys_of(openid)

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        tables, total = self._tables, 0
        place: pruning.Place | None = pruning.FIRST
        while place is not None:
            count, place = pruning.messages(tables, at - keep, place)
            total += count
        signature: str | None = ""
        while signature is not None:
            signature = pruning.bindings(tables, at, signature)
        row: int | None = 0
        while row is not None and limit > 0:
            count, row = pruning.mailboxes(tables, at - idle, limit, row)
            limit -= count
        return total

    async def discard(self, openid: str) -> None:
        self._tables.discard(openid)

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        return tuple(islice(self._tables.uncollected(before), limit))

    async def stats(self) -> Stats:
        return self._tables.stats()


def _write(tables: Tables, commit: Commit, found: Found) -> bool:
    """Write it, if nothing stands against it; what is written in vain is to be rolled back."""
    openid, before = commit.openid, tables.load(commit.openid)[0]
    found.bound.update(it.signature for it in commit.bindings if not tables.bind(it))
    for message in commit.inserts:
        known = None if tables.insert(message) else tables.message(openid, message.key)
        if known is not None:
            found.messages[message.key] = known
    refused = any(it.signature in found.bound for it in commit.bindings) or any(
        it.key in found.messages for it in commit.inserts
    )
    if refused or not tables.replace(commit):
        return False
    tables.keep(openid, {**commit.rows, **moved(before.box, commit.after.box)})
    for filed in commit.filed:
        tables.file(openid, filed)
    tables.erase(openid, commit.erased)
    if commit.gives:
        tables.renew()
    return True


def _sorted(orphans: Iterable[Orphan]) -> Sequence[Orphan]:
    """In an order that does not depend on where in memory things lie."""
    return sorted(orphans, key=lambda it: (it.openid, it.owner))
