"""What goes out to one follower by customer-service message, when no push can carry it."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import Protocol

from yizhan.errors import FollowerRefused, SendRefused, SendUnknown, StoreError
from yizhan.inbox import sending
from yizhan.inbox.bundle import Bundle, left_of
from yizhan.inbox.carrying import Carried
from yizhan.inbox.composing import next_sent
from yizhan.inbox.deadlines import Deadline
from yizhan.inbox.permission import NOTHING
from yizhan.inbox.process import Process
from yizhan.inbox.sending import Begun, Load
from yizhan.metrics import series
from yizhan.replies import Text
from yizhan.store.mailbox import Rule, Shown

log = logging.getLogger("yizhan")

PATIENCE = 5.0  # seconds that an answer waits for another process that sends nothing


class Recipient(Protocol):
    """The chat with the follower to whom it is sent."""

    openid: str

    def goes_on(self, key: str, /) -> bool:
        """Whether a generator is still to say more in answer to that message."""
        ...

    def pause(self) -> float:
        """Seconds until what a push carries of theirs has arrived, if that is not long ago."""
        ...

    def covered(self, keys: Sequence[str], /) -> None:
        """The answers to these messages are being sent, or will not be."""
        ...

    def moved(self) -> None:
        """What was on its way has arrived, or will not be sent."""
        ...

    def waits_for_others(self) -> None:
        """Another process is to send first."""
        ...

    def age(self, key: str, /) -> float | None:
        """Seconds since the first push of that message, if that is known here."""
        ...

    def dropped(self, keys: Sequence[str], /) -> None:
        """The answers to these messages were dropped."""
        ...


class Sender:
    """One message after another: a commit before it, so that it is never sent twice, one after.

    `elsewhere` tells that it waits for what another process sends.
    """

    def __init__(self, process: Process, recipient: Recipient) -> None:
        self.process = process
        self.recipient = recipient
        self.openid = recipient.openid
        self.elsewhere = False
        self._wanted: dict[str, None] = {}  # messages up to whose answers it is to send
        self._busy = False
        self._overtakes = False
        self._rest: Deadline | None = None
        self._patience: Deadline | None = None
        self._ahead: tuple[str, int, str] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def idle(self) -> bool:
        """Whether there is nothing to send."""
        return not self._busy

    def send(self, key: str) -> None:
        """Send the answer to this message, and what has been waiting longer, anywhere."""
        self._wanted[key] = None
        if not self._busy:
            self._busy = True
            self.process.sends.add()
            self._next()

    def look_again(self) -> None:
        """Another process has changed something."""
        if self.elsewhere:
            self.elsewhere = False
            self._next()

    def stop(self) -> None:
        """Begin nothing more."""
        self._wanted.clear()
        if self._rest is not None:
            self._rest.cancel()
            self._end()
        elif self.elsewhere:
            self._end()

    def break_off(self) -> None:
        """End what is on its way."""
        if self._task is not None:
            self._task.cancel()

    def _next(self) -> None:
        self._rest = None
        if not self._wanted:
            self._end()
            return
        process, key = self.process, next(iter(self._wanted))
        permission = process.permission
        more, making = process.settings.more, int(self.recipient.goes_on(key))
        rule = partial(
            sending.begin_send,
            until=key,
            owner=process.owner,
            quota=permission.quota,
            at=process.clock.wall(),
            choose=partial(next_sent, more=more, making=making),
            rest=self.recipient.pause(),
            overtake=self._overtakes,
            note="refused" if permission.refused else "quota",
        )
        process.surely(self.openid, rule, partial(self._begun, key))

    def _begun(self, key: str, begun: Begun | Exception) -> None:
        if isinstance(begun, Exception):
            self._fail(begun)
            return
        self.recipient.covered(begun.covered)
        if begun.load is not None:
            self._end_patience()
            self._send(begun.load)
        elif begun.status == "wait":
            self._rest = self.process.deadlines.after(begun.seconds, self._next)
        elif begun.status == "elsewhere":
            self._wait_for_others(begun.ahead)
        else:
            self.recipient.dropped(begun.dropped)
            self._done(key, everything=begun.status == "quota")

    def _done(self, key: str, *, everything: bool) -> None:
        self._end_patience()
        if everything:
            self._wanted.clear()
        self._wanted.pop(key, None)
        self._next()

    def _wait_for_others(self, ahead: tuple[str, int, str] | None) -> None:
        """As long as they go on sending."""
        self.elsewhere = True
        if ahead != self._ahead:
            self._end_patience()
            self._ahead = ahead
        if self._patience is None:
            self._patience = self.process.deadlines.after(PATIENCE, self._overtake)
        self.recipient.waits_for_others()

    def _overtake(self) -> None:
        self._overtakes = True
        self.look_again()

    def _end_patience(self) -> None:
        self._overtakes = False
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _send(self, load: Load) -> None:
        if not self.process.permission.begin():  # another answer tries the account just now
            self._refused(load, "refused")
            return
        self._task = asyncio.get_running_loop().create_task(self._deliver(load))

    async def _deliver(self, load: Load) -> None:
        courier, permission = self.process.courier, self.process.permission
        count = partial(self.process.meter.count, series.SENDS)
        assert courier is not None  # noqa: S101  # only reached where sending is allowed
        key = load.key
        try:
            if (spans := self.process.spans) is None:
                await courier.send(self.openid, load.bundle.reply)
            else:
                with spans.sending(_trace(load), "send"):
                    await courier.send(self.openid, load.bundle.reply)
        except SendRefused as refused:
            count("refused")
            if not permission.refuse(refused):
                log.warning("%s", refused, extra={"key": key})
            self._refused(load, str(refused), spent=isinstance(refused, FollowerRefused))
        # The process stops. The job stays `sending`, so whoever takes it over lists it as unknown.
        except asyncio.CancelledError:
            self._task = None
            self._end()
        # Whatever else happened, the request may have reached WeChat: to send it again could
        # show the same twice, which the promise forbids.
        except Exception as problem:  # nobody knows how far it came
            count("unknown")
            known = isinstance(problem, SendUnknown)
            error = problem if known else SendUnknown("send.unknown", problem=repr(problem))
            log.error("%s", error, exc_info=None if known else problem, extra={"key": key})
            rule = partial(sending.unknown, key=key, owner=self.process.owner, note=str(error))
            self._record(rule)
        else:
            permission.succeeded()
            count("sent")
            self._arrived(load)

    def _arrived(self, load: Load) -> None:
        bundle, meter = load.bundle, self.process.meter
        for part in load.parts[: bundle.count]:
            if part.index == 0:
                meter.sent(self.recipient.age(part.key))
        shown: Shown = "more" if bundle.more else ""
        cut: Carried | None = left_of(load.parts, bundle)
        rule = partial(
            sending.sent,
            key=load.key,
            owner=self.process.owner,
            count=bundle.count,
            cut=cut,
            shown=shown,
        )
        self._record(rule)

    def _refused(self, load: Load, note: str, *, spent: bool = False) -> None:
        rule = partial(
            sending.refused,
            key=load.key,
            owner=self.process.owner,
            note=note,
            charge=load.charge,
            spent=spent,
        )
        self._task = None
        self.process.surely(self.openid, rule, self._given_back)

    def _record(self, rule: Rule[bool]) -> None:
        self._task = None
        self.process.surely(self.openid, rule, self._sent)

    def _sent(self, result: bool | Exception) -> None:
        if isinstance(result, Exception):
            self._fail(result)
            return
        self._next()

    def _given_back(self, result: "tuple[str, ...] | Exception") -> None:
        if isinstance(result, Exception):
            self._fail(result)
            return
        # The rule has given back all that was to be sent, not the parts of this message alone.
        self.recipient.dropped(result)
        self._wanted.clear()
        self._next()

    def _fail(self, error: Exception) -> None:
        """The store is closed, or a fault of ours: then the answer rides on the next push."""
        key = next(iter(self._wanted), "")
        self._wanted.clear()
        if isinstance(error, StoreError) or not key:
            log.warning("%s", error)
            self._end()
            return
        # With no quota the rule sends nothing and frees the parts for the next push.
        rule = partial(
            sending.begin_send,
            until=key,
            owner=self.process.owner,
            quota=NOTHING,
            at=0.0,
            choose=_nothing,
            note=repr(error),
        )
        self.process.surely(self.openid, rule, self._gave_up)

    def _gave_up(self, begun: Begun | Exception) -> None:
        if not isinstance(begun, Exception):
            self.recipient.dropped(begun.dropped)
        self._end()

    def _end(self) -> None:
        self._end_patience()
        self._rest = None
        self.elsewhere = False
        if not self._busy:
            return
        self._busy = False
        self.process.sends.remove()
        self.recipient.moved()


def _trace(load: Load) -> str:
    return load.parts[0].trace if load.parts else ""


def _nothing(bodies: Sequence[bytes], left: int, behind: int) -> Bundle:
    """Nothing is sent: there is no quota."""
    return Bundle(Text(""), 0)
