"""What a test copied from a conversation names: the bot's module, and the kind of account."""

from yizhan.simulator.desk import Desk
from yizhan.simulator.export import Setting
from yizhan.simulator.problems import Impossible


def setting_of(desk: Desk, id: str) -> Setting:
    """The account of a copied test. Raises Impossible where no module has the bot."""
    account, source = desk.world.account(id), desk.sources.get(id)
    if source is None:
        raise Impossible("simulator.no_module")
    return Setting(source, account.kind, account.verified, account.mode)
