"""Pushes as WeChat writes them, and as no WeChat would."""

import itertools
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from yizhan.wire.push import Format
from yizhan.wire.xml import cdata

Value: TypeAlias = "str | int | Mapping[str, Value] | Sequence[Value]"
Fields: TypeAlias = Mapping[str, Value]

_numbers = itertools.count(secrets.randbelow(10**6) * 10**4)


class Letter(NamedTuple):
    """A push ready to go: its raw query and its body."""

    query: str
    body: bytes
    format: Format = "xml"

    def asking(self, **parameters: str) -> "Letter":
        """The same with these parameters in place of its own."""
        pairs = [f"{name}={quote(value, safe='')}" for name, value in parameters.items()]
        return self._replace(query="&".join([*self._others(parameters), *pairs]))

    def without(self, *names: str) -> "Letter":
        """The same less these parameters."""
        return self._replace(query="&".join(self._others(names)))

    def value(self, name: str) -> str:
        """The raw value of a parameter, "" when it is absent."""
        found = [pair.partition("=")[2] for pair in self.query.split("&") if _name(pair) == name]
        return found[0] if found else ""

    def _others(self, names: Mapping[str, str] | Sequence[str]) -> list[str]:
        return [pair for pair in self.query.split("&") if _name(pair) not in names]


def new_id() -> str:
    """A MsgId that nobody has sent before: 17 digits, as WeChat's."""
    return f"249{time.time_ns() // 10**9 % 10**4:04}{next(_numbers) % 10**10:010}"


def new_openid() -> str:
    """A follower whom nobody knows: 28 characters, as WeChat's."""
    return "oYizhanCheck" + secrets.token_hex(8)


def new_nonce() -> str:
    """Ten digits, as WeChat's."""
    return str(secrets.randbelow(9 * 10**9) + 10**9)


def word() -> str:
    """A text that no handler waits for and that an echo shows."""
    return "驿站测试 " + secrets.token_hex(6)


def document(fields: Fields) -> bytes:
    """The XML of these fields: texts in CDATA, numbers bare, lists repeated."""
    return f"<xml>{_elements(fields)}</xml>".encode("utf-8", "surrogatepass")


def _elements(fields: Fields) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: Value) -> str:
    if isinstance(value, str):
        return f"<{name}>{cdata(value)}</{name}>"
    if isinstance(value, int):
        return f"<{name}>{value}</{name}>"
    if isinstance(value, Mapping):
        return f"<{name}>{_elements(value)}</{name}>"
    return "".join(_element(name, each) for each in value)


def _name(pair: str) -> str:
    return pair.partition("=")[0]
