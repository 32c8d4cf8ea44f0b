"""When this process looks at what others have done for one follower.

Whoever waits for another process has the store tell of the next change (a pulse). A pulse may get
lost, so it also looks by itself now and then.
"""

import logging
from functools import partial
from typing import Protocol

from yizhan.inbox import rules
from yizhan.inbox.deadlines import Deadline
from yizhan.inbox.process import Process
from yizhan.store.mailbox import Mailbox, Rule

log = logging.getLogger("yizhan")

LOOK = 1.0  # seconds after which whoever waits for another process looks by itself


class Chat(Protocol):
    """The follower whose mailbox is looked at."""

    openid: str

    @property
    def waits_for_others(self) -> bool:
        """Whether anything here waits for what another process does."""
        ...

    def has_in_hand(self, key: str, /) -> bool:
        """Whether this process accepts or runs that message now."""
        ...

    def go_on(self, box: Mailbox, /) -> None:
        """Go on with what others have made ready."""
        ...

    def retire(self, push: None, /) -> None:
        """Forget the chat, if nobody waits for it."""
        ...


class Looking:
    """One look at a time; a look that is asked for meanwhile follows it."""

    def __init__(self, process: Process, chat: Chat) -> None:
        self.process = process
        self.chat = chat
        self.busy = False
        self._again = False
        self._next: Deadline | None = None
        self._stranded: frozenset[str] = frozenset()

    def look(self) -> None:
        """See what others have done here, and have them tell of what they do next."""
        if self.busy:
            self._again = True
            return
        self.busy = True
        rule: Rule[Mailbox] = partial(rules.wait, owner=self.process.owner)
        self.process.store.change(self.chat.openid, rule, self._seen)

    def watch(self) -> None:
        """Look again in a while, if anybody waits for others."""
        if self._next is None and self.chat.waits_for_others:
            self._next = self.process.deadlines.after(LOOK, self._look_later)

    def stop(self) -> None:
        """Stop looking: nobody waits."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _seen(self, box: Mailbox | Exception) -> None:
        self.busy = False
        if isinstance(box, Exception):
            log.warning("%s", box)
        else:
            self._find_stranded(box)
            self.chat.go_on(box)
        if self._again:
            self._again = False
            self.look()
        self.watch()
        self.chat.retire(None)

    def _look_later(self) -> None:
        self._next = None
        if self.chat.waits_for_others:
            self.look()
        self.chat.retire(None)

    def _find_stranded(self, box: Mailbox) -> None:
        """Have taken up what is this process's own for two looks, though nothing here runs it.

        So it goes when the answer to a commit was lost; whoever waits behind it would wait on.
        """
        owner, known = self.process.owner, self._stranded
        own = (job.key for job in box.jobs if job.open and job.owner == owner)
        self._stranded = frozenset(key for key in own if not self.chat.has_in_hand(key))
        if known & self._stranded:
            self.process.stranded.add(self.chat.openid)
            self.process.wanted.set()
