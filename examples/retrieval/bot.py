"""Answers from texts of your own: the passages that fit a question go to the model with it."""

import os
import unicodedata
from collections import Counter
from math import log
from pathlib import Path

from openai import AsyncOpenAI

from yizhan import Account, Stream

account = Account()

TEXTS = Path(__file__).with_name("texts")
ENOUGH = 0.2  # of the question's weight that the passages must cover
PROMPT = """只根据下面的资料回答，用简体中文，不用 Markdown。资料里没有的，就说资料里没有。

{passages}"""


def grams(text):
    """Pairs of letters: they find Chinese words without a list of words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    letters = "".join(letter for letter in plain if letter.isalnum())
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


class Index:
    """The passages of all texts, and how rare each pair of letters is in them."""

    def __init__(self, passages):
        self.passages = [(passage, grams(passage)) for passage in passages]
        count = Counter(gram for _, known in self.passages for gram in known)
        self.weight = {gram: log(1 + len(self.passages) / n) for gram, n in count.items()}
        self.unknown = log(1 + len(self.passages))

    def find(self, question, most=3):
        """The passages that fit best, the best one first; none if no passage fits."""
        asked = grams(question)
        scores = [(self._sum(asked & known), passage) for passage, known in self.passages]
        least = ENOUGH * self._sum(asked)
        best = sorted(scores, key=lambda scored: scored[0], reverse=True)[:most]
        return [passage for score, passage in best if score >= least > 0]

    def _sum(self, found):
        return sum(self.weight.get(gram, self.unknown) for gram in found)


def passages_of(folder):
    """The paragraphs of all Markdown files."""
    for file in sorted(folder.glob("*.md")):
        yield from filter(None, map(str.strip, file.read_text("utf-8").split("\n\n")))


index = Index(passages_of(TEXTS))
client: AsyncOpenAI


@account.startup
async def connect():
    global client
    client = AsyncOpenAI(timeout=60)  # OPENAI_BASE_URL and OPENAI_API_KEY


@account.shutdown
async def disconnect():
    await client.close()


async def write(passages, question):
    system = {"role": "system", "content": PROMPT.format(passages="\n\n".join(passages))}
    chunks = await client.chat.completions.create(
        model=os.environ["OPENAI_MODEL"],
        messages=[system, {"role": "user", "content": question}],
        stream=True,
    )
    async with chunks:
        async for chunk in chunks:
            if chunk.choices and chunk.choices[0].delta.content:
                yield chunk.choices[0].delta.content


@account.text(throttle="20/min")
async def answer(message):
    passages = index.find(message.content)
    if not passages:
        return "资料里没有提到，请换个问法。"
    return Stream(write(passages, message.content), first=2.0, ai=True)
