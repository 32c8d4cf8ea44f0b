"""The custom menu by API (docs/protocol.md#h)."""

import re
from collections.abc import Mapping

from yizhan.simulator import menu
from yizhan.simulator.api.call import Call
from yizhan.simulator.errcodes import Errcode

OK = {"errcode": 0, "errmsg": "ok"}
ESCAPE = re.compile(rb"\\u[0-9A-Fa-f]{4}")


def create(call: Call) -> Mapping[str, object]:
    """Replace the whole default menu."""
    _check_charset(call)
    call.account.menus.create(call.body)
    _tell(call)
    return OK


def get(call: Call) -> Mapping[str, object]:
    """The default menu and the conditional ones."""
    menus = call.account.menus
    if menus.default is None:
        raise Errcode(46003)
    found: dict[str, object] = {"menu": menus.default.json()}
    if menus.conditional:
        found["conditionalmenu"] = [each.json() for each in menus.conditional]
    return found


def delete(call: Call) -> Mapping[str, object]:
    """Take every menu away."""
    call.account.menus.delete()
    _tell(call)
    return OK


def add_conditional(call: Call) -> Mapping[str, object]:
    """One more menu for some followers."""
    _check_charset(call)
    made = call.account.menus.add_conditional(call.body)
    _tell(call)
    return {"menuid": str(made.id)}


def delete_conditional(call: Call) -> Mapping[str, object]:
    """Take a conditional menu away."""
    call.account.menus.remove_conditional(call.text("menuid"))
    _tell(call)
    return OK


def try_match(call: Call) -> Mapping[str, object]:
    """The menu that a follower sees."""
    follower = call.account.followers.get(call.text("user_id"))
    if follower is None:
        raise Errcode(65302)
    seen = call.account.menus.seen_by(follower.tags, follower.platform)
    if seen is None:
        raise Errcode(46003)
    return {"button": list(seen.buttons)}


def current(call: Call) -> Mapping[str, object]:
    """The menu in force, one made in the console included."""
    return menu.current(call.account.menus.default)


def _check_charset(call: Call) -> None:
    if ESCAPE.search(call.request.body):
        raise Errcode(40033)


def _tell(call: Call) -> None:
    call.world.feed.tell("menu", call.account)
