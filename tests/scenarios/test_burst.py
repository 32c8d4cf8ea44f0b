"""The same MsgId to four processes in the same millisecond: one run of the handler."""

# ruff: noqa: T201  # the numbers it prints are its result

import asyncio
import time
from collections import Counter
from pathlib import Path

import pytest

from scenarios.crowd import Crowd, Said, response, text_of
from scenarios.host import BOT, STORES, TOKEN, Host, address
from scenarios.scale import scaled

PROCESSES = 4
BURSTS = scaled(80, 10_000)
LANES = 6  # bursts under way at a time


class Lane:
    """An open connection to each process, so that a burst leaves in one stroke."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.lines: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open(self) -> None:
        for port in self.crowd.ports():
            self.lines.append(await asyncio.open_connection("127.0.0.1", port))

    async def burst(self) -> tuple[Said, list[str], float]:
        """One message to all processes at once: what each answered, seconds from first to last."""
        mid = str(next(self.crowd.numbers))
        said = Said(mid, f"oFan{mid}", f"slow {0.01 * (int(mid) % 3)}", time.monotonic())
        requests = [
            self.crowd.request(said, int(time.time()), connection="keep-alive") for _ in self.lines
        ]
        begun = time.perf_counter()
        for (_, writer), request in zip(self.lines, requests, strict=True):
            writer.write(request)
        spread = time.perf_counter() - begun
        answers = await asyncio.gather(*(response(reader) for reader, _ in self.lines))
        assert [status for status, _ in answers] == [200] * len(answers)
        return said, [text_of(body) for _, body in answers], spread

    def close(self) -> None:
        for _, writer in self.lines:
            writer.close()


@pytest.mark.slow
@pytest.mark.timeout(scaled(300, 1800))
@pytest.mark.parametrize("store", STORES)
async def test_a_handler_runs_once_however_many_processes_hear_of_it(
    store: str, tmp_path: Path
) -> None:
    asyncio.get_running_loop().set_debug(False)  # it is the servers that are watched here
    with address(store, tmp_path) as url, Host(tmp_path, BOT) as host:
        await host.open(PROCESSES, store=url)
        crowd = Crowd(lambda: host.ports, TOKEN)
        spreads: list[float] = []

        async def lane(count: int) -> None:
            lane = Lane(crowd)
            await lane.open()
            try:
                for _ in range(count):
                    said, texts, spread = await lane.burst()
                    assert texts == [f"<{said.mid}>"] * PROCESSES
                    spreads.append(spread)
            finally:
                lane.close()

        at = time.monotonic()
        share, rest = divmod(BURSTS, LANES)
        await asyncio.gather(*(lane(share + (number < rest)) for number in range(LANES)))
        seconds = time.monotonic() - at
        begun = [(mid, pid) for what, mid, pid, _ in host.noted() if what == "begin"]

    runs, owners = (Counter(column) for column in zip(*begun, strict=True))
    within = sum(spread < 0.001 for spread in spreads)
    print(
        f"\n{store}: {BURSTS} bursts to {PROCESSES} processes ({within} within a millisecond), "
        f"{sum(runs.values())} runs, {BURSTS * PROCESSES / seconds:.0f} pushes/s, "
        f"runs by process {sorted(owners.values())}"
    )
    assert len(runs) == sum(runs.values()) == BURSTS
