"""The matrix: each framework with each server that people run it under.

What a cell cannot hold is said in its `limits`; the page has a sentence for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Situation = Literal[
    "quick", "slow", "refused", "path", "prefix", "chunked", "hang_up", "workers", "stop", "restart"
]
SITUATIONS: tuple[Situation, ...] = get_args(Situation)
Limit = Literal[
    "no_lifespan", "thread", "threads", "sync", "unheard", "hypercorn", "hands_on", "cancellation"
]


@dataclass(frozen=True)
class Cell:
    """A framework under a server.

    `files` are the snippets of the page, `command` starts the server, `{port}` in it being the
    port; `workers` makes it two processes, and `prefix` tells it of a proxy's prefix, by an option
    or a variable: the latter of one that the proxy has left. `woken` tells that the engine of a new
    process starts with a request, as from a load balancer.
    """

    name: str
    framework: str
    server: str
    files: tuple[str, ...]
    command: tuple[str, ...]
    workers: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    prefix_left: Mapping[str, str] = field(default_factory=dict)
    path: str = "/wechat"
    woken: bool = False
    environ: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()

    def has(self, situation: Situation) -> bool:
        """Whether the server knows of that at all."""
        needed = {"workers": self.workers, "prefix": self.prefix or self.prefix_left}
        return bool(needed.get(situation, True))


PREFIX = "/api"
UVICORN = ("uvicorn", "--host", "127.0.0.1", "--port", "{port}")
UVICORN_MORE = {"workers": ("--workers", "2"), "prefix": ("--root-path", PREFIX)}
HYPERCORN = ("hypercorn", "--bind", "127.0.0.1:{port}")
HYPERCORN_MORE = {"workers": ("--workers", "2"), "prefix": ("--root-path", PREFIX)}
GRANIAN = ("granian", "--host", "127.0.0.1", "--port", "{port}", "--no-ws")
GRANIAN_MORE = {"workers": ("--workers", "2"), "prefix": ("--url-path-prefix", PREFIX)}
GUNICORN = ("gunicorn", "-b", "127.0.0.1:{port}")
GUNICORN_MORE = {"workers": ("--workers", "2")}
WSGI_MORE = {**GUNICORN_MORE, "prefix_left": {"SCRIPT_NAME": PREFIX}}
DAPHNE = ("daphne", "--bind", "127.0.0.1", "--port", "{port}")
HOOKED = ("-c", "gunicorn_hook.py")
THREADS = (*HOOKED, "-k", "gthread", "--threads", "8")
ASYNC = "uvicorn_worker.UvicornWorker"


def cell(name: str, framework: str, server: str, files: str, *command: str, **more: object) -> Cell:
    """A row of the table."""
    return Cell(name, framework, server, tuple(files.split()), command, **more)  # type: ignore[arg-type]


CELLS = (
    cell(
        *("starlette-uvicorn", "Starlette", "uvicorn", "starlette_app.py"),
        *(*UVICORN, "starlette_app:app"),
        **UVICORN_MORE,
    ),
    cell(
        *("starlette-uvicorn-off", "Starlette", "uvicorn --lifespan off", "starlette_app.py"),
        *(*UVICORN, "--lifespan", "off", "starlette_app:app"),
        **UVICORN_MORE,
        woken=True,
        limits=("no_lifespan",),
    ),
    cell(
        *("fastapi-uvicorn", "FastAPI", "uvicorn", "fastapi_app.py"),
        *(*UVICORN, "fastapi_app:app"),
        **UVICORN_MORE,
    ),
    cell(
        *("fastapi-router-uvicorn", "FastAPI, APIRouter", "uvicorn", "fastapi_router.py"),
        *(*UVICORN, "fastapi_router:app"),
        **UVICORN_MORE,
        path="/bots/wechat",
    ),
    cell(
        *("fastapi-part-uvicorn", "FastAPI, sub-application", "uvicorn", "fastapi_part.py"),
        *(*UVICORN, "fastapi_part:app"),
        **UVICORN_MORE,
        path="/bots/wechat",
    ),
    cell(
        *("fastapi-gunicorn-uvicorn", "FastAPI", "gunicorn, uvicorn's worker", "fastapi_app.py"),
        *(*GUNICORN, "-k", ASYNC, "fastapi_app:app"),
        **GUNICORN_MORE,
    ),
    cell(
        *("fastapi-gunicorn-asgi", "FastAPI", "gunicorn, asgi worker", "fastapi_app.py"),
        *(*GUNICORN, "-k", "asgi", "fastapi_app:app"),
        **GUNICORN_MORE,
        prefix=("--root-path", PREFIX),
    ),
    cell(
        *("fastapi-hypercorn", "FastAPI", "hypercorn", "fastapi_app.py"),
        *(*HYPERCORN, "fastapi_app:app"),
        **HYPERCORN_MORE,
        limits=("hypercorn",),
    ),
    cell(
        *("fastapi-granian", "FastAPI", "granian", "fastapi_app.py"),
        *(*GRANIAN, "--interface", "asgi", "fastapi_app:app"),
        **GRANIAN_MORE,
    ),
    cell(
        *("starlette-daphne", "Starlette", "daphne", "starlette_app.py"),
        *(*DAPHNE, "starlette_app:app"),
        limits=("no_lifespan",),
        woken=True,
        prefix=("--root-path", PREFIX),
    ),
    cell(
        *("litestar-uvicorn", "Litestar", "uvicorn", "litestar_app.py"),
        *(*UVICORN, "litestar_app:app"),
        **UVICORN_MORE,
    ),
    cell(
        *("litestar-granian", "Litestar", "granian", "litestar_app.py"),
        *(*GRANIAN, "--interface", "asgi", "litestar_app:app"),
        **GRANIAN_MORE,
    ),
    cell(
        *("quart-hypercorn", "Quart", "hypercorn", "quart_app.py"),
        *(*HYPERCORN, "quart_app:app"),
        **HYPERCORN_MORE,
        limits=("hypercorn",),
    ),
    cell(
        *("quart-uvicorn", "Quart", "uvicorn", "quart_app.py"),
        *(*UVICORN, "quart_app:app"),
        **UVICORN_MORE,
    ),
    cell(
        *("sanic", "Sanic", "Sanic", "sanic_app.py"),
        *("sanic", "--host", "127.0.0.1", "--port", "{port}", "--no-motd", "sanic_app:app"),
        workers=("--workers", "2"),
    ),
    cell(
        *("aiohttp", "aiohttp", "aiohttp", "aiohttp_app.py"),
        *("python", "aiohttp_app.py"),
        limits=("cancellation",),
    ),
    cell(
        *("aiohttp-asgi", "aiohttp-asgi", "aiohttp", "aiohttp_asgi_app.py"),
        *("python", "aiohttp_asgi_app.py"),
        limits=("cancellation",),
    ),
    cell(*("tornado", "Tornado", "Tornado", "tornado_app.py"), *("python", "tornado_app.py")),
    cell(
        *("django-uvicorn", "Django, ASGI", "uvicorn", "django_urls.py"),
        *(*UVICORN, "project.asgi:application"),
        **UVICORN_MORE,
        limits=("no_lifespan", "thread"),
        woken=True,
    ),
    cell(
        *("django-daphne", "Django, ASGI", "daphne", "django_urls.py"),
        *(*DAPHNE, "project.asgi:application"),
        limits=("no_lifespan", "thread"),
        woken=True,
        prefix=("--root-path", PREFIX),
    ),
    cell(
        *("django-gthread", "Django, WSGI", "gunicorn, gthread", "django_urls.py gunicorn_hook.py"),
        *(*GUNICORN, *THREADS, "project.wsgi:application"),
        limits=("thread", "threads"),
        **WSGI_MORE,
    ),
    cell(
        *("django-command", "Django, a command", "Yizhan", "django_command.py"),
        *("python", "-m", "django", "wechat", "--port", "{port}"),
        limits=("hands_on",),
        environ={"DJANGO_SETTINGS_MODULE": "project.settings"},
    ),
    cell(
        *("flask-gthread", "Flask", "gunicorn, gthread", "flask_app.py gunicorn_hook.py"),
        *(*GUNICORN, *THREADS, "flask_app:app"),
        limits=("thread", "threads"),
        **WSGI_MORE,
    ),
    cell(
        *("flask-blueprint-gthread", "Flask, blueprint", "gunicorn, gthread"),
        "flask_blueprint.py gunicorn_hook.py",
        *(*GUNICORN, *THREADS, "flask_blueprint:app"),
        limits=("thread", "threads"),
        **WSGI_MORE,
        path="/bots/wechat",
    ),
    cell(
        *("flask-sync", "Flask", "gunicorn, sync, `hold = 0`", "flask_app.py gunicorn_hook.py"),
        *(*GUNICORN, *HOOKED, "-k", "sync", "-w", "8", "flask_app:app"),
        workers=("--workers", "8"),
        prefix_left=WSGI_MORE["prefix_left"],
        environ={"YIZHAN_HOLD": "0"},
        limits=("thread", "sync"),
    ),
    cell(
        *("flask-waitress", "Flask", "waitress", "flask_app.py waitress_app.py"),
        *("python", "waitress_app.py"),
        limits=("thread", "threads"),
    ),
    cell(
        *("flask-granian", "Flask", "granian, `hold = 0`", "flask_app.py"),
        *(*GRANIAN, "--interface", "wsgi", "--blocking-threads", "8", "flask_app:app"),
        workers=GRANIAN_MORE["workers"],
        woken=True,
        environ={"YIZHAN_HOLD": "0"},
        limits=("no_lifespan", "thread", "unheard"),
    ),
    cell(
        *("bottle-gthread", "Bottle", "gunicorn, gthread", "bottle_app.py gunicorn_hook.py"),
        *(*GUNICORN, *THREADS, "bottle_app:app"),
        limits=("thread", "threads"),
        **WSGI_MORE,
    ),
)
QUICK = (
    "fastapi-hypercorn",
    "fastapi-uvicorn",
    "starlette-uvicorn-off",
    "django-daphne",
    "flask-gthread",
    "aiohttp-asgi",
)
BY_NAME = {each.name: each for each in CELLS}
