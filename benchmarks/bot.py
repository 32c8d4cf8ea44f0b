"""The bot of the benchmarks: 50 handlers, the last of which matches."""

import os

from yizhan import Account

GIVEN = {
    name: value
    for name in ("store", "mode", "appid", "aes_key")
    if (value := os.environ.get(f"YIZHAN_BENCH_{name.upper()}"))
}

account = Account("", token=os.environ["TOKEN"], **GIVEN)

for number in range(49):

    @account.text(f"question {number}")
    async def other(message):
        return "no"


@account.text
async def echo(message):
    return message.content
