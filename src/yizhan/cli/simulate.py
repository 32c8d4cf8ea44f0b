"""yizhan simulate: the simulator for any server, in any language."""

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from yizhan import addresses, recording, settings
from yizhan.cli.telling import tell
from yizhan.cli.text import option, verb
from yizhan.clock import SystemClock
from yizhan.conformance.texts import wording
from yizhan.errors import RecordingError, SettingsError
from yizhan.extras import needs
from yizhan.phrases import say
from yizhan.place import data_folder, project_of
from yizhan.recording import Exchange
from yizhan.settings import Kind, Settings, SignedMode
from yizhan.simulator.client import HttpClient
from yizhan.simulator.feed import Feed, fresh
from yizhan.simulator.official import Keys
from yizhan.simulator.opening import open_recording
from yizhan.simulator.seed import Seed
from yizhan.simulator.simulation import Simulation
from yizhan.simulator.world import World

if TYPE_CHECKING:
    from yizhan.simulator.http.guard import Sessions

URL = "http://127.0.0.1:8080/wechat"


@verb("simulate")
@click.argument("url", default=URL)
@option(
    "--open", "opened", phrase="open", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@option("--account", phrase="account", default="")
@option("--mode", phrase="mode", type=click.Choice(["plain", "compat", "safe"]))
@option(
    "--kind", phrase="kind", type=click.Choice(["subscription", "service", "sandbox"]), default=None
)
@option("--verified/--unverified", phrase="verified", default=None, show_default=False)
@option("--port", phrase="port", default=8090, type=click.IntRange(0, 65535))
@option("--folder", phrase="folder", type=click.Path(path_type=Path, file_okay=False))
def command(
    url: str,
    opened: Path | None,
    account: str,
    mode: SignedMode | None,
    kind: Kind | None,
    verified: bool | None,
    port: int,
    folder: Path | None,
) -> None:
    with needs("simulator"):
        from yizhan.simulator.http.guard import Sessions, key_in
    if addresses.web(url) is None:
        raise click.UsageError(say("cli.send_url", url=url))
    kept = folder or data_folder() / "simulator"
    world = World(clock=SystemClock(), seed=Seed(kept))
    world.feed = Feed(fresh())
    name = account or "bot"
    chosen, made = _chosen(account), Keys.made(world.seed, name)
    official = world.add_account(
        name,
        keys=replace(
            made,
            token=chosen.token or made.token,
            aes_key=chosen.aes_key or made.aes_key,
            appid=chosen.appid or made.appid,
            original_id=chosen.original_id or made.original_id,
        ),
        kind=kind or chosen.kind,
        verified=chosen.verified if verified is None else verified,
        mode=mode or chosen.signed_mode,
    )
    simulation = Simulation(world, folder=kept / "recordings")
    if opened is not None:  # first, so that the page begins with whoever is in it
        open_recording(simulation, official, _read(opened))
    simulation.connect(official, HttpClient(url))
    sessions = Sessions(project_of("simulate", Path.cwd()), key_in(kept / "session.key"))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(simulation, sessions, port))


def _read(file: Path) -> list[Exchange]:
    with file.open("rb") as lines:
        try:
            return list(recording.read(lines))
        except RecordingError as error:
            sentence = wording("replay", "bad", {"path": file, "problem": error})
            raise click.ClickException(sentence) from error


def _chosen(account: str) -> Settings:
    """What yizhan.toml and the variables say, if anything; an AppSecret is not looked at."""
    try:
        return settings.load(account, given={"allow_weak": True})
    except SettingsError:
        return Settings()


async def _serve(simulation: Simulation, sessions: "Sessions", port: int) -> None:
    import uvicorn

    from yizhan.server import log
    from yizhan.server.process import Server
    from yizhan.server.protocol import Protocol
    from yizhan.server.serve import bind
    from yizhan.simulator.http import HttpApp

    log.configure(json=False)
    listener = bind("127.0.0.1", port)
    listener.listen()  # the printed address is good from the moment it is printed
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def renew() -> None:
        tell(say("start.simulator", url=app.address(base)))

    app = HttpApp(simulation, sessions=sessions, renew=renew)
    for account in simulation.world.accounts.values():
        simulation.world.picture_url = f"{base}/weixin/simulator/{{account}}/{{media_id}}/0"
        keys = account.keys
        tell(
            say(
                "cli.simulating",
                url=simulation.pushers[account.id].client.url,
                page=app.address(base),
                api=app.api_base(base),
                token=keys.token,
                aes_key=keys.aes_key,
                appid=keys.appid,
                secret=keys.secret,
                mode=account.mode,
            )
        )
    config = uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    try:
        await Server(config, stopping=simulation.world.feed.close).serve(sockets=[listener])
    finally:
        await simulation.close()
