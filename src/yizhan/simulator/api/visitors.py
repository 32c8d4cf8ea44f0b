"""/sns: who has opened a page in WeChat (docs/protocol.md#i8)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call, Request
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.visits import TOKEN, Visit
from yizhan.simulator.world import World

OK = {"errcode": 0, "errmsg": "ok"}


def by_secret(world: World, request: Request) -> OfficialAccount:
    """The account that proves itself by its AppSecret. Raises Errcode."""
    account = by_appid(world, request)
    if request.parameters.get("secret") != account.keys.secret:
        raise Errcode(40125)
    return account


def by_appid(world: World, request: Request) -> OfficialAccount:
    """The account that is named. Raises Errcode."""
    account = world.by_appid(request.parameters.get("appid", ""))
    if account is None:
        raise Errcode(40013)
    return account


def by_component(world: World, request: Request) -> OfficialAccount:
    """The account that is named, by a platform that may speak for it. Raises Errcode."""
    account = by_appid(world, request)
    asked = request.parameters
    component = world.components.get(asked.get("component_appid", ""))
    if component is None:
        raise Errcode(40013)
    component.check(asked.get("component_access_token", ""), world.now())
    component.authorization(account.keys.appid)
    return account


def by_token(world: World, request: Request) -> OfficialAccount:
    """The account whose visitor's token this is. Raises Errcode."""
    token = request.parameters.get("access_token", "")
    for account in world.accounts.values():
        if account.visits.by_token(token, world.now()) is not None:
            return account
    raise Errcode(40001)


def access_token(call: Call) -> Mapping[str, object]:
    """The visitor's tokens for the code that they came back with."""
    return _told(*call.account.visits.redeem(call.query["code"], call.now))


def refresh_token(call: Call) -> Mapping[str, object]:
    """The visitor's next tokens."""
    return _told(*call.account.visits.refresh(call.query["refresh_token"], call.now))


def userinfo(call: Call) -> Mapping[str, object]:
    """Nickname and picture of one who let the page know; sex and region are empty."""
    visit = _visit(call)
    if visit.scope != "snsapi_userinfo":
        raise Errcode(48001)
    return {
        "openid": visit.openid,
        "nickname": call.follower(visit.openid).nickname,
        "sex": 0,
        "province": "",
        "city": "",
        "country": "",
        "headimgurl": "https://thirdwx.qlogo.cn/mmopen/simulator/132",
        "privilege": [],
    }


def auth(call: Call) -> Mapping[str, object]:
    """Whether the token is still good."""
    _visit(call)
    return OK


def _visit(call: Call) -> Visit:
    visit = call.account.visits.by_token(call.request.parameters["access_token"], call.now)
    if visit is None or visit.openid != call.query.get("openid"):
        raise Errcode(40003)
    return visit


def _told(token: str, refresh: str, visit: Visit) -> Mapping[str, object]:
    return {
        "access_token": token,
        "expires_in": int(TOKEN),
        "refresh_token": refresh,
        "openid": visit.openid,
        "scope": visit.scope,
    }
