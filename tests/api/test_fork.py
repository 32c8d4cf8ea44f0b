"""Clients in forked processes, and clients that nobody closes: real sockets, real processes."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")

# A small WeChat in a process of its own, and the client that the program calls it with. The
# answer to /cgi-bin/get tells how many tokens were fetched and on which connection it came.
# What `hangs` is only answered when the file `go` is there; until then `hanging` tells of it.
BEGIN = """
import asyncio, os, subprocess, sys, threading, time
from yizhan.api import AsyncClient, Client

SERVER = '''
import http.server, json, os, sys, time
tokens, hangs = [], sys.argv[1]
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        tokens.append(f"token-{len(tokens)}")
        self.say({"access_token": tokens[-1], "expires_in": 7200})
    def do_GET(self):
        self.say({"errcode": 0, "tokens": len(tokens), "port": self.client_address[1]})
    def say(self, answer):
        if self.path.partition("?")[0] == hangs and not os.path.exists("go"):
            open("hanging", "w").close()
            while not os.path.exists("go"):
                time.sleep(0.01)
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
'''
server = subprocess.Popen([sys.executable, "-c", SERVER, sys.argv[1]], stdout=subprocess.PIPE)
base = f"http://127.0.0.1:{int(server.stdout.readline())}"
options = {"base": base, "proxy": ""}
client = Client("wx0123456789abcdef", "s" * 32, **options)

def appears(name):
    while not os.path.exists(name):
        time.sleep(0.01)

def in_child(call):
    sys.stdout.flush()
    if (pid := os.fork()) == 0:
        print(f"child {call()['tokens']}\\n", end="", flush=True)  # at once: both write
        sys.exit(0)
    assert os.waitpid(pid, 0)[1] == 0
"""

# The parent has called and is idle: its connection and its token go on.
IDLE = """
before = client.get("/cgi-bin/get")
def call():
    in_child(lambda: client.get("/cgi-bin/get"))  # a child of a child
    return client.get("/cgi-bin/get")
in_child(call)
after = client.get("/cgi-bin/get")
print("parent", after["tokens"], after["port"] == before["port"])
"""

# Another thread of the parent is in the middle of a call, or of the fetch of a token.
BUSY = """
def parent():
    client.get("/cgi-bin/slow")
    print("parent\\n", end="", flush=True)
calling = threading.Thread(target=parent)
calling.start()
appears("hanging")
def call():
    open("go", "w").close()
    return client.get("/cgi-bin/get")
in_child(call)
calling.join()
"""

# A client for coroutines that was used at the import, and is used again in each worker.
AWAITED = """
api = AsyncClient("wx0123456789abcdef", "s" * 32, **options)
before = asyncio.run(api.get("/cgi-bin/get"))
in_child(lambda: asyncio.run(api.get("/cgi-bin/get")))
print("parent", asyncio.run(api.get("/cgi-bin/get"))["tokens"])
"""

END = """
server.kill()
server.communicate()
"""


def run(program, folder, *, hangs="", end=END):
    """What the program prints; it says nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", BEGIN + program + end, hangs],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=60,
        check=False,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("program", "hangs", "printed"),
    [
        (IDLE, "", ["child 1", "child 1", "parent 1 True"]),
        (BUSY, "/cgi-bin/slow", ["child 1", "parent"]),
        (BUSY, "/cgi-bin/stable_token", ["child 2", "parent"]),
        (AWAITED, "", ["child 1", "parent 1"]),
    ],
    ids=["idle", "in a call", "in the fetch of a token", "awaited"],
)
def test_a_forked_process_begins_anew_and_leaves_its_parent_alone(
    program, hangs, printed, tmp_path
):
    assert sorted(run(program, tmp_path, hangs=hangs)) == printed


@pytest.mark.parametrize(
    "program",
    [
        'print(client.get("/cgi-bin/get")["tokens"])',
        'print(client.get("/cgi-bin/get")["tokens"])\ndel client\nimport gc; gc.collect()',
        'api = AsyncClient("wx0123456789abcdef", "s" * 32, **options)\n'
        'print(asyncio.run(api.get("/cgi-bin/get"))["tokens"])',
    ],
    ids=["to the end", "dropped", "awaited"],
)
def test_a_client_that_nobody_closes_says_nothing(program, tmp_path):
    assert run(program, tmp_path) == ["1"]
