"""What public facts leave open: every option has a source, a default, and does what it says.

Those about replies are tried in test_judging, those of the API in tests/simulator/api.
"""

from dataclasses import fields, replace

import pytest

from yizhan.errors import Impossible
from yizhan.simulator import actions
from yizhan.simulator.options import Options


def test_every_option_is_in_the_catalogue_with_a_default_that_is_allowed():
    for option in Options.catalogue():
        assert option["source"]
        assert not option["allowed"] or option["default"] in option["allowed"]
        assert replace(Options(), **{option["name"]: option["default"]}) == Options()


def test_the_catalogue_has_every_option():
    assert [each["name"] for each in Options.catalogue()] == [each.name for each in fields(Options)]


@pytest.mark.parametrize("option", Options.catalogue(), ids=lambda option: option["name"])
def test_every_value_that_is_allowed_can_be_chosen_and_no_other(world, option):
    for value in option["allowed"] or (0.5, 7):
        world.set_options({option["name"]: value})
        assert getattr(world.options, option["name"]) == value
    with pytest.raises(Impossible):
        world.set_options({option["name"]: "nonsense"})


async def test_each_delivery_may_wait_for_another_time(connect, world):
    world.set_options({"seconds": 2})
    phone, server = connect((9, b"success"))
    [push] = phone.do(actions.Say("你好"))
    await phone.pusher.finish(push)
    assert server.times == [0, 2, 4]
    assert push.verdict.reason.values["seconds"] == 2
