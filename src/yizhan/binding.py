"""A handler's signature, read once at import: what it is and which arguments it wants."""

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from yizhan.errors import RegistrationError

INJECTED = ("session", "api", "account", "context")
Form = Literal["async", "sync", "generator", "async generator"]
Api = Literal["AsyncClient", "Client"]
CLIENTS: tuple[Api, ...] = get_args(Api)


@dataclass(frozen=True, slots=True)
class Handler:
    """A function with its form and its plan: which names it takes beside the message.

    `api` is the class of the client that it gets where it asks for one.
    """

    function: Callable[..., object]
    form: Form
    wants: tuple[str, ...]
    name: str
    place: str
    api: Api = "AsyncClient"

    def call(self, message: object, values: Mapping[str, object]) -> object:
        """Call the function; the values may hold more names than it wants."""
        if not self.wants:  # as most
            return self.function(message)
        return self.function(message, **{name: values[name] for name in self.wants})


def bind(
    function: Callable[..., object],
    groups: Iterable[str] = (),
    *,
    extra: tuple[str, ...] = (),
) -> Handler:
    """Read a handler's signature.

    Parameters beyond the first must be among session, api, account, context, the
    regex's named groups and `extra`; RegistrationError names the others.
    """
    name, place = name_of(function), place_of(function)
    form = form_of(function)
    allowed = (*INJECTED, *extra, *groups)
    first, *others = _parameters(function, name, place)
    if first.kind in (first.KEYWORD_ONLY, first.VAR_KEYWORD):
        raise RegistrationError("registration.no_message", handler=name, place=place)
    for parameter in others:
        if parameter.name not in allowed or parameter.kind in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
            parameter.POSITIONAL_ONLY,
        ):
            raise RegistrationError(
                "registration.unknown_parameter",
                handler=name,
                place=place,
                parameter=str(parameter).split(":")[0],
                allowed=", ".join(allowed),
            )
    wants = tuple(parameter.name for parameter in others)
    if "context" in wants and form != "async":
        raise RegistrationError("registration.context_async", handler=name, place=place)
    api = api_of(function, form)
    for parameter in others:
        known = _class_name(parameter.annotation)
        if parameter.name == "api" and known in CLIENTS and known != api:
            raise RegistrationError("registration.api", handler=name, place=place, kind=api)
    return Handler(function, form, wants, name, place, api)


def _parameters(function: Callable[..., object], name: str, place: str) -> list[inspect.Parameter]:
    parameters = list(inspect.signature(function).parameters.values())
    if not parameters:
        raise RegistrationError("registration.no_message", handler=name, place=place)
    return parameters


def form_of(function: Callable[..., object]) -> Form:
    target = function
    while isinstance(target, functools.partial):
        target = target.func
    if not inspect.isroutine(target):
        target = type(target).__call__
    if inspect.isasyncgenfunction(target):
        return "async generator"
    if inspect.iscoroutinefunction(target):
        return "async"
    if inspect.isgeneratorfunction(target):
        return "generator"
    return "sync"


def api_of(function: Callable[..., object], form: Form) -> Api:
    """Which client it can use: a plain function cannot await, unless it only wraps one that can."""
    if form in ("async", "async generator") or form_of(inspect.unwrap(function)) != form:
        return "AsyncClient"
    return "Client"


def _class_name(annotation: object) -> str:
    """The name of the class that an annotation means, be it the class itself or written out."""
    written = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return written.strip("\"' ").rpartition(".")[2]


def name_of(function: Callable[..., object]) -> str:
    while isinstance(function, functools.partial):
        function = function.func
    return str(getattr(function, "__qualname__", type(function).__qualname__))


def place_of(function: Callable[..., object]) -> str:
    code = getattr(inspect.unwrap(function), "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else "?"
