"""Rules that wait for one follower, and the attempts to commit them."""

from yizhan.store.applying import Commit, Found, Lease, Loaded, Wish
from yizhan.store.mailbox import Binding
from yizhan.store.mailboxes.redis_writes import Asking, Words

UNKNOWN = "?"  # no mailbox has this version: the script hands back what is there


class Line:
    """What waits for one follower."""

    def __init__(self, openid: str) -> None:
        self.openid = openid
        self.wishes: list[Wish[object]] = []
        self.late: list[Wish[object]] = []
        self.is_begun = False
        self.unsure = Unsure()


class Unsure:
    """The number of a commit of which no answer came, and how many late wishes were in it."""

    def __init__(self, number: int = 0, late: int = 0) -> None:
        self.number = number
        self.late = late


class Try:
    """Rules that are being committed together, until nothing stands against it."""

    def __init__(self, line: Line, loaded: Loaded | None, began: float) -> None:
        self.line = line
        self.late = len(line.late)
        self.wishes = [*line.late, *line.wishes]
        self.unsure = line.unsure
        line.late, line.wishes, line.unsure = [], [], Unsure()
        self.loaded = loaded
        self.began = began
        self.refusals = 0
        self.found = Found({}, set())
        self.number = 0
        self.results: tuple[object, ...] = ()
        self.commit: Commit | None = None
        self.packed: Words | None = None  # what was sent, until it is answered
        self.is_seen = not any(wish.keys for wish in self.wishes)  # rows it asks for are here
        self.bound: set[str] = set()  # signatures that stand in their own shard already
        self.aside: list[str] = []  # keys of what cannot be read, to be put out of the way
        self.aside_from = ""  # the version that the mailbox has while they are

    @property
    def openid(self) -> str:
        """The follower."""
        return self.line.openid

    @property
    def before(self) -> Loaded:
        """The mailbox as it is known."""
        return self.loaded or Loaded()

    @property
    def asked(self) -> list[str]:
        """The keys whose rows are to come with the mailbox."""
        wanted = {key for wish in self.wishes for key in wish.keys}
        return sorted(wanted | self.found.messages.keys())

    @property
    def guards(self) -> list[Lease]:
        """The leases that must not have been renewed."""
        return [wish.guard for wish in self.wishes if wish.guard is not None]

    @property
    def unbound(self) -> list[Binding]:
        """The bindings that are to be written before the commit."""
        bindings = self.commit.bindings if self.commit else ()
        return [it for it in bindings if it.signature not in self.bound]

    def putting_aside(self, stamp: str) -> Asking:
        """What puts out of the way, under another name, what cannot be read."""
        writes: list[Words] = [["RENAME", key, f"{key}:aside:{stamp}"] for key in self.aside]
        return Asking(self.aside_from, writes=writes)

    def settle_late(self, number: int) -> None:
        """Its late wishes were in a commit of that number, which stands after all."""
        if number and number == self.unsure.number:
            self.wishes = self.wishes[self.unsure.late :]
            self.late -= self.unsure.late
            self.unsure = Unsure()
