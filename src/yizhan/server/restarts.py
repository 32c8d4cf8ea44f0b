"""When a worker that exited is started again, what becomes of a reload, and the exit status.

Pure: the supervisor asks, with the time and with what it knows of its workers.
"""

import signal
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

FIRST_DELAY = 0.5  # seconds before a worker is started again
LONGEST_DELAY = 30.0  # the delay doubles with each exit in a row, up to this
STEADY = 30.0  # seconds of serving after which an exit counts as the first again
HEARTBEAT_TIMEOUT = 30.0  # seconds without one after which a worker that served is killed
LONGEST_START = 120.0  # seconds in which the workers of a reload must serve
NEVER_SERVED = 3  # exit status
CLEAN_EXITS = (0, -signal.SIGTERM, -signal.SIGINT)  # of a worker that was told to stop


class Slot(Struct, frozen=True):
    """One worker's slot: whether a worker runs in it, and when the next start is due."""

    running: bool = False
    exits: int = 0  # in a row
    due: float = 0.0


def delay(exits: int) -> float:
    """Seconds before the next start, after that many exits in a row."""
    return min(FIRST_DELAY * 2.0 ** min(exits - 1, 10), LONGEST_DELAY)


def started(slot: Slot) -> Slot:
    """The slot after a worker was started in it."""
    return replace(slot, running=True)


def exited(slot: Slot, now: float, served: float) -> Slot:
    """The slot after its worker, which had served for so many seconds, exited."""
    exits = 1 if served >= STEADY else slot.exits + 1
    return Slot(running=False, exits=exits, due=now + delay(exits))


def startable(slots: Sequence[Slot], now: float, *, served: bool) -> list[int]:
    """The slots to start a worker in; after an exit only once any worker has served."""
    return [
        number
        for number, slot in enumerate(slots)
        if not slot.running and (slot.exits == 0 or (served and slot.due <= now))
    ]


def next_start(slots: Iterable[Slot], *, served: bool) -> float | None:
    """When the next worker is due, if one is awaited."""
    due = [slot.due for slot in slots if not slot.running]
    return min(due) if due and served else None


def all_failed(slots: Iterable[Slot], *, served: bool) -> bool:
    """Whether every worker exited at its first start: the next ones would fail alike."""
    return not served and all(not slot.running and slot.exits for slot in slots)


def reload_outcome(
    serving: Iterable[bool], exited: Iterable[bool], waited: float
) -> Literal["waits", "done", "failed"]:
    """What becomes of a reload, from whether each new worker serves, and whether it exited.

    Only when all of them serve do those of before stop; if one cannot, none takes their place.
    """
    if any(exited):
        return "failed"
    if all(serving):
        return "done"
    return "failed" if waited >= LONGEST_START else "waits"


def status(codes: Iterable[int], *, served: bool, stopped: bool) -> int:
    """The server's exit status; `codes` are those of the workers that were told to stop."""
    if not served and not stopped:
        return NEVER_SERVED
    return 0 if all(code in CLEAN_EXITS for code in codes) else 1


def exit_cause(code: int) -> str:
    """What ended a process, as multiprocessing gives its exit code: `SIGKILL`, or `exit 3`."""
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
