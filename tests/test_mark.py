"""Whose a store is: what the mark, the account and the jobs say, and what follows."""

import hashlib

import pytest

from yizhan.mark import Identity, Mark, Verdict, decide, digest, dumped, is_contradicted, loaded

BOT = Identity(token="tokenOfTheBot2026")
OTHER = Identity(token="tokenOfAnother2026")
NEW_TOKEN = Identity(token="newTokenOfTheBot", token_previous=BOT.token)
NEWEST_TOKEN = Identity(token="newestTokenOfTheBot", token_previous=NEW_TOKEN.token)
NAMED = Identity(name="shop", token=BOT.token)
WITH_APPID = Identity(appid="wx1", token=BOT.token)
APPID = Identity(appid="wx1", token=OTHER.token)
OTHER_APPID = Identity(appid="wx2", token=BOT.token)
KNOWN = Identity(token=BOT.token, original_id="gh_bot")
DEV = Identity(project="wx1-0a1b2c3d")
OTHER_DEV = Identity(project="wx1-ffffffff")

ONE, TWO = {"gh_bot": 3}, {"gh_bot": 3, "gh_other": 1}
MISSING = {"": 2, "gh_bot": 1}

KEEP, TAKE, RAISE, REFUSE = "keep", "take", "raise", "refuse"


@pytest.mark.parametrize(
    ("mark", "account", "addressed", "action"),
    [
        # No mark: the first whom the jobs do not contradict.
        (None, BOT, {}, TAKE),
        (None, BOT, ONE, TAKE),
        (None, BOT, MISSING, TAKE),
        (None, BOT, TWO, REFUSE),
        (None, KNOWN, ONE, TAKE),
        (None, KNOWN, {"gh_other": 1}, REFUSE),
        (None, KNOWN, TWO, REFUSE),
        (None, KNOWN, {"": 2}, TAKE),
        (None, APPID, ONE, TAKE),
        (None, APPID, TWO, REFUSE),
        (None, DEV, {}, TAKE),
        # Of an account without AppID: name and Token must agree.
        (BOT, BOT, {}, KEEP),
        (BOT, KNOWN, {}, KEEP),
        (BOT, OTHER, {}, REFUSE),
        (BOT, NAMED, {}, REFUSE),
        (NAMED, BOT, {}, REFUSE),
        (BOT, NEW_TOKEN, {}, RAISE),
        (NEW_TOKEN, BOT, {}, KEEP),
        (BOT, NEWEST_TOKEN, {}, REFUSE),
        (NEW_TOKEN, NEWEST_TOKEN, {}, RAISE),
        (BOT, WITH_APPID, {}, RAISE),
        (BOT, APPID, {}, REFUSE),
        # Of an AppID: nothing else counts.
        (APPID, APPID, {}, KEEP),
        (APPID, WITH_APPID, {}, KEEP),
        (APPID, OTHER_APPID, {}, REFUSE),
        (WITH_APPID, BOT, {}, REFUSE),
        # Development and production never meet, nor do two projects.
        (DEV, DEV, {}, KEEP),
        (DEV, OTHER_DEV, {}, REFUSE),
        (DEV, APPID, {}, REFUSE),
        (DEV, BOT, {}, REFUSE),
        (APPID, DEV, {}, REFUSE),
        (BOT, DEV, {}, REFUSE),
    ],
)
def test_a_store_is_kept_taken_raised_or_refused(mark, account, addressed, action):
    verdict = decide(mark and mark.mark, account, addressed, "serve")
    assert verdict.action == action
    assert bool(verdict.phrase) == (action == REFUSE)
    assert (verdict.mark == account.mark) == (
        action in (TAKE, RAISE) or (action == KEEP and mark.mark == account.mark)
    )


@pytest.mark.parametrize(
    ("mark", "account", "action"),
    [
        (None, BOT, KEEP),
        (None, KNOWN, KEEP),
        (BOT, WITH_APPID, KEEP),
        (BOT, NEW_TOKEN, KEEP),
        (BOT, OTHER, REFUSE),
        (APPID, OTHER_APPID, REFUSE),
        (DEV, APPID, REFUSE),
    ],
)
def test_who_only_looks_changes_nothing_and_sees_nothing_of_another(mark, account, action):
    verdict = decide(mark and mark.mark, account, TWO, "look")
    assert verdict.action == action


@pytest.mark.parametrize(
    ("mark", "phrase"), [(None, "store.addressed"), (OTHER_APPID.mark, "store.of_another")]
)
def test_a_refusal_says_why(mark, phrase):
    assert decide(mark, APPID, TWO, "serve") == Verdict("refuse", phrase=phrase)


@pytest.mark.parametrize(
    ("original_id", "addressed", "contradicted"),
    [
        ("", {}, False),
        ("", {"gh_a": 1}, False),
        ("", {"": 1, "gh_a": 1}, False),
        ("", {"gh_a": 1, "gh_b": 1}, True),
        ("gh_a", {"gh_a": 1}, False),
        ("gh_a", {"": 1}, False),
        ("gh_a", {"gh_b": 1}, True),
        ("gh_a", {"gh_a": 1, "gh_b": 1}, True),
    ],
)
def test_what_jobs_say_against_an_account(original_id, addressed, contradicted):
    assert is_contradicted(original_id, addressed) == contradicted


@pytest.mark.parametrize("identity", [BOT, NAMED, APPID, DEV, NEW_TOKEN])
def test_a_mark_is_read_as_it_was_written(identity):
    assert loaded(dumped(identity.mark)) == identity.mark


class TestDigest:
    def test_the_current_token_stands_first_and_the_previous_one_after_it(self):
        assert NEW_TOKEN.digests == (digest(NEW_TOKEN.token, "", "mark"), *BOT.digests)

    def test_it_differs_by_token_by_name_and_by_use(self):
        made = [
            digest("tokenOfTheBot2026", "", "mark"),
            digest("tokenOfAnother2026", "", "mark"),
            digest("tokenOfTheBot2026", "shop", "mark"),
            digest("tokenOfTheBot2026", "", "file"),
        ]
        assert len(set(made)) == 4
        assert not made[0].startswith(made[3])

    def test_it_is_no_plain_digest_of_the_token(self):
        kept = dumped(BOT.mark).decode()
        assert BOT.token not in kept
        for name in hashlib.algorithms_guaranteed - {"shake_128", "shake_256"}:
            plain = hashlib.new(name, BOT.token.encode()).hexdigest()
            assert plain[:8] not in kept

    def test_each_try_costs_a_stretching(self, monkeypatch):
        """What scrypt makes slow, nobody can go around: it is asked for each Token anew."""
        asked = []
        real = hashlib.scrypt

        def counted(password, **words):
            asked.append((password, words["n"] * words["r"]))
            return real(password, **words)

        monkeypatch.setattr(hashlib, "scrypt", counted)
        for token in ("guess1ofTheToken", "guess2ofTheToken"):
            digest(token, "", "mark")
            digest(token, "", "file")
        assert asked == [(b"guess1ofTheToken", 131072), (b"guess2ofTheToken", 131072)]

    def test_an_account_with_an_appid_needs_none(self, monkeypatch):
        monkeypatch.setattr(hashlib, "scrypt", None)
        fresh = Identity(appid="wx7", token="neverDigested2026")
        assert decide(None, fresh, {}, "serve").action == TAKE
        assert decide(fresh.mark, fresh, {}, "serve").action == KEEP

    def test_no_token_is_shown_by_repr(self):
        assert "secret" not in repr(Identity(token="secret-1", token_previous="secret-2"))


def test_a_mark_holds_an_appid_or_digests_and_never_both():
    assert WITH_APPID.mark == Mark(appid="wx1")
    assert BOT.mark == Mark(digests=BOT.digests)
