"""What sees the peers' faults once more sees none in a server that has none."""

import asyncio

import pytest
from confirming import FAULTS, WAITING, Claim, confirmed, content, opened

from conformance_suite.mutants import MUTANTS, served
from yizhan.conformance import texts
from yizhan.conformance.cases import CASES
from yizhan.conformance.runner import run
from yizhan.phrases import catalogue

FAULT_OF = {
    "secure-forged": "accepted",
    "secure-stale": "accepted",
    "verify-stale": "echoed",
    "verify-no-html": "content_type",
    "reply-cdata-end": "reply.malformed",
    "reply-injection": "reply.malformed",
    "reply-long": "notice.long_text",
    "reply-time": "created",
    "reply-nothing-around": "around",
    "retry-once": "ran_twice",
    "retry-at-once": "ran_often",
}
TAKEN_OUT = {
    "signature": "secure-forged",
    "age": "secure-stale",
    "cdata": "reply-cdata-end",
    "dedupe": "retry-once",
}


async def seen_again(server, ids):
    """The cases whose faults show when their requests are sent once more."""
    results = await run(server, [case for case in CASES if case.id in ids])
    claims = [
        Claim(each.case.id, FAULT_OF[each.case.id], tuple(trace.sent for trace in each.trace))
        for each in results
    ]
    tried = await asyncio.to_thread(confirmed, claims, server.address.port, "")
    return {claim.case for claim, _, shows in tried if shows}


async def test_no_fault_shows_in_a_server_that_has_none():
    async with served() as server:
        assert await seen_again(server, FAULT_OF) == set()


@pytest.mark.parametrize(("name", "case"), TAKEN_OUT.items())
async def test_a_fault_that_is_there_shows(monkeypatch, name, case):
    take_out, mode = MUTANTS[name]
    take_out(monkeypatch)
    async with served(mode) as server:
        assert await seen_again(server, {case}) == {case}


def test_the_faults_are_those_that_a_case_may_name():
    named = texts.catalogue()["fault"].keys() | catalogue().keys()
    assert [fault for fault in (*FAULTS, *WAITING) if fault not in named] == []
    assert set(WAITING) <= set(FAULTS)


@pytest.mark.parametrize("body", [b"", b"success", b"<xml></xml>", b"<Encrypt>x</Encrypt>"])
def test_what_cannot_be_opened_is_left_as_it_is(body):
    assert opened(body, "a" * 43) == body
    assert content(body) == b""
