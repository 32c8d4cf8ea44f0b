"""Calls about accounts: keys, rights, menu, QR codes, media, quotas."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType
from starlette.responses import Response

from yizhan.settings import Kind
from yizhan.simulator import qrcodes
from yizhan.simulator.faults import Fault
from yizhan.simulator.forms import Format
from yizhan.simulator.http.calls import BadRequest, HttpCall
from yizhan.simulator.http.guard import refusal
from yizhan.simulator.official import Key, OfficialAccount
from yizhan.simulator.rights import QUOTAS, limit_of
from yizhan.simulator.samples import wav
from yizhan.wire import Mode

UNPLAYABLE = frozenset({"audio/amr", "audio/speex"})
TYPES = ("image", "voice", "video", "thumb")
CACHED = {"Cache-Control": "private, max-age=3600"}


class Changes(Struct, forbid_unknown_fields=True):
    """What of an account may be changed."""

    nickname: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    verified: bool | UnsetType = UNSET
    mode: Mode | UnsetType = UNSET
    format: Format | UnsetType = UNSET
    ip_list: tuple[str, ...] | UnsetType = UNSET


class Renew(Struct):
    """Which key to make anew."""

    renew: Key


class NewScene(Struct):
    """The scene of a new QR code."""

    scene: str


async def index(call: HttpCall) -> object:
    """All accounts."""
    return [call.shapes.account(account) for account in call.world.accounts.values()]


async def show(call: HttpCall) -> object:
    """One account."""
    return call.shapes.account(_account(call))


async def change(call: HttpCall) -> object:
    """Change an account; rights change at once, and the bot is told if it runs here."""
    account = _account(call)
    changes = await call.body(Changes)
    for name in changes.__struct_fields__:
        if (value := getattr(changes, name)) is not UNSET:
            setattr(account, name, value)
    return await _changed(call, account)


async def renew(call: HttpCall) -> object:
    """Make a key anew."""
    account = _account(call)
    account.renew((await call.body(Renew)).renew)
    return await _changed(call, account)


async def verify(call: HttpCall) -> object:
    """Send the verification GET."""
    connected = await call.simulation.pusher(call.path("account")).verify()
    return {
        "connected": connected.connected,
        "reason": call.shapes.reason(connected.reason),
        "seconds": connected.seconds,
    }


async def menu(call: HttpCall) -> object:
    """The menu as a follower sees it."""
    account, openid = _account(call), call.query("openid")
    follower = account.follower(openid) if openid else None
    tags, platform = (follower.tags, follower.platform) if follower else ([], "2")
    seen = account.menus.seen_by(tags, platform)
    if seen is None:
        return {"button": [], "menuid": None, "source": "none"}
    source: Literal["default", "conditional"] = "conditional" if seen.rule else "default"
    return {"button": list(seen.buttons), "menuid": seen.id, "source": source}


async def set_menu(call: HttpCall) -> object:
    """Make a menu as in the console, where no right is needed."""
    account = _account(call)
    account.menus.create(await call.body(dict[str, object]))
    call.world.feed.tell("menu", account)
    return await menu(call)


async def delete_menu(call: HttpCall) -> object:
    """Take the menus away."""
    account = _account(call)
    account.menus.delete()
    call.world.feed.tell("menu", account)
    return Response(status_code=204)


async def scenes(call: HttpCall) -> object:
    """The QR codes."""
    account = _account(call)
    return [call.shapes.scene(account, scene) for scene in account.scenes]


async def add_scene(call: HttpCall) -> object:
    """One more QR code, permanent."""
    account, name = _account(call), (await call.body(NewScene)).scene
    if not 1 <= len(name) <= 64:
        raise BadRequest("scene: 1-64")
    return call.shapes.scene(account, account.scenes.of(name, call.world.now()))


async def picture(call: HttpCall) -> object:
    """The picture of a QR code, whether or not it is still good."""
    for scene in _account(call).scenes:
        if scene.ticket == call.path("ticket"):
            return Response(qrcodes.picture(scene.url), media_type="image/png", headers=CACHED)
    return refusal(call.request, 404, "unknown_media", media_id=call.path("ticket")[:80])


async def media(call: HttpCall) -> object:
    """The files, the built-in ones first."""
    account, now = _account(call), call.world.now()
    return [
        call.shapes.media(account, each)
        for each in account.media
        if account.media.get(each.media_id, now) is not None
    ]


async def add_media(call: HttpCall) -> object:
    """Keep a file that a follower has on their phone."""
    account, kind = _account(call), call.query("type")
    if kind not in TYPES:
        raise BadRequest(f"type: {', '.join(TYPES)}")
    content_type = call.request.headers.get("content-type", "application/octet-stream")
    name = call.query("name") or kind
    data = await call.raw()
    if not data:
        raise BadRequest("no bytes")
    kept = account.media.add(kind, name, content_type, data, now=call.world.now())
    return call.shapes.media(account, kept)


async def file(call: HttpCall) -> object:
    """The bytes of a file; a tone for a voice note that no browser can play."""
    found = _account(call).media.get(call.path("media_id"), call.world.now())
    if found is None:
        return refusal(call.request, 404, "unknown_media", media_id=call.path("media_id")[:80])
    if found.content_type in UNPLAYABLE:
        return Response(wav(), media_type="audio/wav", headers=CACHED)
    return Response(found.data, media_type=found.content_type, headers=CACHED)


async def ledger(call: HttpCall) -> object:
    """Quotas used today."""
    account = _account(call)
    used = account.ledger.used(call.world.now())
    return [
        {"path": path, "used": used.get(path, 0), "limit": limit_of(path, account.kind)}
        for path in dict.fromkeys((*QUOTAS, *used))
    ]


async def set_faults(call: HttpCall) -> object:
    """Switch on exactly these faults."""
    account = _account(call)
    account.faults.set(await call.body(tuple[Fault, ...]))
    call.world.feed.tell("faults", account)
    return call.shapes.faults(account)


def _account(call: HttpCall) -> OfficialAccount:
    return call.world.account(call.path("account"))


async def _changed(call: HttpCall, account: OfficialAccount) -> object:
    call.world.feed.tell("account", account)
    for follower in account:  # what may be sent to them goes with the account's rights
        call.world.feed.tell("follower", follower)
    if call.simulation.told is not None:
        await call.simulation.told(account)
    return call.shapes.account(account)
