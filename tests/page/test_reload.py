"""`yizhan dev` with its page open while the author saves: what is kept, and what is said."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from page.conftest import Windows
from page.test_look import audit
from served import YIZHAN, Served, started

BOT = """
from yizhan import Account

account = Account("demo", token="tokenOfThePage2026")


@account.subscribe
async def welcome(event):
    return "欢迎关注驿站！"


@account.text
async def echo(message, session):
    session["n"] = session.get("n", 0) + 1
    return f"一：{message.content}（{session['n']}）"
"""
MENU = '[[button]]\ntype = "click"\nname = "帮助"\nkey = "HELP"\n'


class Project:
    """A bot's folder, served by `yizhan dev`, as its author has it."""

    def __init__(self, folder: Path, served: Served) -> None:
        self.folder, self.served = folder, served

    def address(self) -> str:
        """The newest address in the terminal."""
        return re.findall(r"http://\S+\?token=\S+", self.served.said())[-1]

    def save(self, name: str, text: str) -> None:
        """As editors do: another file is put in its place."""
        made = self.folder / f"{name}.part"
        made.write_text(text, "utf-8")
        made.replace(self.folder / name)

    def saves(self, name: str, text: str, said: str = "已重新载入") -> str:
        """Saves, and waits until the terminal says that; what it has said since."""
        before = len(self.served.said())
        self.save(name, text)
        self.served.wait_for(lambda: said in self.served.said()[before:])
        return self.served.said()[before:]


@pytest.fixture(scope="module", autouse=True)
def patience():
    """A process is started for each save, which takes its time on a busy machine."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("dev")


@pytest.fixture(scope="module")
def project(home):
    folder = home / "project"
    folder.mkdir()
    (folder / "bot.py").write_text(BOT, "utf-8")
    environ = {"YIZHAN_LANG": "zh", "COLUMNS": "60"}
    with started(home, YIZHAN, "dev", "bot:account", cwd=folder, environ=environ) as served:
        served.wait_said("?token=")
        yield Project(folder, served)


@pytest.fixture(scope="module")
def page(browser, project):
    windows = Windows(browser, project)
    phone = windows()
    phone["clock"].click()
    phone["pace-auto"].click()
    yield phone
    windows.close()


@pytest.fixture
def fan(page, project):
    """Somebody new, in front of a bot that works."""
    if (project.folder / "bot.py").read_text("utf-8") != BOT:
        project.saves("bot.py", BOT)
    expect(page["link"]).to_have_text("已连接")
    page.new_follower()
    return page


def test_a_save_keeps_conversation_pushes_calendar_and_what_is_being_typed(fan, project):
    fan.says("你好")
    fan.hears("一：你好（1）")
    today = re.compile(fan["clock-now"].get_attribute("title").rpartition(" ")[0])
    fan["clock"].click()
    fan["jump-86400"].click()
    expect(fan["clock-now"]).not_to_have_attribute("title", today)
    fan["composer"].fill("正在写")
    count = fan["push"].count()
    said = project.saves("bot.py", BOT.replace("一：", "二："))
    assert re.fullmatch(r"\d\d:\d\d:\d\d bot.py 有改动，已重新载入\n", said)
    expect(fan["link"]).to_have_text("已连接")
    expect(fan["banner"]).to_be_hidden()
    expect(fan.bubbles).to_have_text(["欢迎关注驿站！", "你好", "一：你好（1）"])
    expect(fan["push"]).to_have_count(count)
    expect(fan["clock"]).to_contain_text("自动快进")
    expect(fan["clock-now"]).not_to_have_attribute("title", today)
    expect(fan["composer"]).to_have_value("正在写")
    fan.says("再来")
    fan.hears("二：再来（2）")


def test_what_is_said_during_a_reload_is_not_lost(fan, project):
    slow = (
        '    if message.content == "慢":\n        import asyncio\n        await asyncio.sleep(60)\n'
    )
    project.saves("bot.py", BOT.replace("    session", slow + "    session", 1))
    expect(fan["link"]).to_have_text("已连接")
    fan["clock"].click()
    fan["pace-real"].click()
    fan.says("慢")  # so the former process has its grace to the end
    expect(fan["push"].first).to_contain_text("慢")
    fan.new_follower()
    before = len(project.served.said())
    project.save("bot.py", BOT)
    said = []
    while "已重新载入" not in project.served.said()[before:]:
        said.append(f"话{len(said)}")
        fan.says(said[-1])
        fan.page.wait_for_timeout(100)
    for text in said:
        expect(fan.bubbles.filter(has_text=re.compile(f"^一：{text}（"))).to_have_count(1)
    expect(fan["toast-problem"]).to_have_count(0)
    fan["clock"].click()
    fan["pace-auto"].click()


def test_a_bot_that_cannot_be_imported_leaves_the_page_and_says_where_the_fault_is(fan, project):
    said = project.saves("bot.py", BOT + "\nnumber = 1 / 0\n", "/simulator/")
    lines = said.splitlines()
    assert len(lines) <= 5
    assert lines[:2] == ["bot.py:17: ZeroDivisionError: division by zero", "    number = 1 / 0"]
    assert "Traceback" not in said
    banner = fan["banner"]
    expect(banner).to_contain_text("机器人没有载入")
    expect(fan["problem"]).to_have_text("bot.py:17 ZeroDivisionError: division by zero")
    banner.get_by_text("完整的堆栈").click()
    expect(banner.locator("pre")).to_contain_text("Traceback")
    audit(fan)
    fan.says("在吗")
    lane = fan["push"].first.get_by_test_id("timeline")
    expect(lane).to_have_attribute("aria-label", re.compile("连不上服务器：bot.py:17"))
    project.saves("bot.py", BOT)
    expect(banner).to_be_hidden()
    fan.says("现在呢")
    fan.hears("一：现在呢")


def test_a_syntax_error_is_told_in_the_terminal_like_every_other(fan, project):
    said = project.saves("bot.py", BOT + "\nx = (\n", "/simulator/")
    assert said.splitlines()[:2] == ["bot.py:17: SyntaxError: '(' was never closed", "    x = ("]
    expect(fan["problem"]).to_contain_text("bot.py:17")


def test_settings_menu_and_templates_are_loaded_when_they_change(fan, project):
    assert "menu.toml 有改动" in project.saves("menu.toml", MENU)
    expect(fan["menu-button"]).to_have_text(["帮助"])
    said = project.saves("yizhan.toml", "token = ", "/simulator/")
    assert "Traceback" not in said
    expect(fan["banner"]).to_contain_text("yizhan.toml")
    project.saves("yizhan.toml", '[accounts.demo]\nkind = "service"\n')
    expect(fan["kind"]).to_have_value("service")
    (project.folder / "templates").mkdir()
    assert "templates/letter.txt 有改动" in project.saves("templates/letter.txt", "x")


def test_a_push_that_the_server_refuses_says_so_in_the_conversation(fan, project):
    project.saves("yizhan.toml", "[accounts.demo]\nmax_body = 600\n")
    expect(fan["link"]).to_have_text("已连接")
    fan.says("长" * 400)
    told = fan["conversation"].get_by_test_id("refusal")
    expect(told).to_have_text(re.compile("服务器拒收了这条推送 too_large: .*max_body"))
    audit(fan)
    fan["push-outcome"].select_option("refused")
    expect(fan["push"].get_by_test_id("outcome")).to_have_text(["被拒收"])
    fan["push-outcome"].select_option("")
    project.saves("yizhan.toml", "")
    expect(fan["link"]).to_have_text("已连接")


def test_a_message_that_is_being_handled_is_answered_after_the_save(fan, project):
    slow = BOT.replace("    session", "    import asyncio\n    await asyncio.sleep(3)\n    session")
    project.saves("bot.py", slow)
    expect(fan["link"]).to_have_text("已连接")
    fan["clock"].click()
    fan["pace-real"].click()
    fan.says("慢")
    expect(fan["push"].first.get_by_test_id("attempt")).to_have_count(1)
    project.saves("bot.py", BOT)
    fan.hears("一：慢（1）")
    expect(fan["push"].first).to_have_attribute("data-outcome", "replied")
    expect(fan["push"].first.get_by_test_id("attempt")).not_to_have_count(1)


def test_a_copied_test_imports_the_bot_and_runs(fan, project):
    fan.says("你好")
    fan.hears("一：你好（1）")
    fan["chat-more"].click()
    fan["chat-test"].click()
    told = fan["code-text"].inner_text()
    fan["dialog-close"].click()
    assert "from bot import account\n" in told
    kind, verified = fan["kind"].input_value(), "+" in fan["kind"].input_value()
    assert f"wechat(account, kind={kind.rstrip('+')!r}, verified={verified}) as chat" in told
    (project.folder / "test_copied.py").write_text(told, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_copied.py"]
    ran = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, timeout=60)
    assert "1 passed" in ran.stdout, ran.stdout


def test_the_root_says_what_this_is_and_leads_to_the_page(browser, project):
    root = f"http://127.0.0.1:{project.served.port}/"
    windows = Windows(browser, project)
    fan = windows(enter=False)
    fan.page.goto(root)
    expect(fan.page).to_have_title("驿站：开发中的公众号机器人")
    expect(fan.page.locator("li")).to_have_text(f"demo {root}wechat")
    before = project.served.said()
    fan.allow("401", "favicon")
    fan.page.get_by_role("link", name="打开模拟器").click()
    expect(fan.page.locator("body")).to_contain_text("终端里刚打印的一次性链接")
    project.served.wait_for(lambda: "?token=" in project.served.said()[len(before) :])
    fan.enter(project.address())
    expect(fan["chat-title"]).to_have_text("demo")
    fan.page.goto(root)
    fan.page.get_by_role("link", name="打开模拟器").click()
    expect(fan["chat-title"]).to_have_text("demo")
    windows.check()
    windows.close()


def test_ctrl_c_with_the_page_open_is_silent_and_leaves_no_conversation_behind(
    browser, home, project, page
):
    """The last test: it ends what the others use."""
    expect(page["link"]).to_have_text("已连接")
    kept = home / "data" / "yizhan" / "dev"
    assert [oct(path.stat().st_mode & 0o777) for path in kept.glob("*.world")] == ["0o600"]
    before = project.served.said()
    os.killpg(project.served.process.pid, signal.SIGINT)
    assert project.served.process.wait(20) == 0
    assert project.served.said() == before
    assert [*kept.glob("*.world")] == []
    words = project.served.said()
    assert not re.search(r"uvicorn|StatReload|Traceback|ASGI|graceful", words)
    assert max(map(len, words.splitlines())) < 200
