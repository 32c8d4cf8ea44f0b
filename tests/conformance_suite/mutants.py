"""Yizhan with one of its checks taken out, served on a real socket in this process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn

from wechat import AES_KEY, APPID, TOKEN, account
from yizhan import settings, wire
from yizhan.conformance.forging import Forger
from yizhan.conformance.http import address_of
from yizhan.conformance.target import Server
from yizhan.inbox import key
from yizhan.replies import rendering
from yizhan.server import checks, receiver
from yizhan.server.serve import bind, config_of
from yizhan.server.site import Site
from yizhan.wire import envelope, push, xml


@asynccontextmanager
async def served(mode: settings.Mode = "plain") -> AsyncIterator[Server]:
    """An echo in that mode, as `yizhan run` serves it, and the suite's view of it."""
    bot = account(mode)

    @bot.text
    async def echo(message):
        return message.content

    @bot.subscribe
    async def welcome(event):
        return "welcome"

    listener = bind("127.0.0.1", 0)
    port = listener.getsockname()[1]
    server = uvicorn.Server(config_of(lambda: Site([bot])))
    server.install_signal_handlers = lambda: None
    running = asyncio.create_task(server._serve([listener]))
    try:
        while not server.started:  # noqa: ASYNC110  # uvicorn tells in no other way
            await asyncio.sleep(0.01)
        forger = None if mode == "plain" else Forger(AES_KEY, APPID)
        url = f"http://127.0.0.1:{port}/wechat"
        yield Server(address_of(url), TOKEN, mode, forger)
    finally:
        server.should_exit = True
        await running
        listener.close()


def without_signature(patch):
    patch.setattr(push, "_authenticate", lambda asked, keys, now: keys.tokens[0])


def without_age(patch):
    authenticate = push._authenticate

    def ageless(asked, keys, now):
        return authenticate(asked, keys, int(asked.timestamp))

    patch.setattr(push, "_authenticate", ageless)


def without_reuse(patch):
    patch.setattr(receiver, "binding_of", lambda envelope, keys: None)


def without_downgrade(patch):
    keys_of = receiver.keys_of
    loose = lambda account: wire.Keys(  # noqa: E731  # one expression
        keys_of(account).tokens, keys_of(account).ciphers, mode="plain"
    )
    patch.setattr(receiver, "keys_of", loose)


def without_msg_signature(patch):
    patch.setattr(push, "_signer", lambda encrypt, asked, keys: keys.tokens[0])


def without_appid(patch):
    _unwrapping(patch, appid=False)


def without_padding(patch):
    _unwrapping(patch, padding=False)


def _unwrapping(patch, *, padding: bool = True, appid: bool = True):
    """What `Cipher._unwrap` does, less one check."""

    def unwrap(self, padded):
        size = padded[-1]
        if padding and (not 1 <= size <= 32 or padded[-size:] != bytes([size]) * size):
            raise envelope.BadEnvelope("padding")
        plain = padded[:-size]
        end = 20 + int.from_bytes(plain[16:20], "big")
        if end > len(plain):
            raise envelope.BadEnvelope("inner_length")
        if appid and plain[end:] != self._appid:
            raise envelope.BadEnvelope("appid")
        return plain[20:end]

    patch.setattr(envelope.Cipher, "_unwrap", unwrap)


def without_doctype(patch):
    patch.setattr(xml, "_refuse_doctype", lambda *_: None)


def without_size(patch):
    patch.setattr(checks, "_fits", lambda length, most: True)
    made = receiver.Receiver.__init__

    def boundless(self, account):
        made(self, account)
        self.max_body = 10**9

    patch.setattr(receiver.Receiver, "__init__", boundless)


def without_cdata_split(patch):
    patch.setattr(rendering, "cdata", lambda text: f"<![CDATA[{text}]]>")


def without_dedupe(patch):
    of, count = key.of, iter(range(10**9))
    patch.setattr(key, "of", lambda message, body: f"{of(message, body)}:{next(count)}")


def without_swap(patch):
    render = rendering.render

    def unswapped(reply, *, to, sender, **more):
        return render(reply, to=sender, sender=to, **more)

    patch.setattr(receiver, "render", unswapped)


MUTANTS: dict[str, tuple[Callable[..., None], settings.Mode]] = {
    "signature": (without_signature, "plain"),
    "signature, safe": (without_signature, "safe"),
    "age": (without_age, "plain"),
    "reuse": (without_reuse, "plain"),
    "downgrade": (without_downgrade, "safe"),
    "downgrade, compat": (without_downgrade, "compat"),
    "msg_signature": (without_msg_signature, "safe"),
    "appid": (without_appid, "safe"),
    "padding": (without_padding, "safe"),
    "doctype": (without_doctype, "plain"),
    "size": (without_size, "plain"),
    "cdata": (without_cdata_split, "plain"),
    "dedupe": (without_dedupe, "plain"),
    "swap": (without_swap, "plain"),
}
