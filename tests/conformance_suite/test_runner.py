"""The suite comes to its end whatever a server does, and its cases are what they say."""

import ast
import asyncio
from pathlib import Path
from string import Formatter

import pytest

import yizhan.conformance
from conformance_suite.hostile import WORST, hostile
from conformance_suite.small import correct, response, small
from yizhan.conformance import texts
from yizhan.conformance.case import GROUPS, Case
from yizhan.conformance.cases import CASES
from yizhan.conformance.diagnosis import diagnose
from yizhan.conformance.response import read
from yizhan.conformance.runner import run, run_case, worst
from yizhan.phrases import LANGUAGES

HOME = Path(yizhan.conformance.__file__).parent
PATIENT = [case for case in CASES if case.group == "timing" and "security" in case.fact]
BELOW = {
    "addresses",
    "columns",
    "judging",
    "recording",
    "wire",
    "replies",
    "errors",
    "phrases",
    "settings",
    "conformance",
    "graphemes",
    "fields",
}


@pytest.mark.parametrize("worst", WORST, ids=lambda worst: worst.__name__)
async def test_no_server_keeps_the_suite_from_its_end(worst):
    cases = [case for case in CASES if case not in PATIENT][::4]
    async with hostile(worst, patience=0.1) as server:
        async with asyncio.timeout(60):
            assert not (await diagnose(server)).verified
            results = await run(server, cases, jobs=16)
    assert len(results) == len(cases)
    assert any(result.outcome == "failed" for result in results)
    assert not [result for result in results if result.why and result.why.phrase == "suite"]


async def test_a_server_that_only_acknowledges_keeps_what_needs_an_echo_from_running():
    async with small(correct) as server:
        results = await run(server, [case for case in CASES if "echo" in case.needs])
    assert {result.outcome for result in results} == {"skipped"}


async def test_a_case_that_takes_too_long_has_failed():
    async def never(target):
        await asyncio.sleep(30)

    case = Case("x", "timing", "breaks", "E3", never, text="time-text", limit=0.05)
    async with small(correct) as server:
        result = await run_case(server, case)
    assert result.outcome == "failed"
    assert result.why.phrase == "late"


async def test_a_fault_of_the_suite_is_told_as_its_own():
    async def wrong(target):
        raise KeyError("x")

    case = Case("x", "timing", "breaks", "E3", wrong, text="time-text")
    async with small(correct) as server:
        result = await run_case(server, case)
    assert texts.why(result.why).startswith("a fault of the suite itself")


async def test_a_failure_brings_the_exchange_that_shows_it():
    async with small(lambda asked: response(500, "oops")) as server:
        (result,) = await run(server, [case for case in CASES if case.id == "kind-text"])
    assert b"MsgType" in result.trace[-1].sent
    assert result.trace[-1].answer.status == 500
    assert worst([result]) == "breaks"


def test_there_are_cases_enough_in_every_group():
    assert len(CASES) >= 120
    assert {case.group for case in CASES} == set(GROUPS)
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_has_its_title_and_its_cure(monkeypatch, language):
    monkeypatch.setenv("YIZHAN_LANG", language)
    assert all(texts.title(case) and texts.cure(case) for case in CASES)
    assert len({texts.title(case) for case in CASES}) == len(CASES)


def rows():
    for table, held in texts.catalogue().items():
        for name, row in held.items():
            yield pytest.param(table, name, row, id=f"{table}.{name}")


@pytest.mark.parametrize(("table", "name", "row"), list(rows()))
def test_a_text_speaks_both_languages_with_the_same_values(table, name, row):
    assert set(row) == {*LANGUAGES, "cure"} if table == "case" else {*LANGUAGES}
    told = [{field for _, field, _, _ in Formatter().parse(row[each])} for each in LANGUAGES]
    assert told[0] - {None} == told[1] - {None}


def test_no_text_is_left_that_nobody_says():
    held = texts.catalogue()
    assert {case.text for case in CASES} == set(held["case"])
    assert {row["cure"] for row in held["case"].values()} == set(held["cure"])
    source = "".join(path.read_text("utf-8") for path in HOME.rglob("*.py"))
    for name in (*held["fault"], *held["cause"]):
        assert f'"{name}"' in source, name


def test_the_suite_stands_on_the_wire_and_the_vocabulary_alone():
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("yizhan"):
                parts = (node.module or "").split(".")
                names = parts[1:2] or [alias.name for alias in node.names]
                assert set(names) <= BELOW, f"{path.name}: {names}"


@pytest.mark.parametrize(
    ("data", "ended", "expected"),
    [
        (b"", False, None),
        (b"HTTP/1.1 200 OK\r\n", True, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nh", False, None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", False, b"hi"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi there", False, b"hi"),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", False, None),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", True, b"until the end"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False, b""),
        (b"HTTP/1.0 200\r\nContent-Length: 0\r\n\r\n", False, b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n", False, None),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nhi\r\n0\r\n\r\n",
            False,
            b"hi",
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", True, None),
    ],
)
def test_a_response_is_read_when_it_is_whole(data, ended, expected):
    found = read(data, ended=ended)
    assert (found.body if found else None) == expected
