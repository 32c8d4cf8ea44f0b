"""docs/benchmarks.md in both languages, and its plot, from what the benchmarks found.

    python benchmarks/page.py                       anew from benchmarks/figures.json
    python benchmarks/page.py --from .yizhan/bench  put the figures of a run together first
    python benchmarks/page.py --into /tmp           write the pages there

`make bench` leaves hotpath.json, calls.json, stores.json and flat.json in .yizhan/bench.
"""

import argparse
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from aims import aims
from figures import interruptible, kept_text, write
from measured import Rows
from plot import plot

HERE = Path(__file__).resolve().parent
FIGURES = HERE / "figures.json"
DOCS = HERE.parent / "docs"
PARTS = ("hotpath", "calls", "stores", "flat")
LANGUAGES = {"en": "benchmarks.md", "zh": "benchmarks.zh-CN.md"}
PLOT = "benchmarks.svg"
COMMANDS = ("bench", "hotpath", "flat", "calls", "stores", "wire", "client", "page")


class Words:
    """The phrases of one language."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._phrases = tomllib.loads((HERE / "page.toml").read_text("utf-8"))

    def __call__(self, *names: str, **values: object) -> str:
        found = self._phrases
        for name in names:
            found = found[name]
        return str(found[self._language]).strip("\n").format(**values)


def page(figures: Mapping[str, dict], language: str) -> str:
    """The whole page in one language."""
    say = Words(language)
    rows = Rows(figures["hotpath"]["rows"])
    parts = [
        f"# {say('title')}",
        say("other"),
        say("intro"),
        say("where", **figures["hotpath"]["machine"]),
        say("when", **times(figures)),
        say("alone"),
        f"![{say('plot')}]({PLOT})",
        f"## {say('aims')}",
        say("aims_intro"),
        table(say("aims_head"), aims(figures, say)),
        f"## {say('hotpath')}",
        say("hotpath_intro"),
        say("printed_by", name="hotpath"),
        table(say("hotpath_head"), hotpath_cells(rows)),
        *left_out(rows, say),
        f"## {say('flat')}",
        say("flat_intro"),
        say("printed_by", name="flat"),
        table(say("flat_head"), flat_cells(figures["flat"], say)),
        f"## {say('calls')}",
        say("calls_intro"),
        say("printed_by", name="calls"),
        table(say("calls_head"), calls_cells(figures["calls"], say)),
        f"## {say('stores')}",
        say("stores_intro"),
        say("printed_by", name="stores"),
        table(say("stores_head"), stores_cells(figures["stores"])),
        f"## {say('commands')}",
        say("commands_intro"),
        table(say("commands_head"), command_cells(say)),
    ]
    return "\n\n".join(parts) + "\n"


def times(figures: Mapping[str, dict]) -> dict[str, object]:
    hot, flat = figures["hotpath"], figures["flat"]
    return {
        "messages": hot["messages"],
        "rounds": max(len(row["rounds"]) for row in hot["rows"]),
        "flat_rounds": flat["asked"]["rounds"],
        **{
            f"{name}_{what}": shown
            for name, run in (("hot", hot), ("flat", flat))
            for end in ("begin", "end")
            for what, shown in (
                (end, run[end]["at"].replace("T", " ").removesuffix("Z")),
                (f"load_{end}", run[end]["load"]),
            )
        },
    }


def table(head: str, rows: Iterable[Sequence[str]]) -> str:
    lines = [head, *(" | ".join(row) for row in rows)]
    top, *rest = (f"| {line} |" for line in lines)
    return "\n".join([top, "|" + "---|" * (head.count(" | ") + 1), *rest])


def hotpath_cells(rows: Rows) -> Iterator[list[str]]:
    for name in rows.names():
        bare, peer = rows.base_of(name), rows.peer_of(name)
        yield [
            f"`{name}`",
            f"{rows.median(name, 'speed'):,.0f}",
            *ratio_cells(rows, name, bare),
            *ratio_cells(rows, name, peer),
            f"{rows.median(name, 'cpu'):.0f}",
            *(f"{rows.median(name, each):.2f}" for each in ("p50", "p99")),
            f"{rows.median(name, 'memory'):.0f}",
        ]


def ratio_cells(rows: Rows, name: str, other: str | None) -> list[str]:
    if other is None:
        return ["–", "–"]
    ratio = rows.ratio(name, other)
    return [f"{ratio.speed:.2f}", f"{ratio.cpu:.2f}"]


def left_out(rows: Rows, say: Words) -> list[str]:
    """What `hotpath.py --list` names and this run has not measured."""
    from hotpath import ROWS

    missing = [f"`{row.name}`" for row in ROWS if row.name not in rows]
    return [say("left_out", rows=", ".join(missing))] if missing else []


def flat_cells(flat: dict, say: Words) -> Iterator[list[str]]:
    for line in flat["lines"]:
        yield [
            say("cases", line["case"]),
            say("units", line["unit"]),
            f"{line['little']:.1f}",
            f"{line['much']:.1f}",
            f"{line['ratio']:.2f}",
            f"{line['most']:.2f}",
        ]
    held = flat["held"]
    yield [
        say("held", **held),
        "MiB",
        f"{held['little']:.0f}",
        f"{held['much']:.0f}",
        "–",
        f"{held['most']:.0f}",
    ]


def calls_cells(calls: dict, say: Words) -> Iterator[list[str]]:
    for case, found in calls.items():
        names = ("calls", "moves", "all", "store", "tasks")
        yield [say("messages", case), *(f"{found[name]:.1f}" for name in names)]


def stores_cells(stores: Sequence[dict]) -> Iterator[list[str]]:
    for each in stores:
        yield [
            f"`{each['store']}`",
            each["mode"],
            str(each["in_flight"]),
            *(f"{each[name]:.1f}" for name in ("cpu", "thread", "wall")),
        ]


def command_cells(say: Words) -> Iterator[list[str]]:
    for name in COMMANDS:
        command = "make bench" if name == "bench" else f"python benchmarks/{name}.py"
        yield [f"`{command}`", say("command", name)]


def put_together(folder: Path) -> dict[str, object]:
    """The figures of a run; SystemExit naming those that are missing."""
    if missing := [f"{name}.json" for name in PARTS if not (folder / f"{name}.json").exists()]:
        raise SystemExit(f"{folder} has no {', '.join(missing)}: `make bench` measures them")
    return {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in PARTS}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="run", metavar="FOLDER", type=Path, help="a run's figures")
    parser.add_argument("--figures", metavar="FILE", type=Path, default=FIGURES)
    parser.add_argument("--into", metavar="FOLDER", type=Path, default=DOCS)
    options = parser.parse_args()
    if options.run:
        figures = put_together(options.run)
    elif options.figures.exists():
        figures = json.loads(options.figures.read_text("utf-8"))
    else:
        parser.error(f"there is no {options.figures}: `make bench` measures")
    texts = {options.into / name: page(figures, it) for it, name in LANGUAGES.items()}
    texts[options.into / PLOT] = plot(Rows(figures["hotpath"]["rows"]))
    if options.run:
        texts[options.figures] = kept_text(figures)
    write(texts)


if __name__ == "__main__":
    interruptible(main)
