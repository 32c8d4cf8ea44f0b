"""A mounted account with nothing but the core installed: a push by ASGI, one by WSGI, a client.

A program of its own: it prints what it was answered, and which optional packages it has loaded.
"""

import asyncio
import io
import sys

from wechat import TOKEN, call, push, says, text
from yizhan import Account
from yizhan.api import AsyncClient

OPTIONAL = ("click", "httptools", "jinja2", "rich", "segno", "starlette", "uvicorn", "uvloop")


def echo() -> Account:
    """An account that says what it hears."""
    account = Account(token=TOKEN, store="memory://", grace=0.0)
    account.text(lambda message: message.content)
    return account


def by_wsgi() -> str:
    """What a push over WSGI is answered with."""
    account, request = echo(), push(text("by wsgi"))
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": request.path,
        "QUERY_STRING": request.query,
        "CONTENT_TYPE": "text/xml",
        "CONTENT_LENGTH": str(len(request.body)),
        "wsgi.input": io.BytesIO(request.body),
    }
    body = b"".join(account.wsgi(environ, lambda *_: None))
    account.wsgi.close()
    return body.decode()


async def by_asgi() -> str:
    """What a push over ASGI is answered with."""
    account = echo()
    said = says(await call(account.asgi, push(text("by asgi"))))
    await account.stop()
    return str(said)


async def client() -> str:
    """The client, made and closed."""
    made = AsyncClient("wx0123456789abcdef", "0123456789abcdef0123456789abcdef")
    await made.close()
    return type(made).__name__


if __name__ == "__main__":
    answered = (asyncio.run(by_asgi()), "by wsgi" in by_wsgi(), asyncio.run(client()))
    loaded = sorted(name for name in OPTIONAL if name in sys.modules)
    sys.stdout.write(f"{' '.join(map(str, answered))}\n{loaded}\n")
