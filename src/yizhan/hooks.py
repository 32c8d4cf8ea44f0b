"""What an author has done once in each process, before the first message and after the last."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from yizhan.binding import name_of, place_of
from yizhan.errors import RegistrationError, StartupError
from yizhan.phrases import say

log = logging.getLogger("yizhan")

Hook = Callable[[], Awaitable[object]]
H = TypeVar("H", bound=Hook)

LONGEST_END = 5.0  # seconds that each shutdown hook has: a server that stops waits for it


class Hooks:
    """The hooks of one account, in the order in which they were registered."""

    def __init__(self) -> None:
        self.startup: list[Hook] = []
        self.shutdown: list[Hook] = []

    async def start(self) -> None:
        """Call those of the start, in order. StartupError for the first that raises."""
        for hook in self.startup:
            try:
                await hook()
            except Exception as error:
                fields = {"hook": name_of(hook), "place": place_of(hook), "problem": repr(error)}
                raise StartupError("registration.startup", **fields) from error

    async def stop(self) -> None:
        """Call those of the end, the last one first; what one raises does not keep the others."""
        for hook in reversed(self.shutdown):
            try:
                async with asyncio.timeout(LONGEST_END):
                    await hook()
            except Exception as error:
                sentence = say("registration.shutdown", hook=name_of(hook), place=place_of(hook))
                log.error("%s", sentence, exc_info=error)


def checked(hook: H) -> H:
    """The same hook, or RegistrationError when it is no `async def` without arguments."""
    needed = [
        parameter
        for parameter in inspect.signature(hook).parameters.values()
        if parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    ]
    if not inspect.iscoroutinefunction(inspect.unwrap(hook)) or needed:
        raise RegistrationError("registration.hook", hook=name_of(hook), place=place_of(hook))
    return hook
