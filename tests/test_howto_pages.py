"""The pages of docs/howto that show whole files: these are written to a folder and run.

A block whose first line is a comment with a file's name is that file; a block of `python test` has
tests of the files on its page, plain functions or with the fixture `wechat`.
"""

import importlib.util
import inspect
import os
import re
import sys
from pathlib import Path

import pytest

import wechat as pushes
import yizhan.mounts
from yizhan import Account, replies, wire
from yizhan.testing import Simulator
from yizhan.wire.envelope import Cipher

HOWTO = Path(__file__).resolve().parents[1] / "docs/howto"
PAGES = (
    "web-login",
    "js-sdk",
    "several-accounts",
    "logging",
    "platform",
    "test-your-bot",
    "in-your-app",
    "start-up-hooks",
)
FENCE = re.compile(r"^```([\w ]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (\w+\.\w+)$", re.MULTILINE)
TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)


def blocks(page, end=".md"):
    """The languages and the code of a page."""
    return FENCE.findall((HOWTO / f"{page}{end}").read_text("utf-8"))


def page_tests(page):
    return "".join(code for language, code in blocks(page) if language == "python test")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to run in, whose modules and variables are gone afterwards."""
    before, environ = set(sys.modules), dict(os.environ)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    os.environ.clear()
    os.environ.update(environ)
    for name in set(sys.modules) - before:
        if str(tmp_path) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


def write_files(page, folder):
    for _, code in blocks(page):
        if named := NAMED.match(code):
            (folder / named[1]).write_text(code, "utf-8")
    (folder / "test_page.py").write_text(page_tests(page), "utf-8")


@pytest.mark.parametrize("page", PAGES)
async def test_the_files_of_a_page_do_what_it_says(page, folder):
    """Its tests run one after the other in one process, as a reader runs them."""
    write_files(page, folder)
    spec = importlib.util.spec_from_file_location("test_page", folder / "test_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in TEST.findall(page_tests(page)):
        test = getattr(module, name)
        done = test(**({"wechat": Simulator} if inspect.signature(test).parameters else {}))
        if inspect.isawaitable(done):
            await done


@pytest.mark.parametrize("page", PAGES)
def test_every_file_on_a_page_has_a_name(page):
    unnamed = [code for language, code in blocks(page) if language == "python"]
    assert [code for code in unnamed if not NAMED.match(code)] == []
    assert TEST.findall(page_tests(page))


@pytest.mark.parametrize("page", [*PAGES, "change-keys"])
def test_both_languages_show_the_same_files(page):
    """Save for comments behind the first line."""
    english, chinese = (
        [(language, re.sub(r"(?<=.) +# .*", "", code)) for language, code in blocks(page, end)]
        for end in (".md", ".zh-CN.md")
    )
    assert english == chinese


@pytest.fixture
async def account(folder):
    """An account with the file of the page about changing keys."""
    [code] = [code for language, code in blocks("change-keys") if language == "toml"]
    (folder / "yizhan.toml").write_text(code, "utf-8")
    account = Account(store="memory://", grace=0.0)
    account.text(lambda message: message.content)
    yield account
    await account.stop()


@pytest.mark.parametrize("end", ["", "_previous"])
async def test_while_keys_change_the_new_and_the_old_are_let_in(account, end):
    settings = account.settings
    token = getattr(settings, f"token{end}")
    cipher = Cipher(getattr(settings, f"aes_key{end}"), settings.appid)
    request = pushes.push(pushes.text("你好"), "safe", token=token, cipher=cipher)
    answer = await pushes.call(account.asgi, request)
    opened = wire.unseal(answer.body, cipher, token)
    assert replies.parse(opened).reply == replies.Text("你好")


@pytest.mark.parametrize("end", [".md", ".zh-CN.md"])
def test_each_framework_with_a_mount_is_named_with_its_code(end):
    page = (HOWTO / f"in-your-app{end}").read_text("utf-8")
    mounts = {path.stem for path in Path(yizhan.mounts.__path__[0]).glob("[a-z]*.py")}
    assert set(re.findall(r"`yizhan\.mounts\.(\w+)`", page)) == mounts
    hosts = (HOWTO.parent / f"hosts{end}").read_text("utf-8")
    headings = re.findall(r"^### (.+)$", hosts, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in headings}
    named = set(re.findall(r"hosts[\w.-]*\.md#([\w-]+)", page))
    assert len(named) > 10
    assert named <= anchors
