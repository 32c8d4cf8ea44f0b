import sys

import pytest

from yizhan.cli import main


@pytest.fixture
def yizhan(capsys, monkeypatch):
    """Calls the command line in this process: its status, its output, its errors."""

    def called(*arguments):
        monkeypatch.setattr(sys, "argv", ["yizhan", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main.main()
            raise SystemExit(0)
        return (end.value.code, *capsys.readouterr())

    return called
