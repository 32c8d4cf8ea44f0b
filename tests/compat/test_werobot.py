"""WeRoBot's bots over Yizhan: each answers as under WeRoBot itself."""

import importlib

import pytest

import robots
import wechat
import yizhan.compat.werobot
from robots import ask, said
from wechat import event, fields, image, text
from yizhan import messages
from yizhan.compat.werobot import WeRoBot
from yizhan.compat.werobot.messages import FIELDS, Message
from yizhan.compat.werobot.robot import DECORATORS
from yizhan.errors import RegistrationError, SettingsError
from yizhan.wire import xml

REAL, OURS = "werobot", "yizhan.compat.werobot"


@pytest.fixture(autouse=True)
def somewhere(monkeypatch, tmp_path):
    """WeRoBot keeps sessions in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YIZHAN_STORE", "memory://")


def made(source, module):
    """The robot that the source makes with that module."""
    namespace = {"werobot": importlib.import_module(module), "TOKEN": wechat.TOKEN}
    exec(source.replace("MODULE", module), namespace)  # noqa: S102  # the tests' own
    return namespace["robot"]


@pytest.fixture
def both():
    """The robots of a source: WeRoBot's own and ours."""
    ours = []

    def make(source):
        ours.append(made(source, OURS))
        return made(source, REAL), ours[0]

    yield make
    for robot in ours:
        robot.account.wsgi.close()


def plain(content):
    return {"MsgType": "text", "Content": content}


def article(*values):
    item = dict(zip(("Title", "Description", "PicUrl", "Url"), values, strict=True))
    return {"MsgType": "news", "ArticleCount": "1", "Articles": {"item": item}}


def music(best):
    told = {"Title": "title", "Description": "about"}
    urls = {"MusicUrl": "https://a.example/1.mp3", "HQMusicUrl": best}
    return {"MsgType": "music", "Music": {**told, **urls}}


CODE = {"ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": "1"}}
PICTURE = {"SendPicsInfo": {"Count": "1", "PicList": {"item": {"PicMd5Sum": "1b5f"}}}}
PICTURES = {
    "SendPicsInfo": {"Count": "2", "PicList": {"item": [{"PicMd5Sum": "a"}, {"PicMd5Sum": "b"}]}}
}
CHOSEN = {
    "SendLocationInfo": {
        "Location_X": "23",
        "Location_Y": "113",
        "Scale": "15",
        "Label": "街",
        "Poiname": None,
    }
}
WHERE = {"Location_X": "23.134521", "Location_Y": "113.358803", "Scale": "20", "Label": "街"}
PLACE = {"Latitude": "23.137466", "Longitude": "113.352425", "Precision": "119.385040"}

# The source, and turn by turn what is pushed and what the reply is.
TALKS = {
    "hello": (
        robots.HELLO,
        [
            (text("hi"), plain("Hello World!")),
            (image(), plain("Hello World!")),
            (event("subscribe"), plain("Hello World!")),
            (fields("neverheardof", MsgId=1), plain("Hello World!")),
            (event("neverheardof"), plain("Hello World!")),
        ],
    ),
    "kinds": (
        robots.KINDS,
        [
            (text("你好"), plain("你好|text")),
            (image(PicUrl="http://p.example/1"), plain("http://p.example/1")),
            (fields("link", Title="t", Description="d", Url="u", MsgId=2), plain("t|d|u")),
            (fields("location", MsgId=3, **WHERE), plain("23.134521 113.358803 20 街")),
            (fields("voice", MediaId="m", Format="amr", MsgId=4), plain("m amr None")),
            (fields("video", MediaId="m", ThumbMediaId="n", MsgId=5), plain("video n")),
            (fields("shortvideo", MediaId="m", ThumbMediaId="n", MsgId=6), plain("short m")),
            (event("CLICK", "K"), {}),
        ],
    ),
    "arguments": (
        robots.ARGUMENTS,
        [
            (image(), plain("no argument")),
            (text("a"), plain(f"{wechat.FAN} 1")),
            (text("b"), plain(f"{wechat.FAN} 2")),
            (text("c", FromUserName="oAnother"), {**plain("oAnother 1"), "ToUserName": "oAnother"}),
        ],
    ),
    "session": (
        robots.SESSION,
        [
            (text("name Zhang"), plain("first")),
            (text("who"), plain("nobody")),
            (text("name Zhang"), plain("ok")),
            (text("who"), plain("Zhang")),
        ],
    ),
    "no session": (robots.NO_SESSION, [(text("a"), plain("None"))]),
    "order": (
        robots.ORDER,
        [
            (text("first"), plain("first")),
            (text("second"), plain("second")),
            (text("third"), plain("all")),
            (image(), plain("added")),
            (event("subscribe"), plain("all")),
        ],
    ),
    "filters": (
        robots.FILTERS,
        [
            (text("a"), plain("is a")),
            (text("A"), plain("rest")),
            (text("b"), plain("b or c: b")),
            (text("ccc!"), plain("b or c: ccc!")),
            (text("the weather in Xian"), plain("rest")),
            (text("weather in Xian"), plain("Xian")),
            (text("string"), plain("None")),
        ],
    ),
    "events": (
        robots.EVENTS,
        [
            (event("subscribe"), plain("subscribe_event None None")),
            (
                event("subscribe", "qrscene_7", Ticket="T"),
                plain("subscribe_event qrscene_7 T"),
            ),
            (event("SCAN", "7", Ticket="T"), plain("7T")),
            (event("CLICK", "MUSIC"), plain("music")),
            (event("CLICK", "NAME"), plain("NAME")),
            (event("CLICK", "K"), plain("another button: K")),
            (event("LOCATION", **PLACE), plain("23.137466 113.352425 119.38504")),
            (event("scancode_waitmsg", "K", **CODE), plain("K qrcode 1")),
            (event("pic_sysphoto", "K", **PICTURE), plain("1 [{'pic_md5_sum': '1b5f'}]")),
            (
                event("pic_sysphoto", "K", **PICTURES),
                plain("2 [{'pic_md5_sum': 'a'}, {'pic_md5_sum': 'b'}]"),
            ),
            (event("location_select", "K", **CHOSEN), plain("23 15 街 None")),
            (event("unsubscribe"), {}),
        ],
    ),
    "replies": (
        robots.REPLIES,
        [
            (text("text"), plain("a text")),
            (text("bytes"), plain("字节")),
            (text("image"), {"MsgType": "image", "Image": {"MediaId": "m1"}}),
            (text("voice"), {"MsgType": "voice", "Voice": {"MediaId": "m2"}}),
            (
                text("video"),
                {
                    "MsgType": "video",
                    "Video": {"MediaId": "m3", "Title": "t", "Description": "d"},
                },
            ),
            (
                text("music"),
                {
                    "MsgType": "music",
                    "Music": {
                        "Title": "t",
                        "Description": "d",
                        "MusicUrl": "http://a.example/1",
                        "HQMusicUrl": "http://a.example/1",
                    },
                },
            ),
            (
                text("music list"),
                {
                    "MsgType": "music",
                    "Music": {
                        "Title": "title",
                        "Description": "about",
                        "MusicUrl": "https://a.example/music.mp3",
                        "HQMusicUrl": "https://a.example/music.mp3",
                    },
                },
            ),
            (text("music list of four"), music("https://a.example/2.mp3")),
            (text("article"), article("t", "d", "http://i.example", "u")),
            (
                text("article list"),
                article("title", "about", "http://i.example/1.png", "http://a.example/"),
            ),
            (
                text("staff"),
                {
                    "MsgType": "transfer_customer_service",
                    "TransInfo": {"KfAccount": "one@staff"},
                },
            ),
            (text("anyone"), {"MsgType": "transfer_customer_service"}),
            (text("success"), {}),
            (text("else"), plain("nobody answered")),
        ],
    ),
    "config": (robots.CONFIG, [(text("a"), plain("0.0.0.0 80 True"))]),
    "failing": (robots.FAILING, [(text("fail"), {}), (text("a"), plain("fine"))]),
    "fields": (
        robots.FIELDS,
        [
            (
                text("a", MsgId=77),
                plain(f"text {wechat.FAN} {wechat.ACCOUNT} True 77 [True, False, True, False]"),
            ),
            (
                event("CLICK", "K"),
                plain(
                    f"click_event {wechat.FAN} {wechat.ACCOUNT} True 0 [False, True, False, True]"
                ),
            ),
        ],
    ),
}


@pytest.mark.parametrize("talk", TALKS)
def test_a_bot_answers_as_under_werobot(both, talk):
    source, turns = TALKS[talk]
    real, ours = both(source)
    for push, reply in turns:
        assert [said(real, push), said(ours, push)] == [reply, reply]


@pytest.mark.parametrize("path", ["/", "/robot", "/wechat"])
def test_a_robot_answers_at_every_path(both, path):
    for robot in both(robots.HELLO):
        assert b"Hello World!" in ask(robot, wechat.push(text()), path)[1]
        assert ask(robot, wechat.verification(), path) == (200, b"5838479218127813673")
        assert ask(robot, wechat.Request("GET"), path)[0] == 403


def test_there_is_a_decorator_for_everything_that_werobot_has_one_for():
    import werobot

    real = werobot.WeRoBot
    types = real.message_types
    robot = real(token="tokenhere", SESSION_STORAGE=False)
    for name, kind in DECORATORS.items():
        before = len(robot._handlers[kind])
        getattr(robot, name)(lambda message: None)
        assert len(robot._handlers[kind]) == before + 1, name
    assert {*DECORATORS.values()} == {"all", *types}


def test_a_message_has_the_attributes_that_werobot_gives_it():
    from werobot.messages.entries import BaseEntry
    from werobot.messages.events import EventMetaClass
    from werobot.messages.messages import MessageMetaClass

    for kind, attributes in FIELDS.items():
        shape = {**EventMetaClass.TYPES, **MessageMetaClass.TYPES}[kind]
        entries = {
            name: entry.entry
            for base in shape.__mro__
            for name, entry in vars(base).items()
            if isinstance(entry, BaseEntry)
        }
        for name in ("source", "target", "time", "message_id"):
            entries.pop(name)
        stands = {name: ".".join(field.path) for name, field in attributes.items()}
        stands.pop("pic_list", None)
        assert stands == entries, kind


def test_several_articles_are_cut_to_what_wechat_shows(caplog):
    robot = WeRoBot(token=wechat.TOKEN)
    articles = [["t", "d", "http://i.example", "http://a.example"]] * 2
    robot.handler(lambda: articles)
    try:
        assert said(robot, text())["ArticleCount"] == "1"
        assert said(robot, event("subscribe"))["ArticleCount"] == "2"
    finally:
        robot.account.wsgi.close()
    assert [record.name for record in caplog.records if "2" in record.message] == ["WeRoBot"]


@pytest.mark.parametrize("decorator", ["unknown", "unknown_event"])
def test_what_is_of_no_known_type_reaches_the_handlers_for_it(decorator):
    """WeRoBot documents these decorators and never calls them for such a push."""
    robot = WeRoBot(token=wechat.TOKEN)
    getattr(robot, decorator)(lambda message: message.type)
    pushed = event("newevent") if decorator == "unknown_event" else fields("new", MsgId=9)
    try:
        assert said(robot, pushed)["Content"] in ("new", "newevent_event")
    finally:
        robot.account.wsgi.close()


def test_encrypted_pushes_are_answered(both):
    keys = f"app_id={wechat.APPID!r}, encoding_aes_key={wechat.AES_KEY!r}"
    for robot in both(robots.HELLO.replace("token=TOKEN", f"token=TOKEN, {keys}")):
        status, body = ask(robot, wechat.push(text(), "safe"))
        sealed = xml.parse(body.strip())["xml"]
        assert (status, sealed.keys() >= {"Encrypt", "MsgSignature"}) == (200, True)
        assert b"Hello World!" in wechat.CIPHER.decrypt(sealed["Encrypt"])


# What is refused, and when.


async def coroutine(message):
    return "a"


def generator(message):
    yield "a"


@pytest.mark.parametrize(
    ("handler", "phrase"),
    [
        ("text", "werobot.callable"),
        (coroutine, "werobot.form"),
        (generator, "werobot.form"),
        (lambda message, session, match: None, "werobot.arguments"),
        (lambda message, *, session: None, "werobot.arguments"),
    ],
)
def test_a_handler_that_could_not_be_called_is_refused_when_registered(handler, phrase):
    with pytest.raises(RegistrationError) as refused:
        WeRoBot(token=wechat.TOKEN).text(handler)
    assert refused.value.phrase == phrase


@pytest.mark.parametrize("handler", [lambda: 1, lambda m: 1, lambda m, s: 1, lambda *all: 1])
def test_a_handler_takes_up_to_two_arguments(handler):
    robot = WeRoBot(token=wechat.TOKEN)
    assert robot.text(handler) is handler
    [(kept, takes)] = robot.get_handlers("text")
    assert kept is handler
    assert handler(*range(takes)) == 1


@pytest.mark.parametrize("rules", [(), (7,), (["a", "b"],)])
def test_a_condition_that_is_none_is_refused(rules):
    with pytest.raises(RegistrationError, match=r"filter|条件"):
        WeRoBot(token=wechat.TOKEN).filter(*rules)(lambda: 1)


def test_a_type_that_is_none_is_refused():
    with pytest.raises(RegistrationError, match="masssend"):
        WeRoBot(token=wechat.TOKEN).add_handler(lambda: 1, type="masssend")


def test_a_storage_for_sessions_is_refused():
    with pytest.raises(SettingsError, match="YIZHAN_STORE"):
        WeRoBot(token=wechat.TOKEN, session_storage={})
    robot = WeRoBot(token=wechat.TOKEN)
    robot.config["SESSION_STORAGE"] = {}
    with pytest.raises(SettingsError, match="YIZHAN_STORE"):
        robot.account  # noqa: B018


@pytest.mark.parametrize("name", ["parse_message", "get_reply", "check_signature", "crypto"])
def test_what_is_left_out_says_so(name):
    with pytest.raises(RegistrationError, match=f"robot.{name}"):
        getattr(WeRoBot(token=wechat.TOKEN), name)


def test_an_unknown_attribute_is_none():
    robot = WeRoBot(token=wechat.TOKEN)
    assert not hasattr(robot, "txet")
    assert not hasattr(Message(messages.read(text())), "txet")


def test_an_error_page_is_taken_with_a_word(caplog):
    WeRoBot(token=wechat.TOKEN).error_page(lambda url: url)
    assert "403" in caplog.text


def test_settings_that_are_not_given_are_those_of_the_environment(monkeypatch):
    monkeypatch.setenv("YIZHAN_TOKEN", "TokenOfTheEnvironment")
    assert WeRoBot().account.settings.token == "TokenOfTheEnvironment"
    assert WeRoBot(token=wechat.TOKEN).account.settings.token == wechat.TOKEN


def test_a_config_is_read_from_a_file_and_from_an_object(tmp_path):
    (tmp_path / "settings.py").write_text("TOKEN = 'tokenhere'\nlower = 1\n")
    config = yizhan.compat.werobot.Config()
    assert config.from_pyfile(str(tmp_path / "settings.py"))
    assert config == {"TOKEN": "tokenhere"}
    config.from_object(type("Settings", (), {"APP_ID": "wx1", "lower": 1}))
    assert config == {"TOKEN": "tokenhere", "APP_ID": "wx1"}


def test_every_exported_name_is_there():
    assert all(hasattr(yizhan.compat.werobot, name) for name in yizhan.compat.werobot.__all__)
