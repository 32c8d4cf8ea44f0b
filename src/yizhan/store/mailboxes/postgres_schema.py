"""The tables of one account in PostgreSQL, and how they are made."""

import zlib
from typing import LiteralString

from psycopg import sql

from yizhan.errors import StoreError
from yizhan.store.mailboxes.postgres_connection import Connection

VERSION = 1
LOCK = 0x59697A68616E  # of the advisory lock under which a schema is made

# Names of followers are compared byte by byte: every process must lock them in one order.
# `owners` is NULL for a mailbox in which nothing is in hand: so the partial index holds only
# the others. Room is left in pages of what changes often, so that it can change in place.
TABLES = """
    CREATE SCHEMA IF NOT EXISTS {schema};
    CREATE TABLE {schema}.about (
        one boolean PRIMARY KEY DEFAULT true CHECK (one), version integer NOT NULL, mark bytea
    );
    CREATE TABLE {schema}.boxes (
        openid text COLLATE "C" PRIMARY KEY, version text NOT NULL, box bytea NOT NULL,
        owners text, due float8, changed float8 NOT NULL
    ) WITH (fillfactor = 60);
    CREATE INDEX in_hand ON {schema}.boxes (owners) WHERE owners IS NOT NULL;
    CREATE INDEX resting ON {schema}.boxes (due) WHERE due IS NOT NULL;
    CREATE TABLE {schema}.contents (
        openid text COLLATE "C", name text COLLATE "C", value bytea NOT NULL,
        PRIMARY KEY (openid, name)
    ) WITH (fillfactor = 80);
    CREATE TABLE {schema}.messages (
        openid text COLLATE "C", key text COLLATE "C", body bytea NOT NULL, seq bigint NOT NULL,
        created float8 NOT NULL, first float8 NOT NULL, boot text NOT NULL,
        ordered boolean NOT NULL, state text, arrivals integer NOT NULL,
        attempts integer NOT NULL, reply bytea, note text NOT NULL, updated float8 NOT NULL,
        PRIMARY KEY (openid, key)
    );
    CREATE INDEX ended ON {schema}.messages (updated) WHERE state IS NOT NULL;
    CREATE TABLE {schema}.bindings (
        signature text COLLATE "C" PRIMARY KEY, digest bytea NOT NULL, until float8 NOT NULL
    );
    CREATE TABLE {schema}.leases (
        owner text COLLATE "C" PRIMARY KEY, renewals bigint NOT NULL,
        gone boolean NOT NULL DEFAULT false
    ) WITH (fillfactor = 20);
    CREATE TABLE {schema}.tokens (
        name text COLLATE "C" PRIMARY KEY, token bytea NOT NULL, until timestamptz NOT NULL
    );
    CREATE TABLE {schema}.turns (
        name text COLLATE "C" PRIMARY KEY, holder text NOT NULL, until timestamptz NOT NULL
    );
    INSERT INTO {schema}.about (version) VALUES ({version});
"""


def statement(text: LiteralString, schema: str, skip: LiteralString = "") -> bytes:
    """The statement with the schema's name before its tables."""
    names = {"schema": sql.Identifier(schema), "skip": sql.SQL(skip)}
    return sql.SQL(text).format(**names, version=sql.Literal(VERSION)).as_bytes()


def channel_of(schema: str) -> str:
    """The channel on which the processes of an account tell each other of changes."""
    return f"yizhan_{zlib.crc32(schema.encode()):08x}"


async def ensure(connection: Connection, schema: str) -> None:
    """Create what is missing; of several processes that do so at once one does."""
    if not await _is_there(connection, schema):
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            if not await _is_there(connection, schema):
                await connection.execute(statement(TABLES, schema))
    cursor = await connection.execute(statement("SELECT version FROM {schema}.about", schema))
    row = await cursor.fetchone()
    found = row[0] if row else 0
    if found != VERSION:
        raise StoreError("store.newer", path=schema, found=found, known=VERSION)


async def _is_there(connection: Connection, schema: str) -> bool:
    query = "SELECT 1 FROM pg_tables WHERE schemaname = %s AND tablename = 'about'"
    cursor = await connection.execute(query, [schema])
    return await cursor.fetchone() is not None
