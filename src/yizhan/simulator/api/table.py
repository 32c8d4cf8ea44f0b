"""Which function stands for which endpoint."""

from collections.abc import Callable, Mapping

from yizhan.simulator.api import media, menus, messages, qrcodes, tokens, tools, users
from yizhan.simulator.api.call import Answer, Call, Request
from yizhan.simulator.official import OfficialAccount
from yizhan.simulator.world import World

Handler = Callable[[Call], Mapping[str, object] | Answer]

HANDLERS: Mapping[str, Handler] = {
    "/cgi-bin/token": tokens.plain,
    "/cgi-bin/stable_token": tokens.stable,
    "/cgi-bin/message/custom/send": messages.send,
    "/cgi-bin/message/custom/typing": messages.typing,
    "/cgi-bin/menu/create": menus.create,
    "/cgi-bin/menu/get": menus.get,
    "/cgi-bin/menu/delete": menus.delete,
    "/cgi-bin/menu/addconditional": menus.add_conditional,
    "/cgi-bin/menu/delconditional": menus.delete_conditional,
    "/cgi-bin/menu/trymatch": menus.try_match,
    "/cgi-bin/get_current_selfmenu_info": menus.current,
    "/cgi-bin/media/upload": media.upload,
    "/cgi-bin/media/get": media.get,
    "/cgi-bin/media/uploadimg": media.upload_image,
    "/cgi-bin/material/add_material": media.add,
    "/cgi-bin/material/del_material": media.remove,
    "/cgi-bin/material/get_materialcount": media.count,
    "/cgi-bin/qrcode/create": qrcodes.create,
    "/cgi-bin/showqrcode": qrcodes.show,
    "/cgi-bin/user/info": users.info,
    "/cgi-bin/user/info/batchget": users.infos,
    "/cgi-bin/user/info/updateremark": users.remark,
    "/cgi-bin/user/get": users.get,
    "/cgi-bin/tags/create": users.create_tag,
    "/cgi-bin/tags/get": users.tags,
    "/cgi-bin/tags/update": users.rename_tag,
    "/cgi-bin/tags/delete": users.delete_tag,
    "/cgi-bin/user/tag/get": users.tagged,
    "/cgi-bin/tags/members/batchtagging": users.tag,
    "/cgi-bin/tags/members/batchuntagging": users.untag,
    "/cgi-bin/tags/getidlist": users.tags_of,
    "/cgi-bin/getcallbackip": tools.callback_ip,
    "/cgi-bin/get_api_domain_ip": tools.api_ip,
    "/cgi-bin/clear_quota": tools.clear_quota,
    "/cgi-bin/openapi/quota/get": tools.quota,
    "/cgi-bin/ticket/getticket": tools.ticket,
}

# Endpoints without an access token: whose call it is stands in the arguments.
TOKENLESS: Mapping[str, Callable[[World, Request], OfficialAccount]] = {
    "/cgi-bin/token": tokens.by_secret,
    "/cgi-bin/stable_token": tokens.by_secret,
    "/cgi-bin/showqrcode": qrcodes.by_ticket,
}
