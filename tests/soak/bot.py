"""A bot with every kind of handler; each answer bears the name of its message."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from soak.history import PROCESS, History, Run, mid_in_hand, tokens_in
from yizhan import Account, Image

FILLER = "字" * 20


class Failed(Exception):
    """What a failing handler raises."""


def mid_of(text: str) -> str:
    """The message's number, which stands at the end of every ordinary text."""
    return text.rpartition("#")[2]


def build(account: Account, history: History) -> None:
    """Give the account its handlers; they note in the history what they do."""

    @contextmanager
    def running() -> Iterator[Run]:
        mid = mid_in_hand()
        runs = history.runs.setdefault(mid, [])
        run = Run(mid, len(runs), PROCESS.get(), asyncio.get_running_loop().time())
        runs.append(run)
        try:
            yield run
            run.how = "returned"
        except BaseException as error:
            run.how = type(error).__name__
            if run.how == "Suspended":
                run.tokens += tokens_in(str(error))
            raise
        finally:
            run.ended = asyncio.get_running_loop().time()

    def answer(run: Run, name: object = 0, number: int | None = None) -> str:
        token = f"{run.mid}.{name}.{run.number if number is None else number}"
        run.tokens.append(token)
        return f"<{token}>"

    @account.text(prefix="quick")
    async def quick(message):
        with running() as run:
            return answer(run)

    @account.text(prefix="slow")
    async def slow(message):
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            return answer(run)

    @account.text(prefix="none")
    async def none(message):
        with running():
            await asyncio.sleep(float(message.content.split()[1]))

    @account.text(prefix="fail")
    async def fail(message):
        with running():
            await asyncio.sleep(float(message.content.split()[1]))
            raise Failed

    @account.text(prefix="hang")
    async def hang(message):
        with running():
            await asyncio.get_running_loop().create_future()

    @account.text(prefix="picture")
    async def picture(message):
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            return Image(answer(run))

    @account.text(prefix="long")
    async def long(message):
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            return "\n".join(answer(run, place) + FILLER for place in range(100))

    @account.text(prefix="brim")
    async def brim(message):
        """A text that fits, but not with a note."""
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            return "\n".join(answer(run, place) + FILLER for place in range(27))

    @account.text(prefix="stream")
    async def stream(message) -> AsyncIterator[str]:
        with running() as run:
            _, count, gap, ending, _ = message.content.split()
            for place in range(int(count)):
                await asyncio.sleep(float(gap))
                yield answer(run, place)
            if ending == "raise":
                raise Failed
            if ending == "hang":
                await asyncio.get_running_loop().create_future()

    @account.text(prefix="tale")
    async def tale(message) -> AsyncIterator[str]:
        """A generator that says the same in every run."""
        with running() as run:
            _, count, gap, silence, _ = message.content.split()
            for place in range(int(count)):
                yield answer(run, place, 0)
                await asyncio.sleep(float(gap))
            await asyncio.sleep(float(silence))

    @account.text(prefix="plain")
    def plain(message):
        with running() as run:
            return answer(run)

    @account.text(prefix="pieces")
    def pieces(message) -> Iterator[str]:
        with running() as run:
            for place in range(int(message.content.split()[1])):
                yield answer(run, place)

    @account.text(prefix="count")
    async def count(message, session):
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            session["n"] = run.count = session.get("n", 0) + 1
            return answer(run)

    @account.text(prefix="once", rerun=False)
    async def once(message):
        with running() as run:
            await asyncio.sleep(float(message.content.split()[1]))
            return answer(run)

    @account.text(prefix="survey")
    async def survey(message, context):
        with running() as run:

            def charge() -> int:
                history.effects[int(message.id)] = history.effects.get(int(message.id), 0) + 1
                return 1

            first = await context.ask(f"<{message.id}.q.0>", check=ordinary)
            await context.step("charge", charge)
            second = await context.ask(f"<{mid_of(first)}.q.0>", timeout=60, check=ordinary)
            assert mid_of(second) == str(run.mid)
            return answer(run)

    @account.image
    async def image(message):
        with running() as run:
            return answer(run)

    @account.subscribe
    async def subscribe(event):
        with running() as run:
            return answer(run)

    @account.click
    async def click(event):
        with running() as run:
            await asyncio.sleep(float(event.key.split()[0]))
            return answer(run)

    @account.view
    async def view(event):
        with running() as run:
            await asyncio.sleep(float(event.key.split()[0]))
            return answer(run) if "says" in event.key else None

    @account.event("unheard")
    async def unheard(event):
        with running() as run:
            await asyncio.sleep(float(event.key.split()[0]))
            return answer(run)

    @account.text
    async def other(message):
        with running() as run:
            history.asked.append(run.mid)
            return answer(run)

    @account.error
    async def error(message, error):
        runs = history.runs[mid_in_hand()]
        here = PROCESS.get()  # another process may have begun its own run meanwhile
        return answer(next(run for run in reversed(runs) if run.process == here), "err")


def ordinary(text: str) -> bool:
    """What the survey takes for an answer: any text with a number."""
    return "#" in text
