"""What a push is answered with, made of the parts that it may carry."""

from collections.abc import Sequence
from itertools import takewhile

from yizhan.inbox.bundle import Bundle, bundle, compact, left_of, one_card
from yizhan.inbox.carrying import Carried
from yizhan.inbox.push import Push, Response
from yizhan.replies import News, Reply, dump, load

ACKNOWLEDGED = b""  # what is kept of a push that no reply was given to


def again(push: Push, reply: bytes, *, left: bool = False) -> Response:
    """What this push was answered with before, here or elsewhere."""
    why = "merged" if push.merged and not reply else "again"
    return Response(push, load(reply)[0] if reply else None, left=left, why=why)


def bundled(
    push: Push, parts: Sequence[Carried], more: str, *, may_send: bool = False, making: int = 0
) -> Response:
    """A response that carries as many of these parts as fit.

    `more` is the note that tells how many are left, `making` counts those still to come.
    What a customer-service message may bring (`may_send`) is left to that.
    """
    if len(parts) == 1 and not making:  # nothing is left, whatever it is
        reply = reply_of(push, parts[0])
        return Response(push, reply, tuple(parts), decided=True, why="inline")
    inline = _first_of_own(push, parts) if may_send else parts
    replies = [reply_of(push, part) for part in inline]
    if isinstance(replies[0], News):
        own = sum(1 for _ in takewhile(lambda part: part.key == push.key, inline))
        whole = Bundle(*one_card(replies[: own or 1], push.after))
    else:
        whole = bundle(replies, more, making)
    carried = tuple(inline[: whole.count])
    return Response(
        push,
        whole.reply,
        carried,
        cut=left_of(inline, whole),
        shown="more" if whole.more else "",
        left=any(part.key == push.key and part not in carried for part in parts),
        decided=True,
        why="inline",
    )


def alone(push: Push, own: Sequence[Carried]) -> Response:
    """As much of a message's own answer as one reply holds: nobody knows whether it is shown.

    If it is not, what the follower saw last stands.
    """
    replies = [reply_of(push, part) for part in own]
    reply, count = one_card(replies, push.after)
    if count == 1:
        reply, count = compact(replies, 1)[0]
    return Response(
        push,
        reply,
        tuple(own[:count]),
        shown=None,
        left=count < len(own),
        decided=True,
        why="shown_unknown",
    )


def reply_of(push: Push, part: Carried) -> Reply:
    """The reply of a part; this message's own need not be read back."""
    return push.own.get(part.body) or load(part.body)[0]


def kept(response: Response, reply: Reply) -> bytes:
    """The reply as the store keeps it; a part that went out alone and whole is kept already."""
    carried = response.carried
    if len(carried) == 1 and response.push.own.get(carried[0].body) is reply:
        return carried[0].body
    return dump((reply,))


def one_article_each(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    """News with several articles, which only an event's own push may carry, one by one."""
    for reply in replies:
        if isinstance(reply, News):
            break
    else:  # as nearly always
        return tuple(replies)
    return tuple(
        single
        for reply in replies
        for single in (
            (News(article) for article in reply.articles) if isinstance(reply, News) else (reply,)
        )
    )


def next_sent(bodies: Sequence[bytes], left: int, behind: int, *, more: str, making: int) -> Bundle:
    """The next customer-service message, made of the bodies that are to be sent.

    The last of the window, of which so many are `left`, tells of what is behind it.
    """
    replies = [load(body)[0] for body in bodies]
    if left == 1:
        return bundle(replies, more, behind + making)
    return Bundle(*compact(replies, left)[0])


def _first_of_own(push: Push, parts: Sequence[Carried]) -> Sequence[Carried]:
    """What is not sent: of its own answer only the first, and nothing after its rest."""
    own = [part for part in parts if part.key == push.key]
    if len(own) < 2:
        return parts
    first = one_card([reply_of(push, part) for part in own], push.after)[1]
    return list(takewhile(lambda part: part not in own[first:], parts))
