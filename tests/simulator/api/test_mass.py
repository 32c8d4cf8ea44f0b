"""Mass messages: whom they reach, how many there may be, and the event at the end."""

import json

import pytest

from yizhan.clock import SystemClock
from yizhan.simulator import actions
from yizhan.simulator.api import FakeApi
from yizhan.simulator.api.call import Request
from yizhan.simulator.faults import Fault
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World
from yizhan.wire import xml

ALL = "/cgi-bin/message/mass/sendall"
LIST = "/cgi-bin/message/mass/send"
GET = "/cgi-bin/message/mass/get"
DAY = 86_400.0


@pytest.fixture
async def fans(connect, official):
    """Three followers, the first with a server behind the account; and its server."""
    phone, server = connect()
    others = [official.add_follower() for _ in range(2)]
    return [phone.follower, *others], server


def text(content="大家好", **more):
    return {"msgtype": "text", "text": {"content": content}, **more}


def to_all(**more):
    return {"filter": {"is_to_all": True}, **text(), **more}


def seen(follower):
    return [(each.kind, each.content) for each in follower.screen if each.via == "mass"]


def end(world):
    """The last event that told of an end."""
    return [each for each in world.pushes.values() if each.event == "MASSSENDJOBFINISH"][-1]


def counts(push):
    names = ("TotalCount", "FilterCount", "SentCount", "ErrorCount")
    return [push.fields[name] for name in names]


async def test_everybody_reads_it_and_the_server_is_told(call, fans, official, world, clock):
    followers, server = fans
    answer = await call(ALL, to_all())
    assert answer["errcode"] == 0
    assert (await call(GET, {"msg_id": answer["msg_id"]}))["msg_status"] == "SENDING"
    assert seen(followers[0]) == []
    await clock.passes(4)
    assert [seen(each) for each in followers] == [[("text", {"text": "大家好"})]] * 3
    push = end(world)
    assert push.fields["MsgID"] == answer["msg_id"]
    assert (push.fields["Status"], counts(push)) == ("send success", [3, 3, 3, 0])
    assert push.openid == official.administrator
    assert (await call(GET, {"msg_id": answer["msg_id"]}))["msg_status"] == "SEND_SUCCESS"
    raw, _ = xml.read(server.requests[-1].body)
    assert raw["CopyrightCheckResult"] == {"Count": "0", "ResultList": None, "CheckState": "0"}
    assert raw["ArticleUrlResult"] == {"Count": "0", "ResultList": None}


async def test_who_is_filtered_out(call, fans, official, world, clock):
    followers, _ = fans
    gone = official.add_follower(following=False)
    followers[1].blocks = True
    await call("/cgi-bin/tags/members/batchblacklist", {"openid_list": [followers[2].openid]})
    await call(LIST, text(touser=[*(each.openid for each in followers), gone.openid, "oNobody"]))
    await clock.passes(4)
    assert counts(end(world)) == [5, 1, 1, 0]
    assert [len(seen(each)) for each in (*followers, gone)] == [1, 0, 0, 0]


async def test_to_those_with_a_tag(call, fans, world, clock):
    followers, _ = fans
    tag = (await call("/cgi-bin/tags/create", {"tag": {"name": "贵宾"}}))["tag"]["id"]
    body = {"openid_list": [followers[1].openid], "tagid": tag}
    await call("/cgi-bin/tags/members/batchtagging", body)
    chosen = {"filter": {"is_to_all": False, "tag_id": tag}}
    assert (await call(ALL, text(**chosen)))["errcode"] == 0
    await clock.passes(4)
    assert [len(seen(each)) for each in followers] == [0, 1, 0]
    unknown = {"filter": {"is_to_all": False, "tag_id": 999}}
    assert (await call(ALL, text(**unknown)))["errcode"] == 45159


async def test_a_follower_of_a_service_account_gets_four_a_month(call, fans, world, clock):
    followers, _ = fans
    for _ in range(5):
        await call(ALL, to_all())
        await clock.passes(4)
    assert counts(end(world)) == [3, 0, 0, 0]
    assert len(seen(followers[0])) == 4
    world.skip(31 * DAY)
    await call(ALL, to_all())
    await clock.passes(4)
    assert counts(end(world)) == [3, 3, 3, 0]


async def test_a_subscription_account_has_one_a_day(call, fans, official, world, clock):
    official.kind = "subscription"
    for _ in range(5):
        assert (await call(ALL, to_all()))["errcode"] == 0
        assert (await call(ALL, to_all()))["errcode"] == 45028
        await clock.passes(4)
        world.skip(DAY)
    assert len(seen(fans[0][0])) == 5


async def test_one_that_failed_does_not_count(call, fans, official, world, clock):
    official.kind = "subscription"
    official.faults.add(Fault("api_job", values={"result": "err(10001)"}))
    answer = await call(ALL, to_all())
    await clock.passes(4)
    assert (end(world).fields["Status"], counts(end(world))) == ("err(10001)", [3, 3, 0, 3])
    assert (await call(GET, {"msg_id": answer["msg_id"]}))["msg_status"] == "SEND_FAIL"
    assert seen(fans[0][0]) == []
    assert (await call(ALL, to_all()))["errcode"] == 0


async def test_the_usual_failure(call, fans, official, world, clock):
    official.faults.add(Fault("api_job"))
    await call(ALL, to_all())
    await clock.passes(4)
    assert end(world).fields["Status"] == "send fail"


async def test_the_same_name_is_not_sent_twice(call, fans):
    first = await call(ALL, to_all(clientmsgid="may-1"))
    again = await call(ALL, to_all(clientmsgid="may-1"))
    assert (again["errcode"], again["msg_id"]) == (45065, first["msg_id"])


async def test_a_draft_is_sent_as_cards_with_addresses(call, fans, official, world, clock):
    thumb = official.media.sample("thumb").media_id
    article = {"title": "标题", "content": "<p>正文</p>", "thumb_media_id": thumb}
    draft = await call("/cgi-bin/draft/add", {"articles": [article, article]})
    body = {"filter": {"is_to_all": True}, "msgtype": "mpnews"}
    body["mpnews"] = {"media_id": draft["media_id"]}
    answer = await call(ALL, body)
    await clock.passes(4)
    [(kind, content)] = seen(fans[0][0])
    assert (kind, len(content["articles"])) == ("news", 2)
    assert content["articles"][0]["description"] == "正文"
    urls = end(world).fields["ArticleUrlResult"]
    assert urls["Count"] == 2
    assert urls["ResultList"]["item"][1]["ArticleUrl"] == content["articles"][1]["url"]
    erase = "/cgi-bin/message/mass/delete"
    assert (await call(erase, {"msg_id": answer["msg_id"], "article_idx": 3}))["errcode"] == 40060
    assert (await call(erase, {"msg_id": answer["msg_id"]}))["errcode"] == 0
    assert (await call(GET, {"msg_id": answer["msg_id"]}))["msg_status"] == "DELETE"


async def test_the_addresses_may_be_missing_as_in_real_pushes(call, fans, official, world, clock):
    world.set_options({"article_urls": "empty"})
    thumb = official.media.sample("thumb").media_id
    article = {"title": "标题", "content": "正文", "thumb_media_id": thumb}
    draft = await call("/cgi-bin/draft/add", {"articles": [article]})
    body = {"filter": {"is_to_all": True}, "msgtype": "mpnews"}
    await call(ALL, {**body, "mpnews": {"media_id": draft["media_id"]}})
    await clock.passes(4)
    assert end(world).fields["ArticleUrlResult"] == {"Count": 0, "ResultList": None}


async def test_one_that_was_deleted_on_its_way_reaches_nobody(call, fans, official, clock):
    video = official.media.sample("video").media_id
    body = {"filter": {"is_to_all": True}, "msgtype": "mpvideo", "mpvideo": {"media_id": video}}
    answer = await call(ALL, body)
    await call("/cgi-bin/message/mass/delete", {"msg_id": answer["msg_id"]})
    await clock.passes(4)
    assert seen(fans[0][0]) == []


async def test_texts_cannot_be_deleted(call, fans):
    answer = await call(ALL, to_all())
    path = "/cgi-bin/message/mass/delete"
    assert (await call(path, {"msg_id": answer["msg_id"]}))["errcode"] == 40008
    assert (await call(path, {"msg_id": 9}))["errcode"] == 40059
    assert (await call(GET, {"msg_id": 9}))["errcode"] == 40059


async def test_every_kind(call, fans, official, clock):
    media = {kind: official.media.sample(kind).media_id for kind in ("image", "voice", "video")}
    bodies = {
        "voice": {"media_id": media["voice"]},
        "image": {"media_id": media["image"]},
        "images": {"media_ids": [media["image"], media["image"]]},
        "wxcard": {"card_id": "c1"},
    }
    for kind, payload in bodies.items():
        body = {"filter": {"is_to_all": True}, "msgtype": kind, kind: payload}
        assert (await call(ALL, body))["errcode"] == 0
        await clock.passes(4)
    shown = [kind for kind, _ in seen(fans[0][0])]
    assert shown == ["voice", "image", "image", "image", "wxcard"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (text(" "), 44004),
        ({"msgtype": "mpnews", "mpnews": {"media_id": "nonsense"}}, 40007),
        ({"msgtype": "voice", "voice": {"media_id": "nonsense"}}, 40007),
        ({"msgtype": "sticker", "sticker": {}}, 48008),
    ],
)
async def test_what_is_refused(call, fans, body, expected):
    assert (await call(ALL, {"filter": {"is_to_all": True}, **body}))["errcode"] == expected


async def test_one_openid_is_no_list(call, fans):
    assert (await call(LIST, text(touser=[fans[0][0].openid])))["errcode"] == 40130


async def test_a_preview_goes_to_one_and_costs_nothing(call, fans, official):
    follower, *others = fans[0]
    path = "/cgi-bin/message/mass/preview"
    for _ in range(5):
        assert (await call(path, text(touser=follower.openid)))["errcode"] == 0
    assert (await call(path, text(towxname=follower.nickname)))["errcode"] == 0
    assert len(seen(follower)) == 6
    assert seen(others[0]) == []
    assert (await call(path, text(towxname="nobody")))["errcode"] == 40132
    follower.following = False
    assert (await call(path, text(touser=follower.openid)))["errcode"] == 43004


async def test_the_speed_is_set_and_told(call):
    assert (await call("/cgi-bin/message/mass/speed/get", {}))["realspeed"] == 80
    assert (await call("/cgi-bin/message/mass/speed/set", {"speed": 4}))["errcode"] == 0
    assert await call("/cgi-bin/message/mass/speed/get", {}) == {"speed": 4, "realspeed": 10}
    assert (await call("/cgi-bin/message/mass/speed/set", {"speed": 5}))["errcode"] == 45083


async def test_a_video_is_made_fit(call, official):
    path = "/cgi-bin/media/uploadvideo"
    video = official.media.sample("video").media_id
    assert (await call(path, {"media_id": video}))["media_id"] == video
    image = official.media.sample("image").media_id
    assert (await call(path, {"media_id": image}))["errcode"] == 40007


@pytest.mark.parametrize(("kind", "verified"), [("subscription", False), ("sandbox", False)])
async def test_verified_accounts_only(call, fans, official, kind, verified):
    official.kind, official.verified = kind, verified
    assert (await call(ALL, to_all()))["errcode"] == 48001


async def test_lists_are_for_service_accounts(call, fans, official):
    official.kind = "subscription"
    openids = [each.openid for each in fans[0]]
    assert (await call(LIST, text(touser=openids)))["errcode"] == 48001


async def test_a_server_that_fails_shows_nobody_a_notice(call, connect, world, clock, official):
    connect(b"junk")
    await call(ALL, to_all())
    await clock.passes(30)
    assert end(world).verdict.outcome == "ignored"


async def test_without_a_server_nothing_is_pushed(call, official, world, clock):
    fan = official.add_follower()
    await call(ALL, to_all())
    await clock.passes(4)
    assert len(seen(fan)) == 1
    assert not world.pushes


async def test_blocking_pushes_nothing(connect):
    phone, server = connect()
    assert phone.do(actions.Block()) == ()
    assert server.requests == []


def test_where_no_loop_runs_it_ends_at_once():
    world = World(clock=SystemClock(), seed=Seed(secret="tests"))
    account = world.add_account("shop", kind="service", verified=True)
    fan = account.add_follower()
    token, _ = account.tokens.stable(world.now())
    body = json.dumps(to_all()).encode()
    FakeApi(world).handle(Request("POST", ALL, f"access_token={token}", body=body))
    assert len(seen(fan)) == 1
