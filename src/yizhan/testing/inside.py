"""What a bot of this process does with a push: its handler and why, and the session."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from yizhan import messages
from yizhan.account import Account
from yizhan.errors import Refused
from yizhan.events import Event
from yizhan.inbox.inbox import Inbox
from yizhan.middleware import Incoming
from yizhan.routing import ANY_MESSAGE, Route, Table, event_kind
from yizhan.session import Session
from yizhan.simulator.record import PushRecord
from yizhan.store.asking import seen
from yizhan.store.mailbox import SESSION
from yizhan.wire import json, xml

Told = dict[str, object]
READERS = {"xml": xml.read, "json": json.read}


def inside(
    accounts: Sequence[Account],
) -> Callable[[PushRecord], Awaitable[Mapping[str, object]]]:
    """The `inside` of the simulator for these accounts, known there by their names."""
    by_name = {account.name or account.settings.appid or "bot": account for account in accounts}

    async def tell(push: PushRecord) -> Mapping[str, object]:
        account = by_name.get(push.account)
        inbox = account.inbox if account is not None else None
        if account is None or inbox is None:
            return {}
        try:
            raw, _ = READERS[push.format](push.body)
        except Refused:
            return {}
        session = await _session(inbox, push.openid, account.clock.wall())
        return {**_routed(_table(account), messages.read(raw)), "session": session}

    return tell


def _table(account: Account) -> Table:
    """The account's routes as its engine has them; here nothing is ever called."""
    return Table(tuple(account._routes()), account._last_resort(), lambda route: _nothing)


async def _nothing(message: Incoming, values: Mapping[str, object]) -> object:
    return None


def _routed(table: Table, message: Incoming) -> Told:
    """Which route takes the message, and those before it that did not."""
    call = table.find(message)
    asked = [route for route in table.routes if _is_for(route, message)]
    if call.route is None:
        return {"handler": None, "why": None, "passed": [_named(route) for route in asked]}
    handler = call.route.handler
    before = asked[: asked.index(call.route)] if call.route in asked else asked
    return {
        "handler": {"name": handler.name, "place": handler.place},
        "why": f"@{call.route.label}",
        "values": dict(call.groups),
        "passed": [_named(route) for route in before],
    }


def _is_for(route: Route, message: Incoming) -> bool:
    if isinstance(message, Event):
        return event_kind(message.name) in route.kinds
    return message.kind in route.kinds or ANY_MESSAGE in route.kinds


def _named(route: Route) -> Told:
    return {"name": route.handler.name, "why": f"@{route.label}"}


async def _session(inbox: Inbox, openid: str, now: float) -> Told:
    kept = (await seen(inbox.store, openid)).rows.get(SESSION)
    return dict(Session(kept, now).data)
