"""WeChat's API for scripts and pages that call it and have no bot."""

from collections.abc import Mapping

from yizhan.api.transport import Body, Response, Sink
from yizhan.clock import SystemClock
from yizhan.settings import Kind
from yizhan.simulator.api import ApiTransport, FakeApi
from yizhan.simulator.faults import Fault, FaultKind
from yizhan.simulator.official import Follower, Keys
from yizhan.simulator.record import CallRecord
from yizhan.simulator.seed import Seed
from yizhan.simulator.templates import Template, Use
from yizhan.simulator.visits import Scope
from yizhan.simulator.world import World
from yizhan.testing.seen import Seen, seen

SEED = "yizhan.testing"  # the same keys and openids in every run
WRITES: Mapping[str, str] = {"MsgType": "text"}  # what opens the window of 48 hours


class FakeWeChat:
    """A transport that is WeChat: the simulator's API, with one account and its followers.

    ```python
    wechat = FakeWeChat()
    fan = wechat.user("小明")
    with Client(wechat.appid, wechat.secret, transport=wechat) as api:
        greet(api, fan)
    assert wechat.screen(fan) == ["你好，小明"]
    ```

    It checks every call as WeChat does, and refuses what that refuses. The account is a verified
    service account unless you say otherwise. A client of any loop or thread may use it.
    """

    def __init__(self, *, kind: Kind = "service", verified: bool = True) -> None:
        self.world = World(clock=SystemClock(), seed=Seed(secret=SEED))
        keys = Keys.made(self.world.seed, "bot")
        self.appid, self.secret = keys.appid, keys.secret
        self._account = self.world.add_account("bot", keys=keys, kind=kind, verified=verified)
        self._transport = ApiTransport(FakeApi(self.world))

    async def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: Body,
        sink: Sink | None = None,
    ) -> Response:
        """The answer to a request. Raises Unreachable when a fault keeps it from arriving."""
        return await self._transport.send(method, url, headers, body, sink)

    def keeps(self, url: str) -> bool:
        """Whether the file at this address is here: a follower's picture, or a video."""
        return self._transport.keeps(url)

    async def close(self) -> None:
        """It goes on: the next client finds everything as it was left."""

    def user(self, nickname: str = "", *, following: bool = True) -> str:
        """The openid of one more follower, who has just written something."""
        follower = self._account.add_follower(nickname, following=following, now=self.world.now())
        self.writes(follower.openid)
        return follower.openid

    def writes(self, openid: str) -> None:
        """Let a follower write: customer-service messages may be sent to them for 48 hours."""
        follower = self._follower(openid)
        follower.said_at = self.world.now()
        follower.windows.opened_by(WRITES, follower.said_at)

    def screen(self, openid: str) -> list[Seen]:
        """What the account has shown to that follower, in order."""
        return [seen(entry) for entry in self._follower(openid).screen]

    def template(
        self, id: str, content: str = "", *, title: str = "", use: Use = "message"
    ) -> Template:
        """Give the account a template, as the console does: `"预约：{{thing1.DATA}}"`."""
        return self._account.templates.add(use, title or id, content, id=id)

    def fault(self, kind: FaultKind, *, times: int | None = 1, **values: float | str) -> None:
        """Let something go wrong with the API, so many times or always (None)."""
        self._account.faults.add(Fault(kind, times, None, dict(values)))

    def visitor(self, openid: str, scope: Scope = "snsapi_base") -> str:
        """The code with which WeChat sends that follower back to a page that logs them in."""
        return self._account.visits.come(openid, self.world.now(), scope)

    def skip(self, seconds: float) -> None:
        """Move the calendar on: tokens, windows and quotas see it."""
        self.world.skip(seconds)

    @property
    def calls(self) -> list[CallRecord]:
        """The calls that were made, those for tokens left out."""
        return [call for call in self.world.calls if not call.path.endswith("token")]

    def _follower(self, openid: str) -> Follower:
        return self._account.followers[openid]
