"""The tokens' shelf in PostgreSQL, where the server counts a token's life: hosts' clocks differ."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import LiteralString
from uuid import uuid4

from yizhan.api import turn as turns
from yizhan.api.bound import LoopBound
from yizhan.api.shelf import Token, dumped, loaded
from yizhan.api.turn import renewed, take
from yizhan.clock import Clock
from yizhan.store.mailboxes.postgres_connection import Connection, Connections, address_of
from yizhan.store.mailboxes.postgres_schema import ensure, statement

LOOK = 0.05  # seconds between looks at a turn that another one has

GET = """
    SELECT token, extract(epoch FROM until - clock_timestamp())::float8 FROM {schema}.tokens
    WHERE name = %s AND until > clock_timestamp()
"""
PUT = """
    INSERT INTO {schema}.tokens (name, token, until)
    VALUES (%s, %s, clock_timestamp() + %s::float8 * interval '1 second')
    ON CONFLICT (name) DO UPDATE SET token = excluded.token, until = excluded.until
"""
# A turn is renewed and given back only by the one who has it: it may have lapsed meanwhile.
TAKE = """
    INSERT INTO {schema}.turns AS t (name, holder, until)
    VALUES (%s, %s, clock_timestamp() + %s::float8 * interval '1 second')
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE t.until <= clock_timestamp() OR t.holder = excluded.holder
"""
RENEW = """
    UPDATE {schema}.turns SET until = clock_timestamp() + %s::float8 * interval '1 second'
    WHERE name = %s AND holder = %s
"""
GIVE_BACK = "DELETE FROM {schema}.turns WHERE name = %s AND holder = %s"


class PostgresShelf:
    """Tokens in the schema of the account's store."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._address = address_of(url)
        self._clock = clock
        self._connections: LoopBound[Connections] = LoopBound()
        self._is_there = False

    async def get(self, name: str) -> Token | None:
        """The token of that name; what is over is gone."""
        rows, _ = await self._run(GET, [name])
        token = loaded(bytes(rows[0][0])) if rows else None  # type: ignore[call-overload]  # bytea
        if token is None:
            return None
        left = float(rows[0][1])  # type: ignore[arg-type]  # float8
        return Token(token.value, self._clock.wall() + left, token.fetch)

    async def put(self, name: str, token: Token) -> None:
        """Keep a token until its end."""
        await self._run(PUT, [name, dumped(token), token.until - self._clock.wall()])

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for the turn, which lapses five seconds after its holder died."""
        me, lease = uuid4().hex, turns.LEASE

        async def taken() -> bool:
            return await self._change(TAKE, [name, me, lease])

        async def renew() -> None:
            await self._change(RENEW, [lease, name, me])

        await take(taken, LOOK)
        try:
            async with renewed(renew):
                yield
        finally:
            await self._change(GIVE_BACK, [name, me])

    async def close(self) -> None:
        """Close the connections."""
        if (made := self._connections.take()) is not None:
            await made.close()

    async def _change(self, text: LiteralString, values: Sequence[object]) -> bool:
        """Whether a row was changed."""
        _, count = await self._run(text, values)
        return count > 0

    async def _run(
        self, text: LiteralString, values: Sequence[object]
    ) -> tuple[list[tuple[object, ...]], int]:
        """The rows, and how many there are, or were changed."""

        async def run(connection: Connection) -> tuple[list[tuple[object, ...]], int]:
            if not self._is_there:
                await ensure(connection, self._address.schema)
                self._is_there = True
            cursor = await connection.execute(statement(text, self._address.schema), values)
            return [] if cursor.description is None else await cursor.fetchall(), cursor.rowcount

        connections = self._connections.get(lambda: Connections(self._address))
        return await connections.ask(run)
