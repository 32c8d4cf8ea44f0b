import functools

import pytest

from yizhan.binding import bind
from yizhan.errors import RegistrationError


def function(message): ...


async def coroutine(message): ...


def generator(message):
    yield "a"


async def async_generator(message):
    yield "a"


class Callable:
    async def __call__(self, message): ...

    def method(self, message): ...

    async def async_method(self, message): ...

    @staticmethod
    def static(message): ...

    @classmethod
    def of_class(cls, message): ...


def decorated(handler):
    @functools.wraps(handler)
    async def wrapper(*args, **kwargs):
        return await handler(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize(
    ("handler", "form"),
    [
        (function, "sync"),
        (lambda message: None, "sync"),
        (coroutine, "async"),
        (generator, "generator"),
        (async_generator, "async generator"),
        (Callable(), "async"),
        (Callable().method, "sync"),
        (Callable().async_method, "async"),
        (Callable.static, "sync"),
        (Callable.of_class, "sync"),
        (functools.partial(coroutine), "async"),
        (functools.partial(generator), "generator"),
        (decorated(coroutine), "async"),
    ],
)
def test_the_form_of_a_handler_is_read_from_the_function_itself(handler, form):
    assert bind(handler).form == form


def test_a_handler_is_named_and_placed():
    handler = bind(coroutine)
    line = coroutine.__code__.co_firstlineno
    assert (handler.name, handler.place) == ("coroutine", f"{__file__}:{line}")


def test_a_decorated_handler_is_placed_where_its_author_wrote_it():
    assert bind(decorated(coroutine)).place == bind(coroutine).place


@pytest.mark.parametrize("name", ["session", "api", "account", "context"])
def test_what_is_injected_is_asked_for_by_name(name):
    namespace = {}
    exec(f"async def handler(message, {name}): return {name}", namespace)  # noqa: S102
    assert bind(namespace["handler"]).wants == (name,)


def test_arguments_are_passed_by_name_in_whatever_order_they_stand():
    handler = bind(lambda message, city, session: (message, city, session), groups=("city",))
    values = {"session": 1, "city": "北京", "unasked": 2}
    assert handler.call("m", values) == ("m", "北京", 1)


def test_the_message_may_have_any_name():
    assert bind(lambda event: event).call("m", {}) == "m"


def test_the_message_may_be_the_first_of_star_arguments():
    assert bind(lambda *args: args).call("m", {}) == ("m",)


def _no_argument(): ...


def _only_keywords(*, session): ...


def _only_star_keywords(**others): ...


@pytest.mark.parametrize("handler", [_no_argument, _only_keywords, _only_star_keywords])
def test_a_handler_without_room_for_the_message_is_refused(handler):
    with pytest.raises(RegistrationError, match="has no parameter") as caught:
        bind(handler)
    assert caught.value.values["handler"] == handler.__name__


def _unknown(message, sesion): ...


def _unknown_with_default(message, city="北京"): ...


def _star(message, *others): ...


def _star_keywords(message, **others): ...


def _positional_only(message, session, /): ...


@pytest.mark.parametrize(
    ("handler", "parameter"),
    [
        (_unknown, "sesion"),
        (_unknown_with_default, "city='北京'"),
        (_star, "*others"),
        (_star_keywords, "**others"),
        (_positional_only, "session"),
    ],
)
def test_an_unknown_parameter_is_refused_with_the_list_of_the_known(handler, parameter):
    with pytest.raises(RegistrationError) as caught:
        bind(handler, groups=("day",))
    assert str(caught.value) == (
        f"the handler {handler.__name__} ({__file__}:{handler.__code__.co_firstlineno}) has an "
        f"unknown parameter {parameter}; known are: session, api, account, context, day"
    )


def test_only_an_error_handler_may_ask_for_the_error():
    def handler(message, error): ...

    assert bind(handler, extra=("error",)).wants == ("error",)
    with pytest.raises(RegistrationError, match="unknown parameter error"):
        bind(handler)


def _context(message, context): ...


def _context_generator(message, context):
    yield


async def _context_async_generator(message, context):
    yield


@pytest.mark.parametrize("handler", [_context, _context_generator, _context_async_generator])
def test_context_belongs_to_async_functions_only(handler):
    with pytest.raises(RegistrationError, match="uses context"):
        bind(handler)


def test_annotations_are_not_evaluated():
    namespace = {}
    source = "async def handler(message: 'NoSuchClass', session: 'Neither'): ..."
    exec(source, namespace)  # noqa: S102
    assert bind(namespace["handler"]).wants == ("session",)
