"""What every event has."""

from datetime import datetime

import msgspec

from yizhan import fields
from yizhan.wire.xml import Raw


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event push; of this very class if nobody has heard of its name (docs/protocol.md#d).

    `name` is as it stood on the wire, `key` the EventKey or "", `created` in seconds.
    """

    name: str = ""
    key: str = ""
    created: int = 0
    to_user: str = ""
    from_user: str = ""
    raw: Raw = msgspec.field(default_factory=dict)

    @property
    def created_at(self) -> datetime:
        """When the event happened, in UTC."""
        return fields.moment(self.created)
