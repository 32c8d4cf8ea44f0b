"""What a person does to jobs, and what time does: the rules beside the way of a message."""

from yizhan.store.contract import FINAL, LISTED, UNREAD, Follower, State
from yizhan.store.record import RELEASED, Record
from yizhan.store.tables import BATCH, Tables

READY: tuple[State, ...] = ("ready",)
FEW = 100  # followers who may always be forgotten in one round
SHARE = 100  # of more than so many times as many, one in so many


def change_mark(tables: Tables, before: bytes | None, after: bytes) -> bool:
    if tables.mark() != before:
        return False
    tables.put_mark(after)
    return True


def retry(tables: Tables, key: str) -> bool:
    record = tables.record(key)
    if record is None or record.state not in LISTED:
        return False
    if record.open:
        record.state = "running"
    elif record.slots:
        record.state = "ready"
    else:
        record.open, record.state, record.owner = True, "waiting", RELEASED
    record.attempts, record.note = 1, ""
    record.conclude("delivered", tables.wall())
    tables.save(record)
    return True


def give_up(tables: Tables, key: str, note: str) -> bool:
    record = tables.record(key)
    if record is None or record.state in (*FINAL, *LISTED):
        return False
    if record.state == "sending":
        record.end_send(0)
    record.close("dead")
    record.note = note
    record.conclude("delivered", tables.wall())
    tables.save(record)
    return True


def drop(tables: Tables, key: str) -> bool:
    record = tables.record(key)
    if record is None or record.state not in ("ready", *LISTED):
        return False
    tables.delete(record)
    return True


def forget_before(tables: Tables, record: Record) -> None:
    """Erase what is kept of the follower from before this job, but not the job."""
    for other in tables.of(record.openid):
        if other.seq < record.seq:
            tables.delete(other)
    windows = tables.follower(record.openid).windows
    since = {name: it for name, it in windows.items() if it.opened > record.created}
    tables.erase(record.openid)
    if since:
        tables.keep(record.openid, Follower(windows=since))


def forget(tables: Tables, openid: str, *, until: str | None = None) -> int:
    records = tables.of(openid)
    if until is None:
        tables.erase(openid)
    else:
        last = next((record.seq for record in records if record.key == until), 0)
        records = [record for record in records if record.seq <= last]
    for record in records:
        tables.delete(record)
    return len(records)


def most_at_once(tables: Tables) -> int:
    """How many followers may be deleted, and how many answers listed, in one round."""
    return max(FEW, tables.count_followers() // SHARE)


def delete_final(tables: Tables, before: float) -> int:
    records = tables.rested(FINAL, before)
    for record in records:
        tables.delete(record)
    return len(records)


def delete_unread(tables: Tables, before: float) -> int:
    """Nobody can tell who wrote an unread push, so it is kept no longer than a final job."""
    records = [it for it in tables.of(UNREAD) if it.state in LISTED and it.updated < before]
    for record in records:
        tables.delete(record)
    return len(records)


def list_uncollected(tables: Tables, before: float, most: int) -> int:
    records = tables.rested(READY, before, min(BATCH, most))
    for record in records:
        record.close("uncollected")
        record.conclude("delivered", tables.wall())
        tables.save(record)
    return len(records)


def drop_idle(tables: Tables, before: float, most: int) -> int:
    return tables.drop_idle(before, min(BATCH, most))
