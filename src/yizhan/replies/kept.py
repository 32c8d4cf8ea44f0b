"""Replies as the store keeps them."""

from typing import TypeAlias

import msgspec

from yizhan.replies.kinds import Article, Image, Music, News, Reply, Text, Transfer, Video, Voice


class _News(msgspec.Struct, frozen=True, tag="news"):
    articles: tuple[Article, ...]


_Kept: TypeAlias = Text | Image | Voice | Video | Music | _News | Transfer
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(list[_Kept])


def dump(replies: tuple[Reply, ...]) -> bytes:
    """The replies as JSON for the store; `load` reads them back."""
    return _encoder.encode(
        [_News(reply.articles) if isinstance(reply, News) else reply for reply in replies]
    )


def load(kept: bytes) -> tuple[Reply, ...]:
    """The replies that `dump` wrote; msgspec.DecodeError for anything else."""
    return tuple(
        News(*reply.articles) if isinstance(reply, _News) else reply
        for reply in _decoder.decode(kept)
    )
