"""Starlette and FastAPI: an application, an APIRouter with a prefix, a sub-application."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.routing import Router

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: Starlette | Router, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings, from start to stop.

    Mount a router before it is included. A sub-application has no lifespan of its own, nor has
    a router in early versions of FastAPI: there the engine starts with the first request, unless
    the application's lifespan starts it.
    """
    router = app.router if isinstance(app, Starlette) else app
    prefix = getattr(router, "prefix", "")  # an APIRouter's, which it gives to its operations only
    endpoint: Any = account.asgi  # an ASGI application is an endpoint, too
    router.add_route(prefix + (path or account.settings.path), endpoint, include_in_schema=False)
    theirs = router.lifespan_context

    @asynccontextmanager
    async def lifespan(host: Any) -> AsyncIterator[Mapping[str, Any] | None]:
        async with account.lifespan(), theirs(host) as state:
            yield state

    router.lifespan_context = cast("Any", lifespan)
