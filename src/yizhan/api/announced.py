"""What a platform is told, and the functions that want to hear of it."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, TypeVar, get_args

from msgspec import Struct

from yizhan.api.nearmiss import meant
from yizhan.errors import RegistrationError

# Every InfoType that the platform's pages name; WeChat adds some now and then.
InfoType = Literal[
    "component_verify_ticket",
    "authorized",
    "updateauthorized",
    "unauthorized",
    "notify_third_fasteregister",
    "notify_third_fastregisterbetaapp",
    "notify_third_fastverifybetaapp",
    "notify_icpfiling_verify_result",
    "notify_apply_icpfiling_result",
    "order_path_apply_result_notify",
    "order_path_audit_result_notify",
]
KNOWN: tuple[str, ...] = get_args(InfoType)

log = logging.getLogger("yizhan.api")


class ComponentEvent(Struct, frozen=True):
    """What the platform was told: `kind` is InfoType, `appid` the account's, "" for a ticket."""

    kind: str
    appid: str
    raw: Mapping[str, object]


Hook = Callable[[ComponentEvent], Awaitable[object] | object]
H = TypeVar("H", bound=Hook)


class Hooks:
    """Functions by the InfoType that they are for."""

    def __init__(self) -> None:
        self._hooks: list[tuple[frozenset[str], Hook]] = []

    def add(self, kinds: tuple[str, ...], hook: Hook) -> None:
        """Call this for events of these kinds, or of all. RegistrationError for a slip."""
        for kind in kinds:
            if kind not in KNOWN and (near := meant(kind, KNOWN)):
                raise RegistrationError("component.no_kind", kind=kind, meant=near)
        self._hooks.append((frozenset(kinds), hook))

    async def tell(self, event: ComponentEvent) -> None:
        """Call those that the event is for, one after another; one that fails is logged."""
        for kinds, hook in self._hooks:
            if kinds and event.kind not in kinds:
                continue
            try:
                await _called(hook, event)
            except Exception:
                log.exception("a hook failed for %s of %s", event.kind, event.appid or "-")


async def _called(hook: Hook, event: ComponentEvent) -> None:
    """A plain function runs in a thread, so that it may block."""
    if inspect.iscoroutinefunction(hook):
        await hook(event)
        return
    result = await asyncio.to_thread(hook, event)
    if inspect.isawaitable(result):
        await result
