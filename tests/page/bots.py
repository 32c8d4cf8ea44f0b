"""Whom the page talks to in its tests: a bot with every reply, and a server that breaks them."""

import asyncio
from xml.sax.saxutils import escape

from yizhan import Account, Article, Image, Music, News, Transfer, Video, Voice
from yizhan.api import File
from yizhan.simulator.samples import samples
from yizhan.wire.xml import parse

LINKS = (
    '看<a href="https://example.com/a?x=1&amp;y=2">这里</a>，'
    '或<a href="weixin://bizmsgmenu?msgmenucontent=满意&msgmenuid=101">点我</a>[微笑]'
    '\n<a href="javascript:alert(1)">坏</a><img src=x onerror=alert(2)>'
)
ARTICLES = [
    Article(
        "驿站：一封信也不丢",
        "服务器、框架与模拟器",
        "https://example.com/a.jpg",
        "https://example.com/",
    ),
    Article("五秒、三次推送与那条故障提示", "", "", "https://example.com/2"),
    Article("在桌上测试机器人", "", "https://example.com/c.png", "https://example.com/3"),
]


def bot() -> Account:
    """A service account, unverified at first, with an answer of every kind."""
    account = Account(
        "demo",
        token="tokenOfThePage2026",
        appid="wx0123456789abcdef",
        kind="subscription",
        store="memory://",
        path="/wechat",
    )

    @account.subscribe
    async def welcome(event):
        return "欢迎关注驿站！" + (f"你扫的是 {event.scene}。" if event.scene else "")

    @account.text("你好", "hello")
    async def greet(message, session):
        session["greeted"] = session.get("greeted", 0) + 1
        return "你好！我是驿站的演示机器人。"

    @account.text("数一数")
    async def count(message, session):
        session["n"] = session.get("n", 0) + 1
        return f"第 {session['n']} 次"

    @account.text(regex=r"等(?P<seconds>\d+)秒")
    async def wait(message, seconds: str):
        await asyncio.sleep(int(seconds))
        return f"让你久等了：这个回答用了 {seconds} 秒，一条也没有丢。"

    @account.text("链接")
    async def links(message):
        return LINKS

    @account.text("图文")
    async def news(message):
        return News(ARTICLES[0])

    @account.click("NEWS")
    async def more_news(event):
        return News(*ARTICLES)

    @account.click("HELP")
    async def help_menu(event):
        return "可以发：你好、图文、等12秒"

    @account.click("BROKEN")
    async def broken(event):
        raise ValueError("on purpose, too")

    @account.event("scancode_waitmsg")
    async def scanned(event):
        return f"扫到了 {event.scan_code.result}"

    @account.event("location_select")
    async def picked(event):
        return f"选了 {event.location.label}"

    @account.scan
    async def scan(event):
        return f"又见面了：{event.scene}"

    @account.text("音乐")
    async def music(message, api):
        return Music(await upload(api, "thumb"), "高山流水", "古琴", "https://example.com/a.mp3")

    @account.text("转人工")
    async def staff(message):
        return Transfer("kf001@demo")

    @account.text("满意吗")
    async def ask(message, api):
        items = [{"id": "101", "content": "满意"}, {"id": "102", "content": "不满意"}]
        menu = {"head_content": "您对本次服务满意吗？", "list": items, "tail_content": "谢谢"}
        await api.message.custom.send(touser=message.from_user, msgtype="msgmenu", msgmenu=menu)

    @account.text("客服卡片")
    async def cards(message, api):
        program = {"title": "驿站小程序", "appid": "wx1", "pagepath": "pages/index"}
        program["thumb_media_id"] = await upload(api, "thumb")
        send = api.message.custom.send
        await send(touser=message.from_user, msgtype="miniprogrampage", miniprogrampage=program)
        await send(touser=message.from_user, msgtype="wxcard", wxcard={"card_id": "pCard"})
        text = {"content": "由机器写成"}
        context = {"is_ai_msg": 1}
        await send(touser=message.from_user, msgtype="text", text=text, aimsgcontext=context)

    @account.text("模板")
    async def template(message, api):
        chosen = await api.template.api_add_template(
            template_id_short="1001", keyword_name_list=["预约项目"]
        )
        await api.message.template.send(
            touser=message.from_user,
            template_id=chosen["template_id"],
            url="https://example.com/",
            data={"keyword1": {"value": "洗牙"}},
        )

    @account.text("输入")
    async def type_on(message, api):
        await api.message.custom.typing(touser=message.from_user, command="Typing")

    @account.text("海报")
    async def poster(message, api):
        scene = {"action_name": "QR_STR_SCENE", "expire_seconds": 1800}
        scene["action_info"] = {"scene": {"scene_str": "poster-7"}}
        made = await api.qrcode.create(**scene)
        code = await api.showqrcode(ticket=made["ticket"])
        kept = await api.media.upload(type="image", media=File(code.content, "code.png"))
        return Image(kept["media_id"])

    @account.text("出错")
    async def fail(message):
        raise RuntimeError("on purpose")

    @account.image
    async def photo(message):
        return Image(message.media_id)

    @account.voice
    async def voice(message):
        return Voice(message.media_id)

    @account.video
    async def video(message):
        return Video(message.media_id, "回声", "你刚发的视频")

    @account.location
    async def place(message):
        return f"你在 {message.label}"

    @account.link
    async def link(message):
        return f"收到链接 {message.title}"

    @account.text
    async def echo(message):
        return f"{message.content}{'（' + message.menu_id + '）' if message.menu_id else ''}"

    return account


async def upload(api, kind: str) -> str:
    """The media id of a file that was uploaded."""
    file = File(next(each.data for each in samples() if each.type == kind), f"{kind}.jpg")
    result = await api.media.upload(type=kind, media=file)
    return result.get("thumb_media_id") or result["media_id"]


REPLY = (
    "<xml><ToUserName>{to}</ToUserName><FromUserName>{me}</FromUserName>"
    "<CreateTime>1</CreateTime><MsgType>text</MsgType><Content>{text}</Content></xml>"
)


async def careless(scope, receive, send) -> None:
    """A server in the style of many: what it is told to break, it breaks."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    push = parse(body)["xml"]
    to, me, text = push["FromUserName"], push["ToUserName"], push.get("Content") or ""
    answers = {
        "空": REPLY.format(to=to, me=me, text=""),
        "JSON": '{"reply": "hi"}',
        "没换": REPLY.format(to=me, me=to, text="x"),
        "半截": "<xml><ToUserName>",
    }
    if text == "异常":
        raise RuntimeError("a handler without a net")
    answer = answers.get(text, REPLY.format(to=to, me=me, text=escape(text)))
    headers = [(b"content-type", b"text/xml")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer.encode()})
