"""Sentences are drawn from all that people read, whole and without markup."""

import pytest
import sentences


@pytest.mark.parametrize(
    ("language", "page", "found"),
    [
        (
            "en",
            "# Head\n\nYizhan keeps each such message. A\nhandler runs [once](a.md) for each.\n",
            ["Yizhan keeps each such message.", "A handler runs once for each."],
        ),
        ("en", "```python\nprint('This is code and no sentence.')\n```\n", []),
        (
            "en",
            "[中文](a.zh-CN.md)\n\n| `a` | a cell with enough words beside `code` | `b` too |\n",
            ["a cell with enough words beside `code`"],
        ),
        (
            "zh",
            "- **承诺**：粉丝收到“消息不会丢失。”；处理函数对每条消息\n  只运行一次。\n",
            ["承诺：粉丝收到“消息不会丢失。”；", "处理函数对每条消息只运行一次。"],
        ),
    ],
)
def test_a_page_is_split_into_sentences(language, page, found):
    assert list(sentences.of_page(page, language)) == found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_text_is_drawn_from(language):
    """Pages, the catalogues, and in English the docstrings; nothing of the other language."""
    there = list(sentences.sentences(language))
    paths = {it.path for it in there}
    assert {"README.md", "src/yizhan/inbox/ladder.py"} <= paths or language == "zh"
    assert "README.zh-CN.md" in paths or language == "en"
    assert {*sentences.CATALOGUES} <= paths
    assert {it.endswith(".zh-CN.md") for it in paths if it.endswith(".md")} == {language == "zh"}


def test_a_seed_draws_the_same_again():
    first, again = (sentences.drawn("zh", 20, seed=7) for _ in range(2))
    assert first == again
    assert len({it.text for it in first}) == 20
    assert first != sentences.drawn("zh", 20, seed=8)
