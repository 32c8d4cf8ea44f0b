"""The core: a mounted account and the client need no package of the command line or simulator."""

import re
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from served import environment

ROOT = Path(__file__).parents[1]
BOT = Path(__file__).with_name("core_bot.py")
CORE = {"aiohttp", "cryptography", "msgspec", "platformdirs", "regex"}
WORKS = "by asgi True AsyncClient\n[]\n"

BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocked())
"""
NAMES = (
    "click",
    "httptools",
    "jinja2",
    "opentelemetry",
    "rich",
    "segno",
    "starlette",
    "uvicorn",
    "uvloop",
)


def requirements(extra: str = "") -> set[str]:
    """The projects that Yizhan requires by itself, or for that extra."""
    found = map(Requirement, metadata.requires("yizhan") or ())
    if not extra:
        return {each.name for each in found if each.marker is None}
    return {
        each.name
        for each in found
        if each.marker is not None and each.marker.evaluate({"extra": extra})
    }


def closure(names: Iterable[str]) -> Iterator[str]:
    """These projects and all that they need on this system."""
    left, seen = list(names), set()
    while left:
        if (name := left.pop()) in seen:
            continue
        seen.add(name)
        yield name
        needed = map(Requirement, metadata.requires(name) or ())
        left += [
            each.name
            for each in needed
            if each.marker is None or each.marker.evaluate({"extra": ""})
        ]


def run(python: Path | str, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(python), *words],
        cwd=folder,
        env=environment(folder) | {"PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has Yizhan, the core's packages, and what those need."""
    folder = tmp_path_factory.mktemp("core")
    venv.create(folder, symlinks=True, with_pip=False)
    paths = {"base": str(folder), "platbase": str(folder)}
    site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
    for name in closure(CORE | {"flit_core"}):  # which builds Yizhan
        installed = metadata.distribution(name)
        for part in {file.parts[0] for file in installed.files or () if ".." not in file.parts}:
            if not (site / part).exists():
                (site / part).symlink_to(Path(str(installed.locate_file(part))))
    python = folder / "bin/python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    options = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    subprocess.run([*command, *options], check=True, capture_output=True)
    return python


def test_only_these_packages_are_needed_by_every_installation() -> None:
    assert requirements() == CORE


def test_the_simulator_includes_the_server_and_all_includes_everything() -> None:
    assert requirements("simulator") == {"yizhan", "jinja2", "starlette"}
    assert requirements("all") == {"yizhan"}
    everything = [line for line in metadata.requires("yizhan") or () if 'extra == "all"' in line]
    (includes,) = map(Requirement, everything)
    assert includes.extras == {"otel", "postgres", "redis", "simulator"}


def test_no_range_is_closed_above() -> None:
    for line in metadata.requires("yizhan") or ():
        assert {each.operator for each in Requirement(line).specifier} <= {">="}, line


def test_a_mounted_account_and_the_client_load_no_optional_package(tmp_path: Path) -> None:
    """With the packages forbidden, so that an import that is tried and caught fails too."""
    code = BLOCKED.format(names=NAMES) + f"import runpy; runpy.run_path({str(BOT)!r}, "
    done = run(sys.executable, tmp_path, "-c", code + 'run_name="__main__")')
    assert (done.stdout, done.stderr) == (WORKS, ""), done.stderr


@pytest.mark.slow
class TestWithTheCoreAlone:
    def test_a_mounted_account_and_the_client_work(self, core: Path, tmp_path: Path) -> None:
        done = run(core, tmp_path, str(BOT))
        assert (done.stdout, done.returncode) == (WORKS, 0), done.stderr

    @pytest.mark.parametrize("command", [(), ("-m", "yizhan")], ids=["yizhan", "python -m yizhan"])
    @pytest.mark.parametrize("words", [(), ("--help",), ("run",)], ids=str)
    def test_the_command_says_in_one_sentence_what_to_install(
        self, core: Path, tmp_path: Path, command: tuple[str, ...], words: tuple[str, ...]
    ) -> None:
        program = core if command else core.with_name("yizhan")
        done = run(program, tmp_path, *command, *words)
        (line,) = done.stderr.splitlines()
        assert (done.returncode, done.stdout) == (2, "")
        assert line.startswith("click is not installed (extra server). Run: ")
        assert all(name in line for name in ("click", "rich", "segno", "uvicorn"))


def test_the_command_runs_as_a_module_too(tmp_path: Path) -> None:
    done = run(sys.executable, tmp_path, "-m", "yizhan", "--version")
    assert done.stdout.startswith("yizhan ")


def test_the_document_names_the_lowest_versions_that_are_required() -> None:
    rows = re.findall(
        r"^\| `([\w-]+)` \| ([\d.]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE
    )
    lowest = {
        each.name: next(iter(each.specifier)).version
        for each in map(Requirement, metadata.requires("yizhan") or ())
        if each.specifier
    }
    assert rows
    assert {name: lowest[name] for name, _ in rows} == dict(rows)
