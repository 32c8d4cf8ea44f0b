"""Marking a store with its account, and refusing it to any other."""

import logging
from collections.abc import Mapping

from yizhan.errors import StoreError
from yizhan.mark import Identity, Mark, Use, decide, dumped, loaded
from yizhan.phrases import say
from yizhan.place import shown
from yizhan.store.mailboxes.contract import Store

log = logging.getLogger("yizhan")


async def settle(store: Store, account: Identity, use: Use, *, url: str) -> None:
    """Make sure that the store is this account's; StoreError if it is not.

    Of several processes that mark a store at once one wins, and the others then find its mark.
    """
    while True:
        kept = await store.mark()
        addressed = {} if kept or use == "look" else await store.addressed()
        mark = loaded(kept)
        verdict = decide(mark, account, addressed, use)
        if verdict.action == "keep":
            return
        if verdict.action == "refuse" or verdict.mark is None:
            raise StoreError(verdict.phrase, **_told(url, account, mark, addressed))
        if await store.change_mark(kept, dumped(verdict.mark)):
            _say_taken(url, account, addressed)
            return


def refuse_another(kept: bytes | None, account: Identity, *, url: str) -> None:
    """StoreError if that mark is another account's; none is nobody's."""
    mark = loaded(kept)
    verdict = decide(mark, account, {}, "look")
    if verdict.action == "refuse":
        raise StoreError(verdict.phrase, **_told(url, account, mark, {}))


def owner_of(mark: Mark | None) -> str:
    """Whose store it is, in words; never a digest."""
    if mark is None:
        return say("store.of_nobody")
    if mark.project:
        return say("store.of_project", project=mark.project)
    if mark.appid:
        return say("store.of_appid", appid=mark.appid)
    return say("store.of_name", name=mark.name) if mark.name else say("store.of_unnamed")


def counts(addressed: Mapping[str, int]) -> str:
    """How many messages there are for each account."""
    return ", ".join(f"{name or '-'} ({count})" for name, count in sorted(addressed.items()))


def _told(
    url: str, account: Identity, mark: Mark | None, addressed: Mapping[str, int]
) -> dict[str, str]:
    return {
        "store": shown(url),
        "owner": owner_of(mark),
        "account": owner_of(account.mark),
        "addressed": counts(addressed),
        "original_id": account.original_id or say("store.no_original_id"),
    }


def _say_taken(url: str, account: Identity, addressed: Mapping[str, int]) -> None:
    if addressed:
        names = {"store": shown(url), "account": owner_of(account.mark)}
        log.info("%s", say("store.taken", count=sum(addressed.values()), **names))
