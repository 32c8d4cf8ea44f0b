"""Articles: drafts, and what was published of them (docs/protocol.md#i4)."""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from msgspec import Struct

from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.forms import Field
from yizhan.simulator.seed import Seed

DIGEST = 54  # characters of the text that stand for a digest
FIRST_PUBLICATION, FIRST_DATA_ID = 2_247_500_001, 2_247_600_001
URL = "http://mp.weixin.qq.com/s/{id}"
SCRIPT = re.compile(r"<script\b.*?(?:</script\s*>|$)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")

Article = dict[str, object]


class Draft(Struct):
    """Some articles under one media_id; times are wall seconds."""

    media_id: str
    articles: list[Article]
    created: float
    updated: float


class Publication(Struct):
    """A draft on its way to everybody; `status` as in PUBLISHJOBFINISH (docs/protocol.md#d2)."""

    id: str
    data_id: int
    article_id: str
    draft: Draft
    at: float
    status: int = 1
    deleted: set[int] = set()

    @property
    def detail(self) -> Mapping[str, Field]:
        """The addresses of its articles, as event and API tell them."""
        urls = [str(article["url"]) for article in self.draft.articles]
        items: list[Field] = [
            {"idx": place, "article_url": url} for place, url in enumerate(urls, 1)
        ]
        return {"count": len(items), "item": items}

    @property
    def news(self) -> list[Article]:
        """Its articles with what has become of each."""
        return [
            {**article, "is_deleted": place in self.deleted}
            for place, article in enumerate(self.draft.articles, 1)
        ]


class Articles:
    """The drafts and publications of one account."""

    def __init__(self, seed: Seed, account: str) -> None:
        self._seed = seed
        self._account = account
        self._drafts: dict[str, Draft] = {}
        self._publications: dict[str, Publication] = {}
        self._made = 0

    @property
    def drafts(self) -> list[Draft]:
        """The drafts, the newest change first."""
        return sorted(self._drafts.values(), key=lambda draft: -draft.updated)

    @property
    def published(self) -> list[Publication]:
        """What stands published, the newest first."""
        return [each for each in reversed(self._publications.values()) if each.status == 0]

    def add(self, articles: Sequence[Mapping[str, object]], now: float) -> Draft:
        """A new draft of these articles."""
        kept = [self._article(article) for article in articles]
        draft = Draft(self._id("draft", 64), kept, now, now)
        self._drafts[draft.media_id] = draft
        return draft

    def draft(self, media_id: object) -> Draft:
        """The draft of that media_id. Raises Errcode 40007."""
        draft = self._drafts.get(str(media_id))
        if draft is None:
            raise Errcode(40007)
        return draft

    def change(
        self, media_id: object, index: int, article: Mapping[str, object], now: float
    ) -> None:
        """Another article at that place, from 0. Raises Errcode 40007 or 40114."""
        draft = self.draft(media_id)
        if not 0 <= index < len(draft.articles):
            raise Errcode(40114)
        draft.articles[index] = self._article(article)
        draft.updated = now

    def remove(self, media_id: object) -> None:
        """Throw a draft away. Raises Errcode 40007."""
        del self._drafts[self.draft(media_id).media_id]

    def submit(self, media_id: object, now: float) -> Publication:
        """Begin to publish a draft. Raises Errcode 40007."""
        draft, number = self.draft(media_id), len(self._publications)
        publication = Publication(
            str(FIRST_PUBLICATION + number),
            FIRST_DATA_ID + number,
            self._id("article", 43),
            draft,
            now,
        )
        self._publications[publication.id] = publication
        return publication

    def finish(self, publication: Publication, status: int) -> None:
        """It is published, and no draft any more; or it has failed with that status."""
        publication.status = status
        if status == 0:
            self._drafts.pop(publication.draft.media_id, None)

    def publication(self, publish_id: object) -> Publication:
        """The publication of that number. Raises Errcode 53600."""
        publication = self._publications.get(str(publish_id))
        if publication is None:
            raise Errcode(53600, ": publish_id")
        return publication

    def by_article(self, article_id: object) -> Publication:
        """What stands published under that article_id. Raises Errcode 53600."""
        for publication in self.published:
            if publication.article_id == article_id:
                return publication
        raise Errcode(53600)

    def delete(self, article_id: object, index: int) -> None:
        """Delete the article at that place, from 1, or all by 0. Raises Errcode."""
        publication = self.by_article(article_id)
        places = range(1, len(publication.draft.articles) + 1)
        if index and index not in places:
            raise Errcode(40114)
        publication.deleted.update([index] if index else places)
        if publication.deleted.issuperset(places):
            publication.status = 5

    def _article(self, given: Mapping[str, object]) -> Article:
        """The article as it is kept: scripts gone, a digest if there is none, an address."""
        content = SCRIPT.sub("", str(given.get("content", "")))
        digest = given.get("digest") or unescape(TAG.sub("", content)).strip()[:DIGEST]
        address = URL.format(id=self._id("url", 22))
        kept = {"article_type": "news", **given, "content": content, "digest": digest}
        return kept | {"url": address}

    def _id(self, purpose: str, length: int) -> str:
        self._made += 1
        return self._seed.id(f"{purpose}/{self._account}/{self._made}", length)
