"""Which messages that are run again may run at once."""

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
