"""The blacklist of an account (docs/protocol.md#i5)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.api.users import named, page

OK = {"errcode": 0, "errmsg": "ok"}


def index(call: Call) -> Mapping[str, object]:
    """The openids on it, ten thousand at a time."""
    openids = [follower.openid for follower in call.account if follower.blacklisted]
    return page(openids, call.text("begin_openid"))


def add(call: Call) -> Mapping[str, object]:
    """Put some followers on it."""
    return _set(call, on=True)


def remove(call: Call) -> Mapping[str, object]:
    """Take some off it."""
    return _set(call, on=False)


def _set(call: Call, *, on: bool) -> Mapping[str, object]:
    for follower in named(call):
        follower.blacklisted = on
        call.world.feed.tell("follower", follower)
    return OK
