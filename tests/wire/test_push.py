import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.vectors import K1, K1_SIGNATURE, VECTORS
from yizhan import wire
from yizhan.errors import Refused, Unreadable
from yizhan.wire import Envelope, Keys, Mode, Push, sender
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

NOW = 1764000002.5
TIME = "1764000002"
NONCE = "1320562132"
TOKEN = "a-token-of-tests"
CIPHER = Cipher(K1.key, K1.appid)
OLD_CIPHER = Cipher(VECTORS[2].key, K1.appid)
PLAIN = Keys((TOKEN,))
SAFE = Keys((TOKEN,), (CIPHER,), "safe")
COMPAT = Keys((TOKEN,), (CIPHER,), "compat")
KEYS: dict[Mode, Keys] = {"plain": PLAIN, "compat": COMPAT, "safe": SAFE}
FIELDS: dict[str, str | None] = {
    "ToUserName": "gh_a1b2c3d4e5f6",
    "FromUserName": "oYz0a1B2c3D4e5F6g7H8i9J0kLmN",
    "CreateTime": "1764000000",
    "MsgType": "text",
    "Content": " 你好 ",
    "MsgId": "24900000000000001",
}


def document(fields: dict[str, str | None]) -> bytes:
    inner = (f"<{name}><![CDATA[{value}]]></{name}>" for name, value in fields.items())
    return f"<xml>{''.join(inner)}</xml>".encode()


def changed(**fields: str | None) -> bytes:
    """The usual push with some fields replaced, or left out where None."""
    return document({k: v for k, v in {**FIELDS, **fields}.items() if v is not None})


BODY = document(FIELDS)


def pushed(
    body: bytes = BODY,
    mode: Mode = "plain",
    *,
    token: str = TOKEN,
    timestamp: str = TIME,
    cipher: Cipher = CIPHER,
    content_type: str = "text/xml",
) -> Push:
    query, sent = sender.build(
        body, token=token, timestamp=timestamp, nonce=NONCE, mode=mode, cipher=cipher, openid="o"
    )
    return Push(query.encode(), sent, content_type, NOW)


def sealed(outer: bytes, encrypt: str, content_type: str = "text/xml") -> Push:
    """A push whose body is made by hand around a ciphertext."""
    signature, msg_signature = sign(TOKEN, TIME, NONCE), sign(TOKEN, TIME, NONCE, encrypt)
    query = (
        f"signature={signature}&timestamp={TIME}&nonce={NONCE}"
        f"&encrypt_type=aes&msg_signature={msg_signature}"
    )
    return Push(query.encode(), outer, content_type, NOW)


def refused(push: Push, keys: Keys, now: float = NOW) -> Refused:
    with pytest.raises(Refused) as caught:
        wire.open(push, keys, now)
    return caught.value


@pytest.mark.parametrize("mode", KEYS)
def test_a_real_push_is_let_in(mode: Mode):
    envelope = wire.open(pushed(mode=mode), KEYS[mode], NOW)
    assert envelope == Envelope(
        raw={**FIELDS},
        body=BODY,
        encrypted=mode != "plain",
        token=TOKEN,
        cipher=None if mode == "plain" else CIPHER,
        timestamp=TIME,
        nonce=NONCE,
        signature=sign(TOKEN, TIME, NONCE),
        format="xml",
        repaired=False,
    )


@pytest.mark.parametrize("mode", KEYS)
@pytest.mark.parametrize("byte", [b"\x01", b"\xff"])
def test_a_repair_is_told(mode: Mode, byte: bytes):
    body = changed(Content="a-b").replace(b"a-b", b"a%sb" % byte)
    envelope = wire.open(pushed(body, mode), KEYS[mode], NOW)
    assert envelope.raw["Content"] == "a\ufffdb"
    assert envelope.repaired


@pytest.mark.parametrize("blank", [" ", "\n", "\r\n\t  "])
@pytest.mark.parametrize("around", ["%s", "<![CDATA[%s]]>"])
def test_blanks_around_the_ciphertext_are_layout(blank: str, around: str):
    encrypt = CIPHER.encrypt(BODY)
    written = around % f"{blank}{encrypt}{blank}"
    outer = f"<xml>\n<ToUserName>x</ToUserName>\n<Encrypt>{written}</Encrypt>\n</xml>"
    assert wire.open(sealed(outer.encode(), encrypt), SAFE, NOW).body == BODY
    as_json = json.dumps({"Encrypt": f"{blank}{encrypt}{blank}"}).encode()
    assert wire.open(sealed(as_json, encrypt), SAFE, NOW).body == BODY


def test_outer_bytes_that_are_no_utf_8_do_not_matter():
    push = pushed(mode="compat")
    outer = push.body.replace("你好".encode(), b"\xff")
    assert outer != push.body
    assert wire.open(Push(push.query, outer, "text/xml", NOW), COMPAT, NOW).body == BODY


def test_the_official_demo_opens():
    keys = Keys((K1.token,), (CIPHER,), "safe")
    query = (
        f"signature={K1_SIGNATURE}&timestamp={K1.timestamp}&nonce={K1.nonce}"
        f"&encrypt_type=aes&msg_signature={K1.msg_signature}"
    )
    body = f"<xml><ToUserName>x</ToUserName><Encrypt>{K1.encrypt}</Encrypt></xml>"
    push = Push(query.encode(), body.encode(), "text/xml", 0.0)
    envelope = wire.open(push, keys, float(K1.timestamp))
    assert envelope.raw["FromUserName"] == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert envelope.raw["Content"] == "abcdteT"
    assert envelope.raw["MsgId"] == "6054768590064713728"


class TestSignature:
    @pytest.mark.parametrize("mode", KEYS)
    def test_a_wrong_one_is_refused(self, mode: Mode):
        error = refused(pushed(mode=mode, token="another-token"), KEYS[mode])
        assert (error.reason, error.authenticated) == ("signature", False)

    @pytest.mark.parametrize("mode", KEYS)
    def test_a_previous_token_is_still_good_and_told(self, mode: Mode):
        keys = Keys(("a-new-token", TOKEN), KEYS[mode].ciphers, mode)
        assert wire.open(pushed(mode=mode), keys, NOW).token == TOKEN

    def test_without_tokens_nothing_is_let_in(self):
        assert refused(pushed(), Keys(())).reason == "signature"

    def test_a_malformed_query_is_refused_before(self):
        push = Push(b"signature=x", BODY, "text/xml", NOW)
        assert refused(push, PLAIN).reason == "query_format"


class TestAge:
    @pytest.mark.parametrize("skew", [-300, 0, 300])
    def test_within_the_window(self, skew: int):
        wire.open(pushed(), PLAIN, int(TIME) + skew)

    @pytest.mark.parametrize(
        ("skew", "detail"),
        [(301, "301 s in the past"), (-301, "301 s in the future"), (3600, "3600 s in the past")],
    )
    def test_outside_it_with_how_far_and_which_way(self, skew: int, detail: str):
        error = refused(pushed(), PLAIN, int(TIME) + skew)
        assert (error.reason, error.detail, error.authenticated) == ("stale", detail, False)

    def test_any_age_with_zero(self):
        wire.open(pushed(), Keys((TOKEN,), max_age=0), 0.0)

    def test_another_window(self):
        assert refused(pushed(), Keys((TOKEN,), max_age=5), int(TIME) + 6).reason == "stale"

    def test_a_wrong_token_is_no_wrong_clock(self):
        assert refused(pushed(token="another-token"), PLAIN, 0.0).reason == "signature"

    def test_a_wrong_clock_is_told_before_the_body_is_read(self):
        assert refused(pushed(b"junk"), PLAIN, 0.0).reason == "stale"


class TestMode:
    @pytest.mark.parametrize("keys", [SAFE, COMPAT])
    def test_plaintext_is_refused_where_encryption_is_pinned(self, keys: Keys):
        error = refused(pushed(), keys)
        assert (error.reason, error.authenticated) == ("downgrade", False)

    @pytest.mark.parametrize("keys", [SAFE, COMPAT])
    @pytest.mark.parametrize("outer", [BODY, b"<xml><Encrypt/><A/></xml>"])
    def test_so_is_a_body_without_ciphertext(self, keys: Keys, outer: bytes):
        error = refused(sealed(outer, ""), keys)
        assert (error.reason, error.authenticated) == ("downgrade", False)

    @pytest.mark.parametrize("keys", [SAFE, COMPAT])
    def test_so_is_a_ciphertext_that_the_query_does_not_announce(self, keys: Keys):
        push = pushed(mode="compat")
        query = push.query.replace(b"&encrypt_type=aes", b"")
        assert refused(Push(query, push.body, "text/xml", NOW), keys).reason == "downgrade"

    def test_of_a_compatible_push_only_the_ciphertext_is_trusted(self):
        push = pushed(mode="compat")
        forged = push.body.replace("你好".encode(), b"forged").replace(b"oYz0", b"oXXX")
        envelope = wire.open(Push(push.query, forged, "text/xml", NOW), COMPAT, NOW)
        assert envelope.raw == FIELDS
        assert envelope.body == BODY

    def test_a_plaintext_account_reads_both_with_a_key(self):
        keys = Keys((TOKEN,), (CIPHER,), "plain")
        assert not wire.open(pushed(), keys, NOW).encrypted
        assert wire.open(pushed(mode="safe"), keys, NOW).encrypted
        assert wire.open(pushed(mode="compat"), keys, NOW).encrypted

    def test_a_plaintext_account_without_a_key_reads_the_plain_fields(self):
        envelope = wire.open(pushed(mode="compat"), PLAIN, NOW)
        assert envelope.raw.items() >= FIELDS.items()
        assert not envelope.encrypted

    @pytest.mark.parametrize("keys", [PLAIN, Keys((TOKEN,), (), "safe")])
    def test_safe_mode_without_a_key_says_so(self, keys: Keys):
        error = refused(pushed(mode="safe"), keys)
        assert (error.reason, error.detail) == ("envelope", "no key")


class TestMsgSignature:
    @pytest.mark.parametrize(
        "signature", ["", "0" * 40, K1_SIGNATURE, "驿站", sign(TOKEN, TIME, NONCE)]
    )
    def test_a_wrong_one_never_reaches_the_cipher(
        self, signature: str, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr(Cipher, "decrypt", lambda *_: pytest.fail("decrypted"))
        push = pushed(mode="safe")
        head, _, _ = push.query.rpartition(b"=")
        changed = Push(head + b"=" + signature.encode(), push.body, "text/xml", NOW)
        error = refused(changed, SAFE)
        assert (error.reason, error.authenticated) == ("msg_signature", False)

    def test_none_at_all(self):
        push = pushed(mode="safe")
        query, _, _ = push.query.rpartition(b"&")
        assert refused(Push(query, push.body, "text/xml", NOW), SAFE).reason == "msg_signature"

    def test_any_changed_byte_of_the_ciphertext(self):
        push = pushed(mode="safe")
        start = push.body.index(b"<Encrypt><![CDATA[") + len(b"<Encrypt><![CDATA[")
        for at in range(start, start + 24):
            body = bytearray(push.body)
            body[at] = ord("A") if body[at] != ord("A") else ord("B")
            changed = Push(push.query, bytes(body), "text/xml", NOW)
            assert refused(changed, SAFE).reason == "msg_signature"

    def test_with_a_token_other_than_the_query_the_reply_takes_that_of_the_ciphertext(self):
        push = pushed(mode="safe")
        query = push.query.replace(
            sign(TOKEN, TIME, NONCE).encode(), sign("previous", TIME, NONCE).encode()
        )
        keys = Keys(("previous", TOKEN), (CIPHER,), "safe")
        assert wire.open(Push(query, push.body, "text/xml", NOW), keys, NOW).token == TOKEN


class TestEnvelope:
    def test_a_previous_key_still_opens_and_is_told(self):
        keys = Keys((TOKEN,), (CIPHER, OLD_CIPHER), "safe")
        assert wire.open(pushed(mode="safe", cipher=OLD_CIPHER), keys, NOW).cipher is OLD_CIPHER

    def test_the_first_key_tells_what_was_wrong(self):
        other_account = Cipher(K1.key, "wx0000000000000000")
        keys = Keys((TOKEN,), (CIPHER, OLD_CIPHER), "safe")
        error = refused(pushed(mode="safe", cipher=other_account), keys)
        assert (error.reason, error.detail) == ("envelope", "appid")
        assert error.authenticated is False

    @pytest.mark.parametrize(
        ("encrypt", "sub"), [("!", "base64"), ("AAAA", "length"), ("A" * 43 + "=", "padding")]
    )
    def test_each_sub_code_shows(self, encrypt: str, sub: str):
        outer = f"<xml><Encrypt>{encrypt}</Encrypt></xml>".encode()
        error = refused(sealed(outer, encrypt), SAFE)
        assert (error.reason, error.detail) == ("envelope", sub)

    def test_a_bad_outer_body_is_unauthenticated(self):
        error = refused(sealed(b"<xml>", ""), SAFE)
        assert (error.reason, error.authenticated) == ("xml_bad", False)

    def test_the_outer_ciphertext_comes_once(self):
        outer = b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>"
        assert refused(sealed(outer, "a"), SAFE).reason == "xml_bad"


BAD_FIELDS: Iterable[tuple[str, str | None]] = [
    ("CreateTime", None),
    ("CreateTime", ""),
    ("CreateTime", "now"),
    ("CreateTime", "-1"),
    ("CreateTime", "0"),
    ("CreateTime", "000"),
    ("CreateTime", "1.5"),
    ("CreateTime", "1 "),
    ("CreateTime", "0234567890123"),
    ("CreateTime", "12345678901234"),
    ("CreateTime", "１２３"),
    ("FromUserName", None),
    ("FromUserName", ""),
    ("FromUserName", "a b"),
    ("FromUserName", "a\n"),
    ("FromUserName", "粉丝"),
    ("FromUserName", "../etc"),
    ("FromUserName", "a" * 65),
    ("ToUserName", None),
    ("ToUserName", ""),
    ("MsgType", None),
    ("MsgType", ""),
]


class TestFields:
    @pytest.mark.parametrize("mode", KEYS)
    @pytest.mark.parametrize(("name", "value"), BAD_FIELDS)
    def test_a_bad_one_is_named(self, mode: Mode, name: str, value: str | None):
        error = refused(pushed(changed(**{name: value}), mode), KEYS[mode])
        assert (error.reason, error.detail) == ("field", name)
        assert error.authenticated is (mode != "plain")

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CreateTime", "999999999999"),
            ("CreateTime", "1764000000123"),
            ("MsgId", None),
            ("MsgId", "first"),
            ("MsgId", "-1"),
            ("MsgId", "1" * 21),
            ("MsgId", "18446744073709551615"),
            ("FromUserName", "A-z_0"),
            ("FromUserName", "a" * 64),
            ("MsgType", "a_kind_of_tomorrow"),
        ],
    )
    def test_what_is_unusual_but_legal_is_let_in(self, name: str, value: str | None):
        assert wire.open(pushed(changed(**{name: value})), PLAIN, NOW).raw.get(name) == value

    @pytest.mark.parametrize("mode", ["plain", "safe"])
    @pytest.mark.parametrize(
        ("body", "reason"),
        [(b"<!DOCTYPE xml><xml><A/></xml>", "xml_dtd"), (b"<xml><A>&</A></xml>", "xml_bad")],
    )
    def test_bad_xml_inside_counts_as_authenticated_only_if_encrypted(
        self, mode: Mode, body: bytes, reason: str
    ):
        error = refused(pushed(body, mode), KEYS[mode])
        assert (error.reason, error.authenticated) == (reason, mode == "safe")

    @pytest.mark.parametrize("body", [b"<xml><A>&</A></xml>", changed(FromUserName="a b")])
    def test_what_cannot_be_read_though_it_is_wechats_comes_with_its_body(self, body: bytes):
        error = refused(pushed(body, "safe"), SAFE)
        assert isinstance(error, Unreadable)
        assert error.body == body
        assert body.decode() not in repr(error)
        assert not isinstance(refused(pushed(body), PLAIN), Unreadable)

    @pytest.mark.parametrize("mode", ["compat", "safe"])
    @pytest.mark.parametrize("name", [None, ""])
    def test_without_an_account_it_is_this_ones_where_only_wechat_can_have_written(
        self, mode: Mode, name: str | None
    ):
        keys = Keys((TOKEN,), (CIPHER,), mode, original_id="gh_a1b2c3d4e5f6")
        raw = wire.open(pushed(changed(ToUserName=name), mode), keys, NOW).raw
        assert raw["ToUserName"] == "gh_a1b2c3d4e5f6"

    def test_but_not_in_plaintext(self):
        keys = Keys((TOKEN,), original_id="gh_a1b2c3d4e5f6")
        error = refused(pushed(changed(ToUserName=None)), keys)
        assert (error.reason, error.detail) == ("field", "ToUserName")

    @pytest.mark.parametrize("mode", KEYS)
    def test_the_account_must_be_this_one_once_it_is_known(self, mode: Mode):
        keys = Keys((TOKEN,), KEYS[mode].ciphers, mode, original_id="gh_another")
        error = refused(pushed(mode=mode), keys)
        assert (error.reason, error.detail) == ("wrong_account", FIELDS["ToUserName"])
        assert error.authenticated is True

    def test_and_is_let_in_if_it_is(self):
        keys = Keys((TOKEN,), original_id="gh_a1b2c3d4e5f6")
        wire.open(pushed(), keys, NOW)


TICKET = document(
    {
        "AppId": "wxbbd3f07e2945cf2a",
        "CreateTime": "1764000000",
        "InfoType": "component_verify_ticket",
        "ComponentVerifyTicket": "ticket",
    }
)


class TestComponent:
    KEYS = Keys((TOKEN,), (CIPHER,), "safe", component=True)

    def test_its_push_names_an_app_instead(self):
        assert wire.open(pushed(TICKET, "safe"), self.KEYS, NOW).raw["InfoType"]

    def test_only_where_such_are_awaited(self):
        assert refused(pushed(TICKET, "safe"), SAFE).detail == "FromUserName"

    @pytest.mark.parametrize("name", ["InfoType", "CreateTime"])
    def test_it_has_a_kind_and_a_time(self, name: str):
        body = TICKET.replace(name.encode(), b"Other")
        error = refused(pushed(body, "safe"), self.KEYS)
        assert (error.reason, error.detail) == ("field", name)

    def test_an_ordinary_push_must_still_be_one(self):
        wire.open(pushed(mode="safe"), self.KEYS, NOW)
        error = refused(pushed(changed(FromUserName=None, AppId="wx1"), "safe"), self.KEYS)
        assert error.detail == "FromUserName"


JSON_BODY = json.dumps({**FIELDS, "CreateTime": 1764000000, "MsgId": 24900000000000001}).encode()


class TestJson:
    @pytest.mark.parametrize("content_type", ["application/json", "text/xml", ""])
    def test_it_is_told_by_its_type_or_its_first_byte(self, content_type: str):
        envelope = wire.open(pushed(JSON_BODY, content_type=content_type), PLAIN, NOW)
        assert envelope.raw == FIELDS
        assert envelope.format == "json"

    @pytest.mark.parametrize("mode", ["plain", "safe"])
    def test_a_byte_order_mark_before_it_does_not_matter(self, mode: Mode):
        envelope = wire.open(pushed(b"\xef\xbb\xbf " + JSON_BODY, mode), KEYS[mode], NOW)
        assert envelope.raw == FIELDS

    def test_xml_that_calls_itself_json_is_refused(self):
        assert refused(pushed(content_type="application/json"), PLAIN).reason == "xml_bad"

    @pytest.mark.parametrize("inner", [BODY, JSON_BODY])
    def test_in_safe_mode(self, inner: bytes):
        encrypt = CIPHER.encrypt(inner)
        outer = json.dumps({"ToUserName": "gh_a1b2c3d4e5f6", "Encrypt": encrypt}).encode()
        envelope = wire.open(sealed(outer, encrypt, "application/json"), SAFE, NOW)
        assert (envelope.raw, envelope.body, envelope.format) == (FIELDS, inner, "json")


class TestVerify:
    def query(self, echostr: str = "5833258582299191661", *, token: str = TOKEN) -> bytes:
        signature = sign(token, TIME, NONCE)
        tail = f"&echostr={echostr}" if echostr else ""
        return f"signature={signature}&timestamp={TIME}&nonce={NONCE}{tail}".encode()

    def refused(self, query: bytes, now: float = NOW) -> str:
        with pytest.raises(Refused) as caught:
            wire.verify(query, PLAIN, now)
        assert caught.value.authenticated is False
        return caught.value.reason

    def test_the_published_vector(self):
        query = f"signature={K1_SIGNATURE}&timestamp={K1.timestamp}&nonce={K1.nonce}&echostr=shr5ch"
        keys = Keys((K1.token,))
        assert wire.verify(query.encode(), keys, float(K1.timestamp)) == b"shr5ch"

    @pytest.mark.parametrize("echostr", ["0", "00123", "a+b", "x" * 256])
    def test_the_echostr_comes_back_byte_for_byte(self, echostr: str):
        assert wire.verify(self.query(echostr), SAFE, NOW) == echostr.encode()

    @pytest.mark.parametrize("echostr", ["", "x" * 257])
    def test_none_or_a_long_one_is_refused(self, echostr: str):
        assert self.refused(self.query(echostr)) == "echostr"

    def test_an_empty_one_is_none(self):
        assert self.refused(self.query("") + b"&echostr=") == "echostr"

    def test_never_unsigned_stale_or_malformed(self):
        assert self.refused(self.query(token="another-token")) == "signature"
        assert self.refused(self.query("", token="another-token")) == "signature"
        assert self.refused(self.query(), NOW + 400) == "stale"
        assert self.refused(b"echostr=1") == "query_format"

    def test_a_previous_token_is_still_good(self):
        assert wire.verify(self.query("1"), Keys(("a-new-token", TOKEN)), NOW) == b"1"


def test_no_repr_shows_a_token_a_key_or_a_text():
    envelope = wire.open(pushed(mode="safe"), SAFE, NOW)
    assert repr(envelope) == "Envelope(encrypted=True, format='xml')"
    assert repr(pushed()) == "Push(content_type='text/xml', arrived=1764000002.5)"
    assert repr(SAFE) == "Keys(mode='safe', original_id='')"


@given(st.binary(max_size=200), st.binary(max_size=200), st.sampled_from([PLAIN, SAFE]))
def test_nothing_but_a_refusal_comes_of_junk(query: bytes, body: bytes, keys: Keys):
    refused(Push(query, body, "text/xml", NOW), keys)


@given(st.binary(max_size=60), st.sampled_from(["plain", "safe"]))
def test_nor_of_signed_junk(body: bytes, mode: Mode):
    refused(pushed(body, mode), KEYS[mode])
