# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The program of the README, without a single annotation but one: accepted as it stands."""

from yizhan import Account, Article, Image, News

account = Account()


@account.text("你好", "hello")
async def greet(message):
    return "你好！"


@account.text(regex=r"天气\s*(?P<city>\S+)")
async def weather(message, city: str):
    return await forecast(city)


@account.text(prefix="/count")
def count(message, session):
    session["n"] = session.get("n", 0) + 1
    return f"{session['n']}"


@account.image
async def photo(message):
    return Image(message.media_id)


@account.subscribe
async def welcome(event):
    return News(Article("欢迎", "简介", picture="https://…", url="https://…"))


@account.click("HELP")
async def help_menu(event): ...


@account.text
async def echo(message):
    return message.content


async def forecast(city):
    return city
