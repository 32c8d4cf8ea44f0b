"""yizhan new, for real: what it makes runs, answers and passes its own test."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from yizhan import settings
from yizhan.cli import new
from yizhan.settings import Settings

YIZHAN = str(Path(sys.executable).with_name("yizhan"))
TEMPLATES = pytest.mark.parametrize("template", new.TEMPLATES)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A reader of English whose data directory is empty and whose settings are unset."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    return kept | {"YIZHAN_LANG": "en", "XDG_DATA_HOME": str(tmp_path / "data")}


def run(
    *command: str, folder: Path, environ: Mapping[str, str], status: int | None = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=folder,
        env=dict(environ),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


def make(folder: Path, environ: Mapping[str, str], template: str = "echo") -> Path:
    run(YIZHAN, "new", "mybot", "--template", template, folder=folder, environ=environ)
    return folder / "mybot"


@contextmanager
def serving(bot: Path, environ: Mapping[str, str]) -> Iterator[int]:
    """`yizhan run bot:account` on a free port, ended with SIGTERM."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [YIZHAN, "run", "bot:account", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=bot, env=dict(environ), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            await_health(port)
            yield port
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=20)
            assert process.returncode == -signal.SIGTERM, said
        finally:
            process.kill()


def await_health(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
                assert answer.read() == b"ok"
                return
        except (URLError, ConnectionError):
            assert time.monotonic() < until, "the bot did not come up"
            time.sleep(0.05)


def send(bot: Path, port: int, *words: str, environ: Mapping[str, str]) -> str:
    to = f"http://127.0.0.1:{port}/wechat"
    return run(YIZHAN, "send", *words, "--to", to, folder=bot, environ=environ).stdout


@TEMPLATES
def test_makes_a_bot_that_passes_its_own_test(
    tmp_path: Path, environ: dict[str, str], template: str
) -> None:
    bot = make(tmp_path, environ, template)
    done = run(sys.executable, "-m", "pytest", "-q", folder=bot, environ=environ)
    tests = (bot / "test_bot.py").read_text("utf-8").count("\nasync def test_")
    assert int(re.findall(r"(\d+) passed", done.stdout)[0]) >= tests > 0


def test_its_test_needs_no_settings_of_yours(tmp_path: Path, environ: dict[str, str]) -> None:
    """So that it runs where yizhan.toml, a secret, is not."""
    bot = make(tmp_path, environ)
    (bot / "yizhan.toml").unlink()
    run(sys.executable, "-m", "pytest", "-q", folder=bot, environ=environ)


def test_makes_a_bot_that_answers(tmp_path: Path, environ: dict[str, str]) -> None:
    bot = make(tmp_path, environ)
    with serving(bot, environ) as port:
        assert "你好" in send(bot, port, "你好", environ=environ)
        assert "第 1 次" in send(bot, port, "/count", environ=environ)
        assert "欢迎" in send(bot, port, "--follow", environ=environ)
    made = set(new.contents("TokenOfTheTestsOnly2026"))
    assert {path.name for path in bot.iterdir()} - made <= {"__pycache__"}


@TEMPLATES
def test_makes_a_bot_in_good_form(tmp_path: Path, environ: dict[str, str], template: str) -> None:
    bot = make(tmp_path, environ, template)
    ruff = str(Path(sys.executable).with_name("ruff"))
    rules = "E,F,I,B,UP,SIM,RET,PERF,PIE"
    options = ["--isolated", "--line-length=100", "--no-cache"]
    run(ruff, "check", "--select", rules, *options, ".", folder=bot, environ=environ)
    run(ruff, "format", "--check", *options, ".", folder=bot, environ=environ)


def test_the_token_is_strong_and_new_each_time(tmp_path: Path, environ: dict[str, str]) -> None:
    tokens = set()
    for name in ("first", "second"):
        run(YIZHAN, "new", name, folder=tmp_path, environ=environ)
        loaded = settings.load(file=tmp_path / name / "yizhan.toml", environ={})
        assert settings.advice(loaded) is None
        tokens.add(loaded.token)
    assert len(tokens) == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_reads_the_settings(tmp_path: Path, environ: dict[str, str]) -> None:
    bot = make(tmp_path, environ)
    assert (bot / "yizhan.toml").stat().st_mode & 0o777 == 0o600
    assert "yizhan.toml" in (bot / ".gitignore").read_text().splitlines()


@LANGUAGES
def test_the_settings_file_names_every_setting_with_its_default(
    monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("YIZHAN_LANG", language)
    text = new.contents("TokenOfTheTestsOnly2026")["yizhan.toml"]
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line]
    told = tomllib.loads("\n".join(lines))
    expected = {
        field.name: list(field.default) if isinstance(field.default, tuple) else field.default
        for field in fields(Settings)
        if field.name != "name"
    }
    assert told == expected | {"token": "TokenOfTheTestsOnly2026"}


def test_says_what_its_bot_needs(tmp_path: Path, environ: dict[str, str]) -> None:
    said = run(YIZHAN, "new", "b", "--template", "llm", folder=tmp_path, environ=environ).stdout
    assert "pip install -r requirements.txt" in said


def test_its_image_holds_what_the_bot_imports_and_no_secret() -> None:
    made = new.contents("TokenOfTheTestsOnly2026", "llm")
    ignored = made[".dockerignore"].splitlines()
    assert "yizhan.toml" in ignored
    modules = {name for name in made if name.endswith(".py") and name not in ignored}
    imported = re.findall(r"^(?:from|import) (\w+)", made["bot.py"], re.MULTILINE)
    assert {f"{name}.py" for name in imported if f"{name}.py" in made} <= modules
    copied = re.findall(r"^COPY (.+) \./$", made["Dockerfile"], re.MULTILINE)
    assert copied == ["yizhan-*.whl requirements.txt", "*.py"]


def test_says_how_to_go_on(tmp_path: Path, environ: dict[str, str]) -> None:
    said = run(YIZHAN, "new", "my bot", folder=tmp_path, environ=environ).stdout
    assert "cd 'my bot'" in said
    assert "yizhan run bot:account" in said
    assert "yizhan send 你好" in said
    assert "python -m pytest" in said


TITLES = {
    "echo": {"en": "# A bot for", "zh": "# 微信公众号机器人"},
    "survey": {"en": "# A survey for", "zh": "# 微信公众号问卷"},
    "llm": {"en": "# A language model", "zh": "# 微信公众号大模型"},
    "faq": {"en": "# Answers to frequent", "zh": "# 微信公众号问答"},
}


@TEMPLATES
@LANGUAGES
def test_a_readme_says_first_how_to_try_the_bot_and_then_how_to_run_it(
    template: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIZHAN_LANG", language)
    readme = new.contents("TokenOfTheTestsOnly2026", template)["README.md"]
    shown = re.findall(r"^(yizhan \w+)", readme, re.MULTILINE)
    assert shown == ["yizhan dev", "yizhan send", "yizhan run"]


@TEMPLATES
@LANGUAGES
def test_speaks_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, language: str, template: str
) -> None:
    monkeypatch.setenv("YIZHAN_LANG", language)
    readme = new.contents("TokenOfTheTestsOnly2026", template)["README.md"]
    assert readme.startswith(TITLES[template][language])
    assert "python -m pytest" in readme


@TEMPLATES
def test_its_readme_names_every_file(monkeypatch: pytest.MonkeyPatch, template: str) -> None:
    """In both languages the same; those that begin with a dot need no words."""
    told = []
    for language in ("en", "zh"):
        monkeypatch.setenv("YIZHAN_LANG", language)
        made = new.contents("TokenOfTheTestsOnly2026", template)
        told.append(re.findall(r"^\| `([^`]+)` \|", made["README.md"], re.MULTILINE))
        named = {name for name in made if not name.startswith(".") and name != "README.md"}
        assert named <= set(told[-1])
    assert told[0] == told[1]


@LANGUAGES
def test_lists_the_templates(tmp_path: Path, environ: dict[str, str], language: str) -> None:
    speaking = environ | {"YIZHAN_LANG": language}
    said = run(YIZHAN, "new", "--list", folder=tmp_path, environ=speaking).stdout
    assert [line.split()[0] for line in said.splitlines()] == list(new.TEMPLATES)
    assert all(len(line.split(maxsplit=1)[1]) > 5 for line in said.splitlines())
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [((), "name the folder"), (("mybot", "--template", "lmm"), "'lmm' is not one of")],
)
def test_refuses_what_it_cannot_make(
    tmp_path: Path, environ: dict[str, str], words: tuple[str, ...], problem: str
) -> None:
    done = run(YIZHAN, "new", *words, folder=tmp_path, environ=environ, status=2)
    assert problem in done.stderr
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_leaves_a_folder_that_is_not_empty_alone(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    done = run(YIZHAN, "new", ".", folder=folder, environ=environ, status=2)
    assert "is not an empty folder" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_leaves_a_file_alone(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "mybot").write_text("mine")
    done = run(YIZHAN, "new", "mybot", folder=tmp_path, environ=environ, status=2)
    assert "is not an empty folder" in done.stderr
    assert (tmp_path / "mybot").read_text() == "mine"


def test_takes_an_empty_folder(tmp_path: Path, environ: dict[str, str]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    run(YIZHAN, "new", ".", folder=folder, environ=environ)
    assert (folder / "bot.py").exists()


def test_says_when_it_cannot_write(tmp_path: Path, environ: dict[str, str]) -> None:
    (tmp_path / "file").write_text("")
    done = run(YIZHAN, "new", "file/bot", folder=tmp_path, environ=environ, status=1)
    assert "cannot write into" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_names_the_simulator_and_the_one_command_of_its_test(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = run(YIZHAN, "new", "mybot", folder=tmp_path, environ=environ).stdout
    assert "yizhan dev bot:account" in said
    assert f"{sys.executable} -m pytest" in said
    monkeypatch.setattr(new, "find_spec", lambda name: None)
    assert " install pytest && " in new._test()


def test_it_says_how_the_command_gets_on_the_path(tmp_path: Path, environ: dict[str, str]) -> None:
    where = {"PATH": "/nowhere"}
    said = run(YIZHAN, "new", "mybot", folder=tmp_path, environ=environ | where).stdout
    assert f"export PATH={Path(sys.executable).parent}:$PATH" in said
