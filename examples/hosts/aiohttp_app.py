from aiohttp import web
from bot import account

from yizhan.mounts.aiohttp import mount

app = web.Application()
mount(app, account)

if __name__ == "__main__":
    web.run_app(app, port=8080, handler_cancellation=True)
