"""When a worker that died is started again, and what the server's exit status is.

Pure: the supervisor asks, with the time and with what it knows of its workers.
"""

import signal
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

FIRST = 0.5  # seconds before a worker is started again
LONGEST = 30.0  # the pause doubles with each death, up to this
STEADY = 30.0  # seconds of serving after which a death counts as the first again
SILENCE = 30.0  # seconds without a sign of life after which a worker that served is killed
NEVER_SERVED = 3  # exit status
GOOD_ENDS = (0, -signal.SIGTERM, -signal.SIGINT)  # of a worker that was told to stop


class Place(Struct, frozen=True):
    """The place of one worker: whether one runs there, and when the next one is due."""

    running: bool = False
    deaths: int = 0  # in a row
    due: float = 0.0


def pause(deaths: int) -> float:
    """Seconds before the next start, after that many deaths in a row."""
    return min(FIRST * 2.0 ** min(deaths - 1, 10), LONGEST)


def begun(place: Place) -> Place:
    """The place once a worker was started there."""
    return replace(place, running=True)


def died(place: Place, now: float, served: float) -> Place:
    """The place once its worker died, which had served for so many seconds."""
    deaths = 1 if served >= STEADY else place.deaths + 1
    return Place(running=False, deaths=deaths, due=now + pause(deaths))


def startable(places: Sequence[Place], now: float, *, served: bool) -> list[int]:
    """The places where a worker is to be started; after a death only once any worker served."""
    return [
        number
        for number, place in enumerate(places)
        if not place.running and (place.deaths == 0 or (served and place.due <= now))
    ]


def next_start(places: Iterable[Place], *, served: bool) -> float | None:
    """When the next worker is due, if one is awaited."""
    due = [place.due for place in places if not place.running]
    return min(due) if due and served else None


def hopeless(places: Iterable[Place], *, served: bool) -> bool:
    """Whether every worker failed at its first start: the next ones would fail alike."""
    return not served and all(not place.running and place.deaths for place in places)


def status(ends: Iterable[int], *, served: bool, told: bool) -> int:
    """The server's exit status; `ends` are the exit codes of workers that were told to stop."""
    if not served and not told:
        return NEVER_SERVED
    return 0 if all(end in GOOD_ENDS for end in ends) else 1


def ended_by(code: int) -> str:
    """What ended a process, as multiprocessing gives its exit code: `SIGKILL`, or `exit 3`."""
    if code >= 0:
        return f"exit {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
