"""Replies as the store keeps them."""

from typing import TypeAlias

import msgspec

from yizhan.replies.kinds import Article, Image, Music, News, Reply, Text, Transfer, Video, Voice
from yizhan.wire.xml import clean


class _News(msgspec.Struct, frozen=True, tag="news"):
    articles: tuple[Article, ...]


_Kept: TypeAlias = Text | Image | Voice | Video | Music | _News | Transfer
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[_Kept])


def dump(replies: tuple[Reply, ...]) -> bytes:
    """The replies as JSON for the store; `load` reads them back, but for lone surrogates."""
    if len(replies) == 1 and type(replies[0]) is Text:  # as nearly always
        kept: list[_Kept] = [replies[0]]
    else:
        kept = [_News(reply.articles) if isinstance(reply, News) else reply for reply in replies]
    try:
        return _encoder.encode(kept)
    except UnicodeEncodeError:
        return _encoder.encode(_cleaned(msgspec.to_builtins(kept)))


def _cleaned(value: object) -> object:
    """The same JSON value with all its texts as XML can hold them."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value


def load(kept: bytes) -> tuple[Reply, ...]:
    """The replies that `dump` wrote; msgspec.DecodeError for anything else."""
    return tuple(
        News(*reply.articles) if isinstance(reply, _News) else reply
        for reply in _decoder.decode(kept)
    )
