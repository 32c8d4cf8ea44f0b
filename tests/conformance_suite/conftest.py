import sys
from typing import NamedTuple

import pytest

from served import environment
from yizhan.cli import main


class Ran(NamedTuple):
    """How the command ended, and what it printed."""

    returncode: object
    stdout: str
    stderr: str


@pytest.fixture
def yizhan(tmp_path, monkeypatch, capsys):
    """Calls the command line in this process, as in a folder without settings."""

    def called(*arguments: str, **environ: str) -> Ran:
        for name, value in {**environment(tmp_path), **environ}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["yizhan", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main.main()
            raise SystemExit(0)
        return Ran(end.value.code, *capsys.readouterr())

    return called
