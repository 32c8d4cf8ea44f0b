"""The examples' own tests pass, each run in its folder as an author would."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from served import environment
from yizhan.api.component import InfoType

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted({path.parent for path in ROOT.glob("examples/*/test_*.py")})
SCOPE = ("-o", "asyncio_default_fixture_loop_scope=function")


@pytest.mark.parametrize("folder", EXAMPLES, ids=[folder.name for folder in EXAMPLES])
def test_the_tests_of_an_example_pass(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-c", os.devnull, *SCOPE]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--rootdir={folder}"],
        cwd=folder,
        env=environment(tmp_path) | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("mark", "source"), [("python", "bot.py"), ("python test", "test_bot.py")])
@pytest.mark.parametrize(
    ("page", "example"),
    [
        ("dialogs.md", "survey"),
        ("dialogs.zh-CN.md", "survey"),
        ("howto/database.md", "orders"),
        ("howto/database.zh-CN.md", "orders"),
        ("howto/retrieval.md", "retrieval"),
        ("howto/retrieval.zh-CN.md", "retrieval"),
        ("howto/dify.md", "dify"),
        ("howto/dify.zh-CN.md", "dify"),
        ("howto/agents.md", "agent"),
        ("howto/agents.zh-CN.md", "agent"),
    ],
)
def test_the_document_shows_the_example_as_it_is(
    page: str, example: str, mark: str, source: str
) -> None:
    document = (ROOT / "docs" / page).read_text("utf-8")
    shown = re.findall(f"```{mark}\n(.*?)```", document, re.DOTALL)
    if page.startswith("dialogs."):  # which go on with code of their own
        shown = shown[:1]
    code = (ROOT / "examples" / example / source).read_text("utf-8")
    assert shown
    assert [block for block in shown if block not in code] == []


@pytest.mark.parametrize("page", ["docs/platforms.md", "docs/platforms.zh-CN.md"])
def test_the_pages_show_the_platform_as_it_is(page: str) -> None:
    source = (ROOT / "examples/platform/bot.py").read_text("utf-8")
    shown = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    assert len(shown) == 4
    assert [each for each in shown if each not in source] == []


@pytest.mark.parametrize("page", ["docs/platforms.md", "docs/platforms.zh-CN.md"])
def test_the_pages_name_every_kind_of_event(page: str) -> None:
    rows = re.findall(r"(?m)^\| `(\w+)` \|", (ROOT / page).read_text("utf-8"))
    assert rows == list(get_args(InfoType))
