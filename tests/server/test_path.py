"""Whose a path is, behind every kind of prefix; and what the log says of one that is nobody's."""

import pytest

from yizhan.errors import Refused
from yizhan.server.path import place_of

TABLE = {
    # path, root, own, chosen
    "its own": ("/wechat", "", "/wechat", False, "push"),
    "beside it": ("/healthz", "", "/wechat", False, "/healthz"),
    "behind a proxy that strips, told by a root path": (
        *("/api/wechat", "/api", "/wechat", False),
        "push",
    ),
    "the same, and the server does not put it back": ("/wechat", "/api", "/wechat", False, "push"),
    "behind a proxy that does not strip": ("/api/wechat", "/api", "/api/wechat", False, "push"),
    "healthz behind a prefix": ("/api/healthz", "/api", "/wechat", False, "/healthz"),
    "a root path with a slash at its end": ("/api/wechat", "/api/", "/wechat", False, "push"),
    "mounted at its own path": ("/wechat", "/wechat", "/wechat", False, "push"),
    "mounted there, with the slash of the mount": ("/wechat/", "/wechat", "/wechat", False, "push"),
    "mounted at another path": ("/bots/a", "/bots/a", "/wechat", False, "push"),
    "mounted above its own path": ("/bots/wechat", "/bots", "/wechat", False, "push"),
    "chosen by the host's router": ("/callbacks/a", "", "/wechat", True, "push"),
    "healthz below a mount": ("/bots/healthz", "/bots", "/wechat", True, "/healthz"),
    "the root": ("/", "", "/", False, "push"),
}


@pytest.mark.parametrize(("path", "root", "own", "chosen", "place"), TABLE.values(), ids=TABLE)
def test_a_path_is_known_behind_a_prefix(path, root, own, chosen, place):
    assert place_of(path, root, own, chosen=chosen) == place


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("/wechat/x", ""),
        ("/wechat/", ""),
        ("/Wechat", ""),
        ("/", ""),
        ("/apiwechat", "/api"),
        ("/apix/wechat", "/api"),
        ("/api/", "/api"),
        ("/bots/a/", "/bots/a"),
    ],
)
def test_what_is_nobody_s_is_refused_with_the_asked_and_the_right_path(path, root):
    with pytest.raises(Refused) as refused:
        place_of(path, root, "/wechat")
    assert refused.value.reason == "path"
    assert f"the request was for {path}, but the account's path is /wechat" in str(refused.value)


def test_a_slash_too_many_is_told_as_such():
    with pytest.raises(Refused, match="remove the slash"):
        place_of("/wechat/", "", "/wechat")


def test_a_path_writes_no_line_of_its_own_into_the_log():
    with pytest.raises(Refused) as refused:
        place_of("/x\n2026 all is well\x1b[2J", "", "/wechat")
    assert str(refused.value).isprintable()
    with pytest.raises(Refused) as refused:
        place_of("/" + "x" * 5000, "", "/wechat")
    assert len(str(refused.value)) < 300
