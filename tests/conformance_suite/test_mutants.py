"""The suite misses every check that is taken out of Yizhan; test_demo has it whole."""

import pytest

from conformance_suite.mutants import MUTANTS, served
from yizhan.conformance.cases import CASES
from yizhan.conformance.runner import run

SEEN_BY = {
    "signature": {"verify-forged", "secure-forged", "secure-other-token"},
    "signature, safe": {"verify-forged", "mode-signature-too"},
    "age": {"secure-stale", "secure-stale-hour", "secure-future", "verify-stale"},
    "reuse": {"secure-reuse", "secure-reuse-at-once", "secure-reuse-other-follower"},
    "downgrade": {"mode-downgrade", "mode-downgrade-raw"},
    "downgrade, compat": {"mode-downgrade", "mode-downgrade-raw"},
    "msg_signature": {"mode-msg-signature-wrong", "mode-flipped-bit", "mode-other-ciphertext"},
    "appid": {"mode-other-appid", "mode-no-appid"},
    "padding": {"mode-crooked-padding"},
    "doctype": {"secure-doctype", "secure-entity"},
    "size": {"secure-big", "secure-big-chunked"},
    "cdata": {"reply-cdata-end", "reply-injection", "reply-cdata-ends"},
    "dedupe": {"retry-once", "retry-once-on-eight", "retry-at-once"},
    "swap": {"reply-whole", "reply-swapped"},
}


def failed(results):
    return {result.case.id for result in results if result.outcome == "failed"}


def near(name):
    """The cases that should miss a check; all the others would only take time."""
    return [case for case in CASES if case.id in SEEN_BY[name]]


@pytest.mark.parametrize("name", MUTANTS)
async def test_a_check_that_is_taken_out_is_missed(monkeypatch, name):
    take_out, mode = MUTANTS[name]
    take_out(monkeypatch)
    async with served(mode) as server:
        assert failed(await run(server, near(name))) == SEEN_BY[name]


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_nothing_is_missed_while_nothing_is_taken_out(mode):
    names = [name for name, (_, served_in) in MUTANTS.items() if served_in == mode]
    cases = {case.id: case for name in names for case in near(name)}
    async with served(mode) as server:
        results = await run(server, list(cases.values()))
    assert {result.outcome for result in results} == {"passed"}
