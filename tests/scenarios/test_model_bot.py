"""A process is killed in the middle of a stream, a question and a step: the next goes on."""

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from scenarios.crowd import Crowd
from scenarios.evidence import PATIENCE, jobs_in, until
from scenarios.host import STORES, TOKEN, Host, address
from scenarios.scale import scaled

FAN = "oFan1"
SENTENCES = 20

# It notes in a file what it has asked of the model and whom it has charged. Half-way it waits
# until there is a file that says to go on.
BOT = f"""
import asyncio, os
from yizhan import Account, Stream

account = Account()
folder = os.environ["BOT_FOLDER"]

def note(what):
    with open(os.path.join(folder, "effects"), "a") as effects:
        effects.write(what + "\\n")
    return what

async def go_on():
    while not os.path.exists(os.path.join(folder, "go-on")):
        await asyncio.sleep(0.05)

async def sentences():
    note("asked")
    for number in range({SENTENCES}):
        yield f"<{{os.getpid()}}.{{number}}>。"
        if number == 9:
            note("half")
            await go_on()

@account.text("stream")
async def stream(message):
    return Stream(sentences())

@account.text("buy")
async def buy(message, context):
    await context.ask("Sure?")
    await context.step("charge", lambda: note("charged"))
    note("kept")
    await go_on()
    where = await context.ask("Where to?")
    return f"sent to {{where}}"

@account.text("hurry")
async def hurry(message, context):
    answer = await context.ask("Quick?", timeout=2, default="nobody")
    await context.step("note", lambda: note("defaulted"))
    return f"{{answer}} at {{os.getpid()}}"

def is_long(message):
    return message.content.startswith("long")

@account.text(where=is_long, merge=4.0)
async def long(message):
    note("joined")
    return f"({{message.content}})"

@account.text
async def quick(message):
    return f"<{{message.id}}>"
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(120),
    pytest.mark.parametrize("store", scaled(STORES[:1], STORES)),
]


class Story:
    """One follower and two workers, of which the second one comes when the first one is dead."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.ports: list[int] = []
        self.crowd = Crowd(lambda: self.ports, TOKEN)

    async def begin(self, url: str) -> None:
        await self.host.open(2, store=url, lease="1")
        self.ports[:] = [self.host.workers[0].port]

    async def kill(self) -> None:
        self.ports[:] = [self.host.workers[1].port]
        await asyncio.to_thread(self.host.workers[0].kill)
        (self.host.folder / "go-on").touch()

    async def says(self, text: str) -> str | None:
        return (await self.crowd.says(FAN, text)).answer

    @property
    def noted(self) -> Counter[str]:
        return Counter(what for what, *_ in self.host.noted())


async def accepted(url: str, text: str) -> None:
    """Wait until that message is in the store."""
    deadline = time.monotonic() + PATIENCE
    while not any(text.encode() in it.message.body for it in (await jobs_in(url)).values()):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


async def test_a_stream_comes_whole_from_the_next_process(store: str, tmp_path: Path) -> None:
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        story = Story(host)
        await story.begin(url)
        saying = asyncio.create_task(story.says("stream"))
        await until(lambda: story.noted["half"] == 1)
        await story.kill()
        answer = await saying
        second = host.workers[1].pid
        assert answer == "".join(f"<{second}.{number}>。" for number in range(SENTENCES))
        assert story.noted == {"asked": 2, "half": 2}


async def test_a_step_is_not_done_again(store: str, tmp_path: Path) -> None:
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        story = Story(host)
        await story.begin(url)
        assert await story.says("buy") == "Sure?"
        saying = asyncio.create_task(story.says("yes"))
        await until(lambda: story.noted["kept"] == 1)
        await story.kill()
        assert await saying == "Where to?"
        assert await story.says("Beijing") == "sent to Beijing"
        assert story.noted["charged"] == 1


async def test_a_question_is_answered_in_the_next_process(store: str, tmp_path: Path) -> None:
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        story = Story(host)
        await story.begin(url)
        assert await story.says("buy") == "Sure?"
        await story.kill()
        assert await story.says("yes") == "Where to?"
        assert await story.says("Beijing") == "sent to Beijing"
        assert story.noted["charged"] == 1


async def test_a_default_is_taken_by_the_next_process(store: str, tmp_path: Path) -> None:
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        story = Story(host)
        await story.begin(url)
        assert await story.says("hurry") == "Quick?"
        await story.kill()
        await until(lambda: story.noted["defaulted"] == 1)
        answer = await story.says("hello")
        assert answer is not None
        # The question may come once more: the killed one may not have noted that it was shown.
        assert f"nobody at {host.workers[1].pid}\n\n<" in answer
        assert answer.count("nobody") == 1


async def test_texts_that_are_to_be_one_message_are_so_in_the_next_process(
    store: str, tmp_path: Path
) -> None:
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        story = Story(host)
        await story.begin(url)
        first = asyncio.create_task(story.says("long one"))
        await accepted(url, "long one")
        last = asyncio.create_task(story.says("long two"))
        await accepted(url, "long two")
        await story.kill()
        assert {await first, await last} == {"", "(long one\nlong two)"}
        assert story.noted["joined"] == 1
