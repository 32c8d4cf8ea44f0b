"""/cgi-bin/token and /cgi-bin/stable_token (docs/protocol.md#g1)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call, Request, bodies
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.seed import is_simulated
from yizhan.simulator.world import World

REAL = ": this looks like a real AppSecret; the simulator takes only those it made up"


def by_secret(world: World, request: Request) -> OfficialAccount:
    """The account with that AppID and AppSecret. Raises Errcode."""
    given: Mapping[str, object] = request.parameters
    if request.method == "POST":
        given, _ = bodies(request)
    if given.get("grant_type") != "client_credential":
        raise Errcode(40002)
    appid, secret = given.get("appid"), given.get("secret")
    if not appid:
        raise Errcode(41002)
    if not secret:
        raise Errcode(41004)
    account = world.by_appid(str(appid))
    if account is None:
        raise Errcode(40013)
    if secret != account.keys.secret:
        raise Errcode(40125, "" if is_simulated(str(secret)) else REAL)
    return account


def by_appid(world: World, request: Request) -> OfficialAccount:
    """The account that a call without an access token names. Raises Errcode."""
    given = {**bodies(request)[0], **request.parameters}
    account = world.by_appid(str(given.get("appid", "")))
    if account is None:
        raise Errcode(40013)
    return account


def plain(call: Call) -> Mapping[str, object]:
    """A new token; the one before lives five minutes more."""
    token, seconds = call.account.tokens.plain(call.now)
    return {"access_token": token, "expires_in": seconds}


def stable(call: Call) -> Mapping[str, object]:
    """The same token until its last five minutes; forced, a new one at once."""
    issued = call.account.tokens.stable(call.now, force=call.body.get("force_refresh") is True)
    if issued is None:
        raise Errcode(45009)
    token, seconds = issued
    return {"access_token": token, "expires_in": seconds}
