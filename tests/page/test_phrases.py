"""The page's phrases and its modules: what one says the other has, and nothing is left over."""

import re
from pathlib import Path

from yizhan.phrases import catalogue
from yizhan.simulator import web

FOLDER = Path(web.__file__).parent
MODULES = [path.read_text("utf-8") for path in sorted(FOLDER.glob("static/js/*.js"))]
TEMPLATES = [path.read_text("utf-8") for path in sorted(FOLDER.glob("templates/*.html"))]
PHRASES = {name.partition(".")[2] for name in catalogue() if name.startswith("page.")}


def found(pattern, texts):
    return {name for text in texts for name in re.findall(pattern, text)}


SAID = found(r'\bsay(?:Or)?\(\s*"(\w+)"', MODULES) | found(r"phrases\.(\w+)", TEMPLATES)
BEGINNINGS = found(r"\bsay(?:Or)?\(\s*`(\w+_)\$\{", MODULES) | found(r'\("(\w+_)" \+', TEMPLATES)


def test_what_the_page_says_is_in_the_catalogue():
    assert not SAID - PHRASES


def test_no_phrase_of_the_page_is_left_that_nobody_says():
    rest = PHRASES - SAID - found(r'"(\w+)"', MODULES)
    assert [name for name in rest if not name.startswith(tuple(BEGINNINGS))] == []


def test_every_beginning_of_a_phrase_has_phrases():
    assert [each for each in BEGINNINGS if not any(name.startswith(each) for name in PHRASES)] == []
