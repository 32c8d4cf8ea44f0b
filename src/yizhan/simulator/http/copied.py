"""For whom a conversation is copied as a test: the bot's module, and what WeChat believes of it."""

from yizhan.simulator.desk import Desk
from yizhan.simulator.export import Setting
from yizhan.simulator.problems import Impossible


def setting_of(desk: Desk, id: str) -> Setting:
    """The account of a copied test. Raises Impossible where no module has the bot."""
    account, source = desk.world.account(id), desk.sources.get(id)
    if source is None:
        raise Impossible("simulator.no_module")
    return Setting(source, account.kind, account.verified, account.mode)
