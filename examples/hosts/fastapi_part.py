from bot import account
from fastapi import FastAPI

from yizhan.mounts.starlette import mount

part = FastAPI()
mount(part, account)
app = FastAPI(lifespan=account.lifespan)
app.mount("/bots", part)
