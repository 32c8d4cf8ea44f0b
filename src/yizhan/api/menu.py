"""The custom menu as a file: menu.toml, its limits, and how it differs from the one in force."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path

import msgspec
from msgspec import Struct

from yizhan.api.checks import problems
from yizhan.api.platform import platform
from yizhan.errors import SettingsError
from yizhan.phrases import say
from yizhan.textfile import read_toml

Json = dict[str, object]

# What each kind of button needs beside its name (docs/protocol.md#h).
NEEDS: Mapping[str, tuple[str, ...]] = {
    "click": ("key",),
    "view": ("url",),
    "scancode_push": ("key",),
    "scancode_waitmsg": ("key",),
    "pic_sysphoto": ("key",),
    "pic_photo_or_album": ("key",),
    "pic_weixin": ("key",),
    "location_select": ("key",),
    "media_id": ("media_id",),
    "view_limited": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
    "miniprogram": ("url", "appid", "pagepath"),
}
NAME = 16  # bytes of a name on the first level
SUB_NAME = 60
SUBS = 5


class Conditional(Struct, frozen=True, forbid_unknown_fields=True):
    """A menu for those followers that a rule matches."""

    button: list[Json]
    matchrule: Json


class Menu(Struct, frozen=True, forbid_unknown_fields=True):
    """What menu.toml holds, in the platform's words."""

    button: list[Json]
    conditional: list[Conditional] = []


def load(path: Path) -> Menu:
    """The menu in a file. SettingsError when it cannot be read."""
    try:
        return msgspec.convert(read_toml(path), Menu)
    except OSError as error:
        raise SettingsError("menus.file", path=path, problem=error.strerror) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise SettingsError("menus.file", path=path, problem=error) from error


def in_force(answer: Mapping[str, object]) -> Menu:
    """The menu that /cgi-bin/menu/get answers, in the form of the file."""
    default = answer.get("menu")
    buttons = default.get("button") if isinstance(default, dict) else []
    conditional = answer.get("conditionalmenu")
    return Menu(
        button=plain(buttons),
        conditional=[
            Conditional(plain(each.get("button")), _rule(each.get("matchrule")))
            for each in (conditional if isinstance(conditional, list) else [])
        ],
    )


def plain(buttons: object) -> list[Json]:
    """Buttons without what says nothing: empty lists of sub-buttons, the type of a parent."""
    if not isinstance(buttons, Sequence):
        return []
    return [_plain(button) for button in buttons if isinstance(button, Mapping)]


def faults(menu: Menu) -> Iterator[str]:
    """Everything that WeChat would refuse, in the reader's language."""
    yield from _faults(menu.button, "button")
    for index, each in enumerate(menu.conditional):
        place = f"conditional[{index}]"
        yield from _faults(each.button, f"{place}.button")
        yield from _rule_faults(each.matchrule, f"{place}.matchrule")


def keys(menu: Menu) -> Iterator[tuple[str, str, str]]:
    """Every button that makes a push with a key: its name, its type, its key."""
    for buttons in (menu.button, *(each.button for each in menu.conditional)):
        for button in leaves(buttons):
            if "key" in NEEDS.get(str(button.get("type")), ()):
                yield str(button.get("name")), str(button["type"]), str(button.get("key", ""))


def leaves(buttons: Sequence[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    """The buttons that do something."""
    for button in buttons:
        subs = button.get("sub_button")
        if isinstance(subs, list) and subs:
            yield from leaves(subs)
        else:
            yield button


def difference(old: Menu, new: Menu) -> list[str]:
    """How two menus differ, line by line; nothing when they are the same."""
    return list(unified_diff(_lines(old), _lines(new), "WeChat", "menu.toml", lineterm=""))


def _faults(buttons: list[Json], place: str) -> Iterator[str]:
    create = platform().endpoints["/cgi-bin/menu/create"]
    for problem in problems(create, {}, {"button": buttons}):
        where = problem.place.replace("button", place, 1)
        yield say(f"menus.{problem.rule}", place=where, allowed=_listed(problem.allowed))
    for index, button in enumerate(buttons):
        yield from _button_faults(button, f"{place}[{index}]", first=True)


def _button_faults(button: Mapping[str, object], place: str, *, first: bool) -> Iterator[str]:
    size = len(str(button.get("name", "")).encode())
    if first and size > NAME:  # the description holds the longer ones to their limit
        yield say("menus.max_bytes", place=f"{place}.name", allowed=NAME)
    subs = button.get("sub_button")
    if isinstance(subs, list) and subs:
        if not first:
            yield say("menus.levels", place=place)
        for index, sub in enumerate(subs):
            if isinstance(sub, Mapping):
                yield from _button_faults(sub, f"{place}.sub_button[{index}]", first=False)
        return
    kind = button.get("type")
    if not isinstance(kind, str):
        yield say("menus.missing", place=f"{place}.type", allowed=" ".join(NEEDS))
        return
    for name in NEEDS.get(kind, ()):
        if not button.get(name):
            yield say("menus.missing", place=f"{place}.{name}", allowed=kind)


def _rule_faults(rule: Mapping[str, object], place: str) -> Iterator[str]:
    if not rule:
        yield say("menus.missing", place=place, allowed="tag_id client_platform_type")
    known = platform().groups["menu"].shapes["MatchRule"].fields
    for name in rule.keys() - known.keys():
        yield say("menus.unknown", place=f"{place}.{name}", allowed=" ".join(known))


def _plain(button: Mapping[str, object]) -> Json:
    subs = plain(button.get("sub_button"))
    if subs:
        return {"name": button.get("name"), "sub_button": subs}
    return {name: value for name, value in button.items() if name != "sub_button" and value != ""}


def _rule(rule: object) -> Json:
    """A rule in texts, as it is written; WeChat answers `group_id` for `tag_id`."""
    if not isinstance(rule, Mapping):
        return {}
    named = {("tag_id" if name == "group_id" else name): value for name, value in rule.items()}
    return {name: str(value) for name, value in named.items() if value not in ("", None)}


def _lines(menu: Menu) -> list[str]:
    shown = {
        "button": plain(menu.button),
        "conditional": [
            {"matchrule": _rule(each.matchrule), "button": plain(each.button)}
            for each in menu.conditional
        ],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True).splitlines()


def _listed(allowed: object) -> str:
    if isinstance(allowed, tuple):
        return " ".join(str(each) for each in allowed)
    return f"{allowed:g}" if isinstance(allowed, float) else str(allowed)
