"""Errors as they may stand in a log: what was raised and where, without a follower's texts.

Class names, files and source lines stay; what is hidden are the texts of the errors, of those
they come from or hold, and their notes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from traceback import TracebackException

from yizhan.errors import YizhanError
from yizhan.phrases import say
from yizhan.server.redaction import Hider
from yizhan.wire.xml import Value

HEADERS = ("ToUserName", "CreateTime", "MsgType", "Event", "MsgId")
SENDER = "FromUserName"  # it is masked elsewhere, so it is hidden only as a whole

# What asyncio says by itself: in its messages, and of the tasks and callbacks that it shows.
ASYNCIO = re.compile(
    r"(\A[A-Z]\w+ exception was never retrieved|\AException in callback"
    r"|\ATask was destroyed but it is pending!|\n(?:future|task|handle|protocol|transport): "
    r"|<\w+ (?:finished|pending|cancelled)(?: name='Task-\d+')?(?: coro=<[^>\n]{0,500}>)?)"
)

Hide = Callable[[str], str]


def hider_of(raws: Iterable[Value]) -> Hider:
    """What hides the texts of these pushes."""
    texts: set[str] = set()
    senders: set[str] = set()
    for raw in raws:
        _collect(raw, "", texts, senders)
    return Hider(texts, senders)


def _collect(raw: Value, name: str, texts: set[str], senders: set[str]) -> None:
    if isinstance(raw, dict):
        for inner, value in raw.items():
            if inner not in HEADERS:
                _collect(value, inner, texts, senders)
    elif isinstance(raw, list):
        for value in raw:
            _collect(value, name, texts, senders)
    elif raw:
        (senders if name == SENDER else texts).add(str(raw))


def words_of(error: BaseException, hide: Hide) -> str:
    """`str(error)`; of our own errors the sentence stays, and what is filled in is hidden."""
    if isinstance(error, YizhanError) and type(error).__str__ is YizhanError.__str__:
        values = {name: _value(value, hide) for name, value in error.values.items()}
        return say(error.phrase, **values)
    return hide(str(error))


def _value(value: object, hide: Hide) -> object:
    if isinstance(value, BaseException):
        return words_of(value, hide)
    return value if isinstance(value, int | float) else hide(str(value))


def hidden_traceback(error: BaseException, hide: Hide) -> str:
    """The traceback as Python prints it, with the words hidden."""
    shown = TracebackException(type(error), error, error.__traceback__, compact=True)
    for each, its_error in _chained(shown, error):
        _hide_words(each, its_error, hide)
    return "".join(shown.format())


def hidden_message(message: str, error: BaseException | None, hide: Hide) -> str:
    """What asyncio says of an error, which it shows within.

    Its own words stay, and the names of classes; coroutines and their places count as source.
    """
    names = {"(?!)"}
    if error is not None:
        shown = TracebackException(type(error), error, None, compact=True)
        names = {re.escape(type(each).__name__) for _, each in _chained(shown, error)}
    about, shows, words = message.partition(" exception=")
    classes = rf"\b({'|'.join(sorted(names))})(?=\()"
    return _between(ASYNCIO, about, hide) + shows + _between(re.compile(classes), words, hide)


def _between(kept: re.Pattern[str], text: str, hide: Hide) -> str:
    """The text, hidden but for what the pattern's group finds."""
    return "".join(piece if at % 2 else hide(piece) for at, piece in enumerate(kept.split(text)))


def _chained(
    shown: TracebackException, error: BaseException
) -> Iterator[tuple[TracebackException, BaseException]]:
    """Each error that is shown: the first, those it comes from and those it holds."""
    left: list[tuple[TracebackException | None, BaseException | None]] = [(shown, error)]
    while left:
        each, its_error = left.pop()
        if each is None or its_error is None:
            continue
        yield each, its_error
        left.append((each.__cause__, its_error.__cause__))
        left.append((each.__context__, its_error.__context__))
        if isinstance(its_error, BaseExceptionGroup):
            left += zip(each.exceptions or (), its_error.exceptions, strict=True)


def _hide_words(shown: TracebackException, error: BaseException, hide: Hide) -> None:
    parts = vars(shown)
    own = isinstance(error, YizhanError)
    parts["_str"] = words_of(error, hide) if own else hide(parts["_str"])
    notes = getattr(shown, "__notes__", None)
    if isinstance(notes, list | tuple):
        parts["__notes__"] = [hide(str(note)) for note in notes]
    elif notes is not None:
        parts["__notes__"] = [hide(repr(notes))]
    if isinstance(error, SyntaxError):
        shown.msg = hide(str(shown.msg))
        if shown.text and (shown.filename or "<").startswith("<"):  # no file's line
            shown.text = hide(shown.text)
