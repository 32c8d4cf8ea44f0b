"""WeRoBot's robot over an account: its handlers run in their order until one answers."""

import asyncio
import inspect
import logging
import re
import runpy
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, partial
from typing import Any, Protocol, TypeVar, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from yizhan import api
from yizhan.account import Account
from yizhan.api.options import options_of
from yizhan.binding import form_of, name_of, place_of
from yizhan.compat.werobot.client import Client
from yizhan.compat.werobot.messages import FIELDS, Message
from yizhan.compat.werobot.replies import reply_of
from yizhan.errors import RegistrationError, SettingsError
from yizhan.extras import needs
from yizhan.middleware import Incoming
from yizhan.phrases import say
from yizhan.router import Result
from yizhan.session import Session
from yizhan.store.shelf import shelf_for

H = TypeVar("H", bound=Callable[..., object])
Rule = str | re.Pattern[str]

NAMED_ALIKE = ("location_event", "templatesendjobfinish_event", "unknown_event")
DECORATORS = {
    **{kind.removesuffix("_event"): kind for kind in FIELDS if kind not in NAMED_ALIKE},
    **{kind: kind for kind in NAMED_ALIKE},
    "handler": "all",
}
CATCHING = ("all", "unknown", "unknown_event")  # what Yizhan's fallback is for
LEFT_OUT = "parse_message get_reply get_encrypted_reply check_signature crypto make_error_page"
SETTINGS = {"TOKEN": "token", "APP_ID": "appid", "APP_SECRET": "secret"}
SETTINGS["ENCODING_AES_KEY"] = "aes_key"


class Config(dict[str, object]):
    """The robot's settings, by WeRoBot's names."""

    def from_pyfile(self, filename: str) -> bool:
        """Take the upper-case names of a Python file."""
        self.update((k, v) for k, v in runpy.run_path(filename).items() if k.isupper())
        return True

    def from_object(self, source: object) -> None:
        """Take the upper-case attributes of an object."""
        self.update((name, getattr(source, name)) for name in dir(source) if name.isupper())


class Decorator(Protocol):
    """Registers a handler and gives it back."""

    def __call__(self, handler: H, /) -> H: ...


class BaseRoBot:
    """The handlers of a robot and the account that serves them, `account`.

    The account is made when it is first asked for, from `config`, then YIZHAN_* variables and
    yizhan.toml for what is not set there.
    """

    message_types = tuple(FIELDS)

    def __init__(
        self,
        token: str | None = None,
        logger: logging.Logger | None = None,
        enable_session: bool | None = None,
        session_storage: object = None,
        app_id: str | None = None,
        app_secret: str | None = None,
        encoding_aes_key: str | None = None,
        config: Config | None = None,
        **kwargs: object,
    ) -> None:
        self.logger = logger or logging.getLogger("WeRoBot")
        keys = (token, app_id, app_secret, encoding_aes_key)
        given = {name.upper(): value for name, value in kwargs.items()}
        storage = False if enable_session is False else session_storage
        own = {"SERVER": "auto", "HOST": "127.0.0.1", "PORT": "8888", "SESSION_STORAGE": storage}
        if config is None:
            config = Config(dict(zip(SETTINGS, keys, strict=True)) | own | given)
        self.config = config
        self._handlers: dict[str, list[tuple[Callable[..., object], int]]] = {}
        self._routed: set[str] = set()
        self._loop: asyncio.AbstractEventLoop | None = None  # the running engine's
        self._has_sessions()

    @cached_property
    def account(self) -> Account:
        """The account that serves the robot's handlers: for `yizhan run`, hosts and tests."""
        given: dict[str, Any] = {it: self.config.get(name) for name, it in SETTINGS.items()}
        account = Account(**{name: value for name, value in given.items() if value})
        account.startup(self._begin)
        account.shutdown(self._end)
        self._has_sessions()
        for kind in self._handlers:
            self._route(account, kind)
        return account

    @cached_property
    def client(self) -> Client:
        """The client of the API, with WeRoBot's methods over our blocking client."""
        return Client(self.config, self._api)

    @property
    def token(self) -> object:
        """The Token of the server settings, as the config has it."""
        return self.config.get("TOKEN")

    def __getattr__(self, name: str) -> Decorator:
        if name in LEFT_OUT.split():
            raise RegistrationError("werobot.left_out", name=f"robot.{name}")
        if name not in DECORATORS:
            raise AttributeError(name)
        return partial(self._register, DECORATORS[name])

    def _register(self, kind: str, handler: H, /) -> H:
        self.add_handler(handler, type=kind)
        return handler

    def add_handler(self, func: Callable[..., object], type: str = "all") -> None:
        """Register a handler of that type; RegistrationError for what could not be called."""
        if type not in (*FIELDS, "all"):
            known = " ".join(("all", *FIELDS))
            raise RegistrationError("werobot.type", type=type, known=known)
        self._handlers.setdefault(type, []).append((func, _arity(func, 2)))
        if "account" in self.__dict__:
            self._route(self.account, type)

    def get_handlers(self, type: str) -> list[tuple[Callable[..., object], int]]:
        """The handlers of that type with their numbers of arguments, then those of all types."""
        unknown = "unknown_event" if type.endswith("_event") else "unknown"
        kind = type if type in FIELDS else unknown
        return [*self._handlers.get(kind, ()), *self._handlers.get("all", ())]

    def key_click(self, key: str) -> Decorator:
        """Register a handler of the menu's button with that key."""

        def register(handler: H) -> H:
            takes = _arity(handler, 2)

            def clicked(message: Message, session: object) -> object:
                return handler(*(message, session)[:takes]) if message.key == key else None

            self.add_handler(clicked, type="click_event")
            return handler

        return register

    def filter(self, *rules: Rule) -> Decorator:
        """Register a handler of texts that are one of these, or that a pattern matches."""

        def register(handler: H) -> H:
            self.add_filter(handler, list(rules))
            return handler

        return register

    def add_filter(self, func: Callable[..., object], rules: Sequence[Rule]) -> None:
        """The same as a call; a handler's third argument is the match, None for a string."""
        takes = _arity(func, 3)
        for rule in rules:
            if not isinstance(rule, str | re.Pattern):
                raise RegistrationError("werobot.rule", rule=repr(rule))
        if not rules:
            raise RegistrationError("werobot.rule", rule="filter()")
        for rule in rules:
            self.add_handler(partial(_filtered, func, takes, rule), type="text")

    def error_page(self, f: H) -> H:
        """Taken and not used: who asks without a signature gets a plain 403."""
        self.logger.warning("%s", say("werobot.error_page"))
        return f

    def _answer(self, message: Incoming, session: Session) -> Result:
        heard = Message(message)
        data = session.data if self._has_sessions() else None
        for handler, takes in self.get_handlers(heard.type):
            if result := handler(*(heard, data)[:takes]):
                return cast("Result", reply_of(result, heard))
        return None

    def _route(self, account: Account, kind: str) -> None:
        """Have the account give us what is of this type; twice is once."""
        if kind in self._routed:
            return
        self._routed.add(kind)
        if kind in CATCHING:
            account.fallback(self._answer)
        elif kind.endswith("_event"):
            account.event(kind.removesuffix("_event"))(self._answer)
        else:
            getattr(account, kind)(self._answer)

    def _has_sessions(self) -> bool:
        storage = self.config.get("SESSION_STORAGE")
        if storage is not None and storage is not False:
            raise SettingsError("werobot.session", storage=type(storage).__name__)
        return storage is None

    async def _begin(self) -> None:
        self._loop = asyncio.get_running_loop()

    async def _end(self) -> None:
        self._loop = None

    def _api(self) -> api.Client:
        """Our blocking client: in the engine's loop while that runs, else with its own."""
        if self._loop is not None:
            return api.Client.over(self.account.api, self._loop)
        return self._own_api

    @cached_property
    def _own_api(self) -> api.Client:
        account, settings = self.account, self.account.settings
        shelf = shelf_for(settings.store_url, settings.label, account.clock)
        options = options_of(
            settings, shelf=shelf, transport=account.transport, clock=account.clock
        )
        return api.Client(settings.appid, settings.secret, **options)


class WeRoBot(BaseRoBot):
    """A robot that serves itself, or under a WSGI server."""

    @cached_property
    def wsgi(self) -> WSGIApplication:
        """The robot as a WSGI application, at every path as in WeRoBot."""

        def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            own = {"SCRIPT_NAME": "", "PATH_INFO": self.account.settings.path}
            return self.account.wsgi({**environ, **own}, start)

        return application

    def run(
        self,
        server: str | None = None,
        host: str | None = None,
        port: int | str | None = None,
        enable_pretty_logging: bool = True,
    ) -> None:
        """Serve until told to stop; `server` and `enable_pretty_logging` are not used."""
        with needs("server"):
            from yizhan.compat.werobot.serving import serve
        at = host or self.config.get("HOST"), port or self.config.get("PORT")
        if status := serve(self.account, str(at[0]), int(str(at[1]))):
            sys.exit(status)


def _filtered(
    handler: Callable[..., object], takes: int, rule: Rule, message: Message, session: object
) -> object:
    content = str(message.content or "")
    if isinstance(rule, str):
        return handler(*(message, session, None)[:takes]) if content == rule else None
    found = rule.match(content)
    return handler(*(message, session, found)[:takes]) if found else None


def _arity(handler: Callable[..., object], most: int) -> int:
    """With how many of its arguments a handler is called; RegistrationError if it cannot be."""
    if not callable(handler):
        raise RegistrationError("werobot.callable", handler=repr(handler))
    names = {"handler": name_of(handler), "place": place_of(handler)}
    if form_of(handler) != "sync":
        raise RegistrationError("werobot.form", **names)
    signature = inspect.signature(handler)
    kinds = [it.kind for it in signature.parameters.values()]
    of_position = sum(kind <= kind.POSITIONAL_OR_KEYWORD for kind in kinds)
    takes = max(min(of_position, most), int(inspect.Parameter.VAR_POSITIONAL in kinds))
    try:
        signature.bind(*range(takes))
    except TypeError:
        raise RegistrationError("werobot.arguments", most=most, **names) from None
    return takes
