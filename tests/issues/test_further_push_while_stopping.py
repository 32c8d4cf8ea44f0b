"""Found by the soak: a server that stopped refused WeChat's next push of what it still handled.

The handler ended within its grace, and its answer found no push to ride on.
"""

import asyncio

import wechat


async def test_it_is_let_in_and_answered(make):
    account = make(grace=5.0)
    begun, go_on = asyncio.Event(), asyncio.Event()

    @account.text
    async def slow(message):
        begun.set()
        await go_on.wait()
        return "done"

    request = wechat.push(wechat.text("question"))
    first = asyncio.create_task(wechat.call(account.asgi, request))
    await begun.wait()
    stopping = asyncio.create_task(account.stop())
    for _ in range(3):  # the stop's own tasks begin
        await asyncio.sleep(0)
    second = asyncio.create_task(wechat.call(account.asgi, request))
    await asyncio.sleep(0)
    go_on.set()
    assert [wechat.says(answer) for answer in await asyncio.gather(first, second)] == ["done"] * 2
    await stopping
