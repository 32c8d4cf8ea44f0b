"""What makes two pushes the same message (docs/protocol.md#c and #e3)."""

from hashlib import sha256

from yizhan.events import Event
from yizhan.messages import Message

DISTINGUISHING = ("MsgID", "UserCardCode")


def of(message: Message | Event, body: bytes) -> str:
    """The dedupe key of a push: account, follower and MsgId where there is one.

    An event, or a message without MsgId, is known by its time, name, key and the
    digest of its decrypted body, since two events of one second are common.
    """
    sender = f"{message.to_user}:{message.from_user}"
    if isinstance(message, Message) and message.id:
        return f"{sender}:{message.id}"
    name, key = (message.name, message.key) if isinstance(message, Event) else (message.kind, "")
    parts = [sender, str(message.created), name.lower(), key]
    parts += [str(message.raw[field]) for field in DISTINGUISHING if field in message.raw]
    parts.append(sha256(body).hexdigest())
    return f"{sender}:{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"


def masked(key: str) -> str:
    """A key as it may stand in a log: of the openid its ends only."""
    account, _, rest = key.partition(":")
    openid, colon, rest = rest.partition(":")
    return f"{account}:{masked_openid(openid)}:{rest}" if colon else key  # an unread push has none


def masked_openid(openid: str) -> str:
    """An openid as it may stand in a log: its ends only."""
    return f"{openid[:4]}…{openid[-4:]}" if len(openid) > 12 else "…"
