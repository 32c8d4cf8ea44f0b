"""A missing optional part is one sentence, with a command that installs it here."""

import os
import shlex
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from served import environment
from wheels import wheel
from yizhan import extras
from yizhan.errors import ExtraError

ROOT = Path(__file__).parents[1]
OPTIONAL = ("jinja2", "psycopg", "redis", "starlette")
SERVER = ("click", "httptools", "rich", "segno", "uvicorn", "uvloop")
BOT = 'from yizhan import Account\naccount = Account(token="tokenOfTheTests2026")\n'

# What asks for an extra, by the words on the command line.
ASKING = {
    "simulator": [("dev",), ("simulate",)],
    "postgres": [("run", "--port", "0"), ("store", "stats")],
    "redis": [("run", "--port", "0"), ("store", "stats"), ("store", "migrate", "--yes")],
}
STORES = {"postgres": "postgres://127.0.0.1:1/db", "redis": "redis://127.0.0.1:1/0"}
CASES = [(extra, words) for extra, rows in ASKING.items() for words in rows]


class Installation:
    """An environment of its own with Yizhan, and all that this one has but `without`."""

    def __init__(self, folder: Path, kind: str, without: tuple[str, ...] = OPTIONAL) -> None:
        venv.create(folder, symlinks=True, with_pip=False)
        self.bin = folder / "bin"
        paths = {"base": str(folder), "platbase": str(folder)}
        site = Path(sysconfig.get_path("purelib", "venv", vars=paths))
        for part in Path(sysconfig.get_path("purelib")).iterdir():
            if not part.name.lower().startswith(("yizhan", "__editable__", *without)):
                (site / part.name).symlink_to(part)
        self.site = site
        self.pip("--quiet", "--no-deps", "--no-build-isolation", *self._source(folder, kind))

    def _source(self, folder: Path, kind: str) -> list[str]:
        if kind == "clone":
            return ["-e", str(ROOT)]
        options = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir")
        subprocess.run(
            [sys.executable, "-m", "pip", *options, str(folder), str(ROOT)],
            check=True,
            capture_output=True,
        )
        (built,) = folder.glob("*.whl")
        return [str(built)]

    def pip(self, *words: str) -> None:
        """`pip install` into this environment."""
        command = (sys.executable, "-m", "pip", "--python", str(self.bin / "python"), "install")
        subprocess.run([*command, *words], check=True, capture_output=True)

    def run(self, folder: Path, *words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
        """A command of this environment, in that folder."""
        return subprocess.run(
            [str(self.bin / words[0]), *words[1:]],
            cwd=folder,
            env=environment(folder) | {"PYTHONPATH": ""} | environ,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="module", params=["clone", "wheel"])
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    return Installation(tmp_path_factory.mktemp("installation"), request.param)


@pytest.mark.slow
@pytest.mark.parametrize(("extra", "words"), CASES, ids=lambda value: str(value))
def test_a_command_says_in_one_sentence_what_to_install(
    installation: Installation, tmp_path: Path, extra: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "bot.py").write_text(BOT)
    store = STORES.get(extra, "memory://")
    token = "tokenOfTheTests2026"
    done = installation.run(tmp_path, "yizhan", *words, YIZHAN_STORE=store, YIZHAN_TOKEN=token)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    assert f"(extra {extra}). Run: {installation.bin / 'python'} -m pip install" in line


@pytest.mark.slow
def test_the_command_that_it_names_installs_what_was_missing(tmp_path: Path) -> None:
    here = Installation(tmp_path / "environment", "wheel")
    index = tmp_path / "index"
    index.mkdir()
    for name in ("jinja2", "starlette"):
        wheel(index, name, "9.0")
    done = here.run(tmp_path, "yizhan", "simulate")
    command = shlex.split(done.stderr.partition("Run: ")[2])
    offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index)}
    subprocess.run(command, env=os.environ | offline, check=True, capture_output=True)
    assert {path.name for path in here.site.glob("*.py")} >= {"jinja2.py", "starlette.py"}


@pytest.mark.slow
@pytest.mark.parametrize("missing", SERVER[2:5])
def test_one_package_of_the_command_line_that_is_missing_is_one_sentence(
    tmp_path: Path, missing: str
) -> None:
    here = Installation(tmp_path / "environment", "clone", without=(missing,))
    asking = {"rich": ("check",), "segno": ("qrcode", "shop-42"), "uvicorn": ("run",)}
    (tmp_path / "bot.py").write_text(BOT)
    done = here.run(tmp_path, "yizhan", *asking[missing])
    (line,) = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (2, "")
    assert line.startswith(f"{missing} is not installed (extra server). Run: ")


@pytest.mark.slow
@pytest.mark.parametrize("words", [("--help",), ("dev", "--help"), ("simulate", "--help")])
def test_help_needs_no_extra(
    installation: Installation, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = installation.run(tmp_path, "yizhan", *words)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_pip_the_command_is_uv_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "executable", "/srv/my bot/.venv/bin/python")
    assert extras.command(("redis>=6.2",)) == (
        'uv pip install --python "/srv/my bot/.venv/bin/python" "redis>=6.2"'
    )


@pytest.mark.parametrize("extra", ["all", "postgres", "redis", "server", "simulator"])
def test_every_extra_has_its_requirements_from_the_installed_package(extra: str) -> None:
    assert extras.requirements(extra)


def test_an_extra_that_includes_another_has_its_requirements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [
        'yizhan[part, other] ; extra == "all"',
        'uvloop>=0.17 ; extra == "part" and ( sys_platform != "win32" and python_version > "3")',
        'redis>=5; (sys_platform != "win32") and extra == "other"',
        'rich>=13 ; extra == "another"',
        "regex>=2022",
    ]
    monkeypatch.setattr(extras.metadata, "requires", lambda name: lines)
    assert extras.requirements("all") == (
        "uvloop>=0.17; sys_platform != 'win32' and python_version > '3'",
        "redis>=5; sys_platform != 'win32'",
    )


def test_a_package_of_an_included_extra_counts_as_the_extra_s() -> None:
    with pytest.raises(ExtraError, match="click"), extras.needs("simulator"):
        raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")


def test_any_other_module_that_is_missing_is_no_extra() -> None:
    with pytest.raises(ModuleNotFoundError), extras.needs("redis"):
        raise ModuleNotFoundError("No module named 'red'", name="red")


def test_a_part_of_the_extra_s_package_counts_as_the_package() -> None:
    with pytest.raises(ExtraError, match="redis"), extras.needs("redis"):
        raise ModuleNotFoundError("No module named 'redis.asyncio'", name="redis.asyncio")
