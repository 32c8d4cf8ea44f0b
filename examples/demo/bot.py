"""The demo: one bot served as three accounts, in plaintext, compatible and safe mode."""

import asyncio

from yizhan import Account, Article, Image, News, Router, Text

bot = Router()


@bot.text("你好", "hello")
async def greet(message):
    return "你好！我是驿站的演示机器人。试试：天气 北京、/count、慢、更慢、图文，或发一张图片。"


@bot.text(regex=r"天气\s*(?P<city>\S+)")
async def weather(message, city: str):
    return f"{city}：晴，24 ℃（演示数据）"


@bot.text(prefix="/count")
def count(message, session):
    session["n"] = session.get("n", 0) + 1
    return f"这是第 {session['n']} 次"


@bot.text("慢", "slow")
async def slow(message):
    await asyncio.sleep(12)
    return "让你久等了：这个回答用了 12 秒，一条也没有丢。"


@bot.text("更慢", "slower")
async def slower(message):
    await asyncio.sleep(30)
    return "让你久等了：这个回答用了 30 秒，三次推送都等不到它。"


@bot.text("图文", "news")
async def news(message):
    return News(
        Article(
            "驿站",
            "一封信也不丢",
            picture="https://example.com/relay.jpg",
            url="https://example.com/",
        )
    )


@bot.text("出错", "error")
async def fail(message):
    raise RuntimeError("the demo raises on purpose")


@bot.image
async def photo(message):
    return Image(message.media_id)


@bot.location
async def place(message):
    return f"你在 {message.label or '某处'}（{message.latitude:.4f}, {message.longitude:.4f}）"


@bot.subscribe
async def welcome(event):
    return "欢迎！发“你好”开始。" + (f"你扫的是 {event.scene}。" if event.scene else "")


@bot.click("HELP")
async def help_menu(event):
    return Text("可以发：你好、天气 北京、/count、慢、更慢、图文")


@bot.text
async def echo(message):
    return message.content


# Keys of a demo that listens on this machine only. A real bot keeps its own in yizhan.toml
# or in the environment, never in the program.
DEMO = {
    "token": "demotoken2026yizhan",
    "original_id": "gh_yizhandemo00",
    "kind": "subscription",
}
SEALED = {
    "appid": "wx0123456789abcdef",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def _account(name: str, path: str, **settings: str) -> Account:
    account = Account(name, path=path, **DEMO, **settings)
    account.include(bot)
    return account


plain = _account("demo", "/wechat")
compat = _account("demo-compat", "/wechat-compat", mode="compat", **SEALED)
safe = _account(
    "demo-safe", "/wechat-safe", mode="safe", **SEALED | {"appid": "wxfedcba9876543210"}
)
accounts = [plain, compat, safe]
