"""The bot of the matrix: it notes when it begins and ends with a message, and in which process."""

import asyncio
import os
from pathlib import Path

from yizhan import Account

account = Account()
notes = Path(os.environ["NOTES"])


def note(what: str) -> None:
    with notes.open("a") as file:
        file.write(f"{what}\n")


@account.text
async def answer(message):
    """`wait 7 name` takes seven seconds; anything else is repeated."""
    word, _, rest = message.content.partition(" ")
    if word != "wait":
        return f"{message.content} {os.getpid()}"
    seconds, _, name = rest.partition(" ")
    note(f"begun {name}")
    await asyncio.sleep(float(seconds))
    note(f"ended {name}")
    return f"waited {name}"
