"""The contract's rules, written once over the tables of memory and of SQLite."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import UNSET
from msgspec.structs import replace

from yizhan.store.contract import (
    LISTED,
    PICKUP,
    UNFINISHED,
    Arrival,
    Claimed,
    Follower,
    Job,
    Outcome,
    Part,
    Route,
    Shown,
    Taken,
    Window,
)
from yizhan.store.offer import offer
from yizhan.store.record import CUSTOM, RELEASED, Record
from yizhan.store.tables import Tables
from yizhan.store.upkeep import forget_before


def claim(tables: Tables, arrival: Arrival) -> Claimed:
    if arrival.binding is not None and not tables.bind(arrival.binding, arrival.at):
        return Claimed("reused")
    others = tables.live(arrival.openid)
    follower = tables.follower(arrival.openid)
    record = tables.add(_draft(tables, arrival, others, follower), arrival.message)
    new = record.arrivals == 1
    if new:
        tables.touch(arrival.owner)
        if arrival.window:
            follower = _open_window(follower, arrival.window, arrival.at)
            tables.keep(arrival.openid, follower)
    return Claimed(
        "new" if new else "again",
        state=record.state,
        mine=record.owner == arrival.owner,
        turn=not _blocked(record, others),
        arrivals=record.arrivals,
        elapsed=_elapsed(tables, record, arrival.at),
        waiting=sum(other.waiting() for other in others),
        unfinished=sum(other.open for other in others if other.key != record.key),
        reply=record.reply,
        pickup=record.note == PICKUP,
        follower=follower,
    )


def _draft(
    tables: Tables, arrival: Arrival, others: Sequence[Record], follower: Follower
) -> Record:
    fetches = arrival.pickup and _is_promised(follower.shown, others)
    blocked = arrival.ordered and any(other.open and other.ordered for other in others)
    return Record(
        key=arrival.key,
        openid=arrival.openid,
        ordered=arrival.ordered,
        created=arrival.at,
        first=tables.now(),
        boot=tables.boot,
        state="waiting" if blocked else "running",
        owner=arrival.owner,
        updated=arrival.at,
        note=PICKUP if fetches else "",
    )


def _is_promised(shown: Shown, others: Sequence[Record]) -> bool:
    """Whether the follower was told of answers to fetch: of more, or of one that is to come."""
    return shown == "more" or (bool(shown) and any(it.open or it.waiting() for it in others))


def _open_window(follower: Follower, name: str, at: float) -> Follower:
    return replace(follower, windows={**follower.windows, name: Window(at)})


def _elapsed(tables: Tables, record: Record, at: float) -> float:
    if record.boot == tables.boot:
        return max(0.0, tables.now() - record.first)
    return max(0.0, at - record.created)


def _blocked(record: Record, others: Sequence[Record]) -> bool:
    return record.ordered and any(
        other.open and other.ordered and other.seq < record.seq for other in others
    )


def due(tables: Tables, keys: Collection[str]) -> frozenset[str]:
    records = [record for key in keys if (record := tables.record(key)) is not None]
    live = {openid: tables.live(openid) for openid in {record.openid for record in records}}
    return frozenset(it.key for it in records if not _blocked(it, live[it.openid]))


def turn(tables: Tables, key: str, owner: str) -> Follower | None:
    record = tables.record(key)
    if record is None or record.owner != owner or record.state not in UNFINISHED:
        return None
    if _blocked(record, tables.live(record.openid)):
        return None
    if record.state == "waiting":
        record.state = "running"
        record.change(tables.wall())
        tables.save(record)
    return tables.follower(record.openid)


def finish(tables: Tables, key: str, owner: str, outcome: Outcome) -> Taken | None:
    record = _running(tables, key, owner)
    if record is None:
        return None
    record.append(outcome.parts)
    record.note = outcome.note
    if outcome.route == "custom":
        record.give_to_owner(tables.now())
    record.open = outcome.state == "running"
    if record.state in UNFINISHED:
        record.state = outcome.state
    if outcome.state == "dead":
        record.close("dead")
    taken, held = _reserved(tables, record, owner) if outcome.reserve else (Taken(), [])
    record.conclude("replied", tables.wall())
    for changed in (record, *(other for other in held if other is not record)):
        tables.save(changed)
    if outcome.forget:
        forget_before(tables, record)
    else:
        _remember(tables, record.openid, outcome)
    return taken


def _reserved(tables: Tables, record: Record, owner: str) -> tuple[Taken, list[Record]]:
    """What the push of this job, which has just been answered, may carry."""
    if record.reply is not None:
        return Taken(reply=record.reply), []
    live = [record if it.key == record.key else it for it in tables.live(record.openid)]
    taken, held = offer(tables, record.key, owner, live)
    if taken == Taken() and not record.open:
        record.reply = b""
    return taken, held


def _running(tables: Tables, key: str, owner: str) -> Record | None:
    """The job, when its handler runs and is this owner's."""
    record = tables.record(key)
    if record is None or record.owner != owner or not record.open:
        return None
    return record


def _remember(tables: Tables, openid: str, outcome: Outcome) -> None:
    if outcome.session is UNSET and outcome.dialog is UNSET:
        return
    follower = tables.follower(openid)
    if outcome.session is not UNSET:
        follower = replace(follower, session=outcome.session)
    if outcome.dialog is not UNSET:
        follower = replace(follower, dialog=outcome.dialog)
    tables.keep(openid, follower)


def take(
    tables: Tables,
    key: str,
    openid: str,
    owner: str,
    *,
    otherwise: bytes | None = None,
    shown: Shown = "",
    overtake: bool = False,
) -> Taken:
    record = tables.record(key)
    if record is not None and record.reply is not None:
        return Taken(reply=record.reply)
    taken, held = offer(tables, key, owner, tables.live(openid), overtake=overtake)
    for changed in held:
        tables.save(changed)
    if record is not None and otherwise is not None and taken == Taken():
        record.reply = otherwise
        tables.save(record)
        if otherwise:
            _show(tables, openid, shown)
    return taken


def _show(tables: Tables, openid: str, shown: Shown) -> None:
    follower = tables.follower(openid)
    if follower.shown != shown:
        tables.keep(openid, replace(follower, shown=shown))


def release(tables: Tables, key: str, owner: str, *, unsaid: bool = False) -> None:
    record = tables.record(key)
    if record is None:
        return
    changed = {held.key: held for held in tables.live(record.openid) if held.free(key, owner)}
    if unsaid and record.reply is not None:
        changed.setdefault(key, record).reply = None
    for it in changed.values():
        tables.save(it)


def settle(
    tables: Tables,
    key: str,
    openid: str,
    reply: bytes,
    carried: Sequence[Part],
    shown: Shown,
    *,
    cut: Part | None = None,
) -> None:
    for record in _concerned(tables, key, openid, carried):
        record.deliver({part.index for part in carried if part.key == record.key})
        if cut is not None and cut.key == record.key:
            record.cut(cut.index, cut.body)
        record.free(key)
        if record.key == key:
            record.reply = reply
        record.conclude("replied" if record.key == key else "delivered", tables.wall())
        tables.save(record)
    _show(tables, openid, shown)


def _concerned(tables: Tables, key: str, openid: str, carried: Sequence[Part]) -> Iterator[Record]:
    """The push's own job, those it carried parts of and those with parts reserved for it."""
    wanted = dict.fromkeys((key, *(part.key for part in carried)))
    for record in tables.live(openid):
        if record.key in wanted or any(record.held(key)):
            wanted.pop(record.key, None)
            yield record
    for other in wanted:
        if (found := tables.record(other)) is not None:
            yield found


def owed(tables: Tables, openid: str) -> tuple[str, ...]:
    live = tables.live(openid)
    return tuple(record.key for record in live if record.slots and record.state not in LISTED)


def reroute(tables: Tables, key: str, owner: str) -> tuple[Part, ...]:
    record = tables.record(key)
    if record is None or not _may_reroute(record, owner):
        return ()
    if not record.give_to_owner(tables.now()):
        return ()
    record.owner = owner
    record.conclude("delivered", tables.wall())
    tables.save(record)
    tables.touch(owner)
    return tuple(record.held(CUSTOM))


def _may_reroute(record: Record, owner: str) -> bool:
    if record.state == "ready":
        return record.route == "push" or record.owner == owner
    return record.state in UNFINISHED and record.owner == owner


def send(
    tables: Tables,
    key: str,
    owner: str,
    count: int,
    quota: Mapping[str, tuple[float, int]],
    at: float,
) -> str | None:
    record = tables.record(key)
    if record is None or record.owner != owner or record.state not in ("ready", *UNFINISHED):
        return None
    follower = tables.follower(record.openid)
    name = _cheapest(follower, quota, at)
    if name is None or not record.begin_send(count):
        return None
    record.change(tables.wall())
    tables.save(record)
    window = follower.windows[name]
    charged = {**follower.windows, name: Window(window.opened, window.used + 1)}
    tables.keep(record.openid, replace(follower, windows=charged))
    return name


def _cheapest(follower: Follower, quota: Mapping[str, tuple[float, int]], at: float) -> str | None:
    """The open window with messages left that closes first."""
    closing = [
        (window.opened + quota[name][0], name)
        for name, window in follower.windows.items()
        if name in quota and window.used < quota[name][1]
    ]
    return min((pair for pair in closing if at < pair[0]), default=(0.0, None))[1]


def sent(
    tables: Tables,
    key: str,
    owner: str,
    count: int,
    *,
    cut: Part | None = None,
    shown: Shown = "",
) -> None:
    record = tables.record(key)
    if record is None or record.owner != owner or record.state != "sending":
        return
    record.end_send(count)
    if cut is not None:
        record.cut(cut.index, cut.body)
    record.conclude("delivered", tables.wall())
    tables.save(record)
    _show(tables, record.openid, shown)


def unsent(
    tables: Tables,
    key: str,
    owner: str,
    state: Literal["ready", "unknown"],
    route: Route,
    note: str,
) -> None:
    record = tables.record(key)
    if record is None or record.owner != owner or record.state in LISTED:
        return
    if record.state == "sending":
        record.end_send(0)
    if state == "unknown":
        record.state = "unknown"
    if state == "unknown" or route == "push":
        record.give_back()
    record.note = note
    record.conclude("delivered", tables.wall())
    tables.save(record)


def renew(tables: Tables, owner: str) -> frozenset[str]:
    tables.touch(owner)
    return frozenset(record.key for record in tables.owned(owner))


def recover(tables: Tables, owner: str, lease: float, tries: int, limit: int) -> tuple[Job, ...]:
    tables.touch(owner)
    taken: list[str] = []
    for record, idle in tables.lapsed(lease):
        if len(taken) == limit:
            break
        if _rests(record, idle, lease, tries):
            continue
        if _take_over(record, owner, tries):
            taken.append(record.key)
        record.conclude("delivered", tables.wall())
        tables.save(record)
    return tables.look(taken)


def _rests(record: Record, idle: float, lease: float, tries: int) -> bool:
    """Whether the next attempt is to be put off."""
    if record.state != "running" or record.owner == RELEASED or record.attempts >= tries:
        return False
    return idle < lease * record.attempts


def _take_over(record: Record, owner: str, tries: int) -> bool:
    """Give the job to this owner, or end it where nobody may go on."""
    if record.state == "sending":
        record.close("unknown")
        return False
    if record.state in LISTED:
        record.close(record.state)
        return False
    if record.state == "running" and record.owner != RELEASED:
        if record.attempts >= tries:
            record.close("dead")
            return False
        record.attempts += 1
    record.owner = owner
    return True


def leave(tables: Tables, owner: str) -> None:
    for record in tables.owned(owner):
        record.owner = RELEASED
        tables.save(record)
    tables.dismiss(owner)


def step(tables: Tables, key: str, owner: str, name: str, value: bytes) -> bool:
    if _running(tables, key, owner) is None:
        return False
    tables.keep_step(key, name, value)
    return True
