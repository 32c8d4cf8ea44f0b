"""Calls that a checker lets pass, and what it knows of their answers."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, assert_type

from yizhan.api import AsyncClient, Client, File, Media
from yizhan.api.calls import (
    Authorizer,
    Comment,
    Draft,
    KfRecord,
    Material,
    MaterialArticle,
    MediaGetAnswer,
    Publication,
    UserInfo,
    UserInfoBatchgetAnswer,
)
from yizhan.api.component import Component, ComponentEvent
from yizhan.api.pages import (
    authorizers,
    comments,
    drafts,
    followers,
    materials,
    publications,
    records,
)


def any_kind(api: Client, kind: Literal["image", "thumb"]) -> int:
    return api.media.upload(type=kind, media=b"GIF89a")["created_at"]


def answered(media: Media) -> object:
    return media.fields.get("video_url")


async def awaited(api: AsyncClient) -> None:
    await api.message.custom.send(touser="o", msgtype="text", text={"content": "你好"})
    await api.menu.create(button=[{"name": "帮助", "type": "click", "key": "HELP"}])
    assert_type((await api.tags.get())["tags"][0]["name"], str)
    assert_type((await api.user.info(openid="o"))["subscribe"], int)
    assert_type(await api.media.get(media_id="m"), Media[MediaGetAnswer])
    assert_type(answered(await api.media.get(media_id="m")), object)
    kept = await api.material.get_material(media_id="m")
    assert_type(kept.fields.get("news_item"), list[MaterialArticle] | None)
    assert_type(kept.fields.get("down_url"), str | None)
    sent = await api.media.upload(type="image", media=Path("photo.jpg"))
    assert_type(sent["media_id"], str)
    thumb = await api.media.upload(type="thumb", media=Path("photo.jpg"))
    assert_type(thumb["thumb_media_id"], str)
    assert_type((await api.user.info(openid="o", timeout=3))["subscribe"], int)
    await api.getcallbackip(timeout=0.5)
    await api.media.upload(type="voice", media=File(b"#!AMR", "hello.amr"))
    await api.sns.oauth2.access_token(code="c")
    await api.customservice.kfaccount.del_(kf_account="a@b")
    await api.openapi.quota.clear(cgi_path="/cgi-bin/message/custom/send")
    assert_type((await api.jssdk("https://shop.example/"))["timestamp"], int)
    assert_type((await api.add_card("p1", openid="o"))["cardExt"], str)
    await api.message.template.send(touser="o", template_id="t", data={"k": {"value": "v"}})
    await api.card.get(card_id="c", something="that nobody has described")
    assert_type(await api.post("/cgi-bin/any/path", json={"a": 1}), dict[str, object])
    async for openid in api.each(followers()):
        assert_type(openid, str)


async def messages(api: AsyncClient) -> None:
    await api.message.custom.send(touser="o", msgtype="image", image={"media_id": "m"})
    await api.message.custom.send(
        touser="o", msgtype="text", text={"content": "你好"}, customservice={"kf_account": "a@b"}
    )
    everybody = await api.message.mass.sendall(
        filter={"is_to_all": True}, msgtype="mpnews", mpnews={"media_id": "m"}
    )
    assert_type(everybody["msg_id"], int)
    await api.message.mass.preview(towxname="w", msgtype="text", text={"content": "a"})
    await api.message.mass.preview(touser="o", msgtype="text", text={"content": "a"})
    sent = await api.message.subscribe.bizsend(
        touser="o", template_id="t", data={"thing1": {"value": "v"}}, miniprogram_state="trial"
    )
    assert_type(sent.get("errcode"), int | None)


async def figures(api: AsyncClient) -> None:
    day, now = date(2026, 11, 1), datetime(2026, 11, 1, 12, tzinfo=UTC)
    gained = await api.datacube.getusersummary(begin_date=day, end_date=now)
    assert_type(gained["list"][0]["ref_date"], str)
    assert_type(gained["list"][0]["new_user"], int)
    read = await api.datacube.getarticleread(begin_date=day, end_date=day)
    assert_type(read["list"][0]["detail"]["read_user"], int)
    hours = await api.datacube.getupstreammsghour(begin_date=day, end_date=day)
    assert_type(hours["list"][0]["ref_hour"], int)


async def answers(api: AsyncClient) -> None:
    found = await api.user.info.batchget(user_list=[{"openid": "o", "lang": "zh_CN"}])
    assert_type(found, UserInfoBatchgetAnswer)
    assert_type(found["user_info_list"], list[UserInfo])
    rules = (await api.get_current_autoreply_info()).get("keyword_autoreply_info")
    assert rules is not None
    assert_type(rules["list"][0]["reply_list_info"][0]["type"] == "img", bool)
    status = (await api.freepublish.get(publish_id="100000001"))["publish_status"]
    assert status != 1
    menu = await api.get_current_selfmenu_info()
    assert_type(menu["is_menu_open"], int)
    info = await api.component.api_get_authorizer_info(authorizer_appid="wx0")
    assert_type(info["authorizer_info"]["service_type_info"]["id"], int)


async def platforms(component: Component) -> None:
    @component.on("authorized", "updateauthorized")
    async def welcome(event: ComponentEvent) -> None:
        await component.account(event.appid).tags.get()

    @component.on()
    def everything(event: ComponentEvent) -> str:
        return event.kind

    assert_type(everything(ComponentEvent("authorized", "wx0", {})), str)
    await component.authorize_url("https://shop.example/", auth_type=3, mobile=True)
    assert_type(component.api.component_appid, str)


async def pages(api: AsyncClient) -> None:
    async for draft in api.each(drafts()):
        assert_type(draft, Draft)
        assert_type(draft["content"]["news_item"][0]["title"], str)
    async for publication in api.each(publications()):
        assert_type(publication, Publication)
    async for comment in api.each(comments(1)):
        assert_type(comment, Comment)
    async for record in api.each(records(1, 2)):
        assert_type(record, KfRecord)
    async for account in api.each(authorizers()):
        assert_type(account, Authorizer)


def blocking(api: Client) -> None:
    api.message.custom.send(touser="o", msgtype="text", text={"content": "你好"})
    assert_type(api.tags.get()["tags"][0]["id"], int)
    assert_type(api.media.get(media_id="m"), Media[MediaGetAnswer])
    assert_type(api.media.get(media_id="m").fields.get("video_url"), str | None)
    for item in api.each(materials("image")):
        assert_type(item, Material)
        assert_type(item["update_time"], int)
    assert_type(api.datacube.getbizsummary(begin_date=date.min, end_date=date.max)["list"][0]["ref_date"], str)
    assert_type(api.subscribe_url("t", "https://shop.example/", scene=1), str)
