"""A store with messages in every state, as the tests of the terminal's verbs want it."""

import asyncio
from functools import partial

import msgspec

from inbox.mailboxes import taking
from mailboxes.places import HOUR
from wechat import text
from yizhan.clock import SystemClock
from yizhan.inbox import carrying, rules, sending, upkeep
from yizhan.inbox.rules import Arrival, RunResult
from yizhan.replies import Image, Text, dump
from yizhan.store.asking import changed
from yizhan.store.opening import connect

QUOTA = {"message": (HOUR, 5)}
STATES = (
    "running",
    "waiting",
    "ready",
    "promised",
    "sending",
    "replied",
    "delivered",
    "unknown",
    "uncollected",
    "dead",
)


def using(url, use):
    """What comes of it, with a server's store there."""

    async def used():
        store = connect(url, account="default", owner="A", clock=SystemClock())
        await store.open()
        try:
            return await use(store)
        finally:
            await store.close()

    return asyncio.run(used())


async def accept(store, key, openid, at):
    body = msgspec.json.encode(text(f"text of {key}", FromUserName=openid))
    arrival = Arrival(key, openid, body, at, "A", window="message")
    return await changed(store, openid, partial(rules.accept, arrival=arrival))


async def finish(store, key, openid, *replies, **more):
    outcome = RunResult(tuple(dump((reply,)) for reply in replies), **more)
    rule = partial(rules.finish, key=key, owner="A", outcome=outcome)
    return await changed(store, openid, rule)


async def bring_into(store, state, openid, at):
    """One message in that state, of a follower of their own; its key is the state."""
    key = state
    match state:
        case "running":
            await accept(store, key, openid, at)
        case "waiting":
            await accept(store, "before", openid, at - 1)
            await accept(store, key, openid, at)
        case "ready":
            await accept(store, key, openid, at)
            await finish(store, key, openid, Text("one"), Image("m"))
        case "promised":  # one part of it is reserved for a push
            await accept(store, key, openid, at)
            await finish(store, key, openid, Text("one"), reserve="own")
        case "sending" | "unknown":
            await accept(store, key, openid, at)
            await finish(store, key, openid, Text("one"), custom=True)
            rule = partial(
                sending.begin_send,
                until=key,
                owner="A",
                quota=QUOTA,
                at=at,
                choose=taking(1),
            )
            assert (await changed(store, openid, rule)).status == "send"
            if state == "unknown":
                await changed(store, openid, partial(sending.unknown, key=key, owner="A", note="?"))
        case "replied":
            await accept(store, key, openid, at)
            await finish(store, key, openid, reserve="own")
        case "delivered":
            await accept(store, "asks", openid, at + 1)
            await accept(store, key, openid, at)
            await finish(store, "asks", openid)
            await finish(store, key, openid, Text("one"))
            taken = await changed(
                store, openid, partial(carrying.take, key="asks", owner="A"), ["asks"]
            )
            rule = partial(carrying.confirm, key="asks", reply=b"x", carried=taken.parts, shown="")
            await changed(store, openid, rule, ["asks"])
        case "uncollected":
            await accept(store, key, openid, at)
            await finish(store, key, openid, Text("one"))
            await changed(store, openid, partial(upkeep.uncollect, before=4e9))
        case "dead":
            await accept(store, key, openid, at)
            await changed(store, openid, partial(upkeep.give_up, key=key, note="why"))
