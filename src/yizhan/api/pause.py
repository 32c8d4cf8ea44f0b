"""After a refusal: how long no process fetches a token, and what ends that time."""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from math import ceil
from typing import Literal

import msgspec
from msgspec import Struct

from yizhan.api.advice import error_of
from yizhan.api.shelf import Token, TokenShelf
from yizhan.clock import Clock
from yizhan.errors import APIError, ConfigurationError, StoreError, TokenError

FIRST, MOST = 1.0, 60.0  # seconds of the first pause, doubled up to the longest
LONGER: Mapping[int, float] = {45009: 600.0}  # the day's quota is used up
REMEMBERED = 3600.0  # seconds after its end in which another refusal doubles it

# A token was fetched; a call with one succeeded, or did so after one had failed; WeChat pushed
# a ticket, or a person has fixed what was wrong.
Success = Literal["fetch", "call", "repeat", "reset"]

log = logging.getLogger("yizhan.api")


class Pause(Struct, frozen=True):
    """Why no token is fetched, and for how long.

    `fetch` names the fetch whose token failed at once, "" when the fetch itself was refused;
    `unproven` tells that no call with this token has succeeded: then none is made with it either.
    """

    seconds: float
    phrase: str
    path: str
    errcode: int = 0
    errmsg: str = ""
    status: int = 0
    fetch: str = ""
    unproven: bool = False


def after(
    error: APIError, before: Pause | None, *, fetch: str = "", unproven: bool = False
) -> Pause:
    """The pause that this error begins; `before` is the last one, if it is remembered."""
    doubled = max(FIRST, before.seconds * 2) if before else FIRST
    return _pause(LONGER.get(error.errcode, min(doubled, MOST)), error, fetch, unproven=unproven)


def none_yet(error: APIError, fetch: str) -> Pause:
    """What is remembered of the first token that failed: the next one may fail at once."""
    return _pause(0.0, error, fetch)


def _pause(seconds: float, error: APIError, fetch: str, *, unproven: bool = False) -> Pause:
    return Pause(
        seconds=seconds,
        phrase=error.phrase,
        path=error.path,
        errcode=error.errcode,
        errmsg=error.errmsg,
        status=int(str(error.values.get("status", 0))),
        fetch=fetch,
        unproven=unproven,
    )


def begins_pause(error: APIError) -> bool:
    """Whether WeChat has answered, and no pause has been made of it."""
    return bool(error.errcode or error.path) and not error.paused


def ends(pause: Pause, success: Success, fetch: str = "") -> bool:
    """Whether that ends the pause; `fetch` brought the token of a call.

    A call that succeeds says nothing about a fetch, nor about an endpoint that refuses a
    token with which others are called.
    """
    match success:
        case "fetch":
            return not pause.fetch
        case "call":
            return pause.unproven and pause.fetch == fetch
    return True


def fails_anew(pause: Pause | None, fetch: str) -> bool:
    """Whether a token that this fetch brought, and that fails now, came after one that failed.

    Whoever fetched it is about to begin a pause for it: nobody need fetch another one.
    """
    return pause is not None and pause.fetch not in ("", fetch)


def left(pause: Pause, until: float, now: float) -> float:
    """The seconds that are left of a pause that is remembered until then; 0 when it is over.

    More than all of it are left only when the clock was put back.
    """
    seconds = until - REMEMBERED - now
    return seconds if 0 < seconds <= pause.seconds + 1 else 0.0


def last_error(pause: Pause, seconds: float) -> APIError:
    """The error that began the pause, saying that it holds."""
    if pause.errcode:
        error = error_of(pause.errcode, pause.errmsg, pause.path)
        kind = type(error)
        if not pause.fetch and kind is TokenError:
            kind = ConfigurationError
    else:
        error = APIError(pause.phrase, path=pause.path, status=pause.status)
        kind = APIError
    repeated = kind("api.paused", **error.values, problem=str(error), seconds=ceil(seconds))
    repeated.paused = True
    return repeated


def fingerprint(secret: str) -> str:
    """What tells a secret from another one, and does not tell the secret."""
    return hmac.new(secret.encode(), b"yizhan pause", hashlib.sha256).hexdigest()[:16]


class KeptPause:
    """The pause of one token on its shelf, the same for all processes; another secret has another.

    A shelf that cannot be written must not hide what WeChat said: that is logged.
    """

    def __init__(self, name: str, secret: str, *, shelf: TokenShelf, clock: Clock) -> None:
        self._name = f"{name}.pause.{fingerprint(secret)}"
        self._shelf = shelf
        self._clock = clock

    async def held(self, *, fetch: str | None = None) -> APIError | None:
        """The error of the pause that holds; asked for a token, of one that holds for its fetch."""
        pause, until = await self._kept()
        if pause is None or not (fetch is None or (pause.unproven and pause.fetch == fetch)):
            return None
        seconds = left(pause, until, self._clock.wall())
        return last_error(pause, seconds) if seconds else None

    async def fails_anew(self, fetch: str) -> bool:
        """Whether the token of that fetch replaced another one that failed."""
        pause, _ = await self._kept()
        return fails_anew(pause, fetch)

    async def remember(self, error: APIError, fetch: str) -> None:
        """Remember that the token of that fetch failed, before another one is fetched."""
        if (await self._kept())[0] is None:
            await self._keep(none_yet(error, fetch))

    async def begin(self, error: APIError, *, fetch: str = "", unproven: bool = False) -> None:
        """Begin a pause, unless another process has done so for the same fetch."""
        if not begins_pause(error):
            return
        error.paused = True
        try:
            before, _ = await self._kept()
            if before is None or not fetch or before.fetch != fetch:
                await self._keep(after(error, before, fetch=fetch, unproven=unproven))
        except StoreError as problem:
            log.warning("%s", problem)

    async def end(self, success: Success, *, fetch: str = "") -> None:
        """End it, if that is what ends it."""
        try:
            pause, _ = await self._kept()
            if pause is not None and ends(pause, success, fetch):
                await self._shelf.put(self._name, Token("", self._clock.wall()))
        except StoreError as problem:
            log.warning("%s", problem)

    async def _kept(self) -> tuple[Pause | None, float]:
        """The last pause, and until when it is remembered."""
        token = await self._shelf.get(self._name)
        if token is None or not token.value or token.until <= self._clock.wall():
            return None, 0.0
        try:
            return msgspec.json.decode(token.value, type=Pause), token.until
        except msgspec.DecodeError:
            return None, 0.0

    async def _keep(self, pause: Pause) -> None:
        until = self._clock.wall() + pause.seconds + REMEMBERED
        await self._shelf.put(self._name, Token(msgspec.json.encode(pause).decode(), until))
