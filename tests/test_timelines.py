"""The pictures of docs/five-seconds.md are what the engine does."""

from pathlib import Path

import pytest
import timelines

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def test_every_picture_is_what_the_engine_plays():
    drawn = dict(timelines.drawn())
    assert {name: (IMAGES / name).read_text("utf-8") for name in drawn} == drawn


@pytest.mark.parametrize("page", ["five-seconds.md", "five-seconds.zh-CN.md"])
def test_the_page_shows_them_all(page):
    text = (IMAGES.parent / page).read_text("utf-8")
    is_chinese = "zh-CN" in page
    mine = [name for name, _ in timelines.drawn() if ("zh-CN" in name) is is_chinese]
    assert [name for name in mine if f"(images/{name})" not in text] == []
