"""Pushes in WeChat's 云托管: unsigned, known by a header that the platform's gateway sets.

Whoever reaches the container otherwise can set that header, too: nothing else proves a push.
"""

import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from yizhan.errors import Refused, SettingsError
from yizhan.inbox.push import Accepted, Connection
from yizhan.phrases import say
from yizhan.server import checks
from yizhan.server.receiver import Admitted, Receiver, Request, Then
from yizhan.server.response import Response
from yizhan.store.mailbox import Binding
from yizhan.wire import Envelope, Keys, Signed, json, xml
from yizhan.wire.query import Query

if TYPE_CHECKING:
    from yizhan.account import Account
    from yizhan.inbox.inbox import Inbox

SOURCE = b"x-wx-source"
RUNS_THERE = "CBR_ENV_ID"  # a variable that the platform sets in its containers
PROBE = b"CheckContainerPath"
LONGEST_PROBE = 256  # bytes
UNSIGNED = Signed(Query("", "0", "", "", False, b"", ""), "")
PROBE_ONLY = Signed(UNSIGNED.asked._replace(nonce="probe"), "")

log = logging.getLogger("yizhan")


class CloudReceiver(Receiver):
    """Takes what the platform's gateway has marked, and answers its probe."""

    def __init__(self, account: "Account") -> None:
        super().__init__(account)
        self.binding = unbound

    def admit(self, request: Request) -> Admitted:
        """A push with the gateway's header, or what may be a probe. Raises Refused."""
        content_type = checks.check_request(request.method, request.headers, self.max_body)
        headers = dict(request.headers)
        if headers.get(SOURCE):
            now = str(int(self.account.clock.wall()))
            return Admitted(Signed(UNSIGNED.asked._replace(timestamp=now), ""), content_type)
        length = headers.get(b"content-length", b"")
        if length.isdigit() and len(length) <= 3 and int(length) <= LONGEST_PROBE:
            return Admitted(PROBE_ONLY, content_type)
        raise Refused("source")

    def take(self, admitted: Admitted, body: bytes, connection: Connection, then: Then) -> None:
        """Have a push answered, or a probe: that one whether or not it has the header."""
        if is_probe(body):
            self.log.write("verified")
            then(Response(checks.SUCCESS))
        elif admitted.signed is PROBE_ONLY:
            then(self.refuse(Refused("source"), "POST"))
        else:
            super().take(admitted, body, connection, then)

    def _compare(self, inbox: "Inbox", accepted: Accepted, envelope: Envelope) -> None:
        """No signature has a time: that of the message itself, which is minutes old at most."""
        inbox.calendar.compare(int(accepted.message.created))


def unbound(envelope: Envelope, keys: Keys) -> Binding | None:
    """There is no signature that could come with another body."""
    return None


def is_probe(body: bytes) -> bool:
    """Whether the console asks by this if anybody answers: as JSON, as XML or as the bare word."""
    if len(body) > LONGEST_PROBE or PROBE not in body:
        return False
    text = body.strip()
    try:
        if text.startswith(b"{"):
            fields, _ = json.read(text)
        elif text.startswith(b"<"):
            fields, _ = xml.read(text)
        else:
            return text == PROBE
    except Refused:
        return False
    return fields == {"action": PROBE.decode()}


def check_store(account: "Account") -> None:
    """SettingsError for the default store there: it is gone with the container."""
    settings = account.settings
    if settings.mode == "cloudrun" and not settings.store and not account.project:
        raise SettingsError("settings.cloudrun_store", variable=settings.variable("store"))


def warn_elsewhere(account: "Account", environ: Mapping[str, str] = os.environ) -> None:
    """Say it loudly if pushes are not checked and this is not where the gateway checks them."""
    if account.settings.mode == "cloudrun" and RUNS_THERE not in environ:
        log.critical("%s", say("start.cloudrun_elsewhere", label=account.settings.label))
