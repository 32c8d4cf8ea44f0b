"""A case: one thing that WeChat, or a safe server, relies on, and how to see it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from yizhan.conformance.target import Target

Severity: TypeAlias = Literal["breaks", "insecure", "unwise"]
Group: TypeAlias = Literal[
    "verification",
    "modes",
    "kinds",
    "events",
    "replies",
    "retries",
    "timing",
    "input",
    "security",
]
Need: TypeAlias = Literal[
    "reply",  # the bot answers a text
    "echo",  # the bot answers a text with that text
    "follow",  # the bot answers a follow
    "slow",  # a text is given that the bot needs longer than five seconds for
    "plain",  # plaintext mode
    "compat",  # compatible mode
    "safe",  # safe mode
    "sealed",  # compatible or safe mode: there is an AES key
    "https",  # the URL begins https://
    "public",  # the address is not this machine's
]
Run: TypeAlias = "Callable[[Target], Awaitable[None]]"

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
GROUPS: tuple[Group, ...] = get_args(Group)
LIMIT = 30.0  # seconds that a case may take


@dataclass(frozen=True, slots=True)
class Case:
    """One case.

    `fact` is the section of docs/protocol.md that it is based on ("A, K5"), or "security" for
    docs/security.md. `text` is its row in texts.toml, `name` what that row says of this one of
    many. `limit` is in seconds; an
    `alone` case runs while no other does.
    """

    id: str
    group: Group
    severity: Severity
    fact: str
    run: Run
    needs: tuple[Need, ...] = ()
    text: str = ""
    name: str = ""
    limit: float = LIMIT
    alone: bool = False

    @property
    def source(self) -> str:
        """Where the documents have its facts: "docs/protocol.md#a, #k5"."""
        names = self.fact.split(", ")
        anchors = [f"#{name.lower()}" for name in names if name != "security"]
        pages = [f"docs/protocol.md{', '.join(anchors)}"] if anchors else []
        return ", ".join(pages + ["docs/security.md"] * ("security" in names))


class Chapter:
    """The cases of one group: its decorators file a function under its severity."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.cases: list[Case] = []

    def breaks(
        self, fact: str, *needs: Need, limit: float = LIMIT, alone: bool = False
    ) -> Callable[[Run], Run]:
        """The follower gets no answer, a wrong one, or the fault notice."""
        return self._filed("breaks", fact, needs, limit, alone)

    def insecure(self, fact: str, *needs: Need) -> Callable[[Run], Run]:
        """A stranger can do what only WeChat should."""
        return self._filed("insecure", fact, needs)

    def unwise(self, fact: str, *needs: Need) -> Callable[[Run], Run]:
        """It works today, and will hurt some day."""
        return self._filed("unwise", fact, needs)

    def row(
        self, of: str, name: str, severity: Severity, fact: str, run: Run, *, text: str = ""
    ) -> None:
        """File a case that comes from a row of a table, as `of`-`name`."""
        id = f"{of}-{name.lower().replace('_', '-')}"
        self.cases.append(Case(id, self.group, severity, fact, run, text=text or of, name=name))

    def _filed(
        self,
        severity: Severity,
        fact: str,
        needs: tuple[Need, ...],
        limit: float = LIMIT,
        alone: bool = False,
    ) -> Callable[[Run], Run]:
        def file(run: Run) -> Run:
            id = run.__name__.replace("_", "-")
            case = Case(
                id, self.group, severity, fact, run, needs, text=id, limit=limit, alone=alone
            )
            self.cases.append(case)
            return run

        return file
