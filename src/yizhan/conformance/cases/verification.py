"""The GET by which the console checks a server (docs/protocol.md#a)."""

import secrets
import time

from yizhan.conformance.case import Chapter
from yizhan.conformance.expect import Failure, arrived, status
from yizhan.conformance.http import HttpAnswer, Request
from yizhan.conformance.target import WECHAT, Target, with_headers
from yizhan.judging import excerpt, judge_echo
from yizhan.wire.signature import sign

chapter = Chapter("verification")

DAY = 86_400.0


def echostr() -> str:
    """Nineteen digits, as WeChat's."""
    return str(secrets.randbelow(9 * 10**18) + 10**18)


def echoes(answer: HttpAnswer, expected: str) -> None:
    """The answer is 200 and the echostr, byte for byte."""
    status(answer, 200)
    encoding = answer.header("content-encoding")
    if reason := judge_echo(answer.status, encoding, answer.body, expected):
        raise Failure(reason.phrase, **reason.values)


def keeps_silent(answer: HttpAnswer, forbidden: str) -> None:
    """The answer does not give the echostr away."""
    arrived(answer)
    if answer.status == 200 and forbidden.encode() in answer.body:
        raise Failure("echoed", status=answer.status)


@chapter.breaks("A, K5")
async def verify_echo(target: Target) -> None:
    expected = echostr()
    echoes(await target.verify(expected), expected)


@chapter.breaks("A, K5")
async def verify_letters(target: Target) -> None:
    echoes(await target.verify("shr5ch"), "shr5ch")


@chapter.breaks("A")
async def verify_leading_zeros(target: Target) -> None:
    echoes(await target.verify("0002958099473294221"), "0002958099473294221")


@chapter.breaks("A")
async def verify_long_number(target: Target) -> None:
    echoes(await target.verify("98765432109876543210987"), "98765432109876543210987")


@chapter.unwise("A, security")
async def verify_long(target: Target) -> None:
    expected = "7" * 128
    echoes(await target.verify(expected), expected)


@chapter.breaks("A")
async def verify_sorted_as_strings(target: Target) -> None:
    # As numbers 9 comes before the time, as strings after it.
    expected = echostr()
    echoes(await target.get(f"{target.question(nonce='9')}&echostr={expected}"), expected)


@chapter.breaks("A")
async def verify_nonce_zeros(target: Target) -> None:
    expected = echostr()
    query = target.question(nonce="00" + str(secrets.randbelow(10**8)))
    echoes(await target.get(f"{query}&echostr={expected}"), expected)


@chapter.breaks("A")
async def verify_nonce_letters(target: Target) -> None:
    expected = echostr()
    query = target.question(nonce="z" + secrets.token_hex(4))
    echoes(await target.get(f"{query}&echostr={expected}"), expected)


@chapter.breaks("A")
async def verify_any_order(target: Target) -> None:
    expected = echostr()
    pairs = target.question().split("&")
    echoes(await target.get("&".join([f"echostr={expected}", *reversed(pairs)])), expected)


@chapter.breaks("A")
async def verify_more_parameters(target: Target) -> None:
    expected = echostr()
    echoes(await target.get(f"{target.question()}&echostr={expected}&from=console"), expected)


@chapter.breaks("A")
async def verify_http_1_0(target: Target) -> None:
    expected = echostr()
    path = target.path(f"{target.question()}&echostr={expected}")
    request = Request("GET", path, (("User-Agent", "Mozilla/4.0"),), version="HTTP/1.0")
    echoes(await target.send(request), expected)


@chapter.breaks("A")
async def verify_again(target: Target) -> None:
    for _ in range(5):
        expected = echostr()
        echoes(await target.verify(expected), expected)


@chapter.breaks("A")
async def verify_same_again(target: Target) -> None:
    expected = echostr()
    query = f"{target.question()}&echostr={expected}"
    for _ in range(3):
        echoes(await target.get(query), expected)


@chapter.breaks("A, L3")
async def verify_uncompressed(target: Target) -> None:
    expected = echostr()
    headers = with_headers({"Accept-Encoding": "gzip, deflate, br"}, WECHAT)
    query = f"{target.question()}&echostr={expected}"
    echoes(await target.get(query, headers=headers), expected)


@chapter.unwise("E3")
async def verify_soon(target: Target) -> None:
    began = time.monotonic()
    arrived(await target.verify(echostr()))
    if (seconds := time.monotonic() - began) > 2:
        raise Failure("slow", seconds=round(seconds, 1), limit=2)


@chapter.unwise("security")
async def verify_no_html(target: Target) -> None:
    answer = arrived(await target.verify(echostr()))
    if "html" in answer.header("content-type"):
        raise Failure("content_type", found=answer.header("content-type"))


@chapter.insecure("A, security")
async def verify_forged(target: Target) -> None:
    secret = echostr()
    query = f"signature={secrets.token_hex(20)}&timestamp={int(time.time())}&nonce=1320562132"
    keeps_silent(await target.get(f"{query}&echostr={secret}"), secret)


@chapter.insecure("A, security")
async def verify_other_token(target: Target) -> None:
    secret = echostr()
    keeps_silent(await target.verify(secret, token="notThisToken"), secret)  # noqa: S106  # nobody's


@chapter.insecure("A, security")
async def verify_no_token(target: Target) -> None:
    secret = echostr()
    stamp = str(int(time.time()))
    query = f"signature={sign('', stamp, '7')}&timestamp={stamp}&nonce=7&echostr={secret}"
    keeps_silent(await target.get(query), secret)


@chapter.insecure("A, security")
async def verify_unsigned(target: Target) -> None:
    secret = echostr()
    keeps_silent(await target.get(f"echostr={secret}"), secret)


@chapter.insecure("A, security")
async def verify_empty_signature(target: Target) -> None:
    secret = echostr()
    query = f"signature=&timestamp={int(time.time())}&nonce=1320562132&echostr={secret}"
    keeps_silent(await target.get(query), secret)


@chapter.insecure("security")
async def verify_no_script(target: Target) -> None:
    answer = arrived(await target.get("signature=0&timestamp=1&nonce=1&echostr=%3Cscript%3Ex()"))
    if b"<script>x()" in answer.body:
        raise Failure("echoed", status=answer.status)


@chapter.unwise("security")
async def verify_stale(target: Target) -> None:
    secret = echostr()
    keeps_silent(await target.verify(secret, age=DAY), secret)


@chapter.unwise("security")
async def verify_no_echostr(target: Target) -> None:
    answer = arrived(await target.get(target.question()))
    if answer.status >= 500:
        raise Failure("status", status=answer.status, body=excerpt(answer.body))


@chapter.unwise("security")
async def verify_bare(target: Target) -> None:
    answer = arrived(await target.send(Request("GET", target.server.address.path, WECHAT)))
    if answer.status >= 500:
        raise Failure("status", status=answer.status, body=excerpt(answer.body))
