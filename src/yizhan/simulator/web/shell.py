"""The page's shell and its files, and what a browser without a session reads instead."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from yizhan.phrases import catalogue
from yizhan.simulator.http.guard import language_of

FOLDER = Path(__file__).parent
# Named in the shell, so that a browser fetches them all at once instead of level by level.
MODULES = sorted(path.name for path in FOLDER.glob("static/js/*.js") if path.stem != "theme")
# The style sheets are behind the guard, so a refusal brings its own along.
STYLE = (FOLDER / "templates" / "refusal.css").read_text("utf-8")
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}

templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined
)


class Files(StaticFiles):
    """Files with the page's headers, so that a browser never mixes two versions of them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS | _policy())
        return response


def routes() -> list[BaseRoute]:
    """What the page consists of: the shell at `/`, its files under `/static`."""
    return [Route("/", shell), Mount("/static", Files(directory=FOLDER / "static"))]


async def icon(request: Request) -> Response:
    """What browsers ask for at the root of every host."""
    return FileResponse(FOLDER / "static" / "icon.svg", headers=HEADERS)


async def shell(request: Request) -> Response:
    """The page before any state is drawn on it."""
    language = language_of(request)
    return _page("shell.html", language, phrases=phrases(language), modules=MODULES)


def refusal(request: Request, status: int, code: str) -> Response:
    """What a person reads whom the guard turned away: how to get in."""
    language = language_of(request)
    values = {"code": code, "phrases": phrases(language), "style": STYLE}
    style = f"'sha256-{STYLE_HASH}'"
    return _page("refusal.html", language, status, _policy(style=style), **values)


def root(request: Request, page: str, targets: Sequence[tuple[str, str]]) -> Response:
    """What stands at `/` of a server whose simulator is elsewhere: what this is, where to go.

    `targets` are the accounts by name, each with the address that WeChat pushes to.
    """
    language = language_of(request)
    values = {"page": page, "targets": targets, "phrases": phrases(language), "style": STYLE}
    return _page("root.html", language, 200, _policy(style=f"'sha256-{STYLE_HASH}'"), **values)


def phrases(language: str) -> dict[str, str]:
    """The page's phrases in that language, by their short names."""
    return {
        name.removeprefix("page."): said[language]
        for name, said in catalogue().items()
        if name.startswith("page.")
    }


def _policy(*, style: str = "'self'") -> dict[str, str]:
    """Nothing from outside, nothing inline but that style sheet."""
    policy = POLICY | {"style-src": style}
    return {"Content-Security-Policy": "; ".join(map(" ".join, policy.items()))}


def _page(
    template: str,
    language: str,
    status: int = 200,
    policy: dict[str, str] | None = None,
    **values: object,
) -> Response:
    html = templates.get_template(template).render(language=language, **values)
    return HTMLResponse(html, status, HEADERS | (policy or _policy()))
