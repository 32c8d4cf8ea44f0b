"""Docstrings on the pages of the reference: they are Markdown in their code and their names."""

import builtins
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING

from yizhan.wire.xml import Value

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FRAMEWORKS = ("bottle", "django", "flask", "litestar", "quart", "sanic", "starlette", "tornado")
# What marks emphasis or a target in reStructuredText and nothing in our docstrings.
MARKS = re.compile(r"(`+[^`]*`+)|([*|\\]|(?<=\w)_(?!\w))")
PLAINER = (  # what Python writes for it, and what a reader wants to see
    (re.compile(r"raw: dict.*?=<factory>"), "raw: Raw = {}"),
    (re.compile(r"<class '([\w.]+)'>"), r"\1"),
    (re.compile(r"<factory>"), "..."),
    (re.compile(r"~?\b(?:collections\.abc|typing|yizhan(?:\.\w+)*)\.(?=[A-Z])"), ""),
)


def setup(app: "Sphinx") -> dict[str, bool]:
    """Read docstrings so; a framework that is not installed is played."""
    app.setup_extension("sphinx.ext.autodoc")
    app.config.autodoc_mock_imports = [name for name in FRAMEWORKS if find_spec(name) is None]
    # A recursive type names itself; autodoc looks for that name in whatever module uses it.
    setattr(builtins, "Value", Value)  # noqa: B010
    app.connect("autodoc-process-docstring", _written)
    app.connect("autodoc-process-signature", _signed)
    return {"parallel_read_safe": True}


def _written(
    app: object, what: str, name: str, of: object, options: object, lines: list[str]
) -> None:
    """Mark code as such, and quote elsewhere what only reStructuredText gives a meaning."""
    made: list[str] = []
    fenced = coded = False
    for line in lines:
        if line.startswith("```"):
            fenced = not fenced
            continue
        is_code = fenced or line.startswith("    ") or (coded and not line)
        if is_code and not coded:
            made += ["", ".. code-block:: python", ""]
        elif coded and not is_code:
            made.append("")
        coded = is_code
        made.append(f"    {line}" if is_code else MARKS.sub(_quoted, line))
    lines[:] = made


def _quoted(match: re.Match[str]) -> str:
    return match[1] or f"\\{match[2]}"


def _signed(
    app: object,
    what: str,
    name: str,
    of: object,
    options: dict[str, object],
    signature: str | None,
    returned: str | None,
) -> tuple[str | None, str | None]:
    """Leave out how a class is made that Yizhan alone makes: one documented without `__init__`."""
    if what == "class" and options.get("class_doc_from") == "class":
        return "", None
    for pattern, text in PLAINER:
        signature = pattern.sub(text, signature) if signature else signature
    return signature, returned
