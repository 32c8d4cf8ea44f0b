"""驿站: a server, framework, API client and simulator for WeChat Official Accounts.

Names are imported when they are asked for: `yizhan --help`, and a pytest that finds the plugin
but does not use it, load none of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.errors import YizhanError
    from yizhan.replies import (
        Article,
        Image,
        Music,
        News,
        Stream,
        Text,
        Transfer,
        Video,
        Voice,
        plain_text,
    )
    from yizhan.router import Router
    from yizhan.routing import PASS

__version__ = "0.1.0"

__all__ = [
    "PASS",
    "Account",
    "Article",
    "Image",
    "Music",
    "News",
    "Router",
    "Stream",
    "Text",
    "Transfer",
    "Video",
    "Voice",
    "YizhanError",
    "__version__",
    "plain_text",
]

_PLACES = {
    "PASS": "routing",
    "Account": "account",
    "Router": "router",
    "YizhanError": "errors",
}

if not TYPE_CHECKING:  # a checker would take every name for one of ours

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"yizhan.{_PLACES.get(name, 'replies')}"), name)
