"""Starting a conversation over from any point of it, with somebody to whom the bot is new."""

from collections.abc import Sequence

from yizhan.errors import Missing
from yizhan.simulator.actions import AnyAction, Follow, Scan, Unfollow
from yizhan.simulator.official import Follower
from yizhan.simulator.recording import Line
from yizhan.simulator.screen import Entry
from yizhan.simulator.simulation import Simulation
from yizhan.simulator.world import World

MARK = "↺"  # behind the name of whoever begins again


def restart(
    simulation: Simulation, follower: Follower, entry_id: str
) -> tuple[Follower, Sequence[Line], AnyAction | None]:
    """A new follower, what they are to do again, and what would come next.

    Everything that was done before that entry is done again; if the entry is something that
    the follower did, that comes next, and is left to the person at the page. Raises Missing.
    """
    entry = _entry(follower, entry_id)
    done = [line for line in follower.recording if line.do is not None]
    own = entry.via == "follower"
    place = _place(done, entry)
    again = done[:place] if own else done[: place + 1]
    upcoming = done[place].do if own and place < len(done) else None
    account = simulation.world.account(follower.account)
    name = follower.nickname.removesuffix(MARK).rstrip()
    following = _began_following(simulation.world, follower, done)
    fresh = simulation.add_follower(account, f"{name} {MARK}", following=following)
    fresh.language, fresh.platform = follower.language, follower.platform
    return fresh, again, upcoming


def _entry(follower: Follower, id: str) -> Entry:
    for entry in follower.screen:
        if entry.id == id:
            return entry
    raise Missing("simulator.unknown_entry", entry=id)


def _place(done: Sequence[Line], entry: Entry) -> int:
    """Which of the things done the entry is, or came of; the last before it if none is known."""
    for place, line in enumerate(done):
        if entry.push is not None and line.push == entry.push:
            return place
    return sum(line.at <= entry.at for line in done) - 1


def _began_following(world: World, follower: Follower, done: Sequence[Line]) -> bool:
    """Whether they followed before the first thing that they did."""
    for line in done:
        if isinstance(line.do, Follow):
            return False
        if isinstance(line.do, Unfollow):
            return True
        if isinstance(line.do, Scan):
            push = world.pushes.get(line.push or "")
            return push is None or push.event != "subscribe"
    return follower.following
