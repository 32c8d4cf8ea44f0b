"""Episodes of the real engine in a world that goes wrong, and whether the promise held.

    python tests/soak/model.py [--pushes N] [--seed S] [--seconds S] [--processes N]

An episode is made from its seed alone: `--seed 17` runs just that one again, exactly, and
prints what happened in it. Without it, episodes run until that many pushes have been
made; the first seed is printed.
"""

# ruff: noqa: T201  # the numbers it prints are its result

import argparse
import asyncio
import gc
import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from soak import promise
from soak.history import History, Message
from soak.stores import Shared, in_file, in_memory
from soak.world import CountedLoop, Setting, Weather, World, observed
from stored import Stored
from yizhan.inbox.pieces import LONG_PAUSE, PAUSE
from yizhan.testing.loop import JumpingLoop, LoopClock

MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of ours in it
PATIENCE = 6000.0  # seconds within which everything must have come to rest
PROGRESS = 30.0  # seconds between two lines that say how far it is
ROUNDS = 80
QUICK = (0.0, 0.01, 0.1, 0.3)
SLOW = (0.1, 0.5, 1, 2, 3, 4, 4.4, 4.49, 4.5, 4.51, 4.6, 4.9, 5, 5.4, 5.5, 5.6, 6, 7, 9, 9.4)
SLOWER = (9.5, 9.6, 10, 11, 13, 14, 14.4, 14.5, 14.6, 15, 16, 18, 20, 25, 29, 35)
# Between two pieces of a generator: some come while the one before is being handed out.
PAUSES = (0.01, *(pause + late for pause in (PAUSE, LONG_PAUSE) for late in (0.002, 0.01)))


@dataclass
class Verdict:
    """What became of an episode."""

    seed: int
    setting: Setting
    history: History
    violations: list[str]

    @property
    def pushes(self) -> int:
        return sum(len(message.pushes) for message in self.history.messages.values())

    @property
    def digest(self) -> str:
        """The same for two runs of one seed."""
        seen = "".join(f"{s.at:.6f} {s.fan} {s.text}\n" for s in self.history.seen)
        runs = "".join(
            f"{run.mid} {run.began:.6f} {run.process} {run.how}\n"
            for runs in self.history.runs.values()
            for run in runs
        )
        return hashlib.sha256((seen + runs).encode()).hexdigest()[:16]


STORMS = ("none", "network", "deaths", "store", "all")


def draw(random: Random) -> Setting:
    """The circumstances of an episode."""
    pushes = random.choice((3, 3, 3, 3, 2, 1))
    storm = random.choice(STORMS)
    weather = Weather()
    if storm in ("network", "all"):
        weather = replace(
            weather,
            lost=random.choice((0.0, 0.05, 0.2)),
            deaf=random.choice((0.0, 0.1)),
            doubled=random.choice((0.0, 0.1)),
            delayed=random.choice((0.0, 0.1)),
            refused=random.choice((0.0, 0.2, 0.6)),
            unknown=random.choice((0.0, 0.2)),
        )
    if storm in ("deaths", "all"):
        weather = replace(weather, kill=random.choice((15.0, 40.0, 120.0)))
    if storm in ("store", "all"):
        weather = replace(
            weather,
            cut=random.choice((0.0, 30.0, 90.0)),
            breaks=random.choice((0.0, 0.003, 0.02)),
            steps=random.choice((0.0, 60.0)),
        )
    return Setting(
        sqlite=random.random() < 0.2,
        fans=random.randint(1, 5),
        messages=random.randint(10, 60),
        processes=random.randint(1, 3),
        pushes=pushes,
        hold=min(pushes - 1, random.choice((0, 1, 2, 2, 2))),
        rights=random.random() < 0.5,
        ordered=random.random() < 0.8,
        lease=random.choice((3.0, 15.0, 15.0)),
        weather=weather,
    )


class Episode:
    """One seed's story: followers and weather, then calm, rest, and the last answers fetched."""

    def __init__(self, seed: int, loop: JumpingLoop, shared: Shared, clock: LoopClock) -> None:
        self.random = Random(seed)
        self.setting = draw(self.random)
        self.world = World(f"{seed}", self.setting, loop, clock, shared)
        self.shared = shared
        self.ways: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        world = self.world
        for _ in range(self.setting.processes):
            await world.launch()
        weather = [asyncio.create_task(work) for work in self._weather()]
        fans = [f"oFan{number}" for number in range(self.setting.fans)]
        await asyncio.gather(*(self._talk(fan) for fan in fans))
        for task in weather:
            task.cancel()
        await asyncio.gather(*weather, return_exceptions=True)
        await asyncio.gather(*self.ways)
        await self._calm()
        await self._rest()
        for fan in fans:
            await self._fetch(fan)
        await asyncio.sleep(30.0)
        await self._rest()
        for process in world.up:
            await process.stop()

    # Followers

    async def _talk(self, fan: str) -> None:
        for _ in range(self.setting.messages):
            gap = self.random.choice((0.0, 1.0, 4.0, 10.0, 20.0, 60.0))
            await asyncio.sleep(gap * self.random.random())
            message = self._say(fan)
            way = asyncio.create_task(self.world.deliver(message))
            self.ways.add(way)
            way.add_done_callback(self.ways.discard)
            if self.random.random() < 0.8:
                await asyncio.wait((way,))

    def _say(self, fan: str) -> Message:
        random = self.random
        seconds = random.choice(random.choice((QUICK, SLOW, SLOW, SLOWER)))
        text = random.choices(*zip(*self._texts(seconds), strict=True))[0]
        event = random.random()
        if text is not None:
            message = self.world.compose(
                fan,
                {"MsgType": "text", "Content": text},
                word="MID" not in text,
            )
        elif event < 0.5:
            fields = {"MsgType": "event", "Event": "CLICK", "EventKey": f"{seconds} #MID"}
            message = self.world.compose(fan, fields)
        elif event < 0.7:
            says = random.choice(("", "says "))
            fields = {"MsgType": "event", "Event": "VIEW", "EventKey": f"{seconds} {says}#MID"}
            message = self.world.compose(fan, fields)
        elif event < 0.75:
            fields = {"MsgType": "event", "Event": "unheard", "EventKey": f"{seconds} says #MID"}
            message = self.world.compose(fan, fields)
        elif event < 0.8:
            fields = {"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_MID"}
            message = self.world.compose(fan, fields)
        else:
            message = self.world.compose(fan, {"MsgType": "image", "MediaId": "m", "PicUrl": ""})
        message.may_notice = self.setting.weather.lost > 0 and random.random() < 0.1
        return message

    def _texts(self, seconds: float) -> list[tuple[str | None, float]]:
        random = self.random
        ending = random.choice(("ends", "ends", "ends", "ends", "raise", "raise", "hang"))
        gap = random.choice((0.01, 0.3, 1.5, 4.0, 7.0))
        silence = random.choice((0.0, 4.0, 20.0, 29.0))
        return [
            ("quick #MID", 45),
            (f"slow {seconds} #MID", 30),
            (f"none {seconds} #MID", 3),
            (f"fail {seconds} #MID", 4),
            ("hang #MID", 1),
            (f"picture {seconds} #MID", 4),
            (f"long {seconds} #MID", 3),
            (f"brim {seconds} #MID", 3),
            (f"stream {random.randint(1, 9)} {gap} {ending} #MID", 10),
            (f"tale {random.randint(1, 5)} {random.choice(PAUSES)} {silence} #MID", 10),
            ("plain #MID", 3),
            (f"pieces {random.randint(1, 9)} #MID", 2),
            (f"count {seconds} #MID", 8),
            (f"once {seconds} #MID", 3),
            ("survey #MID", 5),
            ("继续", 8),
            ("?", 2),
            ("取消", 1),
            (None, 8),
        ]

    # Weather

    def _weather(self) -> Iterator[object]:
        weather = self.setting.weather
        if weather.kill:
            yield self._deaths(weather.kill)
        if weather.cut:
            yield self._cuts(weather.cut)
        if weather.steps:
            yield self._steps(weather.steps)

    async def _deaths(self, mean: float) -> None:
        world, random = self.world, self.random
        while True:
            await asyncio.sleep(random.expovariate(1 / mean))
            if not world.up:
                continue
            process = random.choice(world.up)
            if random.random() < 0.7:
                process.kill()
            else:
                await process.stop()
            await asyncio.sleep(random.choice((0.0, 0.5, 3.0, 30.0)) * random.random())
            await world.launch()

    async def _cuts(self, mean: float) -> None:
        random = self.random
        while True:
            await asyncio.sleep(random.expovariate(1 / mean))
            seconds = random.choice((0.1, 1.0, 5.0, 20.0, 60.0)) * random.random()
            whole = random.random() < 0.5
            for process in self.world.processes:
                if process.up and (whole or random.random() < 0.5):
                    process.cut(seconds)

    async def _steps(self, mean: float) -> None:
        while True:
            await asyncio.sleep(self.random.expovariate(1 / mean))
            self.world.clock.skew += self.random.choice((-3600.0, -60.0, 60.0, 3600.0))

    # The end

    async def _calm(self) -> None:
        """Fair weather from now on, and a process that serves."""
        world = self.world
        world.setting = replace(self.setting, weather=Weather())
        cut_until = max((process.way.cut_until for process in world.up), default=0.0)
        await asyncio.sleep(max(0.0, cut_until - world.loop.time()))
        for process in world.processes:
            process.way.breaks = 0.0
        if not world.up:
            await world.launch()

    async def _rest(self) -> None:
        """Until no message is unfinished and no send on its way."""
        until = self.world.loop.time() + PATIENCE
        while self._busy() and self.world.loop.time() < until:  # noqa: ASYNC110  # time jumps
            await asyncio.sleep(5.0)

    def _busy(self) -> bool:
        return any(
            job.state in ("waiting", "running", "sending") or job.owner for job in self.jobs()
        )

    async def _fetch(self, fan: str) -> None:
        """The follower writes until nothing waits any more."""
        for number in range(ROUNDS):
            if not any(job.openid == fan and job.state == "ready" for job in self.jobs()):
                break
            text = "继续" if number % 2 and self.random.random() < 0.5 else "quick #MID"
            fields = {"MsgType": "text", "Content": text}
            message = self.world.compose(fan, fields, word=text == "继续")
            await self.world.deliver(message)
            await asyncio.sleep(6.5)
        if self.world.history.told_of_more(fan):
            fields = {"MsgType": "text", "Content": "继续"}
            await self.world.deliver(self.world.compose(fan, fields, word=True))

    def jobs(self) -> tuple[Stored, ...]:
        return self.shared.all_jobs()


@contextmanager
def store(sqlite: bool, loop: JumpingLoop, clock: LoopClock) -> Iterator[Shared]:
    if not sqlite:
        yield in_memory(loop, clock)
        return
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as at:
        shared = in_file(loop, clock, f"{at}/soak.db")
        try:
            yield shared
        finally:
            shared.data.close()


def play(seed: int) -> Verdict:
    """Run one episode and judge it."""
    loop = CountedLoop()
    clock = LoopClock(loop)
    asyncio.set_event_loop(loop)
    try:
        with store(draw(Random(seed)).sqlite, loop, clock) as shared:
            episode = Episode(seed, loop, shared, clock)
            complaints = episode.world.history.complaints
            with promise.listening(loop, complaints), observed():
                loop.run_until_complete(episode.run())
                _wind_up(loop)
                gc.collect() if seed % 50 == 0 else None
            violations = promise.check(episode.world, episode.setting, episode.jobs())
            return Verdict(seed, episode.setting, episode.world.history, violations)
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def _wind_up(loop: JumpingLoop) -> None:
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))


def several(first: int, step: int, pushes: int, seconds: float) -> tuple[int, int, list[Verdict]]:
    """Episodes of the seeds first, first + step, …: pushes made, episodes, and the bad ones."""
    deadline = time.monotonic() + seconds
    made = episodes = 0
    bad: list[Verdict] = []
    seed, tell_at = first, time.monotonic() + PROGRESS
    while made < pushes and time.monotonic() < deadline and len(bad) < 5:
        verdict = play(seed)
        made += verdict.pushes
        episodes += 1
        if time.monotonic() >= tell_at:
            print(f"seeds {first} + {step}·n: {made:,} of {pushes:,} pushes", flush=True)
            tell_at += PROGRESS
        if verdict.violations:
            bad.append(verdict)
            print(
                "bad",
                seed,
                verdict.setting.weather,
                *verdict.violations[:3],
                sep="\n   ",
                flush=True,
            )
        seed += step
    return made, episodes, bad


def tell(verdict: Verdict) -> None:
    """Print an episode's whole story."""
    history = verdict.history
    lines: list[tuple[float, str]] = []
    for message in history.messages.values():
        lines.append((message.at, f"{message.fan} says {message.mid}: {message.content}"))
        for push in message.pushes:
            lines.append((push.at, f"  push of {message.mid} at P{push.process}"))
            end = push.at + push.seconds
            lines.append((end, f"  push of {message.mid} at P{push.process} got {push.got}"))
    for runs in history.runs.values():
        for run in runs:
            lines.append((run.began, f"    run of {run.mid} at P{run.process}"))
            if run.ended is not None:
                lines.append((run.ended, f"    run of {run.mid} at P{run.process} {run.how}"))
    for mid_key, finishes in history.events.finishes.items():
        mid = history.by_key[mid_key].mid
        for it in finishes:
            what = f"finish of {mid} at P{it.process}: {it.state} {len(it.parts)} parts"
            lines.append((it.at, f"    {what}"))
    lines += [(s.at, f"SEEN by {s.fan} ({s.by}): {s.text[:70]!r}") for s in history.seen]
    lines += [(d.at, f"P{d.process} {d.kind}") for d in history.deaths]
    lines += [(a, f"P{p} cut off until {b:.2f}") for p, a, b in history.cuts]
    for at, line in sorted(lines):
        print(f"{at:10.3f} {line}")
    print(verdict.setting)
    print(f"seed {verdict.seed} digest {verdict.digest} pushes {verdict.pushes}")
    for violation in verdict.violations:
        print("VIOLATION", violation)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pushes", type=int, default=20_000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--first", type=int, help="the first seed; without it a fresh one")
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args(arguments)
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets must be the same again
        os.environ["PYTHONHASHSEED"] = "0"
        os.execv(sys.executable, [sys.executable, __file__, *sys.argv[1:]])  # noqa: S606  # ourselves
    if options.seed is not None:
        verdict = play(options.seed)
        tell(verdict)
        return bool(verdict.violations)
    first = secrets.randbelow(10**9) if options.first is None else options.first
    return spread(first, options) if options.processes > 1 else alone(first, options)


def alone(first: int, options: argparse.Namespace) -> int:
    begun = time.monotonic()
    made, episodes, bad = several(first, options.step, options.pushes, options.seconds)
    rate = made / (time.monotonic() - begun)
    print(
        f"seeds {first} + {options.step}·n: {episodes} episodes, {made} pushes, "
        f"{rate:.0f} pushes/s, {len(bad)} with violations",
        flush=True,
    )
    for verdict in bad:
        for violation in verdict.violations[:5]:
            print(f"  --seed {verdict.seed}: {violation}", flush=True)
    return bool(bad) or made < options.pushes


def spread(first: int, options: argparse.Namespace) -> int:
    """The same in several processes."""
    count = options.processes
    workers = [
        subprocess.Popen(
            [
                sys.executable,
                __file__,
                "--first",
                str(first + place),
                "--step",
                str(count),
                "--pushes",
                str(-(-options.pushes // count)),
                "--seconds",
                str(options.seconds),
            ]
        )
        for place in range(count)
    ]
    return max(worker.wait() for worker in workers)


if __name__ == "__main__":
    sys.exit(main())
