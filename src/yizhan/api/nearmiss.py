"""Slips in the attributes that name an endpoint: `api.mesage` for `api.message`."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from yizhan.api.described import plain_name
from yizhan.api.platform import platform
from yizhan.errors import UnknownEndpoint

SHORTEST = 4  # letters; of shorter names too many are one letter apart
LONG = 6  # letters from which on two may be wrong
OTHERS = frozenset({"wxaapp"})  # of mini-programs, and not described
NO_DIGIT = re.compile(r"\D")
VERBS = ("get", "set", "add", "del", "mod", "create", "update", "delete", "remove", "list")


def check(segments: tuple[str, ...]) -> tuple[str, ...]:
    """These attributes, if the last of them is no slip. Raises UnknownEndpoint."""
    *before, name = segments
    known = _children().get(tuple(before), frozenset())
    if plain_name(name) in known:
        return segments
    near = meant(name, known)
    if not near:
        return segments
    right = (*before, near)
    given, right_name = ".".join(segments), ".".join(right)
    raise UnknownEndpoint(
        "api.no_endpoint", given=given, meant=right_name, path=_path(segments, right)
    )


def meant(name: str, known: Iterable[str]) -> str:
    """The known segment that a person who wrote `name` most likely meant; "" for none."""
    near = [each for each in sorted(known) if name not in OTHERS and is_near(name, each)]
    return min(near, key=lambda each: distance(name.lower(), each), default="")


def is_near(name: str, known: str) -> bool:
    """Whether only a letter or two are wrong. Another verb or number is another endpoint."""
    name = name.lower()
    if f"{name}s" == known or name == f"{known}s":
        return True
    if min(len(name), len(known)) < SHORTEST or _kept_apart(name, known):
        return name == known
    return distance(name, known) <= (2 if len(known) >= LONG else 1)


def _kept_apart(one: str, other: str) -> bool:
    verbs = {_verb(one), _verb(other)} - {""}
    return len(verbs) > 1 or NO_DIGIT.sub("", one) != NO_DIGIT.sub("", other)


def _verb(name: str) -> str:
    return next((each for each in VERBS if name.startswith(each) or name.endswith(each)), "")


def distance(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one):
        before, last, row = row, before, [place + 1]
        for at, wanted in enumerate(other):
            cost = min(before[at] + (letter != wanted), before[at + 1] + 1, row[at] + 1)
            swapped = place and at and letter == other[at - 1] and one[place - 1] == wanted
            row.append(min(cost, last[at - 1] + 1) if swapped else cost)
    return row[-1]


@cache
def _children() -> Mapping[tuple[str, ...], frozenset[str]]:
    """What may follow the attributes that lead somewhere."""
    children: dict[tuple[str, ...], set[str]] = {}
    for path in platform().tree:
        for length in range(len(path)):
            children.setdefault(path[:length], set()).add(path[length])
    return {path: frozenset(names) for path, names in children.items()}


def _path(segments: tuple[str, ...], right: tuple[str, ...]) -> str:
    """The path that was named, if it lies where the one that was meant does."""
    below = (each for each in platform().tree.values() if each.segments[: len(right)] == right)
    root = "/cgi-bin/" if next(below).path.startswith("/cgi-bin/") else "/"
    return root + "/".join(segments)
