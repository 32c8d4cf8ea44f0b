"""The custom menu with the platform's limits (docs/protocol.md#h)."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from yizhan.simulator.errcodes import Errcode

Json: TypeAlias = object
Button: TypeAlias = Mapping[str, Json]

FIRST_LEVEL, SECOND_LEVEL = 3, 5
NAME, SUB_NAME, KEY, URL = 16, 60, 128, 1024  # bytes
CONDITIONAL = 20
FIRST_ID = 530_000_001
KEYED = frozenset(
    {
        *("click", "scancode_push", "scancode_waitmsg", "location_select"),
        *("pic_sysphoto", "pic_photo_or_album", "pic_weixin"),
    }
)
BY_MEDIA = frozenset({"media_id", "view_limited"})
BY_ARTICLE = frozenset({"article_id", "article_view_limited"})
TYPES = KEYED | BY_MEDIA | BY_ARTICLE | {"view", "miniprogram"}
RULES = frozenset({"tag_id", "group_id", "client_platform_type"})


class _Level(Struct, frozen=True):
    """The error codes of one level of the menu."""

    count: int
    type: int
    name: int
    key: int
    url: int
    domain: int
    longest_name: int


_FIRST = _Level(40016, 40017, 40018, 40019, 40020, 40055, NAME)
_SECOND = _Level(40023, 40024, 40025, 40026, 40027, 40054, SUB_NAME)


class Menu(Struct, frozen=True):
    """A menu as it was made; `rule` only for conditional ones."""

    id: int
    buttons: tuple[Button, ...]
    rule: Mapping[str, str] | None = None

    def json(self) -> dict[str, Json]:
        """As the API gives it."""
        given: dict[str, Json] = {"button": list(self.buttons), "menuid": self.id}
        return given if self.rule is None else given | {"matchrule": dict(self.rule)}


class Menus:
    """The default menu of an account and its conditional ones."""

    def __init__(self) -> None:
        self.default: Menu | None = None
        self.conditional: tuple[Menu, ...] = ()
        self._ids = FIRST_ID

    def create(self, document: Mapping[str, Json]) -> Menu:
        """Replace the default menu. Raises Errcode."""
        self.default = Menu(self._next(), buttons_of(document))
        return self.default

    def add_conditional(self, document: Mapping[str, Json]) -> Menu:
        """One more menu for those whom its rule matches. Raises Errcode."""
        if self.default is None:
            raise Errcode(65303)
        rule = document.get("matchrule")
        if not isinstance(rule, Mapping):
            raise Errcode(65304)
        known = {name: str(value) for name, value in rule.items() if name in RULES and value != ""}
        if not known:
            raise Errcode(65304)
        if len(self.conditional) >= CONDITIONAL:
            raise Errcode(65305)
        menu = Menu(self._next(), buttons_of(document), known)
        self.conditional = (*self.conditional, menu)
        return menu

    def remove_conditional(self, menu_id: str) -> None:
        """Take one away. Raises Errcode."""
        left = tuple(menu for menu in self.conditional if str(menu.id) != menu_id)
        if len(left) == len(self.conditional):
            raise Errcode(65301)
        self.conditional = left

    def delete(self) -> None:
        """Take all menus away, the conditional ones too."""
        self.default, self.conditional = None, ()

    def seen_by(self, tags: Sequence[int], platform: str) -> Menu | None:
        """The menu of such a follower: the newest conditional one that matches, or the default."""
        for menu in reversed(self.conditional):
            if _matches(menu.rule or {}, tags, platform):
                return menu
        return self.default

    def use(self, media_id: str) -> bool:
        """Whether a button sends that medium."""
        menus = (self.default, *self.conditional) if self.default else self.conditional
        buttons = [button for menu in menus for button in menu.buttons]
        return any(
            each.get("media_id") == media_id
            for button in buttons
            for each in (button, *_subs(button))
        )

    def _next(self) -> int:
        self._ids += 1
        return self._ids - 1


def buttons_of(document: Mapping[str, Json]) -> tuple[Button, ...]:
    """The buttons of a menu, checked. Raises Errcode for the first limit that is passed."""
    return tuple(
        _parent(button) if button.get("sub_button") else _leaf(button, _FIRST)
        for button in _list(document.get("button"), FIRST_LEVEL, _FIRST)
    )


def at(menu: Menu, path: Sequence[int]) -> Button | None:
    """The button at that place: `(0,)` or `(1, 2)`; None if there is none."""
    buttons: Sequence[Button] = menu.buttons
    button: Button | None = None
    for step in path:
        if not 0 <= step < len(buttons):
            return None
        button = buttons[step]
        buttons = _subs(button)
    return button


def current(menu: Menu | None) -> dict[str, Json]:
    """The menu as get_current_selfmenu_info gives it."""
    if menu is None:
        return {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    return {
        "is_menu_open": 1,
        "selfmenu_info": {"button": [_current(button) for button in menu.buttons]},
    }


def _current(button: Button) -> dict[str, Json]:
    subs = button.get("sub_button")
    given = {name: value for name, value in button.items() if name != "sub_button"}
    if isinstance(subs, list) and subs:
        return given | {"sub_button": {"list": [_current(sub) for sub in subs]}}
    return given


def _subs(button: Button) -> Sequence[Button]:
    inner = button.get("sub_button")
    return inner if isinstance(inner, list) else ()


def _parent(button: Button) -> Button:
    subs = _list(button.get("sub_button"), SECOND_LEVEL, _SECOND)
    return {
        "name": _name(button, _FIRST),
        "sub_button": [_leaf(sub, _SECOND) for sub in subs],
    }


def _leaf(button: Button, level: _Level) -> Button:
    if button.get("sub_button"):
        raise Errcode(40022)
    kind = button.get("type")
    name = _name(button, level)
    if not isinstance(kind, str) or kind not in TYPES:
        raise Errcode(level.type, f": {kind}")
    checked: dict[str, Json] = {"type": kind, "name": name}
    if kind in KEYED:
        checked["key"] = _text(button, "key", KEY, level.key)
    elif kind in BY_MEDIA:
        checked["media_id"] = _text(button, "media_id", KEY, 40007)
    elif kind in BY_ARTICLE:
        checked["article_id"] = _text(button, "article_id", KEY, 40007)
    else:
        checked["url"] = _url(button, level)
    if kind == "miniprogram":
        checked["appid"] = _text(button, "appid", KEY, 40013)
        checked["pagepath"] = _text(button, "pagepath", URL, 40165)
    return checked | {"sub_button": []}


def _list(value: Json, most: int, level: _Level) -> list[Button]:
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        raise Errcode(level.count)
    if not all(isinstance(button, Mapping) for button in value):
        raise Errcode(47001)
    return value


def _name(button: Button, level: _Level) -> str:
    return _text(button, "name", level.longest_name, level.name)


def _url(button: Button, level: _Level) -> str:
    url = _text(button, "url", URL, level.url)
    if not url.startswith(("http://", "https://")):
        raise Errcode(level.domain)
    return url


def _text(button: Button, name: str, most: int, errcode: int) -> str:
    value = button.get(name)
    if not isinstance(value, str) or not value or len(value.encode()) > most:
        raise Errcode(errcode)
    return value


def _matches(rule: Mapping[str, str], tags: Sequence[int], platform: str) -> bool:
    tag = rule.get("tag_id") or rule.get("group_id")
    if tag is not None and tag not in map(str, tags):
        return False
    return rule.get("client_platform_type", platform) == platform
