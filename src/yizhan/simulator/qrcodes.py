"""QR codes: those with a scene (docs/protocol.md#i6), and any as a picture."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from msgspec import Struct

from yizhan.extras import needs
from yizhan.simulator.seed import Seed


class Scene(Struct, frozen=True):
    """One QR code; `expires` is wall seconds, None for a permanent one."""

    scene: str
    ticket: str
    url: str
    expires: float | None = None


class Scenes:
    """The QR codes of one account."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._by_ticket: dict[str, Scene] = {}

    def __iter__(self) -> Iterator[Scene]:
        return iter(self._by_ticket.values())

    def add(self, scene: str, expires: float | None = None) -> Scene:
        """A code for that scene; permanent unless it expires."""
        number = len(self._by_ticket)
        ticket = "gQ" + self._seed.id(f"ticket/{self._account}/{scene}/{number}", 90) + "=="
        url = "http://weixin.qq.com/q/" + self._seed.text(f"qr/{self._account}/{number}", 22)
        made = Scene(scene, ticket, url, expires)
        self._by_ticket[ticket] = made
        return made

    def of(self, scene: str, now: float) -> Scene:
        """The code of that scene that is still good; a permanent one is made if there is none."""
        for made in self:
            if made.scene == scene and (made.expires is None or now < made.expires):
                return made
        return self.add(scene)

    def by_ticket(self, ticket: str, now: float) -> Scene | None:
        """The code of that ticket, unless unknown or expired."""
        made = self._by_ticket.get(ticket)
        if made is None or (made.expires is not None and now >= made.expires):
            return None
        return made


SCALE = 8  # pixels of a module


@lru_cache(maxsize=256)
def picture(text: str) -> bytes:
    """A PNG of the code that says this."""
    with needs("server"):
        import segno

    out = BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=SCALE)
    return out.getvalue()
