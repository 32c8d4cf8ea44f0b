"""What WeChat makes of an answer: one truth for the simulator, the suite and `yizhan send`."""

import asyncio

import pytest

from answers import ACKNOWLEDGED, FAULTS, PLAIN, SAFE, SHOWN, STATUSES, TEXT, sealed, xml
from yizhan.conformance import http
from yizhan.conformance import judging as suite
from yizhan.conformance.texts import why
from yizhan.judging import judge, judge_echo
from yizhan.phrases import catalogue
from yizhan.replies import Text
from yizhan.simulator import client
from yizhan.simulator import judging as desk
from yizhan.simulator.options import Options

ECHO = "5838479218127813673"


def by_the_judge(row, status=200):
    judged = judge(status, row.encoding, row.body, row.asked)
    if judged.outcome == "replied":
        return judged.received.reply
    return judged.reason.code if judged.reason else None


def by_the_simulator(row, status=200):
    headers = {"content-encoding": row.encoding} if row.encoding else {}
    judgement = desk.judge(client.HttpAnswer(status, headers, row.body), row.asked, Options())
    return judgement.reply or (judgement.reason.code if judgement.reason else None)


def by_the_suite(row, status=200):
    headers = (("content-encoding", row.encoding),) if row.encoding else ()
    heard = suite.judge(http.HttpAnswer("answered", status, headers, row.body), row.asked)
    return heard.reply or (heard.why.code if heard.why else None)


JUDGES = [by_the_judge, by_the_simulator, by_the_suite]


@pytest.mark.parametrize("says", JUDGES)
@pytest.mark.parametrize("row", [*SHOWN, *ACKNOWLEDGED, *FAULTS])
def test_every_judge_says_what_the_facts_say(says, row):
    assert says(row) == row.expected


@pytest.mark.parametrize("says", JUDGES)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("row", [SHOWN[0], ACKNOWLEDGED[0]])
def test_another_status_is_a_fault_whatever_the_body(says, status, row):
    assert says(row, status) == "status"


@pytest.mark.parametrize("row", FAULTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fault_is_told_whole(row, lang, monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", lang)
    headers = (("content-encoding", row.encoding),)
    heard = suite.judge(http.HttpAnswer("answered", 200, headers, row.body), row.asked)
    reason = judge(200, row.encoding, row.body, row.asked).reason
    assert why(heard.why).startswith(str(reason))
    assert "{" not in str(reason)


def test_the_plain_body_is_kept_for_the_inspector():
    assert judge(200, "", sealed(TEXT), SAFE).plain == TEXT
    junk = xml(Text("x"), to="oOther")
    assert judge(200, "", sealed(junk), SAFE).plain == junk


# What is said of the connection, of faults, of events and by the console; see test_pusher.
ELSEWHERE = {
    *("late", "closed", "refused", "status", "media", "unshown", "echo"),
    *("lost", "dropped", "cut", "reloaded"),
}


def test_every_reason_is_in_the_rows():
    told = {name.partition(".")[2] for name in catalogue() if name.startswith("notice.")}
    assert told - ELSEWHERE <= {row.expected for row in FAULTS}


ECHOES = [
    (200, "", ECHO, None),
    (200, "identity", ECHO, None),
    (200, "gzip", ECHO, "compressed"),
    (302, "", ECHO, "status"),
    (200, "", f'"{ECHO}"', "echo"),
    (200, "", f"{ECHO}\n", "echo"),
    (200, "", f"\ufeff{ECHO}", "echo"),
    (200, "", "", "echo"),
]


@pytest.mark.parametrize(("status", "encoding", "body", "code"), ECHOES)
def test_the_console_takes_nothing_but_the_echostr(status, encoding, body, code):
    reason = judge_echo(status, encoding, body.encode(), ECHO)
    assert (reason.code if reason else None) == code


# --- over a socket: what a client library would undo is not undone


ON_THE_WIRE = [row for row in (*SHOWN, *FAULTS) if row.asked is PLAIN]


@pytest.fixture
async def served():
    """A server that answers every request with the row that is set."""
    rows = []

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        [row] = rows
        encoding = f"Content-Encoding: {row.encoding}\r\n" if row.encoding else ""
        head = f"HTTP/1.1 200 OK\r\n{encoding}Content-Length: {len(row.body)}\r\n\r\n"
        writer.write(head.encode() + row.body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield rows, server.sockets[0].getsockname()[1]
    server.close()


@pytest.mark.parametrize("row", ON_THE_WIRE)
async def test_both_ways_over_http_hear_the_same(served, row):
    rows, port = served
    rows.append(row)
    way = client.HttpClient(f"http://127.0.0.1:{port}/wechat")
    answer = await way.deliver(client.Request("POST", "a=b", {}, b""), 5)
    await way.close()
    judgement = desk.judge(answer, row.asked, Options())
    address = http.address_of(f"http://127.0.0.1:{port}/wechat")
    heard = suite.judge(await http.exchange(address, [b"POST / HTTP/1.1\r\n\r\n"], 5), row.asked)
    assert (answer.body, heard.answer.body) == (row.body, row.body)
    said = heard.reply or heard.why.code
    assert said == (judgement.reply or judgement.reason.code) == row.expected
