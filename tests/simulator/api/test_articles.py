"""Drafts and publishing: written, changed, published, told, deleted (docs/protocol.md#i4)."""

import pytest

from yizhan.simulator.faults import Fault

DRAFT, FREE = "/cgi-bin/draft", "/cgi-bin/freepublish"


@pytest.fixture
def article(official):
    """Makes the fields of an article."""
    thumb = official.media.sample("thumb").media_id

    def made(title="标题", content="<p>正文</p>", **more):
        return {"title": title, "content": content, "thumb_media_id": thumb, **more}

    return made


@pytest.fixture
def draft(call, article):
    """Adds a draft of articles with these titles; gives its media_id."""

    async def added(*titles):
        articles = [article(title) for title in titles or ("标题",)]
        return (await call(f"{DRAFT}/add", {"articles": articles}))["media_id"]

    return added


@pytest.fixture
async def publish(call, draft, clock, connect):
    """Publishes a draft, and waits for the end; gives its publish_id."""

    async def published(*titles):
        media_id = await draft(*titles)
        answer = await call(f"{FREE}/submit", {"media_id": media_id})
        await clock.passes(4)
        return answer["publish_id"]

    connect()
    return published


def code(answer):
    return answer.get("errcode", 0)


async def test_a_draft_is_kept_as_it_was_written(call, draft):
    media_id = await draft("一", "二")
    found = await call(f"{DRAFT}/get", {"media_id": media_id})
    assert [each["title"] for each in found["news_item"]] == ["一", "二"]
    first = found["news_item"][0]
    assert first["article_type"] == "news"
    assert first["content"] == "<p>正文</p>"
    assert first["thumb_url"].startswith("http://mmbiz.qpic.cn/")
    assert first["url"] != found["news_item"][1]["url"]


async def test_scripts_are_taken_out_and_a_digest_is_made(call, article):
    text = "<p>" + "字" * 60 + "&amp;</p><SCRIPT>alert(1)</SCRIPT><script>open"
    added = await call(f"{DRAFT}/add", {"articles": [article(content=text)]})
    [kept] = (await call(f"{DRAFT}/get", {"media_id": added["media_id"]}))["news_item"]
    assert kept["content"] == "<p>" + "字" * 60 + "&amp;</p>"
    assert kept["digest"] == "字" * 54


async def test_a_digest_that_is_given_stays(call, article):
    added = await call(f"{DRAFT}/add", {"articles": [article(digest="摘要")]})
    [kept] = (await call(f"{DRAFT}/get", {"media_id": added["media_id"]}))["news_item"]
    assert kept["digest"] == "摘要"


async def test_one_article_is_changed(call, draft, article, world):
    media_id = await draft("一", "二")
    world.skip(60)
    body = {"media_id": media_id, "index": 1, "articles": article("三")}
    assert code(await call(f"{DRAFT}/update", body)) == 0
    found = await call(f"{DRAFT}/get", {"media_id": media_id})
    assert [each["title"] for each in found["news_item"]] == ["一", "三"]
    assert found["update_time"] == found["create_time"] + 60
    assert code(await call(f"{DRAFT}/update", body | {"index": 2})) == 40114


async def test_drafts_are_counted_paged_and_deleted(call, draft, world):
    ids = []
    for title in "一二三":
        ids.append(await draft(title))
        world.skip(1)
    assert (await call(f"{DRAFT}/count"))["total_count"] == 3
    page = await call(f"{DRAFT}/batchget", {"offset": 1, "count": 20, "no_content": 1})
    assert (page["total_count"], page["item_count"]) == (3, 2)
    assert [each["media_id"] for each in page["item"]] == [ids[1], ids[0]]
    assert page["item"][0]["content"]["news_item"][0]["content"] == ""
    assert code(await call(f"{DRAFT}/delete", {"media_id": ids[0]})) == 0
    assert code(await call(f"{DRAFT}/delete", {"media_id": ids[0]})) == 40007
    assert code(await call(f"{DRAFT}/get", {"media_id": ids[0]})) == 40007
    assert (await call(f"{DRAFT}/count"))["total_count"] == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"thumb_media_id": "nonsense"}, 40007),
        ({"article_type": "newspic"}, 40007),
        ({"article_type": "newspic", "image_info": {"image_list": []}}, 40035),
        ({"title": "题" * 33}, 45003),
        ({"digest": "摘" * 129}, 45004),
        ({"content": "字" * 20_001}, 45166),
    ],
)
async def test_what_is_refused(call, article, changes, expected):
    assert code(await call(f"{DRAFT}/add", {"articles": [article(**changes)]})) == expected


async def test_a_picture_must_be_a_permanent_one(call, article, official, world):
    media = official.media.add("thumb", "a.jpg", "image/jpeg", b"x", now=world.now())
    body = {"articles": [article(thumb_media_id=media.media_id)]}
    assert code(await call(f"{DRAFT}/add", body)) == 40007


async def test_a_story_of_pictures(call, official):
    image = official.media.sample("image").media_id
    info = {"image_list": [{"image_media_id": image}]}
    story = {"article_type": "newspic", "title": "图", "content": "", "image_info": info}
    added = await call(f"{DRAFT}/add", {"articles": [story]})
    [kept] = (await call(f"{DRAFT}/get", {"media_id": added["media_id"]}))["news_item"]
    assert (kept["article_type"], kept["thumb_url"]) == ("newspic", "")


async def test_a_draft_is_published_and_the_server_is_told(
    call, draft, connect, official, world, clock
):
    connect()
    media_id = await draft("一", "二")
    answer = await call(f"{FREE}/submit", {"media_id": media_id})
    asked = {"publish_id": answer["publish_id"]}
    assert (await call(f"{FREE}/get", asked))["publish_status"] == 1
    await clock.passes(4)
    told = await call(f"{FREE}/get", asked)
    assert (told["publish_status"], told["article_detail"]["count"]) == (0, 2)
    [push] = world.pushes.values()
    assert (push.event, push.openid) == ("PUBLISHJOBFINISH", official.administrator)
    assert push.fields["PublishEventInfo"] == told | {"publish_id": int(told["publish_id"])}
    assert code(await call(f"{DRAFT}/get", {"media_id": media_id})) == 40007
    assert official.followers[next(iter(official.followers))].screen == []


@pytest.mark.parametrize(("status", "expected"), [("", 3), ("2", 2)])
async def test_publishing_may_fail_on_demand(call, publish, official, world, status, expected):
    official.faults.add(Fault("api_job", values={"result": status}))
    publish_id = await publish("一")
    told = await call(f"{FREE}/get", {"publish_id": publish_id})
    assert told == {"publish_id": publish_id, "publish_status": expected, "fail_idx": [1]}
    assert (await call(f"{DRAFT}/count"))["total_count"] == 1
    page = await call(f"{FREE}/batchget", {"offset": 0, "count": 20})
    assert page["item"] == []


@pytest.mark.parametrize("event", ["FREEPUBLISHJOBFINISH", "MASSSENDJOBFINISH"])
async def test_the_event_may_have_another_name(publish, world, event):
    world.set_options({"publish_event": event})
    await publish()
    [push] = world.pushes.values()
    assert push.event == event
    assert push.fields["PublishEventInfo"]["publish_status"] == 0


async def test_what_is_published_is_read_paged_and_deleted(call, publish):
    publish_id = await publish("一", "二")
    await publish("三")
    page = await call(f"{FREE}/batchget", {"offset": 0, "count": 20})
    assert [each["content"]["news_item"][0]["title"] for each in page["item"]] == ["三", "一"]
    article_id = page["item"][1]["article_id"]
    read = await call(f"{FREE}/getarticle", {"article_id": article_id})
    assert [each["is_deleted"] for each in read["news_item"]] == [False, False]
    erase = {"article_id": article_id, "index": 1}
    assert code(await call(f"{FREE}/delete", erase)) == 0
    read = await call(f"{FREE}/getarticle", {"article_id": article_id})
    assert [each["is_deleted"] for each in read["news_item"]] == [True, False]
    assert code(await call(f"{FREE}/delete", erase | {"index": 3})) == 40114
    assert code(await call(f"{FREE}/delete", {"article_id": article_id})) == 0
    assert code(await call(f"{FREE}/getarticle", {"article_id": article_id})) == 53600
    told = await call(f"{FREE}/get", {"publish_id": publish_id})
    assert told["publish_status"] == 5


async def test_nothing_is_published_of_what_is_not_there(call):
    assert code(await call(f"{FREE}/submit", {"media_id": "nonsense"})) == 40007
    assert code(await call(f"{FREE}/get", {"publish_id": "9"})) == 53600


async def test_drafts_of_unverified_accounts_are_disputed(call, official, world):
    official.kind, official.verified = "subscription", False
    assert code(await call(f"{DRAFT}/count")) == 0
    world.set_options({"drafts": "verified"})
    assert code(await call(f"{DRAFT}/count")) == 48001
    assert code(await call(f"{FREE}/submit", {"media_id": "m"})) == 48001


# --- the library of media, where drafts are counted too (docs/protocol.md#i3)


LIBRARY = "/cgi-bin/material"


@pytest.fixture
async def image(call):
    """The media_id of a picture in the library."""
    files = {"filename": "a.png", "data": b"png"}
    return (await call(f"{LIBRARY}/add_material", files=files, type="image"))["media_id"]


async def test_a_file_comes_back_by_its_id(call, image):
    response = await call(f"{LIBRARY}/get_material", {"media_id": image})
    assert response.body == b"png"
    assert 'filename="a.png"' in response.headers["content-disposition"]


async def test_a_video_and_a_draft_come_back_as_json(call, draft):
    words = '{"title": "片名", "introduction": "简介"}'
    files = {"filename": "a.mp4", "description": words}
    video = (await call(f"{LIBRARY}/add_material", files=files, type="video"))["media_id"]
    told = await call(f"{LIBRARY}/get_material", {"media_id": video})
    assert (told["title"], told["description"]) == ("片名", "简介")
    assert video in told["down_url"]
    told = await call(f"{LIBRARY}/get_material", {"media_id": await draft("一")})
    assert told["news_item"][0]["title"] == "一"
    assert code(await call(f"{LIBRARY}/get_material", {"media_id": "nonsense"})) == 40007


async def test_the_library_is_paged_by_type(call, image, draft, world):
    await draft("一")
    page = await call(f"{LIBRARY}/batchget_material", {"type": "image", "offset": 0, "count": 20})
    [item] = page["item"]
    assert (item["media_id"], item["name"]) == (image, "a.png")
    assert image in item["url"]
    page = await call(f"{LIBRARY}/batchget_material", {"type": "news", "offset": 0, "count": 20})
    assert page["total_count"] == 1
    page = await call(f"{LIBRARY}/batchget_material", {"type": "voice", "offset": 0, "count": 20})
    assert page["item"] == []
    counted = await call(f"{LIBRARY}/get_materialcount")
    assert (counted["image_count"], counted["news_count"]) == (1, 1)


async def test_what_the_menu_needs_cannot_be_deleted(call, image):
    button = {"type": "media_id", "name": "图", "media_id": image}
    await call("/cgi-bin/menu/create", {"button": [{"name": "更多", "sub_button": [button]}]})
    assert code(await call(f"{LIBRARY}/del_material", {"media_id": image})) == 45060
    await call("/cgi-bin/menu/delete")
    assert code(await call(f"{LIBRARY}/del_material", {"media_id": image})) == 0
    assert code(await call(f"{LIBRARY}/del_material", {"media_id": image})) == 40007
