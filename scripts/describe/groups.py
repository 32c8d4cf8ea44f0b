"""docs/api/GROUP.md and its twin: each call of a group with parameters, results and an example."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from keyword import iskeyword
from typing import Literal

from yizhan.api.platform import Endpoint, Field, Group, answer_name, explained, platform
from yizhan.phrases import catalogue

Language = Literal["zh", "en"]
WIDTH = 96
SHOWN = 2  # objects within objects that an example spells out

MARK = {
    "zh": "<!-- 由 scripts/describe 根据 src/yizhan/api/platform/{name}.toml 生成，请改那里。 -->",
    "en": "<!-- Written by scripts/describe from src/yizhan/api/platform/{name}.toml. -->",
}
SAID: Mapping[str, Mapping[Language, str]] = {
    "twin": {"zh": "[English]({name}.md)", "en": "[中文]({name}.zh-CN.md)"},
    "about": {
        "zh": "本组 {count} 个接口。怎样调用、异常和权限见[微信接口](../api.zh-CN.md)。",
        "en": "{count} calls. How to call them, errors and rights: [WeChat's calls](../api.md).",
    },
    "call": {"zh": "调用", "en": "call"},
    "does": {"zh": "作用", "en": "what it does"},
    "member": {"zh": "字段", "en": "member"},
    "parameter": {"zh": "参数", "en": "parameter"},
    "type": {"zh": "类型", "en": "type"},
    "meaning": {"zh": "说明", "en": "meaning"},
    "optional": {"zh": "可不填", "en": "optional"},
    "own": {"zh": "不填时取账号自己的", "en": "the account's own when left out"},
    "fixed": {"zh": "固定值，不必填", "en": "always this, need not be given"},
    "one of": {"zh": "取值 {values}", "en": "one of {values}"},
    "from": {"zh": "最少 {limit}{unit}", "en": "at least {limit}{unit}"},
    "to": {"zh": "最多 {limit}{unit}", "en": "at most {limit}{unit}"},
    "items": {"zh": " 项", "en": " items"},
    "characters": {"zh": " 个字符", "en": " characters"},
    "number": {"zh": "", "en": ""},
    "one": {"zh": "{name}", "en": "{name}"},
    "list": {"zh": "{name} 的列表", "en": "list of {name}"},
    "map": {"zh": "`str` 到 {name} 的 dict", "en": "dict of `str` to {name}"},
    "bytes": {"zh": "最多 {bytes} 字节", "en": "at most {bytes} bytes"},
    "days": {"zh": "从 begin_date 起最多 {days} 天", "en": "at most {days} days from begin_date"},
    "code": {"zh": "不对时返回 {code}", "en": "a wrong one gets {code}"},
    "when": {"zh": "{name} 为 {values} 时才有", "en": "there when {name} is {values}"},
    "answer": {"zh": "返回 `{name}`：", "en": "Answers `{name}`:"},
    "media": {
        "zh": "返回 `{name}`：文件，或下面的 JSON。",
        "en": "Answers `{name}`: a file, or JSON.",
    },
    "file": {"zh": "返回 `Media[Answer]`：文件。", "en": "Answers `Media[Answer]`: a file."},
    "nothing": {
        "zh": "返回 `Answer`，只有 `errcode` 和 `errmsg`。",
        "en": "Answers `Answer`: `errcode` and `errmsg` alone.",
    },
    "unknown": {
        "zh": "返回 dict，字段没有收录。",
        "en": "Answers a dict whose members are not described.",
    },
    "open": {
        "zh": "还可以传其他字段，原样发给微信。",
        "en": "Further fields are let through as they are.",
    },
    "named by": {
        "zh": "`{name}` 的值是什么，就要有同名的字段。",
        "en": "The member that `{name}` names is required.",
    },
    "exclude": {"zh": "{names} 只能填其中一个。", "en": "Exactly one of {names}."},
    "rights": {"zh": "谁能调用：{rights}", "en": "Who may call: {rights}"},
    "repeated": {"zh": "网络出错时自动重试", "en": "repeated by itself after a network error"},
    "component": {"zh": "用第三方平台的 token", "en": "with the platform's token"},
    "user": {"zh": "用访客的 access_token", "en": "with the visitor's access token"},
    "none": {"zh": "不用 access_token", "en": "without an access token"},
    "retired": {"zh": "**已下线**：{why}。", "en": "**Retired**: {why}."},
    "unconfirmed": {"zh": "**未经证实**：{doubt}", "en": "**unconfirmed**: {doubt}"},
    "source": {"zh": "依据：{source}", "en": "from {source}"},
    "objects": {"zh": "对象", "en": "Objects"},
    "nowhere": {"zh": "没有参数。", "en": "No parameters."},
}
SOURCES: Mapping[str, Mapping[Language, str]] = {
    "O": {"zh": "官方文档", "en": "official page"},
    "SDK": {"zh": "公开的 SDK", "en": "public SDKs"},
    "M": {"zh": "记忆", "en": "memory"},
}


def page(name: str, language: Language) -> str:
    """The whole page of a group, in that language."""
    return "\n".join(_Page(platform().groups[name], language).lines())


class _Page:
    """One group in one language, with the anchors of its headings."""

    def __init__(self, group: Group, language: Language) -> None:
        self.group = group
        self.language: Language = language
        self.objects = _objects(group)
        self.anchors = _anchors([group.title[language], *self.headings()])

    def say(self, phrase: str, **values: object) -> str:
        return SAID[phrase][self.language].format(**values)

    def headings(self) -> Iterator[str]:
        """The headings below the title, in their order."""
        yield from (_name(each) for each in self.group.endpoints)
        yield self.say("objects")
        yield from self.objects

    def lines(self) -> Iterator[str]:
        endpoints = self.group.endpoints
        yield MARK[self.language].format(name=self.group.name)
        yield f"# {self.group.title[self.language]}\n"
        yield self.say("twin", name=self.group.name) + "\n"
        yield self.say("about", count=len(endpoints)) + "\n"
        yield f"| {self.say('call')} | {self.say('does')} |\n|---|---|"
        for each in endpoints:
            name = _name(each)
            yield f"| [`{name}`](#{self.anchors[name]}) | {cell(each.about[self.language])} |"
        yield ""
        for each in endpoints:
            yield from self.call(each)
        if self.objects:
            yield f"## {self.say('objects')}\n"
        for name in self.objects:
            yield f"### {name}\n"
            yield from self.table("member", name, self.group.shapes[name].fields)

    def call(self, endpoint: Endpoint) -> Iterator[str]:
        yield f"## {_name(endpoint)}\n"
        yield _sentence(endpoint.about[self.language], self.language) + "\n"
        yield f"`{endpoint.method} {endpoint.host}{endpoint.path}`\n"
        if endpoint.retired:
            yield self.say("retired", why=endpoint.retired[self.language]) + "\n"
        yield f"```python\n{example(endpoint)}\n```\n"
        parameters = {**endpoint.query, **endpoint.body}
        if parameters:
            yield from self.table("parameter", endpoint.path, parameters)
        elif not endpoint.open:
            yield self.say("nowhere") + "\n"
        rules = list(self.rules(endpoint))
        if rules:
            yield " ".join(rules) + "\n"
        yield from self.answer(endpoint)
        yield "\n".join(f"- {each}" for each in self.remarks(endpoint)) + "\n"

    def rules(self, endpoint: Endpoint) -> Iterator[str]:
        if endpoint.named_by:
            yield self.say("named by", name=endpoint.named_by)
        if endpoint.one_of:
            yield self.say("exclude", names=", ".join(f"`{name}`" for name in endpoint.one_of))
        if endpoint.open:
            yield self.say("open")

    def answer(self, endpoint: Endpoint) -> Iterator[str]:
        if endpoint.answer == "media" and not endpoint.result:
            yield self.say("file") + "\n"
            return
        if not endpoint.result:
            yield self.say("nothing" if endpoint.typed else "unknown") + "\n"
            return
        name = answer_name(endpoint)
        if endpoint.answer == "media":
            yield self.say("media", name=f"Media[{name}]") + "\n"
        else:
            yield self.say("answer", name=name) + "\n"
        yield from self.table("member", endpoint.path, endpoint.result)

    def remarks(self, endpoint: Endpoint) -> Iterator[str]:
        right = platform().rights[endpoint.rights]
        yield self.say("rights", rights=right.zh if self.language == "zh" else right.en)
        if endpoint.token != "account":  # noqa: S105  # whose
            yield self.say(endpoint.token)
        if endpoint.safe:
            yield self.say("repeated")
        if endpoint.unconfirmed:
            yield self.say("unconfirmed", doubt=endpoint.unconfirmed)
        yield self.say("source", source=SOURCES[endpoint.source][self.language])

    def table(self, head: str, place: str, fields: Mapping[str, Field]) -> Iterator[str]:
        yield f"| {self.say(head)} | {self.say('type')} | {self.say('meaning')} |\n|---|---|---|"
        for name, field in fields.items():
            told = explained(place, name)
            meaning = [told[self.language]] if told else []
            limits = [*meaning, *self.limits(field)]
            joined = ("；" if self.language == "zh" else "; ").join(limits)
            yield f"| `{name}` | {self.type(field)} | {cell(joined)} |"
        yield ""

    def type(self, field: Field) -> str:
        name, many = field.type
        known = f"[`{name}`](#{self.anchors[name]})" if name in self.objects else f"`{name}`"
        return self.say(many, name=known)

    def limits(self, field: Field) -> Iterator[str]:
        fixed = len(field.choices) == 1 and not field.optional
        if field.optional:
            yield self.say("optional")
        if field.own:
            yield self.say("own")
        if field.choices:
            yield self.say("one of", values=_values(field.choices))
        if fixed:
            yield self.say("fixed")
        unit = self.say(_unit(field))
        for phrase, limit in (("from", field.min), ("to", field.max)):
            if limit is not None:
                yield self.say(phrase, limit=f"{limit:,.10g}", unit=unit)
        if field.max_bytes is not None:
            yield self.say("bytes", bytes=f"{field.max_bytes:,}")
        if field.days is not None:
            yield self.say("days", days=field.days)
        if field.code is not None:
            yield self.say("code", code=self.errcode(field.code))
        for name, values in field.when.items():
            yield self.say("when", name=f"`{name}`", values=_values(values))

    def errcode(self, code: int) -> str:
        """The errcode, with its advice where there is any."""
        if f"advice.e{code}" not in catalogue():
            return str(code)
        twin = ".zh-CN" if self.language == "zh" else ""
        return f"[{code}](../errcodes{twin}.md#{code})"


def _unit(field: Field) -> str:
    """What the limits of a field count."""
    if field.type.many != "one":
        return "items"
    return "number" if field.type.name in ("int", "float") else "characters"


def _objects(group: Group) -> list[str]:
    """The shapes that the calls of the group lead to, in the file's order."""
    seen: set[str] = set()
    rest = [f for each in group.endpoints for part in _parts(each) for f in part.values()]
    while rest:
        name = rest.pop().type.name
        if name in group.shapes and name not in seen:
            seen.add(name)
            rest += group.shapes[name].fields.values()
    return [name for name in group.shapes if name in seen]


def _parts(endpoint: Endpoint) -> tuple[Mapping[str, Field], ...]:
    return endpoint.query, endpoint.body, endpoint.result


def _anchors(headings: Iterable[str]) -> dict[str, str]:
    """The anchor of each heading; of two alike the later one is numbered."""
    seen: Counter[str] = Counter()
    found = {}
    for heading in headings:
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        found[heading] = f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1
    return found


def _name(endpoint: Endpoint) -> str:
    return ".".join(safe_name(segment) for segment in endpoint.segments)


def _values(values: Iterable[object]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def cell(text: str) -> str:
    """The text in one line, as a cell of a table takes it."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def _sentence(text: str, language: Language) -> str:
    if language == "zh":
        return f"{text}。"
    return f"{text[0].upper()}{text[1:]}."


# The example: what must be given, with the shortest values.


def example(endpoint: Endpoint) -> str:
    """The call with what must be given; over one line where it is long."""
    fields = {**endpoint.query, **endpoint.body}
    given = [f"{safe_name(name)}={_value(endpoint, fields[name])}" for name in _given(endpoint)]
    call = f"await api.{_name(endpoint)}"
    if len(line := f"{call}({', '.join(given)})") <= WIDTH:
        return line
    return "\n".join([f"{call}(", *(f"    {each}," for each in given), ")"])


def _given(endpoint: Endpoint) -> Iterator[str]:
    """The parameters without which the call is none, of several kinds the first."""
    fields = {**endpoint.query, **endpoint.body}
    kind = fields.get(endpoint.named_by)
    named = str(kind.choices[0]) if kind and kind.choices else ""
    for name, field in fields.items():
        filled = field.own or (len(field.choices) == 1 and name != endpoint.named_by)
        chosen = name == named or name in endpoint.one_of[:1]
        if chosen or not (field.optional or filled or name in endpoint.one_of):
            yield name


PLAIN = {
    "str": '"…"',
    "openid": "openid",
    "int": "1",
    "float": "1.0",
    "bool": "True",
    "date": "date(2026, 11, 1)",
    "any": "...",
    "object": "{}",
    "file": 'Path("photo.jpg")',
    "text": '"…"',
}


def _value(endpoint: Endpoint, field: Field, depth: int = 0) -> str:
    name, many = field.type
    one = repr(field.choices[0]).replace("'", '"') if field.choices else _one(endpoint, name, depth)
    return {"one": one, "list": f"[{one}]", "map": f'{{"…": {one}}}'}[many]


def _one(endpoint: Endpoint, name: str, depth: int) -> str:
    shapes = platform().groups[endpoint.group].shapes
    if name not in shapes:
        return PLAIN[name]
    needed = {key: field for key, field in shapes[name].fields.items() if not field.optional}
    if depth >= SHOWN:
        return "{...}"
    inner = (f'"{key}": {_value(endpoint, field, depth + 1)}' for key, field in needed.items())
    return f"{{{', '.join(inner)}}}"


def safe_name(name: str) -> str:
    """The name as Python lets it be written."""
    return f"{name}_" if iskeyword(name) else name
