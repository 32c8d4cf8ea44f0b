"""A response goes out in one piece, and nothing that was written is left behind."""

import asyncio

import pytest

from yizhan.server.gathering import Gathering


class Socket(asyncio.Transport):
    """Takes down every system call that a real transport would make."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[object] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.calls.append(bytes(data))

    def close(self) -> None:
        self.calls.append("close")

    def abort(self) -> None:
        self.calls.append("abort")


async def calls(*steps: object) -> list[object]:
    """What reaches the socket: bytes are written, `...` lets the loop turn once."""
    socket = Socket()
    transport = Gathering(socket, asyncio.get_running_loop())
    for step in steps:
        if isinstance(step, bytes | bytearray):
            transport.write(step)
        elif step is ...:
            await asyncio.sleep(0)
        else:
            getattr(transport, str(step))()
    return socket.calls


@pytest.mark.parametrize(
    ("steps", "reach"),
    [
        ((b"head", b"body", ...), [b"headbody"]),
        ((b"head", ...), [b"head"]),
        ((b"head", ..., b"body", ...), [b"head", b"body"]),
        ((b"head", b"body", b"head", b"body", ...), [b"headbody", b"headbody"]),
        ((b"head", "close", ...), [b"head", "close"]),
        ((b"head", "abort", ...), ["abort"]),
        ((b"head", bytearray(b"body"), ...), [b"headbody"]),
    ],
    ids=["one turn", "no body", "two turns", "two responses", "close", "abort", "bytearray"],
)
async def test_what_one_turn_of_the_loop_writes_is_one_piece(
    steps: tuple[object, ...], reach: list[object]
) -> None:
    assert await calls(*steps) == reach
