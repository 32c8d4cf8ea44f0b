"""What a case hears of an answer, or of none; the faults are in tests/test_judging.py."""

import pytest

from answers import PLAIN, SAFE, TEXT, sealed, xml
from yizhan.conformance.http import HttpAnswer
from yizhan.conformance.judging import judge
from yizhan.conformance.texts import why
from yizhan.replies import Text


def answered(body, status=200, **headers):
    return HttpAnswer("answered", status, tuple(headers.items()), body)


def test_a_reply_is_what_the_follower_reads():
    heard = judge(answered(sealed(TEXT)), SAFE)
    assert (heard.outcome, heard.content, heard.sealed) == ("replied", "你好", True)
    assert judge(answered(TEXT), PLAIN).sealed is False


def test_what_has_a_fault_is_read_by_nobody():
    heard = judge(answered(xml(Text("x" * 2049))), PLAIN)
    assert (heard.outcome, heard.reply, heard.content) == ("junk", None, None)
    assert heard.plain.startswith(b"<xml>")


def test_of_what_cannot_be_read_its_beginning_is_told():
    told = why(judge(answered(b"<html>Not\x1b[31m Found</html>"), PLAIN).why)
    assert "<html>Not\ufffd[31m Found</html>" in told


@pytest.mark.parametrize(
    ("answer", "outcome", "why"),
    [
        (answered(b"no", 403), "refused", "status"),
        (answered(b"oops", 500), "broken", "status"),
        (answered(b"", 302), "junk", "status"),
        (HttpAnswer("late", seconds=5.0), "late", "late"),
        (HttpAnswer("closed"), "closed", "closed"),
        (HttpAnswer("unreachable", detail="Connection refused"), "unreachable", "unreachable"),
        (HttpAnswer("tls", detail="expired"), "unreachable", "unreachable"),
    ],
)
def test_no_answer_and_no_200_have_names_too(answer, outcome, why):
    heard = judge(answer, PLAIN)
    assert (heard.outcome, heard.why.phrase) == (outcome, why)
