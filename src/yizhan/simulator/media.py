"""The platform's media store: what was uploaded, for three days, and the built-in samples."""

from collections.abc import Iterator

from msgspec import Struct

from yizhan.simulator.samples import samples
from yizhan.simulator.seed import Seed

# A file can be anybody's: a browser shows it and never runs it.
SHOWN_ONLY = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
KEPT = 3 * 86_400.0  # seconds that a temporary file lives (docs/protocol.md#i3)


class Media(Struct, frozen=True):
    """A file; `created` and `expires` are wall seconds, `expires` None for those that stay.

    `title` and `description` are a permanent video's.
    """

    media_id: str
    type: str
    name: str
    content_type: str
    data: bytes
    created: float = 0.0
    expires: float | None = None
    sample: bool = False
    title: str = ""
    description: str = ""


class MediaStore:
    """The files of one account."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._files: dict[str, Media] = {}
        for sample in samples():
            media_id = self._id(sample.name)
            self._files[media_id] = Media(
                media_id, sample.type, sample.name, sample.content_type, sample.data, sample=True
            )

    def __iter__(self) -> Iterator[Media]:
        return iter(self._files.values())

    def add(
        self,
        type: str,
        name: str,
        content_type: str,
        data: bytes,
        *,
        now: float,
        permanent: bool = False,
        title: str = "",
        description: str = "",
    ) -> Media:
        """Keep a file; a temporary one for three days."""
        media_id = self._id(str(len(self._files)))
        expires = None if permanent else now + KEPT
        media = Media(
            media_id,
            type,
            name,
            content_type,
            data,
            now,
            expires,
            title=title,
            description=description,
        )
        self._files[media_id] = media
        return media

    def get(self, media_id: str, now: float) -> Media | None:
        """The file, unless it is unknown or has expired."""
        media = self._files.get(media_id)
        if media is None or (media.expires is not None and now >= media.expires):
            return None
        return media

    def sample(self, type: str) -> Media:
        """The first built-in file of that type."""
        return next(media for media in self if media.sample and media.type == type)

    def remove(self, media_id: str) -> None:
        """Forget a file, if it is there."""
        self._files.pop(media_id, None)

    def _id(self, purpose: str) -> str:
        return self._seed.id(f"media/{self._account}/{purpose}", 64)
