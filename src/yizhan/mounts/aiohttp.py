"""aiohttp's own server."""

from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from yizhan.account import Account


def mount(app: web.Application, account: "Account", path: str = "") -> None:
    """Serve the account at that path, else at that of its settings, from start to stop.

    Run the application with `handler_cancellation=True`: else aiohttp does not tell that
    WeChat has hung up, and an answer may go out to nobody.
    """

    async def wechat(request: web.Request) -> web.Response:
        answer = await account.receive(
            request.method,
            account.settings.path,
            request.rel_url.raw_query_string,
            request.raw_headers,
            request.read,
        )
        headers = {name.decode(): value.decode() for name, value in answer.headers}
        response = web.Response(status=answer.status, headers=headers, body=answer.body)
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            answer.lost()
        else:
            answer.written()
        return response

    app.router.add_route("*", path or account.settings.path, wechat)
    app.cleanup_ctx.append(account.lifespan)
