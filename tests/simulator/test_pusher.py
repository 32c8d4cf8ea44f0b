"""Five seconds, three deliveries, one MsgId, and the notice exactly when WeChat shows it."""

from typing import get_args

import pytest

from yizhan import wire
from yizhan.errors import Impossible
from yizhan.replies import Text, render
from yizhan.simulator import actions
from yizhan.simulator.client import Cut, HttpAnswer
from yizhan.simulator.faults import KINDS, NOTICED, Fault, FaultKind
from yizhan.simulator.options import Options
from yizhan.simulator.screen import NOTICE
from yizhan.wire import xml


def reply(text):
    """Answers whoever asks in plain mode."""

    def answer(request):
        raw, _ = xml.read(request.body)
        to, sender = raw["FromUserName"], raw["ToUserName"]
        return render(Text(text), to=to, sender=sender, created=1)

    return answer


async def says(phone, text="在吗"):
    [push] = phone.do(actions.Say(text))
    return await phone.pusher.finish(push)


def shown(phone):
    return [(entry.kind, entry.content.get("text")) for entry in phone.follower.screen[1:]]


def query(request):
    return dict(pair.split("=") for pair in request.query.split("&"))


async def test_a_reply_is_shown_and_ends_it(connect):
    phone, server = connect((0.2, reply("在")))
    push = await says(phone)
    assert (push.verdict.outcome, push.verdict.attempt) == ("replied", 1)
    assert push.verdict.seconds == pytest.approx(0.2)
    assert shown(phone) == [("text", "在")]
    assert server.times == [0]


@pytest.mark.parametrize("body", [b"success", b""])
async def test_an_acknowledgement_ends_it_and_shows_nothing(connect, body):
    phone, server = connect(body)
    push = await says(phone)
    assert push.verdict.outcome == "acknowledged"
    assert shown(phone) == []
    assert server.times == [0]


async def test_a_slow_server_is_asked_three_times_and_then_the_notice_is_shown(connect):
    phone, server = connect((99, b"success"))
    push = await says(phone)
    assert server.times == [0, 5, 10]
    assert [attempt.end for attempt in push.attempts] == ["timeout"] * 3
    assert push.verdict.outcome == "notice"
    assert push.verdict.seconds == pytest.approx(15)
    assert push.verdict.reason.code == "late"
    assert push.verdict.reason.values == {"seconds": 5.0, "count": 3}
    assert shown(phone) == [("notice", NOTICE)]


async def test_the_third_delivery_may_still_be_answered(connect):
    phone, _ = connect((5, b"success"), (5, b"success"), (2, reply("等到了")))
    push = await says(phone)
    assert push.verdict.attempt == 3
    assert push.verdict.seconds == pytest.approx(12)
    assert shown(phone) == [("text", "等到了")]


async def test_each_delivery_carries_the_same_message_signed_anew(connect):
    phone, server = connect((5, b"success"))
    await says(phone)
    bodies = {request.body for request in server.requests}
    stamps = {query(request)["nonce"] for request in server.requests}
    assert (len(bodies), len(stamps)) == (1, 3)


async def test_repeats_may_carry_the_same_signature(connect, world):
    world.set_options({"resign": False})
    phone, server = connect((5, b"success"))
    await says(phone)
    assert len({request.query for request in server.requests}) == 1


async def test_two_messages_have_two_ids_that_count_up(connect):
    phone, _ = connect()
    first, second = await says(phone), await says(phone)
    assert int(second.fields["MsgId"]) > int(first.fields["MsgId"])
    assert len(str(first.fields["MsgId"])) == 17


async def test_the_same_event_twice_in_a_second_is_two_events(connect):
    phone, server = connect()
    for _ in range(2):
        [push] = phone.do(actions.Click("HELP"))
        await phone.pusher.finish(push)
    assert len({request.body for request in server.requests}) == 2


@pytest.mark.parametrize(
    ("failure", "code", "end"),
    [
        (Cut("refused", "nobody listens"), "refused", "refused"),
        (Cut("closed", "reset"), "closed", "closed"),
        (HttpAnswer(500, {}, b"oops"), "status", "answered"),
    ],
)
async def test_early_failures_are_tried_again_when_the_five_seconds_are_over(
    connect, failure, code, end
):
    phone, server = connect(failure)
    push = await says(phone)
    assert server.times == [0, 5, 10]
    assert (push.verdict.outcome, push.verdict.reason.code) == ("notice", code)
    assert push.attempts[0].end == end


async def test_early_failures_may_be_tried_again_at_once(connect, world):
    world.set_options({"retry_at_once": True})
    phone, server = connect(Cut("refused"))
    await says(phone)
    assert server.times == [0, 0, 0]


async def test_a_refused_connection_may_give_the_notice_at_once(connect, world):
    world.set_options({"retry_refused": False})
    phone, server = connect(Cut("refused"))
    push = await says(phone)
    assert (server.times, push.verdict.outcome) == ([0], "notice")


async def test_junk_gives_the_notice_at_once_with_the_reason(connect):
    phone, server = connect(b'{"content": "hi"}')
    push = await says(phone)
    assert server.times == [0]
    assert push.verdict.outcome == "notice"
    assert str(push.verdict.reason) == "the reply is JSON, not XML"
    [notice] = phone.follower.screen[1:]
    assert notice.content["reason"] == push.verdict.reason
    assert notice.side == "system"


async def test_a_fourth_delivery_is_made_by_those_who_read_it_so(connect, world):
    world.set_options({"deliveries": 4})
    phone, server = connect((5, b"success"))
    await says(phone)
    assert server.times == [0, 5, 10, 15]


async def test_the_words_of_old_clients(connect, world):
    world.set_options({"notice": "old"})
    phone, _ = connect(b"junk")
    await says(phone)
    assert shown(phone) == [("notice", "该公众号暂时无法提供服务，请稍后再试")]


SILENT = [
    actions.View("https://example.com/"),
    actions.Unfollow(),
    actions.Happen("MASSSENDJOBFINISH"),
    actions.Happen("TEMPLATESENDJOBFINISH"),
    actions.Happen("kf_create_session"),
    actions.Happen("nobody_heard_of"),
]


@pytest.mark.parametrize("action", SILENT, ids=lambda action: type(action).__name__)
async def test_no_notice_where_no_reply_would_be_shown(connect, action):
    phone, server = connect((99, b""))
    [push] = phone.do(action)
    await phone.pusher.finish(push)
    assert len(server.times) == 3
    assert (push.verdict.outcome, push.verdict.reason.code) == ("ignored", "late")
    assert [entry.kind for entry in phone.follower.screen] == ["event"]


LOUD = [
    actions.Click("HELP"),
    actions.Scan("shop-42"),
    actions.ReportLocation(),
    actions.Happen("scancode_waitmsg"),
    actions.SendImage(),
]


@pytest.mark.parametrize("action", LOUD, ids=lambda action: type(action).__name__)
async def test_the_notice_where_a_reply_would_be_shown(connect, action):
    phone, _ = connect(b"junk")
    [push] = phone.do(action)
    await phone.pusher.finish(push)
    assert push.verdict.outcome == "notice"


async def test_a_reply_to_an_event_that_shows_none_is_told(connect):
    phone, _ = connect(reply("bye"))
    [push] = phone.do(actions.View("https://example.com/"))
    await phone.pusher.finish(push)
    assert (push.verdict.outcome, push.verdict.reason.code) == ("ignored", "unshown")
    assert [entry.kind for entry in phone.follower.screen] == ["event"]


async def test_a_media_id_that_does_not_exist_counts_if_told_so(connect, world):
    world.set_options({"unknown_media": "notice"})
    phone, _ = connect(
        lambda request: (
            reply("")(request)
            .replace(b"<![CDATA[text]]>", b"<![CDATA[image]]>")
            .replace(b"<Content><![CDATA[]]></Content>", b"<Image><MediaId>m1</MediaId></Image>")
        )
    )
    push = await says(phone)
    assert (push.verdict.outcome, push.verdict.reason.code) == ("notice", "media")


# --- modes


@pytest.mark.parametrize("format", ["xml", "json"])
@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
async def test_a_push_opens_with_the_account_s_keys(world, connect, mode, format):
    account = world.add_account("other", mode=mode, format=format)
    phone, server = connect(account=account)
    push = await says(phone, "密语]]>")
    [request] = server.requests
    keys = wire.Keys(
        (account.keys.token,), (account.cipher,), mode, original_id=account.keys.original_id
    )
    content_type = {"xml": "text/xml", "json": "application/json"}[format]
    assert request.headers["content-type"] == content_type
    opened = wire.open(
        wire.Push(request.query.encode(), request.body, content_type, 0.0), keys, world.now()
    )
    assert opened.raw["Content"] == "密语]]>"
    assert opened.encrypted is (mode != "plain")
    assert query(request)["openid"] == phone.follower.openid
    assert (b"Content" in request.body) is (mode != "safe")
    signature = push.attempts[0].signature
    assert query(request)["signature"] == signature.sha1
    assert query(request).get("msg_signature", "") == signature.msg_sha1
    assert account.keys.token in signature.parts


async def test_the_record_has_both_sides_plain_and_sealed(world, connect):
    account = world.add_account("other", mode="safe")

    def answer(request):
        keys = wire.Keys((account.keys.token,), (account.cipher,), "safe")
        envelope = wire.open(
            wire.Push(request.query.encode(), request.body, "text/xml", 0.0), keys, world.now()
        )
        body = render(
            Text("好"),
            to=envelope.raw["FromUserName"],
            sender=envelope.raw["ToUserName"],
            created=1,
        )
        return wire.seal(body, envelope, world.now())

    phone, _ = connect(answer, account=account)
    push = await says(phone)
    [attempt] = push.attempts
    assert attempt.request.plain == push.body
    assert b"<Content>" not in attempt.request.sent
    assert b"<Content>" in attempt.response.plain
    assert b"<Content>" not in attempt.response.sent
    assert shown(phone) == [("text", "好")]


# --- verification


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda request: query(request)["echostr"].encode(), None),
        (lambda request: b'"%s"' % query(request)["echostr"].encode(), "echo"),
        (lambda request: query(request)["echostr"].encode() + b"\n", "echo"),
        (lambda request: b"\xef\xbb\xbf" + query(request)["echostr"].encode(), "echo"),
        (HttpAnswer(301, {"location": "/wechat/"}, b""), "status"),
        (Cut("refused"), "refused"),
        ((9, b""), "late"),
    ],
)
async def test_the_console_checks_the_server_byte_for_byte(connect, official, answer, code):
    phone, server = connect(answer)
    connected = await phone.pusher.verify()
    assert connected.connected is official.connected is (code is None)
    assert (connected.reason.code if connected.reason else None) == code
    assert server.requests[0].method == "GET"
    keys = wire.Keys((official.keys.token,))
    now = phone.world.now()
    echo = wire.verify(server.requests[0].query.encode(), keys, now)
    assert echo.decode() == query(server.requests[0])["echostr"]


# --- faults


async def faulty(connect, official, *faults, plans=(b"success",)):
    phone, server = connect(*plans)
    official.faults.set(tuple(faults))
    return phone, server, await says(phone)


async def test_a_dropped_push_comes_again_after_five_seconds(connect, official):
    _, server, push = await faulty(connect, official, Fault("drop"))
    assert server.times == [5]
    assert [attempt.end for attempt in push.attempts] == ["dropped", "answered"]
    assert official.faults.standing == ()


async def test_a_lost_answer_makes_wechat_ask_again(connect, official):
    phone, server, push = await faulty(connect, official, Fault("lose"), plans=[reply("一次")])
    assert server.times == [0, 5]
    assert push.attempts[0].response is not None
    assert shown(phone) == [("text", "一次")]


async def test_an_answer_that_breaks_off_is_no_answer(connect, official):
    phone, server, push = await faulty(connect, official, Fault("cut"), plans=[reply("一次")])
    assert server.times == [0, 5]
    first, second = push.attempts
    assert (first.end, first.problem.code) == ("closed", "cut")
    assert len(first.response.sent) == len(second.response.sent) // 2
    assert first.problem.values["size"] == len(second.response.sent)
    assert shown(phone) == [("text", "一次")]


async def test_a_push_may_break_off_halfway(connect, official):
    phone, server, push = await faulty(connect, official, Fault("half"), plans=[reply("一次")])
    assert [request.whole for request in server.requests] == [False, True]
    assert (push.attempts[0].end, push.attempts[0].problem.values["detail"]) == ("closed", "half")
    assert shown(phone) == [("text", "一次")]


async def test_the_bytes_of_a_push_may_come_slowly(connect, official):
    fault = Fault("slow", values={"seconds": 2.0})
    _, server, push = await faulty(connect, official, fault)
    assert server.requests[0].seconds == 2.0
    assert push.verdict.outcome == "acknowledged"


async def test_a_delay_takes_from_the_five_seconds(connect, official):
    fault = Fault("delay", values={"seconds": 3.0})
    _, server, push = await faulty(connect, official, fault, plans=[(2.5, b"success"), b"success"])
    assert server.times == [3, 5]
    assert push.attempts[0].seconds == pytest.approx(5)


async def test_a_delay_of_all_five_seconds_never_arrives(connect, official):
    _, server, push = await faulty(connect, official, Fault("delay", values={"seconds": 9.0}))
    assert server.times == [5]
    assert push.attempts[0].end == "timeout"


async def test_a_duplicate_arrives_twice_and_is_answered_once(connect, official):
    phone, server, push = await faulty(connect, official, Fault("duplicate"), plans=[reply("一")])
    assert server.times == [0, 0]
    assert len({request.query for request in server.requests}) == 1
    assert {attempt.faults for attempt in push.attempts} == {("duplicate",)}
    assert shown(phone) == [("text", "一")]


async def test_reordered_messages_arrive_the_other_way_round(connect, official):
    phone, server = connect()
    official.faults.add(Fault("reorder"))
    pushes = [*phone.do(actions.Say("先")), *phone.do(actions.Say("后"))]
    for push in pushes:
        await phone.pusher.finish(push)
    told = [xml.read(request.body)[0]["Content"] for request in server.requests]
    assert told == ["后", "先"]


async def test_a_message_to_be_reordered_goes_out_though_no_other_comes(connect, official):
    _, server, push = await faulty(connect, official, Fault("reorder"))
    assert push.verdict.outcome == "acknowledged"
    assert server.times == [5]


async def test_a_message_to_be_reordered_has_its_five_seconds_from_when_it_goes_out(
    connect, official
):
    _, server, push = await faulty(connect, official, Fault("reorder"), plans=[(9, b""), b""])
    assert server.times == [5, 10]
    assert [attempt.seconds for attempt in push.attempts] == [pytest.approx(5), pytest.approx(0)]


async def test_wechat_may_hang_up_early(connect, official):
    fault = Fault("hang_up", values={"seconds": 1.0})
    _, server, push = await faulty(connect, official, fault, plans=[(2, b"success")])
    assert push.attempts[0].end == "closed"
    assert push.attempts[0].seconds == pytest.approx(1)
    assert server.times == [0, 5]


@pytest.mark.parametrize(
    ("fault", "off"),
    [
        (Fault("skew", values={"seconds": 900.0}), 900),
        (Fault("skew", values={"seconds": -60.0}), -60),
        (Fault("stale"), -3600),
    ],
)
async def test_timestamps_may_be_off(connect, official, fault, off):
    phone, server, _ = await faulty(connect, official, fault)
    assert int(query(server.requests[0])["timestamp"]) == int(phone.world.now()) + off


async def test_a_wrong_signature_is_wrong(connect, official):
    phone, server, _ = await faulty(connect, official, Fault("signature"))
    keys = wire.Keys((official.keys.token,))
    push = wire.Push(server.requests[0].query.encode(), server.requests[0].body, "text/xml", 0.0)
    with pytest.raises(wire.push.Refused) as refused:
        wire.open(push, keys, phone.world.now())
    assert refused.value.reason == "signature"


@pytest.mark.parametrize(("kind", "sub"), [("appid", "appid"), ("padding", "padding")])
async def test_wrong_envelopes_carry_a_good_signature(connect, world, kind, sub):
    account = world.add_account("other", mode="safe")
    account.faults.add(Fault(kind))
    phone, server = connect(account=account)
    await says(phone)
    push = wire.Push(server.requests[0].query.encode(), server.requests[0].body, "text/xml", 0.0)
    keys = wire.Keys((account.keys.token,), (account.cipher,), "safe")
    with pytest.raises(wire.push.Refused) as refused:
        wire.open(push, keys, world.now())
    assert (refused.value.reason, refused.value.detail) == ("envelope", sub)


@pytest.mark.parametrize("mode", ["plain", "safe"])
@pytest.mark.parametrize("format", ["xml", "json"])
async def test_a_replay_has_the_same_query_and_another_body(connect, world, mode, format):
    account = world.add_account("other", mode=mode, format=format)
    account.faults.add(Fault("replay"))
    phone, server = connect(account=account)
    await says(phone)
    await phone.pusher.close()
    first, second = server.requests
    assert first.query == second.query
    assert first.body != second.body


async def test_a_fault_may_stand_for_one_follower_and_for_ever(connect, official):
    phone, _ = connect()
    other, server = connect()
    official.faults.add(Fault("drop", times=None, openid=phone.follower.openid))
    assert (await says(phone)).verdict.reason.code == "dropped"
    assert (await says(other)).verdict.outcome == "acknowledged"
    assert server.times != []
    assert len(official.faults.standing) == 1


@pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
@pytest.mark.parametrize("format", ["xml", "json"])
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("reply_unswapped", "not_swapped"),
        ("reply_blank", "empty_content"),
        ("reply_articles", "articles"),
        ("reply_form", "not_xml"),
    ],
)
async def test_a_good_reply_is_altered_on_its_way(connect, world, mode, format, kind, reason):
    account = world.add_account("other", mode=mode, format=format)
    account.faults.add(Fault(kind))
    phone, _ = connect(b"success", account=account)
    push = await says(phone)
    wanted = "not_json" if (reason, format) == ("not_xml", "json") else reason
    assert (push.verdict.outcome, push.verdict.reason.code) == ("notice", wanted)
    assert (await says(phone)).verdict.outcome == "acknowledged"


async def test_the_text_of_the_reply_is_in_what_becomes_of_it(connect, official):
    fault = Fault("reply_form")
    _, _, push = await faulty(connect, official, fault, plans=[reply("你好")])
    assert push.attempts[0].response.plain == '{"reply": "你好"}'.encode()


@pytest.mark.parametrize(("kind", "reason"), [("reply_late", "late"), ("reply_status", "status")])
async def test_some_mistakes_bring_the_notice_when_made_three_times(
    connect, official, kind, reason
):
    fault = Fault(kind, times=NOTICED[kind])
    _, server, push = await faulty(connect, official, fault, plans=[reply("你好")])
    assert server.times == [0, 5, 10]
    assert push.verdict.reason.code == reason
    assert official.faults.standing == ()


async def test_an_answer_of_nothing_is_no_fault_to_wechat(connect, official):
    fault = Fault("reply_nothing")
    phone, _, push = await faulty(connect, official, fault, plans=[reply("你好")])
    assert (push.verdict.outcome, shown(phone)) == ("acknowledged", [])


# --- faults of the API


def struck(official, count=100, path="/cgi-bin/tags/get"):
    return sum(bool(official.faults.strike_api(path, None)) for _ in range(count))


def test_a_fault_of_the_api_may_strike_by_chance_and_the_same_calls_in_every_run(official):
    official.faults.add(Fault("api_error", times=None, values={"chance": 0.3}))
    assert struck(official) == 33
    assert official.faults.standing != ()


def test_chance_takes_no_time_of_a_fault_that_does_not_strike(official):
    official.faults.add(Fault("api_error", times=3, values={"chance": 0.3}))
    assert struck(official) == 3
    assert official.faults.standing == ()


def test_the_calls_for_a_token_are_struck_by_their_path_only(official):
    official.faults.add(Fault("api_error", times=None))
    assert struck(official, 1, "/cgi-bin/token") == 0
    official.faults.add(Fault("api_error", times=None, values={"path": "/cgi-bin/token"}))
    assert struck(official, 1, "/cgi-bin/token") == 1


def test_a_job_fails_only_where_one_begins(official):
    official.faults.add(Fault("api_job"))
    assert struck(official) == 0
    assert struck(official, 1, "/cgi-bin/message/mass/sendall") == 1


def test_an_unknown_fault_is_refused(official):
    with pytest.raises(Impossible, match="no such fault"):
        official.faults.add(Fault("earthquake"))


@pytest.mark.parametrize("values", [{"second": 3}, {"seconds": "three"}])
def test_a_value_that_a_fault_does_not_have_is_refused(official, values):
    with pytest.raises(Impossible, match="it has: seconds"):
        official.faults.add(Fault("delay", values=values))
    assert official.faults.standing == ()


def test_a_checker_knows_every_fault():
    assert set(get_args(FaultKind)) == set(KINDS)


@pytest.mark.parametrize("changes", [{"nonsense": 1}, {"long_text": "burn"}, {"seconds": -1}])
def test_an_unknown_option_is_refused(world, changes):
    with pytest.raises(Impossible):
        world.set_options(changes)
    assert world.options == Options()


@pytest.mark.parametrize(
    ("option", "event", "seen"),
    [
        ("hidden", "user_view_card", False),
        ("shown", "user_view_card", True),
        ("shown", "an_event_unheard_of", True),
        ("shown", "VIEW", False),
        ("hidden", "CLICK", True),
    ],
)
async def test_whether_a_reply_to_an_event_is_shown_where_nobody_knows_is_an_option(
    connect, option, event, seen
):
    phone, _ = connect(reply("好"))
    phone.world.set_options({"event_replies": option})
    [push] = phone.do(actions.Happen(event))
    await phone.pusher.finish(push)
    assert push.verdict.outcome == ("replied" if seen else "ignored")
    assert (("text", "好") in shown(phone)) is seen
