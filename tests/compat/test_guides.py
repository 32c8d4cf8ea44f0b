"""The pages for those who come from WeRoBot and wechatpy: their code does what they show."""

import re
import warnings

import pytest

from test_docs import TOKEN, body_of, code, push, run, shown, signed
from yizhan import Account, replies
from yizhan.api import Client
from yizhan.testing import FakeWeChat

GUIDES = ("from-werobot", "from-wechatpy")
PAGES = [f"docs/howto/{guide}{end}" for guide in GUIDES for end in (".md", ".zh-CN.md")]


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    monkeypatch.setenv("YIZHAN_STORE", "memory://")


def account_of(source, page):
    """The account of a bot on a page, with the Token of the documents' tests."""
    names = run(re.sub(r'token="\w+"', f"token={TOKEN!r}", source), {}, page)
    found = names["account"] if "account" in names else names["robot"].account
    assert isinstance(found, Account)
    return found


def turns(page):
    [talk] = [block for block in code(page, "text") if block.startswith("--> ")]
    return [turn.partition("\n<-- ") for turn in re.split(r"^--> ", talk, flags=re.MULTILINE)[1:]]


@pytest.mark.parametrize("page", PAGES)
def test_the_bots_of_a_page_answer_as_it_shows(page):
    bots = [it for it in code(page, "python") if "Account(" in it or "WeRoBot(" in it]
    assert bots
    for source in bots:
        account = account_of(source, page)
        try:
            for said, _, read in turns(page):
                assert push(account, body_of(said)) == read.rstrip("\n"), said
        finally:
            account.wsgi.close()


@pytest.mark.parametrize("guide", GUIDES)
def test_both_languages_have_the_same_code(guide):
    english, chinese = (
        [re.sub(r" +# .*", "", block) for block in code(f"docs/howto/{guide}{end}")]
        for end in (".md", ".zh-CN.md")
    )
    assert english == chinese


WECHATPY = [page for page in PAGES if "wechatpy" in page]


@pytest.mark.parametrize("page", WECHATPY)
def test_the_bot_of_wechatpy_answers_the_same(page):
    [source] = [it for it in code(page, "python") if "Flask(" in it]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # wechatpy was written for older Pythons
        names = run(source.replace("TokenOfYourOwn2026", TOKEN), {}, page)
        visitor = names["app"].test_client()
        for said, _, read in turns(page):
            query, body = signed(body_of(said))
            answer = visitor.post(f"/wechat?{query}", data=body)
            assert shown(replies.parse(answer.data.strip()).reply) == read.rstrip("\n"), said


@pytest.mark.parametrize("page", WECHATPY)
def test_the_client_of_the_page_reminds_within_48_hours(page):
    [source] = [it for it in code(page, "python") if "def remind" in it]
    remind = run(source, {}, page)["remind"]
    wechat = FakeWeChat()
    fan = wechat.user("小明")
    with Client(wechat.appid, wechat.secret, transport=wechat) as api:
        assert remind(api, fan)
        wechat.skip(49 * 3600)
        assert not remind(api, fan)
    assert wechat.screen(fan) == ["明天见"]
