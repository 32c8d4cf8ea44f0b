"""What one connection of a push gets."""

from msgspec import Struct

from yizhan.inbox.run import Run
from yizhan.replies import Reply
from yizhan.store import Part, Shown


class Response(Struct, frozen=True):
    """What a connection gets; `written` or `lost` is to be told how writing it went.

    No reply means the acknowledgement; `close` means no answer at all. `cut` is what is
    left of a part that it carries the beginning of. `left` tells
    whether parts of this run's answer stay behind, `decided` whether the store holds this
    push to it on behalf of this process.
    """

    run: Run
    reply: Reply | None = None
    carried: tuple[Part, ...] = ()
    cut: Part | None = None
    shown: Shown = ""
    close: bool = False
    left: bool = False
    decided: bool = False
    why: str = ""
