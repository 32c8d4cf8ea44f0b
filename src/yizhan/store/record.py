"""One job as memory and SQLite keep it, and what may happen to it.

A part stands in a slot. A free slot may be reserved for a push; a slot on the custom
route belongs to the job's owner, who moves it on to "sending" and then away.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from yizhan.store.contract import LISTED, RESERVE, Job, Part, Route, State

FREE = ""
CUSTOM = "\0custom"  # no push has such a key
SENDING = "\0sending"
RELEASED = ""  # the owner of a job whose owner left it to be taken over


class Slot(Struct, frozen=True, array_like=True):
    """An undelivered part; `by` is FREE, CUSTOM, SENDING or the push it is reserved for.

    `until` is when a reservation lapses, `who` the process that made it.
    """

    index: int
    body: bytes
    by: str = FREE
    until: float = 0.0
    who: str = ""


class Record(Struct):
    """A job without its message. `open` means that its handler has not ended.

    `first` and `boot` date the first arrival in lease time. `owner` is None when the
    job needs nobody.
    """

    key: str
    openid: str
    ordered: bool
    created: float
    first: float
    boot: str
    state: State
    owner: str | None
    updated: float
    seq: int = 0
    open: bool = True
    route: Route = "push"
    arrivals: int = 1
    attempts: int = 1
    next: int = 0
    slots: tuple[Slot, ...] = ()
    reply: bytes | None = None
    note: str = ""

    @property
    def live(self) -> bool:
        """Whether this follower's later messages have to take it into account."""
        return self.open or (bool(self.slots) and self.state not in LISTED)

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(Part(self.key, slot.index, slot.body) for slot in self.slots)

    def job(self, message: bytes) -> Job:
        """The whole job, for those outside."""
        return Job(
            key=self.key,
            openid=self.openid,
            message=message,
            state=self.state,
            owner=self.owner or "",
            route=self.route,
            created=self.created,
            updated=self.updated,
            arrivals=self.arrivals,
            attempts=self.attempts,
            parts=self.parts,
            reply=self.reply,
            note=self.note,
        )

    def waiting(self) -> int:
        """How many parts a push might still collect."""
        if self.state in LISTED:
            return 0
        return sum(slot.by not in (CUSTOM, SENDING) for slot in self.slots)

    def append(self, bodies: Sequence[bytes]) -> None:
        fresh = (Slot(self.next + place, body) for place, body in enumerate(bodies))
        self.slots = (*self.slots, *fresh)
        self.next += len(bodies)

    def holders(self, push: str, now: float) -> Iterator[str]:
        """Who has reserved anything here for this push."""
        if self.state not in LISTED:
            yield from (s.who for s in self.slots if s.by == push and not is_free(s, now))

    def reserve(self, push: str, who: str, now: float, *, fresh: bool) -> bool:
        """Reserve what is free or, if not `fresh`, again what is reserved for this push.

        Whether anything here is reserved for it now.
        """
        if self.state in LISTED:
            return False

        def chosen(slot: Slot) -> bool:
            return is_free(slot, now) if fresh else slot.by == push

        self._hold(push, chosen, until=now + RESERVE, who=who)
        return any(slot.by == push for slot in self.slots)

    def held(self, by: str) -> Iterator[Part]:
        return (Part(self.key, s.index, s.body) for s in self.slots if s.by == by)

    def free(self, push: str, who: str | None = None) -> bool:
        """Free what is reserved for this push, by this one or anyone; whether there was any."""
        return self._hold(FREE, lambda slot: slot.by == push and who in (None, slot.who))

    def give_to_owner(self, now: float) -> bool:
        """Put free parts on the custom route; whether anything is on it now."""
        self._hold(CUSTOM, lambda slot: is_free(slot, now))
        return any(slot.by == CUSTOM for slot in self.slots)

    def give_back(self) -> None:
        """Take every part off the custom route."""
        self._hold(FREE, lambda slot: slot.by in (CUSTOM, SENDING))

    def begin_send(self, count: int) -> bool:
        """Begin to send the first `count` parts of the custom route; whether there are any."""
        chosen = [slot.index for slot in self.slots if slot.by == CUSTOM][:count]
        if not chosen:
            return False
        self.state = "sending"
        return self._hold(SENDING, lambda slot: slot.index in chosen)

    def end_send(self, delivered: int) -> None:
        """Remove the first `delivered` parts being sent; the others wait for their owner."""
        sent = [slot.index for slot in self.slots if slot.by == SENDING][:delivered]
        self.deliver(sent)
        self._hold(CUSTOM, lambda slot: slot.by == SENDING)
        self.state = "running" if self.open else "ready"

    def deliver(self, indexes: Collection[int]) -> None:
        self.slots = tuple(slot for slot in self.slots if slot.index not in indexes)

    def cut(self, index: int, body: bytes) -> None:
        """Let this body take the place of a part's."""
        self.slots = tuple(
            replace(slot, body=body) if slot.index == index else slot for slot in self.slots
        )

    def close(self, state: State) -> None:
        """End the run in that state."""
        self.open, self.state = False, state

    def conclude(self, final: State, at: float) -> None:
        """After a change: end what has no part left, and let go of an owner not needed."""
        if self.state == "ready" and not self.slots:
            self.state = final
        if self.state in LISTED:
            self.give_back()
        held = any(slot.by in (CUSTOM, SENDING) for slot in self.slots)
        needed = self.open or self.state == "sending" or (self.state == "ready" and held)
        self.route = "custom" if held else "push"
        self.owner = self.owner if needed else None
        self.change(at)

    def change(self, at: float) -> None:
        """Note that it was changed; a clock that was set back makes it no older."""
        self.updated = max(self.updated, at)

    def _hold(
        self, by: str, chosen: Callable[[Slot], bool], *, until: float = 0.0, who: str = ""
    ) -> bool:
        slots = tuple(
            replace(slot, by=by, until=until, who=who) if chosen(slot) else slot
            for slot in self.slots
        )
        changed, self.slots = slots != self.slots, slots
        return changed


def is_free(slot: Slot, now: float) -> bool:
    """Whether a push may reserve it. A reservation from before a reboot lies too far ahead."""
    if slot.by in (FREE, CUSTOM, SENDING):
        return slot.by == FREE
    return not now < slot.until <= now + RESERVE + 1
