"""Files on their way from WeChat: kept below a limit, whole or not at all."""

import asyncio
import mimetypes
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from yizhan.api.files import LARGEST, Progress
from yizhan.errors import MediaError

UNSAFE = re.compile(r"[^\w.\- ]+")


class Media(Struct, frozen=True):
    """What an endpoint for media answered: bytes, or in `fields` the JSON in their stead."""

    content: bytes = b""
    content_type: str = ""
    filename: str = ""
    fields: dict[str, object] = {}

    def save(self, to: Path) -> Path:
        """Write the bytes to that file, or into that folder under their own name."""
        path = to / self.filename if to.is_dir() else to
        path.write_bytes(self.content)
        return path


class FileSink:
    """Writes to a file beside its place, and moves it there when everything has come."""

    def __init__(
        self,
        to: Path,
        *,
        name: str = "media",
        limit: int = LARGEST,
        progress: Progress | None = None,
    ) -> None:
        self._to = to
        self._bare = self._name = name
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
        self._name = filename(headers) or self._bare + ending(headers)
        self._reopen()
        return True

    async def write(self, chunk: bytes) -> None:
        """Write the next bytes; MediaError when there are too many."""
        if self._file is None:
            self._reopen()
        assert self._file is not None  # noqa: S101  # opened above
        self._done += len(chunk)
        self._check(self._done)
        await asyncio.to_thread(self._file.write, chunk)
        if self._progress is not None:
            self._progress(self._done, self._total)

    def finish(self) -> Path | None:
        """Move the file to its place; None when nothing was written."""
        if self._file is None:
            return None
        self._file.close()
        target = self._to / self._name if self._to.is_dir() else self._to
        os.replace(self._part, target)
        self._file = None
        return target

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._part.unlink(missing_ok=True)

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise MediaError("media.too_large", size=size, limit=self._limit)

    def _reopen(self) -> None:
        self.discard()
        folder = self._to if self._to.is_dir() else self._to.parent
        handle, name = tempfile.mkstemp(dir=folder, prefix=".yizhan-", suffix=".part")
        self._part, self._file, self._done = Path(name), os.fdopen(handle, "wb"), 0


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
    name = Path((message.get_filename() or "").replace("\\", "/")).name
    return UNSAFE.sub("_", name).lstrip(".")


def ending(headers: Mapping[str, str]) -> str:
    """The ending of a name by the content type."""
    return mimetypes.guess_extension(headers.get("content-type", "").partition(";")[0]) or ""
