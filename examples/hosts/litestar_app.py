from bot import account
from litestar import Litestar

from yizhan.mounts.litestar import mount

app = Litestar()
mount(app, account)
