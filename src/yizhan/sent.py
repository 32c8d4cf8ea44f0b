"""What `yizhan send`, the simulator and a server tell each other: which push, and what it raised.

A push is named by follower and MsgId (of an event: its time), which the handler's log line has,
too. One that comes in the server's own process is an object.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from urllib.parse import quote, unquote

ASKED = "x-yizhan-send"  # of the request: the push
RAISED = "x-yizhan-raised"  # of the response: what its handler raised, the author's line first

# The push that is being delivered in this process, for whoever hears what is logged of it.
PUSH: ContextVar[object] = ContextVar("push", default=None)


def name_of(fields: Mapping[str, object]) -> str:
    """What the push of these fields is called in a header."""
    id = fields.get("MsgId") or fields.get("CreateTime") or ""
    return quote(f"{fields.get('FromUserName', '')}:{id}")


def written(told: str) -> bytes:
    """A text as a header's value."""
    return quote(told).encode("ascii")


def read(value: str) -> str:
    """The text that a header's value stands for."""
    return unquote(value)
