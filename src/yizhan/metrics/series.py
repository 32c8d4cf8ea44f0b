"""Every series of `/metrics`: its name, what it counts, its labels, its buckets."""

from collections.abc import Mapping
from typing import Literal, get_args

from msgspec import Struct

from yizhan.errors import Reason

Kind = Literal["counter", "gauge", "histogram"]

MICRO = 1_000_000  # sums of seconds are kept as whole microseconds

# Upper bounds of time against WeChat's five seconds and the three pushes of a message.
AGAINST_FIVE = (
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    4.5,
    5.0,
    10.0,
    15.0,
    30.0,
    60.0,
    300.0,
)
OF_COMMITS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Series(Struct, frozen=True):
    """One series. `cells` is how many numbers there are of it for each value of its labels.

    `file` tells that each process keeps it in its file, else it is worked out when it is asked
    for. Of a gauge in files, those of living processes are added up, or with `least` the least is
    taken. `values` of its label are always told of, be it as 0.
    """

    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    least: bool = False
    file: bool = True
    values: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """The numbers of a histogram are its buckets, what exceeds them, and the sum."""
        return len(self.buckets) + 2 if self.buckets else 1


def _counter(name: str, text: str, *labels: str, values: tuple[str, ...] = ()) -> Series:
    return Series(f"yizhan_{name}_total", "counter", text, labels, values=values)


def _gauge(name: str, text: str, *labels: str) -> Series:
    return Series(f"yizhan_{name}", "gauge", text, labels)


def _asked(name: str, text: str, *labels: str) -> Series:
    return Series(f"yizhan_{name}", "gauge", text, labels, file=False)


PUSHES = _counter("pushes", "Pushes let in, by kind of message and outcome.", "kind", "outcome")
REFUSALS = _counter("refusals", "Requests refused, by reason.", "reason", values=get_args(Reason))
REPEATS = _counter("repeats", "Pushes whose message was known already.")
HANDLER = Series(
    "yizhan_handler_seconds",
    "histogram",
    "Time that handlers took.",
    (),
    AGAINST_FIVE,
)
ANSWER = Series(
    "yizhan_answer_seconds",
    "histogram",
    "Time from the first push of a message until its answer went out, by way.",
    ("way",),
    AGAINST_FIVE,
    values=("inline", "custom"),
)
LATE = _counter(
    "late_answers",
    "Messages whose answer their own pushes did not carry, by way.",
    "way",
    values=("push", "custom"),
)
SENDS = _counter(
    "sends",
    "Customer-service messages, by outcome.",
    "outcome",
    values=("sent", "refused", "unknown"),
)
CALLS = _counter("api_calls", "Calls of WeChat's API, by path and errcode.", "path", "errcode")
COMMIT = Series(
    "yizhan_store_commit_seconds",
    "histogram",
    "Time that commits of the store took.",
    (),
    OF_COMMITS,
)
CONFLICTS = _counter("store_conflicts", "Commits that were made again since others came first.")
HANDLER_ERRORS = _counter("handler_errors", "Handlers that raised or took too long.")
ABANDONED = _counter("abandoned_handlers", "Handlers that did not end when they were cancelled.")
THROTTLED = _counter("throttled", "Messages answered by a throttle in place of a handler.")
UNHEARD = _counter("unheard", "Messages that no handler takes.")
DIVERGED = _counter("diverged_dialogs", "Dialogs that no longer fit their handler.")
LISTED = _counter("listed", "Messages given up and listed.")
RECOVERED = _counter("recovered", "Messages taken over from a process that died.")
LOST_LEASES = _counter("lost_leases", "Messages that another process took over from this one.")
LOST = _counter("lost_connections", "Responses that reached nobody: WeChat had hung up.")
FAULTS = _counter("faults", "Faults of Yizhan's own.")
DEATHS = _counter("worker_deaths", "Processes that ended without having stopped in good order.")
IN_FLIGHT = _gauge("in_flight", "Messages in hand of the processes.")
BUSY = _gauge("threads_busy", "Threads that call a plain function.")
WAITING = _gauge("threads_waiting", "Plain functions that wait for a thread.")
ABANDONED_THREADS = _gauge("threads_abandoned", "Threads of handlers that were given up.")
TOKEN_AGE = _asked("token_age_seconds", "Age of the access token in use.")
QUOTA = Series(
    "yizhan_api_quota_left",
    "gauge",
    "Calls that WeChat still allowed today when it was asked last, by path.",
    ("path",),
    least=True,
)
WORKERS = _gauge("workers", "Processes that serve this account here, by version.", "version")
JOBS = _asked("jobs", "Messages in the store, by state.", "state")
OLDEST = _asked("oldest_waiting_seconds", "Age of the oldest message not yet answered; 0 for none.")
STORE_UP = _asked("store_up", "Whether the store could be asked.")

# Of whom nobody knows which account they wanted: told as REFUSALS of the account "-".
STRANGE = Series("strange", "counter", "", ("reason",))

# Of the last minutes, for `yizhan status`: the number of the minute, of its messages, and of those
# of the minute before.
MINUTE = Series("minute", "gauge", "")
THIS_MINUTE = Series("this_minute", "gauge", "")
LAST_MINUTE = Series("last_minute", "gauge", "")
HIDDEN = (MINUTE, THIS_MINUTE, LAST_MINUTE)
LAST_DEATH = Series("last_death", "gauge", "")  # when it was found: seconds since 1970

ALL = (
    PUSHES,
    REFUSALS,
    REPEATS,
    HANDLER,
    ANSWER,
    LATE,
    SENDS,
    CALLS,
    COMMIT,
    CONFLICTS,
    HANDLER_ERRORS,
    ABANDONED,
    THROTTLED,
    UNHEARD,
    DIVERGED,
    LISTED,
    RECOVERED,
    LOST_LEASES,
    LOST,
    FAULTS,
    DEATHS,
    IN_FLIGHT,
    BUSY,
    WAITING,
    ABANDONED_THREADS,
    TOKEN_AGE,
    QUOTA,
    WORKERS,
    JOBS,
    OLDEST,
    STORE_UP,
)
BY_NAME: Mapping[str, Series] = {it.name: it for it in (*ALL, *HIDDEN, STRANGE)}
