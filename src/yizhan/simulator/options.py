"""What public facts leave open about WeChat: named, with the value most reports agree on."""

from dataclasses import dataclass, field, fields
from typing import Literal, TypeVar

T = TypeVar("T")


def _option(default: T, *, phrase: str, source: str, allowed: tuple[object, ...] = ()) -> T:
    """A field that says what it decides, where its default comes from, and what it may be."""
    value: T = field(
        default=default, metadata={"phrase": phrase, "source": source, "allowed": allowed}
    )
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How this WeChat behaves; `catalogue` tells of each option what it decides and why."""

    deliveries: int = _option(
        3,
        phrase="choice.deliveries",
        allowed=(3, 4),
        source="docs/protocol.md#e3: three requests are observed; 总共重试三次 could mean four",
    )
    seconds: float = _option(
        5.0, phrase="choice.seconds", source="docs/protocol.md#e3, official; any number of seconds"
    )
    resign: bool = _option(
        True,
        phrase="choice.resign",
        allowed=(True, False),
        source="docs/protocol.md#m1",
    )
    retry_refused: bool = _option(
        True,
        phrase="choice.retry_refused",
        allowed=(True, False),
        source="docs/protocol.md#m2",
    )
    retry_status: bool = _option(
        True,
        phrase="choice.retry_status",
        allowed=(True, False),
        source="docs/protocol.md#e3, reports: 5xx is tried again",
    )
    retry_junk: bool = _option(
        False,
        phrase="choice.retry_junk",
        allowed=(False, True),
        source="docs/protocol.md#e3, reports: status 200 with junk gives the notice at once",
    )
    retry_at_once: bool = _option(
        False,
        phrase="choice.retry_at_once",
        allowed=(False, True),
        source="docs/protocol.md#m2",
    )
    long_text: Literal["notice", "cut", "show"] = _option(
        "notice",
        phrase="choice.long_text",
        allowed=("notice", "cut", "show"),
        source="docs/protocol.md#e1, #m3: the notice, or nothing",
    )
    many_articles: Literal["notice", "first"] = _option(
        "notice",
        phrase="choice.many_articles",
        allowed=("notice", "first"),
        source="docs/protocol.md#e2, #m4",
    )
    unknown_media: Literal["show", "notice"] = _option(
        "show",
        phrase="choice.unknown_media",
        allowed=("show", "notice"),
        source="no source",
    )
    recognition: Literal["absent", "empty", "filled"] = _option(
        "empty",
        phrase="choice.recognition",
        allowed=("absent", "empty", "filled"),
        source="docs/protocol.md#c, #m6: empty since 2023",
    )
    window_messages: int = _option(
        5,
        phrase="choice.window_messages",
        allowed=(5, 20),
        source="docs/protocol.md#f1, #m5: five at present; twenty by the rule of 2021",
    )
    drafts: Literal["everyone", "verified"] = _option(
        "everyone",
        phrase="choice.drafts",
        allowed=("everyone", "verified"),
        source="docs/protocol.md#g4, #m7: disputed since July 2025",
    )
    publish_event: Literal["PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH", "MASSSENDJOBFINISH"] = (
        _option(
            "PUBLISHJOBFINISH",
            phrase="choice.publish_event",
            allowed=("PUBLISHJOBFINISH", "FREEPUBLISHJOBFINISH", "MASSSENDJOBFINISH"),
            source="docs/protocol.md#d2: the wire, the docs' sample, the docs' text",
        )
    )
    article_urls: Literal["filled", "empty"] = _option(
        "filled",
        phrase="choice.article_urls",
        allowed=("filled", "empty"),
        source="docs/protocol.md#d2: sometimes empty in real pushes of 2025",
    )
    unknown_template: Literal["refuse", "show"] = _option(
        "refuse",
        phrase="choice.unknown_template",
        allowed=("refuse", "show"),
        source="docs/protocol.md#i1: errcode 40037; show lets a bot send by the ids it has",
    )
    blacklisted: Literal["silent", "pushed"] = _option(
        "silent",
        phrase="choice.blacklisted",
        allowed=("silent", "pushed"),
        source="no source",
    )
    event_replies: Literal["hidden", "shown"] = _option(
        "hidden",
        phrase="choice.event_replies",
        allowed=("hidden", "shown"),
        source="docs/protocol.md#d2 to #d5 are silent on the reply to those events",
    )
    notice: Literal["current", "old"] = _option(
        "current",
        phrase="choice.notice",
        allowed=("current", "old"),
        source="docs/protocol.md#e3: two generations of the words",
    )

    @classmethod
    def catalogue(cls) -> tuple[dict[str, object], ...]:
        """Every option: its name, default, phrase, allowed values and source."""
        return tuple(
            {
                "name": option.name,
                "default": option.default,
                "phrase": option.metadata["phrase"],
                "allowed": list(option.metadata["allowed"]),
                "source": option.metadata["source"],
            }
            for option in fields(cls)
        )
