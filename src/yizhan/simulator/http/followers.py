"""Calls about followers: who they are, what they do, what they see."""

import asyncio
from collections.abc import Coroutine
from urllib.parse import quote

from msgspec import UNSET, Struct, UnsetType
from starlette.responses import Response

from yizhan.errors import Impossible, RecordingError
from yizhan.recording import Exchange, read
from yizhan.simulator import exchanges, export, recording
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.http.calls import BadRequest, HttpCall, json, setting_of
from yizhan.simulator.official import Follower
from yizhan.simulator.opening import open_recording
from yizhan.simulator.restart import restart

SPEEDS = ("instant", "real")
_replays: set[asyncio.Task[None]] = set()


class NewFollower(Struct, forbid_unknown_fields=True):
    """Somebody new."""

    nickname: str = ""
    following: bool = True


class Changes(Struct, forbid_unknown_fields=True):
    """What of a follower may be changed."""

    nickname: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    remark: str | UnsetType = UNSET


async def index(call: HttpCall) -> object:
    """The followers of an account."""
    return [call.shapes.follower(each) for each in call.world.account(call.path("account"))]


async def add(call: HttpCall) -> object:
    """Somebody new; no push is sent."""
    account, new = call.world.account(call.path("account")), await call.body(NewFollower)
    follower = call.simulation.add_follower(account, new.nickname, following=new.following)
    return json(call.shapes.follower(follower), 201)


async def change(call: HttpCall) -> object:
    """Another nickname, language or remark."""
    follower, changes = _follower(call), await call.body(Changes)
    for name in changes.__struct_fields__:
        if (value := getattr(changes, name)) is not UNSET:
            setattr(follower, name, value)
    return _changed(call, follower)


async def screen(call: HttpCall) -> object:
    """What is on the screen, oldest first."""
    entries, before = _follower(call).screen, call.query("before")
    if before:
        entries = [entry for entry in entries if int(entry.id) < call.number("before", 0)]
    return [call.shapes.entry(entry) for entry in entries[-call.number("limit", 50) :]]


async def seen(call: HttpCall) -> object:
    """Everything is read."""
    follower = _follower(call)
    follower.unread = 0
    return _changed(call, follower)


async def act(call: HttpCall) -> object:
    """Do something."""
    conversation = call.simulation.conversation(call.path("account"), call.path("openid"))
    pushes = conversation.do(await call.body(AnyAction))  # type: ignore[arg-type]  # a union is no type
    if not pushes:
        return json({"push": None}, 202)
    if call.query("wait") != "true":
        return json({"push": pushes[0].id}, 202)
    for push in pushes:
        await conversation.pusher.finish(push)
    return call.shapes.push(pushes[0])


async def recorded(call: HttpCall) -> object:
    """Their pushes as a recording, to be saved."""
    follower = _follower(call)
    whose = (follower.account, follower.openid)
    pushes = [push for push in call.world.pushes.values() if (push.account, push.openid) == whose]
    name = quote(f"{follower.account}-{follower.nickname}.jsonl")
    return Response(
        exchanges.recorded(pushes),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


async def replay(call: HttpCall) -> object:
    """Do everything in a recording again."""
    speed = call.query("speed") or "instant"
    if speed not in SPEEDS:
        raise BadRequest(f"speed: {', '.join(SPEEDS)}")
    conversation = call.simulation.conversation(call.path("account"), call.path("openid"))
    lines = tuple(exchanges.done(await _exchanges(call)))
    _play(recording.replay(conversation, lines, "real" if speed == "real" else "instant"))
    return Response(status_code=202)


class From(Struct, forbid_unknown_fields=True):
    """The entry from which to start over."""

    entry: str


async def start_over(call: HttpCall) -> object:
    """Do everything up to that entry again, as somebody to whom the bot is new."""
    entry = (await call.body(From)).entry
    fresh, again, upcoming = restart(call.simulation, _follower(call), entry)
    _play(recording.replay(call.simulation.conversation(fresh.account, fresh.openid), again))
    return json({"follower": call.shapes.follower(fresh), "next": upcoming}, 201)


async def open_(call: HttpCall) -> object:
    """Show a recording as the conversations that it holds."""
    account = call.world.account(call.path("account"))
    opened = open_recording(call.simulation, account, await _exchanges(call))
    return json([call.shapes.follower(each) for each in opened], 201)


async def test(call: HttpCall) -> object:
    """The conversation as a pytest function."""
    follower = _follower(call)
    return {"text": export.conversation(follower, setting_of(call.simulation, follower.account))}


async def clear(call: HttpCall) -> object:
    """An empty screen, and nothing done yet."""
    follower = _follower(call)
    follower.screen.clear()
    follower.recording.clear()
    follower.unread = 0
    _changed(call, follower)
    return Response(status_code=204)


def _follower(call: HttpCall) -> Follower:
    return call.world.account(call.path("account")).follower(call.path("openid"))


async def _exchanges(call: HttpCall) -> list[Exchange]:
    """The recording in the body. Raises Impossible for what is none."""
    try:
        return [*read((await call.raw()).splitlines())]
    except RecordingError as error:
        raise Impossible("simulator.bad_recording", problem=error) from error


def _changed(call: HttpCall, follower: Follower) -> object:
    call.world.feed.tell("follower", follower)
    return call.shapes.follower(follower)


def _play(work: Coroutine[None, None, None]) -> None:
    _replays.add(task := asyncio.create_task(work))
    task.add_done_callback(_ended)


def _ended(task: "asyncio.Task[None]") -> None:
    _replays.discard(task)
    if not task.cancelled():
        task.exception()  # somebody may have left before their recording ended
