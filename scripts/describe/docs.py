"""docs/api.md and docs/api/others.md: how to call, every group, and what other libraries have."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from groups import Language

from yizhan.api.platform import Endpoint, Group, platform

FOLDER = Path(__file__).parent
COLUMNS = {  # name in the table -> names in peers.tsv
    "wechatpy": {"wechatpy"},
    "WeRoBot": {"werobot"},
    "WxJava": {"wxjava"},
    "others": {"itchatmp", "senparc", "silenceper", "powerwechat", "node", "ew5", "cow"},
}
HEAD = {"zh": "head.zh-CN.md", "en": "head.md"}
GROUPS = {
    "zh": """## 所有接口

共收录 {count} 个接口，其中 {retired} 个已下线或属于旧接口。有 {typed} 个的参数和返回字段
全部有类型和说明。与其他库的对比见[别的库有哪些接口](api/others.zh-CN.md)。

| 组 | 接口数 | 其中已下线 |
|---|---|---|""",
    "en": """## Every call

{count} calls are described, {retired} of them retired or legacy; of {typed} every parameter and
every member of the answer has its type and is explained. What other libraries have:
[compared](api/others.md).

| group | calls | retired |
|---|---|---|""",
}
RIGHTS = {
    "zh": "## 谁能调用\n\n| 权限 | 账号 |\n|---|---|",
    "en": "## Who may call\n\n| right | accounts |\n|---|---|",
}
COMPARED = {
    "zh": """<!-- 由 scripts/describe 根据 scripts/describe/peers.tsv 生成。 -->
# 别的库有哪些接口

[English](others.md)

每组有多少个接口被其他库收录。wechatpy 一列是 1.8.18 版和它的 master 分支。

| 组 | 本项目 | wechatpy | WeRoBot | WxJava | 其他 |
|---|---|---|---|---|---|""",
    "en": """<!-- Written by scripts/describe from scripts/describe/peers.tsv. -->
# What other libraries call

[中文](others.zh-CN.md)

How many calls of each group other libraries have. wechatpy's column is what 1.8.18 calls, and its
master branch beyond that.

| group | here | wechatpy | WeRoBot | WxJava | others |
|---|---|---|---|---|---|""",
}
MISSING = {
    "zh": """
## 这里没有收录的

别的库里有、这里没有收录的路径：小程序的接口、给浏览器打开的页面，以及那些库写错的路径。仍然可以按路径
调用：`await api.post(path, json=…)`。
""",
    "en": """
## What is not described here

Paths that other libraries have and this one does not describe: calls of mini programs, pages for a
browser, and mistakes in those libraries. They can be called by path:
`await api.post(path, json=…)`.
""",
}


def index(language: Language) -> str:
    """docs/api.md in that language."""
    return "\n".join(_index(language)) + "\n"


def _index(language: Language) -> Iterator[str]:
    known = platform()
    calls = list(known.endpoints.values())
    yield (FOLDER / HEAD[language]).read_text("utf-8").rstrip() + "\n"
    yield GROUPS[language].format(
        count=len(calls), retired=_retired(calls), typed=sum(each.typed for each in calls)
    )
    twin = ".zh-CN" if language == "zh" else ""
    for group in known.groups.values():
        link = f"[{group.title[language]}](api/{group.name}{twin}.md)"
        yield f"| {link} | {len(group.endpoints)} | {_retired(group.endpoints) or ''} |"
    yield "\n" + RIGHTS[language]
    for name, right in known.rights.items():
        yield f"| `{name}` | {right.zh if language == 'zh' else right.en} |"


def _retired(endpoints: Iterable[Endpoint]) -> int:
    return sum(1 for each in endpoints if each.retired)


def compared(language: Language) -> str:
    """docs/api/others.md in that language."""
    return "\n".join(_compared(language)) + "\n"


def _compared(language: Language) -> Iterator[str]:
    yield COMPARED[language]
    for group in platform().groups.values():
        cells = [group.title[language], len(group.endpoints), *_had(group)]
        yield f"| {' | '.join(str(cell or '') for cell in cells)} |"
    yield MISSING[language]
    for path, names in peers().items():
        if path not in platform().endpoints:
            yield f"- `{path}` ({', '.join(sorted(names))})"


def _had(group: Group) -> Iterator[int]:
    """How many of its calls each of the others has."""
    has = [peers().get(each.path, set()) for each in group.endpoints]
    for names in COLUMNS.values():
        yield sum(1 for each in has if names & each)


@cache
def peers() -> Mapping[str, set[str]]:
    """Which libraries call each path."""
    with (FOLDER / "peers.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {each["path"]: set(each["peers"].split()) for each in rows}
