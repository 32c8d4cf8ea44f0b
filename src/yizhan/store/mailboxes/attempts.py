"""Commits that were tried, of which no answer has come: which of them stand after all."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from yizhan.store.applying import Loaded, Wish

MOST = 10_000  # results that are kept


class Task(NamedTuple):
    """A wish; nobody waits for a late one."""

    wish: "Wish[object]"
    late: bool = False


class Attempt(NamedTuple):
    """What was to be committed in place of the version `expect`, and what comes of it then."""

    expect: str
    tasks: list[Task]
    results: tuple[object, ...]


Tried = dict[int, Attempt]  # by number of commit


class Known:
    """Rules that were committed after all, though their callers got an error.

    Who asks for the same again, with the same rule, gets its result, even if something
    else was committed meanwhile.
    """

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._results: dict[int, tuple[Task, object]] = {}

    def has(self, tasks: Iterable[Task]) -> bool:
        """Whether one of these is known."""
        return bool(self._results) and any(id(task.wish.rule) in self._results for task in tasks)

    def find(
        self, tried: Tried, loaded: Loaded, tasks: Sequence[Task]
    ) -> list[tuple[Task, object]]:
        """What came of those of these tasks that were committed; what was tried may be kept.

        A try stands if the mailbox has its number, and has failed for good if there is
        another version than it expected: else it may still be on its way.
        """
        settled: list[tuple[Task, object]] = []
        if (attempt := tried.get(loaded.box.numbers.get(self._owner, 0))) is not None:
            ours = {id(task) for task in tasks}
            for task, result in zip(attempt.tasks, attempt.results, strict=True):
                if id(task) in ours:
                    settled.append((task, result))
                else:
                    self._results[id(task.wish.rule)] = task, result
            tried.clear()
        else:
            for number in [it for it in tried if tried[it].expect != loaded.version]:
                del tried[number]
        if self._results:
            settled += self._known_before(tasks, {id(task) for task, _ in settled})
        return settled

    def _known_before(
        self, tasks: Sequence[Task], but: Collection[int]
    ) -> Iterator[tuple[Task, object]]:
        for task in tasks:
            if id(task) not in but and (found := self._results.pop(id(task.wish.rule), None)):
                yield task, found[1]
        while len(self._results) > MOST:
            del self._results[next(iter(self._results))]
