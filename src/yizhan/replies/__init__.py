"""What a handler may answer, and how answers are checked, kept, written and read."""

from yizhan.graphemes import split
from yizhan.replies.kept import dump, load
from yizhan.replies.kinds import (
    LABELLED,
    Article,
    Image,
    Music,
    News,
    Reply,
    Text,
    Transfer,
    Video,
    Voice,
)
from yizhan.replies.markdown import plain_text
from yizhan.replies.parsing import Received, parse, parse_json
from yizhan.replies.rendering import render, render_json
from yizhan.replies.results import RESULT_LIMIT, After, check, of
from yizhan.replies.stream import Stream

__all__ = [
    "LABELLED",
    "RESULT_LIMIT",
    "After",
    "Article",
    "Image",
    "Music",
    "News",
    "Received",
    "Reply",
    "Stream",
    "Text",
    "Transfer",
    "Video",
    "Voice",
    "check",
    "dump",
    "load",
    "of",
    "parse",
    "parse_json",
    "plain_text",
    "render",
    "render_json",
    "split",
]
