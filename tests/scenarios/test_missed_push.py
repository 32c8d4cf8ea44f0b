"""The first push falls into a restart: the third is known as the last, and is answered."""

import time
from pathlib import Path

import pytest

from served import serving
from wechat import TOKEN, ask, push, says, text
from yizhan.settings import Settings

BOT = """
import asyncio
from yizhan import Account

account = Account()

@account.text
async def slow(message):
    await asyncio.sleep(20)
    return "late"
"""
FIVE = 5.0  # seconds between two pushes; the first one was sent before the server began


@pytest.mark.slow
def test_no_follower_reads_the_notice_after_a_restart(tmp_path: Path) -> None:
    (tmp_path / "bot.py").write_text(BOT)
    environ = {"YIZHAN_TOKEN": TOKEN, "YIZHAN_STORE": "memory://", "YIZHAN_TIMEOUT": "0.5"}
    with serving(tmp_path, environ=environ) as served:
        message = text("go", CreateTime=int(time.time() - FIVE))
        with pytest.raises(TimeoutError):
            ask(served.port, push(message), timeout=1.0)
        assert says(ask(served.port, push(message))) == Settings().working
