"""Full-text search that finds Chinese: each pair of neighbouring characters is a word.

Sphinx itself splits Chinese by a dictionary (jieba, unmaintained since 2020), in the index alone:
what a reader types is not split, so 客服消息 finds a page only if the dictionary holds it whole.
"""

import re
from typing import TYPE_CHECKING

from sphinx.search import languages
from sphinx.search.en import SearchEnglish

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RUN = re.compile(r"[\u4e00-\u9fff]+|\w+", re.ASCII)
SPLIT = """
function splitQuery(query) {
  const words = [];
  for (const [run] of query.matchAll(/[\\u4e00-\\u9fff]+|[A-Za-z0-9_]+/g)) {
    if (run < "\\u4e00" || run.length < 3) words.push(run);
    else for (let at = 0; at + 1 < run.length; at++) words.push(run.slice(at, at + 2));
  }
  return words;
}
"""


class SearchBigrams(SearchEnglish):
    """English words, and Chinese by pairs."""

    lang = "zh"
    language_name = "English"  # names the stemmer in JavaScript
    js_splitter_code = SPLIT

    def split(self, input: str) -> list[str]:
        """The words of a text."""
        return [word for run in RUN.findall(input) for word in _words(run)]

    def stem(self, word: str) -> str:
        """Chinese has no endings."""
        return super().stem(word) if word.isascii() else word


def _words(run: str) -> list[str]:
    if run.isascii():
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)] + list(run)


def setup(app: "Sphinx") -> dict[str, object]:
    """Put it in the place of Sphinx's own."""
    languages["zh"] = SearchBigrams
    return {"parallel_read_safe": True}
