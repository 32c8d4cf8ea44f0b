"""The keys of a store in Redis: all of one account, or of one shard of it, share a hash tag."""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from msgspec import Struct

SHARDS = 16  # of an account in a Cluster: so its followers spread over the nodes


class Names(NamedTuple):
    """What stands under one hash tag."""

    tag: str
    is_shard: bool = False  # in a Cluster a script must declare its keys: they may be on the move

    def at(self, kind: str, name: str) -> str:
        """The key of one thing of a kind."""
        return f"{{{self.tag}}}:{kind}:{name}"

    def the(self, kind: str) -> str:
        """The key of what there is one of."""
        return f"{{{self.tag}}}:{kind}"

    def box(self, openid: str) -> str:
        """A hash: `version`, `box`, `changed`, and a follower's rows, named with "=" before."""
        return self.at("box", openid)

    def message(self, key: str) -> str:
        """A hash: `message`, which stays, and `filed`, which is replaced."""
        return self.at("message", key)

    def keys(self, openid: str) -> str:
        """A set: the keys of all messages of a follower."""
        return self.at("keys", openid)

    def owned(self, owner: str) -> str:
        """A set: the followers with work of that owner; of NOBODY: with jobs that need none."""
        return self.at("owned", owner)

    def ended(self, state: str) -> str:
        """A sorted set: the messages that left their mailbox in that state, by when."""
        return self.at("ended", state)

    @property
    def boxes(self) -> str:
        """A set: all followers with a mailbox."""
        return self.the("boxes")

    @property
    def created(self) -> str:
        """A sorted set: all messages, by the time when they were created."""
        return self.the("created")

    @property
    def due(self) -> str:
        """A sorted set: followers whose work rests, by the time until which it does."""
        return self.the("due")

    @property
    def renewals(self) -> str:
        """A hash: the number of each owner's last renewal."""
        return self.the("renewals")

    @property
    def left(self) -> str:
        """A set: the owners that stopped in good order."""
        return self.the("gone")

    @property
    def bindings(self) -> str:
        """A hash by signature: when it lapses, in 17 characters, and the body's digest."""
        return self.the("bindings")

    def pulse(self, owner: str) -> str:
        """The channel on which an owner hears which mailboxes have changed."""
        return self.at("stirred", owner)


class Spread(Struct, frozen=True):
    """The shards of an account: one, or as many as were recorded when it began."""

    shards: Sequence[Names]

    def of(self, name: str) -> Names:
        """The shard of a follower, or of a signature."""
        if len(self.shards) == 1:
            return self.shards[0]
        return self.shards[crc32(name.encode()) % len(self.shards)]


def spread(account: str, count: int) -> Spread:
    """An account in one piece, or in `count` shards."""
    if count == 1:
        return Spread((Names(account),))
    return Spread(tuple(Names(f"{account}:{number}", True) for number in range(count)))
