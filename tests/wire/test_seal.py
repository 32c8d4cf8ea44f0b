import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wire.test_push import (
    CIPHER,
    FIELDS,
    JSON_BODY,
    KEYS,
    NONCE,
    NOW,
    OLD_CIPHER,
    PLAIN,
    SAFE,
    TIME,
    TOKEN,
    pushed,
    sealed,
)
from wire.vectors import VECTORS, Vector
from yizhan import wire
from yizhan.errors import Refused
from yizhan.wire import Envelope, Keys, sender, xml
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

REPLY = "<xml><Content><![CDATA[收到]]></Content></xml>".encode()
OPENED = wire.open(pushed(mode="safe"), SAFE, NOW)


def opened_json() -> Envelope:
    encrypt = CIPHER.encrypt(JSON_BODY)
    return wire.open(sealed(json.dumps({"Encrypt": encrypt}).encode(), encrypt), SAFE, NOW)


def reply_of(encrypt: str, **fields: str) -> bytes:
    parts = {
        "Encrypt": encrypt,
        "MsgSignature": sign(TOKEN, TIME, NONCE, encrypt),
        "TimeStamp": TIME,
        "Nonce": NONCE,
    }
    return xml.unparse({"xml": {**parts, **fields}}).encode()


def refused(body: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        wire.unseal(body, CIPHER, TOKEN)
    return caught.value.reason, caught.value.detail


class TestSeal:
    def test_the_reply_to_a_plain_push_goes_as_it_is(self):
        assert wire.seal(REPLY, wire.open(pushed(), PLAIN, NOW), NOW) is REPLY

    @pytest.mark.parametrize("acknowledgement", [b"success", b""])
    def test_acknowledgements_are_never_encrypted(self, acknowledgement: bytes):
        assert wire.seal(acknowledgement, OPENED, NOW) == acknowledgement

    def test_the_envelope_of_an_encrypted_reply(self):
        body = wire.seal(REPLY, OPENED, NOW, nonce="1372623149")
        assert re.fullmatch(
            rb"<xml><Encrypt><!\[CDATA\[[A-Za-z0-9+/]+=*\]\]></Encrypt>"
            rb"<MsgSignature><!\[CDATA\[[0-9a-f]{40}\]\]></MsgSignature>"
            rb"<TimeStamp>1764000002</TimeStamp>"
            rb"<Nonce><!\[CDATA\[1372623149\]\]></Nonce></xml>",
            body,
        )
        assert wire.unseal(body, CIPHER, TOKEN) == REPLY

    def test_a_nonce_is_fresh_letters_and_digits(self):
        nonces = {xml.read(wire.seal(REPLY, OPENED, NOW))[0]["Nonce"] for _ in range(20)}
        assert len(nonces) == 20
        assert all(re.fullmatch(r"[a-z0-9]{8,}", str(nonce)) for nonce in nonces)

    def test_it_goes_out_with_the_key_and_token_that_the_push_came_with(self):
        keys = Keys(("a-new-token", TOKEN), (CIPHER, OLD_CIPHER), "safe")
        envelope = wire.open(pushed(mode="safe", cipher=OLD_CIPHER), keys, NOW)
        assert wire.unseal(wire.seal(REPLY, envelope, NOW), OLD_CIPHER, TOKEN) == REPLY

    def test_a_json_push_gets_a_json_envelope(self):
        body = wire.seal(REPLY, opened_json(), NOW, nonce="abc")
        fields = json.loads(body)
        assert list(fields) == ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"]
        assert (fields["TimeStamp"], fields["Nonce"]) == (1764000002, "abc")
        assert wire.unseal(body, CIPHER, TOKEN) == REPLY

    @given(st.binary(max_size=100))
    def test_whatever_was_sealed_unseals(self, reply: bytes):
        assert wire.unseal(wire.seal(reply, OPENED, NOW), CIPHER, TOKEN) == reply


class TestUnseal:
    @pytest.mark.parametrize("vector", VECTORS)
    def test_the_published_vectors(self, vector: Vector):
        fields = {
            "Encrypt": vector.encrypt,
            "MsgSignature": vector.msg_signature,
            "TimeStamp": vector.timestamp,
            "Nonce": vector.nonce,
        }
        body = xml.unparse({"xml": fields}).encode()
        reply = wire.unseal(body, Cipher(vector.key, vector.appid), vector.token)
        assert len(reply) == vector.length

    @pytest.mark.parametrize("acknowledgement", [b"success", b""])
    def test_acknowledgements_come_back(self, acknowledgement: bytes):
        assert wire.unseal(acknowledgement, CIPHER, TOKEN) == acknowledgement

    @pytest.mark.parametrize("name", ["Encrypt", "MsgSignature", "TimeStamp", "Nonce"])
    def test_each_field_is_needed(self, name: str):
        body = reply_of("AAAA").replace(name.encode(), b"Other")
        assert refused(body) == ("field", name)

    @pytest.mark.parametrize("name", ["MsgSignature", "TimeStamp", "Nonce", "Encrypt"])
    def test_each_field_is_signed(self, name: str):
        encrypt = CIPHER.encrypt(REPLY)
        assert refused(reply_of(encrypt, **{name: "0" * 40})) == ("msg_signature", "")

    def test_what_does_not_open_says_where(self):
        assert refused(reply_of("AAAA")) == ("envelope", "length")

    def test_a_plain_reply_lacks_its_envelope(self):
        assert refused(REPLY) == ("field", "Encrypt")

    @pytest.mark.parametrize("body", [b"Success", b"ok", b"<xml>", b"{"])
    def test_junk_is_refused(self, body: bytes):
        assert refused(body)[0] == "xml_bad"


class TestSender:
    def test_a_plain_query_in_the_order_of_the_platform(self):
        query, body = sender.build(
            REPLY, token=TOKEN, timestamp=TIME, nonce=NONCE, mode="plain", openid="o&1"
        )
        signature = sign(TOKEN, TIME, NONCE)
        assert query == f"signature={signature}&timestamp={TIME}&nonce={NONCE}&openid=o%261"
        assert body is REPLY

    def test_without_an_openid(self):
        query, _ = sender.build(REPLY, token=TOKEN, timestamp=TIME, nonce=NONCE, mode="plain")
        assert "openid" not in query

    def test_safe_mode_shows_only_the_account(self):
        query, body = sender.build(
            REPLY,
            token=TOKEN,
            timestamp=TIME,
            nonce=NONCE,
            mode="safe",
            cipher=CIPHER,
            to_user="gh_1",
        )
        fields, _ = xml.read(body)
        assert fields.keys() == {"ToUserName", "Encrypt"}
        assert fields["ToUserName"] == "gh_1"
        assert query.endswith(sign(TOKEN, TIME, NONCE, str(fields["Encrypt"])))
        assert "&encrypt_type=aes&msg_signature=" in query

    def test_compatible_mode_shows_the_fields_too(self):
        fields, _ = xml.read(pushed(mode="compat").body + b"\n")
        assert CIPHER.decrypt(str(fields.pop("Encrypt")))
        assert fields == FIELDS

    def test_it_opens_in_every_mode(self):
        for mode, keys in KEYS.items():
            assert wire.open(pushed(mode=mode), keys, NOW).raw == FIELDS

    @pytest.mark.parametrize(("mode", "shown"), [("safe", {"ToUserName"}), ("compat", {*FIELDS})])
    def test_json_is_sealed_in_json(self, mode: wire.Mode, shown: set[str]):
        query, body = sender.build(
            json.dumps(FIELDS).encode(),
            token=TOKEN,
            timestamp=TIME,
            nonce=NONCE,
            mode=mode,
            cipher=CIPHER,
            to_user="gh_1",
            format="json",
        )
        assert json.loads(body).keys() == {*shown, "Encrypt"}
        push = wire.Push(query.encode(), body, "application/json", 0.0)
        envelope = wire.open(push, KEYS[mode], NOW)
        assert (envelope.raw, envelope.format) == (FIELDS, "json")

    def test_encryption_needs_a_cipher(self):
        with pytest.raises(ValueError, match="needs a cipher"):
            sender.build(REPLY, token=TOKEN, timestamp=TIME, nonce=NONCE, mode="safe")

    def test_compatible_mode_needs_an_end(self):
        with pytest.raises(ValueError, match="no </xml>"):
            sender.build(
                b"{}", token=TOKEN, timestamp=TIME, nonce=NONCE, mode="compat", cipher=CIPHER
            )
