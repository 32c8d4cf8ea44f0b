"""The cases, one file per group."""

from yizhan.conformance.case import Case
from yizhan.conformance.cases import (
    events,
    input,
    kinds,
    modes,
    replies,
    retries,
    security,
    timing,
    verification,
)

CHAPTERS = (
    verification.chapter,
    modes.chapter,
    kinds.chapter,
    events.chapter,
    replies.chapter,
    retries.chapter,
    timing.chapter,
    input.chapter,
    security.chapter,
)
CASES: tuple[Case, ...] = tuple(case for chapter in CHAPTERS for case in chapter.cases)
