"""The judge of the scenarios sees each way in which the promise can be broken."""

from pathlib import Path

import pytest

from scenarios.crowd import NOTICE, Crowd, Push, Said
from scenarios.evidence import Evidence
from scenarios.host import TOKEN, Host, Worker
from yizhan.store.mailbox import Message, State
from yizhan.store.mailboxes.contract import Whole

OWNER, OTHER = 11, 12


class Scene:
    """One message of one follower: what became of it is said in words."""

    def __init__(self, folder: Path) -> None:
        self.host = Host(folder, "")
        self.worker = Worker(folder, {})
        self.host.workers.append(self.worker)
        self.crowd = Crowd(list, TOKEN)
        self.jobs: dict[str, Whole] = {}
        self.lines: list[str] = []
        self.log = ""
        self.said = self.crowd.said["1"] = Said("1", "oFan", "quick", 0.0)
        self.said.pushes.append(Push(0.0, 0.1, "reply"))

    def runs(self, begun: float, ended: float | None = None, by: int = OWNER) -> None:
        self.lines.append(f"begin 1 {by} {begun}")
        if ended is not None:
            self.lines.append(f"end 1 {by} {ended}")

    def dies(self, at: float) -> None:
        self.worker.died[OWNER] = at

    def sees(self, text: str = "<1>") -> None:
        self.said.answer = text
        self.crowd.sees(self.said.fan, text)

    def keeps(self, state: State) -> None:
        self.jobs["1"] = Whole(Message("a:oFan:1", "oFan", b"", 1, 0, 0, "", state=state))

    def evidence(self) -> Evidence:
        (self.host.folder / "effects").write_text("\n".join(self.lines))
        (self.host.folder / f"log-{self.worker.port}").write_text(self.log)
        return Evidence(self.host, self.crowd, self.jobs)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_all_is_well(scene: Scene) -> None:
    scene.runs(1.0, 2.0)
    scene.keeps("replied")
    scene.sees()
    found = scene.evidence()
    assert found.lost() + found.handled_twice() + found.unanswered() + found.seen_twice() == []
    assert found.unfounded_notices() == []


def test_a_message_acknowledged_and_forgotten_is_lost(scene: Scene) -> None:
    scene.sees("")
    assert scene.evidence().lost() != []


def test_so_is_one_that_no_handler_has_had(scene: Scene) -> None:
    scene.sees("")
    scene.keeps("replied")
    assert scene.evidence().lost() != []


def test_but_not_one_that_is_listed(scene: Scene) -> None:
    scene.sees("")
    scene.keeps("dead")
    assert scene.evidence().lost() == []


def test_a_second_run_beside_a_living_owner_is_one_too_many(scene: Scene) -> None:
    scene.runs(1.0, 2.0)
    scene.runs(5.0, 6.0, by=OTHER)
    assert scene.evidence().handled_twice() != []


@pytest.mark.parametrize(("died", "judged"), [(1.5, False), (2.5, False), (4.0, True), (0.5, True)])
def test_only_a_death_in_the_middle_excuses_it(scene: Scene, died: float, judged: bool) -> None:
    scene.runs(1.0, 2.0)
    scene.runs(5.0, 6.0, by=OTHER)
    scene.dies(died)
    assert bool(scene.evidence().handled_twice()) == judged


def test_or_a_lease_that_was_lost(scene: Scene) -> None:
    scene.runs(1.0, 2.0)
    scene.runs(5.0, 6.0, by=OTHER)
    scene.log = "the lease of a:oFan:1 went to another process; this one stops handling it"
    assert scene.evidence().handled_twice() == []


def test_an_answer_that_nobody_has_seen_is_missed(scene: Scene) -> None:
    scene.runs(1.0, 2.0)
    scene.keeps("replied")
    assert scene.evidence().unanswered() != []


def test_one_shown_twice_is_seen(scene: Scene) -> None:
    scene.runs(1.0, 2.0)
    scene.sees()
    scene.sees()
    assert scene.evidence().seen_twice() == ["1"]


def test_a_notice_though_the_server_lived_is_unfounded(scene: Scene) -> None:
    scene.said.pushes[:] = [Push(at, 5.0, "cut") for at in (0.0, 5.0, 10.0)]
    scene.crowd.sees("oFan", NOTICE)
    assert scene.evidence().unfounded_notices() != []
    scene.said.pushes[1].got = "refused"
    assert scene.evidence().unfounded_notices() == []
