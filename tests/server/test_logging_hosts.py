"""What a host hears of an account in it, however it has set up logging."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

TESTS = Path(__file__).parents[1]
HOST = TESTS / "logging_host.py"
WAYS = ("basic", "disabling", "structured", "sentry")
TOLD = (
    r"the handler \S+ \(\S+\) raised LookupError at \S*logging_host\.py:\d+",
    r"not found \(LookupError, \S*logging_host\.py:\d+\)",
    r"default signature: wrong signature: compare YIZHAN_TOKEN with the token in the console",
    r"the request was for /wechat/, but the account's path is /wechat: remove the slash at the end",
)


class Heard(NamedTuple):
    """What the host's handlers wrote, and what Python wrote to standard error."""

    lines: list[str]
    error: str
    secrets: tuple[str, ...]


@cache
def heard(way: str, *more: str) -> Heard:
    """What a host that has set up logging that way hears."""
    done = subprocess.run(
        [sys.executable, str(HOST), way, *more],
        env=os.environ | {"PYTHONPATH": str(TESTS), "YIZHAN_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=True,
    )
    told = json.loads(done.stdout)
    secrets = (told["openid"], told["text"], told["text"][-2:])
    return Heard(told["lines"], done.stderr, secrets)


@pytest.mark.parametrize("way", WAYS)
class TestInEveryWay:
    @pytest.mark.parametrize("told", TOLD, ids=["handler", "child", "signature", "path"])
    def test_the_message_says_all(self, way: str, told: str) -> None:
        assert [line for line in heard(way).lines if re.search(told, line)]

    def test_no_openid_and_no_text_of_a_follower_is_in_it(self, way: str) -> None:
        host = heard(way)
        for line in (*host.lines, host.error):
            assert [secret for secret in host.secrets if secret in line] == []

    def test_an_error_that_a_handler_left_behind_is_told(self, way: str) -> None:
        if way == "disabling":  # it has disabled asyncio's logger, which is not ours
            return
        at = r"exception=LookupError\('…[^>]*> \(LookupError, \S*logging_host\.py:\d+\)"
        assert [line for line in heard(way).lines if re.search(at, line)]


class TestSentry:
    def events(self, *more: str) -> list[dict[str, Any]]:
        """Each record that Sentry would send."""
        return [json.loads(line) for line in heard("sentry", *more).lines]

    def test_an_error_that_is_the_host_s_own_keeps_its_frames(self) -> None:
        (event,) = [event for event in self.events() if "exception" in event]
        (error,) = event["exception"]["values"]
        assert (error["type"], error["value"]) == ("RuntimeError", "the host's own")
        assert error["stacktrace"]["frames"][-1]["function"] == "of_the_host"

    def test_the_others_come_as_messages_with_what_was_done_before(self) -> None:
        event = [event for event in self.events() if event.get("logger") == "yizhan"][-1]
        assert event["extra"]["reason"] == "handler_error"
        assert event["extra"]["key"].startswith("gh_a1b2c3d4e5f6:oYz0…kLmN:")
        ours = [it for it in self.events()[-1]["breadcrumbs"]["values"] if "push" in it["data"]]
        assert "-x- default signature: wrong signature" in ours[-2]["message"]

    def test_nor_does_the_request_stand_with_an_error_of_its_message(self) -> None:
        host = heard("sentry", "middleware")
        assert [line for line in host.lines if "raised LookupError" in line]
        for line in host.lines:
            assert [secret for secret in host.secrets if secret in line] == []

    def test_the_stack_of_the_call_has_none_of_it_without_its_variables(self) -> None:
        host = heard("sentry", "stacks")
        assert [event for event in self.events("stacks") if "threads" in event]
        for line in host.lines:
            assert [secret for secret in host.secrets if secret in line] == []


def test_where_nothing_is_set_up_python_s_last_resort_has_it() -> None:
    said = heard("nothing").error
    assert [told for told in TOLD if not re.search(told, said)] == []
    assert said.count("wrong signature") == 1
    assert "LookupError: …" in said
