"""What `yizhan run --record` keeps, and what `yizhan replay` makes of it."""

import json
import secrets
import shutil
import stat
import subprocess
import time
from pathlib import Path

import pytest

from served import YIZHAN, environment, serving
from wechat import (
    ACCOUNT,
    AES_KEY,
    APPID,
    CIPHER,
    FAN,
    TOKEN,
    Request,
    ask,
    document,
    push,
    text,
    verification,
)
from yizhan import recording
from yizhan.conformance.replaying import Renewal
from yizhan.recording import Exchange
from yizhan.replies import Text
from yizhan.server.record import RecordingFile
from yizhan.wire import Mode, sender

BOT = """
import os
from yizhan import Account

account = Account()

@account.text("hi")
def greet(message):
    return os.environ.get("GREETING", "hello")

@account.text("silent")
def silent(message):
    return None

@account.text
def echo(message):
    return message.content
"""
PLAIN = {"YIZHAN_TOKEN": TOKEN, "YIZHAN_STORE": "sqlite:///bot.db"}
SAFE = {**PLAIN, "YIZHAN_AES_KEY": AES_KEY, "YIZHAN_APPID": APPID}


def bot(folder: Path, *arguments: str, **environ: str):
    folder.mkdir(exist_ok=True)
    (folder / "bot.py").write_text(BOT)
    return serving(folder, *arguments, environ={**PLAIN, **environ})


def in_json(fields: dict[str, object], mode: Mode) -> Request:
    """The request that brings these fields in JSON."""
    now = str(int(time.time()))
    query, body = sender.build(
        json.dumps(fields, ensure_ascii=False).encode(),
        token=TOKEN,
        timestamp=now,
        nonce=secrets.token_hex(8),
        mode=mode,
        cipher=CIPHER,
        to_user=ACCOUNT,
        format="json",
    )
    return Request(query=query, body=body, headers={"content-type": "application/json"})


def record(folder: Path, *words: str, mode="plain", arguments=(), **environ: str) -> list[Exchange]:
    """The recording of a bot that was told these words."""
    with bot(folder, "--record", "tape.jsonl", *arguments, **environ) as served:
        ask(served.port, verification())
        for word in words:
            assert ask(served.port, push(text(word), mode)).status == 200
        assert ask(served.port, push(text("forged"), mode, token="notThisToken")).status == 403
        served.end()
    return list(recording.read((folder / "tape.jsonl").read_bytes().splitlines()))


@pytest.fixture
def replay(yizhan):
    """Calls `yizhan replay` at the server on that port."""

    def called(port: int, *arguments: str, **environ: str):
        address = f"http://127.0.0.1:{port}/wechat"
        return yizhan("replay", "tape.jsonl", "--to", address, *arguments, **{**PLAIN, **environ})

    return called


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    """The recording of a bot in plaintext mode."""
    folder = tmp_path_factory.mktemp("plain")
    record(folder, "hi", "silent", "你好")
    return folder / "tape.jsonl"


def test_a_recording_holds_pushes_and_replies_and_no_secret(plain):
    exchanges = list(recording.read(plain.read_bytes().splitlines()))
    assert [each.fields["Content"] for each in exchanges] == ["hi", "silent", "你好"]
    assert [each.shown for each in exchanges] == [Text("hello"), None, Text("你好")]
    assert exchanges[1].reply == "success"
    assert TOKEN not in plain.read_text()
    assert "signature" not in plain.read_text()
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600


def test_a_recording_of_safe_mode_is_decrypted(tmp_path):
    (exchange,) = record(tmp_path, "你好", mode="safe", **SAFE)
    assert exchange.mode == "safe"
    assert "你好" in exchange.push
    assert "<![CDATA[你好]]>" in exchange.reply
    assert "Encrypt" not in exchange.push + exchange.reply


def test_several_workers_write_whole_lines(tmp_path):
    words = [f"word {number}" for number in range(24)]
    exchanges = record(tmp_path, *words, arguments=("--workers", "2"))
    assert len(exchanges) == len(words)


def test_a_redacted_recording_holds_nobody_s_words(tmp_path):
    first, second = record(tmp_path, "my secret", "another", arguments=("--redact",))
    told = (tmp_path / "tape.jsonl").read_text()
    assert FAN not in told
    assert "secret" not in told
    assert first.redacted
    assert first.push.count("•") == len("my secret")
    openids = {each.push.split("FromUserName>")[1] for each in (first, second)}
    assert len(openids) == 1


def test_of_a_redacted_recording_only_kinds_are_compared(tmp_path, replay):
    record(tmp_path, "hi", "silent", arguments=("--redact",))
    with bot(tmp_path / "same") as served:
        ran = replay(served.port, "--speed", "0")
    assert "2 replayed, 1 changed" in ran.stdout  # its words gone, silence became an echo


def test_a_file_that_cannot_be_written_is_told_before_the_start(tmp_path):
    (tmp_path / "bot.py").write_text(BOT)
    ran = subprocess.run(
        [YIZHAN, "run", "bot:account", "--port", "0", "--record", "no/such/folder/tape"],
        cwd=tmp_path,
        env={**environment(tmp_path), **PLAIN},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 2
    assert "no/such/folder/tape" in ran.stderr


def test_a_tape_ends_when_it_is_full(tmp_path, caplog):
    tape = RecordingFile(str(tmp_path / "tape"), most=100)
    for _ in range(5):
        tape.write(b"x" * 39 + b"\n")
    tape.close()
    tape.close()
    assert (tmp_path / "tape").stat().st_size == 80
    assert [record.message for record in caplog.records] == [
        f"recording to {tmp_path / 'tape'} has stopped: 100 bytes are reached"
    ]


def test_a_replay_shows_what_changed(tmp_path, plain, replay):
    shutil.copy(plain, tmp_path)
    with bot(tmp_path / "same") as served:
        same = replay(served.port, "--speed", "0")
    assert same.returncode == 0, same.stderr
    assert "3 replayed, 0 changed" in same.stdout
    with bot(tmp_path / "new", GREETING="good day") as served:
        changed = replay(served.port, "--speed", "50")
    assert changed.returncode == 1
    assert "before: hello" in changed.stdout
    assert "now:    good day" in changed.stdout
    assert "3 replayed, 1 changed" in changed.stdout


def test_a_replay_at_its_own_server_repeats_nothing(tmp_path, replay):
    with bot(tmp_path, "--record", "tape.jsonl") as served:
        ask(served.port, push(text("hi")))
        served.wait_for((tmp_path / "tape.jsonl").read_bytes)
        shutil.copy(tmp_path / "tape.jsonl", tmp_path / "copy.jsonl")
        ran = replay(served.port, "--speed", "0")
        served.end()
    lines = (tmp_path / "tape.jsonl").read_bytes().splitlines()
    first, second = recording.read(lines)
    assert ran.returncode == 0
    assert first.push.partition("<MsgId>")[2] != second.push.partition("<MsgId>")[2]


def test_a_plain_recording_is_played_at_a_safe_server(tmp_path, plain, replay):
    shutil.copy(plain, tmp_path)
    with bot(tmp_path / "safe", **SAFE) as served:
        ran = replay(served.port, "--speed", "0", **SAFE)
    assert ran.returncode == 0, ran.stdout


def test_a_recorded_text_cannot_steer_the_reader_s_terminal(tmp_path, replay):
    body = document(text("%[2J")).decode().replace("%", "\x1b")
    line = recording.line_of(Exchange(1.5, "/wechat", "plain", body, "success"))
    (tmp_path / "tape.jsonl").write_bytes(line)
    with bot(tmp_path / "served") as served:
        ran = replay(served.port, "--speed", "0")
    assert "--> text \ufffd[2J" in ran.stdout
    assert "\x1b" not in ran.stdout


def test_what_is_no_recording_is_told(tmp_path, replay):
    (tmp_path / "tape.jsonl").write_text('{"at": "yesterday"}\n')
    ran = replay(1)
    assert ran.returncode == 1
    assert "tape.jsonl: line 1 is no recording" in ran.stderr


@pytest.mark.parametrize(("mode", "keys"), [("plain", PLAIN), ("safe", SAFE)])
def test_json_is_recorded_and_replayed(tmp_path, replay, mode, keys):
    with bot(tmp_path, "--record", "tape.jsonl", **keys) as served:
        for word in ("hi", "silent"):
            assert ask(served.port, in_json(text(word), mode)).status == 200
        served.end()
    first, second = recording.read((tmp_path / "tape.jsonl").read_bytes().splitlines())
    assert (first.format, first.shown) == ("json", Text("hello"))
    assert second.reply == "success"
    with bot(tmp_path / "new", GREETING="good day", **keys) as served:
        changed = replay(served.port, "--speed", "0", **keys)
    assert "now:    good day" in changed.stdout
    assert "2 replayed, 1 changed" in changed.stdout


def test_a_repaired_push_is_recorded_and_redacted(tmp_path):
    body = document(text("a%c")).replace(b"%", b"\b")
    with bot(tmp_path, "--record", "tape.jsonl", "--redact") as served:
        assert ask(served.port, push(body)).status == 200
        served.end()
    (exchange,) = recording.read((tmp_path / "tape.jsonl").read_bytes().splitlines())
    assert exchange.fields["Content"] == "•••"


def test_a_forged_body_is_not_recorded(tmp_path):
    with bot(tmp_path, "--record", "tape.jsonl") as served:
        signed = push(text("mine"))
        assert ask(served.port, signed).status == 200
        assert ask(served.port, signed._replace(body=document(text("forged")))).status == 403
        served.end()
    (exchange,) = recording.read((tmp_path / "tape.jsonl").read_bytes().splitlines())
    assert exchange.fields["Content"] == "mine"


def test_a_text_that_looks_like_a_field_is_not_renewed():
    push = document(text("<MsgId>1</MsgId><CreateTime>2</CreateTime>", MsgId=3)).decode()
    renewed = Renewal().of(push)
    assert "<Content><![CDATA[<MsgId>1</MsgId><CreateTime>2</CreateTime>]]></Content>" in renewed
    assert "<MsgId>3</MsgId>" not in renewed


def test_retries_stay_retries_in_json_too():
    renewal = Renewal()
    push = json.dumps(text(MsgId=1, CreateTime=1764000000))
    renewed = json.loads(renewal.of(push))
    assert renewed == json.loads(renewal.of(push))
    assert renewed["MsgId"] != 1
    assert renewed["CreateTime"] > 1764000000


def test_retries_stay_retries():
    renewal = Renewal()
    push = "<xml><CreateTime>1764000000</CreateTime><MsgId>24900000000000001</MsgId></xml>"
    first, second = renewal.of(push), renewal.of(push)
    other = renewal.of(push.replace("0001", "0002"))
    assert first == second != push
    assert other.partition("<MsgId>")[2] != first.partition("<MsgId>")[2]
