"""Calls that a checker lets pass, and what it knows of their answers."""

from pathlib import Path
from typing import assert_type

from yizhan.api import AsyncClient, Client, File, Media
from yizhan.api.pages import followers, materials


async def awaited(api: AsyncClient) -> None:
    await api.message.custom.send(touser="o", msgtype="text", text={"content": "你好"})
    await api.menu.create(button=[{"name": "帮助", "type": "click", "key": "HELP"}])
    assert_type((await api.tags.get())["tags"][0]["name"], str)
    assert_type((await api.user.info(openid="o"))["subscribe"], int)
    assert_type(await api.media.get(media_id="m"), Media)
    await api.media.upload(type="image", media=Path("photo.jpg"))
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


def blocking(api: Client) -> None:
    api.message.custom.send(touser="o", msgtype="text", text={"content": "你好"})
    assert_type(api.tags.get()["tags"][0]["id"], int)
    assert_type(api.media.get(media_id="m"), Media)
    for item in api.each(materials("image")):
        assert_type(item, dict[str, object])
