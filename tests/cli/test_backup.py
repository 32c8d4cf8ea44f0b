"""yizhan store backup and restore: what a person sees, and what is in the files afterwards."""

import asyncio
import http.client
import io
import itertools
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from cli.states import STATES, bring_into, using
from mailboxes.filled import fill, fill_earlier
from served import YIZHAN, serving
from terminal import on_terminal
from wechat import TOKEN, ask, push, says, text
from yizhan.cli import backup as verb
from yizhan.store import backup as files
from yizhan.store import restoring

KILLED = """
    import os, signal, sys
    from pathlib import Path
    from yizhan.store import backup, restoring

    backup.PAGES = restoring.PAGES = 1

    def told(done, total):
        if done >= total / 2:
            os.kill(os.getpid(), signal.SIGKILL)

"""
BACKING_UP = "    backup.back_up(Path(sys.argv[1]), Path(sys.argv[2]), told)\n"
RESTORING = "    restoring.replace(*map(Path, sys.argv[1:4]), told)\n"


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    """The file of the store that the settings name; not yet there."""
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return use(monkeypatch, tmp_path / "bot.db")


def use(monkeypatch, path):
    monkeypatch.setenv("YIZHAN_STORE", f"sqlite:///{path}")
    return path


@pytest.fixture
def filled(store):
    """Fills the store with one message in each of these states."""

    def filled(*states):
        async def bring(opened):
            for number, state in enumerate(states):
                await bring_into(opened, state, f"o{number}", 1_800_000_000.0 + number)
            await opened.leave()

        using(f"sqlite:///{store}", bring)
        return store

    return filled


@pytest.fixture
def jobs(yizhan):
    """The messages as `yizhan jobs` tells them, by key."""

    def jobs():
        code, out, _ = yizhan("jobs", "--json")
        assert code == 0
        return {job["key"]: job for job in map(json.loads, out.splitlines())}

    return jobs


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class TestBackup:
    def test_it_holds_what_the_store_holds_and_its_owner_alone_may_read_it(
        self, filled, yizhan, jobs, tmp_path, monkeypatch
    ):
        filled(*STATES)
        before = jobs()
        code, out, err = yizhan("store", "backup", "one.backup")
        assert (code, err) == (0, "")
        size = (tmp_path / "one.backup").stat().st_size
        assert out == f"backed up to one.backup: {len(before)} messages, {size:,} bytes\n"
        assert stat.S_IMODE((tmp_path / "one.backup").stat().st_mode) == 0o600
        use(monkeypatch, tmp_path / "one.backup")
        assert jobs() == before

    def test_it_is_one_file(self, filled, yizhan, tmp_path):
        filled("ready")
        before = set(names(tmp_path))
        yizhan("store", "backup", "one.backup")
        assert set(names(tmp_path)) - before == {"one.backup"}
        with closing(sqlite3.connect("file:one.backup?mode=ro&immutable=1", uri=True)) as opened:
            assert opened.execute("PRAGMA journal_mode").fetchone() == ("delete",)

    def test_a_file_that_is_there_stays_unless_it_is_forced(self, filled, yizhan, tmp_path):
        filled("ready")
        (tmp_path / "one.backup").write_text("mine")
        code, _, err = yizhan("store", "backup", "one.backup")
        assert code == 2
        assert "one.backup already exists" in err
        assert (tmp_path / "one.backup").read_text() == "mine"
        assert yizhan("store", "backup", "one.backup", "--force")[0] == 0
        assert files.contents_of(tmp_path / "one.backup").messages == 1

    @pytest.mark.parametrize(
        ("target", "said"),
        [
            ("bot.db", "is a file of the store itself"),
            ("bot.db-wal", "is a file of the store itself"),
            ("./folder/../bot.db", "is a file of the store itself"),
            ("link", "is a file of the store itself"),
            ("folder", "is no regular file"),
            ("pipe", "is no regular file"),
            ("none/one.backup", "there is no folder"),
        ],
    )
    def test_a_place_where_none_can_go_is_refused_even_by_force(
        self, filled, yizhan, tmp_path, target, said
    ):
        filled("ready")
        (tmp_path / "folder").mkdir()
        (tmp_path / "link").symlink_to("bot.db")
        os.mkfifo(tmp_path / "pipe")
        code, _, err = yizhan("store", "backup", target, "--force")
        assert code == 2
        assert said in err
        assert files.contents_of(tmp_path / "bot.db").messages == 1

    def test_a_store_that_is_not_there_is_not_made(self, yizhan, tmp_path, store):
        code, _, err = yizhan("store", "backup", "one.backup")
        assert (code, err) == (2, f"there is no file {store}\n")
        assert "bot.db" not in names(tmp_path)

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("redis://:hush@127.0.0.1:1/0", "redis-cli --rdb FILE"),
            ("rediss+cluster://:hush@127.0.0.1:1", "redis-cli --rdb FILE"),
            ("postgres://bot:hush@127.0.0.1:1/bot", "pg_dump"),
            ("postgresql://bot:hush@127.0.0.1:1/bot", "pg_dump"),
        ],
    )
    @pytest.mark.parametrize("verb", ["backup", "restore"])
    def test_a_server_s_store_has_a_tool_of_its_own(self, yizhan, monkeypatch, url, said, verb):
        monkeypatch.setenv("YIZHAN_STORE", url)
        code, _, err = yizhan("store", verb, "one.backup")
        assert code == 2
        assert said in err
        assert "hush" not in err

    def test_another_account_s_is_refused(self, filled, yizhan, monkeypatch, tmp_path):
        store = filled("ready")
        mark(store, "wx00000000000000aa")
        code, _, err = yizhan("store", "backup", "one.backup")
        assert code == 2
        assert "belongs to another account: the account wx00000000000000aa" in err
        assert "one.backup" not in names(tmp_path)

    def test_an_earlier_version_s_is_copied_too(self, store, yizhan, tmp_path):
        asyncio.run(fill_earlier(store, {"a1": "gh_a", "run1": "gh_a"}))
        assert "2 messages" in yizhan("store", "backup", "one.backup")[1]
        assert files.contents_of(tmp_path / "one.backup").messages == 2

    def test_commits_meanwhile_do_not_begin_it_anew(self, store, tmp_path, monkeypatch):
        many(store)
        monkeypatch.setattr(files, "PAGES", 1)
        copied = []
        with closing(sqlite3.connect(store, isolation_level=None)) as server:

            def told(done, total):
                copied.append(done)
                lease = (f"owner {len(copied)}",)
                server.execute("INSERT INTO leases VALUES (?, '', 0, 1, 0)", lease)

            files.back_up(store, tmp_path / "one.backup", told)
            [(count,)] = server.execute("SELECT COUNT(*) FROM leases").fetchall()
        assert len(copied) > 10
        assert copied == sorted({*copied})
        assert count > len(copied)
        with closing(sqlite3.connect(tmp_path / "one.backup")) as opened:
            assert opened.execute("SELECT COUNT(*) FROM leases").fetchone() == (1,)

    @pytest.mark.parametrize("end", [KeyboardInterrupt, sqlite3.OperationalError("disk is full")])
    def test_one_that_is_broken_off_leaves_no_file(
        self, filled, yizhan, monkeypatch, tmp_path, end
    ):
        filled("ready")
        before = names(tmp_path)

        def told(done, total):
            assert any(name.endswith(".part") for name in names(tmp_path))
            raise end

        monkeypatch.setattr(verb, "bytes_bar", lambda name: always(told))
        assert yizhan("store", "backup", "one.backup")[0] in (2, 130)
        assert [it for it in names(tmp_path) if not it.startswith("bot.db-")] == before

    def test_one_that_is_killed_leaves_the_former_backup_and_the_store(
        self, store, yizhan, tmp_path, jobs
    ):
        many(store)
        yizhan("store", "backup", "one.backup")
        former = (tmp_path / "one.backup").read_bytes()
        assert killed(BACKING_UP, store, tmp_path / "one.backup")
        assert (tmp_path / "one.backup").read_bytes() == former
        assert [it for it in names(tmp_path) if it.endswith(".part")]
        assert len(jobs()) == 50
        assert yizhan("store", "backup", "one.backup", "--force")[0] == 0


class TestRestore:
    @pytest.fixture
    def backed_up(self, filled, yizhan, monkeypatch, tmp_path):
        """Backs up a store with these messages; the settings then name one that is not there."""

        def backed_up(*states):
            filled(*states)
            assert yizhan("store", "backup", "one.backup")[0] == 0
            return use(monkeypatch, tmp_path / "new" / "bot.db")

        return backed_up

    def test_what_was_in_hand_is_listed_and_the_rest_is_as_it_was(
        self, backed_up, yizhan, jobs, tmp_path
    ):
        store = backed_up(*STATES)
        code, out, err = yizhan("store", "restore", "one.backup")
        assert (code, err) == (0, "")
        assert out.splitlines()[1:] == [
            f"restored to {store}",
            "unfinished or undelivered: 6, listed and not run"
            " (yizhan jobs; yizhan jobs retry KEY puts one back)",
        ]
        told = jobs()
        assert {key: (job["state"], job["waiting"]) for key, job in told.items()} == {
            "running": ("dead", []),
            "before": ("dead", []),
            "waiting": ("dead", []),
            "ready": ("uncollected", ["one", "Image"]),
            "promised": ("uncollected", ["one"]),
            "sending": ("unknown", ["one"]),
            "replied": ("replied", []),
            "asks": ("replied", []),
            "delivered": ("delivered", []),
            "unknown": ("unknown", ["one"]),
            "uncollected": ("uncollected", ["one"]),
            "dead": ("dead", []),
        }
        note = "restored from a backup: it may have been handled or answered since"
        assert [told[key]["note"] for key in ("running", "ready", "dead")] == [note, note, "why"]
        assert names(store.parent) == ["bot.db"]
        assert stat.S_IMODE(store.stat().st_mode) == 0o600
        assert stat.S_IMODE(store.parent.stat().st_mode) == 0o700

    def test_what_is_listed_may_be_put_back(self, backed_up, yizhan, jobs):
        backed_up("running", "ready")
        yizhan("store", "restore", "one.backup")
        for key in ("running", "ready"):
            assert yizhan("jobs", "retry", key)[0] == 0
        told = jobs()
        assert (told["running"]["state"], told["ready"]["waiting"]) == ("waiting", ["one", "Image"])

    def test_resumed_it_stays_in_hand(self, backed_up, yizhan, jobs):
        backed_up("running", "ready", "dead")
        out = yizhan("store", "restore", "one.backup", "--resume")[1]
        assert out.endswith("unfinished or undelivered: 2; the next start goes on with them\n")
        told = jobs()
        assert {key: (job["state"], job["attempts"]) for key, job in told.items()} == {
            "running": ("running", 1),
            "ready": ("ready", 1),
            "dead": ("dead", 1),
        }

    def test_who_served_it_then_has_left(self, store, yizhan, monkeypatch, tmp_path):
        """So the next start takes up what they had at once, and counts no try."""
        asyncio.run(fill(store, {"run1": "gh_a"}, leave=False))
        yizhan("store", "backup", "one.backup")
        store = use(monkeypatch, tmp_path / "new.db")
        assert yizhan("store", "restore", "one.backup", "--resume")[0] == 0
        with closing(sqlite3.connect(store)) as opened:
            assert {gone for (gone,) in opened.execute("SELECT gone FROM leases")} == {1}
        assert yizhan("store", "restore", "one.backup", "--resume", "--yes")[0] == 0

    def test_what_was_there_is_kept_beside_it(self, backed_up, yizhan, jobs, monkeypatch, tmp_path):
        store = backed_up("replied")
        store.parent.mkdir()
        asyncio.run(fill(store, {"a1": "gh_a", "run1": "gh_a"}))
        assert yizhan("store", "restore", "one.backup", "--yes")[0] == 0
        assert list(jobs()) == ["replied"]
        [former] = store.parent.glob("bot.db.*.former")
        assert stat.S_IMODE(former.stat().st_mode) == 0o600
        assert yizhan("store", "restore", str(former), "--yes", "--resume")[0] == 0
        assert set(jobs()) == {"a1", "run1"}

    def test_it_asks_before_it_replaces_something(self, backed_up, yizhan, jobs, monkeypatch):
        store = backed_up("replied")
        store.parent.mkdir()
        asyncio.run(fill(store, {"a1": "gh_a"}))
        monkeypatch.setattr(sys, "stdin", io.StringIO("n\n"))
        code, out, _ = yizhan("store", "restore", "one.backup")
        assert code == 130
        assert f"Replace {store}? What is in it is kept as {store}." in out
        assert list(jobs()) == ["a1"]

    def test_one_that_is_served_stays(self, backed_up, yizhan, jobs):
        store = backed_up("replied")
        store.parent.mkdir()
        asyncio.run(fill(store, {"a1": "gh_a"}, leave=False))
        code, _, err = yizhan("store", "restore", "one.backup", "--yes")
        assert code == 2
        assert err.startswith(f"a process uses {store}, or was killed a moment ago")
        assert list(jobs()) == ["a1"]

    def test_one_that_another_process_has_open_stays(self, backed_up, yizhan, jobs, monkeypatch):
        monkeypatch.setattr(restoring, "PATIENCE", 0.1)
        store = backed_up("replied")
        store.parent.mkdir()
        asyncio.run(fill(store, {"a1": "gh_a"}))
        reads = "import sqlite3, sys; a = sqlite3.connect(sys.argv[1]); print(a.execute("
        reads += "'SELECT COUNT(*) FROM boxes').fetchone(), flush=True); input()"
        with subprocess.Popen(
            [sys.executable, "-c", reads, str(store)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as reader:
            assert reader.stdout.readline() == "(1,)\n"
            code, _, err = yizhan("store", "restore", "one.backup", "--yes")
            reader.communicate("\n")
        assert (code, err) == (2, f"a process has {store} open: stop it, and try again\n")
        assert list(jobs()) == ["a1"]
        assert yizhan("store", "restore", "one.backup", "--yes")[0] == 0
        assert list(jobs()) == ["replied"]

    def test_an_earlier_version_s_is_brought_into_today_s_format(
        self, yizhan, jobs, monkeypatch, tmp_path
    ):
        asyncio.run(fill_earlier(tmp_path / "bot.db", {"a1": "gh_a", "run1": "gh_a"}, leave=False))
        yizhan("store", "backup", "one.backup")
        use(monkeypatch, tmp_path / "new.db")
        assert yizhan("store", "restore", "one.backup")[0] == 0
        assert {key: job["state"] for key, job in jobs().items()} == {
            "a1": "uncollected",
            "run1": "dead",
        }

    def test_a_copy_with_its_log_beside_it_is_read_whole(
        self, yizhan, jobs, monkeypatch, tmp_path, store
    ):
        """As `cp` makes it of a store whose process was killed."""
        asyncio.run(fill(store, {"a1": "gh_a"}))
        with closing(sqlite3.connect(store)) as opened:  # not the last one: its log stays
            opened.execute("SELECT COUNT(*) FROM boxes").fetchone()
            asyncio.run(fill(store, {"a2": "gh_a"}))
            for ending in ("", "-wal"):
                Path(f"copy{ending}").write_bytes(Path(f"{store}{ending}").read_bytes())
        use(monkeypatch, tmp_path / "new.db")
        assert yizhan("store", "restore", "copy")[0] == 0
        assert set(jobs()) == {"a1", "a2"}

    @pytest.mark.parametrize(
        ("make", "said"),
        [
            (lambda path: None, "there is no file"),
            (lambda path: path.mkdir(), "there is no file"),
            (lambda path: path.touch(), "is neither a store nor a backup of one"),
            (lambda path: path.write_text("a" * 9_000), "is neither a store nor a backup of one"),
            (lambda path: another(path), "is neither a store nor a backup of one"),
            (lambda path: newer(path), "was written by a newer Yizhan (format 3"),
            (lambda path: mark(made(path), "wx00000000000000aa"), "belongs to another account"),
            (lambda path: spoilt(path), "is damaged: "),
            (lambda path: cut(path), "is damaged: "),
            (lambda path: spoilt_bindings(path), "is damaged: "),
        ],
        ids=[
            *("none", "folder", "empty", "text", "other", "newer", "account", "spoilt", "cut"),
            "bindings",
        ],
    )
    def test_what_cannot_be_restored_changes_nothing(
        self, yizhan, jobs, tmp_path, store, make, said
    ):
        asyncio.run(fill(store, {"a1": "gh_a"}))
        make(tmp_path / "bad")
        before = jobs()
        code, _, err = yizhan("store", "restore", "bad", "--yes")
        assert code == 2
        assert said in err
        assert jobs() == before
        assert not [it for it in names(tmp_path) if it.endswith((".former", ".part"))]

    @pytest.mark.parametrize("file", ["bot.db", "link"])
    def test_the_store_itself_is_no_backup(self, filled, yizhan, jobs, tmp_path, file):
        filled("running")
        (tmp_path / "link").symlink_to("bot.db")
        code, _, err = yizhan("store", "restore", file, "--yes")
        assert code == 2
        assert "is a file of the store itself" in err
        assert jobs()["running"]["state"] == "running"

    def test_a_store_that_is_no_database_any_more_is_replaced_and_kept(
        self, backed_up, yizhan, jobs
    ):
        store = backed_up("replied")
        store.parent.mkdir()
        store.write_text("x" * 9_000)
        assert yizhan("store", "restore", "one.backup", "--yes")[0] == 0
        assert list(jobs()) == ["replied"]
        [former] = store.parent.glob("bot.db.*.former")
        assert former.read_text() == "x" * 9_000

    def test_a_damaged_store_is_replaced_and_kept(self, backed_up, yizhan, jobs):
        store = backed_up("replied")
        store.parent.mkdir()
        spoilt(store)
        assert yizhan("store", "restore", "one.backup", "--yes")[0] == 0
        assert list(jobs()) == ["replied"]
        [former] = store.parent.glob("bot.db.*.former")
        with pytest.raises(files.StoreError, match="damaged"):
            files.check(former)

    def test_one_that_is_killed_leaves_the_store_as_it_was(self, store, jobs, yizhan, tmp_path):
        many(store)
        before = jobs()
        asyncio.run(fill(tmp_path / "copy", {f"b{n}": "gh_a" for n in range(60)}))
        with closing(sqlite3.connect(tmp_path / "copy")) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
        assert killed(RESTORING, store, tmp_path / "copy", tmp_path / "former")
        assert (tmp_path / "bot.db-journal").exists()
        assert jobs() == before

    def test_what_is_opened_meanwhile_sees_what_is_new(self, store, tmp_path, monkeypatch):
        """The file is not exchanged: nobody goes on with the former one."""
        asyncio.run(fill(store, {"a1": "gh_a"}))
        asyncio.run(fill(tmp_path / "copy", {"a2": "gh_a"}))
        seen = []

        def late():
            with closing(sqlite3.connect(store, timeout=30)) as opened:
                seen.extend(opened.execute("SELECT key FROM messages").fetchall())

        reader = threading.Thread(target=late)

        def told(done, total):
            if not reader.is_alive():
                reader.start()

        restoring.replace(store, tmp_path / "copy", tmp_path / "former", told)
        reader.join(30)
        assert seen == [("a2",)]


def test_a_bar_is_shown_on_a_terminal_and_not_in_a_pipe(filled, monkeypatch, tmp_path):
    filled("ready")
    lines = on_terminal("store", "backup", "one.backup", folder=tmp_path)
    assert "one.backup" in lines.split("backed up to")[0]
    piped = subprocess.run(
        [YIZHAN, "store", "backup", "two.backup"], capture_output=True, text=True, check=True
    )
    assert (piped.stdout.count("\n"), piped.stderr) == (1, "")


def test_a_server_under_load_is_backed_up_whole_and_goes_on_elsewhere(
    tmp_path, yizhan, monkeypatch
):
    """Everything that was acknowledged before the backup began is in it."""
    folder, other = tmp_path / "one", tmp_path / "two"
    for each in (folder, other):
        each.mkdir()
        (each / "bot.py").write_text(textwrap.dedent(BOT), "utf-8")
    environ = {"YIZHAN_TOKEN": TOKEN, "YIZHAN_STORE": "sqlite:///bot.db"}
    monkeypatch.setenv("YIZHAN_STORE", "sqlite:///bot.db")
    monkeypatch.chdir(folder)
    acknowledged, stopped, backups = [], threading.Event(), {}

    def load(port, number):
        for count in itertools.count():
            if stopped.is_set():
                return
            name = f"{number}-{count}"
            assert ask(port, push(text(name, FromUserName=f"o-{number}"))).status == 200
            acknowledged.append(name)

    def hold(port):
        with suppress(OSError, http.client.HTTPException):  # it is killed meanwhile
            ask(port, push(text("hold", FromUserName="o-hold")))

    with serving(folder, environ=environ) as server:
        threading.Thread(target=hold, args=(server.port,)).start()
        server.wait_said("hold, begun")
        loads = [threading.Thread(target=load, args=(server.port, n)) for n in range(3)]
        for each in loads:
            each.start()
        try:
            for file in ("0.backup", "1.backup", "2.backup"):
                before = {*acknowledged}
                server.wait_for(lambda: len(acknowledged) > len(before) + 20)  # noqa: B023
                backups[file] = {*acknowledged}
                assert yizhan("store", "backup", str(tmp_path / file))[::2] == (0, "")
            refused = yizhan("store", "restore", str(tmp_path / "0.backup"), "--yes")
        finally:
            stopped.set()
            for each in loads:
                each.join(30)
        assert refused[0] == 2
        assert "a process uses" in refused[2]
        server.end(signal.SIGKILL)
    for file, before in backups.items():
        with closing(sqlite3.connect(tmp_path / file)) as opened:
            kept = {json.loads(row[0])["Content"] for row in opened.execute(BODIES)}
        assert before | {"hold"} <= kept
    monkeypatch.chdir(other)
    assert yizhan("store", "restore", str(tmp_path / "2.backup"))[0] == 0
    dead = map(json.loads, yizhan("jobs", "--state", "dead", "--json")[1].splitlines())
    [key] = [job["key"] for job in dead if job["openid"] == "o-hold"]
    with serving(other, environ=environ) as server:
        assert says(ask(server.port, push(text("hi", FromUserName="o-new")))) == "1: hi"
        assert "hold, handled" not in server.said()
        assert yizhan("jobs", "retry", key)[0] == 0
        server.wait_said("hold, handled")


BODIES = "SELECT body FROM messages"
BOT = """
    import asyncio, os
    from yizhan import Account

    account = Account()

    @account.text
    async def reply(message, session):
        if message.content == "hold":
            if os.path.basename(os.getcwd()) == "one":
                print("hold, begun", flush=True)
                await asyncio.sleep(300)
            print("hold, handled", flush=True)
            return "handled"
        session["count"] = session.get("count", 0) + 1
        return f"{session['count']}: {message.content}"
"""


def many(store):
    """A store of many pages."""
    asyncio.run(fill(store, {f"a{n}": "gh_a" for n in range(50)}))


def killed(what, *arguments):
    """Whether a process that kills itself in the middle of that was killed."""
    program = textwrap.dedent(KILLED) + textwrap.dedent(what)
    words = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(words, check=False).returncode == -signal.SIGKILL


def made(path):
    asyncio.run(fill(path, {"x1": "gh_a"}))
    return path


def mark(path, appid):
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("INSERT INTO mark VALUES (1, ?)", (json.dumps({"appid": appid}).encode(),))


def newer(path):
    with closing(sqlite3.connect(made(path))) as opened:
        opened.execute("PRAGMA user_version = 3")


def another(path):
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("PRAGMA user_version = 2")
        opened.execute("CREATE TABLE notes (text)")


def spoilt(path):
    """A store with nonsense in the middle."""
    many(path)
    with path.open("r+b") as file:
        for page in range(3, path.stat().st_size // 4096):
            file.seek(page * 4096)
            file.write(b"\xff" * 64)


def spoilt_bindings(path):
    """A store that is damaged where a restore itself does not look."""
    many(path)
    with closing(sqlite3.connect(path)) as opened:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'bindings'"
        [(page,)] = opened.execute(query).fetchall()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def cut(path):
    many(path)
    os.truncate(path, path.stat().st_size // 2)


@contextmanager
def always(told):
    """What stands in place of a bar."""
    yield told
