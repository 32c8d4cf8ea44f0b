"""What `yizhan dev` gives the simulator beside the bot."""

import sys
from types import ModuleType

import pytest

from yizhan import Account
from yizhan.dev import hang_menu, problem_lines, sources
from yizhan.raised import Place, Raised
from yizhan.simulator.export import Source
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
    return simulator.simulation.world.account("demo").menus


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


class TestSources:
    """What a copied test imports to have an account."""

    @pytest.fixture
    def module(self, monkeypatch):
        made = ModuleType("shops")
        monkeypatch.setitem(sys.modules, "shops", made)
        made.accounts = made.named = None
        made.one, made.two = (Account(name, token="tokenOfTheDemo2026") for name in "ab")
        return made

    @pytest.mark.parametrize(
        ("target", "several", "expected"),
        [
            ("shops:one", None, {"a": Source("shops", "one", "one")}),
            ("path/to/shops.py:one", None, {"a": Source("shops", "one", "one")}),
        ],
    )
    def test_the_name_that_the_command_says(self, module, target, several, expected):
        assert sources([module.one], target) == expected

    def test_its_own_name_where_the_command_names_several(self, module):
        module.accounts = [module.one, module.two]
        found = sources(module.accounts, "shops:accounts")
        assert found == {"a": Source("shops", "one", "one"), "b": Source("shops", "two", "two")}

    @pytest.mark.parametrize(
        ("kind", "expression"), [(list, "accounts[1]"), (dict, "accounts['second']")]
    )
    def test_its_place_where_it_has_no_name(self, module, kind, expression):
        both = [module.one, module.two]
        module.accounts = both if kind is list else {"first": both[0], "second": both[1]}
        del module.one, module.two
        found = sources(both, "shops:accounts")
        assert found["b"] == Source("shops", "accounts", expression)


@pytest.mark.parametrize("places", [0, 1, 2, 9])
def test_why_a_bot_cannot_be_loaded_takes_five_lines_at_most(places):
    told = tuple(Place(f"bot{number}.py", number, "x = y") for number in range(places))
    lines = problem_lines(Raised("NameError", "y is not defined", told, ""), "http://page/")
    assert len(lines) <= 5
    assert "NameError: y is not defined" in lines[0]
    assert lines[0].startswith("bot0.py:0: " if places else "NameError")
    assert "http://page/" in lines[-1]
