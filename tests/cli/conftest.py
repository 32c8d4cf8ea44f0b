import os
import sys

import pytest
from redis import Redis

from postgres_server import PostgresServer, folder_of_programs
from redis_server import RedisServer
from yizhan.cli import main


@pytest.fixture
def yizhan(capsys, monkeypatch):
    """Calls the command line in this process: its status, its output, its errors."""

    def called(*arguments):
        monkeypatch.setattr(sys, "argv", ["yizhan", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main.main()
            raise SystemExit(0)
        return (end.value.code, *capsys.readouterr())

    return called


@pytest.fixture(scope="module")
def redis_server():
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server):
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url


@pytest.fixture(scope="module")
def postgres_server():
    if folder_of_programs() is None and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL")
    with PostgresServer() as server:
        yield server
