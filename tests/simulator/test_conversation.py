"""What is done at the phone, what WeChat pushes for it, and what stands on the screen."""

import pytest

from yizhan.errors import Impossible, Missing
from yizhan.simulator import actions
from yizhan.simulator.official import Follower
from yizhan.simulator.seed import Seed, is_simulated
from yizhan.simulator.world import World

BUTTONS = {
    "button": [
        {"type": "click", "name": "点", "key": "A"},
        {
            "name": "扫",
            "sub_button": [
                {"type": "view", "name": "看", "url": "https://example.com/"},
                {"type": "scancode_waitmsg", "name": "等", "key": "S"},
                {"type": "pic_weixin", "name": "图", "key": "P"},
                {"type": "location_select", "name": "地", "key": "L"},
                {
                    "type": "miniprogram",
                    "name": "程",
                    "url": "https://a/",
                    "appid": "wx1",
                    "pagepath": "p",
                },
            ],
        },
        {
            "name": "料",
            "sub_button": [
                {"type": "article_id", "name": "文", "article_id": "ART"},
                {"type": "article_view_limited", "name": "文", "article_id": "ART"},
            ],
        },
    ]
}


@pytest.fixture
async def phone(connect):
    phone, _ = connect()
    return phone


def pushed(pushes):
    return [(push.event or push.kind) for push in pushes]


async def test_every_message_of_a_follower(phone):
    for action, kind in [
        (actions.Say("你好"), "text"),
        (actions.SendImage(), "image"),
        (actions.SendVoice(), "voice"),
        (actions.SendVideo(), "video"),
        (actions.SendShortVideo(), "shortvideo"),
        (actions.SendLocation(), "location"),
        (actions.SendLink(), "link"),
        (actions.SendFile(), "file"),
        (actions.SendMiniProgram(), "miniprogrampage"),
        (actions.SendUnsupported(), "text"),
    ]:
        [push] = phone.do(action)
        assert push.kind == kind
        assert phone.follower.screen[-1].side == "follower"
        assert phone.follower.screen[-1].push == push.id


async def test_a_sticker_comes_in_the_words_of_the_sender_s_client(phone):
    phone.follower.language = "en"
    [push] = phone.do(actions.SendUnsupported())
    assert push.fields["Content"] == "[Unsupported Message]"


@pytest.mark.parametrize(
    ("option", "field"), [("absent", None), ("empty", ""), ("filled", "明天天气怎么样")]
)
async def test_the_recognition_of_a_voice_note(phone, world, option, field):
    world.set_options({"recognition": option})
    [push] = phone.do(actions.SendVoice(recognition="明天天气怎么样"))
    assert push.fields.get("Recognition") == field
    assert push.fields["Format"] == "amr"


async def test_a_tapped_item_of_a_message_menu_has_its_id(phone):
    [push] = phone.do(actions.Say("满意", item="101"))
    assert push.fields["bizmsgmenuid"] == "101"


async def test_whoever_is_on_the_blacklist_talks_to_nobody(phone, world):
    phone.follower.blacklisted = True
    assert phone.do(actions.Say("在吗")) == ()
    assert phone.follower.screen[-1].content == {"text": "在吗"}
    world.set_options({"blacklisted": "pushed"})
    assert pushed(phone.do(actions.Say("在吗"))) == ["text"]


@pytest.mark.parametrize(("yes", "status", "left"), [(True, "accept", 2), (False, "reject", 0)])
async def test_yes_and_no_to_notices(phone, yes, status, left):
    phone.do(actions.Agree("TPL"))
    [push] = phone.do(actions.Agree("TPL", yes=yes))
    [item] = push.fields["SubscribeMsgPopupEvent"]["List"]
    assert item == {"TemplateId": "TPL", "SubscribeStatusString": status, "PopupScene": 1}
    assert phone.follower.grants == {"TPL": left}


async def test_following_leaving_and_scanning(phone):
    with pytest.raises(Impossible, match="follows already"):
        phone.do(actions.Follow())
    [left] = phone.do(actions.Unfollow())
    assert (left.event, left.fields["EventKey"]) == ("unsubscribe", "")
    with pytest.raises(Impossible, match="does not follow") as impossible:
        phone.do(actions.Say("在吗"))
    assert impossible.value.code == "not_following"
    [back] = phone.do(actions.Follow())
    assert (back.event, back.fields["EventKey"], "Ticket" in back.fields) == (
        "subscribe",
        "",
        False,
    )
    [scan] = phone.do(actions.Scan("shop-42"))
    assert scan.event == "SCAN"


async def test_what_the_buttons_of_the_menu_push(phone, official):
    official.menus.create(BUTTONS)
    tapped = {
        (0,): ["CLICK"],
        (1, 0): ["VIEW"],
        (1, 1): ["scancode_waitmsg"],
        (1, 2): ["pic_weixin", "image"],
        (1, 3): ["location_select", "location"],
        (1, 4): ["view_miniprogram"],
        (2, 0): [],
        (2, 1): [],
    }
    for path, events in tapped.items():
        assert pushed(phone.do(actions.Tap(path))) == events
    [entry] = [entry for entry in phone.follower.screen if entry.via == "menu"][:1]
    assert (entry.kind, entry.content) == ("mpnewsarticle", {"id": "ART"})


async def test_a_material_button_sends_the_material_itself(phone, official):
    media_id = official.media.sample("image").media_id
    official.menus.create({"button": [{"type": "media_id", "name": "图", "media_id": media_id}]})
    assert phone.do(actions.Tap((0,))) == ()
    assert phone.follower.screen[-1].content == {"media_id": media_id}


async def test_the_pictures_of_a_picture_button_have_their_sums(phone, official):
    official.menus.create(BUTTONS)
    event, *pictures = phone.do(actions.Tap((1, 2), media_ids=("nonsense", "more")))
    info = event.fields["SendPicsInfo"]
    assert (info["Count"], len(info["PicList"]["item"]), len(pictures)) == (2, 2, 2)


async def test_only_a_conditional_menu_is_named_in_its_view(phone, official):
    official.menus.create(BUTTONS)
    [push] = phone.do(actions.Tap((1, 0)))
    assert "MenuId" not in push.fields
    menu = official.menus.add_conditional(BUTTONS | {"matchrule": {"client_platform_type": "2"}})
    [push] = phone.do(actions.Tap((1, 0)))
    assert push.fields["MenuId"] == menu.id


@pytest.mark.parametrize("path", [(0,), (3,), (1,), (1, 9), ()])
async def test_where_no_button_is_none_can_be_tapped(phone, official, path):
    if path != (0,):
        official.menus.create(BUTTONS)
    with pytest.raises(Impossible, match="no button there"):
        phone.do(actions.Tap(path))


async def test_events_about_the_follower_name_them(phone, official):
    [push] = phone.do(actions.Happen("user_info_modified"))
    assert push.fields["OpenID"] == phone.follower.openid
    assert push.fields["AppID"] == official.keys.appid


async def test_a_raw_push_may_be_made_fresh(phone):
    body = "<xml><CreateTime>1</CreateTime><MsgType>text</MsgType><MsgId>7</MsgId></xml>"
    [as_it_is] = phone.do(actions.Raw(body))
    [fresh] = phone.do(actions.Raw(body, fresh=True))
    assert as_it_is.body == body.encode()
    assert b"<MsgId>7<" not in fresh.body
    assert b"<CreateTime>1<" not in fresh.body
    [fresh] = phone.do(actions.Raw('{"CreateTime": 1, "MsgId": "7"}', fresh=True))
    assert fresh.fields["CreateTime"] > 1


async def test_unread_counts_what_the_account_shows(phone, world):
    world.show(phone.follower, "account", "custom", "text", {"text": "a"})
    world.show(phone.follower, "system", "platform", "notice", {"text": "b"})
    phone.do(actions.Say("c"))
    assert phone.follower.unread == 2


async def test_typing_ends_by_itself_and_watchers_are_told(phone, world):
    import asyncio

    world.type(phone.follower, 15)
    last = world.feed.last
    assert world.now() < phone.follower.typing_until
    await asyncio.sleep(15.1)
    assert world.feed.last == last + 1
    assert world.now() > phone.follower.typing_until


# --- keys and ids


def test_keys_have_the_platform_s_shapes(official):
    keys = official.keys
    assert (len(keys.appid), keys.appid[:2]) == (18, "wx")
    assert keys.original_id.startswith("gh_")
    assert len(keys.aes_key) == 43
    assert 3 <= len(keys.token) <= 32
    assert is_simulated(keys.secret)
    assert len(keys.secret) == 32
    assert not is_simulated("0123456789abcdef0123456789abcdef")
    assert keys.secret not in repr(keys)


def test_openids_are_28_characters_and_unlike(official):
    openids = {official.add_follower().openid for _ in range(20)}
    assert len(openids) == 20
    assert {len(openid) for openid in openids} == {28}
    with pytest.raises(Impossible, match="taken"):
        official.add_follower(openid=openids.pop())


def test_everything_is_the_same_after_a_restart_given_a_folder(tmp_path, clock):
    def keys():
        world = World(clock=clock, seed=Seed(tmp_path / "kept"))
        account = world.add_account("shop")
        return account, account.add_follower().openid

    account, openid = keys()
    assert keys()[1] == openid
    assert keys()[0].keys == account.keys
    account.renew("token")
    assert keys()[0].keys == account.keys
    file = tmp_path / "kept/seed.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert account.keys.token not in file.read_text("utf-8")


def test_without_a_folder_each_world_has_its_own(clock):
    worlds = [World(clock=clock).add_account("shop").keys for _ in range(2)]
    assert worlds[0] != worlds[1]


def test_renewing_a_key_leaves_the_others(official):
    before = official.keys.appid, official.keys.token, official.keys.aes_key
    official.renew("aes_key")
    appid, token, aes_key = before
    assert (official.keys.appid, official.keys.token) == (appid, token)
    assert official.keys.aes_key != aes_key


def test_what_is_not_there_is_told(world, official):
    for ask in (
        lambda: world.account("nobody"),
        lambda: official.follower("oNobody"),
        lambda: world.push("99"),
        lambda: world.call("99"),
    ):
        with pytest.raises(Missing):
            ask()
    with pytest.raises(Impossible):
        world.add_account("shop")


def test_people_have_names(official):
    follower = official.add_follower()
    assert isinstance(follower, Follower)
    assert follower.nickname
    assert official.add_follower("小红").nickname == "小红"


async def test_only_so_many_pushes_are_remembered(phone, world, monkeypatch):
    monkeypatch.setattr("yizhan.simulator.world.KEPT", 3)
    ids = [phone.do(actions.Say("x"))[0].id for _ in range(5)]
    assert list(world.pushes) == ids[2:]
