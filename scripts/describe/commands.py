"""docs/cli.md and its twin: every command with its options and examples, from click's tree.

What a command says is settled when its module is loaded, so each language has a process.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, fill

import click
from groups import cell

from yizhan.cli.main import yizhan
from yizhan.phrases import language

WIDTH = 98
HEAD = {
    "zh": """<!-- 由 scripts/describe 根据命令本身的帮助生成，请改 src/yizhan/phrases.toml。 -->
# 命令行

[English](cli.md)

本页列出 `yizhan` 的全部命令、选项和例子，内容与 `yizhan 命令 --help` 相同。

- 帮助和错误用中文还是英文，由 `YIZHAN_LANG`（`zh` 或 `en`）决定；没有设时看 `LANG` 等系统变量。
- 密钥和设置来自当前目录的 `yizhan.toml` 和 `YIZHAN_*` 环境变量，见[设置](settings.zh-CN.md)。
- 退出码：0 成功；1 机器人的代码或文件有错；2 命令写错，或 Yizhan 报告的其他错误；130 被 Ctrl+C
  中断。退出码另有规定的命令，下面会写明。错误写到标准错误，结果写到标准输出。
""",
    "en": """<!-- Written by scripts/describe from the commands: change src/yizhan/phrases.toml. -->
# Command line

[中文](cli.zh-CN.md)

Every command of `yizhan` with its options and examples, as `yizhan COMMAND --help` shows them.

- `YIZHAN_LANG` (`zh` or `en`) sets the language of help and errors; else the locale does.
- Keys and settings come from `yizhan.toml` in the current folder and from `YIZHAN_*` variables, see
  [settings](settings.md).
- Exit status: 0 done; 1 the bot's code or a file is wrong; 2 the command line is wrong, or
  Yizhan reports another error; 130 interrupted by Ctrl+C. A command with other numbers says so
  below. Errors go to standard error, results to standard output.
""",
}
WORDS = {
    "zh": ("命令", "作用", "选项", "说明"),
    "en": ("command", "what it does", "option", "meaning"),
}


def chinese() -> str:
    """The whole page in Chinese."""
    return _printed("zh")


def english() -> str:
    """The whole page in English."""
    return _printed("en")


def _printed(spoken: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YIZHAN_")}
    return subprocess.run(  # noqa: S603  # our own interpreter, this file
        [sys.executable, str(Path(__file__))],
        env={**kept, "YIZHAN_LANG": spoken, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    ).stdout


def _page() -> Iterator[str]:
    root = click.Context(yizhan, info_name="yizhan")
    verb, does, *_ = WORDS[language()]
    yield HEAD[language()]
    yield f"| {verb} | {does} |\n|---|---|"
    commands = list(_below(root))
    for each in commands:
        if each.parent is root:
            name = each.command_path
            yield f"| [`{name}`](#{name.replace(' ', '-')}) | {cell(each.command.help or '')} |"
    yield ""
    for each in commands:
        yield from _section(each)


def _below(context: click.Context) -> Iterator[click.Context]:
    """The contexts of every command below this one, in the order of the page."""
    group = context.command
    if not isinstance(group, click.Group):
        return
    for name in group.list_commands(context):
        if (command := group.get_command(context, name)) and not command.hidden:
            below = click.Context(command, info_name=name, parent=context)
            yield below
            yield from _below(below)


def _section(context: click.Context) -> Iterator[str]:
    command = context.command
    depth = len(context.command_path.split())
    yield f"{'#' * depth} {context.command_path}\n"
    yield _filled(command.help or "") + "\n"
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{context.command_path} {pieces}\n```\n"
    rows = [f"| `{names}` | {cell(told)} |" for names, told in _options(context)]
    if rows:
        *_, option, meaning = WORDS[language()]
        yield f"| {option} | {meaning} |\n|---|---|"
        yield "\n".join(rows) + "\n"
    yield from _examples(command.epilog or "")


def _examples(epilog: str) -> Iterator[str]:
    """What stands below the options: indented lines are commands, the others are said of them."""
    lines = epilog.removeprefix("\b\n").splitlines()[1:]
    told = next((at for at, line in enumerate(lines) if not line.startswith("  ")), len(lines))
    if lines[:told]:
        commands = "\n".join(lines[:told])
        yield f"```sh\n{dedent(commands).rstrip()}\n```\n"
    if lines[told:]:
        yield _filled("\n".join(lines[told:])) + "\n"


def _options(context: click.Context) -> Iterator[tuple[str, str]]:
    """The options as its help shows them, without --help itself."""
    for each in context.command.params:
        record = each.get_help_record(context) if isinstance(each, click.Option) else None
        if record:
            names, told = record
            yield names.replace("|", "\\|"), told


def _filled(text: str) -> str:
    """Paragraphs of lines that fit the page; a Chinese line is broken nowhere."""
    paragraphs = [" ".join(part.split()) for part in text.replace("\b\n", "").split("\n\n")]
    if language() == "en":
        paragraphs = [fill(part, WIDTH, break_on_hyphens=False) for part in paragraphs]
    return "\n\n".join(paragraphs)


if __name__ == "__main__":
    sys.stdout.write("\n".join(_page()))
