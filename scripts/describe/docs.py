"""docs/api.md: every endpoint, and which other libraries have it."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from yizhan.api.platform import Endpoint, Group, answer_name, platform

FOLDER = Path(__file__).parent
COLUMNS = {  # name in the table -> names in peers.tsv
    "wechatpy": {"wechatpy"},
    "WeRoBot": {"werobot"},
    "WxJava": {"wxjava"},
    "others": {"itchatmp", "senparc", "silenceper", "powerwechat", "node", "ew5", "cow"},
}
SOURCES = {"O": "official page", "SDK": "public SDKs", "M": "memory"}


def document() -> str:
    """The whole page."""
    groups = platform().groups.values()
    peers = read_peers()
    parts = [(FOLDER / "head.md").read_text("utf-8"), counts(groups)]
    parts += ["\n".join(overview(groups, peers)), rights(), "\n".join(typed(groups))]
    parts += ["\n".join(section(group, peers)) for group in groups]
    parts.append("\n".join(missing(peers)))
    return "\n".join(parts)


def counts(groups: Iterable[Group]) -> str:
    every = [each for group in groups for each in group.endpoints]
    retired = sum(1 for each in every if each.retired)
    return (
        f"{len(every)} endpoints are described, {retired} of them retired or legacy. "
        f"wechatpy's column is what 1.8.18 calls, and its master branch beyond that.\n"
    )


def overview(groups: Iterable[Group], peers: dict[str, set[str]]) -> Iterator[str]:
    """How much of each group there is, here and in the others."""
    yield f"| group | 组 | described | retired | {' | '.join(COLUMNS)} |"
    yield f"|---|---|---|---|{'---|' * len(COLUMNS)}"
    for group in groups:
        has = [peers.get(each.path, set()) for each in group.endpoints]
        counted = [sum(1 for each in has if names & each) for names in COLUMNS.values()]
        retired = sum(1 for each in group.endpoints if each.retired)
        cells = [group.title["en"], group.title["zh"], len(has), retired, *counted]
        yield f"| {' | '.join(str(cell or '') for cell in cells)} |"
    yield ""


def typed(groups: Iterable[Group]) -> Iterator[str]:
    """The calls of which parameters and answer are typed and explained."""
    calls = [each for group in groups for each in group.endpoints if each.typed]
    yield "## Calls that are typed whole"
    yield ""
    yield f"Of these {len(calls)} calls, every parameter is explained in the editor, and every"
    yield "member of the answer has its type; what no page says is `object`. The last column has"
    yield "the parameter that says which others there are, as `msgtype`, or those that exclude"
    yield "each other."
    yield ""
    yield "| `api.`… | from | answer | members | says which others |"
    yield "|---|---|---|---|---|"
    for each in calls:
        cells = (SOURCES[each.source], *_answer(each))
        yield f"| `{'.'.join(each.segments)}` | {' | '.join(cells)} |"
    yield ""


def _answer(endpoint: Endpoint) -> tuple[str, str, str]:
    name = answer_name(endpoint) if endpoint.result else "Answer"
    name = f"Media[{name}]" if endpoint.answer == "media" else name
    members = ", ".join(f"`{name}`" for name in endpoint.result)
    return f"`{name}`", members, endpoint.named_by or " or ".join(endpoint.one_of)


def rights() -> str:
    rows = [f"| `{name}` | {each.en} | {each.zh} |" for name, each in platform().rights.items()]
    return "\n".join(["## Who may call", "", "| right | who | 谁 |", "|---|---|---|", *rows, ""])


def section(group: Group, peers: dict[str, set[str]]) -> Iterator[str]:
    yield f"## {group.title['en']} · {group.title['zh']}"
    yield ""
    yield f"| `api.`… | call | what it does | right | | {' | '.join(COLUMNS)} |"
    yield f"|---|---|---|---|---{'|---' * len(COLUMNS)}|"
    for endpoint in group.endpoints:
        yield row(endpoint, peers.get(endpoint.path, set()))
    yield ""


def row(endpoint: Endpoint, peers: set[str]) -> str:
    marks = ["✓" if names & peers else "" for names in COLUMNS.values()]
    path = f"{endpoint.host}{endpoint.path}"
    cells = [
        f"`{'.'.join(endpoint.segments)}({arguments(endpoint)})`",
        f"{endpoint.method} {path}",
        f"{endpoint.about['en']}<br>{endpoint.about['zh']}",
        f"`{endpoint.rights}`",
        "<br>".join(remarks(endpoint)),
        *marks,
    ]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def arguments(endpoint: Endpoint) -> str:
    """The names; one that may be left out has a question mark."""
    fields = {**endpoint.query, **endpoint.body}
    names = [name + ("?" if field.optional or field.own else "") for name, field in fields.items()]
    return ", ".join([*names, *(["…"] if endpoint.open else [])])


def remarks(endpoint: Endpoint) -> Iterator[str]:
    if endpoint.retired:
        yield f"**retired**: {endpoint.retired['en']}"
    if endpoint.safe:
        yield "repeated by itself"
    if endpoint.unconfirmed:
        yield f"**unconfirmed**: {endpoint.unconfirmed}"
    yield f"from {SOURCES[endpoint.source]}"


def missing(peers: dict[str, set[str]]) -> Iterator[str]:
    """What others have and this has not, and why."""
    yield "## What other libraries call and this one does not describe"
    yield ""
    yield "Mini-program endpoints, pages for a browser, and slips in those libraries."
    yield "Any of them can be called by its path all the same."
    yield ""
    for path, names in peers.items():
        if path not in platform().endpoints:
            yield f"- `{path}` ({', '.join(sorted(names))})"


def read_peers() -> dict[str, set[str]]:
    with (FOLDER / "peers.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {each["path"]: set(each["peers"].split()) for each in rows}
