"""Errors come through queues of tasks and pools of processes as what they were."""

import copy
import inspect
import json
import pickle

import pytest

from yizhan import errors
from yizhan.api.advice import error_of
from yizhan.errors import APIError, ExtraError, Refused, Unreadable, YizhanError

QUOTA = error_of(45009, "reach max api daily quota limit rid: 1a-2b", "/cgi-bin/user/get")
QUOTA.paused = True
OTHERS = {
    ExtraError: ExtraError(module="redis", extra="redis", command="pip install yizhan[redis]"),
    Refused: Refused("stale", "by 700 s", authenticated=True),
    Unreadable: Unreadable("xml_bad", "line 3", b"<xml>"),
}
KINDS = [
    kind
    for kind in vars(errors).values()
    if inspect.isclass(kind) and issubclass(kind, YizhanError)
]


def pickled(error):
    return pickle.loads(pickle.dumps(error))  # noqa: S301  # it is our own


@pytest.mark.parametrize("brought", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("kind", KINDS)
def test_every_error_is_the_same_in_another_process(kind, brought):
    error = OTHERS.get(kind) or kind("api.error", **QUOTA.values)
    found = brought(error)
    assert (type(found), str(found), vars(found)) == (kind, str(error), vars(error))


def test_what_an_error_of_the_api_tells_comes_along():
    found = pickled(QUOTA)
    assert (found.errcode, found.rid, found.path) == (45009, "1a-2b", "/cgi-bin/user/get")
    assert found.paused
    assert found.advice


def test_it_is_made_again_of_its_arguments_as_celery_does_with_json():
    arguments = json.loads(json.dumps(QUOTA.args))
    found = type(QUOTA)(*arguments)
    assert (str(found), found.errcode) == (str(QUOTA), 45009)
    assert isinstance(found, APIError)
