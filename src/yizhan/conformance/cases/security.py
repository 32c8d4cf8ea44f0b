"""What strangers try: forged, replayed, oversized and poisoned pushes (docs/security.md)."""

import secrets
import time

from yizhan.conformance import pushes
from yizhan.conformance.case import Chapter
from yizhan.conformance.cases.input import HEAD, ID, TEXT, alive, written
from yizhan.conformance.expect import (
    Failure,
    answered,
    echoed,
    refused,
    sound,
    turned_away,
    unanswered,
)
from yizhan.conformance.http import Request
from yizhan.conformance.pushes import Letter
from yizhan.conformance.target import XML, Target, with_headers
from yizhan.wire.signature import sign

chapter = Chapter("security")

DAY = 86_400.0
CONNECTIONS = 8  # as many meet every worker of a small server
BIG = 1024 * 1024
TRACES = (b"Traceback (most recent", b"Werkzeug", b"site-packages", b"node_modules", b"at Object.")
BOOM = "ENTITY-EXPANDED"


def forgeries(target: Target) -> list[Letter]:
    """Pushes by someone who does not know the token."""
    letter = target.letter(target.text(pushes.word()))
    stamp, nonce = letter.value("timestamp"), letter.value("nonce")
    if letter.value("msg_signature"):
        letter = letter.asking(msg_signature=secrets.token_hex(20))
    return [
        letter.asking(signature=secrets.token_hex(20)),
        letter.asking(signature=sign("", stamp, nonce)),
        letter.asking(signature=sign(stamp, nonce)),
        letter.asking(signature=sign("token", stamp, nonce)),
    ]


@chapter.insecure("B1, security")
async def secure_forged(target: Target) -> None:
    for letter in forgeries(target):
        refused(await target.deliver(letter))


@chapter.insecure("B1, security")
async def secure_other_token(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()), token="notThisToken")  # noqa: S106  # nobody's
    refused(await target.deliver(letter))


@chapter.insecure("B1, security")
async def secure_unsigned(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    refused(await target.deliver(letter.without("signature", "msg_signature")))
    refused(await target.deliver(letter._replace(query="")))


@chapter.insecure("B1, security")
async def secure_empty_signature(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    covering = [name for name in ("signature", "msg_signature") if letter.value(name)]
    refused(await target.deliver(letter.asking(**dict.fromkeys(covering, ""))))


@chapter.insecure("B1, security")
async def secure_other_time(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    moved = str(int(letter.value("timestamp")) + 1)
    refused(await target.deliver(letter.asking(timestamp=moved)))


@chapter.insecure("B1, security")
async def secure_other_nonce(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    refused(await target.deliver(letter.asking(nonce=pushes.new_nonce())))


@chapter.unwise("B1, security")
async def secure_forged_no_crash(target: Target) -> None:
    for letter in [*forgeries(target), Letter("", b"<xml/>")]:
        sound(await target.deliver(letter))


@chapter.unwise("security")
async def secure_repeated_parameter(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    wrong = f"{'msg_signature' if letter.value('msg_signature') else 'signature'}={'0' * 40}"
    for query in (f"{wrong}&{letter.query}", f"{letter.query}&{wrong}"):
        refused(await target.deliver(letter._replace(query=query)))


@chapter.insecure("B1, security")
async def secure_stale(target: Target) -> None:
    refused(await target.push(target.text(pushes.word()), age=DAY))


@chapter.insecure("B1, security")
async def secure_stale_hour(target: Target) -> None:
    refused(await target.push(target.text(pushes.word()), age=3600))


@chapter.unwise("B1, security")
async def secure_future(target: Target) -> None:
    refused(await target.push(target.text(pushes.word()), age=-DAY))


@chapter.unwise("security")
async def secure_odd_time(target: Target) -> None:
    for stamp in ("0", "-1", "1e9", "9" * 30, "99999999999"):
        letter = target.letter(target.text(pushes.word()), timestamp=stamp)
        heard = await target.deliver(letter)
        sound(heard)
        refused(heard)


@chapter.insecure("B1, security")
async def secure_reuse(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    answered(await target.deliver(letter))
    for _ in range(CONNECTIONS):
        other = target.letter(target.text(pushes.word()))
        refused(await target.deliver(letter._replace(body=other.body)))


@chapter.insecure("B1, security")
async def secure_reuse_at_once(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    answered(await target.deliver(letter))
    bodies = [target.letter(target.text(pushes.word())).body for _ in range(CONNECTIONS)]
    for heard in await target.deliver_all([letter._replace(body=body) for body in bodies]):
        refused(heard)


@chapter.insecure("B1, security")
async def secure_reuse_other_follower(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    answered(await target.deliver(letter))
    other = Target(target.server)
    body = other.letter(other.text(pushes.word())).body
    refused(await target.deliver(letter._replace(body=body), fan=other.fan))


@chapter.insecure("security")
async def secure_entity(target: Target) -> None:
    doctype = f'<!DOCTYPE xml [<!ENTITY boom "{BOOM}">]>'
    body = written(target, doctype + HEAD + "<Content>&boom;</Content>" + ID + "</xml>")
    heard = await target.push(body)
    if BOOM.encode() in heard.plain:
        raise Failure("expanded")


@chapter.unwise("security")
async def secure_doctype(target: Target) -> None:
    body = written(target, "<!DOCTYPE xml>" + HEAD + TEXT + ID + "</xml>")
    unanswered(await target.push(body))


@chapter.insecure("security")
async def secure_file(target: Target) -> None:
    doctype = '<!DOCTYPE xml [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    body = written(target, doctype + HEAD + "<Content>&file;</Content>" + ID + "</xml>")
    heard = await target.push(body)
    if b"root:" in heard.plain:
        raise Failure("expanded")


@chapter.insecure("security")
async def secure_blown_up(target: Target) -> None:
    # 5 MB at most: to show the fault, not to do harm.
    a, b = "x" * 1000, "&a;" * 70
    doctype = f'<!DOCTYPE xml [<!ENTITY a "{a}"><!ENTITY b "{b}">]>'
    template = doctype + HEAD + "<Content>" + "&b;" * 70 + "</Content>" + ID + "</xml>"
    began = time.monotonic()
    heard = await target.push(written(target, template))
    blown = heard.outcome == "replied" or b"x" * 2000 in heard.plain
    if blown or time.monotonic() - began > 3:
        raise Failure("expanded")
    await alive(target)


@chapter.insecure("security")
async def secure_big(target: Target) -> None:
    letter = target.letter(target.text(pushes.word(), Filling="x" * BIG))
    turned_away((await target.deliver(letter)).answer)
    await alive(target)


@chapter.insecure("security")
async def secure_big_chunked(target: Target) -> None:
    letter = target.letter(target.text(pushes.word(), Filling="x" * BIG))
    request = Request("POST", target.path(letter.query), XML, letter.body, chunked=True)
    turned_away(await target.send(request))
    await alive(target)


@chapter.insecure("security")
async def secure_big_stranger(target: Target) -> None:
    letter = forgeries(target)[0]
    turned_away((await target.deliver(letter._replace(body=b"x" * BIG))).answer)
    await alive(target)


@chapter.unwise("security")
async def secure_declared_big(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({"Content-Length": str(10**12)})
    request = Request("POST", target.path(letter.query), headers, letter.body)
    turned_away(await target.send(request))


@chapter.insecure("security")
async def secure_smuggled(target: Target) -> None:
    letter = target.letter(target.text(pushes.word()))
    headers = with_headers({"Content-Length": "4", "Transfer-Encoding": "chunked"})
    piece = b"%x\r\n%b\r\n0\r\n\r\n" % (len(letter.body), letter.body)
    request = Request("POST", target.path(letter.query), headers, piece)
    answer = await target.send(request)
    sound(target.judge(answer))
    await alive(target)


@chapter.insecure("security")
async def secure_no_traces(target: Target) -> None:
    letters = [
        *forgeries(target),
        Letter("", b""),
        target.letter(target.text(pushes.word()))._replace(body=b"<xml"),
        target.letter(target.text(pushes.word()))._replace(body=b"\xff"),
        target.letter(target.text(pushes.word())).asking(encrypt_type="aes"),
    ]
    for letter in letters:
        body = (await target.deliver(letter)).answer.body
        if found := [trace for trace in TRACES if trace in body]:
            raise Failure("traces", found=found[0].decode())


@chapter.insecure("security")
async def secure_no_secrets(target: Target) -> None:
    server = target.server
    known = [server.token, sign(server.token, "1", "1")]
    for query in ("", "signature=0", "signature=0&timestamp=1&nonce=1", "echostr=1"):
        answer = await target.get(query)
        everything = answer.body + repr(answer.headers).encode()
        if any(each.encode() in everything for each in known):
            raise Failure("secrets")


@chapter.unwise("security")
async def secure_beside(target: Target) -> None:
    path = target.server.address.path.rstrip("/") + "/../yizhan-check-nothing-here"
    answer = await target.send(Request("GET", path))
    if answer.status >= 500 or (answer.status == 200 and not answer.body):
        raise Failure("status", status=answer.status, body="")


@chapter.insecure("E3, security", "echo")
async def secure_openid_of_query(target: Target) -> None:
    # The URL's openid is not signed: the reply goes to the one inside the message.
    letter = target.letter(target.text(word := pushes.word()))
    echoed(await target.deliver(letter.asking(openid=pushes.new_openid())), word)


@chapter.unwise("A", "public")
async def secure_https(target: Target) -> None:
    if not target.server.address.tls:
        raise Failure("no_tls")
