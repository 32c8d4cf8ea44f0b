"""Answers of one follower that no connection has carried: when they are sent, and what of it."""

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Protocol

from yizhan.errors import SendRefused
from yizhan.inbox import ladder
from yizhan.inbox.process import Courier, Process
from yizhan.inbox.push import Push
from yizhan.inbox.sender import Sender

log = logging.getLogger("yizhan")

TYPING_AFTER = 1.0  # seconds after which a follower is shown that an answer is being written


class Chat(Protocol):
    """The pushes of the follower to whom it is sent, and who waits for that."""

    openid: str

    @property
    def pushes(self) -> Mapping[str, Push]: ...

    def goes_on(self, key: str, /) -> bool:
        """Whether a generator is still to say more in answer to that message."""
        ...

    def moved(self) -> None:
        """What was on its way has arrived, or will not be sent."""
        ...

    def watch(self) -> None:
        """Look now and then: another process is to send first."""
        ...

    def retire(self, push: Push, /) -> None:
        """Forget it, if nobody waits for it."""
        ...


class Sends:
    """When an answer is sent: at once, or when no further push can come to carry it."""

    def __init__(
        self,
        process: Process,
        chat: Chat,
        spawn: Callable[[Coroutine[object, object, None]], None],
    ) -> None:
        self.process = process
        self.chat = chat
        self.spawn = spawn
        self.openid = chat.openid
        self._sender: Sender | None = None  # most followers are never sent anything

    @property
    def busy(self) -> bool:
        """Whether anything is being sent."""
        return self._sender is not None and not self._sender.idle

    @property
    def elsewhere(self) -> bool:
        """Whether it waits for what another process sends."""
        return self._sender is not None and self._sender.elsewhere

    def look_again(self) -> None:
        """Another process has changed something."""
        if self._sender is not None:
            self._sender.look_again()

    def pause(self) -> float:
        """Seconds until what a push carries of theirs has arrived, if that is not long ago."""
        for push in self.chat.pushes.values():
            if push.writing and push.response is not None and push.response.reply is not None:
                return ladder.AFTER_REPLY
        return self.process.pause(self.openid)

    def goes_on(self, key: str) -> bool:
        """Whether a generator is still to say more in answer to that message."""
        return self.chat.goes_on(key)

    def moved(self) -> None:
        """What was on its way has arrived, or will not be sent."""
        self.chat.moved()

    def sends(self, push: Push) -> bool:
        """Whether an answer that no push has carried is sent, and not left to be fetched."""
        permission = self.process.permission
        if not permission.allowed:
            return False
        return push.way != "push" or (permission.refused and permission.tries)

    def follow_up(self, push: Push) -> None:
        """Send parts that no connection has carried: now, or when no further push can come."""
        if not self.sends(push):
            return
        if push.answered and push.response is None:  # by another process, perhaps just now
            self.process.wrote(self.openid)
        now = self.process.clock.monotonic()
        if push.due is not None:
            push.due.cancel()
        if push.way == "custom" or push.answered or not push.shown:
            push.due = None
            self.send(push)
            return
        since = now if push.closed_at is None else push.closed_at
        due = partial(self._no_push_comes, push)
        push.due = self.process.deadlines.add(since + ladder.NO_MORE, due)

    def show_typing_later(self, push: Push) -> None:
        """Show the follower that an answer is being written, if it takes so long."""
        push.typing = self.process.deadlines.after(TYPING_AFTER, partial(self._typing, push))

    def _typing(self, push: Push) -> None:
        push.typing = None
        courier = self.process.courier
        if not push.ready and courier is not None:
            self.spawn(self._show_typing(push, courier))

    async def _show_typing(self, push: Push, courier: Courier) -> None:
        try:
            if (spans := self.process.spans) is None:
                await courier.typing(self.openid)
            else:
                with spans.sending(push.trace, "typing"):
                    await courier.typing(self.openid)
        except SendRefused as refused:
            self.process.permission.refuse_typing(refused)
            log.info("%s", refused, extra={"key": push.key})

    def _no_push_comes(self, push: Push) -> None:
        push.due = None
        if not push.answered and not push.links:
            self.send(push)
        self.chat.retire(push)

    def send(self, push: Push) -> None:
        """Send its answer now, and what has been waiting longer."""
        if self._sender is None:
            self._sender = Sender(self.process, self)
        self._sender.send(push.key)

    def waits_for_others(self) -> None:
        """Another process is to send first."""
        self.chat.watch()

    def age(self, key: str) -> float | None:
        """Seconds since the first push of that message, if that is known here."""
        push = self.chat.pushes.get(key)
        if push is None or push.first is None:
            return None
        return self.process.clock.monotonic() - push.first

    def covered(self, keys: Sequence[str]) -> None:
        """The answers to these messages are being sent, or will not be."""
        for key in keys:
            if (push := self.chat.pushes.get(key)) is not None and push.due is not None:
                push.due.cancel()
                push.due = None
                self.chat.retire(push)

    def dropped(self, keys: Sequence[str]) -> None:
        """The answers to these messages were dropped."""
        for key in keys:
            if (push := self.chat.pushes.get(key)) is not None:
                self.process.dropping.warn(push.message)

    def stop_waiting(self) -> None:
        """What waits to be sent is for another process."""
        for push in tuple(self.chat.pushes.values()):
            if push.due is not None:
                push.due.cancel()
                push.due = None

    def stop(self) -> None:
        """Begin to send nothing more."""
        if self._sender is not None:
            self._sender.stop()

    def break_off(self) -> None:
        """End what is being sent: nobody will know whether it arrived."""
        if self._sender is not None:
            self._sender.break_off()
