"""Faults on demand: what goes wrong between WeChat and the server, and in the API."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from yizhan.simulator.problems import Impossible

Values = Mapping[str, float | str]

# Every kind with its values and their defaults; seconds where a name says so.
DELIVERY: Mapping[str, Values] = MappingProxyType(
    {
        "drop": {},  # the push never arrives
        "delay": {"seconds": 3.0},  # it arrives late, within WeChat's five seconds
        "duplicate": {},  # it arrives twice at once
        "reorder": {},  # it arrives after the next push, 5 s later at most
        "lose": {},  # the server's answer gets lost
        "hang_up": {"seconds": 1.0},  # WeChat cuts the connection that early
        "skew": {"seconds": 900.0},  # WeChat's clock is fast by so much, slow if negative
        "stale": {"seconds": 3600.0},  # a timestamp that old
        "signature": {},  # a wrong signature
        "replay": {},  # afterwards the same query comes again with another body
        "appid": {},  # encrypted for another AppID
        "padding": {},  # padding that is none
    }
)
API: Mapping[str, Values] = MappingProxyType(
    {
        "api_error": {"errcode": -1.0, "path": ""},  # this errcode, on paths that begin so
        "api_status": {"status": 502.0, "path": ""},  # this HTTP status instead of an answer
        "api_lost": {"path": ""},  # done, but the answer gets lost
    }
)
KINDS: Mapping[str, Values] = MappingProxyType({**DELIVERY, **API})


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

    def set(self, faults: tuple[Fault, ...]) -> None:
        """Switch on exactly these. Raises Impossible for a kind that nobody knows."""
        for fault in faults:
            if fault.kind not in KINDS:
                raise Impossible("simulator.bad_fault", kind=fault.kind, known=" ".join(KINDS))
        self.standing = faults

    def add(self, fault: Fault) -> None:
        """Switch on one more."""
        self.set((*self.standing, fault))

    def strike(self, openid: str) -> tuple[Fault, ...]:
        """The faults that befall this delivery; each is one time less from now on."""
        return self._struck(lambda fault: fault.kind in DELIVERY and fault.openid in (None, openid))

    def strike_api(self, path: str, openid: str | None) -> tuple[Fault, ...]:
        """The faults that befall this API call."""
        return self._struck(
            lambda fault: (
                fault.kind in API
                and fault.openid in (None, openid)
                and path.startswith(fault.text("path"))
            )
        )

    def _struck(self, befalls: Callable[[Fault], bool]) -> tuple[Fault, ...]:
        struck = tuple(fault for fault in self.standing if befalls(fault))
        self.standing = tuple(
            replace(fault, times=fault.times - 1) if fault in struck and fault.times else fault
            for fault in self.standing
        )
        self.standing = tuple(fault for fault in self.standing if fault.times != 0)
        return struck
