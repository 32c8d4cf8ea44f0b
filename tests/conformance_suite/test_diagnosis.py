"""Each known cause of a failed verification, by a server that really does it."""

import asyncio
import gzip
import json
import socket

import pytest

from conformance_suite.authority import Authority
from conformance_suite.small import PATIENCE, TOKEN, compressed, correct, echo, response, small
from yizhan.conformance import diagnosis
from yizhan.conformance.diagnosis import diagnose
from yizhan.conformance.http import address_of
from yizhan.conformance.target import Server
from yizhan.conformance.texts import catalogue
from yizhan.phrases import LANGUAGES

LOGIN = "<!DOCTYPE html><html><body>Please sign in</body></html>"


def causes(found):
    return [finding.code for finding in found.findings if not finding.note]


async def cause(server):
    found = await diagnose(server)
    assert found.verified == (not causes(found))
    return causes(found)


async def slow_at_first(asked):
    if asked.number == 1:
        await asyncio.sleep(2)
    return correct(asked)


async def never(asked):
    await asyncio.sleep(30)
    return b""


def by_get_only(asked):
    return correct(asked) if asked.method == "GET" else response(405, "Method Not Allowed")


def with_csrf(asked):
    body = "<html>CSRF verification failed. Request aborted.</html>"
    return correct(asked) if asked.method == "GET" else response(403, body)


def refusing_pushes(asked):
    return correct(asked) if asked.method == "GET" else response(403, "forbidden")


def with_slash(asked):
    if asked.path.endswith("/"):
        return correct(asked)
    return response(301, "", Location=f"{asked.path}/?signature=x")


def other_token(asked):
    known = asked.signed("anotherTokenAltogether")
    return response(200, asked.query["echostr"]) if known else response(403, "bad signature")


def lenient_other_token(asked):
    return response(200, "Invalid signature")


SERVERS = {
    "a slash is missing": (with_slash, "redirect"),
    "to https": (lambda _: response(301, "", Location="https://127.0.0.1/wx"), "redirect"),
    "elsewhere": (lambda _: response(302, "", Location="/login"), "redirect"),
    "double quotes": (echo(lambda it: f'"{it}"'), "quotes"),
    "single quotes": (echo(lambda it: f"'{it}'"), "quotes"),
    "JSON": (echo(lambda it: json.dumps({"echostr": it})), "quotes"),
    "a BOM": (echo(lambda it: b"\xef\xbb\xbf" + it.encode()), "bom"),
    "a blank line before": (echo(lambda it: "\n" + it), "blank"),
    "a newline after": (echo(lambda it: it + "\r\n"), "blank"),
    "an HTML page with it": (echo(lambda it: f"<html><body>{it}</body></html>"), "html"),
    "an HTML page": (echo(lambda _: LOGIN, Content_Type="text/html"), "html"),
    "debugging output": (echo(lambda it: f"ok {it}"), "extra"),
    "no such path": (lambda _: response(404, "Not Found"), "path"),
    "POST alone": (lambda _: response(405, "Method Not Allowed"), "get"),
    "GET alone": (by_get_only, "method"),
    "CSRF": (with_csrf, "method"),
    "another mode": (refusing_pushes, "push"),
    "compression": (compressed, "compression"),
    "compression that is not declared": (
        echo(lambda it: gzip.compress(it.encode(), mtime=0)),
        "compression",
    ),
    "a cold start": (slow_at_first, "cold"),
    "another token": (other_token, "token"),
    "another token, said with 200": (lenient_other_token, "token"),
    "an empty answer": (lambda _: response(200, ""), "token"),
    "a crash": (lambda _: response(500, "Internal Server Error"), "crash"),
    "nginx without its upstream": (
        lambda _: response(502, "<html><h1>502 Bad Gateway</h1></html>", Server="nginx"),
        "proxy",
    ),
    "a tunnel's page": (
        lambda _: response(404, "<html>ngrok: Tunnel not found</html>", Server="ngrok"),
        "proxy",
    ),
    "a tunnel's page with 200": (
        lambda _: response(200, "<html>You are about to visit ngrok</html>"),
        "proxy",
    ),
    "a hang-up": (lambda _: b"", "cut"),
    "no HTTP": (lambda _: b"SSH-2.0-OpenSSH_9.2\r\n", "cut"),
}


@pytest.mark.parametrize("name", SERVERS)
async def test_a_cause_is_told_from_all_others(name):
    answering, expected = SERVERS[name]
    async with small(answering) as server:
        assert await cause(server) == [expected]


async def test_a_right_server_has_nothing_wrong():
    async with small(correct) as server:
        assert await cause(server) == []


async def test_silence_is_no_cold_start():
    async with small(never, patience=0.2) as server:
        assert await cause(server) == ["late"]


async def test_the_missing_slash_is_named():
    async with small(with_slash) as server:
        found = await diagnose(server)
    right = f"http://127.0.0.1:{server.address.port}/wx/"
    assert f"Enter {right} in the console" in str(found.findings[0])


async def test_nothing_listens():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Server(address_of(f"http://127.0.0.1:{port}/wx"), TOKEN)
    assert await cause(server) == ["nothing"]
    assert "(Connection refused)" in str((await diagnose(server)).findings[0])


async def test_a_name_that_does_not_resolve():
    server = Server(address_of("http://nothing.invalid/wx"), TOKEN)
    assert await cause(server) == ["name"]


async def test_another_port_is_a_note_at_home_and_a_cause_elsewhere(monkeypatch):
    async with small(correct) as server:
        found = await diagnose(server)
        assert found.verified
        assert [finding.code for finding in found.findings] == ["port"]
        monkeypatch.setattr(socket, "getaddrinfo", resolving("bot.example.com"))
        public = address_of(f"http://bot.example.com:{server.address.port}/wx")
        assert await cause(Server(public, TOKEN, patience=PATIENCE)) == ["port"]


def resolving(name):
    """A resolver that knows one more name, for this machine."""
    resolve = socket.getaddrinfo

    def resolved(host, *arguments, **options):
        return resolve("127.0.0.1" if host == name else host, *arguments, **options)

    return resolved


@pytest.mark.parametrize(("url", "quiet"), [("http://127.0.0.1/wx", True), ("https://x.cn/", True)])
def test_the_usual_ports_are_not_mentioned(url, quiet):
    assert (diagnosis._port(Server(address_of(url), TOKEN)) is None) == quiet


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusting(monkeypatch, authority):
    """A machine that trusts that authority, and no other."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))


async def test_a_certificate_that_nobody_trusts(authority):
    async with small(correct, tls=authority.context(), scheme="https") as server:
        assert await cause(server) == ["chain"]


@pytest.mark.usefixtures("trusting")
async def test_a_whole_chain_to_a_trusted_authority(authority):
    async with small(correct, tls=authority.context(), scheme="https") as server:
        assert await cause(server) == []


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("wrong", [{"whole": False}, {"name": "bot.example.com"}, {"days": -1}])
async def test_a_chain_that_ends_too_soon_another_name_and_an_old_date(authority, wrong):
    async with small(correct, tls=authority.context(**wrong), scheme="https") as server:
        found = await diagnose(server)
    assert causes(found) == ["chain"]
    problem = {"whole": "issuer", "name": "mismatch", "days": "expired"}[next(iter(wrong))]
    assert problem in str(found.findings[0])


async def test_https_before_a_server_without_tls():
    async with small(correct, scheme="https") as server:
        assert await cause(server) == ["no_tls"]


async def test_an_answer_cannot_steer_the_reader_s_terminal():
    async with small(lambda _: response(403, "\x1b]0;title\x07\x9b2J no\r\nway \u202e")) as server:
        found = await diagnose(server)
    assert "\ufffd]0;title\ufffd\ufffd2J no way \ufffd" in str(found.findings[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_cause_is_told_in_the_reader_s_language(monkeypatch, language):
    monkeypatch.setenv("YIZHAN_LANG", language)
    async with small(SERVERS["a BOM"][0]) as server:
        found = await diagnose(server)
    assert str(found.findings[0]) == catalogue()["cause"]["bom"][language]
