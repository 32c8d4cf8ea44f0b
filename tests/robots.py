"""Bots as WeRoBot's documentation shows them, one for each thing that it teaches.

`werobot` is the module: WeRoBot's own, or ours in its place.
"""

from io import BytesIO

import wechat
from yizhan.wire import xml


def ask(robot, request, path="/"):
    """The status and the body that the robot answers with under a WSGI server."""
    told = []
    environ = {
        "REQUEST_METHOD": request.method,
        "PATH_INFO": path,
        "QUERY_STRING": request.query,
        "CONTENT_LENGTH": str(len(request.body)),
        "SERVER_NAME": "bot",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(request.body),
    }
    body = b"".join(robot.wsgi(environ, lambda status, *rest: told.append(int(status[:3]))))
    return told[0], body


def said(robot, push):
    """The reply's fields; `{}` for none. What names the time or says nothing is left out."""
    status, body = ask(robot, wechat.push(xml.unparse({"xml": push}).encode()))
    assert status == 200
    if body in (b"", b"success"):
        return {}
    fields = xml.parse(body.strip())["xml"]
    names = {"ToUserName": wechat.FAN, "FromUserName": wechat.ACCOUNT, "Content": None}
    return {
        name: value
        for name, value in fields.items()
        if name != "CreateTime" and names.get(name, "") != value
    }


HELLO = """
robot = werobot.WeRoBot(token=TOKEN)

@robot.handler
def hello(message):
    return "Hello World!"
"""

KINDS = """
robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.text
def text(message):
    return message.content + "|" + message.type

@robot.image
def image(message):
    return message.img

@robot.link
def link(message):
    return "|".join([message.title, message.description, message.url])

@robot.location
def location(message):
    x, y = message.location
    return f"{x} {y} {message.scale} {message.label}"

@robot.voice
def voice(message):
    return f"{message.media_id} {message.format} {message.recognition}"

@robot.video
def video(message):
    return "video " + message.thumb_media_id

@robot.shortvideo
def short(message):
    return "short " + message.media_id
"""

ARGUMENTS = """
robot = werobot.WeRoBot(token=TOKEN)

@robot.text
def none():
    return None

@robot.image
def nothing_asked():
    return "no argument"

@robot.text
def both(message, session):
    session["count"] = session.get("count", 0) + 1
    return f"{message.source} {session['count']}"
"""

SESSION = """
robot = werobot.WeRoBot(token=TOKEN)

@robot.text
def greet(message, session):
    if "first" in session:
        return
    session["first"] = True
    return "first"

@robot.text
def name(message, session):
    if message.content.startswith("name "):
        session["name"] = message.content[5:]
        return "ok"

@robot.text
def who(message, session):
    return session.get("name") or "nobody"
"""

NO_SESSION = """
robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.text
def show(message, session):
    return repr(session)
"""

ORDER = """
robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.handler
def of_all(message):
    return "all"

@robot.text
def first(message):
    if message.content == "first":
        return "first"

@robot.text
def second(message):
    if message.content in ("first", "second"):
        return "second"

robot.add_handler(lambda message: "added", type="image")
"""

FILTERS = """
import re

robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.filter("a")
def a():
    return "is a"

@robot.filter("b", re.compile("c+"))
def several(message):
    return "b or c: " + message.content

@robot.filter(re.compile(r"weather in (\\w+)"))
def weather(message, session, match):
    return match.group(1)

def added(message, session, match):
    return repr(match)

robot.add_filter(func=added, rules=["string"])

@robot.text
def rest(message):
    return "rest"
"""

EVENTS = """
robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.subscribe
def subscribe(message):
    return f"{message.type} {message.key} {message.ticket}"

@robot.scan
def scan(event):
    return event.key + event.ticket

@robot.key_click("MUSIC")
def music():
    return "music"

@robot.key_click("NAME")
def named(message):
    return message.key

@robot.click
def other(message):
    return "another button: " + message.key

@robot.location_event
def place(message):
    return f"{message.latitude} {message.longitude} {message.precision}"

@robot.scancode_waitmsg
def code(message):
    return f"{message.key} {message.scan_type} {message.scan_result}"

@robot.pic_sysphoto
def pictures(message):
    return f"{message.count} {message.pic_list}"

@robot.location_select
def chosen(message):
    return f"{message.location_x} {message.scale} {message.label} {message.poi_name}"
"""

REPLIES = """
from MODULE.replies import (
    Article, ArticlesReply, ImageReply, MusicReply, SuccessReply, TextReply,
    TransferCustomerServiceReply, VideoReply, VoiceReply,
)

robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.text
def made(message):
    what = message.content
    if what == "text":
        return TextReply(message=message, content="a text")
    if what == "bytes":
        return "字节".encode()
    if what == "image":
        return ImageReply(message=message, media_id="m1")
    if what == "voice":
        return VoiceReply(message=message, media_id="m2")
    if what == "video":
        return VideoReply(message=message, media_id="m3", title="t", description="d")
    if what == "music":
        return MusicReply(message=message, title="t", description="d", url="http://a.example/1")
    if what == "music list":
        return ["title", "about", "https://a.example/music.mp3"]
    if what == "music list of four":
        return ["title", "about", "https://a.example/1.mp3", "https://a.example/2.mp3"]
    if what == "article":
        reply = ArticlesReply(message=message)
        reply.add_article(Article(title="t", description="d", img="http://i.example", url="u"))
        return reply
    if what == "article list":
        return [["title", "about", "http://i.example/1.png", "http://a.example/"]]
    if what == "staff":
        return TransferCustomerServiceReply(message=message, account="one@staff")
    if what == "anyone":
        return TransferCustomerServiceReply(message=message)
    if what == "success":
        return SuccessReply()

@robot.handler
def late(message):
    return "nobody answered"
"""

CONFIG = """
robot = werobot.WeRoBot()
robot.config["TOKEN"] = TOKEN
robot.config["HOST"] = "0.0.0.0"
robot.config["PORT"] = 80
robot.config["SESSION_STORAGE"] = False

@robot.text
def own(message):
    return f"{robot.config['HOST']} {robot.config['PORT']} {robot.token == TOKEN}"
"""

FAILING = """
robot = werobot.WeRoBot(token=TOKEN)

@robot.text
def fails(message, session):
    session["kept"] = True
    if message.content == "fail":
        raise ValueError("it failed")
    return "fine"

@robot.text
def next_one(message):
    return "is not asked"
"""

FIELDS = """
robot = werobot.WeRoBot(token=TOKEN, SESSION_STORAGE=False)

@robot.handler
def fields(message):
    known = [hasattr(message, name) for name in ("content", "key", "Content", "EventKey")]
    return f"{message.type} {message.source} {message.target} {message.time > 0} " \\
           f"{message.message_id} {known}"
"""
