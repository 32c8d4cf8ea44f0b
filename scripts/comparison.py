"""What `make peers` writes: docs/peers.md in both languages, and the details beside the logs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from yizhan.conformance import reports, texts
from yizhan.conformance.case import GROUPS
from yizhan.conformance.cases import CASES
from yizhan.conformance.runner import Result

Language = Literal["zh", "en"]
Results = Mapping[tuple[str, str], Sequence[Result]]  # of a server's title and a mode
SEVERITIES = ("breaks", "insecure", "unwise")

HEAD = {
    "zh": """<!-- 由 make peers（scripts/peers.py）生成，请勿修改。 -->
# 五个框架的检查结果

[English](peers.md)

同一个小机器人（复述文字、有一句要处理 12 秒、欢迎新关注、其他消息只确认）按各框架文档的写法写成，见
`peers/`；由适合生产的服务器运行，在同一台机器上用 [`yizhan check`](check.zh-CN.md) 检查，共 {cases}
项。框架留给用户自己做的事（去重、过期、限制），文档里没有写的也算失败。

共 {failures} 个失败，每个都出现过两次：一次由 `yizhan check` 发现，一次由 `scripts/confirming.py`
用裸 socket 重发同样的字节，不使用检查程序的代码。

## 总数

| 服务器 | 模式 | 通过 | 出故障 | 不安全 | 不明智 | 不适用 |
|---|---|---|---|---|---|---|
{sums}

“出故障”是粉丝看得见的失败，“不安全”是外人可以利用的，“不明智”是其余的。

## 各组的失败

每格是明文模式和安全模式下失败的项数，没有失败的留空。

| 组 | 项数 | {titles} |
|---|---|---{rule}|
{groups}

## 每个失败的请求和响应

`make peers` 重新检查，约六分钟：安装各框架（需要 pip 和 npm 的软件源），写这一页，并把每一项、
每个失败的请求和响应写到 `.yizhan/peers/details.md`。`python scripts/peers.py werobot --show`
只查一个框架，并显示全部请求和响应。
""",
    "en": """<!-- Written by `make peers` (scripts/peers.py): do not edit. -->
# Five frameworks under `yizhan check`

[中文](peers.zh-CN.md)

The same small bot (repeat a text, take 12 s for one, greet a follow, acknowledge the rest) is
written as each framework's documentation shows it, see `peers/`. A production server runs it, and
[`yizhan check`](check.md) checks it on one machine with {cases} cases. What a framework leaves to
its user (deduplication, freshness, limits) fails where its documentation does not do it.

Each of the {failures} failures was seen twice: by `yizhan check`, and by `scripts/confirming.py`,
which sends the same bytes over a bare socket and uses no code of the check.

## Sums

| server | mode | passed | breaks | insecure | unwise | skipped |
|---|---|---|---|---|---|---|
{sums}

*Breaks* are failures that a follower sees, *insecure* what a stranger can use, *unwise* the rest.

## Failures by group

Each cell has the failed cases in plaintext mode, then in safe mode; none where it is empty.

| group | cases | {titles} |
|---|---|---{rule}|
{groups}

## The request and the response of each failure

`make peers` checks again, in some six minutes. It installs the frameworks (with pip and npm),
writes this page, and writes each case, and each failure with its request and response, to
`.yizhan/peers/details.md`. `python scripts/peers.py werobot --show` checks one framework and prints
every exchange.
""",
}


def summary(results: Results, language: Language) -> str:
    """docs/peers.md in that language: one page."""
    titles = list(dict.fromkeys(name for name, _ in results))
    return HEAD[language].format(
        cases=len(next(iter(results.values()))),
        failures=sum(len(_failed(held)) for held in results.values()),
        sums="\n".join(_sums(results, language)),
        titles=" | ".join(titles),
        rule="|---" * (len(titles) - 1),
        groups="\n".join(_groups(results, titles, language)),
    )


def _sums(results: Results, language: Language) -> Iterator[str]:
    modes = {"plain": {"zh": "明文", "en": "plain"}, "safe": {"zh": "安全", "en": "safe"}}
    for (title, mode), held in results.items():
        failed = [each.case.severity for each in _failed(held)]
        counts = [sum(each.outcome == "passed" for each in held)]
        counts += [failed.count(severity) for severity in SEVERITIES]
        counts += [sum(each.outcome == "skipped" for each in held)]
        yield f"| {title} | {modes[mode][language]} | {' | '.join(map(str, counts))} |"


def _groups(results: Results, titles: Sequence[str], language: Language) -> Iterator[str]:
    first = next(iter(results.values()))
    for group in GROUPS:
        name = texts.catalogue()["group"][group][language]
        count = sum(each.case.group == group for each in first)
        cells = (_cell(results, title, group) for title in titles)
        yield f"| {name} | {count} | {' | '.join(cells)} |"


def _cell(results: Results, title: str, group: str) -> str:
    counts = [
        sum(each.case.group == group for each in _failed(held))
        for (name, _), held in results.items()
        if name == title
    ]
    return ", ".join(map(str, counts)) if any(counts) else ""


def _failed(held: Sequence[Result]) -> list[Result]:
    return [each for each in held if each.outcome == "failed"]


def details(results: Results) -> str:
    """Every case by server, and every failure with the request that shows it."""
    return "\n".join(["# Every case\n", *_cases(results), *_faults(results), ""])


def _cases(results: Results) -> Iterator[str]:
    """One table per group: ✓ passed, ✗ failed, - does not apply; plaintext, then safe mode."""
    titles = list(dict.fromkeys(name for name, _ in results))
    marks = {"passed": "✓", "failed": "✗", "skipped": "–"}
    found = {(name, each.case.id): "" for (name, _), held in results.items() for each in held}
    for (name, _), held in results.items():
        for each in held:
            found[name, each.case.id] += f" {marks[each.outcome]}"
    yield "Each cell is plaintext mode, then safe mode: ✓ passed, ✗ failed, – does not apply."
    for group in GROUPS:
        yield f"\n## {texts.wording('group', group).capitalize()}\n"
        yield "| case | " + " | ".join(titles) + " |"
        yield "|---" * (len(titles) + 1) + "|"
        for case in (case for case in CASES if case.group == group):
            cells = (found[title, case.id].strip() for title in titles)
            yield f"| `{case.id}` {_escaped(texts.title(case))} | {' | '.join(cells)} |"


def _faults(results: Results) -> Iterator[str]:
    yield "\n## Failures, each with a request that shows it\n"
    yield "The last request of the case and its answer, as they went over the wire. To see all of"
    yield "them: `yizhan check URL --only CASE -v`."
    for case in CASES:
        failed = [
            (name, mode, each)
            for (name, mode), held in results.items()
            for each in _failed(held)
            if each.case == case
        ]
        if not failed:
            continue
        yield f"\n### `{case.id}` – {_escaped(texts.title(case))}\n"
        severity = texts.wording("severity", case.severity)
        yield f"{severity.capitalize()}; rests on {case.fact}. {_escaped(texts.cure(case))}\n"
        for name, mode, result in failed:
            yield f"- {name}, {mode}: {_escaped(texts.why(result.why))}"
        yield from _exchange(*failed[0])


def _exchange(name: str, mode: str, result: Result) -> Iterator[str]:
    """The request that shows a failure, and its answer."""
    if not result.trace:
        return
    trace = result.trace[-1]
    yield f"\n<details><summary>{name}, {mode}</summary>\n"
    yield "```text"
    yield _fenced(reports.text_of(trace.sent[:1200]))
    yield "----"
    yield _fenced(reports.answer_of(trace)[:800])
    yield "```\n\n</details>"


def _fenced(text: str) -> str:
    shown = text.replace("\r\n", "\n").replace("```", "'''")
    kept = "".join(letter if letter.isprintable() or letter == "\n" else "·" for letter in shown)
    return "\n".join(line.rstrip() for line in kept.split("\n"))


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
