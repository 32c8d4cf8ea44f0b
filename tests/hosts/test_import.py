"""An application may be imported anywhere: by a migration, a worker of Celery, a master process."""

import os
import subprocess
from pathlib import Path

import pytest

from hosts.cells import CELLS
from hosts.server import HERE, HOME, SNIPPETS, environment

IMPORT = """
import importlib, pathlib, signal, sys, threading
for name in sys.argv[1:]:
    importlib.import_module(name)
threads = [it.name for it in threading.enumerate() if "yizhan" in it.name]
assert threads == [], threads
assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
assert not pathlib.Path("bot.db").exists()
from bot import account
assert account.inbox is None
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    if not (HOME / "stamp").exists() and os.environ.get("CI") != "true":
        pytest.skip("the hosts are not installed: make test does that")
    (tmp_path / "yizhan.toml").touch()
    found = environment(CELLS[0], tmp_path)
    return found | {"PYTHONPATH": os.pathsep.join(map(str, (SNIPPETS, HERE)))}


def test_nothing_starts_when_it_is_imported(tmp_path: Path, environ: dict[str, str]) -> None:
    modules = sorted(it.stem for it in SNIPPETS.glob("*.py"))
    command = [HOME / "bin" / "python", "-c", IMPORT, *modules]
    ran = subprocess.run(
        command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr


def test_nor_with_a_command_of_django(tmp_path: Path, environ: dict[str, str]) -> None:
    ran = subprocess.run(
        [HOME / "bin" / "python", "-m", "django", "check"],
        cwd=tmp_path,
        env=environ | {"DJANGO_SETTINGS_MODULE": "project.settings"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    assert not (tmp_path / "bot.db").exists()
