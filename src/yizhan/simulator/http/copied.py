"""What a test copied from a conversation names: the bot's module, and the kind of account."""

from yizhan.simulator.export import Setting
from yizhan.simulator.problems import Impossible
from yizhan.simulator.simulation import Simulation


def setting_of(simulation: Simulation, id: str) -> Setting:
    """The account of a copied test. Raises Impossible where no module has the bot."""
    account, source = simulation.world.account(id), simulation.sources.get(id)
    if source is None:
        raise Impossible("simulator.no_module")
    return Setting(source, account.kind, account.verified, account.mode)
