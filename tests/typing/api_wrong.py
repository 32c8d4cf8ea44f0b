"""What both checkers must refuse: an error on every line marked `# E:`, and on no other."""

from datetime import date

from yizhan.api import AsyncClient, Client
from yizhan.api.calls import Nonsense  # E: no such type
from yizhan.api.component import Component
from yizhan.api.pages import drafts, materials


async def awaited(api: AsyncClient) -> None:
    await api.message.custom.sent(touser="o")  # E: no such endpoint
    await api.message.custom.send(touser="o", msgtype="txt")  # E: no such msgtype
    await api.message.custom.send(touser="o", msgtype="text", text="hi")  # E: a text is an object
    await api.message.custom.send(touser="o", msgtype="text", text={"contents": "hi"})  # E: no such member
    await api.message.custom.send(msgtype="text", text={"content": "hi"})  # E: no touser
    await api.user.info(openid="o", timeout="3")  # E: a text is no time
    await api.message.custom.send("o", "text")  # E: by name only
    await api.menu.create(button=[{"name": "帮助", "type": "press"}])  # E: no such kind of button
    await api.media.upload(type="image", media="photo.jpg")  # E: a path is no text
    await api.media.upload(media=b"a")  # E: of no type
    (await api.media.upload(type="thumb", media=b"a"))["media_id"]  # E: thumb_media_id
    (await api.tags.get())["tag"]  # E: no such member
    (await api.material.get_material(media_id="m")).fields["news"]  # E: no such member
    for tag in api.tags.get()["tags"]:  # E: not awaited
        print(tag)


async def messages(api: AsyncClient) -> None:
    await api.message.custom.send(touser="o", msgtype="text")  # E: no text
    await api.message.custom.send(touser="o", msgtype="text", image={"media_id": "m"})  # E: no text, but a picture
    await api.message.custom.send(touser="o", msgtype="image", image={"content": "hi"})  # E: a picture has an id
    await api.message.mass.sendall(filter={"is_to_all": True}, msgtype="news", news={})  # E: no such msgtype
    await api.message.mass.send(touser="o", msgtype="text", text={"content": "a"})  # E: a list of openids
    await api.message.mass.preview(msgtype="text", text={"content": "a"})  # E: for nobody
    await api.message.mass.preview(touser="o", towxname="w", msgtype="text", text={"content": "a"})  # E: one of the two
    await api.message.custom.typing(touser="o", command="typing")  # E: Typing
    await api.qrcode.create(action_name="QR", action_info={"scene": {"scene_id": 1}})  # E: no such kind of code
    await api.material.batchget_material(type="thumb", offset=0, count=20)  # E: no list of those
    await api.comment.list(msg_data_id=1, begin=0, count=49, type=3)  # E: 0, 1 or 2
    await api.user.info(openid="o", lang="zh")  # E: no such language
    await api.sns.userinfo(access_token="t", openid="o", lang="zh-CN")  # E: zh_CN


async def figures(api: AsyncClient) -> None:
    day = date(2026, 11, 1)
    await api.datacube.getusersummary(begin_date="2026-11-31", end_date=day)  # E: a text may be no day
    await api.datacube.getusersummary(begin_date=20261101, end_date=day)  # E: a number is no day
    await api.datacube.getarticleread(begin_date=day, end_date=1.5)  # E: a number is no day
    await api.publisher.stat(action="publisher", page=1, page_size=9, start_date=day, end_date=day)  # E: no such figures
    (await api.datacube.getusersummary(begin_date=day, end_date=day))["list"][0]["user"]  # E: no such member
    (await api.datacube.getarticleread(begin_date=day, end_date=day))["list"][0]["detail"]["share_user"]  # E: of shares
    (await api.user.get())["data"]["openids"]  # E: no such member


async def platforms(component: Component) -> None:
    component.on("authorised")  # E: no such InfoType
    await component.authorize_url("https://shop.example/", auth_type=7)  # E: no such kind of account

    @component.on("authorized")  # E: a hook takes the event
    def nothing() -> None: ...


async def pages(api: AsyncClient) -> None:
    async for draft in api.each(drafts()):
        draft["title"]  # E: its articles have titles
    (await api.jssdk("https://shop.example/"))["appid"]  # E: appId
    for item in api.each(materials("news")):  # E: not awaited
        print(item)
    api.each(materials("thumb"))  # E: no list of those


def blocking(api: Client) -> None:
    api.nothing.of.the.sort()  # E: no such endpoint
    api.user.info(openid=1)  # E: an openid is a text
    api.tags.create(tag={"id": 1})  # E: no name
    api.message.custom.send(touser="o", msgtype="voice", text={"content": "hi"})  # E: no voice
    api.datacube.getusercumulate(begin_date="2026/11/01", end_date=date.today())  # E: a text may be no day
    api.draft.add(articles=[{"title": "t", "content": "c", "article_type": "pic"}])  # E: news or newspic
