"""Committing groups of followers in Redis: what the script gets, and what it answers."""

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
    UNKNOWN,
    Asking,
    Names,
    Spread,
    Unreadable,
    asking_of,
    bound,
    call,
    guards,
    loaded_in,
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
        times, in_cluster = self._time.times(), self._link.is_cluster
        if in_cluster:
            tries = await self._bound(tries, times)
        by_shard: dict[str, tuple[Names, list[Member], list[Asking]]] = {}
        for it in tries:
            names = self._spread.of(it.openid)
            _, sent, askings = by_shard.setdefault(names.tag, (names, [], []))
            sent.append(it)
            askings.append(_asking(it, times, in_cluster))
        renewal = self.next_renewal(times)
        calls = [
            call(names, askings, times.wall, owner=self._owner, renewal=renewal)
            for names, _, askings in by_shard.values()
        ]
        local = self._time.local()
        answers = await self._link.commit(calls)
        for (_, sent, _), answer in zip(by_shard.values(), answers, strict=True):
            await self._take(sent, answer, local)

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
            self.note_time(answer.split(), local)
            for it in sent:
                it.is_done = True
            return
        time, mended, answers = cast("tuple[object, list[bytes], list[object]]", answer)
        self.note_time(time, local)
        for key in mended:
            log.error("%s", StoreError("store.aside", key=key.decode(errors="replace")))
        for it, result in zip(sent, answers, strict=True):
            if result == b"done":
                it.is_done = True
            else:
                await self._learn(it, *cast("tuple[bytes, object, object]", result))

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
                    aside = names.key("message", key.decode())
                    await self._put_aside(names, it.openid, it.loaded, aside)
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
        asking = Asking(openid, version, writes=writes)
        await send(self._link, names, asking)

    async def _bound(self, tries: Sequence[Member], times: Times) -> Sequence[Member]:
        """In a Cluster write the bindings first, where they belong; those that may go on."""
        wanted: list[tuple[Member, Binding]] = []
        for it in tries:
            if not it.must_look and (commit := it.apply(times)) is not None:
                wanted += ((it, binding) for binding in commit.bindings)
        calls = []
        for _, binding in wanted:
            asking = Asking("", NOWHERE, bindings=bound([binding], times.wall))
            names = self._spread.of(binding.signature)
            calls.append(call(names, [asking], times.wall, kind="nobody"))  # it is never there
        for (it, binding), answer in zip(wanted, await self._link.commit(calls), strict=True):
            if isinstance(answer, Exception):
                it.error = answer
            elif not _is_done(answer):
                it.found.bound.add(binding.signature)
        return [it for it in tries if it.error is None]

    def note_time(self, answer: object, sent: float) -> None:
        """The time, as TIME says it."""
        seconds, rest = cast("Sequence[bytes]", answer)
        self._time.note(int(seconds) + int(rest) / 1e6, sent)


def _asking(it: Member, times: Times, in_cluster: bool) -> Asking:
    """Apply the rules; what to say to the script."""
    if it.must_look:
        return Asking(it.openid, UNKNOWN, it.keys)
    asked = it.keys if it.found.messages else ()
    before = it.loaded or Loaded()
    commit = it.apply(times)
    if commit is None:
        asking = Asking(it.openid, before.version)
    else:
        asking = asking_of(commit, it.document, before.box)
        if in_cluster:
            asking.notified = ()  # the pulse is polled
        elif commit.bindings:
            asking.bindings = bound(commit.bindings, times.wall)
    asking.asked = asked
    if it.guards:
        asking.guards = guards(it.guards)
    return asking


async def send(
    link: Link, names: Names, asking: Asking, *, wall: float = 0.0, kind: str = "box:"
) -> bool:
    """Tell the script of one mailbox; whether what was to be written is. Raises StoreError."""
    [answer] = await link.commit([call(names, [asking], wall, kind=kind)])
    if isinstance(answer, Exception):
        raise answer.error if isinstance(answer, Failed) else answer
    return _is_done(answer)


def _is_done(answer: object) -> bool:
    """What the script says of the only mailbox that it was given."""
    return isinstance(answer, bytes) or cast("list[list[bytes]]", answer)[2][0] == b"done"
