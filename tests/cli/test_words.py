"""The command line's own words, and how its lines fit a terminal."""

import ast
import os
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from served import YIZHAN
from terminal import on_terminal
from yizhan.cli.words import Wrapper, chinese
from yizhan.columns import width_of

TOKEN = "tokenOfTheTests2026"
CJK = range(0x4E00, 0xA000)
# What only the author of a command line can bring about, what this one has none of, and formats.
NEVER = (
    "Aborted",
    "Arguments take",
    "Boolean option",
    "Choice(",
    "Confirm the action",
    "Could not determine",
    "Deprecat",
    "DeprecationWarning",
    "Invalid start",
    "Name '{name}' defined",
    "No options defined",
    "Unknown ",
    "Value must be",
    "Windows error",
    "d",
    "{editor}",
    "{len_type}",
    "{value!r} does not match the format",
    "{value!r} is not a valid UUID",
    "%(prog)s",
)
WORDS = [
    ("--help",),
    ("check", "--help"),
    ("jobs", "--help"),
    ("send", "--help"),
    ("store", "adopt", "--help"),
    ("store", "backup", "--help"),
    ("store", "restore", "--help"),
    ("store", "restore", "nothing.backup"),
    ("token", "--help"),
    ("jbos",),
    ("send", "--tims", "3"),
    ("send", "--times", "9", "x"),
    ("send", "--mode", "plan", "x"),
    ("jobs", "show"),
    ("replay", "nothing.jsonl"),
    ("run", "a", "b"),
]


def sayings() -> set[str]:
    """Every text that the installed click may have translated."""
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                found |= {each.value for each in node.args if isinstance(each, ast.Constant)}
    return {each for each in found if isinstance(each, str)}


@pytest.mark.parametrize("saying", sorted(sayings()))
def test_what_click_says_is_said_in_chinese(saying: str) -> None:
    assert saying in chinese() or saying.startswith(NEVER)


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_fits_sixty_columns(words: tuple[str, ...], language: str) -> None:
    lines = on_terminal(*words, columns=60, language=language).splitlines()
    assert lines
    long = [line for line in lines if width_of(line) > 60]
    assert [line for line in long if len(max(line.split(), key=len)) < 50] == []  # an address may


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_in_chinese_no_line_is_in_english(words: tuple[str, ...]) -> None:
    """Names of verbs, options and settings stay; sentences do not."""
    lines = on_terminal(*words, columns=200, language="zh").splitlines()
    told = [line for line in lines if line.strip() and not line.startswith(("    ", "  --"))]
    assert [line for line in told if not any(ord(each) in CJK for each in line)] == []


def test_a_line_breaks_between_chinese_characters_but_not_before_a_mark() -> None:
    assert Wrapper(10).wrap("一二三四五，六七八（九）") == ["一二三四", "五，六七八", "（九）"]
    assert Wrapper(12).wrap("看 yizhan run 的说明") == ["看 yizhan", "run 的说明"]


def test_a_long_command_goes_on_in_a_line_that_a_shell_reads() -> None:
    command = "  YIZHAN_TOKEN=… yizhan check https://bot.example.com/wx --report report.html"
    lines = Wrapper(44).indent_only(command).splitlines()
    assert max(map(width_of, lines)) <= 44
    assert shlex.split(" ".join(line.removesuffix("\\") for line in lines)) == command.split()
    assert all(line.endswith(" \\") for line in lines[:-1])


def test_a_remark_behind_a_long_command_goes_above_it() -> None:
    command = "  yizhan media download --out downloads -- -ID    # 以 - 开头的 media_id"
    assert Wrapper(58).indent_only(command).splitlines() == [
        "  # 以 - 开头的 media_id",
        "  yizhan media download --out downloads -- -ID",
    ]


@pytest.mark.parametrize(
    ("words", "meant"),
    [(("jbos",), "jobs"), (("jobs", "rety"), "retry"), (("sned", "x"), "send")],
    ids=str,
)
def test_a_verb_that_is_like_another_is_told_so(words: tuple[str, ...], meant: str) -> None:
    assert f"did you mean {meant}" in on_terminal(*words, columns=100)


def test_an_account_that_is_like_another_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "yizhan.toml").write_text(f'[accounts.shop]\ntoken = "{TOKEN}"\n')
    said = on_terminal("send", "x", "--account", "shp", columns=100, folder=tmp_path)
    assert "yizhan.toml has no account shp; did you mean shop?" in said.replace("\n", " ")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            "名字".encode("gbk"),
            "Error: f.json: line 1 is not UTF-8 but GBK, it seems: save it as UTF-8",
        ),
        (None, "Error: the file f.json cannot be read: No such file or directory"),
        (b"", "Error: f.json is empty: write a JSON object, such as {}"),
        (b"[1]", "Error: f.json holds no JSON object: list"),
    ],
    ids=["gbk", "missing", "empty", "a list"],
)
def test_a_file_that_is_no_json_is_one_sentence(
    tmp_path: Path, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / "f.json").write_bytes(data)
    words = ("call", "POST", "/cgi-bin/tags/create", "--json", "@f.json")
    assert on_terminal(*words, columns=100, folder=tmp_path) == f"{said}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_their_completion(shell: str) -> None:
    done = subprocess.run(
        [YIZHAN],
        env=os.environ | {"_YIZHAN_COMPLETE": f"{shell}_source"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "_YIZHAN_COMPLETE=" + shell + "_complete" in done.stdout


def test_completion_knows_the_verbs() -> None:
    asked = {"_YIZHAN_COMPLETE": "bash_complete", "COMP_WORDS": "yizhan jo", "COMP_CWORD": "1"}
    done = subprocess.run(
        [YIZHAN], env=os.environ | asked, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout == "plain,jobs\n"


@pytest.mark.parametrize(
    "words", [("--list",), ("http://127.0.0.1:1/", "--only", "verify*", "--force")]
)
def test_what_check_writes_into_a_pipe_is_whole_and_not_padded(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [YIZHAN, "check", *words],
        env=os.environ | {"YIZHAN_TOKEN": TOKEN, "YIZHAN_LANG": "zh", "COLUMNS": "60"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    assert [line for line in lines if line != line.rstrip() or "…" in line[-1:]] == []
    assert [line for line in lines if len(line) > 400] == []
