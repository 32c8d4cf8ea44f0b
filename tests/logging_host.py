"""A host that has set up logging in its own way, and an account in it: what the host then hears.

A program of its own, for what it sets up holds for a whole process: `python logging_host.py WAY`.
It prints the lines that the host's handler wrote, or what would have been sent away, as JSON.
With `middleware` Sentry's stands around the account; with `stacks` it adds that of each call.
"""

import asyncio
import gc
import json
import logging
import logging.config
import sys
from collections.abc import Callable
from typing import Any

import wechat
from wechat import FAN, call, push, text

SAID = "我的卡号是六二二二"
lines: list[str] = []


class Kept(logging.Handler):
    """Keeps what a host's own handler would write."""

    def emit(self, record: logging.LogRecord) -> None:
        lines.append(self.format(record))


def basic() -> None:
    """What most hosts do."""
    logging.basicConfig(handlers=[Kept()], format="%(levelname)s %(name)s %(message)s")


def disabling() -> None:
    """`dictConfig` as it is by default: it disables the loggers that it is not told of."""
    import yizhan.account  # its loggers are there before
    import yizhan.server.log  # noqa: F401

    handlers = {"kept": {"()": Kept, "formatter": "plain"}}
    formatters = {"plain": {"format": "%(levelname)s %(name)s %(message)s"}}
    root = {"handlers": ["kept"], "level": "INFO"}
    logging.config.dictConfig(
        {"version": 1, "handlers": handlers, "formatters": formatters, "root": root}
    )


def structured() -> None:
    """Structlog renders what others log, too, and leaves tracebacks out."""
    import structlog

    kept = Kept()
    kept.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_log_level, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.getLogger().addHandler(kept)


def sentry() -> None:
    """Sentry's SDK; what it would send is kept."""
    import sentry_sdk
    from sentry_sdk.envelope import Envelope
    from sentry_sdk.transport import Transport

    class Faked(Transport):
        def capture_envelope(self, envelope: Envelope) -> None:
            lines.extend(
                json.dumps(item.payload.json, ensure_ascii=False, default=repr)
                for item in envelope.items
            )

    logging.basicConfig(level=logging.INFO, handlers=[logging.NullHandler()])
    stacks = {"attach_stacktrace": True, "include_local_variables": False}
    more = stacks if "stacks" in sys.argv else {}
    sentry_sdk.init("https://key@127.0.0.1/1", transport=Faked, send_client_reports=False, **more)


def nothing() -> None:
    """No logging is set up: Python's last resort writes warnings to standard error."""


WAYS: dict[str, Callable[[], None]] = {
    "basic": basic,
    "disabling": disabling,
    "structured": structured,
    "sentry": sentry,
    "nothing": nothing,
}


def made() -> Any:
    """An account whose handlers fail, each in its own way."""
    account = wechat.account()
    left: list[asyncio.Task[None]] = []

    @account.text("card")
    async def card(message: Any) -> None:
        card = SAID
        raise LookupError(f"no such card: {card} of {message.from_user}")

    @account.text("later")
    async def later(message: Any) -> str:
        said = SAID
        left.append(asyncio.create_task(failing(f"{said} of {message.from_user}")))
        await asyncio.wait(left)
        left.clear()
        return "soon"

    @account.text
    async def child(message: Any) -> str:
        try:
            raise LookupError(message.content)
        except LookupError:
            logging.getLogger("yizhan.of_the_bot").exception("not found")
        return "ok"

    return account


async def failing(said: str) -> None:
    """Fail behind a handler's back."""
    await asyncio.sleep(0)
    raise LookupError(said)


async def of_the_host() -> None:
    """Something of the host's own that fails."""
    raise RuntimeError("the host's own")


async def play(around: bool) -> None:
    """Refusals, failures, and an error of the host's own."""
    account = made()
    app: Any = account.asgi
    if around:
        from sentry_sdk.integrations.asgi import SentryAsgiMiddleware

        app = SentryAsgiMiddleware(app)
    for word in ("card", "later", SAID):
        await call(app, push(text(word, Extra=SAID)))
        gc.collect()
    await call(account.asgi, push(text(SAID), token="anotherTokenOfTests"))
    await call(account.asgi, push(text(SAID), path="/wechat/"))
    task = asyncio.create_task(of_the_host())
    await asyncio.wait([task])
    del task
    gc.collect()
    await account.stop()


if __name__ == "__main__":
    WAYS[sys.argv[1]]()
    asyncio.run(play(around="middleware" in sys.argv))
    sys.stdout.write(json.dumps({"lines": lines, "openid": FAN, "text": SAID}, ensure_ascii=False))
