"""What a call says, held against the endpoint's description."""

from collections.abc import Mapping

from msgspec import Struct

from yizhan.api.checks import problems
from yizhan.api.platform import Endpoint
from yizhan.simulator.api.call import Request, Upload, bodies
from yizhan.simulator.errcodes import Errcode

TOKENS = ("access_token", "component_access_token")


class Arguments(Struct, frozen=True):
    """The parameters of the address, and the members and files of the body."""

    query: Mapping[str, str]
    members: Mapping[str, object]
    files: Mapping[str, Upload]


def arguments(described: Endpoint, request: Request) -> Arguments:
    """Raises Errcode for the first that does not fit."""
    members, files = _body(described, request)
    query = {
        name: value
        for name, value in request.parameters.items()
        if name not in TOKENS or name in described.query
    }
    present = {**members, **dict.fromkeys(files, "file")}
    for problem in problems(described, query, present):
        if problem.rule != "unknown":  # the platform takes members that it does not know
            raise Errcode(problem.code, f": {problem.place} ({problem.rule})")
    return Arguments(query, members, files)


def _body(
    described: Endpoint, request: Request
) -> tuple[Mapping[str, object], Mapping[str, Upload]]:
    """The very text where the endpoint wants one, else what the JSON or the form says."""
    for name, field in described.body.items():
        if field.type.name == "text":
            text = request.body.decode("utf-8", "replace")
            return ({name: text} if text else {}), {}
    return bodies(request)
