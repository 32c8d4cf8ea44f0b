"""Whether customer-service messages may be sent: by the kind of account, and as WeChat answers."""

import logging
from collections.abc import Mapping

from yizhan import rights
from yizhan.clock import Clock
from yizhan.errors import AccountRefused, SendRefused
from yizhan.inbox import sending
from yizhan.inbox.ladder import may_try
from yizhan.inbox.sending import Quota
from yizhan.phrases import say
from yizhan.settings import Settings
from yizhan.store.mailbox import Window

log = logging.getLogger("yizhan")

NOTHING: Quota = {}


class Permission:
    """What one account may send, as far as this process knows.

    Once WeChat refuses the account's messages, one answer an hour is tried until one
    succeeds. What it refuses for one follower alone is kept in their mailbox.
    """

    def __init__(self, settings: Settings, clock: Clock, *, allowed: bool) -> None:
        self.settings = settings
        self.clock = clock
        self.allowed = allowed
        self._tried: float | None = None  # when an account that is refused was last tried
        self._typed: float | None = None  # when showing that somebody types was refused
        self._trial = False  # whether one is on its way

    @property
    def refused(self) -> bool:
        """Whether WeChat refused the last message because of the account."""
        return self._tried is not None

    def may_send(self, windows: Mapping[str, Window]) -> bool:
        """Whether a message to a follower with these windows would be let through now."""
        if not self.allowed or self.refused:
            return False
        return sending.left(windows, rights.WINDOWS, self.clock.wall()) > 0

    @property
    def tries(self) -> bool:
        """Whether this account may send, or is to be tried again."""
        return self.allowed and may_try(self.clock.monotonic(), self._tried)

    @property
    def quota(self) -> Quota:
        """The windows in which a message may be sent, be it only to try the account again."""
        return rights.WINDOWS if self.tries else NOTHING

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

    def succeeded(self) -> None:
        """WeChat has let a message through."""
        if self.refused:
            self._tried, self._trial = None, False
            log.info("%s", say("send.account_again"))

    def refuse(self, refusal: SendRefused) -> bool:
        """Take note of a refusal; whether it concerns all messages of the account."""
        if not isinstance(refusal, AccountRefused):
            return False
        if self._trial or not self.refused:  # not for each of those that were on their way
            log.error("%s", self._problem_of(refusal))
        self._tried, self._trial = self.clock.monotonic(), False
        return True

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
