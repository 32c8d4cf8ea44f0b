"""Recordings, as `yizhan run --record` keeps them: of what happens here, and done again here."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from yizhan.errors import Refused
from yizhan.recording import Exchange, line_of
from yizhan.simulator import actions, importing
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.record import Attempt, PushRecord
from yizhan.simulator.tape import Line

SCANNED = "qrscene_"  # before the scene of whoever follows by a QR code


def exchange_of(push: PushRecord, attempt: Attempt) -> Exchange | None:
    """A delivery that has ended; None for what a recording cannot hold: it never arrived, or is
    no message."""
    if attempt.ended is None or attempt.end in ("dropped", "refused"):
        return None
    answer = attempt.response
    made = Exchange(
        at=attempt.began,
        path=urlsplit(attempt.url).path,
        mode=push.mode,
        push=push.body.decode("utf-8", "replace"),
        reply=None if answer is None else answer.plain.decode("utf-8", "replace"),
        status=attempt.status or 200,
        took=round(attempt.ended - attempt.began, 3),
    )
    try:
        return made if made.fields.get("FromUserName") else None
    except Refused:
        return None


def recorded(pushes: Iterable[PushRecord]) -> bytes:
    """The recording of these pushes, in the order of their deliveries."""
    found = (exchange_of(push, attempt) for push in pushes for attempt in push.attempts)
    kept = sorted(filter(None, found), key=lambda exchange: exchange.at)
    return b"".join(map(line_of, kept))


def keep(path: Path, push: PushRecord, attempt: Attempt) -> None:
    """Add a delivery to the recording in that file."""
    if (exchange := exchange_of(push, attempt)) is None:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write(line_of(exchange))


def done(exchanges: Iterable[Exchange]) -> Iterator[Line]:
    """What was done in a recording, as a follower here does it again."""
    for line in importing.lines(exchanges):
        if line.do is not None:
            yield Line(line.at, do=_own(line.do))


def _own(action: AnyAction) -> AnyAction:
    """What a follower does themselves, where its event tells: only so do they come and go."""
    if not isinstance(action, actions.Happen):
        return action
    key = str(action.fields.get("EventKey") or "")
    match action.name:
        case "subscribe":
            return actions.Follow(key.removeprefix(SCANNED))
        case "unsubscribe":
            return actions.Unfollow()
        case "SCAN":
            return actions.Scan(key)
    return action
