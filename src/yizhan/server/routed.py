"""An account where Starlette and FastAPI would not look for it: returned, or mounted as a part."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTask
from starlette.responses import Response
from starlette.routing import Mount, Route

from yizhan.phrases import say
from yizhan.server.asgi import Asgi

if TYPE_CHECKING:
    from yizhan.account import Account

log = logging.getLogger("yizhan")


class Returned(Asgi, Response):
    """The application, which a path operation may return as its response.

    FastAPI asks whether it is one. It serves many requests, so it keeps nothing of any.
    """

    def __init__(self, account: "Account") -> None:
        Asgi.__init__(self, account)

    @property
    def background(self) -> BackgroundTask | None:
        """What is to be done after the response: nothing."""
        return None

    @background.setter
    def background(self, task: BackgroundTask | None) -> None:
        """Nothing: it would be done after every later response, too."""


def add_routes(app: Any, asgi: Asgi) -> bool:
    """Let an account that was mounted with `app.mount` be found at the mount's own path.

    Starlette redirects that to the path with a slash at its end, which WeChat does not follow.
    Whether there is such a mount.
    """
    found = False
    for routes in _lists(app):
        known = {it.path for it in routes if isinstance(it, Route)}
        for mount in [it for it in routes if isinstance(it, Mount) and _inmost(it.app) is asgi]:
            found = True
            if mount.path and mount.path not in known:
                known.add(mount.path)
                route = Route(mount.path, mount.app, include_in_schema=False)
                routes.insert(routes.index(mount), route)
                log.info("%s", say("start.route_added", path=mount.path))
    return found


def _inmost(app: Any) -> Any:
    """What stands within the middleware of a mount."""
    while (within := getattr(app, "app", None)) is not None:
        app = within
    return app


def _lists(app: Any) -> Iterator[list[Any]]:
    """The routes of an application, and those of the ones that are mounted in it."""
    left, seen = [app], set[int]()
    while left:
        routes = getattr(left.pop(), "routes", None)
        if not isinstance(routes, list) or id(routes) in seen:
            continue
        seen.add(id(routes))
        left += routes
        yield routes
