"""The JS-SDK's signature."""

import re

import pytest

from yizhan.api import jssdk
from yizhan.errors import SettingsError

# docs/protocol.md#k4, the official example.
TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
PAGE = "http://mp.weixin.qq.com?params=value"
SIGNED = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


def test_the_official_example():
    assert jssdk.signature(TICKET, "Wm3WZYTPz0wzccnW", 1414587457, PAGE) == SIGNED


def test_a_fragment_is_no_part_of_it():
    signed = jssdk.signature(TICKET, "Wm3WZYTPz0wzccnW", "1414587457", PAGE + "#there")
    assert signed == SIGNED


def test_what_a_page_gets():
    config = jssdk.config("wx0", TICKET, PAGE)
    told = jssdk.signature(TICKET, config["nonceStr"], config["timestamp"], PAGE)
    assert config == {
        "appId": "wx0",
        "timestamp": config["timestamp"],
        "nonceStr": config["nonceStr"],
        "signature": told,
    }
    assert re.fullmatch("[0-9a-f]{16}", config["nonceStr"])


@pytest.mark.parametrize("url", ["", "shop.example/p", "ftp://shop.example/", None])
def test_what_is_no_page_s_address_is_not_signed(url):
    with pytest.raises(SettingsError, match="whole address of a page"):
        jssdk.config("wx0", TICKET, url)
