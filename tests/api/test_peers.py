"""The peers' table: nothing in it is lacking here, and wechatpy's column is as its source says."""

import ast
import csv
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from yizhan.api.platform import platform

wechatpy = pytest.importorskip("wechatpy", reason="pip install wechatpy")

FOLDER = Path(wechatpy.__file__).parent / "client/api"
BASE = "https://api.weixin.qq.com/cgi-bin/"
CALLS = {"_get", "_post", "_request"}


@cache
def table():
    """Which libraries call each path."""
    path = Path(__file__).parents[2] / "scripts/describe/peers.tsv"
    with path.open(encoding="utf-8") as file:
        return {row["path"]: row["peers"].split() for row in csv.DictReader(file, delimiter="\t")}


# What other libraries call and is no endpoint of an Official Account.
MINI_PROGRAM = (
    *("/tcb/", "/wxa/", "/cgi-bin/wxopen/", "/cgi-bin/wxaapp/", "/cgi-bin/message/wxopen/"),
    *("/cgi-bin/message/subscribe/send", "/sns/jscode2session"),
)
PAGES = ("/connect/", "/mp/subscribemsg", "/cgi-bin/componentloginpage", "/safe/bindcomponent")
SLIPS = {  # paths that those libraries have wrong
    "/cgi-bin/api_getwxcategory",
    "/cgi-bin/menu/get_current_selfmenu_info",
    "/customservice/getkflist",
    "/customservice/getonlinekflist",
    "/merchant/shelf/setdeliverymod",
}


@pytest.mark.parametrize("path", table())
def test_nothing_that_another_library_has_is_lacking(path):
    known = path in platform().endpoints
    assert known or path.startswith((*MINI_PROGRAM, *PAGES)) or path in SLIPS


def called():
    """The paths in the calls of wechatpy's classes."""
    found = set()
    for file in FOLDER.rglob("*.py"):
        classes = (each for each in ast.walk(ast.parse(file.read_text("utf-8"))) if is_class(each))
        for each in classes:
            found |= {urlsplit(urljoin(base_of(each), word)).path for word in words(each)}
    return {path.removesuffix("/") for path in found if path}


def is_class(node):
    return isinstance(node, ast.ClassDef)


def base_of(described):
    for each in described.body:
        if isinstance(each, ast.Assign) and each.targets[0].id == "API_BASE_URL":
            return each.value.value or BASE
    return BASE


def words(described):
    """The first text in each call that is no method's name."""
    for node in ast.walk(described):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in CALLS:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from [each for each in texts if each not in ("get", "post")][:1]


PATHS = sorted(called())


def test_wechatpy_s_source_is_read():
    assert len(PATHS) > 250


@pytest.mark.parametrize("path", PATHS)
def test_what_wechatpy_calls_is_in_the_table(path):
    assert "wechatpy" in table().get(path, [])
