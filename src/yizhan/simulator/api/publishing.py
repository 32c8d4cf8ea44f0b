"""Publishing: a draft goes to everybody who has its address (docs/protocol.md#i4)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.api.drafts import page, written
from yizhan.simulator.articles import Publication
from yizhan.simulator.forms import Field

OK = {"errcode": 0, "errmsg": "ok"}
SECONDS = 3.0  # that publishing takes
FAILED = 3  # the usual failure


def submit(call: Call) -> Mapping[str, object]:
    """Begin to publish a draft; followers are not notified, an event tells of the end."""
    publication = call.account.articles.submit(call.body.get("media_id"), call.now)
    call.world.later(SECONDS, lambda: _finish(call, publication))
    return OK | {"publish_id": publication.id, "msg_data_id": str(publication.data_id)}


def status(call: Call) -> Mapping[str, object]:
    """What has become of a publication."""
    publication = call.account.articles.publication(call.body.get("publish_id"))
    return _told(publication) | {"publish_id": publication.id}


def article(call: Call) -> Mapping[str, object]:
    """What stands published under an article_id."""
    publication = call.account.articles.by_article(call.body.get("article_id"))
    return written(call, publication.draft, publication.news)


def delete(call: Call) -> Mapping[str, object]:
    """Take an article away, or all."""
    index = int(call.text("index") or 0)
    call.account.articles.delete(call.body.get("article_id"), index)
    return OK


def index(call: Call) -> Mapping[str, object]:
    """A page of publications, the newest first."""
    items = [
        {
            "article_id": each.article_id,
            "content": written(call, each.draft, each.news),
            "update_time": int(each.at),
        }
        for each in call.account.articles.published
    ]
    return page(call, items)


def _finish(call: Call, publication: Publication) -> None:
    status = 0 if call.fate is None else int(call.fate or FAILED)
    call.account.articles.finish(publication, status)
    fields: dict[str, Field] = {"PublishEventInfo": _told(publication)}
    account, event = call.account, call.world.options.publish_event
    call.world.report(account.id, account.administrator, event, fields)


def _told(publication: Publication) -> dict[str, Field]:
    """As event and API tell it."""
    fields: dict[str, Field] = {
        "publish_id": int(publication.id),
        "publish_status": publication.status,
    }
    if publication.status == 0:
        fields |= {"article_id": publication.article_id, "article_detail": publication.detail}
    elif publication.status in (2, 3, 4):
        fields["fail_idx"] = list(range(1, len(publication.draft.articles) + 1))
    return fields
