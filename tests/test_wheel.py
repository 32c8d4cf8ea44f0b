"""What is handed out, not the tree: it holds what it needs, installs, and runs a bot."""

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from served import environment, started
from wechat import ask, push, says, text

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/yizhan"

INSTALLED = {"PYTHONPATH": ""}  # whatever leads to the tree

pytestmark = pytest.mark.slow


def run(*command, cwd, **environ):
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=environment(cwd) | INSTALLED | environ,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    return build_sdist(ROOT, tmp_path_factory.mktemp("sdist"))


def build_wheel(tree, folder):
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder)
    run(*pip, "wheel", *options, tree, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def build_sdist(tree, folder):
    run(sys.executable, tree / "scripts/reproducible.py", folder, cwd=tree)
    (built,) = folder.glob("*.tar.gz")
    return built


def unpacked(sdist, folder, time):
    """The tree as somebody else has it: elsewhere, and at another time."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (tree,) = folder.iterdir()
    for path in tree.rglob("*"):
        os.utime(path, (time, time))
    return tree


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """A fresh environment with the wheel, and the parts that it needs from this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, symlinks=True, with_pip=False)
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
    python = folder / "bin/python"
    run(*pip, "--python", python, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    # The editable install of this tree is a .pth file too: those of a .pth are not read again.
    (site / "parts.pth").write_text(sysconfig.get_path("purelib"))
    return python


def held_by(sdist):
    with tarfile.open(sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.mark.parametrize(
    "name",
    [
        "src/yizhan/phrases.toml",
        "tests/test_wheel.py",
        "tests/typing/accepted.py",
        "docs/promise.zh-CN.md",
        "examples/demo/demo.py",
        "requirements/dev.txt",
        "scripts/reproducible.py",
        "CHANGELOG.md",
        "README.zh-CN.md",
        "Makefile",
        "changelog.d/README.md",
    ],
)
def test_the_source_distribution_holds_tests_documents_and_the_changelog(sdist, name):
    assert name in held_by(sdist)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone")
def test_the_source_distribution_holds_what_git_tracks_and_nothing_ignored(sdist):
    def listed(*options):
        names = run("git", "ls-files", "-z", *options, cwd=ROOT).split("\0")
        return {name for name in names if (ROOT / name).is_file()}

    assert listed("--cached") <= held_by(sdist)
    new = listed("--others", "--exclude-standard")
    assert held_by(sdist) <= listed("--cached") | new | {"PKG-INFO"}


@pytest.mark.parametrize("build", [build_sdist, build_wheel])
def test_two_builds_of_one_tree_are_the_same_bytes(sdist, tmp_path, build):
    builds = []
    for name, time in (("a", 1_000_000_000), ("b", 1_700_000_000)):
        for folder in (tree := tmp_path / name / "tree", built := tmp_path / name / "built"):
            folder.mkdir(parents=True)
        builds.append(build(unpacked(sdist, tree, time), built).read_bytes())
    assert builds[0] == builds[1]


def test_it_holds_every_file_of_the_package(wheel):
    there = {
        f"yizhan/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    held = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("yizhan/")}
    assert held == there


@pytest.mark.parametrize(
    "name",
    ["phrases.toml", "py.typed", "store/mailboxes/commit.lua", "conformance/reports/report.html"],
)
def test_it_holds_what_is_no_program(wheel, name):
    assert f"yizhan/{name}" in zipfile.ZipFile(wheel).namelist()


def test_it_names_its_licence_its_command_and_no_other_name(wheel):
    archive = zipfile.ZipFile(wheel)
    about = next(name for name in archive.namelist() if name.endswith("/METADATA"))
    points = next(name for name in archive.namelist() if name.endswith("/entry_points.txt"))
    assert "License-Expression: MIT" in archive.read(about).decode()
    assert "yizhan=yizhan.__main__:main" in archive.read(points).decode().replace(" ", "")
    tops = {name.split("/")[0] for name in archive.namelist()}
    assert {re.sub(r"-[^-]*\.dist-info", "", top) for top in tops} == {"yizhan"}


def test_it_is_the_installed_one_that_runs(python):
    where = run(python, "-c", "import yizhan; print(yizhan.__file__)", cwd=python.parent)
    assert str(python.parents[1]) in where


def test_its_command_runs(python, tmp_path):
    version = re.search(r'__version__ = "(.*)"', (PACKAGE / "__init__.py").read_text())[1]
    assert run(python.with_name("yizhan"), "--version", cwd=tmp_path) == f"yizhan {version}\n"


def test_its_phrases_are_there_in_both_languages(python, tmp_path):
    command = python.with_name("yizhan")
    assert "Push a message" in run(command, "send", "--help", cwd=tmp_path)
    assert "推送一条消息" in run(command, "send", "--help", cwd=tmp_path, YIZHAN_LANG="zh")


def test_a_bot_made_with_it_answers(python, tmp_path):
    command = str(python.with_name("yizhan"))
    run(command, "new", "mybot", cwd=tmp_path)
    (tmp_path / "mybot/bot.py").write_text(
        "from yizhan import Account\n"
        'account = Account(token="tokenOfTheTests2026")\n'
        "@account.text\n"
        "async def echo(message):\n"
        "    return message.content\n"
    )
    with started(tmp_path, command, "run", cwd=tmp_path / "mybot", environ=INSTALLED) as server:
        assert says(ask(server.port, push(text("你好")))) == "你好"
