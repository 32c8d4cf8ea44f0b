"""Whoever makes the pieces of an answer, read in one task from beginning to end."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Self

Take = Callable[[object], Awaitable[None]]


class Pump:
    """Gives each piece to `take`, and sets `stir` at the end; `async with` ends it.

    One task, as the author's time-outs and task groups need. `ends` are the names of what closes
    the pieces, of which the first that they have is called.
    """

    def __init__(
        self,
        pieces: AsyncIterator[object],
        take: Take,
        stir: asyncio.Event,
        ends: tuple[str, ...] = ("aclose",),
    ) -> None:
        self._pieces = pieces
        self._take = take
        self._stir = stir
        self._ends = ends

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._read())
        self._task.add_done_callback(lambda _: self._stir.set())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    @property
    def is_done(self) -> bool:
        """Whether nothing more comes."""
        return self._task.done()

    def check(self) -> None:
        """Raise what the pieces raised, or `take`; once it is over."""
        if (error := self._task.result()) is not None:
            raise error

    async def _read(self) -> BaseException | None:
        try:
            try:
                async for piece in self._pieces:
                    await self._take(piece)
            finally:
                await self._close()
        except BaseException as error:  # handed to the run: a task must not end with SystemExit
            return error
        return None

    async def _close(self) -> None:
        """Tell whoever makes the pieces that nobody reads on: it may hold a connection."""
        for name in self._ends:
            if (end := getattr(self._pieces, name, None)) is not None:
                ended = end()
                if inspect.isawaitable(ended):
                    await ended
                return


async def to_its_end(work: Awaitable[object]) -> None:
    """Wait for it even when cancelled meanwhile: what is half handed out would be lost."""
    future = asyncio.ensure_future(work)
    try:
        await asyncio.shield(future)
    except asyncio.CancelledError:
        await future
        raise
