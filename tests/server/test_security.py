"""Bad input, and what it gets: docs/security.md row by row, as far as the server sees it."""

import asyncio
import base64
import json
import time

import pytest

import wechat
from faces import FACES, asgi
from wechat import (
    ACCOUNT,
    AES_KEY,
    APPID,
    FAN,
    TOKEN,
    call,
    document,
    event,
    image,
    push,
    says,
    text,
    verification,
)
from yizhan.errors import StoreError
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import SAMPLE
from yizhan.wire.signature import sign

FORBIDDEN = (403, b"forbidden")
BAD = (400, b"bad request")
SUCCESS = (200, b"success")
BUSY = (503, b"busy")
FORGED = "anotherTokenOfTests"


@pytest.fixture
def reached():
    """What reached a handler."""
    return []


@pytest.fixture(params=FACES)
def face(request):
    """How requests reach the account."""
    return FACES[request.param]


@pytest.fixture
def serve(make, reached, face):
    """Makes an account whose handlers note what reaches them."""

    def account(mode="plain", **settings):
        account = make(mode, **settings)

        @account.fallback
        async def note(message):
            reached.append(message)
            return "reached"

        return face(account)

    return account


def got(answer):
    return answer.status, answer.body


def altered(what=None, **fields):
    return push(document((what or text()) | fields))


def doubled(request, name):
    (pair,) = [pair for pair in request.query.split("&") if pair.startswith(f"{name}=")]
    return request._replace(query=f"{request.query}&{pair}")


def with_body(body):
    return push(body if isinstance(body, bytes) else body.encode())


def sealed(encrypt, **changes):
    """A push in safe mode whose ciphertext is this, with a good msg_signature."""
    request = push(text(), "safe")
    query = dict(pair.split("=") for pair in request.query.split("&"))
    signature = sign(TOKEN, query["timestamp"], query["nonce"], encrypt)
    body = f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{encrypt}</Encrypt></xml>"
    return request._replace(body=body.encode()).asking(msg_signature=signature, **changes)


XML = document(text()).decode()
PLAIN = {
    "another method": (lambda: push(text())._replace(method="PUT"), 405, "method"),
    "HEAD": (lambda: verification()._replace(method="HEAD"), 405, "method"),
    "another path": (lambda: push(text(), path="/wechat/"), 404, "path"),
    "the root": (lambda: push(text(), path="/"), 404, "path"),
    "a compressed body": (
        lambda: push(text()).with_headers(content_encoding="gzip"),
        415,
        "encoding",
    ),
    "two encodings": (
        lambda: push(text()).with_headers(content_encoding="identity, br"),
        415,
        "encoding",
    ),
    "a length of nonsense": (
        lambda: push(text()).with_headers(content_length="12a"),
        413,
        "too_large",
    ),
    "a negative length": (lambda: push(text()).with_headers(content_length="-1"), 413, "too_large"),
    "an endless length": (
        lambda: push(text()).with_headers(content_length="9" * 5000),
        413,
        "too_large",
    ),
    "a body over the limit": (lambda: with_body(b"a" * 262_145), 413, "too_large"),
    "no query": (lambda: push(text())._replace(query=""), 403, "query_format"),
    **{
        f"{name} missing": (lambda name=name: push(text()).without(name), 403, "query_format")
        for name in ("signature", "timestamp", "nonce")
    },
    **{
        f"{name} twice": (lambda name=name: doubled(push(text()), name), 403, "query_format")
        for name in ("signature", "timestamp", "nonce")
    },
    **{
        f"{name} {value!r}": (
            lambda name=name, value=value: push(text()).asking(**{name: value}),
            403,
            "query_format",
        )
        for name, value in [
            ("signature", ""),
            ("signature", "a" * 39),
            ("signature", "A" * 40),
            ("signature", "g" * 40),
            ("timestamp", "1" * 13),
            ("timestamp", "-1"),
            ("timestamp", "١٢٣"),
            ("nonce", "a" * 65),
            ("nonce", "a-b"),
            ("nonce", "中"),
        ]
    },
    "an old timestamp": (lambda: push(text(), timestamp=time.time() - 302), 403, "stale"),
    "a future timestamp": (lambda: push(text(), timestamp=time.time() + 302), 403, "stale"),
    "a wrong signature": (lambda: push(text(), token=FORGED), 403, "signature"),
    "a wrong signature and an old timestamp": (
        lambda: push(text(), token=FORGED, timestamp=1),
        403,
        "signature",
    ),
    "no echostr": (lambda: verification(None), 400, "echostr"),
    "an empty echostr": (lambda: verification(""), 400, "echostr"),
    "an echostr of 257": (lambda: verification("a" * 257), 400, "echostr"),
    "a forged verification": (lambda: verification(token=FORGED), 403, "signature"),
    "a document type": (
        lambda: with_body('<!DOCTYPE x [<!ENTITY a "b">]>' + XML.replace("你好", "&a;")),
        400,
        "xml_dtd",
    ),
    "an entity of its own": (
        lambda: with_body(XML.replace("<![CDATA[你好]]>", "&a;")),
        400,
        "xml_dtd",
    ),
    "a processing instruction": (lambda: with_body("<?php x?>" + XML), 400, "xml_dtd"),
    "no XML": (lambda: with_body("hello"), 400, "xml_bad"),
    "an empty body": (lambda: with_body(b""), 400, "xml_bad"),
    "half an element": (lambda: with_body(XML[:-4]), 400, "xml_bad"),
    "another root": (lambda: with_body(XML.replace("xml>", "root>")), 400, "xml_bad"),
    "a deep document": (
        lambda: with_body(XML.replace("</xml>", "<a>" * 40 + "</a>" * 40 + "</xml>")),
        400,
        "xml_bad",
    ),
    "a wide document": (
        lambda: with_body(XML.replace("</xml>", "<a></a>" * 501 + "</xml>")),
        400,
        "xml_bad",
    ),
    "another encoding": (
        lambda: with_body(('<?xml version="1.0" encoding="gbk"?>' + XML).encode("gbk")),
        400,
        "xml_bad",
    ),
    "UTF-16": (lambda: with_body(XML.encode("utf-16")), 400, "xml_bad"),
    "a header field twice": (
        lambda: with_body(XML.replace("</xml>", f"<FromUserName>{FAN}</FromUserName></xml>")),
        400,
        "xml_bad",
    ),
    "a header field nested": (
        lambda: with_body(XML.replace(f"<![CDATA[{FAN}]]>", f"<a>{FAN}</a>")),
        400,
        "xml_bad",
    ),
    "no CreateTime": (lambda: altered(CreateTime=""), 400, "field"),
    "a CreateTime in words": (lambda: altered(CreateTime="now"), 400, "field"),
    "a CreateTime of 14 digits": (lambda: altered(CreateTime="1" * 14), 400, "field"),
    "an openid of nonsense": (lambda: altered(FromUserName="a b"), 400, "field"),
    "an openid of 65": (lambda: altered(FromUserName="o" * 65), 400, "field"),
    "no follower": (lambda: push(text(FromUserName=None)), 400, "field"),
    "no kind": (lambda: push(text(MsgType=None)), 400, "field"),
    "another account": (lambda: altered(ToUserName="gh_another"), 200, "wrong_account"),
    "JSON of nonsense": (lambda: with_body('{"a":'), 400, "xml_bad"),
}
BODIES = {
    200: b"success",
    400: b"bad request",
    403: b"forbidden",
    404: b"not found",
    405: b"method not allowed",
    413: b"too large",
    415: b"unsupported encoding",
}


# What cannot be sent over HTTP, or has no body there: test_protocol.py has these.
NO_HTTP = {"HEAD", "a length of nonsense", "a negative length", "an endless length"}
IN_PLAINTEXT = [
    pytest.param(face, *row, id=f"{name}, {how}")
    for how, face in FACES.items()
    for name, row in PLAIN.items()
    if how != "run" or name not in NO_HTTP
]


@pytest.mark.parametrize(("face", "request_of", "status", "reason"), IN_PLAINTEXT)
async def test_in_plaintext_mode(serve, reached, reasons, request_of, status, reason):
    """It is refused with a fixed text, the reason is logged, and no handler runs."""
    answer = await call(serve(original_id=ACCOUNT), request_of())
    assert got(answer) == (status, BODIES[status])
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert reasons() == [reason]
    assert reached == []


SAFE = {
    "a wrong signature": (lambda: push(text(), "safe", token=FORGED), FORBIDDEN, "signature"),
    "a plaintext push": (lambda: push(text()), FORBIDDEN, "downgrade"),
    "encrypt_type raw": (
        lambda: push(text()).asking(encrypt_type="raw"),
        FORBIDDEN,
        "downgrade",
    ),
    "encrypt_type aes and plaintext": (
        lambda: push(text()).asking(encrypt_type="aes", msg_signature="0" * 40),
        FORBIDDEN,
        "downgrade",
    ),
    "no msg_signature": (
        lambda: push(text(), "safe").without("msg_signature"),
        FORBIDDEN,
        "msg_signature",
    ),
    "a wrong msg_signature": (
        lambda: push(text(), "safe").asking(msg_signature="0" * 40),
        FORBIDDEN,
        "msg_signature",
    ),
    "a msg_signature of nonsense": (
        lambda: push(text(), "safe").asking(msg_signature="中"),
        FORBIDDEN,
        "msg_signature",
    ),
    "base64 of nonsense": (lambda: sealed("!!!!"), FORBIDDEN, "envelope"),
    "half a block": (lambda: sealed(base64.b64encode(b"a" * 31).decode()), FORBIDDEN, "envelope"),
    "nothing inside": (lambda: sealed(""), FORBIDDEN, "downgrade"),
    "another key": (
        lambda: push(text(), "safe", cipher=Cipher(AES_KEY[::-1], APPID)),
        FORBIDDEN,
        "envelope",
    ),
    "another AppID": (
        lambda: push(text(), "safe", cipher=Cipher(AES_KEY, "wxanother")),
        FORBIDDEN,
        "envelope",
    ),
    "a document type inside": (
        lambda: push(f'<!DOCTYPE x [<!ENTITY a "b">]>{XML}'.encode(), "safe"),
        SUCCESS,
        "xml_dtd",
    ),
    "a document type outside": (
        lambda: (request := push(text(), "safe"))._replace(body=b"<!DOCTYPE x>" + request.body),
        BAD,
        "xml_dtd",
    ),
    "no XML inside": (lambda: push(b"hello", "safe"), SUCCESS, "xml_bad"),
    "no XML outside": (lambda: push(text(), "safe")._replace(body=b"hello"), BAD, "xml_bad"),
    "a field malformed inside": (
        lambda: push(document(text(CreateTime="now")), "safe"),
        SUCCESS,
        "field",
    ),
    "another account": (
        lambda: push(text(ToUserName="gh_another"), "safe"),
        SUCCESS,
        "wrong_account",
    ),
}


@pytest.mark.parametrize(("request_of", "expected", "reason"), SAFE.values(), ids=SAFE)
async def test_in_safe_mode(serve, reached, reasons, request_of, expected, reason):
    """It is refused with a fixed text, the reason is logged, and no handler runs."""
    answer = await call(serve("safe", original_id=ACCOUNT), request_of())
    assert got(answer) == expected
    assert reasons() == [reason]
    assert reached == []


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: push(text(), "compat").without("encrypt_type", "msg_signature"),
        lambda: push(text()),
        lambda: push(text()).asking(encrypt_type="aes", msg_signature="0" * 40),
    ],
)
async def test_compatible_mode_without_a_ciphertext_is_a_downgrade(
    serve, reached, reasons, request_of
):
    assert got(await call(serve("compat"), request_of())) == FORBIDDEN
    assert reasons() == ["downgrade"]
    assert reached == []


async def test_a_changed_byte_of_the_ciphertext_never_reaches_the_cipher(
    serve, reached, monkeypatch
):
    monkeypatch.setattr(Cipher, "decrypt", None)
    request = push(text(), "safe")
    place = request.body.index(b"<Encrypt><![CDATA[") + 40
    byte = b"A" if request.body[place : place + 1] != b"A" else b"B"
    changed = request._replace(body=request.body[:place] + byte + request.body[place + 1 :])
    assert got(await call(serve("safe"), changed)) == FORBIDDEN
    assert reached == []


async def test_every_bad_envelope_looks_the_same_from_outside(serve):
    app = serve("safe", original_id=ACCOUNT)
    names = ("base64 of nonsense", "half a block", "another key", "another AppID")
    answers = [await call(app, SAFE[name][0]()) for name in names]
    assert answers == [answers[0]] * len(names)


async def test_a_bad_envelope_tells_the_log_what_was_wrong(serve, caplog):
    await call(serve("safe"), SAFE["another AppID"][0]())
    (record,) = [record for record in caplog.records if hasattr(record, "push")]
    assert record.push["detail"] == "appid"


@pytest.mark.parametrize(("off", "way"), [(-4000, "in the past"), (4000, "in the future")])
async def test_a_stale_timestamp_tells_the_log_how_far_off_it_was_and_which_way(
    serve, caplog, off, way
):
    await call(serve(), push(text(), timestamp=time.time() + off))
    (record,) = [record for record in caplog.records if hasattr(record, "push")]
    seconds, told = record.push["detail"].split(" s ")
    assert int(seconds) in range(3998, 4003)
    assert told == way


async def test_a_downgrade_tells_the_log_the_cure(serve, caplog):
    await call(serve("safe"), push(text()))
    (record,) = [record for record in caplog.records if hasattr(record, "push")]
    assert "is the console still on 明文模式?" in record.push["hint"]


ODD = {
    "bytes that are no UTF-8": (
        lambda: document(text()).replace("你".encode(), b"\xff\xe4"),
        {"content": "\ufffd\ufffd好"},
        "xml_repaired",
    ),
    "bytes that are no UTF-8, in JSON": (
        lambda: json.dumps(text()).encode().replace(b"\\u4f60", b"\xff"),
        {"content": "\ufffd好"},
        "xml_repaired",
    ),
    "a control character": (
        lambda: document(text()).replace("你".encode(), b"\x08"),
        {"content": "\ufffd好"},
        "xml_repaired",
    ),
    "a control character, in JSON": (
        lambda: json.dumps(text()).encode().replace(b"\\u4f60", b"\x08"),
        {"content": "\ufffd好"},
        "xml_repaired",
    ),
    "milliseconds": (
        lambda: document(text(CreateTime="1764000000123")),
        {"created": 1764000000},
        "",
    ),
    "a MsgId in words": (lambda: document(text(MsgId="first")), {"id": None}, ""),
    "an empty MsgId": (lambda: document(text(MsgId="")), {"id": None}, ""),
}


@pytest.mark.parametrize("mode", ["plain", "safe"])
@pytest.mark.parametrize(("body_of", "read_as", "reason"), ODD.values(), ids=ODD)
async def test_what_is_odd_but_can_be_read_is_handled(
    serve, reached, caplog, mode, body_of, read_as, reason
):
    caplog.set_level("INFO", "yizhan")
    answer = await call(serve(mode, original_id=ACCOUNT), push(body_of(), mode))
    assert answer.status == 200
    assert b"success" not in answer.body
    (message,) = reached
    assert {name: getattr(message, name) for name in read_as} == read_as
    (line,) = [record.push for record in caplog.records if hasattr(record, "push")]
    assert line.get("reason", "") == reason


@pytest.mark.parametrize("learnt", [True, False])
async def test_in_safe_mode_a_push_without_an_account_is_this_ones(serve, reached, learnt):
    app = serve("safe", original_id="" if learnt else ACCOUNT)
    if learnt:
        await call(app, push(text(), "safe"))
    answer = await call(app, push(text("whose?", ToUserName=None), "safe"))
    assert says(answer, "safe") == "reached"
    assert reached[-1].to_user == ACCOUNT


@pytest.mark.parametrize("first", [SAMPLE, ACCOUNT])
async def test_what_our_own_tools_send_does_not_say_whose_the_account_is(serve, reached, first):
    """`yizhan send` before WeChat's first push, and after it."""
    app = serve("safe")
    for to_user in (first, ACCOUNT, SAMPLE, ACCOUNT):
        answer = await call(app, push(text("whose?", ToUserName=to_user), "safe"))
        assert says(answer, "safe") == "reached"
    assert (await call(app, push(text(ToUserName="gh_another"), "safe"))).body == b"success"
    assert len(reached) == 4


async def test_where_the_account_is_set_our_own_tools_write_to_it_or_are_refused(serve, reached):
    answer = await call(serve("safe", original_id=ACCOUNT), push(text(ToUserName=SAMPLE), "safe"))
    assert (answer.body, reached) == (b"success", [])


@pytest.mark.parametrize("blank", ["\n", " \r\n\t"])
async def test_blanks_around_the_ciphertext_do_not_matter(serve, blank):
    encrypt = Cipher(AES_KEY, APPID).encrypt(document(text()))
    request = sealed(encrypt)
    laid_out = request.body.replace(encrypt.encode(), f"{blank}{encrypt}{blank}".encode())
    assert says(await call(serve("safe"), request._replace(body=laid_out)), "safe") == "reached"


@pytest.mark.parametrize(
    "settings", [{"max_age": 0}, {"max_age": 10_000}], ids=["age off", "a long age"]
)
async def test_the_age_window_is_settable(serve, settings):
    answer = await call(serve(**settings), push(text(), timestamp=time.time() - 4000))
    assert says(answer) == "reached"


@pytest.mark.parametrize("skew", [-297, 0, 297])
async def test_a_timestamp_within_the_window_is_let_in(serve, skew):
    assert says(await call(serve(), push(text(), timestamp=time.time() + skew))) == "reached"


@pytest.mark.parametrize("encoding", ["identity", "Identity", " identity ", ""])
async def test_an_identity_encoding_is_none(serve, encoding):
    answer = await call(serve(), push(text()).with_headers(content_encoding=encoding))
    assert says(answer) == "reached"


async def test_unknown_parameters_of_the_query_are_ignored(serve):
    request = push(text())
    request = request._replace(query=f"a=1&a=2&{request.query}&%00=%zz&&=")
    assert says(await call(serve(), request)) == "reached"


async def test_other_methods_are_told_which_are_allowed(serve):
    answer = await call(serve(), push(text())._replace(method="PUT"))
    assert answer.headers["allow"] == "GET, POST"


async def test_a_body_too_large_ends_the_connection(serve):
    answer = await call(serve(max_body=10), push(text()))
    assert answer.status == 413
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("size", [1000, 1001])
async def test_a_body_is_measured_as_it_comes(serve, reached, size):
    body = document(text("a" * (size - len(document(text(""))))))
    assert len(body) == size
    chunks = [body[:500], body[500:], b""]
    answer = await call(serve(max_body=1000), push(body), chunks=chunks)
    assert answer.status == (200 if size == 1000 else 413)
    assert len(reached) == (1 if size == 1000 else 0)


async def received(app, request, messages):
    """What the application sends for a push that arrives in these messages."""
    sent = []

    async def receive():
        return messages.pop(0)

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/wechat",
        "query_string": request.query.encode(),
        "headers": [],
        "client": None,
    }
    await app(scope, receive, send)
    return sent


@pytest.mark.parametrize("face", [asgi])
async def test_no_more_of_a_body_is_read_than_is_allowed(serve):
    messages = [{"type": "http.request", "body": b"a" * 100, "more_body": True}] * 100
    sent = await received(serve(max_body=1000), push(text()), messages)
    assert sent[0]["status"] == 413
    assert len(messages) == 100 - 11


@pytest.mark.parametrize("face", [asgi])
async def test_a_push_cut_off_in_its_body_is_given_up(serve, reached, reasons):
    request = push(text())
    messages = [
        {"type": "http.request", "body": request.body, "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent = await received(serve(), request, messages)
    assert sent[0]["status"] == 408
    assert reasons() == ["slow_client"]
    assert reached == []


class TestVerification:
    @pytest.mark.parametrize(
        ("echostr", "answered"),
        [
            ("5838479218127813673", b"5838479218127813673"),
            ("007", b"007"),
            ("a+b", b"a+b"),
            ("a%2Bb%3D%20%25", b"a+b= %"),
            ("%3Cscript%3E", b"<script>"),
            ("%E4%BD%A0", "你".encode()),
            ("%FF%00", b"\xff\x00"),
            ("a" * 256, b"a" * 256),
        ],
    )
    async def test_echostr_comes_back_byte_for_byte(self, serve, echostr, answered):
        answer = await call(serve(), verification(echostr))
        assert got(answer) == (200, answered)

    async def test_it_is_plain_text_that_no_browser_sniffs(self, serve):
        answer = await call(serve(), verification("%3Cscript%3E"))
        assert answer.headers == {
            "content-type": "text/plain; charset=utf-8",
            "x-content-type-options": "nosniff",
            "content-length": "8",
        }

    @pytest.mark.parametrize("mode", ["plain", "compat", "safe"])
    async def test_it_is_the_same_in_every_mode(self, serve, mode):
        assert got(await call(serve(mode), verification("echo"))) == (200, b"echo")

    async def test_it_is_logged_without_the_echostr(self, serve, caplog):
        caplog.set_level("INFO", "yizhan")
        await call(serve(), verification("2958099473294221495"))
        (record,) = [record for record in caplog.records if hasattr(record, "push")]
        assert record.push == {"account": "default", "why": "verified"}

    async def test_it_needs_no_engine_and_reaches_no_handler(self, make, reached):
        account = make()
        account.fallback(reached.append)
        await call(account.asgi, verification())
        assert account.inbox is None
        assert reached == []


class TestReuse:
    @pytest.mark.parametrize("how", ["another text", "another follower", "another push"])
    async def test_a_signature_with_another_body_is_refused(self, serve, reached, reasons, how):
        app = serve()
        first = text("hello", MsgId=1)
        second = {
            "another text": text("transfer all", MsgId=1),
            "another follower": text("hello", MsgId=1, FromUserName="oSomebodyElse"),
            "another push": event("CLICK", "PAY"),
        }[how]
        request = push(first)
        assert says(await call(app, request)) == "reached"
        answer = await call(app, request._replace(body=document(second)))
        assert got(answer) == FORBIDDEN
        assert reasons() == ["signature_reuse"]
        assert len(reached) == 1

    async def test_the_same_body_again_is_answered_as_the_first_time(self, serve, reached):
        app = serve()
        request = push(text())
        answers = [await call(app, request) for _ in range(3)]
        assert [says(answer) for answer in answers] == ["reached"] * 3
        assert len(reached) == 1

    async def test_it_stays_refused_when_the_first_one_comes_again(self, serve):
        app = serve()
        first = push(text("a", MsgId=1))
        other = first._replace(body=document(text("b", MsgId=1)))
        statuses = [(await call(app, request)).status for request in (first, other, first, other)]
        assert statuses == [200, 403, 200, 403]

    async def test_a_retry_with_a_new_signature_is_the_same_push(self, serve, reached):
        app = serve()
        what = text()
        answers = [await call(app, push(what)) for _ in range(3)]
        assert [says(answer) for answer in answers] == ["reached"] * 3
        assert len(reached) == 1

    async def test_in_safe_mode_the_msg_signature_covers_the_body_and_nothing_is_bound(
        self, serve, reached
    ):
        app, now = serve("safe"), time.time()
        for content in ("a", "b"):
            request = push(text(content), "safe", timestamp=now, nonce="1320562132")
            assert says(await call(app, request), "safe") == "reached"
        assert len(reached) == 2

    async def test_what_was_refused_binds_nothing(self, serve):
        app = serve()
        good = push(text())
        assert got(await call(app, good._replace(body=b"nonsense"))) == BAD
        assert says(await call(app, good)) == "reached"

    @pytest.mark.parametrize("max_age", [300, 0])
    async def test_a_binding_outlives_the_age_window(self, serve, max_age):
        app = serve(max_age=max_age)
        request = push(text())
        await call(app, request)
        kept = app.account.inbox.store._shared.bindings
        ((_, until),) = kept.values()
        assert until - time.time() > 2 * (max_age or 60) - 5


UNKNOWN = {
    "a kind": wechat.fields("telepathy", MsgId=1, Thought="hm"),
    "an event": event("aliens_landed", "42"),
}


@pytest.mark.parametrize("what", UNKNOWN.values(), ids=UNKNOWN)
async def test_what_nobody_has_heard_of_reaches_the_catch_all(serve, reached, what):
    assert (await call(serve(), push(what))).status == 200
    (message,) = reached
    assert message.raw == {name: str(value) for name, value in what.items()}


@pytest.mark.parametrize("what", UNKNOWN.values(), ids=UNKNOWN)
async def test_what_nobody_has_heard_of_is_acknowledged_without_one(make, what):
    assert got(await call(make().asgi, push(what))) == SUCCESS


@pytest.mark.parametrize(
    ("content", "read"),
    [
        ("a\x01b", "a�b"),
        ("a\x00b", "a�b"),
        ("\ufffe", "�"),
        ("a&#1;b", "a&#1;b"),
    ],
)
async def test_what_xml_cannot_hold_is_replaced(serve, reached, content, read):
    body = XML.replace("你好", content)
    assert says(await call(serve(), with_body(body))) == "reached"
    assert reached[0].content == read


async def test_a_lone_surrogate_is_replaced(serve, reached):
    body = XML.encode().replace("你好".encode(), b"a\xed\xa0\x80b")
    assert (await call(serve(), with_body(body))).status == 200
    assert set(reached[0].content) == {"a", "b", "�"}


async def test_text_cannot_inject_elements_into_a_reply(make):
    account = make()
    account.text(lambda message: message.content)
    content = "]]></Content><MsgType>image</MsgType><Content><![CDATA["
    body = document(text("x")).replace(
        b"<![CDATA[x]]>", content.replace("<", "&lt;").replace(">", "&gt;").encode()
    )
    assert says(await call(account.asgi, push(body))) == content


@pytest.mark.parametrize("content", ["a\x00b\x1fc", "\ud800", "\ufffe\uffff", "👨‍👩‍👧"])
async def test_a_reply_is_cleaned_of_what_xml_cannot_hold(make, content):
    account = make()
    account.text(lambda message: f"<{content}>")
    said = says(await call(account.asgi, push(text())))
    assert said.startswith("<")
    assert said.endswith(">")


async def test_a_reply_over_the_limit_is_cut_at_a_grapheme_and_the_rest_kept(make):
    account = make()
    account.text("long")(lambda message: "👨‍👩‍👧" * 200)
    first = says(await call(account.asgi, push(text("long"))))
    assert len(first.encode()) <= 2048
    second = says(await call(account.asgi, push(text("继续"))))
    assert (first + second).count("👨‍👩‍👧") > first.count("👨‍👩‍👧") > 0
    assert "\ufffd" not in first + second


def raising(message):
    raise RuntimeError("boom")


def returning_a_number(message):
    return 42


def returning_bytes(message):
    return b"bytes"


def returning_too_much(message):
    return "a" * 10_000_000


def yielding_a_number(message):
    yield 42


async def raising_later(message):
    await asyncio.sleep(0)
    raise KeyError("boom")


async def hanging(message):
    await asyncio.Event().wait()


def returning_itself(message):
    return returning_itself


FAULTS = [
    raising,
    raising_later,
    returning_a_number,
    returning_bytes,
    returning_too_much,
    yielding_a_number,
    returning_itself,
    hanging,
]


@pytest.mark.parametrize("handler", FAULTS)
@pytest.mark.parametrize("fallback", ["", "出错了，请稍后再试"])
async def test_a_fault_of_a_handler_is_acknowledged_and_logged_with_its_name(
    make, caplog, handler, fallback
):
    account = make(fallback=fallback)
    account.text(timeout=0.05 if handler is hanging else 10.0)(handler)
    answer = await call(account.asgi, push(text()))
    assert says(answer) == (fallback or None)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert handler.__name__ in record.getMessage()
    assert account.inbox.meter.of("handler_errors") == 1


async def test_a_fault_does_not_end_the_server(make):
    account = make()
    account.text("fail")(raising)
    account.text(lambda message: "alive")
    await call(account.asgi, push(text("fail")))
    assert says(await call(account.asgi, push(text()))) == "alive"


async def test_a_full_inbox_is_busy_and_takes_nothing_in(make, reached, reasons):
    account = make(max_jobs=1)
    begun, go_on = asyncio.Event(), asyncio.Event()

    @account.image
    async def wait(message):
        begun.set()
        await go_on.wait()

    account.text(reached.append)
    running = asyncio.create_task(call(account.asgi, push(image(FromUserName="oAnother"))))
    await begun.wait()
    answer = await call(account.asgi, push(text()))
    assert got(answer) == BUSY
    assert int(answer.headers["retry-after"]) > 0
    assert reasons() == ["overload"]
    go_on.set()
    assert got(await running) == SUCCESS
    assert reached == []


@pytest.mark.parametrize("mode", ["plain", "safe"])
async def test_a_store_that_fails_is_busy_and_no_handler_runs(
    serve, reached, reasons, monkeypatch, mode
):
    app = serve(mode)
    inbox = await app.account.start()

    def fail(openid, rule, then, **others):
        then(StoreError("engine.stopping"))

    monkeypatch.setattr(inbox.store, "change", fail)
    answer = await call(app, push(text(), mode))
    assert got(answer) == BUSY
    assert int(answer.headers["retry-after"]) > 0
    assert reasons() == ["overload"]
    assert reached == []
