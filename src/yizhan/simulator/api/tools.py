"""The platform's own tools: addresses, quotas, tickets (docs/protocol.md#g2, #i9)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.rights import limit_of

TICKET_SECONDS = 7200


def callback_ip(call: Call) -> Mapping[str, object]:
    """Where pushes come from: this machine."""
    return {"ip_list": ["127.0.0.1"]}


def api_ip(call: Call) -> Mapping[str, object]:
    """Where the API is: this machine."""
    return {"ip_list": ["127.0.0.1"]}


def callback_check(call: Call) -> Mapping[str, object]:
    """What WeChat's network sees of this machine: it resolves, and no ping gets lost."""
    here, action = "127.0.0.1", call.text("action")
    operator = call.text("check_operator")
    seen: dict[str, object] = {}
    if action in ("dns", "all"):
        seen["dns"] = [{"ip": here, "real_operator": operator}]
    if action in ("ping", "all"):
        ping = {"ip": here, "from_operator": operator, "package_loss": "0%", "time": "0.250ms"}
        seen["ping"] = [ping]
    return seen


def clear_quota(call: Call) -> Mapping[str, object]:
    """Begin the day's quotas afresh, ten times a month."""
    if call.text("appid") != call.account.keys.appid:
        raise Errcode(40013)
    if not call.account.ledger.clear(call.now):
        raise Errcode(48006)
    return {"errcode": 0, "errmsg": "ok"}


def quota(call: Call) -> Mapping[str, object]:
    """What is left of a path's daily quota."""
    path = call.text("cgi_path")
    limit = limit_of(path, call.account.kind)
    if limit is None:
        raise Errcode(76021)
    used = call.account.ledger.used(call.now).get(path, 0)
    return {
        "errcode": 0,
        "errmsg": "ok",
        "quota": {"daily_limit": limit, "used": used, "remain": limit - used},
    }


def ticket(call: Call) -> Mapping[str, object]:
    """The ticket of the JS-SDK: the same for two hours."""
    period = int(call.now) // TICKET_SECONDS
    name = f"ticket/{call.account.id}/{call.query.get('type')}/{period}"
    return {
        "errcode": 0,
        "errmsg": "ok",
        "ticket": call.world.seed.id(name, 86),
        "expires_in": TICKET_SECONDS - int(call.now) % TICKET_SECONDS,
    }
