import re

import pytest

import wechat
from yizhan import Account, Router, messages
from yizhan.errors import RegistrationError
from yizhan.routing import Table, shadowed


def table(router):
    return Table(tuple(router._routes()), router._last_resort(), lambda route: route.handler)


def found(router, push):
    """The result of the handler that takes this push; None when nobody does."""
    call = table(router).find(messages.read({n: str(v) for n, v in push.items()}))
    return None if call.route is None else call.route.handler.function(None, **call.groups)


def registered(register, word):
    """Register a handler that says a word."""
    register(lambda message: word)


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        ("你好", True),
        ("  你好\n", True),
        ("hello", True),
        ("HELLO", True),
        (" Hello ", True),
        ("ＨＥＬＬＯ", False),
        ("你好！", False),
        ("你 好", False),
        ("", False),
    ],
)
def test_an_exact_text_ignores_surrounding_space_and_case(content, taken):
    router = Router()
    registered(router.text("你好", " hello "), "taken")
    assert found(router, wechat.text(content)) == ("taken" if taken else None)


def test_case_is_ignored_for_every_script():
    router = Router()
    registered(router.text("STRASSE", "ΣΊΣΥΦΟΣ"), "taken")
    assert found(router, wechat.text("straße")) == "taken"
    assert found(router, wechat.text("σίσυφος")) == "taken"


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        ("/count", True),
        ("/count 3", True),
        ("  /COUNT", True),
        ("/counter", True),
        ("/coun", False),
        ("say /count", False),
    ],
)
def test_a_prefix_ignores_leading_space_and_case(content, taken):
    router = Router()
    registered(router.text(prefix="/count"), "taken")
    assert found(router, wechat.text(content)) == ("taken" if taken else None)


@pytest.mark.parametrize(
    ("content", "city"),
    [
        ("天气 北京", "北京"),
        ("天气上海", "上海"),
        ("今天的天气  深圳 怎样", "深圳"),
        ("天气", None),
    ],
)
def test_named_groups_of_a_regex_become_arguments(content, city):
    router = Router()

    @router.text(regex=r"天气\s*(?P<city>\S+)")
    def weather(message, city):
        return city

    assert found(router, wechat.text(content)) == city


def test_a_group_that_did_not_take_part_is_none():
    router = Router()

    @router.text(regex=r"查(?P<what>.)?$")
    def look_up(message, what):
        return [what]

    assert found(router, wechat.text("查")) == [None]


def test_a_compiled_pattern_keeps_its_flags():
    router = Router()
    registered(router.text(regex=re.compile("^hello$", re.IGNORECASE)), "taken")
    assert found(router, wechat.text("HeLLo")) == "taken"


def test_a_regex_minds_case_and_space_as_it_says():
    router = Router()
    registered(router.text(regex="^hello"), "taken")
    assert found(router, wechat.text(" hello")) is None
    assert found(router, wechat.text("Hello")) is None


MESSAGES = {
    "text": wechat.text(),
    "image": wechat.image(),
    "voice": wechat.fields("voice", MediaId="m", Format="amr", MsgId=1),
    "video": wechat.fields("video", MediaId="m", ThumbMediaId="t", MsgId=2),
    "shortvideo": wechat.fields("shortvideo", MediaId="m", ThumbMediaId="t", MsgId=3),
    "location": wechat.fields("location", Location_X="1", Location_Y="2", MsgId=4),
    "link": wechat.fields("link", Title="t", Url="u", MsgId=5),
}
EVENTS = {
    "subscribe": wechat.event("subscribe"),
    "unsubscribe": wechat.event("unsubscribe"),
    "scan": wechat.event("SCAN", "42"),
    "click": wechat.event("CLICK", "HELP"),
    "view": wechat.event("VIEW", "https://example.com/"),
    "report_location": wechat.event("LOCATION", Latitude="1", Longitude="2"),
}
KINDS = MESSAGES | EVENTS


@pytest.mark.parametrize("decorator", KINDS)
def test_a_bare_decorator_takes_every_push_of_its_kind_and_no_other(decorator):
    router = Router()
    registered(getattr(router, decorator), "taken")
    assert [kind for kind, push in KINDS.items() if found(router, push)] == [decorator]


def test_a_shared_place_is_no_reported_location():
    router = Router()
    registered(router.location, "message")
    registered(router.report_location, "event")
    assert found(router, MESSAGES["location"]) == "message"
    assert found(router, EVENTS["report_location"]) == "event"


@pytest.mark.parametrize("kind", [*MESSAGES, "miniprogrampage", "nobody_heard_of"])
def test_message_takes_any_message(kind):
    router = Router()
    registered(router.message, "taken")
    push = MESSAGES.get(kind) or wechat.fields(kind, MsgId=6)
    assert found(router, push) == "taken"


@pytest.mark.parametrize("push", EVENTS.values(), ids=EVENTS)
def test_message_takes_no_event(push):
    router = Router()
    registered(router.message, "taken")
    assert found(router, push) is None


@pytest.mark.parametrize("push", KINDS.values(), ids=KINDS)
def test_the_fallback_takes_whatever_nobody_took(push):
    router = Router()
    registered(router.fallback, "taken")
    assert found(router, push) == "taken"


def test_a_fallback_stands_last_wherever_it_is_written():
    router = Router()
    registered(router.fallback, "fallback")
    registered(router.text, "text")
    assert found(router, wechat.text()) == "text"


@pytest.mark.parametrize(
    ("order", "taken"),
    [
        (("exact", "prefix", "regex", "bare", "message"), "exact"),
        (("prefix", "exact", "regex", "bare", "message"), "prefix"),
        (("regex", "prefix", "exact", "bare", "message"), "regex"),
        (("bare", "exact", "prefix", "regex", "message"), "bare"),
        (("message", "exact", "prefix", "regex", "bare"), "message"),
        (("other", "exact", "prefix"), "exact"),
        (("other", "prefix", "exact"), "prefix"),
        (("exact", "second exact"), "exact"),
    ],
)
def test_the_first_match_in_order_of_registration_wins(order, taken):
    router = Router()
    register = {
        "exact": router.text("hello"),
        "second exact": router.text("Hello"),
        "prefix": router.text(prefix="he"),
        "regex": router.text(regex="ell"),
        "bare": router.text,
        "message": router.message,
        "other": router.text("something else"),
    }
    for name in order:
        registered(register[name], name)
    assert found(router, wechat.text("hello")) == taken


def test_specific_before_general_only_because_the_author_wrote_it_so():
    router = Router()
    registered(router.click, "any")
    registered(router.click("HELP"), "help")
    assert found(router, wechat.event("CLICK", "HELP")) == "any"


@pytest.mark.parametrize(
    ("decorator", "keys", "push", "taken"),
    [
        ("click", ["HELP"], wechat.event("CLICK", "HELP"), True),
        ("click", ["HELP"], wechat.event("CLICK", "help"), False),
        ("click", ["HELP", "ABOUT"], wechat.event("CLICK", "ABOUT"), True),
        ("click", ["HELP"], wechat.event("CLICK"), False),
        ("view", ["https://a.cn/"], wechat.event("VIEW", "https://a.cn/"), True),
        ("view", ["https://a.cn/"], wechat.event("VIEW", "https://b.cn/"), False),
        ("scan", ["42"], wechat.event("SCAN", "42"), True),
        ("scan", ["42"], wechat.event("SCAN", "43"), False),
        ("subscribe", ["42"], wechat.event("subscribe", "qrscene_42"), True),
        ("subscribe", ["42"], wechat.event("subscribe", "qrscene_43"), False),
        ("subscribe", ["42"], wechat.event("subscribe"), False),
    ],
)
def test_an_event_may_be_asked_for_by_key_or_scene(decorator, keys, push, taken):
    router = Router()
    registered(getattr(router, decorator)(*keys), "taken")
    assert found(router, push) == ("taken" if taken else None)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("kf_create_session", "kf_create_session"),
        ("KF_Create_Session", "kf_create_session"),
        ("masssendjobfinish", "MASSSENDJOBFINISH"),
        ("nobody_has_heard_of_this", "Nobody_Has_Heard_Of_This"),
    ],
)
def test_an_event_is_asked_for_by_name_without_case(asked, sent):
    router = Router()
    registered(router.event(asked), "taken")
    assert found(router, wechat.event(sent)) == "taken"


def test_one_handler_may_take_several_events():
    router = Router()
    registered(router.event("kf_create_session", "kf_close_session"), "taken")
    assert found(router, wechat.event("kf_close_session")) == "taken"
    assert found(router, wechat.event("kf_switch_session")) is None


@pytest.mark.parametrize(
    ("decorator", "push"),
    [
        ("subscribe", EVENTS["subscribe"]),
        ("scan", EVENTS["scan"]),
        ("click", EVENTS["click"]),
        ("view", EVENTS["view"]),
        ("report_location", EVENTS["report_location"]),
    ],
)
def test_a_named_decorator_and_event_share_one_order(decorator, push):
    router = Router()
    registered(router.event(push["Event"]), "by name")
    registered(getattr(router, decorator), "by decorator")
    assert found(router, push) == "by name"


def _warned(router):
    return [(route.label, earlier.label) for route, earlier in shadowed(tuple(router._routes()))]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (lambda r: r.text, lambda r: r.text("hello")),
        (lambda r: r.text, lambda r: r.text),
        (lambda r: r.message, lambda r: r.image),
        (lambda r: r.message, lambda r: r.text(prefix="a")),
        (lambda r: r.text("a", "b"), lambda r: r.text(" B ")),
        (lambda r: r.text(prefix="he"), lambda r: r.text("hello", "HEY")),
        (lambda r: r.text(prefix="he"), lambda r: r.text(prefix="hello")),
        (lambda r: r.text(regex="a+"), lambda r: r.text(regex="a+")),
        (lambda r: r.click, lambda r: r.click("HELP")),
        (lambda r: r.click("A", "B"), lambda r: r.click("B")),
        (lambda r: r.click, lambda r: r.event("CLICK")),
        (lambda r: r.event("a", "b"), lambda r: r.event("B", "A")),
    ],
)
def test_a_handler_that_nothing_can_reach_is_found(earlier, later):
    router = Router()
    registered(earlier(router), "earlier")
    registered(later(router), "later")
    assert len(_warned(router)) == 1


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (lambda r: r.text("a"), lambda r: r.text("a", "b")),
        (lambda r: r.text("hello"), lambda r: r.text(prefix="hello")),
        (lambda r: r.text("hello"), lambda r: r.text),
        (lambda r: r.text(prefix="hello"), lambda r: r.text(prefix="he")),
        (lambda r: r.text(prefix="he"), lambda r: r.text(regex="he")),
        (lambda r: r.text(regex="a+"), lambda r: r.text(regex="a")),
        (lambda r: r.text, lambda r: r.message),
        (lambda r: r.message, lambda r: r.click),
        (lambda r: r.location, lambda r: r.report_location),
        (lambda r: r.click("A"), lambda r: r.click("B")),
        (lambda r: r.click("A"), lambda r: r.view("A")),
        (lambda r: r.event("a"), lambda r: r.event("a", "b")),
        (lambda r: r.fallback, lambda r: r.text),
    ],
)
def test_a_handler_that_something_can_reach_is_not_warned_of(earlier, later):
    router = Router()
    registered(earlier(router), "earlier")
    registered(later(router), "later")
    assert _warned(router) == []


def test_the_warning_names_both_handlers_as_their_author_wrote_them():
    account = Account(token=wechat.TOKEN)

    @account.text
    def any_text(message): ...

    @account.text("帮助", "help")
    def help_text(message): ...

    assert list(account.warnings()) == [
        f"nothing can reach the handler {help_text.__qualname__} (@text('帮助', 'help'), "
        f"{__file__}:{help_text.__code__.co_firstlineno}): @text "
        f"({__file__}:{any_text.__code__.co_firstlineno}) takes everything before it"
    ]


@pytest.mark.parametrize(
    ("register", "problem"),
    [
        (lambda r: r.text("a", prefix="b"), "texts | prefix | regex"),
        (lambda r: r.text("a", regex="b"), "texts | prefix | regex"),
        (lambda r: r.text(prefix="a", regex="b"), "texts | prefix | regex"),
        (lambda r: r.text(regex="("), "missing ), unterminated subpattern at position 0"),
        (lambda r: r.text(3), "(3,)"),
        (lambda r: r.text("a", 3), "('a', 3)"),
        (lambda r: r.click(3), "(3,)"),
        (lambda r: r.click(print, "HELP"), "(<built-in function print>, 'HELP')"),
        (lambda r: r.event(), 'event("its_name")'),
        (lambda r: r.event(""), 'event("its_name")'),
        (lambda r: r.event(print), 'event("its_name")'),
    ],
)
def test_a_condition_that_cannot_be_is_refused_where_it_is_written(register, problem):
    with pytest.raises(RegistrationError) as caught:
        register(Router())
    assert str(caught.value).endswith(f"has a bad condition: {problem}")
