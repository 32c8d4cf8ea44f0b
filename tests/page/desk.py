"""The simulator with its bots on a port of this machine, in a thread whose time is hasty."""

import asyncio
import logging
import socket
import threading

import uvicorn

from page import bots
from yizhan.server.hiding import shown
from yizhan.simulator.client import AppClient
from yizhan.simulator.export import Source
from yizhan.simulator.mounting import Mounted, mount
from yizhan.simulator.official import Keys
from yizhan.simulator.pace import PacedLoop
from yizhan.testing.inside import inside


class Desk:
    """A running simulator, `haste` times as fast as the wall; `address()` opens one browser."""

    def __init__(self, haste: float = 20) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.haste = haste
        self.loop = PacedLoop(lambda: self.haste)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    @property
    def simulator(self) -> Mounted:
        return self._simulator

    def address(self, query: str = "") -> str:
        """Where one browser may enter."""
        return self.simulator.address + query

    def stop(self) -> None:
        """End it, and wait for its end."""
        self.loop.call_soon_threadsafe(self._end)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        logging.getLogger("yizhan").setLevel(logging.INFO)  # as `yizhan dev` has it
        asyncio.set_event_loop(self.loop)
        try:
            with shown():  # as well
                self.loop.run_until_complete(self._serve())
        finally:
            self.loop.close()

    def _end(self) -> None:
        self._server.should_exit = True

    async def _serve(self) -> None:
        bot = bots.bot()
        self._simulator = mount(
            [bot],
            base=self.base,
            inside=inside([bot]),
            sources={"demo": Source("bot", "account", "account")},
            busy=lambda: bot.inbox is not None and bot.inbox.busy,
        )
        world = self._simulator.simulation.world
        other = world.add_account("careless", keys=Keys.made(world.seed, "careless"))
        self._simulator.simulation.connect(
            other, AppClient(bots.careless, "/careless", base=self.base)
        )
        await bot.start()
        config = uvicorn.Config(
            self._simulator,
            log_config=None,
            lifespan="off",
            timeout_keep_alive=9999,
            timeout_graceful_shutdown=20,
        )
        self._server = uvicorn.Server(config)
        self.loop.call_soon(self._ready.set)
        try:
            await self._server.serve(sockets=[self.listener])
        finally:
            await self._simulator.close()
            await bot.stop()
