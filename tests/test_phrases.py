import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import yizhan
from yizhan import errors, phrases
from yizhan.phrases import catalogue, language, say

SOURCES = sorted(Path(yizhan.__file__).parent.rglob("*.py"))
NODES = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text("utf-8")))]
FRAGMENTS = {part for node in NODES if isinstance(node, ast.JoinedStr) for part in node.values}
WORDS = {
    node.value
    for node in NODES
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in FRAGMENTS
}
SPEAKERS = {"say"} | {
    name
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.YizhanError)
}
NAME = re.compile(r"[a-z]+\.[a-z_0-9]+")


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def spoken():
    """Every call in the source that says a phrase: its name, its values, its place."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            first = node.args[0]
            if function in SPEAKERS and isinstance(first, ast.Constant) and "." in first.value:
                values = {keyword.arg for keyword in node.keywords}
                yield pytest.param(first.value, values, id=f"{path.stem}:{node.lineno}")


def pattern_of(node):
    """The pattern of phrases whose names are put together while running; None for others."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [node.left, node.right]
    else:
        parts = node.values if isinstance(node, ast.JoinedStr) else []
    texts = [part.value if isinstance(part, ast.Constant) else None for part in parts]
    if not texts or not re.match(r"[a-z]+\.", str(texts[0])):
        return None
    return re.compile("".join("(.+)" if text is None else re.escape(text) for text in texts))


PAGES = "\n".join(
    path.read_text("utf-8")
    for path in Path(yizhan.__file__).parent.rglob("*")
    if path.suffix in (".js", ".html")
)
PATTERNS = [pattern for node in NODES if (pattern := pattern_of(node)) is not None]


def is_used(phrase):
    """Whether a phrase is named, or put together from a name of a part, such as an option's."""
    group, name = phrase.split(".")
    if group == "page":
        start = name.rpartition("_")[0]
        return re.search(rf"\b{name}\b", PAGES) or (start and f"{start}_${{" in PAGES)
    return phrase in WORDS or any(
        found[1] in WORDS or pattern.pattern != rf"{group}\.(.+)"
        for pattern in PATTERNS
        if (found := pattern.fullmatch(phrase))
    )


@pytest.mark.parametrize("phrase", catalogue())
def test_a_phrase_speaks_both_languages_with_the_same_placeholders(phrase):
    said = catalogue()[phrase]
    assert list(said) == list(phrases.LANGUAGES)
    assert all(said.values())
    assert placeholders(said["zh"]) == placeholders(said["en"])


# The page's own are held to its modules by tests/page.
@pytest.mark.parametrize("phrase", [name for name in catalogue() if not name.startswith("page.")])
def test_no_phrase_is_left_that_nobody_says(phrase):
    assert is_used(phrase)


@pytest.mark.parametrize(("phrase", "values"), list(spoken()))
def test_what_is_said_is_in_the_catalogue_with_the_values_it_needs(phrase, values):
    assert phrase in catalogue()
    assert None in values or values == placeholders(catalogue()[phrase]["en"])


@pytest.mark.parametrize("word", sorted(filter(NAME.fullmatch, WORDS)))
def test_what_looks_like_a_phrase_of_a_group_is_one(word):
    groups = {phrase.split(".")[0] for phrase in catalogue()}
    assert word.split(".")[0] not in groups or word in catalogue()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8", "YIZHAN_LANG": "en"}, "en"),
        ({"YIZHAN_LANG": "ZH"}, "zh"),
        ({"YIZHAN_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"YIZHAN_LANG": "fr"}, "en"),
    ],
)
def test_the_language_is_the_reader_s(monkeypatch, variables, expected):
    for name in ("YIZHAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_an_error_speaks_the_reader_s_language(monkeypatch):
    error = errors.SettingsError("settings.number", setting="max_age")
    assert str(error) == "max_age must be a number"
    monkeypatch.setenv("YIZHAN_LANG", "zh")
    assert str(error) == "max_age 应是数字"


def test_values_are_filled_in_as_they_are():
    assert "{n}" in say("settings.number", setting="{n}")
