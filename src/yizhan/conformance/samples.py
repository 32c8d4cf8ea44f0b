"""The pushes of samples.toml as rows."""

import tomllib
from importlib.resources import files
from typing import Literal

import msgspec

from yizhan.conformance.case import Severity
from yizhan.conformance.pushes import Value


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of push: its own fields, beside the header's."""

    fact: str
    fields: dict[str, Value]
    severity: Severity = "breaks"


def samples(of: Literal["kind", "event"]) -> dict[str, Sample]:
    """The rows of one table by their names."""
    text = files("yizhan.conformance").joinpath("samples.toml").read_text("utf-8")
    return {
        name: Sample(row["fact"], row["fields"], row.get("severity", "breaks"))
        for name, row in tomllib.loads(text)[of].items()
    }
