"""The fake API: every described endpoint is checked, and those with a behaviour behave."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from yizhan.api.platform import Endpoint, endpoint
from yizhan.simulator.api import components, messages
from yizhan.simulator.api.call import ApiAnswer, Call, Request, answered, arguments, bodies
from yizhan.simulator.api.examples import example
from yizhan.simulator.api.table import HANDLERS, TOKENLESS
from yizhan.simulator.api.tokens import by_appid
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.faults import Fault
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.record import CallRecord
from yizhan.simulator.world import World

PICTURES = "/simulator/"
TOKEN_SHOWN = 3  # characters of an access token that records keep
LONGEST = 4000  # characters of a body or answer that records keep
SECRET = frozenset({"secret", "appsecret", "component_access_token", "refresh_token", "code"})


class Lost(Exception):
    """A fault: the call was done, and its answer gets lost."""


@dataclass(slots=True)
class Done:
    """What became of one call; `lost` if its answer shall not arrive."""

    id: str
    account: OfficialAccount | None
    openid: str | None
    answer: ApiAnswer = field(default=ApiAnswer(500, {}, b""))
    errcode: int = 0
    errmsg: str = "ok"
    lost: bool = False


class FakeApi:
    """api.weixin.qq.com for the accounts of a world: a function from request to answer."""

    def __init__(self, world: World) -> None:
        self.world = world

    def handle(self, request: Request) -> ApiAnswer:
        """The answer to a request. Raises Lost when a fault keeps it from arriving."""
        if request.path.startswith(PICTURES):
            return self._picture(request.path)
        done = self._done(self.world.next_id(), request)
        self._note(request, done)
        if done.lost:
            raise Lost
        return done.answer

    def _done(self, id: str, request: Request) -> Done:
        account = self._whose(request)
        done = Done(id, account, _openid_of(request))
        try:
            described = _described(request)
            if components.concerns(described):
                asked = arguments(described, request)
                done.answer = answered(components.answer(self.world, described, request, asked))
                return done
            done.account = account = self._admit(request, described, account)
            struck = self._struck(account, request)
            done.lost = "api_lost" in struck
            if fault := struck.get("api_status"):
                done.answer = ApiAnswer(int(fault.number("status")), {}, b"Bad Gateway")
                return done
            if fault := struck.get("api_error"):
                raise Errcode(int(fault.number("errcode")))
            call = self._call(id, request, described, account)
            if fault := struck.get("api_job"):
                call.fate = fault.text("result")
            done.answer = _behaved(call, described)
            done.openid = call.openid or done.openid
        except Errcode as error:
            done.errcode = error.errcode
            done.errmsg = f"{error.errmsg} rid: {_rid(self.world.now())}"
            found = endpoint(request.path)
            plain = found is not None and found.answer == "media"
            fields = {"errcode": error.errcode, "errmsg": done.errmsg, **error.more}
            done.answer = answered(fields, plain=plain)
        return done

    def _admit(
        self, request: Request, described: Endpoint, account: OfficialAccount | None
    ) -> OfficialAccount:
        """The account that calls, if it may. Raises Errcode."""
        if described.token != "account":  # noqa: S105  # whose token it takes
            account = TOKENLESS.get(described.path, by_appid)(self.world, request)
        elif account is None:
            raise Errcode(40014 if request.parameters.get("access_token") else 41001)
        else:
            token = request.parameters["access_token"]
            standing = account.tokens.standing(token, self.world.now())
            if standing != "good":
                raise Errcode(42001 if standing == "expired" else 40001)
        if account.ip_list and request.client not in account.ip_list:
            address = f" {request.client} ipv6 ::ffff:{request.client}, not in whitelist"
            raise Errcode(40164, address)
        if not (_spoken_for(described) or account.may(self._right(described))):
            raise Errcode(48001)
        if not account.ledger.charge(described.path, account.kind, self.world.now()):
            raise Errcode(45009)
        return account

    def _right(self, described: Endpoint) -> str:
        disputed = described.rights == "drafts" and self.world.options.drafts == "verified"
        return "publishing" if disputed else described.rights

    def _call(
        self, id: str, request: Request, described: Endpoint, account: OfficialAccount
    ) -> Call:
        """The call, its arguments checked. Raises Errcode for the first that does not fit."""
        literal = messages.literal(request) if described.path == messages.SEND else request
        asked = arguments(described, literal)
        return Call(self.world, account, request, asked.query, asked.members, asked.files, id)

    def _struck(self, account: OfficialAccount, request: Request) -> dict[str, Fault]:
        struck = account.faults.strike_api(request.path, _openid_of(request))
        if struck:
            self.world.feed.tell("faults", account)
        return {fault.kind: fault for fault in struck}

    def _whose(self, request: Request) -> OfficialAccount | None:
        """The account whose access token this is, or was."""
        token = request.parameters.get("access_token", "")
        for account in self.world.accounts.values():
            if account.tokens.standing(token, self.world.now()) != "unknown":
                return account
        return None

    def _picture(self, path: str) -> ApiAnswer:
        """The picture at a PicUrl: `/simulator/ACCOUNT/MEDIA_ID/0`."""
        _, _, account_id, media_id, *_ = [*path.split("/"), "", ""]
        account = self.world.accounts.get(account_id)
        media = account.media.get(media_id, self.world.now()) if account else None
        if media is None:
            return ApiAnswer(404, {"content-type": "text/plain"}, b"not found")
        return ApiAnswer(200, {"content-type": media.content_type}, media.data)

    def _note(self, request: Request, done: Done) -> None:
        secret = request.path in TOKENLESS or _takes_a_secret(request.path)
        self.world.note(
            CallRecord(
                id=done.id,
                account=done.account.id if done.account else None,
                openid=done.openid,
                at=self.world.now(),
                method=request.method,
                path=request.path,
                query=_masked(request.parameters),
                body="" if secret else _excerpt(request.body),
                status=done.answer.status,
                errcode=done.errcode,
                errmsg=done.errmsg,
                response="" if secret and not done.errcode else _excerpt(done.answer.body),
            )
        )


def _behaved(call: Call, described: Endpoint) -> ApiAnswer:
    """What the endpoint's function says; where there is none, an example of the right shape."""
    handler = HANDLERS.get(described.path)
    if handler is None:
        return answered({"errcode": 0, "errmsg": "ok"} | example(described))
    result = handler(call)
    return result if isinstance(result, ApiAnswer) else answered(result)


def _described(request: Request) -> Endpoint:
    """The endpoint's description. Raises Errcode for an unknown one and for the wrong method."""
    described = endpoint(request.path)
    if described is None:
        raise Errcode(40066, f": the simulator knows no {request.path[:80]}")
    if request.method != described.method and request.method in ("GET", "POST"):
        raise Errcode(43001 if described.method == "GET" else 43002)
    return described


def _spoken_for(described: Endpoint) -> bool:
    """Whether a third-party platform calls for the account, by a right of its own."""
    return described.token == "none" and described.rights == "component"  # noqa: S105  # whose


def _takes_a_secret(path: str) -> bool:
    """Whether its arguments or its answer are nothing for a record."""
    described = endpoint(path)
    found = {**described.query, **described.body}.values() if described else ()
    return path in components.SECRET or any(field.own == "secret" for field in found)


def _openid_of(request: Request) -> str | None:
    """The follower whom a call is about, as far as it tells."""
    if openid := request.parameters.get("openid"):
        return openid
    try:
        members, _ = bodies(request)
    except Errcode:
        return None
    named = members.get("touser") or members.get("openid")
    return named if isinstance(named, str) else None


def _masked(parameters: Mapping[str, str]) -> dict[str, str]:
    masked = dict(parameters)
    if token := masked.get("access_token"):
        masked["access_token"] = token[:TOKEN_SHOWN] + "…"
    return {name: "…" if name in SECRET else value for name, value in masked.items()}


def _excerpt(body: bytes) -> str:
    return body[:LONGEST].decode("utf-8", "replace")


def _rid(now: float) -> str:
    return f"{int(now):08x}-{secrets.token_hex(4)}-{secrets.token_hex(4)}"
