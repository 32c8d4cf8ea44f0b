"""Mass messages: to all, to a tag, to a list; quotas, previews (docs/protocol.md#i7)."""

from collections.abc import Iterable, Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.api.drafts import cards
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.forms import Field
from yizhan.simulator.mass import A_MONTH, SPEEDS, MassMessage
from yizhan.simulator.official import Follower
from yizhan.simulator.rights import month_of
from yizhan.simulator.screen import Content

OK = {"errcode": 0, "errmsg": "ok"}
SECONDS = 3.0  # that a mass message is on its way

Shows = tuple[tuple[str, Content], ...]


def send_all(call: Call) -> Mapping[str, object]:
    """To every follower, or to those with a tag."""
    filter = call.members("filter")
    if filter.get("is_to_all") is True:
        return _sent(call, [follower.openid for follower in call.account if follower.following])
    tag = filter.get("tag_id")
    if tag not in call.account.tags:
        raise Errcode(45159)
    return _sent(call, [follower.openid for follower in call.account if tag in follower.tags])


def send(call: Call) -> Mapping[str, object]:
    """To these openids."""
    given = call.body.get("touser")
    return _sent(call, [str(openid) for openid in given] if isinstance(given, list) else [])


def preview(call: Call) -> Mapping[str, object]:
    """To one follower, for a look before it goes to all."""
    follower = _previewer(call)
    if not follower.following:
        raise Errcode(43004)
    for kind, content in _shows(call):
        call.world.show(follower, "account", "mass", kind, content, call=call.id)
    return OK


def status(call: Call) -> Mapping[str, object]:
    """What has become of a message."""
    message = call.account.masses.get(call.body.get("msg_id"))
    return {"msg_id": message.id, "msg_status": message.status}


def delete(call: Call) -> Mapping[str, object]:
    """Delete articles or a video that were sent."""
    message = call.account.masses.get(call.body.get("msg_id"))
    if message.shows[0][0] not in ("news", "video"):
        raise Errcode(40008)
    place = call.body.get("article_idx") or 0
    if not isinstance(place, int) or place > max(1, len(message.urls)):
        raise Errcode(40060)
    message.status = "DELETE"
    return OK


def speed(call: Call) -> Mapping[str, object]:
    """How fast messages go out, by setting and in ten thousands a minute."""
    chosen = call.account.masses.speed
    return {"speed": chosen, "realspeed": SPEEDS[chosen]}


def set_speed(call: Call) -> Mapping[str, object]:
    """Let them go out faster or slower."""
    call.account.masses.speed = int(call.text("speed"))
    return OK


def _sent(call: Call, openids: list[str]) -> Mapping[str, object]:
    """Send it on its way. Raises Errcode."""
    masses, client_id = call.account.masses, call.text("clientmsgid")
    if before := masses.by_client_id(client_id):
        raise Errcode(45065, more={"msg_id": before.id, "msg_data_id": before.data_id})
    shows = _shows(call)
    if masses.are_spent(call.account.kind, call.now):
        raise Errcode(45028)
    message = masses.add(
        shows,
        total=len(openids),
        openids=tuple(follower.openid for follower in _reached(call, openids)),
        client_id=client_id,
        now=call.now,
    )
    call.world.later(SECONDS, lambda: _finish(call, message))
    return OK | {"msg_id": message.id, "msg_data_id": message.data_id}


def _reached(call: Call, openids: Iterable[str]) -> Iterable[Follower]:
    """Those who are left when all filters are through."""
    month = month_of(call.now)
    for openid in openids:
        follower = call.account.followers.get(openid)
        if follower is None or not follower.following or follower.blocks or follower.blacklisted:
            continue
        if call.account.kind == "service" and follower.mass_months.count(month) >= A_MONTH:
            continue
        follower.mass_months.append(month)
        yield follower


def _finish(call: Call, message: MassMessage) -> None:
    """Show it, and let the server know."""
    if message.status == "DELETE":
        return
    failed = call.fate is not None
    message.status = "SEND_FAIL" if failed else "SEND_SUCCESS"
    for openid in () if failed else message.openids:
        for kind, content in message.shows:
            follower = call.account.follower(openid)
            call.world.show(follower, "account", "mass", kind, content, call=call.id)
    reached = len(message.openids)
    fields: dict[str, Field] = {
        "MsgID": message.id,
        "Status": (call.fate or "send fail") if failed else "send success",
        "TotalCount": message.total,
        "FilterCount": reached,
        "SentCount": 0 if failed else reached,
        "ErrorCount": reached if failed else 0,
        "CopyrightCheckResult": {"Count": 0, "ResultList": None, "CheckState": 0},
        "ArticleUrlResult": _urls(call, [] if failed else message.urls),
    }
    account = call.account
    call.world.report(account.id, account.administrator, "MASSSENDJOBFINISH", fields)


def _urls(call: Call, urls: list[str]) -> Field:
    if not urls or call.world.options.article_urls == "empty":
        return {"Count": 0, "ResultList": None}
    items: list[Field] = [
        {"ArticleIdx": place, "ArticleUrl": url} for place, url in enumerate(urls, 1)
    ]
    return {"Count": len(urls), "ResultList": {"item": items}}


def _previewer(call: Call) -> Follower:
    name = call.text("towxname")
    if not name:
        return call.follower(call.body.get("touser"))
    for follower in call.account:
        if follower.nickname == name:
            return follower
    raise Errcode(40132)


def _shows(call: Call) -> Shows:
    """What its followers will see. Raises Errcode for media that are not there."""
    kind = call.text("msgtype")
    payload = call.members(kind)
    match kind:
        case "text":
            text = str(payload.get("content", ""))
            if not text.strip():
                raise Errcode(44004)
            return (("text", {"text": text}),)
        case "mpnews":
            draft = call.account.articles.draft(payload.get("media_id"))
            return (("news", {"articles": cards(call, draft)}),)
        case "wxcard":
            return (("wxcard", {"id": str(payload.get("card_id", ""))}),)
        case "images":
            found = payload.get("media_ids")
            media_ids = found if isinstance(found, list) else []
            return tuple(("image", {"media_id": _media(call, each)}) for each in media_ids)
        case "mpvideo":
            titles = {name: str(payload.get(name, "")) for name in ("title", "description")}
            return (("video", {"media_id": _media(call, payload.get("media_id")), **titles}),)
    return ((kind, {"media_id": _media(call, payload.get("media_id"))}),)


def _media(call: Call, media_id: object) -> str:
    if call.account.media.get(str(media_id), call.now) is None:
        raise Errcode(40007)
    return str(media_id)
