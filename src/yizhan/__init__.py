"""驿站: a server, framework, API client and simulator for WeChat Official Accounts."""

from yizhan.account import Account
from yizhan.errors import YizhanError
from yizhan.replies import Article, Image, Music, News, Text, Transfer, Video, Voice
from yizhan.router import Router

__version__ = "0.1.0"

__all__ = [
    "Account",
    "Article",
    "Image",
    "Music",
    "News",
    "Router",
    "Text",
    "Transfer",
    "Video",
    "Voice",
    "YizhanError",
    "__version__",
]
