from bot import account
from starlette.applications import Starlette

from yizhan.mounts.starlette import mount

app = Starlette()
mount(app, account)
