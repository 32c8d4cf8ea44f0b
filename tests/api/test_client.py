"""What the client does with a call: its token, its tries, its answer."""

import asyncio
import copy
import gc
import re
import threading
import traceback
from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest

from api.described import OPENID
from api.wechat_api import PICTURE, WeChatApi, refuses, says, to_token
from yizhan import errors
from yizhan.api import AsyncClient, Client, HttpTransport, MemoryShelf, Response, caller, fetching
from yizhan.errors import (
    APIError,
    BlockingCall,
    CallerError,
    ConfigurationError,
    MediaError,
    StoreError,
    TokenError,
    Unreachable,
    Unsent,
)

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
SIMULATOR = "http://127.0.0.1:8090/weixin"
SEND = "/cgi-bin/message/custom/send"
TEXT = {"touser": OPENID, "msgtype": "text", "text": {"content": "你好😀"}}
LOST = Unreachable("api.unknown", problem="ServerDisconnectedError")
LOST_TOKEN = Unreachable("api.unknown", problem="ServerDisconnectedError")
LOST_TOKEN.headers = {"for": "token"}  # the fetch of the token is what fails
NEVER = Unsent("api.unreachable", host="api.weixin.qq.com", problem="refused")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(caller, "PAUSES", (0.0, 0.0))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "saved").mkdir()
    return tmp_path / "saved"


@pytest.fixture
def wechat():
    return WeChatApi()


@pytest.fixture
async def client(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        yield client


class TestArguments:
    async def test_json_is_raw_utf_8(self, client, wechat):
        await client.message.custom.send(**TEXT)
        sent = wechat.seen[-1]
        assert "你好😀".encode() in sent.body
        assert b"\\u" not in sent.body
        assert sent.headers["content-type"] == "application/json; charset=utf-8"

    async def test_half_of_an_emoji_does_not_stop_a_message(self, client, wechat):
        await client.message.custom.send(**TEXT | {"text": {"content": "你好\ud83d"}})
        assert wechat.seen[-1].json["text"] == {"content": "你好?"}

    async def test_fields_go_where_the_endpoint_wants_them(self, client, wechat):
        await client.user.info(openid=OPENID, lang="zh_CN")
        assert wechat.seen[-1].method == "GET"
        assert wechat.seen[-1].query == {
            "access_token": "token-1",
            "openid": OPENID,
            "lang": "zh_CN",
        }
        await client.media.upload(type="image", media=PICTURE)
        assert wechat.seen[-1].query == {"access_token": "token-1", "type": "image"}

    async def test_a_field_that_is_none_is_left_out(self, client, wechat):
        await client.user.info(openid=OPENID, lang=None)
        assert "lang" not in wechat.seen[-1].query

    async def test_words_that_python_keeps_to_itself(self, client, wechat):
        await client.customservice.kfaccount.del_(kf_account="a@b")
        assert wechat.paths[-1] == "/customservice/kfaccount/del"
        assert wechat.seen[-1].json == {"kf_account": "a@b"}
        await client.card.boardingpass.checkin(code="1", class_="F")
        assert wechat.seen[-1].json == {"code": "1", "class": "F"}

    async def test_an_endpoint_nobody_has_described_is_posted_below_cgi_bin(self, client, wechat):
        wechat.script = [says(errcode=0, fine=True)]
        assert (await client.brand.new.thing(a=1))["fine"]
        assert wechat.seen[-1].method == "POST"
        assert wechat.paths[-1] == "/cgi-bin/brand/new/thing"
        assert wechat.seen[-1].json == {"a": 1}

    async def test_a_path_works_as_well(self, client, wechat):
        await client.post(SEND, json=TEXT)
        await client.get("/cgi-bin/user/info", openid=OPENID)
        assert wechat.paths[-2:] == [SEND, "/cgi-bin/user/info"]

    async def test_a_call_for_users_carries_no_token_of_the_account(self, client, wechat):
        await client.get("/sns/userinfo", access_token="user-token", openid=OPENID)
        assert wechat.seen[-1].query["access_token"] == "user-token"
        assert wechat.tokens == 0

    async def test_a_private_name_is_no_endpoint(self, client):
        assert not hasattr(client, "__length_hint__")
        assert not hasattr(client.menu, "_nothing")

    async def test_parameters_in_a_path_are_the_call_s(self, client, wechat):
        path = "/cgi-bin/user/get?next_openid=o%26A&lang=zh_CN&empty="
        wechat.script = [says(), says(), says()]
        await client.get(path, lang="en")
        await client.post(path, json={}, params={"lang": "en"})
        await client.call(path, lang="en")
        expected = {"access_token": "token-1", "next_openid": "o&A", "lang": "en", "empty": ""}
        for seen in wechat.seen[1:]:
            assert (seen.path, seen.query) == ("/cgi-bin/user/get", expected)

    async def test_a_path_with_parameters_is_the_endpoint_that_is_described(self, client, wechat):
        wechat.script = [LOST, LOST]
        await client.get(f"/cgi-bin/user/get?next_openid={OPENID}")
        assert wechat.counts["/cgi-bin/user/get"] == 3  # it is one that may be repeated
        picture = await client.call("/cgi-bin/media/get?media_id=a", media_id="a")
        assert picture.content == PICTURE

    async def test_a_path_says_what_it_is(self, client):
        assert repr(client.message.custom.send) == "<yizhan.api: message.custom.send>"
        assert repr(client) == f"AsyncClient({APPID!r})"


class TestAnswers:
    @pytest.mark.parametrize(
        ("errcode", "kind"),
        [
            (-1, errors.TemporaryError),
            (40003, errors.UserStateError),
            (45015, errors.UserStateError),
            (45009, errors.QuotaError),
            (45047, errors.QuotaError),
            (48001, errors.RightsError),
            (40164, errors.ConfigurationError),
            (40007, errors.CallerError),
            (47001, errors.CallerError),
            (987654, errors.APIError),
        ],
    )
    async def test_an_errcode_raises_an_error_of_its_class(self, client, wechat, errcode, kind):
        wechat.script = [refuses(errcode, "bad rid: 6923aa10-1b2c3d4e-5f607182")] * 3
        with pytest.raises(kind) as caught:
            await client.message.custom.send(**TEXT)
        error = caught.value
        assert type(error) is kind
        assert (error.errcode, error.path) == (errcode, SEND)
        assert error.errmsg == "bad rid: 6923aa10-1b2c3d4e-5f607182"
        assert error.rid == "6923aa10-1b2c3d4e-5f607182"
        assert error.advice

    async def test_what_else_a_refusal_says_is_kept(self, client, wechat):
        wechat.script = [says(errcode=45065, errmsg="used before", msg_id=7)]
        with pytest.raises(APIError, match="45065") as caught:
            await client.message.mass.sendall(filter={"is_to_all": True}, msgtype="text")
        assert caught.value.answer == {"msg_id": 7}
        assert copy.copy(caught.value).answer == {"msg_id": 7}

    async def test_an_answer_without_errcode_is_one(self, client, wechat):
        wechat.script = [says(ip_list=["1.2.3.4"])]
        assert await client.getcallbackip() == {"ip_list": ["1.2.3.4"]}

    async def test_control_characters_in_wechat_s_own_json(self, client, wechat):
        wechat.script = [Response(200, {}, b'\xef\xbb\xbf{"errcode":0,"content":"a\x01b"}')]
        assert (await client.draft.get(media_id="m"))["content"] == "a\x01b"

    @pytest.mark.parametrize(
        ("response", "said"),
        [
            (Response(200, {}, b"<html>"), "no JSON object"),
            (Response(200, {}, b"[1]"), "no JSON object"),
            (Response(200, {}, b"[" * 5000), "no JSON object"),
            (Response(413, {}, b"too large"), "HTTP 413"),
        ],
    )
    async def test_what_is_no_answer(self, client, wechat, response, said):
        wechat.script = [response]
        with pytest.raises(APIError, match=said) as caught:
            await client.message.custom.send(**TEXT)
        assert caught.value.errcode == 0

    async def test_an_errcode_beats_the_status(self, client, wechat):
        wechat.script = [says(412, errcode=48001, errmsg="no")]
        with pytest.raises(errors.RightsError):
            await client.message.custom.send(**TEXT)

    async def test_a_refusal_may_stand_in_base_resp(self, client, wechat):
        wechat.script = [says(base_resp={"ret": 45009, "err_msg": "too often"})]
        asked = {"page": 1, "page_size": 10, "start_date": "2026-11-01", "end_date": "2026-11-02"}
        with pytest.raises(errors.QuotaError, match="too often"):
            await client.publisher.stat(action="publisher_settlement", **asked)

    async def test_no_error_holds_a_token_or_a_secret(self, client, wechat):
        wechat.script = [LOST]
        with pytest.raises(Unreachable) as caught:
            await client.message.custom.send(**TEXT)
        told = "".join(traceback.format_exception(caught.value))
        assert "token-1" not in told
        assert SECRET not in told


class TestTries:
    @pytest.mark.parametrize("failure", [LOST, NEVER, Response(502, {}, b""), refuses(-1)])
    async def test_what_does_no_harm_twice_is_tried_three_times(self, client, wechat, failure):
        wechat.script = [failure, failure]
        assert (await client.user.info(openid=OPENID))["openid"] == OPENID
        assert wechat.counts["/cgi-bin/user/info"] == 3

    @pytest.mark.parametrize("failure", [LOST, NEVER, Response(502, {}, b""), refuses(61450)])
    async def test_and_not_a_fourth_time(self, client, wechat, failure):
        wechat.script = [failure] * 4
        with pytest.raises((Unreachable, Unsent, APIError)):
            await client.user.info(openid=OPENID)
        assert wechat.counts["/cgi-bin/user/info"] == 3

    @pytest.mark.parametrize("failure", [LOST, Response(502, {}, b""), refuses(-1)])
    async def test_a_message_that_may_have_arrived_is_sent_once(self, client, wechat, failure):
        wechat.script = [failure] * 4
        with pytest.raises((Unreachable, APIError)):
            await client.message.custom.send(**TEXT)
        assert wechat.counts[SEND] == 1

    async def test_one_that_certainly_has_not_is_sent_three_times(self, client, wechat):
        wechat.script = [NEVER] * 4
        with pytest.raises(Unsent):
            await client.message.custom.send(**TEXT)
        assert wechat.counts[SEND] == 3
        wechat.script = [NEVER, NEVER]
        await client.message.custom.send(**TEXT)
        assert wechat.counts[SEND] == 6

    async def test_one_that_may_have_arrived_at_the_second_try_is_not_sent_a_third_time(
        self, client, wechat
    ):
        wechat.script = [NEVER, LOST, NEVER]
        with pytest.raises(Unreachable):
            await client.message.custom.send(**TEXT)
        assert wechat.counts[SEND] == 2

    @pytest.mark.parametrize(
        ("script", "kind", "said"),
        [
            ([LOST, NEVER, NEVER], Unreachable, "it is unknown"),
            ([NEVER, LOST, NEVER], Unreachable, "it is unknown"),
            ([NEVER] * 3, Unsent, "cannot reach"),
            ([refuses(-1), NEVER, NEVER], Unsent, "cannot reach"),
            ([refuses(42001), *[NEVER] * 3], Unsent, "cannot reach"),
            ([refuses(42001), LOST, NEVER, NEVER], Unreachable, "it is unknown"),
        ],
    )
    async def test_what_is_said_of_all_tries_is_what_is_known(
        self, client, wechat, script, kind, said
    ):
        wechat.script = script
        with pytest.raises(kind, match=said):
            await client.user.info(openid=OPENID)

    @pytest.mark.parametrize("failure", [LOST_TOKEN, to_token(Response(502, {}, b""))])
    async def test_without_a_token_nothing_is_sent_and_it_says_so(self, client, wechat, failure):
        wechat.script = [failure] * 3
        with pytest.raises(Unsent) as caught:
            await client.message.custom.send(**TEXT)
        assert "so the call was not sent" in str(caught.value)
        assert "it is unknown" not in str(caught.value)
        assert wechat.counts[SEND] == 0

    async def test_an_error_that_stays_is_not_tried_again(self, client, wechat):
        wechat.script = [refuses(45009)] * 2
        with pytest.raises(errors.QuotaError):
            await client.user.info(openid=OPENID)
        assert wechat.counts["/cgi-bin/user/info"] == 1


class TestTokens:
    @pytest.mark.parametrize("dead", [40001, 40014, 42001])
    async def test_a_dead_token_is_replaced_and_the_call_made_once_more(self, client, wechat, dead):
        wechat.script = [refuses(dead)]
        await client.message.custom.send(**TEXT)
        assert [each.query.get("access_token") for each in wechat.seen if each.path == SEND] == [
            "token-1",
            "token-2",
        ]

    async def test_a_persistent_40001_is_two_calls_in_all(self, client, wechat):
        wechat.script = [refuses(40001)] * 9
        wechat.script[:0] = [to_token(says(access_token="token-a", expires_in=7200))]
        wechat.script[2:2] = [to_token(says(access_token="token-a", expires_in=7200))]
        with pytest.raises(TokenError):
            await client.message.custom.send(**TEXT)
        assert wechat.counts[SEND] == 2
        assert wechat.counts["/cgi-bin/stable_token"] == 2

    async def test_a_stable_token_is_asked_for_in_json(self, client, wechat):
        await client.access_token()
        request = wechat.seen[-1]
        assert (request.method, request.path) == ("POST", "/cgi-bin/stable_token")
        assert request.json == {
            "grant_type": "client_credential",
            "appid": APPID,
            "secret": SECRET,
        }

    async def test_a_classic_token_if_wanted(self, wechat):
        async with AsyncClient(APPID, SECRET, transport=wechat, token="classic") as client:
            assert await client.access_token() == "token-1"
        assert (wechat.seen[-1].method, wechat.seen[-1].path) == ("GET", "/cgi-bin/token")

    async def test_a_wrong_secret_is_a_matter_for_a_person_and_never_loops(self, client, wechat):
        wechat.script = [to_token(refuses(40001, "invalid credential"))] * 5
        for _ in range(3):
            with pytest.raises(ConfigurationError, match="40001"):
                await client.message.custom.send(**TEXT)
        assert wechat.counts == {"/cgi-bin/stable_token": 1}

    async def test_no_secret_no_call(self, wechat):
        async with AsyncClient(APPID, "", transport=wechat) as client:
            with pytest.raises(ConfigurationError, match="YIZHAN_SECRET"):
                await client.message.custom.send(**TEXT)
        assert wechat.seen == []

    async def test_a_person_may_ask_for_the_next_token(self, client):
        assert await client.access_token() == "token-1"
        assert await client.access_token(replace=True) == "token-2"
        assert await client.access_token() == "token-2"

    async def test_two_clients_of_one_shelf_share_a_token(self, wechat):
        shelf = MemoryShelf()
        for _ in range(2):
            client = AsyncClient(APPID, SECRET, transport=wechat, shelf=shelf)
            await client.message.custom.send(**TEXT)
        assert wechat.tokens == 1


class TestDownloads:
    async def test_a_file_is_saved_under_its_own_name(self, client, folder):
        seen = []
        saved = await client.download(
            "/cgi-bin/media/get",
            folder,
            params={"media_id": "m"},
            progress=lambda done, total: seen.append((done, total)),
        )
        assert saved == folder / "p.jpg"
        assert saved.read_bytes() == PICTURE
        assert seen[-1] == (len(PICTURE), None)
        assert list(folder.iterdir()) == [saved]

    async def test_or_in_its_place(self, client, folder):
        saved = await client.download(
            "/cgi-bin/material/get_material", folder / "x.bin", json={"media_id": "m"}
        )
        assert saved.read_bytes() == PICTURE

    async def test_an_error_leaves_nothing_behind(self, client, wechat, folder):
        wechat.script = [refuses(40007)]
        with pytest.raises(CallerError):
            await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize("length", [{}, {"content-length": str(len(PICTURE))}])
    async def test_nor_does_a_file_that_is_too_large(self, client, wechat, folder, length):
        wechat.script = [Response(200, {"content-type": "image/jpeg", **length}, PICTURE)]
        with pytest.raises(MediaError, match="limit of 2000"):
            await client.download(
                "/cgi-bin/media/get", folder, params={"media_id": "m"}, limit=2000
            )
        assert list(folder.iterdir()) == []

    async def test_a_file_of_no_known_kind_is_still_one(self, client, wechat, folder):
        wechat.script = [Response(200, {"content-type": "text/plain"}, b"#!AMR\n...")]
        saved = await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
        assert saved.read_bytes() == b"#!AMR\n..."

    async def test_a_video_is_fetched_from_where_wechat_says(
        self, client, wechat, folder, monkeypatch
    ):
        store = WeChatApi([Response(200, {"content-type": "video/mp4"}, PICTURE)])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        wechat.script = [says(video_url="http://vweixinf.tc.qq.com/1.mp4?a=b")]
        saved = await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
        assert saved == folder / "m.mp4"
        assert store.seen[0].url == "http://vweixinf.tc.qq.com/1.mp4?a=b"

    @pytest.mark.parametrize("member", ["video_url", "down_url"])
    async def test_a_video_may_lie_at_a_public_ipv4_address(
        self, client, wechat, folder, monkeypatch, member
    ):
        moved = Response(302, {"location": "http://157.255.192.44/vweixinp.tc.qq.com/1.mp4"}, b"")
        store = WeChatApi([moved, Response(200, {"content-type": "video/mp4"}, PICTURE)])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        wechat.script = [says(**{member: "http://203.205.158.73/vweixinp.tc.qq.com/1.mp4?a=b"})]
        saved = await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
        assert saved.read_bytes() == PICTURE
        assert [each.url.split("/")[2] for each in store.seen] == [
            "203.205.158.73",
            "157.255.192.44",
        ]

    @pytest.mark.parametrize(
        "host",
        [
            *("10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.1"),
            *("198.18.0.1", "192.0.2.1", "240.0.0.1", "255.255.255.255", "224.0.0.1"),
            *("2130706433", "0x7f000001", "0177.0.0.1", "127.1", "203.205.158", "203.0205.158.73"),
            *("203.205.158.73.", "203.205.158.73:8080", "203.205.158.73%00", "２03.205.158.73"),
            *("[::1]", "[2408:8756::1]", "[::ffff:203.205.158.73]", "[64:ff9b::7f00:1]"),
            *("evil.example", "203.205.158.73.evil.example", "203.205.158.73@127.0.0.1"),
        ],
    )
    @pytest.mark.parametrize("hops", [0, 1])
    async def test_and_nowhere_else_at_no_hop(
        self, client, wechat, folder, monkeypatch, host, hops
    ):
        there = Response(302, {"location": f"http://{host}/1.mp4"}, b"")
        store = WeChatApi([there])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        first = "203.205.158.73" if hops else host
        wechat.script = [says(video_url=f"http://{first}/1.mp4")]
        with pytest.raises(MediaError, match="is not fetched"):
            await client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
        assert len(store.seen) == hops
        assert list(folder.iterdir()) == []

    async def test_what_others_give_may_not_be_a_number(self, client, folder, monkeypatch):
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: WeChatApi())
        with pytest.raises(MediaError, match=r"203\.205\.158\.73 is not fetched"):
            await client.fetch("http://203.205.158.73/1.mp4", folder)

    async def test_articles_are_no_file(self, client, wechat, folder):
        wechat.script = [says(news_item=[])]
        with pytest.raises(CallerError, match="no file"):
            await client.download("/cgi-bin/material/get_material", folder, json={"media_id": "m"})
        assert list(folder.iterdir()) == []

    async def test_a_whole_file_can_be_had_in_memory(self, client, wechat):
        media = await client.media.get(media_id="m")
        assert media.content == PICTURE
        wechat.script = [says(video_url="http://x.qq.com/1")]
        assert (await client.media.get(media_id="m")).fields == {"video_url": "http://x.qq.com/1"}


class TestFetching:
    @pytest.mark.parametrize(
        "url",
        [
            "http://mmbiz.qpic.cn/sz_mmbiz_jpg/EXAMPLE/0",
            "https://thirdwx.qlogo.cn/mmopen/1/132",
            "https://mp.weixin.qq.com:443/x",
            "http://QPIC.CN./0",
        ],
    )
    async def test_wechat_s_own_addresses(self, url, client, folder, monkeypatch):
        store = WeChatApi([Response(200, {"content-type": "image/jpeg"}, PICTURE)])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        assert (await client.fetch(url, folder / "x.jpg")).read_bytes() == PICTURE
        assert store.seen[0].query == {}

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("http://169.254.169.254/latest/meta-data", "169.254.169.254 is not fetched"),
            ("http://127.0.0.1:6379/", "127.0.0.1"),
            ("http://[::1]/", "is not fetched"),
            ("http://evil.example/qpic.cn", "evil.example"),
            ("http://evilqpic.cn/", "evilqpic.cn"),
            ("http://mmbiz.qpic.cn@evil.example/", "evil.example"),
            ("http://mmbiz.qpic.cn:8080/", "8080"),
            ("file:///etc/passwd", "file://"),
            ("gopher://qpic.cn/", "gopher://"),
            ("//qpic.cn/", "is not fetched"),
            ("http://mmbiz.qpic.cn:99999/", "99999"),
            ("http://[::1/", "is not fetched"),
            ("http://qpic..cn/", "is not fetched"),
        ],
    )
    async def test_no_other_is_fetched(self, url, said, client, folder, monkeypatch):
        store = WeChatApi()
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match=said.replace("[", r"\[")):
            await client.fetch(url, folder)
        assert store.seen == []

    async def test_a_simulator_at_the_api_s_address_has_files_of_its_own(self, wechat, folder):
        wechat.script = [Response(200, {"content-type": "image/jpeg"}, PICTURE)]
        async with AsyncClient(APPID, SECRET, transport=wechat, base=SIMULATOR) as client:
            url = f"{SIMULATOR}/simulator/bot/media_id-1/0"
            assert (await client.fetch(url, folder / "x.jpg")).read_bytes() == PICTURE
            assert wechat.seen[0].url == url

    @pytest.mark.parametrize(
        "path",
        [
            "/cgi-bin/token",
            "/simulator/../admin/1/0",
            "/simulator/%2e%2e/1/0",
            "/simulator/bot/1/0?x=y",
            "/simulator/bot/1/0/../../../admin",
            ":80/simulator/bot/1/0",
        ],
    )
    async def test_and_nothing_else_there_is_fetched(self, path, wechat, folder):
        async with AsyncClient(APPID, SECRET, transport=wechat, base=SIMULATOR) as client:
            with pytest.raises(MediaError):
                await client.fetch(SIMULATOR + path, folder)
        assert wechat.seen == []

    @pytest.mark.parametrize(
        "location", ["http://10.0.0.1/", "http://mmbiz.qpic.cn:99999/", "http://[::1/"]
    )
    async def test_nor_by_a_redirect(self, client, folder, monkeypatch, location):
        store = WeChatApi([Response(302, {"location": location}, b"")])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match=re.escape(location.removesuffix("/").split("/")[2])):
            await client.fetch("http://qpic.cn/", folder)
        assert len(store.seen) == 1

    async def test_redirects_end(self, client, folder, monkeypatch):
        store = WeChatApi([Response(302, {"location": "/again"}, b"")] * 9)
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match="more than 3"):
            await client.fetch("http://qpic.cn/", folder)
        assert store.seen[-1].url == "http://qpic.cn/again"

    @pytest.mark.parametrize("kind", ["text/html", "image/jpeg"])
    async def test_a_page_is_no_file(self, client, folder, monkeypatch, kind):
        store = WeChatApi([Response(200, {"content-type": kind}, b"<html>Log in")])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match="a web page came"):
            await client.fetch("http://qpic.cn/0", folder)
        assert list(folder.iterdir()) == []

    async def test_an_empty_answer_is_no_file(self, client, folder, monkeypatch):
        store = WeChatApi([Response(200, {}, b"")])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match="empty"):
            await client.fetch("http://qpic.cn/0", folder / "x.jpg")
        assert list(folder.iterdir()) == []

    async def test_an_error_page_is_no_file(self, client, folder, monkeypatch):
        store = WeChatApi([Response(404, {"content-type": "image/jpeg"}, PICTURE)])
        monkeypatch.setattr("yizhan.api.client.guarded_transport", lambda proxy: store)
        with pytest.raises(MediaError, match="404"):
            await client.fetch("http://qpic.cn/", folder)
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize(
        "address",
        [
            *("10.0.0.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "224.0.0.1", "239.1.1.1"),
            *("::1", "::", "fe80::1%eth0", "fec0::1", "fc00::1", "ff02::1", "ff0e::1"),
            *("::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1"),
            *("2002:7f00:1::", "2002:a00:1::1", "2001:db8::1", "2001::1", "4000::1"),
        ],
    )
    def test_nor_where_a_name_leads_inside(self, address):
        with pytest.raises(MediaError, match="private address"):
            fetching.public([{"host": address}], "mmbiz.qpic.cn")

    def test_a_proxy_may_stand_in_the_same_house(self):
        assert fetching.public([{"host": "10.0.0.1"}], "proxy.example") == [{"host": "10.0.0.1"}]

    @pytest.mark.parametrize(
        "address",
        [
            *("101.32.1.1", "2408:8756::1"),
            *("64:ff9b::6520:101", "2002:6520:101::1", "::ffff:101.32.1.1"),
        ],
    )
    def test_a_public_address_passes(self, address):
        assert fetching.public([{"host": address}], "qpic.cn") == [{"host": address}]

    async def test_the_guard_is_in_the_transport(self):
        assert isinstance(fetching.guarded_transport(), HttpTransport)


class TestJsSdk:
    async def test_the_ticket_is_kept(self, client, wechat):
        wechat.script = [says(errcode=0, ticket="t", expires_in=7200)]
        for _ in range(2):
            told = await client.jssdk("https://example.com/page#here")
        assert told.keys() == {"appId", "timestamp", "nonceStr", "signature"}
        assert wechat.counts["/cgi-bin/ticket/getticket"] == 1
        assert wechat.seen[-1].query["type"] == "jsapi"


class TestBlocking:
    def test_the_same_without_await(self, wechat, folder):
        with Client(APPID, SECRET, transport=wechat) as client:
            assert repr(client) == f"Client({APPID!r})"
            client.message.custom.send(**TEXT)
            client.post(SEND, json=TEXT)
            assert client.get("/cgi-bin/user/info", openid=OPENID)["openid"] == OPENID
            assert client.media.get(media_id="m").content == PICTURE
            assert client.upload("/cgi-bin/media/uploadimg", PICTURE)["url"]
            saved = client.download("/cgi-bin/media/get", folder, params={"media_id": "m"})
            assert saved.read_bytes() == PICTURE
            assert client.access_token() == "token-1"
            assert client.jssdk("https://example.com/")["appId"] == APPID
            with pytest.raises(MediaError):
                client.fetch("http://127.0.0.1/", folder)
        assert wechat.tokens == 1
        assert wechat.closed == 1

    def test_an_error_is_raised_here(self, wechat):
        wechat.script = [refuses(45015)]
        with Client(APPID, SECRET, transport=wechat) as client, pytest.raises(APIError) as caught:
            client.message.custom.send(**TEXT)
        assert caught.value.errcode == 45015

    def test_one_that_never_called_closes_as_well(self, wechat):
        Client(APPID, SECRET, transport=wechat).close()
        assert wechat.closed == 0

    def test_a_call_that_waits_when_another_thread_closes_is_cancelled(self, wechat):
        wechat.seconds = 3600.0
        client = Client(APPID, SECRET, transport=wechat)
        with ThreadPoolExecutor(1) as pool:
            call = pool.submit(client.user.info, openid=OPENID)
            while not wechat.seen:
                pass
            client.close()
            with pytest.raises(CancelledError):
                call.result(10)

    def test_an_error_of_closing_what_nobody_closed_is_logged(self, wechat, caplog):
        async def close():
            raise StoreError("store.closed")

        wechat.close = close
        client = Client(APPID, SECRET, transport=wechat)
        client.tags.get()
        thread = next(each for each in threading.enumerate() if each.name == "yizhan-api")
        del client
        gc.collect()
        thread.join(10)
        assert not thread.is_alive()
        assert caplog.messages == [str(StoreError("store.closed"))]

    def test_many_threads_share_one_token(self, wechat):
        with Client(APPID, SECRET, transport=wechat) as client:
            threads = [
                threading.Thread(target=client.user.info, kwargs={"openid": OPENID})
                for _ in range(10)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        assert wechat.tokens == 1
        assert wechat.counts["/cgi-bin/user/info"] == 10

    def test_under_gevent_where_its_loop_seems_to_run_in_every_thread(self, wechat):
        loops = []

        def note(report):
            loops.append(asyncio.get_running_loop())

        with Client(APPID, SECRET, transport=wechat, on_call=note) as client:
            client.tags.get()
            asyncio._set_running_loop(loops[0])
            try:
                client.tags.get()
            finally:
                asyncio._set_running_loop(None)
        assert wechat.counts["/cgi-bin/tags/get"] == 2

    def test_called_in_its_own_loop_it_does_not_wait_for_itself(self, wechat):
        refused = []

        def note(report):
            with pytest.raises(BlockingCall):
                client.tags.get()
            refused.append(report.path)

        with Client(APPID, SECRET, transport=wechat, on_call=note) as client:
            client.tags.get()
        assert "/cgi-bin/tags/get" in refused


@pytest.mark.parametrize(
    ("call", "written"),
    [
        (lambda api: api.user.info(OPENID), r"api\.user\.info\(openid=…, lang=…\)"),
        (lambda api: api.menu.create({"button": []}), r"api\.menu\.create\(button=…\)"),
        (lambda api: api.brand.new("thing"), r"api\.brand\.new\(name=…\)"),
    ],
)
def test_a_field_without_its_name_is_told_how_it_is_written(wechat, call, written):
    client = Client(APPID, SECRET, transport=wechat)
    with pytest.raises(TypeError, match=written):
        call(client)


@pytest.mark.parametrize("path", ["cgi-bin/user/info", "https://api.weixin.qq.com/cgi-bin/x", ""])
async def test_a_path_begins_at_the_root_of_wechat_s_own_host(wechat, path):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        calls = [client.get(path), client.post(path), client.upload(path, PICTURE)]
        for call in (*calls, client.call(path), client.download(path, "here")):
            with pytest.raises(CallerError, match="begins with /"):
                await call
    assert wechat.seen == []


async def test_parameters_of_get_may_be_given_as_those_of_post_are(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        await client.get("/cgi-bin/user/info", params={"openid": OPENID}, lang="en", timeout=9)
    assert wechat.seen[-1].query == {"access_token": "token-1", "openid": OPENID, "lang": "en"}


async def test_text_bodies_are_sent_as_they_are(wechat):
    async with AsyncClient(APPID, SECRET, transport=wechat) as client:
        await client.media.voice.translatecontent(lfrom="zh_CN", lto="en_US", content="你好")
    assert wechat.seen[-1].body == "你好".encode()
