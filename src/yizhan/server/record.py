"""`yizhan run --record`: keeps pushes and replies in a file, bounded in size."""

import hmac
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from yizhan import wire
from yizhan.errors import Refused, SettingsError
from yizhan.phrases import say
from yizhan.recording import Exchange, line_of, redacted
from yizhan.server.connection import Message, Receive, Scope, Send
from yizhan.server.serve import Bot, StoppingSite
from yizhan.wire import Envelope, Push

if TYPE_CHECKING:
    from yizhan.account import Account

MOST = 64 * 1024 * 1024  # bytes of a recording
MOST_BODY = 1024 * 1024  # bytes of a push that are overheard


class RecordingFile:
    """A file that lines are added to, by several processes at once, until it is full."""

    def __init__(self, path: str, most: int = MOST) -> None:
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise SettingsError("server.record", path=path, problem=error.strerror) from error
        self.path = path
        self.most = most
        self.full = False
        self._closed = False

    def write(self, line: bytes) -> None:
        """Add a line; says so once when there is no more room, and never raises."""
        if self.full:
            return
        try:
            if os.fstat(self._file).st_size + len(line) <= self.most:
                os.write(self._file, line)  # one call, so that lines never mix
                return
            problem = say("server.record_size", most=self.most)
        except OSError as error:
            problem = str(error)
        self.full = True
        warning = say("server.record_full", path=self.path, problem=problem)
        logging.getLogger("yizhan").warning("%s", warning)

    def close(self) -> None:
        """Close the file; further lines are left out."""
        self.full = True
        if not self._closed:
            self._closed = True
            os.close(self._file)


class RecordingSite(StoppingSite):
    """A site that keeps every push that it lets in, with what it answered."""

    def __init__(self, accounts: "Sequence[Account]", file: RecordingFile, *, redact: bool) -> None:
        super().__init__(accounts)
        self.file = file
        self.redact = redact

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self.by_path.get(scope.get("path", ""))
        if scope["type"] != "http" or scope["method"] != "POST" or app is None:
            await super().__call__(scope, receive, send)
            return
        heard = Heard(receive, send)
        began = app.account.clock.monotonic()
        try:
            await super().__call__(scope, heard.receive, heard.send)
        finally:
            took = app.account.clock.monotonic() - began
            if exchange := exchange_of(app.account, scope, heard, took):
                secret = secret_of(app.account)
                kept = redacted(exchange, secret) if self.redact else exchange
                self.file.write(line_of(kept))

    def receiver_at(self, path: str) -> None:
        """All goes through `__call__`, which overhears it."""

    async def stop(self) -> None:
        await super().stop()
        self.file.close()


class Heard:
    """What went in and out of one request."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.body = b""
        self.answer: bytes | None = None
        self.status = 0
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """The application's `receive`, overheard."""
        message = await self._receive()
        if len(self.body) <= MOST_BODY:
            self.body += message.get("body", b"")
        return message

    async def send(self, message: Message) -> None:
        """The application's `send`, overheard."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.answer = (self.answer or b"") + message.get("body", b"")
        await self._send(message)


def exchange_of(account: "Account", scope: Scope, heard: Heard, took: float) -> Exchange | None:
    """The exchange in plain; None for what was not let in."""
    came = account.clock.wall() - took
    keys = account.asgi.receiver.keys
    try:
        envelope = wire.open(Push(scope["query_string"], heard.body, "", 0.0), keys, came)
        reply = None if heard.answer is None else _opened(heard, envelope)
    except Refused:
        return None
    if 400 <= heard.status < 500:
        return None
    return Exchange(
        at=round(came, 3),
        path=scope["path"],
        mode=keys.mode,
        push=envelope.body.decode("utf-8", "replace"),
        reply=reply,
        status=heard.status,
        took=round(took, 3),
    )


def _opened(heard: Heard, envelope: Envelope) -> str:
    answer = heard.answer or b""
    if heard.status == 200 and envelope.cipher is not None:
        answer = wire.unseal(answer, envelope.cipher, envelope.token)
    return answer.decode("utf-8", "replace")


def secret_of(account: "Account") -> str:
    """What pseudonyms are made with: the same in every process, of no use elsewhere."""
    token = account.settings.token.encode()
    return hmac.new(token, b"yizhan recording", sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class RecordingBot(Bot):
    """A bot whose pushes and replies are kept in the file `record`."""

    record: str = ""
    redact: bool = False

    def __call__(self) -> RecordingSite:
        """The site, made anew in the process that serves it."""
        return RecordingSite(self.prepared(), RecordingFile(self.record), redact=self.redact)
