"""From `postgres://user:password@host/database?schema=name` to what psycopg connects with."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from msgspec import Struct
from psycopg import pq

from yizhan.errors import SettingsError

SCHEMA = "yizhan"
LONGEST = 63  # bytes of a name in PostgreSQL
TIMEOUT = 2  # seconds for a connection


class Address(Struct, frozen=True):
    """Where a store is: the words of a connection, and the schema of this account's tables."""

    words: Mapping[str, str | int]
    schema: str = SCHEMA


def address_of(url: str) -> Address:
    """What the address says. SettingsError tells what is wrong, and shows no password."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:  # whose words may hold the password
        raise SettingsError("store.url") from None
    options = dict(pairs)
    schema = options.pop("schema", SCHEMA)
    _check_schema(schema)
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    for name in options:
        if name not in known:
            allowed = "schema, " + ", ".join(sorted(known - {"password"}))
            raise SettingsError("store.option", option=name, allowed=allowed)
    words: dict[str, str | int] = {"application_name": "yizhan", "connect_timeout": TIMEOUT}
    words |= _place(parts.netloc)
    if database := unquote(parts.path.removeprefix("/")):
        words["dbname"] = database
    return Address(words | options, schema)


def _place(netloc: str) -> dict[str, str]:
    """user:password@host:port,host:port"""
    credentials, _, hosts = netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    split = [_host(host) for host in hosts.split(",")] if hosts else []
    words = {
        "user": unquote(user),
        "password": unquote(password),
        "host": ",".join(host for host, _ in split),
        "port": ",".join(port for _, port in split),
    }
    return {name: word for name, word in words.items() if word.strip(",")}


def _host(text: str) -> tuple[str, str]:
    """A name or address, and a port if there is one; an IPv6 address stands in brackets."""
    if text.startswith("["):
        host, _, rest = text[1:].partition("]")
        port = rest.removeprefix(":")
    else:
        host, _, port = text.partition(":")
    if port and not port.isdecimal():  # it may be half of a password with an odd character
        raise SettingsError("store.url")
    return unquote(host), port


def _check_schema(name: str) -> None:
    size = len(name.encode())
    if not 0 < size <= LONGEST or "\0" in name or name.startswith("pg_"):
        raise SettingsError("store.schema", schema=name, longest=LONGEST)
