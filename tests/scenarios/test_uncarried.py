"""An answer that no push has carried, and a process that ends before it could send it.

WeChat pushes once and does not come back. The answer is there when its connection is over, and
goes out by customer-service message, though nobody lives who has waited for a further push.
"""

import asyncio
import time
from contextlib import suppress
from functools import partial
from itertools import product
from pathlib import Path

import pytest

from scenarios.crowd import FIVE, Crowd, Said
from scenarios.evidence import Evidence, delivered, jobs_in, until
from scenarios.host import BOT, STORES, TOKEN, Host, Worker, address
from scenarios.platform import SERVICE, platform
from scenarios.scale import SOAK
from scenarios.together import together

ENDS = {"stop": Worker.stop, "kill": Worker.kill}
PLAYED = {f"{store}-{end}": (store, end) for store, end in product(STORES, ENDS)}


async def pushed_once(crowd: Crowd, content: str) -> Said:
    """WeChat's first push of a message, and no other."""
    said = Said(str(next(crowd.numbers)), "oFan", content, time.monotonic())
    crowd.said[said.mid] = said
    with suppress(TimeoutError, EOFError):
        await asyncio.wait_for(crowd._post(crowd.ports()[0], said, int(time.time())), FIVE)
    return said


async def uncarried(store: str, end: str, folder: Path, seed: str) -> Evidence:
    """The only worker ends while the answer waits for a push; one starts in its place."""
    with address(store, folder) as url, Host(folder, BOT) as host:
        crowd = Crowd(lambda: host.ports, TOKEN)
        async with platform(crowd) as api:
            await host.open(1, store=url, **SERVICE | {"api_base": api, "lease": "3", "hold": "2"})
            said = await pushed_once(crowd, f"slow {FIVE + 1.0}")
            await until(lambda: f"end {said.mid}" in (folder / "effects").read_text())
            await asyncio.sleep(1.0)
            [worker] = host.workers
            await asyncio.to_thread(ENDS[end], worker)
            assert crowd.seen("oFan") == ""
            worker.start()
            await asyncio.to_thread(worker.await_ready)
            await delivered(url, SERVICE["appid"])
            return Evidence(host, crowd, await jobs_in(url, SERVICE["appid"]))


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not SOAK, reason="`inbox/test_uncarried.py` has the same with a jumping clock")
def test_it_is_sent_by_the_process_that_comes_next(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp
    stories = {name: partial(uncarried, *it, folder(name)) for name, it in PLAYED.items()}
    for evidence in together("an answer without a push", stories).values():
        [mid] = evidence.crowd.said
        assert evidence.crowd.seen("oFan") == f"<{mid}>"
        assert evidence.jobs[mid].state == "delivered"
        assert len(evidence.runs[mid]) == 1
