"""A stop or a death between a reply and the part that follows it: the part still comes."""

import asyncio
import signal
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import jobs_in
from scenarios.platform import SERVICE, platform
from served import serving
from wechat import FAN, TOKEN, ask, push, says, text

BOT = """
from yizhan import Account

account = Account(max_age=300.0)

@account.text
async def parts(message):
    yield "one"
    yield "two"
"""


def play(folder: Path, number: int) -> list[str]:
    """What the follower has seen after a process was ended in the wait and another has begun."""
    (folder / "bot.py").write_text(BOT)

    async def story() -> list[str]:
        crowd = Crowd(list, TOKEN)
        async with platform(crowd) as api:
            settings = {**SERVICE, "token": TOKEN, "api_base": api, "lease": "1", "grace": "1"}
            settings["store"] = f"sqlite:///{folder / 'kept.db'}"
            environ = {f"YIZHAN_{name.upper()}": value for name, value in settings.items()}
            return await asyncio.to_thread(_served, folder, environ, number, crowd)

    return asyncio.run(story())


def _served(folder: Path, environ: dict[str, str], number: int, crowd: Crowd) -> list[str]:
    def waits() -> bool:
        [one] = asyncio.run(jobs_in(environ["YIZHAN_STORE"])).values()
        return one.state == "ready" and one.job is not None and len(one.job.parts) == 1

    message = text("go")
    with serving(folder, environ=environ) as first:
        seen = [says(ask(first.port, push(message)))]
        first.wait_for(waits)
        first.end(number)
        sent_by_then = crowd.seen(FAN)
    with serving(folder, environ=environ) as second:
        second.wait_for(lambda: crowd.seen(FAN))
    assert sent_by_then == ("two" if number == signal.SIGTERM else "")
    return [*seen, crowd.seen(FAN)]


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_part_after_the_reply_comes_once(tmp_path: Path, number: int) -> None:
    assert play(tmp_path, number) == ["one", "two"]
