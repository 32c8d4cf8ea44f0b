"""The promise over 20,000 pushes of a world that goes wrong; `make soak` makes a million."""

# ruff: noqa: T201  # the numbers it prints are its result

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from scenarios.scale import fresh_seed, scaled
from soak.model import play
from yizhan.inbox.run import Run
from yizhan.inbox.work import Work
from yizhan.store import Arrival, Claimed
from yizhan.store.rules import Tables, claim

MODEL = Path(__file__).with_name("model.py")
PUSHES = scaled(20_000, 1_000_000)
SECONDS = scaled(600, 3000)  # only a hang takes so long, on however busy a machine
PROCESSES = max(2, os.cpu_count() or 1)


def run(
    *arguments: object, seconds: float = 60.0, shown: bool = False
) -> subprocess.CompletedProcess[str]:
    """What the model's program says; when it is shown, to whoever watches."""
    command = [sys.executable, str(MODEL), *map(str, arguments)]
    environ = os.environ | {"PYTHONHASHSEED": "0"}
    return subprocess.run(
        command, env=environ, capture_output=not shown, text=True, timeout=seconds, check=False
    )


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 60)
def test_the_promise_holds_whatever_goes_wrong() -> None:
    """A red `make test` is never luck: its seeds are fixed. Those of `make soak` are fresh."""
    first = scaled(1, fresh_seed())
    print(
        f"\n{PUSHES:,} pushes, seeds from {first}; one again: {MODEL.name} --seed SEED", flush=True
    )
    played = run(
        *("--first", first, "--pushes", PUSHES),
        *("--processes", PROCESSES, "--seconds", SECONDS),
        seconds=SECONDS + 50,
        shown=True,
    )
    assert played.returncode == 0


def test_an_episode_is_the_same_each_time() -> None:
    """A seed that failed can be looked at again."""
    stories = {run("--seed", 3).stdout for _ in range(2)}
    assert len(stories) == 1
    assert "seed 3 digest" in stories.pop()


def found(seeds: int = 3) -> str:
    """What the judge says of some episodes; he is judged by faults that are put in."""
    return "\n".join(broken for seed in range(seeds) for broken in play(seed).violations)


def first_found(pushes: int = 20_000) -> str:
    """What the judge says of the first episode that breaks the promise, within so many pushes."""
    made = seed = 0
    broken: list[str] = []
    while made < pushes and not broken:
        verdict = play(seed)
        made, seed, broken = made + verdict.pushes, seed + 1, verdict.violations
    return "\n".join(broken)


def test_the_judge_sees_an_answer_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhan.store.record.Record.append", lambda *_: None)
    assert "was lost" in found()


def test_the_model_finds_a_mark_that_is_read_after_the_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a generator says during a commit was once marked as said, and lost with its process."""

    async def keep_late(work: Work, run: Run, _: bytes) -> None:
        assert run.stream is not None
        await keep_mark(work, run, run.stream.mark)

    keep_mark = Work._keep_mark
    monkeypatch.setattr(Work, "_keep_mark", keep_late)
    assert "was lost" in first_found()


def test_the_judge_sees_a_piece_said_again_though_it_was_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = count()
    different = property(lambda _: f"0 {next(numbers)}".encode())
    monkeypatch.setattr("yizhan.inbox.handling.Stream.mark", different)
    assert "seen twice" in first_found()


def test_the_judge_sees_an_answer_shown_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhan.store.rules.settle", lambda *_: None)
    assert "seen twice" in found(1)


def test_the_judge_sees_a_handler_run_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a store that does not know a push again while its handler runs elsewhere."""

    def forgetful(tables: Tables, arrival: Arrival) -> Claimed:
        known = tables.record(arrival.key)
        if known is not None and known.open:
            known.owner = arrival.owner
            tables.save(known)
        return claim(tables, arrival)

    monkeypatch.setattr("soak.stores.rules.claim", forgetful)
    assert "its owner lives" in found()


def test_the_judge_sees_a_part_sent_before_the_reply_has_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yizhan.inbox.delivery.pause", lambda now, written: 0.0)
    assert "was sent just after a reply" in found()


def test_the_judge_sees_an_account_that_is_refused_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yizhan.inbox.permission.may_try", lambda now, tried: True)
    assert any("and sent again" in broken for broken in play(9).violations)


def test_the_judge_sees_a_promise_of_more_that_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhan.inbox.work.is_owed", lambda **_: False)
    monkeypatch.setattr("yizhan.store.rules._is_promised", lambda *_: False)
    assert "was taken for a question" in found(8)
