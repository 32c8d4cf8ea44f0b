"""An Official Account as WeChat knows it: keys, kind, followers, menu, media, QR codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from yizhan.errors import Impossible, Missing
from yizhan.settings import Kind
from yizhan.simulator.articles import Articles
from yizhan.simulator.faults import Faults
from yizhan.simulator.forms import Format
from yizhan.simulator.mass import Masses
from yizhan.simulator.media import MediaStore
from yizhan.simulator.menu import Menus
from yizhan.simulator.qrcodes import Scenes
from yizhan.simulator.recording import Recording
from yizhan.simulator.rights import Ledger, has
from yizhan.simulator.screen import Entry
from yizhan.simulator.seed import SIMULATED, Seed
from yizhan.simulator.service import Staff, Windows
from yizhan.simulator.templates import Templates
from yizhan.simulator.tokens import Tokens
from yizhan.simulator.visits import Visits
from yizhan.wire import Mode
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import OWN

TYPING = 15.0  # seconds that 对方正在输入… stays (docs/protocol.md#f2)
Key = Literal["token", "aes_key", "secret"]
NICKNAMES = ("小明", "小红", "小刚", "小丽", "阿强", "阿珍", "老王", "晓雨")


@dataclass(slots=True, kw_only=True)
class Keys:
    """What the console shows: the account's identity and its secrets."""

    appid: str
    original_id: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)

    @classmethod
    def made(cls, seed: Seed, account: str) -> "Keys":
        """Keys of the simulator's own making, the same as long as the seed is."""
        return cls(
            appid="wx" + seed.hex(f"appid/{account}", 16),
            original_id=OWN + seed.hex(f"original_id/{account}", 6),
            secret=SIMULATED + seed.hex(f"secret/{account}", 32 - len(SIMULATED)),
            token=seed.text(f"token/{account}", 24),
            aes_key=seed.text(f"aes_key/{account}", 43),
        )


@dataclass(slots=True, kw_only=True)
class Follower:
    """A person at a phone, with the one chat of this account; times are wall seconds.

    `blocks` is 拒收, `blacklisted` the account's blacklist; `grants` counts by template the
    notices that may still be sent; `recording` is the file that keeps their pushes.
    """

    account: str
    openid: str
    nickname: str
    following: bool = True
    followed_at: float = 0.0
    scene: str = ""
    language: str = "zh_CN"
    platform: str = "2"  # 1 iOS, 2 Android, 3 other (docs/protocol.md#h)
    remark: str = ""
    tags: list[int] = field(default_factory=list)
    blocks: bool = False
    blacklisted: bool = False
    grants: dict[str, int] = field(default_factory=dict)
    mass_months: list[tuple[int, int]] = field(default_factory=list)
    unread: int = 0
    typing_until: float = 0.0
    said_at: float = 0.0
    created: int = 0
    screen: list[Entry] = field(default_factory=list)
    windows: Windows = field(default_factory=Windows)
    recording: Recording = field(default_factory=Recording)
    recording_file: Path | None = None

    def moment(self, now: float) -> int:
        """The CreateTime of what they do now: a person does one thing a second.

        Two equal events of one second would be one event to every server (docs/protocol.md#e3).
        """
        self.created = max(int(now), self.created + 1)
        return self.created


class OfficialAccount:
    """One account; `id` is its name in the simulator."""

    def __init__(
        self,
        id: str,
        keys: Keys,
        *,
        seed: Seed,
        kind: Kind = "subscription",
        verified: bool = False,
        mode: Mode = "plain",
        format: Format = "xml",
    ) -> None:
        self.id = id
        self.nickname = id
        self.keys = keys
        self.kind: Kind = kind
        self.verified = verified
        self.mode: Mode = mode
        self.format: Format = format
        self.ip_list: tuple[str, ...] = ()
        self.connected: bool | None = None
        self.tags: dict[int, str] = {}
        self.followers: dict[str, Follower] = {}
        self.media = MediaStore(seed, id)
        self.menus = Menus()
        self.scenes = Scenes(seed, id)
        self.visits = Visits(seed, id)
        self.templates = Templates(seed, id)
        self.articles = Articles(seed, id)
        self.masses = Masses()
        self.staff = Staff()
        self.tokens = Tokens(seed, id)
        self.ledger = Ledger()
        self.faults = Faults()
        self._seed = seed

    def __repr__(self) -> str:
        return f"OfficialAccount({self.id!r}, kind={self.kind!r}, verified={self.verified})"

    def __iter__(self) -> Iterator[Follower]:
        return iter(self.followers.values())

    def may(self, right: str) -> bool:
        """Whether this kind of account has the right of that name in rights.toml."""
        return has(self.kind, self.verified, right)

    @property
    def administrator(self) -> str:
        """The openid in whose name the platform reports what the account itself has done."""
        return "o" + self._seed.id(f"openid/{self.id}/administrator", 27)

    @property
    def cipher(self) -> Cipher:
        """What opens its encrypted replies."""
        return Cipher(self.keys.aes_key, self.keys.appid)

    def follower(self, openid: str) -> Follower:
        """The follower of that openid. Raises Missing."""
        try:
            return self.followers[openid]
        except KeyError:
            raise Missing("simulator.unknown_follower", openid=openid) from None

    def add_follower(
        self, nickname: str = "", *, openid: str = "", following: bool = True, now: float = 0.0
    ) -> Follower:
        """One more person. Raises Impossible if the openid is taken."""
        number = len(self.followers) + 1
        openid = openid or "o" + self._seed.id(f"openid/{self.id}/{number}", 27)
        if openid in self.followers:
            raise Impossible("simulator.openid_taken", openid=openid)
        follower = Follower(
            account=self.id,
            openid=openid,
            nickname=nickname or NICKNAMES[(number - 1) % len(NICKNAMES)],
            following=following,
            followed_at=now,
        )
        self.followers[openid] = follower
        return follower

    def renew(self, key: Key) -> None:
        """Another token, AES key or AppSecret; a new secret ends all access tokens."""
        self._seed.renew(f"{key}/{self.id}")
        setattr(self.keys, key, getattr(Keys.made(self._seed, self.id), key))
        if key == "secret":
            self.tokens.revoke()
