"""Where an error was raised, as its author looks for it."""

import json
import sys

import pytest

from yizhan.errors import SettingsError
from yizhan.raised import in_short, is_own, raised


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Imports a module of that text in an author's folder; gives what it raises."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)

    def imported(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.py").write_text(text, "utf-8")
            monkeypatch.delitem(sys.modules, name, raising=False)
        with pytest.raises(Exception) as caught:  # whichever the author's is
            __import__(next(iter(texts)))
        error = caught.value
        return raised(error.with_traceback(error.__traceback__.tb_next))  # without this line

    return imported


def test_the_author_s_innermost_line_comes_first(module):
    told = module(bota="import helpera\n", helpera="import json\n\njson.loads('{')\n")
    assert str(told.place) == "helpera.py:3"
    assert told.place.source == "json.loads('{')"
    assert told.what.startswith("JSONDecodeError: ")
    assert [str(place) for place in told.places[1:2]] == ["bota.py:1"]


def test_a_syntax_error_is_where_it_is_written(module):
    told = module(botb="import botc\n", botc="x = (\n")
    assert (str(told.place), told.place.source) == ("botc.py:1", "x = (")
    assert told.what == "SyntaxError: '(' was never closed"


def test_the_traceback_begins_with_the_author(module):
    told = module(botd="1 / 0\n")
    assert told.traceback.splitlines()[1].strip().startswith("File ")
    assert "botd.py" in told.traceback.splitlines()[1]
    assert "importlib" not in told.traceback


def test_an_error_of_many_lines_is_told_in_one(module):
    assert module(bote="raise ValueError('a\\n  b')\n").what == "ValueError: a b"
    assert module(botf="raise KeyError\n").what == "KeyError"


@pytest.mark.parametrize(
    ("file", "own"),
    [
        ("bot.py", True),
        ("<string>", False),
        (json.__file__, False),
        (pytest.__file__, False),
        (sys.modules["yizhan"].__file__, False),
    ],
)
def test_whose_file_it_is(file, own):
    assert is_own(file) is own


def test_in_short_it_is_the_author_s_lines_and_what_it_comes_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("YIZHAN_LANG", "en")
    texts = {
        "botg": "import helperg\n\n\ndef run():\n    helperg.price('x')\n",
        "helperg": "import json\n\n\ndef price(text):\n    try:\n        json.loads(text)\n"
        "    except ValueError:\n        raise LookupError(text) from None\n"
        "    return text\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
    with pytest.raises(LookupError) as caught:
        __import__("botg").run()
    lines = in_short(caught.value.with_traceback(caught.value.__traceback__.tb_next))
    assert lines == [
        "helperg.py:8: LookupError: x",
        "    raise LookupError(text) from None",
        "  called at botg.py:5",
    ]
    caught.value.__cause__ = caught.value.__context__
    assert in_short(caught.value)[-1].startswith("  because of helperg.py:6: JSONDecodeError: ")


def test_causes_in_a_circle_are_told_once():
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    assert len(in_short(one)) == 2


def test_our_own_sentence_is_whole_and_another_s_ends_with_a_word():
    words = "setting " * 100
    ours = SettingsError("settings.unknown", setting="x", known=words)
    assert raised(ours).text == str(ours).strip()
    assert raised(ValueError(words)).text == "setting " * 23 + "setting…"
