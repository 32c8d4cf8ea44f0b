"""The documentation as a site, built as `make docs` builds it and read from disk."""

import subprocess
import sys

import pages
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.timeout(420)  # the first test waits for the whole site

PAGES = [page for section in pages.nav() for page in section["pages"]]


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    to = tmp_path_factory.mktemp("site")
    command = [sys.executable, pages.__file__, "--to", str(to)]
    built = subprocess.run(command, capture_output=True, text=True, timeout=400)
    assert (built.returncode, built.stderr) == (0, "")
    return to / "html"


@pytest.fixture
def tab(browser):
    """A tab that lets nothing be fetched from elsewhere."""
    with browser.new_context(locale="zh-CN") as context:
        page, elsewhere = context.new_page(), []
        page.on(
            "request", lambda r: r.url.startswith(("file:", "data:")) or elsewhere.append(r.url)
        )
        yield page
        assert elsewhere == []


@pytest.mark.parametrize("page", ["index", "promise", "howto/database", "readme"])
def test_each_page_leads_to_its_twin_and_back(html, tab, page):
    tab.goto(f"{(html / page).as_uri()}.html")
    chinese = tab.locator("h1").inner_text()
    tab.get_by_role("link", name="English", exact=True).first.click()
    expect(tab.locator("html")).to_have_attribute("lang", "en")
    expect(tab).to_have_url(f"{(html / 'en' / page).as_uri()}.html")
    tab.get_by_role("link", name="中文", exact=True).first.click()
    expect(tab.locator("h1")).to_have_text(chinese, use_inner_text=True)


@pytest.mark.parametrize(
    ("word", "found"),
    [("客服消息", "承诺"), ("服务器", "放进任何框架和服务器"), ("模板", "客户端的使用")],
)
def test_the_search_finds_chinese_words_from_disk(html, tab, word, found):
    tab.goto(f"{(html / 'search.html').as_uri()}?q={word}")
    expect(tab.locator("#search-results li").filter(has_text=found).first).to_be_visible()


def test_the_search_finds_english_words_from_disk(html, tab):
    tab.goto(f"{(html / 'en' / 'search.html').as_uri()}?q=database")
    results = tab.locator("#search-results li")
    expect(results.filter(has_text="How to answer from a database").first).to_be_visible()


def test_no_page_is_wider_than_a_phone(html, tab):
    tab.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for page in PAGES:
        tab.goto(f"{(html / page).as_uri()}.html")
        expect(tab.locator("h1").first).to_be_visible()
        wide[page] = tab.evaluate("document.documentElement.scrollWidth")
    assert {page: width for page, width in wide.items() if width > 390} == {}


def test_a_wrong_address_has_a_page_in_each_language(html, tab):
    for folder, heading in ((html, "没有这个页面"), (html / "en", "There is no such page")):
        tab.goto((folder / "404.html").as_uri())
        expect(tab.locator("h1")).to_have_text(heading)


def test_the_list_for_language_models_names_every_page(html):
    listed = (html / "llms.txt").read_text("utf-8")
    assert [page for page in PAGES if f"(en/{page}.html)" not in listed] == []
    assert [page for page in PAGES if not (html / "en" / f"{page}.html").is_file()] == []
