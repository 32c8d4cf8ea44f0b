"""Which handler takes a message: decorators, routers, and the table they are compiled into.

The first match in order of registration wins. A table is built once, when the account
starts; nothing is inspected per message.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Final, Protocol

from msgspec import Struct

from yizhan.binding import Handler
from yizhan.errors import RegistrationError
from yizhan.events import Event
from yizhan.messages import TextMessage
from yizhan.middleware import Endpoint, Incoming, Middleware, compose
from yizhan.throttle import Throttle

NO_GROUPS: Mapping[str, str | None] = {}
ANY_MESSAGE = "*"
START = -1  # before the first place of a table
KINDS = frozenset({"text", "image", "voice", "video", "shortvideo", "location", "link"})
EVENTS = {  # those that have a decorator of their own, by their names
    **{name: name for name in ("subscribe", "unsubscribe", "scan", "click", "view")},
    "location": "report_location",
}


class Pass(Enum):
    """What a handler returns that leaves the message to the next one."""

    PASS = "pass"  # noqa: S105  # no password


PASS: Final = Pass.PASS

Where = Callable[[Incoming], object]


class Condition(Protocol):
    """Decides on one message; None for no match, else the named groups."""

    def __call__(self, message: Incoming, /) -> Mapping[str, str | None] | None: ...


@dataclass(frozen=True, slots=True)
class Exact:
    """Any of these texts, surrounding space and case ignored."""

    texts: frozenset[str]

    def __call__(self, message: Incoming) -> Mapping[str, str | None] | None:
        return NO_GROUPS if folded(message) in self.texts else None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A text that begins so, leading space and case ignored."""

    prefix: str

    def __call__(self, message: Incoming) -> Mapping[str, str | None] | None:
        return NO_GROUPS if folded(message).startswith(self.prefix) else None


@dataclass(frozen=True, slots=True)
class Regex:
    """A text in which the pattern is found; its named groups become arguments."""

    pattern: re.Pattern[str]

    def __call__(self, message: Incoming) -> Mapping[str, str | None] | None:
        assert isinstance(message, TextMessage)  # noqa: S101  # the table asks for texts only
        found = self.pattern.search(message.content)
        return None if found is None else found.groupdict()


@dataclass(frozen=True, slots=True)
class Keyed:
    """An event whose key (or, for QR codes, scene) is one of these, to the letter."""

    keys: frozenset[str]

    def __call__(self, message: Incoming) -> Mapping[str, str | None] | None:
        scene = getattr(message, "scene", None)
        key = getattr(message, "key", "") if scene is None else scene
        return NO_GROUPS if key in self.keys else None


@dataclass(frozen=True, slots=True)
class Filtered:
    """What a condition takes (None: anything), if the author's own function takes it, too."""

    condition: Condition | None
    where: Where

    def __call__(self, message: Incoming) -> Mapping[str, str | None] | None:
        groups = NO_GROUPS if self.condition is None else self.condition(message)
        return groups if groups is not None and self.where(message) else None


def folded(message: Incoming) -> str:
    """A text's content as exact conditions and prefixes compare it."""
    assert isinstance(message, TextMessage)  # noqa: S101  # the table asks for texts only
    return message.content.strip().casefold()


@dataclass(frozen=True, slots=True)
class Options:
    """What a decorator may set for its handler; None takes the account's setting.

    `timeout` is in seconds; `rerun=False` lists the job instead of running it again
    after a crash; `throttle` bounds how often one follower may have it run; `merge` is how many
    seconds further texts are waited for that are one message with the first.
    """

    timeout: float | None = None
    rerun: bool = True
    throttle: Throttle | None = None
    merge: float = 0.0


@dataclass(frozen=True, slots=True)
class Route:
    """One registration: the kinds it is for, its condition and its handler.

    A kind is a message's (`text`), an event's (`event:click`, lower case) or `*` for
    any message that is no event. `label` is the decorator as the author wrote it.
    """

    kinds: tuple[str, ...]
    condition: Condition | None
    handler: Handler
    label: str
    options: Options = Options()
    middlewares: tuple[Middleware, ...] = ()


class Match(Struct, frozen=True):
    """What is to be done for one message; `route` is None when nobody asked for it.

    `place` is the route's in the table: who passes the message on leaves it to those after it.
    """

    route: Route | None
    endpoint: Endpoint
    groups: Mapping[str, str | None]
    place: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A route in the table, with its middleware around it."""

    place: int
    route: Route
    endpoint: Endpoint


class Candidates:
    """The routes of one kind, in order; exact texts are looked up, not walked."""

    __slots__ = ("entries", "exact", "walked")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.exact: dict[str, Entry] = {}
        self.walked: list[Entry] = []
        for entry in entries:
            if isinstance(entry.route.condition, Exact):
                for text in entry.route.condition.texts:
                    self.exact.setdefault(text, entry)
            else:
                self.walked.append(entry)

    def find(self, message: Incoming, after: int) -> Match | None:
        """The first of those after that place which takes the message."""
        known: Entry | None = None
        entries: Sequence[Entry] = self.walked
        if after != START:  # somebody has passed it on: nothing is left to look up
            entries = [entry for entry in self.entries if entry.place > after]
        elif self.exact:
            known = self.exact.get(folded(message))
        for entry in entries:
            if known is not None and known.place < entry.place:
                break
            condition = entry.route.condition
            try:
                groups = NO_GROUPS if condition is None else condition(message)
            except Exception as error:  # the author's filter: its handler has failed, and says so
                return Match(entry.route, partial(_raise, error), NO_GROUPS, entry.place)
            if groups is not None:
                return Match(entry.route, entry.endpoint, groups, entry.place)
        return None if known is None else Match(known.route, known.endpoint, NO_GROUPS, known.place)


class Table:
    """Every route of an account, ready for look-up."""

    def __init__(
        self,
        routes: Sequence[Route],
        fallback: Route | None,
        invoke: Callable[[Route], Endpoint],
        middlewares: Sequence[Middleware] = (),
        error: Route | None = None,
    ) -> None:
        self.routes = tuple(routes)
        self.error = None if error is None else invoke(error)
        entries = [
            Entry(place, route, compose(route.middlewares, invoke(route)))
            for place, route in enumerate(routes)
        ]
        self._entries = entries
        kinds = {kind for route in routes for kind in route.kinds}
        self.by_kind = {kind: Candidates(_of_kind(entries, kind)) for kind in kinds}
        last = len(self.routes)
        self.nothing = Match(None, compose(middlewares, _nothing), NO_GROUPS, last)
        if fallback is not None:
            around = compose(fallback.middlewares, invoke(fallback))
            self.nothing = Match(fallback, around, NO_GROUPS, last)
        self._silence = Match(None, _nothing, NO_GROUPS, last)

    def find(self, message: Incoming, after: int = START) -> Match:
        """The first registered match after that place, else the fallback, else a call of nothing.

        What the fallback itself passes on is nobody's.
        """
        if after >= len(self.routes):
            return self._silence
        if isinstance(message, Event):
            candidates = self.by_kind.get(event_kind(message.name))
        else:
            candidates = self.by_kind.get(message.kind) or self.by_kind.get(ANY_MESSAGE)
        found = candidates.find(message, after) if candidates is not None else None
        return self.nothing if found is None else found

    def named(self, message: Incoming, handler: str) -> Match | None:
        """The call of the handler of that name, if it is still there for such a message.

        The author's own filters are not asked again: the dialog has begun.
        """
        kind = event_kind(message.name) if isinstance(message, Event) else message.kind
        for entry in self._entries:
            if entry.route.handler.name != handler or not _is_for(kind, entry.route.kinds):
                continue
            groups = _groups(entry.route.condition, message)
            if groups is not None:
                return Match(entry.route, entry.endpoint, groups, entry.place)
        fallback = self.nothing.route
        return self.nothing if fallback is not None and fallback.handler.name == handler else None


def decorator_for(message: Incoming) -> str:
    """The decorator by which an author takes such a message: the nearest there is."""
    if isinstance(message, Event):
        named = EVENTS.get(message.name.lower())
        return f"@account.{named}" if named else f'@account.event("{message.name[:64]}")'
    return f"@account.{message.kind if message.kind in KINDS else 'message'}"


def event_kind(name: str) -> str:
    """The kind under which an event of that name is routed; case ignored."""
    return "event:" + name.lower()


async def _nothing(message: Incoming, values: Mapping[str, object]) -> object:
    return None


def _groups(condition: Condition | None, message: Incoming) -> Mapping[str, str | None] | None:
    """What the condition takes of the message, without the author's own filter."""
    if isinstance(condition, Filtered):
        condition = condition.condition
    return NO_GROUPS if condition is None else condition(message)


async def _raise(error: Exception, message: Incoming, values: Mapping[str, object]) -> object:
    raise error


def _of_kind(entries: Sequence[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if _is_for(kind, entry.route.kinds)]


def shadowed(routes: Sequence[Route]) -> Iterator[tuple[Route, Route]]:
    """Pairs of a route that nothing can reach and the earlier one that takes its place."""
    for place, route in enumerate(routes):
        for earlier in routes[:place]:
            if _covers(earlier, route) and not _names_pass(earlier.handler):
                yield route, earlier
                break


def _names_pass(handler: Handler) -> bool:
    """Whether its code speaks of PASS: then those after it are reached, at times."""
    code = getattr(inspect.unwrap(handler.function), "__code__", None)
    return code is not None and "PASS" in code.co_names


def _covers(earlier: Route, later: Route) -> bool:
    if not all(_is_for(kind, earlier.kinds) for kind in later.kinds):
        return False
    match earlier.condition, later.condition:
        case None, _:
            return True
        case _, Filtered(condition=inner):
            return _covers(earlier, replace(later, condition=inner))
        case Exact(texts=known), Exact(texts=asked):
            return asked <= known
        case Prefix(prefix=prefix), Exact(texts=asked):
            return all(text.startswith(prefix) for text in asked)
        case Prefix(prefix=prefix), Prefix(prefix=longer):
            return longer.startswith(prefix)
        case Regex(pattern=known), Regex(pattern=asked):
            return known == asked
        case Keyed(keys=known), Keyed(keys=asked):
            return asked <= known
    return False


def _is_for(kind: str, kinds: Iterable[str]) -> bool:
    return kind in kinds or (ANY_MESSAGE in kinds and not kind.startswith("event:"))


def within(routes: Iterable[Route], middlewares: Sequence[Middleware]) -> Iterator[Route]:
    """The routes with these middlewares around those they already have."""
    for route in routes:
        yield replace(route, middlewares=(*middlewares, *route.middlewares))


def compiled_pattern(regex: str | re.Pattern[str], decorator: str) -> re.Pattern[str]:
    """The pattern, or RegistrationError saying where it is wrong."""
    try:
        return re.compile(regex)
    except re.error as error:
        raise RegistrationError(
            "registration.filter", decorator=decorator, problem=error
        ) from error
