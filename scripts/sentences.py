"""Draw sentences at random to read aloud, from everything that people read.

Those of README, docs/, phrases.toml and texts.toml in one language; in English also those of the
docstrings. The same seed draws the same sentences from the same files.

python scripts/sentences.py --lang zh
python scripts/sentences.py 20 --lang en --seed 7
"""

import argparse
import ast
import random
import re
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

ROOT = Path(__file__).resolve().parent.parent
Language = Literal["zh", "en"]
GENERATED = (
    "docs/api",
    "docs/errcodes",
)  # from descriptions and phrases.toml, which are read anyway
CATALOGUES = ("src/yizhan/phrases.toml", "src/yizhan/conformance/texts.toml")
FENCE = re.compile(r"^( *)(`{3,}).*?^\1\2`*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^()]*\)")
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+\.) ?)|\|")
MARKUP = re.compile(r"^\s*(?:[-*#>]+|\d+\.)\s+|\*\*|<[^>]+>")
END = {
    "en": re.compile(r"(?<=[.!?])\s+(?=[A-Z`“*])"),
    "zh": re.compile(r"(?<=[。！？；])(?![”」）])"),
}
TWIN = re.compile(r"^\[(?:中文|English)\]\([^)]*\)$", re.MULTILINE)
CODE = re.compile(r"`[^`]*`|\{[^}]*\}")
WORDS = {"en": re.compile(r"[A-Za-z]{2,}"), "zh": re.compile("[\u4e00-\u9fff]")}
FEWEST = {"en": 5, "zh": 8}  # words or characters: what has fewer is a name or a heading


class Sentence(Struct, frozen=True):
    """A sentence, and the file that it is in."""

    path: str
    text: str


def of_page(text: str, language: Language) -> Iterator[str]:
    """The sentences of a Markdown page, without code and without the addresses of links."""
    for block in BLOCK.split(TWIN.sub("", FENCE.sub("", text))):
        plain = MARKUP.sub("", LINK.sub(r"\1", block))
        joint = " " if language == "en" else ""
        line = re.sub(r"(?<=[!-~]) *\n *(?=[!-~])", " ", plain.strip())
        yield from of_text(re.sub(r" *\n *", joint, line), language)


def of_text(text: str, language: Language) -> Iterator[str]:
    """The sentences of a plain text that have enough words beside code."""
    for sentence in END[language].split(text):
        if len(WORDS[language].findall(CODE.sub("", sentence))) >= FEWEST[language]:
            yield sentence.strip()


def of_docstrings(source: str) -> Iterator[str]:
    """The sentences of the docstrings of a module and of what is in it."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, documented) and (text := ast.get_docstring(node)):
            yield from of_page(text, "en")


def phrases(table: dict[str, object], language: Language) -> Iterator[str]:
    """The texts of a catalogue in that language."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from phrases(value, language)
        elif name == language and isinstance(value, str):
            yield value


def sentences(language: Language, root: Path = ROOT) -> Iterator[Sentence]:
    """Every sentence of that language, file by file."""
    for path in sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")]):
        name = path.relative_to(root).as_posix()
        chinese = name.endswith(".zh-CN.md")
        if chinese == (language == "zh") and not name.startswith((*GENERATED, "CHANGELOG")):
            for text in of_page(path.read_text("utf-8"), language):
                yield Sentence(name, text)
    for name in CATALOGUES:
        for phrase in phrases(tomllib.loads((root / name).read_text("utf-8")), language):
            yield from (Sentence(name, text) for text in of_page(phrase, language))
    for path in sorted((root / "src").rglob("*.py")) if language == "en" else ():
        name = path.relative_to(root).as_posix()
        yield from (Sentence(name, text) for text in of_docstrings(path.read_text("utf-8")))


def drawn(language: Language, count: int, seed: int) -> list[Sentence]:
    """So many sentences at random, each at most once."""
    there = list(dict.fromkeys(sentences(language)))
    return random.Random(seed).sample(there, min(count, len(there)))  # noqa: S311  # no secret


def main() -> int:
    """Draw, and print each with its file."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("count", type=int, nargs="?", default=60)
    options.add_argument("--lang", choices=("zh", "en"), required=True)
    options.add_argument("--seed", type=int, help="draw again what that seed drew")
    chosen = options.parse_args()
    seed = random.randrange(10_000) if chosen.seed is None else chosen.seed  # noqa: S311  # as above
    sys.stdout.write(f"--lang {chosen.lang} --seed {seed}\n")
    for number, it in enumerate(drawn(chosen.lang, chosen.count, seed), 1):
        text = textwrap.indent(textwrap.fill(it.text, 96), "    ")
        sys.stdout.write(f"\n{number:>2}. {it.path}\n{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
