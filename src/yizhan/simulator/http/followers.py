"""Calls about followers: who they are, what they do, what they see."""

import asyncio
from collections.abc import Coroutine

from msgspec import UNSET, Struct, UnsetType
from starlette.responses import Response

from yizhan import recording
from yizhan.errors import RecordingError
from yizhan.simulator import export, tape
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.http.calls import BadRequest, Call, json
from yizhan.simulator.official import Follower
from yizhan.simulator.opening import open_recording
from yizhan.simulator.problems import Impossible
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


async def index(call: Call) -> object:
    """The followers of an account."""
    return [call.shapes.follower(each) for each in call.world.account(call.path("account"))]


async def add(call: Call) -> object:
    """Somebody new; no push is sent."""
    account, new = call.world.account(call.path("account")), await call.body(NewFollower)
    follower = call.desk.add_follower(account, new.nickname, following=new.following)
    return json(call.shapes.follower(follower), 201)


async def change(call: Call) -> object:
    """Another nickname, language or remark."""
    follower, changes = _follower(call), await call.body(Changes)
    for name in changes.__struct_fields__:
        if (value := getattr(changes, name)) is not UNSET:
            setattr(follower, name, value)
    return _changed(call, follower)


async def screen(call: Call) -> object:
    """What stands on the screen, oldest first."""
    entries, before = _follower(call).screen, call.query("before")
    if before:
        entries = [entry for entry in entries if int(entry.id) < call.number("before", 0)]
    return [call.shapes.entry(entry) for entry in entries[-call.number("limit", 50) :]]


async def read(call: Call) -> object:
    """Everything is read."""
    follower = _follower(call)
    follower.unread = 0
    return _changed(call, follower)


async def act(call: Call) -> object:
    """Do something."""
    phone = call.desk.phone(call.path("account"), call.path("openid"))
    pushes = phone.do(await call.body(AnyAction))  # type: ignore[arg-type]  # a union is no type
    if not pushes:
        return json({"push": None}, 202)
    if call.query("wait") != "true":
        return json({"push": pushes[0].id}, 202)
    for push in pushes:
        await phone.pusher.finish(push)
    return call.shapes.push(pushes[0])


async def recorded(call: Call) -> object:
    """The tape, as JSON lines."""
    lines = tape.encode(_follower(call).tape)
    return Response(lines, media_type="application/x-ndjson")


async def replay(call: Call) -> object:
    """Do everything on a tape again."""
    speed = call.query("speed") or "instant"
    if speed not in SPEEDS:
        raise BadRequest(f"speed: {', '.join(SPEEDS)}")
    phone = call.desk.phone(call.path("account"), call.path("openid"))
    lines = tape.decode(await call.raw())
    _play(tape.replay(phone, lines, "real" if speed == "real" else "instant"))
    return Response(status_code=202)


class From(Struct, forbid_unknown_fields=True):
    """The entry from which to start over."""

    entry: str


async def start_over(call: Call) -> object:
    """Do everything up to that entry again, as somebody to whom the bot is new."""
    entry = (await call.body(From)).entry
    fresh, again, upcoming = restart(call.desk, _follower(call), entry)
    _play(tape.replay(call.desk.phone(fresh.account, fresh.openid), again))
    return json({"follower": call.shapes.follower(fresh), "next": upcoming}, 201)


async def open_(call: Call) -> object:
    """Show a recording of `yizhan run --record` as the conversations that it holds."""
    account = call.world.account(call.path("account"))
    try:
        exchanges = [*recording.read((await call.raw()).splitlines())]
    except RecordingError as error:
        raise Impossible("simulator.bad_recording", problem=error) from error
    opened = open_recording(call.desk, account, exchanges)
    return json([call.shapes.follower(each) for each in opened], 201)


async def test(call: Call) -> object:
    """The conversation as a pytest function."""
    return {"text": export.conversation(_follower(call))}


async def clear(call: Call) -> object:
    """An empty screen and a new tape."""
    follower = _follower(call)
    follower.screen.clear()
    follower.tape.clear()
    follower.unread = 0
    _changed(call, follower)
    return Response(status_code=204)


def _follower(call: Call) -> Follower:
    return call.world.account(call.path("account")).follower(call.path("openid"))


def _changed(call: Call, follower: Follower) -> object:
    call.world.feed.tell("follower", follower)
    return call.shapes.follower(follower)


def _play(work: Coroutine[None, None, None]) -> None:
    _replays.add(task := asyncio.create_task(work))
    task.add_done_callback(_ended)


def _ended(task: "asyncio.Task[None]") -> None:
    _replays.discard(task)
    if not task.cancelled():
        task.exception()  # somebody may have left before their tape ended
