"""QR codes with a scene (docs/protocol.md#i6)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import ApiAnswer, Call, Request
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.qrcodes import picture
from yizhan.simulator.world import World

DEFAULT_SECONDS = 30  # another page says 60
LARGEST_PERMANENT = 100_000
BY_TEXT = frozenset({"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"})
PERMANENT = frozenset({"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"})


def create(call: Call) -> Mapping[str, object]:
    """A ticket for a scene."""
    action = call.text("action_name")
    scene = _scene(call, action)
    if action in PERMANENT:
        made = call.account.scenes.add(scene)
        return {"ticket": made.ticket, "url": made.url}
    given = call.body.get("expire_seconds")
    seconds = given if isinstance(given, int) else DEFAULT_SECONDS
    made = call.account.scenes.add(scene, call.now + seconds)
    return {"ticket": made.ticket, "expire_seconds": seconds, "url": made.url}


def show(call: Call) -> ApiAnswer:
    """The picture of a code; a PNG, where the platform sends a JPEG."""
    scene = call.account.scenes.by_ticket(call.query.get("ticket", ""), call.now)
    assert scene is not None  # noqa: S101  # by_ticket has found it
    return ApiAnswer(200, {"content-type": "image/png"}, picture(scene.url))


def by_ticket(world: World, request: Request) -> OfficialAccount:
    """The account whose ticket this is. Raises Errcode for one that is not good any more."""
    ticket = request.parameters.get("ticket", "")
    for account in world.accounts.values():
        if account.scenes.by_ticket(ticket, world.now()) is not None:
            return account
    raise Errcode(40129)


def _scene(call: Call, action: str) -> str:
    info = call.body.get("action_info")
    scene = info.get("scene") if isinstance(info, Mapping) else None
    if not isinstance(scene, Mapping):
        raise Errcode(40053)
    if action in BY_TEXT:
        text = scene.get("scene_str")
        if not isinstance(text, str) or not 1 <= len(text) <= 64:
            raise Errcode(40129)
        return text
    number = scene.get("scene_id")
    largest = LARGEST_PERMANENT if action in PERMANENT else 2**32 - 1
    if not isinstance(number, int) or not 1 <= number <= largest:
        raise Errcode(40129)
    return str(number)
