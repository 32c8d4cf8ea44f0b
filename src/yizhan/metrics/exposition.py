"""Counts in Prometheus's text form."""

from collections.abc import Iterator, Mapping, Sequence

from yizhan.metrics import series
from yizhan.metrics.meter import Key
from yizhan.metrics.series import MICRO, Series

NOBODY = "-"  # the account of requests of which nobody knows whose they are

Numbers = Mapping[Key, Sequence[float]]


def text(accounts: Mapping[str, Numbers]) -> str:
    """All series of all accounts; those that are always told of are 0 where nothing is counted."""
    lines: list[str] = []
    for it in series.ALL:
        lines += (f"# HELP {it.name} {it.help}", f"# TYPE {it.name} {it.kind}")
        for account, numbers in accounts.items():
            for values in _values(it, numbers):
                found = numbers.get((it.name, *values), [0] * it.cells)
                labels = {"account": account, **dict(zip(it.labels, values, strict=True))}
                lines += _lines(it, labels, found)
        if it is series.REFUSALS:
            lines += _strange(accounts)
    return "\n".join(lines) + "\n"


def _values(it: Series, numbers: Numbers) -> list[Key]:
    known = {key[1:] for key in numbers if key[0] == it.name}
    if it.file and not it.labels:
        known.add(())
    return sorted(known | {(value,) for value in it.values})


def _lines(it: Series, labels: Mapping[str, str], found: Sequence[float]) -> Iterator[str]:
    if not it.buckets:
        yield _line(it.name, labels, found[0])
        return
    total = 0.0
    for bound, count in zip((*map(_number, it.buckets), "+Inf"), found[:-1], strict=True):
        total += count
        yield _line(f"{it.name}_bucket", {**labels, "le": bound}, total)
    yield _line(f"{it.name}_sum", labels, found[-1] / MICRO)
    yield _line(f"{it.name}_count", labels, total)


def _strange(accounts: Mapping[str, Numbers]) -> Iterator[str]:
    counts: dict[str, float] = {}
    for numbers in accounts.values():
        for (name, *labels), (count, *_) in numbers.items():
            if name == series.STRANGE.name:
                counts[labels[0]] = counts.get(labels[0], 0) + count
    for reason, count in sorted(counts.items()):
        yield _line(series.REFUSALS.name, {"account": NOBODY, "reason": reason}, count)


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {_number(value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
