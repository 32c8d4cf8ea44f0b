"""The rows that hotpath.py has measured: medians, and the ratios of one row to another."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How many times the other's throughput, and its messages for the same CPU."""

    speed: float
    cpu: float


class Rows:
    """The rows of one run, by name."""

    def __init__(self, rows: Sequence[dict]) -> None:
        self._rows = {row["name"]: row for row in rows}

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def names(self) -> Iterator[str]:
        return iter(self._rows)

    def kind(self, name: str) -> str:
        return self._rows[name]["kind"]

    def median(self, name: str, figure: str) -> float:
        return statistics.median(found[figure] for found in self._rows[name]["rounds"])

    def ratio(self, name: str, other: str) -> Ratio:
        speed = self.median(name, "speed") / self.median(other, "speed")
        return Ratio(speed, self.median(other, "cpu") / self.median(name, "cpu"))

    def base_of(self, name: str) -> str | None:
        """The bare application with as many connections."""
        return self._like(name, "bare", ("connections",))

    def peer_of(self, name: str) -> str | None:
        """wechatpy + FastAPI in the same mode, if it had as many connections."""
        row = self._rows[name]
        if row["kind"] == "bare":
            return None
        return self._like(name, "wechatpy+fastapi", ("connections", "mode"))

    def _like(self, name: str, kind: str, same: Sequence[str]) -> str | None:
        row = self._rows[name]
        for other in self._rows.values():
            if other["kind"] == kind and all(other[each] == row[each] for each in same):
                return other["name"]
        return None
