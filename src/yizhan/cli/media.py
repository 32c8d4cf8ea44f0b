"""yizhan media: files up to WeChat and down from it."""

from pathlib import Path

import click

from yizhan.api.files import LARGEST
from yizhan.cli.api import bytes_bar, opened, show
from yizhan.cli.text import group, option, subverb

MEGABYTE = 1024 * 1024
KINDS = {  # by the file's ending
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp"), "image"),
    **dict.fromkeys((".amr", ".mp3", ".wav", ".wma", ".speex"), "voice"),
    ".mp4": "video",
}


@group("media")
@click.pass_context
def command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@subverb(command, "media_upload", name="upload")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--type", "kind", phrase="media_type", type=click.Choice(["image", "voice", "video", "thumb"])
)
@option("--permanent", phrase="permanent", is_flag=True, show_default=False)
@option("--title", phrase="media_title", default="")
@option("--introduction", phrase="media_introduction", default="")
@option("--account", phrase="account", default="")
def upload(
    file: Path, kind: str | None, permanent: bool, title: str, introduction: str, account: str
) -> None:
    kind = kind or KINDS.get(file.suffix.lower(), "image")
    path = "/cgi-bin/material/add_material" if permanent else "/cgi-bin/media/upload"
    about = {"title": title or file.stem, "introduction": introduction}
    texts = {"description": about} if permanent and kind == "video" else {}
    with opened(account) as api, bytes_bar(file.name) as progress:
        answer = api.upload(path, file, params={"type": kind}, texts=texts, progress=progress)
    show(answer)


@subverb(command, "media_download", name="download")
@click.argument("media_id")
@option("--out", phrase="call_out", type=click.Path(path_type=Path), default=".")
@option("--permanent", phrase="permanent", is_flag=True, show_default=False)
@option("--limit", phrase="media_limit", type=click.IntRange(1), default=LARGEST // MEGABYTE)
@option("--account", phrase="account", default="")
def download(media_id: str, out: Path, permanent: bool, limit: int, account: str) -> None:
    asked = {"media_id": media_id}
    with opened(account) as api, bytes_bar(media_id) as progress:
        saved = (
            api.download(
                "/cgi-bin/material/get_material",
                out,
                json=asked,
                limit=limit * MEGABYTE,
                progress=progress,
            )
            if permanent
            else api.download(
                "/cgi-bin/media/get",
                out,
                params=asked,
                limit=limit * MEGABYTE,
                progress=progress,
            )
        )
    click.echo(str(saved))
