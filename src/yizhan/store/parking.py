"""Where the messages in hand lie: the first few in the document, each later one in a row.

So one that waits behind hundreds of others costs a row of its own, once when it comes and once
when it moves up, and not a document of them all with each commit.
"""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from yizhan.store.mailbox import Job, Mailbox

NEAR = 4  # messages in the document
PREFIX = "job:"
NOTHING: Mapping[str, bytes | None] = {}

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Job).decode


def near(box: Mailbox) -> Mailbox:
    """The mailbox as its document holds it."""
    return box if len(box.jobs) <= NEAR else replace(box, jobs=box.jobs[:NEAR])


def moved(before: Mailbox, after: Mailbox) -> Mapping[str, bytes | None]:
    """What becomes of the rows by a commit: new contents, None to delete."""
    if len(before.jobs) <= NEAR and len(after.jobs) <= NEAR:
        return NOTHING
    were, are = before.jobs[NEAR:], after.jobs[NEAR:]
    gone = _count_before(were, are[0].seq) if are else len(were)
    same = len(were) - gone
    if were[gone:] == are[:same]:  # as ever: some have moved up, and some have come
        were, are = were[:gone], are[same:]
    rows: dict[str, bytes | None] = {parked_name(job.seq): None for job in were}
    known = {job.seq: job for job in were}
    for job in are:
        if known.get(job.seq) == job:
            del rows[parked_name(job.seq)]
        else:
            rows[parked_name(job.seq)] = _encode(job)
    return rows


def _count_before(jobs: Sequence[Job], seq: int) -> int:
    count = 0
    for job in jobs:
        if job.seq >= seq:
            break
        count += 1
    return count


def joined(box: Mailbox, rows: dict[str, bytes]) -> Mailbox:
    """The whole mailbox; its messages' rows are taken out of `rows`."""
    if len(box.jobs) < NEAR:
        return box
    names = [name for name in rows if name.startswith(PREFIX)]
    jobs = sorted((parked(rows.pop(name)) for name in names), key=lambda job: job.seq)
    return replace(box, jobs=(*box.jobs, *jobs)) if jobs else box


def parked(row: bytes) -> Job:
    """The message in hand that a row holds."""
    return _decode(row)


def parked_name(seq: int) -> str:
    """The name of the row for the message of that number."""
    return f"{PREFIX}{seq}"
