"""The Python reference names everything that a program may import, each with its docstring."""

import inspect
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import yizhan
from yizhan import errors, messages

DOCS = Path(__file__).parents[1] / "docs"
PAGES = sorted((DOCS / "reference").glob("*.md"))
EXPORTING = (
    *("yizhan", "yizhan.api", "yizhan.api.component", "yizhan.api.login"),
    *("yizhan.compat.werobot", "yizhan.events", "yizhan.replies", "yizhan.testing"),
)
DEFINING = ("yizhan.errors", "yizhan.messages")
MOUNTS = [path.stem for path in (DOCS.parent / "src/yizhan/mounts").glob("[!_]*.py")]
DIRECTIVE = re.compile(r"(?m)^\.\. (auto\w+|py:data):: (yizhan[\w.]*)$")


def listed(*, chinese: bool) -> list[str]:
    """The names on the pages of that language, in their order."""
    texts = [each.read_text("utf-8") for each in PAGES if ("zh-CN" in each.name) == chinese]
    return [name for text in texts for _, name in DIRECTIVE.findall(text)]


def exported() -> set[str]:
    """Every name with its module; what `yizhan` exports itself stands there alone."""
    names = {f"yizhan.mounts.{each}.mount" for each in MOUNTS}
    for module in (errors, messages):
        own = (it for name, it in vars(module).items() if inspect.isclass(it) and name[0] != "_")
        names |= {
            f"{each.__module__}.{each.__name__}" for each in own if each.__module__ in DEFINING
        }
    for module in map(import_module, EXPORTING):
        names |= {
            f"{module.__name__}.{name}"
            for name in module.__all__
            if not name.startswith("__") and not inspect.ismodule(getattr(module, name))
        }
    first = set(yizhan.__all__)
    return {name for name in names if name.count(".") == 1 or name.rpartition(".")[2] not in first}


def found(name: str) -> object:
    module, _, rest = name.rpartition(".")
    return getattr(import_module(module), rest)


def undocumented(name: str) -> list[str]:
    """What has no docstring of its own: the thing itself, or a public member of the class."""
    thing = found(name)
    if not inspect.isclass(thing):
        return [] if inspect.getdoc(thing) else [name]
    members = {f"{name}.{key}": it for key, it in vars(thing).items() if key[0] != "_"}
    functions = {key: unwrapped(it) for key, it in members.items()}
    lacking = [key for key, it in functions.items() if inspect.isfunction(it) and not it.__doc__]
    return lacking if vars(thing).get("__doc__") else [name, *lacking]


def unwrapped(member: object) -> object:
    """The function behind a property, a class method or a cached property."""
    for attribute in ("fget", "func", "__func__"):
        member = getattr(member, attribute, member)
    return member


def test_every_exported_name_is_on_a_page():
    assert exported() - set(listed(chinese=False)) == set()


def test_no_name_is_on_two_pages():
    names = listed(chinese=False)
    assert sorted(names) == sorted(set(names))


def test_both_languages_list_the_same_names_in_the_same_order():
    assert listed(chinese=True) == listed(chinese=False)


def test_everything_on_a_page_has_a_docstring():
    here = [
        (kind, name) for page in PAGES for kind, name in DIRECTIVE.findall(page.read_text("utf-8"))
    ]
    names = {name for kind, name in here if kind != "py:data" and installed(name)}
    assert [lacking for name in sorted(names) for lacking in undocumented(name)] == []


def installed(name: str) -> bool:
    """Whether the framework of a `mount` is here; that of others is looked at where it is."""
    _, _, rest = name.partition("yizhan.mounts.")
    return not rest or find_spec(rest.partition(".")[0]) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_each_page_is_listed_in_the_index(page):
    index = "reference.zh-CN.md" if "zh-CN" in page.name else "reference.md"
    assert f"(reference/{page.name})" in (DOCS / index).read_text("utf-8")
