"""What a case hears: an answer and what WeChat makes of it, or how there came none."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from yizhan import judging
from yizhan.conformance.http import HttpAnswer
from yizhan.judging import Asked, excerpt
from yizhan.replies import Received, Reply, Text

HttpOutcome: TypeAlias = Literal[
    "replied",  # the follower reads something
    "acknowledged",  # success, or nothing at all
    "refused",  # 4xx
    "junk",  # an answer that WeChat cannot read
    "broken",  # 5xx
    "closed",  # no answer, but an end
    "late",  # neither
    "unreachable",
]


class Why(Struct, frozen=True):
    """A reason and its values: a row of texts.toml, or a phrase that the judgement brings."""

    phrase: str
    values: Mapping[str, str | int | float] = {}

    @property
    def code(self) -> str:
        """Its short name, the same in every language."""
        return self.phrase.rpartition(".")[2]


class Heard(Struct, frozen=True):
    """An answer and what it is worth; `plain` is its body, opened if it could be.

    `around` is what the bot says before and after a text that it echoes.
    """

    answer: HttpAnswer
    outcome: HttpOutcome
    plain: bytes = b""
    received: Received | None = None
    why: Why | None = None
    sealed: bool = False
    around: tuple[str, str] = ("", "")

    @property
    def reply(self) -> Reply | None:
        """What the follower sees; None for nothing."""
        return self.received.reply if self.received else None

    @property
    def content(self) -> str | None:
        """The text that the follower reads; None when it is none."""
        return self.reply.content if isinstance(self.reply, Text) else None

    @property
    def echo(self) -> str | None:
        """The same without what the bot says around a text that it echoes."""
        content, (before, after) = self.content, self.around
        if content is None or not (content.startswith(before) and content.endswith(after)):
            return content
        return content.removeprefix(before).removesuffix(after)


def judge(answer: HttpAnswer, asked: Asked) -> Heard:
    """What WeChat makes of this answer (docs/protocol.md#e)."""
    if answer.end != "answered":
        return _unanswered(answer)
    if answer.status != 200:
        return _refusal(answer)
    encoding = answer.header("content-encoding")
    judged = judging.judge(answer.status, encoding, answer.body, asked)
    if judged.outcome == "fault":
        why = _why(judged.reason, judged.plain) if judged.reason else None
        return Heard(answer, "junk", judged.plain, why=why, sealed=judged.sealed)
    return Heard(answer, judged.outcome, judged.plain, judged.received, sealed=judged.sealed)


def _why(reason: judging.Reason, plain: bytes) -> Why:
    """The reason; of what cannot be read as a reply, its beginning too."""
    unread = reason.phrase.startswith("reply.") or reason.values.get("found") == "HTML"
    return Why(reason.phrase, {**reason.values, **({"body": excerpt(plain)} if unread else {})})


def _unanswered(answer: HttpAnswer) -> Heard:
    if answer.end == "late":
        return Heard(answer, "late", why=Why("late", {"seconds": round(answer.seconds, 1)}))
    if answer.end == "closed":
        return Heard(answer, "closed", why=Why("closed"))
    return Heard(answer, "unreachable", why=Why("unreachable", {"problem": answer.detail}))


def _refusal(answer: HttpAnswer) -> Heard:
    values: dict[str, str | int | float] = {"status": answer.status, "body": excerpt(answer.body)}
    why = Why("status", values)
    if answer.status >= 500:
        return Heard(answer, "broken", answer.body, why=why)
    return Heard(answer, "refused" if answer.status >= 400 else "junk", answer.body, why=why)
