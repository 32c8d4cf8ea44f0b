"""Addresses of web servers as people write them, and hosts as requests name them."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

SCHEMES = ("http", "https")


def web(url: str) -> SplitResult | None:
    """The parts of an http(s) URL; None for one that nobody could connect to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if ":" not in host:
            host.encode("idna")
    except ValueError:  # a port over 65535, a bracket left open, a host that is no name
        return None
    blank = any(letter.isspace() for letter in parts.netloc)
    if parts.scheme not in SCHEMES or not host or blank or port == 0:
        return None
    return parts


def host_of(header: str) -> str:
    """The host in a Host header, without its port; "" for what is none."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Whether a host is this machine's own name or address.

    A page on another site can make a browser call this machine, but not under this name:
    the Host header then has the name of that site.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
