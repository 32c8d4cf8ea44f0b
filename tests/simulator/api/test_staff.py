"""Customer-service accounts, sessions, and who waits after a transfer (docs/protocol.md#f2)."""

import pytest

from yizhan.replies import Transfer, render
from yizhan.simulator import actions
from yizhan.wire import xml

ACCOUNTS, SESSIONS = "/customservice/kfaccount", "/customservice/kfsession"
ANNA, BERT = "anna@shop", "bert@shop"


@pytest.fixture
async def fan(connect):
    """A follower whose account has a server that hands everybody over."""

    def hand_over(request):
        raw, _ = xml.read(request.body)
        to, sender = raw["FromUserName"], raw["ToUserName"]
        return render(Transfer(), to=to, sender=sender, created=1)

    phone, _ = connect(hand_over)
    return phone


@pytest.fixture
async def anna(call):
    await call(f"{ACCOUNTS}/add", {"kf_account": ANNA, "nickname": "安娜"})
    await call(f"{ACCOUNTS}/inviteworker", {"kf_account": ANNA, "invite_wx": "anna"})


def events(world):
    return [push.event for push in world.pushes.values() if push.event]


def code(answer):
    return answer.get("errcode", 0)


async def test_accounts_are_added_changed_listed_and_deleted(call, anna):
    new = {"kf_account": BERT, "nickname": "伯特"}
    assert code(await call(f"{ACCOUNTS}/add", new)) == 0
    assert code(await call(f"{ACCOUNTS}/add", new)) == 65406
    assert code(await call(f"{ACCOUNTS}/add", new | {"kf_account": "bert"})) == 65401
    assert code(await call(f"{ACCOUNTS}/update", new | {"nickname": "小伯"})) == 0
    listed = (await call("/cgi-bin/customservice/getkflist"))["kf_list"]
    assert [(each["kf_account"], each["kf_nick"]) for each in listed] == [
        (ANNA, "安娜"),
        (BERT, "小伯"),
    ]
    assert [each.get("kf_wx") for each in listed] == ["anna", None]
    assert code(await call(f"{ACCOUNTS}/del", {"kf_account": BERT})) == 0
    assert code(await call(f"{ACCOUNTS}/del", {"kf_account": BERT})) == 65401
    assert code(await call(f"{ACCOUNTS}/update", new)) == 65401


async def test_an_account_has_a_picture(call, anna):
    path = f"{ACCOUNTS}/uploadheadimg"
    assert code(await call(path, files={"filename": "a.png"}, kf_account=ANNA)) == 0
    [listed] = (await call("/cgi-bin/customservice/getkflist"))["kf_list"]
    assert listed["kf_headimgurl"].startswith("http://mmbiz.qpic.cn/")
    assert code(await call(path, {}, kf_account=ANNA)) == 41005


async def test_whoever_is_handed_over_waits_until_somebody_takes_them(call, fan, anna, world):
    openid = fan.follower.openid
    [push] = fan.do(actions.Say("人工"))
    await fan.pusher.finish(push)
    waiting = await call(f"{SESSIONS}/getwaitcase")
    assert (waiting["count"], waiting["waitcaselist"][0]["openid"]) == (1, openid)
    session = {"kf_account": ANNA, "openid": openid}
    assert code(await call(f"{SESSIONS}/create", session)) == 0
    assert (await call(f"{SESSIONS}/getwaitcase"))["count"] == 0
    assert (await call(f"{SESSIONS}/getsession", openid=openid))["kf_account"] == ANNA
    listed = await call(f"{SESSIONS}/getsessionlist", kf_account=ANNA)
    assert listed["sessionlist"] == [{"openid": openid, "createtime": int(world.now())}]
    [online] = (await call("/cgi-bin/customservice/getonlinekflist"))["kf_online_list"]
    assert online["accepted_case"] == 1


async def test_the_server_is_told_of_the_beginning_and_the_end(call, fan, anna, world, clock):
    session = {"kf_account": ANNA, "openid": fan.follower.openid}
    await call(f"{SESSIONS}/create", session)
    await clock.passes(1)
    assert events(world) == ["kf_create_session"]
    assert code(await call(f"{SESSIONS}/close", session)) == 0
    await clock.passes(1)
    assert events(world) == ["kf_create_session", "kf_close_session"]
    told = list(world.pushes.values())[-1].fields
    assert (told["KfAccount"], told["FromUserName"]) == (ANNA, fan.follower.openid)
    asked = await call(f"{SESSIONS}/getsession", openid=fan.follower.openid)
    assert (asked["kf_account"], asked["createtime"]) == ("", 0)


async def test_what_cannot_be(call, fan, anna):
    await call(f"{ACCOUNTS}/add", {"kf_account": BERT, "nickname": "伯特"})
    session = {"kf_account": ANNA, "openid": fan.follower.openid}
    assert code(await call(f"{SESSIONS}/close", session)) == 65413
    assert code(await call(f"{SESSIONS}/create", session | {"kf_account": BERT})) == 65415
    assert code(await call(f"{SESSIONS}/create", session)) == 0
    assert code(await call(f"{SESSIONS}/create", session)) == 65414
    assert code(await call(f"{SESSIONS}/close", session | {"kf_account": BERT})) == 65414
    assert code(await call(f"{SESSIONS}/close", session | {"kf_account": "x@shop"})) == 65401
    assert code(await call(f"{SESSIONS}/create", session | {"openid": "oNobody"})) == 40003


async def test_whoever_talks_to_somebody_does_not_wait(call, fan, anna):
    session = {"kf_account": ANNA, "openid": fan.follower.openid}
    await call(f"{SESSIONS}/create", session)
    [push] = fan.do(actions.Say("人工"))
    await fan.pusher.finish(push)
    assert (await call(f"{SESSIONS}/getwaitcase"))["count"] == 0
    await call(f"{ACCOUNTS}/del", {"kf_account": ANNA})
    assert (await call(f"{SESSIONS}/getsession", openid=fan.follower.openid))["kf_account"] == ""
