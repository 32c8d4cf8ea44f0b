"""What public facts leave open about WeChat: named, with the value most reports agree on."""

from dataclasses import dataclass, field, fields
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Each field's metadata tells what it decides, its allowed values and its source."""

    deliveries: int = field(
        default=3,
        metadata={
            "allowed": (3, 4),
            "source": "protocol.md E3: three requests in all are observed; "
            "four is the literal reading of 总共重试三次",
        },
    )
    seconds: float = field(
        default=5.0, metadata={"allowed": (), "source": "protocol.md E3, official"}
    )
    resign: bool = field(
        default=True,
        metadata={
            "allowed": (True, False),
            "source": "protocol.md M1, unsourced: repeats carry a new timestamp and nonce",
        },
    )
    retry_refused: bool = field(
        default=True,
        metadata={
            "allowed": (True, False),
            "source": "protocol.md M2, unsourced: a refused or broken connection is tried again",
        },
    )
    retry_status: bool = field(
        default=True,
        metadata={
            "allowed": (True, False),
            "source": "protocol.md E3, reports: a status other than 200 is tried again",
        },
    )
    retry_junk: bool = field(
        default=False,
        metadata={
            "allowed": (False, True),
            "source": "protocol.md E3, reports: status 200 with junk gives the notice at once",
        },
    )
    retry_at_once: bool = field(
        default=False,
        metadata={
            "allowed": (False, True),
            "source": "protocol.md M2, unsourced: after a failure before the five seconds are "
            "over the repeat waits for their end",
        },
    )
    long_text: Literal["notice", "cut", "show"] = field(
        default="notice",
        metadata={
            "allowed": ("notice", "cut", "show"),
            "source": "protocol.md E1 and M3: beyond 2,048 bytes the notice, or nothing",
        },
    )
    many_articles: Literal["notice", "first"] = field(
        default="notice",
        metadata={
            "allowed": ("notice", "first"),
            "source": "protocol.md E2 and M4: more than one article after a message",
        },
    )
    unknown_media: Literal["show", "notice"] = field(
        default="show",
        metadata={
            "allowed": ("show", "notice"),
            "source": "unsourced: a passive reply with a media id that does not exist",
        },
    )
    recognition: Literal["absent", "empty", "filled"] = field(
        default="empty",
        metadata={
            "allowed": ("absent", "empty", "filled"),
            "source": "protocol.md C and M6: the text of voice notes is empty since 2023",
        },
    )
    notice: Literal["current", "old"] = field(
        default="current",
        metadata={
            "allowed": ("current", "old"),
            "source": "protocol.md E3: two generations of the words",
        },
    )

    @classmethod
    def catalogue(cls) -> tuple[dict[str, object], ...]:
        """Every option: its name, default, allowed values and source."""
        return tuple(
            {
                "name": option.name,
                "default": option.default,
                "allowed": list(option.metadata["allowed"]),
                "source": option.metadata["source"],
            }
            for option in fields(cls)
        )
