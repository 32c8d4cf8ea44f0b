"""Files on their way from WeChat: kept below a limit, whole or not at all."""

import asyncio
import os
import re
import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, BinaryIO, Generic

from msgspec import Struct
from msgspec.structs import replace

from yizhan.api.files import LARGEST, Progress
from yizhan.api.kinds import HEAD, by_content, by_type, is_page
from yizhan.errors import MediaError

UNSAFE = re.compile(r"[^\w.\- ]+")
LONGEST = 120  # bytes of a name, so that a number and an ending still fit


if TYPE_CHECKING:  # checkers know this module; at run time Python has it from 3.13 on
    from typing_extensions import TypeVar

    F = TypeVar("F", bound=Mapping[str, object], default=Mapping[str, object], covariant=True)
else:
    from typing import TypeVar

    F = TypeVar("F")


class Media(Struct, Generic[F], frozen=True):
    """What an endpoint for media answered: bytes, or in `fields` the JSON in their stead.

    A checker knows the members of each endpoint's `fields`.
    """

    content: bytes = b""
    content_type: str = ""
    filename: str = ""
    fields: F = {}  # type: ignore[assignment]  # none at all is right for all

    def save(self, to: Path | str) -> Path:
        """Write the bytes to that file, or into that folder under a name that is free there."""
        path = Path(to)
        if path.is_dir():
            path = reserved(path, named(self, "media").filename or "media")
        path.write_bytes(self.content)
        return path


def named(media: Media, name: str) -> Media:
    """The same with a name, where the answer gave none."""
    if media.filename or not media.content:
        return media
    kind = by_type(media.content_type) or by_content(media.content[:HEAD])
    return replace(media, filename=(safe(name) or "media") + kind)


class FileSink:
    """Writes to a file beside its place, and moves it there when everything has come.

    In a folder the file has the name that it brings, or `name` and the ending of its kind, and
    takes no other file's place.
    """

    def __init__(
        self,
        to: Path | str,
        *,
        name: str = "",
        limit: int = LARGEST,
        progress: Progress | None = None,
    ) -> None:
        self._to = Path(to)
        self._bare = safe(name) or "media"
        self._headers: Mapping[str, str] = {}
        self._head = b""
        self._limit = limit
        self._progress = progress
        self._file: BinaryIO | None = None
        self._part = Path()
        self._done = 0
        self._total: int | None = None

    def takes(self, status: int, headers: Mapping[str, str]) -> bool:
        """Whether a file comes; the size that it tells is held to the limit at once."""
        if status != 200 or not is_file(headers):
            return False
        length = headers.get("content-length", "")
        self._total = int(length) if length.isdecimal() else None
        self._check(self._total or 0)
        self._headers = headers
        self._reopen()
        return True

    async def write(self, chunk: bytes) -> None:
        """Write the next bytes; MediaError when there are too many, or the first are a page's."""
        if self._file is None:
            self._reopen()
        assert self._file is not None  # noqa: S101  # opened above
        self._done += len(chunk)
        self._check(self._done)
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
            if is_page(self._headers.get("content-type", ""), self._head):
                raise MediaError("media.page")
        await asyncio.to_thread(self._file.write, chunk)
        if self._progress is not None:
            self._progress(self._done, self._total)

    def finish(self) -> Path | None:
        """Move the file to its place; None when nothing was written."""
        if self._file is None:
            return None
        self._file.close()
        target = reserved(self._to, self._name) if self._to.is_dir() else self._to
        os.replace(self._part, target)
        self._file = None
        return target

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)

    @property
    def _name(self) -> str:
        if name := filename(self._headers):
            return name
        kind = by_type(self._headers.get("content-type", ""))
        return self._bare + (kind or by_content(self._head))

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise MediaError("media.too_large", size=size, limit=self._limit)

    def _reopen(self) -> None:
        self.discard()
        folder = self._to if self._to.is_dir() else self._to.parent
        handle, name = tempfile.mkstemp(dir=folder, prefix=".yizhan-", suffix=".part")
        self._part, self._file, self._done = Path(name), os.fdopen(handle, "wb"), 0
        self._head = b""


def reserved(folder: Path, name: str) -> Path:
    """A new, empty file of that name in the folder; with a number where there is one already."""
    bare, ending = PurePath(name).stem, PurePath(name).suffix
    for number in count(1):
        place = folder / (name if number == 1 else f"{bare}-{number}{ending}")
        try:
            os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            continue
        return place
    raise AssertionError  # the numbers do not end


def is_file(headers: Mapping[str, str]) -> bool:
    """Whether the body is a file; WeChat writes JSON as text/plain, errors included."""
    if "content-disposition" in headers:
        return True
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind.partition("/")[0] in ("image", "audio", "voice", "video") or kind in (
        "application/octet-stream",
        "application/pdf",
    )


def filename(headers: Mapping[str, str]) -> str:
    """The name that the answer gives the file, fit for any folder; "" for none."""
    from email.message import Message

    message = Message()
    message["content-disposition"] = headers.get("content-disposition", "")
    return safe(PurePath((message.get_filename() or "").replace("\\", "/")).name)


def safe(name: str) -> str:
    """The name as any folder takes it: no path, no special characters, not too long."""
    plain = UNSAFE.sub("_", name).lstrip(".")
    ending = PurePath(plain).suffix
    if len(plain.encode()) <= LONGEST:
        return plain
    bare = plain.removesuffix(ending).encode()[: LONGEST - len(ending.encode())]
    return bare.decode("utf-8", "ignore") + ending
