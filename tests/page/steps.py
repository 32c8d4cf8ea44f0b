"""What a person does at the page, in a person's words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, expect

NOTICE = "该公众号提供的服务出现故障，请稍后再试"


class Phone:
    """One browser at the simulator."""

    def __init__(self, page: Page, allowed: list[str]) -> None:
        self.page = page
        self._allowed = allowed

    def enter(self, address: str) -> None:
        """Open the page, and wait until it is drawn."""
        self.page.goto(address)
        self.drawn()

    def drawn(self) -> None:
        """Wait until the page is connected, shows its followers and knows the account's menu."""
        self.page.locator(".link.live").wait_for()
        self["follower"].first.wait_for()
        self.page.locator("yz-composer[data-mode]").wait_for(state="attached")

    @property
    def base(self) -> str:
        """Where the page is, without what its address names."""
        return self.page.url.partition("?")[0].partition("#")[0]

    def allow(self, *words: str) -> None:
        """Let the console say such a thing, in this test."""
        self._allowed.extend(words)

    def __getitem__(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def new_follower(self, *, follow: bool = True) -> None:
        """A follower that nobody else uses."""
        count = self["follower"].count()
        self["new-follower"].click()
        expect(self["follower"]).to_have_count(count + 1)
        expect(self["follower"].last).to_have_attribute("aria-current", "true")
        if follow:
            self["follow"].click()
            expect(self.bubbles.last).to_contain_text("欢迎关注驿站")

    def kind(self, kind: str) -> None:
        """Another kind of account, the server told."""
        with self.page.expect_response(re.compile("/api/accounts/")) as told:
            self["kind"].select_option(kind)
        assert told.value.ok

    def says(self, text: str) -> None:
        """Types and sends."""
        if not self["composer"].is_visible():
            self["menu-toggle"].click()
        self["composer"].fill(text)
        self["composer"].press("Enter")

    def hears(self, text: str) -> Locator:
        """The newest thing on the screen is a bubble of the account with that text in it."""
        last = self["entry"].last
        expect(last).to_have_attribute("data-side", "account")
        expect(last.get_by_test_id("bubble")).to_contain_text(text)
        return last

    def attach(self, kind: str) -> None:
        """Opens the sheet and chooses from it."""
        if not self["composer"].is_visible():
            self["menu-toggle"].click()
        self["attach"].click()
        self[f"attach-{kind}"].click()

    def submit(self, **fields: str) -> None:
        """Fills in a dialog and sends it."""
        for name, value in fields.items():
            self[f"field-{name}"].fill(value)
        self["dialog-submit"].click()
        expect(self["dialog-submit"]).to_have_count(0)

    def account(self, id: str) -> None:
        """Changes to another account."""
        self["account"].select_option(id)
        expect(self["chat-title"]).to_have_text(id)

    @contextmanager
    def another_push(self) -> Iterator[None]:
        """What is done within makes one push, which is in the list afterwards."""
        count = self["push"].count()
        yield
        expect(self["push"]).to_have_count(count + 1)

    def newest(self) -> Locator:
        """The newest push in the inspector, opened."""
        push = self["push"].first
        head = push.get_by_test_id("push-head")
        if head.get_attribute("aria-expanded") == "false":
            head.click()
        return push

    def part(self, name: str) -> Locator:
        """A part of the open push."""
        self[f"push-tab-{name}"].click()
        return self["push-body"]

    @property
    def bubbles(self) -> Locator:
        return self["bubble"]

    @property
    def entries(self) -> Locator:
        return self["entry"]

    def last(self, kind: str) -> Locator:
        """The newest entry of that kind."""
        return self.page.locator(f'[data-testid="entry"][data-kind="{kind}"]').last
