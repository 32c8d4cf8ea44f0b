"""What a program written against Yizhan may import: a change here is a change of the face."""

import inspect
import subprocess
import sys

import pytest

import yizhan
from yizhan import errors, events, messages, replies

FACE = {
    *("Account", "Router", "YizhanError", "__version__"),
    *("Article", "Image", "Music", "News", "Text", "Transfer", "Video", "Voice"),
    *("PASS", "Stream", "plain_text"),
}
DECORATORS = {
    *("text", "image", "voice", "video", "shortvideo", "location", "link", "message"),
    *("subscribe", "unsubscribe", "scan", "click", "view", "report_location", "event"),
    *("fallback", "error", "middleware", "include"),
}
ACCOUNT = {
    *("name", "settings", "allow_weak", "warnings", "clock", "api", "transport", "component"),
    *("on_call", "meter", "may_call", "beside"),
    *("develop", "project", "identity", "startup", "shutdown"),
    *("asgi", "wsgi", "receive", "lifespan", "serve_here", "start", "ready", "stop", "inbox"),
}
ERRORS = {
    "YizhanError": Exception,
    "SettingsError": errors.YizhanError,
    "ExtraError": errors.YizhanError,
    "TargetError": errors.YizhanError,
    "RegistrationError": errors.YizhanError,
    "ReplyError": errors.YizhanError,
    "ResultError": errors.YizhanError,
    "SessionError": errors.YizhanError,
    "DialogError": errors.YizhanError,
    "HandlerTimeout": errors.YizhanError,
    "APIError": errors.YizhanError,
    "ConfigurationError": errors.APIError,
    "RightsError": errors.APIError,
    "UserStateError": errors.APIError,
    "QuotaError": errors.APIError,
    "TemporaryError": errors.APIError,
    "TokenError": errors.APIError,
    "CallerError": errors.APIError,
    "BlockingCall": errors.YizhanError,
    "UnknownEndpoint": errors.YizhanError,
    "MediaError": errors.YizhanError,
    "LoginError": errors.YizhanError,
    "Unsent": errors.YizhanError,
    "Unreachable": errors.YizhanError,
    "SendRefused": errors.YizhanError,
    "AccountRefused": errors.SendRefused,
    "FollowerRefused": errors.SendRefused,
    "SendUnknown": errors.YizhanError,
    "StartupError": errors.YizhanError,
    "StoreError": errors.YizhanError,
    "Impossible": errors.YizhanError,
    "Missing": errors.Impossible,
    "RecordingError": errors.YizhanError,
    "Overloaded": errors.YizhanError,
    "Refused": errors.YizhanError,
    "Unreadable": errors.Refused,
}


def public(thing):
    return {name for name in dir(thing) if not name.startswith("_")}


def test_the_package_exports_its_face():
    assert set(yizhan.__all__) == FACE
    assert all(hasattr(yizhan, name) for name in FACE)


def test_what_the_package_does_not_export_is_no_attribute():
    with pytest.raises(AttributeError, match="nonsense"):
        yizhan.nonsense  # noqa: B018


def test_a_star_imports_the_face():
    names = {}
    exec("from yizhan import *", names)  # noqa: S102
    assert names.keys() >= FACE


def test_a_router_has_the_decorators():
    assert public(yizhan.Router()) == DECORATORS


def test_an_account_has_the_decorators_and_the_ways_to_serve():
    account = yizhan.Account(token="tokenOfTheTests2026")
    assert public(account) == DECORATORS | ACCOUNT


def test_the_tree_of_errors():
    classes = {
        name: each
        for name, each in inspect.getmembers(errors, inspect.isclass)
        if each.__module__ == errors.__name__
    }
    assert {name: each.__bases__[0] for name, each in classes.items()} == ERRORS


@pytest.mark.parametrize("module", [events, messages, replies])
def test_every_exported_name_is_there(module):
    assert all(hasattr(module, name) for name in getattr(module, "__all__", ()))


def test_the_version_is_the_distribution_s():
    from importlib.metadata import version

    assert yizhan.__version__ == version("yizhan")


def imported(statement):
    """The modules that are loaded after a statement in a fresh interpreter."""
    program = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_brings_in_no_server_no_client_and_no_store():
    heavy = {"uvicorn", "uvloop", "httptools", "starlette", "aiohttp", "httpx", "redis", "sqlite3"}
    assert imported("from yizhan import *") & heavy == set()


def test_nothing_is_loaded_before_it_is_asked_for():
    assert {name for name in imported("import yizhan") if name.startswith("yizhan")} == {"yizhan"}
    commands = imported("import yizhan.cli.main")
    assert "yizhan.cli.main" in commands
    assert "yizhan.account" not in commands
