"""The decorators with which an author says what a bot does."""

import inspect
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast, overload

from yizhan.binding import bind, name_of
from yizhan.errors import RegistrationError
from yizhan.events import (
    ClickEvent,
    Event,
    ReportLocationEvent,
    ScanEvent,
    SubscribeEvent,
    UnsubscribeEvent,
    ViewEvent,
)
from yizhan.messages import (
    ImageMessage,
    LinkMessage,
    LocationMessage,
    Message,
    ShortVideoMessage,
    TextMessage,
    VideoMessage,
    VoiceMessage,
)
from yizhan.middleware import Incoming, Middleware, checked
from yizhan.replies import Reply, Stream
from yizhan.routing import (
    ANY_MESSAGE,
    Condition,
    Exact,
    Filtered,
    Keyed,
    Options,
    Pass,
    Prefix,
    Regex,
    Route,
    compiled_pattern,
    event_kind,
    within,
)
from yizhan.throttle import Throttle, throttle_of

Result = str | Reply | Stream | Pass | None
AnyResult = Result | Awaitable[Result] | Iterator[Result] | AsyncIterator[Result]

LONGEST_MERGE = 4.0  # seconds: the first text's push is still to be answered

P = ParamSpec("P")
R = TypeVar("R", bound=AnyResult)
M = TypeVar("M")


class Decorator(Protocol[M]):
    """Takes a handler for one kind of message and gives it back unchanged."""

    def __call__(
        self, handler: Callable[Concatenate[M, P], R], /
    ) -> Callable[Concatenate[M, P], R]: ...


class On(Generic[M]):
    """The decorator of one kind: `@account.image`, or `@account.image(timeout=60)`."""

    __slots__ = ("_kind", "_register")

    def __init__(self, kind: str, register: "Callable[[Route], None]") -> None:
        self._kind = kind
        self._register = register

    @overload
    def __call__(
        self, handler: Callable[Concatenate[M, P], R], /
    ) -> Callable[Concatenate[M, P], R]: ...
    @overload
    def __call__(
        self,
        /,
        *,
        where: Callable[[M], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
        throttle: str | None = None,
        throttled: str | None = None,
    ) -> Decorator[M]: ...
    def __call__(
        self,
        handler: Callable[..., object] | None = None,
        /,
        *,
        where: Callable[[M], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
        throttle: str | None = None,
        throttled: str | None = None,
    ) -> object:
        """Register a handler, or with options give the decorator that does.

        `where` is a function of the message that says whether the handler is for it. `timeout`
        ends the handler after so many seconds, else the setting `handler_timeout` does. With
        `rerun=False` it is not run again when its process has died. `throttle` is how often one
        follower may have it run, as "5/min"; more get the text `throttled`. Raises
        RegistrationError for what cannot be.
        """
        decorator = _decorator(
            self._register,
            (self._kind,),
            None,
            _written(self._kind),
            Options(timeout, rerun, _throttle(throttle, throttled, self._kind)),
            where,
        )
        return decorator if handler is None else decorator(handler)


class OnKey(Generic[M]):
    """The decorator of an event with a key: `@account.click("HELP")`; bare for any key."""

    __slots__ = ("_kind", "_register")

    def __init__(self, kind: str, register: "Callable[[Route], None]") -> None:
        self._kind = kind
        self._register = register

    @overload
    def __call__(
        self, handler: Callable[Concatenate[M, P], R], /
    ) -> Callable[Concatenate[M, P], R]: ...
    @overload
    def __call__(
        self,
        /,
        *keys: str,
        where: Callable[[M], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
    ) -> Decorator[M]: ...
    def __call__(
        self,
        /,
        *keys: object,
        where: Callable[[M], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
    ) -> object:
        """Register a handler, or with keys or options give the decorator that does.

        `keys` are EventKeys, of a scan the scenes; none stands for any. `where`, `timeout` and
        `rerun` are as for a message. Raises RegistrationError for what cannot be.
        """
        handler, words = _split_bare(keys, self._kind)
        decorator = _decorator(
            self._register,
            (self._kind,),
            Keyed(frozenset(words)) if words else None,
            _written(self._kind, *words),
            Options(timeout, rerun),
            where,
        )
        return decorator if handler is None else decorator(handler)


class OnEvent:
    """The decorator of any event by name, case ignored: `@account.event("kf_create_session")`."""

    __slots__ = ("_register",)

    def __init__(self, register: "Callable[[Route], None]") -> None:
        self._register = register

    def __call__(
        self,
        /,
        *names: str,
        where: Callable[[Event], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
    ) -> Decorator[Event]:
        """Give the decorator of a handler of the events of these names.

        `where`, `timeout` and `rerun` are as for a message. Raises RegistrationError without a
        name.
        """
        if not names or not all(name and isinstance(name, str) for name in names):
            raise RegistrationError(
                "registration.filter", decorator="event", problem='event("its_name")'
            )
        kinds = tuple(event_kind(name) for name in names)
        label = f"event({', '.join(map(repr, names))})"
        decorator = _decorator(self._register, kinds, None, label, Options(timeout, rerun), where)
        return cast("Decorator[Event]", decorator)


class OnText:
    """The decorator of text messages, by exact texts, prefix or regex; bare for any text."""

    __slots__ = ("_register",)

    def __init__(self, register: "Callable[[Route], None]") -> None:
        self._register = register

    @overload
    def __call__(
        self, handler: Callable[Concatenate[TextMessage, P], R], /
    ) -> Callable[Concatenate[TextMessage, P], R]: ...
    @overload
    def __call__(
        self,
        /,
        *texts: str,
        prefix: str | None = None,
        regex: str | re.Pattern[str] | None = None,
        where: Callable[[TextMessage], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
        throttle: str | None = None,
        throttled: str | None = None,
        merge: float = 0.0,
    ) -> Decorator[TextMessage]: ...
    def __call__(
        self,
        /,
        *texts: object,
        prefix: str | None = None,
        regex: str | re.Pattern[str] | None = None,
        where: Callable[[TextMessage], object] | None = None,
        timeout: float | None = None,
        rerun: bool = True,
        throttle: str | None = None,
        throttled: str | None = None,
        merge: float = 0.0,
    ) -> object:
        """Register a handler, or with texts or options give the decorator that does.

        Either `texts` (any of them, case and surrounding space ignored), or a `prefix`, or a
        `regex` that is searched, its named groups becoming arguments. `merge` waits so many
        seconds, at most 4, for further texts and hands them over as one. The other options are as
        for any message. Raises RegistrationError for what cannot be.
        """
        handler, words = _split_bare(texts, "text")
        condition, label = _text_condition(words, prefix, regex)
        bound = _throttle(throttle, throttled, "text")
        options = Options(timeout, rerun, bound, _merge(merge, condition, label))
        decorator = _decorator(self._register, ("text",), condition, label, options, where)
        return decorator if handler is None else decorator(handler)


class Router:
    """A set of handlers; routers nest with `include`, and each may have its own middleware."""

    def __init__(self) -> None:
        self._entries: list[Route | Router] = []
        self._middlewares: list[Middleware] = []
        self._fallback: Route | None = None
        self._error: Route | None = None
        self._serving = False
        add = self._add
        self.text = OnText(add)
        self.image: On[ImageMessage] = On("image", add)
        self.voice: On[VoiceMessage] = On("voice", add)
        self.video: On[VideoMessage] = On("video", add)
        self.shortvideo: On[ShortVideoMessage] = On("shortvideo", add)
        self.location: On[LocationMessage] = On("location", add)
        self.link: On[LinkMessage] = On("link", add)
        self.message: On[Message] = On(ANY_MESSAGE, add)
        self.subscribe: OnKey[SubscribeEvent] = OnKey("event:subscribe", add)
        self.unsubscribe: On[UnsubscribeEvent] = On("event:unsubscribe", add)
        self.scan: OnKey[ScanEvent] = OnKey("event:scan", add)
        self.click: OnKey[ClickEvent] = OnKey("event:click", add)
        self.view: OnKey[ViewEvent] = OnKey("event:view", add)
        self.report_location: On[ReportLocationEvent] = On("event:location", add)
        self.event = OnEvent(add)
        self.fallback: On[Incoming] = On("fallback", self._set_fallback)

    def error(
        self, handler: Callable[Concatenate[Incoming, P], R], /
    ) -> Callable[Concatenate[Incoming, P], R]:
        """Register what answers when a handler raises; it may ask for `error` by name."""
        route = Route((), None, bind(handler, extra=("error",)), "error")
        self._check_open(route.handler.name)
        self._error = route
        return handler

    def middleware(self, middleware: Middleware, /) -> Middleware:
        """Put `async def (message, call_next)` around the handlers of this router."""
        self._check_open(name_of(middleware))
        self._middlewares.append(checked(middleware))
        return middleware

    def include(self, router: "Router", /) -> None:
        """Take in another router's handlers, at this place in the order."""
        self._check_open(type(router).__name__)
        if {self, *self._routers()} & {router, *router._routers()}:
            raise RegistrationError("registration.twice")
        self._entries.append(router)

    def _add(self, route: Route) -> None:
        self._check_open(route.handler.name)
        self._entries.append(route)

    def _set_fallback(self, route: Route) -> None:
        self._check_open(route.handler.name)
        if route.condition is not None:
            raise RegistrationError("registration.where_fallback")
        self._fallback = route

    def _check_open(self, name: str) -> None:
        """A handler registered while an account serves would never be called."""
        if self._serving:
            raise RegistrationError("registration.late", handler=name)

    def _serve(self, serving: bool) -> None:
        for router in (self, *self._routers()):
            router._serving = serving

    def _routers(self) -> "Iterator[Router]":
        for entry in self._entries:
            if isinstance(entry, Router):
                yield entry
                yield from entry._routers()

    def _routes(self) -> Iterator[Route]:
        for entry in self._entries:
            inner = entry._routes() if isinstance(entry, Router) else (entry,)
            yield from within(inner, self._middlewares)

    def _last_resort(self) -> Route | None:
        """The fallback nearest to the root, with the middleware of its router around it."""
        own = self._fallback
        found = own or next(filter(None, (r._last_resort() for r in self._routers())), None)
        return None if found is None else next(within((found,), self._middlewares))

    def _error_handler(self) -> Route | None:
        """The error handler nearest to the root."""
        return self._error or next(filter(None, (r._error for r in self._routers())), None)


def _decorator(
    register: "Callable[[Route], None]",
    kinds: tuple[str, ...],
    condition: Condition | None,
    label: str,
    options: Options,
    where: Callable[..., object] | None = None,
) -> "Callable[[Callable[..., object]], Callable[..., object]]":
    groups = condition.pattern.groupindex if isinstance(condition, Regex) else ()
    taken = condition
    if where is not None:
        _check_where(where, label)
        taken = Filtered(condition, where)
        label = _with_where(label, name_of(where))

    def decorator(handler: Callable[..., object]) -> Callable[..., object]:
        register(Route(kinds, taken, bind(handler, groups), label, options))
        return handler

    return decorator


def _throttle(rate: str | None, reply: str | None, kind: str) -> Throttle | None:
    """Of messages only: an event is no follower's to repeat."""
    if rate is None and reply is None:
        return None
    if rate is None or kind.startswith("event:"):
        raise RegistrationError("registration.throttle", decorator=_written(kind), rate=repr(rate))
    return throttle_of(rate, reply, _written(kind))


def _merge(seconds: object, condition: Condition | None, label: str) -> float:
    """Of any texts only: what a filter takes would be no such text any more."""
    if seconds == 0:
        return 0.0
    fits = isinstance(seconds, int | float) and 0 < seconds <= LONGEST_MERGE
    if not fits or condition is not None:
        raise RegistrationError(
            "registration.merge", decorator=label, seconds=repr(seconds), most=LONGEST_MERGE
        )
    return float(cast("float", seconds))


def _check_where(where: object, label: str) -> None:
    """A filter is asked in the event loop, for each message: it must be quick, so no coroutine."""
    if not callable(where) or inspect.iscoroutinefunction(where):
        name = name_of(where) if callable(where) else repr(where)
        raise RegistrationError("registration.where", decorator=label, where=name)


def _with_where(label: str, where: str) -> str:
    """The decorator as its author wrote it: `text("你好", where=is_known)`."""
    written = f"where={where})"
    return f"{label[:-1]}, {written}" if label.endswith(")") else f"{label}({written}"


def _split_bare(
    arguments: tuple[object, ...], kind: str
) -> tuple[Callable[..., object] | None, tuple[str, ...]]:
    if len(arguments) == 1 and callable(arguments[0]):
        return arguments[0], ()
    if not all(isinstance(argument, str) for argument in arguments):
        raise RegistrationError(
            "registration.filter", decorator=_written(kind), problem=repr(arguments)
        )
    return None, tuple(str(argument) for argument in arguments)


def _text_condition(
    texts: tuple[str, ...], prefix: str | None, regex: str | re.Pattern[str] | None
) -> tuple[Condition | None, str]:
    given = [bool(texts), prefix is not None, regex is not None]
    if sum(given) > 1:
        raise RegistrationError(
            "registration.filter", decorator="text", problem="texts | prefix | regex"
        )
    if regex is not None:
        pattern = compiled_pattern(regex, "text")
        return Regex(pattern), f"text(regex={pattern.pattern!r})"
    if prefix is not None:
        return Prefix(prefix.lstrip().casefold()), f"text(prefix={prefix!r})"
    if texts:
        folded = frozenset(text.strip().casefold() for text in texts)
        return Exact(folded), _written("text", *texts)
    return None, "text"


def _written(kind: str, *words: str) -> str:
    name = {ANY_MESSAGE: "message", "event:location": "report_location"}.get(kind, kind)
    name = name.removeprefix("event:")
    return f"{name}({', '.join(map(repr, words))})" if words else name
