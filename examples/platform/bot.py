"""A third-party platform: one bot for all its accounts, and what WeChat's test of a release asks.

Start it with `uvicorn bot:app`. In the open platform's console, enter `https://HOST/component` as
授权事件接收URL and `https://HOST/component/$APPID$` as 消息与事件接收URL.
"""

import logging
import os
from pathlib import Path

from yizhan import Account, Router
from yizhan.api import FileShelf
from yizhan.api.component import RELEASE_TESTS, Component
from yizhan.events import Event
from yizhan.server.component import ComponentAsgi

log = logging.getLogger("platform")
component = Component(
    os.environ["COMPONENT_APPID"],
    os.environ["COMPONENT_SECRET"],
    push_token=os.environ["COMPONENT_TOKEN"],
    aes_key=os.environ["COMPONENT_AES_KEY"],
    shelf=FileShelf(Path("platform.db")),
)

router = Router()  # what every account that has authorised the platform answers
release = Router()  # what WeChat's own accounts test before the release (全网发布)


@component.on("authorized")
async def welcome(event):
    info = await component.api.component.api_get_authorizer_info(authorizer_appid=event.appid)
    log.info("%s has come", info["authorizer_info"]["nick_name"])


@component.on("unauthorized")
def farewell(event):
    log.info("%s has gone", event.appid)


@router.text
async def echo(message):
    return message.content


@release.text("TESTCOMPONENT_MSG_TYPE_TEXT")
async def a_text_is_answered(message):
    return f"{message.content}_callback"


@release.text(prefix="QUERY_AUTH_CODE:")
async def a_code_is_redeemed(message, api):
    code = message.content.removeprefix("QUERY_AUTH_CODE:")
    await component.authorized(code)
    text = {"content": f"{code}_from_api"}
    await api.message.custom.send(touser=message.from_user, msgtype="text", text=text)


@release.fallback
async def an_event_is_answered(incoming):
    return f"{incoming.name}from_callback" if isinstance(incoming, Event) else None


def account_of(appid):
    account = Account(appid=appid, component=component)
    account.include(release if appid in RELEASE_TESTS else router)
    return account


app = ComponentAsgi(component, make=account_of)
