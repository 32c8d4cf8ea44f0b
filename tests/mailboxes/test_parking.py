"""A mailbox comes back whole from its document and its rows, whatever commits have done to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from yizhan.store.mailbox import Job, Mailbox, dump, load
from yizhan.store.parking import NEAR, joined, moved, near, parked_name


def job(seq: int, note: str = "") -> Job:
    return Job(f"k{seq}", seq, 1.0, 1.0, "boot", "A", note=note)


def mailbox(*seqs: int) -> Mailbox:
    return Mailbox(jobs=tuple(job(seq) for seq in seqs))


class Kept:
    """The document and the rows of one follower, as a store keeps them."""

    def __init__(self) -> None:
        self.box = Mailbox()
        self.document = dump(self.box)
        self.rows: dict[str, bytes] = {"session": b"{}"}

    def commit(self, box: Mailbox) -> int:
        """How many rows it takes."""
        rows = moved(self.box, box)
        for name, value in rows.items():
            if value is None:
                del self.rows[name]
            else:
                assert self.rows.get(name) != value
                self.rows[name] = value
        self.box, self.document = box, dump(near(box))
        return len(rows)

    def back(self) -> Mailbox:
        rows = dict(self.rows)
        box = joined(load(self.document), rows)
        assert rows == {"session": b"{}"}
        return box


jobs = st.builds(job, st.integers(1, 20), st.sampled_from(["", "x"]))
mailboxes = st.builds(
    lambda found: Mailbox(jobs=tuple(sorted(found, key=lambda it: it.seq))),
    st.lists(jobs, max_size=14, unique_by=lambda it: it.seq),
)


@given(st.lists(mailboxes, max_size=6))
def test_it_comes_back_as_it_was_committed(boxes: list[Mailbox]) -> None:
    kept = Kept()
    for box in boxes:
        kept.commit(box)
        assert kept.back() == box
        assert len(kept.rows) == 1 + max(0, len(box.jobs) - NEAR)


LONG = tuple(range(1, 101))


@pytest.mark.parametrize(
    "before, after, count",
    [
        ((), (1,), 0),
        (LONG[:NEAR], LONG[1:NEAR], 0),
        (LONG, (*LONG, 101), 1),  # one has come
        (LONG, LONG[1:], 1),  # one has moved up
        (LONG, (*LONG[1:], 101), 2),
        (LONG, (*LONG[:50], *LONG[51:]), 1),
        (LONG, (), len(LONG) - NEAR),
    ],
)
def test_no_row_but_those_of_messages_that_came_or_moved(
    before: tuple[int, ...], after: tuple[int, ...], count: int
) -> None:
    kept = Kept()
    kept.commit(mailbox(*before))
    assert kept.commit(mailbox(*after)) == count


def test_one_that_changes_where_it_is_takes_one_row() -> None:
    kept = Kept()
    kept.commit(mailbox(*LONG))
    box = kept.box
    assert kept.commit(box.with_job(replace(box.jobs[50], arrivals=2))) == 1
    assert kept.rows[parked_name(51)] != b""
