"""A simulated world with its HTTP clients: what the HTTP API and the command line work with."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from yizhan.clock import Clock
from yizhan.raised import Raised
from yizhan.simulator.api import FakeApi
from yizhan.simulator.bot_log import LogLine
from yizhan.simulator.client import Client
from yizhan.simulator.conversation import Conversation
from yizhan.simulator.export import Source
from yizhan.simulator.official import Follower, OfficialAccount
from yizhan.simulator.pace import Pace
from yizhan.simulator.pusher import Pusher
from yizhan.simulator.record import PushRecord
from yizhan.simulator.world import World

Inside = Callable[[PushRecord], Awaitable[Mapping[str, object]]]
Told = Callable[[OfficialAccount], Awaitable[None]]

FOLLOWERS = 2  # that a new account begins with


class Simulation:
    """The simulator's accounts, each with the server under test.

    `sources` says of each account what a test imports to have it. `inside` tells what the server
    knows of a push, `told` lets it know that its account has changed, `log` holds its last lines,
    `pace` sets how fast time goes, `problem` is why it cannot be served; all only where the
    server runs in this process.
    """

    def __init__(self, world: World, *, folder: Path | None = None) -> None:
        self.world = world
        self.api = FakeApi(world)
        self.pushers: dict[str, Pusher] = {}
        self.sources: Mapping[str, Source] = {}
        self.inside: Inside | None = None
        self.told: Told | None = None
        self.log: list[LogLine] = []
        self.pace: Pace | None = None
        self.problem: Raised | None = None
        self._folder = folder

    def connect(
        self, account: OfficialAccount, client: Client, *, stamps: Clock | None = None
    ) -> Pusher:
        """Have that client deliver the account's pushes, and add some followers."""
        pusher = self.pushers[account.id] = Pusher(self.world, account, client, stamps=stamps)
        while len(account.followers) < FOLLOWERS:
            self.add_follower(account)
        return pusher

    def add_follower(
        self,
        account: OfficialAccount,
        nickname: str = "",
        *,
        openid: str = "",
        following: bool = True,
    ) -> Follower:
        """One more person, whose pushes are recorded in the folder if there is one."""
        follower = account.add_follower(
            nickname, openid=openid, following=following, now=self.world.now()
        )
        if self._folder is not None:
            follower.recording_file = self._folder / account.id / f"{follower.openid}.jsonl"
        self.world.feed.tell("follower", follower)
        return follower

    def pusher(self, account: str) -> Pusher:
        """The pusher of that account. Raises Missing."""
        self.world.account(account)
        return self.pushers[account]

    def conversation(self, account: str, openid: str) -> Conversation:
        """The conversation of that follower. Raises Missing."""
        pusher = self.pusher(account)
        return Conversation(pusher, pusher.account.follower(openid))

    @property
    def delivering(self) -> bool:
        """Whether any follower's newest push is under way."""
        return any(push.ended is None for push in self.world.latest.values())

    async def close(self) -> None:
        """Stop delivering; whoever follows the feed has come to its end."""
        self.world.hasten()
        for pusher in self.pushers.values():
            await pusher.close()
        self.world.feed.close()
