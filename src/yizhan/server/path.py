"""Whose a path is: the account's own, one beside it, or nobody's.

A host may stand behind a prefix, which a proxy has taken off or has not, and may have chosen
the account by a rule of its own. Pure.
"""

from collections.abc import Collection, Iterable

from yizhan.errors import Refused
from yizhan.phrases import say

PUSH = "push"  # no path is called so
BESIDE = ("/healthz", "/metrics")
LONGEST = 64  # characters of a path in the log


def place_of(
    path: str, root: str, own: str, *, chosen: bool = False, files: Collection[str] = ()
) -> str:
    """What stands at that path of a host whose own paths begin with `root`. Raises Refused.

    PUSH for the account itself, else the path of what is beside it: one of `files`, or of
    BESIDE. `own` is the account's path in its settings. `chosen` tells that the host's router
    has given the request to the account.
    """
    root = root.rstrip("/")
    below = path.removeprefix(root) if root and f"{path}/".startswith(f"{root}/") else path
    if own in (path, below):
        return PUSH
    if below in BESIDE or below in files:
        return below
    mounted = root != "" and (below == "" or (below == "/" and root.endswith(own)))
    if chosen or mounted:
        return PUSH
    raise nothing_at(path, [own])


def nothing_at(path: str, own: Iterable[str]) -> Refused:
    """The refusal of a path; the log names it and those that are right."""
    right = " ".join(own)
    slash = "path_slash" if path.rstrip("/") in own else "path"
    return Refused("path", say(f"log.{slash}", asked=shown(path), right=right))


def shown(path: str) -> str:
    """The path as it may stand in a log: one line, and no long one."""
    return "".join(letter if letter.isprintable() else "�" for letter in path[:LONGEST])
