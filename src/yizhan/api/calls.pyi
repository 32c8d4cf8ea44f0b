# Written by scripts/describe from platform/*.toml: change those.
# ruff: noqa
# fmt: off
"""The endpoints as attributes, for editors and checkers."""

from collections.abc import Mapping, Sequence
from datetime import date as Day
from typing import Literal, NotRequired, TypedDict, overload

from yizhan.api.files import Uploadable
from yizhan.api.saving import Media

class Answer(TypedDict, total=False):
    errcode: int
    errmsg: str

class DnsCheck(TypedDict):
    ip: str
    real_operator: str

class PingCheck(TypedDict):
    ip: str
    from_operator: str
    package_loss: str
    time: NotRequired[str]

class Quota(TypedDict):
    daily_limit: int
    used: int
    remain: int

class RateLimit(TypedDict):
    call_count: int
    refresh_second: int

class CallRecord(TypedDict):
    invoke_time: int
    cost_in_ms: int
    request_url: str
    request_body: str
    response_body: str
    client_ip: str

class AutoReply(TypedDict):
    type: Literal["text", "img", "voice", "video", "news"]
    """the kind · 类型"""
    content: NotRequired[str]
    """the text · 内容"""

class AutoReplyKeyword(TypedDict):
    type: str
    """the kind · 类型"""
    match_mode: Literal["contain", "equal"]
    content: str
    """the text · 内容"""

class AutoReplyNews(TypedDict):
    title: str
    """the title · 标题"""
    author: NotRequired[str]
    digest: NotRequired[str]
    show_cover: NotRequired[int]
    cover_url: NotRequired[str]
    content_url: NotRequired[str]
    source_url: NotRequired[str]

class AutoReplyNewsList(TypedDict):
    list: list[AutoReplyNews]

class AutoReplyItem(TypedDict):
    type: Literal["text", "img", "voice", "video", "news"]
    """the kind · 类型"""
    content: NotRequired[str]
    """the text · 内容"""
    news_info: NotRequired[AutoReplyNewsList]

class AutoReplyRule(TypedDict):
    rule_name: str
    create_time: int
    """when it was made, in seconds · 创建时间，秒"""
    reply_mode: Literal["reply_all", "random_one"]
    keyword_list_info: list[AutoReplyKeyword]
    reply_list_info: list[AutoReplyItem]

class AutoReplyRules(TypedDict):
    list: list[AutoReplyRule]

class FuncScope(TypedDict):
    funcscope_category: FuncCategory

class FuncCategory(TypedDict):
    id: int
    type: NotRequired[int]
    """the kind · 类型"""
    name: NotRequired[str]
    desc: NotRequired[str]

class Authorization(TypedDict):
    authorizer_appid: str
    """the AppID of the account that has authorised · 授权账号的 AppID"""
    authorizer_access_token: str
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    authorizer_refresh_token: str
    """the refresh token of the account · 授权账号的刷新令牌"""
    func_info: list[FuncScope]

class AuthorizerKind(TypedDict):
    id: int
    name: NotRequired[str]

class BusinessInfo(TypedDict):
    open_pay: NotRequired[int]
    open_shop: NotRequired[int]
    open_scan: NotRequired[int]
    open_card: NotRequired[int]
    open_store: NotRequired[int]

class BasicConfig(TypedDict):
    is_phone_configured: NotRequired[bool]
    is_email_configured: NotRequired[bool]

class AuthorizerInfo(TypedDict):
    nick_name: str
    head_img: NotRequired[str]
    service_type_info: AuthorizerKind
    verify_type_info: AuthorizerKind
    user_name: str
    principal_name: NotRequired[str]
    alias: NotRequired[str]
    business_info: NotRequired[BusinessInfo]
    qrcode_url: NotRequired[str]
    idc: NotRequired[int]
    signature: NotRequired[str]
    account_status: NotRequired[int]
    register_type: NotRequired[int]
    basic_config: NotRequired[BasicConfig]
    MiniProgramInfo: NotRequired[object]
    channels_info: NotRequired[object]

class GrantedRights(TypedDict):
    authorizer_appid: str
    """the AppID of the account that has authorised · 授权账号的 AppID"""
    authorizer_refresh_token: NotRequired[str]
    """the refresh token of the account · 授权账号的刷新令牌"""
    func_info: list[FuncScope]

class Authorizer(TypedDict):
    authorizer_appid: str
    """the AppID of the account that has authorised · 授权账号的 AppID"""
    refresh_token: str
    """the user's refresh token · 用户的刷新令牌"""
    auth_time: int

class Text(TypedDict):
    content: str
    """the text, 2048 bytes at most · 文本，最多 2048 字节"""

class MediaId(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""

class VideoMessage(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""
    thumb_media_id: NotRequired[str]
    """the id of its thumbnail · 缩略图的素材 id"""
    title: NotRequired[str]
    """the title · 标题"""
    description: NotRequired[str]
    """a description · 描述"""

class MusicMessage(TypedDict):
    title: NotRequired[str]
    """the title · 标题"""
    description: NotRequired[str]
    """a description · 描述"""
    musicurl: str
    """the address of the music · 音乐的网址"""
    hqmusicurl: str
    """the address in better quality, for Wi-Fi · Wi-Fi 下用的高品质音乐网址"""
    thumb_media_id: NotRequired[str]
    """the id of its thumbnail · 缩略图的素材 id"""

class NewsArticle(TypedDict):
    title: str
    """the title · 标题"""
    description: NotRequired[str]
    """a description · 描述"""
    url: str
    """the address that a click opens · 点击后打开的网址"""
    picurl: NotRequired[str]
    """the address of its picture · 图片的网址"""

class NewsMessage(TypedDict):
    articles: list[NewsArticle]
    """one article · 文章，1 篇"""

class ArticleId(TypedDict):
    article_id: str
    """the id of what was published · 已发布文章的 id"""

class MenuItem(TypedDict):
    id: str
    """the id that comes back when it is chosen · 用户点击后随消息回来的 id"""
    content: str
    """what the choice says · 选项的文字"""

class MenuMessage(TypedDict):
    head_content: NotRequired[str]
    """the text above the choices · 选项上方的文字"""
    list: list[MenuItem]
    """the choices · 选项"""
    tail_content: NotRequired[str]
    """the text below the choices · 选项下方的文字"""

class CardId(TypedDict):
    card_id: str
    """the card's id · 卡券 id"""

class MiniProgramPage(TypedDict):
    title: NotRequired[str]
    """the title · 标题"""
    appid: str
    """the mini-program's AppID, which must be linked · 小程序的 AppID，须已关联"""
    pagepath: str
    """the page of the mini-program, parameters included · 小程序页面路径，可带参数"""
    thumb_media_id: str
    """the id of its cover · 封面的素材 id"""

class KfFrom(TypedDict):
    kf_account: str
    """the customer-service account, as name@account · 客服账号，形如 name@公众号微信号"""

class AiContext(TypedDict):
    is_ai_msg: Literal[0, 1]
    """1 for what an AI has written · 1 由 AI 生成"""

class KfAccount(TypedDict):
    kf_account: str
    """the customer-service account, as name@account · 客服账号，形如 name@公众号微信号"""
    kf_nick: str
    kf_id: str
    kf_headimgurl: str
    kf_wx: NotRequired[str]
    invite_wx: NotRequired[str]
    invite_expire_time: NotRequired[int]
    invite_status: NotRequired[str]

class OnlineKf(TypedDict):
    kf_account: str
    """the customer-service account, as name@account · 客服账号，形如 name@公众号微信号"""
    status: int
    kf_id: str
    accepted_case: int

class KfSession(TypedDict):
    openid: str
    """the follower's openid · 粉丝的 openid"""
    createtime: int

class WaitCase(TypedDict):
    openid: str
    """the follower's openid · 粉丝的 openid"""
    latest_time: int
    kf_account: NotRequired[str]
    """the customer-service account, as name@account · 客服账号，形如 name@公众号微信号"""

class KfRecord(TypedDict):
    openid: str
    """the follower's openid · 粉丝的 openid"""
    opercode: int
    text: str
    """a text that goes with it · 附带的文字"""
    time: int
    worker: str

class UserSummary(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    user_source: int
    """the number of the channel · 渠道的编号"""
    new_user: int
    cancel_user: int

class UserCumulate(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    user_source: NotRequired[int]
    """the number of the channel · 渠道的编号"""
    cumulate_user: int

class ArticleSummary(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msgid: str
    """the id of the message · 消息的 id"""
    title: str
    """the title · 标题"""
    int_page_read_user: int
    """readers of the article · 图文页阅读人数"""
    int_page_read_count: int
    """reads of the article · 图文页阅读次数"""
    ori_page_read_user: int
    """readers of the original page · 原文页阅读人数"""
    ori_page_read_count: int
    """reads of the original page · 原文页阅读次数"""
    share_user: int
    """people who shared it · 分享人数"""
    share_count: int
    """times it was shared · 分享次数"""
    add_to_fav_user: int
    """people who kept it as a favourite · 收藏人数"""
    add_to_fav_count: int
    """times it was kept as a favourite · 收藏次数"""

class ArticleTotalDay(TypedDict):
    stat_date: str
    """the day up to which is counted · 统计到哪一天"""
    target_user: int
    int_page_read_user: int
    """readers of the article · 图文页阅读人数"""
    int_page_read_count: int
    """reads of the article · 图文页阅读次数"""
    ori_page_read_user: int
    """readers of the original page · 原文页阅读人数"""
    ori_page_read_count: int
    """reads of the original page · 原文页阅读次数"""
    share_user: int
    """people who shared it · 分享人数"""
    share_count: int
    """times it was shared · 分享次数"""
    add_to_fav_user: int
    """people who kept it as a favourite · 收藏人数"""
    add_to_fav_count: int
    """times it was kept as a favourite · 收藏次数"""
    int_page_from_session_read_user: NotRequired[int]
    int_page_from_session_read_count: NotRequired[int]
    int_page_from_hist_msg_read_user: NotRequired[int]
    int_page_from_hist_msg_read_count: NotRequired[int]
    int_page_from_feed_read_user: NotRequired[int]
    int_page_from_feed_read_count: NotRequired[int]
    int_page_from_friends_read_user: NotRequired[int]
    int_page_from_friends_read_count: NotRequired[int]
    int_page_from_other_read_user: NotRequired[int]
    int_page_from_other_read_count: NotRequired[int]
    int_page_from_kanyikan_read_user: NotRequired[int]
    int_page_from_kanyikan_read_count: NotRequired[int]
    int_page_from_souyisou_read_user: NotRequired[int]
    int_page_from_souyisou_read_count: NotRequired[int]
    feed_share_from_session_user: NotRequired[int]
    feed_share_from_session_cnt: NotRequired[int]
    feed_share_from_feed_user: NotRequired[int]
    feed_share_from_feed_cnt: NotRequired[int]
    feed_share_from_other_user: NotRequired[int]
    feed_share_from_other_cnt: NotRequired[int]

class ArticleTotal(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msgid: str
    """the id of the message · 消息的 id"""
    title: str
    """the title · 标题"""
    details: list[ArticleTotalDay]

class UserRead(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    user_source: NotRequired[int]
    """the number of the channel · 渠道的编号"""
    int_page_read_user: int
    """readers of the article · 图文页阅读人数"""
    int_page_read_count: int
    """reads of the article · 图文页阅读次数"""
    ori_page_read_user: int
    """readers of the original page · 原文页阅读人数"""
    ori_page_read_count: int
    """reads of the original page · 原文页阅读次数"""
    share_user: int
    """people who shared it · 分享人数"""
    share_count: int
    """times it was shared · 分享次数"""
    add_to_fav_user: int
    """people who kept it as a favourite · 收藏人数"""
    add_to_fav_count: int
    """times it was kept as a favourite · 收藏次数"""

class UserReadHour(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    ref_hour: int
    """the hour, as 0, 100, 2300 · 小时，如 0、100、2300"""
    user_source: int
    """the number of the channel · 渠道的编号"""
    int_page_read_user: int
    """readers of the article · 图文页阅读人数"""
    int_page_read_count: int
    """reads of the article · 图文页阅读次数"""
    ori_page_read_user: int
    """readers of the original page · 原文页阅读人数"""
    ori_page_read_count: int
    """reads of the original page · 原文页阅读次数"""
    share_user: int
    """people who shared it · 分享人数"""
    share_count: int
    """times it was shared · 分享次数"""
    add_to_fav_user: int
    """people who kept it as a favourite · 收藏人数"""
    add_to_fav_count: int
    """times it was kept as a favourite · 收藏次数"""

class UserShare(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    share_scene: int
    share_count: int
    """times it was shared · 分享次数"""
    share_user: int
    """people who shared it · 分享人数"""

class UserShareHour(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    ref_hour: int
    """the hour, as 0, 100, 2300 · 小时，如 0、100、2300"""
    share_scene: int
    share_count: int
    """times it was shared · 分享次数"""
    share_user: int
    """people who shared it · 分享人数"""

class SceneCount(TypedDict):
    user_count: int
    scene_desc: str

class ReadDetail(TypedDict):
    read_user: int
    read_user_source: NotRequired[list[SceneCount]]

class ArticleRead(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msgid: str
    """the id of the message · 消息的 id"""
    detail: ReadDetail

class ShareDetail(TypedDict):
    share_user: int
    """people who shared it · 分享人数"""

class ArticleShare(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msgid: str
    """the id of the message · 消息的 id"""
    detail: ShareDetail

class BizDetail(TypedDict):
    read_user: int
    read_user_source: NotRequired[list[SceneCount]]
    share_user: int
    """people who shared it · 分享人数"""
    zaikan_user: int
    like_user: int
    comment_count: int
    collection_user: int
    redirect_ori_page_user: int
    send_page_count: int

class BizSummary(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    detail: BizDetail

class JumpPosition(TypedDict):
    position: int
    rate: float

class ArticleDetailDay(TypedDict):
    stat_date: str
    """the day up to which is counted · 统计到哪一天"""
    read_user: int
    read_user_source: NotRequired[list[SceneCount]]
    share_user: int
    """people who shared it · 分享人数"""
    zaikan_user: int
    like_user: int
    comment_count: int
    collection_user: int
    praise_money: int
    read_subscribe_user: int
    read_delivery_rate: float
    read_finish_rate: float
    read_avg_activetime: float
    read_jump_position: NotRequired[list[JumpPosition]]

class ArticleDetail(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msgid: str
    """the id of the message · 消息的 id"""
    publish_type: NotRequired[int]
    title: NotRequired[str]
    """the title · 标题"""
    content_url: NotRequired[str]
    detail_list: list[ArticleDetailDay]

class UpstreamMsg(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    msg_type: int
    msg_user: int
    msg_count: int

class UpstreamMsgHour(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    ref_hour: int
    """the hour, as 0, 100, 2300 · 小时，如 0、100、2300"""
    msg_type: int
    msg_user: int
    msg_count: int

class UpstreamMsgDist(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    count_interval: int
    msg_user: int

class InterfaceSummary(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    callback_count: int
    fail_count: int
    total_time_cost: int
    max_time_cost: int

class InterfaceSummaryHour(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    ref_hour: int
    """the hour, as 0, 100, 2300 · 小时，如 0、100、2300"""
    callback_count: int
    fail_count: int
    total_time_cost: int
    max_time_cost: int

class CardDay(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    view_cnt: int
    view_user: int
    receive_cnt: int
    receive_user: int
    verify_cnt: int
    verify_user: int
    given_cnt: int
    given_user: int
    expire_cnt: int
    expire_user: int

class FreeCardDay(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    card_id: str
    """the card's id · 卡券 id"""
    card_type: int
    view_cnt: int
    view_user: int
    receive_cnt: int
    receive_user: int
    verify_cnt: int
    verify_user: int
    given_cnt: int
    given_user: int
    expire_cnt: int
    expire_user: int

class MemberCardDay(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    view_cnt: int
    view_user: int
    receive_cnt: int
    receive_user: int
    verify_cnt: int
    verify_user: int
    active_cnt: int
    active_user: int
    total_user: int
    total_receive_user: int

class MemberCardDetail(TypedDict):
    ref_date: str
    """the day, as 2026-11-01 · 数据的日期，如 2026-11-01"""
    cardid: str
    merchanttype: NotRequired[int]
    submerchantid: NotRequired[object]
    new_user: int
    payOriginalFee: int
    fee: int
    view_cnt: NotRequired[int]
    view_user: NotRequired[int]
    receive_cnt: NotRequired[int]
    receive_user: NotRequired[int]
    verify_cnt: NotRequired[int]
    verify_user: NotRequired[int]
    active_cnt: NotRequired[int]
    active_user: NotRequired[int]
    total_user: NotRequired[int]
    total_receive_user: NotRequired[int]

class BaseResp(TypedDict):
    ret: Literal[0]
    err_msg: str

class AdDay(TypedDict):
    slot_id: NotRequired[int]
    ad_slot: NotRequired[str]
    """the kind of advertising slot; all when left out · 广告位类型，不填为全部"""
    date: NotRequired[str]
    req_succ_count: NotRequired[int]
    exposure_count: NotRequired[int]
    exposure_rate: NotRequired[float]
    click_count: NotRequired[int]
    click_rate: NotRequired[float]
    income: NotRequired[int]
    ecpm: NotRequired[float]
    order_count: NotRequired[int]
    order_rate: NotRequired[float]
    total_fee: NotRequired[int]
    total_commission: NotRequired[int]

class SlotRevenue(TypedDict):
    slot_id: str
    slot_settled_revenue: int

class Settlement(TypedDict):
    date: str
    zone: str
    month: str
    order: int
    sett_status: int
    settled_revenue: int
    sett_no: str
    mail_send_cnt: NotRequired[object]
    slot_revenue: NotRequired[list[SlotRevenue]]

class ImageRef(TypedDict):
    image_media_id: str
    """the picture's permanent medium · 图片的永久素材 id"""

class ImageList(TypedDict):
    image_list: list[ImageRef]
    """the pictures, 20 at most; the first is the cover · 图片，最多 20 张，第一张为封面"""

class DraftArticle(TypedDict):
    article_type: NotRequired[Literal["news", "newspic"]]
    """news, which is taken when left out, or newspic for pictures · news 图文（默认），newspic 图片消息"""
    title: str
    """the title, 32 characters at most · 标题，32 字以内"""
    author: NotRequired[str]
    """the author, 16 characters at most · 作者，16 字以内"""
    digest: NotRequired[str]
    """the digest, 128 characters at most; the text's first 54 when left out · 摘要，128 字以内，不填取正文前 54 字"""
    content: str
    """the text in HTML; pictures by media.uploadimg first · 正文 HTML，图片须先用 media.uploadimg 上传"""
    content_source_url: NotRequired[str]
    """the address of the original · “阅读原文”的网址"""
    thumb_media_id: NotRequired[str]
    """the permanent medium of the cover; an article needs it · 封面的永久素材 id，图文必填"""
    need_open_comment: NotRequired[Literal[0, 1]]
    """1 to allow comments · 1 打开留言"""
    only_fans_can_comment: NotRequired[Literal[0, 1]]
    """1 for comments of followers only · 1 只有粉丝能留言"""
    pic_crop_235_1: NotRequired[str]
    """where to crop the cover to 2.35:1, X1_Y1_X2_Y2 · 封面裁成 2.35:1 的坐标，X1_Y1_X2_Y2"""
    pic_crop_1_1: NotRequired[str]
    """where to crop the cover to 1:1, X1_Y1_X2_Y2 · 封面裁成 1:1 的坐标，X1_Y1_X2_Y2"""
    image_info: NotRequired[ImageList]
    """the pictures of a newspic · 图片消息的图片"""
    cover_info: NotRequired[CoverInfo]
    """the cover of a newspic · 图片消息的封面"""
    product_info: NotRequired[ProductInfo]
    """the product · 商品"""

class CoverCrop(TypedDict):
    ratio: Literal["1_1", "16_9", "2.35_1"]
    """the ratio · 裁剪比例"""
    x1: str
    """left, from 0 to 1 · 左上角横坐标，0 到 1"""
    y1: str
    """top, from 0 to 1 · 左上角纵坐标，0 到 1"""
    x2: str
    """right, from 0 to 1 · 右下角横坐标，0 到 1"""
    y2: str
    """bottom, from 0 to 1 · 右下角纵坐标，0 到 1"""

class CoverInfo(TypedDict):
    crop_percent_list: list[CoverCrop]
    """where to crop, for each ratio · 各比例的裁剪坐标"""

class FooterProduct(TypedDict):
    product_key: str
    """the product's key, by getcardinfo · 商品的 key，由 getcardinfo 得到"""

class ProductInfo(TypedDict):
    footer_product_info: FooterProduct
    """the product below the text · 文末的商品"""

class StoredArticle(TypedDict):
    article_type: NotRequired[str]
    title: str
    """the title · 标题"""
    author: NotRequired[str]
    digest: NotRequired[str]
    content: NotRequired[str]
    """the text · 内容"""
    content_source_url: NotRequired[str]
    thumb_media_id: NotRequired[str]
    thumb_url: NotRequired[str]
    need_open_comment: NotRequired[int]
    only_fans_can_comment: NotRequired[int]
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""
    show_cover_pic: NotRequired[int]
    image_info: NotRequired[ImageList]
    product_info: NotRequired[ProductInfo]
    is_deleted: NotRequired[bool]

class DraftContent(TypedDict):
    news_item: list[StoredArticle]
    create_time: NotRequired[int]
    """when it was made, in seconds · 创建时间，秒"""
    update_time: NotRequired[int]
    """when it was changed, in seconds · 更新时间，秒"""

class Draft(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""
    content: DraftContent
    """the text · 内容"""
    update_time: int
    """when it was changed, in seconds · 更新时间，秒"""

class PublishedItem(TypedDict):
    idx: int
    article_url: str

class PublishDetail(TypedDict):
    count: int
    """how many at most · 最多返回几条"""
    item: list[PublishedItem]

class Publication(TypedDict):
    article_id: str
    """the id of what was published · 已发布文章的 id"""
    content: DraftContent
    """the text · 内容"""
    update_time: int
    """when it was changed, in seconds · 更新时间，秒"""

class CommentReply(TypedDict):
    content: str
    """the text · 内容"""
    create_time: int
    """when it was made, in seconds · 创建时间，秒"""

class Comment(TypedDict):
    user_comment_id: int
    """the comment's id · 留言的 id"""
    openid: NotRequired[str]
    """the follower's openid · 粉丝的 openid"""
    create_time: int
    """when it was made, in seconds · 创建时间，秒"""
    content: str
    """the text · 内容"""
    comment_type: int
    reply: NotRequired[CommentReply]

class MassFilter(TypedDict):
    is_to_all: bool
    """true for all followers · true 发给全部粉丝"""
    tag_id: NotRequired[int]
    """the tag's id, needed unless it is for all · 标签 id，is_to_all 为 false 时必填"""

class MassText(TypedDict):
    content: str
    """the text, 2048 bytes at most · 文本，最多 2048 字节"""

class MassMedia(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""

class MassImages(TypedDict):
    media_ids: list[str]
    """the ids of the pictures · 图片的素材 id"""
    recommend: NotRequired[str]
    """a text above them · 推荐语"""
    need_open_comment: NotRequired[int]
    """1 to allow comments · 1 打开留言"""
    only_fans_can_comment: NotRequired[int]
    """1 for comments of followers only · 1 只有粉丝能留言"""

class MassVideo(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""
    title: NotRequired[str]
    """the title · 标题"""
    description: NotRequired[str]
    """a description · 描述"""

class MassCard(TypedDict):
    card_id: str
    """the card's id · 卡券 id"""

class VideoDescription(TypedDict):
    title: str
    """the title · 标题"""
    introduction: str
    """what the video is about · 视频的简介"""

class MaterialArticle(TypedDict):
    title: str
    """the title · 标题"""
    thumb_media_id: NotRequired[str]
    show_cover_pic: NotRequired[int]
    author: NotRequired[str]
    digest: NotRequired[str]
    content: NotRequired[str]
    """the text · 内容"""
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""
    content_source_url: NotRequired[str]

class MaterialContent(TypedDict):
    news_item: list[MaterialArticle]
    create_time: NotRequired[int]
    """when it was made, in seconds · 创建时间，秒"""
    update_time: NotRequired[int]
    """when it was changed, in seconds · 更新时间，秒"""

class Material(TypedDict):
    media_id: str
    """the id of the medium · 素材 id"""
    name: NotRequired[str]
    update_time: int
    """when it was changed, in seconds · 更新时间，秒"""
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""
    content: NotRequired[MaterialContent]
    """the text · 内容"""

class Button(TypedDict):
    name: str
    """what the button says · 按钮上的文字"""
    type: NotRequired[Literal["click", "view", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select", "media_id", "view_limited", "article_id", "article_view_limited", "miniprogram"]]
    """what a tap does; left out with sub-buttons · 动作类型；有二级按钮时不填"""
    key: NotRequired[str]
    """the key that is pushed, for click and its like · click 等类型推送的 key"""
    url: NotRequired[str]
    """the address that view opens, or where the mini-program cannot be opened · view 打开的网址；小程序打不开时也用它"""
    media_id: NotRequired[str]
    """the permanent medium of media_id and view_limited · media_id、view_limited 的永久素材"""
    article_id: NotRequired[str]
    """the published article of article_id and article_view_limited · article_id、article_view_limited 的已发布文章"""
    appid: NotRequired[str]
    """the AppID of miniprogram, which must be linked · miniprogram 的 AppID，须已关联"""
    pagepath: NotRequired[str]
    """the page of miniprogram · miniprogram 的页面路径"""
    sub_button: NotRequired[list[Button]]
    """the buttons below it, one to five · 二级按钮，1 到 5 个"""

class MatchRule(TypedDict):
    tag_id: NotRequired[str]
    """the tag's id · 标签 id"""
    client_platform_type: NotRequired[Literal["1", "2", "3"]]
    """1 iOS, 2 Android, 3 others · 1 iOS，2 Android，3 其他"""

class Menu(TypedDict):
    button: list[Button]
    """the buttons of the first level, one to three · 一级按钮，1 到 3 个"""
    menuid: NotRequired[int]
    """the id of the conditional menu · 个性化菜单的 id"""

class ConditionalMenu(TypedDict):
    button: list[Button]
    """the buttons of the first level, one to three · 一级按钮，1 到 3 个"""
    matchrule: MatchRule
    menuid: int
    """the id of the conditional menu · 个性化菜单的 id"""

class SelfMenuNews(TypedDict):
    title: str
    """the title · 标题"""
    author: NotRequired[str]
    digest: NotRequired[str]
    show_cover: NotRequired[int]
    cover_url: NotRequired[str]
    content_url: NotRequired[str]
    source_url: NotRequired[str]

class SelfMenuNewsList(TypedDict):
    list: list[SelfMenuNews]

class SelfMenuSubButton(TypedDict):
    name: str
    type: NotRequired[str]
    """the kind · 类型"""
    key: NotRequired[str]
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""
    value: NotRequired[str]
    appid: NotRequired[str]
    """the account's AppID · 账号的 AppID"""
    pagepath: NotRequired[str]
    """the page of the mini-program, parameters included · 小程序页面路径，可带参数"""
    news_info: NotRequired[SelfMenuNewsList]

class SelfMenuSubButtons(TypedDict):
    list: list[SelfMenuSubButton]

class SelfMenuButton(TypedDict):
    name: str
    type: NotRequired[str]
    """the kind · 类型"""
    key: NotRequired[str]
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""
    value: NotRequired[str]
    appid: NotRequired[str]
    """the account's AppID · 账号的 AppID"""
    pagepath: NotRequired[str]
    """the page of the mini-program, parameters included · 小程序页面路径，可带参数"""
    news_info: NotRequired[SelfMenuNewsList]
    sub_button: NotRequired[SelfMenuSubButtons]

class SelfMenu(TypedDict):
    button: list[SelfMenuButton]
    """the buttons of the first level, one to three · 一级按钮，1 到 3 个"""

class Scene(TypedDict):
    scene_id: NotRequired[int]
    """the scene as a number, 1 to 100,000 for permanent codes · 数字场景值，永久码 1 到 100000"""
    scene_str: NotRequired[str]
    """the scene as a text of 1 to 64 characters · 字符串场景值，1 到 64 字"""

class ActionInfo(TypedDict):
    scene: Scene
    """the scene · 场景值"""

class JumpRule(TypedDict):
    prefix: str
    """the QR code's address, beginning with http://weixin.qq.com/q/ · 二维码地址，以 http://weixin.qq.com/q/ 开头"""
    path: str
    """the page of the mini-program · 小程序页面路径"""
    state: int
    open_version: NotRequired[int]
    debug_url: NotRequired[list[str]]

class Industry(TypedDict):
    first_class: str
    second_class: str

class Template(TypedDict):
    template_id: str
    """the template's id · 模板 id"""
    title: str
    """the title · 标题"""
    primary_industry: str
    deputy_industry: str
    content: str
    """the text · 内容"""
    example: str

class TemplateValue(TypedDict):
    value: str
    """the keyword's value · 关键词的值"""
    color: NotRequired[str]
    """no longer used · 已不使用"""

class MiniProgram(TypedDict):
    appid: str
    """the mini-program's AppID, which must be linked · 小程序的 AppID，须已关联"""
    pagepath: NotRequired[str]
    """the page of the mini-program, parameters included · 小程序页面路径，可带参数"""

class Category(TypedDict):
    id: int
    name: str

class NoticeKeyword(TypedDict):
    kid: int
    name: str
    example: str
    rule: str

class NoticeTitle(TypedDict):
    tid: int
    """the public template's id · 公共模板的 id"""
    title: str
    """the title · 标题"""
    type: int
    """the kind · 类型"""
    categoryId: str

class NoticeTemplate(TypedDict):
    priTmplId: str
    title: str
    """the title · 标题"""
    content: str
    """the text · 内容"""
    example: str
    type: int
    """the kind · 类型"""

class BlockedMessage(TypedDict):
    id: object
    tmpl_msg_id: str
    title: str
    """the title · 标题"""
    content: str
    """the text · 内容"""
    send_timestamp: int
    openid: str
    """the follower's openid · 粉丝的 openid"""

class UserInfo(TypedDict):
    subscribe: int
    """0 for no follower: then there is nothing else · 0 没有关注，此时没有其他信息"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    language: NotRequired[str]
    subscribe_time: NotRequired[int]
    """when they last followed, in seconds · 最近一次关注的时间，秒"""
    unionid: NotRequired[str]
    """the id across an open-platform account; only when bound to one · 开放平台账号下的统一 id，绑定后才有"""
    remark: NotRequired[str]
    """the remark, 30 bytes at most · 备注名，最多 30 字节"""
    groupid: NotRequired[int]
    tagid_list: NotRequired[list[int]]
    subscribe_scene: NotRequired[str]
    qr_scene: NotRequired[int]
    qr_scene_str: NotRequired[str]

class UserQuery(TypedDict):
    openid: str
    """the follower's openid · 粉丝的 openid"""
    lang: NotRequired[Literal["zh_CN", "zh_TW", "en"]]
    """the language; zh_CN when left out · 语言，默认 zh_CN"""

class OpenIds(TypedDict):
    openid: list[str]
    """the follower's openid · 粉丝的 openid"""

class Tag(TypedDict):
    id: int
    """the tag's id · 标签 id"""
    name: str
    """the tag's name · 标签名"""
    count: NotRequired[int]
    """how many followers have it · 标签下的粉丝数"""

class NewTag(TypedDict):
    name: str
    """the tag's name, 30 bytes at most · 标签名，最多 30 字节"""

class ChangedTag(TypedDict):
    id: int
    """the tag's id · 标签 id"""
    name: str
    """its new name · 新的标签名"""

class TagId(TypedDict):
    id: int
    """the tag's id · 标签 id"""

class ChangedOpenid(TypedDict):
    ori_openid: str
    new_openid: NotRequired[str]
    err_msg: str

class MediaVoiceQueryrecoresultfortextAnswer(Answer):
    result: str
    is_end: NotRequired[bool]

class MediaVoiceTranslatecontentAnswer(Answer):
    from_content: NotRequired[str]
    to_content: str

class SemanticSemproxySearchAnswer(Answer):
    query: NotRequired[str]
    type: NotRequired[str]
    """the kind · 类型"""
    semantic: NotRequired[dict[str, object]]

class CvOcrIdcardAnswer(Answer):
    type: str
    """the kind · 类型"""
    name: NotRequired[str]
    id: NotRequired[str]
    addr: NotRequired[str]
    gender: NotRequired[str]
    nationality: NotRequired[str]
    valid_date: NotRequired[str]

class CvOcrBankcardAnswer(Answer):
    number: str

class CvOcrDrivingAnswer(Answer):
    plate_num: NotRequired[str]
    vehicle_type: NotRequired[str]
    owner: NotRequired[str]
    addr: NotRequired[str]
    use_character: NotRequired[str]
    model: NotRequired[str]
    vin: NotRequired[str]
    engine_num: NotRequired[str]
    register_date: NotRequired[str]
    issue_date: NotRequired[str]

class CvOcrDrivinglicenseAnswer(Answer):
    id_num: NotRequired[str]
    name: NotRequired[str]
    sex: NotRequired[str]
    nationality: NotRequired[str]
    address: NotRequired[str]
    birth_date: NotRequired[str]
    issue_date: NotRequired[str]
    car_class: NotRequired[str]
    valid_from: NotRequired[str]
    valid_to: NotRequired[str]
    official_seal: NotRequired[str]

class CvOcrBizlicenseAnswer(Answer):
    reg_num: NotRequired[str]
    serial: NotRequired[str]
    legal_representative: NotRequired[str]
    enterprise_name: NotRequired[str]
    type_of_organization: NotRequired[str]
    address: NotRequired[str]
    type_of_enterprise: NotRequired[str]
    business_scope: NotRequired[str]
    registered_capital: NotRequired[str]
    paid_in_capital: NotRequired[str]
    valid_period: NotRequired[str]
    registered_date: NotRequired[str]

class CvOcrCommAnswer(Answer):
    items: list[dict[str, object]]
    img_size: NotRequired[dict[str, object]]

class CvOcrPlatenumAnswer(Answer):
    number: str

class CvOcrMenuAnswer(Answer):
    content: NotRequired[str]
    """the text · 内容"""

class CvImgQrcodeAnswer(Answer):
    code_results: list[dict[str, object]]
    img_size: NotRequired[dict[str, object]]

class CvImgSuperresolutionAnswer(Answer):
    media_id: str
    """the id of the medium · 素材 id"""

class CvImgAicropAnswer(Answer):
    results: list[dict[str, object]]
    img_size: NotRequired[dict[str, object]]

class StableTokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""

class TokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""

class TicketGetticketAnswer(Answer):
    ticket: str
    """the ticket · ticket"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""

class GetcallbackipAnswer(Answer):
    ip_list: list[str]

class GetApiDomainIpAnswer(Answer):
    ip_list: list[str]

class CallbackCheckAnswer(Answer):
    dns: NotRequired[list[DnsCheck]]
    ping: NotRequired[list[PingCheck]]

class OpenapiQuotaGetAnswer(Answer):
    quota: Quota
    rate_limit: NotRequired[RateLimit]
    component_rate_limit: NotRequired[RateLimit]

class OpenapiRidGetAnswer(Answer):
    request: CallRecord

class GetCurrentAutoreplyInfoAnswer(Answer):
    is_add_friend_reply_open: int
    is_autoreply_open: int
    add_friend_autoreply_info: NotRequired[AutoReply]
    message_default_autoreply_info: NotRequired[AutoReply]
    keyword_autoreply_info: NotRequired[AutoReplyRules]

class ComponentApiComponentTokenAnswer(Answer):
    component_access_token: str
    """the platform's token · 第三方平台的 token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""

class ComponentApiCreatePreauthcodeAnswer(Answer):
    pre_auth_code: str
    expires_in: int
    """how many seconds it is good · 有效秒数"""

class ComponentApiQueryAuthAnswer(Answer):
    authorization_info: Authorization

class ComponentApiAuthorizerTokenAnswer(Answer):
    authorizer_access_token: str
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    authorizer_refresh_token: str
    """the refresh token of the account · 授权账号的刷新令牌"""

class ComponentApiGetAuthorizerInfoAnswer(Answer):
    authorizer_info: AuthorizerInfo
    authorization_info: NotRequired[GrantedRights]

class ComponentApiGetAuthorizerListAnswer(Answer):
    total_count: int
    """how many in all · 总数"""
    list: list[Authorizer]

class ComponentApiGetAuthorizerOptionAnswer(Answer):
    authorizer_appid: NotRequired[str]
    """the AppID of the account that has authorised · 授权账号的 AppID"""
    option_name: str
    """the option: report of locations, recognition of voices, customer service · 选项名：上报地理位置、语音识别、多客服"""
    option_value: str
    """the option's value · 选项的值"""

class ComponentCheckCardAgentQualificationAnswer(Answer):
    result: NotRequired[str]

class ComponentCheckCardMerchantQualificationAnswer(Answer):
    result: NotRequired[str]

class OpenCreateAnswer(Answer):
    open_appid: str
    """the open-platform account's AppID · 开放平台账号的 AppID"""

class OpenGetAnswer(Answer):
    open_appid: str
    """the open-platform account's AppID · 开放平台账号的 AppID"""

class AccountFastregisterAnswer(Answer):
    appid: str
    """the account's AppID · 账号的 AppID"""
    authorization_code: str
    """the authorisation code · 授权码"""
    is_wx_verify_succ: object
    is_link_succ: object

class CustomserviceGetkflistAnswer(Answer):
    kf_list: list[KfAccount]

class CustomserviceGetonlinekflistAnswer(Answer):
    kf_online_list: list[OnlineKf]

class CustomserviceKfsessionGetsessionAnswer(Answer):
    kf_account: str
    """the customer-service account, as name@account · 客服账号，形如 name@公众号微信号"""
    createtime: int

class CustomserviceKfsessionGetsessionlistAnswer(Answer):
    sessionlist: list[KfSession]

class CustomserviceKfsessionGetwaitcaseAnswer(Answer):
    count: int
    """how many at most · 最多返回几条"""
    waitcaselist: list[WaitCase]

class CustomserviceMsgrecordGetmsglistAnswer(Answer):
    recordlist: list[KfRecord]
    number: int
    """how many at most, up to 10,000 · 最多返回几条，上限 10000"""
    msgid: int
    """where to begin; 1 at first · 从哪条开始，第一次为 1"""

class CustomserviceMsgrecordGetrecordAnswer(Answer):
    recordlist: NotRequired[list[KfRecord]]

class DatacubeGetusersummaryAnswer(Answer):
    list: list[UserSummary]

class DatacubeGetusercumulateAnswer(Answer):
    list: list[UserCumulate]

class DatacubeGetarticlesummaryAnswer(Answer):
    list: list[ArticleSummary]

class DatacubeGetarticletotalAnswer(Answer):
    list: list[ArticleTotal]

class DatacubeGetuserreadAnswer(Answer):
    list: list[UserRead]

class DatacubeGetuserreadhourAnswer(Answer):
    list: list[UserReadHour]

class DatacubeGetusershareAnswer(Answer):
    list: list[UserShare]

class DatacubeGetusersharehourAnswer(Answer):
    list: list[UserShareHour]

class DatacubeGetupstreammsgAnswer(Answer):
    list: list[UpstreamMsg]

class DatacubeGetupstreammsghourAnswer(Answer):
    list: list[UpstreamMsgHour]

class DatacubeGetupstreammsgweekAnswer(Answer):
    list: list[UpstreamMsg]

class DatacubeGetupstreammsgmonthAnswer(Answer):
    list: list[UpstreamMsg]

class DatacubeGetupstreammsgdistAnswer(Answer):
    list: list[UpstreamMsgDist]

class DatacubeGetupstreammsgdistweekAnswer(Answer):
    list: list[UpstreamMsgDist]

class DatacubeGetupstreammsgdistmonthAnswer(Answer):
    list: list[UpstreamMsgDist]

class DatacubeGetinterfacesummaryAnswer(Answer):
    list: list[InterfaceSummary]

class DatacubeGetinterfacesummaryhourAnswer(Answer):
    list: list[InterfaceSummaryHour]

class DatacubeGetarticlereadAnswer(Answer):
    list: list[ArticleRead]
    is_delay: NotRequired[bool]
    """whether figures are late · 数据是否有延迟"""

class DatacubeGetarticleshareAnswer(Answer):
    list: list[ArticleShare]
    is_delay: NotRequired[bool]
    """whether figures are late · 数据是否有延迟"""

class DatacubeGetarticletotaldetailAnswer(Answer):
    list: list[ArticleDetail]
    is_delay: NotRequired[bool]
    """whether figures are late · 数据是否有延迟"""

class DatacubeGetbizsummaryAnswer(Answer):
    list: list[BizSummary]
    is_delay: NotRequired[bool]
    """whether figures are late · 数据是否有延迟"""

class DatacubeGetcardbizuininfoAnswer(Answer):
    list: list[CardDay]

class DatacubeGetcardcardinfoAnswer(Answer):
    list: list[FreeCardDay]

class DatacubeGetcardmembercardinfoAnswer(Answer):
    list: list[MemberCardDay]

class DatacubeGetcardmembercarddetailAnswer(Answer):
    list: list[MemberCardDetail]

class PublisherStatAnswer(Answer):
    base_resp: BaseResp
    list: NotRequired[list[AdDay]]
    summary: NotRequired[AdDay]
    body: NotRequired[str]
    revenue_all: NotRequired[int]
    penalty_all: NotRequired[int]
    settled_revenue_all: NotRequired[int]
    settlement_list: NotRequired[list[Settlement]]
    total_num: NotRequired[int]

class DraftAddAnswer(Answer):
    media_id: str
    """the id of the medium · 素材 id"""

class DraftGetAnswer(Answer):
    news_item: list[StoredArticle]
    create_time: NotRequired[int]
    """when it was made, in seconds · 创建时间，秒"""
    update_time: NotRequired[int]
    """when it was changed, in seconds · 更新时间，秒"""

class DraftCountAnswer(Answer):
    total_count: int
    """how many in all · 总数"""

class DraftBatchgetAnswer(Answer):
    total_count: int
    """how many in all · 总数"""
    item_count: int
    item: list[Draft]

class ChannelsEcServiceProductGetcardinfoAnswer(Answer):
    product_key: NotRequired[str]
    DOM: NotRequired[str]

class DraftSwitchAnswer(Answer):
    is_open: NotRequired[int]

class FreepublishSubmitAnswer(Answer):
    publish_id: str
    """the id of the publication · 发布任务的 id"""
    msg_data_id: NotRequired[str]
    """the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id"""

class FreepublishGetAnswer(Answer):
    publish_id: str
    """the id of the publication · 发布任务的 id"""
    publish_status: Literal[0, 1, 2, 3, 4, 5, 6]
    """0 done, 1 under way, 2 no original, 3 failed, 4 not let through, 5 deleted, 6 banned · 0 成功，1 发布中，2 原创失败，3 失败，4 审核不通过，5 已被删除，6 已被封禁"""
    article_id: NotRequired[str]
    """the id of what was published · 已发布文章的 id"""
    article_detail: NotRequired[PublishDetail]
    fail_idx: NotRequired[list[int]]

class FreepublishGetarticleAnswer(Answer):
    news_item: list[StoredArticle]

class FreepublishBatchgetAnswer(Answer):
    total_count: int
    """how many in all · 总数"""
    item_count: int
    item: list[Publication]

class CommentListAnswer(Answer):
    total: int
    """how many in all · 总数"""
    comment: list[Comment]

class MessageMassSendallAnswer(Answer):
    msg_id: int
    """the msg_id that the mass message gave · 群发返回的 msg_id"""
    msg_data_id: NotRequired[int]
    """the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id"""

class MessageMassSendAnswer(Answer):
    msg_id: int
    """the msg_id that the mass message gave · 群发返回的 msg_id"""
    msg_data_id: NotRequired[int]
    """the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id"""

class MessageMassPreviewAnswer(Answer):
    msg_id: NotRequired[int]
    """the msg_id that the mass message gave · 群发返回的 msg_id"""

class MessageMassGetAnswer(Answer):
    msg_id: int
    """the msg_id that the mass message gave · 群发返回的 msg_id"""
    msg_status: str

class MessageMassSpeedGetAnswer(Answer):
    speed: int
    realspeed: int

class MediaUploadvideoAnswer(Answer):
    type: str
    """the kind · 类型"""
    media_id: str
    """the id of the medium · 素材 id"""
    created_at: int
    """when it was uploaded, in seconds · 上传时间，秒"""

class MediaUploadnewsAnswer(Answer):
    type: NotRequired[str]
    """the kind · 类型"""
    media_id: str
    """the id of the medium · 素材 id"""
    created_at: NotRequired[int]
    """when it was uploaded, in seconds · 上传时间，秒"""

class MediaUploadAnswer(Answer):
    type: str
    """picture, voice, video or thumbnail · 图片、语音、视频或缩略图"""
    media_id: str
    """the id of the medium · 素材 id"""
    created_at: int
    """when it was uploaded, in seconds · 上传时间，秒"""

class MediaUploadThumbAnswer(Answer):
    type: str
    """picture, voice, video or thumbnail · 图片、语音、视频或缩略图"""
    thumb_media_id: str
    created_at: int
    """when it was uploaded, in seconds · 上传时间，秒"""

class MediaGetAnswer(Answer):
    video_url: NotRequired[str]

class MediaUploadimgAnswer(Answer):
    url: str
    """the address that a click opens · 点击后打开的网址"""

class MaterialAddMaterialAnswer(Answer):
    media_id: str
    """the id of the medium · 素材 id"""
    url: NotRequired[str]
    """the address that a click opens · 点击后打开的网址"""

class MaterialGetMaterialAnswer(Answer):
    news_item: NotRequired[list[MaterialArticle]]
    title: NotRequired[str]
    """the title · 标题"""
    description: NotRequired[str]
    """a description · 描述"""
    down_url: NotRequired[str]

class MaterialGetMaterialcountAnswer(Answer):
    voice_count: int
    video_count: int
    image_count: int
    news_count: int

class MaterialBatchgetMaterialAnswer(Answer):
    total_count: int
    """how many in all · 总数"""
    item_count: int
    item: list[Material]

class MaterialAddNewsAnswer(Answer):
    media_id: str
    """the id of the medium · 素材 id"""

class MenuGetAnswer(Answer):
    menu: Menu
    conditionalmenu: NotRequired[list[ConditionalMenu]]

class GetCurrentSelfmenuInfoAnswer(Answer):
    is_menu_open: int
    selfmenu_info: NotRequired[SelfMenu]

class MenuAddconditionalAnswer(Answer):
    menuid: str
    """the id of the conditional menu · 个性化菜单的 id"""

class MenuTrymatchAnswer(Answer):
    button: list[Button]
    """the buttons of the first level, one to three · 一级按钮，1 到 3 个"""

class SnsOauth2AccessTokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    refresh_token: str
    """the user's refresh token · 用户的刷新令牌"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    scope: str
    """what the user has agreed to · 授权的范围"""
    is_snapshotuser: NotRequired[int]
    unionid: NotRequired[str]
    """the id across an open-platform account; only when bound to one · 开放平台账号下的统一 id，绑定后才有"""

class SnsOauth2RefreshTokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    refresh_token: str
    """the refresh token that came with the access token · 用 code 换到的刷新令牌"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    scope: str
    """what the user has agreed to · 授权的范围"""

class SnsUserinfoAnswer(Answer):
    openid: str
    """the follower's openid · 粉丝的 openid"""
    nickname: str
    """the name that followers see · 客服昵称"""
    sex: NotRequired[int]
    province: NotRequired[str]
    city: NotRequired[str]
    country: NotRequired[str]
    headimgurl: str
    privilege: NotRequired[list[str]]
    unionid: NotRequired[str]
    """the id across an open-platform account; only when bound to one · 开放平台账号下的统一 id，绑定后才有"""

class SnsOauth2ComponentAccessTokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    refresh_token: str
    """the user's refresh token · 用户的刷新令牌"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    scope: str
    """what the user has agreed to · 授权的范围"""
    unionid: NotRequired[str]
    """the id across an open-platform account; only when bound to one · 开放平台账号下的统一 id，绑定后才有"""

class SnsOauth2ComponentRefreshTokenAnswer(Answer):
    access_token: str
    """the user's access token · 用户的 access_token"""
    expires_in: int
    """how many seconds it is good · 有效秒数"""
    refresh_token: str
    """the user's refresh token · 用户的刷新令牌"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    scope: str
    """what the user has agreed to · 授权的范围"""

class QrcodeCreateAnswer(Answer):
    ticket: str
    """the ticket · ticket"""
    expire_seconds: NotRequired[int]
    """how many seconds it lives, 30 days at most · 有效秒数，最长 30 天"""
    url: str
    """the address that a click opens · 点击后打开的网址"""

class ShortenGenAnswer(Answer):
    short_key: str
    """the short key · 短 Key"""

class ShortenFetchAnswer(Answer):
    long_data: str
    create_time: int
    """when it was made, in seconds · 创建时间，秒"""
    expire_seconds: int
    """how many seconds it lives, 30 days at most · 有效秒数，最长 30 天"""

class ShorturlAnswer(Answer):
    short_url: NotRequired[str]

class WxopenQrcodejumpgetAnswer(Answer):
    qrcodejump_open: int
    qrcodejump_pub_quota: int
    list_size: int
    rule_list: list[JumpRule]
    total_count: NotRequired[int]
    """how many in all · 总数"""

class TemplateGetIndustryAnswer(Answer):
    primary_industry: Industry
    secondary_industry: NotRequired[Industry]

class TemplateApiAddTemplateAnswer(Answer):
    template_id: str
    """the template's id · 模板 id"""

class TemplateGetAllPrivateTemplateAnswer(Answer):
    template_list: list[Template]

class MessageTemplateSendAnswer(Answer):
    msgid: int
    """the id of the message · 消息的 id"""

class WxaapiNewtmplAddtemplateAnswer(Answer):
    priTmplId: str

class WxaapiNewtmplGetcategoryAnswer(Answer):
    data: list[Category]
    """a value for each keyword of the template · 模板各关键词的值"""

class WxaapiNewtmplGetpubtemplatekeywordsAnswer(Answer):
    count: int
    """how many at most · 最多返回几条"""
    data: list[NoticeKeyword]
    """a value for each keyword of the template · 模板各关键词的值"""

class WxaapiNewtmplGetpubtemplatetitlesAnswer(Answer):
    count: int
    """how many at most · 最多返回几条"""
    data: list[NoticeTitle]
    """a value for each keyword of the template · 模板各关键词的值"""

class WxaapiNewtmplGettemplateAnswer(Answer):
    data: list[NoticeTemplate]
    """a value for each keyword of the template · 模板各关键词的值"""

class WxaSecQueryblocktmplmsgAnswer(Answer):
    msginfo: NotRequired[BlockedMessage]

class UserInfoAnswer(Answer):
    subscribe: int
    """0 for no follower: then there is nothing else · 0 没有关注，此时没有其他信息"""
    openid: str
    """the follower's openid · 粉丝的 openid"""
    language: NotRequired[str]
    subscribe_time: NotRequired[int]
    """when they last followed, in seconds · 最近一次关注的时间，秒"""
    unionid: NotRequired[str]
    """the id across an open-platform account; only when bound to one · 开放平台账号下的统一 id，绑定后才有"""
    remark: NotRequired[str]
    """the remark, 30 bytes at most · 备注名，最多 30 字节"""
    groupid: NotRequired[int]
    tagid_list: NotRequired[list[int]]
    subscribe_scene: NotRequired[str]
    qr_scene: NotRequired[int]
    qr_scene_str: NotRequired[str]

class UserInfoBatchgetAnswer(Answer):
    user_info_list: list[UserInfo]

class UserGetAnswer(Answer):
    total: int
    """how many in all · 总数"""
    count: int
    """how many at most · 最多返回几条"""
    data: NotRequired[OpenIds]
    """a value for each keyword of the template · 模板各关键词的值"""
    next_openid: str
    """go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头"""

class TagsCreateAnswer(Answer):
    tag: Tag
    """the tag · 标签"""

class TagsGetAnswer(Answer):
    tags: list[Tag]

class UserTagGetAnswer(Answer):
    count: int
    """how many at most · 最多返回几条"""
    data: NotRequired[OpenIds]
    """a value for each keyword of the template · 模板各关键词的值"""
    next_openid: NotRequired[str]
    """go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头"""

class TagsGetidlistAnswer(Answer):
    tagid_list: list[int]

class TagsMembersGetblacklistAnswer(Answer):
    total: int
    """how many in all · 总数"""
    count: int
    """how many at most · 最多返回几条"""
    data: NotRequired[OpenIds]
    """a value for each keyword of the template · 模板各关键词的值"""
    next_openid: NotRequired[str]
    """go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头"""

class ChangeopenidAnswer(Answer):
    result_list: list[ChangedOpenid]

class GroupsCreateAnswer(Answer):
    group: NotRequired[dict[str, object]]

class GroupsGetAnswer(Answer):
    groups: NotRequired[list[dict[str, object]]]

class GroupsGetidAnswer(Answer):
    groupid: NotRequired[int]

class AsyncMediaVoiceCalls:
    async def addvoicetorecofortext(self, *, format: Literal["mp3"] = ..., voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., media: Uploadable, timeout: float | None = ...) -> Answer:
        """Hand in a voice to be recognised: mp3, 16 kHz, a minute at most. 提交语音以供识别（mp3，16k，一分钟内）

        POST /cgi-bin/media/voice/addvoicetorecofortext (from public SDKs)
        Unconfirmed: the name of the form field.

        lang: the language · 语言

        media: the file · 文件
        """
    async def queryrecoresultfortext(self, *, voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., timeout: float | None = ...) -> MediaVoiceQueryrecoresultfortextAnswer:
        """What was recognised, within ten seconds of handing it in. 获取语音识别的结果（提交后 10 秒内）

        POST /cgi-bin/media/voice/queryrecoresultfortext (from public SDKs)
        Unconfirmed: the method: GET in WxJava, POST elsewhere.

        lang: the language · 语言
        """
    async def translatecontent(self, *, lfrom: Literal["zh_CN", "en_US"], lto: Literal["zh_CN", "en_US"], content: str, timeout: float | None = ...) -> MediaVoiceTranslatecontentAnswer:
        """Translate a text; the body is the text itself. 翻译一段文字

        POST /cgi-bin/media/voice/translatecontent (from public SDKs)

        content: the text · 内容
        """

class AsyncMediaGetCalls:
    async def __call__(self, *, media_id: str, timeout: float | None = ...) -> Media[MediaGetAnswer]:
        """Download a temporary medium; a video answers with its address. 下载临时素材；视频返回地址

        GET /cgi-bin/media/get (from official page)

        media_id: the id of the medium · 素材 id
        """
    async def jssdk(self, *, media_id: str, timeout: float | None = ...) -> Media[Answer]:
        """Download a voice that the JS-SDK uploaded, 16 kHz speex. 下载 JS-SDK 上传的高清语音

        GET /cgi-bin/media/get/jssdk (from public SDKs)

        media_id: the id of the medium · 素材 id
        """

class AsyncMediaCalls:
    voice: AsyncMediaVoiceCalls
    async def uploadvideo(self, *, media_id: str, title: str | None = ..., description: str | None = ..., timeout: float | None = ...) -> MediaUploadvideoAnswer:
        """Make an uploaded video fit for a mass message. 把已上传的视频变成群发用的视频

        POST /cgi-bin/media/uploadvideo (from official page)
        Unconfirmed: the host: file.api.weixin.qq.com in older documentation.

        media_id: the id of the medium · 素材 id

        title: the title · 标题

        description: a description · 描述
        """
    async def uploadnews(self, *, articles: Sequence[Mapping[str, object]], timeout: float | None = ...) -> MediaUploadnewsAnswer:
        """Upload articles for a mass message. 上传群发用的图文

        POST /cgi-bin/media/uploadnews (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    @overload
    async def upload(self, *, type: Literal["image", "voice", "video"], media: Uploadable, timeout: float | None = ...) -> MediaUploadAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload (from official page)
        Unconfirmed: an image's limit: 10 MB and 2 MB stand on the same page.

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件
        """
    @overload
    async def upload(self, *, type: Literal["thumb"], media: Uploadable, timeout: float | None = ...) -> MediaUploadThumbAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload (from official page)

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件
        """
    get: AsyncMediaGetCalls
    async def uploadimg(self, *, media: Uploadable, timeout: float | None = ...) -> MediaUploadimgAnswer:
        """Upload a picture for an article's text, below 1 MB; it has an address and is not in the library. 上传图文里的图片，得到地址（不占素材库，小于 1 MB）

        POST /cgi-bin/media/uploadimg (from official page)

        media: the file · 文件
        """

class AsyncSemanticSemproxyCalls:
    async def search(self, *, query: str, category: str, latitude: float | None = ..., longitude: float | None = ..., city: str | None = ..., region: str | None = ..., appid: str = ..., uid: str | None = ..., timeout: float | None = ...) -> SemanticSemproxySearchAnswer:
        """What a sentence means. 语义理解

        POST /semantic/semproxy/search (from memory)
        Unconfirmed: whether the service still answers.

        appid: the account's AppID · 账号的 AppID
        """

class AsyncSemanticCalls:
    semproxy: AsyncSemanticSemproxyCalls

class AsyncCvOcrCalls:
    @overload
    async def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img_url: str, timeout: float | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard (from public SDKs)

        type: the kind · 类型
        """
    @overload
    async def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img: Uploadable, timeout: float | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard (from public SDKs)

        type: the kind · 类型
        """
    @overload
    async def bankcard(self, *, img_url: str, timeout: float | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard (from public SDKs)
        """
    @overload
    async def bankcard(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard (from public SDKs)
        """
    @overload
    async def driving(self, *, img_url: str, timeout: float | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving (from public SDKs)
        """
    @overload
    async def driving(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving (from public SDKs)
        """
    @overload
    async def drivinglicense(self, *, img_url: str, timeout: float | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense (from public SDKs)
        """
    @overload
    async def drivinglicense(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense (from public SDKs)
        """
    @overload
    async def bizlicense(self, *, img_url: str, timeout: float | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense (from public SDKs)
        """
    @overload
    async def bizlicense(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense (from public SDKs)
        """
    @overload
    async def comm(self, *, img_url: str, timeout: float | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm (from public SDKs)
        """
    @overload
    async def comm(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm (from public SDKs)
        """
    @overload
    async def platenum(self, *, img_url: str, timeout: float | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum (from public SDKs)
        """
    @overload
    async def platenum(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum (from public SDKs)
        """
    @overload
    async def menu(self, *, img_url: str, timeout: float | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu (from public SDKs)
        """
    @overload
    async def menu(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu (from public SDKs)
        """

class AsyncCvImgCalls:
    @overload
    async def qrcode(self, *, img_url: str, timeout: float | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode (from public SDKs)
        """
    @overload
    async def qrcode(self, *, img: Uploadable, timeout: float | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode (from public SDKs)
        """
    @overload
    async def superresolution(self, *, img_url: str, timeout: float | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution (from public SDKs)
        """
    @overload
    async def superresolution(self, *, img: Uploadable, timeout: float | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution (from public SDKs)
        """
    @overload
    async def aicrop(self, *, ratios: str | None = ..., img_url: str, timeout: float | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop (from public SDKs)
        """
    @overload
    async def aicrop(self, *, ratios: str | None = ..., img: Uploadable, timeout: float | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop (from public SDKs)
        """

class AsyncCvCalls:
    ocr: AsyncCvOcrCalls
    img: AsyncCvImgCalls

class AsyncTicketCalls:
    async def getticket(self, *, type: Literal["jsapi", "wx_card"], timeout: float | None = ...) -> TicketGetticketAnswer:
        """Fetch the ticket of the JS-SDK or of cards. 获取 JS-SDK 或卡券的 ticket

        GET /cgi-bin/ticket/getticket (from official page)

        type: jsapi for the JS-SDK, wx_card for cards · jsapi：JS-SDK；wx_card：卡券
        """

class AsyncCallbackCalls:
    async def check(self, *, action: Literal["dns", "ping", "all"], check_operator: Literal["CHINANET", "UNICOM", "CAP", "DEFAULT"], timeout: float | None = ...) -> CallbackCheckAnswer:
        """Let WeChat resolve and ping this account's server. 网络检测：从微信一侧解析并 ping 服务器地址

        POST /cgi-bin/callback/check (from official page)

        action: resolve the name, ping, or both · 检测动作：域名解析、ping 或全部

        check_operator: from whose network: China Telecom, Unicom, Tencent, or any · 从哪个运营商检测：电信、联通、腾讯或自动
        """

class AsyncClearQuotaCalls:
    async def __call__(self, *, appid: str = ..., timeout: float | None = ...) -> Answer:
        """Set today's call counts to zero; ten times a month, the console's included. 把今天的接口调用次数清零（每月 10 次）

        POST /cgi-bin/clear_quota (from official page)

        appid: the account's AppID · 账号的 AppID
        """
    async def v2(self, *, appid: str = ..., appsecret: str = ..., timeout: float | None = ...) -> Answer:
        """Set the call counts to zero by AppSecret, without a token. 用 AppSecret 把接口调用次数清零

        POST /cgi-bin/clear_quota/v2 (from official page)
        Unconfirmed: whether the two go in the body or in the address.

        appid: the account's AppID · 账号的 AppID

        appsecret: the account's AppSecret · 账号的 AppSecret
        """

class AsyncOpenapiQuotaCalls:
    async def get(self, *, cgi_path: str, timeout: float | None = ...) -> OpenapiQuotaGetAnswer:
        """The daily quota of one endpoint: limit, used, remaining. 查询某个接口今天的额度

        POST /cgi-bin/openapi/quota/get (from official page)

        cgi_path: the endpoint's path, as /cgi-bin/message/custom/send · 接口路径，如 /cgi-bin/message/custom/send
        """
    async def clear(self, *, cgi_path: str, timeout: float | None = ...) -> Answer:
        """Set today's calls of one endpoint to zero; 50 times a month. 把某个接口今天的调用次数清零（每月 50 次）

        POST /cgi-bin/openapi/quota/clear (from official page)
        Unconfirmed: whether other paths than those under /channels/ec/ are taken: the page says both.

        cgi_path: the endpoint's path, as /cgi-bin/message/custom/send · 接口路径，如 /cgi-bin/message/custom/send
        """

class AsyncOpenapiRidCalls:
    async def get(self, *, rid: str, timeout: float | None = ...) -> OpenapiRidGetAnswer:
        """What a failed call was, by the rid in its errmsg; kept for seven days. 按 rid 查询一次失败的调用（七天内）

        POST /cgi-bin/openapi/rid/get (from official page)

        rid: the rid of an errmsg · errmsg 里的 rid
        """

class AsyncOpenapiCalls:
    quota: AsyncOpenapiQuotaCalls
    rid: AsyncOpenapiRidCalls

class AsyncCardCodeCalls:
    async def get(self, *, code: str | None = ..., card_id: str | None = ..., check_consume: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One code. 查询 code

        POST /card/code/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    async def consume(self, *, code: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Redeem a code. 核销 code

        POST /card/code/consume (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    async def decrypt(self, *, encrypt_code: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Decrypt a code. code 解码

        POST /card/code/decrypt (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def deposit(self, *, card_id: str | None = ..., code: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import codes. 导入 code

        POST /card/code/deposit (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    async def getdepositcount(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How many codes were imported. 查询导入的 code 数目

        POST /card/code/getdepositcount (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def checkcode(self, *, card_id: str | None = ..., code: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Which codes were imported. 核查 code

        POST /card/code/checkcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    async def mark(self, *, code: str | None = ..., card_id: str | None = ..., openid: str | None = ..., is_mark: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Mark a code of a shared coupon. 标记 code（朋友的券）

        POST /card/code/mark (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id

        openid: the follower's openid · 粉丝的 openid
        """
    async def unavailable(self, *, code: str | None = ..., card_id: str | None = ..., reason: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a follower's card void. 使卡券失效

        POST /card/code/unavailable (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    async def update(self, *, card_id: str | None = ..., code: str | None = ..., new_code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a code. 更改 code

        POST /card/code/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class AsyncCardQrcodeCalls:
    async def create(self, *, action_name: str | None = ..., expire_seconds: int | None = ..., openid: str | None = ..., code: str | None = ..., is_unique_code: bool | None = ..., card_id: str | None = ..., outer_str: str | None = ..., card: Mapping[str, object] | None = ..., action_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make the QR code of cards. 创建卡券二维码

        POST /card/qrcode/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天

        openid: the follower's openid · 粉丝的 openid

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class AsyncCardLandingpageCalls:
    async def create(self, *, page_title: str | None = ..., can_share: bool | None = ..., card_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a shelf of cards. 创建卡券货架

        POST /card/landingpage/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMpnewsCalls:
    async def gethtml(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The HTML of a card for an article. 图文消息群发卡券的代码

        POST /card/mpnews/gethtml (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardTestwhitelistCalls:
    async def set(self, *, openid: str | None = ..., username: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who may see unreviewed cards. 设置测试白名单

        POST /card/testwhitelist/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncCardUserCalls:
    async def getcardlist(self, *, openid: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The cards of a follower. 获取用户已领取的卡券

        POST /card/user/getcardlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid

        card_id: the card's id · 卡券 id
        """

class AsyncCardPaycellCalls:
    async def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch payment by card. 设置买单

        POST /card/paycell/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardSelfconsumecellCalls:
    async def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., need_verify_cod: bool | None = ..., need_remark_amount: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch self-service redemption. 设置自助核销

        POST /card/selfconsumecell/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardLocationCalls:
    async def batchadd(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import shops. 批量导入门店

        POST /card/location/batchadd (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 拉取门店列表

        POST /card/location/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """

class AsyncCardStorewxaCalls:
    async def get(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The card of a shop's mini-program. 查询门店小程序的卡券

        POST /card/storewxa/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def set(self, *, poi_id: int | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the card of a shop's mini-program. 设置门店小程序的卡券

        POST /card/storewxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardBoardingpassCalls:
    async def checkin(self, *, code: str | None = ..., passenger_name: str | None = ..., class_: str | None = ..., etkt_bnr: str | None = ..., seat: str | None = ..., gate: str | None = ..., is_cancel: bool | None = ..., boarding_time: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check in on a boarding pass. 更新飞机票

        POST /card/boardingpass/checkin (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class AsyncCardMeetingticketCalls:
    async def updateuser(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a conference ticket. 更新会议门票

        POST /card/meetingticket/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMovieticketCalls:
    async def updateuser(self, *, code: str | None = ..., ticket_class: str | None = ..., show_time: str | None = ..., duration: object | None = ..., screening_room: str | None = ..., seat_number: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a cinema ticket. 更新电影票

        POST /card/movieticket/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class AsyncCardLuckymoneyCalls:
    async def updateuserbalance(self, *, code: str | None = ..., balance: int | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a red packet's balance. 更新红包余额

        POST /card/luckymoney/updateuserbalance (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class AsyncCardGeneralcardCalls:
    async def activate(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate a general card. 激活通用卡

        POST /card/generalcard/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unactivate(self, *, card_id: str | None = ..., code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take back an activation. 撤销激活通用卡

        POST /card/generalcard/unactivate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    async def updateuser(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a general card. 更新通用卡

        POST /card/generalcard/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardActivateCalls:
    async def __call__(self, *, membership_number: str | None = ..., code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., activate_begin_time: int | None = ..., activate_end_time: int | None = ..., init_bonus: int | None = ..., init_bonus_record: str | None = ..., init_balance: int | None = ..., init_custom_field_value1: str | None = ..., init_custom_field_value2: str | None = ..., init_custom_field_value3: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate a member card. 激活会员卡

        POST /card/membercard/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    async def geturl(self, *, card_id: str | None = ..., outer_str: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The parameters of the activation page. 获取开卡插件参数

        POST /card/membercard/activate/geturl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardMembercardActivatetempinfoCalls:
    async def get(self, *, activate_ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What a customer entered at activation. 获取用户提交的开卡资料

        POST /card/membercard/activatetempinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardActivateuserformCalls:
    async def set(self, *, card_id: str | None = ..., service_statement: str | None = ..., bind_old_card: str | None = ..., required_form: object | None = ..., optional_form: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the activation form. 设置开卡字段

        POST /card/membercard/activateuserform/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class AsyncCardMembercardUserinfoCalls:
    async def get(self, *, card_id: str | None = ..., code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One member. 拉取会员信息

        POST /card/membercard/userinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class AsyncCardMembercardCalls:
    activate: AsyncCardMembercardActivateCalls
    activatetempinfo: AsyncCardMembercardActivatetempinfoCalls
    activateuserform: AsyncCardMembercardActivateuserformCalls
    async def updateuser(self, *, code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., add_bonus: int | None = ..., record_bonus: object | None = ..., add_balance: int | None = ..., record_balance: object | None = ..., custom_field_value1: str | None = ..., custom_field_value2: str | None = ..., custom_field_value3: str | None = ..., notify_optional: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a member. 更新会员信息

        POST /card/membercard/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    userinfo: AsyncCardMembercardUserinfoCalls

class AsyncCardPaygiftcardCalls:
    async def add(self, *, rule_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a card given after payment. 设置支付后投放卡券

        POST /card/paygiftcard/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, type: str | None = ..., effective: object | None = ..., offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of such rules. 批量查询支付后投放规则

        POST /card/paygiftcard/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    async def delete(self, *, rule_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete such a rule. 删除支付后投放规则

        POST /card/paygiftcard/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, rule_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One such rule. 查询支付后投放规则

        POST /card/paygiftcard/getbyid (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardPaygiftmembercardCalls:
    async def add(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make payers members. 增加支付即会员规则

        POST /card/paygiftmembercard/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make payers members no longer. 删除支付即会员规则

        POST /card/paygiftmembercard/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, mchid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether payers become members. 查询支付即会员规则

        POST /card/paygiftmembercard/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMktActivityCalls:
    async def create(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a discount campaign. 创建支付后领取立减金活动

        POST /card/mkt/activity/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMktCalls:
    activity: AsyncCardMktActivityCalls

class AsyncCardGiftcardPageCalls:
    async def add(self, *, page: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a gift-card page. 创建礼品卡货架

        POST /card/giftcard/page/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def get(self, *, page_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One gift-card page. 查询礼品卡货架

        POST /card/giftcard/page/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, page: Mapping[str, object] | None = ..., page_id: int | None = ..., banner_pic_url: str | None = ..., theme_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a gift-card page. 修改礼品卡货架

        POST /card/giftcard/page/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def batchget(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All gift-card pages. 查询礼品卡货架列表

        POST /card/giftcard/page/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardMaintainCalls:
    async def set(self, *, page_id: int | None = ..., all: bool | None = ..., maintain: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Close a gift-card page. 下架礼品卡货架

        POST /card/giftcard/maintain/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardOrderCalls:
    async def get(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One gift-card order. 查询礼品卡订单

        POST /card/giftcard/order/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, begin_time: int | None = ..., end_time: int | None = ..., sort_type: int | None = ..., offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of gift-card orders. 批量查询礼品卡订单

        POST /card/giftcard/order/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    async def refund(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refund a gift-card order. 礼品卡订单退款

        POST /card/giftcard/order/refund (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayWhitelistCalls:
    async def add(self, *, sub_mch_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for gift cards by WeChat Pay. 申请微信支付礼品卡权限

        POST /card/giftcard/pay/whitelist/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPaySubmchCalls:
    async def bind(self, *, sub_mch_id: str | None = ..., wxa_appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a merchant. 绑定商户号

        POST /card/giftcard/pay/submch/bind (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayWxaCalls:
    async def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page. 上传小程序代码包

        POST /card/giftcard/pay/wxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayCalls:
    whitelist: AsyncCardGiftcardPayWhitelistCalls
    submch: AsyncCardGiftcardPaySubmchCalls
    wxa: AsyncCardGiftcardPayWxaCalls

class AsyncCardGiftcardWxaCalls:
    async def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page, older name. 上传小程序代码包（旧名）

        POST /card/giftcard/wxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardCalls:
    page: AsyncCardGiftcardPageCalls
    maintain: AsyncCardGiftcardMaintainCalls
    order: AsyncCardGiftcardOrderCalls
    pay: AsyncCardGiftcardPayCalls
    wxa: AsyncCardGiftcardWxaCalls

class AsyncCardPayCalls:
    async def activate(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Open the coin account. 开通券点账户

        GET /card/pay/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def confirm(self, *, card_id: str | None = ..., order_id: str | None = ..., quantity: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Confirm an exchange of stock. 确认兑换库存

        POST /card/pay/confirm (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def getcoinsinfo(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The coin balance. 查询券点余额

        GET /card/pay/getcoinsinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorder(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One coin order. 查询券点订单

        POST /card/pay/getorder (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorderlist(self, *, filters: Sequence[object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of coin orders. 查询券点流水

        POST /card/pay/getorderlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpayprice(self, *, card_id: str | None = ..., quantity: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The price of a coupon. 对优惠券批价

        POST /card/pay/getpayprice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def recharge(self, *, coin_count: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Buy coins. 充值券点

        POST /card/pay/recharge (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardSubmerchantCalls:
    async def submit(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a sub-merchant. 创建子商户

        POST /card/submerchant/submit (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a sub-merchant. 更新子商户

        POST /card/submerchant/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, merchant_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One sub-merchant. 拉取子商户

        POST /card/submerchant/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, begin_id: int | None = ..., limit: int | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of sub-merchants. 批量拉取子商户

        POST /card/submerchant/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        limit: how many at most · 最多返回几条
        """

class AsyncCardInvoiceBizCalls:
    async def getselecttitleurl(self, *, attach: str | None = ..., biz_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer picks an invoice title. 获取用户提交发票抬头的链接

        POST /card/invoice/biz/getselecttitleurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getusertitleurl(self, *, user_fill: int | None = ..., title: str | None = ..., phone: str | None = ..., tax_no: str | None = ..., addr: str | None = ..., bank_type: str | None = ..., bank_no: str | None = ..., out_title_id: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer adds an invoice title. 获取添加发票抬头的链接

        POST /card/invoice/biz/getusertitleurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题
        """

class AsyncCardInvoicePlatformCalls:
    async def createcard(self, *, invoice_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make the card of an invoice. 创建发票卡券模板

        POST /card/invoice/platform/createcard (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setpdf(self, *, pdf: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload an invoice's PDF. 上传发票 PDF

        POST /card/invoice/platform/setpdf (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpdf(self, *, action: str | None = ..., s_media_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address of an uploaded PDF. 查询已上传的 PDF

        POST /card/invoice/platform/getpdf (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        action: what to do · 要做的动作
        """
    async def updatestatus(self, *, card_id: str | None = ..., code: str | None = ..., reimburse_status: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of an invoice's card. 更新发票卡券状态

        POST /card/invoice/platform/updatestatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class AsyncCardInvoiceReimburseCalls:
    async def getinvoiceinfo(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """An invoice to be reimbursed. 查询报销发票

        POST /card/invoice/reimburse/getinvoiceinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def getinvoicebatch(self, *, item_list: Sequence[object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Several invoices to be reimbursed. 批量查询报销发票

        POST /card/invoice/reimburse/getinvoicebatch (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateinvoicestatus(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., reimburse_status: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of a reimbursement. 更新发票报销状态

        POST /card/invoice/reimburse/updateinvoicestatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def updatestatusbatch(self, *, openid: str | None = ..., reimburse_status: str | None = ..., invoice_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of several reimbursements. 批量更新发票报销状态

        POST /card/invoice/reimburse/updatestatusbatch (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncCardInvoiceCalls:
    biz: AsyncCardInvoiceBizCalls
    async def scantitle(self, *, scan_text: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The invoice title in a scanned code. 解析扫到的发票抬头二维码

        POST /card/invoice/scantitle (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def seturl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The identification of the invoicing platform. 获取开票平台标识

        POST /card/invoice/seturl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setbizattr(self, *, action: str | None = ..., auth_field: Mapping[str, object] | None = ..., s_pappid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set or read contact data, authorisation fields and merchants. 设置与查询商户联系信息、授权页字段、关联商户

        POST /card/invoice/setbizattr (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        action: what to do · 要做的动作
        """
    async def getauthurl(self, *, s_pappid: str | None = ..., order_id: str | None = ..., money: int | None = ..., timestamp: int | None = ..., source: int | None = ..., ticket: str | None = ..., type: str | None = ..., redirect_url: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer authorises an invoice. 获取授权页链接

        POST /card/invoice/getauthurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        type: the kind · 类型
        """
    async def getauthdata(self, *, s_pappid: str | None = ..., order_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether a customer has authorised. 查询授权完成状态

        POST /card/invoice/getauthdata (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def rejectinsert(self, *, s_pappid: str | None = ..., order_id: str | None = ..., reason: str | None = ..., url: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refuse an invoice. 拒绝开票

        POST /card/invoice/rejectinsert (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        url: the address that a click opens · 点击后打开的网址
        """
    async def insert(self, *, order_id: str | None = ..., card_id: str | None = ..., appid: str | None = ..., card_ext: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put an invoice into a customer's wallet. 将电子发票插入用户卡包

        POST /card/invoice/insert (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        appid: the account's AppID · 账号的 AppID
        """
    async def makeoutinvoice(self, *, invoiceinfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make out an invoice. 开具发票

        POST /card/invoice/makeoutinvoice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def clearoutinvoice(self, *, invoiceinfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Cancel an invoice. 发票冲红

        POST /card/invoice/clearoutinvoice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def queryinvoceinfo(self, *, fpqqlsh: str | None = ..., nsrsbh: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Look up an invoice. 查询发票

        POST /card/invoice/queryinvoceinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    platform: AsyncCardInvoicePlatformCalls
    reimburse: AsyncCardInvoiceReimburseCalls

class AsyncCardCalls:
    async def create(self, *, card: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a card. 创建卡券

        POST /card/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One card. 查看卡券

        POST /card/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def batchget(self, *, offset: int | None = ..., count: int | None = ..., status_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of cards. 批量查询卡券

        POST /card/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    async def update(self, *, card_id: str | None = ..., member_card: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a card. 更改卡券

        POST /card/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def delete(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a card. 删除卡券

        POST /card/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def modifystock(self, *, card_id: str | None = ..., increase_stock_value: int | None = ..., reduce_stock_value: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a card's stock. 修改库存

        POST /card/modifystock (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    async def getcolors(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The colours of cards. 获取卡券颜色

        GET /card/getcolors (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getapplyprotocol(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories open for cards. 获取卡券开放类目

        GET /card/getapplyprotocol (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    code: AsyncCardCodeCalls
    qrcode: AsyncCardQrcodeCalls
    landingpage: AsyncCardLandingpageCalls
    mpnews: AsyncCardMpnewsCalls
    testwhitelist: AsyncCardTestwhitelistCalls
    user: AsyncCardUserCalls
    paycell: AsyncCardPaycellCalls
    selfconsumecell: AsyncCardSelfconsumecellCalls
    location: AsyncCardLocationCalls
    storewxa: AsyncCardStorewxaCalls
    boardingpass: AsyncCardBoardingpassCalls
    meetingticket: AsyncCardMeetingticketCalls
    movieticket: AsyncCardMovieticketCalls
    luckymoney: AsyncCardLuckymoneyCalls
    generalcard: AsyncCardGeneralcardCalls
    membercard: AsyncCardMembercardCalls
    paygiftcard: AsyncCardPaygiftcardCalls
    paygiftmembercard: AsyncCardPaygiftmembercardCalls
    mkt: AsyncCardMktCalls
    giftcard: AsyncCardGiftcardCalls
    pay: AsyncCardPayCalls
    submerchant: AsyncCardSubmerchantCalls
    invoice: AsyncCardInvoiceCalls

class AsyncComponentClearQuotaCalls:
    async def __call__(self, *, component_appid: str = ..., timeout: float | None = ...) -> Answer:
        """Set the call counts of the platform itself to zero. 把第三方平台自己的接口调用次数清零

        POST /cgi-bin/component/clear_quota (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    async def v2(self, *, appid: str, component_appid: str = ..., appsecret: str = ..., timeout: float | None = ...) -> Answer:
        """Set call counts to zero by the platform's AppSecret: its own, or those of an account. 用平台的 AppSecret 把接口调用次数清零：平台自己的，或一个授权账号的

        POST /cgi-bin/component/clear_quota/v2 (from official page)

        appid: the AppID of the account whose counts are set to zero · 要清零的账号的 AppID

        component_appid: the platform's AppID · 第三方平台的 AppID

        appsecret: the platform's AppSecret · 第三方平台的 AppSecret
        """

class AsyncComponentCalls:
    async def api_component_token(self, *, component_appid: str = ..., component_appsecret: str = ..., component_verify_ticket: str, timeout: float | None = ...) -> ComponentApiComponentTokenAnswer:
        """The platform's token, for the ticket that WeChat pushes. 用微信推送的 ticket 换取第三方平台的 token

        POST /cgi-bin/component/api_component_token (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_appsecret: the platform's AppSecret · 第三方平台的 AppSecret

        component_verify_ticket: the ticket that WeChat pushed · 微信推送的 ticket
        """
    async def api_start_push_ticket(self, *, component_appid: str = ..., component_secret: str = ..., timeout: float | None = ...) -> Answer:
        """Let WeChat push tickets, every ten minutes; it takes no token. 让微信推送 ticket（每十分钟一次；不需要 token）

        POST /cgi-bin/component/api_start_push_ticket (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_secret: the platform's AppSecret · 第三方平台的 AppSecret
        """
    async def api_create_preauthcode(self, *, component_appid: str = ..., timeout: float | None = ...) -> ComponentApiCreatePreauthcodeAnswer:
        """A code for the authorisation page; it lives about half an hour. 获取预授权码（约 30 分钟有效）

        POST /cgi-bin/component/api_create_preauthcode (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    async def api_query_auth(self, *, component_appid: str = ..., authorization_code: str, timeout: float | None = ...) -> ComponentApiQueryAuthAnswer:
        """An account's tokens for its authorisation code. 用授权码换取授权信息

        POST /cgi-bin/component/api_query_auth (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorization_code: the authorisation code · 授权码
        """
    async def api_authorizer_token(self, *, component_appid: str = ..., authorizer_appid: str, authorizer_refresh_token: str, timeout: float | None = ...) -> ComponentApiAuthorizerTokenAnswer:
        """An account's next token. 刷新授权方的 token

        POST /cgi-bin/component/api_authorizer_token (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        authorizer_refresh_token: the refresh token of the account · 授权账号的刷新令牌
        """
    async def api_get_authorizer_info(self, *, component_appid: str = ..., authorizer_appid: str, timeout: float | None = ...) -> ComponentApiGetAuthorizerInfoAnswer:
        """What is known of an account. 获取授权方的信息

        POST /cgi-bin/component/api_get_authorizer_info (from official page)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID
        """
    async def api_get_authorizer_list(self, *, component_appid: str = ..., offset: int, count: int, timeout: float | None = ...) -> ComponentApiGetAuthorizerListAnswer:
        """A page of accounts. 拉取所有授权方

        POST /cgi-bin/component/api_get_authorizer_list (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    async def api_get_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], timeout: float | None = ...) -> ComponentApiGetAuthorizerOptionAnswer:
        """An option of an account. 获取授权方的选项

        POST /cgi-bin/component/api_get_authorizer_option (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        option_name: the option: report of locations, recognition of voices, customer service · 选项名：上报地理位置、语音识别、多客服
        """
    async def api_set_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], option_value: str, timeout: float | None = ...) -> Answer:
        """Set an option of an account. 设置授权方的选项

        POST /cgi-bin/component/api_set_authorizer_option (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        option_name: the option: report of locations, recognition of voices, customer service · 选项名：上报地理位置、语音识别、多客服

        option_value: the option's value · 选项的值
        """
    async def api_confirm_authorization(self, *, component_appid: str = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Confirm an authorisation. 确认授权

        POST /cgi-bin/component/api_confirm_authorization (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    async def batchget_card_merchant(self, *, next_get: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of card merchants. 批量拉取卡券子商户

        POST /cgi-bin/component/batchget_card_merchant (from public SDKs)
        """
    async def get_card_merchant(self, *, appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One card merchant. 拉取卡券子商户

        POST /cgi-bin/component/get_card_merchant (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    async def check_card_agent_qualification(self, *, timeout: float | None = ...) -> ComponentCheckCardAgentQualificationAnswer:
        """Whether the platform may make cards. 查询代制资格

        GET /cgi-bin/component/check_card_agent_qualification (from public SDKs)
        """
    async def check_card_merchant_qualification(self, *, appid: str | None = ..., timeout: float | None = ..., **more: object) -> ComponentCheckCardMerchantQualificationAnswer:
        """Whether a merchant may have cards. 查询子商户资格

        POST /cgi-bin/component/check_card_merchant_qualification (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    async def upload_card_agent_qualification(self, *, register_capital: int | None = ..., business_license_media_id: str | None = ..., tax_registration_certificate_media_id: str | None = ..., last_quarter_tax_listing_media_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Hand in the platform's papers. 上传代制资格

        POST /cgi-bin/component/upload_card_agent_qualification (from public SDKs)
        """
    async def upload_card_merchant_qualification(self, *, appid: str | None = ..., name: str | None = ..., logo_meida_id: str | None = ..., business_license_media_id: str | None = ..., operator_id_card_media_id: str | None = ..., agreement_file_media_id: str | None = ..., primary_category_id: int | None = ..., secondary_category_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Hand in a merchant's papers. 上传子商户资格

        POST /cgi-bin/component/upload_card_merchant_qualification (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    clear_quota: AsyncComponentClearQuotaCalls

class AsyncOpenCalls:
    async def create(self, *, appid: str, timeout: float | None = ...) -> OpenCreateAnswer:
        """Make an open-platform account and bind to it. 创建开放平台账号并绑定

        POST /cgi-bin/open/create (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    async def bind(self, *, appid: str, open_appid: str, timeout: float | None = ...) -> Answer:
        """Bind to an open-platform account. 绑定到开放平台账号

        POST /cgi-bin/open/bind (from public SDKs)

        appid: the AppID of the account to bind · 要绑定的账号的 AppID

        open_appid: the open-platform account's AppID · 开放平台账号的 AppID
        """
    async def unbind(self, *, appid: str, open_appid: str, timeout: float | None = ...) -> Answer:
        """Leave an open-platform account. 从开放平台账号解绑

        POST /cgi-bin/open/unbind (from public SDKs)

        appid: the account's AppID · 账号的 AppID

        open_appid: the open-platform account's AppID · 开放平台账号的 AppID
        """
    async def get(self, *, appid: str, timeout: float | None = ...) -> OpenGetAnswer:
        """The open-platform account bound to. 获取绑定的开放平台账号

        POST /cgi-bin/open/get (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """

class AsyncAccountCalls:
    async def fastregister(self, *, ticket: str, timeout: float | None = ...) -> AccountFastregisterAnswer:
        """Register a mini-program for the owner of an account. 复用公众号主体快速注册小程序

        POST /cgi-bin/account/fastregister (from public SDKs)
        Unconfirmed: whether the last two of the answer are true or "true".

        ticket: the ticket that the owner came back with · 管理员扫码同意后带回的 ticket
        """

class AsyncMessageCustomCalls:
    @overload
    async def send(self, *, touser: str, msgtype: Literal["text"], text: Text, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)
        Unconfirmed: the length of a text; msgmenu is refused for the sandbox.

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["image"], image: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["voice"], voice: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["video"], video: VideoMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        video: the video · 视频

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["music"], music: MusicMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        music: the music · 音乐

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["news"], news: NewsMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        news: one article that leads to an address · 图文（跳转外链），1 篇

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["mpnews"], mpnews: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: articles of the library · 图文素材（跳转图文页）

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["mpnewsarticle"], mpnewsarticle: ArticleId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnewsarticle: a published article · 已发布的文章

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["msgmenu"], msgmenu: MenuMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        msgmenu: a menu to choose from · 菜单消息

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["wxcard"], wxcard: CardId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    async def send(self, *, touser: str, msgtype: Literal["miniprogrampage"], miniprogrampage: MiniProgramPage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        miniprogrampage: the page of a mini-program · 小程序卡片

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    async def typing(self, *, touser: str, command: Literal["Typing", "CancelTyping"], timeout: float | None = ...) -> Answer:
        """Show or hide "typing" for about 15 seconds. 显示或取消“正在输入”

        POST /cgi-bin/message/custom/typing (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        command: show it or hide it · 显示或取消“正在输入”
        """

class AsyncMessageMassSpeedCalls:
    async def get(self, *, timeout: float | None = ...) -> MessageMassSpeedGetAnswer:
        """How fast mass messages go out. 查询群发速度

        POST /cgi-bin/message/mass/speed/get (from official page)
        """
    async def set(self, *, speed: int, timeout: float | None = ...) -> Answer:
        """Set how fast mass messages go out: 0 fastest, 4 slowest. 设置群发速度（0 最快，4 最慢）

        POST /cgi-bin/message/mass/speed/set (from official page)

        speed: 0 for 800,000 a minute, 4 for 100,000 · 0 每分钟 80 万，4 每分钟 10 万
        """

class AsyncMessageMassCalls:
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["mpnews"], mpnews: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["text"], text: MassText, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["voice"], voice: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["images"], images: MassImages, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        images: several pictures · 图片组

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["image"], image: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["mpvideo"], mpvideo: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video, by the id of media.uploadvideo · 视频，用 media.uploadvideo 得到的 id

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["wxcard"], wxcard: MassCard, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["mpnews"], mpnews: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["text"], text: MassText, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["voice"], voice: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["images"], images: MassImages, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        images: several pictures · 图片组

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["image"], image: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["mpvideo"], mpvideo: MassVideo, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video, by the id of media.uploadvideo · 视频，用 media.uploadvideo 得到的 id

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["wxcard"], wxcard: MassCard, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["mpnews"], mpnews: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["mpnews"], mpnews: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["text"], text: MassText, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["text"], text: MassText, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["voice"], voice: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["voice"], voice: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["image"], image: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["image"], image: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["mpvideo"], mpvideo: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video · 视频
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["mpvideo"], mpvideo: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video · 视频
        """
    @overload
    async def preview(self, *, touser: str, msgtype: Literal["wxcard"], wxcard: MassCard, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券
        """
    @overload
    async def preview(self, *, towxname: str, msgtype: Literal["wxcard"], wxcard: MassCard, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券
        """
    async def delete(self, *, msg_id: int | None = ..., article_idx: int | None = ..., url: str | None = ..., timeout: float | None = ...) -> Answer:
        """Delete what was sent; articles and videos only. 删除群发（仅图文与视频）

        POST /cgi-bin/message/mass/delete (from official page)

        msg_id: the msg_id that the mass message gave · 群发返回的 msg_id

        article_idx: which article, from 1; all when left out · 第几篇，从 1 起，不填删除全部

        url: the article's address, if there is no msg_id · 文章的网址，填了 msg_id 时不用
        """
    async def get(self, *, msg_id: int, timeout: float | None = ...) -> MessageMassGetAnswer:
        """What became of a mass message. 查询群发状态

        POST /cgi-bin/message/mass/get (from official page)

        msg_id: the msg_id that the mass message gave · 群发返回的 msg_id
        """
    speed: AsyncMessageMassSpeedCalls

class AsyncMessageTemplateCalls:
    async def send(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue], timeout: float | None = ...) -> MessageTemplateSendAnswer:
        """Send a template message; its outcome comes as an event. 发送模板消息

        POST /cgi-bin/message/template/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        url: the address that a click opens · 点击后打开的网址

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        client_msg_id: an id against repetition: sent once to an openid within ten minutes · 防重复的 id：同一 openid 十分钟内只发一条

        data: a value for each keyword of the template · 模板各关键词的值
        """
    async def subscribe(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., scene: str, title: str, data: Mapping[str, TemplateValue], timeout: float | None = ...) -> Answer:
        """Send the one message that a follower agreed to. 发送一次性订阅消息

        POST /cgi-bin/message/template/subscribe (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        url: the address that a click opens · 点击后打开的网址

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        scene: the scene of the page on which they agreed · 授权页上用的场景值

        title: the title, 15 characters at most · 标题，最多 15 字

        data: a value for each keyword of the template · 模板各关键词的值
        """

class AsyncMessageSubscribeCalls:
    async def bizsend(self, *, touser: str, template_id: str, page: str | None = ..., miniprogram: MiniProgram | None = ..., miniprogram_state: Literal["developer", "trial", "formal"] | None = ..., lang: Literal["zh_CN", "en_US", "zh_HK", "zh_TW"] | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue], timeout: float | None = ...) -> Answer:
        """Send a subscription notice; one grant, one notice. 发送订阅通知（授权一次，可发一条）

        POST /cgi-bin/message/subscribe/bizsend (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        page: the page that a click opens · 点击后打开的网页或小程序页面

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        miniprogram_state: which version of the mini-program; the released one when left out · 打开小程序的哪个版本，默认正式版

        lang: the language there; zh_CN when left out · 进入小程序时的语言，默认 zh_CN

        client_msg_id: an id against repetition: sent once to an openid within ten minutes · 防重复的 id：同一 openid 十分钟内只发一条

        data: a value for each keyword of the template · 模板各关键词的值
        """

class AsyncMessageWxopenTemplateCalls:
    async def uniform_send(self, *, touser: str, weapp_template_msg: Mapping[str, object] | None = ..., mp_template_msg: Mapping[str, object] | None = ..., timeout: float | None = ...) -> Answer:
        """The uniform service message of mini-programs. 统一服务消息

        POST /cgi-bin/message/wxopen/template/uniform_send (from public SDKs)
        Retired: gone since 2023-09-20: it answers 45109.

        touser: the openid of whom it is for · 接收人的 openid
        """

class AsyncMessageWxopenCalls:
    template: AsyncMessageWxopenTemplateCalls

class AsyncMessageCalls:
    custom: AsyncMessageCustomCalls
    mass: AsyncMessageMassCalls
    template: AsyncMessageTemplateCalls
    subscribe: AsyncMessageSubscribeCalls
    wxopen: AsyncMessageWxopenCalls

class AsyncCustomserviceKfaccountCalls:
    async def add(self, *, kf_account: str, nickname: str, password: str | None = ..., timeout: float | None = ...) -> Answer:
        """Add a customer-service account. 添加客服账号

        POST /customservice/kfaccount/add (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        nickname: the name that followers see · 客服昵称

        password: no longer used · 已不使用
        """
    async def update(self, *, kf_account: str, nickname: str, password: str | None = ..., timeout: float | None = ...) -> Answer:
        """Change a customer-service account's name. 修改客服账号

        POST /customservice/kfaccount/update (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        nickname: the name that followers see · 客服昵称

        password: no longer used · 已不使用
        """
    async def del_(self, *, kf_account: str, timeout: float | None = ...) -> Answer:
        """Delete a customer-service account. 删除客服账号

        POST /customservice/kfaccount/del (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号
        """
    async def inviteworker(self, *, kf_account: str, invite_wx: str, timeout: float | None = ...) -> Answer:
        """Invite a WeChat user to work as this account. 邀请微信用户绑定客服账号

        POST /customservice/kfaccount/inviteworker (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        invite_wx: the WeChat id to invite · 被邀请的微信号
        """
    async def uploadheadimg(self, *, kf_account: str, media: Uploadable, timeout: float | None = ...) -> Answer:
        """Set the picture of a customer-service account. 设置客服头像

        POST /customservice/kfaccount/uploadheadimg (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        media: the file · 文件
        """

class AsyncCustomserviceKfsessionCalls:
    async def create(self, *, kf_account: str, openid: str, text: str | None = ..., timeout: float | None = ...) -> Answer:
        """Give a follower to a customer-service account. 创建会话

        POST /customservice/kfsession/create (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        openid: the follower's openid · 粉丝的 openid

        text: a text that goes with it · 附带的文字
        """
    async def close(self, *, kf_account: str, openid: str, text: str | None = ..., timeout: float | None = ...) -> Answer:
        """End a session. 关闭会话

        POST /customservice/kfsession/close (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        openid: the follower's openid · 粉丝的 openid

        text: a text that goes with it · 附带的文字
        """
    async def getsession(self, *, openid: str, timeout: float | None = ...) -> CustomserviceKfsessionGetsessionAnswer:
        """The session of a follower. 查询用户的会话

        GET /customservice/kfsession/getsession (from official page)

        openid: the follower's openid · 粉丝的 openid
        """
    async def getsessionlist(self, *, kf_account: str, timeout: float | None = ...) -> CustomserviceKfsessionGetsessionlistAnswer:
        """The sessions of a customer-service account. 查询客服的会话

        GET /customservice/kfsession/getsessionlist (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号
        """
    async def getwaitcase(self, *, timeout: float | None = ...) -> CustomserviceKfsessionGetwaitcaseAnswer:
        """Followers that wait for someone. 查询等待接入的会话

        GET /customservice/kfsession/getwaitcase (from official page)
        """

class AsyncCustomserviceMsgrecordCalls:
    async def getmsglist(self, *, starttime: int, endtime: int, msgid: int, number: int, timeout: float | None = ...) -> CustomserviceMsgrecordGetmsglistAnswer:
        """The records of chats, over 24 hours at most. 查询聊天记录（跨度不超过 24 小时）

        POST /customservice/msgrecord/getmsglist (from official page)

        starttime: the first second · 起始时间，秒

        endtime: the last second, 24 hours later at most · 结束时间，秒，跨度不超过 24 小时

        msgid: where to begin; 1 at first · 从哪条开始，第一次为 1

        number: how many at most, up to 10,000 · 最多返回几条，上限 10000
        """
    async def getrecord(self, *, starttime: int, endtime: int, pagesize: int, pageindex: int, timeout: float | None = ...) -> CustomserviceMsgrecordGetrecordAnswer:
        """The records of chats, older form. 查询聊天记录（旧版）

        POST /customservice/msgrecord/getrecord (from public SDKs)
        Retired: use getmsglist.
        """

class AsyncCustomserviceCalls:
    async def getkflist(self, *, timeout: float | None = ...) -> CustomserviceGetkflistAnswer:
        """All customer-service accounts. 获取所有客服账号

        GET /cgi-bin/customservice/getkflist (from official page)
        """
    async def getonlinekflist(self, *, timeout: float | None = ...) -> CustomserviceGetonlinekflistAnswer:
        """The customer-service accounts that are online. 获取在线的客服

        GET /cgi-bin/customservice/getonlinekflist (from official page)
        """
    kfaccount: AsyncCustomserviceKfaccountCalls
    kfsession: AsyncCustomserviceKfsessionCalls
    msgrecord: AsyncCustomserviceMsgrecordCalls

class AsyncDatacubeCalls:
    async def getusersummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusersummaryAnswer:
        """Followers gained and lost; 7 days at a time. 用户增减（一次最多 7 天）

        POST /datacube/getusersummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getusercumulate(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusercumulateAnswer:
        """Followers in all; 7 days at a time. 累计用户（一次最多 7 天）

        POST /datacube/getusercumulate (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getarticlesummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticlesummaryAnswer:
        """Articles sent, by day; 1 day at a time. 图文群发每日数据（一次最多 1 天）

        POST /datacube/getarticlesummary (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getarticletotal(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticletotalAnswer:
        """Articles sent, over their life; 1 day at a time. 图文群发总数据（一次最多 1 天）

        POST /datacube/getarticletotal (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getuserread(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetuserreadAnswer:
        """Reads; 3 days at a time. 图文统计（一次最多 3 天）

        POST /datacube/getuserread (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getuserreadhour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetuserreadhourAnswer:
        """Reads, by hour; 1 day at a time. 图文统计，按小时（一次最多 1 天）

        POST /datacube/getuserreadhour (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getusershare(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusershareAnswer:
        """Shares; 7 days at a time. 图文转发（一次最多 7 天）

        POST /datacube/getusershare (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getusersharehour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusersharehourAnswer:
        """Shares, by hour; 1 day at a time. 图文转发，按小时（一次最多 1 天）

        POST /datacube/getusersharehour (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsg(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgAnswer:
        """Messages received; 7 days at a time. 消息概况（一次最多 7 天）

        POST /datacube/getupstreammsg (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsghour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsghourAnswer:
        """Messages received, by hour; 1 day at a time. 消息概况，按小时（一次最多 1 天）

        POST /datacube/getupstreammsghour (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsgweek(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgweekAnswer:
        """Messages received, by week; 30 days at a time. 消息概况，按周（一次最多 30 天）

        POST /datacube/getupstreammsgweek (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsgmonth(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgmonthAnswer:
        """Messages received, by month; 30 days at a time. 消息概况，按月（一次最多 30 天）

        POST /datacube/getupstreammsgmonth (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsgdist(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistAnswer:
        """How many sent how much; 15 days at a time. 消息分布（一次最多 15 天）

        POST /datacube/getupstreammsgdist (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsgdistweek(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistweekAnswer:
        """How many sent how much, by week; 30 days at a time. 消息分布，按周（一次最多 30 天）

        POST /datacube/getupstreammsgdistweek (from official page)
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getupstreammsgdistmonth(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistmonthAnswer:
        """How many sent how much, by month; 30 days at a time. 消息分布，按月（一次最多 30 天）

        POST /datacube/getupstreammsgdistmonth (from official page)
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getinterfacesummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetinterfacesummaryAnswer:
        """Calls of your server and their times; 30 days at a time. 接口分析（一次最多 30 天）

        POST /datacube/getinterfacesummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getinterfacesummaryhour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetinterfacesummaryhourAnswer:
        """Calls of your server, by hour; 1 day at a time. 接口分析，按小时（一次最多 1 天）

        POST /datacube/getinterfacesummaryhour (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getarticleread(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticlereadAnswer:
        """Reads of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日阅读（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleread (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getarticleshare(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticleshareAnswer:
        """Shares of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日分享（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleshare (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getarticletotaldetail(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticletotaldetailAnswer:
        """What became of the articles of a day within 30 days; 1 day at a time. 发表内容的详细数据，发表后 30 天内（一次 1 天）

        POST /datacube/getarticletotaldetail (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getbizsummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetbizsummaryAnswer:
        """All articles in sum, by day; 30 days at a time. 发表内容概况（一次最多 30 天）

        POST /datacube/getbizsummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def getcardbizuininfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], timeout: float | None = ...) -> DatacubeGetcardbizuininfoAnswer:
        """Cards, in sum. 卡券概况

        POST /datacube/getcardbizuininfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建
        """
    async def getcardcardinfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], card_id: str | None = ..., timeout: float | None = ...) -> DatacubeGetcardcardinfoAnswer:
        """Free cards. 免费券数据

        POST /datacube/getcardcardinfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建

        card_id: the card's id · 卡券 id
        """
    async def getcardmembercardinfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], timeout: float | None = ...) -> DatacubeGetcardmembercardinfoAnswer:
        """Member cards, in sum. 会员卡概况

        POST /datacube/getcardmembercardinfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建
        """
    async def getcardmembercarddetail(self, *, begin_date: Day, end_date: Day, card_id: str, timeout: float | None = ...) -> DatacubeGetcardmembercarddetailAnswer:
        """One member card. 单张会员卡数据

        POST /datacube/getcardmembercarddetail (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        card_id: the card's id · 卡券 id
        """

class AsyncPublisherCalls:
    async def stat(self, *, action: Literal["publisher_adpos_general", "publisher_cps_general", "publisher_settlement"], page: int, page_size: int, start_date: Day, end_date: Day, ad_slot: str | None = ..., timeout: float | None = ...) -> PublisherStatAnswer:
        """A publisher's figures: by advertising slot, goods on commission, or settled income. 流量主数据：分广告位、返佣商品、结算收入

        GET /publisher/stat (from public SDKs)

        action: which figures: by slot, goods on commission, settled income · 要哪种数据：分广告位、返佣商品、结算收入

        page: which page, from 1 · 第几页，从 1 起

        page_size: how many a page · 每页几条

        start_date: the first day · 起始日期

        end_date: the last day · 结束日期

        ad_slot: the kind of advertising slot; all when left out · 广告位类型，不填为全部
        """

class AsyncDeviceCalls:
    async def transmsg(self, *, device_type: str | None = ..., device_id: str | None = ..., open_id: str | None = ..., msg_type: str | None = ..., device_status: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Send to a device. 推送消息给设备

        POST /device/transmsg (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def create_qrcode(self, *, device_num: int | None = ..., device_id_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make devices' QR codes. 获取设备二维码

        POST /device/create_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def authorize_device(self, *, device_num: int | None = ..., device_list: Sequence[object] | None = ..., op_type: int | None = ..., product_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Authorise devices. 授权设备

        POST /device/authorize_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getqrcode(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device id and its QR code. 获取 deviceid 和二维码

        GET /device/getqrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def bind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a user. 绑定设备

        POST /device/bind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        openid: the follower's openid · 粉丝的 openid
        """
    async def unbind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Unbind a device. 解绑设备

        POST /device/unbind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        openid: the follower's openid · 粉丝的 openid
        """
    async def compel_bind(self, *, device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind without asking. 强制绑定

        POST /device/compel_bind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def compel_unbind(self, *, device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Unbind without asking. 强制解绑

        POST /device/compel_unbind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def get_stat(self, *, device_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's state. 查询设备状态

        GET /device/get_stat (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def verify_qrcode(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check a QR code. 验证二维码

        POST /device/verify_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """
    async def get_openid(self, *, device_type: str | None = ..., device_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The users of a device. 获取设备绑定的用户

        GET /device/get_openid (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_bind_device(self, *, openid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The devices of a user. 获取用户绑定的设备

        GET /device/get_bind_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncIlinkApiMmiotCalls:
    async def get_device_qrcode(self, *, ilink_im_sdk_id: str | None = ..., payload: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's QR code. 获取设备二维码

        POST /ilink/api/mmiot/get_device_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def reset_public_device(self, *, ilink_im_sdk_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Reset a public device. 重置公共设备

        POST /ilink/api/mmiot/reset_public_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIlinkApiCalls:
    async def cloud_register_device(self, *, product_id: str | None = ..., iot_device_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Register a device (iLink). 注册设备（iLink）

        POST /ilink/api/cloud_register_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_device_ticket(self, *, ilink_im_sdk_id: str | None = ..., user_openid: str | None = ..., ticket_scene: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's ticket. 获取设备票据

        POST /ilink/api/get_device_ticket (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    mmiot: AsyncIlinkApiMmiotCalls
    async def reset_device(self, *, ilink_im_sdk_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Reset a device. 重置设备

        POST /ilink/api/reset_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIlinkCalls:
    api: AsyncIlinkApiCalls

class AsyncDraftCalls:
    async def add(self, *, articles: Sequence[DraftArticle], timeout: float | None = ...) -> DraftAddAnswer:
        """Add a draft. 新建草稿

        POST /cgi-bin/draft/add (from official page)
        Unconfirmed: the current page says content of 2 KB beside 20,000 characters.

        articles: the articles, one to eight · 文章，1 到 8 篇
        """
    async def get(self, *, media_id: str, timeout: float | None = ...) -> DraftGetAnswer:
        """One draft. 获取草稿

        POST /cgi-bin/draft/get (from official page)

        media_id: the id of the medium · 素材 id
        """
    async def delete(self, *, media_id: str, timeout: float | None = ...) -> Answer:
        """Delete a draft. 删除草稿

        POST /cgi-bin/draft/delete (from official page)

        media_id: the id of the medium · 素材 id
        """
    async def update(self, *, media_id: str, index: int, articles: DraftArticle, timeout: float | None = ...) -> Answer:
        """Change one article of a draft. 修改草稿里的一篇文章

        POST /cgi-bin/draft/update (from official page)

        media_id: the id of the medium · 素材 id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        articles: the article as it shall be · 修改后的这一篇
        """
    async def count(self, *, timeout: float | None = ...) -> DraftCountAnswer:
        """How many drafts there are. 获取草稿总数

        GET /cgi-bin/draft/count (from official page)
        """
    async def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ..., timeout: float | None = ...) -> DraftBatchgetAnswer:
        """A page of drafts. 获取草稿列表

        POST /cgi-bin/draft/batchget (from official page)

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条

        no_content: 1 without the articles' text, 0 with it · 1 不返回正文，0 返回
        """
    async def switch(self, *, checkonly: Literal[0, 1] | None = ..., timeout: float | None = ...) -> DraftSwitchAnswer:
        """The switch of the trial period. 草稿箱开关（内测期）

        POST /cgi-bin/draft/switch (from public SDKs)
        Retired: drafts are open to every account.
        """

class AsyncChannelsEcServiceProductCalls:
    async def getcardinfo(self, *, product_id: str, article_type: Literal["news", "newspic"], card_type: Literal[0, 1, 2, 3], timeout: float | None = ...) -> ChannelsEcServiceProductGetcardinfoAnswer:
        """What a product's card is in an article's content. 获取文章里商品卡片的 DOM 结构

        POST /channels/ec/service/product/getcardinfo (from official page)

        product_id: the product's id · 商品 id

        article_type: news for an article, newspic for pictures · news 图文，newspic 图片消息

        card_type: 0 large, 1 small, 2 a link, 3 a bar · 0 大卡，1 小卡，2 文字链接，3 条卡
        """

class AsyncChannelsEcServiceCalls:
    product: AsyncChannelsEcServiceProductCalls

class AsyncChannelsEcCalls:
    service: AsyncChannelsEcServiceCalls

class AsyncChannelsCalls:
    ec: AsyncChannelsEcCalls

class AsyncFreepublishCalls:
    async def submit(self, *, media_id: str, timeout: float | None = ...) -> FreepublishSubmitAnswer:
        """Publish a draft; followers are not notified, the outcome comes as an event. 发布草稿（不通知粉丝；结果另行推送）

        POST /cgi-bin/freepublish/submit (from official page)

        media_id: the draft's media_id · 草稿的 media_id
        """
    async def get(self, *, publish_id: str, timeout: float | None = ...) -> FreepublishGetAnswer:
        """What became of a publication. 查询发布状态

        POST /cgi-bin/freepublish/get (from official page)

        publish_id: the id of the publication · 发布任务的 id
        """
    async def delete(self, *, article_id: str, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Delete what was published: one article by its place from 1, or all by 0. 删除发布（序号从 1 起，0 为全部）

        POST /cgi-bin/freepublish/delete (from official page)

        article_id: the id of what was published · 已发布文章的 id

        index: which article, from 1; all by 0 or when left out · 第几篇，从 1 起，不填或 0 删除全部
        """
    async def getarticle(self, *, article_id: str, timeout: float | None = ...) -> FreepublishGetarticleAnswer:
        """A published article. 获取已发布的文章

        POST /cgi-bin/freepublish/getarticle (from official page)

        article_id: the id of what was published · 已发布文章的 id
        """
    async def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ..., timeout: float | None = ...) -> FreepublishBatchgetAnswer:
        """A page of publications. 获取成功发布的列表

        POST /cgi-bin/freepublish/batchget (from official page)

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条

        no_content: 1 without the articles' text, 0 with it · 1 不返回正文，0 返回
        """

class AsyncCommentReplyCalls:
    async def add(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, content: str, timeout: float | None = ...) -> Answer:
        """Answer a comment. 回复留言

        POST /cgi-bin/comment/reply/add (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id

        content: the answer · 回复的内容
        """
    async def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Delete the answer to a comment. 删除回复

        POST /cgi-bin/comment/reply/delete (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """

class AsyncCommentCalls:
    async def open(self, *, msg_data_id: int, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Allow comments on an article. 打开文章的留言

        POST /cgi-bin/comment/open (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """
    async def close(self, *, msg_data_id: int, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Allow no more comments on an article. 关闭文章的留言

        POST /cgi-bin/comment/close (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """
    async def list(self, *, msg_data_id: int, index: int | None = ..., begin: int, count: int, type: Literal[0, 1, 2], timeout: float | None = ...) -> CommentListAnswer:
        """A page of an article's comments. 查看文章的留言

        POST /cgi-bin/comment/list (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        begin: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most, below 50 · 最多返回几条，少于 50

        type: 0 all, 1 ordinary ones, 2 those shown to everybody · 0 全部，1 普通，2 精选
        """
    async def markelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Show a comment to everybody. 将留言标记为精选

        POST /cgi-bin/comment/markelect (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    async def unmarkelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """No longer show a comment to everybody. 取消精选

        POST /cgi-bin/comment/unmarkelect (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    async def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Delete a comment. 删除留言

        POST /cgi-bin/comment/delete (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    reply: AsyncCommentReplyCalls

class AsyncGuideCalls:
    async def addguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a guide into a group. 分组内添加顾问

        POST /cgi-bin/guide/addguide2guidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a guide. 添加顾问

        POST /cgi-bin/guide/addguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidebuyerdisplaytag(self, *, openid: str | None = ..., display_tag_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set what is shown of a customer. 设置自定义客户信息

        POST /cgi-bin/guide/addguidebuyerdisplaytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def addguidebuyerrelation(self, *, buyer_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Give customers to a guide. 为顾问分配客户

        POST /cgi-bin/guide/addguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def addguidebuyertag(self, *, tag_value: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Tag customers. 为客户设置标签

        POST /cgi-bin/guide/addguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    async def addguidemassendjob(self, *, task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a mass message of a guide. 添加群发任务

        POST /cgi-bin/guide/addguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def addguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add values to a tag. 为标签添加可选值

        POST /cgi-bin/guide/addguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def cancelguidemassendjob(self, *, task_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Cancel a mass message. 取消群发任务

        POST /cgi-bin/guide/cancelguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take a guide out of a group. 分组内删除顾问

        POST /cgi-bin/guide/delguide2guidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a guide. 删除顾问

        POST /cgi-bin/guide/delguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidebuyerrelation(self, *, openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take customers from a guide. 为顾问移除客户

        POST /cgi-bin/guide/delguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    async def delguidebuyertag(self, *, tag_value: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take a tag off customers. 删除客户标签

        POST /cgi-bin/guide/delguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    async def delguidecardmaterial(self, *, type: int | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a mini-program card. 删除小程序卡片素材

        POST /cgi-bin/guide/delguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        title: the title · 标题

        path: the page of the mini-program · 小程序页面路径

        appid: the account's AppID · 账号的 AppID
        """
    async def delguidegroup(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group of guides. 删除顾问分组

        POST /cgi-bin/guide/delguidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguideimagematerial(self, *, type: int | None = ..., picurl: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a picture. 删除图片素材

        POST /cgi-bin/guide/delguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    async def delguidetagoption(self, *, tag_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a tag. 删除标签类型

        POST /cgi-bin/guide/delguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a text. 删除文字素材

        POST /cgi-bin/guide/delguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    async def getgroupbyguide(self, *, guide_account: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The groups of a guide. 获取顾问所在分组

        POST /cgi-bin/guide/getgroupbyguide (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getgroupinfo(self, *, group_id: int | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The guides of a group. 获取分组内顾问信息

        POST /cgi-bin/guide/getgroupinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def getguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One guide. 获取顾问信息

        POST /cgi-bin/guide/getguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideacctconfig(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Forbidden words and the reply while offline. 获取敏感词与离线自动回复

        POST /cgi-bin/guide/getguideacctconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideacctlist(self, *, page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of guides. 获取顾问列表

        POST /cgi-bin/guide/getguideacctlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def getguidebuyerchatrecord(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., begin_time: int | None = ..., end_time: int | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's chats. 获取顾问聊天记录

        POST /cgi-bin/guide/getguidebuyerchatrecord (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def getguidebuyerdisplaytag(self, *, openid: str | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What is shown of a customer. 获取自定义客户信息

        POST /cgi-bin/guide/getguidebuyerdisplaytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def getguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a guide and a customer stand. 查询顾问和客户的关系

        POST /cgi-bin/guide/getguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def getguidebuyerrelationbybuyer(self, *, openid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The guide of a customer. 查询客户所属顾问

        POST /cgi-bin/guide/getguidebuyerrelationbybuyer (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def getguidebuyerrelationlist(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's customers. 获取顾问的客户列表

        POST /cgi-bin/guide/getguidebuyerrelationlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    async def getguidebuyertag(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The tags of a customer. 查询客户标签

        POST /cgi-bin/guide/getguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def getguidecardmaterial(self, *, type: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The mini-program cards. 查询小程序卡片素材

        POST /cgi-bin/guide/getguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    async def getguideconfig(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A guide's quick replies and greeting. 获取快捷回复与关注自动回复

        POST /cgi-bin/guide/getguideconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidegrouplist(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All groups of guides. 获取所有顾问分组

        POST /cgi-bin/guide/getguidegrouplist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideimagematerial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The pictures. 查询图片素材

        POST /cgi-bin/guide/getguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        start: where to begin, from 0 · 从第几条开始，从 0 起
        """
    async def getguidemassendjob(self, *, task_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One mass message. 获取群发任务

        POST /cgi-bin/guide/getguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidemassendjoblist(self, *, task_status: int | None = ..., offset: int | None = ..., limit: int | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of mass messages. 获取群发任务列表

        POST /cgi-bin/guide/getguidemassendjoblist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    async def getguidetagoption(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All tags and their values. 获取标签和可选值

        POST /cgi-bin/guide/getguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidewordmaterial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The texts. 查询文字素材

        POST /cgi-bin/guide/getguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        start: where to begin, from 0 · 从第几条开始，从 0 起
        """
    async def guidecreateqrcode(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., qrcode_info: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a guide's QR code. 生成顾问二维码

        POST /cgi-bin/guide/guidecreateqrcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def newguidegroup(self, *, group_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group of guides. 新建顾问分组

        POST /cgi-bin/guide/newguidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def newguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a tag. 新建标签类型

        POST /cgi-bin/guide/newguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def pushshowwxapathmenu(self, *, wxa_appid: str | None = ..., wx_username: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Let a WeChat user copy mini-program paths. 允许复制小程序页面路径

        POST /cgi-bin/guide/pushshowwxapathmenu (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def queryguidebuyerbytag(self, *, push_count: int | None = ..., tag_values: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The customers with some tags. 根据标签筛选客户

        POST /cgi-bin/guide/queryguidebuyerbytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def rebindguideacctforbuyer(self, *, old_guide_account: str | None = ..., old_guide_openid: str | None = ..., new_guide_account: str | None = ..., new_guide_openid: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Give customers to another guide. 为客户更换顾问

        POST /cgi-bin/guide/rebindguideacctforbuyer (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    async def setguideacctconfig(self, *, values: Sequence[object] | None = ..., content: str | None = ..., is_delete: object | None = ..., black_keyword: str | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set forbidden words and the reply while offline. 设置敏感词与离线自动回复

        POST /cgi-bin/guide/setguideacctconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        content: the text · 内容
        """
    async def setguidecardmaterial(self, *, type: int | None = ..., media_id: str | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a mini-program card. 添加小程序卡片素材

        POST /cgi-bin/guide/setguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        media_id: the id of the medium · 素材 id

        title: the title · 标题

        path: the page of the mini-program · 小程序页面路径

        appid: the account's AppID · 账号的 AppID
        """
    async def setguideconfig(self, *, content: str | None = ..., is_delete: object | None = ..., guide_fast_reply_list: Sequence[object] | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., guide_auto_reply_plus: Mapping[str, object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., msgtype: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set a guide's quick replies and greeting. 设置快捷回复与关注自动回复

        POST /cgi-bin/guide/setguideconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        content: the text · 内容

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段
        """
    async def setguideimagematerial(self, *, media_id: str | None = ..., type: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a picture. 添加图片素材

        POST /cgi-bin/guide/setguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        media_id: the id of the medium · 素材 id

        type: the kind · 类型
        """
    async def setguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a text. 添加文字素材

        POST /cgi-bin/guide/setguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    async def updateguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a guide. 修改顾问

        POST /cgi-bin/guide/updateguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a customer's name. 修改客户昵称

        POST /cgi-bin/guide/updateguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    async def updateguidemassendjob(self, *, task_id: int | None = ..., task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a mass message. 修改群发任务

        POST /cgi-bin/guide/updateguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncMarketingUserActionSetsCalls:
    async def add(self, *, version: str | None = ..., type: str | None = ..., name: str | None = ..., description: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a source of user actions. 创建用户行为数据源

        POST /marketing/user_action_sets/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        description: a description · 描述
        """
    async def get(self, *, version: str | None = ..., user_action_set_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The sources of user actions. 查询用户行为数据源

        GET /marketing/user_action_sets/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingUserActionSetReportsCalls:
    async def get(self, *, user_action_set_id: str | None = ..., date_range: Mapping[str, object] | None = ..., time_granularity: str | None = ..., aggregation: str | None = ..., version: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The report of a source. 查询数据源报表

        GET /marketing/user_action_set_reports/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingUserActionsCalls:
    async def add(self, *, version: str | None = ..., actions: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Report user actions. 上报用户行为

        POST /marketing/user_actions/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingWechatAdLeadsCalls:
    async def get(self, *, date_range: Mapping[str, object] | None = ..., filtering: Sequence[object] | None = ..., page: Mapping[str, object] | None = ..., page_size: int | None = ..., version: str | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Leads from advertisements. 获取朋友圈销售线索

        GET /marketing/wechat_ad_leads/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起

        page_size: how many a page · 每页几条

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """

class AsyncMarketingCalls:
    user_action_sets: AsyncMarketingUserActionSetsCalls
    user_action_set_reports: AsyncMarketingUserActionSetReportsCalls
    user_actions: AsyncMarketingUserActionsCalls
    wechat_ad_leads: AsyncMarketingWechatAdLeadsCalls

class AsyncCityserviceCalls:
    async def sendchannelmsg(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Send a city service's message. 发送城市服务消息

        POST /cityservice/sendchannelmsg (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMaterialCalls:
    async def add_material(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable, description: VideoDescription | None = ..., timeout: float | None = ...) -> MaterialAddMaterialAnswer:
        """Upload a permanent medium. 上传永久素材

        POST /cgi-bin/material/add_material (from official page)

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件

        description: title and description of a video, which needs them · 视频的标题和简介，上传视频时必填
        """
    async def get_material(self, *, media_id: str, timeout: float | None = ...) -> Media[MaterialGetMaterialAnswer]:
        """A permanent medium; articles and videos answer in JSON. 获取永久素材；图文与视频返回 JSON

        POST /cgi-bin/material/get_material (from official page)

        media_id: the id of the medium · 素材 id
        """
    async def del_material(self, *, media_id: str, timeout: float | None = ...) -> Answer:
        """Delete a permanent medium. 删除永久素材

        POST /cgi-bin/material/del_material (from official page)

        media_id: the id of the medium · 素材 id
        """
    async def get_materialcount(self, *, timeout: float | None = ...) -> MaterialGetMaterialcountAnswer:
        """How many permanent media there are. 获取永久素材的数量

        GET /cgi-bin/material/get_materialcount (from official page)
        """
    async def batchget_material(self, *, type: Literal["image", "video", "voice", "news"], offset: int, count: int, timeout: float | None = ...) -> MaterialBatchgetMaterialAnswer:
        """A page of permanent media. 获取永久素材列表

        POST /cgi-bin/material/batchget_material (from official page)

        type: pictures, videos, voices or articles · 图片、视频、语音或图文

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    async def add_news(self, *, articles: Sequence[Mapping[str, object]], timeout: float | None = ...) -> MaterialAddNewsAnswer:
        """Add articles to the library. 新增永久图文素材

        POST /cgi-bin/material/add_news (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    async def update_news(self, *, media_id: str, index: int, articles: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Change an article of the library. 修改永久图文素材

        POST /cgi-bin/material/update_news (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/update.

        media_id: the id of the medium · 素材 id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """

class AsyncMenuCalls:
    async def create(self, *, button: Sequence[Button], timeout: float | None = ...) -> Answer:
        """Replace the whole default menu. 创建默认菜单（整个替换）

        POST /cgi-bin/menu/create (from official page)

        button: the buttons of the first level, one to three · 一级按钮，1 到 3 个
        """
    async def get(self, *, timeout: float | None = ...) -> MenuGetAnswer:
        """The menu and conditional menus that were made by this API. 查询用接口创建的菜单和个性化菜单

        GET /cgi-bin/menu/get (from official page)
        """
    async def delete(self, *, timeout: float | None = ...) -> Answer:
        """Delete the default menu and every conditional one. 删除默认菜单和所有个性化菜单

        GET /cgi-bin/menu/delete (from official page)
        """
    async def addconditional(self, *, button: Sequence[Button], matchrule: MatchRule, timeout: float | None = ...) -> MenuAddconditionalAnswer:
        """Add a menu for those followers that a rule matches. 创建个性化菜单

        POST /cgi-bin/menu/addconditional (from official page)
        Unconfirmed: sex, region and language rules were withdrawn in 2021/22.

        button: the buttons of the first level, one to three · 一级按钮，1 到 3 个

        matchrule: which followers see it · 哪些粉丝看到它
        """
    async def delconditional(self, *, menuid: str, timeout: float | None = ...) -> Answer:
        """Delete one conditional menu. 删除个性化菜单

        POST /cgi-bin/menu/delconditional (from official page)

        menuid: the id of the conditional menu · 个性化菜单的 id
        """
    async def trymatch(self, *, user_id: str, timeout: float | None = ...) -> MenuTrymatchAnswer:
        """Which menu a follower sees. 测试个性化菜单：某个用户看到哪个菜单

        POST /cgi-bin/menu/trymatch (from official page)

        user_id: a follower's openid or WeChat id · 粉丝的 openid 或微信号
        """

class AsyncMerchantCategoryCalls:
    async def getsub(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Sub-categories. 获取子分类

        POST /merchant/category/getsub (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getsku(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The SKUs of a category. 获取分类的 SKU

        POST /merchant/category/getsku (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getproperty(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The properties of a category. 获取分类的属性

        POST /merchant/category/getproperty (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantStockCalls:
    async def add(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add stock. 增加库存

        POST /merchant/stock/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def reduce(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take stock. 减少库存

        POST /merchant/stock/reduce (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantExpressCalls:
    async def add(self, *, delivery_template: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a postage template. 增加邮费模板

        POST /merchant/express/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, template_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a postage template. 删除邮费模板

        POST /merchant/express/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    async def update(self, *, template_id: str | None = ..., delivery_template: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a postage template. 修改邮费模板

        POST /merchant/express/update (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    async def getbyid(self, *, template_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One postage template. 获取邮费模板

        POST /merchant/express/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    async def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All postage templates. 获取所有邮费模板

        GET /merchant/express/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantGroupCalls:
    async def add(self, *, group_detail: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group. 增加分组

        POST /merchant/group/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /merchant/group/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def propertymod(self, *, group_id: int | None = ..., group_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a group. 修改分组属性

        POST /merchant/group/propertymod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def productmod(self, *, group_id: int | None = ..., product: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a group's goods. 修改分组商品

        POST /merchant/group/productmod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All groups. 获取所有分组

        GET /merchant/group/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One group. 获取分组

        POST /merchant/group/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantShelfCalls:
    async def add(self, *, shelf_id: str | None = ..., shelf_name: str | None = ..., shelf_banner: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shelf. 增加货架

        POST /merchant/shelf/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, shelf_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shelf. 删除货架

        POST /merchant/shelf/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mod(self, *, shelf_id: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shelf. 修改货架

        POST /merchant/shelf/mod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All shelves. 获取所有货架

        GET /merchant/shelf/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, shelf_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shelf. 获取货架

        POST /merchant/shelf/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantOrderCalls:
    async def getbyid(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One order. 获取订单

        POST /merchant/order/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyfilter(self, *, status: int | None = ..., begintime: int | None = ..., endtime: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Orders by state and time. 查询订单

        POST /merchant/order/getbyfilter (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setdelivery(self, *, order_id: str | None = ..., delivery_company: str | None = ..., delivery_track_no: str | None = ..., need_delivery: object | None = ..., is_others: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Say how an order is sent. 设置发货信息

        POST /merchant/order/setdelivery (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def close(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Close an order. 关闭订单

        POST /merchant/order/close (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantCommonCalls:
    async def upload_img(self, *, filename: str | None = ..., media: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /merchant/common/upload_img (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        media: the file · 文件
        """

class AsyncMerchantCalls:
    async def create(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 增加商品

        POST /merchant/create (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 删除商品

        POST /merchant/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change goods. 修改商品

        POST /merchant/update (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /merchant/get (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbystatus(self, *, status: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Goods by state. 按状态查询商品

        POST /merchant/getbystatus (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modproductstatus(self, *, product_id: str | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Show goods or hide them. 商品上下架

        POST /merchant/modproductstatus (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    category: AsyncMerchantCategoryCalls
    stock: AsyncMerchantStockCalls
    express: AsyncMerchantExpressCalls
    group: AsyncMerchantGroupCalls
    shelf: AsyncMerchantShelfCalls
    order: AsyncMerchantOrderCalls
    common: AsyncMerchantCommonCalls

class AsyncNontaxCalls:
    async def queryfee(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What is due. 查询应收

        POST /nontax/queryfee (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unifiedorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make an order. 支付下单

        POST /nontax/unifiedorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One order. 查询订单

        POST /nontax/getorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorderlist(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of orders. 查询订单列表

        POST /nontax/getorderlist (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def refund(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refund. 退款

        POST /nontax/refund (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def micropay(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Pay by code. 付款码付款

        POST /nontax/micropay (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def downloadbill(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The day's bill. 下载对账单

        POST /nontax/downloadbill (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def notifyinconsistentorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Report a wrong order. 通知不一致订单

        POST /nontax/notifyinconsistentorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mocknotification(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Try the payment notice. 测试支付结果通知

        POST /nontax/mocknotification (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mockqueryfee(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Try the query. 测试查询应收

        POST /nontax/mockqueryfee (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def createbillcard(self, *, invoice_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a bill's card. 创建财政电子票据

        POST /nontax/createbillcard (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbillauthurl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a user authorises a bill. 获取授权页链接

        POST /nontax/getbillauthurl (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def insertbill(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a bill into a user's wallet. 插入用户卡包

        POST /nontax/insertbill (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncSnsOauth2ComponentCalls:
    async def access_token(self, *, appid: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., component_appid: str, component_access_token: str, timeout: float | None = ...) -> SnsOauth2ComponentAccessTokenAnswer:
        """A user's access token for a code, on behalf of an account. 代公众号用 code 换取用户的 access_token

        GET /sns/oauth2/component/access_token (from official page)

        appid: the account's AppID · 账号的 AppID

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        grant_type: always this; need not be given · 固定值，不必填

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_access_token: the platform's token · 第三方平台的 token
        """
    async def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, component_appid: str, component_access_token: str, timeout: float | None = ...) -> SnsOauth2ComponentRefreshTokenAnswer:
        """A user's next access token, on behalf of an account. 代公众号刷新用户的 access_token

        GET /sns/oauth2/component/refresh_token (from official page)

        appid: the account's AppID · 账号的 AppID

        grant_type: always this; need not be given · 固定值，不必填

        refresh_token: the user's refresh token · 用户的刷新令牌

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_access_token: the platform's token · 第三方平台的 token
        """

class AsyncSnsOauth2Calls:
    async def access_token(self, *, appid: str = ..., secret: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., timeout: float | None = ...) -> SnsOauth2AccessTokenAnswer:
        """A user's access token for the code of the login page; a code works once. 用 code 换取用户的 access_token（code 只能用一次）

        GET /sns/oauth2/access_token (from official page)

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        grant_type: always this; need not be given · 固定值，不必填
        """
    async def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, timeout: float | None = ...) -> SnsOauth2RefreshTokenAnswer:
        """A user's next access token, within 30 days. 刷新用户的 access_token（30 天内）

        GET /sns/oauth2/refresh_token (from official page)

        appid: the account's AppID · 账号的 AppID

        grant_type: always this; need not be given · 固定值，不必填

        refresh_token: the refresh token that came with the access token · 用 code 换到的刷新令牌
        """
    component: AsyncSnsOauth2ComponentCalls

class AsyncSnsCalls:
    oauth2: AsyncSnsOauth2Calls
    async def userinfo(self, *, access_token: str, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ..., timeout: float | None = ...) -> SnsUserinfoAnswer:
        """What a user let the page know; sex and region are empty since 2021-10-20. 获取授权用户的信息（性别与地区自 2021-10-20 起为空）

        GET /sns/userinfo (from official page)

        access_token: the user's access token · 用户的 access_token

        openid: the follower's openid · 粉丝的 openid

        lang: the language · 语言
        """
    async def auth(self, *, access_token: str, openid: str, timeout: float | None = ...) -> Answer:
        """Whether a user's access token is still good. 检验用户的 access_token

        GET /sns/auth (from official page)

        access_token: the user's access token · 用户的 access_token

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncQrcodeCalls:
    async def create(self, *, expire_seconds: int | None = ..., action_name: Literal["QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"], action_info: ActionInfo, timeout: float | None = ...) -> QrcodeCreateAnswer:
        """Make a QR code with a scene: temporary for 30 days at most, or one of 100,000 permanent ones. 创建带参数的二维码（临时最长 30 天，永久最多十万个）

        POST /cgi-bin/qrcode/create (from official page)

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天

        action_name: temporary or permanent (LIMIT), a number or a text (STR) as its scene · 临时或永久（LIMIT），场景值为数字或字符串（STR）

        action_info: the scene · 场景
        """

class AsyncShortenCalls:
    async def gen(self, *, long_data: str, expire_seconds: int | None = ..., timeout: float | None = ...) -> ShortenGenAnswer:
        """Make a short key for long data. 把长信息变成短 Key

        POST /cgi-bin/shorten/gen (from official page)

        long_data: the data, 4 KB at most · 长信息，最多 4 KB

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天
        """
    async def fetch(self, *, short_key: str, timeout: float | None = ...) -> ShortenFetchAnswer:
        """The long data of a short key. 把短 Key 还原

        POST /cgi-bin/shorten/fetch (from official page)

        short_key: the short key · 短 Key
        """

class AsyncWxopenCalls:
    async def qrcodejumpadd(self, *, prefix: str, appid: str, path: str, is_edit: Literal[0, 1], permit_sub_rule: Literal[1, 2] | None = ..., open_version: Literal[1, 2, 3] | None = ..., debug_url: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ...) -> Answer:
        """Let a QR code with a scene open a mini-program: add a rule, or change one. 让带参数的二维码扫码后打开小程序：新增或修改规则

        POST /cgi-bin/wxopen/qrcodejumpadd (from official page)

        prefix: the QR code's address, beginning with http://weixin.qq.com/q/ · 二维码地址，以 http://weixin.qq.com/q/ 开头

        appid: the AppID of the mini-program to open · 要打开的小程序的 AppID

        path: the page of the mini-program · 小程序页面路径

        is_edit: 0 to add, 1 to change a rule that is not published · 0 新增，1 修改（已发布的不能改）

        permit_sub_rule: for ordinary addresses: 1 without sub-rules, 2 with them · 普通链接：1 不占用子规则，2 占用

        open_version: for ordinary addresses: 1 development, 2 trial, 3 release · 普通链接的测试范围：1 开发版，2 体验版，3 正式版

        debug_url: for ordinary addresses: up to five to try it with · 普通链接的测试网址，最多 5 个
        """
    async def qrcodejumpget(self, *, appid: str, get_type: Literal[0, 1, 2] | None = ..., prefix_list: list[str] | tuple[str, ...] | None = ..., page_num: int | None = ..., page_size: int | None = ..., timeout: float | None = ...) -> WxopenQrcodejumpgetAnswer:
        """The rules by which QR codes open a mini-program. 查询扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumpget (from official page)

        appid: the mini-program's AppID · 小程序的 AppID

        get_type: 0 the last 10,000, 1 by prefix, 2 by pages · 0 最近一万条，1 按 prefix，2 分页

        prefix_list: the prefixes, 200 at most; needed when get_type is 1 · 要查的 prefix，最多 200 个，get_type 为 1 时必填

        page_num: which page, from 1; needed when get_type is 2 · 第几页，从 1 起，get_type 为 2 时必填

        page_size: how many a page · 每页几条
        """
    async def qrcodejumppublish(self, *, prefix: str, timeout: float | None = ...) -> Answer:
        """Publish a rule by which QR codes open a mini-program. 发布扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumppublish (from official page)

        prefix: the QR code's address, beginning with http://weixin.qq.com/q/ · 二维码地址，以 http://weixin.qq.com/q/ 开头
        """

class AsyncScanMerchantinfoCalls:
    async def get(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The merchant's brands and categories. 获取商户信息

        GET /scan/merchantinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanProductV2Calls:
    async def add(self, *, product: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import goods. 导入商品

        POST /scan/product/v2/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getinfo(self, *, product: Mapping[str, object] | None = ..., pid: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the imported goods. 获取商品

        POST /scan/product/v2/getinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getinfobypage(self, *, page_context: str | None = ..., page_num: int | None = ..., page_size: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of imported goods. 获取商品列表

        POST /scan/product/v2/getinfobypage (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page_num: which page, from 1; needed when get_type is 2 · 第几页，从 1 起，get_type 为 2 时必填

        page_size: how many a page · 每页几条
        """
    async def status(self, *, status_ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How an import stands. 查询导入状态

        POST /scan/product/v2/status (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanProductCalls:
    async def create(self, *, keystandard: str | None = ..., keystr: str | None = ..., brand_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 创建商品

        POST /scan/product/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, keystandard: str | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /scan/product/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getlist(self, *, offset: int | None = ..., limit: int | None = ..., status: int | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of goods. 批量查询商品

        POST /scan/product/getlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    async def update(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change goods. 更新商品

        POST /scan/product/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def clear(self, *, keystandard: str | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 清除商品

        POST /scan/product/clear (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modstatus(self, *, keystandard: str | None = ..., keystr: str | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Publish goods or take them back. 提交审核或取消发布

        POST /scan/product/modstatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getqrcode(self, *, keystandard: str | None = ..., keystr: str | None = ..., extinfo: Mapping[str, object] | None = ..., qrcode_size: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The QR code of goods. 获取商品二维码

        POST /scan/product/getqrcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    v2: AsyncScanProductV2Calls

class AsyncScanTestwhitelistCalls:
    async def set(self, *, openid: str | None = ..., username: str | None = ..., userName: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who may see unpublished goods. 设置测试人员

        POST /scan/testwhitelist/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncScanScanticketCalls:
    async def check(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check a scan's ticket. 检查 wxticket

        POST /scan/scanticket/check (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """

class AsyncScanCalls:
    merchantinfo: AsyncScanMerchantinfoCalls
    product: AsyncScanProductCalls
    testwhitelist: AsyncScanTestwhitelistCalls
    scanticket: AsyncScanScanticketCalls

class AsyncIntpMarketcodeCalls:
    async def applycode(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for codes. 申请二维码

        POST /intp/marketcode/applycode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applycodequery(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a request stands. 查询申请

        POST /intp/marketcode/applycodequery (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applycodedownload(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The codes of a request. 下载二维码包

        POST /intp/marketcode/applycodedownload (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def codeactive(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate codes. 激活二维码

        POST /intp/marketcode/codeactive (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def codeactivequery(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether codes are active. 查询激活状态

        POST /intp/marketcode/codeactivequery (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def tickettocode(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The code of a ticket. 用 ticket 换 code

        POST /intp/marketcode/tickettocode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIntpCalls:
    marketcode: AsyncIntpMarketcodeCalls

class AsyncShakearoundAccountCalls:
    async def register(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for the service. 申请开通

        POST /shakearound/account/register (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def auditstatus(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether it was granted. 查询审核状态

        GET /shakearound/account/auditstatus (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundDeviceGroupCalls:
    async def add(self, *, group_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group. 新增分组

        POST /shakearound/device/group/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, group_id: int | None = ..., group_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Rename a group. 编辑分组

        POST /shakearound/device/group/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /shakearound/device/group/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getlist(self, *, begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of groups. 查询分组列表

        POST /shakearound/device/group/getlist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    async def getdetail(self, *, group_id: int | None = ..., begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One group. 查询分组详情

        POST /shakearound/device/group/getdetail (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    async def adddevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put devices into a group. 添加设备到分组

        POST /shakearound/device/group/adddevice (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def deletedevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take devices out of a group. 从分组移除设备

        POST /shakearound/device/group/deletedevice (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundDeviceCalls:
    async def applyid(self, *, quantity: int | None = ..., apply_reason: str | None = ..., poi_id: int | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for device ids. 申请设备 ID

        POST /shakearound/device/applyid (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applystatus(self, *, apply_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a request stands. 查询设备 ID 申请状态

        POST /shakearound/device/applystatus (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, comment: str | None = ..., device_identifier: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a device. 编辑设备信息

        POST /shakearound/device/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def bindlocation(self, *, poi_id: int | None = ..., device_identifier: Mapping[str, object] | None = ..., type: str | None = ..., poi_appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a shop. 绑定设备与门店

        POST /shakearound/device/bindlocation (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    async def search(self, *, begin: int | None = ..., count: int | None = ..., apply_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find devices. 查询设备

        POST /shakearound/device/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    async def bindpage(self, *, page_ids: Sequence[object] | None = ..., bind: object | None = ..., append: object | None = ..., device_identifier: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to pages. 绑定设备与页面

        POST /shakearound/device/bindpage (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    group: AsyncShakearoundDeviceGroupCalls

class AsyncShakearoundPageCalls:
    async def add(self, *, title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a page. 新增页面

        POST /shakearound/page/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        description: a description · 描述
        """
    async def update(self, *, page_id: int | None = ..., title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a page. 编辑页面

        POST /shakearound/page/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        description: a description · 描述
        """
    async def search(self, *, type: str | None = ..., begin: int | None = ..., count: int | None = ..., page_ids: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find pages. 查询页面

        POST /shakearound/page/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        count: how many at most · 最多返回几条
        """
    async def delete(self, *, page_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a page. 删除页面

        POST /shakearound/page/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundMaterialCalls:
    async def add(self, *, type: str | None = ..., media: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /shakearound/material/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        media: the file · 文件
        """

class AsyncShakearoundRelationCalls:
    async def search(self, *, type: str | None = ..., device_identifier: Mapping[str, object] | None = ..., page_id: int | None = ..., begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Which devices show which pages. 查询设备与页面的关系

        POST /shakearound/relation/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        count: how many at most · 最多返回几条
        """

class AsyncShakearoundUserCalls:
    async def getshakeinfo(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who shook where. 获取摇一摇的设备及用户信息

        POST /shakearound/user/getshakeinfo (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """

class AsyncShakearoundStatisticsCalls:
    async def device(self, *, device_identifier: Mapping[str, object] | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a device. 设备统计

        POST /shakearound/statistics/device (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def devicelist(self, *, date: int | None = ..., page_index: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all devices. 批量设备统计

        POST /shakearound/statistics/devicelist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def page(self, *, page_id: int | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a page. 页面统计

        POST /shakearound/statistics/page (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    async def pagelist(self, *, date: int | None = ..., page_index: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all pages. 批量页面统计

        POST /shakearound/statistics/pagelist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundLotteryCalls:
    async def addlotteryinfo(self, *, title: str | None = ..., desc: str | None = ..., onoff: int | None = ..., begin_time: int | None = ..., expire_time: object | None = ..., sponsor_appid: str | None = ..., total: int | None = ..., jumpurl: str | None = ..., key: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a lottery. 创建红包活动

        POST /shakearound/lottery/addlotteryinfo (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        total: how many in all · 总数
        """
    async def setprizebucket(self, *, lottery_id: str | None = ..., mchid: str | None = ..., sponsorapp_id: object | None = ..., prizeinfolist: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Fill a lottery. 录入红包

        POST /shakearound/lottery/setprizebucket (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setlotteryswitch(self, *, lottery_id: str | None = ..., onoff: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch a lottery. 设置活动开关

        GET /shakearound/lottery/setlotteryswitch (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def querylottery(self, *, lottery_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One lottery. 查询活动

        GET /shakearound/lottery/querylottery (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundCalls:
    account: AsyncShakearoundAccountCalls
    device: AsyncShakearoundDeviceCalls
    page: AsyncShakearoundPageCalls
    material: AsyncShakearoundMaterialCalls
    relation: AsyncShakearoundRelationCalls
    user: AsyncShakearoundUserCalls
    statistics: AsyncShakearoundStatisticsCalls
    lottery: AsyncShakearoundLotteryCalls

class AsyncPoiCalls:
    async def addpoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shop. 创建门店

        POST /cgi-bin/poi/addpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpoi(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop. 查询门店

        POST /cgi-bin/poi/getpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpoilist(self, *, begin: int | None = ..., limit: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 查询门店列表

        POST /cgi-bin/poi/getpoilist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        limit: how many at most · 最多返回几条
        """
    async def updatepoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop. 修改门店

        POST /cgi-bin/poi/updatepoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delpoi(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shop. 删除门店

        POST /cgi-bin/poi/delpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getwxcategory(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories of shops. 门店类目表

        GET /cgi-bin/poi/getwxcategory (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncWxaSecCalls:
    async def queryblocktmplmsg(self, *, tmpl_msg_id: str, largest_id: int, limit: int, timeout: float | None = ...) -> WxaSecQueryblocktmplmsgAnswer:
        """Template messages that were blocked. 查询被拦截的模板消息

        POST /wxa/sec/queryblocktmplmsg (from official page)
        Unconfirmed: whether msginfo is one message, as the page has it, or a list of them.

        tmpl_msg_id: the id of the message that was blocked · 被拦截的模板消息的 id

        largest_id: the largest id of the page before; 0 at first · 上一页最大的 id，第一次为 0

        limit: how many at most · 最多返回几条
        """

class AsyncWxaCalls:
    async def get_merchant_category(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories of shop mini-programs. 拉取门店小程序类目

        GET /wxa/get_merchant_category (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def apply_merchant(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a shop mini-program. 创建门店小程序

        POST /wxa/apply_merchant (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_merchant_audit_info(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether it passed. 查询门店小程序审核结果

        GET /wxa/get_merchant_audit_info (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modify_merchant(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop mini-program. 修改门店小程序

        POST /wxa/modify_merchant (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_district(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Provinces, cities and districts. 拉取省市区

        GET /wxa/get_district (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def search_map_poi(self, *, districtid: str | None = ..., keyword: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find a shop on the map. 在腾讯地图搜索门店

        POST /wxa/search_map_poi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def create_map_poi(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a shop on the map. 在腾讯地图创建门店

        POST /wxa/create_map_poi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def add_store(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shop to the mini-program. 添加门店

        POST /wxa/add_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update_store(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop of the mini-program. 更新门店

        POST /wxa/update_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_store_info(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop of the mini-program. 获取门店

        POST /wxa/get_store_info (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_store_list(self, *, offset: int | None = ..., limit: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of the mini-program's shops. 获取门店列表

        POST /wxa/get_store_list (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    async def del_store(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shop of the mini-program. 删除门店

        POST /wxa/del_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    sec: AsyncWxaSecCalls

class AsyncTemplateCalls:
    async def api_set_industry(self, *, industry_id1: str, industry_id2: str, timeout: float | None = ...) -> Answer:
        """Set the account's industries, once a month. 设置所属行业（每月一次）

        POST /cgi-bin/template/api_set_industry (from official page)

        industry_id1: the number of the first industry, 1 to 41 · 主营行业的编号，1 到 41

        industry_id2: the number of the second industry, 1 to 41 · 副营行业的编号，1 到 41
        """
    async def get_industry(self, *, timeout: float | None = ...) -> TemplateGetIndustryAnswer:
        """The account's industries. 获取所属行业

        GET /cgi-bin/template/get_industry (from official page)
        """
    async def api_add_template(self, *, template_id_short: str, keyword_name_list: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ...) -> TemplateApiAddTemplateAnswer:
        """Take a template from the library; 25 at most. 从模板库添加模板（最多 25 个）

        POST /cgi-bin/template/api_add_template (from official page)

        template_id_short: its number in the library; digits only for a category's · 模板库中的编号，类目模板为纯数字

        keyword_name_list: the keywords of a category's template, in their order · 类目模板选用的关键词，按顺序
        """
    async def get_all_private_template(self, *, timeout: float | None = ...) -> TemplateGetAllPrivateTemplateAnswer:
        """The account's templates. 获取已添加的模板

        GET /cgi-bin/template/get_all_private_template (from official page)
        """
    async def del_private_template(self, *, template_id: str, timeout: float | None = ...) -> Answer:
        """Delete a template. 删除模板

        POST /cgi-bin/template/del_private_template (from official page)

        template_id: the template's id · 模板 id
        """

class AsyncWxaapiNewtmplCalls:
    async def addtemplate(self, *, tid: str, kidList: Sequence[int] | None = ..., sceneDesc: str | None = ..., timeout: float | None = ...) -> WxaapiNewtmplAddtemplateAnswer:
        """Take a notice's template. 选用订阅通知模板

        POST /wxaapi/newtmpl/addtemplate (from official page)

        tid: the public template's id · 公共模板的 id

        kidList: numbers of the keywords, in their order, two to five · 关键词编号，按顺序，2 到 5 个

        sceneDesc: when it is sent, in 15 characters · 服务场景，15 字以内
        """
    async def deltemplate(self, *, priTmplId: str, timeout: float | None = ...) -> Answer:
        """Delete a notice's template. 删除订阅通知模板

        POST /wxaapi/newtmpl/deltemplate (from official page)

        priTmplId: the id of the template to delete · 要删除的模板 id
        """
    async def getcategory(self, *, timeout: float | None = ...) -> WxaapiNewtmplGetcategoryAnswer:
        """The account's categories. 获取账号的类目

        GET /wxaapi/newtmpl/getcategory (from official page)
        """
    async def getpubtemplatekeywords(self, *, tid: str, timeout: float | None = ...) -> WxaapiNewtmplGetpubtemplatekeywordsAnswer:
        """The keywords of a public template. 获取模板的关键词

        GET /wxaapi/newtmpl/getpubtemplatekeywords (from official page)

        tid: the public template's id · 公共模板的 id
        """
    async def getpubtemplatetitles(self, *, ids: str, start: int, limit: int, timeout: float | None = ...) -> WxaapiNewtmplGetpubtemplatetitlesAnswer:
        """Public templates of some categories. 获取类目下的公共模板

        GET /wxaapi/newtmpl/getpubtemplatetitles (from official page)

        ids: ids of categories, with commas · 类目 id，逗号分隔

        start: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    async def gettemplate(self, *, timeout: float | None = ...) -> WxaapiNewtmplGettemplateAnswer:
        """The account's notice templates. 获取已选用的订阅通知模板

        GET /wxaapi/newtmpl/gettemplate (from official page)
        """

class AsyncWxaapiCalls:
    newtmpl: AsyncWxaapiNewtmplCalls

class AsyncUserInfoCalls:
    async def __call__(self, *, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ..., timeout: float | None = ...) -> UserInfoAnswer:
        """What is known of a follower; no nickname and picture since 2021-12-27. 获取一位粉丝的信息（2021-12-27 起没有昵称与头像）

        GET /cgi-bin/user/info (from official page)

        openid: the follower's openid · 粉丝的 openid

        lang: the language · 语言
        """
    async def batchget(self, *, user_list: Sequence[UserQuery], timeout: float | None = ...) -> UserInfoBatchgetAnswer:
        """What is known of up to 100 followers. 获取一批粉丝的信息（最多 100 位）

        POST /cgi-bin/user/info/batchget (from official page)

        user_list: the followers to look up, 100 at most · 要查询的粉丝，最多 100 位
        """
    async def updateremark(self, *, openid: str, remark: str, timeout: float | None = ...) -> Answer:
        """Set the remark on a follower. 设置粉丝的备注名

        POST /cgi-bin/user/info/updateremark (from official page)

        openid: the follower's openid · 粉丝的 openid

        remark: the remark, 30 bytes at most · 备注名，最多 30 字节
        """

class AsyncUserTagCalls:
    async def get(self, *, tagid: int, next_openid: str | None = ..., timeout: float | None = ...) -> UserTagGetAnswer:
        """The followers with a tag. 获取标签下的粉丝

        POST /cgi-bin/user/tag/get (from official page)

        tagid: the tag's id · 标签 id

        next_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """

class AsyncUserCalls:
    info: AsyncUserInfoCalls
    async def get(self, *, next_openid: str | None = ..., timeout: float | None = ...) -> UserGetAnswer:
        """The followers' openids, 10,000 at a time. 获取粉丝列表（每次最多 10000）

        GET /cgi-bin/user/get (from official page)

        next_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """
    tag: AsyncUserTagCalls

class AsyncTagsMembersCalls:
    async def batchtagging(self, *, openid_list: list[str] | tuple[str, ...], tagid: int, timeout: float | None = ...) -> Answer:
        """Tag up to 50 followers; 20 tags on each at most. 给粉丝打标签（每次最多 50 位，每人最多 20 个）

        POST /cgi-bin/tags/members/batchtagging (from official page)

        openid_list: the followers' openids · 粉丝的 openid

        tagid: the tag's id · 标签 id
        """
    async def batchuntagging(self, *, openid_list: list[str] | tuple[str, ...], tagid: int, timeout: float | None = ...) -> Answer:
        """Take a tag off up to 50 followers. 取消粉丝的标签

        POST /cgi-bin/tags/members/batchuntagging (from official page)

        openid_list: the followers' openids · 粉丝的 openid

        tagid: the tag's id · 标签 id
        """
    async def getblacklist(self, *, begin_openid: str | None = ..., timeout: float | None = ...) -> TagsMembersGetblacklistAnswer:
        """The blacklist, 10,000 at a time. 获取黑名单

        POST /cgi-bin/tags/members/getblacklist (from official page)

        begin_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """
    async def batchblacklist(self, *, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> Answer:
        """Block up to 20 followers. 拉黑粉丝（每次最多 20 位）

        POST /cgi-bin/tags/members/batchblacklist (from official page)

        openid_list: the followers' openids · 粉丝的 openid
        """
    async def batchunblacklist(self, *, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> Answer:
        """Block up to 20 followers no longer. 取消拉黑

        POST /cgi-bin/tags/members/batchunblacklist (from official page)

        openid_list: the followers' openids · 粉丝的 openid
        """

class AsyncTagsCalls:
    async def create(self, *, tag: NewTag, timeout: float | None = ...) -> TagsCreateAnswer:
        """Add a tag; 100 at most. 创建标签（最多 100 个）

        POST /cgi-bin/tags/create (from official page)

        tag: the tag · 标签
        """
    async def get(self, *, timeout: float | None = ...) -> TagsGetAnswer:
        """All tags. 获取所有标签

        GET /cgi-bin/tags/get (from official page)
        """
    async def update(self, *, tag: ChangedTag, timeout: float | None = ...) -> Answer:
        """Rename a tag. 修改标签名

        POST /cgi-bin/tags/update (from official page)

        tag: the tag · 标签
        """
    async def delete(self, *, tag: TagId, timeout: float | None = ...) -> Answer:
        """Delete a tag. 删除标签

        POST /cgi-bin/tags/delete (from official page)

        tag: the tag · 标签
        """
    members: AsyncTagsMembersCalls
    async def getidlist(self, *, openid: str, timeout: float | None = ...) -> TagsGetidlistAnswer:
        """The tags of a follower. 获取粉丝身上的标签

        POST /cgi-bin/tags/getidlist (from official page)

        openid: the follower's openid · 粉丝的 openid
        """

class AsyncGroupsMembersCalls:
    async def update(self, *, openid: str, to_groupid: int, timeout: float | None = ...) -> Answer:
        """Move a follower to a group. 移动粉丝分组

        POST /cgi-bin/groups/members/update (from public SDKs)
        Retired: superseded by tags.

        openid: the follower's openid · 粉丝的 openid
        """
    async def batchupdate(self, *, openid_list: list[str] | tuple[str, ...], to_groupid: int, timeout: float | None = ...) -> Answer:
        """Move followers to a group. 批量移动粉丝分组

        POST /cgi-bin/groups/members/batchupdate (from public SDKs)
        Retired: superseded by tags.

        openid_list: the followers' openids · 粉丝的 openid
        """

class AsyncGroupsCalls:
    async def create(self, *, group: Mapping[str, object], timeout: float | None = ...) -> GroupsCreateAnswer:
        """Add a group. 创建分组

        POST /cgi-bin/groups/create (from public SDKs)
        Retired: superseded by tags.
        """
    async def get(self, *, timeout: float | None = ...) -> GroupsGetAnswer:
        """All groups. 查询所有分组

        GET /cgi-bin/groups/get (from public SDKs)
        Retired: superseded by tags.
        """
    async def getid(self, *, openid: str, timeout: float | None = ...) -> GroupsGetidAnswer:
        """The group of a follower. 查询粉丝所在分组

        POST /cgi-bin/groups/getid (from public SDKs)
        Retired: superseded by tags.

        openid: the follower's openid · 粉丝的 openid
        """
    async def update(self, *, group: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Rename a group. 修改分组名

        POST /cgi-bin/groups/update (from public SDKs)
        Retired: superseded by tags.
        """
    async def delete(self, *, group: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Delete a group. 删除分组

        POST /cgi-bin/groups/delete (from public SDKs)
        Retired: superseded by tags.
        """
    members: AsyncGroupsMembersCalls

class AsyncBizwifiOpenpluginCalls:
    async def token(self, *, callback_url: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A token for the set-up page. 获取开通插件的凭证

        GET /bizwifi/openplugin/token (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiShopCalls:
    async def list(self, *, pageindex: int | None = ..., pagesize: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 获取 Wi-Fi 门店列表

        POST /bizwifi/shop/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop. 查询门店 Wi-Fi 信息

        POST /bizwifi/shop/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, shop_id: int | None = ..., old_ssid: str | None = ..., ssid: str | None = ..., password: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop's network. 修改门店网络信息

        POST /bizwifi/shop/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        password: no longer used · 已不使用
        """
    async def clean(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Clear a shop's network. 清空门店网络

        POST /bizwifi/shop/clean (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiDeviceCalls:
    async def add(self, *, shop_id: int | None = ..., ssid: str | None = ..., password: str | None = ..., bssid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a device with a password. 添加密码型设备

        POST /bizwifi/device/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        password: no longer used · 已不使用
        """
    async def list(self, *, shop_id: int | None = ..., pageindex: int | None = ..., pagesize: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of devices. 查询设备

        POST /bizwifi/device/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, bssid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a device. 删除设备

        POST /bizwifi/device/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiApportalCalls:
    async def register(self, *, shop_id: int | None = ..., ssid: str | None = ..., reset: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a portal device. 添加 portal 型设备

        POST /bizwifi/apportal/register (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiQrcodeCalls:
    async def get(self, *, shop_id: int | None = ..., img_id: int | None = ..., ssid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The QR code of a shop. 获取物料二维码

        POST /bizwifi/qrcode/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiAccountCalls:
    async def get_connecturl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The account's connection address. 获取公众号连网 URL

        GET /bizwifi/account/get_connecturl (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiHomepageCalls:
    async def set(self, *, shop_id: int | None = ..., template_id: str | None = ..., struct: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set a shop's page. 设置商家主页

        POST /bizwifi/homepage/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    async def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A shop's page. 查询商家主页

        POST /bizwifi/homepage/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiBarCalls:
    async def set(self, *, shop_id: int | None = ..., bar_type: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the greeting. 设置欢迎语

        POST /bizwifi/bar/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiFinishpageCalls:
    async def set(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the page after connecting. 设置连网完成页

        POST /bizwifi/finishpage/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiStatisticsCalls:
    async def list(self, *, begin_date: str | None = ..., end_date: str | None = ..., shop_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics. 数据统计

        POST /bizwifi/statistics/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """

class AsyncBizwifiCouponputCalls:
    async def set(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the coupon given. 设置门店卡券投放

        POST /bizwifi/couponput/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The coupon given. 查询门店卡券投放

        POST /bizwifi/couponput/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiCalls:
    openplugin: AsyncBizwifiOpenpluginCalls
    shop: AsyncBizwifiShopCalls
    device: AsyncBizwifiDeviceCalls
    apportal: AsyncBizwifiApportalCalls
    qrcode: AsyncBizwifiQrcodeCalls
    account: AsyncBizwifiAccountCalls
    homepage: AsyncBizwifiHomepageCalls
    bar: AsyncBizwifiBarCalls
    finishpage: AsyncBizwifiFinishpageCalls
    statistics: AsyncBizwifiStatisticsCalls
    couponput: AsyncBizwifiCouponputCalls

class AsyncCalls:
    media: AsyncMediaCalls
    semantic: AsyncSemanticCalls
    cv: AsyncCvCalls
    async def stable_token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., force_refresh: bool | None = ..., timeout: float | None = ...) -> StableTokenAnswer:
        """Fetch the stable access token: the same one until its last five minutes. 获取稳定版接口调用凭据

        POST /cgi-bin/stable_token (from official page)

        grant_type: always this; need not be given · 固定值，不必填

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret

        force_refresh: true for a new one at once, which ends the old one; 20 times a day · true 强制换新：旧的立即失效，每天 20 次
        """
    async def token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., timeout: float | None = ...) -> TokenAnswer:
        """Fetch the classic access token: a new one each time, the old one dies within minutes. 获取接口调用凭据（旧版）：每次都换新的，旧的约五分钟后失效

        GET /cgi-bin/token (from official page)

        grant_type: always this; need not be given · 固定值，不必填

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret
        """
    ticket: AsyncTicketCalls
    async def getcallbackip(self, *, timeout: float | None = ...) -> GetcallbackipAnswer:
        """Addresses that pushes come from; networks in CIDR form too. 获取微信推送服务器的 IP

        GET /cgi-bin/getcallbackip (from official page)
        """
    async def get_api_domain_ip(self, *, timeout: float | None = ...) -> GetApiDomainIpAnswer:
        """Addresses of api.weixin.qq.com, for an outgoing firewall. 获取微信 API 服务器的 IP

        GET /cgi-bin/get_api_domain_ip (from official page)
        """
    callback: AsyncCallbackCalls
    clear_quota: AsyncClearQuotaCalls
    openapi: AsyncOpenapiCalls
    async def get_current_autoreply_info(self, *, timeout: float | None = ...) -> GetCurrentAutoreplyInfoAnswer:
        """The automatic replies that were set in the console. 获取后台设置的自动回复规则

        GET /cgi-bin/get_current_autoreply_info (from official page)
        """
    card: AsyncCardCalls
    component: AsyncComponentCalls
    open: AsyncOpenCalls
    account: AsyncAccountCalls
    message: AsyncMessageCalls
    customservice: AsyncCustomserviceCalls
    datacube: AsyncDatacubeCalls
    publisher: AsyncPublisherCalls
    device: AsyncDeviceCalls
    ilink: AsyncIlinkCalls
    draft: AsyncDraftCalls
    channels: AsyncChannelsCalls
    freepublish: AsyncFreepublishCalls
    comment: AsyncCommentCalls
    guide: AsyncGuideCalls
    marketing: AsyncMarketingCalls
    cityservice: AsyncCityserviceCalls
    material: AsyncMaterialCalls
    menu: AsyncMenuCalls
    async def get_current_selfmenu_info(self, *, timeout: float | None = ...) -> GetCurrentSelfmenuInfoAnswer:
        """The menu in force, one made in the console included. 查询当前菜单，包括后台设置的

        GET /cgi-bin/get_current_selfmenu_info (from official page)
        """
    merchant: AsyncMerchantCalls
    nontax: AsyncNontaxCalls
    sns: AsyncSnsCalls
    qrcode: AsyncQrcodeCalls
    async def showqrcode(self, *, ticket: str, timeout: float | None = ...) -> Media[Answer]:
        """The picture of a QR code, by its ticket. 用 ticket 换取二维码图片

        GET /cgi-bin/showqrcode (from official page)

        ticket: the ticket of the code, as it was made · 创建二维码时得到的 ticket
        """
    shorten: AsyncShortenCalls
    async def shorturl(self, *, action: Literal["long2short"] = ..., long_url: str, timeout: float | None = ...) -> ShorturlAnswer:
        """Make a long address short. 长链接转短链接

        POST /cgi-bin/shorturl (from public SDKs)
        Retired: gone since 2021-03-15: use /cgi-bin/shorten/gen.

        action: what to do · 要做的动作
        """
    wxopen: AsyncWxopenCalls
    scan: AsyncScanCalls
    intp: AsyncIntpCalls
    shakearound: AsyncShakearoundCalls
    poi: AsyncPoiCalls
    wxa: AsyncWxaCalls
    template: AsyncTemplateCalls
    wxaapi: AsyncWxaapiCalls
    user: AsyncUserCalls
    tags: AsyncTagsCalls
    async def changeopenid(self, *, from_appid: str, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> ChangeopenidAnswer:
        """The new openids after an account has moved. 账号迁移后转换 openid

        POST /cgi-bin/changeopenid (from official page)

        from_appid: the AppID of the account before it moved · 迁移前账号的 AppID

        openid_list: the openids before the account moved · 迁移前的 openid
        """
    groups: AsyncGroupsCalls
    bizwifi: AsyncBizwifiCalls

class MediaVoiceCalls:
    def addvoicetorecofortext(self, *, format: Literal["mp3"] = ..., voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., media: Uploadable, timeout: float | None = ...) -> Answer:
        """Hand in a voice to be recognised: mp3, 16 kHz, a minute at most. 提交语音以供识别（mp3，16k，一分钟内）

        POST /cgi-bin/media/voice/addvoicetorecofortext (from public SDKs)
        Unconfirmed: the name of the form field.

        lang: the language · 语言

        media: the file · 文件
        """
    def queryrecoresultfortext(self, *, voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., timeout: float | None = ...) -> MediaVoiceQueryrecoresultfortextAnswer:
        """What was recognised, within ten seconds of handing it in. 获取语音识别的结果（提交后 10 秒内）

        POST /cgi-bin/media/voice/queryrecoresultfortext (from public SDKs)
        Unconfirmed: the method: GET in WxJava, POST elsewhere.

        lang: the language · 语言
        """
    def translatecontent(self, *, lfrom: Literal["zh_CN", "en_US"], lto: Literal["zh_CN", "en_US"], content: str, timeout: float | None = ...) -> MediaVoiceTranslatecontentAnswer:
        """Translate a text; the body is the text itself. 翻译一段文字

        POST /cgi-bin/media/voice/translatecontent (from public SDKs)

        content: the text · 内容
        """

class MediaGetCalls:
    def __call__(self, *, media_id: str, timeout: float | None = ...) -> Media[MediaGetAnswer]:
        """Download a temporary medium; a video answers with its address. 下载临时素材；视频返回地址

        GET /cgi-bin/media/get (from official page)

        media_id: the id of the medium · 素材 id
        """
    def jssdk(self, *, media_id: str, timeout: float | None = ...) -> Media[Answer]:
        """Download a voice that the JS-SDK uploaded, 16 kHz speex. 下载 JS-SDK 上传的高清语音

        GET /cgi-bin/media/get/jssdk (from public SDKs)

        media_id: the id of the medium · 素材 id
        """

class MediaCalls:
    voice: MediaVoiceCalls
    def uploadvideo(self, *, media_id: str, title: str | None = ..., description: str | None = ..., timeout: float | None = ...) -> MediaUploadvideoAnswer:
        """Make an uploaded video fit for a mass message. 把已上传的视频变成群发用的视频

        POST /cgi-bin/media/uploadvideo (from official page)
        Unconfirmed: the host: file.api.weixin.qq.com in older documentation.

        media_id: the id of the medium · 素材 id

        title: the title · 标题

        description: a description · 描述
        """
    def uploadnews(self, *, articles: Sequence[Mapping[str, object]], timeout: float | None = ...) -> MediaUploadnewsAnswer:
        """Upload articles for a mass message. 上传群发用的图文

        POST /cgi-bin/media/uploadnews (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    @overload
    def upload(self, *, type: Literal["image", "voice", "video"], media: Uploadable, timeout: float | None = ...) -> MediaUploadAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload (from official page)
        Unconfirmed: an image's limit: 10 MB and 2 MB stand on the same page.

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件
        """
    @overload
    def upload(self, *, type: Literal["thumb"], media: Uploadable, timeout: float | None = ...) -> MediaUploadThumbAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload (from official page)

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件
        """
    get: MediaGetCalls
    def uploadimg(self, *, media: Uploadable, timeout: float | None = ...) -> MediaUploadimgAnswer:
        """Upload a picture for an article's text, below 1 MB; it has an address and is not in the library. 上传图文里的图片，得到地址（不占素材库，小于 1 MB）

        POST /cgi-bin/media/uploadimg (from official page)

        media: the file · 文件
        """

class SemanticSemproxyCalls:
    def search(self, *, query: str, category: str, latitude: float | None = ..., longitude: float | None = ..., city: str | None = ..., region: str | None = ..., appid: str = ..., uid: str | None = ..., timeout: float | None = ...) -> SemanticSemproxySearchAnswer:
        """What a sentence means. 语义理解

        POST /semantic/semproxy/search (from memory)
        Unconfirmed: whether the service still answers.

        appid: the account's AppID · 账号的 AppID
        """

class SemanticCalls:
    semproxy: SemanticSemproxyCalls

class CvOcrCalls:
    @overload
    def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img_url: str, timeout: float | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard (from public SDKs)

        type: the kind · 类型
        """
    @overload
    def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img: Uploadable, timeout: float | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard (from public SDKs)

        type: the kind · 类型
        """
    @overload
    def bankcard(self, *, img_url: str, timeout: float | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard (from public SDKs)
        """
    @overload
    def bankcard(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard (from public SDKs)
        """
    @overload
    def driving(self, *, img_url: str, timeout: float | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving (from public SDKs)
        """
    @overload
    def driving(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving (from public SDKs)
        """
    @overload
    def drivinglicense(self, *, img_url: str, timeout: float | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense (from public SDKs)
        """
    @overload
    def drivinglicense(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense (from public SDKs)
        """
    @overload
    def bizlicense(self, *, img_url: str, timeout: float | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense (from public SDKs)
        """
    @overload
    def bizlicense(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense (from public SDKs)
        """
    @overload
    def comm(self, *, img_url: str, timeout: float | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm (from public SDKs)
        """
    @overload
    def comm(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm (from public SDKs)
        """
    @overload
    def platenum(self, *, img_url: str, timeout: float | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum (from public SDKs)
        """
    @overload
    def platenum(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum (from public SDKs)
        """
    @overload
    def menu(self, *, img_url: str, timeout: float | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu (from public SDKs)
        """
    @overload
    def menu(self, *, img: Uploadable, timeout: float | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu (from public SDKs)
        """

class CvImgCalls:
    @overload
    def qrcode(self, *, img_url: str, timeout: float | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode (from public SDKs)
        """
    @overload
    def qrcode(self, *, img: Uploadable, timeout: float | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode (from public SDKs)
        """
    @overload
    def superresolution(self, *, img_url: str, timeout: float | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution (from public SDKs)
        """
    @overload
    def superresolution(self, *, img: Uploadable, timeout: float | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution (from public SDKs)
        """
    @overload
    def aicrop(self, *, ratios: str | None = ..., img_url: str, timeout: float | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop (from public SDKs)
        """
    @overload
    def aicrop(self, *, ratios: str | None = ..., img: Uploadable, timeout: float | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop (from public SDKs)
        """

class CvCalls:
    ocr: CvOcrCalls
    img: CvImgCalls

class TicketCalls:
    def getticket(self, *, type: Literal["jsapi", "wx_card"], timeout: float | None = ...) -> TicketGetticketAnswer:
        """Fetch the ticket of the JS-SDK or of cards. 获取 JS-SDK 或卡券的 ticket

        GET /cgi-bin/ticket/getticket (from official page)

        type: jsapi for the JS-SDK, wx_card for cards · jsapi：JS-SDK；wx_card：卡券
        """

class CallbackCalls:
    def check(self, *, action: Literal["dns", "ping", "all"], check_operator: Literal["CHINANET", "UNICOM", "CAP", "DEFAULT"], timeout: float | None = ...) -> CallbackCheckAnswer:
        """Let WeChat resolve and ping this account's server. 网络检测：从微信一侧解析并 ping 服务器地址

        POST /cgi-bin/callback/check (from official page)

        action: resolve the name, ping, or both · 检测动作：域名解析、ping 或全部

        check_operator: from whose network: China Telecom, Unicom, Tencent, or any · 从哪个运营商检测：电信、联通、腾讯或自动
        """

class ClearQuotaCalls:
    def __call__(self, *, appid: str = ..., timeout: float | None = ...) -> Answer:
        """Set today's call counts to zero; ten times a month, the console's included. 把今天的接口调用次数清零（每月 10 次）

        POST /cgi-bin/clear_quota (from official page)

        appid: the account's AppID · 账号的 AppID
        """
    def v2(self, *, appid: str = ..., appsecret: str = ..., timeout: float | None = ...) -> Answer:
        """Set the call counts to zero by AppSecret, without a token. 用 AppSecret 把接口调用次数清零

        POST /cgi-bin/clear_quota/v2 (from official page)
        Unconfirmed: whether the two go in the body or in the address.

        appid: the account's AppID · 账号的 AppID

        appsecret: the account's AppSecret · 账号的 AppSecret
        """

class OpenapiQuotaCalls:
    def get(self, *, cgi_path: str, timeout: float | None = ...) -> OpenapiQuotaGetAnswer:
        """The daily quota of one endpoint: limit, used, remaining. 查询某个接口今天的额度

        POST /cgi-bin/openapi/quota/get (from official page)

        cgi_path: the endpoint's path, as /cgi-bin/message/custom/send · 接口路径，如 /cgi-bin/message/custom/send
        """
    def clear(self, *, cgi_path: str, timeout: float | None = ...) -> Answer:
        """Set today's calls of one endpoint to zero; 50 times a month. 把某个接口今天的调用次数清零（每月 50 次）

        POST /cgi-bin/openapi/quota/clear (from official page)
        Unconfirmed: whether other paths than those under /channels/ec/ are taken: the page says both.

        cgi_path: the endpoint's path, as /cgi-bin/message/custom/send · 接口路径，如 /cgi-bin/message/custom/send
        """

class OpenapiRidCalls:
    def get(self, *, rid: str, timeout: float | None = ...) -> OpenapiRidGetAnswer:
        """What a failed call was, by the rid in its errmsg; kept for seven days. 按 rid 查询一次失败的调用（七天内）

        POST /cgi-bin/openapi/rid/get (from official page)

        rid: the rid of an errmsg · errmsg 里的 rid
        """

class OpenapiCalls:
    quota: OpenapiQuotaCalls
    rid: OpenapiRidCalls

class CardCodeCalls:
    def get(self, *, code: str | None = ..., card_id: str | None = ..., check_consume: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One code. 查询 code

        POST /card/code/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    def consume(self, *, code: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Redeem a code. 核销 code

        POST /card/code/consume (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    def decrypt(self, *, encrypt_code: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Decrypt a code. code 解码

        POST /card/code/decrypt (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def deposit(self, *, card_id: str | None = ..., code: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import codes. 导入 code

        POST /card/code/deposit (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    def getdepositcount(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How many codes were imported. 查询导入的 code 数目

        POST /card/code/getdepositcount (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def checkcode(self, *, card_id: str | None = ..., code: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Which codes were imported. 核查 code

        POST /card/code/checkcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    def mark(self, *, code: str | None = ..., card_id: str | None = ..., openid: str | None = ..., is_mark: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Mark a code of a shared coupon. 标记 code（朋友的券）

        POST /card/code/mark (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id

        openid: the follower's openid · 粉丝的 openid
        """
    def unavailable(self, *, code: str | None = ..., card_id: str | None = ..., reason: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a follower's card void. 使卡券失效

        POST /card/code/unavailable (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    def update(self, *, card_id: str | None = ..., code: str | None = ..., new_code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a code. 更改 code

        POST /card/code/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class CardQrcodeCalls:
    def create(self, *, action_name: str | None = ..., expire_seconds: int | None = ..., openid: str | None = ..., code: str | None = ..., is_unique_code: bool | None = ..., card_id: str | None = ..., outer_str: str | None = ..., card: Mapping[str, object] | None = ..., action_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make the QR code of cards. 创建卡券二维码

        POST /card/qrcode/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天

        openid: the follower's openid · 粉丝的 openid

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class CardLandingpageCalls:
    def create(self, *, page_title: str | None = ..., can_share: bool | None = ..., card_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a shelf of cards. 创建卡券货架

        POST /card/landingpage/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMpnewsCalls:
    def gethtml(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The HTML of a card for an article. 图文消息群发卡券的代码

        POST /card/mpnews/gethtml (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardTestwhitelistCalls:
    def set(self, *, openid: str | None = ..., username: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who may see unreviewed cards. 设置测试白名单

        POST /card/testwhitelist/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class CardUserCalls:
    def getcardlist(self, *, openid: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The cards of a follower. 获取用户已领取的卡券

        POST /card/user/getcardlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid

        card_id: the card's id · 卡券 id
        """

class CardPaycellCalls:
    def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch payment by card. 设置买单

        POST /card/paycell/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardSelfconsumecellCalls:
    def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., need_verify_cod: bool | None = ..., need_remark_amount: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch self-service redemption. 设置自助核销

        POST /card/selfconsumecell/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardLocationCalls:
    def batchadd(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import shops. 批量导入门店

        POST /card/location/batchadd (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 拉取门店列表

        POST /card/location/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """

class CardStorewxaCalls:
    def get(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The card of a shop's mini-program. 查询门店小程序的卡券

        POST /card/storewxa/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def set(self, *, poi_id: int | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the card of a shop's mini-program. 设置门店小程序的卡券

        POST /card/storewxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardBoardingpassCalls:
    def checkin(self, *, code: str | None = ..., passenger_name: str | None = ..., class_: str | None = ..., etkt_bnr: str | None = ..., seat: str | None = ..., gate: str | None = ..., is_cancel: bool | None = ..., boarding_time: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check in on a boarding pass. 更新飞机票

        POST /card/boardingpass/checkin (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class CardMeetingticketCalls:
    def updateuser(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a conference ticket. 更新会议门票

        POST /card/meetingticket/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMovieticketCalls:
    def updateuser(self, *, code: str | None = ..., ticket_class: str | None = ..., show_time: str | None = ..., duration: object | None = ..., screening_room: str | None = ..., seat_number: str | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a cinema ticket. 更新电影票

        POST /card/movieticket/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class CardLuckymoneyCalls:
    def updateuserbalance(self, *, code: str | None = ..., balance: int | None = ..., card_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a red packet's balance. 更新红包余额

        POST /card/luckymoney/updateuserbalance (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """

class CardGeneralcardCalls:
    def activate(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate a general card. 激活通用卡

        POST /card/generalcard/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unactivate(self, *, card_id: str | None = ..., code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take back an activation. 撤销激活通用卡

        POST /card/generalcard/unactivate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """
    def updateuser(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a general card. 更新通用卡

        POST /card/generalcard/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardActivateCalls:
    def __call__(self, *, membership_number: str | None = ..., code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., activate_begin_time: int | None = ..., activate_end_time: int | None = ..., init_bonus: int | None = ..., init_bonus_record: str | None = ..., init_balance: int | None = ..., init_custom_field_value1: str | None = ..., init_custom_field_value2: str | None = ..., init_custom_field_value3: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate a member card. 激活会员卡

        POST /card/membercard/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    def geturl(self, *, card_id: str | None = ..., outer_str: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The parameters of the activation page. 获取开卡插件参数

        POST /card/membercard/activate/geturl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardMembercardActivatetempinfoCalls:
    def get(self, *, activate_ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What a customer entered at activation. 获取用户提交的开卡资料

        POST /card/membercard/activatetempinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardActivateuserformCalls:
    def set(self, *, card_id: str | None = ..., service_statement: str | None = ..., bind_old_card: str | None = ..., required_form: object | None = ..., optional_form: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the activation form. 设置开卡字段

        POST /card/membercard/activateuserform/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """

class CardMembercardUserinfoCalls:
    def get(self, *, card_id: str | None = ..., code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One member. 拉取会员信息

        POST /card/membercard/userinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class CardMembercardCalls:
    activate: CardMembercardActivateCalls
    activatetempinfo: CardMembercardActivatetempinfoCalls
    activateuserform: CardMembercardActivateuserformCalls
    def updateuser(self, *, code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., add_bonus: int | None = ..., record_bonus: object | None = ..., add_balance: int | None = ..., record_balance: object | None = ..., custom_field_value1: str | None = ..., custom_field_value2: str | None = ..., custom_field_value3: str | None = ..., notify_optional: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Update a member. 更新会员信息

        POST /card/membercard/updateuser (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        card_id: the card's id · 卡券 id
        """
    userinfo: CardMembercardUserinfoCalls

class CardPaygiftcardCalls:
    def add(self, *, rule_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a card given after payment. 设置支付后投放卡券

        POST /card/paygiftcard/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, type: str | None = ..., effective: object | None = ..., offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of such rules. 批量查询支付后投放规则

        POST /card/paygiftcard/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    def delete(self, *, rule_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete such a rule. 删除支付后投放规则

        POST /card/paygiftcard/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, rule_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One such rule. 查询支付后投放规则

        POST /card/paygiftcard/getbyid (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardPaygiftmembercardCalls:
    def add(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make payers members. 增加支付即会员规则

        POST /card/paygiftmembercard/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make payers members no longer. 删除支付即会员规则

        POST /card/paygiftmembercard/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, mchid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether payers become members. 查询支付即会员规则

        POST /card/paygiftmembercard/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMktActivityCalls:
    def create(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a discount campaign. 创建支付后领取立减金活动

        POST /card/mkt/activity/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMktCalls:
    activity: CardMktActivityCalls

class CardGiftcardPageCalls:
    def add(self, *, page: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a gift-card page. 创建礼品卡货架

        POST /card/giftcard/page/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def get(self, *, page_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One gift-card page. 查询礼品卡货架

        POST /card/giftcard/page/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, page: Mapping[str, object] | None = ..., page_id: int | None = ..., banner_pic_url: str | None = ..., theme_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a gift-card page. 修改礼品卡货架

        POST /card/giftcard/page/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def batchget(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All gift-card pages. 查询礼品卡货架列表

        POST /card/giftcard/page/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardMaintainCalls:
    def set(self, *, page_id: int | None = ..., all: bool | None = ..., maintain: bool | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Close a gift-card page. 下架礼品卡货架

        POST /card/giftcard/maintain/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardOrderCalls:
    def get(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One gift-card order. 查询礼品卡订单

        POST /card/giftcard/order/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, begin_time: int | None = ..., end_time: int | None = ..., sort_type: int | None = ..., offset: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of gift-card orders. 批量查询礼品卡订单

        POST /card/giftcard/order/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    def refund(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refund a gift-card order. 礼品卡订单退款

        POST /card/giftcard/order/refund (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayWhitelistCalls:
    def add(self, *, sub_mch_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for gift cards by WeChat Pay. 申请微信支付礼品卡权限

        POST /card/giftcard/pay/whitelist/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPaySubmchCalls:
    def bind(self, *, sub_mch_id: str | None = ..., wxa_appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a merchant. 绑定商户号

        POST /card/giftcard/pay/submch/bind (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayWxaCalls:
    def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page. 上传小程序代码包

        POST /card/giftcard/pay/wxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayCalls:
    whitelist: CardGiftcardPayWhitelistCalls
    submch: CardGiftcardPaySubmchCalls
    wxa: CardGiftcardPayWxaCalls

class CardGiftcardWxaCalls:
    def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page, older name. 上传小程序代码包（旧名）

        POST /card/giftcard/wxa/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardCalls:
    page: CardGiftcardPageCalls
    maintain: CardGiftcardMaintainCalls
    order: CardGiftcardOrderCalls
    pay: CardGiftcardPayCalls
    wxa: CardGiftcardWxaCalls

class CardPayCalls:
    def activate(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Open the coin account. 开通券点账户

        GET /card/pay/activate (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def confirm(self, *, card_id: str | None = ..., order_id: str | None = ..., quantity: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Confirm an exchange of stock. 确认兑换库存

        POST /card/pay/confirm (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def getcoinsinfo(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The coin balance. 查询券点余额

        GET /card/pay/getcoinsinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorder(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One coin order. 查询券点订单

        POST /card/pay/getorder (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorderlist(self, *, filters: Sequence[object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of coin orders. 查询券点流水

        POST /card/pay/getorderlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpayprice(self, *, card_id: str | None = ..., quantity: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The price of a coupon. 对优惠券批价

        POST /card/pay/getpayprice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def recharge(self, *, coin_count: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Buy coins. 充值券点

        POST /card/pay/recharge (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardSubmerchantCalls:
    def submit(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a sub-merchant. 创建子商户

        POST /card/submerchant/submit (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a sub-merchant. 更新子商户

        POST /card/submerchant/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, merchant_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One sub-merchant. 拉取子商户

        POST /card/submerchant/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, begin_id: int | None = ..., limit: int | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of sub-merchants. 批量拉取子商户

        POST /card/submerchant/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        limit: how many at most · 最多返回几条
        """

class CardInvoiceBizCalls:
    def getselecttitleurl(self, *, attach: str | None = ..., biz_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer picks an invoice title. 获取用户提交发票抬头的链接

        POST /card/invoice/biz/getselecttitleurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getusertitleurl(self, *, user_fill: int | None = ..., title: str | None = ..., phone: str | None = ..., tax_no: str | None = ..., addr: str | None = ..., bank_type: str | None = ..., bank_no: str | None = ..., out_title_id: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer adds an invoice title. 获取添加发票抬头的链接

        POST /card/invoice/biz/getusertitleurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题
        """

class CardInvoicePlatformCalls:
    def createcard(self, *, invoice_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make the card of an invoice. 创建发票卡券模板

        POST /card/invoice/platform/createcard (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setpdf(self, *, pdf: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload an invoice's PDF. 上传发票 PDF

        POST /card/invoice/platform/setpdf (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpdf(self, *, action: str | None = ..., s_media_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address of an uploaded PDF. 查询已上传的 PDF

        POST /card/invoice/platform/getpdf (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        action: what to do · 要做的动作
        """
    def updatestatus(self, *, card_id: str | None = ..., code: str | None = ..., reimburse_status: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of an invoice's card. 更新发票卡券状态

        POST /card/invoice/platform/updatestatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次
        """

class CardInvoiceReimburseCalls:
    def getinvoiceinfo(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """An invoice to be reimbursed. 查询报销发票

        POST /card/invoice/reimburse/getinvoiceinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def getinvoicebatch(self, *, item_list: Sequence[object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Several invoices to be reimbursed. 批量查询报销发票

        POST /card/invoice/reimburse/getinvoicebatch (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateinvoicestatus(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., reimburse_status: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of a reimbursement. 更新发票报销状态

        POST /card/invoice/reimburse/updateinvoicestatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def updatestatusbatch(self, *, openid: str | None = ..., reimburse_status: str | None = ..., invoice_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the state of several reimbursements. 批量更新发票报销状态

        POST /card/invoice/reimburse/updatestatusbatch (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class CardInvoiceCalls:
    biz: CardInvoiceBizCalls
    def scantitle(self, *, scan_text: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The invoice title in a scanned code. 解析扫到的发票抬头二维码

        POST /card/invoice/scantitle (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def seturl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The identification of the invoicing platform. 获取开票平台标识

        POST /card/invoice/seturl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setbizattr(self, *, action: str | None = ..., auth_field: Mapping[str, object] | None = ..., s_pappid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set or read contact data, authorisation fields and merchants. 设置与查询商户联系信息、授权页字段、关联商户

        POST /card/invoice/setbizattr (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        action: what to do · 要做的动作
        """
    def getauthurl(self, *, s_pappid: str | None = ..., order_id: str | None = ..., money: int | None = ..., timestamp: int | None = ..., source: int | None = ..., ticket: str | None = ..., type: str | None = ..., redirect_url: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer authorises an invoice. 获取授权页链接

        POST /card/invoice/getauthurl (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        type: the kind · 类型
        """
    def getauthdata(self, *, s_pappid: str | None = ..., order_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether a customer has authorised. 查询授权完成状态

        POST /card/invoice/getauthdata (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def rejectinsert(self, *, s_pappid: str | None = ..., order_id: str | None = ..., reason: str | None = ..., url: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refuse an invoice. 拒绝开票

        POST /card/invoice/rejectinsert (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        url: the address that a click opens · 点击后打开的网址
        """
    def insert(self, *, order_id: str | None = ..., card_id: str | None = ..., appid: str | None = ..., card_ext: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put an invoice into a customer's wallet. 将电子发票插入用户卡包

        POST /card/invoice/insert (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id

        appid: the account's AppID · 账号的 AppID
        """
    def makeoutinvoice(self, *, invoiceinfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make out an invoice. 开具发票

        POST /card/invoice/makeoutinvoice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def clearoutinvoice(self, *, invoiceinfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Cancel an invoice. 发票冲红

        POST /card/invoice/clearoutinvoice (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def queryinvoceinfo(self, *, fpqqlsh: str | None = ..., nsrsbh: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Look up an invoice. 查询发票

        POST /card/invoice/queryinvoceinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    platform: CardInvoicePlatformCalls
    reimburse: CardInvoiceReimburseCalls

class CardCalls:
    def create(self, *, card: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a card. 创建卡券

        POST /card/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One card. 查看卡券

        POST /card/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def batchget(self, *, offset: int | None = ..., count: int | None = ..., status_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of cards. 批量查询卡券

        POST /card/batchget (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    def update(self, *, card_id: str | None = ..., member_card: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a card. 更改卡券

        POST /card/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def delete(self, *, card_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a card. 删除卡券

        POST /card/delete (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def modifystock(self, *, card_id: str | None = ..., increase_stock_value: int | None = ..., reduce_stock_value: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a card's stock. 修改库存

        POST /card/modifystock (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        card_id: the card's id · 卡券 id
        """
    def getcolors(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The colours of cards. 获取卡券颜色

        GET /card/getcolors (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getapplyprotocol(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories open for cards. 获取卡券开放类目

        GET /card/getapplyprotocol (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    code: CardCodeCalls
    qrcode: CardQrcodeCalls
    landingpage: CardLandingpageCalls
    mpnews: CardMpnewsCalls
    testwhitelist: CardTestwhitelistCalls
    user: CardUserCalls
    paycell: CardPaycellCalls
    selfconsumecell: CardSelfconsumecellCalls
    location: CardLocationCalls
    storewxa: CardStorewxaCalls
    boardingpass: CardBoardingpassCalls
    meetingticket: CardMeetingticketCalls
    movieticket: CardMovieticketCalls
    luckymoney: CardLuckymoneyCalls
    generalcard: CardGeneralcardCalls
    membercard: CardMembercardCalls
    paygiftcard: CardPaygiftcardCalls
    paygiftmembercard: CardPaygiftmembercardCalls
    mkt: CardMktCalls
    giftcard: CardGiftcardCalls
    pay: CardPayCalls
    submerchant: CardSubmerchantCalls
    invoice: CardInvoiceCalls

class ComponentClearQuotaCalls:
    def __call__(self, *, component_appid: str = ..., timeout: float | None = ...) -> Answer:
        """Set the call counts of the platform itself to zero. 把第三方平台自己的接口调用次数清零

        POST /cgi-bin/component/clear_quota (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    def v2(self, *, appid: str, component_appid: str = ..., appsecret: str = ..., timeout: float | None = ...) -> Answer:
        """Set call counts to zero by the platform's AppSecret: its own, or those of an account. 用平台的 AppSecret 把接口调用次数清零：平台自己的，或一个授权账号的

        POST /cgi-bin/component/clear_quota/v2 (from official page)

        appid: the AppID of the account whose counts are set to zero · 要清零的账号的 AppID

        component_appid: the platform's AppID · 第三方平台的 AppID

        appsecret: the platform's AppSecret · 第三方平台的 AppSecret
        """

class ComponentCalls:
    def api_component_token(self, *, component_appid: str = ..., component_appsecret: str = ..., component_verify_ticket: str, timeout: float | None = ...) -> ComponentApiComponentTokenAnswer:
        """The platform's token, for the ticket that WeChat pushes. 用微信推送的 ticket 换取第三方平台的 token

        POST /cgi-bin/component/api_component_token (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_appsecret: the platform's AppSecret · 第三方平台的 AppSecret

        component_verify_ticket: the ticket that WeChat pushed · 微信推送的 ticket
        """
    def api_start_push_ticket(self, *, component_appid: str = ..., component_secret: str = ..., timeout: float | None = ...) -> Answer:
        """Let WeChat push tickets, every ten minutes; it takes no token. 让微信推送 ticket（每十分钟一次；不需要 token）

        POST /cgi-bin/component/api_start_push_ticket (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_secret: the platform's AppSecret · 第三方平台的 AppSecret
        """
    def api_create_preauthcode(self, *, component_appid: str = ..., timeout: float | None = ...) -> ComponentApiCreatePreauthcodeAnswer:
        """A code for the authorisation page; it lives about half an hour. 获取预授权码（约 30 分钟有效）

        POST /cgi-bin/component/api_create_preauthcode (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    def api_query_auth(self, *, component_appid: str = ..., authorization_code: str, timeout: float | None = ...) -> ComponentApiQueryAuthAnswer:
        """An account's tokens for its authorisation code. 用授权码换取授权信息

        POST /cgi-bin/component/api_query_auth (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorization_code: the authorisation code · 授权码
        """
    def api_authorizer_token(self, *, component_appid: str = ..., authorizer_appid: str, authorizer_refresh_token: str, timeout: float | None = ...) -> ComponentApiAuthorizerTokenAnswer:
        """An account's next token. 刷新授权方的 token

        POST /cgi-bin/component/api_authorizer_token (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        authorizer_refresh_token: the refresh token of the account · 授权账号的刷新令牌
        """
    def api_get_authorizer_info(self, *, component_appid: str = ..., authorizer_appid: str, timeout: float | None = ...) -> ComponentApiGetAuthorizerInfoAnswer:
        """What is known of an account. 获取授权方的信息

        POST /cgi-bin/component/api_get_authorizer_info (from official page)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID
        """
    def api_get_authorizer_list(self, *, component_appid: str = ..., offset: int, count: int, timeout: float | None = ...) -> ComponentApiGetAuthorizerListAnswer:
        """A page of accounts. 拉取所有授权方

        POST /cgi-bin/component/api_get_authorizer_list (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    def api_get_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], timeout: float | None = ...) -> ComponentApiGetAuthorizerOptionAnswer:
        """An option of an account. 获取授权方的选项

        POST /cgi-bin/component/api_get_authorizer_option (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        option_name: the option: report of locations, recognition of voices, customer service · 选项名：上报地理位置、语音识别、多客服
        """
    def api_set_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], option_value: str, timeout: float | None = ...) -> Answer:
        """Set an option of an account. 设置授权方的选项

        POST /cgi-bin/component/api_set_authorizer_option (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID

        authorizer_appid: the AppID of the account that has authorised · 授权账号的 AppID

        option_name: the option: report of locations, recognition of voices, customer service · 选项名：上报地理位置、语音识别、多客服

        option_value: the option's value · 选项的值
        """
    def api_confirm_authorization(self, *, component_appid: str = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Confirm an authorisation. 确认授权

        POST /cgi-bin/component/api_confirm_authorization (from public SDKs)

        component_appid: the platform's AppID · 第三方平台的 AppID
        """
    def batchget_card_merchant(self, *, next_get: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of card merchants. 批量拉取卡券子商户

        POST /cgi-bin/component/batchget_card_merchant (from public SDKs)
        """
    def get_card_merchant(self, *, appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One card merchant. 拉取卡券子商户

        POST /cgi-bin/component/get_card_merchant (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    def check_card_agent_qualification(self, *, timeout: float | None = ...) -> ComponentCheckCardAgentQualificationAnswer:
        """Whether the platform may make cards. 查询代制资格

        GET /cgi-bin/component/check_card_agent_qualification (from public SDKs)
        """
    def check_card_merchant_qualification(self, *, appid: str | None = ..., timeout: float | None = ..., **more: object) -> ComponentCheckCardMerchantQualificationAnswer:
        """Whether a merchant may have cards. 查询子商户资格

        POST /cgi-bin/component/check_card_merchant_qualification (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    def upload_card_agent_qualification(self, *, register_capital: int | None = ..., business_license_media_id: str | None = ..., tax_registration_certificate_media_id: str | None = ..., last_quarter_tax_listing_media_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Hand in the platform's papers. 上传代制资格

        POST /cgi-bin/component/upload_card_agent_qualification (from public SDKs)
        """
    def upload_card_merchant_qualification(self, *, appid: str | None = ..., name: str | None = ..., logo_meida_id: str | None = ..., business_license_media_id: str | None = ..., operator_id_card_media_id: str | None = ..., agreement_file_media_id: str | None = ..., primary_category_id: int | None = ..., secondary_category_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Hand in a merchant's papers. 上传子商户资格

        POST /cgi-bin/component/upload_card_merchant_qualification (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    clear_quota: ComponentClearQuotaCalls

class OpenCalls:
    def create(self, *, appid: str, timeout: float | None = ...) -> OpenCreateAnswer:
        """Make an open-platform account and bind to it. 创建开放平台账号并绑定

        POST /cgi-bin/open/create (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """
    def bind(self, *, appid: str, open_appid: str, timeout: float | None = ...) -> Answer:
        """Bind to an open-platform account. 绑定到开放平台账号

        POST /cgi-bin/open/bind (from public SDKs)

        appid: the AppID of the account to bind · 要绑定的账号的 AppID

        open_appid: the open-platform account's AppID · 开放平台账号的 AppID
        """
    def unbind(self, *, appid: str, open_appid: str, timeout: float | None = ...) -> Answer:
        """Leave an open-platform account. 从开放平台账号解绑

        POST /cgi-bin/open/unbind (from public SDKs)

        appid: the account's AppID · 账号的 AppID

        open_appid: the open-platform account's AppID · 开放平台账号的 AppID
        """
    def get(self, *, appid: str, timeout: float | None = ...) -> OpenGetAnswer:
        """The open-platform account bound to. 获取绑定的开放平台账号

        POST /cgi-bin/open/get (from public SDKs)

        appid: the account's AppID · 账号的 AppID
        """

class AccountCalls:
    def fastregister(self, *, ticket: str, timeout: float | None = ...) -> AccountFastregisterAnswer:
        """Register a mini-program for the owner of an account. 复用公众号主体快速注册小程序

        POST /cgi-bin/account/fastregister (from public SDKs)
        Unconfirmed: whether the last two of the answer are true or "true".

        ticket: the ticket that the owner came back with · 管理员扫码同意后带回的 ticket
        """

class MessageCustomCalls:
    @overload
    def send(self, *, touser: str, msgtype: Literal["text"], text: Text, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)
        Unconfirmed: the length of a text; msgmenu is refused for the sandbox.

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["image"], image: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["voice"], voice: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["video"], video: VideoMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        video: the video · 视频

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["music"], music: MusicMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        music: the music · 音乐

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["news"], news: NewsMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        news: one article that leads to an address · 图文（跳转外链），1 篇

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["mpnews"], mpnews: MediaId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: articles of the library · 图文素材（跳转图文页）

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["mpnewsarticle"], mpnewsarticle: ArticleId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnewsarticle: a published article · 已发布的文章

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["msgmenu"], msgmenu: MenuMessage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        msgmenu: a menu to choose from · 菜单消息

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["wxcard"], wxcard: CardId, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    @overload
    def send(self, *, touser: str, msgtype: Literal["miniprogrampage"], miniprogrampage: MiniProgramPage, customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ..., timeout: float | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        miniprogrampage: the page of a mini-program · 小程序卡片

        customservice: the customer-service account that sends it · 以哪个客服的身份发送

        aimsgcontext: says that an AI has written it · 标明内容由 AI 生成
        """
    def typing(self, *, touser: str, command: Literal["Typing", "CancelTyping"], timeout: float | None = ...) -> Answer:
        """Show or hide "typing" for about 15 seconds. 显示或取消“正在输入”

        POST /cgi-bin/message/custom/typing (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        command: show it or hide it · 显示或取消“正在输入”
        """

class MessageMassSpeedCalls:
    def get(self, *, timeout: float | None = ...) -> MessageMassSpeedGetAnswer:
        """How fast mass messages go out. 查询群发速度

        POST /cgi-bin/message/mass/speed/get (from official page)
        """
    def set(self, *, speed: int, timeout: float | None = ...) -> Answer:
        """Set how fast mass messages go out: 0 fastest, 4 slowest. 设置群发速度（0 最快，4 最慢）

        POST /cgi-bin/message/mass/speed/set (from official page)

        speed: 0 for 800,000 a minute, 4 for 100,000 · 0 每分钟 80 万，4 每分钟 10 万
        """

class MessageMassCalls:
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["mpnews"], mpnews: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["text"], text: MassText, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["voice"], voice: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["images"], images: MassImages, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        images: several pictures · 图片组

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["image"], image: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["mpvideo"], mpvideo: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video, by the id of media.uploadvideo · 视频，用 media.uploadvideo 得到的 id

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def sendall(self, *, filter: MassFilter, msgtype: Literal["wxcard"], wxcard: MassCard, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall (from official page)

        filter: all followers, or those with a tag · 发给全部粉丝还是一个标签

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["mpnews"], mpnews: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["text"], text: MassText, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["voice"], voice: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["images"], images: MassImages, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        images: several pictures · 图片组

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["image"], image: MassMedia, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["mpvideo"], mpvideo: MassVideo, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video, by the id of media.uploadvideo · 视频，用 media.uploadvideo 得到的 id

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def send(self, *, touser: list[str] | tuple[str, ...], msgtype: Literal["wxcard"], wxcard: MassCard, send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ..., timeout: float | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send (from official page)

        touser: the openids of whom it is for, 2 to 10,000 · 接收人的 openid，2 到 10000 个

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券

        send_ignore_reprint: an article is found to be a reprint: 1 send all the same, 0 stop · 文章被判为转载时：1 仍然群发，0 停止

        clientmsgid: an id against repetition: not sent again within 24 hours · 防重复的 id：24 小时内相同的不再群发
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["mpnews"], mpnews: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["mpnews"], mpnews: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpnews: the articles of a draft · 图文草稿
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["text"], text: MassText, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["text"], text: MassText, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        text: the text · 文本
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["voice"], voice: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["voice"], voice: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        voice: the voice · 语音
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["image"], image: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["image"], image: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        image: the picture · 图片
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["mpvideo"], mpvideo: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video · 视频
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["mpvideo"], mpvideo: MassMedia, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        mpvideo: the video · 视频
        """
    @overload
    def preview(self, *, touser: str, msgtype: Literal["wxcard"], wxcard: MassCard, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券
        """
    @overload
    def preview(self, *, towxname: str, msgtype: Literal["wxcard"], wxcard: MassCard, timeout: float | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview (from official page)

        towxname: the WeChat id of whom it is for; it comes before the openid · 接收人的微信号，优先于 openid

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段

        wxcard: the card · 卡券
        """
    def delete(self, *, msg_id: int | None = ..., article_idx: int | None = ..., url: str | None = ..., timeout: float | None = ...) -> Answer:
        """Delete what was sent; articles and videos only. 删除群发（仅图文与视频）

        POST /cgi-bin/message/mass/delete (from official page)

        msg_id: the msg_id that the mass message gave · 群发返回的 msg_id

        article_idx: which article, from 1; all when left out · 第几篇，从 1 起，不填删除全部

        url: the article's address, if there is no msg_id · 文章的网址，填了 msg_id 时不用
        """
    def get(self, *, msg_id: int, timeout: float | None = ...) -> MessageMassGetAnswer:
        """What became of a mass message. 查询群发状态

        POST /cgi-bin/message/mass/get (from official page)

        msg_id: the msg_id that the mass message gave · 群发返回的 msg_id
        """
    speed: MessageMassSpeedCalls

class MessageTemplateCalls:
    def send(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue], timeout: float | None = ...) -> MessageTemplateSendAnswer:
        """Send a template message; its outcome comes as an event. 发送模板消息

        POST /cgi-bin/message/template/send (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        url: the address that a click opens · 点击后打开的网址

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        client_msg_id: an id against repetition: sent once to an openid within ten minutes · 防重复的 id：同一 openid 十分钟内只发一条

        data: a value for each keyword of the template · 模板各关键词的值
        """
    def subscribe(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., scene: str, title: str, data: Mapping[str, TemplateValue], timeout: float | None = ...) -> Answer:
        """Send the one message that a follower agreed to. 发送一次性订阅消息

        POST /cgi-bin/message/template/subscribe (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        url: the address that a click opens · 点击后打开的网址

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        scene: the scene of the page on which they agreed · 授权页上用的场景值

        title: the title, 15 characters at most · 标题，最多 15 字

        data: a value for each keyword of the template · 模板各关键词的值
        """

class MessageSubscribeCalls:
    def bizsend(self, *, touser: str, template_id: str, page: str | None = ..., miniprogram: MiniProgram | None = ..., miniprogram_state: Literal["developer", "trial", "formal"] | None = ..., lang: Literal["zh_CN", "en_US", "zh_HK", "zh_TW"] | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue], timeout: float | None = ...) -> Answer:
        """Send a subscription notice; one grant, one notice. 发送订阅通知（授权一次，可发一条）

        POST /cgi-bin/message/subscribe/bizsend (from official page)

        touser: the openid of whom it is for · 接收人的 openid

        template_id: the template's id · 模板 id

        page: the page that a click opens · 点击后打开的网页或小程序页面

        miniprogram: the mini-program that a click opens · 点击后打开的小程序

        miniprogram_state: which version of the mini-program; the released one when left out · 打开小程序的哪个版本，默认正式版

        lang: the language there; zh_CN when left out · 进入小程序时的语言，默认 zh_CN

        client_msg_id: an id against repetition: sent once to an openid within ten minutes · 防重复的 id：同一 openid 十分钟内只发一条

        data: a value for each keyword of the template · 模板各关键词的值
        """

class MessageWxopenTemplateCalls:
    def uniform_send(self, *, touser: str, weapp_template_msg: Mapping[str, object] | None = ..., mp_template_msg: Mapping[str, object] | None = ..., timeout: float | None = ...) -> Answer:
        """The uniform service message of mini-programs. 统一服务消息

        POST /cgi-bin/message/wxopen/template/uniform_send (from public SDKs)
        Retired: gone since 2023-09-20: it answers 45109.

        touser: the openid of whom it is for · 接收人的 openid
        """

class MessageWxopenCalls:
    template: MessageWxopenTemplateCalls

class MessageCalls:
    custom: MessageCustomCalls
    mass: MessageMassCalls
    template: MessageTemplateCalls
    subscribe: MessageSubscribeCalls
    wxopen: MessageWxopenCalls

class CustomserviceKfaccountCalls:
    def add(self, *, kf_account: str, nickname: str, password: str | None = ..., timeout: float | None = ...) -> Answer:
        """Add a customer-service account. 添加客服账号

        POST /customservice/kfaccount/add (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        nickname: the name that followers see · 客服昵称

        password: no longer used · 已不使用
        """
    def update(self, *, kf_account: str, nickname: str, password: str | None = ..., timeout: float | None = ...) -> Answer:
        """Change a customer-service account's name. 修改客服账号

        POST /customservice/kfaccount/update (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        nickname: the name that followers see · 客服昵称

        password: no longer used · 已不使用
        """
    def del_(self, *, kf_account: str, timeout: float | None = ...) -> Answer:
        """Delete a customer-service account. 删除客服账号

        POST /customservice/kfaccount/del (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号
        """
    def inviteworker(self, *, kf_account: str, invite_wx: str, timeout: float | None = ...) -> Answer:
        """Invite a WeChat user to work as this account. 邀请微信用户绑定客服账号

        POST /customservice/kfaccount/inviteworker (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        invite_wx: the WeChat id to invite · 被邀请的微信号
        """
    def uploadheadimg(self, *, kf_account: str, media: Uploadable, timeout: float | None = ...) -> Answer:
        """Set the picture of a customer-service account. 设置客服头像

        POST /customservice/kfaccount/uploadheadimg (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        media: the file · 文件
        """

class CustomserviceKfsessionCalls:
    def create(self, *, kf_account: str, openid: str, text: str | None = ..., timeout: float | None = ...) -> Answer:
        """Give a follower to a customer-service account. 创建会话

        POST /customservice/kfsession/create (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        openid: the follower's openid · 粉丝的 openid

        text: a text that goes with it · 附带的文字
        """
    def close(self, *, kf_account: str, openid: str, text: str | None = ..., timeout: float | None = ...) -> Answer:
        """End a session. 关闭会话

        POST /customservice/kfsession/close (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号

        openid: the follower's openid · 粉丝的 openid

        text: a text that goes with it · 附带的文字
        """
    def getsession(self, *, openid: str, timeout: float | None = ...) -> CustomserviceKfsessionGetsessionAnswer:
        """The session of a follower. 查询用户的会话

        GET /customservice/kfsession/getsession (from official page)

        openid: the follower's openid · 粉丝的 openid
        """
    def getsessionlist(self, *, kf_account: str, timeout: float | None = ...) -> CustomserviceKfsessionGetsessionlistAnswer:
        """The sessions of a customer-service account. 查询客服的会话

        GET /customservice/kfsession/getsessionlist (from official page)

        kf_account: the customer-service account, as name@account · 客服账号，形如 name@公众号微信号
        """
    def getwaitcase(self, *, timeout: float | None = ...) -> CustomserviceKfsessionGetwaitcaseAnswer:
        """Followers that wait for someone. 查询等待接入的会话

        GET /customservice/kfsession/getwaitcase (from official page)
        """

class CustomserviceMsgrecordCalls:
    def getmsglist(self, *, starttime: int, endtime: int, msgid: int, number: int, timeout: float | None = ...) -> CustomserviceMsgrecordGetmsglistAnswer:
        """The records of chats, over 24 hours at most. 查询聊天记录（跨度不超过 24 小时）

        POST /customservice/msgrecord/getmsglist (from official page)

        starttime: the first second · 起始时间，秒

        endtime: the last second, 24 hours later at most · 结束时间，秒，跨度不超过 24 小时

        msgid: where to begin; 1 at first · 从哪条开始，第一次为 1

        number: how many at most, up to 10,000 · 最多返回几条，上限 10000
        """
    def getrecord(self, *, starttime: int, endtime: int, pagesize: int, pageindex: int, timeout: float | None = ...) -> CustomserviceMsgrecordGetrecordAnswer:
        """The records of chats, older form. 查询聊天记录（旧版）

        POST /customservice/msgrecord/getrecord (from public SDKs)
        Retired: use getmsglist.
        """

class CustomserviceCalls:
    def getkflist(self, *, timeout: float | None = ...) -> CustomserviceGetkflistAnswer:
        """All customer-service accounts. 获取所有客服账号

        GET /cgi-bin/customservice/getkflist (from official page)
        """
    def getonlinekflist(self, *, timeout: float | None = ...) -> CustomserviceGetonlinekflistAnswer:
        """The customer-service accounts that are online. 获取在线的客服

        GET /cgi-bin/customservice/getonlinekflist (from official page)
        """
    kfaccount: CustomserviceKfaccountCalls
    kfsession: CustomserviceKfsessionCalls
    msgrecord: CustomserviceMsgrecordCalls

class DatacubeCalls:
    def getusersummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusersummaryAnswer:
        """Followers gained and lost; 7 days at a time. 用户增减（一次最多 7 天）

        POST /datacube/getusersummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getusercumulate(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusercumulateAnswer:
        """Followers in all; 7 days at a time. 累计用户（一次最多 7 天）

        POST /datacube/getusercumulate (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getarticlesummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticlesummaryAnswer:
        """Articles sent, by day; 1 day at a time. 图文群发每日数据（一次最多 1 天）

        POST /datacube/getarticlesummary (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getarticletotal(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticletotalAnswer:
        """Articles sent, over their life; 1 day at a time. 图文群发总数据（一次最多 1 天）

        POST /datacube/getarticletotal (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getuserread(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetuserreadAnswer:
        """Reads; 3 days at a time. 图文统计（一次最多 3 天）

        POST /datacube/getuserread (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getuserreadhour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetuserreadhourAnswer:
        """Reads, by hour; 1 day at a time. 图文统计，按小时（一次最多 1 天）

        POST /datacube/getuserreadhour (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getusershare(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusershareAnswer:
        """Shares; 7 days at a time. 图文转发（一次最多 7 天）

        POST /datacube/getusershare (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getusersharehour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetusersharehourAnswer:
        """Shares, by hour; 1 day at a time. 图文转发，按小时（一次最多 1 天）

        POST /datacube/getusersharehour (from official page)
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsg(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgAnswer:
        """Messages received; 7 days at a time. 消息概况（一次最多 7 天）

        POST /datacube/getupstreammsg (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsghour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsghourAnswer:
        """Messages received, by hour; 1 day at a time. 消息概况，按小时（一次最多 1 天）

        POST /datacube/getupstreammsghour (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsgweek(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgweekAnswer:
        """Messages received, by week; 30 days at a time. 消息概况，按周（一次最多 30 天）

        POST /datacube/getupstreammsgweek (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsgmonth(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgmonthAnswer:
        """Messages received, by month; 30 days at a time. 消息概况，按月（一次最多 30 天）

        POST /datacube/getupstreammsgmonth (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsgdist(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistAnswer:
        """How many sent how much; 15 days at a time. 消息分布（一次最多 15 天）

        POST /datacube/getupstreammsgdist (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsgdistweek(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistweekAnswer:
        """How many sent how much, by week; 30 days at a time. 消息分布，按周（一次最多 30 天）

        POST /datacube/getupstreammsgdistweek (from official page)
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getupstreammsgdistmonth(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetupstreammsgdistmonthAnswer:
        """How many sent how much, by month; 30 days at a time. 消息分布，按月（一次最多 30 天）

        POST /datacube/getupstreammsgdistmonth (from official page)
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getinterfacesummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetinterfacesummaryAnswer:
        """Calls of your server and their times; 30 days at a time. 接口分析（一次最多 30 天）

        POST /datacube/getinterfacesummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getinterfacesummaryhour(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetinterfacesummaryhourAnswer:
        """Calls of your server, by hour; 1 day at a time. 接口分析，按小时（一次最多 1 天）

        POST /datacube/getinterfacesummaryhour (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getarticleread(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticlereadAnswer:
        """Reads of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日阅读（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleread (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getarticleshare(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticleshareAnswer:
        """Shares of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日分享（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleshare (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getarticletotaldetail(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetarticletotaldetailAnswer:
        """What became of the articles of a day within 30 days; 1 day at a time. 发表内容的详细数据，发表后 30 天内（一次 1 天）

        POST /datacube/getarticletotaldetail (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getbizsummary(self, *, begin_date: Day, end_date: Day, timeout: float | None = ...) -> DatacubeGetbizsummaryAnswer:
        """All articles in sum, by day; 30 days at a time. 发表内容概况（一次最多 30 天）

        POST /datacube/getbizsummary (from official page)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def getcardbizuininfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], timeout: float | None = ...) -> DatacubeGetcardbizuininfoAnswer:
        """Cards, in sum. 卡券概况

        POST /datacube/getcardbizuininfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建
        """
    def getcardcardinfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], card_id: str | None = ..., timeout: float | None = ...) -> DatacubeGetcardcardinfoAnswer:
        """Free cards. 免费券数据

        POST /datacube/getcardcardinfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建

        card_id: the card's id · 卡券 id
        """
    def getcardmembercardinfo(self, *, begin_date: Day, end_date: Day, cond_source: Literal[0, 1, 2], timeout: float | None = ...) -> DatacubeGetcardmembercardinfoAnswer:
        """Member cards, in sum. 会员卡概况

        POST /datacube/getcardmembercardinfo (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        cond_source: where the cards were made: 0 in the console, 1 by the API · 卡券来源：0 公众平台创建，1 接口创建
        """
    def getcardmembercarddetail(self, *, begin_date: Day, end_date: Day, card_id: str, timeout: float | None = ...) -> DatacubeGetcardmembercarddetailAnswer:
        """One member card. 单张会员卡数据

        POST /datacube/getcardmembercarddetail (from public SDKs)

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天

        card_id: the card's id · 卡券 id
        """

class PublisherCalls:
    def stat(self, *, action: Literal["publisher_adpos_general", "publisher_cps_general", "publisher_settlement"], page: int, page_size: int, start_date: Day, end_date: Day, ad_slot: str | None = ..., timeout: float | None = ...) -> PublisherStatAnswer:
        """A publisher's figures: by advertising slot, goods on commission, or settled income. 流量主数据：分广告位、返佣商品、结算收入

        GET /publisher/stat (from public SDKs)

        action: which figures: by slot, goods on commission, settled income · 要哪种数据：分广告位、返佣商品、结算收入

        page: which page, from 1 · 第几页，从 1 起

        page_size: how many a page · 每页几条

        start_date: the first day · 起始日期

        end_date: the last day · 结束日期

        ad_slot: the kind of advertising slot; all when left out · 广告位类型，不填为全部
        """

class DeviceCalls:
    def transmsg(self, *, device_type: str | None = ..., device_id: str | None = ..., open_id: str | None = ..., msg_type: str | None = ..., device_status: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Send to a device. 推送消息给设备

        POST /device/transmsg (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def create_qrcode(self, *, device_num: int | None = ..., device_id_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make devices' QR codes. 获取设备二维码

        POST /device/create_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def authorize_device(self, *, device_num: int | None = ..., device_list: Sequence[object] | None = ..., op_type: int | None = ..., product_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Authorise devices. 授权设备

        POST /device/authorize_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getqrcode(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device id and its QR code. 获取 deviceid 和二维码

        GET /device/getqrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def bind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a user. 绑定设备

        POST /device/bind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        openid: the follower's openid · 粉丝的 openid
        """
    def unbind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Unbind a device. 解绑设备

        POST /device/unbind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket

        openid: the follower's openid · 粉丝的 openid
        """
    def compel_bind(self, *, device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind without asking. 强制绑定

        POST /device/compel_bind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def compel_unbind(self, *, device_id: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Unbind without asking. 强制解绑

        POST /device/compel_unbind (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def get_stat(self, *, device_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's state. 查询设备状态

        GET /device/get_stat (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def verify_qrcode(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check a QR code. 验证二维码

        POST /device/verify_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """
    def get_openid(self, *, device_type: str | None = ..., device_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The users of a device. 获取设备绑定的用户

        GET /device/get_openid (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_bind_device(self, *, openid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The devices of a user. 获取用户绑定的设备

        GET /device/get_bind_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class IlinkApiMmiotCalls:
    def get_device_qrcode(self, *, ilink_im_sdk_id: str | None = ..., payload: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's QR code. 获取设备二维码

        POST /ilink/api/mmiot/get_device_qrcode (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def reset_public_device(self, *, ilink_im_sdk_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Reset a public device. 重置公共设备

        POST /ilink/api/mmiot/reset_public_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IlinkApiCalls:
    def cloud_register_device(self, *, product_id: str | None = ..., iot_device_list: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Register a device (iLink). 注册设备（iLink）

        POST /ilink/api/cloud_register_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_device_ticket(self, *, ilink_im_sdk_id: str | None = ..., user_openid: str | None = ..., ticket_scene: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A device's ticket. 获取设备票据

        POST /ilink/api/get_device_ticket (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    mmiot: IlinkApiMmiotCalls
    def reset_device(self, *, ilink_im_sdk_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Reset a device. 重置设备

        POST /ilink/api/reset_device (from public SDKs)
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IlinkCalls:
    api: IlinkApiCalls

class DraftCalls:
    def add(self, *, articles: Sequence[DraftArticle], timeout: float | None = ...) -> DraftAddAnswer:
        """Add a draft. 新建草稿

        POST /cgi-bin/draft/add (from official page)
        Unconfirmed: the current page says content of 2 KB beside 20,000 characters.

        articles: the articles, one to eight · 文章，1 到 8 篇
        """
    def get(self, *, media_id: str, timeout: float | None = ...) -> DraftGetAnswer:
        """One draft. 获取草稿

        POST /cgi-bin/draft/get (from official page)

        media_id: the id of the medium · 素材 id
        """
    def delete(self, *, media_id: str, timeout: float | None = ...) -> Answer:
        """Delete a draft. 删除草稿

        POST /cgi-bin/draft/delete (from official page)

        media_id: the id of the medium · 素材 id
        """
    def update(self, *, media_id: str, index: int, articles: DraftArticle, timeout: float | None = ...) -> Answer:
        """Change one article of a draft. 修改草稿里的一篇文章

        POST /cgi-bin/draft/update (from official page)

        media_id: the id of the medium · 素材 id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        articles: the article as it shall be · 修改后的这一篇
        """
    def count(self, *, timeout: float | None = ...) -> DraftCountAnswer:
        """How many drafts there are. 获取草稿总数

        GET /cgi-bin/draft/count (from official page)
        """
    def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ..., timeout: float | None = ...) -> DraftBatchgetAnswer:
        """A page of drafts. 获取草稿列表

        POST /cgi-bin/draft/batchget (from official page)

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条

        no_content: 1 without the articles' text, 0 with it · 1 不返回正文，0 返回
        """
    def switch(self, *, checkonly: Literal[0, 1] | None = ..., timeout: float | None = ...) -> DraftSwitchAnswer:
        """The switch of the trial period. 草稿箱开关（内测期）

        POST /cgi-bin/draft/switch (from public SDKs)
        Retired: drafts are open to every account.
        """

class ChannelsEcServiceProductCalls:
    def getcardinfo(self, *, product_id: str, article_type: Literal["news", "newspic"], card_type: Literal[0, 1, 2, 3], timeout: float | None = ...) -> ChannelsEcServiceProductGetcardinfoAnswer:
        """What a product's card is in an article's content. 获取文章里商品卡片的 DOM 结构

        POST /channels/ec/service/product/getcardinfo (from official page)

        product_id: the product's id · 商品 id

        article_type: news for an article, newspic for pictures · news 图文，newspic 图片消息

        card_type: 0 large, 1 small, 2 a link, 3 a bar · 0 大卡，1 小卡，2 文字链接，3 条卡
        """

class ChannelsEcServiceCalls:
    product: ChannelsEcServiceProductCalls

class ChannelsEcCalls:
    service: ChannelsEcServiceCalls

class ChannelsCalls:
    ec: ChannelsEcCalls

class FreepublishCalls:
    def submit(self, *, media_id: str, timeout: float | None = ...) -> FreepublishSubmitAnswer:
        """Publish a draft; followers are not notified, the outcome comes as an event. 发布草稿（不通知粉丝；结果另行推送）

        POST /cgi-bin/freepublish/submit (from official page)

        media_id: the draft's media_id · 草稿的 media_id
        """
    def get(self, *, publish_id: str, timeout: float | None = ...) -> FreepublishGetAnswer:
        """What became of a publication. 查询发布状态

        POST /cgi-bin/freepublish/get (from official page)

        publish_id: the id of the publication · 发布任务的 id
        """
    def delete(self, *, article_id: str, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Delete what was published: one article by its place from 1, or all by 0. 删除发布（序号从 1 起，0 为全部）

        POST /cgi-bin/freepublish/delete (from official page)

        article_id: the id of what was published · 已发布文章的 id

        index: which article, from 1; all by 0 or when left out · 第几篇，从 1 起，不填或 0 删除全部
        """
    def getarticle(self, *, article_id: str, timeout: float | None = ...) -> FreepublishGetarticleAnswer:
        """A published article. 获取已发布的文章

        POST /cgi-bin/freepublish/getarticle (from official page)

        article_id: the id of what was published · 已发布文章的 id
        """
    def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ..., timeout: float | None = ...) -> FreepublishBatchgetAnswer:
        """A page of publications. 获取成功发布的列表

        POST /cgi-bin/freepublish/batchget (from official page)

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条

        no_content: 1 without the articles' text, 0 with it · 1 不返回正文，0 返回
        """

class CommentReplyCalls:
    def add(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, content: str, timeout: float | None = ...) -> Answer:
        """Answer a comment. 回复留言

        POST /cgi-bin/comment/reply/add (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id

        content: the answer · 回复的内容
        """
    def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Delete the answer to a comment. 删除回复

        POST /cgi-bin/comment/reply/delete (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """

class CommentCalls:
    def open(self, *, msg_data_id: int, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Allow comments on an article. 打开文章的留言

        POST /cgi-bin/comment/open (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """
    def close(self, *, msg_data_id: int, index: int | None = ..., timeout: float | None = ...) -> Answer:
        """Allow no more comments on an article. 关闭文章的留言

        POST /cgi-bin/comment/close (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """
    def list(self, *, msg_data_id: int, index: int | None = ..., begin: int, count: int, type: Literal[0, 1, 2], timeout: float | None = ...) -> CommentListAnswer:
        """A page of an article's comments. 查看文章的留言

        POST /cgi-bin/comment/list (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        begin: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most, below 50 · 最多返回几条，少于 50

        type: 0 all, 1 ordinary ones, 2 those shown to everybody · 0 全部，1 普通，2 精选
        """
    def markelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Show a comment to everybody. 将留言标记为精选

        POST /cgi-bin/comment/markelect (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    def unmarkelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """No longer show a comment to everybody. 取消精选

        POST /cgi-bin/comment/unmarkelect (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, timeout: float | None = ...) -> Answer:
        """Delete a comment. 删除留言

        POST /cgi-bin/comment/delete (from official page)

        msg_data_id: the msg_data_id that the mass message or publication gave · 群发或发布返回的 msg_data_id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起

        user_comment_id: the comment's id · 留言的 id
        """
    reply: CommentReplyCalls

class GuideCalls:
    def addguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a guide into a group. 分组内添加顾问

        POST /cgi-bin/guide/addguide2guidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a guide. 添加顾问

        POST /cgi-bin/guide/addguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidebuyerdisplaytag(self, *, openid: str | None = ..., display_tag_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set what is shown of a customer. 设置自定义客户信息

        POST /cgi-bin/guide/addguidebuyerdisplaytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def addguidebuyerrelation(self, *, buyer_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Give customers to a guide. 为顾问分配客户

        POST /cgi-bin/guide/addguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def addguidebuyertag(self, *, tag_value: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Tag customers. 为客户设置标签

        POST /cgi-bin/guide/addguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    def addguidemassendjob(self, *, task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a mass message of a guide. 添加群发任务

        POST /cgi-bin/guide/addguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def addguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add values to a tag. 为标签添加可选值

        POST /cgi-bin/guide/addguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def cancelguidemassendjob(self, *, task_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Cancel a mass message. 取消群发任务

        POST /cgi-bin/guide/cancelguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take a guide out of a group. 分组内删除顾问

        POST /cgi-bin/guide/delguide2guidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a guide. 删除顾问

        POST /cgi-bin/guide/delguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidebuyerrelation(self, *, openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take customers from a guide. 为顾问移除客户

        POST /cgi-bin/guide/delguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    def delguidebuyertag(self, *, tag_value: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take a tag off customers. 删除客户标签

        POST /cgi-bin/guide/delguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    def delguidecardmaterial(self, *, type: int | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a mini-program card. 删除小程序卡片素材

        POST /cgi-bin/guide/delguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        title: the title · 标题

        path: the page of the mini-program · 小程序页面路径

        appid: the account's AppID · 账号的 AppID
        """
    def delguidegroup(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group of guides. 删除顾问分组

        POST /cgi-bin/guide/delguidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguideimagematerial(self, *, type: int | None = ..., picurl: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a picture. 删除图片素材

        POST /cgi-bin/guide/delguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    def delguidetagoption(self, *, tag_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a tag. 删除标签类型

        POST /cgi-bin/guide/delguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a text. 删除文字素材

        POST /cgi-bin/guide/delguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    def getgroupbyguide(self, *, guide_account: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The groups of a guide. 获取顾问所在分组

        POST /cgi-bin/guide/getgroupbyguide (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getgroupinfo(self, *, group_id: int | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The guides of a group. 获取分组内顾问信息

        POST /cgi-bin/guide/getgroupinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def getguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One guide. 获取顾问信息

        POST /cgi-bin/guide/getguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideacctconfig(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Forbidden words and the reply while offline. 获取敏感词与离线自动回复

        POST /cgi-bin/guide/getguideacctconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideacctlist(self, *, page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of guides. 获取顾问列表

        POST /cgi-bin/guide/getguideacctlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def getguidebuyerchatrecord(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., begin_time: int | None = ..., end_time: int | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's chats. 获取顾问聊天记录

        POST /cgi-bin/guide/getguidebuyerchatrecord (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def getguidebuyerdisplaytag(self, *, openid: str | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What is shown of a customer. 获取自定义客户信息

        POST /cgi-bin/guide/getguidebuyerdisplaytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def getguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a guide and a customer stand. 查询顾问和客户的关系

        POST /cgi-bin/guide/getguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def getguidebuyerrelationbybuyer(self, *, openid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The guide of a customer. 查询客户所属顾问

        POST /cgi-bin/guide/getguidebuyerrelationbybuyer (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def getguidebuyerrelationlist(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., page: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's customers. 获取顾问的客户列表

        POST /cgi-bin/guide/getguidebuyerrelationlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起
        """
    def getguidebuyertag(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The tags of a customer. 查询客户标签

        POST /cgi-bin/guide/getguidebuyertag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def getguidecardmaterial(self, *, type: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The mini-program cards. 查询小程序卡片素材

        POST /cgi-bin/guide/getguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    def getguideconfig(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A guide's quick replies and greeting. 获取快捷回复与关注自动回复

        POST /cgi-bin/guide/getguideconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidegrouplist(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All groups of guides. 获取所有顾问分组

        POST /cgi-bin/guide/getguidegrouplist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideimagematerial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The pictures. 查询图片素材

        POST /cgi-bin/guide/getguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        start: where to begin, from 0 · 从第几条开始，从 0 起
        """
    def getguidemassendjob(self, *, task_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One mass message. 获取群发任务

        POST /cgi-bin/guide/getguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidemassendjoblist(self, *, task_status: int | None = ..., offset: int | None = ..., limit: int | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of mass messages. 获取群发任务列表

        POST /cgi-bin/guide/getguidemassendjoblist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    def getguidetagoption(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All tags and their values. 获取标签和可选值

        POST /cgi-bin/guide/getguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidewordmaterial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The texts. 查询文字素材

        POST /cgi-bin/guide/getguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        start: where to begin, from 0 · 从第几条开始，从 0 起
        """
    def guidecreateqrcode(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., qrcode_info: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a guide's QR code. 生成顾问二维码

        POST /cgi-bin/guide/guidecreateqrcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def newguidegroup(self, *, group_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group of guides. 新建顾问分组

        POST /cgi-bin/guide/newguidegroup (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def newguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a tag. 新建标签类型

        POST /cgi-bin/guide/newguidetagoption (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def pushshowwxapathmenu(self, *, wxa_appid: str | None = ..., wx_username: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Let a WeChat user copy mini-program paths. 允许复制小程序页面路径

        POST /cgi-bin/guide/pushshowwxapathmenu (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def queryguidebuyerbytag(self, *, push_count: int | None = ..., tag_values: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The customers with some tags. 根据标签筛选客户

        POST /cgi-bin/guide/queryguidebuyerbytag (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def rebindguideacctforbuyer(self, *, old_guide_account: str | None = ..., old_guide_openid: str | None = ..., new_guide_account: str | None = ..., new_guide_openid: str | None = ..., openid_list: list[str] | tuple[str, ...] | None = ..., openid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Give customers to another guide. 为客户更换顾问

        POST /cgi-bin/guide/rebindguideacctforbuyer (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid_list: the followers' openids · 粉丝的 openid

        openid: the follower's openid · 粉丝的 openid
        """
    def setguideacctconfig(self, *, values: Sequence[object] | None = ..., content: str | None = ..., is_delete: object | None = ..., black_keyword: str | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set forbidden words and the reply while offline. 设置敏感词与离线自动回复

        POST /cgi-bin/guide/setguideacctconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        content: the text · 内容
        """
    def setguidecardmaterial(self, *, type: int | None = ..., media_id: str | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a mini-program card. 添加小程序卡片素材

        POST /cgi-bin/guide/setguidecardmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        media_id: the id of the medium · 素材 id

        title: the title · 标题

        path: the page of the mini-program · 小程序页面路径

        appid: the account's AppID · 账号的 AppID
        """
    def setguideconfig(self, *, content: str | None = ..., is_delete: object | None = ..., guide_fast_reply_list: Sequence[object] | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., guide_auto_reply_plus: Mapping[str, object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., msgtype: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set a guide's quick replies and greeting. 设置快捷回复与关注自动回复

        POST /cgi-bin/guide/setguideconfig (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        content: the text · 内容

        msgtype: the kind of message; it names the member to give · 消息类型，决定要填哪个字段
        """
    def setguideimagematerial(self, *, media_id: str | None = ..., type: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a picture. 添加图片素材

        POST /cgi-bin/guide/setguideimagematerial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        media_id: the id of the medium · 素材 id

        type: the kind · 类型
        """
    def setguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a text. 添加文字素材

        POST /cgi-bin/guide/setguidewordmaterial (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    def updateguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a guide. 修改顾问

        POST /cgi-bin/guide/updateguideacct (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a customer's name. 修改客户昵称

        POST /cgi-bin/guide/updateguidebuyerrelation (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """
    def updateguidemassendjob(self, *, task_id: int | None = ..., task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a mass message. 修改群发任务

        POST /cgi-bin/guide/updateguidemassendjob (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class MarketingUserActionSetsCalls:
    def add(self, *, version: str | None = ..., type: str | None = ..., name: str | None = ..., description: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a source of user actions. 创建用户行为数据源

        POST /marketing/user_action_sets/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        description: a description · 描述
        """
    def get(self, *, version: str | None = ..., user_action_set_id: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The sources of user actions. 查询用户行为数据源

        GET /marketing/user_action_sets/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingUserActionSetReportsCalls:
    def get(self, *, user_action_set_id: str | None = ..., date_range: Mapping[str, object] | None = ..., time_granularity: str | None = ..., aggregation: str | None = ..., version: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The report of a source. 查询数据源报表

        GET /marketing/user_action_set_reports/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingUserActionsCalls:
    def add(self, *, version: str | None = ..., actions: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Report user actions. 上报用户行为

        POST /marketing/user_actions/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingWechatAdLeadsCalls:
    def get(self, *, date_range: Mapping[str, object] | None = ..., filtering: Sequence[object] | None = ..., page: Mapping[str, object] | None = ..., page_size: int | None = ..., version: str | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Leads from advertisements. 获取朋友圈销售线索

        GET /marketing/wechat_ad_leads/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page: which page, from 1 · 第几页，从 1 起

        page_size: how many a page · 每页几条

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """

class MarketingCalls:
    user_action_sets: MarketingUserActionSetsCalls
    user_action_set_reports: MarketingUserActionSetReportsCalls
    user_actions: MarketingUserActionsCalls
    wechat_ad_leads: MarketingWechatAdLeadsCalls

class CityserviceCalls:
    def sendchannelmsg(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Send a city service's message. 发送城市服务消息

        POST /cityservice/sendchannelmsg (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MaterialCalls:
    def add_material(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable, description: VideoDescription | None = ..., timeout: float | None = ...) -> MaterialAddMaterialAnswer:
        """Upload a permanent medium. 上传永久素材

        POST /cgi-bin/material/add_material (from official page)

        type: picture, voice, video or thumbnail · 图片、语音、视频或缩略图

        media: the file · 文件

        description: title and description of a video, which needs them · 视频的标题和简介，上传视频时必填
        """
    def get_material(self, *, media_id: str, timeout: float | None = ...) -> Media[MaterialGetMaterialAnswer]:
        """A permanent medium; articles and videos answer in JSON. 获取永久素材；图文与视频返回 JSON

        POST /cgi-bin/material/get_material (from official page)

        media_id: the id of the medium · 素材 id
        """
    def del_material(self, *, media_id: str, timeout: float | None = ...) -> Answer:
        """Delete a permanent medium. 删除永久素材

        POST /cgi-bin/material/del_material (from official page)

        media_id: the id of the medium · 素材 id
        """
    def get_materialcount(self, *, timeout: float | None = ...) -> MaterialGetMaterialcountAnswer:
        """How many permanent media there are. 获取永久素材的数量

        GET /cgi-bin/material/get_materialcount (from official page)
        """
    def batchget_material(self, *, type: Literal["image", "video", "voice", "news"], offset: int, count: int, timeout: float | None = ...) -> MaterialBatchgetMaterialAnswer:
        """A page of permanent media. 获取永久素材列表

        POST /cgi-bin/material/batchget_material (from official page)

        type: pictures, videos, voices or articles · 图片、视频、语音或图文

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        count: how many at most · 最多返回几条
        """
    def add_news(self, *, articles: Sequence[Mapping[str, object]], timeout: float | None = ...) -> MaterialAddNewsAnswer:
        """Add articles to the library. 新增永久图文素材

        POST /cgi-bin/material/add_news (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    def update_news(self, *, media_id: str, index: int, articles: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Change an article of the library. 修改永久图文素材

        POST /cgi-bin/material/update_news (from public SDKs)
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/update.

        media_id: the id of the medium · 素材 id

        index: which of the articles, from 0 · 多图文中的第几篇，从 0 起
        """

class MenuCalls:
    def create(self, *, button: Sequence[Button], timeout: float | None = ...) -> Answer:
        """Replace the whole default menu. 创建默认菜单（整个替换）

        POST /cgi-bin/menu/create (from official page)

        button: the buttons of the first level, one to three · 一级按钮，1 到 3 个
        """
    def get(self, *, timeout: float | None = ...) -> MenuGetAnswer:
        """The menu and conditional menus that were made by this API. 查询用接口创建的菜单和个性化菜单

        GET /cgi-bin/menu/get (from official page)
        """
    def delete(self, *, timeout: float | None = ...) -> Answer:
        """Delete the default menu and every conditional one. 删除默认菜单和所有个性化菜单

        GET /cgi-bin/menu/delete (from official page)
        """
    def addconditional(self, *, button: Sequence[Button], matchrule: MatchRule, timeout: float | None = ...) -> MenuAddconditionalAnswer:
        """Add a menu for those followers that a rule matches. 创建个性化菜单

        POST /cgi-bin/menu/addconditional (from official page)
        Unconfirmed: sex, region and language rules were withdrawn in 2021/22.

        button: the buttons of the first level, one to three · 一级按钮，1 到 3 个

        matchrule: which followers see it · 哪些粉丝看到它
        """
    def delconditional(self, *, menuid: str, timeout: float | None = ...) -> Answer:
        """Delete one conditional menu. 删除个性化菜单

        POST /cgi-bin/menu/delconditional (from official page)

        menuid: the id of the conditional menu · 个性化菜单的 id
        """
    def trymatch(self, *, user_id: str, timeout: float | None = ...) -> MenuTrymatchAnswer:
        """Which menu a follower sees. 测试个性化菜单：某个用户看到哪个菜单

        POST /cgi-bin/menu/trymatch (from official page)

        user_id: a follower's openid or WeChat id · 粉丝的 openid 或微信号
        """

class MerchantCategoryCalls:
    def getsub(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Sub-categories. 获取子分类

        POST /merchant/category/getsub (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getsku(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The SKUs of a category. 获取分类的 SKU

        POST /merchant/category/getsku (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getproperty(self, *, cate_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The properties of a category. 获取分类的属性

        POST /merchant/category/getproperty (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantStockCalls:
    def add(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add stock. 增加库存

        POST /merchant/stock/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def reduce(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take stock. 减少库存

        POST /merchant/stock/reduce (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantExpressCalls:
    def add(self, *, delivery_template: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a postage template. 增加邮费模板

        POST /merchant/express/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, template_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a postage template. 删除邮费模板

        POST /merchant/express/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    def update(self, *, template_id: str | None = ..., delivery_template: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a postage template. 修改邮费模板

        POST /merchant/express/update (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    def getbyid(self, *, template_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One postage template. 获取邮费模板

        POST /merchant/express/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All postage templates. 获取所有邮费模板

        GET /merchant/express/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantGroupCalls:
    def add(self, *, group_detail: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group. 增加分组

        POST /merchant/group/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /merchant/group/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def propertymod(self, *, group_id: int | None = ..., group_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a group. 修改分组属性

        POST /merchant/group/propertymod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def productmod(self, *, group_id: int | None = ..., product: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a group's goods. 修改分组商品

        POST /merchant/group/productmod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All groups. 获取所有分组

        GET /merchant/group/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One group. 获取分组

        POST /merchant/group/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantShelfCalls:
    def add(self, *, shelf_id: str | None = ..., shelf_name: str | None = ..., shelf_banner: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shelf. 增加货架

        POST /merchant/shelf/add (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, shelf_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shelf. 删除货架

        POST /merchant/shelf/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mod(self, *, shelf_id: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shelf. 修改货架

        POST /merchant/shelf/mod (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getall(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """All shelves. 获取所有货架

        GET /merchant/shelf/getall (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, shelf_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shelf. 获取货架

        POST /merchant/shelf/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantOrderCalls:
    def getbyid(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One order. 获取订单

        POST /merchant/order/getbyid (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyfilter(self, *, status: int | None = ..., begintime: int | None = ..., endtime: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Orders by state and time. 查询订单

        POST /merchant/order/getbyfilter (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setdelivery(self, *, order_id: str | None = ..., delivery_company: str | None = ..., delivery_track_no: str | None = ..., need_delivery: object | None = ..., is_others: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Say how an order is sent. 设置发货信息

        POST /merchant/order/setdelivery (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def close(self, *, order_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Close an order. 关闭订单

        POST /merchant/order/close (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantCommonCalls:
    def upload_img(self, *, filename: str | None = ..., media: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /merchant/common/upload_img (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.

        media: the file · 文件
        """

class MerchantCalls:
    def create(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 增加商品

        POST /merchant/create (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 删除商品

        POST /merchant/del (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change goods. 修改商品

        POST /merchant/update (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, product_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /merchant/get (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbystatus(self, *, status: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Goods by state. 按状态查询商品

        POST /merchant/getbystatus (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modproductstatus(self, *, product_id: str | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Show goods or hide them. 商品上下架

        POST /merchant/modproductstatus (from public SDKs)
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    category: MerchantCategoryCalls
    stock: MerchantStockCalls
    express: MerchantExpressCalls
    group: MerchantGroupCalls
    shelf: MerchantShelfCalls
    order: MerchantOrderCalls
    common: MerchantCommonCalls

class NontaxCalls:
    def queryfee(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """What is due. 查询应收

        POST /nontax/queryfee (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unifiedorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make an order. 支付下单

        POST /nontax/unifiedorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One order. 查询订单

        POST /nontax/getorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorderlist(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of orders. 查询订单列表

        POST /nontax/getorderlist (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def refund(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Refund. 退款

        POST /nontax/refund (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def micropay(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Pay by code. 付款码付款

        POST /nontax/micropay (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def downloadbill(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The day's bill. 下载对账单

        POST /nontax/downloadbill (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def notifyinconsistentorder(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Report a wrong order. 通知不一致订单

        POST /nontax/notifyinconsistentorder (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mocknotification(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Try the payment notice. 测试支付结果通知

        POST /nontax/mocknotification (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mockqueryfee(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Try the query. 测试查询应收

        POST /nontax/mockqueryfee (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def createbillcard(self, *, invoice_info: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a bill's card. 创建财政电子票据

        POST /nontax/createbillcard (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbillauthurl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The address where a user authorises a bill. 获取授权页链接

        POST /nontax/getbillauthurl (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def insertbill(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a bill into a user's wallet. 插入用户卡包

        POST /nontax/insertbill (from public SDKs)
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class SnsOauth2ComponentCalls:
    def access_token(self, *, appid: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., component_appid: str, component_access_token: str, timeout: float | None = ...) -> SnsOauth2ComponentAccessTokenAnswer:
        """A user's access token for a code, on behalf of an account. 代公众号用 code 换取用户的 access_token

        GET /sns/oauth2/component/access_token (from official page)

        appid: the account's AppID · 账号的 AppID

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        grant_type: always this; need not be given · 固定值，不必填

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_access_token: the platform's token · 第三方平台的 token
        """
    def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, component_appid: str, component_access_token: str, timeout: float | None = ...) -> SnsOauth2ComponentRefreshTokenAnswer:
        """A user's next access token, on behalf of an account. 代公众号刷新用户的 access_token

        GET /sns/oauth2/component/refresh_token (from official page)

        appid: the account's AppID · 账号的 AppID

        grant_type: always this; need not be given · 固定值，不必填

        refresh_token: the user's refresh token · 用户的刷新令牌

        component_appid: the platform's AppID · 第三方平台的 AppID

        component_access_token: the platform's token · 第三方平台的 token
        """

class SnsOauth2Calls:
    def access_token(self, *, appid: str = ..., secret: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., timeout: float | None = ...) -> SnsOauth2AccessTokenAnswer:
        """A user's access token for the code of the login page; a code works once. 用 code 换取用户的 access_token（code 只能用一次）

        GET /sns/oauth2/access_token (from official page)

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret

        code: the code that the visitor came back with; it works once · 用户授权后带回的 code，只能用一次

        grant_type: always this; need not be given · 固定值，不必填
        """
    def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, timeout: float | None = ...) -> SnsOauth2RefreshTokenAnswer:
        """A user's next access token, within 30 days. 刷新用户的 access_token（30 天内）

        GET /sns/oauth2/refresh_token (from official page)

        appid: the account's AppID · 账号的 AppID

        grant_type: always this; need not be given · 固定值，不必填

        refresh_token: the refresh token that came with the access token · 用 code 换到的刷新令牌
        """
    component: SnsOauth2ComponentCalls

class SnsCalls:
    oauth2: SnsOauth2Calls
    def userinfo(self, *, access_token: str, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ..., timeout: float | None = ...) -> SnsUserinfoAnswer:
        """What a user let the page know; sex and region are empty since 2021-10-20. 获取授权用户的信息（性别与地区自 2021-10-20 起为空）

        GET /sns/userinfo (from official page)

        access_token: the user's access token · 用户的 access_token

        openid: the follower's openid · 粉丝的 openid

        lang: the language · 语言
        """
    def auth(self, *, access_token: str, openid: str, timeout: float | None = ...) -> Answer:
        """Whether a user's access token is still good. 检验用户的 access_token

        GET /sns/auth (from official page)

        access_token: the user's access token · 用户的 access_token

        openid: the follower's openid · 粉丝的 openid
        """

class QrcodeCalls:
    def create(self, *, expire_seconds: int | None = ..., action_name: Literal["QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"], action_info: ActionInfo, timeout: float | None = ...) -> QrcodeCreateAnswer:
        """Make a QR code with a scene: temporary for 30 days at most, or one of 100,000 permanent ones. 创建带参数的二维码（临时最长 30 天，永久最多十万个）

        POST /cgi-bin/qrcode/create (from official page)

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天

        action_name: temporary or permanent (LIMIT), a number or a text (STR) as its scene · 临时或永久（LIMIT），场景值为数字或字符串（STR）

        action_info: the scene · 场景
        """

class ShortenCalls:
    def gen(self, *, long_data: str, expire_seconds: int | None = ..., timeout: float | None = ...) -> ShortenGenAnswer:
        """Make a short key for long data. 把长信息变成短 Key

        POST /cgi-bin/shorten/gen (from official page)

        long_data: the data, 4 KB at most · 长信息，最多 4 KB

        expire_seconds: how many seconds it lives, 30 days at most · 有效秒数，最长 30 天
        """
    def fetch(self, *, short_key: str, timeout: float | None = ...) -> ShortenFetchAnswer:
        """The long data of a short key. 把短 Key 还原

        POST /cgi-bin/shorten/fetch (from official page)

        short_key: the short key · 短 Key
        """

class WxopenCalls:
    def qrcodejumpadd(self, *, prefix: str, appid: str, path: str, is_edit: Literal[0, 1], permit_sub_rule: Literal[1, 2] | None = ..., open_version: Literal[1, 2, 3] | None = ..., debug_url: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ...) -> Answer:
        """Let a QR code with a scene open a mini-program: add a rule, or change one. 让带参数的二维码扫码后打开小程序：新增或修改规则

        POST /cgi-bin/wxopen/qrcodejumpadd (from official page)

        prefix: the QR code's address, beginning with http://weixin.qq.com/q/ · 二维码地址，以 http://weixin.qq.com/q/ 开头

        appid: the AppID of the mini-program to open · 要打开的小程序的 AppID

        path: the page of the mini-program · 小程序页面路径

        is_edit: 0 to add, 1 to change a rule that is not published · 0 新增，1 修改（已发布的不能改）

        permit_sub_rule: for ordinary addresses: 1 without sub-rules, 2 with them · 普通链接：1 不占用子规则，2 占用

        open_version: for ordinary addresses: 1 development, 2 trial, 3 release · 普通链接的测试范围：1 开发版，2 体验版，3 正式版

        debug_url: for ordinary addresses: up to five to try it with · 普通链接的测试网址，最多 5 个
        """
    def qrcodejumpget(self, *, appid: str, get_type: Literal[0, 1, 2] | None = ..., prefix_list: list[str] | tuple[str, ...] | None = ..., page_num: int | None = ..., page_size: int | None = ..., timeout: float | None = ...) -> WxopenQrcodejumpgetAnswer:
        """The rules by which QR codes open a mini-program. 查询扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumpget (from official page)

        appid: the mini-program's AppID · 小程序的 AppID

        get_type: 0 the last 10,000, 1 by prefix, 2 by pages · 0 最近一万条，1 按 prefix，2 分页

        prefix_list: the prefixes, 200 at most; needed when get_type is 1 · 要查的 prefix，最多 200 个，get_type 为 1 时必填

        page_num: which page, from 1; needed when get_type is 2 · 第几页，从 1 起，get_type 为 2 时必填

        page_size: how many a page · 每页几条
        """
    def qrcodejumppublish(self, *, prefix: str, timeout: float | None = ...) -> Answer:
        """Publish a rule by which QR codes open a mini-program. 发布扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumppublish (from official page)

        prefix: the QR code's address, beginning with http://weixin.qq.com/q/ · 二维码地址，以 http://weixin.qq.com/q/ 开头
        """

class ScanMerchantinfoCalls:
    def get(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The merchant's brands and categories. 获取商户信息

        GET /scan/merchantinfo/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanProductV2Calls:
    def add(self, *, product: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Import goods. 导入商品

        POST /scan/product/v2/add (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getinfo(self, *, product: Mapping[str, object] | None = ..., pid: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the imported goods. 获取商品

        POST /scan/product/v2/getinfo (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getinfobypage(self, *, page_context: str | None = ..., page_num: int | None = ..., page_size: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of imported goods. 获取商品列表

        POST /scan/product/v2/getinfobypage (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        page_num: which page, from 1; needed when get_type is 2 · 第几页，从 1 起，get_type 为 2 时必填

        page_size: how many a page · 每页几条
        """
    def status(self, *, status_ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How an import stands. 查询导入状态

        POST /scan/product/v2/status (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanProductCalls:
    def create(self, *, keystandard: str | None = ..., keystr: str | None = ..., brand_info: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 创建商品

        POST /scan/product/create (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, keystandard: str | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /scan/product/get (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getlist(self, *, offset: int | None = ..., limit: int | None = ..., status: int | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of goods. 批量查询商品

        POST /scan/product/getlist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    def update(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change goods. 更新商品

        POST /scan/product/update (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def clear(self, *, keystandard: str | None = ..., keystr: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 清除商品

        POST /scan/product/clear (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modstatus(self, *, keystandard: str | None = ..., keystr: str | None = ..., status: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Publish goods or take them back. 提交审核或取消发布

        POST /scan/product/modstatus (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getqrcode(self, *, keystandard: str | None = ..., keystr: str | None = ..., extinfo: Mapping[str, object] | None = ..., qrcode_size: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The QR code of goods. 获取商品二维码

        POST /scan/product/getqrcode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    v2: ScanProductV2Calls

class ScanTestwhitelistCalls:
    def set(self, *, openid: str | None = ..., username: str | None = ..., userName: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who may see unpublished goods. 设置测试人员

        POST /scan/testwhitelist/set (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        openid: the follower's openid · 粉丝的 openid
        """

class ScanScanticketCalls:
    def check(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Check a scan's ticket. 检查 wxticket

        POST /scan/scanticket/check (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """

class ScanCalls:
    merchantinfo: ScanMerchantinfoCalls
    product: ScanProductCalls
    testwhitelist: ScanTestwhitelistCalls
    scanticket: ScanScanticketCalls

class IntpMarketcodeCalls:
    def applycode(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for codes. 申请二维码

        POST /intp/marketcode/applycode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applycodequery(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a request stands. 查询申请

        POST /intp/marketcode/applycodequery (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applycodedownload(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The codes of a request. 下载二维码包

        POST /intp/marketcode/applycodedownload (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def codeactive(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Activate codes. 激活二维码

        POST /intp/marketcode/codeactive (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def codeactivequery(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether codes are active. 查询激活状态

        POST /intp/marketcode/codeactivequery (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def tickettocode(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The code of a ticket. 用 ticket 换 code

        POST /intp/marketcode/tickettocode (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IntpCalls:
    marketcode: IntpMarketcodeCalls

class ShakearoundAccountCalls:
    def register(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for the service. 申请开通

        POST /shakearound/account/register (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def auditstatus(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether it was granted. 查询审核状态

        GET /shakearound/account/auditstatus (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundDeviceGroupCalls:
    def add(self, *, group_name: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a group. 新增分组

        POST /shakearound/device/group/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, group_id: int | None = ..., group_name: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Rename a group. 编辑分组

        POST /shakearound/device/group/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, group_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /shakearound/device/group/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getlist(self, *, begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of groups. 查询分组列表

        POST /shakearound/device/group/getlist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    def getdetail(self, *, group_id: int | None = ..., begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One group. 查询分组详情

        POST /shakearound/device/group/getdetail (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    def adddevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put devices into a group. 添加设备到分组

        POST /shakearound/device/group/adddevice (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def deletedevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Take devices out of a group. 从分组移除设备

        POST /shakearound/device/group/deletedevice (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundDeviceCalls:
    def applyid(self, *, quantity: int | None = ..., apply_reason: str | None = ..., poi_id: int | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Ask for device ids. 申请设备 ID

        POST /shakearound/device/applyid (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applystatus(self, *, apply_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """How a request stands. 查询设备 ID 申请状态

        POST /shakearound/device/applystatus (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, comment: str | None = ..., device_identifier: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a device. 编辑设备信息

        POST /shakearound/device/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def bindlocation(self, *, poi_id: int | None = ..., device_identifier: Mapping[str, object] | None = ..., type: str | None = ..., poi_appid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a shop. 绑定设备与门店

        POST /shakearound/device/bindlocation (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型
        """
    def search(self, *, begin: int | None = ..., count: int | None = ..., apply_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find devices. 查询设备

        POST /shakearound/device/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        count: how many at most · 最多返回几条
        """
    def bindpage(self, *, page_ids: Sequence[object] | None = ..., bind: object | None = ..., append: object | None = ..., device_identifier: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to pages. 绑定设备与页面

        POST /shakearound/device/bindpage (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    group: ShakearoundDeviceGroupCalls

class ShakearoundPageCalls:
    def add(self, *, title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a page. 新增页面

        POST /shakearound/page/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        description: a description · 描述
        """
    def update(self, *, page_id: int | None = ..., title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a page. 编辑页面

        POST /shakearound/page/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        description: a description · 描述
        """
    def search(self, *, type: str | None = ..., begin: int | None = ..., count: int | None = ..., page_ids: Sequence[object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find pages. 查询页面

        POST /shakearound/page/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        count: how many at most · 最多返回几条
        """
    def delete(self, *, page_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a page. 删除页面

        POST /shakearound/page/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundMaterialCalls:
    def add(self, *, type: str | None = ..., media: Uploadable, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /shakearound/material/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        media: the file · 文件
        """

class ShakearoundRelationCalls:
    def search(self, *, type: str | None = ..., device_identifier: Mapping[str, object] | None = ..., page_id: int | None = ..., begin: int | None = ..., count: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Which devices show which pages. 查询设备与页面的关系

        POST /shakearound/relation/search (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        type: the kind · 类型

        count: how many at most · 最多返回几条
        """

class ShakearoundUserCalls:
    def getshakeinfo(self, *, ticket: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Who shook where. 获取摇一摇的设备及用户信息

        POST /shakearound/user/getshakeinfo (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        ticket: the ticket · ticket
        """

class ShakearoundStatisticsCalls:
    def device(self, *, device_identifier: Mapping[str, object] | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a device. 设备统计

        POST /shakearound/statistics/device (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def devicelist(self, *, date: int | None = ..., page_index: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all devices. 批量设备统计

        POST /shakearound/statistics/devicelist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def page(self, *, page_id: int | None = ..., begin_date: str | None = ..., end_date: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a page. 页面统计

        POST /shakearound/statistics/page (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """
    def pagelist(self, *, date: int | None = ..., page_index: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all pages. 批量页面统计

        POST /shakearound/statistics/pagelist (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundLotteryCalls:
    def addlotteryinfo(self, *, title: str | None = ..., desc: str | None = ..., onoff: int | None = ..., begin_time: int | None = ..., expire_time: object | None = ..., sponsor_appid: str | None = ..., total: int | None = ..., jumpurl: str | None = ..., key: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a lottery. 创建红包活动

        POST /shakearound/lottery/addlotteryinfo (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        title: the title · 标题

        total: how many in all · 总数
        """
    def setprizebucket(self, *, lottery_id: str | None = ..., mchid: str | None = ..., sponsorapp_id: object | None = ..., prizeinfolist: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Fill a lottery. 录入红包

        POST /shakearound/lottery/setprizebucket (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setlotteryswitch(self, *, lottery_id: str | None = ..., onoff: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Switch a lottery. 设置活动开关

        GET /shakearound/lottery/setlotteryswitch (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def querylottery(self, *, lottery_id: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One lottery. 查询活动

        GET /shakearound/lottery/querylottery (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundCalls:
    account: ShakearoundAccountCalls
    device: ShakearoundDeviceCalls
    page: ShakearoundPageCalls
    material: ShakearoundMaterialCalls
    relation: ShakearoundRelationCalls
    user: ShakearoundUserCalls
    statistics: ShakearoundStatisticsCalls
    lottery: ShakearoundLotteryCalls

class PoiCalls:
    def addpoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shop. 创建门店

        POST /cgi-bin/poi/addpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpoi(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop. 查询门店

        POST /cgi-bin/poi/getpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpoilist(self, *, begin: int | None = ..., limit: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 查询门店列表

        POST /cgi-bin/poi/getpoilist (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        limit: how many at most · 最多返回几条
        """
    def updatepoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop. 修改门店

        POST /cgi-bin/poi/updatepoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delpoi(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shop. 删除门店

        POST /cgi-bin/poi/delpoi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getwxcategory(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories of shops. 门店类目表

        GET /cgi-bin/poi/getwxcategory (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class WxaSecCalls:
    def queryblocktmplmsg(self, *, tmpl_msg_id: str, largest_id: int, limit: int, timeout: float | None = ...) -> WxaSecQueryblocktmplmsgAnswer:
        """Template messages that were blocked. 查询被拦截的模板消息

        POST /wxa/sec/queryblocktmplmsg (from official page)
        Unconfirmed: whether msginfo is one message, as the page has it, or a list of them.

        tmpl_msg_id: the id of the message that was blocked · 被拦截的模板消息的 id

        largest_id: the largest id of the page before; 0 at first · 上一页最大的 id，第一次为 0

        limit: how many at most · 最多返回几条
        """

class WxaCalls:
    def get_merchant_category(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The categories of shop mini-programs. 拉取门店小程序类目

        GET /wxa/get_merchant_category (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def apply_merchant(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Make a shop mini-program. 创建门店小程序

        POST /wxa/apply_merchant (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_merchant_audit_info(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Whether it passed. 查询门店小程序审核结果

        GET /wxa/get_merchant_audit_info (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modify_merchant(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop mini-program. 修改门店小程序

        POST /wxa/modify_merchant (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_district(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Provinces, cities and districts. 拉取省市区

        GET /wxa/get_district (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def search_map_poi(self, *, districtid: str | None = ..., keyword: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Find a shop on the map. 在腾讯地图搜索门店

        POST /wxa/search_map_poi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def create_map_poi(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Put a shop on the map. 在腾讯地图创建门店

        POST /wxa/create_map_poi (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def add_store(self, *, baseInfo: Mapping[str, object], timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a shop to the mini-program. 添加门店

        POST /wxa/add_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update_store(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop of the mini-program. 更新门店

        POST /wxa/update_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_store_info(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop of the mini-program. 获取门店

        POST /wxa/get_store_info (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_store_list(self, *, offset: int | None = ..., limit: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of the mini-program's shops. 获取门店列表

        POST /wxa/get_store_list (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.

        offset: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    def del_store(self, *, poi_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a shop of the mini-program. 删除门店

        POST /wxa/del_store (from public SDKs)
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    sec: WxaSecCalls

class TemplateCalls:
    def api_set_industry(self, *, industry_id1: str, industry_id2: str, timeout: float | None = ...) -> Answer:
        """Set the account's industries, once a month. 设置所属行业（每月一次）

        POST /cgi-bin/template/api_set_industry (from official page)

        industry_id1: the number of the first industry, 1 to 41 · 主营行业的编号，1 到 41

        industry_id2: the number of the second industry, 1 to 41 · 副营行业的编号，1 到 41
        """
    def get_industry(self, *, timeout: float | None = ...) -> TemplateGetIndustryAnswer:
        """The account's industries. 获取所属行业

        GET /cgi-bin/template/get_industry (from official page)
        """
    def api_add_template(self, *, template_id_short: str, keyword_name_list: list[str] | tuple[str, ...] | None = ..., timeout: float | None = ...) -> TemplateApiAddTemplateAnswer:
        """Take a template from the library; 25 at most. 从模板库添加模板（最多 25 个）

        POST /cgi-bin/template/api_add_template (from official page)

        template_id_short: its number in the library; digits only for a category's · 模板库中的编号，类目模板为纯数字

        keyword_name_list: the keywords of a category's template, in their order · 类目模板选用的关键词，按顺序
        """
    def get_all_private_template(self, *, timeout: float | None = ...) -> TemplateGetAllPrivateTemplateAnswer:
        """The account's templates. 获取已添加的模板

        GET /cgi-bin/template/get_all_private_template (from official page)
        """
    def del_private_template(self, *, template_id: str, timeout: float | None = ...) -> Answer:
        """Delete a template. 删除模板

        POST /cgi-bin/template/del_private_template (from official page)

        template_id: the template's id · 模板 id
        """

class WxaapiNewtmplCalls:
    def addtemplate(self, *, tid: str, kidList: Sequence[int] | None = ..., sceneDesc: str | None = ..., timeout: float | None = ...) -> WxaapiNewtmplAddtemplateAnswer:
        """Take a notice's template. 选用订阅通知模板

        POST /wxaapi/newtmpl/addtemplate (from official page)

        tid: the public template's id · 公共模板的 id

        kidList: numbers of the keywords, in their order, two to five · 关键词编号，按顺序，2 到 5 个

        sceneDesc: when it is sent, in 15 characters · 服务场景，15 字以内
        """
    def deltemplate(self, *, priTmplId: str, timeout: float | None = ...) -> Answer:
        """Delete a notice's template. 删除订阅通知模板

        POST /wxaapi/newtmpl/deltemplate (from official page)

        priTmplId: the id of the template to delete · 要删除的模板 id
        """
    def getcategory(self, *, timeout: float | None = ...) -> WxaapiNewtmplGetcategoryAnswer:
        """The account's categories. 获取账号的类目

        GET /wxaapi/newtmpl/getcategory (from official page)
        """
    def getpubtemplatekeywords(self, *, tid: str, timeout: float | None = ...) -> WxaapiNewtmplGetpubtemplatekeywordsAnswer:
        """The keywords of a public template. 获取模板的关键词

        GET /wxaapi/newtmpl/getpubtemplatekeywords (from official page)

        tid: the public template's id · 公共模板的 id
        """
    def getpubtemplatetitles(self, *, ids: str, start: int, limit: int, timeout: float | None = ...) -> WxaapiNewtmplGetpubtemplatetitlesAnswer:
        """Public templates of some categories. 获取类目下的公共模板

        GET /wxaapi/newtmpl/getpubtemplatetitles (from official page)

        ids: ids of categories, with commas · 类目 id，逗号分隔

        start: where to begin, from 0 · 从第几条开始，从 0 起

        limit: how many at most · 最多返回几条
        """
    def gettemplate(self, *, timeout: float | None = ...) -> WxaapiNewtmplGettemplateAnswer:
        """The account's notice templates. 获取已选用的订阅通知模板

        GET /wxaapi/newtmpl/gettemplate (from official page)
        """

class WxaapiCalls:
    newtmpl: WxaapiNewtmplCalls

class UserInfoCalls:
    def __call__(self, *, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ..., timeout: float | None = ...) -> UserInfoAnswer:
        """What is known of a follower; no nickname and picture since 2021-12-27. 获取一位粉丝的信息（2021-12-27 起没有昵称与头像）

        GET /cgi-bin/user/info (from official page)

        openid: the follower's openid · 粉丝的 openid

        lang: the language · 语言
        """
    def batchget(self, *, user_list: Sequence[UserQuery], timeout: float | None = ...) -> UserInfoBatchgetAnswer:
        """What is known of up to 100 followers. 获取一批粉丝的信息（最多 100 位）

        POST /cgi-bin/user/info/batchget (from official page)

        user_list: the followers to look up, 100 at most · 要查询的粉丝，最多 100 位
        """
    def updateremark(self, *, openid: str, remark: str, timeout: float | None = ...) -> Answer:
        """Set the remark on a follower. 设置粉丝的备注名

        POST /cgi-bin/user/info/updateremark (from official page)

        openid: the follower's openid · 粉丝的 openid

        remark: the remark, 30 bytes at most · 备注名，最多 30 字节
        """

class UserTagCalls:
    def get(self, *, tagid: int, next_openid: str | None = ..., timeout: float | None = ...) -> UserTagGetAnswer:
        """The followers with a tag. 获取标签下的粉丝

        POST /cgi-bin/user/tag/get (from official page)

        tagid: the tag's id · 标签 id

        next_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """

class UserCalls:
    info: UserInfoCalls
    def get(self, *, next_openid: str | None = ..., timeout: float | None = ...) -> UserGetAnswer:
        """The followers' openids, 10,000 at a time. 获取粉丝列表（每次最多 10000）

        GET /cgi-bin/user/get (from official page)

        next_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """
    tag: UserTagCalls

class TagsMembersCalls:
    def batchtagging(self, *, openid_list: list[str] | tuple[str, ...], tagid: int, timeout: float | None = ...) -> Answer:
        """Tag up to 50 followers; 20 tags on each at most. 给粉丝打标签（每次最多 50 位，每人最多 20 个）

        POST /cgi-bin/tags/members/batchtagging (from official page)

        openid_list: the followers' openids · 粉丝的 openid

        tagid: the tag's id · 标签 id
        """
    def batchuntagging(self, *, openid_list: list[str] | tuple[str, ...], tagid: int, timeout: float | None = ...) -> Answer:
        """Take a tag off up to 50 followers. 取消粉丝的标签

        POST /cgi-bin/tags/members/batchuntagging (from official page)

        openid_list: the followers' openids · 粉丝的 openid

        tagid: the tag's id · 标签 id
        """
    def getblacklist(self, *, begin_openid: str | None = ..., timeout: float | None = ...) -> TagsMembersGetblacklistAnswer:
        """The blacklist, 10,000 at a time. 获取黑名单

        POST /cgi-bin/tags/members/getblacklist (from official page)

        begin_openid: go on after this openid; from the beginning when left out · 从这个 openid 之后开始，不填从头
        """
    def batchblacklist(self, *, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> Answer:
        """Block up to 20 followers. 拉黑粉丝（每次最多 20 位）

        POST /cgi-bin/tags/members/batchblacklist (from official page)

        openid_list: the followers' openids · 粉丝的 openid
        """
    def batchunblacklist(self, *, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> Answer:
        """Block up to 20 followers no longer. 取消拉黑

        POST /cgi-bin/tags/members/batchunblacklist (from official page)

        openid_list: the followers' openids · 粉丝的 openid
        """

class TagsCalls:
    def create(self, *, tag: NewTag, timeout: float | None = ...) -> TagsCreateAnswer:
        """Add a tag; 100 at most. 创建标签（最多 100 个）

        POST /cgi-bin/tags/create (from official page)

        tag: the tag · 标签
        """
    def get(self, *, timeout: float | None = ...) -> TagsGetAnswer:
        """All tags. 获取所有标签

        GET /cgi-bin/tags/get (from official page)
        """
    def update(self, *, tag: ChangedTag, timeout: float | None = ...) -> Answer:
        """Rename a tag. 修改标签名

        POST /cgi-bin/tags/update (from official page)

        tag: the tag · 标签
        """
    def delete(self, *, tag: TagId, timeout: float | None = ...) -> Answer:
        """Delete a tag. 删除标签

        POST /cgi-bin/tags/delete (from official page)

        tag: the tag · 标签
        """
    members: TagsMembersCalls
    def getidlist(self, *, openid: str, timeout: float | None = ...) -> TagsGetidlistAnswer:
        """The tags of a follower. 获取粉丝身上的标签

        POST /cgi-bin/tags/getidlist (from official page)

        openid: the follower's openid · 粉丝的 openid
        """

class GroupsMembersCalls:
    def update(self, *, openid: str, to_groupid: int, timeout: float | None = ...) -> Answer:
        """Move a follower to a group. 移动粉丝分组

        POST /cgi-bin/groups/members/update (from public SDKs)
        Retired: superseded by tags.

        openid: the follower's openid · 粉丝的 openid
        """
    def batchupdate(self, *, openid_list: list[str] | tuple[str, ...], to_groupid: int, timeout: float | None = ...) -> Answer:
        """Move followers to a group. 批量移动粉丝分组

        POST /cgi-bin/groups/members/batchupdate (from public SDKs)
        Retired: superseded by tags.

        openid_list: the followers' openids · 粉丝的 openid
        """

class GroupsCalls:
    def create(self, *, group: Mapping[str, object], timeout: float | None = ...) -> GroupsCreateAnswer:
        """Add a group. 创建分组

        POST /cgi-bin/groups/create (from public SDKs)
        Retired: superseded by tags.
        """
    def get(self, *, timeout: float | None = ...) -> GroupsGetAnswer:
        """All groups. 查询所有分组

        GET /cgi-bin/groups/get (from public SDKs)
        Retired: superseded by tags.
        """
    def getid(self, *, openid: str, timeout: float | None = ...) -> GroupsGetidAnswer:
        """The group of a follower. 查询粉丝所在分组

        POST /cgi-bin/groups/getid (from public SDKs)
        Retired: superseded by tags.

        openid: the follower's openid · 粉丝的 openid
        """
    def update(self, *, group: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Rename a group. 修改分组名

        POST /cgi-bin/groups/update (from public SDKs)
        Retired: superseded by tags.
        """
    def delete(self, *, group: Mapping[str, object], timeout: float | None = ...) -> Answer:
        """Delete a group. 删除分组

        POST /cgi-bin/groups/delete (from public SDKs)
        Retired: superseded by tags.
        """
    members: GroupsMembersCalls

class BizwifiOpenpluginCalls:
    def token(self, *, callback_url: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A token for the set-up page. 获取开通插件的凭证

        GET /bizwifi/openplugin/token (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiShopCalls:
    def list(self, *, pageindex: int | None = ..., pagesize: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 获取 Wi-Fi 门店列表

        POST /bizwifi/shop/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """One shop. 查询门店 Wi-Fi 信息

        POST /bizwifi/shop/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, shop_id: int | None = ..., old_ssid: str | None = ..., ssid: str | None = ..., password: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Change a shop's network. 修改门店网络信息

        POST /bizwifi/shop/update (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        password: no longer used · 已不使用
        """
    def clean(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Clear a shop's network. 清空门店网络

        POST /bizwifi/shop/clean (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiDeviceCalls:
    def add(self, *, shop_id: int | None = ..., ssid: str | None = ..., password: str | None = ..., bssid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a device with a password. 添加密码型设备

        POST /bizwifi/device/add (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        password: no longer used · 已不使用
        """
    def list(self, *, shop_id: int | None = ..., pageindex: int | None = ..., pagesize: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A page of devices. 查询设备

        POST /bizwifi/device/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, bssid: str, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Delete a device. 删除设备

        POST /bizwifi/device/delete (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiApportalCalls:
    def register(self, *, shop_id: int | None = ..., ssid: str | None = ..., reset: object | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Add a portal device. 添加 portal 型设备

        POST /bizwifi/apportal/register (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiQrcodeCalls:
    def get(self, *, shop_id: int | None = ..., img_id: int | None = ..., ssid: str | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The QR code of a shop. 获取物料二维码

        POST /bizwifi/qrcode/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiAccountCalls:
    def get_connecturl(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The account's connection address. 获取公众号连网 URL

        GET /bizwifi/account/get_connecturl (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiHomepageCalls:
    def set(self, *, shop_id: int | None = ..., template_id: str | None = ..., struct: Mapping[str, object] | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set a shop's page. 设置商家主页

        POST /bizwifi/homepage/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        template_id: the template's id · 模板 id
        """
    def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """A shop's page. 查询商家主页

        POST /bizwifi/homepage/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiBarCalls:
    def set(self, *, shop_id: int | None = ..., bar_type: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the greeting. 设置欢迎语

        POST /bizwifi/bar/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiFinishpageCalls:
    def set(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the page after connecting. 设置连网完成页

        POST /bizwifi/finishpage/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiStatisticsCalls:
    def list(self, *, begin_date: str | None = ..., end_date: str | None = ..., shop_id: int | None = ..., timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Statistics. 数据统计

        POST /bizwifi/statistics/list (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.

        begin_date: the first day · 起始日期

        end_date: the last day, yesterday at the latest · 结束日期，最晚为昨天
        """

class BizwifiCouponputCalls:
    def set(self, *, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """Set the coupon given. 设置门店卡券投放

        POST /bizwifi/couponput/set (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, shop_id: int, timeout: float | None = ..., **more: object) -> dict[str, object]:
        """The coupon given. 查询门店卡券投放

        POST /bizwifi/couponput/get (from public SDKs)
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiCalls:
    openplugin: BizwifiOpenpluginCalls
    shop: BizwifiShopCalls
    device: BizwifiDeviceCalls
    apportal: BizwifiApportalCalls
    qrcode: BizwifiQrcodeCalls
    account: BizwifiAccountCalls
    homepage: BizwifiHomepageCalls
    bar: BizwifiBarCalls
    finishpage: BizwifiFinishpageCalls
    statistics: BizwifiStatisticsCalls
    couponput: BizwifiCouponputCalls

class Calls:
    media: MediaCalls
    semantic: SemanticCalls
    cv: CvCalls
    def stable_token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., force_refresh: bool | None = ..., timeout: float | None = ...) -> StableTokenAnswer:
        """Fetch the stable access token: the same one until its last five minutes. 获取稳定版接口调用凭据

        POST /cgi-bin/stable_token (from official page)

        grant_type: always this; need not be given · 固定值，不必填

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret

        force_refresh: true for a new one at once, which ends the old one; 20 times a day · true 强制换新：旧的立即失效，每天 20 次
        """
    def token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., timeout: float | None = ...) -> TokenAnswer:
        """Fetch the classic access token: a new one each time, the old one dies within minutes. 获取接口调用凭据（旧版）：每次都换新的，旧的约五分钟后失效

        GET /cgi-bin/token (from official page)

        grant_type: always this; need not be given · 固定值，不必填

        appid: the account's AppID · 账号的 AppID

        secret: the account's AppSecret · 账号的 AppSecret
        """
    ticket: TicketCalls
    def getcallbackip(self, *, timeout: float | None = ...) -> GetcallbackipAnswer:
        """Addresses that pushes come from; networks in CIDR form too. 获取微信推送服务器的 IP

        GET /cgi-bin/getcallbackip (from official page)
        """
    def get_api_domain_ip(self, *, timeout: float | None = ...) -> GetApiDomainIpAnswer:
        """Addresses of api.weixin.qq.com, for an outgoing firewall. 获取微信 API 服务器的 IP

        GET /cgi-bin/get_api_domain_ip (from official page)
        """
    callback: CallbackCalls
    clear_quota: ClearQuotaCalls
    openapi: OpenapiCalls
    def get_current_autoreply_info(self, *, timeout: float | None = ...) -> GetCurrentAutoreplyInfoAnswer:
        """The automatic replies that were set in the console. 获取后台设置的自动回复规则

        GET /cgi-bin/get_current_autoreply_info (from official page)
        """
    card: CardCalls
    component: ComponentCalls
    open: OpenCalls
    account: AccountCalls
    message: MessageCalls
    customservice: CustomserviceCalls
    datacube: DatacubeCalls
    publisher: PublisherCalls
    device: DeviceCalls
    ilink: IlinkCalls
    draft: DraftCalls
    channels: ChannelsCalls
    freepublish: FreepublishCalls
    comment: CommentCalls
    guide: GuideCalls
    marketing: MarketingCalls
    cityservice: CityserviceCalls
    material: MaterialCalls
    menu: MenuCalls
    def get_current_selfmenu_info(self, *, timeout: float | None = ...) -> GetCurrentSelfmenuInfoAnswer:
        """The menu in force, one made in the console included. 查询当前菜单，包括后台设置的

        GET /cgi-bin/get_current_selfmenu_info (from official page)
        """
    merchant: MerchantCalls
    nontax: NontaxCalls
    sns: SnsCalls
    qrcode: QrcodeCalls
    def showqrcode(self, *, ticket: str, timeout: float | None = ...) -> Media[Answer]:
        """The picture of a QR code, by its ticket. 用 ticket 换取二维码图片

        GET /cgi-bin/showqrcode (from official page)

        ticket: the ticket of the code, as it was made · 创建二维码时得到的 ticket
        """
    shorten: ShortenCalls
    def shorturl(self, *, action: Literal["long2short"] = ..., long_url: str, timeout: float | None = ...) -> ShorturlAnswer:
        """Make a long address short. 长链接转短链接

        POST /cgi-bin/shorturl (from public SDKs)
        Retired: gone since 2021-03-15: use /cgi-bin/shorten/gen.

        action: what to do · 要做的动作
        """
    wxopen: WxopenCalls
    scan: ScanCalls
    intp: IntpCalls
    shakearound: ShakearoundCalls
    poi: PoiCalls
    wxa: WxaCalls
    template: TemplateCalls
    wxaapi: WxaapiCalls
    user: UserCalls
    tags: TagsCalls
    def changeopenid(self, *, from_appid: str, openid_list: list[str] | tuple[str, ...], timeout: float | None = ...) -> ChangeopenidAnswer:
        """The new openids after an account has moved. 账号迁移后转换 openid

        POST /cgi-bin/changeopenid (from official page)

        from_appid: the AppID of the account before it moved · 迁移前账号的 AppID

        openid_list: the openids before the account moved · 迁移前的 openid
        """
    groups: GroupsCalls
    bizwifi: BizwifiCalls
