"""Why a verification fails: the known causes of “token验证失败”, told apart from outside."""

import secrets
import socket
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from yizhan.conformance import pushes
from yizhan.conformance.http import HttpAnswer, Request
from yizhan.conformance.judging import Why
from yizhan.conformance.target import XML, Server, Target, Trace
from yizhan.conformance.texts import wording
from yizhan.judging import BOM, excerpt, judge_echo

PORTS = {"http": 80, "https": 443}
GATEWAY = (502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530)
PROXIES = (b"bad gateway", b"ngrok", b"cloudflare", b"tunnel", b"frp", b"gateway time-out")


class Finding(Struct, frozen=True):
    """One cause, as a phrase of texts.toml; a `note` does not fail by itself."""

    why: Why
    note: bool = False

    def __str__(self) -> str:
        return wording("cause", self.why.phrase, self.why.values)

    @property
    def code(self) -> str:
        """Its short name, the same in every language."""
        return self.why.phrase


class Diagnosis(Struct, frozen=True):
    """Whether the console would accept the server, and if not why."""

    verified: bool
    findings: tuple[Finding, ...]
    trace: tuple[Trace, ...] = ()


async def diagnose(server: Server) -> Diagnosis:
    """Verify the server as the console does, then look for the cause of what went wrong."""
    target = Target(server)
    expected = str(secrets.randbelow(9 * 10**18) + 10**18)
    answer = await target.verify(expected)
    findings: list[Finding] = []
    if cause := await _cause(target, answer, expected):
        findings.append(cause)
    elif refusal := await _refuses_pushes(target):
        findings.append(refusal)
    if note := _port(server):
        findings.append(note)
    failed = any(not finding.note for finding in findings)
    return Diagnosis(not failed, tuple(findings), tuple(target.trace))


async def _cause(target: Target, answer: HttpAnswer, expected: str) -> Finding | None:
    if answer.end == "late":
        return await _late(target, answer, expected)
    if answer.end != "answered":
        return _no_answer(target.server, answer)
    encoding = answer.header("content-encoding")
    reason = judge_echo(answer.status, encoding, answer.body, expected)
    if reason is None:
        return None
    if 300 <= answer.status < 400:
        return _redirect(target, answer)
    if answer.status != 200:
        return _status(answer)
    if reason.code == "compressed":
        return _found("compression", **reason.values)
    return _body(answer, expected.encode())


async def _late(target: Target, first: HttpAnswer, expected: str) -> Finding:
    """A cold start is over at the second try."""
    second = await target.verify(expected)
    if second.end == "answered" and second.body == expected.encode():
        return _found("cold", first=round(first.seconds, 1), second=round(second.seconds, 1))
    return _found("late", seconds=round(first.seconds, 1))


def _no_answer(server: Server, answer: HttpAnswer) -> Finding:
    host, port = server.address.host, server.address.port
    if answer.end == "tls":
        untrusted = "certificate" in answer.detail or "hostname" in answer.detail.lower()
        plain = "WRONG_VERSION" in answer.detail or "RECORD" in answer.detail
        return _found(
            "no_tls" if plain and not untrusted else "chain", port=port, problem=answer.detail
        )
    if answer.end == "closed":
        return _found("cut")
    if not _resolves(host):
        return _found("name", host=host, problem=answer.detail)
    return _found("nothing", host=host, port=port, problem=answer.detail)


def _resolves(host: str) -> bool:
    try:
        socket.getaddrinfo(host, None)
    except OSError:
        return False
    return True


def _redirect(target: Target, answer: HttpAnswer) -> Finding:
    address = target.server.address
    here = f"{'https' if address.tls else 'http'}://{address.authority}{address.path}"
    there = urljoin(here, answer.header("location"))
    bare = there.partition("?")[0]
    if bare.rstrip("/") == here.rstrip("/"):
        hint = wording("cause", "slash", {"url": bare})
    elif not address.tls and urlsplit(there).scheme == "https":
        hint = wording("cause", "scheme")
    else:
        hint = wording("cause", "elsewhere")
    return _found("redirect", status=answer.status, location=bare, hint=hint)


def _status(answer: HttpAnswer) -> Finding:
    fields: dict[str, str | int | float] = {"status": answer.status, "body": excerpt(answer.body)}
    if answer.status in GATEWAY or _by_proxy(answer):
        return _found("proxy", server=answer.header("server") or "?", **fields)
    if answer.status in (404, 410):
        return _found("path", status=answer.status)
    if answer.status in (405, 501):
        return _found("get", status=answer.status)
    if answer.status >= 500:
        return _found("crash", **fields)
    return _found("token", **fields)


def _by_proxy(answer: HttpAnswer) -> bool:
    body = answer.body[:4096].lower()
    return _is_html(answer.body) and any(word in body for word in PROXIES)


def _body(answer: HttpAnswer, expected: bytes) -> Finding:
    """What stands where the echostr should: each known disguise by name."""
    body = answer.body
    found = excerpt(body)
    if expected not in body:
        if _by_proxy(answer):
            server = answer.header("server") or "?"
            return _found("proxy", status=answer.status, server=server, body=found)
        if _is_html(body):
            return _found("html", found=found)
        if b'"' in body or len(body) > 200:
            return _found("unknown", status=answer.status, found=found)
        return _found("token", status=answer.status, body=found)
    for phrase, is_it in DISGUISES:
        if is_it(body, expected):
            return _found(phrase, found=found) if phrase not in ("bom", "blank") else _found(phrase)
    return _found("extra", found=found)


def _is_html(body: bytes) -> bool:
    start = body.removeprefix(BOM).lstrip()[:64].lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _is_quoted(body: bytes, expected: bytes) -> bool:
    inside = body.strip()
    quoted = inside[:1] in (b'"', b"'") and inside[-1:] == inside[:1]
    return quoted or inside[:1] in (b"{", b"[")


DISGUISES: tuple[tuple[str, Callable[[bytes, bytes], bool]], ...] = (
    ("bom", lambda body, _: body.startswith(BOM)),
    ("html", lambda body, _: _is_html(body)),
    ("quotes", _is_quoted),
    ("blank", lambda body, expected: body.strip() == expected),
)


async def _refuses_pushes(target: Target) -> Finding | None:
    """A server may verify and yet let no POST in: CSRF protection, or a route for GET alone."""
    letter = target.letter(target.text(pushes.word()))
    answer = await target.send(Request("POST", target.path(letter.query), XML, letter.body))
    if answer.end != "answered" or not 400 <= answer.status < 500:
        return None
    found = excerpt(answer.body)
    if answer.status in (405, 419) or b"csrf" in answer.body.lower():
        return _found("method", status=answer.status, body=found)
    return _found("push", status=answer.status, body=found, mode=target.server.mode)


def _port(server: Server) -> Finding | None:
    address = server.address
    if address.port == PORTS["https" if address.tls else "http"]:
        return None
    local = address.host in ("localhost", "::1") or address.host.startswith("127.")
    return Finding(Why("port", {"port": address.port}), note=local)


def _found(phrase: str, **values: str | int | float) -> Finding:
    return Finding(Why(phrase, values))
