import asyncio

from bot import account
from tornado.web import Application

from yizhan.mounts.tornado import mount, serve

app = Application()
mount(app, account)

if __name__ == "__main__":
    asyncio.run(serve(app, account, port=8080))
