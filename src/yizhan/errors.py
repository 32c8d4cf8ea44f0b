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
    """The base of all errors; `str(error)` says what happened in the reader's language.

    It can be copied and pickled, as task queues and process pools do.
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
    """A setting is missing, malformed, weak or used twice.

    `setting` is its name, where the sentence does not hold it; `place` is where it is set.
    """

    setting = place = ""

    def about(self, setting: str) -> Self:
        """The same error, which knows its setting."""
        self.setting = setting
        return self

    def at(self, place: str) -> Self:
        """The same error, which names that place."""
        self.place = place
        return self

    def __str__(self) -> str:
        sentence = super().__str__()
        return f"{self.place}: {sentence}" if self.place else sentence


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
    """A handler returned something that is not a reply."""


class SessionError(YizhanError):
    """A session holds a value that JSON cannot hold."""


class DialogError(YizhanError):
    """A question or step is wrong, its result is not JSON, or another process has the message."""


class HandlerTimeout(YizhanError):
    """A handler ran longer than `handler_timeout`, or than its own `timeout`, in seconds."""


class APIError(YizhanError):
    """WeChat's API answered with an errcode other than 0, or with no JSON at all.

    `errcode`, `errmsg` and `rid` are WeChat's, `path` is the call and `advice` says what to do.
    `paused`: WeChat has refused a token, and until the pause ends calls fail with this error.
    `answer` has what else WeChat answered: with 45065, for example, the `msg_id` of what was sent
    before.
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
    """AppID, AppSecret, IP list or another setting is wrong, and a person has to correct it."""


class RightsError(APIError):
    """This kind of account may not make this call."""


class UserStateError(APIError):
    """The follower does not follow, has not written for too long, or refuses messages."""


class QuotaError(APIError):
    """The quota of this call is used up."""


class TemporaryError(APIError):
    """WeChat is busy; the same call may succeed later."""


class TokenError(APIError):
    """The access token is not valid; raised when a new one was refused as well."""


class CallerError(APIError):
    """The call is wrong: an argument, a file, or an object that does not exist."""


class UnknownEndpoint(YizhanError, AttributeError):
    """An attribute of the client that is no endpoint, with a name close to one."""


class MediaError(YizhanError):
    """A file is too large, or its address is not WeChat's."""


class LoginError(YizhanError):
    """A visitor came back from WeChat with a wrong state, or did not agree."""


class Unsent(YizhanError):
    """The call did not reach WeChat; it is safe to repeat."""


class Unreachable(YizhanError):
    """The connection failed, and the call may or may not have reached WeChat."""


class BlockingCall(YizhanError):
    """The blocking client was called in the event loop that makes its calls."""


class SendRefused(YizhanError):
    """WeChat refused a customer-service message; the answer waits for the next message."""


class AccountRefused(SendRefused):
    """WeChat refuses every customer-service message of this account: a setting is wrong."""


class FollowerRefused(SendRefused):
    """WeChat takes no more customer-service messages for this follower until they write again."""


class SendUnknown(YizhanError):
    """Whether a customer-service message arrived is unknown; it is not sent again by itself."""


class Impossible(YizhanError):
    """A follower of the simulated world cannot do that now, such as write without following."""

    @property
    def code(self) -> str:
        """The short name of what is wrong, as the simulator's HTTP API gives it."""
        return self.phrase.partition(".")[2]


class Missing(Impossible):
    """Nothing of that name or number is there in the simulated world."""


class RecordingError(YizhanError):
    """A line of a recording cannot be read."""


class StartupError(YizhanError):
    """A start-up hook has raised, and the account does not start."""


class StoreError(YizhanError):
    """The store cannot be reached or cannot write."""


class Overloaded(YizhanError):
    """A limit is reached: the push is refused before memory grows, and WeChat repeats it."""


class Refused(YizhanError):
    """A push that is refused.

    `reason` is a code of the table in docs/security.md; `detail` is for the log only and never
    holds a secret, a signature or decrypted text; `authenticated` tells whether the
    sender had already proved knowledge of the token and, in safe mode, of the key.
    """

    def __init__(self, reason: Reason, detail: str = "", *, authenticated: bool = False) -> None:
        super().__init__("refused." + reason, detail=detail)
        self.reason: Reason = reason
        self.detail = detail
        self.authenticated = authenticated


class Unreadable(Refused):
    """A push with a valid signature whose `body` cannot be read."""

    def __init__(self, reason: Reason, detail: str, body: bytes) -> None:
        super().__init__(reason, detail, authenticated=True)
        self.body = body
