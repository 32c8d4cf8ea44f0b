"""The one catalogue of what Yizhan says to people, in Chinese and English."""

import os
import re
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")

# What a terminal would obey: a server's answer is a stranger's. Tabs and line breaks stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every phrase by its name, each a mapping of language to text."""
    text = files("yizhan").joinpath("phrases.toml").read_text("utf-8")
    return {
        f"{group}.{name}": phrase
        for group, phrases in tomllib.loads(text).items()
        for name, phrase in phrases.items()
    }


def language() -> str:
    """The reader's language: YIZHAN_LANG, else the locale variables; `zh` or `en`."""
    for variable in ("YIZHAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable, ""):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def known(phrase: str) -> bool:
    """Whether the catalogue has a phrase of that name."""
    return phrase in catalogue()


def say(phrase: str, /, **values: object) -> str:
    """The phrase of that name in the reader's language, with the values filled in."""
    return catalogue()[phrase][language()].format(**values)


def shortened(text: str, most: int) -> str:
    """The text; of a longer one the beginning, which ends with a whole word and a mark."""
    if len(text) <= most:
        return text
    begun = text[: most - 1]
    end = begun.rfind(" ")
    return (begun[:end] if end > most // 2 else begun) + "…"


def visible(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return CONTROLS.sub("\ufffd", text.replace("\r\n", "\n"))
