"""Faults seen once more: the bytes of a failed case over a bare socket, judged without the suite.

Nothing of `yizhan` is used here, so that an error of the suite's own does not confirm itself.
"""

import re
import socket
import time
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PATIENCE = 5.0  # seconds that WeChat waits
SLOW_CLIENT = 10.0  # seconds after which a half-sent request should be gone
LONGEST_TEXT = 2048  # bytes
CLOCK = 600  # seconds that CreateTime may be off
AT_ONCE = 4  # faults that only time shows are waited for together

ENCRYPT = re.compile(rb"<Encrypt>\s*(?:<!\[CDATA\[)?([A-Za-z0-9+/=\s]+)")
CONTENT = re.compile(rb"<Content>(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?</Content>", re.DOTALL)
ECHOSTR = re.compile(rb"[?&]echostr=([^& ]+)")


@dataclass(frozen=True)
class Claim:
    """What the suite says: the case, the name of the fault, the requests that showed it."""

    case: str
    fault: str
    requests: tuple[bytes, ...]


@dataclass(frozen=True)
class Exchange:
    """A request sent again and its answer; status 0 and `open` when none came in time."""

    request: bytes
    push: bytes
    status: int
    head: bytes
    body: bytes
    plain: bytes
    open: bool

    def __str__(self) -> str:
        parts = [self.request]
        if self.push not in self.request:
            parts.append(b"(inside) " + self.push)
        parts.append(self.head + b"\r\n\r\n" + self.body if self.status else b"(nothing came back)")
        if self.plain != self.body:
            parts.append(b"(inside) " + self.plain)
        return "\n----\n".join(map(_text, parts)) + "\n"


Fault = Callable[[Sequence[Exchange]], bool]


def confirmed(
    claims: Sequence[Claim], port: int, aes_key: str
) -> list[tuple[Claim, Sequence[Exchange], bool]]:
    """Each claim with what its requests brought this time, and whether the fault shows in it."""
    quick = [claim for claim in claims if claim.fault not in WAITING]
    patient = [claim for claim in claims if claim.fault in WAITING]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tried = [again(claim, port, aes_key) for claim in quick]
        tried += pool.map(lambda claim: again(claim, port, aes_key), patient)
    return [
        (claim, exchanges, FAULTS[claim.fault](exchanges))
        for claim, exchanges in zip([*quick, *patient], tried, strict=True)
    ]


def again(claim: Claim, port: int, aes_key: str) -> list[Exchange]:
    """Send the requests in their order, each on a connection of its own."""
    patience = SLOW_CLIENT if claim.fault == "held_open" else PATIENCE
    return [exchange(request, port, aes_key, patience) for request in claim.requests]


def exchange(request: bytes, port: int, aes_key: str, patience: float) -> Exchange:
    """One request and what came back within so many seconds."""
    answer, still_open = sent(request, port, patience)
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/") else 0
    pushed = opened(request.partition(b"\r\n\r\n")[2], aes_key)
    return Exchange(request, pushed, status, head, body, opened(body, aes_key), still_open)


def sent(request: bytes, port: int, patience: float) -> tuple[bytes, bool]:
    """The bytes that came back, and whether the connection was still open at the end."""
    until = time.monotonic() + patience
    answer = b""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as connection:
        with suppress(OSError):  # refused before all was sent: the answer may be there
            connection.sendall(request)
        while not whole(answer):
            left = until - time.monotonic()
            if left <= 0:
                return answer, True
            connection.settimeout(left)
            try:
                part = connection.recv(65536)
            except TimeoutError:
                return answer, True
            except OSError:
                return answer, False
            if not part:
                return answer, False
            answer += part
    return answer, False


def whole(answer: bytes) -> bool:
    """Whether the declared length has come; without one the server closes."""
    head, blank, body = answer.partition(b"\r\n\r\n")
    found = re.search(rb"(?i)content-length: *(\d+)", head)
    return bool(blank and found and len(body) >= int(found[1]))


def opened(body: bytes, aes_key: str) -> bytes:
    """What is inside an encrypted body, padding and AppID with it; any other as it is."""
    found = ENCRYPT.search(body)
    if not found or not aes_key:
        return body
    try:
        sealed = b64decode(b"".join(found[1].split()))
        key = b64decode(aes_key + "=")
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
    except ValueError:
        return body
    inside = re.search(rb"<[a-z!?].*>", plain, re.DOTALL)
    return inside[0] if inside else plain


def crashed_or_let_in(exchanges: Sequence[Exchange]) -> bool:
    """The last answer is 5xx; or 2xx, where a refusal was due."""
    return exchanges[-1].status >= 500 or 200 <= exchanges[-1].status < 300


def let_in(exchanges: Sequence[Exchange]) -> bool:
    """The last push was answered with its own text, or acknowledged."""
    last = exchanges[-1]
    if last.status != 200:
        return False
    said = content(last.push)
    return last.plain.strip() in (b"", b"success") or (said != b"" and said in last.plain)


def told_echostr(exchanges: Sequence[Exchange]) -> bool:
    """The last answer gives the echostr."""
    last = exchanges[-1]
    found = ECHOSTR.search(last.request)
    return last.status == 200 and found is not None and found[1] in last.body


def called_html(exchanges: Sequence[Exchange]) -> bool:
    """The last answer calls itself HTML."""
    return re.search(rb"(?i)content-type: *text/html", exchanges[-1].head) is not None


def differ(exchanges: Sequence[Exchange]) -> bool:
    """Not all answers are the same."""
    return len({(each.status, each.body) for each in exchanges}) > 1


def ran_again(exchanges: Sequence[Exchange]) -> bool:
    """Pushes with one MsgId were answered with different texts."""
    ids = {re.findall(rb"<MsgId>\d+</MsgId>", each.push)[0] for each in exchanges}
    return len(ids) == 1 and len({content(each.plain) for each in exchanges}) > 1


def ill_formed(exchanges: Sequence[Exchange]) -> bool:
    """The last reply is no XML, or its MsgType is not one of a passive reply's."""
    try:
        root = ElementTree.fromstring(exchanges[-1].plain)  # noqa: S314  # a local server's
    except ElementTree.ParseError:
        return True
    kinds = [each.text for each in root.iter("MsgType")]
    return len(kinds) != 1


def too_long(exchanges: Sequence[Exchange]) -> bool:
    """The last reply's text is over the limit."""
    return len(content(exchanges[-1].plain)) > LONGEST_TEXT


def out_of_time(exchanges: Sequence[Exchange]) -> bool:
    """The last reply's CreateTime is not now."""
    found = re.search(rb"<CreateTime>(?:<!\[CDATA\[)?(\d+)", exchanges[-1].plain)
    return found is not None and abs(int(found[1]) - time.time()) > CLOCK


def surrounded(exchanges: Sequence[Exchange]) -> bool:
    """Blanks stand around the last reply."""
    body = exchanges[-1].body
    return body != body.strip()


def silent(exchanges: Sequence[Exchange]) -> bool:
    """No request brought anything, and the connections stayed open."""
    return all(each.open and not each.status for each in exchanges)


# A reply that WeChat cannot read, in the words of the suite.
UNREAD = (
    *("notice.not_xml", "reply.empty", "reply.kind", "reply.malformed", "reply.missing"),
    *("reply.count", "reply.empty_element", "reply.nested", "reply.number", "reply.root"),
)
FAULTS: Mapping[str, Fault] = {
    "status": crashed_or_let_in,
    "accepted": let_in,
    "echoed": told_echostr,
    "content_type": called_html,
    "oracle": differ,
    "ran_twice": ran_again,
    "ran_often": ran_again,
    **dict.fromkeys(UNREAD, ill_formed),
    "notice.long_text": too_long,
    "created": out_of_time,
    "around": surrounded,
    "notice": silent,
    "held_open": silent,
    "late": silent,
}
WAITING = ("notice", "held_open", "late")


def content(document: bytes) -> bytes:
    found = CONTENT.search(document)
    return found[1] if found else b""


def _text(data: bytes, most: int = 1200) -> str:
    shown = data[:most].decode("utf-8", "replace").replace("\r\n", "\n")
    return shown + (f"… ({len(data)} bytes)" if len(data) > most else "")
