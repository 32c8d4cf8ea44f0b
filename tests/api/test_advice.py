"""What is said of an errcode: its class and what to do, in two languages."""

import pytest

from yizhan.api.advice import BY_CODE, CLASSES, error_of
from yizhan.errors import CallerError, ConfigurationError, QuotaError, RightsError
from yizhan.phrases import catalogue

ADVISED = {
    int(name.removeprefix("advice.e")): phrase
    for name, phrase in catalogue().items()
    if name.startswith("advice.e")
}
# docs/protocol.md#j, with its ranges written out; comments and tokens of third parties included.
NAMED = {
    *(-1, 40001, 40002, 40003, 40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012),
    *(40013, 40014, 40015, 40016, 40017, 40018, 40019, 40020, 40021, 40022, 40023, 40024, 40025),
    *(40026, 40027, 40028, 40029, 40030, 40031, 40032, 40033, 40035, 40037, 40038, 40039, 40048),
    *(40050, 40051, 40052, 40053, 40054, 40055, 40059, 40060, 40066, 40073, 40078, 40099, 40097),
    *(40113, 40114, 40117, 40118, 40119, 40120, 40121, 40125, 40129, 40130, 40131, 40132, 40137),
    *(40155, 40163, 40164, 40165, 40200, 40201, 40202, 40203, 40227, 40229, 40243, 40246),
    *(41001, 41002, 41003, 41004, 41005, 41006, 41007, 41008, 41009, 41010, 41011, 41030),
    *(42001, 42002, 42003, 42007, 43001, 43002, 43003, 43004, 43005, 43019, 43100, 43101, 43116),
    *(44001, 44002, 44003, 44004, 44005, 44006, 44007, 45001, 45002, 45003, 45004, 45005, 45006),
    *(45007, 45008, 45009, 45010, 45011, 45012, 45013, 45014, 45015, 45016, 45017, 45018, 45021),
    *(45026, 45028, 45029, 45034, 45035, 45037, 45047, 45048, 45049, 45050, 45051, 45056, 45057),
    *(45058, 45059, 45060, 45064, 45065, 45066, 45067, 45072, 45080, 45081, 45083, 45084, 45110),
    *(45157, 45158, 45159, 45162, 45166, 46001, 46002, 46003, 46004, 47001, 47002, 47003),
    *(48001, 48002, 48003, 48004, 48005, 48006, 48008, 49003, 50001, 50002, 50003, 50004, 50005),
    *(50007, 53500, 61004, 61007, 61023, 61450, 61451, 61452, 61453, 61454, 61455, 61456, 61457),
    *(61500, 61501, 61503, 63001, 65301, 65302, 65303, 65304, 65305, 65306, 65307, 65308, 65309),
    *(65310, 65311, 65312, 65313, 65314, 65316, 65317, *range(65400, 65418), 70000),
    *(76001, 76002, 76003, 76021, 76022, 76023, 76024, 85005, 88000, 88001, 88002, 88003, 88004),
    *(88005, 88007, 88008, 88009, 88010, 89501, 89503, 89504, 89505, 89506, 89507, 200002, 200011),
}


def test_every_code_of_the_protocol_has_advice():
    assert NAMED - ADVISED.keys() == set()


def test_every_class_of_action_has_codes_and_no_code_has_two():
    assert sum(len(codes) for codes in CLASSES.values()) == len(BY_CODE)
    assert BY_CODE.keys() - ADVISED.keys() == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(ADVISED))
def test_advice_can_be_said(code, language, monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", language)
    error = error_of(code, "what it says rid: 1-2-3", "/cgi-bin/message/custom/send")
    assert error.advice
    assert str(code) in str(error)
    assert "{" not in str(error).replace("'{}'", "")


def test_a_foreign_address_is_named_with_the_place_to_enter_it():
    said = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1-2-3"
    error = error_of(40164, said, "/cgi-bin/stable_token")
    assert type(error) is ConfigurationError
    assert error.advice.startswith("the egress address 203.0.113.9 is not in the IP list")
    assert "IP白名单" in error.advice


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/cgi-bin/message/custom/send", "a verified subscription or service account"),
        ("/cgi-bin/message/template/send", "a verified service account"),
        ("/cgi-bin/menu/create", "any service account"),
        ("/cgi-bin/nobody/knows", "a verified subscription or service account"),
    ],
)
def test_a_missing_right_names_who_has_it(path, who):
    error = error_of(48001, "api unauthorized rid: 1-2-3", path)
    assert type(error) is RightsError
    assert who in error.advice


def test_a_used_up_quota_suggests_the_command():
    error = error_of(45009, "reach max api daily quota limit rid: 1", "/cgi-bin/user/get")
    assert type(error) is QuotaError
    assert "yizhan call POST /cgi-bin/clear_quota --json '{}'" in error.advice


def test_a_window_and_its_count_are_explained():
    assert "48 h" in error_of(45015, "x", "/p").advice
    assert "5 after a message" in error_of(45047, "x", "/p").advice


CLEAR = "yizhan call POST /cgi-bin/clear_quota --json '{}'"


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        (40013, "请核对 YIZHAN_APPID", "check YIZHAN_APPID"),
        (40125, "请核对 YIZHAN_SECRET", "check YIZHAN_SECRET"),
        (40164, "IP白名单 加上 203.0.113.9", "add 203.0.113.9 in the console"),
        (45009, CLEAR, CLEAR),
        (45015, "48 小时", "48 h"),
        (45047, "来信后 5 条，点菜单、关注、扫码后 3 条", "5 after a message, 3 after a click"),
        (48001, "已认证的订阅号或服务号", "a verified subscription or service account"),
    ],
)
def test_the_advice_that_is_wanted_most_says_what_to_do(code, zh, en, monkeypatch):
    said = "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1-2-3"
    for language, words in (("zh", zh), ("en", en)):
        monkeypatch.setenv("YIZHAN_LANG", language)
        assert words in error_of(code, said, "/cgi-bin/message/custom/send").advice


def test_what_has_advice_and_no_class_is_the_caller_s():
    assert type(error_of(40007, "invalid media_id", "/p")) is CallerError


def test_an_unheard_of_code_tells_where_to_look():
    assert "rid/get" in error_of(999999, "new", "/p").advice


@pytest.mark.parametrize(
    ("path", "cure"),
    [
        ("/cgi-bin/user/info", "POST /cgi-bin/clear_quota --json"),
        ("/cgi-bin/token", "POST /cgi-bin/clear_quota/v2 --json"),
        ("/cgi-bin/stable_token", "POST /cgi-bin/clear_quota/v2 --json"),
        ("/cgi-bin/component/api_component_token", "/cgi-bin/component/clear_quota/v2"),
        ("/cgi-bin/component/api_authorizer_token", "/cgi-bin/component/clear_quota/v2"),
    ],
)
@pytest.mark.parametrize("language", ["zh_CN", "en_US"])
def test_what_sets_the_counts_of_a_token_to_zero_needs_no_token(path, cure, language, monkeypatch):
    monkeypatch.setenv("YIZHAN_LANG", language)
    error = error_of(45009, "reach max api daily quota limit", path)
    assert type(error) is QuotaError
    assert cure in error.advice


def test_the_appid_of_a_platform_is_said_to_be_one():
    error = error_of(61024, "must use api(api_component_token)", "/cgi-bin/stable_token")
    assert type(error) is ConfigurationError
    assert "Component" in error.advice
