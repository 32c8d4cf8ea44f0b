"""Text files as people's editors leave them."""

from pathlib import Path

import pytest

from yizhan import recording, settings
from yizhan.api import menu
from yizhan.errors import SettingsError
from yizhan.textfile import line_of, read_text, read_toml

BOM = b"\xef\xbb\xbf"
TOKEN = "tokenOfTheTests2026"
GBK = "名字".encode("gbk")


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BOM + "甲".encode())
    assert read_text(tmp_path / "a.txt") == "甲"


def test_settings_may_begin_with_one(tmp_path: Path) -> None:
    (tmp_path / "yizhan.toml").write_bytes(BOM + f'token = "{TOKEN}"\n'.encode())
    assert settings.load(file=tmp_path / "yizhan.toml", environ={}).token == TOKEN


def test_a_menu_may_begin_with_one(tmp_path: Path) -> None:
    (tmp_path / "menu.toml").write_bytes(BOM + b'[[button]]\nname = "a"\n')
    assert menu.load(tmp_path / "menu.toml").button == [{"name": "a"}]


def test_a_recording_may_begin_with_one() -> None:
    assert list(recording.read([BOM + b"\n"])) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = 1\n" + GBK, "line 2 is not UTF-8 but GBK, it seems: save it as UTF-8"),
        (b"\xff\xff\xff", "line 1 is not UTF-8 text: save it as UTF-8"),
    ],
)
def test_what_is_no_utf_8_is_told_with_its_line(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "yizhan.toml"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=said):
        read_text(path)
    with pytest.raises(SettingsError, match=said):
        settings.load(file=path, environ={})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\nb = \n", r"line 2 is no TOML \(Invalid value\)"),
        ("a = 1\nb = [1,\n", r"line 2 is no TOML"),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "menu.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=said):
        read_toml(path)
    with pytest.raises(SettingsError, match=f"menu.toml cannot be read: {said}"):
        menu.load(path)


@pytest.mark.parametrize(
    ("key", "line"),
    [("hold", 2), ("accounts.shop.hold", 5), ("accounts.a.hold", 7), ("accounts.shop.path", 0)],
)
def test_the_line_that_sets_a_key_is_found(key: str, line: int) -> None:
    text = """# hold = 1
hold = 1
path = "/hold"
[ accounts . "shop" ]
  "hold" = 2
[accounts]
a.hold = 3
"""
    assert line_of(text, key) == line
