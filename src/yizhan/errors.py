"""Every error that Yizhan raises, as one tree."""

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Self

from yizhan.phrases import say

if TYPE_CHECKING:
    from collections.abc import Mapping

Reason = Literal[
    "method",
    "path",
    "too_large",
    "encoding",
    "slow_client",
    "http",
    "query_format",
    "stale",
    "signature",
    "source",
    "signature_reuse",
    "echostr",
    "downgrade",
    "msg_signature",
    "envelope",
    "xml_dtd",
    "xml_bad",
    "field",
    "wrong_account",
    "overload",
]


class YizhanError(Exception):
    """The root of the tree; `str(error)` is its phrase in the reader's language.

    One can be copied and pickled, and be made again of its `args`: queues of tasks and pools
    of processes bring it to whoever asked.
    """

    def __init__(
        self, phrase: str, kept: "Mapping[str, object] | None" = None, /, **values: object
    ) -> None:
        values = {**(kept or {}), **values}
        super().__init__(phrase, values)
        self.phrase = phrase
        self.values = values

    def __str__(self) -> str:
        return say(self.phrase, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self)._made_again, self.args, vars(self)

    @classmethod
    def _made_again(cls, *args: object) -> Self:
        """Without `__init__`, which in some classes takes something else than `args`."""
        return cls.__new__(cls, *args)


class SettingsError(YizhanError):
    """A setting is missing, malformed, weak or used twice."""


class ExtraError(YizhanError):
    """An optional part is not installed; the message has the command that installs it."""

    def __init__(self, *, module: str, extra: str, command: str) -> None:
        super().__init__("extra.missing", module=module, extra=extra, command=command)


class TargetError(YizhanError):
    """The bot named on the command line was not found."""


class RegistrationError(YizhanError):
    """A handler, filter or middleware cannot be registered as it is written."""


class ReplyError(YizhanError):
    """A reply that WeChat would not show: a required field is missing or a limit passed."""


class ResultError(YizhanError):
    """A handler returned something that is no reply."""


class SessionError(YizhanError):
    """A session holds something that is no JSON value."""


class DialogError(YizhanError):
    """A step's result cannot be kept, or its message is no longer this process's."""


class HandlerTimeout(YizhanError):
    """A handler ran longer than its time-out."""


class APIError(YizhanError):
    """WeChat's API answered with an errcode, or with something that is no answer.

    `paused` tells that the fetch of a token was refused, or the token that it brought: no
    process fetches another one for a while, and calls fail with this error. `answer` has what
    else WeChat answered: with 45065, for example, the `msg_id` of what was sent before.
    """

    paused = False
    answer: "Mapping[str, object]" = MappingProxyType({})

    @property
    def errcode(self) -> int:
        """The platform's code; 0 when the answer could not be read at all."""
        return int(str(self.values.get("errcode", 0)))

    @property
    def errmsg(self) -> str:
        """What WeChat says, in its words; never the same twice, for it holds the rid."""
        return str(self.values.get("errmsg", ""))

    @property
    def path(self) -> str:
        """The endpoint that was called."""
        return str(self.values.get("path", ""))

    @property
    def rid(self) -> str:
        """WeChat's name of the call, to look it up within seven days; "" for none."""
        return str(self.values.get("rid", ""))

    @property
    def advice(self) -> str:
        """What to do, in the reader's language."""
        return str(self.values.get("advice", ""))


class ConfigurationError(APIError):
    """AppID, secret, address list or the like is wrong: a person must act."""


class RightsError(APIError):
    """This kind of account may not call that."""


class UserStateError(APIError):
    """The follower's state does not allow it: gone, silent too long, or unwilling."""


class QuotaError(APIError):
    """A quota is used up."""


class TemporaryError(APIError):
    """WeChat is busy; the same call may succeed later."""


class TokenError(APIError):
    """The access token is dead; it is replaced and the call repeated once."""


class CallerError(APIError):
    """The call itself is wrong: an argument, a file, something that is not there."""


class UnknownEndpoint(YizhanError, AttributeError):
    """An attribute of the client that names no endpoint, and is nearly one that does."""


class MediaError(YizhanError):
    """A file that is too large, or not fetched since it is not WeChat's."""


class LoginError(YizhanError):
    """A visitor who came back from WeChat without having been sent there, or without consent."""


class Unsent(YizhanError):
    """The call certainly did not reach WeChat."""


class Unreachable(YizhanError):
    """The call may or may not have reached WeChat."""


class BlockingCall(YizhanError):
    """A blocking client was called in the event loop that its call would have to wait for."""


class SendRefused(YizhanError):
    """WeChat refused a customer-service message; the answer takes another way."""


class AccountRefused(SendRefused):
    """WeChat refuses every customer-service message of this account: a setting is wrong."""


class FollowerRefused(SendRefused):
    """WeChat takes no more customer-service messages for this follower until they write again."""


class SendUnknown(YizhanError):
    """Nobody knows whether a customer-service message arrived; it is never sent again blindly."""


class RecordingError(YizhanError):
    """A line of a recording is none."""


class StartupError(YizhanError):
    """A start-up hook of the author's has raised: nothing is served."""


class StoreError(YizhanError):
    """The store cannot be reached or cannot write."""


class Overloaded(YizhanError):
    """A limit is reached: the push is refused before memory grows, and WeChat repeats it."""


class Refused(YizhanError):
    """A push that is not let in.

    `reason` is the code of security's table; `detail` is for the log only and never
    holds a secret, a signature or decrypted text; `authenticated` tells whether the
    sender had already proved knowledge of the token and, in safe mode, of the key.
    """

    def __init__(self, reason: Reason, detail: str = "", *, authenticated: bool = False) -> None:
        super().__init__("refused." + reason, detail=detail)
        self.reason: Reason = reason
        self.detail = detail
        self.authenticated = authenticated


class Unreadable(Refused):
    """A push whose sender has proved knowledge of the key, but whose `body` cannot be read."""

    def __init__(self, reason: Reason, detail: str, body: bytes) -> None:
        super().__init__(reason, detail, authenticated=True)
        self.body = body
