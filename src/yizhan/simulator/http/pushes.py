"""Calls about pushes and API calls: look, replay, resend, copy."""

from msgspec import Struct
from starlette.responses import Response

from yizhan.simulator import actions, export
from yizhan.simulator.http.calls import HttpCall, json, setting_of
from yizhan.simulator.record import PushRecord


class Edited(Struct, forbid_unknown_fields=True):
    """A push to send again, changed; `fresh` gives it a new MsgId and CreateTime."""

    body: str
    fresh: bool = True


async def index(call: HttpCall) -> object:
    """The pushes, newest first; with `call` the one that this API call belongs to."""
    account, openid, of = call.query("account"), call.query("openid"), call.query("call")
    before = call.number("before", 0)
    found = [
        push
        for push in reversed(call.world.pushes.values())
        if account in ("", push.account)
        and openid in ("", push.openid)
        and (not of or of in push.calls)
        and (not before or int(push.id) < before)
    ]
    return [call.shapes.push(push) for push in found[: call.number("limit", 100)]]


async def clear(call: HttpCall) -> object:
    """Forget the pushes of an account that are over."""
    call.world.forget(call.world.account(call.query("account")))
    return Response(status_code=204)


async def show(call: HttpCall) -> object:
    """One push."""
    return call.shapes.push(_push(call))


async def replay(call: HttpCall) -> object:
    """The very same push again: same MsgId, same body, another signature."""
    push = _push(call)
    pusher = call.simulation.pusher(push.account)
    again = pusher.push(push.openid, push.fields, body=push.body, origin=push.id)
    return json({"push": again.id}, 202)


async def resend(call: HttpCall) -> object:
    """The push again, edited."""
    push, edited = _push(call), await call.body(Edited)
    conversation = call.simulation.conversation(push.account, push.openid)
    [again] = conversation.do(actions.Raw(edited.body, fresh=edited.fresh))
    again.origin = push.id
    call.world.feed.tell("push", again)
    return json({"push": again.id}, 202)


async def curl(call: HttpCall) -> object:
    """The last delivery as a command."""
    return {"text": export.curl(_push(call))}


async def test(call: HttpCall) -> object:
    """The push and its answer as a pytest function."""
    push = _push(call)
    follower = call.world.account(push.account).follower(push.openid)
    return {"text": export.exchange(follower, push, setting_of(call.simulation, push.account))}


async def difference(call: HttpCall) -> object:
    """How what became of it differs from what became of another push."""
    other = call.world.push(call.query("from"))
    calls = {each.id: each for each in call.world.calls}
    return {"lines": export.outcomes_differ(other, _push(call), calls)}


async def inside(call: HttpCall) -> object:
    """What the bot did with it, if it runs here."""
    push = _push(call)
    if call.simulation.inside is None:
        return {"handler": None, "why": None, "session": None, "log": None}
    return await call.simulation.inside(push)


async def calls(call: HttpCall) -> object:
    """The API calls, newest first."""
    account, openid = call.query("account"), call.query("openid")
    found = [
        each
        for each in reversed(call.world.calls)
        if account in ("", each.account) and openid in ("", each.openid)
    ]
    return [call.shapes.call(each) for each in found[: call.number("limit", 100)]]


async def call_(call: HttpCall) -> object:
    """One API call."""
    return call.shapes.call(call.world.call(call.path("call")))


def _push(call: HttpCall) -> PushRecord:
    return call.world.push(call.path("push"))
