"""What a message may cost in operations, held by benchmarks/calls.py: no figure grows unseen.

A figure that falls is entered here, so that it does not rise again.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# The slow ones wait: what is done once a second falls into them, more of it on a busy machine.
MOST = {
    "quick text": {"calls": 199, "moves": 115, "store": 3, "tasks": 1.2},
    "slow answer, by the next message": {"calls": 630, "moves": 330, "store": 6.5, "tasks": 2.5},
    "slow answer, by customer service": {"calls": 540, "moves": 290, "store": 6.5, "tasks": 2.5},
}


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/calls.py"), "--json"],
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("case", MOST)
def test_one_message_costs_no_more_operations_than_this(
    measured: dict[str, dict[str, float]], case: str
) -> None:
    found = {name: measured[case][name] for name in MOST[case]}
    over = {name: value for name, value in found.items() if value > MOST[case][name]}
    assert over == {}, found
