"""WeChat pushes to a server: five seconds, three times, and the notice when that fails."""

import asyncio
import secrets
from collections.abc import Container, Sequence

from msgspec import Struct
from msgspec.structs import replace

from yizhan import sent
from yizhan.clock import Clock
from yizhan.judging import Asked, Reason
from yizhan.replies import Image, Reply, Transfer, Video, Voice
from yizhan.simulator import forms
from yizhan.simulator.client import Client, Cut, HttpAnswer, Request
from yizhan.simulator.exchanges import keep
from yizhan.simulator.faults import REPLY, Fault
from yizhan.simulator.forms import Field, Fields, document, may_show_reply, shows_reply
from yizhan.simulator.judging import Judgement, cut_reason, echo_reason, judge, spoil
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.record import Attempt, Letter, PushOutcome, PushRecord, Verdict
from yizhan.simulator.screen import NOTICE, Side, content_of
from yizhan.simulator.sealing import Sealed, seal
from yizhan.simulator.world import World
from yizhan.wire.signature import sign

OLD_NOTICE = "该公众号暂时无法提供服务，请稍后再试"
HEADERS = {"xml": "text/xml", "json": "application/json"}
AGENT = "Mozilla/4.0"  # docs/protocol.md#b1


class Stamp(Struct, frozen=True):
    """The timestamp and nonce of a delivery."""

    timestamp: str
    nonce: str


class Connected(Struct, frozen=True):
    """How a verification went; `seconds` is what it took."""

    connected: bool
    seconds: float
    reason: Reason | None = None


class Pusher:
    """Delivers the pushes of one account by one HTTP client.

    `stamps` is the clock of the timestamps: the world's, or the machine's where the server
    does not share the world's.
    """

    def __init__(
        self, world: World, account: OfficialAccount, client: Client, *, stamps: Clock | None = None
    ) -> None:
        self.world = world
        self.account = account
        self.client = client
        self._stamps = stamps or world.clock
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._extras: set[asyncio.Task[None]] = set()
        self._next = asyncio.Event()
        world.reports[account.id] = self.report

    def push(
        self, openid: str, fields: Fields, *, body: bytes | None = None, origin: str | None = None
    ) -> PushRecord:
        """Start to deliver these fields, or this very body; `finish` waits for the end."""
        world, account = self.world, self.account
        record = PushRecord(
            id=world.next_id(),
            account=account.id,
            openid=openid,
            fields=fields,
            body=document(fields, account.format) if body is None else body,
            mode=account.mode,
            format=account.format,
            shown=shows_reply(fields),
            began=world.now(),
            origin=origin,
        )
        if follower := account.followers.get(openid):
            follower.windows.opened_by(fields, world.now(), world.options.window_messages)
            follower.said_at = world.now()
        world.remember(record)
        self._start(record)
        return record

    def resume(self, record: PushRecord) -> None:
        """Go on with a push that was under way when its server was made anew.

        The connection that was open then has broken; WeChat pushes again when it is time.
        """
        now = self.world.now()
        for attempt in record.attempts:
            if attempt.end is None:
                attempt.ended, attempt.end = now, "closed"
                attempt.problem = Reason("notice.reloaded")
        self._start(record)

    def header(self, openid: str) -> dict[str, Field]:
        """The fields that every push begins with; CreateTime is now."""
        now, follower = self._stamps.wall(), self.account.followers.get(openid)
        return {
            "ToUserName": self.account.keys.original_id,
            "FromUserName": openid,
            "CreateTime": follower.moment(now) if follower else int(now),
        }

    def report(self, openid: str, event: str, fields: Fields) -> PushRecord:
        """Start to deliver an event that nobody did: what has become of a job."""
        push = self.push(openid, self.header(openid) | forms.event(event, fields))
        if follower := self.account.followers.get(openid):
            content = {"name": push.event, "key": ""}
            self.world.show(follower, "system", "platform", "event", content, push=push)
        return push

    async def finish(self, record: PushRecord) -> PushRecord:
        """The same push, once its verdict is there."""
        if task := self._tasks.get(record.id):
            await asyncio.wait((task,))  # one that is given up, as before a reload, has its end too
            if not task.cancelled():
                task.result()
        return record

    async def verify(self) -> Connected:
        """Ask the server to prove itself, as the console does at 提交 (docs/protocol.md#a)."""
        stamp, echostr = self._stamp(()), str(secrets.randbelow(9 * 10**18) + 10**18)
        signature = sign(self.account.keys.token, stamp.timestamp, stamp.nonce)
        query = (
            f"signature={signature}&echostr={echostr}"
            f"&timestamp={stamp.timestamp}&nonce={stamp.nonce}"
        )
        began = self.world.now()
        request = Request("GET", query, {"user-agent": AGENT, "accept": "*/*"})
        answer = await self.client.deliver(request, self.world.options.seconds)
        reason = echo_reason(answer, echostr, self.world.options.seconds)
        self.account.connected = reason is None
        self.world.feed.tell("account", self.account)
        return Connected(reason is None, self.world.now() - began, reason)

    async def close(self) -> None:
        """Stop delivering."""
        self.world.reports.pop(self.account.id, None)
        tasks = (*self._tasks.values(), *self._extras)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.client.close()

    def _start(self, record: PushRecord) -> None:
        self._tasks[record.id] = task = asyncio.ensure_future(self._deliver(record))
        task.add_done_callback(lambda _: self._tasks.pop(record.id, None))

    async def _deliver(self, record: PushRecord) -> None:
        """One delivery after the other, until one settles it."""
        options, loop = self.world.options, asyncio.get_running_loop()
        began, stamp = loop.time() - (self.world.now() - record.began), self._stamp(())
        past = max((attempt.number for attempt in record.attempts), default=0)
        judgement = Judgement("retry", b"", record.attempts[-1].problem if past else None)
        for number in range(past + 1, options.deliveries + 1):
            if number > 1 and not options.retry_at_once:
                await asyncio.sleep(began + options.seconds * (number - 1) - loop.time())
            faults = self.account.faults.strike(record.openid)
            if faults:
                self.world.feed.tell("faults", self.account)
            if any(fault.kind == "reorder" for fault in faults):
                await self._after_the_next(options.seconds)
                began = loop.time() - options.seconds * (number - 1)  # its seconds begin now
            stamp = self._stamp(faults) if options.resign or faults else stamp
            attempt = Attempt(number, self.world.now(), faults=tuple(f.kind for f in faults))
            judgement = await self._attempt(record, attempt, stamp, faults)
            if judgement.outcome != "retry":
                break
        self._settle(record, self._with_known_media(judgement))

    async def _attempt(
        self, record: PushRecord, attempt: Attempt, stamp: Stamp, faults: Sequence[Fault]
    ) -> Judgement:
        sealed = self._sealed(record, record.body, stamp, attempt.faults)
        self._begin(record, attempt, sealed)
        self._next.set()
        by_kind = {fault.kind: fault for fault in faults}
        if "duplicate" in by_kind:
            twin = Attempt(attempt.number, attempt.began, faults=("duplicate",))
            self._extra(record, twin, sealed)
        sent.PUSH.set(None if faults else record)  # a fault is refused as was asked
        answer = await self._delivered(sealed, by_kind)
        answer = await self._returned(record, attempt, answer)
        judgement = self._judged(record, attempt, answer, by_kind)
        follower = self.account.followers.get(record.openid)
        if follower is not None and follower.recording_file is not None:
            keep(follower.recording_file, record, attempt)
        if "replay" in by_kind:
            again = Attempt(attempt.number, self.world.now(), faults=("replay",))
            self._extra(record, again, self._forged(record, sealed, stamp))
        return judgement

    async def _delivered(self, sealed: Sealed, faults: dict[str, Fault]) -> HttpAnswer | Cut | None:
        """What came back; None if it never left."""
        seconds = self.world.options.seconds
        if "drop" in faults:
            await asyncio.sleep(seconds)
            return None
        if delay := faults.get("delay"):
            late = min(delay.number("seconds"), seconds)
            await asyncio.sleep(late)
            seconds -= late
        if seconds <= 0:
            return Cut("timeout")
        request = self._request(sealed)
        if slow := faults.get("slow"):
            request = replace(request, seconds=slow.number("seconds"))
        if "half" in faults:
            # Whatever the server makes of it, nobody is there any more to hear it.
            await self.client.deliver(replace(request, whole=False), seconds)
            return Cut("closed", "half")
        if early := faults.get("hang_up"):
            answer = await self.client.deliver(request, min(seconds, early.number("seconds")))
            hung_up = isinstance(answer, Cut) and answer.how == "timeout"
            return Cut("closed", "hang_up") if hung_up else answer
        return await self.client.deliver(request, seconds)

    async def _returned(
        self, record: PushRecord, attempt: Attempt, answer: HttpAnswer | Cut | None
    ) -> HttpAnswer | Cut | None:
        """What arrives of an answer, where a fault makes a bot's mistake of it."""
        mistake = next((kind for kind in attempt.faults if kind in REPLY), None)
        if mistake is None or not isinstance(answer, HttpAnswer):
            return answer
        if mistake == "reply_late":
            await asyncio.sleep(attempt.began + self.world.options.seconds - self.world.now())
            return Cut("timeout")
        return spoil(answer, mistake, self._asked(record), self.world.now())

    async def _after_the_next(self, seconds: float) -> None:
        self._next.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._next.wait()
        except TimeoutError:
            return
        await asyncio.sleep(0.05)

    def _extra(self, record: PushRecord, attempt: Attempt, sealed: Sealed) -> None:
        """A delivery beside the real one, whose answer nobody sees."""

        async def run() -> None:
            sent.PUSH.set(None)
            self._begin(record, attempt, sealed)
            answer = await self.client.deliver(self._request(sealed), self.world.options.seconds)
            self._judged(record, attempt, answer)

        task = asyncio.ensure_future(run())
        self._extras.add(task)
        task.add_done_callback(self._extras.discard)

    def _begin(self, record: PushRecord, attempt: Attempt, sealed: Sealed) -> None:
        attempt.url = f"{self.client.url}{'&' if '?' in self.client.url else '?'}{sealed.query}"
        attempt.signature = sealed.signature
        attempt.request = Letter(self._headers(), record.body, sealed.body, "POST")
        record.attempts.append(attempt)
        self.world.feed.tell("push", record)

    def _judged(
        self,
        record: PushRecord,
        attempt: Attempt,
        answer: HttpAnswer | Cut | None,
        faults: Container[str] = (),
    ) -> Judgement:
        """Note what came back, and what it is worth."""
        options = self.world.options
        attempt.ended = self.world.now()
        if answer is None:
            attempt.end = "dropped"
            judgement = Judgement("retry", b"", Reason("notice.dropped"))
        elif isinstance(answer, Cut):
            attempt.end = answer.how
            reason = cut_reason(answer, options.seconds)
            retried = answer.how == "timeout" or options.retry_refused
            judgement = Judgement("retry" if retried else "junk", b"", reason)
        else:
            attempt.end, attempt.status = "answered", answer.status
            judgement = judge(answer, self._asked(record), options)
            attempt.response = Letter(answer.headers, judgement.plain, answer.body)
            if "lose" in faults:
                attempt.end = "closed"
                judgement = Judgement("retry", b"", Reason("notice.lost"))
            elif "cut" in faults:
                attempt.end = "closed"
                part = answer.body[: len(answer.body) // 2]
                attempt.response = Letter(answer.headers, part, part)
                values = {"arrived": len(part), "size": len(answer.body)}
                judgement = Judgement("retry", b"", Reason("notice.cut", values))
        attempt.problem = judgement.reason
        self.world.feed.tell("push", record)
        return judgement

    def _settle(self, record: PushRecord, judgement: Judgement) -> None:
        """The verdict, and what the follower sees of it."""
        last = record.attempts[-1].number
        outcome: PushOutcome = "acknowledged"
        reason, reply = judgement.reason, judgement.reply
        follower = self.account.followers.get(record.openid)
        if judgement.outcome == "replied" and reply is not None:
            outcome = "replied"
            if self._shows(record) and follower is not None:
                kind, content = content_of(reply)
                side: Side = "system" if kind == "transfer" else "account"
                if isinstance(reply, Transfer):
                    asked = reply.account or ""
                    self.account.staff.ask(record.openid, asked, self.world.now())
                self.world.show(follower, side, "reply", kind, content, push=record)
            else:
                outcome, reason = "ignored", Reason("notice.unshown", {"event": record.event})
        elif judgement.outcome in ("retry", "junk"):
            reason = self._summed_up(record, reason)
            outcome = "ignored"
            if record.shown and follower is not None and follower.following:
                outcome = "notice"
                text = NOTICE if self.world.options.notice == "current" else OLD_NOTICE
                content = {"text": text, "reason": reason}
                self.world.show(follower, "system", "platform", "notice", content, push=record)
        record.ended = self.world.now()
        record.verdict = Verdict(outcome, last, record.ended - record.began, reason, reply)
        self.world.feed.tell("push", record)

    def _shows(self, record: PushRecord) -> bool:
        """Whether the follower sees a reply to this push; where nobody knows, by the option."""
        perhaps = self.world.options.event_replies == "shown" and may_show_reply(record.fields)
        return record.shown or perhaps

    def _summed_up(self, record: PushRecord, reason: Reason | None) -> Reason | None:
        """The reason of the last delivery; of several that were all late, how many."""
        if reason is None or reason.phrase != "notice.late":
            return reason
        late = sum(
            attempt.problem is not None and attempt.problem.phrase == "notice.late"
            for attempt in record.attempts
        )
        return Reason("notice.late", {**reason.values, "count": late})

    def _with_known_media(self, judgement: Judgement) -> Judgement:
        media_id = _media_of(judgement.reply)
        if media_id is None or self.world.options.unknown_media == "show":
            return judgement
        if self.account.media.get(media_id, self.world.now()) is not None:
            return judgement
        reason = Reason("notice.media", {"media_id": media_id[:64]})
        return Judgement("junk", judgement.plain, reason)

    def _asked(self, record: PushRecord) -> Asked:
        keys = self.account.keys
        return Asked(
            openid=record.openid,
            original_id=str(record.fields.get("ToUserName") or keys.original_id),
            mode=record.mode,
            format=record.format,
            token=keys.token,
            is_event=record.kind == "event",
            cipher=None if record.mode == "plain" else self.account.cipher,
        )

    def _sealed(
        self, record: PushRecord, body: bytes, stamp: Stamp, faults: Sequence[str]
    ) -> Sealed:
        keys = self.account.keys
        return seal(
            body,
            mode=record.mode,
            format=record.format,
            token=keys.token,
            aes_key=keys.aes_key,
            appid=keys.appid,
            to_user=keys.original_id,
            openid=record.openid,
            timestamp=stamp.timestamp,
            nonce=stamp.nonce,
            faults=faults,
        )

    def _forged(self, record: PushRecord, sealed: Sealed, stamp: Stamp) -> Sealed:
        """The same query with another body, as somebody would send it who listened in."""
        if record.format == "json":
            body = record.body.rstrip()[:-1] + b', "Forged": 1}'
        else:
            body = record.body.replace(b"</xml>", b"<Forged>1</Forged></xml>")
        forged = self._sealed(record, body, stamp, ())
        return Sealed(sealed.query, forged.body, sealed.signature)

    def _stamp(self, faults: Sequence[Fault]) -> Stamp:
        now = self._stamps.wall()
        for fault in faults:
            if fault.kind == "skew":
                now += fault.number("seconds")
            elif fault.kind == "stale":
                now -= fault.number("seconds")
        return Stamp(str(int(now)), str(secrets.randbelow(9 * 10**9) + 10**9))

    def _request(self, sealed: Sealed) -> Request:
        return Request("POST", sealed.query, self._headers(), sealed.body)

    def _headers(self) -> dict[str, str]:
        return {
            "user-agent": AGENT,
            "accept": "*/*",
            "content-type": HEADERS[self.account.format],
        }


def _media_of(reply: Reply | None) -> str | None:
    return reply.media_id if isinstance(reply, (Image, Voice, Video)) else None
