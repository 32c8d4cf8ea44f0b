"""What the suite says to people, in the reader's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from yizhan.conformance.case import Case, Need
from yizhan.conformance.judging import Why
from yizhan.phrases import language, say, visible


@cache
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """The tables of texts.toml: rows by name, each a mapping of language to text."""
    text = files("yizhan.conformance").joinpath("texts.toml").read_text("utf-8")
    return tomllib.loads(text)


def title(case: Case) -> str:
    """What a good server does."""
    return wording("case", case.text, {"name": case.name})


def cure(case: Case) -> str:
    """What to do about a failure."""
    return wording("cure", catalogue()["case"][case.text]["cure"])


def why(reason: Why | None) -> str:
    """Why a case failed; "" for none."""
    if reason is None:
        return ""
    if "." not in reason.phrase:
        return wording("fault", reason.phrase, reason.values)
    problem = say(reason.phrase, **reason.values)
    if body := reason.values.get("body"):
        return wording("fault", "unread", {"problem": problem, "body": body})
    return visible(problem)


def lacking(need: Need | None) -> str:
    """What a skipped case waits for; "" for nothing."""
    return wording("need", need) if need else ""


def wording(table: str, name: str, values: Mapping[str, object] | None = None) -> str:
    """A row of a table in the reader's language, with the values filled in."""
    fields = {name: _shown(value) for name, value in (values or {}).items()}
    return catalogue()[table][name][language()].format(**fields)


def _shown(value: object) -> object:
    return visible(value) if isinstance(value, str) else value
