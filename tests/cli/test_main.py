import os
import re
import subprocess
import sys

import click
import pytest

import yizhan as package
from served import YIZHAN
from yizhan.cli import main
from yizhan.cli.main import VERBS
from yizhan.phrases import catalogue

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


def run(*arguments, language="en"):
    return subprocess.run(
        [YIZHAN, *arguments],
        env={**os.environ, "YIZHAN_LANG": language},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def every_command():
    """Every command and its sub-commands, by the words that call them."""
    context = click.Context(main.yizhan)
    for verb in VERBS:
        command = main.yizhan.get_command(context, verb)
        yield (verb,), command
        for name, inner in getattr(command, "commands", {}).items():
            yield (verb, name), inner


COMMANDS = [pytest.param(words, command, id=" ".join(words)) for words, command in every_command()]


@LANGUAGES
def test_help_names_every_verb_and_what_it_does(language):
    done = run("--help", language=language)
    assert done.returncode == 0
    assert catalogue()["cli.about"][language] in done.stdout
    for verb in VERBS:
        assert f"  {verb} " in done.stdout
        assert catalogue()[f"cli.{verb}"][language][:20] in done.stdout


@LANGUAGES
@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_has_examples(language, verb):
    done = run(verb, "-h", language=language)
    assert done.returncode == 0
    whole = re.sub(r" \\\n +", " ", done.stdout)  # a long command goes on in the next line
    assert catalogue()[f"cli.{verb}_examples"][language].splitlines()[1] in whole


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_option_is_explained(words, command):
    options = [each for each in command.params if isinstance(each, click.Option)]
    assert all(each.help for each in options)


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_no_option_takes_a_secret(words, command):
    names = {name for parameter in command.params for name in (*parameter.opts, parameter.name)}
    assert not any(
        word in name for name in names for word in ("token", "secret", "aes", "password")
    )


def test_the_version_is_the_package_s():
    assert run("--version").stdout == f"yizhan {package.__version__}\n"


def test_without_a_verb_the_help_is_shown(yizhan):
    code, out, err = yizhan()
    assert code != 0
    assert "send" in out + err


def test_an_unknown_verb_is_refused(yizhan):
    code, _, err = yizhan("fly")
    assert code == 2
    assert "there is no command fly" in err


def test_an_error_of_ours_is_one_line_without_a_traceback(yizhan, monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "weixin")
    code, out, err = yizhan("send", "a")
    assert (code, out) == (2, "")
    assert err.startswith("the token is weak")
    assert err.count("\n") == 1


def test_interrupting_is_no_fault(yizhan, monkeypatch):
    def interrupted(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(main.yizhan, "main", interrupted)
    assert yizhan()[0] == 130


HEAVY = {
    *("aiohttp", "httpx", "redis", "sqlite3", "starlette", "fastapi", "flask", "jinja2"),
    *("uvicorn", "uvloop", "httptools", "rich"),
}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["new", "--help"], set()),
        (["send", "--help"], set()),
        (["send", "a", "--to", "ftp://a"], set()),
        (["run", "--help"], {"uvicorn", "httptools"}),
    ],
)
def test_starting_loads_only_what_the_verb_needs(arguments, allowed):
    program = (
        "import sys\n"
        "from yizhan.cli.main import main\n"
        f"sys.argv = ['yizhan', *{arguments!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    environ = {**os.environ, "YIZHAN_TOKEN": "tokenOfTheTests2026"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environ
    )
    assert set(done.stderr.split()) & HEAVY <= allowed
