"""Which messages that are run again may run at once."""

import asyncio
from collections.abc import Callable

import pytest

from yizhan.inbox.reruns import Reruns


class Asking:
    """Asks for messages to be begun: `A` for a last try, `a` for another; notes what has begun."""

    def __init__(self) -> None:
        self.reruns = Reruns()
        self.begun: list[str] = []
        self.at_once: list[Callable[[str], None]] = []

    def ask(self, name: str) -> None:
        self.reruns.ask(name, name.isupper(), lambda: self._begin(name))

    def _begin(self, name: str) -> None:
        self.begun.append(name)
        for act in self.at_once:
            act(name)

    def does(self, story: str) -> str:
        """Play `name` for an asking, `-name` for an end; what has begun by then, in order."""
        for word in story.split():
            if word.startswith("-"):
                self.reruns.end(word[1:])
            else:
                self.ask(word)
        return " ".join(self.begun)


@pytest.mark.parametrize(
    ("story", "begun"),
    [
        ("a b c", "a b c"),  # several run beside each other
        ("A", "A"),
        ("A B", "A"),  # a last try runs alone
        ("A B -A", "A B"),
        ("A b c", "A"),  # nothing begins beside it
        ("A b c -A", "A b c"),
        ("a A", "a"),  # it begins beside nothing
        ("a b A -a", "a b"),
        ("a b A -a -b", "a b A"),
        ("a A b", "a"),  # what comes later does not keep it waiting
        ("a A b -a", "a A"),
        ("a A b -a -A", "a A b"),
        ("A B C -A -B", "A B C"),  # in the order of asking
        ("A B C -B -A", "A C"),  # one that does not want to begin any more is passed over
        ("a A b -A", "a b"),  # nor do others wait for it
        ("A -A A", "A A"),  # the same may come once more
        ("a -b", "a"),  # an end of what never asked is nothing
        ("A b -c", "A"),
    ],
)
def test_a_last_try_runs_beside_no_other(story: str, begun: str) -> None:
    assert Asking().does(story) == begun


class Alone:
    """A last try that is alone, and whose commit that it is so no more takes its time."""

    def __init__(self) -> None:
        self.reruns = Reruns()
        self.commits: list[Callable[[], None]] = []
        self.begun: list[str] = []
        self.reruns.ask("A", True, self._begin)

    def _begin(self) -> None:
        self.reruns.alone = self.commits.append

    def join(self, name: str) -> None:
        self.reruns.join(lambda: self.begun.append(name))


def test_nothing_begins_beside_one_that_is_alone_until_that_is_known() -> None:
    it = Alone()
    it.join("b")
    it.join("c")
    assert (len(it.commits), it.begun, it.reruns.is_quiet) == (1, [], False)
    it.commits[0]()
    assert (it.begun, it.reruns.alone, it.reruns.is_quiet) == (["b", "c"], None, True)


def test_what_joins_begins_though_the_last_try_has_ended_meanwhile() -> None:
    it = Alone()
    it.join("b")
    it.reruns.end("A")
    assert it.reruns.alone is None
    it.commits[0]()
    assert it.begun == ["b"]


def test_it_is_quiet_when_no_account_s_handlers_execute() -> None:
    class Handlers:
        busy = False

    reruns, one, other = Reruns(), Handlers(), Handlers()
    reruns.watch(one)
    reruns.watch(other)
    assert reruns.is_quiet
    other.busy = True
    assert not reruns.is_quiet


def test_what_ends_while_it_begins_lets_the_next_begin() -> None:
    """As when it turns out to be another process's by now."""
    asking = Asking()
    asking.at_once = [asking.reruns.end]
    assert asking.does("A B c D") == "A B c D"


def test_what_ends_another_while_it_begins_is_not_begun_twice() -> None:
    asking = Asking()
    asking.does("A b c")
    asking.at_once = [lambda name: asking.reruns.end("c")]
    assert asking.does("-A") == "A b"


async def test_an_account_that_stops_keeps_nothing_of_others_waiting(open_desk):
    """Of two accounts in one process: what one has its last try of, the other waits for."""

    def never(account):
        @account.text
        async def never(message):
            await asyncio.sleep(3600)

    reruns = Reruns()
    wechat = await open_desk(never, tries=2)
    await wechat.push(wechat.text("hello"), seconds=1)
    await wechat.kill()
    again = await wechat.beside(reruns=reruns)
    await again.idle(60)
    begun = []
    reruns.ask("another account's", True, lambda: begun.append(True))
    assert begun == []
    await again.stop()
    assert begun == [True]
    assert reruns.alone is None
