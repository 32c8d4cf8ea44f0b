"""Try every framework under every server, and write docs/hosts.md and docs/hosts.zh-CN.md.

Servers listen on 127.0.0.1, out of .venv-hosts, and end with the script. Nothing is written unless
every cell is as promised.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from textwrap import wrap

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from hosts.cells import BY_NAME, CELLS, SITUATIONS, Cell  # noqa: E402  # found in the tests
from hosts.situations import Outcome, Trial  # noqa: E402

SNIPPETS = ROOT / "examples" / "hosts"
PAGES = {"en": ROOT / "docs" / "hosts.md", "zh": ROOT / "docs" / "hosts.zh-CN.md"}
AT_ONCE = 3
LONGEST = 240.0  # seconds for one cell, whatever it does
FULL_WIDTH = re.compile("[\u2e80-\uffef]")
SECTIONS = {"django_urls.py": "urls", "django_command.py": "command"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="these cells only; then nothing is written")
    names = parser.parse_args().names
    os.environ["YIZHAN_LANG"] = "en"
    cells = [BY_NAME[name] for name in names] or list(CELLS)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="yizhan-hosts-") as folder:
        try:
            outcomes = asyncio.run(tried(cells, Path(folder)))
        except KeyboardInterrupt:  # every server has been ended
            click.echo("stopped")
            return 130
    if not all(outcome and not any(outcome.values()) for outcome in outcomes):
        return 1
    if not names:
        for language, page in PAGES.items():
            page.write_text("\n".join(document(language)), "utf-8")
            click.echo(f"wrote {page.relative_to(ROOT)}")
    return 0


async def tried(cells: Sequence[Cell], folder: Path) -> list[Outcome]:
    """What was seen in each cell, some at a time."""
    free = asyncio.Semaphore(AT_ONCE)
    done: list[Cell] = []

    async def one(cell: Cell) -> Outcome:
        async with free:
            began = time.monotonic()
            home = folder / cell.name
            home.mkdir()
            trial = Trial(cell, home)
            try:
                async with asyncio.timeout(LONGEST):
                    await trial.whole()
            except (TimeoutError, AssertionError, OSError) as error:
                trial.outcome["quick"] = trial.outcome.get("quick") or repr(error)
            done.append(cell)
            told = f"{cell.name} ({len(done)} of {len(cells)})"
            tell(told, trial, time.monotonic() - began)
            return trial.outcome

    return await asyncio.gather(*map(one, cells))


def tell(name: str, trial: Trial, seconds: float) -> None:
    """One line for each cell, more for one that is not as promised."""
    failed = {name: seen for name, seen in trial.outcome.items() if seen}
    click.echo(f"{name}: {'not ' if failed else ''}as promised, {seconds:.0f} s")
    for name, seen in failed.items():
        click.echo(f"  {name}: {seen}")
    if failed:
        output = (trial.folder / "output.log").read_text("utf-8", "replace")
        click.echo("\n".join(f"  | {line}" for line in output.splitlines()[-40:]))


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """The page's words."""
    return tomllib.loads((ROOT / "scripts" / "hosts.toml").read_text("utf-8"))


def document(language: str) -> Iterator[str]:
    """The page in that language, which says that every cell was as promised."""

    def said(name: str) -> str:
        table, _, key = name.partition(".")
        return texts()[table][key][language]

    yield said("page.generated")
    yield f"# {said('page.title')}\n"
    yield f"{said('page.other')}\n"
    yield from paragraph(said("page.intro"))
    yield f"\n## {said('heading.table')}\n"
    columns = ["framework", "server", *SITUATIONS, "notes"]
    yield "| " + " | ".join(said(f"column.{column}") for column in columns) + " |"
    yield "|---" * len(columns) + "|"
    numbers = {limit: number for number, limit in enumerate(limits(), 1)}
    for cell in CELLS:
        marks = ["✓" if cell.has(situation) else "–" for situation in SITUATIONS]
        notes = " ".join(str(numbers[limit]) for limit in cell.limits)
        yield f"| {cell.framework} | {cell.server} | {' | '.join(marks)} | {notes or '–'} |"
    yield ""
    for situation in SITUATIONS:
        yield from paragraph("- " + said(f"meaning.{situation}"), "  ")
    yield ""
    yield from paragraph(said("meaning.marks"))
    for section in ("rules", "path"):
        yield f"\n## {said(f'heading.{section}')}\n"
        for name in texts()[section]:
            yield from paragraph("- " + said(f"{section}.{name}"), "  ")
    yield f"\n## {said('heading.notes')}\n"
    for limit, number in numbers.items():
        yield from paragraph(f"{number}. {said(f'limit.{limit}')}", "   ")
    yield ""
    for name in ("every", "slow_clients"):
        yield from paragraph("- " + said(f"limit.{name}"), "  ")
    yield f"\n## {said('heading.code')}\n"
    yield from paragraph(said("text.bot"))
    for files, cells in by_files().items():
        yield f"\n### {heading(cells)}\n"
        for file in files:
            if file in SECTIONS:
                yield from paragraph(said(f"text.{SECTIONS[file]}"))
                yield ""
            yield f"```python\n# {file}\n{(SNIPPETS / file).read_text('utf-8').rstrip()}\n```\n"
        yield "```sh"
        for cell in cells:
            if "YIZHAN_HOLD" in cell.environ:
                yield f"# {said('text.hold')}"
            yield command(cell)
        yield "```"
    yield ""


def limits() -> list[str]:
    """What some cell cannot hold, in the order of the table."""
    return list(dict.fromkeys(limit for cell in CELLS for limit in cell.limits))


def by_files() -> dict[tuple[str, ...], list[Cell]]:
    """The cells with the same code together."""
    found: dict[tuple[str, ...], list[Cell]] = {}
    for cell in CELLS:
        found.setdefault(cell.files, []).append(cell)
    return found


def heading(cells: Sequence[Cell]) -> str:
    """What the code is for."""
    servers = dict.fromkeys(cell.server.partition(",")[0].split(" --")[0] for cell in cells)
    return f"{cells[0].framework}: {', '.join(servers)}"


def command(cell: Cell) -> str:
    """How its server is started; it is the matrix that has a port of its own choice."""
    return " ".join(word.format(port=8080) for word in cell.command)


def paragraph(text: str, indent: str = "") -> Iterator[str]:
    """The text in lines of a hundred characters; Chinese has no blanks to break it at."""
    if FULL_WIDTH.search(text):
        yield text
    else:
        yield from wrap(text, 100, subsequent_indent=indent, break_on_hyphens=False)


if __name__ == "__main__":
    sys.exit(main())
