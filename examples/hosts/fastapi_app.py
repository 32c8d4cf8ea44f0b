from bot import account
from fastapi import FastAPI

from yizhan.mounts.starlette import mount

app = FastAPI()
mount(app, account)
