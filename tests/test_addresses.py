"""Addresses that people write, and hosts that requests name."""

import pytest

from yizhan import addresses


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("http://127.0.0.1:8080/wechat", "127.0.0.1", 8080),
        ("https://example.com/wechat?a=b", "example.com", None),
        ("http://[::1]:1/", "::1", 1),
        ("HTTP://Example.COM:65535", "example.com", 65535),
        ("http://例子.example/", "例子.example", None),
        ("http://user:word@proxy.example:3128", "proxy.example", 3128),
    ],
)
def test_a_web_address_has_its_parts(url, host, port):
    parts = addresses.web(url)
    assert (parts.hostname, parts.port) == (host, port)


# What nobody could connect to: each of these once ended in a bare ValueError somewhere.
UNREACHABLE = [
    "",
    "example.com",
    "//example.com/",
    "ftp://example.com/",
    "http://",
    "http:///wechat",
    "http://:80/",
    "http://example.com:99999/",
    "http://example.com:-1/",
    "http://example.com:0/",
    "http://example.com:http/",
    "http://[::1/",
    "http://a..b/",
    f"http://{'a' * 64}.example/",
    "http://exa mple.com/",
]


@pytest.mark.parametrize("url", UNREACHABLE)
def test_what_nobody_can_connect_to_is_none(url):
    assert addresses.web(url) is None


@pytest.mark.parametrize(
    ("header", "own"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:8080", True),
        ("127.8.0.1", True),
        ("localhost:8080", True),
        ("LOCALHOST", True),
        ("[::1]:8080", True),
        ("", False),
        ("[::1", False),
        ("evil.example", False),
        ("127.0.0.1.evil.example:8080", False),
        ("127.0.0.1@evil.example", False),
        ("192.0.2.1", False),
        ("host.docker.internal", False),
    ],
)
def test_this_machine_is_known_by_its_own_names_only(header, own):
    assert addresses.is_loopback(addresses.host_of(header)) is own
