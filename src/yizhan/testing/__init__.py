"""Test a bot from the follower's side: no phone, no server, no waiting.

Names are imported when they are asked for, so that the pytest plugin costs nothing where it
is not used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yizhan.simulator.actions import SendFile as File
    from yizhan.simulator.actions import SendLink as Link
    from yizhan.simulator.actions import SendLocation as Location
    from yizhan.simulator.actions import SendMiniProgram as MiniProgram
    from yizhan.simulator.actions import SendShortVideo as ShortVideo
    from yizhan.simulator.options import Options
    from yizhan.simulator.screen import NOTICE
    from yizhan.testing.alone import FakeWeChat
    from yizhan.testing.recorded import conversations
    from yizhan.testing.running import run
    from yizhan.testing.seen import Card, MessageMenu, Notice
    from yizhan.testing.simulator import Simulator
    from yizhan.testing.user import User

__all__ = [
    "NOTICE",
    "Card",
    "FakeWeChat",
    "File",
    "Link",
    "Location",
    "MessageMenu",
    "MiniProgram",
    "Notice",
    "Options",
    "ShortVideo",
    "Simulator",
    "User",
    "conversations",
    "run",
]

_PLACES = {
    "NOTICE": ("yizhan.simulator.screen", "NOTICE"),
    "Card": ("yizhan.testing.seen", "Card"),
    "FakeWeChat": ("yizhan.testing.alone", "FakeWeChat"),
    "File": ("yizhan.simulator.actions", "SendFile"),
    "Link": ("yizhan.simulator.actions", "SendLink"),
    "Location": ("yizhan.simulator.actions", "SendLocation"),
    "MessageMenu": ("yizhan.testing.seen", "MessageMenu"),
    "MiniProgram": ("yizhan.simulator.actions", "SendMiniProgram"),
    "Notice": ("yizhan.testing.seen", "Notice"),
    "Options": ("yizhan.simulator.options", "Options"),
    "ShortVideo": ("yizhan.simulator.actions", "SendShortVideo"),
    "Simulator": ("yizhan.testing.simulator", "Simulator"),
    "User": ("yizhan.testing.user", "User"),
    "conversations": ("yizhan.testing.recorded", "conversations"),
    "run": ("yizhan.testing.running", "run"),
}

if not TYPE_CHECKING:  # a checker would take every name for one of ours

    def __getattr__(name: str) -> object:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, attribute = _PLACES[name]
        return getattr(import_module(module), attribute)
