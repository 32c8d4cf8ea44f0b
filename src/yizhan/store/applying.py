"""From the rules that wait for a mailbox to the one commit that they make together."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from yizhan.store.mailbox import (
    EMPTY,
    NO_ONE,
    Binding,
    Change,
    Filed,
    Mailbox,
    Message,
    Rule,
    View,
)

log = logging.getLogger("yizhan")

T = TypeVar("T")

NOWHERE = ""  # the version of a mailbox that is not there
FEW = 8  # owners without work in a mailbox of which it keeps the last commit


class Lease(Struct, frozen=True):
    """An owner's lease as it was seen: a change is committed only if it still stands so."""

    owner: str
    renewal: int


class Wish(Struct, Generic[T], frozen=True):
    """A rule that waits to be applied, and what gets its result, or the error.

    `keys` are messages whose rows it wants to see; `guard` is a lease that must not have been
    renewed since.
    """

    rule: Rule[T]
    then: Callable[[T | Exception], None]
    keys: tuple[str, ...] = ()
    guard: Lease | None = None


class Loaded(Struct, frozen=True, gc=False):
    """A mailbox as a store holds it: its version, the document, and all its rows."""

    version: str = NOWHERE
    box: Mailbox = EMPTY
    rows: Mapping[str, bytes] = {}


class Times(Struct, frozen=True, gc=False):
    """What a store's clocks say: its time, the wall's, and the name of the first one."""

    now: float
    wall: float
    boot: str


class Commit(Struct, frozen=True, gc=False):
    """What is to be written of one follower, as one, if its version is still `expect`.

    `after` is the mailbox as it will be. `gives`: the owner's lease is renewed. `tells` are
    other owners that wait for a change here.
    """

    openid: str
    expect: str
    after: Loaded
    rows: Mapping[str, bytes | None]
    inserts: tuple[Message, ...]
    filed: tuple[Filed, ...]
    erased: tuple[str, ...]
    bindings: tuple[Binding, ...]
    gives: bool
    tells: bool


class Found(Struct):
    """What a store has found out since the rules were applied first: they see it next time."""

    messages: dict[str, Message] = {}
    bound: set[str] = set()  # signatures that are another body's


class Applied(Struct, frozen=True, gc=False):
    """The commit, if there is anything to write, and each wish's result."""

    commit: Commit | None
    results: tuple[object, ...]


def apply(
    openid: str, loaded: Loaded, wishes: Sequence[Wish[T]], found: Found, times: Times, stamp: str
) -> Applied:
    """Apply these rules, one after another, to what is loaded.

    `stamp` is the version of the commit: `owner:number`, never used before. A rule that
    raises changes nothing, and its error is its result.
    """
    box, rows = loaded.box, loaded.rows
    messages: Mapping[str, Message] = found.messages
    if len(wishes) == 1:  # as nearly always: nothing is to be put together
        view = View(box, rows, messages, times.now, times.wall, times.boot)
        change = _change(wishes[0], view, found)
        if isinstance(change, Exception):
            return Applied(None, (change,))
        if change.box is None:
            return Applied(None, (change.result,))
        if change.rows:
            rows = with_rows(rows, change.rows)
        commit = _commit(
            openid,
            loaded,
            stamp,
            change.box,
            rows,
            change.rows,
            () if change.insert is None else (change.insert,),
            change.filed,
            change.erased,
            () if change.binding is None else (change.binding,),
            change.gives,
        )
        return Applied(commit, (change.result,))
    written: dict[str, bytes | None] = {}
    inserts: list[Message] = []
    filed: list[Filed] = []
    erased: list[str] = []
    bindings: list[Binding] = []
    results: list[object] = []
    changed = gives = False
    for wish in wishes:
        view = View(box, rows, messages, times.now, times.wall, times.boot)
        change = _change(wish, view, found)
        if isinstance(change, Exception):
            results.append(change)
            continue
        results.append(change.result)
        if change.box is None:
            continue
        changed, box = True, change.box
        gives = gives or change.gives
        if change.rows:
            written.update(change.rows)
            rows = with_rows(rows, change.rows)
        if change.insert is not None:
            inserts.append(change.insert)
            messages = {**messages, change.insert.key: change.insert}
        if change.filed:
            filed += change.filed
            messages = _filed(messages, change.filed)
        erased += change.erased
        if change.binding is not None:
            bindings.append(change.binding)
    if not changed:
        return Applied(None, tuple(results))
    commit = _commit(
        openid,
        loaded,
        stamp,
        box,
        rows,
        written,
        tuple(inserts),
        tuple(filed),
        tuple(erased),
        tuple(bindings),
        gives,
    )
    return Applied(commit, tuple(results))


def _change(wish: Wish[T], view: View, found: Found) -> Change[T] | Exception:
    """What the rule makes of the view; its error, a fault of ours, changes nothing."""
    try:
        change = wish.rule(view)
        if change.binding is not None and change.binding.signature in found.bound:
            change = wish.rule(replace(view, bound=True))
    except Exception as error:  # the others' changes are committed
        log.critical("%s", error, exc_info=error)
        return error
    return change


def _commit(
    openid: str,
    before: Loaded,
    stamp: str,
    box: Mailbox,
    rows: Mapping[str, bytes],
    written: Mapping[str, bytes | None],
    inserts: tuple[Message, ...],
    filed: tuple[Filed, ...],
    erased: tuple[str, ...],
    bindings: tuple[Binding, ...],
    gives: bool,
) -> Commit:
    """The commit, with what any commit notes in the document: its number, and who was notified."""
    owner, _, number = stamp.rpartition(":")
    notified = _notified(before.box, box, owner) if before.box.waiters else NO_ONE
    if notified:
        box = replace(box, waiters=tuple(name for name in box.waiters if name not in notified))
    after = Loaded(stamp, replace(box, numbers=_numbers(box, owner, int(number))), rows)
    return Commit(
        openid,
        before.version,
        after,
        written,
        inserts,
        filed,
        erased,
        bindings,
        gives,
        bool(notified),
    )


def with_rows(
    rows: Mapping[str, bytes], changes: Mapping[str, bytes | None]
) -> Mapping[str, bytes]:
    """The rows after these changes."""
    merged: dict[str, bytes | None] = {**rows, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def _filed(messages: Mapping[str, Message], filed: Sequence[Filed]) -> Mapping[str, Message]:
    known = dict(messages)
    for it in filed:
        if (message := known.get(it.key)) is not None:
            known[it.key] = merged(message, it)
    return known


def merged(message: Message, filed: Filed) -> Message:
    """The row after what was filed of it."""
    return replace(
        message,
        state=filed.state,
        arrivals=filed.arrivals,
        attempts=filed.attempts,
        reply=filed.reply,
        note=filed.note,
        updated=filed.updated,
    )


def _notified(before: Mailbox, after: Mailbox, owner: str) -> frozenset[str]:
    """The other owners that waited for a change here, if there is one: they wait no more."""
    waited = frozenset(before.waiters) - {owner}
    if not waited or replace(after, waiters=before.waiters) == before:
        return NO_ONE
    return waited


def _numbers(box: Mailbox, owner: str, number: int) -> Mapping[str, int]:
    """The last commit of each owner that has work here, of this one, and of a few others.

    They may still ask whether their last one was made. The latest is the last.
    """
    numbers = box.numbers
    if not numbers or (len(numbers) == 1 and owner in numbers):  # as nearly always
        return {owner: number}
    others = {name: it for name, it in numbers.items() if name != owner}
    if len(others) > FEW:
        owners = box.owners
        for name in [name for name in others if name not in owners][:-FEW]:
            del others[name]
    return {**others, owner: number}
