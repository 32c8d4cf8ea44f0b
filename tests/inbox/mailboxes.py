"""A follower's mailbox in a variable: rules are applied to it as every store applies them."""

from collections.abc import Iterable
from typing import TypeVar

from yizhan.inbox import sending
from yizhan.inbox.bundle import Bundle
from yizhan.replies import Text
from yizhan.store.applying import merged
from yizhan.store.mailbox import EMPTY, Change, Message, Rule, View

T = TypeVar("T")

OPENID = "oFan"


def taking(count: int) -> sending.Choose:
    """Has the next customer-service message take so many bodies at the most."""
    return lambda bodies, left, behind: Bundle(Text(""), min(count, len(bodies)))


class Kept:
    """What a store keeps of one follower, and a clock that a test may move."""

    def __init__(self) -> None:
        self.box = EMPTY
        self.rows: dict[str, bytes] = {}
        self.messages: dict[str, Message] = {}
        self.bindings: dict[str, bytes] = {}
        self.now = 1000.0
        self.wall = 1_800_000_000.0
        self.boot = "boot"

    def view(self, keys: Iterable[str] = (), *, bound: bool = False) -> View:
        messages = {key: self.messages[key] for key in keys if key in self.messages}
        return View(self.box, dict(self.rows), messages, self.now, self.wall, self.boot, bound)

    def apply(self, rule: Rule[T], keys: Iterable[str] = ()) -> T:
        """Commit what the rule makes of this mailbox; its result."""
        change = rule(self.view(keys))
        if change.box is None:
            return change.result
        bound = change.binding
        if bound and self.bindings.get(bound.signature, bound.digest) != bound.digest:
            return self._commit(rule(self.view(keys, bound=True)))
        if change.insert is not None and change.insert.key in self.messages:
            return self._commit(rule(self.view([*keys, change.insert.key])))
        return self._commit(change)

    def _commit(self, change: Change[T]) -> T:
        if change.box is None:
            return change.result
        self.box = change.box
        for name, value in change.rows.items():
            if value is None:
                self.rows.pop(name, None)
            else:
                self.rows[name] = value
        if change.binding is not None:
            self.bindings[change.binding.signature] = change.binding.digest
        if change.insert is not None:
            self.messages[change.insert.key] = change.insert
        for filed in change.filed:
            self.messages[filed.key] = merged(self.messages[filed.key], filed)
        for key in change.erased:
            del self.messages[key]
        return change.result

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.wall += seconds
