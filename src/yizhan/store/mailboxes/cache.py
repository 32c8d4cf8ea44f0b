"""The mailboxes that a process has committed or read last."""

from collections import OrderedDict

from yizhan.store.applying import Loaded

MOST = 10_000
MOST_BYTES = 64_000_000
SIZE = 1_000  # bytes that a mailbox takes besides its document and rows
JOB = 500  # and each message in hand


class Cache:
    """As many mailboxes as there is room for; those not used for longest go first."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self.bytes = 0
        self._most = most
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, tuple[Loaded, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, openid: str) -> Loaded | None:
        """The mailbox as it was kept last, if it still is."""
        kept = self._kept.get(openid)
        return None if kept is None else kept[0]

    def keep(self, openid: str, loaded: Loaded, size: int) -> None:
        """Keep a mailbox; `size` is that of its document in bytes."""
        size += SIZE + JOB * len(loaded.box.jobs)
        if loaded.rows:
            size += sum(map(len, loaded.rows.values()))
        kept = self._kept.get(openid)
        self._kept[openid] = (loaded, size)
        if kept is None:
            self.bytes += size
        else:
            self._kept.move_to_end(openid)
            self.bytes += size - kept[1]
        while self.bytes > self._most_bytes or len(self._kept) > self._most:
            _, (_, gone) = self._kept.popitem(last=False)
            self.bytes -= gone

    def drop(self, openid: str) -> None:
        """Forget one of them."""
        if (kept := self._kept.pop(openid, None)) is not None:
            self.bytes -= kept[1]

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()
        self.bytes = 0
