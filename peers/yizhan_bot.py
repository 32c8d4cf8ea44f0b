"""The bot with Yizhan; `yizhan run yizhan_bot:account` serves it."""

import asyncio

from yizhan import Account

account = Account()


@account.text("slow")
async def slow(message):
    await asyncio.sleep(12)
    return "at last"


@account.text
def echo(message):
    return message.content


@account.subscribe
def welcome(event):
    return "welcome"
