"""yizhan users export: every follower, as CSV or JSON lines."""

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import TextIO

import click

from yizhan.api import Client
from yizhan.api.pages import followers
from yizhan.cli.api import count_bar, opened
from yizhan.cli.opened import Chosen
from yizhan.cli.telling import tell
from yizhan.cli.text import inner, option
from yizhan.phrases import say

BATCH = 100  # of /cgi-bin/user/info/batchget
COLUMNS = (
    "openid",
    "subscribe_time",
    "subscribe_scene",
    "qr_scene",
    "qr_scene_str",
    "language",
    "remark",
    "tagid_list",
    "unionid",
)


@inner("users_export", name="export")
@option("--out", phrase="call_out", type=click.Path(path_type=Path, dir_okay=False))
@option("--json", "as_json", phrase="json_lines", is_flag=True, show_default=False)
@option("--openids", phrase="openids", is_flag=True, show_default=False)
@click.pass_obj
def export(chosen: Chosen, out: Path | None, as_json: bool, openids: bool) -> None:
    if chosen.dev:
        raise click.UsageError(say("cli.users_export_dev"))
    with (
        opened(chosen.account) as api,
        out.open("w", encoding="utf-8", newline="") if out else nullcontext(sys.stdout) as file,
    ):
        rows = _openids(api) if openids else _infos(api)
        columns = ("openid",) if openids else COLUMNS
        write = _json_writer(file) if as_json else _csv_writer(file, columns)
        total = int(str(api.get("/cgi-bin/user/get").get("total", 0)))
        with count_bar(say("cli.users_column"), total) as progress:
            for count, row in enumerate(rows, 1):
                write(row)
                progress(count)
    tell(say("cli.users_exported", count=total), err=True)


def _openids(api: Client) -> Iterator[Mapping[str, object]]:
    for openid in api.each(followers()):
        yield {"openid": openid}


def _infos(api: Client) -> Iterator[Mapping[str, object]]:
    everyone = api.each(followers())
    while batch := list(islice(everyone, BATCH)):
        wanted = [{"openid": openid} for openid in batch]
        answer = api.post("/cgi-bin/user/info/batchget", json={"user_list": wanted})
        infos = answer.get("user_info_list")
        yield from infos if isinstance(infos, list) else []


def _json_writer(file: TextIO) -> Callable[[Mapping[str, object]], None]:
    return lambda row: click.echo(json.dumps(row, ensure_ascii=False), file=file)


def _csv_writer(file: TextIO, columns: tuple[str, ...]) -> Callable[[Mapping[str, object]], None]:
    writer = csv.writer(file)
    writer.writerow(columns)
    return lambda row: writer.writerow(_cell(row.get(column, "")) for column in columns)


def _cell(value: object) -> object:
    """A spreadsheet takes a remark that begins with = for a formula: it gets an apostrophe."""
    if isinstance(value, list):
        return " ".join(str(each) for each in value)
    return f"'{value}" if str(value)[:1] in ("=", "+", "-", "@") else value
