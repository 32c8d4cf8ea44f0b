"""/cgi-bin/component: what a third-party platform calls with its own token."""

from collections.abc import Callable, Mapping

from yizhan.api.platform import Endpoint
from yizhan.simulator.api.call import Arguments, Request
from yizhan.simulator.api.examples import example
from yizhan.simulator.component import Authorization, Component
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.tokens import LIFE
from yizhan.simulator.world import World

OK = {"errcode": 0, "errmsg": "ok"}
TOKEN = "/cgi-bin/component/api_component_token"  # noqa: S105  # a path
START = "/cgi-bin/component/api_start_push_ticket"
FUNCTIONS = (1, 2, 3, 4, 5, 8, 9, 11, 13, 15, 24, 26, 27, 33, 34, 35)  # sets of rights, by number

Json = Mapping[str, object]


def concerns(described: Endpoint) -> bool:
    """Whether that is a platform's own call."""
    return described.token == "component" or described.path in (TOKEN, START)  # noqa: S105  # whose


def answer(world: World, described: Endpoint, request: Request, asked: Arguments) -> Json:
    """What a platform is told. Raises Errcode."""
    body, now = asked.members, world.now()
    if described.path == TOKEN:
        component = _component(world, body.get("component_appid"))
        token, seconds = component.access_token(
            body.get("component_appsecret"), body.get("component_verify_ticket"), now
        )
        return {"component_access_token": token, "expires_in": seconds}
    if described.path == START:
        if _component(world, body.get("component_appid")).secret != body.get("component_secret"):
            raise Errcode(40125)
        return OK
    component = _caller(world, request.parameters.get("component_access_token", ""))
    if body.get("component_appid", component.appid) != component.appid:
        raise Errcode(40013)
    value = HANDLERS.get(described.path)
    return OK | example(described) if value is None else value(component, body, now)


def pre_auth_code(component: Component, body: Json, now: float) -> Json:
    """A code for the authorisation page."""
    return {"pre_auth_code": component.pre_auth_code(), "expires_in": 1800}


def query_auth(component: Component, body: Json, now: float) -> Json:
    """The tokens of the account whose authorisation code this is."""
    made = component.redeem(body.get("authorization_code"), now)
    functions = [{"funcscope_category": {"id": number}} for number in FUNCTIONS]
    appid = made.account.keys.appid
    info = {"authorizer_appid": appid, **_tokens(made, now), "func_info": functions}
    return {"authorization_info": info}


def authorizer_token(component: Component, body: Json, now: float) -> Json:
    """An account's next token, for its refresh token."""
    made = component.authorization(body.get("authorizer_appid"))
    if body.get("authorizer_refresh_token") != made.refresh_token:
        raise Errcode(61023)
    return _tokens(made, now)


def authorizer_info(component: Component, body: Json, now: float) -> Json:
    """What is known of an account that has authorised the platform."""
    made = component.authorization(body.get("authorizer_appid"))
    account = made.account
    about = {
        "nick_name": account.nickname,
        "service_type_info": {"id": 0 if account.kind == "subscription" else 2},
        "verify_type_info": {"id": 0 if account.verified else -1},
        "user_name": account.keys.original_id,
    }
    granted = {
        "authorizer_appid": account.keys.appid,
        "authorizer_refresh_token": made.refresh_token,
        "func_info": [{"funcscope_category": {"id": number}} for number in FUNCTIONS],
    }
    return {"authorizer_info": about, "authorization_info": granted}


def authorizers(component: Component, body: Json, now: float) -> Json:
    """A page of the accounts that have authorised the platform."""
    offset, count = int(str(body["offset"])), int(str(body["count"]))
    page = list(component.authorizations.items())[offset : offset + count]
    items = [
        {
            "authorizer_appid": appid,
            "refresh_token": made.refresh_token,
            "auth_time": int(made.at),
        }
        for appid, made in page
    ]
    return {"total_count": len(component.authorizations), "list": items}


HANDLERS: Mapping[str, Callable[[Component, Json, float], Json]] = {
    "/cgi-bin/component/api_create_preauthcode": pre_auth_code,
    "/cgi-bin/component/api_query_auth": query_auth,
    "/cgi-bin/component/api_authorizer_token": authorizer_token,
    "/cgi-bin/component/api_get_authorizer_info": authorizer_info,
    "/cgi-bin/component/api_get_authorizer_list": authorizers,
}


SECRET = frozenset({TOKEN, *HANDLERS})  # calls whose arguments or answers records do not keep


def _component(world: World, appid: object) -> Component:
    component = world.components.get(str(appid))
    if component is None:
        raise Errcode(40013)
    return component


def _caller(world: World, token: str) -> Component:
    """The platform whose token this is, or was. Raises Errcode."""
    now = world.now()
    for component in world.components.values():
        if component.tokens.standing(token, now) != "unknown":
            component.check(token, now)
            return component
    raise Errcode(40001 if token else 41001)


def _tokens(made: Authorization, now: float) -> Json:
    return {
        "authorizer_access_token": made.account.tokens.lent(now),
        "expires_in": int(LIFE),
        "authorizer_refresh_token": made.refresh_token,
    }
