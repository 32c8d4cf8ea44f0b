"""What the options say of an answer with a fault; the faults are in tests/test_judging.py."""

import pytest

from answers import EVENT, FAULTS, PLAIN, TEXT, news, xml
from yizhan.replies import Text
from yizhan.simulator.client import HttpAnswer
from yizhan.simulator.judging import judge
from yizhan.simulator.options import Options


def answered(reply):
    return HttpAnswer(200, {}, xml(reply))


@pytest.mark.parametrize("status", [204, 302, 403, 500])
def test_another_status_is_tried_again_unless_told_otherwise(status):
    assert judge(HttpAnswer(status, {}, TEXT), PLAIN, Options()).outcome == "retry"
    assert judge(HttpAnswer(status, {}, TEXT), PLAIN, Options(retry_status=False)).outcome == "junk"


def test_a_text_over_2048_bytes_is_cut_at_a_character_or_shown_if_told_so():
    answer = answered(Text("好" * 700))
    assert judge(answer, PLAIN, Options(long_text="cut")).reply == Text("好" * 682)
    assert judge(answer, PLAIN, Options(long_text="show")).reply == Text("好" * 700)


def test_of_several_articles_the_first_are_shown_if_told_so():
    options = Options(many_articles="first")
    assert judge(answered(news(3)), PLAIN, options).reply == news(1)
    assert judge(answered(news(9)), EVENT, options).reply == news(8)


@pytest.mark.parametrize("row", FAULTS)
def test_no_option_shows_what_else_is_wrong(row):
    options = Options(long_text="show", many_articles="first")
    answer = HttpAnswer(200, {"content-encoding": row.encoding}, row.body)
    shown = judge(answer, row.asked, options).reply is not None
    assert shown == (row.expected in ("long_text", "articles", "articles_event"))


def test_junk_is_a_fault_at_once_or_may_be_tried_again():
    answer = HttpAnswer(200, {}, b"OK")
    assert judge(answer, PLAIN, Options()).outcome == "junk"
    assert judge(answer, PLAIN, Options(retry_junk=True)).outcome == "retry"
