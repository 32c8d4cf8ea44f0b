"""A follower's conversation: what they do becomes pushes, and stands on the screen."""

import json
import re
from collections.abc import Mapping
from hashlib import md5
from xml.parsers.expat import ExpatError

from yizhan.errors import Impossible
from yizhan.simulator import actions, forms
from yizhan.simulator.actions import AnyAction
from yizhan.simulator.forms import Field
from yizhan.simulator.menu import Button, Menu, at
from yizhan.simulator.official import Follower
from yizhan.simulator.pusher import Pusher
from yizhan.simulator.record import PushRecord
from yizhan.simulator.recording import Line
from yizhan.simulator.screen import Content
from yizhan.wire import xml

Pushes = tuple[PushRecord, ...]
FOR_STRANGERS = (actions.Follow, actions.Scan, actions.Raw)


class Conversation:
    """One follower's conversation."""

    def __init__(self, pusher: Pusher, follower: Follower) -> None:
        self.pusher = pusher
        self.world = pusher.world
        self.account = pusher.account
        self.follower = follower

    def do(self, action: AnyAction) -> Pushes:
        """Do it, and start what WeChat pushes for it. Raises Impossible or Missing."""
        self._check(action)
        began = self.world.now()
        # The screen shows the follower's own part at once; what comes back comes later.
        pushes = self._done(action)
        self.follower.recording.add(Line(began, do=action, push=pushes[0].id if pushes else None))
        return pushes

    def _done(self, action: AnyAction) -> Pushes:
        match action:
            case actions.Follow(scene=scene):
                return self._follow(scene)
            case actions.Raw():
                return self._raw(action)
            case actions.Unfollow():
                return self._unfollow()
            case actions.Scan(scene=scene):
                return self._scan(scene)
            case actions.Tap():
                return self._tap(action)
            case actions.Agree(template_id=id, yes=yes):
                return self._agree(id, yes=yes)
            case actions.Block(on=on):
                self.follower.blocks = on
                self.world.feed.tell("follower", self.follower)
                return ()
            case actions.Click(key=key):
                return self._event("CLICK", {"EventKey": key})
            case actions.View(url=url):
                return self._event("VIEW", {"EventKey": url})
            case actions.ReportLocation():
                return self._event(
                    "LOCATION",
                    {
                        "Latitude": action.latitude,
                        "Longitude": action.longitude,
                        "Precision": action.precision,
                    },
                )
            case actions.Happen(name=name, fields=fields):
                return self._event(name, fields)
        return self._say(action)

    def _check(self, action: AnyAction) -> None:
        """Refuse what nobody can do who does not follow, or follows already."""
        nickname = self.follower.nickname
        if isinstance(action, actions.Follow) and self.follower.following:
            raise Impossible("simulator.already_following", nickname=nickname)
        if not self.follower.following and not isinstance(action, FOR_STRANGERS):
            raise Impossible("simulator.not_following", nickname=nickname)
        if isinstance(action, actions.Tap) and self._tapped(action) is None:
            raise Impossible("simulator.no_menu", path=list(action.path))

    def _tapped(self, tap: actions.Tap) -> tuple[Menu, Button] | None:
        """The menu that this follower sees, and the button at that place."""
        menu = self.account.menus.seen_by(self.follower.tags, self.follower.platform)
        button = at(menu, tap.path) if menu else None
        return None if menu is None or button is None or "type" not in button else (menu, button)

    def _say(self, action: AnyAction) -> Pushes:
        """A message of any kind."""
        media, now = self.account.media, self.world.now()
        match action:
            case actions.Say(text=text, item=item):
                return self._message(
                    "text", {"Content": text, "bizmsgmenuid": item}, {"text": text}
                )
            case actions.SendImage(media_id=given):
                media_id = given or media.sample("image").media_id
                fields = {"PicUrl": self._picture(media_id), "MediaId": media_id}
                return self._message("image", fields, {"media_id": media_id})
            case actions.SendVoice(media_id=given, recognition=said):
                media_id = given or media.sample("voice").media_id
                voice = media.get(media_id, now)
                format = voice.name.rpartition(".")[2] if voice else "amr"
                return self._message(
                    "voice",
                    {"MediaId": media_id, "Format": format} | self._recognised(said),
                    {"media_id": media_id, "format": format},
                )
            case actions.SendVideo(media_id=given) | actions.SendShortVideo(media_id=given):
                media_id, thumb = given or media.sample("video").media_id, media.sample("thumb")
                kind = "video" if isinstance(action, actions.SendVideo) else "shortvideo"
                return self._message(
                    kind,
                    {"MediaId": media_id, "ThumbMediaId": thumb.media_id},
                    {"media_id": media_id, "thumb_media_id": thumb.media_id},
                )
            case actions.SendLocation():
                return self._location(action.latitude, action.longitude, action.scale, action.label)
            case actions.SendLink():
                return self._message(
                    "link",
                    {
                        "Title": action.title,
                        "Description": action.description,
                        "Url": action.url,
                    },
                    {"title": action.title, "description": action.description, "url": action.url},
                )
            case actions.SendFile():
                return self._message(
                    "file",
                    {"Title": action.title, "Description": action.description},
                    {"title": action.title, "description": action.description, "size": 1024},
                )
            case actions.SendMiniProgram():
                thumb = media.sample("thumb")
                return self._message(
                    "miniprogrampage",
                    {
                        "Title": action.title,
                        "AppId": action.appid,
                        "PagePath": action.pagepath,
                        "ThumbMediaId": thumb.media_id,
                    },
                    {
                        "title": action.title,
                        "appid": action.appid,
                        "pagepath": action.pagepath,
                        "thumb_media_id": thumb.media_id,
                    },
                )
        text = forms.UNSUPPORTED.get(self.follower.language, forms.UNSUPPORTED["en"])
        return self._message("text", {"Content": text}, {"text": text})

    def _message(self, kind: str, fields: Mapping[str, Field], content: Content) -> Pushes:
        header = self.pusher.header(self.follower.openid)
        body = forms.message(kind, fields) | {"MsgId": int(self.world.message_id())}
        if self.follower.blacklisted and self.world.options.blacklisted == "silent":
            self.world.show(self.follower, "follower", "follower", kind, content)
            return ()
        push = self.pusher.push(self.follower.openid, header | body)
        self.world.show(self.follower, "follower", "follower", kind, content, push=push)
        return (push,)

    def _event(self, name: str, fields: Mapping[str, Field]) -> Pushes:
        header = self.pusher.header(self.follower.openid)
        body = forms.event(name, fields)
        for own, value in (("OpenID", self.follower.openid), ("AppID", self.account.keys.appid)):
            if body.get(own) == "":
                body[own] = value
        self._granted(body)
        push = self.pusher.push(self.follower.openid, header | body)
        content = {"name": push.event, "key": str(body.get("EventKey") or "")}
        self.world.show(self.follower, "system", "follower", "event", content, push=push)
        return (push,)

    def _agree(self, template_id: str, *, yes: bool) -> Pushes:
        item: Field = {
            "TemplateId": template_id,
            "SubscribeStatusString": "accept" if yes else "reject",
            "PopupScene": 1,
        }
        popup: Field = {"List": [item]}
        return self._event("subscribe_msg_popup_event", {"SubscribeMsgPopupEvent": popup})

    def _granted(self, body: Mapping[str, Field]) -> None:
        """Note what the follower agrees to, or agrees to no longer (docs/protocol.md#i2)."""
        for wrapper in ("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent"):
            list_ = body.get(wrapper)
            items = list_.get("List") if isinstance(list_, Mapping) else None
            for item in items if isinstance(items, list) else [items]:
                if isinstance(item, Mapping):
                    self._grant(str(item.get("TemplateId")), str(item.get("SubscribeStatusString")))

    def _grant(self, template_id: str, status: str) -> None:
        grants = self.follower.grants
        grants[template_id] = grants.get(template_id, 0) + 1 if status == "accept" else 0

    def _location(self, latitude: float, longitude: float, scale: int, label: str) -> Pushes:
        return self._message(
            "location",
            {"Location_X": latitude, "Location_Y": longitude, "Scale": scale, "Label": label},
            {"latitude": latitude, "longitude": longitude, "scale": scale, "label": label},
        )

    def _follow(self, scene: str) -> Pushes:
        follower = self.follower
        follower.following, follower.followed_at = True, self.world.now()
        follower.scene = scene
        if not scene:
            return self._event("subscribe", {})
        ticket = self.account.scenes.of(scene, self.world.now()).ticket
        return self._event("subscribe", {"EventKey": f"qrscene_{scene}", "Ticket": ticket})

    def _unfollow(self) -> Pushes:
        self.follower.following = False
        pushes = self._event("unsubscribe", {})
        self.follower.windows.close()
        return pushes

    def _scan(self, scene: str) -> Pushes:
        if not self.follower.following:
            return self._follow(scene)
        ticket = self.account.scenes.of(scene, self.world.now()).ticket
        return self._event("SCAN", {"EventKey": scene, "Ticket": ticket})

    def _tap(self, tap: actions.Tap) -> Pushes:
        found = self._tapped(tap)
        assert found is not None  # noqa: S101  # checked before it is done
        menu, button = found
        key = str(button.get("key", ""))
        # The docs give VIEW a MenuId only for conditional menus (docs/protocol.md#d1).
        menu_id = menu.id if menu.rule is not None else None
        match button.get("type"):
            case "click":
                return self._event("CLICK", {"EventKey": key})
            case "view":
                url = str(button["url"])
                return self._event("VIEW", {"EventKey": url, "MenuId": menu_id})
            case "miniprogram":
                page = str(button["pagepath"])
                return self._event("view_miniprogram", {"EventKey": page, "MenuId": menu.id})
            case "scancode_push" | "scancode_waitmsg" as name:
                code = {"ScanType": "qrcode", "ScanResult": tap.result}
                return self._event(name, {"EventKey": key, "ScanCodeInfo": code})
            case "pic_sysphoto" | "pic_photo_or_album" | "pic_weixin" as name:
                return self._pictures(name, key, tap.media_ids)
            case "location_select":
                return self._place(key, tap)
        return self._material(button)

    def _pictures(self, name: str, key: str, media_ids: tuple[str, ...]) -> Pushes:
        """The event with the sums of the pictures, then each picture as a message."""
        media_ids = media_ids or (self.account.media.sample("image").media_id,)
        items: list[Field] = [{"PicMd5Sum": self._sum(media_id)} for media_id in media_ids]
        info: Field = {"Count": len(items), "PicList": {"item": items}}
        pushes = self._event(name, {"EventKey": key, "SendPicsInfo": info})
        for media_id in media_ids:
            pushes += self._say(actions.SendImage(media_id))
        return pushes

    def _place(self, key: str, tap: actions.Tap) -> Pushes:
        """The event with the place, then the place as a message."""
        info: Field = {
            "Location_X": str(tap.latitude),
            "Location_Y": str(tap.longitude),
            "Scale": "15",
            "Label": tap.label,
            "Poiname": "",
        }
        pushes = self._event("location_select", {"EventKey": key, "SendLocationInfo": info})
        return pushes + self._location(tap.latitude, tap.longitude, 15, tap.label)

    def _material(self, button: Button) -> Pushes:
        """The buttons for which the platform pushes nothing: it sends the material itself."""
        if media_id := button.get("media_id"):
            media = self.account.media.get(str(media_id), self.world.now())
            kind = media.type if media else "mpnews"
            content = {"id": media_id} if kind == "mpnews" else {"media_id": media_id}
            self.world.show(self.follower, "account", "menu", kind, content)
        elif article_id := button.get("article_id"):
            content = {"id": article_id}
            self.world.show(self.follower, "account", "menu", "mpnewsarticle", content)
        return ()

    def _raw(self, raw: actions.Raw) -> Pushes:
        body = raw.body
        if raw.fresh:
            created = self.follower.moment(self.world.now())
            body = renewed(body, self.world.message_id(), created)
        fields = fields_of(body)
        return (self.pusher.push(self.follower.openid, fields, body=body.encode()),)

    def _recognised(self, said: str) -> dict[str, Field]:
        match self.world.options.recognition:
            case "absent":
                return {}
            case "filled":
                return {"Recognition": said}
        return {"Recognition": ""}

    def _picture(self, media_id: str) -> str:
        return self.world.picture_url.format(media_id=media_id, account=self.account.id)

    def _sum(self, media_id: str) -> str:
        media = self.account.media.get(media_id, self.world.now())
        return md5(media.data if media else b"", usedforsecurity=False).hexdigest()


def renewed(body: str, message_id: str, created: int) -> str:
    """The same push as if it were sent now: another MsgId, another CreateTime."""
    body = re.sub(r"(<MsgId>)\d+(</MsgId>)", rf"\g<1>{message_id}\g<2>", body)
    body = re.sub(r"(<CreateTime>)\d+(</CreateTime>)", rf"\g<1>{created}\g<2>", body)
    body = re.sub(r'("MsgId":\s*"?)\d+', rf"\g<1>{message_id}", body)
    return re.sub(r'("CreateTime":\s*"?)\d+', rf"\g<1>{created}", body)


def fields_of(body: str) -> dict[str, Field]:
    """The fields of a push as it is written; none if it is neither XML nor JSON."""
    try:
        document: object = json.loads(body) if body.lstrip().startswith("{") else xml.parse(body)
    except (ExpatError, ValueError):
        return {}
    fields = document.get("xml", document) if isinstance(document, dict) else None
    return fields if isinstance(fields, dict) else {}
