"""Customer service: its accounts, whom they talk to, and who waits (docs/protocol.md#f2)."""

from msgspec import Struct

from yizhan.simulator.errcodes import Errcode


class Agent(Struct):
    """One customer-service account; at work once a WeChat user is bound to it."""

    account: str
    id: str
    nickname: str
    worker: str = ""
    picture: str = ""


class Talk(Struct, frozen=True):
    """A session of a follower; `since` is wall seconds."""

    agent: str
    since: float


class Staff:
    """The customer service of one account."""

    def __init__(self) -> None:
        self.agents: dict[str, Agent] = {}
        self.talks: dict[str, Talk] = {}
        self.waiting: dict[str, Talk] = {}
        self._hired = 0

    def hire(self, account: str, nickname: str) -> None:
        """One more account. Raises Errcode for a name that is none or taken."""
        if not all(account.partition("@")):
            raise Errcode(65401)
        if account in self.agents:
            raise Errcode(65406)
        self._hired += 1
        self.agents[account] = Agent(account, str(1000 + self._hired), nickname)

    def agent(self, account: str) -> Agent:
        """The account of that name. Raises Errcode 65401."""
        agent = self.agents.get(account)
        if agent is None:
            raise Errcode(65401)
        return agent

    def dismiss(self, account: str) -> None:
        """Delete an account; whoever talked to it talks to nobody. Raises Errcode 65401."""
        del self.agents[self.agent(account).account]
        self.talks = {openid: talk for openid, talk in self.talks.items() if talk.agent != account}

    def ask(self, openid: str, account: str, now: float) -> None:
        """A follower was handed over: to that account, or to whoever comes first."""
        if openid not in self.talks:
            self.waiting[openid] = Talk(account, now)

    def begin(self, openid: str, account: str, now: float) -> None:
        """Somebody takes the follower. Raises Errcode if that cannot be."""
        if not self.agent(account).worker:
            raise Errcode(65415)
        if openid in self.talks:
            raise Errcode(65414)
        self.waiting.pop(openid, None)
        self.talks[openid] = Talk(account, now)

    def end(self, openid: str, account: str) -> None:
        """The session is over. Raises Errcode for one that is not this account's."""
        self.agent(account)
        talk = self.talks.get(openid)
        if talk is None:
            raise Errcode(65413)
        if talk.agent != account:
            raise Errcode(65414)
        del self.talks[openid]
