"""Every verb at 60 columns and in a pipe, in Chinese and English, as it succeeds and as it fails.

The table has a row for each verb and sub-verb that there is; a new one without a row fails.
"""

import asyncio
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import httpx
import pytest
from msgspec import Struct, structs

import wechat
from api.wechat_api import PICTURE
from forked import Asked, Commands, Done
from served import YIZHAN, started
from terminal import ANSI
from yizhan import replies
from yizhan.cli import main
from yizhan.columns import breaks, width_of
from yizhan.recording import Exchange, line_of

TOKEN = "tokenOfTheTests2026"
BOT = """
import asyncio

from yizhan import Account

account = Account()


@account.text("broken")
async def broken(message):
    raise LookupError("no such follower")


@account.click("HELP")
async def help(event):
    return "help"


@account.text
async def echo(message):
    return message.content
"""
APPID, SECRET = "wx0123456789abcdef", "0123456789abcdef0123456789abcdef"
SETTINGS = f"""
token = "{TOKEN}"
appid = "{APPID}"
secret = "{SECRET}"
kind = "service"
verified = true
"""
COLUMNS = 60
MOVES = re.compile(r"\r|\x1b\[[0-9;?]*[A-HJKhl]")  # of the cursor
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])[0-9;]*m")
RECORD = re.compile(r"\d\d:\d\d:\d\d ")
LONG = "一条很长的消息，\t里面有制表符\n和换行。" * 6
MENU = """
[[button]]
name = "帮助"
type = "click"
key = "HELP"
"""


class Row(Struct, frozen=True, kw_only=True):
    """One command as a person types it.

    `slow` is one that starts processes of its own: it is tried in Chinese on a terminal, and in
    English in a pipe in `test_dev.py`. `data` marks output that is another program's: JSON, CSV, a
    file's text; its lines are whole. `settings` is the file that it reads them from.
    """

    words: str
    code: int = 0
    typed: str = ""
    until: str = ""
    data: bool = False
    slow: bool = False
    settings: str = "yizhan.toml"


def good(words: str, **more: object) -> Row:
    return Row(words=words, **more)


def bad(words: str, code: int = 2, **more: object) -> Row:
    return Row(words=words, code=code, **more)


ROWS: dict[str, tuple[Row, ...]] = {
    "": (good("--help"), good("--version"), bad(""), bad("jbos"), bad("--nothing")),
    "call": (
        good("call GET /cgi-bin/user/get", data=True),
        bad("call GET /cgi-bin/user/info --query openid=nobody", 1, data=True),
        bad("call POST /cgi-bin/tags/create --json @gbk.json"),
        bad("call GET /cgi-bin/user/get --account nobody"),
        bad("call PUT /"),
    ),
    "check": (
        good("check --list"),
        good("check {bot} --only verify*"),
        bad("check {bot} --account other", 1),
        bad("check http://127.0.0.1:1/ --only verify*", 1),
        bad("check http://127.0.0.1:1/ --only verify* --force", 1),
        bad("check http://127.0.0.1:1/ --only verify-echo --force -v", 1, data=True),
        bad("check"),
        bad("check {bot} --only nothing"),
    ),
    "dev": (
        good("dev --port 0", until="?token=", slow=True),
        bad("dev nosuch:account", slow=True),
        good("dev broken:account --port 0", until="ZeroDivisionError", slow=True),
    ),
    "doctor": (
        good("doctor bot:account"),
        good("doctor"),
        good("doctor --json", data=True),
        bad("doctor --account nobody", 1),
    ),
    "jobs": (good("jobs"), good("jobs --json", data=True), bad("jobs --state lost")),
    "jobs drop": (
        good("jobs drop {dead} --yes"),
        bad("jobs drop {dead}", 130, typed="n\n"),
        bad("jobs drop {replied} --yes", 1),
        bad("jobs drop nothing --yes", 1),
    ),
    "jobs retry": (good("jobs retry {dead}"), bad("jobs retry {replied}", 1)),
    "jobs show": (
        good("jobs show {replied}", data=True),
        good("jobs show {dead}"),
        bad("jobs show"),
    ),
    "media": (good("media"), bad("media uplod x")),
    "media download": (
        good("media download {media}"),
        bad("media download nothing"),
        bad("media download"),
    ),
    "media upload": (
        good("media upload photo.jpg", data=True),
        bad("media upload nothing.jpg"),
        bad("media upload empty.jpg"),
    ),
    "menu": (good("menu"), bad("menu shw")),
    "menu check": (
        good("menu check"),
        good("menu check bot:account"),
        bad("menu check bot:account --file other.toml", 1),
        bad("menu check --file nothing.toml"),
        bad("menu check --file bad.toml", 1),
    ),
    "menu diff": (
        good("menu diff"),
        bad("menu diff --file other.toml", 1),
        bad("menu diff --file nothing.toml"),
    ),
    "menu push": (
        good("menu push --yes"),
        bad("menu push --file other.toml", 130, typed="n\n"),
        bad("menu push --file bad.toml", 1),
    ),
    "menu show": (
        good("menu show", data=True),
        good("menu show --json", data=True),
        bad("menu show --account nobody"),
    ),
    "new": (
        good("new mybot"),
        good("new --list"),
        good("new ai --template llm"),
        bad("new ."),
        bad("new"),
        bad("new x --template faqs"),
    ),
    "openapi": (
        good("openapi --out api.json"),
        good("openapi", data=True),
        bad("openapi --out /nowhere/api.json", 1),
    ),
    "qrcode": (good("qrcode shop-42"), bad("qrcode shop --out code.gif"), bad("qrcode")),
    "replay": (
        good("replay same.jsonl --to {bot} --speed 0"),
        bad("replay day.jsonl --to {bot} --speed 0", 1),
        bad("replay nothing.jsonl"),
        bad("replay bad.jsonl", 1),
    ),
    "run": (
        good("run bot:account --port 0", until="synchronous=FULL"),
        bad("run nosuch:account"),
        bad("run broken:account", 1, data=True),
        bad("run bot:nobody"),
        bad("run --workers 0"),
    ),
    "send": (
        good("send 你好，这条消息原样回来。 --to {bot}"),
        good("send --follow --to {bot}"),
        good("send hello --raw --to {bot}", data=True),
        good("send hello --json --to {bot}", data=True),
        bad("send broken --to {bot}", 1),
        bad("send hello --to http://127.0.0.1:1/wechat", 1),
        bad("send hello --to {bot}/nowhere", 1),
        bad("send hello --to ftp://a"),
        bad("send"),
    ),
    "simulate": (
        good("simulate {bot} --port 0 --folder kept", until="Ctrl-C"),
        bad("simulate ftp://a"),
        bad("simulate --open bad.jsonl", 1),
    ),
    "status": (
        good("status", settings="one.toml"),
        good("status --json", data=True, settings="one.toml"),
        bad("status", 1),
        bad("status --json", 1, data=True),
        bad("status --account nobody", 1),
    ),
    "store": (good("store"), bad("store stat")),
    "store adopt": (
        good("store adopt"),
        good("store --account other adopt --yes"),
        bad("store --account other adopt", 130, typed="n\n"),
    ),
    "store backup": (
        good("store backup bot.backup"),
        bad("store backup store.db"),
        bad("store backup nowhere/bot.backup"),
    ),
    "store restore": (
        good("store restore old.backup --yes"),
        bad("store restore old.backup", 130, typed="n\n"),
        bad("store restore bot.py --yes"),
    ),
    "store migrate": (good("store migrate"), bad("store --account nobody migrate")),
    "store stats": (good("store stats"), bad("store --dev stats")),
    "token": (good("token"), bad("token --account other")),
    "users": (good("users"), bad("users forgt")),
    "users export": (
        good("users export", data=True),
        good("users export --out all.csv"),
        bad("users --dev export"),
    ),
    "users forget": (
        good("users forget {fan} --yes"),
        bad("users forget {fan}", 130, typed="n\n"),
        bad("users forget"),
    ),
}


def verbs() -> set[str]:
    """Every verb and sub-verb that there is, by the words that call it."""

    def found(words: tuple[str, ...], command: click.Command) -> Iterator[str]:
        yield " ".join(words)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                yield from found((*words, name), inner)

    return set(found((), main.yizhan))


def test_every_verb_has_a_row() -> None:
    assert set(ROWS) == verbs()


@pytest.mark.parametrize("verb", sorted(ROWS))
def test_every_verb_has_a_row_that_succeeds_and_one_that_fails(verb: str) -> None:
    assert {row.code == 0 for row in ROWS[verb]} == {True, False}


def test_no_verb_writes_a_sentence_by_itself() -> None:
    """`telling` breaks lines for a terminal, and knows whether colours are wanted."""
    folder = Path(main.__file__).parent
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.py")}
    del texts["telling.py"]
    bare = re.compile(r"(echo|secho)\(\s*say\(|click\.confirm\(|click\.command\(\s*name=")
    assert [name for name, text in texts.items() if bare.search(text)] == ["text.py"]


class Desk:
    """A project's folder, WeChat and the bot beside it, and commands in both languages."""

    def __init__(self, home: Path, project: Path, names: dict[str, str]) -> None:
        self.home, self.project, self.names = home, project, names
        self.commands = {language: Commands(language) for language in ("zh", "en")}
        self._count = 0

    def run(self, row: Row, language: str, *, columns: int = 0, **environ: str) -> Done:
        """What a command comes to, in a fresh copy of the project."""
        self._count += 1
        folder = self.home / f"{self._count}" / "bot"
        shutil.copytree(self.project, folder)
        given = {
            "XDG_DATA_HOME": str(folder.parent / "data"),
            "YIZHAN_CONFIG": row.settings,
            **environ,
        }
        words = tuple(word.format(**self.names) for word in row.words.split())
        asked = Asked(
            words=words,
            folder=str(folder),
            environ=given,
            columns=columns,
            typed=row.typed,
            until=row.until,
        )
        return self.commands[language].run(asked)

    def fill_account(self) -> None:
        """Give the account the menu and a picture that commands of the table find there."""
        pushed = self.run(good("menu push --yes"), "zh", columns=COLUMNS)
        assert (pushed.code, wide(written(pushed))) == (0, []), pushed
        uploaded = self.run(good("media upload photo.jpg"), "zh")
        self.names["media"] = json.loads(uploaded.out)["media_id"]

    def close(self) -> None:
        for each in self.commands.values():
            each.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("verbs")
    served, project = home / "served", home / "project"
    served.mkdir()
    (served / "bot.py").write_text(BOT, "utf-8")
    (served / "yizhan.toml").write_text(SETTINGS, "utf-8")
    with started(served, YIZHAN, "dev", "--no-reload") as server:
        server.wait_said("?token=")
        base = f"http://127.0.0.1:{server.port}"
        session = _enter(base, server.said())
        shutil.copytree(served, project, ignore=shutil.ignore_patterns("output.log", "data"))
        account = f"{base}/simulator/api/accounts/{APPID}"
        secret = str(_ask(account, session)["secret"])
        _ask(f"{account}/followers", session, nickname="小明")
        _fill_folder(project, f"{base}/simulator/weixin", secret)
        names = asyncio.run(_fill_store(project / "store.db"))
        shutil.copy(project / "store.db", project / "old.backup")
        with closing(Desk(home, project, names | {"bot": f"{base}/wechat"})) as made:
            made.fill_account()
            yield made


def _enter(base: str, said: str) -> object:
    """A session at the simulator, for the token in the address that it has printed."""
    found = re.search(r"\?token=(\S+)", said)
    assert found
    return _ask(f"{base}/simulator/api/session", token=found[1])["session"]


def _ask(url: str, session: object = "", **fields: object) -> dict[str, object]:
    """What the simulator answers: to a GET without fields, else to a POST."""
    headers = {"authorization": f"Bearer {session}"} if session else {}
    method = "POST" if fields else "GET"
    answer = httpx.request(method, url, headers=headers, json=fields or None, trust_env=False)
    return dict(answer.raise_for_status().json())


def _fill_folder(project: Path, api: str, secret: str) -> None:
    """What the commands of the table read."""
    settings = f'store = "sqlite:///store.db"\napi_base = "{api}"\n'
    other = '[accounts.other]\ntoken = "anotherOfTheTests2026"\nstore = "sqlite:///store.db"\n'
    push = wechat.document(wechat.text("你好")).decode()
    day = Exchange(at=1.0, path="/wechat", mode="plain", push=push, reply="success")
    echoed = replies.render(replies.Text("你好"), to=wechat.FAN, sender=wechat.ACCOUNT, created=1)
    files = {
        "yizhan.toml": SETTINGS.replace(SECRET, secret) + settings + other,
        "one.toml": SETTINGS.replace(SECRET, secret) + settings,
        "wrong.toml": f'token = "{TOKEN}"\n\nqzx = 1\n',
        "broken.py": "from yizhan import Account\n\naccount = Account(nothing=1 / 0)\n",
        "menu.toml": MENU,
        "other.toml": MENU.replace("HELP", "OTHER"),
        "bad.toml": MENU.replace("帮助", "这个名字太长了放不下"),
        "bad.jsonl": "{\n",
        "day.jsonl": line_of(day).decode(),
        "same.jsonl": line_of(structs.replace(day, reply=echoed.decode())).decode(),
    }
    for name, text in files.items():
        (project / name).write_text(text, "utf-8")
    (project / "gbk.json").write_bytes('{"tag": {"name": "星标"}}'.encode("gbk"))
    (project / "photo.jpg").write_bytes(PICTURE)
    (project / "empty.jpg").touch()


async def _fill_store(path: Path) -> dict[str, str]:
    """A store with a message that is answered and one that is listed; how the table names them."""
    account, begun = (
        wechat.account(store=f"sqlite:///{path}", token=TOKEN, appid=APPID),
        asyncio.Event(),
    )

    @account.text("never", rerun=False)
    async def never(message: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    account.text(lambda message: message.content)
    async with account.lifespan():
        await wechat.call(account.asgi, wechat.push(wechat.text(LONG, MsgId=1), token=TOKEN))
        push = wechat.push(wechat.text("never", MsgId=2), token=TOKEN)
        answer = asyncio.create_task(wechat.call(account.asgi, push))
        await begun.wait()
    await answer
    key = f"{wechat.ACCOUNT}:{wechat.FAN}"
    return {"replied": f"{key}:1", "dead": f"{key}:2", "fan": wechat.FAN}


def written(done: Done) -> str:
    """All that a command writes; where it moves the cursor, another line begins."""
    return ANSI.sub("", MOVES.sub("\n", done.out + done.err))


def wide(text: str) -> list[str]:
    """The lines that would fit if they were broken, and do not; records of the log are whole."""
    lines = [line for line in text.splitlines() if not RECORD.match(line)]
    lines = [line.removesuffix(" [y/N]: ") for line in lines]  # a path may stand before it
    return [line for line in lines if width_of(line) > COLUMNS and breaks(line.strip(), 56, 56)]


EVERY = [row for rows in ROWS.values() for row in rows]
CASES = [
    pytest.param(row, language, id=f"{language} {row.words}")
    for row in EVERY
    for language in (("zh",) if row.slow else ("zh", "en"))
]


@pytest.mark.parametrize(("row", "language"), CASES)
def test_on_a_terminal_of_sixty_columns_every_line_fits_and_colours_may_be_refused(
    desk: Desk, row: Row, language: str
) -> None:
    done = desk.run(row, language, columns=COLUMNS, NO_COLOR="1")
    assert done.code == row.code, written(done)
    assert row.data or wide(written(done)) == []
    assert COLOUR.findall(done.out) == []


@pytest.mark.parametrize(("row", "language"), [case for case in CASES if not case.values[0].slow])
def test_in_a_pipe_nothing_is_padded_cut_or_coloured(desk: Desk, row: Row, language: str) -> None:
    done = desk.run(row, language)
    told = done.out + done.err
    assert done.code == row.code, told
    assert "\x1b" not in told
    lines = [line for line in told.splitlines() if not line.endswith(("[y/N]: ", "]..."))]
    assert [line for line in lines if line.endswith((" ", "…", "..."))] == []
    assert language == "en" or "[OPTIONS]" not in told
    assert not told.startswith("Traceback")


@pytest.mark.parametrize("columns", [COLUMNS, 0], ids=["terminal", "pipe"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("words", ["run bot:account", "jobs"])
def test_a_mistake_in_the_settings_is_told_whole_with_file_and_line(
    desk: Desk, words: str, language: str, columns: int
) -> None:
    row = bad(words, settings="wrong.toml")
    done = desk.run(row, language, columns=columns)
    told = written(done)
    assert done.code in (1, 2)
    assert "wrong.toml:3" in told
    assert "verify_files" in told  # the last setting of all that there are
    assert columns == 0 or wide(told) == []


def test_on_a_terminal_that_takes_colours_an_error_is_red(desk: Desk) -> None:
    (row,) = [row for row in ROWS["token"] if row.code]
    assert COLOUR.findall(desk.run(row, "zh", columns=COLUMNS).out)
