"""Answers that servers have given, and what WeChat makes of each: the protocol's facts as rows."""

import gzip
from typing import NamedTuple

from wechat import ACCOUNT, AES_KEY, APPID, CIPHER, FAN, TOKEN
from yizhan.judging import Asked
from yizhan.replies import Article, Image, Music, News, Text, Transfer, render, render_json
from yizhan.wire.envelope import Cipher
from yizhan.wire.signature import sign

BOM = b"\xef\xbb\xbf"

PLAIN = Asked(FAN, ACCOUNT, TOKEN)
EVENT = Asked(FAN, ACCOUNT, TOKEN, is_event=True)
SAFE = Asked(FAN, ACCOUNT, TOKEN, "safe", CIPHER)
COMPAT = Asked(FAN, ACCOUNT, TOKEN, "compat", CIPHER)
JSON = Asked(FAN, ACCOUNT, TOKEN, format="json")


def xml(reply, to=FAN, sender=ACCOUNT):
    return render(reply, to=to, sender=sender, created=1)


def json(reply):
    return render_json(reply, to=FAN, sender=ACCOUNT, created=1)


def with_fields(body):
    return (
        f"<xml><ToUserName>{FAN}</ToUserName><FromUserName>{ACCOUNT}</FromUserName>"
        f"<CreateTime>1</CreateTime>{body}</xml>"
    ).encode()


def sealed(body, token=TOKEN, cipher=CIPHER):
    encrypt = cipher.encrypt(body)
    return (
        f"<xml><Encrypt>{encrypt}</Encrypt><MsgSignature>{sign(token, '1', '2', encrypt)}"
        "</MsgSignature><TimeStamp>1</TimeStamp><Nonce>2</Nonce></xml>"
    ).encode()


def news(count):
    return News(*(Article(f"t{number}") for number in range(count)))


def music(cover):
    return with_fields(
        f"<MsgType>music</MsgType><Music><MusicUrl>https://a/b.mp3</MusicUrl>{cover}</Music>"
    )


class Row(NamedTuple):
    """An answer with status 200; `expected` is the reply that is shown, or the fault's code."""

    asked: Asked
    body: bytes
    expected: object
    encoding: str = ""


TEXT = xml(Text("你好"))
SONG = Music(url="https://a/b.mp3")

SHOWN = [
    Row(PLAIN, TEXT, Text("你好")),
    Row(PLAIN, b"  \n" + TEXT, Text("你好")),
    Row(PLAIN, TEXT, Text("你好"), "identity"),
    Row(PLAIN, TEXT, Text("你好"), "Identity, identity"),
    Row(PLAIN, xml(Text("x" * 2048)), Text("x" * 2048)),
    Row(PLAIN, xml(Text("<Encrypt>x</Encrypt>")), Text("<Encrypt>x</Encrypt>")),
    Row(PLAIN, xml(Image("m")), Image("m")),
    Row(PLAIN, xml(Transfer()), Transfer()),
    Row(PLAIN, music(""), SONG),
    Row(
        PLAIN,
        music("<ThumbMediaId>m</ThumbMediaId>"),
        Music("m", url="https://a/b.mp3"),
    ),
    Row(PLAIN, xml(news(1)), news(1)),
    Row(EVENT, xml(news(8)), news(8)),
    Row(SAFE, sealed(TEXT), Text("你好")),
    Row(COMPAT, sealed(TEXT), Text("你好")),
    Row(COMPAT, TEXT, Text("你好")),
    Row(JSON, json(Text("你好")), Text("你好")),
]

ACKNOWLEDGED = [
    *(Row(asked, b"success", None) for asked in (PLAIN, SAFE, COMPAT, JSON, EVENT)),
    *(Row(asked, b"", None) for asked in (PLAIN, SAFE, COMPAT, JSON, EVENT)),
    Row(SAFE, sealed(b"success"), None),
    Row(PLAIN, b"success", None, "identity"),
]

FAULTS = [
    Row(PLAIN, BOM + TEXT, "bom"),
    Row(PLAIN, BOM + b"success", "bom"),
    Row(PLAIN, BOM, "bom"),
    Row(JSON, BOM + json(Text("你好")), "bom"),
    Row(SAFE, BOM + sealed(TEXT), "bom"),
    Row(SAFE, sealed(BOM + TEXT), "bom"),
    Row(PLAIN, gzip.compress(TEXT, mtime=0), "compressed", "gzip"),
    Row(PLAIN, gzip.compress(b"success", mtime=0), "compressed", "gzip"),
    Row(PLAIN, TEXT, "compressed", "gzip"),
    Row(PLAIN, TEXT, "compressed", "identity, br"),
    Row(SAFE, sealed(TEXT), "compressed", "deflate"),
    Row(PLAIN, gzip.compress(TEXT, mtime=0), "compressed"),
    Row(PLAIN, b'{"errcode": 0}', "not_xml"),
    Row(PLAIN, b"[]", "not_xml"),
    Row(PLAIN, json(Text("你好")), "not_xml"),
    Row(PLAIN, b"<!DOCTYPE html><html></html>", "not_xml"),
    Row(PLAIN, b"<html>", "not_xml"),
    Row(PLAIN, b"OK", "not_xml"),
    Row(PLAIN, b"Success", "not_xml"),
    Row(PLAIN, b"success\n", "not_xml"),
    Row(PLAIN, b'"success"', "not_xml"),
    Row(PLAIN, b"\n", "not_xml"),
    Row(PLAIN, TEXT[:-3], "malformed"),
    Row(PLAIN, TEXT + b"<!-- --><p>", "malformed"),
    Row(PLAIN, b"<xml></xml>", "root"),
    Row(PLAIN, b"<reply>x</reply>", "root"),
    Row(PLAIN, b"<xml>" + TEXT + b"</xml>", "nested"),
    Row(PLAIN, with_fields("<MsgType>text</MsgType><Content></Content>"), "empty_content"),
    Row(PLAIN, with_fields("<MsgType>text</MsgType><Content>  </Content>"), "empty_content"),
    Row(PLAIN, with_fields("<MsgType>text</MsgType>"), "missing"),
    Row(PLAIN, with_fields("<Content>x</Content>"), "missing"),
    Row(PLAIN, with_fields("<MsgType>image</MsgType><MediaId>m</MediaId>"), "missing"),
    Row(PLAIN, with_fields("<MsgType>image</MsgType><Pic><MediaId>m</MediaId></Pic>"), "missing"),
    Row(PLAIN, music("<ThumbMediaId></ThumbMediaId>"), "empty_element"),
    Row(PLAIN, music("<ThumbMediaId/>"), "empty_element"),
    Row(PLAIN, music("<ThumbMediaId><![CDATA[]]></ThumbMediaId>"), "empty_element"),
    Row(PLAIN, music("<ThumbMediaId><![CDATA[ ]]></ThumbMediaId>"), "empty_element"),
    Row(SAFE, sealed(music("<ThumbMediaId/>")), "empty_element"),
    Row(PLAIN, with_fields("<MsgType>sticker</MsgType>"), "kind"),
    Row(PLAIN, TEXT.replace(b"<CreateTime>1<", b"<CreateTime>now<"), "number"),
    Row(PLAIN, xml(news(1)).replace(b"<ArticleCount>1", b"<ArticleCount>2"), "count"),
    Row(PLAIN, xml(Text("x"), to=ACCOUNT, sender=FAN), "not_swapped"),
    Row(PLAIN, xml(Text("x"), to="oOther"), "wrong_to"),
    Row(PLAIN, xml(Text("x"), sender="gh_other"), "wrong_from"),
    Row(PLAIN, xml(news(2)), "articles"),
    Row(EVENT, xml(news(9)), "articles_event"),
    Row(PLAIN, xml(Text("x" * 2049)), "long_text"),
    Row(PLAIN, xml(Text("长" * 683)), "long_text"),
    Row(PLAIN, sealed(TEXT), "sealed_in_plain"),
    Row(SAFE, TEXT, "plain_in_safe"),
    Row(SAFE, xml(Text("<Encrypt>")), "plain_in_safe"),
    Row(SAFE, b"OK", "not_xml"),
    Row(SAFE, sealed(TEXT, token="another0token0of0ours"), "msg_signature"),
    Row(SAFE, sealed(TEXT, cipher=Cipher("0" * 43, APPID)), "envelope"),
    Row(SAFE, sealed(TEXT, cipher=Cipher(AES_KEY, "wx1")), "envelope"),
    Row(SAFE, b"<xml><Encrypt>abc</Encrypt></xml>", "envelope_form"),
    Row(SAFE, sealed(b"{}"), "not_xml"),
    Row(JSON, TEXT, "not_json"),
    Row(JSON, b'{"ToUserName": "oFan"}', "missing"),
    Row(JSON, b'{"ToUserName": ', "malformed"),
]

STATUSES = [201, 204, 301, 302, 403, 404, 500, 503]
