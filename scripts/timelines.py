"""Draw docs/images/five-*.svg: what happens to slow answers, played by the engine itself.

Each picture is a conversation in the simulator on a clock that jumps, drawn from its records.

python scripts/timelines.py           draw them
python scripts/timelines.py --check   exit with 1 when one of them is not current
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Literal

from msgspec import Struct

from yizhan import Account
from yizhan.messages import TextMessage
from yizhan.simulator.record import Attempt
from yizhan.testing import Simulator, User, run

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
Language = Literal["zh", "en"]
WIDTH, LEFT, ROW, BAR = 760, 96, 44, 20
COLOURS = {"timeout": "#d9534f", "answered": "#2e9e5b", "handler": "#4a7fb5", "text": "#333333"}
LANES = {
    "zh": ("粉丝", "微信推送", "处理函数", "粉丝看到"),
    "en": ("follower", "WeChat pushes", "handler", "follower reads"),
}
WAYS = {"zh": {"custom": "{}（客服消息）"}, "en": {"custom": "{} (customer-service message)"}}
SAID = {"zh": "说“{}”", "en": "says {}"}


class Played(Struct, frozen=True):
    """One conversation; all times are seconds after its first message."""

    said: tuple[tuple[float, str], ...]
    attempts: tuple[tuple[float, Attempt], ...]
    ran: tuple[tuple[float, float], ...]
    read: tuple[tuple[float, str, str], ...]


async def quick(fan: User) -> None:
    """An answer within the first push."""
    await fan.says("查天气")


async def late(fan: User) -> None:
    """An answer that comes after the last push."""
    await fan.says("查天气")
    await fan.wechat.advance(20)


async def collected(fan: User) -> None:
    """The same, and the follower writes again."""
    await late(fan)
    await fan.says("好了吗")


Talk = Callable[[User], Awaitable[None]]
PICTURES: Mapping[str, tuple[float, bool, Talk]] = {  # seconds of the handler, verified, the talk
    "five-quick": (2.0, False, quick),
    "five-held": (12.0, False, quick),
    "five-collected": (30.0, False, collected),
    "five-custom": (30.0, True, late),
}


def main(*, check: bool) -> int:
    """Draw the pictures, or only look at them; 1 when a look finds one that is not current."""
    stale = 0
    for name, text in drawn():
        path = IMAGES / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        stale += 1
        sys.stdout.write(f"docs/images/{name}\n")
        if not check:
            path.write_text(text, "utf-8")
    return 1 if stale and check else 0


def drawn() -> Iterator[tuple[str, str]]:
    """Each picture's file name and content."""
    for name, (seconds, verified, talk) in PICTURES.items():
        found = run(play(seconds, verified, talk))
        yield f"{name}.svg", picture(found, "en")
        yield f"{name}.zh-CN.svg", picture(found, "zh")


async def play(seconds: float, verified: bool, talk: Talk) -> Played:
    """Let a follower talk with a bot whose answer takes so long."""
    account, ran = Account(), []

    @account.text("查天气")
    async def slow(message: TextMessage) -> str:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        await asyncio.sleep(seconds)
        ran.append((begun, loop.time()))
        return "晴，18 度"

    kind = "service" if verified else "subscription"
    async with Simulator(account, kind=kind, verified=verified) as wechat:
        fan = wechat.user()
        begun = asyncio.get_running_loop().time()
        await talk(fan)
        first = wechat.pushes[0].began
        return Played(
            tuple((each.began - first, each.summary) for each in wechat.pushes),
            tuple((it.began - first, it) for each in wechat.pushes for it in each.attempts),
            tuple((start - begun, end - begun) for start, end in ran),
            tuple((it.at - first, it.via, str(it.content["text"])) for it in fan.entries),
        )


def picture(played: Played, language: Language) -> str:
    """The conversation as SVG."""
    last = max(begun + (it.seconds or 0) for begun, it in played.attempts)
    end = 5 * (1 + max(last, *(at for _, at in played.ran)) // 5)
    height = 4 * ROW + 34
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" rx="6" fill="#ffffff"/>',
        *_scale(end, height),
        *(_label(8, row, lane) for row, lane in enumerate(LANES[language])),
        *(_words(at, 0, SAID[language].format(text), end) for at, text in played.said),
        *(_attempt(begun, it, end) for begun, it in played.attempts),
        *(_bar(begun, until, 2, "handler", "", end) for begun, until in played.ran),
        *(_read(at, via, text, language, end) for at, via, text in played.read),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(at: float, end: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 16) * at / end, 1)


def _scale(end: float, height: float) -> Iterator[str]:
    for second in range(0, int(end) + 1, 5):
        x = _x(second, end)
        place = f'x="{x}" y="{height - 8}" text-anchor="middle"'
        yield f'<path d="M{x} 8V{height - 24}" stroke="#dddddd"/>'
        yield f'<text {place} fill="#777777">{second} s</text>'


def _label(x: float, row: int, text: str, *, anchor: str = "start") -> str:
    y = 12 + row * ROW + BAR
    colour = COLOURS["text"]
    return f'<text x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}">{escape(text)}</text>'


def _attempt(begun: float, attempt: Attempt, end: float) -> str:
    kind = "answered" if attempt.end == "answered" else "timeout"
    sign = "✓" if kind == "answered" else "✕"
    return _bar(begun, begun + (attempt.seconds or 0), 1, kind, f"{attempt.number} {sign}", end)


def _bar(begun: float, until: float, row: int, kind: str, text: str, end: float) -> str:
    x, y = _x(begun, end), 8 + row * ROW
    width = max(round(_x(until, end) - x - 2, 1), 3)
    colour = COLOURS[kind]
    bar = f'<rect x="{x}" y="{y}" width="{width}" height="{BAR + 6}" rx="3" fill="{colour}"/>'
    return bar + (f'<text x="{x + 6}" y="{y + 17}" fill="#ffffff">{text}</text>' if text else "")


def _read(at: float, via: str, text: str, language: Language, end: float) -> str:
    way = WAYS[language].get(via)
    dot = f'<circle cx="{_x(at, end)}" cy="{8 + 3 * ROW + 13}" r="4" fill="{COLOURS["answered"]}"/>'
    return dot + _words(at, 3, way.format(text) if way else text, end)


def _words(at: float, row: int, text: str, end: float) -> str:
    """Words beside that moment, on the side that has room for them."""
    x = _x(at, end)
    if x > WIDTH * 0.6:
        return _label(x - 8, row, text, anchor="end")
    return _label(x + 8, row, text)


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
