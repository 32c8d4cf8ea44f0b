"""Build the documentation as a site: `make docs`.

The pages are the Markdown files of docs/, NAME.md in English and NAME.zh-CN.md in Chinese, which
also read well by themselves. This lays each language out for Sphinx, Chinese at `/`, English at
`/en/`, and lets it fail at any warning: a link that leads nowhere, a page that nobody lists.
"""

import argparse
import os
import posixpath
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
SITE = DOCS / "site"
OUTSIDE = {"readme": "README", "contributing": "CONTRIBUTING"}  # pages that are not in docs/
LANGUAGES = ("zh", "en")
UNTRANSLATED = "> 本页还没有中文版。\n\n"
ENGLISH_ALONE = "> 决策记录只有英文。\n\n"
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s:]+)\)")
BESIDE = re.compile(
    r" ?[（(]\[(?:中文|English)\]\([^)]*\)[)）]"
    r"|(?:(?<!\n)\s)?(?:简体中文|English)[:：]\s?\[[\w.-]+\]\([^)]*\)[.。]"
)
TWIN = re.compile(r"^\[(?:中文|English)\]\([^)]*\)\n\n?", re.MULTILINE)
# A line that was broken where Chinese has no space: a browser would show the break as one.
BREAK = re.compile(
    r"(?<=[\u3001-\u303f\uff01-\uff5e”’…])\n *(?!\d+\.|```|:::)(?=[^\s|#>*+<-])"
    r"|(?<=[\u4e00-\u9fff])\n *(?=[\u3001-\u9fff\uff01-\uff5e“”‘’…])"
)
CODE = re.compile(r"^( *)(`{3,}).*?^\1\2`*$", re.MULTILINE | re.DOTALL)


class Section(TypedDict):
    """Pages under one caption."""

    zh: str
    en: str
    pages: list[str]


def main() -> int:
    """Lay out both languages and build them at once; 1 if Sphinx warned of anything."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--to", type=Path, default=ROOT / ".yizhan" / "site", metavar="DIR")
    to: Path = options.parse_args().to
    sections = nav()
    html = to / "html"
    shutil.rmtree(html, ignore_errors=True)
    building = []
    for language in LANGUAGES:
        source = to / "source" / language
        lay_out(language, sections, source)
        building.append(build(language, source, html if language == "zh" else html / language))
    try:
        statuses = [process.wait() for process in building]
    except KeyboardInterrupt:  # Sphinx got the signal too
        for process in building:
            process.wait()
        return 130
    if any(statuses):
        return 1
    (html / "llms.txt").write_text(llms(sections), "utf-8")
    sys.stdout.write(f"{html / 'index.html'}\n")
    return 0


def nav() -> list[Section]:
    """The sections of nav.toml, `*` replaced by what no other entry names.

    Raises SystemExit for a page that is missing on either side.
    """
    sections = tomllib.loads((SITE / "nav.toml").read_text("utf-8"))["section"]
    named = {page for section in sections for page in section["pages"]}
    there = {*OUTSIDE} | {
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in DOCS.rglob("*.md")
        if not path.name.endswith(".zh-CN.md") and path != DOCS / "index.md"
    }
    for section in sections:
        section["pages"] = [each for page in section["pages"] for each in _each(page, there, named)]
    listed = {page for section in sections for page in section["pages"]}
    if listed != there:
        odd = ", ".join(sorted(listed ^ there))
        raise SystemExit(f"docs/site/nav.toml and docs/ do not name the same pages: {odd}")
    return sections


def _each(page: str, there: set[str], named: set[str]) -> list[str]:
    if not page.endswith("/*"):
        return [page]
    return sorted(each for each in there - named if each.startswith(page[:-1]))


def lay_out(language: str, sections: Sequence[Section], to: Path) -> None:
    """Copy the pages of one language to that folder, in the form that Sphinx reads."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(SITE, to)
    for images in (to / "images", to / "extra" / "images"):
        shutil.copytree(DOCS / "images", images)
    for plain in DOCS.glob("*.svg"):
        shutil.copy(plain, to)
    pages = [page for section in sections for page in section["pages"]]
    known = {_file(page, language): page for page in [*pages, "index"] for language in LANGUAGES}
    for page in pages:
        target = to / f"{page}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        below = _below(page, pages)
        tree = _tree("", below) if below else ""
        target.write_text(_page(page, language, known) + tree, "utf-8")
    (to / "index.md").write_text(
        _page("index", language, known) + "".join(_trees(language, sections)), "utf-8"
    )


def _page(page: str, language: str, known: Mapping[str, str]) -> str:
    path = ROOT / _file(page, language)
    text = BESIDE.sub("", TWIN.sub("", path.read_text("utf-8"), count=1))
    note = ""
    if language == "zh" and not path.name.endswith(".zh-CN.md"):
        note = ENGLISH_ALONE if page.startswith("decisions/") else UNTRANSLATED
    heading, _, rest = text.partition("\n")
    text = f"{heading}\n\n{note}{rest.lstrip()}" if note else text
    return relinked(joined(text) if language == "zh" else text, page, language, known)


def _file(page: str, language: str) -> str:
    """The file of a page in that language, else in English; relative to the project."""
    base = OUTSIDE.get(page, f"docs/{page}")
    chinese = f"{base}.zh-CN.md"
    return chinese if language == "zh" and (ROOT / chinese).exists() else f"{base}.md"


def relinked(text: str, page: str, language: str, known: Mapping[str, str]) -> str:
    """The text with its links as they are on the site.

    A link to a page leads to that page in the same language, one to another file of the project
    stays as its text alone. Code keeps what it has.
    """
    folder = posixpath.dirname(_file(page, "en"))

    def link(match: re.Match[str]) -> str:
        words, (path, sharp, anchor) = match[1], match[2].partition("#")
        if not path:
            return match[0]
        file = posixpath.normpath(posixpath.join(folder, path))
        target = known.get(file)
        if target is None:
            return words
        to = posixpath.relpath(f"{target}.md", posixpath.dirname(page) or ".")
        if file != _file(target, language):
            return f"[{words}]({to})"  # written for the twin, whose headings have other names
        return f"[{words}]({to}{sharp}{anchor})"

    text = _outside_code(text, lambda prose: LINK.sub(link, prose))
    if page in OUTSIDE:
        text = text.replace("](docs/", "](").replace('src="docs/', 'src="')
    return text


def joined(text: str) -> str:
    """Chinese text whose lines are joined without a space where they were broken."""
    return _outside_code(text, lambda prose: BREAK.sub("", prose))


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    parts, last = [], 0
    for fence in CODE.finditer(text):
        parts += [change(text[last : fence.start()]), fence[0]]
        last = fence.end()
    return "".join([*parts, change(text[last:])])


def _trees(language: str, sections: Sequence[Section]) -> Iterator[str]:
    """The lists of the sections; a page stands in that of the page whose folder it is in."""
    for section in sections:
        pages = section["pages"]
        below = {each for page in pages for each in _below(page, pages)}
        caption = section["zh" if language == "zh" else "en"]
        yield _tree(caption, [page for page in pages if page not in below])


def _below(page: str, pages: Sequence[str]) -> list[str]:
    """The pages in the folder of that name: `api/menu` is below `api`."""
    return [each for each in pages if each.startswith(f"{page}/")]


def _tree(caption: str, pages: Sequence[str]) -> str:
    head = f":caption: {caption}\n" if caption else ""
    listed = "\n".join(f"/{page}" for page in pages)
    return f"\n```{{toctree}}\n:hidden:\n{head}\n{listed}\n```\n"


def build(language: str, source: Path, to: Path) -> subprocess.Popen[bytes]:
    """Start Sphinx; any warning is an error. Each language has a process: it sets a locale."""
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    doctrees = source.parent / f"{language}.doctrees"
    return subprocess.Popen(  # noqa: S603  # our own interpreter, our own folders
        [*command, "-d", str(doctrees), str(source), str(to)],
        env={**os.environ, "YIZHAN_SITE": language},
    )


def llms(sections: Sequence[Section]) -> str:
    """The list of the English pages for language models, in the form of llms.txt."""
    lines = ["# Yizhan", "", "> " + _summary("index")]
    for section in sections:
        lines += ["", f"## {section['en']}", ""]
        lines += [
            f"- [{_title(page)}](en/{page}.html): {_summary(page)}" for page in section["pages"]
        ]
    return "\n".join(lines) + "\n"


def _title(page: str) -> str:
    text = (ROOT / _file(page, "en")).read_text("utf-8")
    found = re.search(r"^# (.*)$", text, re.MULTILINE)
    return found[1].replace("`", "") if found else page


def _summary(page: str) -> str:
    """The first sentence of a page."""
    text = TWIN.sub("", (ROOT / _file(page, "en")).read_text("utf-8"), count=1)
    paragraph = re.sub(r"^(?:<!--.*?-->|#.*)$", "", text, flags=re.MULTILINE).strip()
    sentence = re.split(r"(?<=[.:])\s", paragraph.partition("\n\n")[0].replace("\n", " "))[0]
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", sentence)


if __name__ == "__main__":
    raise SystemExit(main())
