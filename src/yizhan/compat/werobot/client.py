"""WeRoBot's client over our blocking one: the same methods, which give the API's JSON."""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from inspect import Parameter, Signature
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from yizhan import api
from yizhan.api.files import Uploadable
from yizhan.api.options import API
from yizhan.api.saving import Media
from yizhan.compat.werobot.replies import Article
from yizhan.errors import APIError, RegistrationError

ClientException = APIError
Answer = dict[str, object]
Method = Callable[..., Answer]
Given = Mapping[str, object] | None
Files = Mapping[str, Uploadable] | None
LEFT_OUT = ("grant_token", "request", "show_qrcode")
HOST = urlsplit(API).hostname
# What a message for many is called by the API, and the member that its content is.
MASS = {kind: (kind, "media_id") for kind in ("mpnews", "voice", "music", "image")}
MASS |= {"video": ("mpvideo", "media_id"), "wxcard": ("wxcard", "card_id")}


class Client:
    """Calls the API with the AppID and the AppSecret of a config.

    Tokens, retries and errors are those of our client (docs/client.md); `ClientException` is
    our APIError.
    """

    def __init__(
        self, config: Mapping[str, object], made: Callable[[], api.Client] | None = None
    ) -> None:
        self.config = config
        self._made = made or cache(lambda: api.Client(self.appid, self.appsecret))

    @property
    def appid(self) -> str:
        """The config's AppID."""
        return str(self.config.get("APP_ID") or "")

    @property
    def appsecret(self) -> str:
        """The config's AppSecret."""
        return str(self.config.get("APP_SECRET") or "")

    @property
    def token(self) -> str:
        """The access token in force."""
        return self._made().access_token()

    def get_access_token(self) -> str:
        """The access token in force."""
        return self.token

    def get(self, url: str, params: Given = None) -> Answer:
        """GET that address of the API."""
        path, query = _at(url, params)
        return self._made().get(path, **query)

    def post(
        self, url: str, data: Given = None, params: Given = None, files: Files = None
    ) -> Answer:
        """POST this JSON, or one file, to that address of the API."""
        path, query = _at(url, params)
        if not files:
            return self._made().post(path, json=data or {}, params=query)
        [(field, file)] = files.items()
        return self._made().upload(path, file, field=field, params=query, texts=data)

    def __getattr__(self, name: str) -> Method:
        if name in LEFT_OUT:
            raise RegistrationError("werobot.left_out", name=f"client.{name}")
        if name.startswith("_") or name not in _calls():
            raise AttributeError(name)
        return partial(self._described, _calls()[name])

    def _described(
        self, row: Mapping[str, str | Answer], /, *args: object, **fields: object
    ) -> Answer:
        given = _signature(str(row["takes"])).bind(*args, **fields)
        given.apply_defaults()
        params, body, sent = (
            cast("Answer", _filled(row.get(part), given.arguments) or {})
            for part in ("params", "json", "files")
        )
        if "get" in row:
            return self.get(str(row["get"]), params)
        return self.post(str(row["post"]), body, params, cast("Files", sent))

    def get_users_info(self, user_id_list: Sequence[str], lang: str = "zh_CN") -> Answer:
        """What is known of these followers."""
        users = [{"openid": user, "lang": lang} for user in user_id_list]
        return self.post("/cgi-bin/user/info/batchget", {"user_list": users})

    def send_mass_msg(
        self,
        msg_type: str,
        content: str,
        user_list: int | list[str] | None = None,
        send_ignore_reprint: bool = False,
        client_msg_id: str | None = None,
    ) -> Answer:
        """Send to these followers, to those with a tag, or to all."""
        own = {} if client_msg_id is None else {"clientmsgid": client_msg_id}
        body = _mass(msg_type, content) | {"send_ignore_reprint": send_ignore_reprint, **own}
        if isinstance(user_list, list):
            return self.post("/cgi-bin/message/mass/send", body | {"touser": user_list})
        tag = {} if user_list is None else {"tag_id": user_list}
        chosen = {"is_to_all": not tag, **tag}
        return self.post("/cgi-bin/message/mass/sendall", body | {"filter": chosen})

    def send_mass_preview_to_user(
        self, msg_type: str, content: str, user: str, user_type: str = "openid"
    ) -> Answer:
        """Show one person what would be sent to many."""
        to = "touser" if user_type == "openid" else "towxname"
        return self.post("/cgi-bin/message/mass/preview", _mass(msg_type, content) | {to: user})

    def upload_permanent_video(self, title: str, introduction: str, video: Uploadable) -> Answer:
        """Upload a video that is kept; its answer as JSON, where WeRoBot gives a response."""
        described = {"title": title, "introduction": introduction}
        texts = {"description": json.dumps(described, ensure_ascii=False)}
        query = {"type": "video"}
        return self.post("/cgi-bin/material/add_material", texts, query, {"media": video})

    def download_media(self, media_id: str) -> Media:
        """A file that was uploaded, or sent by a follower, in the last three days."""
        return cast("Media", self._made().call("/cgi-bin/media/get", media_id=media_id))

    def download_permanent_media(self, media_id: str) -> Media:
        """A file that is kept."""
        return cast("Media", self._made().call("/cgi-bin/material/get_material", media_id=media_id))


@cache
def _calls() -> Mapping[str, Mapping[str, str | Answer]]:
    """The methods that are a row of calls.toml."""
    text = files("yizhan.compat.werobot").joinpath("calls.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _signature(takes: str) -> Signature:
    parameters = []
    for written in takes.split():
        name, optional, value = written.partition("=")
        default = int(value) if value.isdecimal() else value or None
        given = default if optional else Parameter.empty
        parameters.append(Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, default=given))
    return Signature(parameters)


def _filled(pattern: object, values: Mapping[str, object]) -> object:
    """The pattern with the values in their places; None where nothing is left of it."""
    if isinstance(pattern, str) and pattern.startswith("$"):
        return _plain(values[pattern[1:]])
    if isinstance(pattern, dict):
        filled = ((name, _filled(part, values)) for name, part in pattern.items())
        return {name: value for name, value in filled if value is not None} or None
    return pattern


def _plain(value: object) -> object:
    """The value, articles as the API takes them."""
    if isinstance(value, Article):
        return dict(zip(("title", "description", "picurl", "url"), value, strict=True))
    return [_plain(it) for it in value] if type(value) is list else value


def _mass(kind: str, content: str) -> Answer:
    sent, member = MASS.get(kind, ("text", "content"))
    return {"msgtype": sent, sent: {member: content}}


def _at(url: str, params: Given) -> tuple[str, dict[str, object]]:
    """The path and the query of an address of the API; the token is our client's affair."""
    parts = urlsplit(url)
    if parts.hostname not in (None, HOST):
        raise RegistrationError("werobot.host", host=parts.hostname, known=HOST)
    query = {**dict(parse_qsl(parts.query)), **(params or {})}
    query.pop("access_token", None)
    return parts.path, query
