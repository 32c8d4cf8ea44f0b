"""Subscription notices: one for each time that the follower has agreed (docs/protocol.md#i2)."""

from collections.abc import Mapping

from msgspec import Struct

from yizhan.simulator.api.call import Call
from yizhan.simulator.api.templates import addressed, report, show, spend
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.forms import Field

OK = {"errcode": 0, "errmsg": "ok"}
CATEGORY = 616  # of every public template here


class Keyword(Struct, frozen=True):
    """A keyword of a public template: its number, its label, and the field that it becomes."""

    id: int
    label: str
    field: str
    example: str


class Public(Struct, frozen=True):
    """A template of the public library."""

    id: str
    title: str
    keywords: tuple[Keyword, ...]


LIBRARY: Mapping[str, Public] = {
    public.id: public
    for public in (
        Public(
            "1001",
            "预约提醒",
            (
                Keyword(1, "预约项目", "thing1", "洗牙"),
                Keyword(2, "预约时间", "time2", "2026年1月1日 10:00"),
                Keyword(3, "备注", "thing3", "请提前十分钟到"),
            ),
        ),
        Public(
            "1002",
            "订单发货通知",
            (
                Keyword(1, "订单号", "character_string1", "20260101001"),
                Keyword(2, "快递公司", "thing2", "驿站快递"),
                Keyword(3, "订单金额", "amount3", "￥9.90"),
            ),
        ),
    )
}


def add(call: Call) -> Mapping[str, object]:
    """Choose a public template with two to five of its keywords."""
    public = _public(call.text("tid"))
    given = call.body.get("kidList")
    numbers = given if isinstance(given, list) else [keyword.id for keyword in public.keywords]
    by_number = {keyword.id: keyword for keyword in public.keywords}
    if any(number not in by_number for number in numbers):
        raise Errcode(200020)
    keywords = [by_number[number] for number in numbers]
    template = call.account.templates.add(
        "notice",
        public.title,
        "\n".join(f"{each.label}：{{{{{each.field}.DATA}}}}" for each in keywords),
        example="\n".join(f"{each.label}：{each.example}" for each in keywords),
    )
    return OK | {"priTmplId": template.id}


def remove(call: Call) -> Mapping[str, object]:
    """Choose a template no longer."""
    call.account.templates.remove("notice", call.text("priTmplId"))
    return OK


def index(call: Call) -> Mapping[str, object]:
    """The templates that were chosen."""
    return OK | {
        "data": [
            {
                "priTmplId": template.id,
                "title": template.title,
                "content": template.content,
                "example": template.example,
                "type": 2,
            }
            for template in call.account.templates.of("notice")
        ]
    }


def categories(call: Call) -> Mapping[str, object]:
    """The categories of the account: one."""
    return OK | {"data": [{"id": CATEGORY, "name": "生活服务"}]}


def titles(call: Call) -> Mapping[str, object]:
    """The public templates of some categories."""
    if str(CATEGORY) not in call.query.get("ids", "").split(","):
        return OK | {"count": 0, "data": []}
    start = int(call.query["start"])
    found = [
        {"tid": int(public.id), "title": public.title, "type": 2, "categoryId": str(CATEGORY)}
        for public in LIBRARY.values()
    ]
    return OK | {"count": len(found), "data": found[start : start + int(call.query["limit"])]}


def keywords(call: Call) -> Mapping[str, object]:
    """The keywords of a public template."""
    public = _public(call.query.get("tid", ""))
    data = [
        {
            "kid": keyword.id,
            "name": keyword.label,
            "example": keyword.example,
            "rule": keyword.field.rstrip("0123456789"),
        }
        for keyword in public.keywords
    ]
    return OK | {"count": len(data), "data": data}


def send(call: Call) -> Mapping[str, object]:
    """Put a notice on a follower's screen, for one grant; an event tells of it."""
    follower, template, values = addressed(call, "notice")
    spend(follower, template.id)
    code, status = (0, "success") if call.fate is None else (1, call.fate or "system failed")
    if not code:
        show(call, follower, template, values)
    item: Field = {
        "TemplateId": template.id,
        "MsgID": call.account.templates.sending(),
        "ErrorCode": code,
        "ErrorStatus": status,
    }
    sent: Field = {"List": [item]}
    report(call, follower, "subscribe_msg_sent_event", {"SubscribeMsgSentEvent": sent})
    return OK


def _public(id: str) -> Public:
    public = LIBRARY.get(id)
    if public is None:
        raise Errcode(200014)
    return public
