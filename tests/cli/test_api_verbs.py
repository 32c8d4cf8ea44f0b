"""The verbs that call WeChat: call, token, menu, media, qrcode, users export, openapi, doctor."""

import csv
import json
import os
import pty
import re
import time
from contextlib import suppress
from email.utils import formatdate

import pytest

import served
from api.described import OPENID
from api.wechat_api import PICTURE, WeChatApi, refuses, says, to_token
from yizhan.api import Response
from yizhan.errors import Unsent
from yizhan.store import filesystem

APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
MENU = """
[[button]]
name = "帮助"
type = "click"
key = "HELP"

[[button]]
name = "更多"

[[button.sub_button]]
name = "官网"
type = "view"
url = "https://example.com/"
"""
BUTTONS = [
    {"type": "click", "name": "帮助", "key": "HELP", "sub_button": []},
    {
        "name": "更多",
        "sub_button": [
            {"type": "view", "name": "官网", "url": "https://example.com/", "sub_button": []}
        ],
    },
]


class DatedApi(WeChatApi):
    """A WeChat that tells its time; and says what it says to those without a token."""

    late = 0.0

    async def send(self, method, url, headers, body, sink=None):
        if "access_token" not in url and "getcallbackip" in url:
            head = {"date": formatdate(time.time() - self.late, usegmt=True)}
            return Response(200, head, b'{"errcode": 41001}')
        return await super().send(method, url, headers, body, sink)


class UndatedApi(WeChatApi):
    """A WeChat that does not tell its time."""

    async def send(self, method, url, headers, body, sink=None):
        return Response(200, {}, b'{"errcode": 41001}')


@pytest.fixture
def wechat(monkeypatch):
    wechat = DatedApi()
    monkeypatch.setattr("yizhan.api.caller.HttpTransport", lambda **_: wechat)
    monkeypatch.setattr("yizhan.cli.examining.HttpTransport", lambda **_: wechat)
    return wechat


@pytest.fixture(autouse=True)
def account(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    values = {"appid": APPID, "secret": SECRET, "token": "tokenOfTheTests2026"}
    values |= {"store": f"sqlite:///{tmp_path}/store.db", "kind": "service", "verified": "true"}
    for name, value in values.items():
        monkeypatch.setenv(f"YIZHAN_{name.upper()}", value)


class TestCall:
    def test_get(self, yizhan, wechat):
        code, out, _ = yizhan("call", "GET", "/cgi-bin/user/info", "--query", f"openid={OPENID}")
        assert code == 0
        assert json.loads(out)["openid"] == OPENID

    def test_post_with_json_of_any_source(self, yizhan, wechat, tmp_path, monkeypatch):
        content = '{"tag": {"name": "星标"}}'
        (tmp_path / "tag.json").write_text(content, "utf-8")
        import io

        stream = io.TextIOWrapper(io.BytesIO(content.encode()))
        monkeypatch.setattr("sys.stdin", stream)
        for source in (content, "@tag.json", "-"):
            code, _, _ = yizhan("call", "post", "/cgi-bin/tags/create", "--json", source)
            assert code == 0
            assert wechat.seen[-1].json == {"tag": {"name": "星标"}}

    def test_what_is_the_account_s_own_is_put_in(self, yizhan, wechat):
        assert yizhan("call", "POST", "/cgi-bin/clear_quota", "--json", "{}")[0] == 0
        assert wechat.seen[-1].json == {"appid": APPID}

    def test_a_file_goes_up(self, yizhan, wechat, tmp_path):
        (tmp_path / "photo.jpg").write_bytes(PICTURE)
        code, _, _ = yizhan("call", "POST", "/cgi-bin/media/uploadimg", "--file", "media=photo.jpg")
        assert code == 0
        assert wechat.seen[-1].parts["media"] == ("photo.jpg", PICTURE)

    def test_bytes_come_down(self, yizhan, wechat, tmp_path):
        asked = ("call", "GET", "/cgi-bin/media/get", "--query", "media_id=m")
        assert f"{len(PICTURE)} bytes" in yizhan(*asked)[1]
        code, out, _ = yizhan(*asked, "--out", ".")
        assert (code, out) == (0, "p.jpg\n")
        assert (tmp_path / "p.jpg").read_bytes() == PICTURE

    def test_json_in_the_bytes_stead(self, yizhan, wechat):
        wechat.script = [says(video_url="http://x.qq.com/")]
        out = yizhan("call", "GET", "/cgi-bin/media/get", "--query", "media_id=m")[1]
        assert json.loads(out) == {"video_url": "http://x.qq.com/"}

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_what_is_not_described_is_called_as_said(self, yizhan, wechat, method):
        wechat.script = [says(errcode=0, fine=1)]
        code, out, _ = yizhan("call", method, "/cgi-bin/brand/new", "--query", "a=b")
        assert (code, json.loads(out)["fine"]) == (0, 1)
        assert (wechat.seen[-1].method, wechat.seen[-1].query["a"]) == (method, "b")

    def test_an_undescribed_upload(self, yizhan, wechat, tmp_path):
        (tmp_path / "x.png").write_bytes(b"\x89PNG")
        wechat.script = [says(errcode=0)]
        assert yizhan("call", "POST", "/cgi-bin/brand/new", "--file", "img=x.png")[0] == 0
        assert wechat.seen[-1].parts["img"] == ("x.png", b"\x89PNG")

    def test_an_errcode_is_shown_with_advice(self, yizhan, wechat):
        wechat.script = [refuses(48001, "api unauthorized rid: 1-2-3")]
        code, out, err = yizhan("call", "POST", "/cgi-bin/tags/get")
        assert code == 1
        assert json.loads(out) == {"errcode": 48001, "errmsg": "api unauthorized rid: 1-2-3"}
        assert "those that have it" in err

    def test_without_keys_no_answer_is_shown(self, yizhan, wechat, monkeypatch):
        monkeypatch.delenv("YIZHAN_SECRET")
        code, out, err = yizhan("call", "GET", "/cgi-bin/tags/get")
        assert (code, out) == (1, "")
        assert "YIZHAN_SECRET" in err
        assert wechat.seen == []

    @pytest.mark.parametrize(
        "wrong",
        [("--json", "{"), ("--json", "[1]"), ("--query", "openid"), ("--query", "=x")],
    )
    def test_a_wrong_command_line(self, yizhan, wechat, wrong):
        code, _, err = yizhan("call", "GET", "/cgi-bin/user/info", *wrong)
        assert code == 2
        assert "Error: " in err
        assert wechat.seen == []


class TestToken:
    def test_it_is_the_bot_s_own(self, yizhan, wechat):
        assert [yizhan("token")[:2] for _ in range(2)] == [(0, "token-1\n")] * 2
        assert wechat.tokens == 1

    def test_a_new_one(self, yizhan, wechat):
        yizhan("token")
        assert yizhan("token", "--new")[1] == "token-2\n"
        assert yizhan("token")[1] == "token-2\n"
        first, second = wechat.seen  # a stable token stays the same unless it is forced
        assert "force_refresh" not in first.json
        assert second.json["force_refresh"] is True

    def test_a_new_one_of_the_classic_kind(self, yizhan, wechat, monkeypatch):
        monkeypatch.setenv("YIZHAN_API_TOKEN", "classic")
        assert [yizhan("token", "--new")[1] for _ in range(2)] == ["token-1\n", "token-2\n"]
        assert wechat.counts == {"/cgi-bin/token": 2}


@pytest.fixture
def menu_file(tmp_path):
    path = tmp_path / "menu.toml"
    path.write_text(MENU, "utf-8")
    return path


class TestMenu:
    def test_show_writes_the_file(self, yizhan, wechat, menu_file):
        wechat.script = [says(menu={"button": BUTTONS, "menuid": 1})]
        code, out, _ = yizhan("menu", "show")
        assert code == 0
        menu_file.write_text(out, "utf-8")
        wechat.script = [says(menu={"button": BUTTONS, "menuid": 1})]
        assert yizhan("menu", "diff")[:2] == (0, "")

    def test_show_json(self, yizhan, wechat):
        wechat.script = [says(menu={"button": BUTTONS[:1]})]
        shown = json.loads(yizhan("menu", "show", "--json")[1])
        assert shown["button"] == [{"type": "click", "name": "帮助", "key": "HELP"}]

    def test_diff_shows_what_differs(self, yizhan, wechat, menu_file):
        wechat.script = [says(menu={"button": BUTTONS[:1]})]
        code, out, _ = yizhan("menu", "diff")
        assert code == 1
        assert '+      "name": "更多",' in out

    def test_push_replaces_it(self, yizhan, wechat, menu_file):
        wechat.script = [refuses(46003, "menu no exist")]
        code, out, _ = yizhan("menu", "push", "--yes")
        assert code == 0
        assert "done" in out
        assert wechat.paths[-1] == "/cgi-bin/menu/create"
        assert [each["name"] for each in wechat.seen[-1].json["button"]] == ["帮助", "更多"]

    def test_push_of_the_same_does_nothing(self, yizhan, wechat, menu_file):
        wechat.script = [says(menu={"button": BUTTONS})]
        code, out, _ = yizhan("menu", "push", "--yes")
        assert (code, wechat.paths[-1]) == (0, "/cgi-bin/menu/get")
        assert "has not changed" in out

    def test_conditional_menus_are_made_anew_when_they_differ(self, yizhan, wechat, menu_file):
        menu_file.write_text(
            MENU
            + '[[conditional]]\nmatchrule = { tag_id = "2" }\n'
            + '[[conditional.button]]\nname = "会员"\ntype = "click"\nkey = "VIP"\n',
            "utf-8",
        )
        old = {"button": BUTTONS[:1], "matchrule": {"group_id": 1}, "menuid": 77}
        wechat.script = [
            says(menu={"button": BUTTONS}, conditionalmenu=[old]),
            says(errcode=0),
            says(menu={"button": BUTTONS}, conditionalmenu=[old]),
        ]
        assert yizhan("menu", "push", "--yes")[0] == 0
        assert wechat.paths[-2:] == ["/cgi-bin/menu/delconditional", "/cgi-bin/menu/addconditional"]
        assert wechat.seen[-2].json == {"menuid": "77"}
        assert wechat.seen[-1].json["matchrule"] == {"tag_id": "2"}

    def test_a_conditional_menu_that_is_the_same_stays(self, yizhan, wechat, menu_file):
        same = {"button": BUTTONS[:1], "matchrule": {"tag_id": 2}, "menuid": 77}
        wechat.script = [says(menu={"button": BUTTONS[:1]}, conditionalmenu=[same])]
        menu_file.write_text(
            MENU
            + '[[conditional]]\nmatchrule = { tag_id = "2" }\n'
            + '[[conditional.button]]\nname = "帮助"\ntype = "click"\nkey = "HELP"\n',
            "utf-8",
        )
        assert yizhan("menu", "push", "--yes")[0] == 0
        assert wechat.paths[-1] == "/cgi-bin/menu/create"

    def test_another_error_is_told(self, yizhan, wechat, menu_file):
        wechat.script = [refuses(48001)]
        assert yizhan("menu", "diff")[0] == 2

    @pytest.mark.parametrize(
        ("button", "fault"),
        [
            ('name = "六个汉字太长"\ntype = "click"\nkey = "A"', "button[0].name has 16 bytes"),
            ('name = "A"\ntype = "click"', "button[0].key is missing"),
            ('name = "A"\ntype = "view"', "button[0].url is missing"),
            ('name = "A"', "button[0].type is missing"),
            ('name = "A"\ntype = "press"\nkey = "A"', "button[0].type must be one of"),
            ('type = "click"\nkey = "A"', "button[0].name is missing"),
            ('name = "A"\ntype = "click"\nkey = 1', "button[0].key must be of type str"),
            ('name = "A"\ntype = "click"\nkey = "A"\nicon = "x"', "button[0].icon is unknown"),
            (f'name = "A"\ntype = "click"\nkey = "{"k" * 129}"', "button[0].key has 128 bytes"),
            (f'name = "A"\ntype = "view"\nurl = "{"u" * 1025}"', "button[0].url has 1024 bytes"),
            (
                'name = "A"\n'
                + '[[button.sub_button]]\nname = "B"\ntype = "click"\nkey = "B"\n' * 6,
                "button[0].sub_button has 5 at most",
            ),
            (
                'name = "A"\n[[button.sub_button]]\nname = "B"\n'
                '[[button.sub_button.sub_button]]\nname = "C"\ntype = "click"\nkey = "C"',
                "button[0].sub_button[0]: a menu has two levels",
            ),
        ],
    )
    def test_check_names_every_fault(self, yizhan, menu_file, button, fault):
        menu_file.write_text(f"[[button]]\n{button}\n", "utf-8")
        code, _, err = yizhan("menu", "check")
        assert code == 1
        assert fault in err

    def test_check_counts_the_buttons(self, yizhan, menu_file):
        four = '[[button]]\nname = "A"\ntype = "click"\nkey = "A"\n' * 4
        menu_file.write_text(four, "utf-8")
        assert "button has 3 at most" in yizhan("menu", "check")[2]

    def test_check_looks_at_conditional_menus(self, yizhan, menu_file):
        menu_file.write_text(
            MENU + '[[conditional]]\nmatchrule = { sex = "1" }\nbutton = []\n'
            "[[conditional]]\nmatchrule = {}\nbutton = []\n",
            "utf-8",
        )
        err = yizhan("menu", "check")[2]
        assert "conditional[0].button needs 1 at least" in err
        assert "conditional[0].matchrule.sex is unknown" in err
        assert "conditional[1].matchrule is missing" in err

    def test_a_faulty_menu_is_not_pushed(self, yizhan, wechat, menu_file):
        menu_file.write_text('[[button]]\nname = "A"\n', "utf-8")
        assert yizhan("menu", "push", "--yes")[0] == 1
        assert wechat.seen == []

    @pytest.mark.parametrize("text", ["[[", "what = 1", None])
    def test_a_file_that_cannot_be_read(self, yizhan, menu_file, text):
        menu_file.unlink() if text is None else menu_file.write_text(text)
        code, _, err = yizhan("menu", "check")
        assert code == 2
        assert "menu.toml cannot be read" in err

    def test_check_asks_the_bot_for_handlers(self, yizhan, menu_file, tmp_path, bot):
        bot('@account.click("HELP")\nasync def a(event): ...')
        code, out, _ = yizhan("menu", "check", f"{bot.name}:account")
        assert (code, out) == (0, "no faults: 2 buttons\n")

    def test_a_button_that_nobody_hears(self, yizhan, menu_file, bot):
        bot('@account.click("OTHER")\nasync def a(event): ...')
        code, _, err = yizhan("menu", "check", f"{bot.name}:account")
        assert code == 1
        assert (
            'no handler takes the button "帮助" (CLICK, key HELP): add @account.click("HELP")'
            in err
        )

    def test_a_button_that_scans(self, yizhan, menu_file, bot):
        menu_file.write_text(
            '[[button]]\nname = "扫"\ntype = "scancode_push"\nkey = "S"\n', "utf-8"
        )
        bot("")
        err = yizhan("menu", "check", f"{bot.name}:account")[2]
        assert 'add @account.event("scancode_push")' in err

    def test_help_alone(self, yizhan):
        assert "push" in yizhan("menu")[1]


@pytest.fixture
def bot(tmp_path, monkeypatch):
    """Writes a bot; each test's has a name of its own, since modules stay loaded."""
    name = f"bot_{tmp_path.name}".replace("-", "_")
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(handlers):
        head = "from yizhan import Account\naccount = Account()\n"
        (tmp_path / f"{name}.py").write_text(head + handlers + "\n", "utf-8")

    write.name = name
    return write


class TestMedia:
    def test_upload(self, yizhan, wechat, tmp_path):
        (tmp_path / "photo.png").write_bytes(b"\x89PNG")
        code, out, _ = yizhan("media", "upload", "photo.png")
        assert code == 0
        assert json.loads(out)["media_id"]
        assert wechat.seen[-1].query["type"] == "image"

    def test_a_permanent_video_has_a_title(self, yizhan, wechat, tmp_path):
        (tmp_path / "talk.mp4").write_bytes(b"....ftypisom")
        assert yizhan("media", "upload", "talk.mp4", "--permanent", "--title", "标题")[0] == 0
        assert wechat.paths[-1] == "/cgi-bin/material/add_material"
        description = json.loads(wechat.seen[-1].parts["description"][1])
        assert description == {"title": "标题", "introduction": ""}

    def test_download(self, yizhan, wechat, tmp_path):
        assert yizhan("media", "download", "m")[1] == "p.jpg\n"
        assert yizhan("media", "download", "m", "--permanent", "--out", "q.jpg")[1] == "q.jpg\n"
        assert (tmp_path / "q.jpg").read_bytes() == PICTURE

    def test_a_download_has_a_limit(self, yizhan, wechat):
        wechat.script = [Response(200, {"content-type": "image/png"}, bytes(1_100_000))]
        code, _, err = yizhan("media", "download", "m", "--limit", "1")
        assert code == 2
        assert "over the limit of 1048576" in err

    def test_help_alone(self, yizhan):
        assert "upload" in yizhan("media")[1]


@pytest.fixture
def watched(yizhan, monkeypatch):
    """Calls the command line at a terminal; what was shown there besides the output."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")

    def called(*arguments):
        screen, line = pty.openpty()
        with os.fdopen(line, "w", encoding="utf-8") as file:
            monkeypatch.setattr("sys.stderr", file)
            assert yizhan(*arguments)[0] == 0
        return everything(screen).decode()

    return called


def everything(screen):
    """What a terminal was sent, once the line to it is closed."""
    shown = b""
    with os.fdopen(screen, "rb", buffering=0) as file, suppress(OSError):
        while piece := file.read(4096):
            shown += piece
    return shown


class TestBars:
    """Files and followers on their way have a bar, on a terminal only."""

    def test_a_file_that_goes_up(self, watched, wechat, tmp_path):
        (tmp_path / "photo.png").write_bytes(bytes(3_000_000))
        assert re.search(
            r"photo\.png .*━.* .*3\.0/3\.0 MB", watched("media", "upload", "photo.png")
        )

    def test_a_file_that_comes_down(self, watched, wechat):
        media_id = "M" * 64
        shown = watched("media", "download", media_id)
        assert re.search(r"MMM… .*━.* .*10\.2/\? kB", shown)
        assert media_id not in shown  # it would take the line

    def test_followers(self, watched, wechat):
        page = says(total=2, count=2, data={"openid": ["o0", "o1"]}, next_openid="")
        wechat.script = [page, page]
        shown = watched("users", "export", "--openids", "--out", "all.csv")
        assert re.search(r"followers .*━.* .*2/2", shown)

    def test_none_for_a_program(self, yizhan, wechat, tmp_path):
        (tmp_path / "photo.png").write_bytes(bytes(3_000_000))
        assert yizhan("media", "upload", "photo.png")[2] == ""


class TestQrCode:
    URL = "http://weixin.qq.com/q/02EXAMPLE"

    @pytest.mark.parametrize(
        ("words", "sent"),
        [
            (
                ("shop-42",),
                {
                    "action_name": "QR_STR_SCENE",
                    "action_info": {"scene": {"scene_str": "shop-42"}},
                    "expire_seconds": 2_592_000,
                },
            ),
            (
                ("42", "--days", "1"),
                {
                    "action_name": "QR_SCENE",
                    "action_info": {"scene": {"scene_id": 42}},
                    "expire_seconds": 86_400,
                },
            ),
            (
                ("007", "--permanent"),
                {
                    "action_name": "QR_LIMIT_STR_SCENE",
                    "action_info": {"scene": {"scene_str": "007"}},
                },
            ),
        ],
    )
    def test_the_scene_goes_as_it_is_typed(self, yizhan, wechat, words, sent):
        wechat.script = [says(ticket="gQ", url=self.URL)]
        code, out, _ = yizhan("qrcode", *words)
        assert code == 0
        assert out.endswith(self.URL + "\n")
        assert "▄" in out or "█" in out
        assert wechat.seen[-1].json == sent

    @pytest.mark.parametrize(("name", "head"), [("q.png", b"\x89PNG"), ("q.svg", b"<?xml")])
    def test_a_picture(self, yizhan, wechat, tmp_path, name, head):
        wechat.script = [says(ticket="gQ", url=self.URL)]
        assert yizhan("qrcode", "42", "--out", name)[0] == 0
        assert (tmp_path / name).read_bytes().startswith(head)

    def test_json(self, yizhan, wechat):
        wechat.script = [says(ticket="gQ", url=self.URL)]
        assert json.loads(yizhan("qrcode", "42", "--json")[1])["ticket"] == "gQ"

    def test_another_kind_of_picture(self, yizhan, wechat):
        wechat.script = [says(ticket="gQ", url=self.URL)]
        assert yizhan("qrcode", "42", "--out", "q.tiff")[0] == 2


PEOPLE = [{"openid": f"o{n}", "remark": remark} for n, remark in enumerate(("", "=1+1", "友"))]


class TestExport:
    @pytest.fixture(autouse=True)
    def followers(self, wechat):
        first = says(total=3, count=2, data={"openid": ["o0", "o1"]}, next_openid="o1")
        second = says(total=3, count=1, data={"openid": ["o2"]}, next_openid="o2")
        last = says(total=3, count=0, next_openid="")
        infos = says(user_info_list=PEOPLE)
        wechat.script = [first, first, second, last, infos]

    def test_csv_of_all_pages(self, yizhan, wechat, tmp_path):
        code, _, err = yizhan("users", "export", "--out", "all.csv")
        assert (code, err) == (0, "3 followers\n")
        rows = list(csv.DictReader((tmp_path / "all.csv").read_text("utf-8").splitlines()))
        assert [row["openid"] for row in rows] == ["o0", "o1", "o2"]
        assert [row["remark"] for row in rows] == ["", "'=1+1", "友"]
        asked = wechat.seen[-1].json["user_list"]
        assert asked == [{"openid": "o0"}, {"openid": "o1"}, {"openid": "o2"}]

    def test_json_lines(self, yizhan, wechat):
        out = yizhan("users", "export", "--json")[1]
        assert [json.loads(line) for line in out.splitlines()] == PEOPLE

    def test_openids_only(self, yizhan, wechat):
        assert yizhan("users", "export", "--openids")[1].split() == ["openid", "o0", "o1", "o2"]


class TestOpenApi:
    def test_it_is_printed_or_written(self, yizhan, tmp_path):
        shown = json.loads(yizhan("openapi")[1])
        assert yizhan("openapi", "--out", "wechat.json")[1] == "wechat.json\n"
        assert json.loads((tmp_path / "wechat.json").read_text("utf-8")) == shown

    def test_without_what_is_retired(self, yizhan):
        shown = json.loads(yizhan("openapi", "--no-retired")[1])
        assert "/cgi-bin/menu/create" in shown["paths"]
        assert "/cgi-bin/shorturl" not in shown["paths"]


PLATFORM = """
import asyncio
from pathlib import Path
from yizhan.api import FileShelf, MemoryShelf, Token
from yizhan.api.component import Component
shelf = MemoryShelf()
asyncio.run(shelf.put("ticket", Token("ticket@@@1", 4e9)))
asyncio.run(shelf.put("authorizer.wx0123456789abcdef.refresh_token", Token("refresh-1", 4e9)))
component = Component("wx00000000000000cc", "s", push_token="tokenOfThePlatform",
                      aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", shelf=shelf)
shop = Account(appid="wx0123456789abcdef", component=component)
"""


DNS = [{"ip": "203.0.113.9", "real_operator": "UNICOM"}]


def pings(*losses):
    return [{"ip": "203.0.113.9", "package_loss": loss, "time": "9ms"} for loss in losses]


class TestDoctor:
    def findings(self, yizhan, *words):
        code, out, _ = yizhan("doctor", "--json", *words)
        found = [json.loads(line) for line in out.splitlines()]
        return code, {each["topic"]: (each["state"], each["text"]) for each in found}

    @pytest.fixture(autouse=True)
    def quiet(self, wechat):
        wechat.strict = False

    def test_a_healthy_account(self, yizhan, wechat, bot):
        bot("@account.click\nasync def a(event): ...\n")
        code, found = self.findings(yizhan, f"{bot.name}:account")
        assert code == 0
        assert {topic for topic, (state, _) in found.items() if state == "good"} >= {
            *("settings", "store", "clock", "token", "rights", "menu"),
        }
        assert found["mode"][0] == "note"
        assert "kill -9" in found["store"][1]

    def test_settings_that_cannot_be_read_end_it(self, yizhan, wechat, monkeypatch):
        monkeypatch.setenv("YIZHAN_TOKEN", "weixin")
        code, found = self.findings(yizhan)
        assert code == 1
        assert found == {"settings": ("bad", found["settings"][1])}

    def test_keys_of_a_wrong_length(self, yizhan, wechat, monkeypatch):
        monkeypatch.setenv("YIZHAN_APPID", "wx123")
        monkeypatch.setenv("YIZHAN_SECRET", "short")
        code, found = self.findings(yizhan)
        assert code == 1
        assert (found["appid"][0], found["secret"][0]) == ("bad", "bad")

    def test_without_a_secret_the_api_is_not_examined(self, yizhan, wechat, monkeypatch):
        monkeypatch.delenv("YIZHAN_SECRET")
        code, found = self.findings(yizhan)
        assert (code, found["secret"][0]) == (0, "note")
        assert found["secret"][1].startswith("YIZHAN_SECRET not set")
        assert "token" not in found
        assert [each.path for each in wechat.seen] == []

    def test_a_store_that_may_lose_something(self, yizhan, wechat, monkeypatch):
        monkeypatch.setenv("YIZHAN_STORE", "memory://")
        state, text = self.findings(yizhan)[1]["store"]
        assert state == "note"
        assert text.endswith("Redis with appendfsync always (YIZHAN_STORE)")

    def test_a_store_in_a_container_s_own_layer(self, yizhan, wechat, monkeypatch, tmp_path):
        mounts = tmp_path / "mountinfo"
        mounts.write_text("22 1 0:50 / / rw - overlay overlay rw\n")
        monkeypatch.setattr(filesystem, "MOUNTS", mounts)
        monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")
        state, text = self.findings(yizhan)[1]["place"]
        assert state == "note"
        assert text.startswith(f"the store {tmp_path}/store.db lies in the container's own layer")

    def test_an_account_behind_a_platform(self, yizhan, wechat, monkeypatch, bot):
        monkeypatch.delenv("YIZHAN_SECRET")
        bot(PLATFORM)
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorizer_access_token="account-1", expires_in=7200),
        ]
        _, found = self.findings(yizhan, f"{bot.name}:shop")
        assert found["token"][0] == "good"
        assert wechat.seen[-1].query == {"access_token": "account-1"}
        assert "secret" not in found

    def test_a_store_that_does_not_open(self, yizhan, wechat, monkeypatch, tmp_path):
        (tmp_path / "file").touch()
        monkeypatch.setenv("YIZHAN_STORE", f"sqlite:///{tmp_path}/file/store.db")
        code, found = self.findings(yizhan)
        assert (code, found["store"][0]) == (1, "bad")

    @pytest.mark.parametrize("store", ["redis://127.0.0.1:1", "redis+cluster://127.0.0.1:1"])
    def test_a_store_that_is_away_does_not_end_the_rest(self, yizhan, wechat, monkeypatch, store):
        monkeypatch.setenv("YIZHAN_STORE", store)
        code, found = self.findings(yizhan)
        assert (code, found["store"][0]) == (1, "bad")
        assert {"clock", "token"} <= found.keys()

    def test_an_api_that_cannot_be_reached(self, yizhan, wechat, monkeypatch):
        async def away(*request):
            raise Unsent("api.unreachable", host="api.weixin.qq.com", problem="no route")

        monkeypatch.setattr(wechat, "send", away)
        code, found = self.findings(yizhan)
        assert (code, found["api"][0]) == (1, "bad")
        assert "check the network, the proxy and YIZHAN_API_BASE" in found["api"][1]
        assert "token" not in found

    def test_an_api_that_tells_no_time(self, yizhan, wechat, monkeypatch):
        monkeypatch.setattr("yizhan.cli.examining.HttpTransport", lambda **_: UndatedApi())
        state, text = self.findings(yizhan)[1]["clock"]
        assert state == "note"
        assert "timedatectl" in text

    def test_a_clock_that_is_off(self, yizhan, wechat):
        wechat.late = 400
        code, found = self.findings(yizhan)
        assert code == 1
        assert re.match(r"\+4\d\d s from WeChat's: pushes are refused", found["clock"][1])
        assert "token" not in found

    def test_an_address_that_is_not_on_the_list(self, yizhan, wechat):
        wechat.script = [to_token(refuses(40164, "invalid ip 203.0.113.9 ipv6, not in whitelist"))]
        code, found = self.findings(yizhan)
        assert code == 1
        assert "add 203.0.113.9 in the console" in found["address"][1]

    def test_although_a_token_lies_there_from_before(self, yizhan, wechat):
        yizhan("token")
        wechat.script = [to_token(refuses(40164, "invalid ip 203.0.113.9 ipv6, not in whitelist"))]
        code, found = self.findings(yizhan)
        assert (code, found["address"][0]) == (1, "bad")

    def test_a_pause_and_what_for(self, yizhan, wechat):
        refused = to_token(refuses(45009, "reach max api daily quota limit"))
        wechat.script = [refused, refused]
        assert yizhan("token")[0] == 2
        code, found = self.findings(yizhan)
        assert (code, found["pause"][0], found["token"][0]) == (1, "note", "bad")
        assert re.match(
            rf"the access_token of {APPID} is not fetched for now, and the calls of all "
            r"processes fail at once: .*errcode 45009 .*\(fetching is paused for (600|5\d\d) s",
            found["pause"][1],
        )

    def test_a_pause_whose_cause_is_gone_ends(self, yizhan, wechat):
        wechat.script = [to_token(refuses(45009))]
        assert yizhan("token")[0] == 2
        assert yizhan("token")[0] == 2
        assert wechat.counts == {"/cgi-bin/stable_token": 1}
        code, found = self.findings(yizhan)
        assert (code, found["pause"][0], found["token"][0]) == (0, "note", "good")
        assert yizhan("token")[0] == 0
        assert "pause" not in self.findings(yizhan)[1]

    def test_a_pause_of_the_platform_s_own(self, yizhan, wechat, monkeypatch, bot):
        monkeypatch.delenv("YIZHAN_SECRET")
        bot(PLATFORM.replace("MemoryShelf()", "FileShelf(Path('platform.db'))"))
        wechat.script = [refuses(45009)]
        assert "pause" not in self.findings(yizhan, f"{bot.name}:shop")[1]
        code, found = self.findings(yizhan, f"{bot.name}:shop")
        assert (code, found["token"][0]) == (1, "bad")
        assert found["pause"][1].startswith("the access_token of wx00000000000000cc is not")
        assert wechat.counts["/cgi-bin/component/api_component_token"] == 1

    def test_a_wrong_secret(self, yizhan, wechat):
        wechat.script = [to_token(refuses(40125, "invalid appsecret"))]
        assert self.findings(yizhan)[1]["token"][0] == "bad"

    def test_a_right_that_is_missing_although_the_settings_say_so(self, yizhan, wechat):
        wechat.script = [refuses(48001)]
        _, out, _ = yizhan("doctor", "--json")
        rights = [json.loads(line) for line in out.splitlines() if '"rights"' in line]
        assert rights[0]["state"] == "note"
        assert "may not call /cgi-bin/get_current_selfmenu_info" in rights[0]["text"]
        assert "YIZHAN_KIND" in rights[0]["text"]

    def test_a_menu_that_nobody_hears(self, yizhan, wechat, bot):
        bot("@account.text\nasync def a(message): ...\n")
        fine = [says(errcode=0)] * 4
        wechat.script = [*fine, says(menu={"button": BUTTONS})]
        code, found = self.findings(yizhan, f"{bot.name}:account")
        assert code == 1
        assert "no handler takes the button" in found["menu"][1]

    @pytest.mark.parametrize(
        ("answer", "state", "said"),
        [
            (refuses(46003), "good", "no menu"),
            (refuses(48001), "note", "48001"),
            (says(menu={"button": BUTTONS}), "note", "name the bot"),
        ],
    )
    def test_what_else_the_menu_may_be(self, yizhan, wechat, answer, state, said):
        wechat.script = [says(errcode=0)] * 4 + [answer]
        found = self.findings(yizhan)[1]["menu"]
        assert found[0] == state
        assert said in found[1]

    @pytest.mark.parametrize(
        ("answer", "state"),
        [
            (refuses(40201), "note"),
            (refuses(50002), "bad"),
            (says(dns=DNS, ping=pings("0%")), "good"),
            (says(dns=DNS, ping=pings("0.00%", "0%")), "good"),
            (says(dns=DNS, ping=pings("0%", "20%")), "note"),
            (says(dns=DNS, ping=pings("0%", "100%")), "note"),
            (says(dns=DNS, ping=pings("100%")), "bad"),
            (says(dns=DNS, ping=pings("100.00%", "100%")), "bad"),
            (says(dns=[], ping=pings("0%")), "bad"),
            (says(dns=[{"ip": ""}], ping=pings("0%")), "bad"),
            (says(errcode=0), "note"),
            (says(dns=DNS), "note"),
            (says(ping=pings("0%")), "note"),
            (says(dns=DNS, ping=[]), "note"),
            (says(dns=DNS, ping=[{"ip": "1.2.3.4"}]), "note"),
            (says(dns=DNS, ping=["?"]), "note"),
        ],
    )
    def test_the_callback_check(self, yizhan, wechat, answer, state):
        wechat.script = [*([says(errcode=0)] * 3), answer]
        code, found = self.findings(yizhan)
        assert found["callback"][0] == state
        assert code == (state == "bad")

    def test_no_answer_is_taken_for_a_good_one(self, yizhan, wechat):
        wechat.script = [says(errcode=0)] * 5
        _, out, _ = yizhan("doctor", "--json")
        found = [json.loads(line) for line in out.splitlines()]
        silent = [each for each in found if each["topic"] in ("rights", "callback", "menu")]
        assert len(silent) == 5
        assert {each["state"] for each in silent} == {"note"}
        assert all("nothing is known" in each["text"] for each in silent)

    def test_a_public_address_is_verified(self, yizhan, wechat):
        code, found = self.findings(yizhan, "--url", "http://127.0.0.1:9/wechat")
        assert code == 1
        assert found["url"][0] == "bad"

    def test_one_that_answers_is_told_of_its_port(self, yizhan, wechat, tmp_path):
        (tmp_path / "served.py").write_text("from yizhan import Account\naccount = Account()\n")
        told = {name: value for name, value in os.environ.items() if name.startswith("YIZHAN_")}
        with served.serving(tmp_path, bot="served:account", environ=told) as server:
            url = f"http://127.0.0.1:{server.port}/wechat"
            state, text = self.findings(yizhan, "--url", url)[1]["url"]
        assert state == "note"
        assert "WeChat calls 80 (http) and 443 (https) only" in text

    def test_without_one_it_says_how_to_name_it(self, yizhan, wechat):
        state, text = self.findings(yizhan)[1]["url"]
        assert (state, "--url https://example.com/wechat" in text) == ("note", True)

    def test_it_reads_well(self, yizhan, wechat):
        code, out, _ = yizhan("doctor")
        assert code == 0
        assert out.splitlines()[0] == APPID
        assert "✓ access_token: WeChat gives one" in out
