"""Real processes on one shelf: they fetch one token, pause together, and outlive each other."""

import json
import subprocess
import sys
import time
from collections import Counter

import pytest
import redis

PROCESSES, TASKS = 10, 32
STABLE, TAGS = "/cgi-bin/stable_token", "/cgi-bin/tags/get"

# Runs what it is told: calls until all of them together have fetched so many tokens.
# `refused` is the path that refuses; a fetch that `hangs` never ends.
PROGRAM = """
import asyncio, json, os, sys, time
from yizhan.api import AsyncClient
from yizhan.api.transport import Response
from yizhan.clock import SystemClock
from yizhan.errors import APIError
from yizhan.store.shelf import shelf_for

STABLE = "/cgi-bin/stable_token"

class WeChat:
    def __init__(self, log, refused, hangs):
        self.log, self.refused, self.hangs = log, refused, hangs

    async def send(self, method, url, headers, body, sink=None):
        path = url.split("?")[0].removeprefix("https://api.weixin.qq.com")
        line = f"{time.monotonic()} {path} {url.partition('access_token=')[2]}\\n".encode()
        handle = os.open(self.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, line)
        os.close(handle)
        if path == STABLE:
            # Long enough for everybody to find the shelf empty.
            await asyncio.sleep(3600 if self.hangs else 0.3)
        if path == self.refused:
            return Response(200, {}, b'{"errcode": 40001, "errmsg": "invalid credential"}')
        if path == STABLE:
            token = f"t{os.getpid()}-{time.monotonic()}"
            return Response(200, {}, b'{"access_token": "%s", "expires_in": 7200}' % token.encode())
        return Response(200, {}, b'{"errcode": 0}')

    async def close(self):
        pass

async def call(client):
    try:
        await client.tags.get()
    except APIError as error:
        return error.errcode
    return 0

def fetched(log):
    with open(log) as lines:
        return sum(STABLE in line for line in lines)

async def main(url, log, tasks, fetches, refused, hangs):
    shelf = shelf_for(url, "wxcold", SystemClock())
    codes, wechat = set(), WeChat(log, refused, hangs)
    async with AsyncClient("wx0", "secret", transport=wechat, shelf=shelf) as client:
        while True:
            codes |= set(await asyncio.gather(*(call(client) for _ in range(tasks))))
            if fetched(log) >= fetches:
                return sorted(codes)
            await asyncio.sleep(0.05)

print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps(asyncio.run(main(*json.loads(line)))), flush=True)
"""


class Processes:
    """So many of them, ready."""

    def __init__(self, count):
        self.all = [
            subprocess.Popen(
                [sys.executable, "-c", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _ in range(count)
        ]
        for process in self.all:
            assert process.stdout.readline() == b"ready\n"

    def go(self, url, log, *, tasks=1, fetches=1, refused="", hangs=False, count=None):
        """Begin, so many of them or all."""
        told = json.dumps([url, str(log), tasks, fetches, refused, hangs]).encode() + b"\n"
        for process in self.all[:count]:
            process.stdin.write(told)
            process.stdin.flush()

    def codes(self, count=None):
        """The errcodes that their calls were answered with, when they have ended."""
        return {c for each in self.all[:count] for c in json.loads(each.stdout.readline())}

    def kill(self):
        for process in self.all:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def ten():
    processes = Processes(PROCESSES)
    yield processes
    processes.kill()


@pytest.fixture(params=["file", "redis"])
def url(request, tmp_path):
    if request.param == "redis":
        server = request.getfixturevalue("redis_server")
        with redis.Redis.from_url(server.url) as client:
            client.flushall()
        return server.url
    return f"sqlite:///{tmp_path}/wx.db"


@pytest.fixture
def log(tmp_path):
    (tmp_path / "log").touch()
    return tmp_path / "log"


def requests(log):
    """When each came, its path and its token."""
    lines = [line.split(" ") for line in log.read_text().splitlines()]
    return [(float(at), path, token) for at, path, token in lines]


def rounds(log):
    """How many fetches lie so close together that no pause was between them."""
    counts, last = [], float("-inf")
    for at, path, _ in requests(log):
        if path != STABLE:
            continue
        if at - last < 1.0:
            counts[-1] += 1
        else:
            counts.append(1)
        last = at
    return counts


def test_ten_cold_processes_fetch_one_token(ten, url, log):
    ten.go(url, log, tasks=TASKS)
    assert ten.codes() == {0}
    calls = Counter(path for _, path, _ in requests(log))
    assert calls == {STABLE: 1, TAGS: PROCESSES * TASKS}
    assert len({token for _, path, token in requests(log) if path == TAGS}) == 1


def test_ten_processes_whose_secret_is_refused_pause_together(ten, url, log):
    ten.go(url, log, tasks=2, fetches=3, refused=STABLE)
    assert ten.codes() == {40001}
    assert {path for _, path, _ in requests(log)} == {STABLE}
    first, second, third = (at for at, _, _ in requests(log))
    assert second - first > 1
    assert third - second > 2


def test_ten_processes_whose_new_token_fails_at_once_pause_together(ten, url, log):
    ten.go(url, log, tasks=2, fetches=3, refused=TAGS)
    assert ten.codes() == {40001}
    assert rounds(log) == [2, 1]  # the first token and the one in its stead, then one a pause


def test_a_kill_in_the_midst_of_a_fetch_costs_the_others_its_turn_only(ten, url, log):
    one = Processes(1)
    one.go(url, log, hangs=True)
    while not log.read_text():
        time.sleep(0.01)
    if url.startswith("redis"):
        with redis.Redis.from_url(url) as client:
            (turn,) = client.keys("*:turn")
            assert 0 < client.pttl(turn) <= 5000
    ten.go(url, log, fetches=2)
    one.kill()
    assert ten.codes() == {0}
    assert Counter(path for _, path, _ in requests(log))[STABLE] == 2
