"""Calls about the world as a whole: state, stream, catalogue, options, clock."""

from collections.abc import AsyncIterator
from itertools import islice

import msgspec
from msgspec import UNSET, Struct, UnsetType, field
from starlette.responses import StreamingResponse

from yizhan.errors import Impossible
from yizhan.simulator.http.calls import BadRequest, HttpCall
from yizhan.simulator.pace import Name

RETRY = 300  # milliseconds until a browser connects again: a reload takes about a second
QUIET = 15.0  # seconds without an event after which a comment keeps the stream alive


class Moves(Struct, forbid_unknown_fields=True):
    """What to do to the clock: seconds by which to move the calendar on, seconds to let pass
    with all timers, and how fast time shall go."""

    skip: float = 0.0
    let_pass: float = field(default=0.0, name="pass")
    pace: Name | UnsetType = UNSET


async def state(call: HttpCall) -> object:
    """Everything that the page needs to draw itself."""
    return call.shapes.state()


async def log(call: HttpCall) -> object:
    """The bot's last log lines, oldest first."""
    newest = reversed(call.simulation.log)
    return [*islice(newest, call.number("limit", 200))][::-1]


async def catalogue(call: HttpCall) -> object:
    """What can be chosen."""
    return call.shapes.catalogue()


async def set_options(call: HttpCall) -> object:
    """Decide what WeChat does where public facts leave it open."""
    call.world.set_options(await call.body(dict[str, object]))
    return call.shapes.options()


async def move_clock(call: HttpCall) -> object:
    """Move the calendar on, let time pass, or have it go faster."""
    moves, pace = await call.body(Moves), call.simulation.pace
    if pace is None and (moves.let_pass or moves.pace not in (UNSET, "real")):
        raise Impossible("simulator.real_time")
    if pace is not None and moves.pace is not UNSET:
        pace.name = moves.pace
    if pace is not None and moves.let_pass > 0:
        pace.let_pass(moves.let_pass)
    call.world.skip(moves.skip)
    return call.shapes.clock()


async def events(call: HttpCall) -> object:
    """The stream of changes."""
    given = call.request.headers.get("last-event-id") or call.query("after")
    if given and not given.isdecimal():
        raise BadRequest("after")
    after = int(given) if given else call.world.feed.last
    return StreamingResponse(
        _stream(call, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(call: HttpCall, after: int) -> AsyncIterator[bytes]:
    feed = call.world.feed
    yield b"retry: %d\n\n" % RETRY
    if feed.since(after) is None:
        after = feed.last
        yield _event(after, "reset", {})
    async for change in feed.follow(after, QUIET):
        if change is None:
            yield b": quiet\n\n"
        else:
            yield _event(change.number, change.kind, call.shapes.change(change))


def _event(number: int, kind: str, data: object) -> bytes:
    encoded = msgspec.json.encode(data, enc_hook=str)
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), encoded)
