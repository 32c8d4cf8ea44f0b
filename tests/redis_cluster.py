"""A real Redis Cluster of three nodes on loopback, whose nodes may die and whose slots may move."""

import socket
import time
from types import TracebackType

from redis import Redis, ResponseError
from redis.crc import key_slot

from redis_server import RedisServer

SLOTS = 16_384
NODES = 3
WAIT = 20.0


class RedisCluster:
    """Three masters without replicas; what a dead one has is gone until it is started again."""

    def __init__(self) -> None:
        self.nodes = [
            RedisServer(
                *("--cluster-enabled", "yes"),
                *("--cluster-require-full-coverage", "no"),
                *("--cluster-node-timeout", "1000"),
                appendfsync="always",
                port=_free_port(),
            )
            for _ in range(NODES)
        ]

    @property
    def url(self) -> str:
        return f"redis+cluster://127.0.0.1:{self.nodes[0].port}"

    def client(self, number: int) -> Redis:
        """A client of one node alone."""
        return Redis(port=self.nodes[number].port)

    def start(self) -> None:
        for node in self.nodes:
            node.start()
        share = SLOTS // NODES
        for number in range(NODES):
            end = SLOTS if number == NODES - 1 else (number + 1) * share
            with self.client(number) as client:
                client.execute_command("CLUSTER SET-CONFIG-EPOCH", number + 1)
                client.execute_command("CLUSTER ADDSLOTSRANGE", number * share, end - 1)
                if number:
                    client.execute_command("CLUSTER MEET", "127.0.0.1", self.nodes[0].port)
        self.await_whole()

    def await_whole(self) -> None:
        """Until every node knows where every slot is, and serves."""
        deadline = time.monotonic() + WAIT
        while not all(self._is_whole(number) for number in range(NODES)):
            if time.monotonic() > deadline:
                raise TimeoutError("the cluster does not come together")
            time.sleep(0.05)

    def _is_whole(self, number: int) -> bool:
        with self.client(number) as client:
            info = client.execute_command("CLUSTER INFO")
        return info["cluster_state"] == "ok" and info["cluster_slots_ok"] == str(SLOTS)

    def clear(self) -> None:
        for number in range(NODES):
            with self.client(number) as client:
                client.flushall()

    def owner_of(self, key: str) -> int:
        """The number of the node that has the key."""
        slot = key_slot(key.encode())
        with self.client(0) as client:
            for start, end, (_, port, *_), *_ in client.execute_command("CLUSTER SLOTS"):
                if start <= slot <= end:
                    return [node.port for node in self.nodes].index(port)
        raise LookupError(key)

    def move(self, key: str, to: int, *, step: int, pause: float) -> None:
        """Move the slot of a key to another node, some keys at a time, as an operator does.

        It takes its time, so that the slot is used while it is half here and half there.
        """
        slot, source = key_slot(key.encode()), self.owner_of(key)
        with self.client(source) as here, self.client(to) as there:
            ids = [it.execute_command("CLUSTER MYID").decode() for it in (here, there)]
            there.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", ids[0])
            here.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", ids[1])
            while keys := here.execute_command("CLUSTER GETKEYSINSLOT", slot, step):
                try:
                    words = ("MIGRATE", "127.0.0.1", self.nodes[to].port, "", 0, 5000, "KEYS")
                    here.execute_command(*words, *keys)
                except ResponseError as error:
                    raise AssertionError(f"a key is on both nodes: {error}") from error
                time.sleep(pause)
            for client in (there, here):
                client.execute_command("CLUSTER SETSLOT", slot, "NODE", ids[1])

    def close(self) -> None:
        for node in self.nodes:
            node.close()

    def __enter__(self) -> "RedisCluster":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _free_port() -> int:
    """One whose bus port, 10,000 above, can be had as well."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = int(server.getsockname()[1])
        if port < 55_000:
            return port
