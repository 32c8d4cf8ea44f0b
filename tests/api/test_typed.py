"""What is promised of the calls that are typed whole, and what goes over the wire."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from api.described import ENDPOINTS
from api.wechat_api import WeChatApi, says
from yizhan.api import AsyncClient, calls
from yizhan.api.platform import answer_name, explained, platform, words

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
ROOT = Path(__file__).parents[2]
TYPED = [each for each in ENDPOINTS if each.typed]
GROUPS = {
    *("user", "menu", "custom", "mass", "template", "media", "draft", "qrcode", "oauth"),
    *("basics", "datacube", "component"),
}
each_typed = pytest.mark.parametrize("endpoint", TYPED, ids=lambda each: each.path)


def shapes(endpoint, fields):
    """The shapes that these fields lead to."""
    known, found = platform().groups[endpoint.group].shapes, {}
    rest = list(fields)
    while rest:
        name = rest.pop().type.name
        if name in known and name not in found:
            found[name] = known[name].fields
            rest += known[name].fields.values()
    return found


def test_the_calls_that_people_use_are_typed():
    assert len(TYPED) >= 150
    assert {each.group for each in TYPED} == GROUPS


@each_typed
def test_every_parameter_is_explained_in_both_languages(endpoint):
    given = {**endpoint.query, **endpoint.body}
    places = {endpoint.path: given, **shapes(endpoint, given.values())}
    told = {f"{place}.{name}": explained(place, name) for place in places for name in places[place]}
    assert [name for name, about in told.items() if not about] == []
    assert all(about["zh"] and about["en"] for about in told.values())


@each_typed
def test_no_part_of_an_answer_is_just_an_object(endpoint):
    result = shapes(endpoint, endpoint.result.values())
    for fields in (endpoint.result, *result.values()):
        assert [name for name, field in fields.items() if field.type.name == "object"] == []


@each_typed
def test_what_is_not_known_of_an_answer_is_rare(endpoint):
    assert sum(field.type.name == "any" for field in endpoint.result.values()) <= 2
    assert not endpoint.open


def test_no_word_is_left_over():
    places = {each.path: {**each.query, **each.body, **each.result} for each in ENDPOINTS}
    for group in platform().groups.values():
        places |= {name: shape.fields for name, shape in group.shapes.items()}
    used = {name for fields in places.values() for name in fields}
    assert set(words()["names"]) <= used
    for place, told in words().items():
        assert place == "names" or set(told) <= set(places[place]), place


def test_the_index_counts_the_typed_calls():
    page = (ROOT / "docs/api.md").read_text("utf-8")
    assert f"of {len(TYPED)} every parameter" in page


@each_typed
def test_the_page_of_a_typed_call_names_its_answer(endpoint):
    page = (ROOT / f"docs/api/{endpoint.group}.md").read_text("utf-8")
    section = page.partition(f"`{endpoint.method} {endpoint.host}{endpoint.path}`\n")[2]
    name = answer_name(endpoint) if endpoint.result else "Answer"
    name = f"Media[{name}]" if endpoint.answer == "media" else name
    assert f"Answers `{name}`:" in section.partition("\n## ")[0]


def test_the_stub_says_where_a_call_was_learnt():
    stub = (ROOT / "src/yizhan/api/calls.pyi").read_text("utf-8")
    assert "POST /cgi-bin/tags/create (from official page)" in stub
    assert "POST /cgi-bin/component/api_query_auth (from public SDKs)" in stub


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
async def api(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as api:
        yield api


@pytest.mark.parametrize(
    "day", [date(2026, 11, 1), datetime(2026, 11, 1, 23, 59, tzinfo=UTC), "2026-11-01"], ids=str
)
async def test_a_day_goes_out_as_wechat_writes_it(api, wechat, day):
    await api.datacube.getusersummary(begin_date=day, end_date=day)
    assert wechat.seen[-1].json == {"begin_date": "2026-11-01", "end_date": "2026-11-01"}
    asked = {"page": 1, "page_size": 10, "start_date": day, "end_date": day}
    await api.publisher.stat(action="publisher_settlement", **asked)
    assert wechat.seen[-1].query["start_date"] == "2026-11-01"


async def test_answers_are_plain_dicts(api, wechat):
    wechat.script = [says(tags=[{"id": 1, "name": "a", "news": 3}], more=4)]
    answer = await api.tags.get()
    assert answer == {"tags": [{"id": 1, "name": "a", "news": 3}], "more": 4}
    assert type(answer) is type(answer["tags"][0]) is dict


def test_the_types_of_the_stub_can_be_imported_and_are_dicts():
    from yizhan.api.calls import TagsGetAnswer, UserInfo

    assert UserInfo is TagsGetAnswer is dict
    stub = (ROOT / "src/yizhan/api/calls.pyi").read_text("utf-8")
    typed = set(re.findall(r"(?m)^class (\w+)\((?:TypedDict|Answer)\):", stub))
    assert {"MediaUploadAnswer", "MediaUploadThumbAnswer", "MaterialArticle"} <= typed
    assert [name for name in typed if getattr(calls, name) is not dict] == []
    with pytest.raises(ImportError):
        from yizhan.api.calls import Nonsense  # noqa: F401  # the import is the test
