import re
from dataclasses import fields

import pytest

import wechat
from yizhan import place
from yizhan.errors import SettingsError
from yizhan.settings import Settings, advice, load

TOKEN = {"token": wechat.TOKEN}
SAFE = {**TOKEN, **wechat.SEALED}
ENVIRON = {f"YIZHAN_{name.upper()}": value for name, value in SAFE.items()}


def loaded(name="", **environ):
    """Settings from these variables, and from a token where they have none."""
    return load(name, environ={"YIZHAN_TOKEN": wechat.TOKEN, **environ})


def refused(values=None, **environ):
    with pytest.raises(SettingsError) as caught:
        load(environ=environ, given=values or {})
    return str(caught.value)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Writes the yizhan.toml of the working directory."""
    monkeypatch.chdir(tmp_path)
    return lambda text: (tmp_path / "yizhan.toml").write_text(text, "utf-8")


# Every setting with a value other than its own, as the environment and as TOML write it.
WRITTEN = {
    "appid": (wechat.APPID, wechat.APPID),
    "secret": ("s3cret", "s3cret"),
    "token": ("anotherTokenOfTests", "anotherTokenOfTests"),
    "token_previous": ("formerTokenOfTests", "formerTokenOfTests"),
    "aes_key": (wechat.AES_KEY, wechat.AES_KEY),
    "aes_key_previous": (wechat.AES_KEY[::-1], wechat.AES_KEY[::-1]),
    "mode": ("compat", "compat"),
    "kind": ("service", "service"),
    "verified": ("1", True),
    "original_id": ("gh_1", "gh_1"),
    "path": ("/weixin", "/weixin"),
    "store": ("memory://", "memory://"),
    "api_base": ("http://127.0.0.1:1", "http://127.0.0.1:1"),
    "api_token": ("classic", "classic"),
    "api_proxy": ("http://proxy.example:3128", "http://proxy.example:3128"),
    "timeout": ("4", 4.0),
    "hold": ("0", 0),
    "grace": ("2.5", 2.5),
    "max_age": ("0", 0),
    "handler_timeout": ("60", 60.0),
    "lease": ("3", 3.0),
    "tries": ("5", 5),
    "ordered": ("off", False),
    "typing": ("yes", True),
    "threads": ("4", 4),
    "max_jobs": ("10", 10),
    "max_body": ("1024", 1024),
    "keep": ("1", 1.0),
    "collect": ("1", 1.0),
    "session_ttl": ("1", 1.0),
    "ack": ("empty", "empty"),
    "working": ("稍等", "稍等"),
    "more": ("还有 {n}", "还有 {n}"),
    "nothing_more": ("没了", "没了"),
    "ai_label": ("AI", "AI"),
    "pickup": ("更多|more", ("更多", "more")),
    "fallback": ("出错了", "出错了"),
    "cancel": ("算了", ("算了",)),
    "cancelled": ("好的", "好的"),
    "text_please": ("请打字", "请打字"),
    "tap": ("false", False),
    "throttled": ("慢点", "慢点"),
    "forget_on_unsubscribe": ("true", True),
    "metrics_open": ("on", True),
    "verify_files": ("MP_verify_0123456789abcdef.txt", ("MP_verify_0123456789abcdef.txt",)),
    "allow_weak": ("True", True),
}


def test_every_setting_is_tried_here():
    assert list(WRITTEN) == [field.name for field in fields(Settings) if field.name != "name"]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_setting_is_read_from_the_environment(name):
    text, value = WRITTEN[name]
    environ = ENVIRON | {f"YIZHAN_{name.upper()}": text}
    assert getattr(load(environ=environ), name) == value


@pytest.mark.parametrize("name", WRITTEN)
def test_a_setting_is_read_from_the_file(name, file):
    value = WRITTEN[name][1]
    written = {**SAFE, name: list(value) if isinstance(value, tuple) else value}
    file("".join(f"{key} = {_toml(word)}\n" for key, word in written.items()))
    assert getattr(load(environ={}), name) == value


@pytest.mark.parametrize("name", WRITTEN)
def test_a_setting_may_be_given_in_the_program(name):
    value = WRITTEN[name][1]
    assert getattr(load(environ={}, given={**SAFE, name: value}), name) == value


def _toml(value):
    return str(value).lower() if isinstance(value, bool) else repr(value)


def test_the_environment_wins_over_the_file_and_the_program_over_both(file):
    file(f'token = "{wechat.TOKEN}"\npath = "/file"\nkind = "service"\nfallback = "file"')
    environ = {"YIZHAN_PATH": "/environment", "YIZHAN_KIND": "sandbox"}
    merged = load(environ=environ, given={"path": "/given"})
    assert (merged.path, merged.kind, merged.fallback) == ("/given", "sandbox", "file")


def test_a_named_account_has_its_own_table_and_its_own_variables(file):
    file('token = "notOfTheShopAtAll"\n[accounts.the-shop]\npath = "/shop"')
    environ = {
        "YIZHAN_TOKEN": "norThisOneEither",
        "YIZHAN_THE_SHOP_TOKEN": wechat.TOKEN,
    }
    shop = load("the-shop", environ=environ)
    assert (shop.name, shop.token, shop.path) == ("the-shop", wechat.TOKEN, "/shop")


def test_an_unnamed_account_minds_no_named_one(file):
    file(f'token = "{wechat.TOKEN}"\n[accounts.shop]\npath = "/shop"')
    assert load(environ={}).path == "/wechat"


def test_an_empty_variable_is_as_good_as_none(file):
    file(f'token = "{wechat.TOKEN}"')
    assert load(environ={"YIZHAN_TOKEN": ""}).token == wechat.TOKEN


def test_blanks_around_a_text_are_taken_off():
    assert loaded(YIZHAN_APPID=f" {wechat.APPID}\n").appid == wechat.APPID


def test_another_file_may_be_named(tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(f'token = "{wechat.TOKEN}"', "utf-8")
    assert load(environ={"YIZHAN_CONFIG": str(other)}).token == wechat.TOKEN
    assert load(file=other, environ={}).token == wechat.TOKEN


@pytest.mark.parametrize("how", ["variable", "argument"])
def test_a_file_that_was_named_must_be_there(tmp_path, how):
    missing = tmp_path / "missing.toml"
    with pytest.raises(SettingsError, match=re.escape(f"no settings file at {missing}")):
        if how == "variable":
            load(environ={"YIZHAN_CONFIG": str(missing), **ENVIRON})
        else:
            load(file=missing, environ=ENVIRON)


def test_no_file_is_needed(tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert loaded().token == wechat.TOKEN


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hold = 1\ntoken = ", "cannot be read: line 2 is no TOML"),
        ("accounts = 3", "accounts must be a table in yizhan.toml:1"),
        ("[accounts]\nshop = 3", "accounts.shop must be a table in yizhan.toml:2"),
        ('tokne = "a"', "yizhan.toml:1: there is no setting tokne; did you mean token"),
        ("wxyz = 3", "yizhan.toml:1: there is no setting wxyz; known are: ack aes_key"),
        ('[accounts.shop]\ntokne = "a"', "yizhan.toml:2: there is no setting tokne"),
        ("\ntoken = 3", "yizhan.toml:2: token must be text"),
        ("max_age = 'soon'", "yizhan.toml:1: max_age must be a number"),
        ("kind = 'x'", "yizhan.toml:1: kind must be one of"),
        ("token = 'tokenOfTheTests'\nhold = 7", "yizhan.toml:2: hold must be one of: 0, 1, 2"),
        ("token = 'weixin'", "yizhan.toml:1: the token is weak"),
        ("token = 'tokenOfTheTests'\n\naes_key = 'x'", "yizhan.toml:3: an EncodingAESKey is"),
        (f"token = 'tokenOfTheTests'\naes_key = '{'a' * 43}'", "yizhan.toml:2: mode safe also"),
        ("mode = 'compat'\ntoken = 'tokenOfTheTests'", "yizhan.toml:1: mode compat also needs"),
        ("token = 'tokenOfTheTests'\npath = 'x'", "yizhan.toml:2: the path x is malformed"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(file, text, problem):
    file(text)
    with pytest.raises(SettingsError) as caught:
        load("shop" if "shop" in text or text == "accounts = 3" else "", environ={})
    assert problem in str(caught.value)


def test_a_value_that_a_variable_has_replaced_is_not_looked_for_in_the_file(file):
    file("token = 'tokenOfTheTests'\nhold = 2")
    assert refused(YIZHAN_HOLD="7").startswith("hold must be one of")


def test_a_file_that_is_no_utf_8_is_refused(file, tmp_path):
    (tmp_path / "yizhan.toml").write_bytes(b'token = "\xff"')
    assert "cannot be read" in refused()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"mode": "secure"}, "mode must be one of: plain, compat, safe"),
        ({"kind": "shop"}, "kind must be one of: subscription, service, sandbox"),
        ({"ack": "ok"}, "ack must be one of: success, empty"),
        ({"api_token": "new"}, "api_token must be one of: stable, classic"),
        ({"api_proxy": "socks5://proxy"}, "api_proxy must be one of: http://…, https://…"),
        ({"api_proxy": "http://proxy:99999"}, "api_proxy must be one of: http://…, https://…"),
        ({"api_base": "api.weixin.qq.com"}, "api_base must be one of: http://…, https://…"),
        ({"store": "redis://:s-7@[::1"}, "the address in store cannot be parsed"),
        ({"api_base": "http://[::1"}, "api_base must be one of: http://…, https://…"),
        ({"verified": "perhaps"}, "verified must be one of: true, false"),
        ({"verified": 2}, "verified must be one of: true, false"),
        ({"max_age": True}, "Account(…): max_age must be a number"),
        ({"max_age": 1.5}, "Account(…): max_age must be a number"),
        ({"max_age": -1}, "max_age must be one of: ≥ 0"),
        ({"grace": "nan"}, "grace must be one of: ≥ 0"),
        ({"grace": -0.1}, "grace must be one of: ≥ 0"),
        ({"max_age": float("inf")}, "Account(…): max_age must be a number"),
        ({"grace": "inf"}, "grace must be one of: ≥ 0"),
        ({"hold": -1}, "hold must be one of: 0, 1, 2"),
        ({"hold": 3}, "hold must be one of: 0, 1, 2"),
        ({"timeout": 0}, "timeout must be one of: 0 < timeout < 5"),
        ({"timeout": 5}, "timeout must be one of: 0 < timeout < 5"),
        ({"timeout": "nan"}, "timeout must be one of: 0 < timeout < 5"),
        ({"threads": 0}, "threads must be one of: > 0"),
        ({"tries": 0}, "tries must be one of: > 0"),
        ({"lease": 0}, "lease must be one of: > 0"),
        ({"handler_timeout": 0}, "handler_timeout must be one of: > 0"),
        ({"max_body": 0}, "max_body must be one of: > 0"),
        ({"max_jobs": 0}, "max_jobs must be one of: > 0"),
        ({"pickup": 3}, "Account(…): pickup must be text"),
        ({"pickup": ["a", 3]}, "Account(…): pickup must be text"),
        ({"secret": None}, "Account(…): secret must be text"),
        ({"more": "{m} more"}, "more must be one of: … {n} …"),
        ({"ai_label": "字" * 21}, "ai_label must be one of: ≤ 60 bytes in UTF-8"),
        ({"more": "{n"}, "more must be one of: … {n} …"),
        ({"path": "wechat"}, "the path wechat is malformed"),
        ({"path": "/we?chat"}, "the path /we?chat is malformed"),
        ({"path": "/we chat"}, "the path /we chat is malformed"),
        ({"name": "shop"}, "Account(…): there is no setting name"),
        ({"mode": "safe"}, "mode safe also needs aes_key"),
        ({"mode": "compat", "aes_key": wechat.AES_KEY}, "mode compat also needs appid"),
        ({"aes_key": wechat.AES_KEY}, "mode safe also needs appid"),
        ({"aes_key": wechat.AES_KEY[:-1], "appid": "wx"}, "an EncodingAESKey is 43 letters"),
        ({"aes_key": wechat.AES_KEY + "="}, "an EncodingAESKey is 43 letters"),
        ({"aes_key_previous": "short"}, "an EncodingAESKey is 43 letters"),
    ],
)
def test_a_value_that_cannot_work_is_refused_with_what_is_allowed(given, problem):
    assert problem in refused(TOKEN | given)


def test_a_refusal_names_the_variable_it_came_from():
    assert refused(YIZHAN_MAX_AGE="soon").startswith("YIZHAN_MAX_AGE must be a number")
    assert refused(YIZHAN_MODE="secure").startswith("YIZHAN_MODE must be one of")


def test_an_aes_key_pins_safe_mode():
    assert load(environ=ENVIRON).mode == "safe"


@pytest.mark.parametrize("mode", ["plain", "compat"])
def test_an_aes_key_pins_nothing_once_the_mode_is_said(mode):
    assert load(environ=ENVIRON | {"YIZHAN_MODE": mode}).mode == mode


class TestToken:
    def test_if_only_accounts_with_names_have_one_they_are_named(self, file):
        file(f'[accounts.shop]\ntoken = "{wechat.TOKEN}"\n[accounts.news]\n')
        told = refused()
        assert "shop, news" in told
        assert "--account shop" in told

    @pytest.mark.parametrize(
        "token",
        [
            "abc",
            "a1B2c3D",
            "token",
            "12345678",
            "password",
            "TestTest",
            "wechattoken",
            "HelloWorld",
        ],
    )
    def test_a_weak_one_is_refused_and_a_better_one_offered(self, token):
        better = re.search(r"this one would do: ([0-9a-f]{24}) ", refused({"token": token}))
        assert load(environ={}, given={"token": better[1]})

    @pytest.mark.parametrize("token", ["abc", "12345678"])
    def test_a_weak_one_may_be_let_pass(self, token):
        assert load(environ={}, given={"token": token, "allow_weak": True}).token == token

    @pytest.mark.parametrize("token", ["MY_LONG_TOKEN_OF_2026", "a_b_c_d_", "________"])
    def test_an_underscore_is_as_good_as_a_letter(self, token):
        assert load(environ={}, given={"token": token}).token == token

    @pytest.mark.parametrize("token", ["has blank", "has-dash-in-it", "口令口令口令口令口"])
    def test_other_characters_are_let_pass_with_a_warning_only_if_asked(self, token):
        assert "letters, digits and underscores" in refused({"token": token})
        chosen = load(environ={}, given={"token": token, "allow_weak": True})
        assert chosen.token == token
        assert "WeChat may not take" in advice(chosen)

    @pytest.mark.parametrize("token", ["ab", "a" * 33, "two\nlines-of-it", "a lone \udcff byte"])
    def test_one_that_nobody_could_enter_is_never_let_pass(self, token):
        assert "3 to 32 letters" in refused({"token": token, "allow_weak": True})

    def test_without_one_nothing_starts(self):
        assert 'put token = "' in refused()
        assert "set YIZHAN_TOKEN," in refused()

    def test_a_named_account_is_told_where_to_put_it(self):
        with pytest.raises(SettingsError) as caught:
            load("the-shop", environ={})
        assert "into yizhan.toml [accounts.the-shop]," in str(caught.value)
        assert "set YIZHAN_THE_SHOP_TOKEN," in str(caught.value)

    def test_a_previous_one_may_be_weak_but_not_malformed(self):
        assert load(environ={}, given=TOKEN | {"token_previous": "abc"})
        assert "underscores" in refused(TOKEN | {"token_previous": "a b"})
        assert load(environ={}, given=TOKEN | {"token_previous": "a b", "allow_weak": True})

    @pytest.mark.parametrize(("length", "advised"), [(8, True), (15, True), (16, False)])
    def test_a_short_one_is_advised_against(self, length, advised):
        token = "k3j4h5g6f7d8s9a0"[:length]
        said = advice(load(environ={}, given={"token": token}))
        assert (said is not None) == advised


def test_the_store_is_the_one_that_is_set_else_a_file_of_the_account(monkeypatch, tmp_path):
    monkeypatch.setattr(place, "data_folder", lambda: tmp_path)
    assert loaded(YIZHAN_STORE="sqlite:///x.db", YIZHAN_APPID="wx1").store_url == "sqlite:///x.db"
    assert loaded(YIZHAN_APPID="wx1").store_url == f"sqlite:///{tmp_path}/wx1.db"
    assert re.fullmatch(rf"sqlite:///{tmp_path}/default-[0-9a-f]{{8}}\.db", loaded().store_url)


def test_no_secret_is_shown_by_repr():
    shown = repr(
        Settings(
            secret="s-1",
            token="s-2",
            token_previous="s-3",
            aes_key="s-4",
            aes_key_previous="s-5",
            api_proxy="http://user:s-6@proxy",
        )
    )
    assert "s-" not in shown


def test_settings_do_not_change():
    with pytest.raises(AttributeError):
        loaded().token = "another"


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Redis+Sentinel://:Pw@Host:1/Shop", "redis+sentinel://:Pw@Host:1/Shop"),
        ("SQLite:////Data/X.db", "sqlite:////Data/X.db"),
        ("no address", "no address"),
    ],
)
def test_a_store_s_scheme_is_read_in_any_case(given, read):
    assert Settings(store=given).store_url == read


class TestFromFiles:
    """A variable's value in a file, as containers have their secrets."""

    @pytest.fixture
    def secret(self, tmp_path):
        def written(content, name="secret"):
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            return str(path)

        return written

    @pytest.mark.parametrize("setting", WRITTEN)
    def test_every_setting_may_stand_in_one(self, setting, secret):
        text, value = WRITTEN[setting]
        variable = f"YIZHAN_{setting.upper()}"
        environ = ENVIRON | {variable: "", f"{variable}_FILE": secret(f"{text}\n")}
        assert getattr(load(environ=environ), setting) == value

    def test_of_a_named_account(self, secret):
        found = load("shop", environ={"YIZHAN_SHOP_TOKEN_FILE": secret("anotherTokenOfTests")})
        assert found.token == "anotherTokenOfTests"

    @pytest.mark.parametrize(
        "content",
        [wechat.TOKEN, f"{wechat.TOKEN}\n", f"{wechat.TOKEN}\r\n", f"\ufeff{wechat.TOKEN}\n"],
    )
    def test_the_line_break_at_its_end_is_no_part_of_it(self, content, secret):
        assert load(environ={"YIZHAN_TOKEN_FILE": secret(content)}).token == wechat.TOKEN

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            ("", "it is empty"),
            (" \n", "it is empty"),
            ("geheim\n" * 20_000, "it has more than 65536 bytes"),
            (b"geheim\xff\xff\xff", "line 1 is not UTF-8"),
        ],
    )
    def test_one_that_cannot_be_is_named_and_its_text_is_not(self, content, problem, secret):
        said = refused(YIZHAN_TOKEN_FILE=secret(content))
        assert said.startswith("the file that YIZHAN_TOKEN_FILE names, ")
        assert problem in said
        assert "geheim" not in said

    @pytest.mark.parametrize(
        ("path", "problem"),
        [
            ("none", "No such file or directory"),
            (".", "Is a directory"),
            ("yizhan.toml/token", "Not a directory"),
        ],
    )
    def test_one_that_cannot_be_opened_is_named(self, path, problem, tmp_path):
        said = refused(YIZHAN_TOKEN_FILE=str(tmp_path / path))
        assert problem in said
        assert str(tmp_path / path) in said

    def test_both_at_once_are_refused(self, secret):
        path = secret(wechat.TOKEN)
        said = refused(YIZHAN_TOKEN=wechat.TOKEN, YIZHAN_TOKEN_FILE=path)
        assert said == "both YIZHAN_TOKEN and YIZHAN_TOKEN_FILE are set: keep one of them"

    @pytest.mark.parametrize("empty", ["YIZHAN_TOKEN", "YIZHAN_SECRET_FILE"])
    def test_an_empty_variable_is_not_set(self, empty, secret):
        environ = {"YIZHAN_TOKEN_FILE": secret(wechat.TOKEN), empty: ""}
        assert load(environ=environ).token == wechat.TOKEN

    def test_the_file_comes_before_yizhan_toml(self, file, secret):
        file('token = "tokenOfTheFile2026"\n')
        assert load(environ={"YIZHAN_TOKEN_FILE": secret(wechat.TOKEN)}).token == wechat.TOKEN
