"""What kind of file something is: by its name, by its content type, by what it begins with.

Of the system's own tables none is asked: they differ from host to host, and know few voices.
"""

from collections.abc import Mapping
from pathlib import PurePath

PAGES = ("text/html", "application/xhtml+xml")

# What WeChat takes and gives, by the ending of a name.
TYPES: Mapping[str, str] = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".amr": "audio/amr",
    ".wav": "audio/wav",
    ".wma": "audio/x-ms-wma",
    ".speex": "audio/speex",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".pdf": "application/pdf",
}

# Content types that have an ending beside those above, as WeChat and others write them.
OTHERS: Mapping[str, str] = {
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "image/x-ms-bmp": ".bmp",
    "audio/mp3": ".mp3",
    "audio/x-mpeg": ".mp3",
    "audio/x-wav": ".wav",
    "audio/wave": ".wav",
    "audio/x-speex": ".speex",
    "voice/speex": ".speex",
    "voice/amr": ".amr",
    "audio/x-amr": ".amr",
    "video/mpeg4": ".mp4",
    "video/x-m4v": ".mp4",
}
ENDINGS: Mapping[str, str] = {
    **OTHERS,
    **{kind: ending for ending, kind in reversed(tuple(TYPES.items()))},  # of two, the first
}

# What a file begins with. An MP3 without a tag begins with its first frame: MPEG 1, 2 or 2.5.
MAGIC: Mapping[bytes, str] = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
    b"GIF8": ".gif",
    b"BM": ".bmp",
    b"#!AMR": ".amr",
    b"ID3": ".mp3",
    b"\xff\xfa": ".mp3",
    b"\xff\xfb": ".mp3",
    b"\xff\xf2": ".mp3",
    b"\xff\xf3": ".mp3",
    b"\xff\xe2": ".mp3",
    b"\xff\xe3": ".mp3",
    b"%PDF": ".pdf",
}
# The same four bytes begin several kinds, which the four after the eighth tell apart.
RIFF: Mapping[bytes, str] = {b"WAVE": ".wav", b"WEBP": ".webp"}
HEAD = 64  # bytes that tell


def by_content(head: bytes) -> str:
    """The ending of a name, by what the file begins with; "" when that is not known."""
    if head[4:8] == b"ftyp":
        return ".mov" if head[8:10] == b"qt" else ".mp4"
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12], "")
    return next((ending for magic, ending in MAGIC.items() if head.startswith(magic)), "")


def by_type(content_type: str) -> str:
    """The ending of a name, by a content type; "" for one that tells nothing."""
    return ENDINGS.get(_bare(content_type), "")


def type_of(name: str) -> str:
    """The content type of a file of that name."""
    return TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def named(name: str, head: bytes) -> str:
    """The name with an ending that tells the kind: its own, or else what the file begins with."""
    if PurePath(name).suffix.lower() in TYPES:
        return name
    return name + by_content(head)


def is_page(content_type: str, head: bytes) -> bool:
    """Whether this is a web page, as gateways and log-in portals send in place of a file."""
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower()
    return _bare(content_type) in PAGES or begin.startswith((b"<!doctype html", b"<html"))


def _bare(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
