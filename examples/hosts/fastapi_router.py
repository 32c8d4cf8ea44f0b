from bot import account
from fastapi import APIRouter, FastAPI

from yizhan.mounts.starlette import mount

router = APIRouter(prefix="/bots")
mount(router, account)
app = FastAPI()
app.include_router(router)
