"""The counters in Prometheus's text form."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yizhan.server.checks import Reply

if TYPE_CHECKING:
    from yizhan.account import Account

CONTENT_TYPE = (b"content-type", b"text/plain; version=0.0.4; charset=utf-8")


def exposition(accounts: "Iterable[Account]") -> Reply:
    """Every counter and gauge of these accounts; what has not started has none."""
    lines = [
        "# HELP yizhan_events_total What has happened, by kind.",
        "# TYPE yizhan_events_total counter",
        "# HELP yizhan_gauge What is so now, by kind.",
        "# TYPE yizhan_gauge gauge",
    ]
    for account in accounts:
        lines += _of(account)
    return Reply(200, ("\n".join(lines) + "\n").encode(), (CONTENT_TYPE,))


def _of(account: "Account") -> Iterator[str]:
    inbox = account.inbox
    if inbox is None:
        return
    label = account.settings.label
    for name, count in sorted(inbox.counters.items()):
        yield f'yizhan_events_total{{account="{label}",kind="{name}"}} {count}'
    gauges = {
        "in_flight": len(inbox.runs),
        "threads_busy": inbox.threads.busy,
        "threads_waiting": inbox.threads.waiting,
        "threads_abandoned": inbox.threads.abandoned,
    }
    for name, value in gauges.items():
        yield f'yizhan_gauge{{account="{label}",kind="{name}"}} {value}'
