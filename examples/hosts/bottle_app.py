from bot import account
from bottle import Bottle

from yizhan.mounts.bottle import mount

app = Bottle()
mount(app, account)
