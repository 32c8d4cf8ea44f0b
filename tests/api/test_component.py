"""A third-party platform: its ticket, its token, and the tokens of those it acts for."""

import pytest

import wechat as pushes
from api.wechat_api import WeChatApi, refuses, says
from thirdparty import ACCOUNT, APPID, INFO, OWN, SECRET, made, told
from yizhan.api import MemoryShelf
from yizhan.api.component import CALLS
from yizhan.errors import APIError, ConfigurationError, Refused
from yizhan.wire import Push
from yizhan.wire.envelope import Cipher


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
