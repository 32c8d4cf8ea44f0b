"""The promise over 10,000 pushes of a world that goes wrong; `make soak` makes a million."""

# ruff: noqa: T201  # the numbers it prints are its result

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from scenarios.scale import fresh_seed, scaled
from soak.data import MemoryData
from soak.model import play
from soak.stores import DistantStore, Line, Told, Wished
from yizhan.inbox.calling import HANDED_OUT
from yizhan.inbox.rules import Acceptance, Arrival, Finished, RunResult, accept, finish
from yizhan.inbox.run import Run
from yizhan.inbox.runs import Runs
from yizhan.replies import Reply
from yizhan.store.applying import Commit, Found, Lease, Loaded
from yizhan.store.mailbox import Change, View

MODEL = Path(__file__).with_name("model.py")
PUSHES = scaled(10_000, 1_000_000)
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


def finds(fault: str, first: int = 0, pushes: int = 20_000) -> bool:
    """Whether the judge says this of an episode, within so many pushes.

    The judge himself is judged by faults that are put in. `first` is a seed that has shown this
    one; those after it are played until one shows it.
    """
    made, seed = 0, first
    while made < pushes:
        verdict = play(seed)
        if any(fault in broken for broken in verdict.violations):
            return True
        made, seed = made + verdict.pushes, seed + 1
    return False


def test_the_judge_sees_an_answer_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(view: View, key: str, owner: str, outcome: RunResult) -> Change[Finished | None]:
        return finish(view, key, owner, replace(outcome, bodies=()))

    monkeypatch.setattr("yizhan.inbox.rules.finish", careless)
    assert finds("was lost")


def test_the_model_finds_a_mark_that_is_read_at_the_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a generator says until then would be marked as said, and lost with its process."""
    runs: dict[str, Run] = {}

    def noted(theirs: Runs, run: Run, replies: Sequence[Reply], mark: bytes) -> object:
        runs[run.key] = run
        return publish(theirs, run, replies, mark)

    def late(view: View, key: str, owner: str, outcome: RunResult) -> Change[Finished | None]:
        if HANDED_OUT in outcome.steps:
            stream = runs[key].stream
            assert stream is not None
            outcome = replace(outcome, steps={HANDED_OUT: stream.mark})
        return finish(view, key, owner, outcome)

    publish = Runs.publish
    monkeypatch.setattr(Runs, "publish", noted)
    monkeypatch.setattr("yizhan.inbox.rules.finish", late)
    assert finds("was lost", first=41)


def test_the_judge_sees_a_piece_said_again_though_it_was_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = count()
    different = property(lambda _: f"0 {next(numbers)}".encode())
    monkeypatch.setattr("yizhan.inbox.pieces.Pieces.mark", different)
    assert finds("seen twice")


def test_the_judge_sees_an_answer_shown_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhan.inbox.carrying.confirm", lambda *_, **__: Change(None))
    assert finds("seen twice")


def test_the_judge_sees_a_handler_run_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a store that does not know a push again while its handler runs elsewhere."""

    def forgetful(view: View, arrival: Arrival) -> Change[Acceptance]:
        job = view.box.job(arrival.key)
        if job is not None and job.open:
            box = view.box.with_job(replace(job, owner=arrival.owner))
            view = replace(view, box=box)
        return accept(view, arrival)

    monkeypatch.setattr("yizhan.inbox.rules.accept", forgetful)
    assert finds("its owner lives")


def test_the_judge_sees_a_part_sent_before_the_reply_has_arrived(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in ("sending", "process"):
        monkeypatch.setattr(f"yizhan.inbox.{place}.pause", lambda now, written: 0.0)
    assert finds("was sent just after a reply", first=46)


def test_the_judge_sees_an_account_that_is_refused_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("yizhan.inbox.permission.may_try", lambda now, tried: True)
    assert finds("and sent again", first=28)


def test_the_judge_sees_a_promise_of_more_that_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhan.inbox.rules.is_owed", lambda **_: False)
    monkeypatch.setattr("yizhan.inbox.rules.is_promised", lambda *_: False)
    assert finds("was taken for a question", first=19)


def test_the_model_finds_a_store_that_writes_over_what_another_has_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its commit goes by what was there when the rule was applied, not by what is."""

    def blind(data: MemoryData, commit: Commit, found: Found, guards: Sequence[Lease]) -> bool:
        return commits(
            data, replace(commit, expect=data.load(commit.openid).version), found, guards
        )

    commits = MemoryData.commits
    monkeypatch.setattr(MemoryData, "commits", blind)
    assert finds("was lost", first=21)


def test_the_model_finds_a_commit_that_is_made_twice_when_its_answer_was_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgetful(
        store: DistantStore, line: Line, loaded: Loaded, wishes: Sequence[Wished], told: Told
    ) -> list[Wished]:
        return list(wishes)

    monkeypatch.setattr(DistantStore, "_unknown", forgetful)
    assert finds("seen twice", first=46)
