"""Faults on demand: what goes wrong between WeChat and the server, and in the API."""

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from yizhan.errors import Impossible

FaultKind = Literal[
    "drop", "delay", "duplicate", "reorder", "lose", "cut", "hang_up", "half", "slow",
    "skew", "stale", "signature", "replay", "appid", "padding",
    "reply_late", "reply_form", "reply_unswapped", "reply_blank", "reply_articles",
    "reply_nothing", "reply_status",
    "api_error", "api_status", "api_lost", "api_job",
]  # fmt: skip
Values = Mapping[str, float | str]

# Every kind with its values and their defaults; seconds where a name says so.
DELIVERY: Mapping[str, Values] = MappingProxyType(
    {
        "drop": {},  # the push never arrives
        "delay": {"seconds": 3.0},  # it arrives late, within WeChat's five seconds
        "duplicate": {},  # it arrives twice at once
        "reorder": {},  # it arrives after the next push, 5 s later at most
        "lose": {},  # the server's answer gets lost
        "cut": {},  # the server's answer breaks off halfway
        "hang_up": {"seconds": 1.0},  # WeChat cuts the connection that early
        "half": {},  # the push breaks off halfway through its body
        "slow": {"seconds": 3.0},  # the bytes of its body take so long
        "skew": {"seconds": 900.0},  # WeChat's clock is fast by so much, slow if negative
        "stale": {"seconds": 3600.0},  # a timestamp that old
        "signature": {},  # a wrong signature
        "replay": {},  # afterwards the same query comes again with another body
        "appid": {},  # encrypted for another AppID
        "padding": {},  # padding that is none
    }
)
# What becomes of the server's answer on its way back, as if the bot had made that mistake.
REPLY: Mapping[str, Values] = MappingProxyType(
    {
        "reply_late": {},  # it takes more than WeChat's five seconds
        "reply_form": {},  # JSON where WeChat wants XML, or the reverse
        "reply_unswapped": {},  # ToUserName and FromUserName are as in the push
        "reply_blank": {},  # a text whose Content is empty
        "reply_articles": {},  # one article more than a reply may carry
        "reply_nothing": {},  # an empty body
        "reply_status": {},  # HTTP 500
    }
)
API: Mapping[str, Values] = MappingProxyType(
    {
        # this errcode, on paths that begin so, of so many calls in one
        "api_error": {"errcode": -1.0, "path": "", "chance": 1.0},
        "api_status": {"status": 502.0, "path": "", "chance": 1.0},  # this HTTP status instead
        "api_lost": {"path": "", "chance": 1.0},  # done, but the answer gets lost
        # the job that the call begins ends so: in words of its event, "" for the usual ones
        "api_job": {"result": "", "path": "", "chance": 1.0},
    }
)
# The calls after which something goes on by itself, and an event tells of its end.
JOBS = frozenset(
    {
        *("/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/bizsend"),
        *("/cgi-bin/message/mass/sendall", "/cgi-bin/message/mass/send"),
        "/cgi-bin/freepublish/submit",
    }
)
TOKENS = frozenset({"/cgi-bin/token", "/cgi-bin/stable_token"})
GROUPS: Mapping[str, Mapping[str, Values]] = MappingProxyType(
    {"reply": REPLY, "delivery": DELIVERY, "api": API}
)
KINDS: Mapping[str, Values] = MappingProxyType({**REPLY, **DELIVERY, **API})
# How often a fault has to strike until the follower notices, where once is not enough.
NOTICED: Mapping[str, int] = MappingProxyType({"reply_late": 3, "reply_status": 3, "lose": 3})


class Fault(Struct, frozen=True, forbid_unknown_fields=True):
    """One fault: `times` is how often it still strikes, None for always; `openid` limits it."""

    kind: str
    times: int | None = 1
    openid: str | None = None
    values: dict[str, float | str] = {}

    def number(self, name: str) -> float:
        """A value as a number, the default where none was given."""
        return float(self.values.get(name, KINDS[self.kind][name]))

    def text(self, name: str) -> str:
        """A value as text, the default where none was given."""
        return str(self.values.get(name, KINDS[self.kind][name]))


class Faults:
    """The faults of one account that are switched on."""

    def __init__(self) -> None:
        self.standing: tuple[Fault, ...] = ()
        self._random = Random(7)  # noqa: S311  # the same chances in every run

    def set(self, faults: tuple[Fault, ...]) -> None:
        """Switch on exactly these. Raises Impossible for a kind or value that nobody knows."""
        for fault in faults:
            _check(fault)
        self.standing = faults

    def add(self, fault: Fault) -> None:
        """Switch on one more."""
        self.set((*self.standing, fault))

    def strike(self, openid: str) -> tuple[Fault, ...]:
        """The faults that befall this delivery; each is one time less from now on."""
        return self._struck(lambda fault: fault.kind not in API and fault.openid in (None, openid))

    def strike_api(self, path: str, openid: str | None) -> tuple[Fault, ...]:
        """The faults that befall this API call; the calls for a token only by their path."""
        return self._struck(
            lambda fault: (
                fault.kind in API
                and fault.openid in (None, openid)
                and _is_meant(fault, path)
                and self._random.random() < fault.number("chance")
            )
        )

    def _struck(self, befalls: Callable[[Fault], bool]) -> tuple[Fault, ...]:
        befallen = [(fault, befalls(fault)) for fault in self.standing]
        left = (_once_less(fault) if struck else fault for fault, struck in befallen)
        self.standing = tuple(fault for fault in left if fault.times != 0)
        return tuple(fault for fault, struck in befallen if struck)


def _check(fault: Fault) -> None:
    known = KINDS.get(fault.kind)
    if known is None:
        raise Impossible("simulator.bad_fault", kind=fault.kind, known=" ".join(KINDS))
    for name, value in fault.values.items():
        wants_number = not isinstance(known.get(name), str)
        if name not in known or (wants_number and isinstance(value, str)):
            raise Impossible(
                "simulator.bad_fault_value",
                kind=fault.kind,
                value=f"{name}={value}",
                known=" ".join(known),
            )


def _once_less(fault: Fault) -> Fault:
    return fault if fault.times is None else replace(fault, times=fault.times - 1)


def _is_meant(fault: Fault, path: str) -> bool:
    if fault.kind == "api_job" and path not in JOBS:
        return False
    begins = fault.text("path")
    return path.startswith(begins) if begins else path not in TOKENS
