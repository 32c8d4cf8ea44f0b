"""A third-party platform as WeChat knows it: its keys, its ticket, who has authorised it."""

from dataclasses import dataclass, field

from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.seed import SIMULATED, Seed
from yizhan.simulator.tokens import Tokens
from yizhan.wire.envelope import Cipher

TICKET = 12 * 3600.0  # seconds that a ticket is good
CODE = 1800.0


@dataclass(slots=True, kw_only=True)
class Authorization:
    """An account that lets the platform act for it."""

    account: OfficialAccount
    refresh_token: str = field(repr=False)
    at: float


@dataclass(slots=True, kw_only=True)
class Offer:
    """An authorisation code, until it is redeemed or `until` (wall seconds) has come."""

    account: OfficialAccount
    until: float


class Component:
    """One platform; `appid` is its name here as well."""

    def __init__(self, id: str, *, seed: Seed) -> None:
        self.appid = "wx" + seed.hex(f"component/appid/{id}", 16)
        self.secret = SIMULATED + seed.hex(f"component/secret/{id}", 32 - len(SIMULATED))
        self.push_token = seed.text(f"component/token/{id}", 24)
        self.aes_key = seed.text(f"component/aes_key/{id}", 43)
        self.tokens = Tokens(seed, f"component/{id}")
        self.authorizations: dict[str, Authorization] = {}
        self._offers: dict[str, Offer] = {}
        self._tickets: dict[str, float] = {}
        self._made = 0
        self._id = id
        self._seed = seed

    def __repr__(self) -> str:
        return f"Component({self.appid!r})"

    @property
    def cipher(self) -> Cipher:
        """What its pushes are encrypted with."""
        return Cipher(self.aes_key, self.appid)

    def ticket(self, now: float) -> str:
        """The next component_verify_ticket, as it is pushed every ten minutes."""
        made = f"ticket@@@{self._value('ticket', 88)}"
        self._tickets[made] = now + TICKET
        return made

    def access_token(self, secret: object, ticket: object, now: float) -> tuple[str, int]:
        """The platform's token and its seconds, for its secret and ticket. Raises Errcode."""
        if secret != self.secret:
            raise Errcode(40125)
        until = self._tickets.get(str(ticket))
        if until is None:
            raise Errcode(61006)
        if now >= until:
            raise Errcode(61005)
        return self.tokens.plain(now)

    def check(self, token: str, now: float) -> None:
        """Raises Errcode for a token that does not open the platform's calls."""
        if not token:
            raise Errcode(41001)
        standing = self.tokens.standing(token, now)
        if standing != "good":
            raise Errcode(42001 if standing == "expired" else 40001)

    def offer(self, account: OfficialAccount, now: float) -> str:
        """The authorisation code that is pushed once the account's owner has agreed."""
        code = f"queryauthcode@@@{self._value('code', 64)}"
        self._offers[code] = Offer(account=account, until=now + CODE)
        return code

    def redeem(self, code: object, now: float) -> Authorization:
        """The authorisation for a code, which works once. Raises Errcode."""
        offer = self._offers.pop(str(code), None)
        if offer is None:
            raise Errcode(61009)
        if now >= offer.until:
            raise Errcode(61010)
        made = Authorization(
            account=offer.account,
            refresh_token=f"refreshtoken@@@{self._value('refresh', 43)}",
            at=now,
        )
        self.authorizations[offer.account.keys.appid] = made
        return made

    def authorization(self, appid: object) -> Authorization:
        """The authorisation of the account of that AppID. Raises Errcode."""
        found = self.authorizations.get(str(appid))
        if found is None:
            raise Errcode(61003)
        return found

    def withdraw(self, appid: str, now: float) -> None:
        """The account's owner takes the authorisation back; its tokens end."""
        self.authorization(appid).account.tokens.withdraw(now)
        del self.authorizations[appid]

    def pre_auth_code(self) -> str:
        """A code for the authorisation page."""
        return f"preauthcode@@@{self._value('pre_auth_code', 64)}"

    def _value(self, purpose: str, length: int) -> str:
        self._made += 1
        return self._seed.id(f"component/{self._id}/{purpose}/{self._made}", length)
