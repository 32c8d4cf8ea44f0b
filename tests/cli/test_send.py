"""yizhan send, against a real `yizhan run` and against servers that misbehave."""

import gzip
import itertools
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from served import serving
from wechat import AES_KEY, APPID, FAN, TOKEN
from yizhan.cli import send
from yizhan.wire import xml
from yizhan.wire.push import SAMPLE

BOT = f"""
from yizhan import Account, Article, Image, Music, News, Router, Transfer

router = Router()

@router.text("news")
def news(message):
    return News(Article("A title", "A summary", picture="p", url="https://example.com/a"))

@router.text("music")
def music(message):
    return Music("thumb-1", title="A song")

@router.text("transfer")
def transfer(message):
    return Transfer()

@router.text("nothing")
def nothing(message): ...

@router.text
def echo(message):
    return f"{{message.from_user}} said {{message.content}}"

@router.image
def photo(message):
    return Image(message.media_id)

@router.subscribe
def welcome(event):
    return f"welcome by {{event.scene}}"

@router.scan
def scan(event):
    return f"scanned {{event.scene}} {{bool(event.ticket)}}"

@router.click
def click(event):
    return f"clicked {{event.key!r}}"

def account(path, **settings):
    account = Account(path[1:], path=path, token="{TOKEN}", store="memory://", grace=0, **settings)
    account.include(router)
    return account

key = {{"aes_key": "{AES_KEY}"}}
accounts = [
    account("/plain"),
    account("/compat", appid="{APPID}", mode="compat", **key),
    account("/safe", appid="{APPID[:-1]}x", **key),
]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("send")
    (folder / "bot.py").write_text(BOT)
    with serving(folder, "--text-log", bot="bot:accounts") as served:
        yield served


@pytest.fixture(autouse=True)
def token(monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)


@pytest.fixture
def sends(server, yizhan):
    """Sends to the plaintext account; what came back, line by line."""

    def sent(*arguments, path="/plain", status=0):
        code, out, err = yizhan("send", *arguments, "--to", f"http://127.0.0.1:{server.port}{path}")
        assert (code, err) == (status, "")
        return out.splitlines()

    return sent


def test_the_reply_is_shown_with_its_time_against_five_seconds(sends):
    said, time = sends("你好")
    assert said == f"{send.OPENID} said 你好"
    assert time.startswith("HTTP 200, 0.")
    assert time.endswith(" s of 5 s")


def test_everything_is_said_in_chinese_to_a_chinese_reader(sends, monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", "zh")
    assert sends("nothing")[0] == "（success：已确认，没有回复）"
    assert sends("nothing")[1].startswith("HTTP 200，0.")


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["hello", "--as", FAN], f"{FAN} said hello"),
        (["news"], "[news] A title — A summary https://example.com/a"),
        (["music"], "[music] thumb_media_id=thumb-1 title=A song"),
        (["transfer"], "[transfer] "),
        (["nothing"], "(success: acknowledged, no reply)"),
        (["--image", "media-1"], "[image] media_id=media-1"),
        (["--event", "CLICK", "--key", "HELP"], "clicked 'HELP'"),
        (["--event", "click"], "clicked ''"),
        (["--event", "unheard_of"], "(success: acknowledged, no reply)"),
        (["--follow"], "welcome by None"),
        (["--follow", "--scan", "shop-42"], "welcome by shop-42"),
        (["--scan", "shop-42"], "scanned shop-42 True"),
    ],
)
def test_what_is_sent_is_what_arrives(sends, arguments, shown):
    assert sends(*arguments)[0] == shown


@pytest.mark.parametrize(
    ("mode", "appid"), [("compat", APPID), ("safe", f"{APPID[:-1]}x")], ids=["compat", "safe"]
)
class TestEncrypted:
    @pytest.fixture(autouse=True)
    def keys(self, monkeypatch, mode, appid):
        monkeypatch.setenv("YIZHAN_AES_KEY", AES_KEY)
        monkeypatch.setenv("YIZHAN_APPID", appid)
        monkeypatch.setenv("YIZHAN_MODE", mode)

    def test_the_mode_is_the_settings(self, sends, mode, appid):
        assert sends("你好", path=f"/{mode}")[0].endswith(" said 你好")

    def test_raw_shows_both_xmls_as_sent_and_in_clear(self, sends, mode, appid):
        lines = sends("你好", "--raw", path=f"/{mode}")
        titles = ["push (plain)", "push (as sent)", "response", "response (decrypted)"]
        assert [line for line in lines if line in titles] == titles
        shown = dict(zip(titles, (lines[lines.index(title) + 1] for title in titles), strict=True))
        assert "<Content>" in shown["push (plain)"]
        assert "<Encrypt>" in shown["push (as sent)"]
        assert shown["response"].startswith("<xml><Encrypt>")
        assert "said 你好" in shown["response (decrypted)"]

    def test_plaintext_to_it_is_refused(self, sends, mode, appid):
        said, _ = sends("你好", "--mode", "plain", path=f"/{mode}", status=1)
        assert said == "HTTP 403 (forbidden): the follower would read the fault notice"


def test_raw_shows_both_xmls(sends):
    lines = sends("你好", "--raw")
    assert lines[0] == "push (plain)"
    assert xml.parse("".join(lines[1 : lines.index("response")]))["xml"]["Content"] == "你好"
    response = lines[lines.index("response") + 1]
    assert xml.parse(response)["xml"]["Content"] == f"{send.OPENID} said 你好"


def test_json_is_one_object_a_push(sends):
    (line,) = sends("你好", "--json")
    answer = json.loads(line)
    assert answer.pop("seconds") >= 0
    assert xml.parse(answer.pop("body"))["xml"]["MsgType"] == "text"
    assert answer == {"status": 200, "problem": "", "reply": [f"{send.OPENID} said 你好"]}


def test_json_tells_an_acknowledgement_from_a_reply(sends):
    (line,) = sends("nothing", "--json")
    assert json.loads(line)["reply"] is None


def test_several_times_is_the_same_message_again(sends):
    lines = [json.loads(line)["body"] for line in sends("你好", "--times", "3", "--json")]
    assert len(lines) == 3
    assert len({xml.parse(line)["xml"]["Content"] for line in lines}) == 1


def test_a_wrong_token_is_403_and_the_bot_s_log_says_signature(sends, server, monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "anotherTokenOfTests")
    said, time = sends("你好", status=1)
    assert said == "HTTP 403 (forbidden): the follower would read the fault notice"
    assert time.startswith("HTTP 403, ")
    server.wait_said("-x- plain signature: wrong signature")


def test_a_path_that_is_not_there_is_404(sends):
    assert sends("你好", path="/nowhere", status=1)[0].startswith("HTTP 404 (not found)")


def test_an_account_of_the_settings_file_may_be_named(sends, tmp_path, monkeypatch):
    monkeypatch.delenv("YIZHAN_TOKEN")
    (tmp_path / "yizhan.toml").write_text(f'[accounts.shop]\ntoken = "{TOKEN}"')
    assert sends("你好", "--account", "shop")[0].endswith(" said 你好")


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ([], "send what? Give a text, or --image, --event, --follow or --scan"),
            (["a", "--to", "ftp://127.0.0.1/"], "ftp://127.0.0.1/ is no http(s) address"),
            (["a", "--to", "http://a:99999/"], "http://a:99999/ is no http(s) address"),
            (["a", "--to", "http://[::1/"], "http://[::1/ is no http(s) address"),
            (["a", "--to", "127.0.0.1:80"], "127.0.0.1:80 is no http(s) address"),
            (["a", "--mode", "safe"], "mode safe also needs aes_key"),
            (["a", "--mode", "secure"], "Invalid value for '--mode'"),
            (["a", "--times", "4"], "Invalid value for '--times'"),
            (["a", "b"], "Got unexpected extra argument (b)"),
            (["a", "--account", "shop"], "set YIZHAN_SHOP_TOKEN"),
        ],
    )
    def test_what_cannot_be_sent_is_said_so(self, yizhan, arguments, said):
        code, out, err = yizhan("send", *arguments)
        assert (code, out) == (2, "")
        assert said in err

    def test_what_cannot_be_sent_is_said_so_in_chinese(self, yizhan, monkeypatch):
        monkeypatch.setenv("YIZHAN_LANG", "zh")
        assert "要发什么？写一段文字" in yizhan("send")[2]

    @pytest.mark.parametrize("option", ["--token", "--secret", "--aes-key", "--appid"])
    def test_no_key_is_taken_from_the_command_line(self, yizhan, option):
        code, _, err = yizhan("send", "a", option, "b")
        assert code == 2
        assert f"No such option '{option}'" in err or f"No such option: {option}" in err

    @pytest.mark.parametrize("times", ["1", "3"])
    def test_where_nobody_listens_that_is_said_once(self, yizhan, times):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            to = f"http://127.0.0.1:{taken.getsockname()[1]}/wechat"
            code, out, _ = yizhan("send", "a", "--to", to, "--times", times)
        assert code == 1
        (line,) = out.splitlines()
        assert line.startswith(f"no server listens at {to} (")


@pytest.fixture
def answering():
    """A server that gives every push the same answer; its address."""
    servers = []

    def served(body, status=200, headers=()):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                if body is None:
                    ended.wait(10)
                    return
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                for piece in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(piece)
                    if ended.wait(0 if isinstance(body, bytes) else 0.02):
                        return

            def log_message(self, *_):
                """Nothing."""

        ended = threading.Event()
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread, ended))
        return f"http://127.0.0.1:{server.server_port}/wechat"

    yield served
    for server, thread, ended in servers:
        ended.set()
        server.shutdown()
        thread.join()
        server.server_close()


class TestMisbehaviour:
    """What WeChat would take for a fault is a fault here."""

    HEADER = (
        f"<ToUserName>{send.OPENID}</ToUserName><FromUserName>{SAMPLE}</FromUserName>"
        "<CreateTime>1</CreateTime><MsgType>text</MsgType>"
    )

    @pytest.mark.parametrize(
        ("body", "problem"),
        [
            (b"hello", "the reply is hello, not XML"),
            (b"{}", "the reply is JSON, not XML"),
            (b"\xef\xbb\xbfsuccess", "a BOM stands before the reply"),
            (f"<xml>{HEADER}<Content></Content></xml>".encode(), "Content is empty"),
            (f"<xml>{HEADER}<Content>{'x' * 2049}</Content></xml>".encode(), "Content has 2049"),
            (
                f"<xml>{HEADER}<Content>a</Content></xml>".replace("gh_", "g").encode(),
                "FromUserName is gyizhandemo00, not the account's original id gh_yizhandemo00",
            ),
            (f"<xml>{HEADER}</xml>".encode(), "the reply lacks Content"),
            (b"<xml><a></xml>", "the reply is not well-formed XML"),
        ],
    )
    def test_an_answer_that_is_no_reply(self, yizhan, answering, body, problem):
        code, out, _ = yizhan("send", "a", "--to", answering(body))
        assert code == 1
        assert out.startswith(problem)

    def test_a_compressed_answer(self, yizhan, answering):
        to = answering(gzip.compress(b"success"), headers=[("Content-Encoding", "gzip")])
        code, out, _ = yizhan("send", "a", "--to", to)
        assert code == 1
        assert out.startswith("the reply is compressed (gzip)")

    def test_an_answer_that_would_command_the_terminal(self, yizhan, answering):
        content = "<Content>a\x9b31m\u202eb</Content>"
        url = answering(f"<xml>{self.HEADER}{content}</xml>".encode())
        for raw in ((), ("--raw",)):
            _, out, _ = yizhan("send", "a", "--to", url, *raw)
            assert "a\ufffd31m\ufffdb" in out
            assert not {"\x9b", "\u202e"} & set(out)

    @pytest.mark.parametrize("status", [201, 204, 400, 404, 500, 503])
    def test_an_answer_with_another_status(self, yizhan, answering, status):
        code, out, _ = yizhan("send", "a", "--to", answering(b"", status))
        assert code == 1
        assert out.startswith(f"HTTP {status} ")

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_redirect_is_not_followed(self, yizhan, answering, status):
        elsewhere = answering(b"success")
        to = answering(b"", status, [("Location", elsewhere)])
        code, out, _ = yizhan("send", "a", "--to", to)
        assert code == 1
        assert out.startswith(f"HTTP {status} ")

    def test_an_answer_too_late(self, yizhan, answering, monkeypatch):
        monkeypatch.setattr(send, "FIVE_SECONDS", 0.05)
        code, out, _ = yizhan("send", "a", "--to", answering(None))
        assert code == 1
        assert out.startswith("no answer within 5 s")
        assert out.splitlines()[-1].endswith("yizhan send a --times 3")

    def test_after_three_times_no_further_are_hinted_at(self, yizhan, answering, monkeypatch):
        monkeypatch.setattr(send, "FIVE_SECONDS", 0.05)
        out = yizhan("send", "a", "--to", answering(None), "--times", "3")[1]
        assert out.count("no answer within 5 s") == 3
        assert "--times" not in out

    def test_an_answer_that_never_ends(self, yizhan, answering, monkeypatch):
        monkeypatch.setattr(send, "FIVE_SECONDS", 0.2)
        code, out, _ = yizhan("send", "a", "--to", answering(itertools.repeat(b" ")))
        assert code == 1
        assert out.startswith("no answer within 5 s")

    def test_an_encrypted_answer_signed_by_another(self, yizhan, answering, monkeypatch):
        monkeypatch.setenv("YIZHAN_AES_KEY", AES_KEY)
        monkeypatch.setenv("YIZHAN_APPID", APPID)
        sealed = (
            "<xml><Encrypt>AAAA</Encrypt><MsgSignature>0000</MsgSignature>"
            "<TimeStamp>1</TimeStamp><Nonce>1</Nonce></xml>"
        )
        code, out, _ = yizhan("send", "a", "--to", answering(sealed.encode()))
        assert code == 1
        assert out.startswith("wrong MsgSignature in the reply")

    def test_a_proxy_is_not_asked_for_this_machine(self, yizhan, answering, monkeypatch):
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        assert yizhan("send", "a", "--to", answering(b"success"))[0] == 0
