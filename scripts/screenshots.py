"""Draw docs/images: the simulator's page in its main states, as the READMEs show it.

Needs Chromium, the Python package playwright, and fonts for Chinese and emoji
(Debian: fonts-noto-cjk fonts-noto-color-emoji).
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests"))

from page.conftest import ARGUMENTS  # noqa: E402  # the path comes first
from page.desk import Desk  # noqa: E402
from page.steps import Phone  # noqa: E402
from page.test_menu import MENU  # noqa: E402

DESK = {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1.5}
PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 2, "has_touch": True}


def conversation(fan: Phone) -> None:
    """Messages and replies of many kinds."""
    fan.says("你好 [微笑]")
    fan.hears("你好")
    fan.attach("image")
    fan.submit()
    expect(fan.last("image")).to_have_attribute("data-side", "account")
    fan.attach("voice")
    fan.submit()
    expect(fan.last("voice")).to_have_attribute("data-side", "account")
    fan.says("满意吗")
    fan.hears("满意")
    fan.says("图文")
    fan.hears("一封信也不丢")


def pushes(fan: Phone) -> None:
    """An answer of twelve seconds, and one of thirty."""
    fan.says("等12秒")
    fan.hears("12 秒")
    fan.says("等30秒")
    fan.hears("30 秒")
    fan["push-head"].nth(1).click()
    expect(fan["verdict"]).to_be_visible()


def fault(fan: Phone) -> None:
    """The notice and its reason, beside the answer that brought it."""
    fan.account("careless")
    fan.says("你好")
    fan.hears("你好")
    fan.says("JSON")
    expect(fan["notice"].last).to_be_visible()
    fan.newest()
    fan.part("response")


def breaking(fan: Phone) -> None:
    """A good bot whose replies are broken on their way, one mistake after the other."""
    fan["tab-faults"].click()
    for mistake in ("unswapped", "blank"):
        fan[f"fault-reply_{mistake}"].check()
        fan.says("你好")
        expect(fan["faults-badge"]).to_be_hidden()
    expect(fan["reason"]).to_have_count(2)
    fan["fault-reply_late"].check()
    expect(fan["faults-badge"]).to_be_visible()


def code(fan: Phone) -> None:
    """A QR code that the bot has made, and the account that it belongs to."""
    fan.says("海报")
    expect(fan.last("image")).to_have_attribute("data-side", "account")
    fan.last("image").get_by_test_id("recognise").click()
    fan.hears("又见面了")
    fan["tab-account"].click()


def menu(fan: Phone) -> None:
    """The account's menu, a sub-menu open."""
    fan.says("满意吗")
    fan.hears("满意")
    fan["msgmenu-item"].first.click()
    fan.hears("满意（101）")
    fan["menu-toggle"].click()
    fan["menu-button"].nth(1).click()


def sheet(fan: Phone) -> None:
    """The inspector over the chat."""
    fan.says("等12秒")
    fan.hears("12 秒")
    fan["inspector-toggle"].click()
    fan.newest()


PICTURES: dict[str, tuple[Callable[[Phone], None], dict[str, object]]] = {
    "conversation": (conversation, DESK),
    "pushes": (pushes, DESK),
    "fault": (fault, DESK),
    "break": (breaking, DESK),
    "code": (code, DESK),
    "dark": (pushes, DESK | {"color_scheme": "dark", "locale": "en-GB"}),
    "phone": (menu, PHONE),
    "phone-inspector": (sheet, PHONE | {"color_scheme": "dark"}),
}


def draw(browser: Browser, desk: Desk, name: str) -> None:
    """One picture, by a follower of its own."""
    scene, how = PICTURES[name]
    context = browser.new_context(**({"locale": "zh-CN"} | how))
    context.set_default_timeout(15_000)
    fan = Phone(context.new_page(), [])
    fan.enter(desk.address())
    account = f"{fan.base}api/accounts/demo"
    fan.page.request.patch(account, data={"nickname": "驿站"})
    fan.page.request.put(f"{account}/menu", data=MENU)
    fan.kind("service+")
    scene(fan)
    fan.page.wait_for_timeout(3500)  # until the last toast has gone
    fan.page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("chromium is missing\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    expect.set_options(timeout=20_000)
    with tempfile.NamedTemporaryFile(suffix=".toml") as empty, sync_playwright() as playwright:
        os.environ["YIZHAN_CONFIG"] = empty.name
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in sys.argv[1:] or PICTURES:
            desk = Desk(haste=6)
            draw(browser, desk, name)
            desk.stop()
            sys.stdout.write(f"docs/images/{name}.png\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
