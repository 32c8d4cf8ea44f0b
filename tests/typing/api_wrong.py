"""What both checkers must refuse: an error on every line marked `# E:`, and on no other."""

from yizhan.api import AsyncClient, Client


async def awaited(api: AsyncClient) -> None:
    await api.message.custom.sent(touser="o")  # E: no such endpoint
    await api.message.custom.send(touser="o", msgtype="txt")  # E: no such msgtype
    await api.message.custom.send(touser="o", msgtype="text", text="hi")  # E: a text is an object
    await api.message.custom.send(touser="o", msgtype="text", text={"contents": "hi"})  # E: no such member
    await api.message.custom.send(msgtype="text", text={"content": "hi"})  # E: no touser
    await api.message.custom.send("o", "text")  # E: by name only
    await api.menu.create(button=[{"name": "帮助", "type": "press"}])  # E: no such kind of button
    await api.media.upload(type="image", media="photo.jpg")  # E: a path is no text
    (await api.tags.get())["tag"]  # E: no such member
    for tag in api.tags.get()["tags"]:  # E: not awaited
        print(tag)


def blocking(api: Client) -> None:
    api.nothing.of.the.sort()  # E: no such endpoint
    api.user.info(openid=1)  # E: an openid is a text
    api.tags.create(tag={"id": 1})  # E: no name
