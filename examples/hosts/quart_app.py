from bot import account
from quart import Quart

from yizhan.mounts.quart import mount

app = Quart(__name__)
mount(app, account)
