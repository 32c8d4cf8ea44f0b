"""Small files of every media kind, made of bytes: enough to be sent, fetched and looked at."""

import math
import struct
import wave
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from msgspec import Struct

WIDTH, HEIGHT = 240, 180
AMR_FRAME = b"\x3c" + b"\x08" + b"\x00" * 30  # 20 ms of the 12.2 kbit/s mode
MP3_FRAME = b"\xff\xfb\x90\x64" + b"\x00" * 413  # 26 ms of silence at 128 kbit/s, 44.1 kHz
# The smallest JPEG that decoders accept: one grey pixel.
JPEG = bytes.fromhex(
    "ffd8ffdb004300030202020202030202020303030304060404040404080606050609080a0a090809090a0c0f0c0a0b0e"
    "0b09090d110d0e0f101011100a0c12131210130f101010ffc9000b080001000101011100ffcc000600101005ffda0008"
    "0101 00003f00d2cf20ffd9".replace(" ", "")
)


class Sample(Struct, frozen=True):
    """A built-in file; `type` is the media type of the API."""

    name: str
    type: str
    content_type: str
    data: bytes


@cache
def samples() -> tuple[Sample, ...]:
    """The built-in files, one or more for every media type."""
    return (
        Sample("picture.png", "image", "image/png", png()),
        Sample("picture.jpg", "image", "image/jpeg", JPEG),
        Sample("voice.amr", "voice", "audio/amr", b"#!AMR\n" + AMR_FRAME * 50),
        Sample("voice.mp3", "voice", "audio/mpeg", MP3_FRAME * 40),
        Sample("video.mp4", "video", "video/mp4", mp4()),
        Sample("thumb.jpg", "thumb", "image/jpeg", JPEG),
    )


def png(width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """A picture of green hills under a sky."""
    rows = b"".join(b"\x00" + bytes(_row(y, width, height)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def wav(seconds: float = 1.0, rate: int = 8000) -> bytes:
    """A soft tone, for browsers that cannot play a voice note."""
    waves = (math.sin(step / rate * 2 * math.pi * 440) for step in range(int(rate * seconds)))
    sound = BytesIO()
    with wave.open(sound, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", int(4000 * each)) for each in waves))
    return sound.getvalue()


def mp4() -> bytes:
    """The boxes of a video without a picture in it."""
    brand = b"isom" + struct.pack(">I", 512) + b"isomiso2mp41"
    header = struct.pack(">IIIII", 0, 0, 0, 1000, 1000) + struct.pack(">I", 0x10000)
    header += struct.pack(">H", 0x100) + bytes(10)
    header += struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000) + bytes(24)
    header += struct.pack(">I", 2)
    return _box(b"ftyp", brand) + _box(b"moov", _box(b"mvhd", header)) + _box(b"mdat", b"")


def _row(y: int, width: int, height: int) -> Iterator[int]:
    for x in range(width):
        hill = height * (0.62 + 0.12 * math.sin(x / width * 2 * math.pi))
        if y > hill:
            yield from (64, 140 + 60 * (height - y) // height, 90)
        else:
            yield from (150 + 80 * y // height, 200 + 30 * y // height, 240)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + kind + data
