"""The pages of docs/howto whose code is the page's own: it runs, in both languages alike.

A page is one bot: its `python` blocks are the module `bot`, its `python test` blocks the tests of
it, which import what they use. A block of another language that is a file, such as menu.toml, lies
where the tests run.
"""

import inspect
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from yizhan.api.menu import faults, load
from yizhan.testing import Simulator

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("mass-messages", "media", "menus", "qr-codes", "template-messages")
TEMPLATES = {"faq": "faq", "survey": "survey", "llm": "llm"}
FENCE = re.compile(r"^```([\w ]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = {"toml": "menu.toml"}


def blocks(page, end=".md"):
    """The languages and the code of a page."""
    return FENCE.findall((ROOT / f"docs/howto/{page}{end}").read_text("utf-8"))


def written(page, *languages):
    return "\n".join(code for language, code in blocks(page) if language in languages)


def compiled(page, *languages):
    return compile(written(page, *languages), f"docs/howto/{page}.md", "exec")


def found_on(page):
    """The tests on a page, each with the module that the page is."""
    bot = ModuleType("bot")
    exec(compiled(page, "python"), bot.__dict__)  # noqa: S102  # the document's own code
    namespace = {"__name__": page}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "bot", bot)
        exec(compiled(page, "python test"), namespace)  # noqa: S102
    for name, value in namespace.items():
        if name.startswith("test_"):
            yield pytest.param(page, value, id=f"{page}-{name}")


FOUND = [each for page in PAGES for each in found_on(page)]


@pytest.fixture
def files(request, tmp_path, monkeypatch):
    """The files of the page, in the folder where its test runs."""
    monkeypatch.chdir(tmp_path)
    for language, name in FILES.items():
        if code := written(request.getfixturevalue("page"), language):
            (tmp_path / name).write_text(code, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("page", "test"), FOUND)
async def test_the_code_of_a_page_does_what_it_says(page, test, files):
    given = {"wechat": Simulator, "tmp_path": files}
    done = test(**{name: given[name] for name in inspect.signature(test).parameters})
    if inspect.isawaitable(done):
        await done


def test_every_page_has_a_test():
    assert {each.values[0] for each in FOUND} == set(PAGES)


@pytest.mark.parametrize(("page", "template"), TEMPLATES.items())
def test_a_page_about_a_template_shows_it_as_it_is(page, template):
    """The template's own tests run the code."""
    folder = ROOT / "src/yizhan/cli/template" / template
    files = [path.read_text("utf-8") for path in folder.glob("*.*") if path.is_file()]
    shown = [code for language, code in blocks(page) if language in ("python", "python test")]
    assert shown
    assert [code for code in shown if not any(code in file for file in files)] == []


@pytest.mark.parametrize("page", [*PAGES, *TEMPLATES])
def test_both_languages_have_the_same_code(page):
    """Save for comments, and what is typed or seen in one language."""
    english, chinese = (
        [(language, re.sub(r" *#.*", "", code)) for language, code in blocks(page, end)]
        for end in (".md", ".zh-CN.md")
    )
    assert english == chinese


@pytest.mark.parametrize("end", [".md", ".zh-CN.md"])
def test_the_menu_of_the_page_is_one_that_wechat_takes(tmp_path, end):
    [code] = [code for language, code in blocks("menus", end) if language == "toml"]
    (tmp_path / "menu.toml").write_text(code, "utf-8")
    assert list(faults(load(tmp_path / "menu.toml"))) == []
