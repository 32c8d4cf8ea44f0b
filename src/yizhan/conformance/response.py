"""HTTP responses, read from the bytes that have come so far."""

from typing import TypeAlias

from msgspec import Struct

Headers: TypeAlias = tuple[tuple[str, str], ...]

NO_BODY = (204, 304)


class Head(Struct, frozen=True):
    """A status line and headers; names are in lower case."""

    status: int
    headers: Headers

    @property
    def interim(self) -> bool:
        """Whether another response follows, as after 100 Continue."""
        return 100 <= self.status < 200

    def header(self, name: str) -> str:
        """The first header of that name, "" when there is none."""
        return next((value for found, value in self.headers if found == name), "")


class Response(Struct, frozen=True):
    """One response and the number of bytes it took."""

    head: Head
    body: bytes
    length: int


def read(data: bytes, *, ended: bool, bodiless: bool = False) -> Response | None:
    """The response at the start of the data; None when it is not whole, or none at all."""
    top, blank, rest = data.partition(b"\r\n\r\n")
    if not blank or (head := _head(top)) is None:
        return None
    start = len(top) + len(blank)
    if bodiless or head.interim or head.status in NO_BODY:
        return Response(head, b"", start)
    if "chunked" in head.header("transfer-encoding").lower():
        found = _dechunked(rest)
        return None if found is None else Response(head, found[0], start + found[1])
    declared = head.header("content-length")
    if declared.isdigit():
        length = int(declared)
        if len(rest) < length:
            return None
        return Response(head, rest[:length], start + length)
    return Response(head, rest, len(data)) if ended else None


def _head(top: bytes) -> Head | None:
    first, *lines = top.decode("latin-1").split("\r\n")
    version, _, after = first.partition(" ")
    status = after[:3]
    if not version.startswith("HTTP/1.") or not status.isdigit():
        return None
    pairs = [line.partition(":") for line in lines]
    return Head(
        int(status), tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    )


def _dechunked(data: bytes) -> tuple[bytes, int] | None:
    """The body of whole chunks and the number of bytes they took."""
    body = b""
    position = 0
    while True:
        end = data.find(b"\r\n", position)
        if end < 0:
            return None
        try:
            size = int(data[position:end].split(b";")[0], 16)
        except ValueError:
            return None
        position = end + 2
        if len(data) < position + size + 2:
            return None
        if size == 0:
            return body, position + 2
        body += data[position : position + size]
        position += size + 2
