"""Every module stands in a layer, every import counts, and the documents tell the same layers."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
[LAYERS] = [each for each in LINTER["contracts"] if each["type"] == "layers"]


def modules(layer):
    return frozenset(re.split(r" [|:] ", layer))


def test_every_module_stands_in_a_layer():
    named = {name for layer in LAYERS["layers"] for name in modules(layer)}
    package = ROOT / "src/yizhan"
    there = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    assert named == there - {"__init__"}


def test_no_import_is_left_out():
    """Neither those for type checkers alone nor any that a contract would ignore."""
    assert LINTER["exclude_type_checking_imports"] is False
    assert LAYERS["exhaustive"] is True
    assert [each["name"] for each in LINTER["contracts"] if "ignore_imports" in each] == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/architecture.zh-CN.md"])
def test_the_architecture_tells_the_layers_in_their_order(page):
    text = (ROOT / page).read_text("utf-8")
    [block] = re.findall(r"```text\n(\S+ +cli.*?)```", text, re.DOTALL)
    rows = [re.sub(r"^\S+ +", "", line) for line in block.splitlines()]
    told = [frozenset(layer.split(", ")) for row in rows for layer in row.split(" · ")]
    assert told == [modules(layer) for layer in LAYERS["layers"] if layer != "__main__"]
