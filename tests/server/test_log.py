import asyncio
import gc
import io
import json
import logging
import re
import sys
import warnings
from pathlib import Path

import pytest

from wechat import FAN, call, document, event, fields, push, says, text, verification
from yizhan.errors import Refused, StoreError
from yizhan.inbox import chat
from yizhan.inbox.key import masked_openid
from yizhan.inbox.run import in_hand
from yizhan.phrases import known
from yizhan.server import hiding, log
from yizhan.server.hiding import HIDING, redacted
from yizhan.server.log import ArrowFormatter, JsonFormatter, configure
from yizhan.server.writer import flush

# What the engine says of a push; its words are literals in the modules of `inbox`.
WHYS = sorted(
    {
        why
        for path in Path(chat.__file__).parent.glob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if "why=" in line or "why = " in line or "_acknowledge(" in line
        for why in re.findall(r'"([a-z_]+)"', line)
    }
)
SAID = "卡号6222"
FORMATTERS = pytest.mark.parametrize("formatter", [JsonFormatter(), ArrowFormatter()])


def record(message="", error=None, **extra):
    """A record as the logging module makes it."""
    info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("yizhan", logging.ERROR, "", 0, "%s", (message,), info)
    made.__dict__.update(extra)
    return made


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.fixture
def start(monkeypatch):
    """Sets up the log as a process of its own would, and gives what reads its lines."""
    root, own = logging.getLogger(), logging.getLogger("yizhan")
    before = root.handlers[:], own.handlers[:], own.level, own.propagate
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    def started(**settings):
        root.handlers[:] = []
        configure(**settings)
        return lines

    def lines():
        flush()
        return stream.getvalue().splitlines()

    yield started
    for handler in own.handlers:
        if handler not in before[1]:
            handler.close()
    root.handlers[:], own.handlers[:], own.level, own.propagate = before


class TestJson:
    @pytest.fixture
    def logged(self, start):
        lines = start(json=True)
        return lambda: [json.loads(line) for line in lines()]

    async def test_a_push_is_one_line(self, make, logged):
        account = make()
        account.text(lambda message: message.content)
        await call(account.asgi, push(text("secret text", MsgId=42)))
        (line,) = [line for line in logged() if "why" in line]
        assert line.pop("ms") > 0
        assert line.pop("at").endswith("Z")
        assert line == {
            "level": "info",
            "account": "default",
            "why": "inline",
            "key": "gh_a1b2c3d4e5f6:oYz0…kLmN:42",
            "kind": "text",
            "reply": "text",
        }

    async def test_an_acknowledgement_says_why(self, make, logged):
        await call(make().asgi, push(event("unsubscribe")))
        (line,) = [line for line in logged() if "why" in line]
        assert (line["why"], line["kind"]) == ("acknowledged", "unsubscribe")
        assert "reply" not in line

    async def test_a_refusal_is_one_line_with_its_reason_and_what_to_do(self, make, logged):
        await call(make().asgi, push(text(), token="anotherTokenOfTests"))
        (line,) = [line for line in logged() if "why" in line]
        assert line.pop("at").endswith("Z")
        assert line == {
            "level": "warning",
            "account": "default",
            "why": "signature",
            "status": "refused",
            "reason": "signature",
            "method": "POST",
            "hint": "wrong signature: compare YIZHAN_TOKEN with the token in the console",
        }

    @pytest.mark.parametrize(
        ("what", "reason"),
        [
            (text("a"), None),
            (event("CLICK", "A"), None),
            (fields("telepathy", MsgId=1), "unknown_type"),
            (event("aliens_landed"), "unknown_type"),
            (document(text("X")).replace(b"X", b"\x01"), "xml_repaired"),
        ],
    )
    async def test_what_is_odd_about_a_push_is_in_its_line(self, make, logged, what, reason):
        await call(make().asgi, push(what))
        (line,) = [line for line in logged() if "why" in line]
        assert line.get("reason") == reason

    @pytest.mark.parametrize("kept", ["in hand", "in the store"])
    async def test_another_text_under_a_known_id_is_told_with_how_to_send_it_as_new(
        self, make, logged, kept
    ):
        account = make()
        running, go_on = asyncio.Event(), asyncio.Event()

        @account.text
        async def echo(message):
            running.set()
            await go_on.wait()
            return message.content

        first = asyncio.create_task(call(account.asgi, push(text("a", MsgId=42))))
        await running.wait()
        if kept == "in the store":
            go_on.set()
            await first
            gc.collect()  # nobody holds on to what has ended
        other = asyncio.create_task(call(account.asgi, push(text("b", MsgId=42))))
        await asyncio.sleep(0)
        go_on.set()
        assert says(await first) == says(await other) == "a"
        lines: list[dict[str, str]] = []
        while len(lines) < 2:  # the line of a repeat waits for what the store knows of it
            await asyncio.sleep(0)
            lines += [line for line in logged() if "why" in line]
        assert [line.get("reason") for line in lines].count("other_body") == 1
        (hint,) = [line["hint"] for line in lines if "hint" in line]
        assert "to send a new one, use another MsgId" in hint

    @pytest.mark.parametrize("kept", ["in hand", "in the store"])
    async def test_a_repeat_is_not_said_to_differ(self, make, logged, kept):
        account = make()
        account.text(lambda message: message.content)
        what = text("a", MsgId=42)
        if kept == "in hand":
            await asyncio.gather(*(call(account.asgi, push(what)) for _ in range(3)))
        else:
            for _ in range(3):
                await call(account.asgi, push(what))
                gc.collect()
        assert all("reason" not in line and "hint" not in line for line in logged())

    async def test_no_name_of_an_event_makes_a_line_long(self, make, logged):
        await call(make().asgi, push(event("a" * 100_000)))
        assert all(len(json.dumps(line)) < 1000 for line in logged())

    async def test_a_fault_of_a_handler_has_its_reason(self, make, logged):
        account = make()
        account.text(lambda message: 1 / 0)
        await call(account.asgi, push(text()))
        (line,) = [line for line in logged() if line["level"] == "error"]
        assert line["reason"] == "handler_error"

    async def test_a_verification_is_one_line(self, make, logged):
        await call(make().asgi, verification())
        (line,) = logged()
        assert (line["why"], line["account"]) == ("verified", "default")

    async def test_the_account_is_named_by_its_appid(self, make, logged):
        await call(make(appid="wx42").asgi, verification())
        assert logged()[0]["account"] == "wx42"

    def test_what_others_log_is_a_line_too(self, logged):
        logging.getLogger("uvicorn.error").warning("Exceeded concurrency limit.")
        (line,) = logged()
        assert (line["level"], line["message"]) == ("warning", "Exceeded concurrency limit.")

    def test_a_traceback_stays_in_its_line(self, logged):
        logging.getLogger("yizhan").error("failed", exc_info=raised(ValueError("boom")))
        (line,) = logged()
        assert line["message"].startswith("failed (ValueError, tests/server/test_log.py:")
        assert line["traceback"].endswith("ValueError: boom\n")

    async def test_an_error_of_a_task_that_a_handler_left_behind_knows_its_message(
        self, logged, monkeypatch
    ):
        monkeypatch.setattr(hiding, "recent", ())
        loop = asyncio.get_running_loop()
        hiding.watch(loop)

        async def handler():
            in_hand.set({"Content": SAID})
            await asyncio.wait([asyncio.create_task(raising())])

        async def raising():
            raise ValueError(SAID)

        await asyncio.create_task(handler())
        gc.collect()
        (line,) = [line for line in logged() if "traceback" in line]
        assert line["message"].startswith("Task exception was never retrieved")
        assert "exception=ValueError('…')" in line["message"]
        assert line["traceback"].endswith("ValueError: …\n")


class TestText:
    @pytest.fixture
    def logged(self, start):
        lines = start(json=False)
        return lambda: [line.split(" ", 1)[1] for line in lines()]

    async def test_a_push_is_one_line(self, make, logged):
        account = make()
        account.text(lambda message: message.content)
        await call(account.asgi, push(text("secret text")))
        line = logged()[-1]
        assert line.startswith("<-- default text → text (inline, ")
        assert line.endswith(" ms)")

    async def test_a_push_s_line_is_in_the_reader_s_language(self, make, logged, monkeypatch):
        monkeypatch.setenv("YIZHAN_LANG", "zh")
        account = make()
        account.text("回")(lambda message: message.content)
        account.fallback(lambda message: None)
        for body in (text("回", MsgId=1), text("不回", MsgId=2), event("aliens_landed")):
            await call(account.asgi, push(body))
        told = [re.sub(r"[\d.]+ ms", "…", line) for line in logged()[-3:]]
        assert told == [
            "<-- default text → text (直接回复, …)",
            "<-- default text → success (已确认, …)",
            "<-- default aliens_landed → success (已确认, …): unknown_type: "
            "驿站不认识的类型，交给了 fallback",
        ]

    @pytest.mark.parametrize("why", WHYS)
    def test_every_outcome_has_words(self, why):
        assert {"inline", "held", "merged"} < set(WHYS)
        assert known(f"pushed.{why}")

    async def test_a_refusal_is_one_line(self, make, logged):
        await call(make().asgi, push(text(), token="anotherTokenOfTests"))
        assert logged()[-1].startswith("-x- default signature: wrong signature: compare")

    async def test_a_verification_is_one_line(self, make, logged):
        await call(make().asgi, verification())
        assert logged() == ["<-- default echostr verified"]

    async def test_no_name_of_an_event_can_forge_a_line(self, make, logged):
        account = make()
        account.fallback(lambda message: None)
        await call(account.asgi, push(event("a\n10:00:00 <-- default all is well")))
        assert not any(line.startswith("<-- default all is well") for line in logged())

    def test_further_lines_of_a_message_cannot_be_taken_for_lines_of_the_log(self, logged):
        logging.getLogger("bot").warning("one\r\n10:00:00 two\x1b\n")
        assert logged() == ["one", " 10:00:00 two\ufffd"]


def warned(message, **place):
    """What Python's own way to log a warning makes of it."""
    text = warnings.formatwarning(message, RuntimeWarning, **place)
    made = record(text, raw={"Content": f"{SAID} RuntimeWarning test_log"})
    made.name = "py.warnings"
    return made


HERE = {"filename": __file__, "lineno": 1}


@FORMATTERS
@pytest.mark.parametrize(
    ("message", "place", "stays"),
    [
        (f"{SAID} is unknown", HERE, ("is unknown", "import asyncio")),
        (f"two\n  {SAID}", HERE, ("two", "import asyncio")),
        (f"two\n  {SAID}", {"filename": "<string>", "lineno": 1}, ("two", "<string>:1: ")),
        (f"{HERE['filename']}:1: {SAID}: x", HERE, ("import asyncio",)),
    ],
)
def test_of_a_warning_the_words_are_hidden_and_its_place_and_class_stay(
    formatter, message, place, stays
):
    made = warned(message, **place)
    lines = [formatter.format(made)]
    assert HIDING.filter(made)
    for line in (*lines, made.getMessage(), formatter.format(made)):
        assert "6222" not in line
        assert f"{place['filename']}:1: RuntimeWarning: " in line
        assert [part for part in stays if part not in line] == []


def test_a_warning_in_another_form_is_hidden_as_a_whole():
    made = record(f"{SAID}", raw={"Content": SAID})
    made.name = "py.warnings"
    assert JsonFormatter().format(made).count("6222") == 0


@FORMATTERS
def test_an_error_that_a_callback_of_a_thread_pool_raised_is_hidden(formatter):
    made = record("exception calling callback", raised(ValueError(SAID)), raw={"Content": SAID})
    made.name = "concurrent.futures"
    assert "6222" not in formatter.format(made)


class TestWhilePythonEnds:
    """Nothing can be formatted or written then."""

    @pytest.fixture(autouse=True)
    def ending(self, monkeypatch):
        def broken(*_):
            raise ImportError("sys.meta_path is None")

        monkeypatch.setattr(hiding, "redacted", broken)
        monkeypatch.setattr(sys, "is_finalizing", lambda: True)

    def test_the_handler_neither_raises_nor_says_anything(self, start):
        lines = start(json=True)
        logging.getLogger("yizhan").error("failed", exc_info=raised(ValueError(SAID)))
        assert lines() == []

    def test_what_can_no_longer_be_hidden_is_dropped(self):
        assert not HIDING.filter(record(SAID))


def test_a_bot_that_logs_in_its_own_way_keeps_it(start):
    start(json=True)
    mine = logging.NullHandler()
    logging.getLogger().handlers[:] = [mine]
    configure(json=True)
    assert logging.getLogger().handlers == [mine]


@pytest.mark.parametrize(("watched", "formatter"), [(True, ArrowFormatter), (False, JsonFormatter)])
def test_where_a_person_watches_the_log_is_text(start, watched, formatter):
    sys.stderr.isatty = lambda: watched
    start()
    (handler,) = logging.getLogger("yizhan").handlers
    assert isinstance(handler.formatter, formatter)


async def test_a_silent_log_costs_no_line(make, start):
    lines = start(json=True, level=logging.ERROR)
    await call(make().asgi, push(text(), token="anotherTokenOfTests"))
    assert lines() == []


@pytest.mark.parametrize(
    ("openid", "shown"),
    [(FAN, "oYz0…kLmN"), ("a" * 13, "aaaa…aaaa"), ("a" * 12, "…"), ("", "…")],
)
def test_an_openid_is_masked(openid, shown):
    assert masked_openid(openid) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("GET /cgi-bin/x?access_token=abc&y=1", "GET /cgi-bin/x?access_token=***&y=1"),
        (
            '{"access_token": "abc", "expires_in": 7200}',
            '{"access_token": "***", "expires_in": 7200}',
        ),
        ("{'secret': 'abc'}", "{'secret': '***'}"),
        ("signature=0123&timestamp=1", "signature=***&timestamp=1"),
        ("msg_signature=0123&nonce=1", "msg_signature=***&nonce=1"),
        ("echostr=5838 came", "echostr=*** came"),
        ("YIZHAN_TOKEN=abc", "YIZHAN_TOKEN=***"),
        ("aes_key = 'abc'", "aes_key = '***'"),
        (f"gh_1:{FAN}:42 is lost", "gh_1:oYz0…kLmN:42 is lost"),
        ("\ud800", "\\ud800"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_what_looks_like_a_secret_is_taken_out(said, shown):
    assert redacted(said) == shown


PUSH = {
    "FromUserName": FAN,
    "MsgType": "text",
    "Content": " 我的密码 ",
    "a": {"b": ["深处", None]},
    "c": "甲'乙\n丙\"",
}


@FORMATTERS
@pytest.mark.parametrize(
    "error",
    [
        KeyError("我的密码"),
        ValueError("cannot read ' 我的密码 '"),
        ValueError("first line\nsecond line 我的密码"),
        LookupError(f"no such follower: {FAN}"),
        RuntimeError("深处"),
        KeyError("甲'乙\n丙\""),
        ExceptionGroup("several", [ValueError("我的密码")]),
    ],
)
def test_a_traceback_keeps_to_itself_what_the_follower_sent(formatter, error):
    line = formatter.format(record("failed", raised(error), raw=PUSH))
    assert "密码" not in line
    assert "深处" not in line
    assert "丙" not in line
    assert FAN not in line
    assert type(error).__name__ in line


@FORMATTERS
def test_a_traceback_hides_the_causes_too(formatter):
    error = raised(RuntimeError("later"))
    error.__cause__ = raised(KeyError("我的密码"))
    assert "密码" not in formatter.format(record("failed", error, raw=PUSH))


@FORMATTERS
def test_a_short_text_does_not_garble_the_frames(formatter):
    try:
        raise {1: ValueError("bad e")}[1]
    except ValueError as error:
        line = formatter.format(record("failed", error, raw={"Content": "e"}))
    assert "raise {1: ValueError(" in line
    assert "ValueError: bad e" in line


class CardError(ValueError):
    pass


@FORMATTERS
def test_class_names_and_source_lines_stay_whatever_the_follower_writes(formatter):
    raw = {"Content": "CardError ValueError raised(error) test_log.py 卡号6222"}
    error = raised(CardError(f"the CardError of {SAID}"))
    error.add_note(f"{SAID}, by ValueError")
    line = formatter.format(record("failed", error, raw=raw))
    assert "test_log.py" in line
    assert "    raise error" in line
    assert "CardError: the …of…" in line
    assert SAID not in line


def chained():
    """Errors that come from others and hold others, all of which say what the follower did."""
    try:
        try:
            int(SAID)
        except ValueError as error:
            raise LookupError(SAID) from error
    except LookupError as error:
        group = ExceptionGroup(SAID, [raised(KeyError(SAID)), error])
        group.add_note(f"first {SAID}\n  File '{SAID}', line 1, in {SAID}")
        return raised(group)


def syntax():
    try:
        compile(f"{SAID} = = 1", "<text>", "exec")
    except SyntaxError as error:
        return error


class Noted(Exception):
    __notes__ = SAID


@FORMATTERS
@pytest.mark.parametrize(
    "error",
    [chained(), syntax(), StoreError("store.unreachable", problem=KeyError(SAID)), raised(Noted())],
    ids=["chain", "syntax", "ours", "notes"],
)
def test_all_that_belongs_to_an_error_is_hidden(formatter, error):
    line = formatter.format(record("failed", error, raw={"Content": f"我的{SAID}"}))
    assert "卡" not in line
    assert "号6" not in line
    assert "6222" not in line
    assert type(error).__name__ in line


@FORMATTERS
def test_what_an_error_of_ours_says_stays_and_what_is_filled_in_is_hidden(formatter):
    sentence = str(StoreError("store.unreachable", problem="…"))
    made = record("", raw={"Content": sentence + SAID})
    made.args = (StoreError("store.unreachable", problem=SAID),)
    assert sentence in formatter.format(made)


@FORMATTERS
@pytest.mark.parametrize("name", ["bot", "yizhanbot", "root"])
def test_what_the_author_logs_is_left_as_it_is(formatter, name):
    made = record(f"said {SAID}", raised(ValueError(SAID)), raw={"Content": SAID})
    made.name = name
    assert formatter.format(made).count(SAID) == 2


@pytest.mark.parametrize("kind", [JsonFormatter, ArrowFormatter])
def test_where_the_author_is_the_follower_nothing_is_hidden(kind):
    made = record("failed", raised(ValueError(SAID)), raw={"Content": SAID})
    assert SAID in kind(hides=False).format(made)


def test_where_the_author_is_the_follower_a_handler_s_failure_is_told_in_short():
    try:
        json.loads(SAID)
    except ValueError as error:
        failed = record("the handler raised", error, reason="handler_error", raw={"MsgId": "1"})
        fault = record("a fault", error)
    lines = ArrowFormatter(hides=False).format(failed).splitlines()
    assert re.match(r"[\d:]{8} \S*test_log.py:\d+: JSONDecodeError: ", lines[0])
    assert lines[1:] == [
        "    json.loads(SAID)",
        "  the whole traceback is on the page, with this push",
    ]
    assert "Traceback" in ArrowFormatter(hides=False).format(fault)
    assert "Traceback" in ArrowFormatter(hides=True).format(failed)


@FORMATTERS
def test_of_what_asyncio_says_the_names_of_errors_stay(formatter):
    error = raised(CardError(SAID))
    made = record(
        f"never retrieved exception={error!r}", error, raw={"Content": f"CardError{SAID}"}
    )
    made.name = "asyncio"
    line = formatter.format(made)
    assert "exception=CardError('…')" in line
    assert "卡" not in line


@FORMATTERS
def test_blanks_of_a_push_hide_nothing(formatter):
    line = formatter.format(record("failed", raised(ValueError("a b")), raw={"Content": " "}))
    assert "ValueError: a b" in line


def test_every_refusal_has_its_own_words():
    said = "the timestamp is 301 s in the past: set this machine's clock"
    assert str(Refused("stale", "301 s in the past")) == said


def test_a_line_has_the_time_of_its_making(monkeypatch):
    monkeypatch.setattr(log.time, "time", lambda: 1764000000.0625)
    made = record("x")
    made.created, made.msecs = 1764000000.0625, 62.5
    assert json.loads(JsonFormatter().format(made))["at"] == "2025-11-24T16:00:00.062Z"
