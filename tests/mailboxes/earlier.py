"""What version 1 left in Redis: `files/version-1.redis` is a dump of its keys."""

from pathlib import Path
from typing import Any

import msgspec

FILE = Path(__file__).parent / "files/version-1.redis"
ACCOUNT = "wx0123456789abcdef"
MESSAGES, FOLLOWERS = 9, 7


def restore(client: Any, *, idle: int = 60_000) -> None:
    """Put it there; its leases were renewed so many milliseconds ago."""
    for of, (kind, content) in msgspec.msgpack.decode(FILE.read_bytes()).items():
        if kind == "hash":
            client.hset(of, mapping=content)
        elif kind == "zset":
            client.zadd(of, dict(content))
        elif kind == "string":
            client.set(of, content)
        else:
            client.xgroup_create(of, "yizhan", "0", mkstream=True)
            for entry, fields, owner in content:
                client.xadd(of, dict(fields), id=entry)
                client.xclaim(of, "yizhan", owner, 0, [entry], idle=idle, force=True)
