"""Followers and tags by API (docs/protocol.md#i5)."""

from collections.abc import Iterator, Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import Follower

OK = {"errcode": 0, "errmsg": "ok"}
PAGE = 10_000
FIRST_TAG = 100
SYSTEM_TAGS = range(3)
MOST_TAGS = 100
MOST_ON_ONE = 20
LONGEST_TAG = 30  # bytes


def info(call: Call) -> Mapping[str, object]:
    """What is known of a follower; of others only that they do not follow."""
    return _info(call.follower(call.query.get("openid")))


def infos(call: Call) -> Mapping[str, object]:
    """What is known of several."""
    given = call.body.get("user_list")
    asked = [each for each in given if isinstance(each, Mapping)] if isinstance(given, list) else []
    return {"user_info_list": [_info(call.follower(each.get("openid"))) for each in asked]}


def remark(call: Call) -> Mapping[str, object]:
    """Call a follower something."""
    follower = call.follower(call.body.get("openid"))
    follower.remark = call.text("remark")
    call.world.feed.tell("follower", follower)
    return OK


def get(call: Call) -> Mapping[str, object]:
    """The openids of those who follow, ten thousand at a time."""
    openids = [each.openid for each in call.account if each.following]
    return page(openids, call.query.get("next_openid", ""))


def create_tag(call: Call) -> Mapping[str, object]:
    """A new tag."""
    tags = call.account.tags
    if len(tags) >= MOST_TAGS:
        raise Errcode(45056)
    name = _tag_name(call)
    id = max(tags, default=FIRST_TAG - 1) + 1
    tags[id] = name
    return {"tag": {"id": id, "name": name}}


def tags(call: Call) -> Mapping[str, object]:
    """Every tag and how many have it."""
    return {
        "tags": [
            {"id": id, "name": name, "count": sum(1 for _ in _with_tag(call, id))}
            for id, name in call.account.tags.items()
        ]
    }


def rename_tag(call: Call) -> Mapping[str, object]:
    """Another name for a tag."""
    id = _own_tag_id(call)
    call.account.tags[id] = _tag_name(call)
    return OK


def delete_tag(call: Call) -> Mapping[str, object]:
    """Take a tag away, from everyone too."""
    id = _own_tag_id(call)
    for follower in tuple(_with_tag(call, id)):
        follower.tags.remove(id)
    del call.account.tags[id]
    return OK


def tagged(call: Call) -> Mapping[str, object]:
    """The openids of those who have a tag."""
    id = _tag_id(call, call.body.get("tagid"))
    openids = [follower.openid for follower in _with_tag(call, id)]
    return page(openids, call.text("next_openid"))


def tag(call: Call) -> Mapping[str, object]:
    """Give some followers a tag."""
    id = _tag_id(call, call.body.get("tagid"))
    followers = named(call)
    if any(len({*follower.tags, id}) > MOST_ON_ONE for follower in followers):
        raise Errcode(45059)
    for follower in followers:
        if id not in follower.tags:
            follower.tags.append(id)
            call.world.feed.tell("follower", follower)
    call.world.feed.tell("menu", call.account)
    return OK


def untag(call: Call) -> Mapping[str, object]:
    """Take a tag from some followers."""
    id = _tag_id(call, call.body.get("tagid"))
    for follower in named(call):
        if id in follower.tags:
            follower.tags.remove(id)
            call.world.feed.tell("follower", follower)
    call.world.feed.tell("menu", call.account)
    return OK


def tags_of(call: Call) -> Mapping[str, object]:
    """The tags of a follower."""
    return {"tagid_list": list(call.follower(call.body.get("openid")).tags)}


def _info(follower: Follower) -> dict[str, object]:
    if not follower.following:
        return {"subscribe": 0, "openid": follower.openid}
    # Names and pictures are gone since 2021-12-27.
    return {
        "subscribe": 1,
        "openid": follower.openid,
        "language": follower.language,
        "subscribe_time": int(follower.followed_at),
        "remark": follower.remark,
        "groupid": 0,
        "tagid_list": list(follower.tags),
        "subscribe_scene": "ADD_SCENE_QR_CODE" if follower.scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(follower.scene) if follower.scene.isdigit() else 0,
        "qr_scene_str": "" if follower.scene.isdigit() else follower.scene,
    }


def page(openids: list[str], after: str) -> Mapping[str, object]:
    """Ten thousand of the openids, from the one after that on."""
    start = openids.index(after) + 1 if after in openids else 0
    shown = openids[start : start + PAGE]
    found: dict[str, object] = {"total": len(openids), "count": len(shown)}
    if shown:
        found["data"] = {"openid": shown}
    return found | {"next_openid": shown[-1] if shown else ""}


def named(call: Call) -> list[Follower]:
    """The followers of `openid_list`. Raises Errcode 40003."""
    openids = call.body.get("openid_list")
    return [call.follower(openid) for openid in openids] if isinstance(openids, list) else []


def _with_tag(call: Call, id: int) -> Iterator[Follower]:
    return (follower for follower in call.account if id in follower.tags)


def _tag(call: Call) -> Mapping[str, object]:
    given = call.body.get("tag")
    return given if isinstance(given, Mapping) else {}


def _tag_name(call: Call) -> str:
    name = str(_tag(call).get("name", ""))
    if not name or name in call.account.tags.values():
        raise Errcode(45157)
    if len(name.encode()) > LONGEST_TAG:
        raise Errcode(45158)
    return name


def _own_tag_id(call: Call) -> int:
    """The tag that is to be changed. Raises Errcode 45058 for one of the system's."""
    given = _tag(call).get("id")
    if isinstance(given, int) and given in SYSTEM_TAGS:
        raise Errcode(45058)
    return _tag_id(call, given)


def _tag_id(call: Call, given: object) -> int:
    if not isinstance(given, int) or given not in call.account.tags:
        raise Errcode(45159)
    return given
