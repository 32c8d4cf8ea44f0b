"""The world as JSON, in the reader's language (docs/simulator-api.md)."""

from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import quote

import msgspec

from yizhan.judging import Reason
from yizhan.phrases import catalogue
from yizhan.raised import Raised
from yizhan.simulator.bot_log import LogLine
from yizhan.simulator.faults import GROUPS, KINDS, NOTICED, Fault
from yizhan.simulator.feed import Change
from yizhan.simulator.forms import SHOWN, events, form, messages
from yizhan.simulator.media import Media
from yizhan.simulator.official import Follower, OfficialAccount
from yizhan.simulator.options import Options
from yizhan.simulator.pace import RATES
from yizhan.simulator.qrcodes import Scene, picture
from yizhan.simulator.record import Attempt, CallRecord, Letter, PushRecord, Verdict
from yizhan.simulator.rights import SHOWN as RIGHTS
from yizhan.simulator.screen import Content, Entry, content_of
from yizhan.simulator.simulation import Simulation

Json = dict[str, object]
LARGEST_EXACT = 2**53 - 1
LINES = 200  # of the log, in the snapshot


class Shapes:
    """Writes what the simulation knows as JSON, for one reader."""

    def __init__(self, simulation: Simulation, language: str) -> None:
        self._simulation = simulation
        self._language = language

    def say(self, phrase: str, values: Mapping[str, object]) -> str:
        """A phrase of the catalogue."""
        return catalogue()[phrase][self._language].format(**values)

    def state(self) -> Json:
        """Everything that the page needs to draw itself."""
        world = self._simulation.world
        accounts = world.accounts.values()
        return {
            "accounts": [self.account(account) for account in accounts],
            "followers": {
                account.id: [self.follower(each) for each in account] for account in accounts
            },
            "options": self.options(),
            "faults": {account.id: self.faults(account) for account in accounts},
            "clock": self.clock(),
            "log": self._simulation.log[-LINES:],
            "problem": self.problem(self._simulation.problem),
            "last_event": world.feed.last,
        }

    def change(self, change: Change) -> Json:
        """The data of one event of the stream."""
        match change.subject:
            case OfficialAccount() as account:
                return self._of_account(change.kind, account)
            case Follower() as follower:
                return self.follower(follower)
            case Entry() as entry:
                return self.entry(entry)
            case PushRecord() as push:
                return self.push(push)
            case CallRecord() as call:
                return self.call(call)
            case LogLine() as line:
                return msgspec.structs.asdict(line)
            case Options():
                return self.options()
            case Raised() as problem:
                return self.problem(problem) or {}
        return self.clock()

    def problem(self, problem: Raised | None) -> Json | None:
        """An error, with the author's own line that it comes from."""
        if problem is None:
            return None
        place = problem.place
        return {
            "what": problem.what,
            "place": str(place) if place else "",
            "source": place.source if place else "",
            "traceback": problem.traceback,
        }

    def _of_account(self, kind: str, account: OfficialAccount) -> Json:
        if kind in ("menu", "cleared"):
            return {"account": account.id}
        if kind == "faults":
            return {"account": account.id, "faults": self.faults(account)}
        return self.account(account)

    def account(self, account: OfficialAccount) -> Json:
        """An account with its keys; the secret is one that the simulator made up."""
        keys, pusher = account.keys, self._simulation.pushers.get(account.id)
        source = self._simulation.sources.get(account.id)
        return {
            "id": account.id,
            "nickname": account.nickname,
            "kind": account.kind,
            "verified": account.verified,
            "mode": account.mode,
            "format": account.format,
            "target": pusher.client.url if pusher else "",
            "appid": keys.appid,
            "secret": keys.secret,
            "token": keys.token,
            "aes_key": keys.aes_key,
            "original_id": keys.original_id,
            "ip_list": list(account.ip_list),
            "rights": {name: account.may(right) for name, right in RIGHTS.items()},
            "connected": account.connected,
            "module": source.module if source else None,
        }

    def follower(self, follower: Follower) -> Json:
        """A follower and the newest thing on their screen."""
        now = self._simulation.world.now()
        account = self._simulation.world.account(follower.account)
        # Without the right to send customer-service messages there is nothing to count.
        window = follower.windows.view(now) if account.may(RIGHTS["custom"]) else None
        return {
            "account": follower.account,
            "openid": follower.openid,
            "nickname": follower.nickname,
            "following": follower.following,
            "blocks": follower.blocks,
            "unread": follower.unread,
            "typing": now < follower.typing_until,
            "language": follower.language,
            "remark": follower.remark,
            "tags": follower.tags,
            "window": {"closes": window.closes, "left": window.left} if window else None,
            "last": self.entry(follower.screen[-1]) if follower.screen else None,
        }

    def entry(self, entry: Entry) -> Json:
        """One thing on a screen."""
        return {
            "id": entry.id,
            "account": entry.account,
            "openid": entry.openid,
            "at": entry.at,
            "side": entry.side,
            "via": entry.via,
            "kind": entry.kind,
            "content": self._content(entry.account, entry.kind, entry.content),
            "push": entry.push,
            "call": entry.call,
            "ai": entry.ai,
        }

    def push(self, push: PushRecord) -> Json:
        """A push with everything that became of it."""
        return {
            "id": push.id,
            "account": push.account,
            "openid": push.openid,
            "kind": push.kind,
            "event": push.event,
            "summary": push.summary,
            "message_id": str(push.fields.get("MsgId", "")),
            "created": _whole(push.fields.get("CreateTime")),
            "mode": push.mode,
            "format": push.format,
            "fields": {name: _exact(value) for name, value in push.fields.items()},
            "body": _text(push.body),
            "began": push.began,
            "ended": push.ended,
            "attempts": [self._attempt(attempt) for attempt in push.attempts],
            "verdict": self._verdict(push.account, push.verdict) if push.verdict else None,
            "calls": push.calls,
            "entries": push.entries,
            "origin": push.origin,
            "failed": self.problem(push.failed),
            "refused": self.reason(push.refused),
        }

    def call(self, call: CallRecord) -> Json:
        """An API call."""
        return {name: getattr(call, name) for name in call.__struct_fields__}

    def reason(self, reason: Reason | None) -> Json | None:
        """Why WeChat complains."""
        if reason is None:
            return None
        text = self.say(reason.phrase, reason.values)
        return {"code": reason.code, "text": text, "values": dict(reason.values)}

    def media(self, account: OfficialAccount, media: Media) -> Json:
        """A file without its bytes."""
        return {
            "media_id": media.media_id,
            "type": media.type,
            "name": media.name,
            "content_type": media.content_type,
            "size": len(media.data),
            "url": self._url(account.id, media.media_id),
            "sample": media.sample,
            "expires": media.expires,
        }

    def scene(self, account: OfficialAccount, scene: Scene) -> Json:
        """A QR code."""
        return {
            "picture": f"/accounts/{account.id}/scenes/{quote(scene.ticket)}/picture",
            "scene": scene.scene,
            "ticket": scene.ticket,
            "url": scene.url,
            "expires": scene.expires,
        }

    def faults(self, account: OfficialAccount) -> list[Json]:
        """The faults that are switched on."""
        return [self.fault(fault) for fault in account.faults.standing]

    def fault(self, fault: Fault) -> Json:
        """A fault with all its values."""
        values = {**KINDS[fault.kind], **fault.values}
        return {
            "kind": fault.kind,
            "times": fault.times,
            "openid": fault.openid,
            "values": values,
        }

    def options(self) -> Json:
        """The options in force."""
        return asdict(self._simulation.world.options)

    def clock(self) -> Json:
        """What time it is in the world, and how fast it goes."""
        clock, pace = self._simulation.world.clock, self._simulation.pace
        return {
            "now": clock.wall(),
            "skew": clock.skew,
            "pace": pace.name if pace else "real",
            "paces": list(RATES) if pace else ["real"],
            "rate": pace.rate if pace else 1.0,
        }

    def catalogue(self) -> Json:
        """What can be chosen: faults, options, events, messages, samples."""
        current = self.options()
        return {
            "faults": [
                {
                    "kind": kind,
                    "group": group,
                    "text": self.say(f"fault.{kind}", {}),
                    "times": NOTICED.get(kind, 1),
                    "values": dict(values),
                }
                for group, kinds in GROUPS.items()
                for kind, values in kinds.items()
            ],
            "options": [
                option
                | {
                    "text": self.say(str(option["phrase"]), {}),
                    "value": current[str(option["name"])],
                }
                for option in Options.catalogue()
            ],
            "events": [
                {"name": name, "fields": form("events", name), "shown": name in SHOWN}
                for name in events()
            ],
            "messages": [{"kind": kind, "fields": form("messages", kind)} for kind in messages()],
        }

    def _attempt(self, attempt: Attempt) -> Json:
        signature = attempt.signature
        return {
            "number": attempt.number,
            "began": attempt.began,
            "ended": attempt.ended,
            "seconds": attempt.seconds,
            "end": attempt.end,
            "status": attempt.status,
            "problem": self.reason(attempt.problem),
            "url": attempt.url,
            "request": _letter(attempt.request),
            "response": _letter(attempt.response),
            "signature": {
                "parts": signature.parts if signature else (),
                "sha1": signature.sha1 if signature else "",
                "msg_parts": signature.msg_parts if signature else (),
                "msg_sha1": signature.msg_sha1 if signature else "",
            },
            "faults": attempt.faults,
            "mark": attempt.mark,
        }

    def _verdict(self, account: str, verdict: Verdict) -> Json:
        reply: Json | None = None
        if verdict.reply is not None:
            kind, content = content_of(verdict.reply)
            reply = {"kind": kind, "content": self._content(account, kind, content)}
        return {
            "outcome": verdict.outcome,
            "attempt": verdict.attempt,
            "seconds": verdict.seconds,
            "reason": self.reason(verdict.reason),
            "reply": reply,
        }

    def _content(self, account: str, kind: str, content: Content) -> Json:
        """With addresses for the media in it, and the reason in the reader's language."""
        written = dict(content)
        reason = written.get("reason")
        if isinstance(reason, Reason):
            written["reason"] = self.reason(reason)
        if (media_id := written.get("media_id")) is not None:
            written["url"] = self._url(account, str(media_id))
        if kind == "image":
            written["scene"] = self._scene(account, str(media_id))
        if kind in ("video", "shortvideo", "music", "miniprogrampage"):
            written["thumb_url"] = self._url(account, str(written.get("thumb_media_id", "")))
        return written

    def _scene(self, account: str, media_id: str) -> str | None:
        """The scene of the QR code that a picture is, as WeChat recognises codes in pictures."""
        official = self._simulation.world.account(account)
        media = official.media.get(media_id, self._simulation.world.now())
        for code in official.scenes if media else ():
            if media is not None and picture(code.url) == media.data:
                return code.scene
        return None

    def _url(self, account: str, media_id: str) -> str:
        """The path of a file under this API; "" if it is not there."""
        store = self._simulation.world.account(account).media
        if store.get(media_id, self._simulation.world.now()) is None:
            return ""
        return f"/accounts/{account}/media/{media_id}"


def _letter(letter: Letter | None) -> Json | None:
    if letter is None:
        return None
    written: Json = {
        "headers": dict(letter.headers),
        "plain": _text(letter.plain),
        "sent": _text(letter.sent),
    }
    return written | {"method": letter.method} if letter.method else written


def _exact(value: object) -> object:
    """Numbers that JavaScript would round become texts."""
    return str(value) if isinstance(value, int) and value > LARGEST_EXACT else value


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
