"""The Official Account HTTP API."""

from yizhan.api.client import AsyncClient
from yizhan.api.transport import HttpTransport, Response, Transport

__all__ = ["AsyncClient", "HttpTransport", "Response", "Transport"]
