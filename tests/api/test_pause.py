"""After a refusal nobody fetches a token for a while; what ends that while; who shares it."""

import pytest

from api.conftest import LIFE
from api.wechat_api import WeChatApi, refuses
from yizhan.api import AsyncClient, MemoryShelf, Token
from yizhan.api.advice import CLASSES, error_of
from yizhan.api.pause import (
    FIRST,
    MOST,
    REMEMBERED,
    KeptPause,
    Pause,
    after,
    begins_pause,
    ends,
    fails_anew,
    fingerprint,
    last_error,
    left,
)
from yizhan.api.token import Failure
from yizhan.errors import (
    APIError,
    ConfigurationError,
    QuotaError,
    RightsError,
    StoreError,
    TokenError,
)

STABLE, TAGS = "/cgi-bin/stable_token", "/cgi-bin/tags/get"
TICKET = "/cgi-bin/ticket/getticket"
APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
REFUSED = error_of(40125, "invalid appsecret", STABLE)
DEAD = error_of(40001, "invalid credential", TAGS)


def pause(seconds=1.0, **more):
    return Pause(seconds, "api.error", STABLE, errcode=40125, **more)


class TestRule:
    def test_each_pause_is_twice_as_long_up_to_a_minute(self):
        lengths, last = [], None
        for _ in range(8):
            last = after(REFUSED, last)
            lengths.append(last.seconds)
        assert lengths == [1, 2, 4, 8, 16, 32, 60, 60]
        assert (FIRST, MOST) == (1.0, 60.0)

    @pytest.mark.parametrize(
        ("errcode", "before", "seconds"),
        [
            (45009, None, 600.0),
            (45009, 1.0, 600.0),
            (40164, 600.0, 60.0),
            (45011, None, 1.0),
            (-1, 2.0, 4.0),
            (40164, 0.0, 1.0),  # a token failed and was replaced
        ],
    )
    def test_a_quota_that_is_used_up_takes_ten_minutes(self, errcode, before, seconds):
        last = None if before is None else pause(before)
        assert after(error_of(errcode, "", STABLE), last).seconds == seconds

    @pytest.mark.parametrize(
        ("error", "begins"),
        [
            *((error_of(code, "", STABLE), True) for code in (-1, 40001, 40164, 45009, 50004, 7)),
            (APIError("api.malformed", path=STABLE), True),
            (ConfigurationError("api.no_secret", names="YIZHAN_SECRET"), False),  # nobody was asked
            (ConfigurationError("component.no_ticket"), False),
            (last_error(pause(), 1.0), False),  # of another token's pause
        ],
    )
    def test_what_wechat_answered_begins_one(self, error, begins):
        assert begins_pause(error) is begins

    @pytest.mark.parametrize(
        ("kept", "success", "fetch", "over"),
        [
            (pause(), "fetch", "", True),
            (pause(), "call", "f1", False),  # with a token that was there before
            (pause(), "repeat", "", True),
            (pause(), "reset", "", True),
            (pause(fetch="f1", unproven=True), "fetch", "", False),  # its token is no better as yet
            (pause(fetch="f1", unproven=True), "call", "f1", True),
            (pause(fetch="f1", unproven=True), "call", "f0", False),
            (pause(fetch="f1", unproven=True), "repeat", "", True),
            (pause(fetch="f1", unproven=True), "reset", "", True),
            (pause(fetch="f1"), "fetch", "", False),
            (pause(fetch="f1"), "call", "f1", False),  # one endpoint refuses what others take
            (pause(fetch="f1"), "repeat", "", True),
            (pause(fetch="f1"), "reset", "", True),
        ],
    )
    def test_what_ends_it(self, kept, success, fetch, over):
        assert ends(kept, success, fetch) is over

    @pytest.mark.parametrize(
        ("kept", "fetch", "anew"),
        [
            (None, "f1", False),
            (pause(), "f1", False),
            (pause(fetch="f1"), "f1", False),
            (pause(fetch="f1"), "f2", True),
        ],
    )
    def test_a_token_fetched_after_one_that_failed_at_once(self, kept, fetch, anew):
        assert fails_anew(kept, fetch) is anew

    @pytest.mark.parametrize(
        ("now", "seconds"),
        [
            (100.0, 4.0),
            (103.0, 1.0),
            (104.0, 0.0),
            (9999.0, 0.0),
            (-86_400.0, 0.0),  # the clock was put back by a day
        ],
    )
    def test_it_is_over_after_its_seconds(self, now, seconds):
        assert left(pause(4.0), 104.0 + REMEMBERED, now) == seconds

    @pytest.mark.parametrize(
        ("began", "kind"),
        [
            (error_of(40125, "invalid appsecret", STABLE), ConfigurationError),
            (error_of(45009, "reach max api daily quota limit", STABLE), QuotaError),
            (error_of(50004, "", STABLE), RightsError),
            (error_of(40001, "", STABLE), ConfigurationError),  # the secret's, not a token's
            (APIError("api.malformed", path=STABLE), APIError),
            (APIError("api.http", path=STABLE, status=413), APIError),
        ],
    )
    def test_calls_fail_with_the_last_error(self, began, kind):
        told = last_error(after(began, None), 0.4)
        assert type(told) is kind
        assert (told.errcode, told.errmsg, told.path) == (began.errcode, began.errmsg, began.path)
        assert str(told).startswith(str(began))
        assert "paused for 1 s" in str(told)

    def test_a_token_that_failed_at_once_stays_one(self):
        assert type(last_error(after(DEAD, None, fetch="f"), 1.0)) is TokenError

    def test_a_fingerprint_tells_secrets_apart_and_not_what_they_are(self):
        assert fingerprint(SECRET) == fingerprint(SECRET) != fingerprint(SECRET[::-1])
        assert not any(SECRET[i : i + 6] in fingerprint(SECRET) for i in range(26))


class TestKept:
    """On every shelf: one pause for all that share it."""

    @pytest.fixture
    async def kept(self, shelf, clock):
        return [KeptPause("access_token", SECRET, shelf=shelf, clock=clock) for _ in range(2)]

    async def test_another_process_knows_of_it(self, kept):
        one, other = kept
        await one.begin(error_of(45009, "reach max rid: 1-2", STABLE))
        error = await other.held()
        assert (type(error), error.errcode, error.rid) == (QuotaError, 45009, "1-2")
        await other.end("fetch")
        assert await one.held() is None

    async def test_another_secret_has_another(self, kept, shelf, clock):
        await kept[0].begin(REFUSED)
        right = KeptPause("access_token", SECRET[::-1], shelf=shelf, clock=clock)
        assert await right.held() is None

    async def test_one_fetch_is_counted_once(self, kept):
        for each in kept:
            await each.begin(error_of(40001, "", STABLE), fetch="f1")
        assert (await kept[0]._kept())[0].seconds == 1.0

    async def test_it_holds_for_its_token_only(self, kept):
        await kept[0].begin(error_of(40001, "", STABLE), fetch="f1", unproven=True)
        assert await kept[1].held(fetch="f1") is not None
        assert await kept[1].held(fetch="f2") is None

    async def test_what_is_none_is_none(self, kept, shelf, clock):
        await shelf.put(kept[0]._name, Token("{", clock.wall() + LIFE))
        assert await kept[0].held() is None


async def test_a_shelf_that_is_full_hides_no_answer(clock, caplog):
    class Full(MemoryShelf):
        async def put(self, name, token):
            raise StoreError("store.closed")

    kept = KeptPause("access_token", SECRET, shelf=Full(), clock=clock)
    await kept.begin(error_of(40125, "", STABLE))
    assert len(caplog.records) == 1


class Refusing(WeChatApi):
    """Refuses what is called below these paths, with that errcode."""

    def __init__(self):
        super().__init__()
        self.refused = {}

    def _answer(self, request):
        if request.path in self.refused:
            return refuses(self.refused[request.path])
        return super()._answer(request)


@pytest.fixture
def wechat():
    return Refusing()


@pytest.fixture
async def client(wechat, clock):
    async with AsyncClient(APPID, SECRET, transport=wechat, clock=clock) as client:
        yield client


async def outcome(client):
    """The errcode of a call, 0 when it succeeds."""
    try:
        await client.tags.get()
    except APIError as error:
        return error.errcode
    return 0


CODES = sorted({code for codes in CLASSES.values() for code in codes} - {-1, 61450} | {87009})


class TestClient:
    @pytest.mark.parametrize("errcode", CODES)
    async def test_every_errcode_of_the_token_endpoint_begins_one(self, client, wechat, errcode):
        wechat.refused = {STABLE: errcode}
        assert [await outcome(client) for _ in range(5)] == [errcode] * 5
        assert wechat.counts == {STABLE: 1}

    @pytest.mark.parametrize(("errcode", "fetches"), [(40125, 7 + 8), (45009, 2)])
    async def test_fetches_of_ten_minutes(self, client, wechat, clock, errcode, fetches):
        wechat.refused = {STABLE: errcode}
        for _ in range(601):
            await outcome(client)
            clock.now += 1
        assert wechat.counts == {STABLE: fetches}

    async def test_a_success_begins_anew(self, client, wechat, clock):
        for _ in range(2):
            wechat.refused = {STABLE: 40125}
            for seconds in (1.1, 2.1, 4.1):
                assert await outcome(client) == 40125
                clock.now += seconds
            wechat.refused = {}
            assert await outcome(client) == 0
            clock.now += LIFE
        assert wechat.counts[STABLE] == 8

    async def test_calls_go_on_with_a_token_that_is_still_good(self, client, wechat, clock):
        await client.tags.get()
        clock.now += LIFE - 200
        wechat.refused = {STABLE: 45009}
        for _ in range(9):
            clock.now += 11
            assert await outcome(client) == 0
        assert wechat.counts[STABLE] == 2

    async def test_a_token_that_fails_at_once_is_not_called_with(self, client, wechat, clock):
        wechat.refused = {TAGS: 40001}
        assert [await outcome(client) for _ in range(9)] == [40001] * 9
        assert wechat.counts == {STABLE: 2, TAGS: 2}
        for _ in range(128):
            clock.now += 0.5
            await outcome(client)
        assert wechat.counts[STABLE] == 2 + 6  # after 1, 2, 4 … 32 seconds
        clock.now += 100
        wechat.refused = {}
        assert await outcome(client) == 0
        assert (await client._caller.token.pause._kept())[0] is None

    async def test_one_endpoint_that_refuses_every_token_stops_no_other(
        self, client, wechat, clock
    ):
        assert await outcome(client) == 0
        wechat.refused = {"/cgi-bin/user/get": 40001}
        for _ in range(300):
            clock.now += 1
            with pytest.raises(TokenError):
                await client.user.get()
            assert await outcome(client) == 0
        assert wechat.counts[STABLE] < 15

    async def test_a_token_that_another_process_is_about_to_find_dead(self, clock, wechat):
        shelf = MemoryShelf()
        one, other = (
            AsyncClient(APPID, SECRET, transport=wechat, clock=clock, shelf=shelf) for _ in range(2)
        )
        wechat.refused = {TAGS: 40001}
        await outcome(one)
        clock.now += 2
        keeper = one._caller.token
        first = await keeper.get()
        third = await keeper.get(Failure(first, DEAD))
        assert await outcome(other) == 40001
        await keeper.failed_at_once(Failure(third, DEAD), first)
        assert wechat.counts[STABLE] == 3
        assert (await keeper.pause._kept())[0].seconds == 2.0

    async def test_a_shelf_that_keeps_value_and_end_only_will_do(self, clock, wechat):
        class Bare(MemoryShelf):
            async def put(self, name, token):
                await super().put(name, Token(token.value, token.until))

        shelf = Bare()
        one, other = (
            AsyncClient(APPID, SECRET, transport=wechat, clock=clock, shelf=shelf) for _ in range(2)
        )
        assert await outcome(one) == await outcome(other) == 0
        wechat.script = [refuses(40001)]
        assert await outcome(one) == 0
        assert wechat.counts[STABLE] == 2
        wechat.script = [refuses(40001)]
        assert await outcome(other) == 0
        assert wechat.counts[STABLE] == 2

    async def test_a_jsapi_ticket_has_one_of_its_own(self, client, wechat):
        wechat.refused = {TICKET: 45009}
        for _ in range(5):
            with pytest.raises(QuotaError):
                await client.jssdk("https://example.com/")
        assert wechat.counts[TICKET] == 1
        assert await outcome(client) == 0
        assert list(await client.pauses()) == ["jsapi"]

    async def test_a_ticket_whose_token_is_refused_has_none(self, client, wechat):
        wechat.refused = {STABLE: 40164}
        with pytest.raises(ConfigurationError):
            await client.jssdk("https://example.com/")
        assert list(await client.pauses()) == ["access_token"]

    async def test_whoever_has_mended_it_may_say_so(self, client, wechat):
        wechat.refused = {STABLE: 40164}
        assert await outcome(client) == 40164
        wechat.refused = {}
        await client.end_pauses()
        assert await outcome(client) == 0

    async def test_a_new_token_is_not_forced_meanwhile(self, client, wechat):
        wechat.refused = {STABLE: 45009}
        for _ in range(3):
            with pytest.raises(QuotaError):
                await client.access_token(replace=True)
        assert wechat.counts == {STABLE: 1}
