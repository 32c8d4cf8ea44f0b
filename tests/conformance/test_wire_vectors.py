"""The wire, held against what other projects published of real pushes."""

import json
from pathlib import Path

import pytest
import xmltodict

from yizhan import wire
from yizhan.errors import Refused
from yizhan.wire import Keys, Mode, Push, sender, xml
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
CRYPTO = FIXTURES / "crypto-vectors.json"
if not CRYPTO.exists():
    pytest.skip("the shared fixtures are not here", allow_module_level=True)

VECTORS: list[dict[str, str]] = json.loads(CRYPTO.read_text("utf-8"))["vectors"]
SEALED = [vector for vector in VECTORS if "encrypt" in vector]
VERIFICATIONS = [vector for vector in VECTORS if vector["kind"] == "url-verify"]
PUSHES = sorted((FIXTURES / "push").glob("*.xml"))
INCOMING = [path for path in PUSHES if path.name.startswith(("msg-", "event-"))]
ENVELOPES = [path for path in PUSHES if path.name.startswith("envelope-")]
REPLIES = [path for path in PUSHES if path.name.startswith("reply-")]
NO_OPENID = "msg-text.senparc.8.xml"

TOKEN = "a-token-of-tests"
CIPHER = Cipher("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx2c2769f8efd9abc2")


def named(item: Path | dict[str, str]) -> str:
    return item.stem if isinstance(item, Path) else item["id"]


def opened(body: bytes, mode: Mode) -> wire.Envelope:
    query, sent = sender.build(
        body, token=TOKEN, timestamp="1764000000", nonce="1", mode=mode, cipher=CIPHER
    )
    keys = Keys((TOKEN,), (CIPHER,) if mode == "safe" else (), mode)
    return wire.open(Push(query.encode(), sent, "text/xml", 0.0), keys, 1764000000.0)


def stripped(value: xml.Value) -> xml.Value:
    if isinstance(value, dict):
        return {name: stripped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [stripped(each) for each in value]
    return value.strip() or None if value else None


@pytest.mark.parametrize("vector", SEALED, ids=named)
def test_a_published_ciphertext_opens(vector: dict[str, str]):
    cipher = Cipher(vector["encoding_aes_key"], vector["appid"])
    plaintext = vector["plaintext"].encode()
    assert cipher.decrypt(vector["encrypt"]) == plaintext
    random = vector["random_prefix"].encode()
    assert cipher.encrypt(plaintext, random=random) == vector["encrypt"]


@pytest.mark.parametrize("vector", SEALED, ids=named)
def test_a_published_push_is_let_in(vector: dict[str, str]):
    token, timestamp, nonce = vector["token"], vector["timestamp"], vector["nonce"]
    signature = vector.get("signature") or sign(token, timestamp, nonce)
    query = (
        f"signature={signature}&timestamp={timestamp}&nonce={nonce}"
        f"&encrypt_type=aes&msg_signature={vector['msg_signature']}"
    )
    body = f"<xml><Encrypt><![CDATA[{vector['encrypt']}]]></Encrypt></xml>"
    cipher = Cipher(vector["encoding_aes_key"], vector["appid"])
    keys = Keys((token,), (cipher,), "safe", component=vector["kind"] == "push-thirdparty")
    push = Push(query.encode(), body.encode(), "text/xml", 0.0)
    envelope = wire.open(push, keys, float(timestamp))
    assert envelope.raw == xmltodict.parse(vector["plaintext"])["xml"]


@pytest.mark.parametrize("vector", VERIFICATIONS, ids=named)
def test_a_published_verification_is_answered(vector: dict[str, str]):
    names = ("signature", "timestamp", "nonce", "echostr")
    query = "&".join(f"{name}={vector[name]}" for name in names)
    answer = wire.verify(query.encode(), Keys((vector["token"],)), float(vector["timestamp"]))
    assert answer.decode() == vector["echostr"]


@pytest.mark.parametrize("mode", ["plain", "safe"])
@pytest.mark.parametrize("path", [p for p in INCOMING if p.name != NO_OPENID], ids=named)
def test_a_published_push_loses_no_field(path: Path, mode: Mode):
    body = path.read_bytes()
    envelope = opened(body, mode)
    assert stripped(envelope.raw) == xmltodict.parse(body)["xml"]
    assert not envelope.repaired


def test_a_sender_that_is_no_openid_is_refused():
    with pytest.raises(Refused) as caught:
        opened((FIXTURES / "push" / NO_OPENID).read_bytes(), "plain")
    assert (caught.value.reason, caught.value.detail) == ("field", "FromUserName")


@pytest.mark.parametrize("path", ENVELOPES, ids=named)
def test_a_published_envelope_holds_its_ciphertext(path: Path):
    body = path.read_bytes()
    fields, _ = xml.read(body)
    assert fields == xmltodict.parse(body)["xml"]
    assert isinstance(fields["Encrypt"], str)


@pytest.mark.parametrize("path", REPLIES, ids=named)
def test_a_published_reply_reads_and_is_written_again(path: Path):
    tree = xml.parse(path.read_text("utf-8"))
    assert stripped(tree) == xmltodict.parse(path.read_bytes())
    for pretty in (False, True):
        written = xml.unparse(tree, pretty)
        assert written == xmltodict.unparse(tree, pretty=pretty)
        assert xml.parse(written) == tree
