"""Schemathesis reads the OpenAPI document and plays with the simulator's fake API: no crash."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings

from yizhan.api.openapi import document
from yizhan.clock import SystemClock
from yizhan.simulator.api import FakeApi
from yizhan.simulator.api.call import Request
from yizhan.simulator.seed import Seed
from yizhan.simulator.world import World

schemathesis = pytest.importorskip("schemathesis", reason="pip install schemathesis")

EXAMPLES = 5
OPERATIONS = [
    result.ok() for result in schemathesis.openapi.from_dict(document()).get_all_operations()
]


@pytest.fixture(scope="module")
def fake():
    world = World(clock=SystemClock(), seed=Seed(secret="tests"))
    world.add_account("shop", kind="service", verified=True)
    world.add_component("platform")
    return FakeApi(world)


@pytest.fixture
def tokens(fake):
    """The account's token and the platform's, by the parameters that carry them."""
    now = fake.world.now()
    (component,) = fake.world.components.values()
    platform, _ = component.access_token(component.secret, component.ticket(now), now)
    account, _ = fake.world.accounts["shop"].tokens.stable(now)
    return {"access_token": account, "component_access_token": platform}


def request_of(case, tokens):
    """The request of a generated case, with its tokens."""
    query = urlencode({**(case.query or {}), **tokens}, errors="replace")
    path, method = case.operation.path, case.operation.method.upper()
    if case.media_type == "application/json" and not repr(case.body).startswith("<"):
        return Request(method, path, query, {"content-type": case.media_type}, dumped(case.body))
    if case.media_type and case.media_type.startswith("multipart"):
        head = {"content-type": "multipart/form-data; boundary=B"}
        parts = case.body if isinstance(case.body, dict) else {}
        body = b"".join(part(name, value) for name, value in parts.items()) + b"--B--\r\n"
        return Request(method, path, query, head, body)
    if case.media_type == "text/plain":
        return Request(
            method,
            path,
            query,
            {"content-type": "text/plain"},
            str(case.body).encode("utf-8", "replace"),
        )
    return Request(method, path, query)


def dumped(value):
    return json.dumps(value, default=str).encode()


def part(name, value):
    data = value if isinstance(value, bytes) else dumped(value)
    told = f'name="{name}"' + ('; filename="a.jpg"' if isinstance(value, bytes) else "")
    return f"--B\r\nContent-Disposition: form-data; {told}\r\n\r\n".encode() + data + b"\r\n"


@pytest.mark.slow
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.path)
def test_nothing_crashes_the_fake(operation, fake, tokens):

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def play(case):
        assert fake.handle(request_of(case, tokens)).status == 200

    play()
