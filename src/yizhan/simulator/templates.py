"""Templates of template messages and of subscription notices (docs/protocol.md#i1, #i2)."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.seed import Seed

Use = Literal["message", "notice"]

MOST = 25
FIRST_SENDING = 3_500_000_000_000_000_001
REMEMBERED = 600.0  # seconds in which a client_msg_id is not sent a second time
PLACE = re.compile(r"\{\{(\w+)\.DATA\}\}")
# Shown no more since 2023-05-04.
GONE = frozenset({"first", "remark"})
# The longest value of each type of field, in characters; a field's name begins with its type.
LONGEST: Mapping[str, int] = {
    "thing": 20,
    "number": 32,
    "letter": 32,
    "symbol": 5,
    "character_string": 32,
    "phone_number": 17,
    "car_number": 8,
    "name": 10,
    "phrase": 5,
    "const": 20,
}


class Template(Struct, frozen=True):
    """One template: lines of text with places like `{{thing1.DATA}}` in them."""

    id: str
    use: Use
    title: str
    content: str
    example: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the places, in order."""
        return tuple(PLACE.findall(self.content))

    def text(self, values: Mapping[str, str]) -> str:
        """The lines as they are shown; what is shown no more is left out."""
        lines = (
            PLACE.sub(lambda place: values.get(place[1], ""), line)
            for line in self.content.splitlines()
            if not GONE.intersection(PLACE.findall(line))
        )
        return "\n".join(lines)


class Templates:
    """The templates that an account has chosen."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._kept: dict[str, Template] = {}
        self._made = 0
        self._sendings = FIRST_SENDING
        self._named: dict[tuple[str, str], tuple[int, float]] = {}

    def __iter__(self) -> Iterator[Template]:
        return iter(self._kept.values())

    def of(self, use: Use) -> list[Template]:
        """Those of one use, oldest first."""
        return [template for template in self if template.use == use]

    def add(
        self, use: Use, title: str, content: str, *, example: str = "", id: str = ""
    ) -> Template:
        """One more template, with an id of its own unless given. Raises Errcode 45026."""
        if len(self.of(use)) >= MOST:
            raise Errcode(45026)
        self._made += 1
        id = id or self._seed.id(f"template/{self._account}/{self._made}", 43)
        self._kept[id] = template = Template(id, use, title, content, example)
        return template

    def get(self, use: Use, id: str) -> Template:
        """The template of that id. Raises Errcode 40037."""
        template = self._kept.get(id)
        if template is None or template.use != use:
            raise Errcode(40037)
        return template

    def remove(self, use: Use, id: str) -> None:
        """Choose it no longer. Raises Errcode 40037."""
        del self._kept[self.get(use, id).id]

    def sending(self) -> int:
        """The number of the next message or notice."""
        self._sendings += 1
        return self._sendings - 1

    def name(self, openid: str, client_id: str, number: int, now: float) -> None:
        """The caller has given this sending a name of its own."""
        self._named[openid, client_id] = number, now

    def named(self, openid: str, client_id: str, now: float) -> int | None:
        """The sending of that name, if it was made lately."""
        number, at = self._named.get((openid, client_id), (0, 0.0))
        return number if client_id and now - at < REMEMBERED else None


def too_long(name: str, value: str) -> bool:
    """Whether a value is longer than its field's type allows."""
    most = LONGEST.get(name.rstrip("0123456789"))
    return most is not None and len(value) > most
