"""How waiting answers share a reply."""

import pytest

from desk import more
from yizhan import Article, Image, News, Text
from yizhan.inbox.bundle import LIMIT, Bundle, bundle, compact, left_of, one_card
from yizhan.inbox.carrying import Carried
from yizhan.replies import LABELLED, dump

SHORT, LONG = Text("short"), Text("l" * 1500)
EXACT = Text("e" * LIMIT)
NOTE = "还有 {n} 条，回复“继续”获取"


@pytest.mark.parametrize(
    ("replies", "making", "text", "count", "told"),
    [
        ([SHORT], 0, "short", 1, False),
        ([SHORT, SHORT], 0, "short\n\nshort", 2, False),
        ([SHORT], 1, f"short\n\n{more(1)}", 1, True),
        ([SHORT, LONG, LONG], 0, f"short\n\n{'l' * 1500}\n\n{more(1)}", 2, True),
        ([LONG, LONG, LONG], 1, f"{'l' * 1500}\n\n{more(3)}", 1, True),
        ([SHORT, Image("i"), SHORT], 0, f"short\n\n{more(2)}", 1, True),
        ([EXACT], 0, EXACT.content, 1, False),
        ([Text("e" * (LIMIT - 7)), SHORT], 0, "e" * (LIMIT - 7) + "\n\nshort", 2, False),
        ([Text("字" * 670), Text("字" * 12)], 0, "字" * 670 + "\n\n" + "字" * 12, 2, False),
        ([Text("\ud83d"), SHORT], 0, "\ud83d\n\nshort", 2, False),
    ],
)
def test_waiting_texts_share_a_text(replies, making, text, count, told):
    assert bundle(replies, NOTE, making) == Bundle(Text(text), count, told)


def test_what_a_model_wrote_leaves_room_for_its_label():
    said = bundle([Text("甲", ai=True), Text("乙")], NOTE)
    assert said == Bundle(Text("甲\n\n乙", ai=True), 2)
    said = bundle([Text("e" * (LABELLED - 5), ai=True), SHORT], NOTE)
    assert (said.more, said.reply.ai, said.rest.ai) == (True, True, True)
    assert len(said.reply.content.encode()) <= LABELLED
    assert compact([Text("a"), Text("b", ai=True)], 1) == [(Text("a\n\nb", ai=True), 2)]


@pytest.mark.parametrize("text", ["e" * LIMIT, "e" * (LIMIT - 8), "字" * 670, "👨‍👩‍👧" * 113])
def test_a_text_that_leaves_no_room_for_the_note_is_cut(text):
    said = bundle([Text(text), SHORT], NOTE, 1)
    head, _, note = said.reply.content.partition("\n\n")
    assert len(said.reply.content.encode()) <= LIMIT
    assert (said.count, said.more, note) == (0, True, more(3))
    assert head + said.rest.content == text
    assert left_of([Carried("k", 4, b"whole")], said) == Carried("k", 4, dump((said.rest,)))


def test_nothing_is_left_of_one_when_only_blanks_are_cut():
    said = bundle([Text("e" * 1990 + " " * 58), SHORT], NOTE)
    assert (said.count, said.more, said.rest) == (1, True, None)
    assert said.reply.content.endswith(more(1))


def test_an_overlong_note_is_left_out():
    assert bundle([EXACT, SHORT], "{n}" * 1024) == Bundle(EXACT)


def test_a_picture_is_no_part_of_a_text():
    assert bundle([Image("i"), SHORT], "{n}", 1) == Bundle(Image("i"))


@pytest.mark.parametrize(
    ("replies", "most", "sizes"),
    [
        ([SHORT, SHORT, SHORT], 5, [1, 1, 1]),
        ([SHORT, SHORT, SHORT], 2, [2, 1]),
        ([SHORT, SHORT, SHORT], 1, [3]),
        ([LONG, LONG, SHORT], 1, [1, 2]),
        ([SHORT, Image("i"), SHORT], 1, [1, 1, 1]),
        ([LONG, LONG, LONG], 2, [1, 1, 1]),
    ],
)
def test_texts_are_joined_only_as_far_as_needed(replies, most, sizes):
    assert [size for _, size in compact(replies, most)] == sizes


@pytest.mark.parametrize(
    ("count", "after", "together"),
    [(1, "event", 1), (8, "event", 8), (9, "event", 8), (2, "message", 1)],
)
def test_news_share_a_card_only_after_an_event(count, after, together):
    news = [News(Article(f"{n}")) for n in range(count)]
    reply, size = one_card([*news, SHORT], after)
    assert (len(reply.articles), size) == (together, together)
    assert one_card([SHORT, *news], after) == (SHORT, 1)
