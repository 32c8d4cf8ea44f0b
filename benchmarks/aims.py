"""What the engine was to reach, and whether a run has reached it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from measured import Rows

FULL = "SQLite FULL"
SAFE = "SQLite FULL, safe"
TO_BARE = {
    "memory": 0.60,
    FULL: 0.35,
    f"{FULL}, 64 connections": 0.38,
    SAFE: 0.28,
    f"{SAFE}, 64 connections": 0.30,
    "Redis everysec": 0.30,
    "PostgreSQL": 0.20,
}
TO_WECHATPY = {FULL: 4.0, SAFE: 4.0}
TWO_WORKERS = {f"{FULL}, 2 workers": FULL, f"{SAFE}, 2 workers": SAFE}
DEARER = 1.15  # what a message may cost with two workers, to what it costs with one
COUNTS = {"calls": 110, "moves": 45}
QUICK = "quick text"


class Say(Protocol):
    """A phrase in the language of the page."""

    def __call__(self, *names: str, **values: object) -> str: ...


Cells = list[str]


def aims(figures: Mapping[str, dict], say: Say) -> Iterator[Cells]:
    """Each aim, what was wanted, what was measured, and whether that meets it."""
    rows = Rows(figures["hotpath"]["rows"])
    for wanted, base_of in ((TO_BARE, rows.base_of), (TO_WECHATPY, rows.peer_of)):
        for name, least in wanted.items():
            yield ratio_aim(rows, name, least, base_of, say)
    for name, one in TWO_WORKERS.items():
        yield two_workers_aim(rows, name, one, say)
    for name, most in COUNTS.items():
        found = figures["calls"][QUICK][name]
        aim = say("count", name=say("names", name))
        yield [aim, f"≤ {most}", f"{found:.0f}", verdict(found <= most, say)]
    for line in figures["flat"]["lines"]:
        aim = say(f"flat_{line['unit']}", case=say("cases", line["case"]))
        most, ratio = line["most"], line["ratio"]
        yield [aim, f"≤ {most:.2f}", f"{ratio:.2f}", verdict(ratio <= most, say)]
    yield held_aim(figures["flat"]["held"], say)


def ratio_aim(
    rows: Rows, name: str, least: float, base_of: Callable[[str], str | None], say: Say
) -> Cells:
    base = base_of(name) if name in rows else None
    wanted = f"≥ {least:.2f}"
    if base is None:
        return [f"`{name}`", wanted, "–", say("unmeasured")]
    ratio = rows.ratio(name, base)
    met = min(ratio.speed, ratio.cpu) >= least
    aim = say("to_bare", row=f"`{name}`", base=base)
    found = say("ratios", speed=ratio.speed, cpu=ratio.cpu)
    return [aim, wanted, found, verdict(met, say)]


def two_workers_aim(rows: Rows, name: str, one: str, say: Say) -> Cells:
    aim = say("two_workers", row=f"`{name}`")
    wanted = f"≤ {DEARER:.2f}"
    if name not in rows or one not in rows:
        return [aim, wanted, "–", say("unmeasured")]
    ratio = rows.ratio(name, one)
    dearer = 1 / ratio.cpu
    found = say("two_workers_ratios", cpu=dearer, speed=ratio.speed)
    return [aim, wanted, found, verdict(dearer <= DEARER, say)]


def held_aim(held: dict, say: Say) -> Cells:
    met = held["much"] <= held["most"] and held["answered"] == held["connections"]
    found = say("held_measured", **held)
    return [say("held", **held), say("held_wanted", **held), found, verdict(met, say)]


def verdict(met: bool, say: Say) -> str:
    return say("yes") if met else say("no")
