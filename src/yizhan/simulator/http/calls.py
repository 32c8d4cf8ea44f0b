"""What every call of the API has: its simulation, its reader, its body, and errors as JSON."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from yizhan.errors import Impossible, Missing
from yizhan.phrases import catalogue
from yizhan.simulator.errcodes import Errcode
from yizhan.simulator.export import Setting
from yizhan.simulator.http.guard import language_of, refusal
from yizhan.simulator.http.shapes import Shapes
from yizhan.simulator.media import SHOWN_ONLY
from yizhan.simulator.simulation import Simulation

T = TypeVar("T")
ONCE = "x-yizhan-once"  # the header with the id of a call that is done once
SECRET = ("/session", "/token")  # whose answers are kept nowhere
REMEMBERED = 1000  # such calls
JSON = "application/json"
MOST = 32 * 1024 * 1024  # bytes of a body


class HttpCall:
    """One request to the API."""

    def __init__(self, simulation: Simulation, request: Request) -> None:
        self.simulation = simulation
        self.world = simulation.world
        self.request = request
        self.shapes = Shapes(simulation, language_of(request))

    def path(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        """A parameter, "" if it is not given."""
        return self.request.query_params.get(name, "")

    def number(self, name: str, default: int) -> int:
        """A parameter that is a whole number. Raises BadRequest."""
        text = self.query(name)
        if not text:
            return default
        if not text.isdecimal():
            raise BadRequest(name)
        return int(text)

    async def raw(self) -> bytes:
        """The body's bytes. Raises BadRequest for too many."""
        body = bytearray()
        async for chunk in self.request.stream():
            body += chunk
            if len(body) > MOST:
                raise TooLarge
        return bytes(body)

    async def body(self, shape: type[T]) -> T:
        """The body as that shape. Raises BadRequest."""
        try:
            return msgspec.json.decode(await self.raw() or b"{}", type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise BadRequest(str(error)) from error


class BadRequest(Exception):
    """The request is not what the documentation asks for."""


class TooLarge(Exception):
    """The body is too large."""


Handler = Callable[[HttpCall], Awaitable[object]]


def route(simulation: Simulation, method: str, path: str, handler: Handler) -> Route:
    """A call of the API: what the handler returns is its JSON, a Response goes out as it is."""

    is_kept = method == "POST" and path not in SECRET

    async def endpoint(request: Request) -> Response:
        id = request.headers.get(ONCE, "") if is_kept else ""
        if (known := simulation.world.answers.get(id)) is not None:
            status, body = known
            return Response(body, status, media_type=JSON)
        try:
            result = await handler(HttpCall(simulation, request))
        except Missing as unknown:
            return _told(request, 404, unknown)
        except Impossible as impossible:
            status = 400 if impossible.code.startswith("bad_") else 409
            return _told(request, status, impossible)
        except (BadRequest, Errcode) as error:
            return refusal(request, 400, "bad_request", problem=error)
        except TooLarge:
            return refusal(request, 413, "too_large", limit=MOST)
        response = result if isinstance(result, Response) else json(result)
        if id:
            _remember(simulation, id, response)
        for name, value in SHOWN_ONLY.items():
            response.headers.setdefault(name, value)
        return response

    return Route(path, endpoint, methods=[method])


def _remember(simulation: Simulation, id: str, response: Response) -> None:
    """Keep what a call was answered: its caller makes it again if no answer arrives."""
    answers = simulation.world.answers
    answers[id] = response.status_code, bytes(response.body)
    if len(answers) > REMEMBERED:
        del answers[next(iter(answers))]


def _told(request: Request, status: int, problem: Impossible) -> Response:
    text = catalogue()[problem.phrase][language_of(request)].format(**problem.values)
    return json({"error": {"code": problem.code, "text": text}}, status)


def json(value: object, status: int = 200) -> Response:
    """JSON in UTF-8; what it does not know, such as an error, becomes its text."""
    body = msgspec.json.encode(value, enc_hook=str)
    return Response(body, status, media_type=JSON)


def setting_of(simulation: Simulation, id: str) -> Setting:
    """The account of a copied test. Raises Impossible where no module has the bot."""
    account, source = simulation.world.account(id), simulation.sources.get(id)
    if source is None:
        raise Impossible("simulator.no_module")
    return Setting(source, account.kind, account.verified, account.mode)
