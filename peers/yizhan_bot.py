"""The bot with Yizhan; `yizhan run yizhan_bot:account` serves it."""

from yizhan import Account

account = Account()


@account.text
def echo(message):
    return message.content


@account.subscribe
def welcome(event):
    return "welcome"
