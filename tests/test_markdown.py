"""Markdown of a language model, as a follower reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan import plain_text

INLINE = [
    ("这是**重点**。", "这是重点。"),
    ("*斜体* 和 _斜体_", "斜体 和 斜体"),
    ("***两者*** ~~删去~~ __粗__", "两者 删去 粗"),
    ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
    ("snake_case_name 和 a__b__c", "snake_case_name 和 a__b__c"),
    ("没有关上的 **星", "没有关上的 **星"),
    (r"\*不是斜体\*", "*不是斜体*"),
    ("`a_b_*c*` 不变", "a_b_*c* 不变"),
    ("``有 ` 的代码``", "有 ` 的代码"),
    ("见[文档](https://a.cn/b)。", '见<a href="https://a.cn/b">文档</a>。'),
    ("[维基](https://a.cn/b_(c))", '<a href="https://a.cn/b_(c)">维基</a>'),
    ('[有标题](https://a.cn "标题")', '<a href="https://a.cn">有标题</a>'),
    ("[**粗**](https://a.cn/a_b_c)", '<a href="https://a.cn/a_b_c">粗</a>'),
    ("[`代码`](https://a.cn)", '<a href="https://a.cn">代码</a>'),
    ("[本地](/path) 打不开", "本地 打不开"),
    ("<https://a.cn/a_b_c>", "https://a.cn/a_b_c"),
    ("https://a.cn/a_b_c", "https://a.cn/a_b_c"),
    ("![照片](https://a.cn/1.png)", '<a href="https://a.cn/1.png">照片</a>'),
    ("![](https://a.cn/1.png)", '<a href="https://a.cn/1.png">图片</a>'),
    ("\ue0005\ue001", "5"),
]


@pytest.mark.parametrize(("markdown", "text"), INLINE)
def test_marks_within_a_line(markdown, text):
    assert plain_text(markdown) == text


LINES = [
    ("# 标题", "标题"),
    ("### 标题 ###", "标题"),
    ("## 用 C#", "用 C#"),
    ("#话题# 不是标题", "#话题# 不是标题"),
    ("- 一\n  * 二\n+ 三", "• 一\n  • 二\n• 三"),
    ("- [x] 好了\n- [ ] 没有", "☑ 好了\n☐ 没有"),
    ("1. 首先\n2. 然后", "1. 首先\n2. 然后"),
    ("> 引用 **重点**\n>> 再引", "｜引用 重点\n｜｜再引"),
    ("---", "———"),
    ("-5 度", "-5 度"),
    ("```python\nx = a * b * c\n# 注释\n```\n后面", "x = a * b * c\n# 注释\n后面"),
    ("````\n```\n````", "```"),
    ("```\n没有关上 **x**", "没有关上 **x**"),
    ("一\r\n二", "一\n二"),
    ("", ""),
]


@pytest.mark.parametrize(("markdown", "text"), LINES)
def test_lines(markdown, text):
    assert plain_text(markdown) == text


def test_a_table_of_two_columns_is_a_list_of_pairs():
    assert plain_text("| 名 | 值 |\n|---|---|\n| 甲 | 1 |\n| 乙 |  |") == "名：值\n• 甲：1\n• 乙"


def test_of_a_wider_table_each_row_has_lines_of_its_own():
    markdown = "| 名 | 价 | 存 |\n|:--|--:|---|\n| **甲** | 3 元 | |\n| 乙 | 4 元 | 有 |\n\n后面"
    assert plain_text(markdown) == "• 甲\n  价：3 元\n• 乙\n  价：4 元\n  存：有\n\n后面"


def test_a_line_with_bars_is_no_table_without_its_rule():
    assert plain_text("a | b\nc | d") == "a | b\nc | d"


@given(st.text(alphabet=st.characters(exclude_characters="*_`~[]<>#|\\-+!\ue000\ue001\r")))
def test_what_has_no_marks_stays_as_it_is(text):
    assert plain_text(text) == text


@given(st.text(alphabet="*_`~[]()<>#|\\-+! \nax1\ue000\ue001"))
def test_any_text_is_read(text):
    assert "\ue000" not in plain_text(text)
