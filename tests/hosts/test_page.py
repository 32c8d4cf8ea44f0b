"""docs/hosts.md is what the matrix runs: its rows, its code, its commands."""

import re
from pathlib import Path

import matrix
import pytest

from hosts.cells import CELLS, QUICK, SITUATIONS


@pytest.mark.parametrize("language", matrix.PAGES)
def test_the_page_is_what_the_matrix_would_write(language: str) -> None:
    assert matrix.PAGES[language].read_text("utf-8") == "\n".join(matrix.document(language))


@pytest.mark.parametrize("snippet", sorted(matrix.SNIPPETS.glob("*.py")), ids=lambda it: it.name)
def test_a_snippet_is_ten_lines_at_most_and_on_the_page(snippet: Path) -> None:
    source = snippet.read_text("utf-8")
    assert source.rstrip() in matrix.PAGES["en"].read_text("utf-8")
    assert len([line for line in source.splitlines() if line.strip()]) <= 10


def test_every_framework_and_every_server_has_a_row() -> None:
    told = " ".join(f"{it.framework} {it.server} {it.command}" for it in CELLS)
    told = re.sub("[\",()]|'", "", told)
    for framework in (
        *("Starlette", "FastAPI", "APIRouter", "sub-application", "Litestar", "Quart", "Sanic"),
        *("aiohttp", "ASGI", "WSGI", "command", "Flask", "blueprint", "Bottle", "Tornado"),
    ):
        assert framework in told
    for server in (
        *("uvicorn", "UvicornWorker", "-k asgi", "-k gthread", "-k sync", "hypercorn", "granian"),
        *("daphne", "waitress"),
    ):
        assert re.search(rf"{server}\b", told)


def test_what_runs_in_every_test_run_covers_every_situation() -> None:
    quick = [cell for cell in CELLS if cell.name in QUICK]
    assert len(quick) == 6
    assert all(any(cell.has(situation) for cell in quick) for situation in SITUATIONS)
