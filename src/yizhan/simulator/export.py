"""A conversation in words: a pytest function to be pasted, or how two runs of it differ."""

import json
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from difflib import ndiff, unified_diff
from itertools import groupby
from typing import cast

from msgspec import UNSET, Struct

from yizhan.simulator import actions
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.official import Follower
from yizhan.simulator.record import CallRecord, PushRecord
from yizhan.simulator.recording import Line, Seen
from yizhan.simulator.screen import content_of

SAMPLES: Mapping[type[actions.Action], str] = {
    actions.SendImage: "image",
    actions.SendVoice: "voice",
    actions.SendVideo: "video",
    actions.SendShortVideo: "shortvideo",
    actions.SendUnsupported: "unsupported",
}
MADE: Mapping[type[actions.Action], str] = {
    actions.SendLocation: "Location",
    actions.SendLink: "Link",
    actions.SendFile: "File",
    actions.SendMiniProgram: "MiniProgram",
}
KINDS: Mapping[str, str] = {"image": "Image", "voice": "Voice", "video": "Video"}
LITERAL = frozenset({*KINDS, "text", "notice", "news", "music", "transfer", "msgmenu"})
FACE = ("Article", "Image", "Music", "News", "Transfer", "Video", "Voice")
KIT = ("NOTICE", "Card", "File", "Link", "Location", "MessageMenu", "MiniProgram")


class Source(Struct, frozen=True):
    """What a test imports, and the expression for the account in it."""

    module: str
    name: str
    account: str


class Setting(Struct, frozen=True):
    """The account of a copied test: where it comes from, and what WeChat believes of it."""

    source: Source
    kind: str
    verified: bool
    mode: str = "plain"

    @property
    def arguments(self) -> str:
        """What the test kit is told."""
        arguments = f"{self.source.account}, kind={self.kind!r}, verified={self.verified}"
        return arguments if self.mode == "plain" else f"{arguments}, mode={self.mode!r}"


def curl(push: PushRecord) -> str:
    """The last delivery as a command; its signature is good for some minutes."""
    attempt = push.attempts[-1]
    letter = attempt.request
    headers = letter.headers if letter else {}
    body = letter.sent.decode("utf-8", "replace") if letter else ""
    options = [f"-H {shlex.quote(f'{name}: {value}')}" for name, value in headers.items()]
    parts = ["curl -i -m 5", *options, f"--data-binary {shlex.quote(body)}"]
    return " \\\n  ".join([*parts, shlex.quote(attempt.url)])


def conversation(follower: Follower, setting: Setting) -> str:
    """Everything that this follower did, with what they saw of it."""
    return _function("conversation", follower, follower.recording, setting)


def exchange(follower: Follower, push: PushRecord, setting: Setting) -> str:
    """One push and what was seen in answer."""
    lines = [line for line in follower.recording if _belongs(line, push)]
    name = re.sub(r"\W+", "_", push.summary, flags=re.ASCII).strip("_").lower()
    return _function(name or f"push_{push.id}", follower, lines, setting)


def outcomes_differ(
    before: PushRecord, after: PushRecord, calls: Mapping[str, CallRecord]
) -> list[str]:
    """What became of two pushes, line by line: `- ` of the one, `+ ` of the other, `  ` of both."""
    then, now = (_became(push, calls) for push in (before, after))
    return [line for line in ndiff(then, now) if not line.startswith("?")]


def _became(push: PushRecord, calls: Mapping[str, CallRecord]) -> list[str]:
    """What became of a push, without what differs each time."""
    lines = [f"{attempt.number}: {attempt.end} {attempt.status or ''}" for attempt in push.attempts]
    if verdict := push.verdict:
        lines.append(f"= {verdict.outcome}")
        lines += [verdict.reason.code] if verdict.reason else []
        if verdict.reply is not None:
            kind, content = content_of(verdict.reply)
            shown = json.dumps(content, ensure_ascii=False, indent=2, default=str)
            lines += [kind, *shown.replace("\\n", "\n").splitlines()]
    if push.refused is not None:
        lines.append(f"! {push.refused.code}")
    if push.failed is not None:
        lines.append(f"! {push.failed.what}")
    for id in push.calls:
        if call := calls.get(id):
            lines += [f"{call.method} {call.path} {call.errcode}", *call.body.splitlines()]
    return [line.rstrip() for line in lines]


def difference(before: Iterable[Line], after: Iterable[Line]) -> list[str]:
    """How two runs of a conversation differ, line by line; nothing when they are the same."""
    then, now = ([_words(line) for line in lines] for lines in (before, after))
    changes = unified_diff(then, now, lineterm="")
    return [line for line in changes if not line.startswith(("---", "+++", "@@"))]


def _words(line: Line) -> str:
    if line.do is not None:
        return f"> {_call(line.do)}"
    return f"< {_literal(line.see)}" if line.see is not None else ""


def _belongs(line: Line, push: PushRecord) -> bool:
    if line.do is not None:
        return line.push == push.id
    return line.see is not None and line.see.push == push.id


def _function(name: str, follower: Follower, lines: Iterable[Line], setting: Setting) -> str:
    body = "".join(f"        {line}\n" for line in _statements(tuple(lines)))
    imports = [
        f"from {module} import {', '.join(found)}\n"
        for module, names in (("yizhan", FACE), ("yizhan.testing", KIT))
        if (found := [each for each in names if re.search(rf"\b{each}\b", body)])
    ]
    if "actions." in body:
        imports.append("from yizhan.simulator import actions\n")
    head = "".join(sorted(imports)) + ("\n" if imports else "")
    return (
        f"{head}from {setting.source.module} import {setting.source.name}\n\n\n"
        f"async def test_{name}(wechat):\n"
        f"    async with wechat({setting.arguments}) as chat:\n"
        f"        fan = chat.user({follower.nickname!r})\n"
        f"{body}"
    )


def _statements(lines: tuple[Line, ...]) -> Iterator[str]:
    """For each thing done a statement, with what was seen before the next."""
    groups = groupby(enumerate(lines), key=lambda each: _number_done(lines, each[0]))
    for number, group in groups:
        items = [line for _, line in group]
        if not number:
            continue  # seen before anything was done
        action = items[0].do
        if action is not None:
            yield from _exchange(action, [line.see for line in items[1:] if line.see is not None])


def _number_done(lines: tuple[Line, ...], place: int) -> int:
    return sum(line.do is not None for line in lines[: place + 1])


def _exchange(action: AnyAction, seen: list[Seen]) -> Iterator[str]:
    call = f"await fan.{_call(action)}"
    replies = [each for each in seen if each.via in ("reply", "platform")]
    others = [each for each in seen if each not in replies]
    if replies and seen[0] is not replies[0]:
        # Something came while the reply was in the making: then the order is what counts.
        yield call
        yield f"assert fan.screen[-{len(seen)}:] == [{', '.join(map(_literal, seen))}]"
        return
    yield _assertion(call, replies[0]) if replies else f"assert {call} is None"
    for each in others:
        yield _assertion("await fan.waits()", each)


def _assertion(call: str, seen: Seen) -> str:
    if seen.kind in KINDS:
        return f"assert isinstance({call}, {KINDS[seen.kind]})"
    if seen.kind not in LITERAL:
        return f"assert ({call}).kind == {seen.kind!r}"
    return f"assert {call} == {_literal(seen)}"


def _literal(seen: Seen) -> str:
    content = seen.content
    match seen.kind:
        case "text":
            return repr(content["text"])
        case "notice":
            return "NOTICE"
        case "image" | "voice" | "video":
            return f"{KINDS[seen.kind]}({content['media_id']!r})"
        case "news":
            articles = cast(list[Mapping[str, str]], content["articles"])
            return f"News({', '.join(map(_article, articles))})"
        case "music":
            values = ("thumb_media_id", "title", "description", "url", "hq_url")
            return f"Music({', '.join(repr(content[name]) for name in values)})"
        case "transfer":
            return f"Transfer({content['account']!r})"
        case "msgmenu":
            items = cast(list[Mapping[str, str]], content["items"])
            pairs = tuple((item["id"], item["content"]) for item in items)
            return f"MessageMenu({content['head']!r}, {pairs!r}, {content['tail']!r})"
    return f"Card({seen.kind!r}, {dict(content)!r})"


def _article(article: Mapping[str, str]) -> str:
    return (
        f"Article({article['title']!r}, {article['description']!r}, "
        f"picture={article['picture']!r}, url={article['url']!r})"
    )


def _call(action: AnyAction) -> str:
    match action:
        case actions.Say(text=text, item=None):
            return f"says({text!r})"
        case actions.Say(text=text, item=item):
            return f"chooses({item!r}, {text!r})"
        case actions.Follow(scene=scene):
            return f"follows({scene!r})" if scene else "follows()"
        case actions.Unfollow():
            return "unfollows()"
        case actions.Scan(scene=scene):
            return f"scans({scene!r})"
        case actions.Click(key=key):
            return f"clicks({key!r})"
        case actions.Agree(template_id=id, yes=yes):
            return f"agrees({id!r})" if yes else f"declines({id!r})"
        case actions.Block(on=on):
            return "blocks()" if on else "blocks(on=False)"
        case actions.View(url=url):
            return f"views({url!r})"
        case actions.Tap(path=path):
            return f"taps({', '.join(map(str, path))})"
        case actions.ReportLocation():
            return f"reports_location({action.latitude}, {action.longitude}, {action.precision})"
        case actions.Happen(name=name, fields=fields):
            more = "".join(f", {key}={value!r}" for key, value in fields.items())
            return f"receives({name!r}{more})"
    if type(action) in SAMPLES:
        return f"sends({SAMPLES[type(action)]!r})"
    if type(action) in MADE:
        return f"sends({_made(MADE[type(action)], action)})"
    return f"does({_made('actions.' + type(action).__name__, action)})"


def _made(name: str, action: Struct) -> str:
    """The action as it is written, without its defaults."""
    defaults = dict(
        zip(
            action.__struct_fields__[-len(action.__struct_defaults__) or None :],
            action.__struct_defaults__,
            strict=False,
        )
    )
    given = [
        f"{field}={getattr(action, field)!r}"
        for field in action.__struct_fields__
        if getattr(action, field) != defaults.get(field, UNSET)
    ]
    return f"{name}({', '.join(given)})"
