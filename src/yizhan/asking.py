"""What `context.ask` is asked with, and the type of each answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar, get_args, overload

from msgspec import UNSET, Struct

from yizhan.messages import (
    ImageMessage,
    LinkMessage,
    LocationMessage,
    ShortVideoMessage,
    VideoMessage,
    VoiceMessage,
)

if TYPE_CHECKING:  # checkers know this module; at run time Python has it from 3.13 on
    from typing import Never

    from typing_extensions import TypeVar as TypeVarWithDefault

    D = TypeVarWithDefault("D", default=Never)  # without a default it adds nothing to the answer
else:
    D = TypeVar("D")

T = TypeVar("T")
Check = Callable[[str], object]
Kind = Literal["text", "image", "voice", "video", "shortvideo", "location", "link"]

KINDS: tuple[Kind, ...] = get_args(Kind)


class Asked(Struct, frozen=True):
    """One call of `ask`, as its author wrote it; `default` is UNSET where there is none."""

    question: str
    name: str
    choices: Sequence[str] | Mapping[str, object] | None
    kind: Kind
    check: Callable[..., object] | None
    again: str
    timeout: float
    default: object


class Asking:
    """Who asks; with a `default` its type is one of the answer's."""

    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        choices: Sequence[str] | None = None,
        kind: Literal["text"] = "text",
        check: Check | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> str | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        choices: Mapping[str, T],
        kind: Literal["text"] = "text",
        check: Callable[[T], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> T | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["image"],
        check: Callable[[ImageMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> ImageMessage | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["voice"],
        check: Callable[[VoiceMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> VoiceMessage | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["video"],
        check: Callable[[VideoMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> VideoMessage | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["shortvideo"],
        check: Callable[[ShortVideoMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> ShortVideoMessage | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["location"],
        check: Callable[[LocationMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> LocationMessage | D: ...
    @overload
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        kind: Literal["link"],
        check: Callable[[LinkMessage], object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: D = ...,
    ) -> LinkMessage | D: ...
    async def ask(
        self,
        question: str,
        *,
        name: str | None = None,
        choices: Sequence[str] | Mapping[str, object] | None = None,
        kind: Kind = "text",
        check: Callable[..., object] | None = None,
        again: str | None = None,
        timeout: float = 600.0,
        default: object = UNSET,
    ) -> object:
        """The follower's answer to this question: a text, or the message of another `kind`.

        With `choices` it is one of them, or what they map to; the follower taps it, or writes
        its number or its words. `timeout` is in seconds; after it the next message is an ordinary
        one, and with a `default`, a JSON value, the handler goes on with that by itself. `check`
        is called once with the answer: False, or a ValueError whose text is shown, asks again;
        True or None takes the answer as it is; any other result, a JSON value, is returned in
        its place. `again` is said before the question after an answer that is none.
        A replay knows the question by `name`, else by its text. Raises DialogError for a
        question, choices, a default or a result that cannot be.
        """
        asked = Asked(question, name or "", choices, kind, check, again or "", timeout, default)
        return self._ask(asked)

    def _ask(self, asked: Asked) -> object:
        raise NotImplementedError
