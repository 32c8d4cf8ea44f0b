"""A third-party platform: its ticket, its token, and the tokens of those it acts for."""

import threading
from functools import partial

import pytest

import wechat as pushes
from api.wechat_api import WeChatApi, refuses, says
from thirdparty import ACCOUNT, APPID, INFO, OWN, SECRET, made, told
from yizhan.api import AsyncClient, MemoryShelf
from yizhan.api.announced import KNOWN
from yizhan.api.authorizing import authorize_url
from yizhan.api.component import CALLS, RELEASE_TESTS
from yizhan.api.counting import counted
from yizhan.errors import APIError, ConfigurationError, Refused, RegistrationError
from yizhan.metrics.meter import Meter
from yizhan.wire import Push
from yizhan.wire.envelope import Cipher

GRANTED = {"authorizer_appid": ACCOUNT, "authorizer_refresh_token": "refresh-9", "func_info": []}
VISITOR = {
    "access_token": "user-1",
    "expires_in": 7200,
    "refresh_token": "user-2",
    "openid": "o1",
    "scope": "snsapi_base",
}


@pytest.fixture
def wechat():
    return WeChatApi(strict=False)


@pytest.fixture
def shelf():
    return MemoryShelf()


@pytest.fixture
async def component(wechat, shelf):
    component = made(wechat, shelf)
    yield component
    await component.close()


async def receive(component, request):
    return await component.receive(Push(request.query.encode(), request.body, "text/xml", 0.0))


async def has_ticket(component):
    await receive(component, told("component_verify_ticket", ComponentVerifyTicket="ticket@@@1"))


async def test_without_a_ticket_nothing_can_be_done(component):
    with pytest.raises(ConfigurationError, match="component_verify_ticket"):
        await component.authorize_url("https://example.com/back")


async def test_the_platform_s_token_is_fetched_for_the_ticket(component, wechat):
    await has_ticket(component)
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(pre_auth_code="pre-1", expires_in=1800),
    ]
    url = await component.authorize_url("https://example.com/back")
    assert url == (
        "https://mp.weixin.qq.com/cgi-bin/componentloginpage?component_appid="
        f"{APPID}&pre_auth_code=pre-1&redirect_uri=https%3A%2F%2Fexample.com%2Fback"
    )
    first, second = wechat.seen
    assert first.json == {
        "component_appid": APPID,
        "component_appsecret": SECRET,
        "component_verify_ticket": "ticket@@@1",
    }
    assert second.query == {"component_access_token": "platform-1"}


async def test_an_account_that_authorises_can_be_called_for(component, wechat):
    await has_ticket(component)
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=INFO),
    ]
    event = await receive(
        component, told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
    )
    assert (event.kind, event.appid) == ("authorized", ACCOUNT)
    await component.account(ACCOUNT).tags.get()
    assert wechat.seen[-1].query == {"access_token": "account-1"}
    assert component.account(ACCOUNT) is component.account(ACCOUNT)


async def test_its_token_is_renewed_by_its_refresh_token(component, wechat):
    await has_ticket(component)
    short = INFO | {"expires_in": 5}
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=short),
        says(
            authorizer_access_token="account-2",
            expires_in=7200,
            authorizer_refresh_token="refresh-2",
        ),
    ]
    assert await component.authorized("code-1") == ACCOUNT
    await component.account(ACCOUNT).tags.get()
    renewal, call = wechat.seen[-2:]
    assert renewal.json["authorizer_refresh_token"] == "refresh-1"
    assert call.query == {"access_token": "account-2"}


async def test_another_process_goes_on_with_what_lies_on_the_shelf(component, wechat, shelf):
    await has_ticket(component)
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=INFO),
    ]
    await component.authorized("code-1")
    other = made(wechat, shelf)
    await other.account(ACCOUNT).tags.get()
    assert wechat.seen[-1].query == {"access_token": "account-1"}


class TestTickets:
    async def test_they_are_asked_for_without_a_token(self, component, wechat):
        await component.start_push_ticket()
        [request] = wechat.seen
        assert request.path == f"{CALLS}/api_start_push_ticket"
        assert (request.query, request.json) == (
            {},
            {"component_appid": APPID, "component_secret": SECRET},
        )

    async def test_one_is_of_use_the_moment_it_comes(self, component, wechat):
        with pytest.raises(ConfigurationError, match="component_verify_ticket"):
            await component.authorize_url("https://example.com/back")
        await has_ticket(component)
        wechat.script = [says(component_access_token="platform-1", expires_in=7200)]
        assert await component.api.access_token() == "platform-1"

    async def test_even_while_the_one_before_is_being_refused(self, component, wechat, monkeypatch):
        await has_ticket(component)
        new = told("component_verify_ticket", ComponentVerifyTicket="ticket@@@2")
        wechat.script = [refuses(61005), says(component_access_token="platform-1", expires_in=7200)]
        send = wechat.send

        async def comes(*request):
            if len(wechat.seen) == 0:
                await receive(component, new)
            return await send(*request)

        monkeypatch.setattr(wechat, "send", comes)
        assert await component.api.access_token() == "platform-1"
        tickets = [each.json["component_verify_ticket"] for each in wechat.seen]
        assert tickets == ["ticket@@@1", "ticket@@@2"]
        assert await component.api.pauses() == {}


class TestWithoutACode:
    """`authorized` may come without a code, or with one that the owner's page has redeemed."""

    @pytest.fixture
    async def ready(self, component, wechat):
        await has_ticket(component)
        wechat.script = [says(component_access_token="platform-1", expires_in=7200)]
        await component.api.access_token()

    async def kept(self, component):
        return (await component._shelf_of(ACCOUNT).get("refresh_token")).value

    @pytest.mark.parametrize("kind", ["authorized", "updateauthorized"])
    @pytest.mark.parametrize("code", [{}, {"AuthorizationCode": ""}])
    async def test_its_refresh_token_is_asked_for(self, component, wechat, ready, kind, code):
        wechat.script = [says(authorizer_info={}, authorization_info=GRANTED)]
        event = await receive(component, told(kind, AuthorizerAppid=ACCOUNT, **code))
        assert event.appid == ACCOUNT
        assert await component.appids() == (ACCOUNT,)
        assert await self.kept(component) == "refresh-9"
        assert wechat.seen[-1].json["authorizer_appid"] == ACCOUNT

    async def test_or_looked_up_in_the_list(self, component, wechat, ready):
        others = {"authorizer_appid": "wx00000000000000aa", "refresh_token": "other"}
        this = {"authorizer_appid": ACCOUNT, "refresh_token": "refresh-8"}
        wechat.script = [says(authorizer_info={}), says(total_count=2, list=[others, this])]
        await receive(component, told("authorized", AuthorizerAppid=ACCOUNT))
        assert await self.kept(component) == "refresh-8"
        assert await component.appids() == (ACCOUNT,)

    @pytest.mark.parametrize("errcode", [61009, 61010])
    async def test_a_code_that_was_redeemed_is_no_loss(self, component, wechat, ready, errcode):
        wechat.script = [
            refuses(errcode),
            says(authorizer_info={}, authorization_info=GRANTED),
        ]
        push = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        await receive(component, push)
        assert await self.kept(component) == "refresh-9"

    async def test_the_page_and_the_push_may_hand_in_the_same_one(
        self, component, wechat, ready, shelf
    ):
        wechat.script = [says(authorization_info=INFO), refuses(61009)]
        push = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        await receive(component, push)
        assert await component.authorized("code-1") == ACCOUNT
        assert wechat.counts[f"{CALLS}/api_query_auth"] == 2

    async def test_a_code_that_nobody_has_handed_in_is_refused(self, component, wechat, ready):
        wechat.script = [refuses(61009)]
        with pytest.raises(APIError, match="61009"):
            await component.authorized("code-2")

    async def test_any_other_refusal_is_told(self, component, wechat, ready):
        wechat.script = [refuses(48001)]
        push = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        with pytest.raises(APIError, match="48001"):
            await receive(component, push)

    async def test_nor_is_it_taken_for_good_when_nobody_knows_it(self, component, wechat, ready):
        wechat.script = [says(authorizer_info={}), says(total_count=0, list=[])]
        with pytest.raises(ConfigurationError, match=ACCOUNT):
            await receive(component, told("authorized", AuthorizerAppid=ACCOUNT))
        assert await component.appids() == ()

    async def test_a_push_that_names_nobody_is_logged(self, component, wechat, caplog):
        await receive(component, told("authorized"))
        assert "neither a code nor an account" in caplog.text
        assert wechat.seen == []


class TestHooks:
    @pytest.mark.parametrize("kind", [*KNOWN, "something_new"])
    async def test_there_is_one_for_every_kind(self, component, wechat, kind):
        await has_ticket(component)
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorization_info=INFO),
        ]
        heard = []
        for other in (*KNOWN, "something_new"):
            component.on(other)(heard.append if other == kind else heard.clear)
        fields = {"ComponentVerifyTicket": "t", "AuthorizationCode": "c", "AuthorizerAppid": "a"}
        event = await receive(component, told(kind, **fields))
        assert heard == [event]
        assert event.raw["InfoType"] == kind

    async def test_one_may_hear_of_all(self, component):
        heard = []

        @component.on()
        async def everything(event):
            heard.append(event.kind)

        await has_ticket(component)
        await receive(component, told("unauthorized", AuthorizerAppid=ACCOUNT))
        assert heard == ["component_verify_ticket", "unauthorized"]

    async def test_it_is_called_when_the_account_is_there_to_be_called_for(self, component, wechat):
        await has_ticket(component)
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            says(authorization_info=INFO),
        ]

        @component.on("authorized", "updateauthorized")
        async def welcome(event):
            await component.account(event.appid).tags.get()

        push = told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
        await receive(component, push)
        assert wechat.seen[-1].query == {"access_token": "account-1"}

    async def test_one_that_fails_is_logged_and_keeps_nothing_from_the_others(
        self, component, shelf, caplog
    ):
        heard = []

        @component.on("component_verify_ticket")
        def broken(event):
            raise RuntimeError("no disk")

        component.on("component_verify_ticket")(heard.append)
        await has_ticket(component)
        assert "no disk" in caplog.text
        assert len(heard) == 1
        assert (await shelf.get(f"{OWN}.ticket")).value == "ticket@@@1"

    async def test_a_plain_function_may_block(self, component):
        threads = []
        component.on()(lambda event: threads.append(threading.current_thread()))
        await has_ticket(component)
        assert threads[0] is not threading.current_thread()

    @pytest.mark.parametrize(
        ("slip", "meant"), [("authorised", "authorized"), ("unauthorised", "unauthorized")]
    )
    def test_a_slip_in_its_name_is_refused(self, component, slip, meant):
        with pytest.raises(RegistrationError, match=meant):
            component.on(slip)(print)


class TestVisitors:
    """Whoever logs in to an account behind the platform is asked for with the platform's token."""

    @pytest.fixture
    async def api(self, component, wechat):
        await has_ticket(component)
        wechat.script = [says(component_access_token="platform-1", expires_in=7200)]
        await component.api.access_token()
        return component.account(ACCOUNT)

    async def test_a_code_is_redeemed_by_the_platform(self, api, wechat):
        wechat.script = [says(**VISITOR)]
        assert (await api.sns.oauth2.access_token(code="c"))["openid"] == "o1"
        assert wechat.seen[-1].path == "/sns/oauth2/component/access_token"
        assert wechat.seen[-1].query == {
            "appid": ACCOUNT,
            "code": "c",
            "grant_type": "authorization_code",
            "component_appid": APPID,
            "component_access_token": "platform-1",
        }
        assert api.component_appid == APPID

    async def test_so_is_a_refresh_token(self, api, wechat):
        wechat.script = [says(**VISITOR)]
        await api.sns.oauth2.refresh_token(refresh_token="user-2")
        assert wechat.seen[-1].path == "/sns/oauth2/component/refresh_token"
        assert wechat.seen[-1].query["refresh_token"] == "user-2"

    async def test_a_dead_token_of_the_platform_is_replaced_once(self, api, wechat):
        wechat.script = [
            refuses(40001),
            says(component_access_token="platform-2", expires_in=7200),
            says(**VISITOR),
        ]
        await api.sns.oauth2.access_token(code="c")
        tokens = [each.query.get("component_access_token") for each in wechat.seen[1:]]
        assert tokens == ["platform-1", None, "platform-2"]

    async def test_an_account_of_its_own_redeems_itself(self, wechat):
        async with AsyncClient(ACCOUNT, SECRET, transport=wechat) as api:
            await api.sns.oauth2.access_token(code="c")
            assert wechat.paths[-1] == "/sns/oauth2/access_token"
            assert api.component_appid == ""


@pytest.mark.parametrize("appid", sorted(RELEASE_TESTS))
async def test_the_accounts_that_test_a_release_are_known_beforehand(component, appid):
    assert await component.knows(appid)
    assert await component.appids() == ()


async def test_the_page_of_authorisation_may_be_for_a_phone(component, wechat):
    await has_ticket(component)
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(pre_auth_code="pre-1", expires_in=1800),
    ]
    url = await component.authorize_url("https://example.com/back", auth_type=1, mobile=True)
    assert url == authorize_url(
        APPID, "pre-1", "https://example.com/back", auth_type=1, mobile=True
    )


async def test_an_account_that_leaves_is_called_for_no_more(component, wechat):
    await has_ticket(component)
    await receive(component, told("unauthorized", AuthorizerAppid=ACCOUNT))
    with pytest.raises(ConfigurationError, match=ACCOUNT):
        await component.account(ACCOUNT).tags.get()


async def test_who_has_authorised_the_platform_is_known(component, wechat, shelf):
    await has_ticket(component)
    other = "wx00000000000000aa"
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=INFO),
        says(authorization_info=INFO | {"authorizer_appid": other}),
    ]
    assert await component.appids() == ()
    await component.authorized("code-1")
    await component.authorized("code-2")
    assert await made(wechat, shelf).appids() == (ACCOUNT, other)
    await receive(component, told("unauthorized", AuthorizerAppid=ACCOUNT))
    assert await component.appids() == (other,)


async def test_a_push_by_the_keys_before_is_let_in(wechat, shelf):
    former = Cipher(pushes.AES_KEY[::-1], APPID)
    changing = made(
        wechat,
        shelf,
        push_token_previous="formerTokenOfTests",
        aes_key_previous=pushes.AES_KEY[::-1],
    )
    request = told(
        "component_verify_ticket",
        token="formerTokenOfTests",
        cipher=former,
        ComponentVerifyTicket="ticket@@@3",
    )
    await receive(changing, request)
    assert (await shelf.get(f"{OWN}.ticket")).value == "ticket@@@3"


class TestPauses:
    """What WeChat refuses is not asked for again and again, until there is news."""

    @pytest.fixture
    async def refused(self, component, wechat):
        """Its ticket is refused, twice, and no third time."""
        await has_ticket(component)
        wechat.script = [refuses(61006)]
        for _ in range(3):
            with pytest.raises(ConfigurationError, match="61006"):
                await component.authorize_url("https://example.com/back")
        assert wechat.counts == {f"{CALLS}/api_component_token": 1}

    async def test_a_new_ticket_ends_it(self, component, wechat, refused):
        wechat.script = [says(component_access_token="platform-1", expires_in=7200)]
        await has_ticket(component)
        assert await component.api.access_token() == "platform-1"

    async def test_the_accounts_have_none_of_it(self, component, wechat, refused):
        await component._keep(component._shelf_of(ACCOUNT), "refresh_token", "refresh-1")
        with pytest.raises(ConfigurationError, match="61006"):
            await component.account(ACCOUNT).access_token()
        assert await component.account(ACCOUNT).pauses() == {}
        assert wechat.counts == {f"{CALLS}/api_component_token": 1}

    @pytest.mark.parametrize("news", ["authorized", "restore"])
    async def test_a_new_refresh_token_ends_its_account_s(self, component, wechat, news):
        await has_ticket(component)
        await component._keep(component._shelf_of(ACCOUNT), "refresh_token", "refresh-1")
        wechat.script = [
            says(component_access_token="platform-1", expires_in=7200),
            refuses(61023),
        ]
        for _ in range(3):
            with pytest.raises(ConfigurationError, match="61023"):
                await component.account(ACCOUNT).tags.get()
        assert wechat.counts[f"{CALLS}/api_authorizer_token"] == 1
        if news == "authorized":
            wechat.script = [says(authorization_info=INFO)]
            await component.authorized("code-1")
        else:
            known = {"authorizer_appid": ACCOUNT, "refresh_token": "refresh-2"}
            wechat.script = [
                says(total_count=1, list=[known]),
                says(authorizer_access_token="account-1", expires_in=7200),
            ]
            await component.restore()
        assert await component.account(ACCOUNT).pauses() == {}
        await component.account(ACCOUNT).tags.get()
        assert wechat.seen[-1].query == {"access_token": "account-1"}


async def test_an_answer_without_an_account(component, wechat):
    await has_ticket(component)
    wechat.script = [says(component_access_token="p", expires_in=7200), says(errcode=0)]
    with pytest.raises(APIError):
        await component.authorized("code-1")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"token": "another0token0here"}, "signature"),
        ({"cipher": Cipher(pushes.AES_KEY, ACCOUNT)}, "envelope"),
    ],
)
async def test_a_push_of_somebody_else_is_refused(component, wrong, reason):
    with pytest.raises(Refused) as caught:
        await receive(component, told("component_verify_ticket", **wrong))
    assert caught.value.reason == reason


def test_it_shows_no_secret(wechat, shelf):
    assert repr(made(wechat, shelf)) == f"Component({APPID!r})"


async def test_calls_for_an_account_are_counted_by_path_and_errcode(component, wechat):
    await has_ticket(component)
    wechat.script = [
        says(component_access_token="platform-1", expires_in=7200),
        says(authorization_info=INFO),
    ]
    await receive(
        component, told("authorized", AuthorizerAppid=ACCOUNT, AuthorizationCode="code-1")
    )
    meter = Meter()
    api = component.account(ACCOUNT, partial(counted, meter))
    await api.tags.get()
    wechat.script = [refuses(40013)]
    with pytest.raises(APIError):
        await api.post("/cgi-bin/no/such/path", json={})
    assert meter.of("api_calls", "/cgi-bin/tags/get", "0") == 1
    assert meter.of("api_calls", "other", "40013") == 1
