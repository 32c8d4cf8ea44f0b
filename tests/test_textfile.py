"""Text files as people's editors leave them."""

from pathlib import Path

import pytest

from yizhan import recording, settings
from yizhan.api import menu
from yizhan.errors import SettingsError
from yizhan.textfile import read_text

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
