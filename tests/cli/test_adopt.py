"""yizhan store adopt, and what `--dev` chooses."""

import asyncio
import io
import sys
from pathlib import Path

import pytest

from mailboxes.filled import fill, fill_earlier
from wechat import TOKEN
from yizhan import place
from yizhan.clock import SystemClock
from yizhan.mark import Identity
from yizhan.store.marking import settle
from yizhan.store.opening import connect

OURS, OTHER = "gh_a1b2c3d4e5f6", "gh_other"


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setattr(place, "data_folder", lambda: folder)
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def own():
    return place.production(Identity(token=TOKEN))


def filled(path, jobs, fill=fill, **how):
    path.parent.mkdir(exist_ok=True)
    asyncio.run(fill(path, jobs, **how))
    return path


@pytest.fixture(params=[fill_earlier, fill], ids=["version 1", "version 2"])
def old(request, data):
    """Fills the old default file, in either format."""

    def old(jobs, **how):
        return filled(data / "default.db", jobs, request.param, **how)

    return old


def marked(path, identity):
    async def mark():
        store = connect(place.url_of(path), account="", owner="A", clock=SystemClock())
        await store.open()
        await settle(store, identity, "serve", url="")
        await store.close()

    asyncio.run(mark())


class TestOldFile:
    def test_what_waits_in_it_is_told_and_brought_over(self, yizhan, old, own):
        path = old({"a1": OURS, "run1": OURS})
        code, out, err = yizhan("jobs")
        assert (code, out) == (0, "")
        assert f"{path}, the default store of earlier versions" in err
        code, out, err = yizhan("store", "adopt", "--yes")
        assert (code, err) == (0, "")
        assert f"messages moved over from {path}: 2" in out
        code, out, err = yizhan("jobs", "--json")
        assert (code, err) == (0, "")
        assert "answer to a1" in out
        assert place.mark_in(own) == Identity(token=TOKEN).mark

    def test_it_asks_first_and_tells_whose_it_is(self, yizhan, old, monkeypatch):
        path = old({"a1": OURS, "a2": OURS})
        monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
        code, out, _ = yizhan("store", "adopt")
        assert code == 130
        assert str(path) in out
        assert f"messages by ToUserName: {OURS} (2); 2 of them are waiting" in out
        assert yizhan("jobs")[1] == ""

    def test_of_several_accounts_one_has_to_be_said(self, yizhan, old):
        old({"a1": OURS, "b1": OTHER})
        code, _, err = yizhan("store", "adopt", "--yes")
        assert code == 2
        assert f"there are messages to several accounts ({OURS}, {OTHER})" in err
        code, out, _ = yizhan("store", "adopt", "--yes", "--original-id", OURS)
        assert code == 0
        assert "moved over from" in out
        jobs = yizhan("jobs", "--json")[1]
        assert "answer to a1" in jobs
        assert "answer to b1" not in jobs

    def test_the_setting_says_it_as_well(self, yizhan, old, monkeypatch):
        monkeypatch.setenv("YIZHAN_ORIGINAL_ID", OTHER)
        old({"a1": OURS, "b1": OTHER})
        assert yizhan("store", "adopt", "--yes")[0] == 0
        jobs = yizhan("jobs", "--json")[1]
        assert ("answer to a1" in jobs, "answer to b1" in jobs) == (False, True)

    def test_one_in_use_is_left_alone(self, yizhan, old):
        old({"a1": OURS}, leave=False)
        code, _, err = yizhan("store", "adopt", "--yes")
        assert code == 2
        assert "a process uses" in err
        assert yizhan("jobs")[1] == ""

    def test_with_nothing_to_settle_it_says_so(self, yizhan, own):
        marked(own, Identity(token=TOKEN))
        code, out, _ = yizhan("store", "adopt")
        assert code == 0
        assert out.endswith("it is this account's already, and there is nothing to move over\n")


class TestEarlierFile:
    """The account's own file, of version 1: a start brings it over, and nothing else does."""

    @pytest.mark.parametrize(
        "verb",
        [
            ["jobs"],
            ["jobs", "show", "a1"],
            ["store", "stats"],
            ["store", "adopt", "--yes"],
            ["users", "forget", "o-a", "--yes"],
        ],
        ids=" ".join,
    )
    def test_every_verb_says_what_to_do_and_changes_nothing(self, yizhan, own, verb):
        filled(own, {"a1": OURS}, fill_earlier)
        before = own.read_bytes()
        code, out, err = yizhan(*verb)
        assert (code, out) == (2, "")
        said = "was written by an earlier version: start the server once with yizhan run"
        assert err.count("\n") == 1
        assert f"{own} {said}" in err
        assert own.read_bytes() == before

    def test_there_is_nothing_to_migrate(self, yizhan, own):
        filled(own, {"a1": OURS}, fill_earlier)
        code, out, err = yizhan("store", "migrate")
        assert (code, err) == (0, "")
        assert "is brought over by the next yizhan run" in out


class TestStoreOfAnother:
    def test_it_is_refused_to_every_verb_until_it_is_adopted(self, yizhan, tmp_path, monkeypatch):
        shared = filled(tmp_path / "shared.db", {"a1": OURS})
        marked(shared, Identity(appid="wx1"))
        monkeypatch.setenv("YIZHAN_STORE", place.url_of(shared))
        for verb in (["jobs"], ["store", "stats"], ["users", "forget", "oFan", "--yes"]):
            code, out, err = yizhan(*verb)
            assert (code, out) == (2, "")
            assert "belongs to another account (the account wx1; this one is an account" in err
        code, out, _ = yizhan("store", "adopt", "--yes")
        assert code == 0
        assert "belongs to: the account wx1" in out
        assert "answer to a1" in yizhan("jobs", "--json")[1]

    def test_messages_to_others_are_listed_as_dead(self, yizhan, tmp_path, monkeypatch):
        shared = filled(tmp_path / "shared.db", {"a1": OURS, "b1": OTHER, "run1": OTHER})
        monkeypatch.setenv("YIZHAN_STORE", place.url_of(shared))
        code, out, _ = yizhan("store", "adopt", "--yes", "--original-id", OURS)
        assert code == 0
        assert "messages to other accounts, now listed as dead: 2" in out
        dead = yizhan("jobs", "--state", "dead", "--json")[1]
        assert dead.count(f"sent to another account, {OTHER}") == 2

    def test_one_that_nobody_owns_may_be_looked_at(self, yizhan, tmp_path, monkeypatch):
        shared = filled(tmp_path / "shared.db", {"a1": OURS, "b1": OTHER})
        monkeypatch.setenv("YIZHAN_STORE", place.url_of(shared))
        assert yizhan("jobs", "--json")[1].count("answer to") == 2
        assert place.mark_in(shared) is None

    def test_one_in_use_is_not_taken_away(self, yizhan, tmp_path, monkeypatch):
        shared = filled(tmp_path / "shared.db", {"a1": OURS}, leave=False)
        monkeypatch.setenv("YIZHAN_STORE", place.url_of(shared))
        code, _, err = yizhan("store", "adopt", "--yes")
        assert (code, place.mark_in(shared)) == (2, None)
        assert "a process uses" in err


class TestDev:
    @pytest.fixture
    def developed(self, tmp_path):
        project = place.project_of("default", tmp_path)
        path = filled(place.development(project), {"dev1": OURS})
        marked(path, Identity(project=project))
        return path

    def test_it_is_the_store_of_this_project(self, yizhan, own, developed):
        filled(own, {"a1": OURS})
        code, out, err = yizhan("jobs", "--dev", "--json")
        assert (code, err) == (0, "")
        assert ("answer to dev1" in out, "answer to a1" in out) == (True, False)
        assert "ready" in yizhan("store", "--dev", "stats")[1]
        assert "(1 messages)" in yizhan("users", "--dev", "forget", "o-dev", "--yes")[1]
        assert yizhan("jobs", "--dev")[1] == ""
        assert "answer to a1" in yizhan("jobs", "--json")[1]

    def test_verbs_of_a_group_take_it_from_the_group(self, yizhan, developed):
        assert "answer to dev1" in yizhan("jobs", "--dev", "show", "dev1")[1]

    def test_what_store_says_does_not_count(self, yizhan, developed, monkeypatch):
        monkeypatch.setenv("YIZHAN_STORE", "redis://127.0.0.1:1/0")
        assert "answer to dev1" in yizhan("jobs", "--dev", "--json")[1]

    def test_a_weak_token_passes_as_under_yizhan_dev(self, yizhan, developed, monkeypatch):
        monkeypatch.setenv("YIZHAN_TOKEN", "weixin")
        assert yizhan("jobs", "--dev")[0] == 0

    def test_before_the_first_yizhan_dev_it_says_so(self, yizhan, tmp_path, data):
        code, _, err = yizhan("jobs", "--dev")
        assert code == 2
        assert f"the project in {tmp_path} has no development store" in err
        assert not (data / "dev").exists()

    def test_users_export_does_not_have_it(self, yizhan, developed):
        code, _, err = yizhan("users", "--dev", "export")
        assert code == 2
        assert "leave --dev out" in err

    def test_production_is_refused_a_store_of_development(self, yizhan, developed, monkeypatch):
        monkeypatch.setenv("YIZHAN_STORE", place.url_of(Path(developed)))
        code, _, err = yizhan("jobs")
        assert code == 2
        assert "belongs to another account (yizhan dev in the project default-" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["jobs", "--help"], ["--dev", "yizhan jobs --dev"]),
        (["users", "--help"], ["--dev", "yizhan users --dev forget"]),
        (["store", "--help"], ["--dev", "yizhan store adopt", "yizhan store migrate"]),
        (["store", "adopt", "--help"], ["--original-id gh_…", "yizhan store --account shop adopt"]),
        (["store", "migrate", "--help"], ["--yes", "yizhan store --account shop migrate"]),
        (["dev", "--help"], ["yizhan jobs --dev"]),
    ],
)
def test_help_tells_of_it_with_examples(yizhan, arguments, told):
    out = yizhan(*arguments)[1]
    assert [word for word in told if word not in out] == []
