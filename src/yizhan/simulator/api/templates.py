"""Template messages: choose templates, send, and tell what became of it (docs/protocol.md#i1)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.forms import Fields
from yizhan.simulator.official import Follower
from yizhan.simulator.screen import Content
from yizhan.simulator.templates import Template, Use, too_long

OK = {"errcode": 0, "errmsg": "ok"}
SECONDS = 1.0  # until the event tells what became of a message
OLD_LIBRARY = ("TM", "OPENTM")


def add(call: Call) -> Mapping[str, object]:
    """Choose a template of the library; those of a category need the names of their keywords."""
    short, names = call.text("template_id_short"), call.body.get("keyword_name_list")
    labels = [str(name) for name in names] if isinstance(names, list) else []
    if not labels and not short.startswith(OLD_LIBRARY):
        raise Errcode(40246)
    labels = labels or ["关键词"]
    content = "\n".join(
        f"{label}：{{{{keyword{place}.DATA}}}}" for place, label in enumerate(labels, 1)
    )
    template = call.account.templates.add("message", f"模板 {short}", content)
    return OK | {"template_id": template.id}


def index(call: Call) -> Mapping[str, object]:
    """The templates that were chosen."""
    return {
        "template_list": [
            {
                "template_id": template.id,
                "title": template.title,
                "primary_industry": "",
                "deputy_industry": "",
                "content": template.content,
                "example": template.example,
            }
            for template in call.account.templates.of("message")
        ]
    }


def remove(call: Call) -> Mapping[str, object]:
    """Choose a template no longer."""
    call.account.templates.remove("message", call.text("template_id"))
    return OK


def send(call: Call) -> Mapping[str, object]:
    """Put a template message on a follower's screen; an event tells whether it got there."""
    follower, template, values = addressed(call, "message")
    templates, client_id = call.account.templates, call.text("client_msg_id")
    sent = templates.named(follower.openid, client_id, call.now)
    if sent is not None:
        return OK | {"msgid": sent}
    number = templates.sending()
    templates.name(follower.openid, client_id, number, call.now)
    status = "success"
    if call.fate is not None:
        status = call.fate or "failed: system failed"
    elif follower.blocks:
        status = "failed:user block"
    else:
        show(call, follower, template, values)
    report(call, follower, "TEMPLATESENDJOBFINISH", {"MsgID": number, "Status": status})
    return OK | {"msgid": number}


def send_once(call: Call) -> Mapping[str, object]:
    """Send the one message that a follower has agreed to."""
    follower = call.follower(call.body.get("touser"))
    template = chosen(call, "message", values := _values(call))
    spend(follower, template.id)
    show(call, follower, template, values, title=call.text("title"))
    return OK


def addressed(call: Call, use: Use) -> tuple[Follower, Template, dict[str, str]]:
    """Whom it is for, the template, and the values that fit it. Raises Errcode."""
    follower = call.follower(call.body.get("touser"))
    values = _values(call)
    template = chosen(call, use, values)
    if not follower.following:
        raise Errcode(43004)
    for name in template.fields:
        if name not in values:
            raise Errcode(47003, f" data.{name}.value is empty")
        if too_long(name, values[name]):
            raise Errcode(47003, f" data.{name}.value invalid")
    return follower, template, values


def chosen(call: Call, use: Use, values: Mapping[str, str]) -> Template:
    """The template that a call names. Raises Errcode 40037 for one that was not chosen."""
    id = call.text("template_id")
    try:
        return call.account.templates.get(use, id)
    except Errcode:
        if call.world.options.unknown_template == "refuse":
            raise
    return Template(id, use, id, "\n".join(f"{name}：{{{{{name}.DATA}}}}" for name in values))


def spend(follower: Follower, template_id: str) -> None:
    """Use up one of the follower's grants. Raises Errcode 43101 if there is none."""
    left = follower.grants.get(template_id, 0)
    if not left:
        raise Errcode(43101)
    follower.grants[template_id] = left - 1


def show(
    call: Call,
    follower: Follower,
    template: Template,
    values: Mapping[str, str],
    *,
    title: str = "",
) -> None:
    """Put it on the follower's screen."""
    program = call.members("miniprogram")
    content: Content = {
        "title": title or template.title,
        "text": template.text(values),
        "url": call.text("url") or call.text("page"),
        "appid": str(program.get("appid", "")),
        "pagepath": str(program.get("pagepath", "")),
        "template_id": template.id,
        "data": dict(values),
    }
    call.world.show(follower, "account", "template", "template", content, call=call.id)


def report(call: Call, follower: Follower, event: str, fields: Fields) -> None:
    """Let the server know in a moment."""
    world, account, openid = call.world, call.account.id, follower.openid
    world.later(SECONDS, lambda: world.report(account, openid, event, fields))


def _values(call: Call) -> dict[str, str]:
    data = call.members("data")
    return {
        name: str(given.get("value", ""))
        for name, given in data.items()
        if isinstance(given, Mapping)
    }
