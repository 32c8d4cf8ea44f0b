"""The mark of a store: whose it is, and who may use it.

A store without a mark is from before there were marks, or new.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

import msgspec
from msgspec import Struct

Use = Literal["serve", "look"]
Action = Literal["keep", "take", "raise", "refuse"]


class Mark(Struct, frozen=True, omit_defaults=True):
    """What stands in a store: an AppID, else a name and digests of Tokens, or a project's."""

    appid: str = ""
    name: str = ""
    digests: tuple[str, ...] = ()
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who wants to use a store. `project` is set for a store of development only."""

    appid: str = ""
    name: str = ""
    token: str = field(default="", repr=False)
    token_previous: str = field(default="", repr=False)
    original_id: str = ""
    project: str = ""

    @property
    def digests(self) -> tuple[str, ...]:
        """Of the current Token first, then of the previous one."""
        tokens = (self.token, self.token_previous)
        return tuple(digest(token, self.name, "mark") for token in tokens if token)

    @property
    def mark(self) -> Mark:
        """What a store of this account is marked with."""
        if self.project:
            return Mark(project=self.project)
        if self.appid:
            return Mark(appid=self.appid)
        return Mark(name=self.name, digests=self.digests)


class Verdict(Struct, frozen=True):
    """What to do: keep the mark, write `mark`, or refuse for the reason with that phrase."""

    action: Action
    mark: Mark | None = None
    phrase: str = ""


def decide(mark: Mark | None, account: Identity, addressed: Mapping[str, int], use: Use) -> Verdict:
    """Whether the account may use a store with that mark.

    `addressed` counts the ToUserName of its jobs; it is asked for only without a mark.
    """
    if mark is None:
        if use == "look":
            return Verdict("keep")
        if is_contradicted(account.original_id, addressed):
            return Verdict("refuse", phrase="store.addressed")
        return Verdict("take", account.mark)
    if not is_of(mark, account):
        return Verdict("refuse", phrase="store.of_another")
    if use == "look" or not _is_behind(mark, account):
        return Verdict("keep", mark)
    return Verdict("raise", account.mark)


def is_of(mark: Mark, account: Identity) -> bool:
    """Whether this is the account's mark, or was before it had an AppID or its present Token."""
    if mark.project or account.project:
        return mark.project == account.project
    if mark.appid:
        return mark.appid == account.appid
    # Digests cost time: they are made only when they are asked for.
    return mark.name == account.name and not set(mark.digests).isdisjoint(account.digests)


def is_contradicted(original_id: str, addressed: Mapping[str, int]) -> bool:
    """Whether jobs tell of another account, or, of an unknown one, of more than one."""
    others = {each for each in addressed if each not in ("", original_id)}
    return len(others) > (0 if original_id else 1)


def _is_behind(mark: Mark, account: Identity) -> bool:
    """Whether the account has come by an AppID, or by another Token, since."""
    if mark.project or mark.appid:
        return False
    return bool(account.appid) or account.digests[0] not in mark.digests


def dumped(mark: Mark) -> bytes:
    """A mark as a store keeps it."""
    return msgspec.json.encode(mark)


def loaded(kept: bytes | None) -> Mark | None:
    """A mark as a store has kept it."""
    return None if kept is None else msgspec.json.decode(kept, type=Mark)


def digest(token: str, name: str, use: Literal["mark", "file"]) -> str:
    """A digest of the Token that tells nobody the Token; one for each use.

    The digest is keyed by what scrypt makes of the Token and the account's name. A random
    key would lie beside the store, or be missing where the store is moved to, and an account
    without AppID has no other secret. So whoever has the file can only try Tokens one by one,
    at 40 ms and 16 MB for each, for one name at a time: out of reach for any but those on a list
    of weak ones. A file's name is seen in logs and listings: so its digest is short (many
    Tokens have the same) and does not tell the mark's.
    """
    size = {"mark": 16, "file": 4}[use]
    key = _stretched(token, name)
    return hashlib.blake2b(key=key, person=use.encode(), digest_size=size).hexdigest()


@lru_cache(maxsize=64)
def _stretched(token: str, name: str) -> bytes:
    salt = b"yizhan store " + name.encode()
    return hashlib.scrypt(token.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
