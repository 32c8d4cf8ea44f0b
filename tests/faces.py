"""The ways by which a request reaches an account, each called as an ASGI application is."""

from typing import Any

from yizhan import Account


class Hosted:
    """A server that speaks words of its own: its requests go to `account.receive`."""

    def __init__(self, account: Account) -> None:
        self.account = account

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def body() -> bytes:
            whole = b""
            while True:
                message = await receive()
                whole += message["body"]
                if not message["more_body"]:
                    return whole

        response = await self.account.receive(
            scope["method"], scope["path"], scope["query_string"], scope["headers"], body
        )
        headers = [*response.headers, (b"content-length", b"%d" % len(response.body))]
        start = {"type": "http.response.start", "status": response.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": response.body})
        await response.settle(written=True)


def asgi(account: Account) -> Any:
    """The account's own ASGI application."""
    return account.asgi


FACES = {"asgi": asgi, "receive": Hosted}
