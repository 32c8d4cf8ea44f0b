"""The five-second engine of one account in one process: which chat a push belongs to."""

import logging
from collections.abc import Iterable
from functools import partial

import msgspec

from yizhan import rights
from yizhan.errors import Overloaded, StoreError
from yizhan.inbox import ladder, rules
from yizhan.inbox.chat import Chat
from yizhan.inbox.ladder import AFTER_REPLY, MOMENT
from yizhan.inbox.offset import Offset
from yizhan.inbox.process import Process
from yizhan.inbox.push import Accepted, Connection, Link, Response, Then
from yizhan.inbox.rules import Arrival
from yizhan.inbox.run import Run
from yizhan.inbox.upkeep import give_up, release
from yizhan.inbox.work import Work
from yizhan.messages import TextMessage, reply_shown
from yizhan.metrics import series
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.store.mailbox import UNFINISHED, Job, Rule

log = logging.getLogger("yizhan")

LAST_WORDS = 1.0  # seconds that responses have to be written when the process stops
IDLE = 1_000  # chats that are kept: to make one for each message costs more than to keep these
LONGEST_SEND = 30.0  # seconds that a stop waits for what is on its way to WeChat

_encode = msgspec.json.Encoder().encode


class Engine:
    """Lets pushes in, and tells each follower's chat what happens."""

    def __init__(self, process: Process, work: Work) -> None:
        self.process = process
        self.work = work
        self.chats: dict[str, Chat] = {}
        self._idle: dict[str, Chat] = {}  # of those who wrote last: nothing is in hand for them
        self.offset = Offset(process.clock)
        self._pickup = frozenset(word.strip() for word in process.settings.pickup)

    @property
    def stopping(self) -> bool:
        """Whether nothing new is let in."""
        return self.work.stopping

    @property
    def busy(self) -> bool:
        """Whether any answer is still to be made or sent."""
        return bool(self.chats)

    def push(self, accepted: Accepted, connection: Connection, then: Then) -> None:
        """Take in a push; `then` is told what its connection gets, once that is known.

        It is told Overloaded when the push is refused before it is durable, Refused for a
        replay, and StoreError when it could not be made durable; maybe before this returns.
        """
        refusal = self._refusal(accepted.key)
        if refusal is not None:
            then(refusal)
            return
        age = self._age(accepted, connection.arrived)
        chat = self._chat(accepted.message.from_user)
        arrival, link = self._arrival(accepted), Link(connection, then)
        if (spans := self.process.spans) is not None:
            ago = self.process.clock.monotonic() - connection.arrived
            arrival = spans.arrived(link, arrival, accepted.message, ago)
        chat.push(accepted, arrival, age, link)

    def written(self, response: Response) -> None:
        """The response went to an open connection: what it carried is delivered."""
        if not response.close:
            self._chat(response.push.openid).written(response)

    def lost(self, response: Response) -> None:
        """Nobody was there any more: the answer is left for the next push, or for later."""
        self.process.meter.count(series.LOST)
        if not response.close:
            self._chat(response.push.openid).lost(response)

    async def take_up(self, accepted: Accepted, at: float) -> None:
        """Accept a message that came at that wall time, whose connection was closed long ago.

        It is run like one that another process has left.
        """
        message = accepted.message
        arrival = self._arrival(accepted, at)
        rule = partial(rules.accept, arrival=arrival)
        known = await self.process.apply(message.from_user, rule)
        if not known.mine or known.state not in UNFINISHED:
            return
        job = Job(accepted.key, 0, at, 0.0, "", self.process.owner, state="waiting")
        self.resume(job, message)

    def resume(self, job: Job, message: Incoming) -> None:
        """Go on with a message that this process has taken over."""
        now = self.process.clock.monotonic()
        age = max(0.0, self.process.clock.wall() - job.created)
        last_push = now - max(0.0, age - ladder.LAST_PUSH_AFTER)
        self._chat(message.from_user).resume(job, message, now - age, last_push)

    def give_up(self, runs: Iterable[Run]) -> None:
        """Other processes have taken these jobs over."""
        for run in runs:
            if self.work.runs.get(run.key) is run and not run.committing:
                self._chat(run.openid).give_up(run)

    def pulsed(self, openids: frozenset[str]) -> None:
        """Other processes have changed what somebody here waits for."""
        for openid in openids:
            if (chat := self.chats.get(openid)) is not None:
                chat.look()

    def close(self) -> None:
        """From now on nothing new is let in."""
        self.work.stopping = True

    def end_soon(self) -> None:
        """The server was told to stop: what is held now is answered before it has stopped."""
        self.process.stopping = self.process.clock.monotonic()
        for chat in tuple(self.chats.values()):
            chat.notify_all()

    async def stop(self) -> None:
        """Let handlers end within the grace, answer every connection, end what is being sent.

        What is not to be run again is listed; the rest is for others to take over.
        """
        process = self.process
        left = await self.work.stop(process.settings.grace)
        sending = [run for run in left if self._chat(run.openid).sends.busy]
        await self._hand_over([run for run in left if run not in sending])
        # From here on the ladder closes what is held: WeChat's next push goes to another process.
        process.handed_over = True
        for chat in tuple(self.chats.values()):
            chat.notify_all()
        await process.open.none(LAST_WORDS)
        if process.open.count:
            log.warning("%s", say("engine.open", count=process.open.count))
        await self._stop_sending()
        await self._hand_over(sending)  # only now: what becomes of a send its owner alone says

    async def _hand_over(self, runs: Iterable[Run]) -> None:
        """Leave messages whose handlers did not end before the stop to other processes."""
        for run in runs:
            try:
                await self.process.change(run.openid, self._left(run))
            except StoreError as error:  # its lease lapses, and others find it so
                log.error("%s", error, extra={"key": run.key})

    def _left(self, run: Run) -> Rule[bool]:
        """What becomes of a message whose handler did not end before the stop."""
        if run.once:
            return partial(give_up, key=run.key, note="rerun=False")
        return partial(release, key=run.key, owner=self.process.owner)

    async def _stop_sending(self) -> None:
        chats = tuple(self.chats.values())
        for chat in chats:
            chat.sends.stop_waiting()
        await self.process.sends.none(AFTER_REPLY + MOMENT)
        for chat in chats:
            chat.sends.stop()
        await self.process.sends.none(LONGEST_SEND)
        for chat in chats:
            chat.sends.break_off()

    def _chat(self, openid: str) -> Chat:
        chat = self.chats.get(openid)
        if chat is None:
            chat = self._idle.pop(openid, None) or Chat(self.process, self.work, openid, self._over)
            self.chats[openid] = chat
        return chat

    def _over(self, chat: Chat) -> None:
        """Nothing is in hand for this follower: most who wrote just now write again."""
        if self.chats.pop(chat.openid, None) is not None:
            self._idle[chat.openid] = chat
            if len(self._idle) > IDLE:
                del self._idle[next(iter(self._idle))]

    def _refusal(self, key: str) -> Overloaded | None:
        """Why this push is not let in; a repeat begins nothing new."""
        runs, threads = self.work.runs, self.work.threads
        if key in runs:
            return None
        if self.work.stopping:
            return Overloaded("engine.stopping")
        if len(runs) >= self.process.settings.max_jobs:
            return Overloaded("engine.full", limit=self.process.settings.max_jobs)
        if threads.full:
            return Overloaded("engine.threads", waiting=threads.waiting)
        return None

    def _age(self, accepted: Accepted, arrived: float) -> float:
        """How old the message was when this push arrived; the push tells of the clocks, too."""
        clock = self.process.clock
        wall = clock.wall() - (clock.monotonic() - arrived)
        if accepted.timestamp is None:
            ahead = self.offset.least()
        else:
            ahead = self.offset.note(wall - accepted.timestamp)
        return ladder.age(wall, accepted.message.created, ahead)

    def _arrival(self, accepted: Accepted, at: float | None = None) -> Arrival:
        message, process = accepted.message, self.process
        pickup = isinstance(message, TextMessage) and message.content.strip() in self._pickup
        return Arrival(
            accepted.key,
            message.from_user,
            _encode(message.raw),
            process.clock.wall() if at is None else at,
            process.owner,
            process.settings.ordered,
            accepted.binding,
            rights.opens(message) if process.permission.allowed else "",
            pickup,
            partial(self._is_asked, message) if pickup else None,
            reply_shown(message) in ("yes", "unknown"),
        )

    def _is_asked(self, message: Incoming, dialog: bytes) -> bool:
        return self.work.answering.open_dialog(dialog, message) is not None
