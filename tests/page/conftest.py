"""A headless Chromium, the simulator on a port of this machine, and a page that must behave."""

import os
import shutil
from collections.abc import Iterator

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
]
OURS = ("http://127.0.0.1:", "blob:", "data:")
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


def missing(what: str) -> None:
    """Leave the tests out, saying why; with CI=true nothing may be left out."""
    reason = f"{what} is missing, so the page cannot be tested"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


# By folder: while Playwright's loop runs in this thread no other may, as in asynchronous tests.
@pytest.fixture(scope="package")
def browser():
    if CHROMIUM is None:
        missing("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the Python package playwright")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def settings(tmp_path_factory) -> Iterator[None]:
    """For the whole module what the fixture of all tests sets for each."""
    with pytest.MonkeyPatch.context() as patch:
        empty = tmp_path_factory.mktemp("page") / "yizhan.toml"
        empty.touch()
        patch.setenv("YIZHAN_CONFIG", str(empty))
        yield


@pytest.fixture(scope="module")
def desk(settings):
    from page.desk import Desk

    running = Desk()
    yield running
    running.stop()


class Windows:
    """Opens pages, each in a browser profile of its own, and notes what they did wrong."""

    def __init__(self, browser, desk) -> None:
        self._browser, self._desk = browser, desk
        self.contexts, self.problems, self.allowed = [], [], []

    def __call__(self, *, enter: bool = True, **how):
        from page.steps import Phone

        how = {"viewport": {"width": 1280, "height": 860}, "locale": "zh-CN", **how}
        context = self._browser.new_context(**how)
        self.contexts.append(context)
        context.set_default_timeout(8000)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", lambda m: m.type in ("error", "warning") and self._told(m.text))
        page.on("pageerror", lambda error: self._told(str(error)))
        page.on("request", lambda r: r.url.startswith(OURS) or self._told(r.url))
        phone = Phone(page, self.allowed)
        if enter:
            phone.enter(self._desk.address())
        return phone

    def _told(self, text: str) -> None:
        if not any(word in text for word in self.allowed):
            self.problems.append(text)

    def check(self) -> None:
        """Nothing in a console, no request to elsewhere, nothing that the policy forbids."""
        for page in (page for context in self.contexts for page in context.pages):
            self.problems += page.evaluate("(window.violations ?? []).splice(0)")
        found, self.problems = self.problems, []
        self.allowed.clear()
        assert found == []

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture(scope="module")
def windows(browser, desk):
    opened = Windows(browser, desk)
    yield opened
    opened.close()


@pytest.fixture
def opened(browser, desk):
    """Opens pages for one test; none may have misbehaved."""
    mine = Windows(browser, desk)
    yield mine
    try:
        mine.check()
    finally:
        mine.close()


@pytest.fixture(scope="module")
def kept(windows):
    return windows()


@pytest.fixture
def phone(windows, kept):
    """The page in a window of a desk; the same for all tests of a module."""
    yield kept
    windows.check()
