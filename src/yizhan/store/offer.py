"""What a push may carry: decided once, in the order of the questions."""

from collections.abc import Sequence
from itertools import chain

from yizhan.store.contract import LISTED, Taken
from yizhan.store.record import CUSTOM, SENDING, Record, is_free
from yizhan.store.tables import Tables


def offer(
    tables: Tables, push: str, who: str, records: Sequence[Record], *, overtake: bool = False
) -> tuple[Taken, list[Record]]:
    """What the push may carry, and the records, still to be saved, it has parts of."""
    now = tables.now()
    holders = {holder for record in records for holder in record.holders(push, now)}
    if not overtake and (holders - {who} or (not holders and _is_behind(records, now))):
        return Taken(behind=True), []
    held = [record for record in records if record.reserve(push, who, now, fresh=not holders)]
    return Taken(tuple(part for record in held for part in record.held(push))), held


def _is_behind(records: Sequence[Record], now: float) -> bool:
    """Whether something is free, but only after what is on its way and may come back.

    That is the custom route, and what another push may leave behind: all but the first
    that is reserved for it.
    """
    on_way = False
    comes_back = {CUSTOM, SENDING}
    for slot in chain.from_iterable(it.slots for it in records if it.state not in LISTED):
        if is_free(slot, now):
            if on_way:
                return True
        else:
            on_way = on_way or slot.by in comes_back
            comes_back.add(slot.by)
    return False
