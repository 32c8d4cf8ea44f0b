"""The one catalogue of what Yizhan says to people, in Chinese and English."""

import os
import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("zh", "en")


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
