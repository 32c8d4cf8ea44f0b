"""How the documents become pages of a site; tests/page/test_site.py looks at the site itself."""

import pages
import pytest

KNOWN = {
    "README.md": "readme",
    "README.zh-CN.md": "readme",
    "docs/promise.md": "promise",
    "docs/promise.zh-CN.md": "promise",
    "docs/howto/database.md": "howto/database",
}


@pytest.mark.parametrize(
    ("page", "text", "linked"),
    [
        ("client", "[承诺](promise.zh-CN.md#代价)", "[承诺](promise.md#代价)"),
        ("howto/database", "[it](../promise.md)", "[it](../promise.md)"),
        ("client", "[how](howto/database.md)", "[how](howto/database.md)"),
        ("client", "[read](../README.md#settings)", "[read](readme.md#settings)"),
        ("readme", "[it](docs/promise.md)", "[it](promise.md)"),
        ("howto/database", "[`bot.py`](../../examples/orders/bot.py) has it", "`bot.py` has it"),
        ("client", "[below](#below)", "[below](#below)"),
        ("client", "[out](https://example.com/a.md)", "[out](https://example.com/a.md)"),
        ("client", "![seen](images/pushes.png)", "![seen](images/pushes.png)"),
        ("readme", "![seen](docs/images/pushes.png)", "![seen](images/pushes.png)"),
        ("client", "```sh\n[it](gone.md)\n```", "```sh\n[it](gone.md)\n```"),
    ],
)
def test_links_lead_to_pages_of_the_site(page, text, linked):
    language = "zh" if "zh-CN" in text else "en"
    assert pages.relinked(text, page, language, KNOWN) == linked


def test_a_link_to_the_other_language_stays_in_this_one_and_names_no_heading():
    text = "[it](promise.md#what-it-costs)"
    assert pages.relinked(text, "security", "zh", KNOWN) == "[it](promise.md)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一行，\n下一行", "一行，下一行"),
        ("一行\n下一行", "一行下一行"),
        ("一行，\n`code`", "一行，`code`"),
        ("一行\n（下一行）", "一行（下一行）"),
        ("提示\n“下一行”\n完", "提示“下一行”完"),
        ("等等……\n完", "等等……完"),
        ("- 一点，\n  还是一点", "- 一点，还是一点"),
        ("a line\nthe next", "a line\nthe next"),
        ("用 Python\n写", "用 Python\n写"),
        ("一段。\n\n下一段", "一段。\n\n下一段"),
        ("一点。\n- 下一点", "一点。\n- 下一点"),
        ("一步。\n2. 下一步", "一步。\n2. 下一步"),
        ("说明：\n| 表 | 头 |", "说明：\n| 表 | 头 |"),
        ("一行：\n```text\n一行，\n下一行\n```", "一行：\n```text\n一行，\n下一行\n```"),
    ],
)
def test_lines_of_chinese_are_joined_without_a_space(text, shown):
    assert pages.joined(text) == shown


def test_every_page_is_listed_once():
    listed = [page for section in pages.nav() for page in section["pages"]]
    assert len(listed) == len(set(listed))


def test_a_page_that_is_not_listed_is_named(monkeypatch, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "nav.toml").write_text('[[section]]\nzh = "一"\nen = "One"\npages = []\n')
    (tmp_path / "lost.md").write_text("# Lost\n")
    monkeypatch.setattr(pages, "DOCS", tmp_path)
    monkeypatch.setattr(pages, "SITE", tmp_path / "site")
    with pytest.raises(SystemExit, match=r"nav\.toml.*lost, readme"):
        pages.nav()


@pytest.mark.parametrize(
    "text",
    [
        "One job.\n简体中文：[menus.zh-CN.md](menus.zh-CN.md).\n",
        "One job. English: [menus.md](menus.md).\n",
        "One job. ([中文](menus.zh-CN.md))\n",
        "One job.English：[menus.md](menus.md)。\n",
    ],
)
def test_the_site_has_a_link_to_the_other_language_of_its_own(text):
    assert pages.BESIDE.sub("", text).rstrip() == "One job."


@pytest.mark.parametrize(
    "mark",
    [
        "简体中文：[a.zh-CN.md](a.zh-CN.md).",
        "简体中文：\n[a.zh-CN.md](a.zh-CN.md).",
        "English: [a.md](a.md).",
        "English:\n[a.md](a.md).",
        "English：[a.md](a.md)。",
        "（[English](a.md)）",
    ],
)
def test_the_mark_of_the_other_language_is_left_to_the_site_s_own_link(mark):
    assert pages.BESIDE.sub("", f"One. {mark} Two.").split() == ["One.", "Two."]


@pytest.mark.parametrize("language", pages.LANGUAGES)
def test_each_page_of_the_site_has_the_heading_of_its_file(language):
    """A paragraph that begins with a link to the other language is not joined to the heading."""
    for page in (page for section in pages.nav() for page in section["pages"]):
        source = pages.ROOT / pages._file(page, language)
        heading = next(line for line in source.read_text("utf-8").splitlines() if line[:2] == "# ")
        assert heading in pages._page(page, language, KNOWN).splitlines(), page
