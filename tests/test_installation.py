"""The Makefile's installation: it takes the locks as they are, whatever an index offers today."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from wheels import pinned, wheel

ROOT = Path(__file__).parents[1]

# A project so small that building it takes nothing: what `pip install -e .` asks of it.
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
BACKEND = """
import pathlib, sys
sys.path.insert(0, {tests!r})
from wheels import wheel


def build_editable(folder, settings=None, metadata=None):
    return wheel(pathlib.Path(folder), "small", "1").name


def get_requires_for_build_editable(settings=None):
    return []
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with this Makefile, whose locks are older than what the index offers."""
    index = tmp_path / "index"
    index.mkdir()
    core = wheel(index, "core", "1.0", extras={"more": ["extra_part>=1"]})
    wheel(index, "core", "1.1", extras={"more": ["extra_part>=1"]})  # published since
    part = wheel(index, "extra_part", "1.0")
    wheel(index, "extra_part", "2.0")
    plugin = wheel(index, "plugin", "1.0", requires=["core[more]>=1.0"])
    folder = tmp_path / "project"
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements/run.txt").write_text(pinned(wheel(index, "base", "1.0")))
    (folder / "requirements/dev.txt").write_text(pinned(plugin, core, part))
    (folder / "pyproject.toml").write_text(PROJECT)
    (folder / "backend.py").write_text(BACKEND.format(tests=str(ROOT / "tests")))
    shutil.copy(ROOT / "Makefile", folder)
    return folder


def environment(project: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    index = str(project.parent / "index")
    return kept | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": index,
        "PYTHON": sys.executable,
        "MAKEFLAGS": "",
    }


def make(project: Path, target: str) -> None:
    done = subprocess.run(
        ["make", target],
        cwd=project,
        env=environment(project),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def newest_pip(project: Path) -> None:
    """Put the locked pip, newer than any interpreter brings, into the project's environment."""
    folder = project / ".venv"
    venv.create(folder, symlinks=True, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    pip = importlib.metadata.distribution("pip")
    for name in {Path(file).parts[0] for file in pip.files or () if ".." not in file.parts}:
        shutil.copytree(Path(str(pip.locate_file(name))), site / name)


def installed(project: Path) -> dict[str, str]:
    (site,) = (project / ".venv").glob("lib/python*/site-packages")
    found = importlib.metadata.distributions(path=[str(site)])
    return {each.name: each.version for each in found}


@pytest.mark.slow
@pytest.mark.parametrize("pip", ["of the interpreter", "newest"])
def test_what_was_published_since_the_lock_changes_nothing(project: Path, pip: str) -> None:
    if pip == "newest":
        newest_pip(project)
    make(project, ".venv/dev.stamp")
    there = installed(project)
    locked = {"base": "1.0", "core": "1.0", "extra_part": "1.0", "plugin": "1.0", "small": "1"}
    assert {name: there.get(name) for name in locked} == locked


def test_the_locks_are_complete() -> None:
    """What is installed here comes from requirements/dev.txt: nothing in it lacks anything."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_line_of_a_lock_names_one_version_and_no_address(lock: str) -> None:
    lines = (ROOT / "requirements" / lock).read_text().splitlines()
    entries = [line for line in lines if line and line[0] not in "# "]
    assert entries
    assert all("==" in line.partition(";")[0] for line in entries)
    assert not any("://" in line for line in lines)
