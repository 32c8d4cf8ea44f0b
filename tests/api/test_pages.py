"""Walks over pages: every item once, and no call too many."""

import pytest

from api.wechat_api import WeChatApi, says
from yizhan.api import AsyncClient, Client
from yizhan.api.pages import (
    blacklisted,
    comments,
    drafts,
    followers,
    materials,
    publications,
    records,
    tagged,
)

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
async def client(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        yield client


def ids(*numbers):
    return {"openid": [f"o{number}" for number in numbers]}


def asked(wechat, name):
    """What each call said for that field, in the address or in the body."""
    calls = [each for each in wechat.seen if "stable_token" not in each.path]
    return [{**each.query, **(each.json or {})}.get(name) for each in calls]


class TestByOpenid:
    async def test_followers(self, client, wechat):
        wechat.script = [
            says(total=3, count=2, data=ids(1, 2), next_openid="o2"),
            says(total=3, count=1, data=ids(3), next_openid="o3"),
            says(total=3, count=0, next_openid=""),
        ]
        assert [openid async for openid in client.each(followers())] == ["o1", "o2", "o3"]
        assert asked(wechat, "next_openid") == [None, "o2", "o3"]

    async def test_followers_after_one(self, client, wechat):
        wechat.script = [says(total=3, count=1, data=ids(3), next_openid="")]
        assert [openid async for openid in client.each(followers("o2"))] == ["o3"]
        assert asked(wechat, "next_openid") == ["o2"]

    async def test_no_followers(self, client, wechat):
        wechat.script = [says(total=0, count=0, next_openid="")]
        assert [openid async for openid in client.each(followers())] == []

    async def test_tagged(self, client, wechat):
        wechat.script = [says(count=1, data=ids(1), next_openid="o1"), says(count=0)]
        assert [openid async for openid in client.each(tagged(100))] == ["o1"]
        assert asked(wechat, "tagid") == [100, 100]

    async def test_the_blacklist_names_its_cursor_differently(self, client, wechat):
        wechat.script = [
            says(total=2, count=1, data=ids(1), next_openid="o1"),
            says(total=2, count=1, data=ids(2), next_openid=""),
        ]
        assert [openid async for openid in client.each(blacklisted())] == ["o1", "o2"]
        assert asked(wechat, "begin_openid") == [None, "o1"]


class TestByOffset:
    @pytest.mark.parametrize(
        "walk", [materials("image"), drafts(), drafts(content=False), publications()]
    )
    async def test_twenty_at_a_time_until_the_total(self, client, wechat, walk):
        items = [{"media_id": str(number)} for number in range(25)]
        wechat.script = [
            says(total_count=25, item_count=20, item=items[:20]),
            says(total_count=25, item_count=5, item=items[20:]),
        ]
        assert [item async for item in client.each(walk)] == items
        assert asked(wechat, "offset") == [0, 20]
        assert asked(wechat, "count") == [20, 20]

    async def test_a_total_that_promises_too_much_ends_with_an_empty_page(self, client, wechat):
        wechat.script = [
            says(total_count=9, item=[{"media_id": "1"}]),
            says(total_count=9, item=[]),
        ]
        assert len([item async for item in client.each(materials("voice"))]) == 1

    async def test_without_content(self, client, wechat):
        wechat.script = [says(total_count=0, item=[])]
        assert [item async for item in client.each(publications(content=False))] == []
        assert asked(wechat, "no_content") == [1]

    async def test_comments(self, client, wechat):
        page = [{"user_comment_id": number} for number in range(49)]
        wechat.script = [says(total=50, comment=page), says(total=50, comment=page[:1])]
        assert len([item async for item in client.each(comments(7, 1, kind=2))]) == 50
        assert asked(wechat, "begin") == [0, 49]
        assert asked(wechat, "type") == [2, 2]

    async def test_records(self, client, wechat):
        full = [{"openid": "o", "text": "x"}] * 10_000
        wechat.script = [
            says(recordlist=full, number=10_000, msgid=20_165_267),
            says(recordlist=full[:3], number=3, msgid=20_165_270),
        ]
        assert len([item async for item in client.each(records(1, 2))]) == 10_003
        assert asked(wechat, "msgid") == [1, 20_165_267]


def test_the_blocking_client_walks_too(wechat):
    wechat.script = [
        says(total=2, count=1, data=ids(1), next_openid="o1"),
        says(total=2, count=1, data=ids(2), next_openid=""),
    ]
    with Client(APPID, SECRET, transport=wechat) as client:
        assert list(client.each(followers())) == ["o1", "o2"]


async def test_a_walk_that_is_left_early_asks_no_more(client, wechat):
    wechat.script = [says(total=2, count=1, data=ids(1, 2), next_openid="o2")]
    async for openid in client.each(followers()):
        assert openid == "o1"
        break
    assert len(asked(wechat, "next_openid")) == 1
