"""The server against an SDK that others wrote: wechatpy plays WeChat, in safe mode."""

import time
import warnings

import pytest

import wechat
from wechat import ACCOUNT, AES_KEY, APPID, FAN, TOKEN, Request, call, document, image, text
from yizhan import Image
from yizhan.wire import xml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # wechatpy was written for older Pythons
    from wechatpy import parse_message
    from wechatpy.crypto import WeChatCrypto
    from wechatpy.exceptions import InvalidSignatureException
    from wechatpy.replies import create_reply
    from wechatpy.utils import WeChatSigner, check_signature

NONCE = "1320562132"
CRYPTO = WeChatCrypto(TOKEN, AES_KEY, APPID)


def signed(*parts):
    signer = WeChatSigner()
    signer.add_data(*parts)
    return signer.signature


def sealed(fields):
    """A push that wechatpy has encrypted and signed."""
    timestamp = str(int(time.time()))
    envelope = CRYPTO.encrypt_message(document(fields).decode(), NONCE, timestamp)
    values = xml.parse(envelope)["xml"]
    query = (
        f"signature={signed(TOKEN, timestamp, NONCE)}&timestamp={timestamp}&nonce={NONCE}"
        f"&encrypt_type=aes&msg_signature={values['MsgSignature']}"
    )
    body = f"<xml><ToUserName>{ACCOUNT}</ToUserName><Encrypt>{values['Encrypt']}</Encrypt></xml>"
    return Request(query=query, body=body.encode())


def decrypted(answer):
    """The reply as wechatpy decrypts it, its signature checked."""
    values = xml.parse(answer.body)["xml"]
    return CRYPTO.decrypt_message(
        answer.body, values["MsgSignature"], values["TimeStamp"], values["Nonce"]
    )


@pytest.fixture
def account(make):
    account = make("safe")
    account.text(lambda message: message.content)
    account.image(lambda message: Image(message.media_id))
    return account


@pytest.mark.parametrize(
    "content", ["你好", "a" * 31, "a" * 32, "]]>", "👨‍👩‍👧", "<a href='b'>c</a>"]
)
async def test_what_it_encrypts_is_answered_so_that_it_can_decrypt(account, content):
    reply = parse_message(decrypted(await call(account.asgi, sealed(text(content)))))
    assert (reply.type, reply.content) == ("text", content)
    assert (reply.target, reply.source) == (FAN, ACCOUNT)


async def test_a_picture_goes_both_ways(account):
    answer = decrypted(await call(account.asgi, sealed(image("media-1"))))
    assert "<MediaId><![CDATA[media-1]]></MediaId>" in answer


async def test_it_refuses_an_answer_that_was_changed(account):
    answer = await call(account.asgi, sealed(text("a")))
    changed = answer._replace(body=answer.body.replace(b"<Nonce><![CDATA[", b"<Nonce><![CDATA[0"))
    with pytest.raises(InvalidSignatureException):
        decrypted(changed)


async def test_its_reply_and_ours_say_the_same(account):
    what = parse_message(document(text("a")))
    theirs = xml.parse(create_reply("a", what).render())["xml"]
    ours = xml.parse(decrypted(await call(account.asgi, sealed(text("a")))))["xml"]
    assert ours | {"CreateTime": ""} == theirs | {"CreateTime": ""}


def test_it_takes_our_signature_of_a_push():
    query = dict(pair.split("=") for pair in wechat.push(text()).query.split("&"))
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
