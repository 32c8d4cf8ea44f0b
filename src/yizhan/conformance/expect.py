"""What a case expects of an answer; the opposite is a `Failure` with its reason."""

from yizhan.conformance.http import HttpAnswer
from yizhan.conformance.judging import Heard, Why
from yizhan.judging import excerpt
from yizhan.replies import Reply

REFUSED = ("refused", "junk", "broken", "closed")


class Failure(Exception):
    """A case has failed: a phrase of texts.toml and its values."""

    def __init__(self, phrase: str, **values: str | int | float) -> None:
        super().__init__(phrase)
        self.why = Why(phrase, values)


def answered(heard: Heard) -> Heard:
    """The follower reads a reply or nothing, never the fault notice."""
    if heard.outcome not in ("replied", "acknowledged"):
        raise _failure(heard)
    return heard


def replied(heard: Heard) -> Reply:
    """The follower reads a reply."""
    answered(heard)
    if heard.reply is None:
        raise Failure("no_reply")
    return heard.reply


def content_of(heard: Heard) -> str:
    """The follower reads a text."""
    replied(heard)
    if heard.content is None:
        raise Failure("no_text")
    return heard.content


def echoed(heard: Heard, content: str) -> None:
    """The follower reads his own text again, perhaps with what the bot says around each."""
    found = content_of(heard)
    if heard.echo != content:
        raise Failure("other_text", found=found[:120], expected=content[:120])


def refused(heard: Heard) -> None:
    """The push was not let in: neither answered nor acknowledged."""
    spoke = heard.outcome == "junk" and heard.plain.lstrip().startswith(b"<xml")
    if spoke or heard.outcome in ("replied", "acknowledged"):
        raise Failure("accepted", body=excerpt(heard.plain))
    if heard.outcome not in REFUSED:
        raise _failure(heard)


def unanswered(heard: Heard) -> None:
    """The push brought no reply; acknowledged or refused, but no crash and no silence."""
    if heard.outcome == "replied":
        raise Failure("accepted", body=excerpt(heard.plain))
    if heard.outcome in ("broken", "late", "unreachable"):
        raise _failure(heard)


def sound(heard: Heard) -> None:
    """Whatever the answer, the server neither crashed nor fell silent."""
    if heard.outcome in ("broken", "late", "unreachable"):
        raise _failure(heard)


def status(answer: HttpAnswer, *allowed: int) -> HttpAnswer:
    """One of these status codes."""
    arrived(answer)
    if answer.status not in allowed:
        raise Failure("status", status=answer.status, body=excerpt(answer.body))
    return answer


def arrived(answer: HttpAnswer) -> HttpAnswer:
    """There is an answer at all."""
    if answer.end == "late":
        raise Failure("late", seconds=round(answer.seconds, 1))
    if answer.end == "closed":
        raise Failure("closed")
    if answer.end != "answered":
        raise Failure("unreachable", problem=answer.detail)
    return answer


def client_error(answer: HttpAnswer) -> None:
    """Refused by status 4xx or by the end of the connection: no crash, no acceptance."""
    if answer.end == "closed":
        return
    arrived(answer)
    if not 400 <= answer.status < 500 and answer.status != 501:
        raise Failure("status", status=answer.status, body=excerpt(answer.body))


def turned_away(answer: HttpAnswer) -> None:
    """Not let in, in whatever way: any status but 2xx, or the end of the connection."""
    if answer.end == "closed":
        return
    arrived(answer)
    if 200 <= answer.status < 300:
        raise Failure("status", status=answer.status, body=excerpt(answer.body))


def _failure(heard: Heard) -> Failure:
    why = heard.why or Why("no_reply")
    return Failure(why.phrase, **why.values)
