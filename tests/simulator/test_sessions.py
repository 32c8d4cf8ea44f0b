"""One-time tokens and the sessions that they open."""

import pytest

from yizhan.simulator.http.guard import LIFE, Sessions, key_in


@pytest.fixture
def time():
    return [1_000_000.0]


@pytest.fixture
def sessions(time):
    return Sessions("shop-1", b"k" * 32, now=lambda: time[0])


def test_a_token_opens_one_session(sessions):
    token = sessions.issue()
    session = sessions.exchange(token)
    assert sessions.known(session)
    assert sessions.exchange(token) is None


def test_a_session_outlives_the_process_but_not_seven_days(sessions, time):
    session = sessions.exchange(sessions.issue())
    after = Sessions("shop-1", b"k" * 32, now=lambda: time[0])
    assert after.cookie == sessions.cookie == "yizhan_shop-1"
    time[0] += LIFE - 1
    assert after.known(session)
    time[0] += 1
    assert not after.known(session)
    assert LIFE == 7 * 24 * 3600


@pytest.mark.parametrize("made", ["", "x", "..", "9999999999.abc.", "9999999999.a.b", "é.é.é"])
def test_what_was_not_signed_here_is_no_session(sessions, made):
    assert not sessions.known(made)


def test_a_session_of_another_key_or_with_another_end_is_none(sessions):
    ends, nonce, signature = sessions.exchange(sessions.issue()).split(".")
    assert not sessions.known(f"{int(ends) + 1}.{nonce}.{signature}")
    assert not Sessions("shop-1", b"o" * 32).known(f"{ends}.{nonce}.{signature}")


def test_the_key_is_kept_where_its_owner_alone_can_read_it(tmp_path):
    path = tmp_path / "dev" / "shop.key"
    key = key_in(path)
    assert key_in(path) == key == path.read_bytes()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_key_that_was_broken_off_is_made_anew(tmp_path):
    path = tmp_path / "shop.key"
    path.write_bytes(b"short")
    assert len(key_in(path)) == 32
