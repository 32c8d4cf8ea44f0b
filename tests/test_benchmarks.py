"""The page of the benchmarks: made of recorded figures, the same in both languages."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "benchmarks/figures.json"
PAGES = ("benchmarks.md", "benchmarks.zh-CN.md")
PLOT = "benchmarks.svg"

EACH_FILE = pytest.mark.parametrize("name", [*PAGES, PLOT])


def run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def made(folder: Path, change: Callable[[dict], None] = lambda figures: None) -> Path:
    """The pages of the recorded figures, changed as a test needs them."""
    figures = json.loads(FIGURES.read_text("utf-8"))
    change(figures)
    (folder / "figures.json").write_text(json.dumps(figures), "utf-8")
    run("page.py", "--figures", str(folder / "figures.json"), "--into", str(folder))
    return folder


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("pages"))


@EACH_FILE
def test_the_pages_are_those_of_the_recorded_figures(fresh: Path, name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == (fresh / name).read_text("utf-8")


def table_rows(page: str) -> list[list[str]]:
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [line.strip("|").split("|") for line in lines]


def test_both_pages_have_the_same_tables_and_figures() -> None:
    """As many rows and cells, and the same numbers and names of rows and commands in each."""

    def shape(name: str) -> list[list[list[str]]]:
        rows = table_rows((ROOT / "docs" / name).read_text("utf-8"))
        return [[re.findall(r"`[^`]*`|\d(?:[\d.,]*\d)?", cell) for cell in row] for row in rows]

    english, chinese = map(shape, PAGES)
    assert len(english) > 50
    assert english == chinese


def test_both_pages_have_the_same_headings_and_links() -> None:
    def form(name: str) -> tuple[list[str], list[str]]:
        page = (ROOT / "docs" / name).read_text("utf-8")
        links = [link for link in re.findall(r"\]\(([^)]+)\)", page) if link not in PAGES]
        return re.findall(r"^(#+) ", page, re.MULTILINE), links

    english, chinese = map(form, PAGES)
    assert english == chinese


def test_every_row_that_is_listed_is_shown_or_said_to_be_left_out() -> None:
    page = (ROOT / "docs" / PAGES[0]).read_text("utf-8")
    hotpath = page.partition("## The hot path")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([^`]+)`", hotpath, re.MULTILINE)
    left_out = re.search(r"^Not measured here: (.*)$", hotpath, re.MULTILINE)
    named += re.findall(r"`([^`]+)`", left_out[1].partition(". `make")[0]) if left_out else []
    assert sorted(named) == sorted(run("hotpath.py", "--list").splitlines())


def test_every_command_that_is_named_is_there_and_says_how_it_is_used() -> None:
    page = (ROOT / "docs" / PAGES[0]).read_text("utf-8")
    scripts = re.findall(r"^\| `python benchmarks/(\w+\.py)`", page, re.MULTILINE)
    assert set(scripts) >= {"hotpath.py", "flat.py", "calls.py", "stores.py", "page.py"}
    assert [script for script in scripts if not (ROOT / "benchmarks" / script).exists()] == []


def aim(page: str, beginning: str) -> str:
    """The last cell of the aim that begins so."""
    aims = page.partition("## The aims")[2].partition("\n## ")[0]
    [row] = [row for row in table_rows(aims) if row[0].strip().startswith(beginning)]
    return row[-1].strip()


def faster(figures: dict, factor: float) -> None:
    [memory] = [row for row in figures["hotpath"]["rows"] if row["name"] == "memory"]
    for found in memory["rounds"]:
        found["speed"] *= factor
        found["cpu"] /= factor


def without_postgres(figures: dict) -> None:
    rows = figures["hotpath"]["rows"]
    rows[:] = [row for row in rows if row["store"] != "postgres"]


def handlers_at(figures: dict, ratio: float) -> None:
    [line] = [line for line in figures["flat"]["lines"] if line["case"] == "handlers"]
    line["ratio"] = ratio


CASES: dict[str, tuple[Callable[[dict], None], str, str]] = {
    "a fast row": (lambda it: faster(it, 100.0), "`memory`", "yes"),
    "a slow row": (lambda it: faster(it, 0.01), "`memory`", "**no**"),
    "a row that was left out": (without_postgres, "`PostgreSQL`", "not measured"),
    "what is flat": (lambda it: handlers_at(it, 1.15), "10 →", "yes"),
    "what is not": (lambda it: handlers_at(it, 1.16), "10 →", "**no**"),
    "one who was not answered": (
        lambda it: it["flat"]["held"].update(answered=9_999),
        "10,000 followers",
        "**no**",
    ),
}


@pytest.mark.parametrize(("change", "beginning", "verdict"), CASES.values(), ids=CASES)
def test_an_aim_is_met_by_its_figures_alone(
    tmp_path: Path, change: Callable[[dict], None], beginning: str, verdict: str
) -> None:
    page = (made(tmp_path, change) / PAGES[0]).read_text("utf-8")
    assert aim(page, beginning) == verdict


def test_the_plot_has_a_title_and_two_bars_for_each_row() -> None:
    plot = ElementTree.parse(ROOT / "docs" / PLOT).getroot()  # noqa: S314  # our own file
    name = "{http://www.w3.org/2000/svg}"
    rows = json.loads(FIGURES.read_text("utf-8"))["hotpath"]["rows"]
    assert plot.findtext(f"{name}title")
    assert len(plot.findall(f"{name}rect")) == 2 * len(rows)


def test_a_failure_leaves_the_old_pages_whole(tmp_path: Path) -> None:
    made(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "run").mkdir()
    (tmp_path / "run/hotpath.json").write_text("{}")
    arguments = ("--from", str(tmp_path / "run"), "--into", str(tmp_path))
    figures = ("--figures", str(tmp_path / "figures.json"))
    with pytest.raises(AssertionError, match=r"calls\.json, stores\.json, flat\.json"):
        run("page.py", *arguments, *figures)
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after == before
