from bot import account
from sanic import Sanic

from yizhan.mounts.sanic import mount

app = Sanic("bots")
mount(app, account)
