"""Where stores lie when no setting says where."""

import re
import sqlite3
from contextlib import closing

import pytest

from yizhan import place
from yizhan.clock import SystemClock
from yizhan.mark import Identity, dumped
from yizhan.store.opening import connect

BOT = Identity(token="tokenOfTheBot2026")
OTHER = Identity(token="tokenOfAnother2026")
NEW_TOKEN = Identity(token="newTokenOfTheBot", token_previous=BOT.token)
LATER = Identity(token="newTokenOfTheBot")
APPID = Identity(appid="wx1", token=BOT.token)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(place, "data_folder", lambda: tmp_path)
    return tmp_path


def keep(path, identity=None):
    """A store's file with that mark."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        if identity is not None:
            connection.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, account BLOB)")
            connection.execute("INSERT INTO mark VALUES (1, ?)", (dumped(identity.mark),))
    return path


class TestProduction:
    def test_an_appid_is_the_name(self, folder):
        assert place.production(APPID) == folder / "wx1.db"

    def test_without_one_the_token_s_digest_keeps_accounts_apart(self, folder):
        ours, others = place.production(BOT), place.production(OTHER)
        assert ours != others
        assert re.fullmatch(r"default-[0-9a-f]{8}\.db", ours.name)
        assert place.production(BOT) == ours

    def test_a_name_stands_before_the_digest(self):
        named = place.production(Identity(name="shop", token=BOT.token))
        assert re.fullmatch(r"shop-[0-9a-f]{8}\.db", named.name)

    def test_a_new_token_leaves_the_store_where_it_is(self):
        before = keep(place.production(BOT), BOT)
        assert place.production(NEW_TOKEN) == before

    def test_so_it_is_when_the_previous_token_is_told_no_more(self):
        before = keep(place.production(BOT), NEW_TOKEN)
        assert place.production(LATER) == before

    def test_an_appid_that_comes_later_leaves_it_too(self):
        before = keep(place.production(BOT), BOT)
        assert place.production(APPID) == before
        before.unlink()
        keep(before, APPID)
        assert place.production(APPID) == before

    def test_one_named_by_the_appid_goes_first(self, folder):
        keep(place.production(BOT), BOT)
        named = keep(folder / "wx1.db")
        assert place.production(APPID) == named

    @pytest.mark.parametrize("mark", [None, OTHER])
    def test_another_s_store_is_not_taken_for_it(self, folder, mark):
        keep(folder / "default-00000000.db", mark)
        (folder / "default-11111111.db").write_text("this is no database, though it is named so")
        assert place.production(BOT).name not in ("default-00000000.db", "default-11111111.db")


class TestUnmarked:
    def test_it_is_the_file_that_accounts_once_shared(self, folder):
        assert place.unmarked(BOT) is None
        old = keep(folder / "default.db")
        assert place.unmarked(BOT) == place.unmarked(APPID) == old

    def test_one_with_a_mark_is_somebody_s(self, folder):
        keep(folder / "default.db", BOT)
        assert place.unmarked(BOT) is None


class TestDevelopment:
    def test_it_lies_apart_named_by_label_and_project(self, folder):
        project = place.project_of("wx1", folder / "bot")
        assert re.fullmatch(r"wx1-[0-9a-f]{8}", project)
        assert place.development(project) == folder / "dev" / f"{project}.db"

    def test_projects_and_labels_are_kept_apart(self, folder):
        made = {
            place.project_of("wx1", folder / "a"),
            place.project_of("wx1", folder / "b"),
            place.project_of("wx2", folder / "a"),
        }
        assert len(made) == 3

    def test_a_project_is_the_same_however_its_path_is_written(self, folder):
        (folder / "a").mkdir()
        (folder / "link").symlink_to(folder / "a")
        assert place.project_of("x", folder / "link") == place.project_of("x", folder / "a")
        assert place.project_of("x", folder / "a" / ".." / "a") == place.project_of(
            "x", folder / "a"
        )


class TestToken:
    """A bot under development has a Token of its project's, if it has none of its own."""

    def test_it_stays_the_same_and_only_its_owner_reads_it(self, folder):
        assert place.dev_token(folder / "a") is None
        token = place.dev_token(folder / "a", make=True)
        assert re.fullmatch(r"[0-9a-f]{24}", token)
        assert place.dev_token(folder / "a") == place.dev_token(folder / "a", make=True) == token
        [file] = (folder / "dev").iterdir()
        assert file.stat().st_mode & 0o777 == 0o600

    def test_each_project_has_its_own(self, folder):
        tokens = {place.dev_token(folder / name, make=True) for name in "ab"}
        assert len(tokens) == 2

    def test_one_that_was_broken_off_is_made_anew(self, folder):
        place.dev_token(folder / "a", make=True)
        [file] = (folder / "dev").iterdir()
        file.write_text("")
        assert len(place.dev_token(folder / "a", make=True)) == 24


@pytest.mark.parametrize("name", ["plain", "驿站", "100% of it?", "a#b"])
def test_an_address_leads_to_its_file(folder, name):
    path = folder / f"{name}.db"
    assert place.file_of(place.url_of(path)) == path
    store = connect(place.url_of(path), account="x", owner="A", clock=SystemClock())
    assert store.path == path


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("sqlite:////data/x.db", "sqlite:////data/x.db"),
        ("redis://:s3cret@host:6379/0", "redis://host:6379/0"),
        ("redis+sentinel://bot:s3cret@one:1,two:2/shop", "redis+sentinel://one:1,two:2/shop"),
        ("redis://host/0?password=s3cret", "redis://host/0"),
        ("redis://:s3c@ret@host:99999/0", "redis://host:99999/0"),
        ("unix://:s3cret@/run/redis.sock?db=1", "unix:///run/redis.sock"),
        ("redis://:s3c?ret@host:6379/0", "redis://…"),
        ("REDIS://:s3cret@host:6379/0", "redis://host:6379/0"),
        ("Redis+Sentinel://bot:s3cret@one:1/shop", "redis+sentinel://one:1/shop"),
        ("mongodb://bot:s3cret@host/db", "mongodb://host/db"),
        ("postgres://bot:s3cret@host:5432/db", "postgres://host:5432/db"),
        ("postgresql://host/db?password=s3cret&schema=shop", "postgresql://host/db?schema=shop"),
        ("postgres://bot:s3c@ret@host/db?schema=shop", "postgres://host/db?schema=shop"),
    ],
)
def test_an_address_is_shown_without_its_password(url, seen):
    assert place.shown(url) == seen
