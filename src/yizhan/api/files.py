"""Files on their way to WeChat: named as it wants them, streamed, read anew at every try."""

import asyncio
import io
import json
import os
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from inspect import iscoroutinefunction
from pathlib import Path, PurePath
from typing import BinaryIO, Protocol, cast

from msgspec import Struct

from yizhan.api.kinds import HEAD, named, type_of
from yizhan.api.transport import CHUNK
from yizhan.errors import MediaError

LARGEST = 20 * 1024 * 1024

Progress = Callable[[int, int | None], None]  # bytes done, bytes in all where known


class File(Struct, frozen=True):
    """A file to upload: bytes, a path or an open file, and the name that WeChat shall see."""

    content: bytes | Path | BinaryIO
    name: str = ""


Uploadable = File | bytes | Path | BinaryIO


class Source(Protocol):
    """The bytes of a file, from the beginning as often as wanted."""

    name: str
    size: int

    async def head(self) -> bytes: ...

    def __aiter__(self) -> AsyncIterator[bytes]: ...


def source_of(what: object, *, limit: int = LARGEST) -> Source:
    """The bytes of what is given as a file. MediaError when there are none, or too many."""
    name = what.name if isinstance(what, File) else ""
    content = what.content if isinstance(what, File) else what
    source: Source
    match content:
        case bytes() | bytearray() | memoryview():
            source = _Bytes(bytes(content), name)
        case Path():
            source = _OnDisk(content, name)
        case _ if _gives_bytes(content):
            source = _Opened(cast("BinaryIO", content), name, limit)
        case _:
            raise MediaError("media.no_file", kind=type(content).__name__)
    if source.size == 0:
        raise MediaError("media.at_end" if isinstance(source, _Opened) else "media.empty")
    if source.size > limit:
        raise MediaError("media.too_large", size=source.size, limit=limit)
    return source


def _gives_bytes(content: object) -> bool:
    """Whether it is open for reading bytes: a file of texts gives none, an upload a coroutine."""
    read = getattr(content, "read", None)
    if not callable(read) or iscoroutinefunction(read):
        return False
    return isinstance(read(0), bytes)


class _Bytes:
    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self.name = name
        self.size = len(content)

    async def head(self) -> bytes:
        return self._content[:HEAD]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content


class _Opened:
    """An open file, sent from where it stands; one that cannot seek is read first."""

    def __init__(self, file: BinaryIO, name: str, limit: int) -> None:
        seekable = getattr(file, "seekable", None)
        whole = bool(seekable and seekable())
        self._file = file if whole else io.BytesIO(_read(file, limit))
        self._start = self._file.tell()
        self.name = name or _name_of(file)
        self.size = self._file.seek(0, io.SEEK_END) - self._start

    async def head(self) -> bytes:
        self._file.seek(self._start)
        return await asyncio.to_thread(self._file.read, HEAD)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._file.seek(self._start)
        while chunk := await asyncio.to_thread(self._file.read, CHUNK):
            yield chunk


def _read(file: BinaryIO, limit: int) -> bytes:
    """All that comes, or a little more than the limit."""
    pieces, size = [], 0
    while size <= limit and (piece := file.read(CHUNK)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _name_of(file: BinaryIO) -> str:
    """The name that an open file has; a temporary one has a number or none."""
    name = getattr(file, "name", "")
    return PurePath(os.fsdecode(name)).name if isinstance(name, str | bytes | os.PathLike) else ""


class _OnDisk:
    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self.name = name or path.name
        self.size = path.stat().st_size

    async def head(self) -> bytes:
        with await asyncio.to_thread(self._path.open, "rb") as file:
            return await asyncio.to_thread(file.read, HEAD)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with await asyncio.to_thread(self._path.open, "rb") as file:
            while chunk := await asyncio.to_thread(file.read, CHUNK):
                yield chunk


class Form:
    """A multipart/form-data body of one file and some texts, of known length.

    WeChat finds no file in a chunked body, and no name in the form of RFC 5987.
    """

    def __init__(
        self, field: str, source: Source, name: str, texts: Mapping[str, str], progress: Progress
    ) -> None:
        self._source = source
        self._progress = progress
        boundary = "yizhan" + secrets.token_hex(16)
        lead = f"--{boundary}\r\nContent-Disposition: form-data; "
        parts = [f'{lead}name="{_quoted(key)}"\r\n\r\n{text}\r\n' for key, text in texts.items()]
        self._before = "".join(
            [
                *parts,
                f'{lead}name="{_quoted(field)}"; filename="{_quoted(name)}"\r\n',
                f"Content-Type: {type_of(name)}\r\n\r\n",
            ]
        ).encode()
        self._after = f"\r\n--{boundary}--\r\n".encode()
        length = len(self._before) + source.size + len(self._after)
        self.headers = {
            "content-type": f"multipart/form-data; boundary={boundary}",
            "content-length": str(length),
        }

    async def __aiter__(self) -> AsyncIterator[bytes]:
        done = 0
        yield self._before
        async for chunk in self._source:
            yield chunk
            done += len(chunk)
            self._progress(done, self._source.size)
        yield self._after


async def form(
    field: str,
    what: object,
    *,
    texts: Mapping[str, object],
    limit: int = LARGEST,
    progress: Progress | None = None,
) -> Form:
    """The form that uploads this file, with these texts; objects among them as JSON."""
    source = source_of(what, limit=limit)
    name = named(source.name or "media", await source.head())
    written = {key: _text(value) for key, value in texts.items()}
    return Form(field, source, name, written, progress or _silently)


def _quoted(text: str) -> str:
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _silently(done: int, size: int | None) -> None:
    """Nobody watches."""
