"""What both checkers must refuse: an error on every line marked `# E:`, and on no other."""

from collections.abc import AsyncIterator, Iterator

from yizhan import Account, Article, Image, News, Router, Text
from yizhan import Acount as Misspelt  # E: no such name
from yizhan.api import AsyncClient, Client
from yizhan.events import ClickEvent, SubscribeEvent
from yizhan.messages import ImageMessage, Message, TextMessage
from yizhan.testing import Simulator

account = Account()


@account.image  # E: a handler of texts
async def photo(message: TextMessage) -> str:
    return message.content


def is_photo(message: ImageMessage) -> bool:
    return bool(message.pic_url)


@account.text(where=is_photo)  # E: a filter of pictures
async def filtered(message: TextMessage) -> None: ...


@account.text("hello")  # E: a handler of pictures
async def greet(message: ImageMessage) -> str:
    return message.media_id


@account.text(regex="a")  # E: a handler of an event
def look_up(message: ClickEvent) -> None: ...


@account.message  # E: a handler of texts only
def anything(message: TextMessage) -> None: ...


@account.subscribe  # E: a handler of clicks
def welcome(event: ClickEvent) -> None: ...


@account.click("HELP")  # E: a handler of subscriptions
def help_menu(event: SubscribeEvent) -> None: ...


@account.event("anything")  # E: a handler of one kind of event
def any_event(event: ClickEvent) -> None: ...


@account.event("anything")  # E: a handler of messages
def any_event_too(event: Message) -> None: ...


@account.fallback  # E: a handler of messages only
def fallback(message: Message) -> None: ...


@account.error  # E: a handler of messages only
def sorry(message: Message, error: Exception) -> None: ...


@account.text  # E: no number is a reply
def number(message: TextMessage) -> int:
    return 1


@account.text  # E: no number is a reply
async def number_later(message: TextMessage) -> int:
    return 1


@account.text  # E: no list is a reply
def several(message: TextMessage) -> list[str]:
    return ["a", "b"]


@account.text  # E: no bytes are a reply
async def encoded(message: TextMessage) -> bytes:
    return b"a"


@account.text  # E: no article alone is a reply
def article(message: TextMessage) -> Article:
    return Article("a")


@account.text  # E: no number is a piece
def pieces(message: TextMessage) -> Iterator[int]:
    yield 1


@account.text  # E: no number is a piece
async def stream(message: TextMessage) -> AsyncIterator[int]:
    yield 1


@account.text  # E: no room for the message
def empty() -> str:
    return ""


@account.text
def not_awaited(message: TextMessage, api: AsyncClient) -> str:
    return api.tags.get()["tags"][0]["name"]  # E: a plain function has Client


@account.text
def dropped(message: TextMessage, api: AsyncClient) -> None:
    api.message.custom.typing(touser=message.from_user, command="Typing")  # E: not awaited


@account.text
async def awaited(message: TextMessage, api: Client) -> str:
    return (await api.tags.get())["tags"][0]["name"]  # E: a coroutine has AsyncClient


@account.text  # E: no answer of the API is a reply
def answer(message: TextMessage, api: Client) -> dict[str, object]:
    return api.post("/cgi-bin/tags/get")


@account.middleware  # E: no middleware
async def passing(message: Message) -> object:
    return message


account.text(3)  # E: a number is no text
account.text("a", prefix=3)  # E: a number is no prefix
account.text(prefx="a")  # E: no such argument
account.image("a")  # E: pictures have no text
account.click(1)  # E: a number is no key
account.image(timeout="10")  # E: a word is no time
account.include(Account)  # E: a class is no router
Router().asgi  # E: only an account serves
Image(1)  # E: a number is no media_id
Text()  # E: a text needs a content
News("a")  # E: a text is no article
Article(url="a")  # E: an article needs a title
Account("shop", 3)  # E: settings go by name


@account.text
def attributes(message: TextMessage) -> str:
    return message.media_id  # E: a text has no media_id


@account.image
def more_attributes(message: ImageMessage) -> str:
    message.media_id = "a"  # E: messages do not change
    return ""


async def a_test_of_it(wechat: type[Simulator]) -> None:
    async with wechat(account, kind="services") as chat:  # E: no such kind of account
        chat.fault("dropp")  # E: no such fault
        fan = chat.user()
        await fan.says(42)  # E: a number is no text
        await fan.sends(News())  # E: nobody sends news
        (await fan.says("hello")).upper()  # E: it may be anything, or nothing
