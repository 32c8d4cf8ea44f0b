"""What an account is told from outside: yizhan.toml first, then YIZHAN_* variables."""

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from math import inf
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args
from urllib.parse import urlsplit

from yizhan import addresses, place
from yizhan.errors import SettingsError
from yizhan.mark import Identity
from yizhan.phrases import say
from yizhan.textfile import Places, read_toml
from yizhan.variables import variable

SignedMode = Literal["plain", "compat", "safe"]
Mode = Literal[SignedMode, "cloudrun"]
Kind = Literal["subscription", "service", "sandbox"]
TokenKind = Literal["stable", "classic", "none"]

FILE = "yizhan.toml"
WEAK_TOKENS = frozenset(
    {
        "token",
        "weixin",
        "wechat",
        "yizhan",
        "password",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "abcdefgh",
        "abcd1234",
        "abc12345",
        "testtest",
        "test1234",
        "testtoken",
        "yourtoken",
        "mytoken123",
        "weixintoken",
        "wechattoken",
        "helloworld",
        "changeme",
    }
)
NEEDED: Mapping[Mode, tuple[str, ...]] = {
    "plain": (),
    "compat": ("aes_key", "appid"),
    "safe": ("aes_key", "appid"),
    "cloudrun": ("appid",),
}
# What differs in 云托管, where the platform itself adds the token to calls of its API.
THERE: Mapping[str, object] = {"api_token": "none", "api_base": "http://api.weixin.qq.com"}
LONGEST_TOKEN = 32
SHORTEST_TOKEN = 8
SHORT_TOKEN = 16
POSITIVE = (
    "handler_timeout",
    "lease",
    "tries",
    "threads",
    "max_jobs",
    "max_body",
    "keep",
    "collect",
    "session_ttl",
)

TOKEN_MISSING = "settings.token_missing"  # noqa: S105  # a phrase
VERIFY_FILE = re.compile(r"MP_verify_[A-Za-z0-9]{16}\.txt")  # as the console names it
LONGEST_LABEL = 60  # UTF-8 bytes of `ai_label`: a text has 2,048, and needs most of them itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one account; times in seconds, sizes in bytes, `hold` in pushes."""

    name: str = ""
    appid: str = ""
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    token_previous: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    aes_key_previous: str = field(default="", repr=False)
    mode: Mode = "plain"
    kind: Kind = "subscription"
    verified: bool = False
    original_id: str = ""
    path: str = "/wechat"
    store: str = ""
    api_base: str = "https://api.weixin.qq.com"
    api_token: TokenKind = "stable"  # noqa: S105  # which kind
    api_proxy: str = field(default="", repr=False)
    timeout: float = 4.5
    hold: int = 2
    grace: float = 10.0
    max_age: int = 300
    handler_timeout: float = 300.0
    lease: float = 15.0
    tries: int = 3
    ordered: bool = True
    typing: bool = False
    threads: int = 32
    max_jobs: int = 10_000
    max_body: int = 262_144
    keep: float = 7 * 86_400.0
    collect: float = 48 * 3_600.0
    session_ttl: float = 30 * 86_400.0
    ack: Literal["success", "empty"] = "success"
    working: str = "正在处理，回复任意内容获取结果"
    more: str = "还有 {n} 条，回复“继续”获取"
    nothing_more: str = "没有更多了"
    ai_label: str = "内容由 AI 生成"
    pickup: tuple[str, ...] = ("继续", "?", "？")
    fallback: str = ""
    cancel: tuple[str, ...] = ("取消", "cancel")
    cancelled: str = "已取消"
    text_please: str = "请回复文字。"
    tap: bool = True
    throttled: str = "太频繁了，请稍后再试。"
    forget_on_unsubscribe: bool = False
    metrics_open: bool = False
    verify_files: tuple[str, ...] = ()
    allow_weak: bool = False

    @property
    def store_url(self) -> str:
        """The store's address: the one set, else a file in the user's data directory."""
        if not self.store:
            return place.url_of(place.production(self.identity))
        scheme, found, rest = self.store.partition("://")
        return f"{scheme.lower()}{found}{rest}" if found else self.store

    @property
    def signed_mode(self) -> SignedMode:
        """The mode of a push that is made here: in 云托管 it is plain."""
        return "plain" if self.mode == "cloudrun" else self.mode

    @property
    def identity(self) -> Identity:
        """How a store tells this account from others."""
        return Identity(
            appid=self.appid,
            name=self.name,
            token=self.token,
            token_previous=self.token_previous,
            original_id=self.original_id,
        )

    def variable(self, setting: str) -> str:
        """The name of the environment variable of this setting."""
        return _prefix(self.name) + setting.upper()

    @property
    def label(self) -> str:
        """What this account is called in files, logs and keys: its AppID, else its name."""
        return self.appid or self.name or place.UNNAMED


def load(
    name: str = "",
    *,
    file: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    given: Mapping[str, object] = MappingProxyType({}),
) -> Settings:
    """The settings of the account `name` ("" for the only one).

    Reads `[accounts.NAME]` (or the top level) of yizhan.toml in the working directory,
    then the variables YIZHAN_NAME_* (or YIZHAN_*), each of which may name a file that holds
    its value (YIZHAN_TOKEN_FILE), then what is `given` in the program; the later wins. Raises
    SettingsError naming the setting, its source and what is allowed.
    """
    environ = os.environ if environ is None else environ
    named = file or environ.get("YIZHAN_CONFIG")
    path = Path(named or FILE)
    prefix = _prefix(name)
    elsewhere = "token" in given or any(each.startswith(prefix) for each in environ)
    table = _table(path, name, required=named is not None, elsewhere=elsewhere)
    places = Places(path, f"accounts.{name}" if name else "")
    written = _converted_all(table, places)
    later = _converted_all(_variables(environ, prefix), "", prefix)
    later |= _converted_all(given, "Account(…)")
    try:
        return build(name, written | later)
    except SettingsError as error:
        if error.phrase == TOKEN_MISSING and not name and (others := _named(path)):
            first, names = others[0], ", ".join(others)
            hint = say("settings.accounts", path=path, names=names, first=first)
            raise SettingsError(TOKEN_MISSING, **{**error.values, "accounts": hint}) from None
        setting = error.setting or str(error.values.get("setting"))
        if setting == "mode" and "mode" not in written | later:
            setting = "aes_key"  # which pins it
        if setting in written and setting not in later:
            raise error.at(places.of(setting)) from None
        raise


def names(*, file: str | Path | None = None, environ: Mapping[str, str] | None = None) -> list[str]:
    """The accounts of yizhan.toml, first the one without a name if it is there.

    That one alone if there are no others. Raises SettingsError.
    """
    environ = os.environ if environ is None else environ
    named = file or environ.get("YIZHAN_CONFIG")
    path = Path(named or FILE)
    document = _document(path, required=named is not None)
    accounts = _accounts(document, path)
    is_plain = "token" in document or bool(environ.get("YIZHAN_TOKEN"))
    return [*([""] if is_plain or not accounts else []), *accounts]


def build(name: str = "", values: Mapping[str, object] = MappingProxyType({})) -> Settings:
    """Settings from values of the right types; an AES key pins safe mode unless `mode` is said."""
    pinned: dict[str, object] = {"mode": "safe"} if values.get("aes_key") else {}
    if values.get("mode") == "cloudrun" and not values.get("secret"):
        pinned |= THERE
    return checked(Settings(name=name, **(pinned | dict(values))))  # type: ignore[arg-type]  # converted to each field's type


def checked(settings: Settings) -> Settings:
    """The same settings with the mode decided, or SettingsError for what cannot work."""
    if settings.mode != "cloudrun":
        _check_tokens(settings)
    for setting in ("aes_key", "aes_key_previous"):
        key = getattr(settings, setting)
        if key and not re.fullmatch(r"[A-Za-z0-9]{43}", key):
            raise SettingsError("settings.aes_key").about(setting)
    for setting in NEEDED[settings.mode]:
        if not getattr(settings, setting):
            error = SettingsError("settings.safe_needs", setting=setting, mode=settings.mode)
            raise error.about("mode")
    if not re.fullmatch(r"/[\w\-./~]*", settings.path):
        raise SettingsError("settings.path", path=settings.path).about("path")
    for setting in ("api_base", "api_proxy"):
        url = getattr(settings, setting)
        if url and addresses.web(url) is None:
            raise SettingsError("settings.range", setting=setting, allowed="http://…, https://…")
    _check_store(settings.store)
    if not 0 <= settings.hold <= 2:
        raise SettingsError("settings.range", setting="hold", allowed="0, 1, 2")
    if not 0 < settings.timeout < 5:
        raise SettingsError("settings.range", setting="timeout", allowed="0 < timeout < 5")
    for setting in POSITIVE:
        if not 0 < getattr(settings, setting) < inf:
            raise SettingsError("settings.range", setting=setting, allowed="> 0")
    for setting in ("grace", "max_age"):
        if not 0 <= getattr(settings, setting) < inf:
            raise SettingsError("settings.range", setting=setting, allowed="≥ 0")
    for file in settings.verify_files:
        if not VERIFY_FILE.fullmatch(Path(file).name):
            raise SettingsError("settings.verify_name", file=file).about("verify_files")
    _check_more(settings.more)
    if len(settings.ai_label.encode()) > LONGEST_LABEL:
        allowed = f"≤ {LONGEST_LABEL} bytes in UTF-8"
        raise SettingsError("settings.range", setting="ai_label", allowed=allowed)
    return settings


def _check_tokens(settings: Settings) -> None:
    if not settings.token:
        raise SettingsError(
            TOKEN_MISSING,
            better=secrets.token_hex(12),
            variable=_prefix(settings.name) + "TOKEN",
            table=f" [accounts.{settings.name}]" if settings.name else "",
            accounts="",
        )
    _check_token(settings.token, allow_weak=settings.allow_weak)
    if previous := settings.token_previous:
        _check_characters(previous, "token_previous", allow_weak=settings.allow_weak)


def advice(settings: Settings) -> str | None:
    """What to improve though it works: a token, with a better one at hand."""
    if not settings.token:  # in 云托管 nothing is signed
        return None
    if not _usual(settings.token):
        return say("settings.token_unusual", better=secrets.token_hex(12))
    if len(settings.token) < SHORT_TOKEN:
        return say("settings.token_short", better=secrets.token_hex(12))
    return None


def _prefix(name: str) -> str:
    return f"YIZHAN_{name.upper().replace('-', '_')}_" if name else "YIZHAN_"


def _check_store(url: str) -> None:
    try:
        urlsplit(url)
    except ValueError:  # its text may contain the password
        raise SettingsError("store.url").about("store") from None


def _check_more(more: str) -> None:
    try:
        more.format(n=1)
    except (LookupError, ValueError):
        raise SettingsError("settings.range", setting="more", allowed="… {n} …") from None


def _check_token(token: str, *, allow_weak: bool) -> None:
    _check_characters(token, "token", allow_weak=allow_weak)
    weak = len(token) < SHORTEST_TOKEN or token.lower() in WEAK_TOKENS
    if weak and not allow_weak:
        raise SettingsError("settings.token_weak", better=secrets.token_hex(12)).about("token")


def _check_characters(token: str, setting: str, *, allow_weak: bool) -> None:
    """Refuse what the console does not take, and a line break or the like in any case."""
    better = secrets.token_hex(12)
    if not 3 <= len(token) <= LONGEST_TOKEN or not token.isprintable():
        raise SettingsError("settings.token_format", better=better).about(setting)
    if not allow_weak and not _usual(token):
        raise SettingsError("settings.token_characters", better=better).about(setting)


def _usual(token: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9_]*", token) is not None


def _table(path: Path, name: str, *, required: bool, elsewhere: bool) -> Mapping[str, object]:
    """What the file says of an account; one that is set `elsewhere` need not be in it."""
    document = _document(path, required=required)
    accounts = _accounts(document, path)
    document = {key: value for key, value in document.items() if key != "accounts"}
    if name and accounts and name not in accounts and not elsewhere:
        like = get_close_matches(name, accounts, cutoff=0.5) or sorted(accounts)
        meant = say("cli.meant", words=", ".join(like))
        raise SettingsError("settings.no_account", path=path, name=name, meant=meant)
    account = accounts.get(name, {}) if name else document
    places = Places(path, "accounts")
    if not isinstance(account, dict):
        raise SettingsError("settings.table", setting=f"accounts.{name}", path=places.of(name))
    return account


def _named(path: Path) -> list[str]:
    """The accounts that have a name in the file."""
    return list(_accounts(_document(path, required=False), path))


def _document(path: Path, *, required: bool) -> Mapping[str, object]:
    """The whole file; nothing, where there is none and none is needed."""
    try:
        return read_toml(path)
    except FileNotFoundError:
        if required:
            raise SettingsError("settings.file_missing", path=path) from None
        return {}
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingsError("settings.file_bad", path=path, problem=error) from error


def _accounts(document: Mapping[str, object], path: Path) -> Mapping[str, object]:
    accounts = document.get("accounts", {})
    if not isinstance(accounts, dict):
        raise SettingsError("settings.table", setting="accounts", path=Places(path).of("accounts"))
    return accounts


def _variables(environ: Mapping[str, str], prefix: str) -> dict[str, object]:
    known = {f.name for f in fields(Settings)} - {"name"}
    given = {setting: variable(prefix + setting.upper(), environ) for setting in known}
    return {setting: value for setting, value in given.items() if value != ""}


def _converted_all(
    values: Mapping[str, object], source: str | Places, prefix: str = ""
) -> dict[str, object]:
    """What is set there, each of its setting's type; an error says where, unless a name does."""
    known = {f.name: f.default for f in fields(Settings) if f.name != "name"}
    converted: dict[str, object] = {}
    for setting, value in values.items():
        written = prefix + setting.upper() if prefix else setting
        try:
            if setting not in known:
                raise _unknown(setting, known)
            converted[setting] = _converted(setting, value, known[setting], written)
        except SettingsError as error:
            raise error.at(source.of(setting) if isinstance(source, Places) else source) from None
    return converted


def _unknown(setting: str, known: Iterable[str]) -> SettingsError:
    """That there is no such setting: what was meant, or, where nobody can tell, all that are."""
    if like := get_close_matches(setting, known):
        meant = say("cli.meant", words=", ".join(like))
        return SettingsError("settings.unknown_like", setting=setting, meant=meant)
    return SettingsError("settings.unknown", setting=setting, known=" ".join(sorted(known)))


CHOICES: Mapping[str, tuple[str, ...]] = {
    "mode": get_args(Mode),
    "kind": get_args(Kind),
    "api_token": get_args(TokenKind),
    "ack": ("success", "empty"),
}
TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off"})


def _converted(setting: str, value: object, default: object, written: str) -> object:
    if setting in CHOICES:
        if value not in CHOICES[setting]:
            raise SettingsError(
                "settings.range", setting=written, allowed=", ".join(CHOICES[setting])
            )
        return value
    if isinstance(default, bool):
        return _boolean(value, written)
    if isinstance(default, (int, float)):
        return _number(value, type(default), written)
    values = value if isinstance(default, tuple) and isinstance(value, (list, tuple)) else (value,)
    if not all(isinstance(word, str) for word in values):
        raise SettingsError("settings.text", setting=written)
    if isinstance(default, tuple):
        return tuple(value.split("|")) if isinstance(value, str) else tuple(values)
    return str(value).strip()


def _number(value: object, kind: type[float], written: str) -> float:
    """The number, if it is one as written: no truth value, and no fraction for a whole one."""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError):
            number = kind(value)
            if isinstance(value, str) or number == value:
                return number
    raise SettingsError("settings.number", setting=written)


def _boolean(value: object, written: str) -> bool:
    word = str(value).lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise SettingsError("settings.range", setting=written, allowed="true, false")
