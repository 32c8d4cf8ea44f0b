import pytest

from yizhan.simulator import actions


@pytest.fixture
async def fan(connect):
    """A follower who has just said something."""
    phone, _ = connect()
    phone.do(actions.Say("在吗"))
    return phone
