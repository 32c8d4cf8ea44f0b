"""The page on which a follower agrees to one message: what comes before template/subscribe."""

from urllib.parse import urlencode

from yizhan.errors import SettingsError

PAGE = "https://mp.weixin.qq.com/mp/subscribemsg"
SCENES = range(10_001)
LONGEST = 128  # bytes of `reserved`


def subscribe_url(
    appid: str, template_id: str, redirect_url: str, *, scene: int, reserved: str = ""
) -> str:
    """Where to send the follower; the order of the parameters matters.

    They come back to `redirect_url` with `openid`, `template_id`, `action` (`confirm` or
    `cancel`), `scene` and `reserved`: put a value in that that nobody can guess, and compare
    it. Raises SettingsError for a scene or `reserved` that WeChat would not take.
    """
    if scene not in SCENES:
        raise SettingsError("subscribing.scene", scene=scene)
    if len(reserved) > LONGEST or not (reserved.isascii() and (reserved.isalnum() or not reserved)):
        raise SettingsError("subscribing.reserved")
    asked = {
        "action": "get_confirm",
        "appid": appid,
        "scene": scene,
        "template_id": template_id,
        "redirect_url": redirect_url,
        "reserved": reserved,
    }
    return f"{PAGE}?{urlencode(asked)}#wechat_redirect"
