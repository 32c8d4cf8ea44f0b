"""The pytest plugin, in projects with and without pytest-asyncio; and the examples' own tests."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(ROOT.glob("examples/*/test_*.py"))
NEEDED = {"agent": "pydantic_ai"}  # what an example imports that not every cell of versions has
INSTALLED = any(entry.value == "yizhan.testing.plugin" for entry in entry_points(group="pytest11"))
PLUGIN = [] if INSTALLED else ["-p", "yizhan.testing.plugin"]

BOT = """
import asyncio
from yizhan import Account

account = Account()

@account.text("慢")
async def slow(message):
    await asyncio.sleep(40)
    return "让你久等了"

@account.text
async def echo(message):
    return message.content
"""
TEST = """
from bot import account

async def test_echo(wechat):
    async with wechat(account) as chat:
        assert await chat.user().says("你好") == "你好"

async def test_slow(wechat, tmp_path):
    async with wechat(account, kind="service", verified=True) as chat:
        fan = chat.user()
        assert await fan.says("慢") is None
        assert await fan.waits() == "让你久等了"
    assert tmp_path.exists()
"""
FIXTURE = """
@pytest.fixture
def anyio_backend():
    return "asyncio"

@pytest.fixture
async def chat(wechat):
    async with wechat(account) as chat:
        yield chat

async def test_a_fixture_of_its_own(chat):
    assert await chat.user().says("你好") == "你好"
"""
SCOPE = ["-o", "asyncio_default_fixture_loop_scope=function"]  # or pytest-asyncio warns
WAYS = {
    "without pytest-asyncio": ["-p", "no:asyncio"],
    "in strict mode, unmarked": ["-o", "asyncio_mode=strict", *SCOPE],
    "in auto mode": ["-o", "asyncio_mode=auto", *SCOPE],
}


def run(folder, *options):
    """Pytest as somebody else's project runs it: nothing of this one's settings."""
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("YIZHAN_", "PYTEST_", "COV"))
    }
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-c", os.devnull]
    return subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--rootdir={folder}", *PLUGIN, *options, folder],
        cwd=folder,
        env=environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.fixture
def project(tmp_path):
    (tmp_path / "bot.py").write_text(BOT, "utf-8")
    (tmp_path / "test_bot.py").write_text(TEST, "utf-8")
    return tmp_path


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS)
def test_async_tests_run_in_any_project_and_take_no_time(project, options):
    done = run(project, *options)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_with_the_mark_of_pytest_asyncio(project):
    marked = "import pytest\npytestmark = pytest.mark.asyncio\n" + TEST
    (project / "test_bot.py").write_text(marked, "utf-8")
    done = run(project, *SCOPE)
    assert "2 passed" in done.stdout, done.stdout + done.stderr


def test_with_the_mark_of_anyio(project):
    marked = "import pytest\npytestmark = pytest.mark.anyio\n" + FIXTURE + TEST
    (project / "test_bot.py").write_text(marked, "utf-8")
    done = run(project, "-p", "no:asyncio", "-p", "anyio")
    assert "3 passed" in done.stdout, done.stdout + done.stderr


def test_other_projects_notice_nothing(tmp_path):
    (tmp_path / "test_other.py").write_text(
        "import sys\n"
        "def test_nothing_was_loaded():\n"
        "    loaded = {name for name in sys.modules if name.startswith('yizhan')}\n"
        "    assert loaded == {'yizhan', 'yizhan.testing', 'yizhan.testing.plugin'}\n",
        "utf-8",
    )
    done = run(tmp_path, "-p", "no:asyncio")
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_every_example_has_tests_by_the_kit():
    folders = {path.parent for path in ROOT.glob("examples/*/bot.py")}
    assert folders == {path.parent for path in EXAMPLES}
    assert all("wechat" in path.read_text("utf-8") for path in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_pass_their_own_tests(example):
    if (needed := NEEDED.get(example.parent.name)) is not None:
        pytest.importorskip(needed, reason="beside our lowest packages there is no fit version")
    done = run(example.parent, "-p", "no:asyncio")
    assert done.returncode == 0, done.stdout + done.stderr
