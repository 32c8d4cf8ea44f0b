"""What `yizhan dev` gives the simulator beside the bot."""

import pytest

from yizhan import Account
from yizhan.dev import hang_menu
from yizhan.simulator.mounting import mount

MENU = """
[[button]]
type = "click"
name = "帮助"
key = "HELP"

[[conditional]]
matchrule = {client_platform_type = "1"}
button = [{type = "click", name = "苹果", key = "APPLE"}]
"""


@pytest.fixture
async def simulator():
    bot = Account("demo", token="tokenOfTheDemo2026", store="memory://")
    mounted = mount([bot])
    yield mounted
    await mounted.close()


@pytest.fixture
def menus(simulator):
    return simulator.desk.world.account("demo").menus


async def test_the_menu_beside_the_bot_hangs_as_if_made_in_the_console(simulator, menus, tmp_path):
    (tmp_path / "menu.toml").write_text(MENU, "utf-8")
    hang_menu(simulator, tmp_path / "menu.toml")
    assert [button["name"] for button in menus.seen_by([], "2").buttons] == ["帮助"]
    assert [button["name"] for button in menus.seen_by([], "1").buttons] == ["苹果"]


@pytest.mark.parametrize("text", ["button = 1", '[[button]]\ntype = "click"\nname = "x"'])
async def test_a_menu_that_is_none_is_said_and_nothing_hangs(
    simulator, menus, tmp_path, caplog, text
):
    (tmp_path / "menu.toml").write_text(text)
    hang_menu(simulator, tmp_path / "menu.toml")
    assert menus.seen_by([], "2") is None
    assert "menu.toml" in caplog.text


async def test_without_a_file_there_is_no_menu(simulator, menus, tmp_path, caplog):
    hang_menu(simulator, tmp_path / "menu.toml")
    assert (menus.seen_by([], "2"), caplog.text) == (None, "")
