"""The plot of the page: horizontal bars by row, as SVG text that is readable in light and dark."""

from collections.abc import Callable, Iterator
from html import escape

from measured import Rows

WIDTH = 900
LABELS = 270  # the width of the names, left of the bars
FIGURES = 70  # the width of the numbers, right of the bars
LINE = 24
BAR = 15
HEAD = 46
STYLE = """
text { font: 13px system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; fill: #24292f }
.head { font-weight: 600; font-size: 14px }
.bare { fill: #8c959f } .yizhan { fill: #1a7f64 } .peer { fill: #bf6a1f }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .bare { fill: #7d8590 } .yizhan { fill: #3fb68b } .peer { fill: #db8a45 }
}
"""
TITLE = "Messages per second and CPU per message 每秒消息数与每条消息的 CPU 时间"
PANELS = (
    ("speed", "messages/s, longer is better 每秒消息数，越长越好", "{:,.0f}"),
    ("cpu", "CPU µs a message, shorter is better 每条消息的 CPU 微秒，越短越好", "{:.0f}"),
)


def plot(rows: Rows) -> str:
    """Two panels, one above the other."""
    names = list(rows.names())
    panel = HEAD + len(names) * LINE
    height = panel * len(PANELS) + LINE // 2
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(TITLE)}</title>",
        f"<style>{STYLE}</style>",
    ]
    for number, (figure, head, form) in enumerate(PANELS):
        values = {name: rows.median(name, figure) for name in names}
        lines += bars(values, head, form, panel * number, rows.kind)
    return "\n".join([*lines, "</svg>"]) + "\n"


def bars(
    values: dict[str, float], head: str, form: str, top: int, kind: Callable[[str], str]
) -> Iterator[str]:
    yield f'<text class="head" x="8" y="{top + 28}">{escape(head)}</text>'
    most = max(values.values())
    for number, (name, value) in enumerate(values.items()):
        y = top + HEAD + number * LINE
        width = max(1, round(value / most * (WIDTH - LABELS - FIGURES)))
        colour = {"bare": "bare", "yizhan": "yizhan"}.get(kind(name), "peer")
        yield f'<text x="{LABELS - 10}" y="{y + 12}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect class="{colour}" x="{LABELS}" y="{y}" width="{width}" height="{BAR}" rx="2"/>'
        yield f'<text x="{LABELS + width + 8}" y="{y + 12}">{form.format(value)}</text>'
