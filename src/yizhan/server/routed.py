"""An account where Starlette and FastAPI would not look for it: returned, or mounted as a part."""

import logging
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


def add_routes(app: Any, asgi: Asgi) -> None:
    """Let an account that was mounted with `app.mount` be found at the mount's own path.

    Starlette redirects that to the path with a slash at its end, which WeChat does not follow.
    """
    routes = getattr(app, "routes", None)
    if not isinstance(routes, list):
        return
    mounts = [it for it in routes if isinstance(it, Mount) and it.app is asgi and it.path]
    known = {it.path for it in routes if isinstance(it, Route)}
    for mount in mounts:
        if mount.path not in known:
            routes.insert(routes.index(mount), Route(mount.path, asgi, include_in_schema=False))
            log.info("%s", say("start.route_added", path=mount.path))
