"""What is tried in each cell of the matrix, as WeChat and a supervisor would do it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path

import wechat
from hosts.cells import Cell, Situation
from hosts.client import Got, push, pushes
from hosts.server import Serving, serving
from wechat import Request, says, text

WORKING = "正在处理，回复任意内容获取结果"
SOON = 12.0  # seconds within which what was left is handled: the lease, 15, must not be needed

Outcome = dict[Situation, str]


class Failed(Exception):
    """What was seen is not what was promised."""


class Trial:
    """One cell, tried."""

    def __init__(self, cell: Cell, folder: Path) -> None:
        self.cell = cell
        self.folder = folder
        self.outcome: Outcome = {}
        self._before = ""  # what a proxy leaves before the path

    async def whole(self) -> Outcome:
        """Every situation; "" is what was promised, anything else what was seen instead."""
        async with serving(self.cell, self.folder) as server:
            await asyncio.gather(
                self._try("quick", self.quick(server)),
                self._try("slow", self.slow(server)),
                self._try("refused", self.refused(server)),
                self._try("path", self.path(server)),
                self._try("chunked", self.chunked(server)),
                self._try("hang_up", self.hang_up(server)),
            )
            await self._try("stop", self.stop(server))
        async with serving(self.cell, self.folder) as server:
            await self._try("restart", self.restart(server))
        cell = self.cell
        if cell.has("workers") or cell.has("prefix"):
            more = (*cell.workers, *cell.prefix)
            async with serving(cell, self.folder, *more, environ=cell.prefix_left) as server:
                self._before = next(iter(cell.prefix_left.values()), "")
                await self._try("workers", self.workers(server))
                await self._try("prefix", self.quick(server, "prefixed"))
        return self.outcome

    async def _try(self, name: Situation, work: Coroutine[None, None, None]) -> None:
        if not self.cell.has(name):
            work.close()
            return
        try:
            await work
        except (Failed, AssertionError, TimeoutError, OSError) as error:
            self.outcome[name] = f"{type(error).__name__}: {error}"[:500]
        else:
            self.outcome[name] = ""

    def _push(self, content: str, fan: str, **more: object) -> Request:
        path = self._before + self.cell.path
        return wechat.push(text(content, FromUserName=fan, **more), path=path)

    async def quick(self, server: Serving, word: str = "hello") -> None:
        """A text is answered at once."""
        got = await push(server.port, self._push(word, f"o{word}"))
        expect(said(got).startswith(f"{word} "), got)
        expect(got.seconds < 4.0, got)

    async def slow(self, server: Serving) -> None:
        """A handler of 7 s is answered by the second push, or promised on the first."""
        request = self._push("wait 7 slow", "oslow")
        got = await pushes(server.port, request)
        if said(got[-1]) == WORKING:
            expect(self.cell.environ.get("YIZHAN_HOLD") == "0", got)
            await self._until(lambda: self._noted()["ended slow"])
            got = [await push(server.port, self._push("继续", "oslow"))]
        expect(said(got[-1]) == "waited slow", got)
        expect(len(got) <= 2, got)
        expect(self._noted()["begun slow"] == 1, self._noted())

    async def refused(self, server: Serving) -> None:
        """A forged push gets 403, and the log says why and what to do."""
        forged = wechat.push(text(), token="anotherToken2026", path=self.cell.path)
        got = await push(server.port, forged)
        expect(got.answer is not None and got.answer.status == 403, got)
        await self._until(lambda: "compare YIZHAN_TOKEN with the token" in server.said(), 3.0)

    async def path(self, server: Serving) -> None:
        """Elsewhere the account does not answer, and the rest of the host does."""
        got = await push(server.port, self._push("x", "opath")._replace(path="/elsewhere"))
        expect(got.answer is not None and got.answer.status == 404, got)

    async def chunked(self, server: Serving) -> None:
        """A body without a length is read."""
        got = await push(server.port, self._push("pieces", "ochunked"), chunked=True)
        expect(said(got).startswith("pieces "), got)

    async def hang_up(self, server: Serving) -> None:
        """WeChat hangs up; its next push gets the answer, of the same run."""
        request = self._push("wait 2 hung", "ohung")
        await push(server.port, request, 0.5)
        await asyncio.sleep(0.5)
        got = await push(server.port, request)
        expect(said(got) == "waited hung", got)
        expect(self._noted()["begun hung"] == 1, self._noted())

    async def stop(self, server: Serving) -> None:
        """SIGTERM in the middle: short handlers end, and no follower reads a fault notice."""
        short = asyncio.create_task(pushes(server.port, self._push("wait 3 short", "oshort")))
        long = asyncio.create_task(pushes(server.port, self._push("wait 8 long", "olong")))
        await self._until(lambda: self._noted()["begun short"] and self._noted()["begun long"])
        await asyncio.sleep(0.7)
        await server.stop()
        got = {"short": await short, "long": await long}
        for name, each in got.items():
            last = each[-1].answer
            if name == "long" and last is None and "hands_on" in self.cell.limits:
                continue  # it was closed for the next process's sake
            expect(last is not None and last.status == 200, {name: each})
            expect(said(each[-1]) in (WORKING, f"waited {name}"), {name: each})
            expect(all(it.answer is None or it.answer.status < 500 for it in each), {name: each})
        expect(self._noted()["ended short"] == 1, self._noted())

    async def restart(self, server: Serving) -> None:
        """The next process runs what was left, without a further push."""
        if self.cell.woken:  # as a load balancer would
            await push(server.port, Request("GET", self.cell.path))
        await self._until(lambda: self._noted()["ended long"], SOON)
        expect(self._noted()["begun short"] == 1, self._noted())
        for name in ("short", "long"):
            got = await push(server.port, self._push("继续", f"o{name}"))
            expect(f"waited {name}" in said(got) or "继续" in said(got), (name, got))

    async def workers(self, server: Serving) -> None:
        """Two processes: a message that comes to both is run once."""
        fans = [f"oworker{number}" for number in range(20)]
        got = await asyncio.gather(*(push(server.port, self._push("pid", fan)) for fan in fans))
        expect(all(said(each).startswith("pid ") for each in got), got)
        request = self._push("wait 2 both", "oboth")
        both = await asyncio.gather(*(push(server.port, request) for _ in range(4)))
        expect({said(each) for each in both} == {"waited both"}, both)
        expect(self._noted()["begun both"] == 1, self._noted())

    def _noted(self) -> Counter[str]:
        notes = self.folder / "notes"
        return Counter(notes.read_text().splitlines() if notes.exists() else ())

    async def _until(self, condition: Callable[[], object], seconds: float = 10.0) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while not condition():
            expect(loop.time() < ends, self._noted())
            await asyncio.sleep(0.05)


def expect(true: object, seen: object) -> None:
    """Fail with what was seen."""
    if not true:
        raise Failed(repr(seen))


def said(got: Got) -> str:
    """What the follower reads; "" for nothing."""
    if got.answer is None or got.answer.status != 200:
        return ""
    return says(got.answer) or ""
