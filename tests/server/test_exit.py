"""The end of a process that nobody told to stop: the engine stops all the same, with grace.

In processes of their own, as only the end of an interpreter can show it. The lease is so long that
whatever another process takes up must have been handed over.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

import wechat

BOT = """
import asyncio, sys, threading, time
import wechat

how, grace, folder = sys.argv[1:]
account = wechat.account(store=f"sqlite:///{folder}/bot.db", lease=600, grace=float(grace))
notes, begun = open(f"{folder}/notes", "a"), threading.Event()

def note(what):
    print(what, file=notes, flush=True)

@account.text
async def slow(message):
    note("begun")
    begun.set()
    await asyncio.sleep(1)
    note("ended")

request = wechat.push(wechat.text())

async def until_begun():
    loop.create_task(wechat.call(account.asgi, request))
    await asyncio.to_thread(begun.wait)
"""
ENDS = {
    "thread": """
import io
environ = {
    "REQUEST_METHOD": "POST", "PATH_INFO": "/wechat", "QUERY_STRING": request.query,
    "CONTENT_LENGTH": str(len(request.body)), "wsgi.input": io.BytesIO(request.body),
}
threading.Thread(target=account.wsgi, args=(environ, print), daemon=True).start()
begun.wait()
""",
    "serves here": """
account.serve_here()
async def push():
    asyncio.get_running_loop().create_task(wechat.call(account.asgi, request))
    await asyncio.to_thread(begun.wait)
asyncio.run(push())
""",
    "loop left": """
loop = asyncio.new_event_loop()
loop.run_until_complete(until_begun())
""",
    "loop ended": """
with asyncio.Runner() as runner:
    loop = runner.get_loop()
    runner.run(until_begun())
""",
    "loop closed": """
loop = asyncio.new_event_loop()
loop.run_until_complete(until_begun())
for task in asyncio.all_tasks(loop):
    task.cancel()
loop.run_until_complete(asyncio.sleep(0.1))
loop.close()
""",
}
GIVES_GRACE = ("thread", "serves here", "loop left")


def run(how: str, grace: int, folder: Path) -> str:
    """What the handler has noted by the end of the process."""
    paths = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", BOT + ENDS[how], how, str(grace), str(folder)]
    environ = os.environ | {"PYTHONPATH": paths}
    ran = subprocess.run(command, env=environ, check=False, capture_output=True, timeout=60)
    assert ran.returncode == 0, ran.stderr.decode()
    return (folder / "notes").read_text().replace("\n", " ")


@pytest.mark.parametrize("how", GIVES_GRACE)
def test_a_handler_has_its_grace(how, tmp_path):
    assert run(how, 10, tmp_path) == "begun ended "


@pytest.mark.parametrize("how", ENDS)
async def test_what_did_not_end_is_taken_up_at_once_by_the_next_process(how, tmp_path):
    assert run(how, 0, tmp_path) == "begun "
    account, ran = wechat.account(store=f"sqlite:///{tmp_path}/bot.db", lease=600), asyncio.Event()

    @account.text
    async def handle(message):
        ran.set()

    async with account.lifespan():
        await asyncio.wait_for(ran.wait(), 20)
