"""What `yizhan run --record` keeps, and what `yizhan replay` makes of it."""

import json
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from served import YIZHAN, environment, serving
from wechat import AES_KEY, APPID, FAN, TOKEN, ask, push, text, verification
from yizhan.conformance import recording
from yizhan.conformance.recording import Exchange
from yizhan.conformance.replaying import Renewal
from yizhan.server.record import Tape

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


def record(folder: Path, *words: str, mode="plain", arguments=(), **environ: str) -> list[Exchange]:
    """The recording of a bot that was told these words."""
    with bot(folder, "--record", "tape.jsonl", *arguments, **environ) as served:
        ask(served.port, verification())
        for word in words:
            assert ask(served.port, push(text(word), mode)).status == 200
        assert ask(served.port, push(text("forged"), mode, token="notThisToken")).status == 403
        served.end()
    return list(recording.read((folder / "tape.jsonl").read_bytes().splitlines()))


def replay(folder: Path, port: int, *arguments: str, **environ: str):
    return subprocess.run(
        [YIZHAN, "replay", "tape.jsonl", "--to", f"http://127.0.0.1:{port}/wechat", *arguments],
        cwd=folder,
        env={**environment(folder), **PLAIN, **environ},
        capture_output=True,
        text=True,
    )


def test_a_recording_holds_pushes_and_replies_and_no_secret(tmp_path):
    exchanges = record(tmp_path, "hi", "silent")
    assert ["<![CDATA[hi]]>" in each.push for each in exchanges] == [True, False]
    assert "hello" in exchanges[0].reply
    assert exchanges[1].reply == "success"
    tape = tmp_path / "tape.jsonl"
    assert TOKEN not in tape.read_text()
    assert "signature" not in tape.read_text()
    assert stat.S_IMODE(tape.stat().st_mode) == 0o600


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
    tape = Tape(str(tmp_path / "tape"), most=100)
    for _ in range(5):
        tape.write(b"x" * 39 + b"\n")
    tape.close()
    tape.close()
    assert (tmp_path / "tape").stat().st_size == 80
    assert [record.message for record in caplog.records] == [
        f"the recording {tmp_path / 'tape'} goes no further: 100 bytes are reached"
    ]


def test_a_replay_shows_what_changed(tmp_path):
    record(tmp_path, "hi", "silent", "你好")
    with bot(tmp_path / "same") as served:
        same = replay(tmp_path, served.port, "--speed", "0")
    assert same.returncode == 0, same.stderr
    assert "3 replayed, 0 changed" in same.stdout
    with bot(tmp_path / "new", GREETING="good day") as served:
        changed = replay(tmp_path, served.port, "--speed", "50")
    assert changed.returncode == 1
    assert "before: hello" in changed.stdout
    assert "now:    good day" in changed.stdout
    assert "3 replayed, 1 changed" in changed.stdout


def test_a_replay_at_its_own_server_repeats_nothing(tmp_path):
    with bot(tmp_path, "--record", "tape.jsonl") as served:
        ask(served.port, push(text("hi")))
        shutil.copy(tmp_path / "tape.jsonl", tmp_path / "copy.jsonl")
        ran = replay(tmp_path, served.port, "--speed", "0")
    lines = (tmp_path / "tape.jsonl").read_bytes().splitlines()
    first, second = recording.read(lines)
    assert ran.returncode == 0
    assert first.push.partition("<MsgId>")[2] != second.push.partition("<MsgId>")[2]


def test_a_plain_recording_is_played_at_a_safe_server(tmp_path):
    record(tmp_path, "hi")
    with bot(tmp_path / "safe", **SAFE) as served:
        ran = replay(tmp_path, served.port, "--speed", "0", **SAFE)
    assert ran.returncode == 0, ran.stdout


def test_what_is_no_recording_is_told(tmp_path):
    (tmp_path / "tape.jsonl").write_text('{"at": "yesterday"}\n')
    ran = replay(tmp_path, 1)
    assert ran.returncode == 1
    assert "tape.jsonl is no recording" in ran.stderr


def test_retries_stay_retries():
    renewal = Renewal()
    push = "<xml><CreateTime>1764000000</CreateTime><MsgId>24900000000000001</MsgId></xml>"
    first, second = renewal.of(push), renewal.of(push)
    other = renewal.of(push.replace("0001", "0002"))
    assert first == second != push
    assert other.partition("<MsgId>")[2] != first.partition("<MsgId>")[2]


@pytest.mark.parametrize("reply", [None, "", "success", "<xml><Content>x</Content></xml>"])
def test_a_line_comes_back_as_it_was(reply):
    exchange = Exchange(1.5, "/wechat", "plain", "<xml></xml>", reply, took=0.25)
    line = recording.line_of(exchange)
    assert list(recording.read([line, b"\n"])) == [exchange]
    assert json.loads(line)["at"] == 1.5
