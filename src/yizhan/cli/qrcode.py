"""yizhan qrcode: a QR code with a scene, on the terminal and as a picture."""

from io import StringIO
from pathlib import Path

import click
import segno

from yizhan.cli.api import opened, show
from yizhan.cli.text import option, verb
from yizhan.phrases import say

DAY = 86_400
LONGEST = 30
SCALE = 8  # pixels of a module


@verb("qrcode")
@click.argument("scene")
@option("--permanent", phrase="permanent_code", is_flag=True, show_default=False)
@option("--days", phrase="days", type=click.IntRange(1, LONGEST), default=LONGEST)
@option("--out", phrase="qrcode_out", type=click.Path(path_type=Path, dir_okay=False))
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
@option("--account", phrase="account", default="")
def command(
    scene: str, permanent: bool, days: int, out: Path | None, as_json: bool, account: str
) -> None:
    if out is not None and out.suffix.lower() not in (".png", ".svg"):
        raise click.UsageError(say("cli.qrcode_kind", path=out))
    with opened(account) as api:
        answer = api.call("/cgi-bin/qrcode/create", **_wanted(scene, permanent, days))
    assert isinstance(answer, dict)  # noqa: S101  # it answers in JSON
    if out is not None:
        _code(str(answer["url"])).save(str(out), scale=SCALE)
    if as_json:
        show(answer)
        return
    click.echo(_drawn(str(answer["url"])))
    click.echo(str(answer["url"]))
    if out is not None:
        click.echo(str(out))


def _wanted(scene: str, permanent: bool, days: int) -> dict[str, object]:
    """Numbers go as numbers, so that the event's key is the same as typed."""
    number = scene.isdecimal() and not scene.startswith("0")
    kind = ("QR_LIMIT_" if permanent else "QR_") + ("SCENE" if number else "STR_SCENE")
    value: dict[str, object] = {"scene_id": int(scene)} if number else {"scene_str": scene}
    life = {} if permanent else {"expire_seconds": days * DAY}
    return {"action_name": kind, "action_info": {"scene": value}, **life}


def _drawn(url: str) -> str:
    text = StringIO()
    _code(url).terminal(out=text, compact=True)
    return text.getvalue()


def _code(url: str) -> segno.QRCode:
    return segno.make(url, micro=False)
