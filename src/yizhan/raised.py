"""Where an error was raised, as its author looks for it: their own file and line first."""

import linecache
import sysconfig
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException, extract_tb, walk_tb

from msgspec import Struct

from yizhan.errors import YizhanError
from yizhan.phrases import say, shortened

SHOWN = 5  # lines of one sort that a terminal shows
LONGEST = 200  # characters of a line of text
LIBRARIES = frozenset({"site-packages", "dist-packages"})
PACKAGE = Path(__file__).resolve().parent
STANDARD = tuple(
    Path(path).resolve() for name, path in sysconfig.get_paths().items() if "stdlib" in name
)


class Place(Struct, frozen=True):
    """A line of a file; `file` is relative to the working directory where it lies below it."""

    file: str
    line: int
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Raised(Struct, frozen=True):
    """An error: what, and where in the author's own code, the innermost place first."""

    kind: str
    text: str
    places: tuple[Place, ...]
    traceback: str

    @property
    def what(self) -> str:
        """Its class and what it says, in one line."""
        return ": ".join(filter(None, (self.kind, self.text)))

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what

    @property
    def lines(self) -> list[str]:
        """What a terminal shows of it: what and where, the line itself, and where that was run."""
        if self.place is None:
            return [str(self)]
        through = (say("dev.through", place=each) for each in self.places[1:2])
        return [str(self), f"    {self.place.source}", *(f"  {each}" for each in through)]

    @property
    def place(self) -> Place | None:
        """The author's line that it comes from, if any is."""
        return self.places[0] if self.places else None


def raised(error: BaseException) -> Raised:
    """What is to be told of an error; of one without a line of the author's, no place."""
    frames = extract_tb(error.__traceback__)
    places = [_place(frame) for frame in reversed(frames) if is_own(frame.filename)]
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename):
        line = error.lineno or 1
        places.insert(0, Place(_shown(error.filename), line, _source(error.filename, line)))
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return Raised(
        type(error).__name__,
        _whole(error, text),
        tuple(places),
        _traceback(error),
    )


def in_short(error: BaseException) -> list[str]:
    """What a terminal shows of it: the author's own lines, the innermost first, and no library's.

    Then what it comes from, of which the same is told in a line each.
    """
    problem = raised(error)
    lines = [str(problem)]
    if problem.place is not None:
        lines.append(f"    {problem.place.source}")
    lines += [f"  {say('dev.called', place=each)}" for each in problem.places[1:SHOWN]]
    causes = (f"  {say('dev.because', error=raised(each))}" for each in _causes(error))
    return [*lines, *islice(causes, SHOWN)]


def place_of(error: BaseException) -> Place | None:
    """The author's innermost line of an error, if there is one."""
    frames = extract_tb(error.__traceback__)
    return next((_place(frame) for frame in reversed(frames) if is_own(frame.filename)), None)


def is_through_us(error: BaseException) -> bool:
    """Whether our own code stands in the traceback of an error, or of one that it comes from."""
    left: list[BaseException | None] = [error]
    seen: set[int] = set()
    while left:
        if (each := left.pop()) is None or id(each) in seen:
            continue
        seen.add(id(each))
        frames = (frame for frame, _ in walk_tb(each.__traceback__))
        if any(Path(frame.f_code.co_filename).is_relative_to(PACKAGE) for frame in frames):
            return True
        left += [each.__cause__, each.__context__]
    return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What an error comes from, as Python would show it; each once."""
    seen, left = {id(error)}, _cause(error)
    while left is not None and id(left) not in seen:
        seen.add(id(left))
        yield left
        left = _cause(left)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _traceback(error: BaseException) -> str:
    """The traceback from the author's first line on: what led to it is ours."""
    shown = TracebackException.from_exception(error, compact=True)
    own = [at for at, frame in enumerate(shown.stack) if is_own(frame.filename)]
    if own or isinstance(error, SyntaxError):
        first = own[0] if own else len(shown.stack)
        shown.stack = StackSummary.from_list(list(shown.stack)[first:])
    return "".join(shown.format())


def is_own(filename: str) -> bool:
    """Whether that is a file of the author's: neither a library's nor Python's nor ours."""
    if filename.startswith("<"):
        return False
    path = Path(filename).resolve()
    if not LIBRARIES.isdisjoint(path.parts):
        return False
    return not any(path.is_relative_to(folder) for folder in (PACKAGE, *STANDARD))


def _whole(error: BaseException, text: str) -> str:
    """What an error says, in one line; of our own sentences nothing is left out."""
    line = " ".join(text.split())
    return line if isinstance(error, YizhanError) else shortened(line, LONGEST)


def _place(frame: FrameSummary) -> Place:
    line = frame.lineno or 1
    return Place(_shown(frame.filename), line, shortened((frame.line or "").strip(), LONGEST))


def _source(filename: str, line: int) -> str:
    linecache.checkcache(filename)
    return shortened(linecache.getline(filename, line).strip(), LONGEST)


def _shown(filename: str) -> str:
    path = Path(filename).resolve()
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()
