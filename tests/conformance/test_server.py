"""Every real push of the corpus through the whole server, with no field lost."""

from pathlib import Path

import pytest
import xmltodict

from wechat import call, push

SHARED = Path(__file__).parents[2].parent / "shared"
PUSHES = sorted(
    path for path in SHARED.glob("fixtures/push/*.xml") if path.name.startswith(("msg-", "event-"))
)
NO_OPENID = "msg-text.senparc.8.xml"  # its FromUserName is none

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="needs ../shared")


def stripped(value):
    """The dict of a push as xmltodict would have it, which takes off surrounding blanks."""
    if isinstance(value, dict):
        return {name: stripped(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [stripped(inner) for inner in value]
    return (value.strip() or None) if isinstance(value, str) else value


@pytest.fixture(params=["plain", "safe"])
def served(request, make):
    """An account that keeps what reaches it: its application, what it got, its mode."""
    account, reached = make(request.param), []
    account.fallback(reached.append)
    return account.asgi, reached, request.param


@pytest.mark.parametrize("path", PUSHES, ids=lambda path: path.name)
async def test_a_real_push_reaches_a_handler_whole(served, path):
    app, reached, mode = served
    body = path.read_bytes()
    answer = await call(app, push(body, mode))
    if path.name == NO_OPENID:
        assert answer.status == (400 if mode == "plain" else 200)
        assert reached == []
        return
    assert (answer.status, answer.body) == (200, b"success")
    (message,) = reached
    assert stripped(message.raw) == stripped(xmltodict.parse(body)["xml"])
