"""yizhan menu: the custom menu as a file."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from yizhan import messages
from yizhan.api import Client
from yizhan.api import menu as menus
from yizhan.api.menu import Menu
from yizhan.cli.api import opened
from yizhan.cli.telling import ask, refuse, tell
from yizhan.cli.text import group, option, subverb
from yizhan.errors import APIError
from yizhan.phrases import say
from yizhan.routing import Route, event_kind

FILE = "menu.toml"
NO_MENU = 46003
COLOURS = {"+": "green", "-": "red", "@": "cyan"}

file = option("--file", "path", phrase="menu_file", type=click.Path(path_type=Path), default=FILE)
account = option("--account", phrase="account", default="")


@group("menu")
@click.pass_context
def command(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@subverb(command, "menu_show", name="show")
@account
@option("--json", "as_json", phrase="json", is_flag=True, show_default=False)
def show(account: str, as_json: bool) -> None:
    with opened(account) as api:
        menu = _in_force(api)
    if as_json:
        click.echo(json.dumps(_as_dict(menu), ensure_ascii=False, indent=2))
        return
    for line in toml(menu):
        click.echo(line)


@subverb(command, "menu_diff", name="diff")
@file
@account
def diff(path: Path, account: str) -> None:
    wanted = menus.load(path)
    with opened(account) as api:
        lines = menus.difference(_in_force(api), wanted)
    _print(lines)
    sys.exit(1 if lines else 0)


@subverb(command, "menu_push", name="push")
@file
@account
@option("--yes", phrase="yes", is_flag=True, show_default=False)
def push(path: Path, account: str, yes: bool) -> None:
    wanted = menus.load(path)
    if faults := list(menus.faults(wanted)):
        _refuse(faults)
    with opened(account) as api:
        current = _in_force(api)
        lines = menus.difference(current, wanted)
        if not lines:
            tell(say("cli.menu_same"))
            return
        _print(lines)
        if not yes:
            ask(say("cli.menu_sure"))
        _put(api, current, wanted)
    tell(say("cli.menu_pushed"))


@subverb(command, "menu_check", name="check")
@click.argument("bot", required=False)
@file
def check(bot: str | None, path: Path) -> None:
    menu = menus.load(path)
    faults = list(menus.faults(menu))
    if bot is not None:
        from yizhan.server.serve import load

        routes = [route for each in load(bot, str(Path.cwd())) for route in each._routes()]
        faults += unheard(menu, routes)
    if faults:
        _refuse(faults)
    tell(say("cli.menu_good", count=len(list(menus.leaves(menu.button)))), colour="green")


def unheard(menu: Menu, routes: list[Route]) -> Iterator[str]:
    """The buttons whose push no handler takes."""
    for name, kind, key in menus.keys(menu):
        event = "CLICK" if kind == "click" else kind
        raw = {"MsgType": "event", "Event": event, "EventKey": key}
        push = messages.read({**HEADER, **raw})
        takers = (route for route in routes if event_kind(event) in route.kinds)
        if not any(t.condition is None or t.condition(push) is not None for t in takers):
            yield say(
                "menus.unheard", name=name, key=key, event=event, decorator=_decorator(kind, key)
            )


def _decorator(kind: str, key: str) -> str:
    """What a handler for that button's push would be registered with."""
    return f"@account.click({_quoted(key)})" if kind == "click" else f'@account.event("{kind}")'


HEADER = {"ToUserName": "gh_", "FromUserName": "o", "CreateTime": "0"}


def toml(menu: Menu) -> Iterator[str]:
    """The menu as the file would say it."""
    yield from _toml(menu.button, "button")
    for each in menu.conditional:
        rule = ", ".join(f"{name} = {_quoted(value)}" for name, value in each.matchrule.items())
        yield from ("[[conditional]]", f"matchrule = {{ {rule} }}", "")
        yield from _toml(each.button, "conditional.button")


def _toml(buttons: list[menus.Json], table: str) -> Iterator[str]:
    for button in buttons:
        yield f"[[{table}]]"
        for name, value in button.items():
            if name != "sub_button":
                yield f"{name} = {_quoted(value)}"
        yield ""
        subs = button.get("sub_button")
        if isinstance(subs, list):
            yield from _toml(subs, f"{table}.sub_button")


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _in_force(api: Client) -> Menu:
    try:
        return menus.in_force(api.get("/cgi-bin/menu/get"))
    except APIError as error:
        if error.errcode != NO_MENU:
            raise
        return Menu(button=[])


def _put(api: Client, current: Menu, wanted: Menu) -> None:
    """The default menu first; conditional ones anew, for the newest that matches wins."""
    api.post("/cgi-bin/menu/create", json={"button": wanted.button})
    bare = Menu(button=[])
    if not menus.difference(Menu([], current.conditional), Menu(bare.button, wanted.conditional)):
        return
    for menuid in _conditional_ids(api):
        api.post("/cgi-bin/menu/delconditional", json={"menuid": menuid})
    for each in wanted.conditional:
        content = {"button": each.button, "matchrule": each.matchrule}
        api.post("/cgi-bin/menu/addconditional", json=content)


def _conditional_ids(api: Client) -> Iterator[str]:
    answer = api.get("/cgi-bin/menu/get")
    conditional = answer.get("conditionalmenu")
    for each in conditional if isinstance(conditional, list) else []:
        yield str(each["menuid"])


def _as_dict(menu: Menu) -> dict[str, object]:
    conditional = [{"matchrule": c.matchrule, "button": c.button} for c in menu.conditional]
    return {"button": menu.button, "conditional": conditional}


def _print(lines: list[str]) -> None:
    for line in lines:
        tell(line, colour=COLOURS.get(line[:1]), hang=2)


def _refuse(faults: list[str]) -> None:
    for fault in faults:
        refuse(fault)
    sys.exit(1)
