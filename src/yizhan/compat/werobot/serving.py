"""`robot.run()`: one process, at every path, as WeRoBot serves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yizhan.phrases import say
from yizhan.server import log
from yizhan.server.connection import Receive, Scope, Send
from yizhan.server.receiver import Receiver
from yizhan.server.serve import LAST, Bot, StoppingSite, bind, longest_grace, run

if TYPE_CHECKING:
    from yizhan.account import Account

BESIDE = ("/healthz", "/metrics")


class EveryPath(StoppingSite):
    """The site of one account that takes pushes wherever they come."""

    def _own(self, path: str) -> str:
        return path if path in BESIDE else self.accounts[0].settings.path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "path": self._own(scope["path"])}
        await super().__call__(scope, receive, send)

    def receiver_at(self, path: str) -> Receiver | None:
        return super().receiver_at(self._own(path))

    def keeps_body(self, scope: Scope) -> bool:
        return super().keeps_body({**scope, "path": self._own(scope["path"])})


@dataclass(frozen=True, slots=True)
class Made(Bot):
    """An account that has been made in this process, and is not to be imported."""

    made: "Sequence[Account]" = ()

    def __call__(self) -> EveryPath:
        return EveryPath(self.prepared())

    def accounts(self) -> "list[Account]":
        return list(self.made)


def serve(account: "Account", host: str, port: int) -> int:
    """Serve the account at that address until told to stop; the exit status."""
    EveryPath((account,))  # whatever cannot be served is said here
    grace = longest_grace((account,))
    listener = bind(host, port, grace + LAST)
    log.configure()
    address = f"[{host}]" if ":" in host else host
    url = f"http://{address}:{listener.getsockname()[1]}/"
    log.write_line(say("werobot.serving", url=url))
    return run(Made("", "", made=(account,)), listener, grace=grace, reloads=False)
