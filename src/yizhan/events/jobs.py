"""How a job ended that the account had asked for (docs/protocol.md#d2)."""

import msgspec
from msgspec import field

from yizhan.events.base import Event


class TemplateSendJobEvent(Event, frozen=True, kw_only=True):
    """A template message was sent; `status` is success, failed:user block or another."""

    msg_id: str = ""
    status: str = ""


class CopyrightResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the original-work check says of one article; `article_idx` counts from 1."""

    article_idx: int = 0
    user_declare_state: int | None = None
    audit_state: int | None = None
    original_article_url: str = ""
    original_article_type: int | None = None
    can_reprint: bool = False
    need_replace_content: bool = False
    need_show_reprint_source: bool = False


class CopyrightCheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The original-work check; `check_state` 1 no reprint, 2 may be sent, 3 may not."""

    count: int = 0
    result_list: tuple[CopyrightResult, ...] = field(default=(), name="ResultList/item")
    check_state: int | None = None


class ArticleUrl(msgspec.Struct, frozen=True, kw_only=True):
    """The address of one article; `article_idx` counts from 1."""

    article_idx: int = 0
    article_url: str = ""


class ArticleUrlResult(msgspec.Struct, frozen=True, kw_only=True):
    """The addresses of what was sent; real pushes leave them out at times."""

    count: int = 0
    result_list: tuple[ArticleUrl, ...] = field(default=(), name="ResultList/item")


class MassSendJobEvent(Event, frozen=True, kw_only=True):
    """A broadcast is over; `status` is send success, send fail or err(number)."""

    msg_id: str = ""
    status: str = ""
    total_count: int = 0
    filter_count: int = 0
    sent_count: int = 0
    error_count: int = 0
    copyright_check_result: CopyrightCheckResult = CopyrightCheckResult()
    article_url_result: ArticleUrlResult = ArticleUrlResult()


class PublishedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One published article; `idx` counts from 1."""

    idx: int = 0
    article_url: str = ""


class ArticleDetail(msgspec.Struct, frozen=True, kw_only=True):
    """The articles that were published."""

    count: int = 0
    item: tuple[PublishedArticle, ...] = ()


class PublishJobEvent(Event, frozen=True, kw_only=True):
    """A draft was published or refused; `publish_status` 0 is success.

    1 still publishing, 2 original-work check failed, 3 failed, 4 refused by review,
    5 deleted by the owner, 6 banned; `fail_idx` are the refused articles, from 1.
    """

    publish_id: str = field(default="", name="PublishEventInfo/publish_id")
    publish_status: int | None = field(default=None, name="PublishEventInfo/publish_status")
    article_id: str = field(default="", name="PublishEventInfo/article_id")
    article_detail: ArticleDetail = field(
        default=ArticleDetail(), name="PublishEventInfo/article_detail"
    )
    fail_idx: tuple[int, ...] = field(default=(), name="PublishEventInfo/fail_idx")


EVENTS: dict[str, type[Event]] = {
    "TEMPLATESENDJOBFINISH": TemplateSendJobEvent,
    "MASSSENDJOBFINISH": MassSendJobEvent,
    "PUBLISHJOBFINISH": PublishJobEvent,
    # The documentation's word for the same.
    "FREEPUBLISHJOBFINISH": PublishJobEvent,
}
