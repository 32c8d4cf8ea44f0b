"""What a question offers to choose from."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhan.choices import LONGEST, Choices
from yizhan.errors import DialogError

TEA = ["绿茶", "Black tea", "２号咖啡"]
ID = "yz0123456789ab"


@pytest.mark.parametrize(
    ("answer", "tap", "place"),
    [
        ("绿茶", "", 0),
        (" BLACK TEA ", "", 1),
        ("ｂｌａｃｋ tea", "", 1),
        ("2号咖啡", "", 2),
        ("1", "", 0),
        ("２", "", 1),
        ("3.", "", 2),
        ("3、", "", 2),
        ("0", "", None),
        ("4", "", None),
        ("茶", "", None),
        ("", "", None),
        ("anything", f"{ID}-3", 2),
        ("绿茶", f"{ID}-9", 0),
        ("绿茶", "101", 0),
    ],
)
def test_an_answer_means_what_was_tapped_the_words_or_the_number(answer, tap, place):
    assert Choices(TEA).find(answer, tap) == place


def test_words_come_before_numbers():
    assert Choices(["2", "1"]).find("1", "") == 1


def test_what_a_mapping_s_texts_stand_for():
    choices = Choices({"少": 1, "多": {"n": 9}})
    assert [choices.value(0), choices.value(1)] == [1, {"n": 9}]
    assert Choices(TEA).value(1) == "Black tea"


def test_choices_are_links_that_send_their_text_with_the_question_s_id():
    assert Choices(["茶", "咖啡"]).shown("喝什么？", ID, tap=True) == (
        "喝什么？\n"
        f'<a href="weixin://bizmsgmenu?msgmenucontent=茶&msgmenuid={ID}-1">1. 茶</a>\n'
        f'<a href="weixin://bizmsgmenu?msgmenucontent=咖啡&msgmenuid={ID}-2">2. 咖啡</a>'
    )


def test_they_may_be_plain_lines():
    assert Choices(["茶", "咖啡"]).shown("?", ID, tap=False) == "?\n1. 茶\n2. 咖啡"


def test_what_would_end_the_link_does_not():
    shown = Choices(["a&b=1 #2", "a < b"]).shown("?", ID, tap=True)
    assert "msgmenucontent=a%26b=1%20%232&msgmenuid" in shown
    assert shown.endswith("\n2. a < b")


def test_links_that_do_not_fit_are_plain_lines():
    texts = [f"{'字' * 10}{n}" for n in range(20)]
    shown = Choices(texts).shown("?", ID, tap=True)
    assert "<a" not in shown
    assert shown.endswith(f"20. {texts[-1]}")


@pytest.mark.parametrize(
    "given", [[], [str(n) for n in range(21)], ["a", "A"], ["a", " "], ["a\nb"], [1], "ab", {}]
)
def test_choices_that_cannot_be_are_the_author_s_error(given):
    with pytest.raises(DialogError):
        Choices(given)


def test_so_are_those_that_do_not_fit():
    with pytest.raises(DialogError, match="2048"):
        Choices(["字" * 700]).shown("?", ID, tap=True)


def test_a_tap_tells_whose_it_is():
    id = Choices.id_of("0123456789abcdef")
    assert (id, Choices.is_ours(f"{id}-1"), Choices.is_of(f"{id}-1", id)) == (ID, True, True)
    assert not Choices.is_of(f"{ID}-1", "yzffffffffffff")
    assert not Choices.is_of(f"{ID}-1", "")
    assert not Choices.is_ours("101")


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_each_choice_is_found_by_its_own_words_and_tap(texts):
    try:
        choices = Choices(texts)
    except DialogError:
        return
    for place, text in enumerate(texts):
        assert choices.find(text, "") == place
        assert choices.find("", f"{ID}-{place + 1}") == place
    shown = choices.shown("?", ID, tap=True)
    assert len(shown.encode()) <= LONGEST
    assert len(re.findall(r"</a>", shown)) <= len(texts)
