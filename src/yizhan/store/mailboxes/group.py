"""Rules of many followers, applied and written in one transaction of a SQLite file.

Each step is done for all of them before the next: a processor's caches hold what one step
needs, and not what all of them do. Follower after follower takes half as long again.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from yizhan.store.applying import Commit, Found, Loaded, Wish, apply
from yizhan.store.mailbox import Binding, Message
from yizhan.store.mailboxes.cache import Cache
from yizhan.store.mailboxes.sqlite_file import Tables
from yizhan.store.parking import NOTHING, moved


class Member(Struct, eq=False):
    """A follower with the rules that wait, and what has come of them.

    `size` is that of the document, 0 if `loaded` is in the cache already. `found` is what stood
    against earlier tries, and `put` the messages that they have put there. `moved` are the rows
    of messages in hand that the document does not hold.
    """

    openid: str
    wishes: Sequence["Wish[object]"]
    loaded: Loaded
    size: int
    found: Found
    put: set[str] = set()
    commit: Commit | None = None
    results: tuple[object, ...] = ()
    moved: Mapping[str, bytes | None] = NOTHING
    is_done: bool = False


class Group:
    """The followers whose rules go into one transaction.

    Nobody else can write until it ends: what was found stays true. The document goes last, so
    that a try that is refused leaves no more than new messages behind, which the next one
    replaces.
    """

    def __init__(self, tables: Tables, cache: Cache, owner: str, numbers: Iterator[int]) -> None:
        self.members: list[Member] = []
        self.conflicts = 0  # mailboxes that others had changed
        self._tables = tables
        self._cache = cache
        self._owner = owner
        self._numbers = numbers

    def add(self, openid: str, wishes: Sequence["Wish[object]"]) -> None:
        """One more follower: the mailbox as it was last seen, and the rows the rules ask for."""
        loaded, size = self._cache.get(openid), 0
        if loaded is None:
            loaded, size = self._tables.load(openid)
        found = Found()
        for wish in wishes:
            for key in wish.keys:
                if (row := self._tables.message(openid, key)) is not None:
                    found.messages[key] = row
        self.members.append(Member(openid, wishes, loaded, size, found))

    def commit(self) -> None:
        """Apply the rules and write, until nothing is found in the way."""
        members: Sequence[Member] = self.members
        while members:
            for it in members:
                stamp = f"{self._owner}:{next(self._numbers)}"
                applied = apply(
                    it.openid, it.loaded, it.wishes, it.found, self._tables.times, stamp
                )
                it.commit, it.results = applied.commit, applied.results
            self._write(members)
            members = [it for it in members if not it.is_done]
        if any(it.commit is not None and it.commit.gives for it in self.members):
            self._tables.renew()

    def remember(self) -> None:
        """Keep what is committed now."""
        for it in self.members:
            if it.size:
                self._cache.keep(it.openid, it.loaded, it.size)

    def _write(self, members: Sequence[Member]) -> None:
        """Write what stands; the others are shown what stood against them."""
        tables = self._tables
        free = [it for it in members if it.commit is None or self._binds(it, it.commit.bindings)]
        new = [it for it in free if it.commit is None or self._inserts(it, it.commit.inserts)]
        for it in new:
            if self._replaces(it):
                it.is_done = True
            else:
                self.conflicts += 1
                it.loaded, it.size = tables.load(it.openid)
        for it in new:
            if it.is_done:
                self._writes_rest(it)

    def _binds(self, it: Member, bindings: Sequence[Binding]) -> bool:
        free = True
        for binding in bindings:
            if not self._tables.bind(binding):
                it.found.bound.add(binding.signature)
                free = False
        return free

    def _inserts(self, it: Member, messages: Sequence[Message]) -> bool:
        free, tables = True, self._tables
        for message in messages:
            if message.key in it.put:
                tables.erase(it.openid, [message.key])
            if tables.insert(message):
                it.put.add(message.key)
            elif (known := tables.message(it.openid, message.key)) is not None:
                it.found.messages[message.key] = known
                free = False
        return free

    def _replaces(self, it: Member) -> bool:
        """Whether the mailbox was the one that the rules were shown; its new one is written."""
        if it.commit is None:
            return self._tables.version(it.openid) == it.loaded.version
        if size := self._tables.replace(it.commit):
            it.moved = moved(it.loaded.box, it.commit.after.box)
            it.loaded, it.size = it.commit.after, size
        return bool(size)

    def _writes_rest(self, it: Member) -> None:
        """Write what belongs to the document, and leave nothing of an earlier try."""
        tables, commit = self._tables, it.commit
        if commit is not None:
            if commit.rows:
                tables.keep(it.openid, commit.rows)
            if it.moved:
                tables.keep(it.openid, it.moved)
            for filed in commit.filed:
                tables.file(it.openid, filed)
            if commit.erased:
                tables.erase(it.openid, commit.erased)
        kept = () if commit is None else commit.inserts
        if len(it.put) > len(kept):
            tables.erase(it.openid, it.put.difference([message.key for message in kept]))
