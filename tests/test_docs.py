"""What the documents say is so: their code runs, their tables match, their links lead somewhere."""

import re
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache, partial
from io import BytesIO
from itertools import count
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from fastapi import FastAPI
from flask import Flask

import yizhan
from yizhan import Account, replies
from yizhan.clock import SystemClock
from yizhan.inbox import inbox, unread
from yizhan.inbox import rules as inbox_rules
from yizhan.server import descriptors, strangers
from yizhan.settings import CHOICES, Settings, load, names
from yizhan.store.mailboxes.redis import SHARDS
from yizhan.store.opening import connect
from yizhan.testing import Simulator
from yizhan.wire import sender, xml

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
SERVING = ("docs/serving.md", "docs/serving.zh-CN.md")
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/**/*.md", "changelog.d/*.md")
    for path in ROOT.glob(pattern)
)
FIRST_BOT = "start/first-bot"
GUIDES = ("routing", "handlers", "replies", "sessions", "throttling", "errors", FIRST_BOT)
NUMBER = re.compile(r"\d[\d,]*")
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
TOKEN = "TokenOfTheDocsOnly2026"
NUMBERS = count(24900000000000000)

EACH_README = pytest.mark.parametrize("readme", READMES)
EACH_SERVING = pytest.mark.parametrize("page", SERVING)


@cache
def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def code(document: str, language: str = "") -> list[str]:
    """The code of a document, in that language."""
    return [
        re.sub(f"^{indent}", "", block, flags=re.MULTILINE)
        for indent, name, block in FENCE.findall(text_of(document))
        if language in ("", name)
    ]


def prose(document: str) -> str:
    return FENCE.sub("", text_of(document))


def rows(document: str, first: str) -> Iterator[list[str]]:
    """The rows of the tables whose head begins with this cell; code marks taken off."""
    lines = prose(document).splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith(f"| {first} |")]
    assert heads, first
    for head in heads:
        for line in lines[head + 2 :]:
            if not line.startswith("|"):
                break
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def marked(cell: str) -> list[str]:
    return re.findall(r"`([^`]*)`", cell)


# The bots of the documents, tried as WeChat would.


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIZHAN_TOKEN", TOKEN)
    monkeypatch.setenv("YIZHAN_STORE", "memory://")


def signed(body: Mapping[str, object]) -> tuple[str, bytes]:
    """The query and the body of a push."""
    now = str(int(time.time()))
    header = {"ToUserName": "gh_docs", "FromUserName": "oReader", "CreateTime": now}
    return sender.build(
        xml.unparse({"xml": header | body}).encode(),
        token=TOKEN,
        timestamp=now,
        nonce=str(next(NUMBERS)),
        mode="plain",
    )


def push(account: Account, body: Mapping[str, object]) -> str:
    """What the follower reads after this push."""
    query, content = signed(body)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": account.settings.path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": BytesIO(content),
    }
    statuses: list[str] = []
    [answer] = account.wsgi(environ, lambda status, headers: statuses.append(status))
    assert statuses == ["200 OK"]
    if answer == b"success":
        return "[nothing]"
    return shown(replies.parse(answer).reply)


def shown(reply: replies.Reply) -> str:
    """A reply as the documents write it: a text as it is, else `[image] media_id=m1`."""
    if isinstance(reply, replies.Text):
        return reply.content
    if isinstance(reply, replies.News):
        return "\n".join(f"[news] {a.title} — {a.description} {a.url}" for a in reply.articles)
    named = ((field, getattr(reply, field)) for field in reply.__struct_fields__)
    return " ".join([f"[{reply.kind}]", *(f"{field}={value}" for field, value in named if value)])


def body_of(said: str) -> dict[str, object]:
    """`你好` or `[image] MediaId=m1`, as the fields of a push."""
    kind, _, rest = said.partition(" ")
    identity = {} if kind == "[event]" else {"MsgId": str(next(NUMBERS))}
    if not kind.startswith("["):
        return {"MsgType": "text", "Content": said, **identity}
    named = dict(field.split("=", 1) for field in rest.split())
    return {"MsgType": kind.strip("[]"), **named, **identity}


def run(source: str, namespace: dict[str, object], place: str) -> dict[str, object]:
    namespace.setdefault("__name__", __name__)
    exec(compile(source, place, "exec"), namespace)  # noqa: S102  # the document's own code
    return namespace


def snippets() -> Iterator[tuple[str, str, str, str]]:
    """Each snippet of the guides: its page, heading and code, and the talk shown below it.

    The first code of a page stands above all others.
    """
    for page in GUIDES:
        guide = text_of(f"docs/{page}.md")
        prelude = code(f"docs/{page}.md", "python")[0]
        number = count()
        parts = re.split(r"^#+ (.*)$", guide, flags=re.MULTILINE)
        for heading, section in zip(parts[1::2], parts[2::2], strict=True):
            blocks = [(name, block) for _, name, block in FENCE.findall(section)]
            for place, (name, block) in enumerate(blocks):
                if name == "python" and block != prelude:
                    follows, talk = [*blocks, ("", "")][place + 1]
                    shown = talk if follows == "text" else ""
                    yield f"{page}-{next(number)}-{heading}", prelude, block, shown


SNIPPETS = list(snippets())


@pytest.mark.parametrize(
    ("heading", "prelude", "source", "talk"), SNIPPETS, ids=[heading for heading, *_ in SNIPPETS]
)
def test_each_snippet_of_the_guides_does_what_is_shown(
    heading: str, prelude: str, source: str, talk: str
) -> None:
    namespace = run(prelude + source, {}, heading)
    account = namespace["account"]
    assert isinstance(account, Account)
    assert list(account.warnings()) == []
    try:
        for turn in filter(None, re.split(r"^--> ", talk, flags=re.MULTILINE)):
            said, _, read = turn.partition("\n<-- ")
            assert push(account, body_of(said)) == read.rstrip("\n"), said
    finally:
        account.wsgi.close()


@pytest.mark.parametrize("page", [f"docs/{FIRST_BOT}.md", f"docs/{FIRST_BOT}.zh-CN.md"])
async def test_the_tests_of_the_first_bot_pass(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the bot that the steps of the page add up to."""
    bot = ModuleType("bot")
    run("".join(code(page, "python")), bot.__dict__, page)
    monkeypatch.setitem(sys.modules, "bot", bot)
    [tests] = re.findall(r"^```python test\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)
    named = {name: it for name, it in run(tests, {}, page).items() if name.startswith("test_")}
    assert len(named) == 4
    for test in named.values():
        assert callable(test)
        await test(Simulator)


@EACH_README
def test_the_ten_lines_are_ten_and_answer(readme: str) -> None:
    [source] = [block for block in code(readme, "python") if "account = Account()" in block]
    assert len([line for line in source.splitlines() if line.strip()]) == 10
    namespace = run(source, {}, readme)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    namespace["asyncio"] = SimpleNamespace(sleep=sleep)
    account = namespace["account"]
    assert isinstance(account, Account)
    try:
        assert push(account, body_of("你好")) == "你好"
        assert push(account, body_of("Slow")) == "让你久等了"
    finally:
        account.wsgi.close()
    assert slept == [40]


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Account:
    """A module `bot` for the snippets that mount it."""
    account = Account()
    account.text(lambda message: message.content)
    module = ModuleType("bot")
    module.__dict__["account"] = account
    monkeypatch.setitem(sys.modules, "bot", module)
    return account


def mounted(framework: str, page: str) -> Any:
    return snippet(f"from {framework} ", page)["app"]


def snippet(words: str, page: str) -> dict[str, Any]:
    """What the one block with these words defines."""
    [source] = [block for block in code(page, "python") if words in block]
    return run(source, {}, page)


@EACH_SERVING
async def test_mounting_under_asgi(page: str, bot: Account) -> None:
    app = mounted("fastapi", page)
    assert isinstance(app, FastAPI)
    query, body = signed(body_of("你好"))
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://host") as client,
    ):
        assert bot.inbox is not None
        answer = await client.post(f"/wechat?{query}", content=body)
        assert "你好" in answer.text
        assert (await client.post("/wechat", content=body)).status_code == 403
        assert (await client.get(f"/wechat?{query}&echostr=123")).text == "123"
    assert bot.inbox is None


@EACH_SERVING
def test_mounting_under_flask(page: str, bot: Account) -> None:
    app = mounted("flask", page)
    assert isinstance(app, Flask)
    query, body = signed(body_of("你好"))
    client = app.test_client()
    try:
        snippet("def post_worker_init", page)["post_worker_init"](None)
        assert bot.inbox is not None
        assert "你好" in client.post(f"/wechat?{query}", data=body).text
        assert client.post("/wechat", data=body).status_code == 403
        assert client.get(f"/wechat?{query}&echostr=123").text == "123"
    finally:
        bot.wsgi.close()


@EACH_SERVING
async def test_mounting_under_a_server_with_words_of_its_own(page: str, bot: Account) -> None:
    app = mounted("aiohttp", page)
    assert isinstance(app, web.Application)
    query, body = signed(body_of("你好"))
    async with TestClient(TestServer(app)) as client:
        answer = await client.post(f"/wechat?{query}", data=body)
        assert "你好" in await answer.text()
        assert (await client.post("/wechat", data=body)).status == 403
        verified = await client.get(f"/wechat?{query}&echostr=123")
        assert await verified.text() == "123"
        assert bot.inbox is not None
        assert not bot.inbox.busy
    assert bot.inbox is None


# Two languages, one content.


def test_both_readmes_have_the_same_headings() -> None:
    english, chinese = ([len(h) for h in headings(readme)] for readme in READMES)
    assert english == chinese


def headings(document: str) -> list[str]:
    return re.findall(r"^(#+) ", prose(document), re.MULTILINE)


def test_both_readmes_have_the_same_code_save_for_comments() -> None:
    english, chinese = (
        [re.sub(r" *#.*", "", block) for block in code(readme)] for readme in READMES
    )
    assert english == chinese


def test_both_readmes_have_the_same_tables() -> None:
    """The same number of rows and cells, and the same code in the first cell of each."""
    english, chinese = (
        [
            (line.count("|"), marked(line.split("|")[1]))
            for line in prose(readme).splitlines()
            if line.lstrip().startswith("|")
        ]
        for readme in READMES
    )
    assert english == chinese


def test_both_readmes_link_to_the_same_pages_in_order() -> None:
    """Each README to the pages in its own language, where there are some."""
    english, chinese = (
        [link for link in links(readme) if link not in READMES] for readme in READMES
    )
    twins = [link.replace(".md", ".zh-CN.md") for link in english]
    assert chinese == [
        twin if (ROOT / twin).exists() else link for link, twin in zip(english, twins, strict=True)
    ]


@EACH_README
def test_a_readme_has_two_screens(readme: str) -> None:
    assert len(text_of(readme).splitlines()) <= 120


@EACH_README
def test_a_readme_shows_the_simulator_before_any_command(readme: str) -> None:
    text = text_of(readme)
    assert text.index("![") < text.index("```")


LOSSES = {
    "README.md": "store | when Yizhan crashes or is killed",
    "README.zh-CN.md": "存储 | 驿站崩溃或被杀时",
}


@EACH_README
def test_what_a_store_can_lose_is_the_same_on_its_page(readme: str) -> None:
    page = readme.replace("README", "docs/stores")
    losses = [list(rows(document, LOSSES[readme])) for document in (readme, page)]
    assert len(losses[0]) == 11
    assert losses[0] == losses[1]


PAGES = [name for name in DOCUMENTS if name.endswith(".zh-CN.md")]


@pytest.mark.parametrize("chinese", PAGES)
def test_a_page_in_two_languages_has_the_same_parts(chinese: str) -> None:
    """The same headings, rows of tables, code and points of lists."""

    def parts(document: str) -> list[object]:
        lines = [line.lstrip() for line in text_of(document).splitlines()]
        rows = [line.count("|") for line in lines if line.startswith("|")]
        points = [line[:2] for line in lines if re.match(r"(-|\d\.) ", line)]
        return [headings(document), rows, points, len(code(document))]

    assert parts(chinese) == parts(chinese.replace(".zh-CN", ""))


GUIDE_PAGES = [page for page in PAGES if page not in READMES]


@pytest.mark.parametrize("chinese", GUIDE_PAGES)
def test_a_page_in_two_languages_has_the_same_code_save_for_comments(chinese: str) -> None:
    def plain(document: str) -> list[str]:
        return [re.sub(r" *#.*", "", block) for block in code(document, "python")]

    assert plain(chinese) == plain(chinese.replace(".zh-CN", ""))


@pytest.mark.parametrize("chinese", PAGES)
def test_a_chinese_page_links_to_the_chinese_page(chinese: str) -> None:
    """Save for its own English twin, and for links that say that they lead to English."""
    text = re.sub(r"\[English\]\([^)]*\)", "", prose(chinese))
    english = [link for link in re.findall(r"\]\(([^)\s#]+\.md)", text) if "zh-CN" not in link]
    folder = (ROOT / chinese).parent
    twins = [link for link in english if (folder / link).with_suffix(".zh-CN.md").exists()]
    own = chinese.rpartition("/")[2].replace(".zh-CN", "")
    assert [link for link in twins if link != own] == []


# The tables.


WORDS = {
    "docs/settings.md": ("setting", "text", "boolean", "integer", "number", "list", "choice"),
    "docs/settings.zh-CN.md": ("设置", "文字", "布尔", "整数", "数值", "列表", "选项"),
}


@pytest.mark.parametrize("page", WORDS)
def test_the_tables_of_settings_are_the_settings(page: str) -> None:
    first, text, boolean, integer, number, several, choice = WORDS[page]
    kinds = {str: text, bool: boolean, int: integer, float: number, tuple: several}
    told = {}
    for name, variable, kind, default, meaning in rows(page, first):
        [setting] = marked(name)
        assert marked(variable) == [f"YIZHAN_{setting.upper()}"]
        assert meaning
        value = tomllib.loads(f"value = {default.strip('`')}")["value"]
        told[setting] = kind, tuple(value) if isinstance(value, list) else value
    assert told == {
        field.name: (choice if field.name in CHOICES else kinds[type(field.default)], field.default)
        for field in fields(Settings)
        if field.name != "name"
    }


@pytest.mark.parametrize("page", ["docs/settings.md", "docs/settings.zh-CN.md"])
def test_every_choice_of_a_setting_is_told(page: str) -> None:
    told = {marked(name)[0]: meaning for name, *_, meaning in rows(page, WORDS[page][0])}
    missing = {
        (setting, word)
        for setting, words in CHOICES.items()
        for word in words
        if f"`{word}`" not in told[setting]
    }
    assert missing == set()


@pytest.mark.parametrize("page", WORDS)
def test_what_is_shown_of_settings_is_read(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = run(code(page, "python")[0], {}, page)["account"]
    assert isinstance(account, Account)
    assert (account.settings.timeout, account.settings.hold) == (4, 1)
    monkeypatch.delenv("YIZHAN_TOKEN")
    file = tmp_path / "yizhan.toml"
    file.write_text(code(page, "toml")[0], "utf-8")
    told = [load(name, file=file) for name in names(file=file)]
    assert [(each.name, each.path) for each in told] == [("", "/wechat"), ("shop", "/shop")]


@pytest.mark.parametrize(
    ("page", "first"), [("docs/logs.md", "reason"), ("docs/logs.zh-CN.md", "原因")]
)
def test_every_reason_of_a_refusal_is_told(page: str, first: str) -> None:
    from typing import get_args

    from yizhan.errors import Reason

    told = {reason for cell, *_ in rows(page, first) for reason in marked(cell)}
    assert told == set(get_args(Reason))


def test_every_decorator_is_told() -> None:
    told = {
        name.split("(")[0]
        for cell in re.findall(r"^\| (`.*?) \|", prose("docs/routing.md"), re.MULTILINE)
        for name in marked(cell)
    }
    guide = "".join(text_of(f"docs/{page}.md") for page in GUIDES)
    offered = {name for name in vars(yizhan.Router()) if not name.startswith("_")}
    offered |= {"error", "middleware", "include"}
    assert {name for name in offered if not re.search(rf"`{name}\b|\.{name}\b", guide)} == set()
    assert told <= offered


def test_addresses_of_sqlite_files_follow_sqlalchemy() -> None:
    """docs/decisions/0005."""
    opened = partial(connect, account="", owner="A", clock=SystemClock())
    relative, absolute = opened("sqlite:///data/bot.db"), opened("sqlite:////data/bot.db")
    assert vars(relative)["path"] == Path("data/bot.db").absolute()
    assert vars(absolute)["path"] == Path("/data/bot.db")


@pytest.mark.parametrize("page", ["docs/scaling.md", "docs/scaling.zh-CN.md"])
def test_the_limits_are_those_of_the_code(page: str) -> None:
    first = {"docs/scaling.md": "limit", "docs/scaling.zh-CN.md": "上限"}[page]
    told = [int(n.replace(",", "")) for row in rows(page, first) for n in NUMBER.findall(row[0])]
    default = Settings(token=TOKEN)
    assert told == [
        *(default.max_jobs, default.threads, inbox.BACKLOG, inbox_rules.MOST, unread.MOST),
        *(strangers.MOST, descriptors.WANTED),
    ]
    assert f" {SHARDS} " in text_of(page)


@cache
def dependencies() -> set[str]:
    """The names in pyproject.toml and requirements/*.in."""
    project = tomllib.loads(text_of("pyproject.toml"))
    lines = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    lines += [
        line for group in project["project"]["optional-dependencies"].values() for line in group
    ]
    for path in (ROOT / "requirements").glob("*.in"):
        lines += path.read_text("utf-8").splitlines()
    names = (re.match(r"[A-Za-z0-9_.-]+", line) for line in lines)
    return {name.group().lower() for name in names if name} - {"yizhan"}  # an extra of an extra


def test_every_dependency_is_accounted_for() -> None:
    told = set(re.findall(r"^\| `([\w.-]+)` \|", prose("docs/dependencies.md"), re.MULTILINE))
    assert told == dependencies()


# The architecture.

INSIDE = [
    f"{page}{twin}.md" for page in ("docs/architecture", "CONTRIBUTING") for twin in ("", ".zh-CN")
]
PACKAGE = ROOT / "src/yizhan"
SOURCES = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}


@cache
def sources() -> dict[str, str]:
    return {name: path.read_text("utf-8") for name, path in SOURCES.items()}


@cache
def sources_of(name: str) -> list[str]:
    """The texts of the modules, packages or classes of that name."""
    if name[0].isupper():
        return [text for text in sources().values() if f"\nclass {name}" in text]
    parts = (f"/{name}.py", f"/{name}/")
    return [text for path, text in sources().items() if any(part in f"/{path}" for part in parts)]


@pytest.mark.parametrize("document", INSIDE)
def test_what_the_architecture_names_is_there(document: str) -> None:
    page = text_of(document)
    files = set(re.findall(r"`([\w/]+\.py)`", page))
    tails = tuple(f"/yizhan/{name}" for name in SOURCES)
    missing = [it for it in files if not any(tail.endswith(f"/{it}") for tail in tails)]
    assert [it for it in missing if not (ROOT / it).exists()] == []
    dotted = re.findall(r"`(\w+)\.(\w+)`", page) + re.findall(r"[─ ] (\w+)\.(\w+)", page)
    unknown = [
        f"{owner}.{name}"
        for owner, name in dotted
        if name not in ("py", "toml", "lua", "md")
        and f"{owner}/{name}.py" not in SOURCES
        and not any(re.search(rf"\b{name}\b", text) for text in sources_of(owner))
    ]
    assert unknown == []


# Links and form.


def links(document: str) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", prose(document))
    return [link for link in found if "://" not in link]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for link in links(document):
        path, _, _ = link.partition("#")
        assert (ROOT / document).parent.joinpath(path).exists(), link


GENERATED = ("docs/benchmarks.md",)


@pytest.mark.parametrize(
    "document",
    [
        name
        for name in DOCUMENTS
        if "zh-CN" not in name and name not in GENERATED and not name.startswith("docs/api/")
    ],
)
def test_lines_fit_the_page(document: str) -> None:
    long = [
        line
        for line in text_of(document).splitlines()
        if len(line) > 100 and not line.lstrip().startswith("|")
    ]
    assert long == []


def decisions() -> list[str]:
    return sorted(path.name for path in (ROOT / "docs/decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_and_of_one_form() -> None:
    numbers = [int(name[:4]) for name in decisions()]
    assert numbers == list(range(1, len(numbers) + 1))
    for name in decisions():
        parts = re.findall(r"^## (.+)$", text_of(f"docs/decisions/{name}"), re.MULTILINE)
        assert parts == ["Context", "Decision", "Also considered", "Consequences"], name
        assert f"({name})" in text_of("docs/decisions/README.md"), name


FRAGMENT = re.compile(r"[\w-]+\.(added|changed|fixed|removed|security)\.md")


def test_fragments_of_the_changelog_are_named_by_their_kind() -> None:
    names = {path.name for path in (ROOT / "changelog.d").iterdir()} - {"README.md"}
    assert {name for name in names if not FRAGMENT.fullmatch(name)} == set()


def test_the_changelog_knows_this_version() -> None:
    assert f"## {yizhan.__version__}" in text_of("CHANGELOG.md")


def test_hooks_are_local() -> None:
    hooks = text_of(".pre-commit-config.yaml")
    assert set(re.findall(r"^ *- repo: (\S+)", hooks, re.MULTILINE)) == {"local"}
    assert "://" not in hooks
