"""An answer that comes in pieces, as a language model writes it."""

from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stream:
    """One answer, however many pieces of text it comes in.

    Nothing of it is shown before it has ended, or before the last push must be answered: then
    the follower reads what is there, up to the end of a paragraph, a sentence or a list, and
    what is left is one further answer. With `first`, an account that may send messages shows
    a part after so many seconds. `ai` marks it as written by a model, as with `Text`.
    """

    pieces: AsyncIterable[str] | Iterable[str]
    first: float | None = None
    ai: bool = False
