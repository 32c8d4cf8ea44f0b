"""A third-party platform's own route: tickets, and accounts that come and go."""

from typing import TYPE_CHECKING

from yizhan.errors import APIError, Refused, StoreError, Unreachable, Unsent
from yizhan.server import checks
from yizhan.server.asgi import read_body, respond
from yizhan.server.checks import Reply
from yizhan.server.connection import Receive, Scope, Send
from yizhan.server.log import Line, log_refusal
from yizhan.wire import Push

if TYPE_CHECKING:
    from yizhan.api.component import Component

MOST = 65_536  # bytes of a push


class ComponentAsgi:
    """Serves the platform's 授权事件接收URL; mount it at a path of its own.

    Its pushes carry `<AppId>` and no `ToUserName`, and are always encrypted with the
    platform's own key. What cannot be done now is refused as busy, so that it comes again.
    """

    def __init__(self, component: "Component") -> None:
        self.component = component
        self.log = Line(component.appid)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        try:
            reply = await self._answer(scope, receive)
        except Refused as refused:
            log_refusal(self.log, refused, scope)
            reply = checks.answer_to(refused)
        except (APIError, StoreError, Unreachable, Unsent) as error:
            log_refusal(self.log, Refused("overload", str(error)), scope)
            reply = checks.BUSY
        await respond(send, reply)

    async def _answer(self, scope: Scope, receive: Receive) -> Reply:
        content_type = checks.check_request(scope["method"], scope["headers"], MOST)
        if scope["method"] != "POST":
            raise Refused("method", scope["method"])
        body = await read_body(receive, MOST)
        event = await self.component.receive(Push(scope["query_string"], body, content_type, 0.0))
        self.log.write(event.kind, appid=event.appid)
        return checks.SUCCESS
