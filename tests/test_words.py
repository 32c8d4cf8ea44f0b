"""One word for one thing: docs/glossary.md names it, and what it replaced does not come back."""

import re
from pathlib import Path

import pytest

from yizhan.phrases import catalogue

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for pattern in ("README*.md", "docs/**/*.md")
    for path in ROOT.glob(pattern)
}
PHRASES = {f"phrase {name}": "\n".join(each.values()) for name, each in catalogue().items()}


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("录像", "录制"),
        ("桌面上的微信", "模拟器"),
        ("死者", "被杀的进程"),
        ("欠粉丝", "还没送达的回答"),
        ("WeChat on (?:your|the) desk", "simulator"),
        ("stands on your desk", "simulator"),
        ("good once", "one-time link"),
        ("(?:is|are) seen to", "the verb that says what is done"),
        ("the dead cannot", "a killed process"),
    ],
)
def test_a_replaced_term_does_not_come_back(former, now):
    found = [name for name, text in (TEXTS | PHRASES).items() if re.search(former, text)]
    assert found == [], f"say {now}"


def test_the_glossary_is_the_same_in_both_languages():
    row = re.compile(r"^\| ([^|]+) \| ([^|]+) \|", re.MULTILINE)
    english = row.findall(TEXTS["docs/glossary.md"])
    chinese = row.findall(TEXTS["docs/glossary.zh-CN.md"])
    heads = {("term", "中文"), ("术语", "English")}
    terms = [pair for pair in english if pair not in heads]
    assert len(terms) > 20
    assert terms == [(en, zh) for zh, en in chinese if (zh, en) not in heads]
