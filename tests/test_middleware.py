import functools

import pytest

from yizhan import Account
from yizhan.errors import RegistrationError
from yizhan.messages import TextMessage
from yizhan.middleware import compose

MESSAGE = TextMessage(content="你好")


async def endpoint(message, values):
    return [message.content, dict(values)]


def tagging(name, trace):
    async def middleware(message, call_next):
        trace.append(f"> {name}")
        result = await call_next(message)
        trace.append(f"< {name}")
        return result

    return middleware


async def test_the_first_middleware_is_outermost():
    trace = []
    around = compose([tagging("a", trace), tagging("b", trace)], endpoint)
    assert await around(MESSAGE, {"n": 1}) == ["你好", {"n": 1}]
    assert trace == ["> a", "> b", "< b", "< a"]


async def test_without_middleware_the_endpoint_is_called_itself():
    assert compose([], endpoint) is endpoint


async def test_a_middleware_may_answer_without_going_on():
    async def closed(message, call_next):
        return "closed"

    async def never(message, values):
        raise AssertionError

    assert await compose([closed], never)(MESSAGE, {}) == "closed"


async def test_a_middleware_may_hand_on_another_message():
    async def shout(message, call_next):
        return await call_next(TextMessage(content=message.content + "！"))

    assert await compose([shout], endpoint)(MESSAGE, {}) == ["你好！", {}]


async def test_a_middleware_may_change_the_result():
    async def twice(message, call_next):
        return [await call_next(message)] * 2

    assert await compose([twice], endpoint)(MESSAGE, {}) == [["你好", {}]] * 2


async def test_a_middleware_sees_what_the_handler_raises():
    async def tolerant(message, call_next):
        try:
            return await call_next(message)
        except LookupError:
            return "not found"

    async def failing(message, values):
        raise KeyError

    assert await compose([tolerant], failing)(MESSAGE, {}) == "not found"


def _plain(message, call_next): ...


async def _one(message): ...


async def _three(message, call_next, session): ...


async def _generator(message, call_next):
    yield


@pytest.mark.parametrize("middleware", [_plain, _one, _three, _generator])
def test_what_is_no_middleware_is_refused_when_it_is_registered(middleware):
    with pytest.raises(RegistrationError, match=r"async def taking \(message, call_next\)"):
        Account().middleware(middleware)


async def _default(message, call_next, limit=3): ...


async def _keyword(message, call_next, *, limit=3): ...


@functools.wraps(_default)
async def _wrapped(*args, **kwargs): ...


@pytest.mark.parametrize("middleware", [_default, _keyword, _wrapped])
def test_a_middleware_is_given_back_unchanged(middleware):
    assert Account().middleware(middleware) is middleware
