from dataclasses import replace
from itertools import product
from typing import get_args

import pytest

import wechat
from yizhan import messages
from yizhan.rights import CUSTOM, WINDOWS, may_send, opens
from yizhan.settings import Kind, Settings


@pytest.mark.parametrize(
    ("kind", "verified", "allowed"),
    [
        ("subscription", False, False),
        ("subscription", True, True),
        ("service", False, False),
        ("service", True, True),
        ("sandbox", False, True),
        ("sandbox", True, True),
    ],
)
def test_who_may_send_customer_service_messages(kind, verified, allowed):
    assert may_send(kind, verified) is allowed


def test_every_kind_of_account_has_its_right():
    assert set(CUSTOM) == set(product(get_args(Kind), (False, True)))
    assert replace(Settings(), kind="service").kind in get_args(Kind)


@pytest.mark.parametrize(
    ("push", "window"),
    [
        (wechat.text(), "message"),
        (wechat.image(), "message"),
        (wechat.fields("nobody_heard_of"), "message"),
        (wechat.text(bizmsgmenuid="101"), "menu"),
        (wechat.event("CLICK", "HELP"), "menu"),
        (wechat.event("scancode_push", "6"), "menu"),
        (wechat.event("scancode_waitmsg", "6"), "menu"),
        (wechat.event("subscribe"), "follow"),
        (wechat.event("subscribe", "qrscene_42"), "follow"),
        (wechat.event("SCAN", "42"), "scan"),
        (wechat.event("VIEW", "https://example.com/"), ""),
        (wechat.event("pic_weixin", "6"), ""),
        (wechat.event("location_select", "6"), ""),
        (wechat.event("LOCATION"), ""),
        (wechat.event("unsubscribe"), ""),
        (wechat.event("MASSSENDJOBFINISH"), ""),
        (wechat.event("nobody_heard_of"), ""),
    ],
)
def test_which_window_a_push_opens(push, window):
    assert opens(messages.read({name: str(value) for name, value in push.items()})) == window


@pytest.mark.parametrize(
    ("window", "seconds", "count"),
    [("message", 48 * 3600, 5), ("menu", 60, 3), ("follow", 60, 3), ("scan", 60, 3)],
)
def test_how_long_a_window_is_open_and_for_how_many(window, seconds, count):
    assert WINDOWS[window] == (seconds, count)
