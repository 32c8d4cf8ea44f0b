"""SQLite stores as a bot has left them, without a mark: as earlier versions did."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

from yizhan.clock import SystemClock
from yizhan.replies import Text, dump
from yizhan.store import Arrival, Outcome
from yizhan.store.sqlite import SQLiteStore


def message(original_id: str, content: str = "") -> bytes:
    fields = {"ToUserName": original_id, "MsgType": "text", "Content": content, "MsgId": "1"}
    return json.dumps({**fields, "FromUserName": "oFan", "CreateTime": "1800000000"}).encode()


async def fill(path: Path, jobs: Mapping[str, str], *, leave: bool = True) -> None:
    """Of each key, sent to that original id, an answer waits; its follower is named after it.

    One whose key begins with "run" was not handled: whoever serves the store does so.
    """
    store = SQLiteStore(str(path), SystemClock())
    await store.open()
    for key, original_id in jobs.items():
        openid = f"o-{key.rstrip('0123456789')}"
        sent = message(original_id, key)
        await store.claim(Arrival(key, openid, sent, time.time(), "A", window="message"))
        if key.startswith("run"):
            continue
        await store.step(key, "A", "step", b"1")
        await store.finish(key, "A", Outcome((answer(key),), session=kept(key)))
    if leave:
        await store.leave("A")
    await store.close()


def answer(key: str) -> bytes:
    """The answer to that message, as a store keeps it."""
    return dump((Text(f"answer to {key}"),))


def kept(key: str) -> bytes:
    """The session that this message leaves."""
    return json.dumps({"until": 4e9, "data": {"last": key}}).encode()
