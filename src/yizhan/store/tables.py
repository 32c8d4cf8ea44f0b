"""What the rules read and write: kept by memory and by SQLite."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from yizhan.store.contract import Binding, Follower, Job, State
from yizhan.store.record import Record

BATCH = 200  # rows that one transaction of `prune` touches


class Tables(Protocol):
    """What the rules read and write. Records read are copies until they are saved."""

    boot: str

    def now(self) -> float:
        """Lease time."""
        ...

    def wall(self) -> float: ...

    def mark(self) -> bytes | None:
        """Whose tables these are."""
        ...

    def put_mark(self, mark: bytes) -> None: ...

    def all_messages(self) -> Iterable[bytes]:
        """The message of every job."""
        ...

    def bind(self, binding: Binding, at: float) -> bool:
        """Keep a binding; False when its signature is bound to another digest."""
        ...

    def add(self, record: Record, message: bytes) -> Record:
        """The record as stored: this new one, or the known one with one more arrival."""
        ...

    def record(self, key: str) -> Record | None: ...

    def live(self, openid: str) -> Sequence[Record]:
        """This follower's live records, oldest first."""
        ...

    def save(self, record: Record) -> None: ...

    def delete(self, record: Record) -> None:
        """Delete a job with its message and steps."""
        ...

    def follower(self, openid: str) -> Follower: ...

    def keep(self, openid: str, follower: Follower) -> None:
        """Keep this of a follower, as changed now, or when it was before if that is later."""
        ...

    def touch(self, owner: str) -> None:
        """Renew an owner's lease."""
        ...

    def dismiss(self, owner: str) -> None:
        """Forget an owner's lease."""
        ...

    def owned(self, owner: str) -> Sequence[Record]: ...

    def lapsed(self, lease: float) -> Iterable[tuple[Record, float]]:
        """Records whose owner is gone, and since when, oldest first."""
        ...

    def rested(
        self, states: Collection[State], before: float, most: int = BATCH
    ) -> Sequence[Record]:
        """Up to `most` records on the push route, in those states, not updated since then."""
        ...

    def count_followers(self) -> int: ...

    def drop_idle(self, before: float, most: int) -> int:
        """Delete up to `most` followers without a job, not written since that wall time."""
        ...

    def drop_lapsed(self, at: float) -> int:
        """Delete up to BATCH bindings that have lapsed; and owners who own nothing."""
        ...

    def of(self, openid: str) -> Sequence[Record]:
        """All of this follower's records."""
        ...

    def count(self, openid: str) -> int:
        """How many records this follower has."""
        ...

    def erase(self, openid: str) -> None:
        """Erase what is kept of this follower beside the jobs."""
        ...

    def look(self, keys: Iterable[str]) -> tuple[Job, ...]: ...

    def steps(self, key: str) -> dict[str, bytes]: ...

    def keep_step(self, key: str, name: str, value: bytes) -> None: ...
