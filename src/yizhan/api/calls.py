"""Endpoints as attributes: `client.message.custom.send(…)` calls /cgi-bin/message/custom/send.

What an editor and a checker know of them stands in calls.pyi, which scripts/describe writes
from the description of the platform.
"""

from yizhan.api.nearmiss import check
from yizhan.api.platform import is_shape, platform
from yizhan.phrases import say


def __getattr__(name):
    """What the stub types as a TypedDict is a plain dict at run time."""
    if is_shape(name):
        return dict
    raise AttributeError(name)


class Path:
    """A path under construction: further attributes add segments, a call makes the call."""

    __slots__ = ("_do", "_segments")

    def __init__(self, do, segments):
        self._do = do
        self._segments = segments

    def __getattr__(self, segment):
        if segment.startswith("_"):
            raise AttributeError(segment)
        return Path(self._do, check((*self._segments, segment)))

    def __call__(self, /, *unnamed, **fields):
        if unnamed:
            raise TypeError(_by_name(self._segments))
        return self._do(self._segments, fields)

    def __repr__(self):
        return f"<yizhan.api: {'.'.join(self._segments)}>"


def _by_name(segments):
    """What to say to fields without names: `api.user.info(openid=…, lang=…)`."""
    endpoint = platform().tree.get(segments)
    names = (*endpoint.query, *endpoint.body) if endpoint else ("name",)
    call = f"api.{'.'.join(segments)}({', '.join(f'{name}=…' for name in names)})"
    return say("api.by_name", call=call)


class _Calls:
    def __getattr__(self, segment):
        if segment.startswith("_"):
            raise AttributeError(segment)
        return Path(self._described, check((segment,)))


class AsyncCalls(_Calls):
    """The endpoints, to be awaited."""


class Calls(_Calls):
    """The endpoints, blocking."""
