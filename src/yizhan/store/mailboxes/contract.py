"""What the inbox asks of a store: apply a rule to a follower's mailbox, and commit what it makes.

One instance serves one account in one process, which is the *owner* of what it has in hand.
A commit stands as a whole or not at all, and is durable when its result is reported. All raise
`StoreError` when the store cannot be reached or cannot write; then nothing of that call has
happened, or, for a connection lost in the middle, it may be repeated: a rule that was
committed already is known by the number of its commit.

Leases: an owner renews; one that has not renewed for a lease is dead, and its work is
somebody's to take over. SQLite measures on the host's monotonic clock with its boot id. In
Redis and PostgreSQL a lease has lapsed when the *observer* has seen its renewal number stand
still for a lease on its own monotonic clock: no two machines' clocks are compared.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct

from yizhan.store.applying import Lease
from yizhan.store.mailbox import Job, Message, Rule, State

T = TypeVar("T")


class Orphan(Struct, frozen=True):
    """A mailbox with work that is nobody's: its owner is dead, or ("") it rested and is due.

    `lease` is to be given as the guard of the change that takes it over. `left` tells that
    the owner stopped in good order.
    """

    openid: str
    owner: str
    lease: Lease | None = None
    left: bool = False


class Whole(Struct, frozen=True):
    """A message with all that is known of it, for the terminal: `job` while it is in hand."""

    message: Message
    job: Job | None = None

    @property
    def state(self) -> State:
        """Its state, wherever that stands."""
        if self.job is not None:
            return self.job.listed_as
        return self.message.fate

    @property
    def latest(self) -> Job | Message:
        """Where its changing fields stand: arrivals, attempts, reply, note, updated."""
        return self.job or self.message


class Stats(Struct, frozen=True):
    """Messages by state, followers, bindings, bytes on disk or in memory (0 where unknown).

    `oldest` is when the oldest message was accepted that is still to be handled or sent: wall time.
    """

    jobs: dict[str, int]
    followers: int
    bindings: int
    size: int
    oldest: float | None = None


BROKEN = frozenset(
    {"store.redis_snapshot", "store.redis_memory", "store.redis_evicts", "store.pg_no_fsync"}
)


class Promise(Struct, frozen=True):
    """What survives: the setting's `name`, and the `phrase` that says what it can lose.

    It is `broken` if the store's server is set up so that it loses acknowledged messages in
    everyday trouble: when it stops, crashes or runs out of memory.
    """

    name: str
    phrase: str

    @property
    def broken(self) -> bool:
        return self.phrase in BROKEN


class Store(Protocol):
    """Where the mailboxes of an account's followers are kept."""

    owner: str

    async def open(self) -> Promise:
        """Connect, create what is missing; tell what this store's settings promise."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of every resource; may be called twice."""
        ...

    def change(
        self,
        openid: str,
        rule: Rule[T],
        then: Callable[[T | Exception], None],
        *,
        keys: Iterable[str] = (),
        guard: Lease | None = None,
    ) -> None:
        """Apply the rule to this follower's mailbox, commit, and call `then` with its result.

        Rules of one follower are applied in the order in which they were given. The rule is
        applied again if somebody else has changed the mailbox meanwhile. It sees the rows of
        the messages `keys`. A rule is one change: given again after an error, the same object
        is known if it was committed after all. Nothing is committed, and the error is
        GuardError, if the lease `guard` was renewed since it was seen. `then` is called in the
        loop, with memory at once, and must not raise.
        """
        ...

    def change_later(self, openid: str, rule: Rule[None]) -> None:
        """The same within moments, to share a commit, and before anything later of this follower.

        No result is reported; it is repeated until the store takes it. StoreError if too many wait.
        """
        ...

    async def pulse(self) -> frozenset[str]:
        """The mailboxes this owner waits for that others have changed, once there are any."""
        ...

    async def renew(self) -> frozenset[str]:
        """Renew this owner's lease; the mailboxes in which it still has work."""
        ...

    async def leave(self) -> None:
        """Mark this owner's lease as left: others may take its work over at once."""
        ...

    async def orphans(self, lease: float, limit: int) -> tuple[Orphan, ...]:
        """Mailboxes with nobody's work, in no order, so that not all processes begin alike.

        Work that backs off is there when it `is_due`.
        """
        ...

    async def messages(
        self, keys: Iterable[str], *, openid: str | None = None
    ) -> tuple[Whole, ...]:
        """These messages as they stand; unknown ones are left out.

        Whoever knows the follower names them: else all messages may have to be searched.
        """
        ...

    async def jobs(
        self, state: State | None, limit: int, before: float | None
    ) -> tuple[Whole, ...]:
        """Messages, newest first, in that state, created before that wall time."""
        ...

    async def keys_of(self, openid: str) -> tuple[str, ...]:
        """The keys of all messages of this follower that are kept."""
        ...

    async def prune(self, at: float, keep: float, idle: float, limit: int) -> int:
        """Delete what is over, in small batches; how many messages.

        Messages that ended longer than `keep` ago, lapsed bindings, and at most `limit`
        mailboxes that are empty and have not changed for `idle`.
        """
        ...

    async def discard(self, openid: str) -> None:
        """Delete this follower's mailbox, if it is empty and no row and message are left."""
        ...

    async def uncollected(self, before: float, limit: int) -> tuple[str, ...]:
        """Followers with an answer that waits since then, for the rule `uncollect`."""
        ...

    async def stats(self) -> Stats:
        """Counts and sizes."""
        ...

    async def mark(self) -> bytes | None:
        """What tells whose store this is; None if nothing does."""
        ...

    async def change_mark(self, expected: bytes | None, mark: bytes) -> bool:
        """Put one mark in the place of another; False if that other is not there (any more)."""
        ...

    async def addressed(self) -> Mapping[str, int]:
        """How many messages are kept for each ToUserName; "" stands for those without."""
        ...
