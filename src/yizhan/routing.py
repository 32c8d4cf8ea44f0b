"""Which handler takes a message: decorators, routers, and the table they are compiled into.

The first match in order of registration wins. A table is built once, when the account
starts; nothing is inspected per message.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from msgspec import Struct

from yizhan.binding import Handler
from yizhan.errors import RegistrationError
from yizhan.events import Event
from yizhan.messages import TextMessage
from yizhan.middleware import Endpoint, Incoming, Middleware, compose

NO_GROUPS: Mapping[str, str | None] = {}
ANY_MESSAGE = "*"


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


def folded(message: Incoming) -> str:
    """A text's content as exact conditions and prefixes compare it."""
    assert isinstance(message, TextMessage)  # noqa: S101  # the table asks for texts only
    return message.content.strip().casefold()


@dataclass(frozen=True, slots=True)
class Options:
    """What a decorator may set for its handler; None takes the account's setting.

    `timeout` is in seconds; `rerun=False` lists the job instead of running it again
    after a crash.
    """

    timeout: float | None = None
    rerun: bool = True


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


class Call(Struct, frozen=True):
    """What is to be done for one message; `route` is None when nobody asked for it."""

    route: Route | None
    endpoint: Endpoint
    groups: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A route in the table, with its middleware around it."""

    place: int
    route: Route
    endpoint: Endpoint


class Candidates:
    """The routes of one kind, in order; exact texts are looked up, not walked."""

    __slots__ = ("exact", "walked")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.exact: dict[str, Entry] = {}
        self.walked: list[Entry] = []
        for entry in entries:
            if isinstance(entry.route.condition, Exact):
                for text in entry.route.condition.texts:
                    self.exact.setdefault(text, entry)
            else:
                self.walked.append(entry)

    def find(self, message: Incoming) -> Call | None:
        known = self.exact.get(folded(message)) if self.exact else None
        for entry in self.walked:
            if known is not None and known.place < entry.place:
                break
            condition = entry.route.condition
            groups = NO_GROUPS if condition is None else condition(message)
            if groups is not None:
                return Call(entry.route, entry.endpoint, groups)
        return None if known is None else Call(known.route, known.endpoint, NO_GROUPS)


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
        kinds = {kind for route in routes for kind in route.kinds}
        self.by_kind = {kind: Candidates(_of_kind(entries, kind)) for kind in kinds}
        self.nothing = Call(None, compose(middlewares, _nothing), NO_GROUPS)
        if fallback is not None:
            around = compose(fallback.middlewares, invoke(fallback))
            self.nothing = Call(fallback, around, NO_GROUPS)

    def find(self, message: Incoming) -> Call:
        """The first registered match, else the fallback, else a call that does nothing."""
        if isinstance(message, Event):
            candidates = self.by_kind.get(event_kind(message.name))
        else:
            candidates = self.by_kind.get(message.kind) or self.by_kind.get(ANY_MESSAGE)
        found = candidates.find(message) if candidates is not None else None
        return self.nothing if found is None else found


def event_kind(name: str) -> str:
    """The kind under which an event of that name is routed; case ignored."""
    return "event:" + name.lower()


async def _nothing(message: Incoming, values: Mapping[str, object]) -> object:
    return None


def _of_kind(entries: Sequence[Entry], kind: str) -> list[Entry]:
    wanted = {kind} if kind.startswith("event:") else {kind, ANY_MESSAGE}
    return [entry for entry in entries if wanted & set(entry.route.kinds)]


def shadowed(routes: Sequence[Route]) -> Iterator[tuple[Route, Route]]:
    """Pairs of a route that nothing can reach and the earlier one that takes its place."""
    for place, route in enumerate(routes):
        for earlier in routes[:place]:
            if _covers(earlier, route):
                yield route, earlier
                break


def _covers(earlier: Route, later: Route) -> bool:
    if not all(_kind_covered(kind, earlier.kinds) for kind in later.kinds):
        return False
    match earlier.condition, later.condition:
        case None, _:
            return True
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


def _kind_covered(kind: str, kinds: Iterable[str]) -> bool:
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
