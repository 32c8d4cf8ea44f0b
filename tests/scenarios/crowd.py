"""Followers over real sockets, in the hands of WeChat: five seconds, three pushes, one MsgId."""

import asyncio
import itertools
import secrets
import time
from asyncio import Event
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from yizhan import replies
from yizhan.wire import sender
from yizhan.wire.xml import unparse

T = TypeVar("T")

GH = "gh_scenario00000"
FIVE = 5.0
PUSHES = 3
FETCHES = 12
READ = 5  # turns of the loop from bytes in a socket to their reader
NOTICE = "该公众号提供的服务出现故障，请稍后再试"
PICKUP = "继续"


@dataclass
class Push:
    """One connection: when it began, how long it took, what came of it."""

    at: float
    seconds: float = 0.0
    got: str = ""  # "reply", "success", "refused" (no connection), "cut", "busy" (503)


@dataclass
class Said:
    """A message of a follower and what WeChat saw come of it."""

    mid: str
    fan: str
    content: str
    at: float
    pushes: list[Push] = field(default_factory=list)
    answer: str | None = None  # "" for an acknowledgement

    @property
    def acknowledged(self) -> bool:
        return self.answer is not None


@dataclass
class Crowd:
    """All followers of one account; `ports` are the workers, one of which takes each push."""

    ports: Callable[[], Sequence[int]]
    token: str
    path: str = "/wechat"
    said: dict[str, Said] = field(default_factory=dict)
    screens: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    turns: "itertools.count[int]" = field(default_factory=itertools.count)

    async def says(self, fan: str, content: str) -> Said:
        """WeChat's whole way with one message."""
        said = Said(str(next(self.numbers)), fan, content, time.monotonic())
        self.said[said.mid] = said
        created = int(time.time())
        for _ in range(PUSHES):
            push = Push(time.monotonic())
            said.pushes.append(push)
            answer = await self._push(said, created, push)
            push.seconds = time.monotonic() - push.at
            if answer is not None:
                said.answer = answer
                if answer:
                    self.sees(fan, answer)
                return said
            await asyncio.sleep(max(0.0, push.at + FIVE - time.monotonic()))
        self.sees(fan, NOTICE)
        return said

    def sees(self, fan: str, text: str) -> None:
        self.screens.setdefault(fan, []).append((time.monotonic(), text))

    def seen(self, fan: str) -> str:
        return "\n".join(text for _, text in self.screens.get(fan, ()))

    async def talks(self, fan: str, choose: Callable[[], tuple[str, float]], over: Event) -> None:
        """Says one thing after the other, each text chosen with the pause that follows it."""
        while not over.is_set():
            text, pause = choose()
            await self.says(fan, text)
            await asyncio.sleep(pause)

    async def fetches(self, fan: str) -> None:
        """Writes on until no answer is owed any more, as a follower would."""
        for _ in range(FETCHES):
            said = await self.says(fan, "quick")
            if f"<{said.mid}>" in self.seen(fan):
                return

    async def _push(self, said: Said, created: int, push: Push) -> str | None:
        """The reply's text, "" for an acknowledgement, None for neither within five seconds."""
        ports = list(self.ports())
        first = next(self.turns) % len(ports)
        for port in ports[first:] + ports[:first]:
            try:
                status, body = await self._in_time(push, self._post(port, said, created))
            except ConnectionRefusedError:
                push.got = "refused"
                continue
            except (TimeoutError, OSError, EOFError):
                push.got = "cut"
                return None
            if status != 200:
                push.got = "busy"
                return None
            push.got = "success" if body == b"success" else "reply"
            return "" if body == b"success" else text_of(body)
        return None

    async def _in_time(self, push: Push, post: "Coroutine[None, None, T]") -> T:
        """What comes within five seconds; what has come by then, if we were too busy to read it."""
        posting = asyncio.create_task(post)
        await asyncio.wait((posting,), timeout=push.at + FIVE - time.monotonic())
        for _ in range(READ):
            if posting.done():
                return posting.result()
            await asyncio.sleep(0)
        posting.cancel()
        raise TimeoutError

    async def _post(self, port: int, said: Said, created: int) -> tuple[int, bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(self.request(said, created))
            return await response(reader)
        finally:
            writer.close()

    def request(self, said: Said, created: int, *, connection: str = "close") -> bytes:
        """One push's bytes; signed anew each time, as WeChat does."""
        fields = {
            "ToUserName": GH,
            "FromUserName": said.fan,
            "CreateTime": str(created),
            "MsgType": "text",
            "Content": said.content,
            "MsgId": said.mid,
        }
        query, body = sender.build(
            unparse({"xml": fields}).split("\n", 1)[1].encode(),
            token=self.token,
            timestamp=str(int(time.time())),
            nonce=str(secrets.randbelow(10**10)),
            mode="plain",
            openid=said.fan,
            to_user=GH,
        )
        return (
            f"POST {self.path}?{query} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: text/xml\r\n"
            f"content-length: {len(body)}\r\nconnection: {connection}\r\n\r\n"
        ).encode() + body


async def response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of one response."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return int(head[9:12]), await reader.readexactly(length)


def text_of(body: bytes) -> str:
    reply = replies.parse(body).reply
    return reply.content if isinstance(reply, replies.Text) else repr(reply)
