"""Middleware: functions around every handler, composed once when the account starts."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence

from yizhan.binding import name_of, place_of
from yizhan.errors import RegistrationError
from yizhan.events import Event
from yizhan.messages import Message

Incoming = Message | Event
CallNext = Callable[[Incoming], Awaitable[object]]
Middleware = Callable[[Incoming, CallNext], Awaitable[object]]
Endpoint = Callable[[Incoming, Mapping[str, object]], Awaitable[object]]


def checked(middleware: Middleware) -> Middleware:
    """The same middleware, or RegistrationError when it is no `async def (message, call_next)`."""
    positional = [
        parameter
        for parameter in inspect.signature(middleware).parameters.values()
        if parameter.default is parameter.empty and parameter.kind != parameter.KEYWORD_ONLY
    ]
    if not inspect.iscoroutinefunction(inspect.unwrap(middleware)) or len(positional) != 2:
        raise RegistrationError(
            "registration.middleware_async",
            handler=name_of(middleware),
            place=place_of(middleware),
        )
    return middleware


def compose(middlewares: Sequence[Middleware], endpoint: Endpoint) -> Endpoint:
    """The endpoint with the middlewares around it, the first outermost."""
    for middleware in reversed(middlewares):
        endpoint = _around(middleware, endpoint)
    return endpoint


def _around(middleware: Middleware, inner: Endpoint) -> Endpoint:
    async def endpoint(message: Incoming, values: Mapping[str, object]) -> object:
        async def call_next(message: Incoming) -> object:
            return await inner(message, values)

        return await middleware(message, call_next)

    return endpoint
