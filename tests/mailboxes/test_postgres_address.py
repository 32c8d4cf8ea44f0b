"""What an address of PostgreSQL says, and that no error shows its password."""

import pytest

from yizhan.errors import SettingsError
from yizhan.store.mailboxes.postgres_connection import address_of

ALWAYS = {"application_name": "yizhan", "connect_timeout": 2}


@pytest.mark.parametrize(
    ("url", "words", "schema"),
    [
        ("postgres://", {}, "yizhan"),
        ("postgresql://localhost", {"host": "localhost"}, "yizhan"),
        (
            "postgres://bot:p%40ss%2Fword@host:6432/shop?schema=wx1",
            {"user": "bot", "password": "p@ss/word", "host": "host", "port": "6432"}
            | {"dbname": "shop"},
            "wx1",
        ),
        (
            "postgres://bot@one:1,two:2/db?target_session_attrs=read-write",
            {"user": "bot", "host": "one,two", "port": "1,2", "dbname": "db"}
            | {"target_session_attrs": "read-write"},
            "yizhan",
        ),
        ("postgres://one,two/db", {"host": "one,two", "dbname": "db"}, "yizhan"),
        ("postgres://[::1]:5433/db", {"host": "::1", "port": "5433", "dbname": "db"}, "yizhan"),
        ("postgres://[::1]/db", {"host": "::1", "dbname": "db"}, "yizhan"),
        (
            "postgres:///db?host=/run/postgresql&sslmode=disable",
            {"dbname": "db", "host": "/run/postgresql", "sslmode": "disable"},
            "yizhan",
        ),
        (
            "postgres://bot:a#b[c@host/db",
            {"user": "bot", "password": "a#b[c", "host": "host", "dbname": "db"},
            "yizhan",
        ),
        ("postgres://host/db?connect_timeout=7", {"host": "host", "dbname": "db"}, "yizhan"),
    ],
)
def test_an_address_is_read(url: str, words: dict[str, str], schema: str) -> None:
    read = address_of(url)
    expected = ALWAYS | words
    if "connect_timeout" in url:
        expected["connect_timeout"] = "7"
    assert dict(read.words) == expected
    assert read.schema == schema


@pytest.mark.parametrize(
    ("url", "phrase"),
    [
        ("postgres://bot:s3cret/x@host/db", "store.url"),
        ("postgres://bot:s3cret@host:x/db", "store.url"),
        ("postgres://bot:s3cret@host/db?schema", "store.url"),
        ("postgres://bot:s3cret@host/db?shema=x", "store.option"),
        ("postgres://bot:s3cret@host/db?schema=", "store.schema"),
        ("postgres://bot:s3cret@host/db?schema=pg_x", "store.schema"),
        ("postgres://bot:s3cret@host/db?schema=" + "驿" * 22, "store.schema"),
    ],
)
def test_a_bad_one_is_told_without_its_password(url: str, phrase: str) -> None:
    with pytest.raises(SettingsError) as told:
        address_of(url)
    assert told.value.phrase == phrase
    assert "s3cret" not in str(told.value)
