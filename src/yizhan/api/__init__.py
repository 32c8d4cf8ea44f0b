"""The Official Account HTTP API."""

from yizhan.api.blocking import Client
from yizhan.api.client import AsyncClient
from yizhan.api.files import File
from yizhan.api.fileshelf import FileShelf
from yizhan.api.reports import CallReport
from yizhan.api.saving import Media
from yizhan.api.shelf import MemoryShelf, Token, TokenShelf
from yizhan.api.transport import HttpTransport, Response, Sink, Transport

__all__ = [
    "AsyncClient",
    "CallReport",
    "Client",
    "File",
    "FileShelf",
    "HttpTransport",
    "Media",
    "MemoryShelf",
    "Response",
    "Sink",
    "Token",
    "TokenShelf",
    "Transport",
]
