"""yizhan call: any endpoint from the terminal."""

import json
import sys
from pathlib import Path

import click

from yizhan.api import Client, Media
from yizhan.api.platform import endpoint
from yizhan.cli.api import opened, show
from yizhan.cli.telling import refuse, tell
from yizhan.cli.text import option, verb
from yizhan.errors import APIError
from yizhan.phrases import say
from yizhan.textfile import decoded, read_text


@verb("call")
@click.argument("method", type=click.Choice(["GET", "POST"], case_sensitive=False))
@click.argument("path")
@option("--json", "text", phrase="call_json", metavar="JSON|@FILE|-", default="")
@option("--query", phrase="call_query", multiple=True, metavar="NAME=VALUE")
@option("--file", "files", phrase="call_file", multiple=True, metavar="NAME=FILE")
@option("--out", phrase="call_out", type=click.Path(path_type=Path))
@option("--account", phrase="account", default="")
def command(
    method: str,
    path: str,
    text: str,
    query: tuple[str, ...],
    files: tuple[str, ...],
    out: Path | None,
    account: str,
) -> None:
    asked: dict[str, object] = dict(_pairs(query))
    content = _content(text)
    uploads = {name: Path(file) for name, file in _pairs(files)}
    with opened(account) as api:
        try:
            result = _called(api, method.upper(), path, asked, content, uploads)
        except APIError as error:
            if error.errcode:  # else WeChat was not asked, or did not say
                show({"errcode": error.errcode, "errmsg": error.errmsg})
            refuse(str(error))
            sys.exit(1)
    _show(result, out)


def _called(
    api: Client,
    method: str,
    path: str,
    query: dict[str, object],
    content: dict[str, object],
    uploads: dict[str, Path],
) -> dict[str, object] | Media:
    """The described call where there is one, else just what was said."""
    described = endpoint(path)
    if described is not None and described.method == method:
        return api.call(path, **query, **content, **uploads)
    if uploads:
        field, file = next(iter(uploads.items()))
        return api.upload(path, file, field=field, params=query, texts=content)
    if method == "GET":
        return api.get(path, **query)
    return api.post(path, json=content, params=query)


class BadFile(click.ClickException):
    """What `--json` names cannot be sent: one sentence, as for a wrong command line."""

    exit_code = 2


def _content(given: str) -> dict[str, object]:
    if not given:
        return {}
    where, text = _source(given)
    if not text.strip():
        raise BadFile(say("cli.call_empty", where=where))
    try:
        content = json.loads(text)
    except ValueError as error:
        raise BadFile(say("cli.call_bad_json", where=where, problem=error)) from error
    if not isinstance(content, dict):
        problem = type(content).__name__
        raise BadFile(say("cli.call_bad_json", where=where, problem=problem))
    return content


def _source(given: str) -> tuple[str, str]:
    """Where the JSON comes from, as a person calls it, and what stands there."""
    try:
        if given == "-":
            return "-", decoded(sys.stdin.buffer.read())
        if given.startswith("@"):
            return given[1:] or "@", read_text(Path(given[1:]))
    except OSError as error:
        sentence = say("cli.call_no_file", where=given[1:], problem=error.strerror)
        raise BadFile(sentence) from error
    except ValueError as error:
        where = given.removeprefix("@")
        raise BadFile(say("cli.call_unread", where=where, problem=error)) from error
    return "--json", given


def _pairs(words: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [word.partition("=") for word in words]
    for name, equals, _ in pairs:
        if not name or not equals:
            raise click.UsageError(say("cli.call_bad_pair", word=name))
    return [(name, value) for name, _, value in pairs]


def _show(result: dict[str, object] | Media, out: Path | None) -> None:
    if not isinstance(result, Media):
        show(result)
    elif not result.content:
        show(result.fields)
    elif out is not None:
        click.echo(str(result.save(out)))
    else:
        tell(say("cli.call_bytes", size=len(result.content), kind=result.content_type))
