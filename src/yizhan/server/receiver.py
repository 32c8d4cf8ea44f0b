"""What comes to one account, whichever server brought it: a request in, a response out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from yizhan import messages, wire
from yizhan.errors import Overloaded, Refused, StartupError, StoreError, Unreadable
from yizhan.events import Event
from yizhan.inbox import key
from yizhan.inbox.inbox import Inbox
from yizhan.inbox.push import Accepted, Connection
from yizhan.inbox.push import Response as Answered
from yizhan.messages import UnknownMessage
from yizhan.metrics import series
from yizhan.metrics.meter import OTHER
from yizhan.middleware import Incoming
from yizhan.replies import render, render_json
from yizhan.server import checks
from yizhan.server.checks import Header, HttpReply
from yizhan.server.log import Line, log_push, log_refusal
from yizhan.server.response import Response
from yizhan.server.waiting import Awaited, taken
from yizhan.store.mailbox import Binding
from yizhan.wire import Envelope, Keys, Signed
from yizhan.wire.envelope import Cipher
from yizhan.wire.push import is_made_up

if TYPE_CHECKING:
    from yizhan.account import Account

XML: tuple[Header, ...] = ((b"content-type", b"text/xml; charset=utf-8"), checks.NOSNIFF)
JSON: tuple[Header, ...] = ((b"content-type", b"application/json"), checks.NOSNIFF)
TEXT: tuple[Header, ...] = (checks.PLAIN, checks.NOSNIFF)
FOREVER = 3600  # seconds; with the age check off, bindings still have to end
UNKNOWN = (UnknownMessage, Event)
DIGEST = 16  # bytes that tell two bodies apart

logger = logging.getLogger("yizhan")

Body = Callable[[], Awaitable[bytes]]
Then = Callable[[Response], None]
Bound = Callable[[Envelope, Keys], Binding | None]


class Request(NamedTuple):
    """A request without its body; header names in lower case, the query string raw."""

    method: str
    query: bytes
    headers: Sequence[Header]


class Admitted(NamedTuple):
    """A push whose query was verified: its body may be read."""

    signed: Signed
    content_type: str


class Receiver:
    """Checks, reads and answers what comes to one account."""

    def __init__(self, account: "Account") -> None:
        settings = account.settings
        self.account = account
        self.meter = account.meter
        self.max_body = settings.max_body
        self.ai_label = settings.ai_label
        self.acknowledgement = b"success" if settings.ack == "success" else b""
        self.keys = keys_of(account)
        self.binding: Bound = binding_of
        self.log = Line(settings.label)
        self._tasks: set[asyncio.Task[None]] = set()

    async def receive(self, request: Request, body: Body, connection: Awaited) -> Response:
        """What the request is answered with; its body is read once the query was verified."""
        try:
            if request.method == "GET":
                return self._verify(request)
            admitted = self.admit(request)
            sent = await body()
        except Refused as refused:
            return self.refuse(refused, request.method)
        return await taken(self, admitted, sent, connection)

    def admit(self, request: Request) -> Admitted:
        """A push that may send its body. Raises Refused."""
        content_type = checks.check_request(request.method, request.headers, self.max_body)
        now = self.account.clock.wall()
        return Admitted(wire.authenticate_push(request.query, self.keys, now), content_type)

    def take(self, admitted: Admitted, body: bytes, connection: Connection, then: Then) -> None:
        """Have an admitted push answered: the way of a message, forward only.

        `then` gets the response, maybe before this returns; it is called once.
        """
        try:
            envelope = self._opened(admitted, body)
            message = messages.read(envelope.raw)
        except Unreadable as unreadable:
            self._begin(self._keep(unreadable, then))
            return
        except Refused as refused:
            then(self.refuse(refused, "POST"))
            return
        accepted = Accepted(
            message,
            key.of(message, envelope.body),
            # `msg_signature` covers an encrypted body; only a plaintext signature can be replayed.
            None if envelope.encrypted else self.binding(envelope, self.keys),
            float(envelope.timestamp),
        )
        # Without a task once the account has started: tasks and waits were most of what a quick
        # text cost (docs/decisions/0010-one-mailbox-for-each-follower.md).
        if (inbox := self.account.inbox) is None:
            self._begin(self._start(accepted, envelope, connection, then))
        else:
            self._push(inbox, accepted, envelope, connection, then)

    def _push(
        self,
        inbox: Inbox,
        accepted: Accepted,
        envelope: Envelope,
        connection: Connection,
        then: Then,
    ) -> None:
        if inbox.calendar.unsure:
            self._compare(inbox, accepted, envelope)
        answered = partial(self._answered, inbox, accepted, envelope, connection.arrived, then)
        inbox.engine.push(accepted, connection, answered)

    def _compare(self, inbox: Inbox, accepted: Accepted, envelope: Envelope) -> None:
        inbox.calendar.compare(int(envelope.timestamp))

    async def _start(
        self, accepted: Accepted, envelope: Envelope, connection: Connection, then: Then
    ) -> None:
        """The same, after the engine has started; once it has stopped it takes nothing in."""
        try:
            inbox = await self.account.ready()
        except (Overloaded, StartupError, StoreError) as error:
            then(self._put_off(error))
        else:
            self._push(inbox, accepted, envelope, connection, then)

    def _answered(
        self,
        inbox: Inbox,
        accepted: Accepted,
        envelope: Envelope,
        arrived: float,
        then: Then,
        answered: Answered | Exception,
    ) -> None:
        if isinstance(answered, Answered):
            settle = partial(self._settle, inbox, answered, accepted, envelope, arrived)
            then(Response(self._rendered(answered, envelope), answered.close, settle))
        elif isinstance(answered, Refused):
            then(self.refuse(answered, "POST"))
        else:
            then(self._put_off(answered))

    def _put_off(self, error: Exception) -> Response:
        """The response to what cannot be taken in now: WeChat pushes it again."""
        self.meter.count(series.REFUSALS, "overload")
        log_refusal(self.log, Refused("overload", str(error)), "POST")
        if not isinstance(error, (Overloaded, StartupError, StoreError)):
            logger.error("%s", error, exc_info=error)
        return Response(checks.BUSY)

    async def _keep(self, unreadable: Unreadable, then: Then) -> None:
        """Keep what only WeChat can have sent but nobody can read."""
        try:
            inbox = await self.account.ready()
            await inbox.unread.add(unreadable)
        except (Overloaded, StartupError, StoreError) as error:
            then(self._put_off(error))
        else:
            then(self.refuse(unreadable, "POST"))

    def _begin(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def refuse(self, refused: Refused, method: str) -> Response:
        """The response to what is not let in, counted and logged."""
        log_refusal(self.log, refused, method)
        self.meter.count(series.REFUSALS, refused.reason)
        return Response(checks.answer_to(refused))

    def read(self, body: bytes) -> Incoming:
        """The message of a push that could not be read when it came; else Refused."""
        raw, _ = wire.read(body, self.keys)
        return messages.read(raw)

    def _verify(self, request: Request) -> Response:
        checks.check_request(request.method, request.headers, self.max_body)
        echostr = wire.verify(request.query, self.keys, self.account.clock.wall())
        self.log.write("verified")
        return Response(HttpReply(200, echostr, TEXT))

    def _opened(self, admitted: Admitted, body: bytes) -> Envelope:
        """The push, decrypted and read. Raises Refused."""
        if len(body) > self.max_body:
            raise Refused("too_large", f"> {self.max_body}")
        if not body:  # as where a host or a proxy does not hand on what comes in chunks
            raise Refused("xml_bad", "the body is empty")
        envelope = wire.open_signed(admitted.signed, body, admitted.content_type, self.keys)
        # Anyone who sees one signature could teach us a wrong id by a plaintext push.
        if envelope.encrypted and not self.keys.original_id:
            self._learn(envelope)
        return envelope

    def _settle(
        self,
        inbox: Inbox,
        answered: Answered,
        accepted: Accepted,
        envelope: Envelope,
        arrived: float,
        written: bool,
    ) -> None:
        """Tell the engine whether the response was written, and log the push."""
        now = self.account.clock.monotonic()
        seconds = now - arrived
        if written:
            inbox.engine.written(answered)
        else:
            inbox.engine.lost(answered)
        message = accepted.message
        remark, kind = "", message.name if isinstance(message, Event) else message.kind
        if type(message) in UNKNOWN:
            kind = OTHER
        self.meter.pushed(kind, answered.why if written else "lost", now)
        if envelope.repaired or type(message) in UNKNOWN:
            remark = "xml_repaired" if envelope.repaired else "unknown_type"
        # Whether a repeat had another body is asked of the store, after its response.
        if answered.why == "again" or answered.push.message is not message:
            self._begin(self._log_repeat(inbox, answered, accepted, seconds, remark))
        else:
            log_push(self.log, message, answered, seconds, remark)

    async def _log_repeat(
        self, inbox: Inbox, answered: Answered, accepted: Accepted, seconds: float, remark: str
    ) -> None:
        with suppress(StoreError):  # the push has its answer: only the remark is lost
            remark = "other_body" if await inbox.differs(accepted, answered) else remark
        log_push(self.log, accepted.message, answered, seconds, remark)

    def _rendered(self, answered: Answered, envelope: Envelope) -> HttpReply:
        # The connection is closed without a response; this is for hosts that cannot do that.
        if answered.close:
            return checks.BUSY
        if answered.reply is None:
            return HttpReply(200, self.acknowledgement, TEXT)
        now = self.account.clock.wall()
        message = answered.push.message
        write = render_json if envelope.format == "json" else render
        body = write(
            answered.reply,
            to=message.from_user,
            sender=message.to_user,
            created=int(now),
            label=self.ai_label,
        )
        headers = JSON if envelope.format == "json" else XML
        return HttpReply(200, wire.seal(body, envelope, now), headers)

    def _learn(self, envelope: Envelope) -> None:
        """Remember the account's own id once a push that only WeChat can write has shown it.

        `yizhan send`, `check` and the simulator have the keys as well, and an id of their own.
        """
        to_user = envelope.raw.get("ToUserName")
        if isinstance(to_user, str) and not is_made_up(to_user):
            self.keys = replace(self.keys, original_id=to_user, learnt=True)


def keys_of(account: "Account") -> Keys:
    """What the account trusts, from its settings."""
    settings = account.settings
    if account.component is not None:
        return replace(
            account.component.keys,
            max_age=settings.max_age,
            original_id=settings.original_id,
            component=False,
        )
    aes_keys = [key for key in (settings.aes_key, settings.aes_key_previous) if key]
    return Keys(
        tokens=tuple(token for token in (settings.token, settings.token_previous) if token),
        ciphers=tuple(Cipher(aes_key, settings.appid) for aes_key in aes_keys),
        mode=settings.signed_mode,
        max_age=settings.max_age,
        original_id=settings.original_id,
    )


def binding_of(envelope: Envelope, keys: Keys) -> Binding:
    """What ties a plaintext signature to this body; encrypted ones cover theirs already."""
    keep = 2.0 * (keys.max_age or FOREVER)
    return Binding(envelope.signature, sha256(envelope.body).digest()[:16], keep)


def bytes_of(value: bytes | str) -> bytes:
    """What a host gives as text or as bytes, as it came."""
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
