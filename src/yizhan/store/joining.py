"""What was kept of a follower in two places, made one mailbox."""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from yizhan.store.mailbox import Job, Mailbox, Message, Window, part_name, step_name


class Shifted(Struct, frozen=True):
    """Messages with their jobs in hand, and their parts and steps by the names of rows."""

    messages: tuple[Message, ...]
    jobs: tuple[Job, ...]
    rows: Mapping[str, bytes]


def shifted(
    messages: Iterable[Message], jobs: Iterable[Job], rows: Mapping[str, bytes], by: int
) -> Shifted:
    """These messages, numbered that much higher, so that they stand behind or before others."""
    kept = tuple(messages)
    keys = {it.key for it in kept}
    renamed: dict[str, bytes] = {}
    for message in kept:
        after = replace(message, seq=message.seq + by)
        renamed |= _renamed(rows, part_name(message, 0)[:-1], part_name(after, 0)[:-1])
        renamed |= _renamed(rows, step_name(message, ""), step_name(after, ""))
    return Shifted(
        tuple(replace(it, seq=it.seq + by) for it in kept),
        tuple(replace(it, seq=it.seq + by) for it in jobs if it.key in keys),
        renamed,
    )


def _renamed(rows: Mapping[str, bytes], before: str, after: str) -> dict[str, bytes]:
    there = ((name.removeprefix(before), rows[name]) for name in rows if name.startswith(before))
    return {after + rest: value for rest, value in there}


def joined(box: Mailbox, other: Mailbox, brought: Shifted) -> Mailbox:
    """The mailbox with what was brought from the other one."""
    return replace(
        box,
        jobs=tuple(sorted((*box.jobs, *brought.jobs), key=lambda it: it.seq)),
        seq=max(box.seq, *(it.seq for it in brought.messages), 0),
        windows=_windows(box.windows, other.windows),
        shown=box.shown or other.shown,
        written=max(box.written, other.written),
        numbers={**other.numbers, **box.numbers},
    )


def _windows(here: Mapping[str, Window], there: Mapping[str, Window]) -> dict[str, Window]:
    """Of each kind the one that was opened last."""
    found = dict(here)
    for name, window in there.items():
        if name not in found or found[name].opened < window.opened:
            found[name] = window
    return found
