"""WeChat's API over a real socket, as far as customer-service messages go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from scenarios.crowd import Crowd

# A verified service account, which may send; it lets no push wait, so that it has to.
SERVICE = {
    "kind": "service",
    "verified": "true",
    "appid": "wx0123456789abcdef",
    "secret": "0123456789abcdef0123456789abcdef",
    "hold": "0",
}


@asynccontextmanager
async def platform(crowd: Crowd) -> AsyncIterator[str]:
    """Its address. What is sent to a follower is seen by them."""

    async def token(request: web.Request) -> web.Response:
        return web.json_response({"access_token": "scenario", "expires_in": 7200})

    async def send(request: web.Request) -> web.Response:
        message = await request.json()
        crowd.sees(message["touser"], message["text"]["content"])
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    application = web.Application()
    application.router.add_post("/cgi-bin/stable_token", token)
    application.router.add_post("/cgi-bin/message/custom/send", send)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        host, port = runner.addresses[0]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()
