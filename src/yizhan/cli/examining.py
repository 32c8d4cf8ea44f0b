"""What `yizhan doctor` looks at, one finding after another."""

import pyexpat
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Literal

from msgspec import Struct

from yizhan import settings as configuration
from yizhan.api import AsyncClient, HttpTransport, Media, Transport
from yizhan.api import menu as menus
from yizhan.api.caller import missing_keys
from yizhan.api.component import Component
from yizhan.api.options import options_of
from yizhan.api.platform import platform
from yizhan.cli.menu import unheard
from yizhan.clock import SystemClock
from yizhan.errors import APIError, RightsError, StoreError, YizhanError
from yizhan.mark import Identity
from yizhan.phrases import language, say
from yizhan.routing import Route
from yizhan.settings import Settings
from yizhan.store import filesystem
from yizhan.store.mailboxes.contract import Promise
from yizhan.store.marking import settle
from yizhan.store.opening import connect, owner_name
from yizhan.store.prefix import prefix_of
from yizhan.store.shelf import shelf_for

State = Literal["good", "note", "bad"]

EXPAT = (2, 6, 0)  # the first that bounds what a document can make it do
SKEW = 60.0  # seconds of the clock that are worth a word
DURABLE = frozenset({"store.sqlite_full", "store.redis_always", "store.pg_on", "store.pg_standby"})
EARLIER = "store.earlier"  # of a file that the next start brings over by itself
PROBES = {  # a harmless call for each right
    "menu": "/cgi-bin/get_current_selfmenu_info",
    "verified": "/cgi-bin/customservice/getkflist",
    "service": "/cgi-bin/template/get_industry",
}
CHECK, MENU = "/cgi-bin/callback/check", "/cgi-bin/menu/get"
NO_MENU = 46003
NO_URL = 40201


class Finding(Struct, frozen=True):
    """What was looked at, how it stands, and what that means for the owner."""

    topic: str
    state: State
    text: str


class Patient(Struct, frozen=True):
    """The account to be examined: its settings, its handlers if a bot was named, its public URL.

    `component` is the third-party platform that it has authorised, if that speaks for it.
    """

    settings: Settings
    routes: tuple[Route, ...] | None = None
    url: str = ""
    transport: Transport | None = None
    component: Component | None = None


async def examine(patient: Patient) -> AsyncIterator[Finding]:
    """Everything, in the order in which one thing depends on another."""
    for finding in (*at_home(patient), await store(patient.settings)):
        yield finding
    if unsafe := filesystem.warning(patient.settings.store_url):
        yield Finding("place", "note", unsafe)
    yield await verification(patient)
    reached = await clock(patient)
    yield reached
    if not (patient.settings.secret or patient.component):
        return
    async with client(patient) as api:
        async for finding in pauses(api, patient):
            yield finding
        if reached.state == "bad":
            return
        got = await token(api, patient)
        yield got
        if got.state == "bad":
            return
        async for finding in rights(api, patient.settings):
            yield finding
        yield await callback(api)
        yield await menu(api, patient)


def client(patient: Patient) -> AsyncClient:
    chosen = patient.settings
    if patient.component is not None:
        return patient.component.account(chosen.appid)
    shelf = shelf_for(chosen.store_url, chosen.label, SystemClock())
    options = options_of(chosen, shelf=shelf, transport=patient.transport)
    return AsyncClient(chosen.appid, chosen.secret, **options)


def at_home(patient: Patient) -> Iterator[Finding]:
    """What can be told without the network."""
    chosen = patient.settings
    version = ".".join(str(number) for number in pyexpat.version_info)
    old = pyexpat.version_info < EXPAT
    yield Finding("expat", "note" if old else "good", _said("expat", old, version=version))
    advice = configuration.advice(chosen)
    yield Finding("settings", "note" if advice else "good", advice or say("doctor.settings"))
    yield from keys(patient)
    if chosen.mode == "plain":
        yield Finding("mode", "note", say("doctor.plain"))


def keys(patient: Patient) -> Iterator[Finding]:
    """Whether AppID and AppSecret look as the console writes them; the others are settings'."""
    chosen = patient.settings
    if chosen.secret == "" and patient.component is None:
        missing = missing_keys(chosen.appid, "")
        yield Finding("secret", "note", say("doctor.no_secret", names=missing))
        return
    if not re.fullmatch(r"wx[0-9a-f]{16}", chosen.appid):
        yield Finding("appid", "bad", say("doctor.appid"))
    if chosen.secret and not re.fullmatch(r"[0-9a-f]{32}", chosen.secret):
        yield Finding("secret", "bad", say("doctor.secret"))


async def _promise(url: str, account: Identity) -> Promise:
    prefix = await prefix_of(url, account)
    place = connect(url, account=prefix, owner=owner_name(), clock=SystemClock())
    try:
        promise = await place.open()
        await settle(place, account, "look", url=url)
    finally:
        await place.close()
    return promise


async def store(chosen: Settings) -> Finding:
    """Whether the store opens, and what it promises."""
    url, account = chosen.store_url, chosen.identity
    try:
        promise = await _promise(url, account)
    except YizhanError as error:
        brings_over = isinstance(error, StoreError) and error.phrase == EARLIER
        return Finding("store", "note" if brings_over else "bad", str(error))
    if promise.phrase in DURABLE:
        return Finding("store", "good", say(promise.phrase))
    return Finding("store", "note", say(promise.phrase) + say("doctor.store_better"))


async def verification(patient: Patient) -> Finding:
    """Whether the public URL answers as the console asks."""
    if not patient.url:
        return Finding("url", "note", say("doctor.no_url", path=patient.settings.path))
    from yizhan.cli.check import server_of
    from yizhan.conformance.diagnosis import diagnose

    diagnosis = await diagnose(server_of(patient.url, patient.settings, None))
    causes = "; ".join(str(finding) for finding in diagnosis.findings)
    if diagnosis.verified:
        return Finding("url", "note" if causes else "good", causes or say("doctor.url"))
    return Finding("url", "bad", causes)


async def clock(patient: Patient) -> Finding:
    """Whether WeChat can be reached, and how far this clock is from its own."""
    transport = patient.transport or HttpTransport(proxy=patient.settings.api_proxy or None)
    base = patient.settings.api_base.rstrip("/")
    try:
        response = await transport.send("GET", f"{base}/cgi-bin/getcallbackip", {}, None)
    except YizhanError as error:
        return Finding("api", "bad", str(error))
    finally:
        if patient.transport is None:
            await transport.close()
    date = response.headers.get("date")
    if date is None:
        return Finding("clock", "note", say("doctor.no_date"))
    skew = time.time() - parsedate_to_datetime(date).timestamp()
    wrong = abs(skew) > SKEW
    return Finding("clock", "bad" if wrong else "good", _said("clock", wrong, skew=f"{skew:+.0f}"))


async def pauses(api: AsyncClient, patient: Patient) -> AsyncIterator[Finding]:
    """What no process fetches now, since WeChat refused it, and for how long."""
    platforms = (patient.component.api,) if patient.component is not None else ()
    for each in (*platforms, api):
        try:
            for name, error in (await each.pauses()).items():
                yield Finding(
                    "pause", "note", say("doctor.pause", appid=each.appid, name=name, problem=error)
                )
        except StoreError as error:
            yield Finding("pause", "bad", str(error))


async def token(api: AsyncClient, patient: Patient) -> Finding:
    """Whether WeChat gives a token; if not, its error says so, with the address that it sees.

    It is asked even if there is one already, for it looks at the address at no other time. A
    stable token is given again and again, and ends no other.
    """
    try:
        if patient.component is None:
            await api.call("/cgi-bin/stable_token")
            await api.end_pauses()
        await api.access_token()
    except YizhanError as error:
        topic = "address" if _errcode(error) == 40164 else "token"
        return Finding(topic, "bad", str(error))
    return Finding("token", "good", say("doctor.token"))


async def rights(api: AsyncClient, chosen: Settings) -> AsyncIterator[Finding]:
    """What the account may do, and whether the settings say the same."""
    kind = chosen.kind + ("-verified" if chosen.verified and chosen.kind != "sandbox" else "")
    for name, path in PROBES.items():
        expected = kind in platform().rights[name].kinds
        try:
            answer = await api.call(path)
        except RightsError:
            yield Finding("rights", "note" if expected else "good", _right("lacks", name, expected))
        except YizhanError as error:
            yield Finding("rights", "note", str(error))
        else:
            if not _tells(path, answer):
                yield Finding("rights", "note", say("doctor.no_answer", path=path))
                continue
            yield Finding("rights", "good" if expected else "note", _right("has", name, expected))


async def callback(api: AsyncClient) -> Finding:
    """Whether WeChat's network finds the server that the console names."""
    asked = {"action": "all", "check_operator": "DEFAULT"}
    try:
        answer = await api.post(CHECK, json=asked)
    except APIError as error:
        return Finding("callback", "note" if error.errcode == NO_URL else "bad", str(error))
    except YizhanError as error:
        return Finding("callback", "bad", str(error))
    names, pings = answer.get("dns"), answer.get("ping")
    if not isinstance(names, list) or not isinstance(pings, list):
        return Finding("callback", "note", say("doctor.no_answer", path=CHECK))
    if not any(isinstance(each, dict) and each.get("ip") for each in names):
        return Finding("callback", "bad", say("doctor.callback_dns"))
    losses = [_loss(each) for each in pings]
    if not losses or None in losses:
        return Finding("callback", "note", say("doctor.no_answer", path=CHECK))
    lost = [loss for loss in losses if loss]
    if not lost:
        return Finding("callback", "good", say("doctor.callback"))
    dead = all(loss == 100 for loss in losses)
    text = say("doctor.callback_loss", count=len(lost), all=len(losses), most=f"{max(lost):g}")
    return Finding("callback", "bad" if dead else "note", text)


async def menu(api: AsyncClient, patient: Patient) -> Finding:
    """Whether every button's push has a handler."""
    try:
        answer = await api.get(MENU)
    except APIError as error:
        if error.errcode == NO_MENU:
            return Finding("menu", "good", say("doctor.no_menu"))
        return Finding("menu", "note", str(error))
    except YizhanError as error:
        return Finding("menu", "note", str(error))
    if not _tells(MENU, answer):
        return Finding("menu", "note", say("doctor.no_answer", path=MENU))
    if patient.routes is None:
        return Finding("menu", "note", say("doctor.menu_no_bot"))
    missing = list(unheard(menus.in_force(answer), list(patient.routes)))
    if missing:
        return Finding("menu", "bad", "; ".join(missing))
    return Finding("menu", "good", say("doctor.menu"))


def _said(topic: str, wrong: bool, **values: object) -> str:
    return say(f"doctor.{topic}_wrong" if wrong else f"doctor.{topic}", **values)


def _right(verb: str, name: str, expected: bool) -> str:
    rights = platform().rights[name]
    who = rights.zh if language() == "zh" else rights.en
    return say(f"doctor.{verb}", path=PROBES[name], who=who) + (
        "" if expected == (verb == "has") else say("doctor.kind")
    )


def _errcode(error: YizhanError) -> int:
    return error.errcode if isinstance(error, APIError) else 0


def _loss(ping: object) -> float | None:
    """How many of a hundred pings got lost; None where that is not said."""
    loss = str(ping.get("package_loss", "")).strip().rstrip("%") if isinstance(ping, dict) else ""
    try:
        return float(loss)
    except ValueError:
        return None


def _tells(path: str, answer: Mapping[str, object] | Media) -> bool:
    """Whether the answer holds anything of what that endpoint answers."""
    fields = answer.fields if isinstance(answer, Media) else answer
    described = platform().endpoints[path].result
    return any(name in fields for name in described)
