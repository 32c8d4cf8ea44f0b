"""Mass messages: what was sent to whom, and how many there may be (docs/protocol.md#i7)."""

from typing import Literal

from msgspec import Struct

from yizhan.settings import Kind
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.rights import day_of
from yizhan.simulator.screen import Content

Status = Literal["SENDING", "SEND_SUCCESS", "SEND_FAIL", "DELETE"]

FIRST_ID, FIRST_DATA_ID = 1_000_000_001, 2_247_483_648
A_MONTH = 4  # that a follower of a service account receives
SPEEDS = (80, 60, 45, 30, 10)  # ten thousands a minute, by the setting


class MassMessage(Struct):
    """One mass message; `total` is how many it was for, `openids` those whom it reaches."""

    id: int
    data_id: int
    at: float
    shows: tuple[tuple[str, Content], ...]
    total: int
    openids: tuple[str, ...]
    client_id: str = ""
    status: Status = "SENDING"

    @property
    def urls(self) -> list[str]:
        """The addresses of its articles."""
        for kind, content in self.shows:
            articles = content.get("articles")
            if kind == "news" and isinstance(articles, list):
                return [str(article["url"]) for article in articles]
        return []


class Masses:
    """The mass messages of one account."""

    def __init__(self) -> None:
        self.speed = 0
        self._sent: dict[int, MassMessage] = {}

    def add(
        self,
        shows: tuple[tuple[str, Content], ...],
        *,
        total: int,
        openids: tuple[str, ...],
        client_id: str,
        now: float,
    ) -> MassMessage:
        """One more message, which is on its way."""
        number = len(self._sent)
        message = MassMessage(
            FIRST_ID + number, FIRST_DATA_ID + number, now, shows, total, openids, client_id
        )
        self._sent[message.id] = message
        return message

    def get(self, id: object) -> MassMessage:
        """The message of that number. Raises Errcode 40059."""
        message = self._sent.get(id) if isinstance(id, int) else None
        if message is None:
            raise Errcode(40059)
        return message

    def by_client_id(self, client_id: str) -> MassMessage | None:
        """The message that the caller has named so."""
        for message in self._sent.values():
            if client_id and message.client_id == client_id:
                return message
        return None

    def are_spent(self, kind: Kind, now: float) -> bool:
        """Whether the account may send no more today: a subscription account has one a day."""
        if kind != "subscription":
            return False
        return any(
            day_of(message.at) == day_of(now)
            for message in self._sent.values()
            if message.status != "SEND_FAIL"
        )
