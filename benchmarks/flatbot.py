"""The bot of benchmarks/flat.py: so many accounts, handlers and kilobytes of session."""

import asyncio
import os
from collections import defaultdict

from yizhan import Account, Router

HANDLERS = int(os.environ.get("YIZHAN_BENCH_HANDLERS", "50"))
ACCOUNTS = int(os.environ.get("YIZHAN_BENCH_ACCOUNTS", "1"))
SESSION = int(os.environ.get("YIZHAN_BENCH_SESSION", "0"))  # KB
STORE = os.environ.get("YIZHAN_BENCH_STORE", "memory://")
gates: dict[str, asyncio.Event] = defaultdict(asyncio.Event)


def questions() -> Router:
    router = Router()
    for number in range(HANDLERS - 1):

        @router.text(f"question {number}")
        async def other(message):
            return "no"

    return router


def bot(number: int) -> Account:
    """Only the first has a path without a number."""
    path = f"/wechat/{number}" if number else "/wechat"
    account = Account(
        f"bench{number}", token=os.environ["TOKEN"], store=STORE, path=path, max_jobs=20_000
    )

    @account.text("begin")
    async def begin(message, session):
        if SESSION:
            session["lines"] = ["x" * 100] * (SESSION * 10)
        return "begun"

    @account.text("read")
    async def read(message, session):
        return str(len(session))

    @account.text(regex=r"wait (?P<gate>\d+)")
    async def wait(message, gate):
        await gates[gate].wait()
        return "waited"

    @account.text(regex=r"release (?P<gate>\d+)")
    async def release(message, gate):
        gates[gate].set()
        return "released"

    account.include(questions())

    @account.text
    async def echo(message):
        return message.content

    return account


accounts = [bot(number) for number in range(ACCOUNTS)]
