"""What both checkers must accept, strictly: every decorator with every form and result."""

from collections.abc import AsyncIterator, Iterator

from yizhan import (
    PASS,
    Account,
    Article,
    Image,
    Music,
    News,
    Router,
    Stream,
    Text,
    Transfer,
    Video,
    Voice,
    YizhanError,
)
from yizhan.api import AsyncClient, Client
from yizhan.dialog import Context
from yizhan.events import (
    ClickEvent,
    Event,
    ReportLocationEvent,
    ScanEvent,
    SubscribeEvent,
    UnsubscribeEvent,
    ViewEvent,
)
from yizhan.messages import (
    ImageMessage,
    LinkMessage,
    LocationMessage,
    Message,
    ShortVideoMessage,
    TextMessage,
    VideoMessage,
    VoiceMessage,
)
from yizhan.middleware import CallNext, Incoming
from yizhan.routing import Pass
from yizhan.session import Session
from yizhan.testing import Location, Simulator

account = Account("shop", token="tokenOfTheTests2026", mode="safe", timeout=4.0)
router = Router()
account.include(router)


@account.text("你好", "hello")
async def greet(message: TextMessage) -> str:
    return message.content


@account.text(regex=r"天气\s*(?P<city>\S+)", timeout=60, rerun=False)
async def weather(message: TextMessage, city: str) -> str | None:
    return city or None


def is_long(message: TextMessage) -> bool:
    return len(message.content) > 3


@account.text(where=is_long)
async def passes(message: TextMessage) -> str | Pass:
    return PASS if message.menu_id else message.content


@account.image(where=lambda message: message.pic_url)
async def silent(message: ImageMessage) -> None: ...


@account.click("HELP", where=lambda event: event.key)
async def silent_too(event: ClickEvent) -> None: ...


@account.text(prefix="/count")
def count(message: TextMessage, session: Session) -> str:
    session["n"] = 1
    return f"{session['n']}"


@router.text
def nothing(message: TextMessage) -> None:
    return None


@account.text("tags")
def tags(message: TextMessage, api: Client) -> str:
    return api.tags.get()["tags"][0]["name"]


@account.text("tags later")
async def tags_later(message: TextMessage, session: Session, *, api: AsyncClient) -> str:
    return (await api.tags.get())["tags"][0]["name"]


@account.text("tags one by one")
def tags_one_by_one(message: TextMessage, api: Client) -> Iterator[str]:
    for tag in api.tags.get()["tags"]:
        yield tag["name"]


@router.image
async def photo(message: ImageMessage) -> Image:
    return Image(message.media_id)


@router.voice(timeout=10.0)
def voice(message: VoiceMessage, account: Account) -> Voice | str:
    return message.recognition or Voice(message.media_id)


@router.video
def video(message: VideoMessage) -> Video:
    return Video(message.media_id, title="t", description="d")


@router.shortvideo()
def short_video(message: ShortVideoMessage) -> Music:
    return Music(message.thumb_media_id)


@router.location
def location(message: LocationMessage) -> str:
    return f"{message.latitude + message.longitude:.4f} {message.label}"


@router.link
def link(message: LinkMessage) -> News:
    return News(Article(message.title, picture="p", url=message.url))


@router.message
def anything(message: Message) -> Transfer:
    return Transfer(message.id)


@router.subscribe
async def welcome(event: SubscribeEvent) -> Text:
    return Text(event.scene or "")


@router.subscribe("shop-42")
async def welcome_to_shop(event: SubscribeEvent) -> None: ...


@router.unsubscribe
def farewell(event: UnsubscribeEvent) -> None: ...


@router.scan("1", "2", rerun=False)
def scan(event: ScanEvent) -> str:
    return event.ticket


@router.click("HELP")
async def help_menu(event: ClickEvent) -> str:
    return event.key


@router.view
def view(event: ViewEvent) -> None:
    _ = event.url, event.menu_id


@router.report_location
def where(event: ReportLocationEvent) -> None:
    _ = event.precision


@router.event("kf_create_session", "kf_close_session")
async def staff(event: Event) -> str:
    return event.name


@router.fallback
async def fallback(incoming: Message | Event) -> str:
    return incoming.from_user


@router.error
async def sorry(incoming: Incoming, error: Exception) -> str:
    return "sorry" if isinstance(error, YizhanError) else str(error)


@router.middleware
async def timed(message: Incoming, call_next: CallNext) -> object:
    return await call_next(message)


@router.text
def pieces(message: TextMessage) -> Iterator[str]:
    yield "a"
    yield "b"


@router.text
async def stream(message: TextMessage) -> AsyncIterator[str | Image]:
    yield "a"
    yield Image("m")


@router.click
@router.event("click_too")
def for_any_event(event: Event) -> str:
    return event.key


def for_any_message(message: Message) -> str:
    return message.from_user


router.text("a")(for_any_message)
router.image(for_any_message)
# A decorated handler is still the function that it was.
greeting: str = count(TextMessage(content="a"), Session())


async def a_test_of_it(wechat: type[Simulator]) -> None:
    async with wechat(account, kind="service", verified=True, hold=1) as chat:
        fan = chat.user("小明", following=False)
        welcome = await fan.follows(scene="shop-42")
        assert isinstance(welcome, str)
        await fan.sends(Image("m1"))
        await fan.sends(Location(31.2, 121.5, label="家"))
        chat.fault("delay", times=None, user=fan, seconds=3)
        job = await chat.reported("MASSSENDJOBFINISH")
        assert job is not None
        assert job.fields["SentCount"] == 3


async def written() -> AsyncIterator[str]:
    yield "a"


@account.text("模型")
async def model(message: TextMessage) -> Stream:
    return Stream(written(), first=2.0, ai=True)


@account.text("模型二")
def model_too(message: TextMessage) -> Stream:
    return Stream(["a", "b"])


@account.text("点单")
async def order(message: TextMessage, context: Context) -> str:
    word: str = await context.ask("叫什么？", name="name", again="再说一遍。", timeout=60)
    drink: str = await context.ask("喝什么？", choices=["绿茶", "咖啡"])
    seats: int = await context.ask("几位？", choices={"一": 1, "二": 2}, check=lambda n: n < 3)
    photo: ImageMessage = await context.ask("小票", kind="image", check=lambda it: it.media_id)
    paid: int = await context.step("pay", lambda: 1, retries=3, on=(ConnectionError,))
    late: str | None = await context.ask("还要什么？", default=None)
    where: LocationMessage | None = await context.ask("在哪？", kind="location", default=None)
    size: int | str = await context.ask("多大？", choices={"大": 1}, default="小")
    return f"{word} {drink} {seats} {photo.media_id} {paid} {late} {where} {size}"
