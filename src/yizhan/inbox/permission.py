"""Whether customer-service messages may be sent: by the kind of account, and as WeChat answers."""

import logging
from collections.abc import Mapping
from itertools import islice

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import AccountRefused, FollowerRefused, SendRefused
from yizhan.inbox.ladder import may_try
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store import Follower, Window

log = logging.getLogger("yizhan")

LONGEST_WINDOW = max(seconds for seconds, _ in rights.WINDOWS.values())


class Permission:
    """What one account may send, as far as this process knows.

    Once WeChat refuses the account's messages, one answer an hour is tried until one
    succeeds. A refusal for one follower uses up the windows that were open for them.
    """

    def __init__(self, settings: Settings, clock: Clock, *, allowed: bool) -> None:
        self.settings = settings
        self.clock = clock
        self.allowed = allowed
        self._tried: float | None = None  # when an account that is refused was last tried
        self._typed: float | None = None  # when showing that somebody types was refused
        self._trial = False  # whether one is on its way
        self._spent: dict[str, tuple[float, Mapping[str, Window]]] = {}  # oldest first

    @property
    def refused(self) -> bool:
        """Whether WeChat refused the last message because of the account."""
        return self._tried is not None

    def may_send(self, openid: str, follower: Follower) -> bool:
        """Whether a message to this follower would be let through now."""
        return self.allowed and not self.refused and self.left(openid, follower) > 0

    def may_try(self, openid: str, follower: Follower) -> bool:
        """Whether a message to this follower may be sent, be it only to try the account again."""
        return self.tries and self.left(openid, follower) > 0

    @property
    def tries(self) -> bool:
        """Whether this account may send, or is to be tried again."""
        return self.allowed and may_try(self.clock.monotonic(), self._tried)

    def begin(self) -> bool:
        """Whether this message is to be sent after all: only one tries a refused account."""
        if not self.tries:
            return False
        if self.refused:
            self._tried, self._trial = self.clock.monotonic(), True
        return True

    @property
    def may_type(self) -> bool:
        """Whether a follower may be shown that an answer is being written."""
        now = self.clock.monotonic()
        return self.allowed and not self.refused and may_try(now, self._typed)

    def refuse_typing(self, refusal: SendRefused) -> None:
        """Showing that somebody types was refused, which says nothing of messages."""
        if isinstance(refusal, AccountRefused):
            self._typed = self.clock.monotonic()

    def left(self, openid: str, follower: Follower) -> int:
        """How many messages this follower's windows still let through."""
        now = self.clock.wall()
        return sum(
            max(0, rights.WINDOWS[name][1] - window.used)
            for name, window in follower.windows.items()
            if name in rights.WINDOWS
            and now < window.opened + rights.WINDOWS[name][0]
            and not self._is_spent(openid, name, window)
        )

    def quota(self, openid: str, follower: Follower) -> Mapping[str, tuple[float, int]]:
        """Seconds and messages of the windows that WeChat has not closed for this follower."""
        return {
            name: quota
            for name, quota in rights.WINDOWS.items()
            if name in follower.windows and not self._is_spent(openid, name, follower.windows[name])
        }

    def _is_spent(self, openid: str, name: str, window: Window) -> bool:
        """Whether WeChat has closed this very window; one that was opened since is another."""
        if openid not in self._spent:
            return False
        spent = self._spent[openid][1].get(name)
        return spent is not None and spent.opened == window.opened

    def succeeded(self) -> None:
        """WeChat has let a message through."""
        if self.refused:
            self._tried, self._trial = None, False
            log.info("%s", say("send.account_again"))

    def refuse(self, openid: str, follower: Follower, refusal: SendRefused) -> bool:
        """Take note of what a refusal says of messages to come; whether it concerns them all."""
        if isinstance(refusal, FollowerRefused):
            self._spend(openid, follower)
        if not isinstance(refusal, AccountRefused):
            return False
        if self._trial or not self.refused:  # not for each of those that were on their way
            log.error("%s", self._problem_of(refusal))
        self._tried, self._trial = self.clock.monotonic(), False
        return True

    def _spend(self, openid: str, follower: Follower) -> None:
        now = self.clock.monotonic()
        self._spent.pop(openid, None)
        self._spent[openid] = now, follower.windows
        for one, (since, _) in tuple(islice(self._spent.items(), 2)):
            if now >= since + LONGEST_WINDOW:
                del self._spent[one]

    def _problem_of(self, refusal: AccountRefused) -> str:
        problem = refusal.values.get("problem", "")
        if not refusal.values.get("rights"):
            return say("send.account", setting=say("send.setting_other"), problem=problem)
        setting = say(
            "send.setting_rights",
            verified=self.settings.variable("verified"),
            value=str(self.settings.verified).lower(),
            kind=self.settings.variable("kind"),
            name=self.settings.kind,
        )
        return say("send.account", setting=setting, problem=problem)
