"""Committing groups of followers in Redis: what the script is told, and what it says."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import cast

from yizhan.errors import StoreError
from yizhan.store.applying import NOWHERE, Loaded, Times
from yizhan.store.mailbox import EMPTY, Binding, Message
from yizhan.store.mailboxes.commits import Failed, Member
from yizhan.store.mailboxes.redis_link import Link
from yizhan.store.mailboxes.redis_records import (
    Asking,
    Names,
    Spread,
    Unreadable,
    asking_of,
    bind,
    bound,
    call,
    guards,
    loaded_in,
    look,
    message_in,
    pairs,
    seen_in,
)
from yizhan.store.mailboxes.server import ServerTime

log = logging.getLogger("yizhan")


class Committer:
    """Commits for one owner."""

    def __init__(self, link: Link, spread: Spread, owner: str, server: ServerTime) -> None:
        self._link = link
        self._spread = spread
        self._owner = owner
        self._time = server
        self._renewal = 0
        self._asides = count(1)

    async def commit(self, tries: Sequence[Member], again: bool) -> None:
        """Try to commit them, those of a shard in one call."""
        if self._link.is_cluster:
            tries = await self._bound(tries)
        times = self._time.times()
        by_shard: dict[str, tuple[Names, list[Member], list[Asking]]] = {}
        for it in tries:
            names = self._spread.of(it.openid)
            _, sent, askings = by_shard.setdefault(names.tag, (names, [], []))
            sent.append(it)
            askings.append(self._asking(it, names, times))
        calls = [call(names, askings) for names, _, askings in by_shard.values()]
        local = self._time.local()
        for (_, sent, _), answer in zip(
            by_shard.values(), await self._link.commit(calls), strict=True
        ):
            await self._take(sent, answer, local)

    def _asking(self, it: Member, names: Names, times: Times) -> Asking:
        """Apply the rules; what to say to the script."""
        if it.must_look:
            return look(names, it.openid, it.keys)
        asked = [names.key("message", key) for key in it.keys] if it.found.messages else ()
        before = it.loaded or Loaded()
        commit = it.apply(times)
        if commit is None:
            asking = Asking(names.key("box", it.openid), before.version)
        else:
            asking = asking_of(names, commit, it.document, before.box, times.wall)
            if commit.bindings and not names.is_shard:
                asking.bindings = bound(names, commit.bindings, times.wall)
            if commit.gives:
                renewal = self.next_renewal(times)
                asking.writes.append(("HSET", names.key("renewals"), self._owner, renewal))
            if commit.tells and not names.is_shard:  # in a Cluster the pulse is polled
                told = {*before.box.waiters} - {*commit.after.box.waiters, self._owner}
                notes = (("PUBLISH", names.key("stirred", name), it.openid) for name in told)
                asking.writes.extend(notes)
        asking.asked = asked
        asking.guards = guards(names, it.guards)
        return asking

    def next_renewal(self, times: Times) -> str:
        """A number that this owner's lease has never had: microseconds, or the next one."""
        self._renewal = max(self._renewal + 1, int(times.wall * 1e6))
        return str(self._renewal)

    async def _take(self, sent: Sequence[Member], answer: object, local: float) -> None:
        """What the script says of each of them, or why it says nothing."""
        if isinstance(answer, Exception):
            for it in sent:
                it.error = answer
            return
        if isinstance(answer, bytes):
            self.told(answer.split(), local)
            for it in sent:
                it.is_done = True
            return
        time, mended, answers = cast("tuple[object, list[bytes], list[object]]", answer)
        self.told(time, local)
        for key in mended:
            log.error("%s", StoreError("store.aside", key=key.decode(errors="replace")))
        for it, told in zip(sent, answers, strict=True):
            if told == b"done":
                it.is_done = True
            else:
                await self._learn(it, *cast("tuple[bytes, object, object]", told))

    async def _learn(self, it: Member, kind: bytes, what: object, rows: object = ()) -> None:
        """What stands against it."""
        names = self._spread.of(it.openid)
        if kind == b"renewed":
            it.renewed(cast("bytes", what).decode())
        elif kind == b"refused":
            it.found.bound.update(sig.decode() for sig in cast("list[bytes]", what))
            for key, row in cast("list[tuple[bytes, object]]", rows):
                try:
                    self._find(it.found.messages, it.loaded, row)
                except Unreadable:
                    await self._put_aside(names, it.openid, it.loaded, key.decode())
        else:
            await self._stale(it, names, pairs(what), cast("list[object]", rows))

    async def _stale(
        self, it: Member, names: Names, fields: Mapping[bytes, bytes], rows: Iterable[object]
    ) -> None:
        try:
            loaded = loaded_in(fields)
        except Unreadable:
            held = Loaded(fields[b"version"].decode(errors="replace"))
            await self._put_aside(names, it.openid, held, names.key("box", it.openid))
            it.must_look = True
            return
        messages: dict[str, Message] = {}
        for row in rows:
            try:
                self._find(messages, loaded, row)
            except Unreadable as error:
                log.error("%s", StoreError("store.unreadable", key="?", problem=error))
        it.show(loaded, messages)

    def _find(self, messages: dict[str, Message], loaded: Loaded | None, row: object) -> None:
        message = message_in(row)
        if message is not None:
            box = loaded.box if loaded else EMPTY
            messages[message.key] = seen_in(box, message)

    async def _put_aside(self, names: Names, openid: str, held: Loaded | None, key: str) -> None:
        """Rename what cannot be read, if the mailbox is still as it was seen."""
        log.error("%s", StoreError("store.aside", key=key))
        aside = f"{key}:aside:{self._owner}:{next(self._asides)}"
        version = held.version if held else NOWHERE
        await self.alone(names, openid, version, [("RENAME", key, aside)])

    async def alone(
        self, names: Names, openid: str, version: str, writes: Sequence[Sequence[str]]
    ) -> None:
        """Write beside the rules, if the mailbox still has that version."""
        asking = Asking(names.key("box", openid), version, writes=[*writes])
        await send(self._link, names, asking)

    async def _bound(self, tries: Sequence[Member]) -> Sequence[Member]:
        """In a Cluster write the bindings first, where they belong; those that may go on."""
        wanted: list[tuple[Member, Binding]] = []
        for it in tries:
            if not it.must_look and (commit := it.apply(self._time.times())) is not None:
                wanted += ((it, binding) for binding in commit.bindings)
        calls, wall = [], self._time.times().wall
        for _, binding in wanted:
            names = self._spread.of(binding.signature)
            write = bind(names, binding.signature, binding.digest, wall + binding.keep)
            nobody = names.key("nobody")  # a mailbox that never is
            asking = Asking(nobody, NOWHERE, bindings=bound(names, [binding], wall), writes=[write])
            calls.append(call(names, [asking]))
        for (it, binding), answer in zip(wanted, await self._link.commit(calls), strict=True):
            if isinstance(answer, Exception):
                it.error = answer
            elif not _is_done(answer):
                it.found.bound.add(binding.signature)
        return [it for it in tries if it.error is None]

    def told(self, answer: object, sent: float) -> None:
        """The time, as TIME says it."""
        seconds, rest = cast("Sequence[bytes]", answer)
        self._time.told(int(seconds) + int(rest) / 1e6, sent)


async def send(link: Link, names: Names, asking: Asking) -> bool:
    """Tell the script of one mailbox; whether what was to be written is. Raises StoreError."""
    [answer] = await link.commit([call(names, [asking])])
    if isinstance(answer, Exception):
        raise answer.error if isinstance(answer, Failed) else answer
    return _is_done(answer)


def _is_done(answer: object) -> bool:
    """What the script says of the only mailbox that it was told of."""
    return isinstance(answer, bytes) or cast("list[list[bytes]]", answer)[2][0] == b"done"
