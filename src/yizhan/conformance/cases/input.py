"""Bad input from a sender who holds the token: nothing crashes, the next push is answered."""

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter, Run
from yizhan.conformance.expect import Failure, answered, client_error, sound, unanswered
from yizhan.conformance.http import Request
from yizhan.conformance.target import XML, Target, with_headers

chapter = Chapter("input")

HEAD = (
    "<xml><ToUserName><![CDATA[{to}]]></ToUserName><FromUserName><![CDATA[{fan}]]></FromUserName>"
    "<CreateTime>1764000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
)
TEXT = "<Content><![CDATA[{word}]]></Content>"
ID = "<MsgId>{id}</MsgId>"
DEEP = "<a>" * 200 + "</a>" * 200
WIDE = "<a/>" * 5000

# Bodies that hold no push: what comes back matters little, that anything does matters.
MALFORMED = {
    "empty": "",
    "blank": " \n ",
    "words": "hello",
    "json": '{{"MsgType": "text"}}',
    "array": "[]",
    "html": "<html><body>hi</body></html>",
    "form": "a=1&b=2",
    "truncated": HEAD + "<Content><![CDATA[ab",
    "unclosed": HEAD + TEXT + ID,
    "two-roots": HEAD + TEXT + ID + "</xml><xml></xml>",
    "root": HEAD.replace("<xml>", "<message>", 1) + TEXT + ID + "</message>",
    "empty-root": "<xml></xml>",
    "text-root": "<xml>hello</xml>",
    "nested": "<xml>" + HEAD + TEXT + ID + "</xml></xml>",
    "no-user": "<xml><MsgType><![CDATA[text]]></MsgType>" + TEXT + ID + "</xml>",
    "no-type": (HEAD + TEXT + ID + "</xml>").replace("<MsgType><![CDATA[text]]></MsgType>", ""),
    "no-time": (HEAD + TEXT + ID + "</xml>").replace("<CreateTime>1764000000</CreateTime>", ""),
    "odd-time": (HEAD + TEXT + ID + "</xml>").replace("1764000000", "yesterday"),
    "odd-id": HEAD + TEXT + "<MsgId>one</MsgId></xml>",
    "odd-user": (HEAD + TEXT + ID + "</xml>").replace("{fan}", "../../{fan}\"'"),
    "twice-user": HEAD + TEXT + ID + "<FromUserName><![CDATA[oOther]]></FromUserName></xml>",
    "nested-user": (HEAD + TEXT + ID + "</xml>").replace(
        "<![CDATA[{fan}]]>", "<a><![CDATA[{fan}]]></a>"
    ),
    "event-without-name": HEAD.replace("[text]", "[event]") + "</xml>",
    "no-content": HEAD + ID + "</xml>",
    "nested-content": HEAD + "<Content><a>x</a></Content>" + ID + "</xml>",
    "deep": HEAD + TEXT + ID + DEEP + "</xml>",
    "wide": HEAD + TEXT + ID + WIDE + "</xml>",
    "undeclared-entity": HEAD + "<Content>&nbsp;</Content>" + ID + "</xml>",
    "instruction": HEAD + '<?php echo "x"; ?>' + TEXT + ID + "</xml>",
    "encoding": '<?xml version="1.0" encoding="GBK"?>' + HEAD + TEXT + ID + "</xml>",
}
# Bodies that hold a push in spite of all: WeChat sends such, and waits for an answer.
ODD = {
    "empty-content": HEAD + "<Content></Content>" + ID + "</xml>",
    "comment": HEAD + "<!-- WeChat never does -->" + TEXT + ID + "</xml>",
    "attributes": HEAD + TEXT.replace("<Content>", '<Content lang="zh">') + ID + "</xml>",
    "no-cdata": HEAD + "<Content>a &lt;b&gt; &amp; c</Content>" + ID + "</xml>",
}


def written(target: Target, template: str) -> bytes:
    """The body of a template, with this case's follower and words."""
    return template.format(
        to=target.server.original_id, fan=target.fan, word=pushes.word(), id=pushes.new_id()
    ).encode()


async def alive(target: Target) -> None:
    """The next push is answered."""
    answered(await target.push(target.text(pushes.word())))


def _malformed(template: str) -> Run:
    async def run(target: Target) -> None:
        sound(await target.push(written(target, template)))
        await alive(target)

    return run


def _odd(template: str) -> Run:
    async def run(target: Target) -> None:
        answered(await target.push(written(target, template)))

    return run


for _name, _template in MALFORMED.items():
    chapter.row("input", _name, "unwise", "security", _malformed(_template))
for _name, _template in ODD.items():
    chapter.row("input", _name, "unwise", "B2, security", _odd(_template), text="odd")


@chapter.breaks("C, L10")
async def input_control_characters(target: Target) -> None:
    for odd in (b"\x08", b"\x0b", b"\x1b[31m", b"\x00", b"\x01\x02"):
        body = pushes.document(target.text("驿站"))
        answered(await target.push(body.replace("驿".encode(), "驿".encode() + odd)))


@chapter.unwise("security")
async def input_reference_to_control(target: Target) -> None:
    template = HEAD + "<Content>a&#8;b</Content>" + ID + "</xml>"
    answered(await target.push(written(target, template)))


@chapter.unwise("security")
async def input_surrogates(target: Target) -> None:
    for odd in (b"\xed\xa0\xbd", b"\xef\xbf\xbe"):
        body = pushes.document(target.text("驿站"))
        answered(await target.push(body.replace("站".encode(), odd)))


@chapter.unwise("security")
async def input_no_utf8(target: Target) -> None:
    for odd in (b"\xff\xfe", b"\xc3\x28", "驿".encode("gbk"), b"\xf0\x9f\x98"):
        sound(await target.push(pushes.document(target.text("驿站")).replace("驿".encode(), odd)))
    await alive(target)


@chapter.unwise("security")
async def input_utf16(target: Target) -> None:
    body = pushes.document(target.text(pushes.word())).decode().encode("utf-16")
    if target.server.mode == "compat":
        return
    sound(await target.push(body))
    await alive(target)


@chapter.unwise("B1")
async def input_content_types(target: Target) -> None:
    for kind in ("application/xml", "text/xml; charset=utf-8", "text/plain"):
        letter = target.letter(target.text(pushes.word()))
        heard = await target.deliver(letter, headers=with_headers({"Content-Type": kind}))
        answered(heard)


@chapter.unwise("B1")
async def input_no_content_type(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = tuple(pair for pair in XML if pair[0] != "Content-Type")
    answered(await target.deliver(letter, headers=headers))


@chapter.unwise("security")
async def input_chunked(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    request = Request("POST", target.path(letter.query), XML, letter.body, chunked=True)
    answered(target.judge(await target.send(request)))


@chapter.unwise("security")
async def input_encoded(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    unanswered(await target.deliver(letter, headers=with_headers({"Content-Encoding": "gzip"})))


@chapter.unwise("security")
async def input_methods(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        request = Request(method, target.path(letter.query), XML, letter.body)
        client_error(await target.send(request))


@chapter.unwise("security")
async def input_head(target: Target) -> None:
    answer = await target.send(Request("HEAD", target.path(target.question())))
    if answer.status >= 500 and answer.status != 501:
        raise Failure("status", status=answer.status, body="")


@chapter.unwise("security")
async def input_long_query(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    long = letter._replace(query=letter.query + "&x=" + "y" * 20_000)
    client_error((await target.deliver(long)).answer)
    await alive(target)


@chapter.unwise("security")
async def input_long_head(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({f"X-Long-{number}": "y" * 4000 for number in range(40)})
    client_error((await target.deliver(letter, headers=headers)).answer)
    await alive(target)


@chapter.unwise("security")
async def input_no_http(target: Target) -> None:
    answer = await target.send_bytes(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")
    client_error(answer)
    await alive(target)


@chapter.unwise("security")
async def input_short_body(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({"Content-Length": str(len(letter.body) - 9)})
    request = Request("POST", target.path(letter.query), headers, letter.body)
    answer = await target.send(request)
    sound(target.judge(answer))
    await alive(target)
