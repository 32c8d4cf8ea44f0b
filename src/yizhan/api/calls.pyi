# Written by scripts/describe from platform/*.toml: change those.
# ruff: noqa
# fmt: off
"""The endpoints as attributes, for editors and checkers."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

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
    time: str

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

class FuncScope(TypedDict):
    funcscope_category: FuncCategory

class FuncCategory(TypedDict):
    id: int

class Authorization(TypedDict):
    authorizer_appid: str
    authorizer_access_token: str
    expires_in: int
    authorizer_refresh_token: str
    func_info: list[FuncScope]

class Authorizer(TypedDict):
    authorizer_appid: str
    refresh_token: str
    auth_time: int

class Text(TypedDict):
    content: str

class MediaId(TypedDict):
    media_id: str

class VideoMessage(TypedDict):
    media_id: str
    thumb_media_id: NotRequired[str]
    title: NotRequired[str]
    description: NotRequired[str]

class MusicMessage(TypedDict):
    title: NotRequired[str]
    description: NotRequired[str]
    musicurl: str
    hqmusicurl: str
    thumb_media_id: NotRequired[str]

class NewsArticle(TypedDict):
    title: str
    description: NotRequired[str]
    url: str
    picurl: NotRequired[str]

class NewsMessage(TypedDict):
    articles: list[NewsArticle]

class ArticleId(TypedDict):
    article_id: str

class MenuItem(TypedDict):
    id: str
    content: str

class MenuMessage(TypedDict):
    head_content: NotRequired[str]
    list: list[MenuItem]
    tail_content: NotRequired[str]

class CardId(TypedDict):
    card_id: str

class MiniProgramPage(TypedDict):
    title: NotRequired[str]
    appid: str
    pagepath: str
    thumb_media_id: str

class KfFrom(TypedDict):
    kf_account: str

class AiContext(TypedDict):
    is_ai_msg: Literal[0, 1]

class KfAccount(TypedDict):
    kf_account: str
    kf_nick: str
    kf_id: str
    kf_headimgurl: str
    kf_wx: NotRequired[str]
    invite_wx: NotRequired[str]
    invite_expire_time: NotRequired[int]
    invite_status: NotRequired[str]

class OnlineKf(TypedDict):
    kf_account: str
    status: int
    kf_id: str
    accepted_case: int

class KfSession(TypedDict):
    openid: str
    createtime: int

class WaitCase(TypedDict):
    openid: str
    latest_time: int
    kf_account: NotRequired[str]

class KfRecord(TypedDict):
    openid: str
    opercode: int
    text: str
    time: int
    worker: str

class UserSummary(TypedDict):
    ref_date: str
    user_source: int
    new_user: int
    cancel_user: int

class UserCumulate(TypedDict):
    ref_date: str
    user_source: NotRequired[int]
    cumulate_user: int

class BaseResp(TypedDict):
    ret: Literal[0]
    err_msg: str

class AdDay(TypedDict):
    slot_id: NotRequired[int]
    ad_slot: NotRequired[str]
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

class ImageList(TypedDict):
    image_list: list[ImageRef]

class DraftArticle(TypedDict):
    article_type: NotRequired[Literal["news", "newspic"]]
    title: str
    author: NotRequired[str]
    digest: NotRequired[str]
    content: str
    content_source_url: NotRequired[str]
    thumb_media_id: NotRequired[str]
    need_open_comment: NotRequired[Literal[0, 1]]
    only_fans_can_comment: NotRequired[Literal[0, 1]]
    pic_crop_235_1: NotRequired[str]
    pic_crop_1_1: NotRequired[str]
    image_info: NotRequired[ImageList]
    cover_info: NotRequired[dict[str, object]]
    product_info: NotRequired[dict[str, object]]

class StoredArticle(TypedDict):
    article_type: NotRequired[str]
    title: str
    author: NotRequired[str]
    digest: NotRequired[str]
    content: NotRequired[str]
    content_source_url: NotRequired[str]
    thumb_media_id: NotRequired[str]
    thumb_url: NotRequired[str]
    need_open_comment: NotRequired[int]
    only_fans_can_comment: NotRequired[int]
    url: NotRequired[str]
    is_deleted: NotRequired[bool]

class DraftContent(TypedDict):
    news_item: list[StoredArticle]
    create_time: NotRequired[int]
    update_time: NotRequired[int]

class Draft(TypedDict):
    media_id: str
    content: DraftContent
    update_time: int

class PublishedItem(TypedDict):
    idx: int
    article_url: str

class PublishDetail(TypedDict):
    count: int
    item: list[PublishedItem]

class Publication(TypedDict):
    article_id: str
    content: DraftContent
    update_time: int

class CommentReply(TypedDict):
    content: str
    create_time: int

class Comment(TypedDict):
    user_comment_id: int
    openid: str
    create_time: int
    content: str
    comment_type: int
    reply: NotRequired[CommentReply]

class MassFilter(TypedDict):
    is_to_all: bool
    tag_id: NotRequired[int]

class MassText(TypedDict):
    content: str

class MassMedia(TypedDict):
    media_id: str

class MassImages(TypedDict):
    media_ids: list[str]
    recommend: NotRequired[str]
    need_open_comment: NotRequired[int]
    only_fans_can_comment: NotRequired[int]

class MassVideo(TypedDict):
    media_id: str
    title: NotRequired[str]
    description: NotRequired[str]

class MassCard(TypedDict):
    card_id: str

class VideoDescription(TypedDict):
    title: str
    introduction: str

class MaterialArticle(TypedDict):
    title: str
    thumb_media_id: NotRequired[str]
    show_cover_pic: NotRequired[int]
    author: NotRequired[str]
    digest: NotRequired[str]
    content: NotRequired[str]
    url: NotRequired[str]
    content_source_url: NotRequired[str]

class Material(TypedDict):
    media_id: str
    name: NotRequired[str]
    update_time: int
    url: NotRequired[str]
    content: NotRequired[dict[str, object]]

class Button(TypedDict):
    name: str
    type: NotRequired[Literal["click", "view", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select", "media_id", "view_limited", "article_id", "article_view_limited", "miniprogram"]]
    key: NotRequired[str]
    url: NotRequired[str]
    media_id: NotRequired[str]
    article_id: NotRequired[str]
    appid: NotRequired[str]
    pagepath: NotRequired[str]
    sub_button: NotRequired[list[Button]]

class MatchRule(TypedDict):
    tag_id: NotRequired[str]
    client_platform_type: NotRequired[Literal["1", "2", "3"]]

class Menu(TypedDict):
    button: list[Button]
    menuid: NotRequired[int]

class ConditionalMenu(TypedDict):
    button: list[Button]
    matchrule: MatchRule
    menuid: int

class SelfMenu(TypedDict):
    button: list[dict[str, object]]

class Scene(TypedDict):
    scene_id: NotRequired[int]
    scene_str: NotRequired[str]

class ActionInfo(TypedDict):
    scene: Scene

class JumpRule(TypedDict):
    prefix: str
    path: str
    state: int
    open_version: NotRequired[int]
    debug_url: NotRequired[list[str]]

class Industry(TypedDict):
    first_class: str
    second_class: str

class Template(TypedDict):
    template_id: str
    title: str
    primary_industry: str
    deputy_industry: str
    content: str
    example: str

class TemplateValue(TypedDict):
    value: str
    color: NotRequired[str]

class MiniProgram(TypedDict):
    appid: str
    pagepath: NotRequired[str]

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
    title: str
    type: int
    categoryId: str

class NoticeTemplate(TypedDict):
    priTmplId: str
    title: str
    content: str
    example: str
    type: int

class UserInfo(TypedDict):
    subscribe: int
    openid: str
    language: NotRequired[str]
    subscribe_time: NotRequired[int]
    unionid: NotRequired[str]
    remark: NotRequired[str]
    groupid: NotRequired[int]
    tagid_list: NotRequired[list[int]]
    subscribe_scene: NotRequired[str]
    qr_scene: NotRequired[int]
    qr_scene_str: NotRequired[str]

class UserQuery(TypedDict):
    openid: str
    lang: NotRequired[Literal["zh_CN", "zh_TW", "en"]]

class OpenIds(TypedDict):
    openid: list[str]

class Tag(TypedDict):
    id: int
    name: str
    count: NotRequired[int]

class NewTag(TypedDict):
    name: str

class ChangedTag(TypedDict):
    id: int
    name: str

class TagId(TypedDict):
    id: int

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
    semantic: NotRequired[dict[str, object]]

class CvOcrIdcardAnswer(Answer):
    type: str
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

class CvImgQrcodeAnswer(Answer):
    code_results: list[dict[str, object]]
    img_size: NotRequired[dict[str, object]]

class CvImgSuperresolutionAnswer(Answer):
    media_id: str

class CvImgAicropAnswer(Answer):
    results: list[dict[str, object]]
    img_size: NotRequired[dict[str, object]]

class StableTokenAnswer(Answer):
    access_token: str
    expires_in: int

class TokenAnswer(Answer):
    access_token: str
    expires_in: int

class TicketGetticketAnswer(Answer):
    ticket: str
    expires_in: int

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
    add_friend_autoreply_info: NotRequired[dict[str, object]]
    message_default_autoreply_info: NotRequired[dict[str, object]]
    keyword_autoreply_info: NotRequired[dict[str, object]]

class ComponentApiComponentTokenAnswer(Answer):
    component_access_token: str
    expires_in: int

class ComponentApiCreatePreauthcodeAnswer(Answer):
    pre_auth_code: str
    expires_in: int

class ComponentApiQueryAuthAnswer(Answer):
    authorization_info: Authorization

class ComponentApiAuthorizerTokenAnswer(Answer):
    authorizer_access_token: str
    expires_in: int
    authorizer_refresh_token: str

class ComponentApiGetAuthorizerInfoAnswer(Answer):
    authorizer_info: dict[str, object]
    authorization_info: NotRequired[dict[str, object]]

class ComponentApiGetAuthorizerListAnswer(Answer):
    total_count: int
    list: list[Authorizer]

class ComponentApiGetAuthorizerOptionAnswer(Answer):
    authorizer_appid: NotRequired[str]
    option_name: str
    option_value: str

class ComponentCheckCardAgentQualificationAnswer(Answer):
    result: NotRequired[str]

class ComponentCheckCardMerchantQualificationAnswer(Answer):
    result: NotRequired[str]

class OpenCreateAnswer(Answer):
    open_appid: str

class OpenGetAnswer(Answer):
    open_appid: str

class AccountFastregisterAnswer(Answer):
    appid: str
    authorization_code: str
    is_wx_verify_succ: object
    is_link_succ: object

class CustomserviceGetkflistAnswer(Answer):
    kf_list: list[KfAccount]

class CustomserviceGetonlinekflistAnswer(Answer):
    kf_online_list: list[OnlineKf]

class CustomserviceKfsessionGetsessionAnswer(Answer):
    kf_account: str
    createtime: int

class CustomserviceKfsessionGetsessionlistAnswer(Answer):
    sessionlist: list[KfSession]

class CustomserviceKfsessionGetwaitcaseAnswer(Answer):
    count: int
    waitcaselist: list[WaitCase]

class CustomserviceMsgrecordGetmsglistAnswer(Answer):
    recordlist: list[KfRecord]
    number: int
    msgid: int

class CustomserviceMsgrecordGetrecordAnswer(Answer):
    recordlist: NotRequired[list[KfRecord]]

class DatacubeGetusersummaryAnswer(Answer):
    list: list[UserSummary]

class DatacubeGetusercumulateAnswer(Answer):
    list: list[UserCumulate]

class DatacubeGetarticlesummaryAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetarticletotalAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetuserreadAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetuserreadhourAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetusershareAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetusersharehourAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsghourAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgweekAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgmonthAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgdistAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgdistweekAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetupstreammsgdistmonthAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetinterfacesummaryAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetinterfacesummaryhourAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetarticlereadAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetarticleshareAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetarticletotaldetailAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetbizsummaryAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetcardbizuininfoAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetcardcardinfoAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetcardmembercardinfoAnswer(Answer):
    list: list[dict[str, object]]

class DatacubeGetcardmembercarddetailAnswer(Answer):
    list: list[dict[str, object]]

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

class DraftGetAnswer(Answer):
    news_item: list[StoredArticle]
    create_time: NotRequired[int]
    update_time: NotRequired[int]

class DraftCountAnswer(Answer):
    total_count: int

class DraftBatchgetAnswer(Answer):
    total_count: int
    item_count: int
    item: list[Draft]

class ChannelsEcServiceProductGetcardinfoAnswer(Answer):
    product_key: NotRequired[str]
    DOM: NotRequired[str]

class DraftSwitchAnswer(Answer):
    is_open: NotRequired[int]

class FreepublishSubmitAnswer(Answer):
    publish_id: str
    msg_data_id: NotRequired[str]

class FreepublishGetAnswer(Answer):
    publish_id: str
    publish_status: int
    article_id: NotRequired[str]
    article_detail: NotRequired[PublishDetail]
    fail_idx: NotRequired[list[int]]

class FreepublishGetarticleAnswer(Answer):
    news_item: list[StoredArticle]

class FreepublishBatchgetAnswer(Answer):
    total_count: int
    item_count: int
    item: list[Publication]

class CommentListAnswer(Answer):
    total: int
    comment: list[Comment]

class MessageMassSendallAnswer(Answer):
    msg_id: int
    msg_data_id: NotRequired[int]

class MessageMassSendAnswer(Answer):
    msg_id: int
    msg_data_id: NotRequired[int]

class MessageMassPreviewAnswer(Answer):
    msg_id: NotRequired[int]

class MessageMassGetAnswer(Answer):
    msg_id: int
    msg_status: str

class MessageMassSpeedGetAnswer(Answer):
    speed: int
    realspeed: int

class MediaUploadvideoAnswer(Answer):
    type: str
    media_id: str
    created_at: int

class MediaUploadnewsAnswer(Answer):
    type: NotRequired[str]
    media_id: str
    created_at: NotRequired[int]

class MediaUploadAnswer(Answer):
    type: str
    media_id: NotRequired[str]
    thumb_media_id: NotRequired[str]
    created_at: int

class MediaUploadimgAnswer(Answer):
    url: str

class MaterialAddMaterialAnswer(Answer):
    media_id: str
    url: NotRequired[str]

class MaterialGetMaterialcountAnswer(Answer):
    voice_count: int
    video_count: int
    image_count: int
    news_count: int

class MaterialBatchgetMaterialAnswer(Answer):
    total_count: int
    item_count: int
    item: list[Material]

class MaterialAddNewsAnswer(Answer):
    media_id: str

class MenuGetAnswer(Answer):
    menu: Menu
    conditionalmenu: NotRequired[list[ConditionalMenu]]

class GetCurrentSelfmenuInfoAnswer(Answer):
    is_menu_open: int
    selfmenu_info: NotRequired[SelfMenu]

class MenuAddconditionalAnswer(Answer):
    menuid: str

class MenuTrymatchAnswer(Answer):
    button: list[Button]

class SnsOauth2AccessTokenAnswer(Answer):
    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str
    is_snapshotuser: NotRequired[int]
    unionid: NotRequired[str]

class SnsOauth2RefreshTokenAnswer(Answer):
    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str

class SnsUserinfoAnswer(Answer):
    openid: str
    nickname: str
    sex: NotRequired[int]
    province: NotRequired[str]
    city: NotRequired[str]
    country: NotRequired[str]
    headimgurl: str
    privilege: NotRequired[list[str]]
    unionid: NotRequired[str]

class SnsOauth2ComponentAccessTokenAnswer(Answer):
    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str
    unionid: NotRequired[str]

class SnsOauth2ComponentRefreshTokenAnswer(Answer):
    access_token: str
    expires_in: int
    refresh_token: str
    openid: str
    scope: str

class QrcodeCreateAnswer(Answer):
    ticket: str
    expire_seconds: NotRequired[int]
    url: str

class ShortenGenAnswer(Answer):
    short_key: str

class ShortenFetchAnswer(Answer):
    long_data: str
    create_time: int
    expire_seconds: int

class ShorturlAnswer(Answer):
    short_url: NotRequired[str]

class WxopenQrcodejumpgetAnswer(Answer):
    qrcodejump_open: int
    qrcodejump_pub_quota: int
    list_size: int
    rule_list: list[JumpRule]
    total_count: NotRequired[int]

class TemplateGetIndustryAnswer(Answer):
    primary_industry: Industry
    secondary_industry: NotRequired[Industry]

class TemplateApiAddTemplateAnswer(Answer):
    template_id: str

class TemplateGetAllPrivateTemplateAnswer(Answer):
    template_list: list[Template]

class MessageTemplateSendAnswer(Answer):
    msgid: int

class WxaapiNewtmplAddtemplateAnswer(Answer):
    priTmplId: str

class WxaapiNewtmplGetcategoryAnswer(Answer):
    data: list[Category]

class WxaapiNewtmplGetpubtemplatekeywordsAnswer(Answer):
    count: int
    data: list[NoticeKeyword]

class WxaapiNewtmplGetpubtemplatetitlesAnswer(Answer):
    count: int
    data: list[NoticeTitle]

class WxaapiNewtmplGettemplateAnswer(Answer):
    data: list[NoticeTemplate]

class WxaSecQueryblocktmplmsgAnswer(Answer):
    msginfo: NotRequired[dict[str, object]]

class UserInfoAnswer(Answer):
    subscribe: int
    openid: str
    language: NotRequired[str]
    subscribe_time: NotRequired[int]
    unionid: NotRequired[str]
    remark: NotRequired[str]
    groupid: NotRequired[int]
    tagid_list: NotRequired[list[int]]
    subscribe_scene: NotRequired[str]
    qr_scene: NotRequired[int]
    qr_scene_str: NotRequired[str]

class UserInfoBatchgetAnswer(Answer):
    user_info_list: list[UserInfo]

class UserGetAnswer(Answer):
    total: int
    count: int
    data: NotRequired[OpenIds]
    next_openid: str

class TagsCreateAnswer(Answer):
    tag: Tag

class TagsGetAnswer(Answer):
    tags: list[Tag]

class UserTagGetAnswer(Answer):
    count: int
    data: NotRequired[OpenIds]
    next_openid: NotRequired[str]

class TagsGetidlistAnswer(Answer):
    tagid_list: list[int]

class TagsMembersGetblacklistAnswer(Answer):
    total: int
    count: int
    data: NotRequired[OpenIds]
    next_openid: NotRequired[str]

class ChangeopenidAnswer(Answer):
    result_list: list[ChangedOpenid]

class GroupsCreateAnswer(Answer):
    group: NotRequired[dict[str, object]]

class GroupsGetAnswer(Answer):
    groups: NotRequired[list[dict[str, object]]]

class GroupsGetidAnswer(Answer):
    groupid: NotRequired[int]

class AsyncMediaVoiceCalls:
    async def addvoicetorecofortext(self, *, format: Literal["mp3"] = ..., voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., media: Uploadable) -> Answer:
        """Hand in a voice to be recognised: mp3, 16 kHz, a minute at most. 提交语音以供识别（mp3，16k，一分钟内）

        POST /cgi-bin/media/voice/addvoicetorecofortext
        Unconfirmed: the name of the form field.
        """
    async def queryrecoresultfortext(self, *, voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ...) -> MediaVoiceQueryrecoresultfortextAnswer:
        """What was recognised, within ten seconds of handing it in. 获取语音识别的结果（提交后 10 秒内）

        POST /cgi-bin/media/voice/queryrecoresultfortext
        Unconfirmed: the method: GET in WxJava, POST elsewhere.
        """
    async def translatecontent(self, *, lfrom: Literal["zh_CN", "en_US"], lto: Literal["zh_CN", "en_US"], content: str) -> MediaVoiceTranslatecontentAnswer:
        """Translate a text; the body is the text itself. 翻译一段文字

        POST /cgi-bin/media/voice/translatecontent
        """

class AsyncMediaGetCalls:
    async def __call__(self, *, media_id: str) -> Media:
        """Download a temporary medium; a video answers with its address. 下载临时素材；视频返回地址

        GET /cgi-bin/media/get
        """
    async def jssdk(self, *, media_id: str) -> Media:
        """Download a voice that the JS-SDK uploaded, 16 kHz speex. 下载 JS-SDK 上传的高清语音

        GET /cgi-bin/media/get/jssdk
        """

class AsyncMediaCalls:
    voice: AsyncMediaVoiceCalls
    async def uploadvideo(self, *, media_id: str, title: str | None = ..., description: str | None = ...) -> MediaUploadvideoAnswer:
        """Make an uploaded video fit for a mass message. 把已上传的视频变成群发用的视频

        POST /cgi-bin/media/uploadvideo
        Unconfirmed: the host: file.api.weixin.qq.com in older documentation.
        """
    async def uploadnews(self, *, articles: Sequence[Mapping[str, object]]) -> MediaUploadnewsAnswer:
        """Upload articles for a mass message. 上传群发用的图文

        POST /cgi-bin/media/uploadnews
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    async def upload(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable) -> MediaUploadAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload
        Unconfirmed: an image's limit: 10 MB and 2 MB stand on the same page.
        """
    get: AsyncMediaGetCalls
    async def uploadimg(self, *, media: Uploadable) -> MediaUploadimgAnswer:
        """Upload a picture for an article's text, below 1 MB; it has an address and is not in the library. 上传图文里的图片，得到地址（不占素材库，小于 1 MB）

        POST /cgi-bin/media/uploadimg
        """

class AsyncSemanticSemproxyCalls:
    async def search(self, *, query: str, category: str, latitude: float | None = ..., longitude: float | None = ..., city: str | None = ..., region: str | None = ..., appid: str = ..., uid: str | None = ...) -> SemanticSemproxySearchAnswer:
        """What a sentence means. 语义理解

        POST /semantic/semproxy/search
        Unconfirmed: whether the service still answers.
        """

class AsyncSemanticCalls:
    semproxy: AsyncSemanticSemproxyCalls

class AsyncCvOcrCalls:
    async def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard
        """
    async def bankcard(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard
        """
    async def driving(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving
        """
    async def drivinglicense(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense
        """
    async def bizlicense(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense
        """
    async def comm(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm
        """
    async def platenum(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum
        """
    async def menu(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu
        """

class AsyncCvImgCalls:
    async def qrcode(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode
        """
    async def superresolution(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution
        """
    async def aicrop(self, *, ratios: str | None = ..., img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop
        """

class AsyncCvCalls:
    ocr: AsyncCvOcrCalls
    img: AsyncCvImgCalls

class AsyncTicketCalls:
    async def getticket(self, *, type: Literal["jsapi", "wx_card"]) -> TicketGetticketAnswer:
        """Fetch the ticket of the JS-SDK or of cards. 获取 JS-SDK 或卡券的 ticket

        GET /cgi-bin/ticket/getticket
        """

class AsyncCallbackCalls:
    async def check(self, *, action: Literal["dns", "ping", "all"], check_operator: Literal["CHINANET", "UNICOM", "CAP", "DEFAULT"]) -> CallbackCheckAnswer:
        """Let WeChat resolve and ping this account's server. 网络检测：从微信一侧解析并 ping 服务器地址

        POST /cgi-bin/callback/check
        """

class AsyncClearQuotaCalls:
    async def __call__(self, *, appid: str = ...) -> Answer:
        """Set today's call counts to zero; ten times a month, the console's included. 把今天的接口调用次数清零（每月 10 次）

        POST /cgi-bin/clear_quota
        """
    async def v2(self, *, appid: str = ..., appsecret: str = ...) -> Answer:
        """Set the call counts to zero by AppSecret, without a token. 用 AppSecret 把接口调用次数清零

        POST /cgi-bin/clear_quota/v2
        Unconfirmed: whether the two go in the body or in the address.
        """

class AsyncOpenapiQuotaCalls:
    async def get(self, *, cgi_path: str) -> OpenapiQuotaGetAnswer:
        """The daily quota of one endpoint: limit, used, remaining. 查询某个接口今天的额度

        POST /cgi-bin/openapi/quota/get
        """
    async def clear(self, *, cgi_path: str) -> Answer:
        """Set today's calls of one endpoint to zero; 50 times a month. 把某个接口今天的调用次数清零（每月 50 次）

        POST /cgi-bin/openapi/quota/clear
        Unconfirmed: whether other paths than those under /channels/ec/ are taken: the page says both.
        """

class AsyncOpenapiRidCalls:
    async def get(self, *, rid: str) -> OpenapiRidGetAnswer:
        """What a failed call was, by the rid in its errmsg; kept for seven days. 按 rid 查询一次失败的调用（七天内）

        POST /cgi-bin/openapi/rid/get
        """

class AsyncOpenapiCalls:
    quota: AsyncOpenapiQuotaCalls
    rid: AsyncOpenapiRidCalls

class AsyncCardCodeCalls:
    async def get(self, *, code: str | None = ..., card_id: str | None = ..., check_consume: bool | None = ..., **more: object) -> dict[str, object]:
        """One code. 查询 code

        POST /card/code/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def consume(self, *, code: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Redeem a code. 核销 code

        POST /card/code/consume
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def decrypt(self, *, encrypt_code: str, **more: object) -> dict[str, object]:
        """Decrypt a code. code 解码

        POST /card/code/decrypt
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def deposit(self, *, card_id: str | None = ..., code: Sequence[str] | None = ..., **more: object) -> dict[str, object]:
        """Import codes. 导入 code

        POST /card/code/deposit
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getdepositcount(self, *, card_id: str, **more: object) -> dict[str, object]:
        """How many codes were imported. 查询导入的 code 数目

        POST /card/code/getdepositcount
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def checkcode(self, *, card_id: str | None = ..., code: Sequence[str] | None = ..., **more: object) -> dict[str, object]:
        """Which codes were imported. 核查 code

        POST /card/code/checkcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mark(self, *, code: str | None = ..., card_id: str | None = ..., openid: str | None = ..., is_mark: bool | None = ..., **more: object) -> dict[str, object]:
        """Mark a code of a shared coupon. 标记 code（朋友的券）

        POST /card/code/mark
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unavailable(self, *, code: str | None = ..., card_id: str | None = ..., reason: str | None = ..., **more: object) -> dict[str, object]:
        """Make a follower's card void. 使卡券失效

        POST /card/code/unavailable
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, card_id: str | None = ..., code: str | None = ..., new_code: str | None = ..., **more: object) -> dict[str, object]:
        """Change a code. 更改 code

        POST /card/code/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardQrcodeCalls:
    async def create(self, *, action_name: str | None = ..., expire_seconds: int | None = ..., openid: str | None = ..., code: str | None = ..., is_unique_code: bool | None = ..., card_id: str | None = ..., outer_str: str | None = ..., card: Mapping[str, object] | None = ..., action_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Make the QR code of cards. 创建卡券二维码

        POST /card/qrcode/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardLandingpageCalls:
    async def create(self, *, page_title: str | None = ..., can_share: bool | None = ..., card_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Make a shelf of cards. 创建卡券货架

        POST /card/landingpage/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMpnewsCalls:
    async def gethtml(self, *, card_id: str, **more: object) -> dict[str, object]:
        """The HTML of a card for an article. 图文消息群发卡券的代码

        POST /card/mpnews/gethtml
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardTestwhitelistCalls:
    async def set(self, *, openid: str | None = ..., username: str | None = ..., **more: object) -> dict[str, object]:
        """Who may see unreviewed cards. 设置测试白名单

        POST /card/testwhitelist/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardUserCalls:
    async def getcardlist(self, *, openid: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """The cards of a follower. 获取用户已领取的卡券

        POST /card/user/getcardlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardPaycellCalls:
    async def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., **more: object) -> dict[str, object]:
        """Switch payment by card. 设置买单

        POST /card/paycell/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardSelfconsumecellCalls:
    async def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., need_verify_cod: bool | None = ..., need_remark_amount: bool | None = ..., **more: object) -> dict[str, object]:
        """Switch self-service redemption. 设置自助核销

        POST /card/selfconsumecell/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardLocationCalls:
    async def batchadd(self, **more: object) -> dict[str, object]:
        """Import shops. 批量导入门店

        POST /card/location/batchadd
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 拉取门店列表

        POST /card/location/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardStorewxaCalls:
    async def get(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """The card of a shop's mini-program. 查询门店小程序的卡券

        POST /card/storewxa/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def set(self, *, poi_id: int | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Set the card of a shop's mini-program. 设置门店小程序的卡券

        POST /card/storewxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardBoardingpassCalls:
    async def checkin(self, *, code: str | None = ..., passenger_name: str | None = ..., class_: str | None = ..., etkt_bnr: str | None = ..., seat: str | None = ..., gate: str | None = ..., is_cancel: bool | None = ..., boarding_time: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Check in on a boarding pass. 更新飞机票

        POST /card/boardingpass/checkin
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMeetingticketCalls:
    async def updateuser(self, **more: object) -> dict[str, object]:
        """Update a conference ticket. 更新会议门票

        POST /card/meetingticket/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMovieticketCalls:
    async def updateuser(self, *, code: str | None = ..., ticket_class: str | None = ..., show_time: str | None = ..., duration: object | None = ..., screening_room: str | None = ..., seat_number: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Update a cinema ticket. 更新电影票

        POST /card/movieticket/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardLuckymoneyCalls:
    async def updateuserbalance(self, *, code: str | None = ..., balance: int | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Update a red packet's balance. 更新红包余额

        POST /card/luckymoney/updateuserbalance
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGeneralcardCalls:
    async def activate(self, **more: object) -> dict[str, object]:
        """Activate a general card. 激活通用卡

        POST /card/generalcard/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unactivate(self, *, card_id: str | None = ..., code: str | None = ..., **more: object) -> dict[str, object]:
        """Take back an activation. 撤销激活通用卡

        POST /card/generalcard/unactivate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateuser(self, **more: object) -> dict[str, object]:
        """Update a general card. 更新通用卡

        POST /card/generalcard/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardActivateCalls:
    async def __call__(self, *, membership_number: str | None = ..., code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., activate_begin_time: int | None = ..., activate_end_time: int | None = ..., init_bonus: int | None = ..., init_bonus_record: str | None = ..., init_balance: int | None = ..., init_custom_field_value1: str | None = ..., init_custom_field_value2: str | None = ..., init_custom_field_value3: str | None = ..., **more: object) -> dict[str, object]:
        """Activate a member card. 激活会员卡

        POST /card/membercard/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def geturl(self, *, card_id: str | None = ..., outer_str: str | None = ..., **more: object) -> dict[str, object]:
        """The parameters of the activation page. 获取开卡插件参数

        POST /card/membercard/activate/geturl
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardActivatetempinfoCalls:
    async def get(self, *, activate_ticket: str, **more: object) -> dict[str, object]:
        """What a customer entered at activation. 获取用户提交的开卡资料

        POST /card/membercard/activatetempinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardActivateuserformCalls:
    async def set(self, *, card_id: str | None = ..., service_statement: str | None = ..., bind_old_card: str | None = ..., required_form: object | None = ..., optional_form: object | None = ..., **more: object) -> dict[str, object]:
        """Set the activation form. 设置开卡字段

        POST /card/membercard/activateuserform/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardUserinfoCalls:
    async def get(self, *, card_id: str | None = ..., code: str | None = ..., **more: object) -> dict[str, object]:
        """One member. 拉取会员信息

        POST /card/membercard/userinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMembercardCalls:
    activate: AsyncCardMembercardActivateCalls
    activatetempinfo: AsyncCardMembercardActivatetempinfoCalls
    activateuserform: AsyncCardMembercardActivateuserformCalls
    async def updateuser(self, *, code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., add_bonus: int | None = ..., record_bonus: object | None = ..., add_balance: int | None = ..., record_balance: object | None = ..., custom_field_value1: str | None = ..., custom_field_value2: str | None = ..., custom_field_value3: str | None = ..., notify_optional: object | None = ..., **more: object) -> dict[str, object]:
        """Update a member. 更新会员信息

        POST /card/membercard/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    userinfo: AsyncCardMembercardUserinfoCalls

class AsyncCardPaygiftcardCalls:
    async def add(self, *, rule_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a card given after payment. 设置支付后投放卡券

        POST /card/paygiftcard/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, type: str | None = ..., effective: object | None = ..., offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of such rules. 批量查询支付后投放规则

        POST /card/paygiftcard/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, rule_id: str, **more: object) -> dict[str, object]:
        """Delete such a rule. 删除支付后投放规则

        POST /card/paygiftcard/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, rule_id: str, **more: object) -> dict[str, object]:
        """One such rule. 查询支付后投放规则

        POST /card/paygiftcard/getbyid
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardPaygiftmembercardCalls:
    async def add(self, **more: object) -> dict[str, object]:
        """Make payers members. 增加支付即会员规则

        POST /card/paygiftmembercard/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, **more: object) -> dict[str, object]:
        """Make payers members no longer. 删除支付即会员规则

        POST /card/paygiftmembercard/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, mchid: str, **more: object) -> dict[str, object]:
        """Whether payers become members. 查询支付即会员规则

        POST /card/paygiftmembercard/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMktActivityCalls:
    async def create(self, **more: object) -> dict[str, object]:
        """Make a discount campaign. 创建支付后领取立减金活动

        POST /card/mkt/activity/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardMktCalls:
    activity: AsyncCardMktActivityCalls

class AsyncCardGiftcardPageCalls:
    async def add(self, *, page: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Make a gift-card page. 创建礼品卡货架

        POST /card/giftcard/page/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, page_id: int, **more: object) -> dict[str, object]:
        """One gift-card page. 查询礼品卡货架

        POST /card/giftcard/page/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, page: Mapping[str, object] | None = ..., page_id: int | None = ..., banner_pic_url: str | None = ..., theme_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Change a gift-card page. 修改礼品卡货架

        POST /card/giftcard/page/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, **more: object) -> dict[str, object]:
        """All gift-card pages. 查询礼品卡货架列表

        POST /card/giftcard/page/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardMaintainCalls:
    async def set(self, *, page_id: int | None = ..., all: bool | None = ..., maintain: bool | None = ..., **more: object) -> dict[str, object]:
        """Close a gift-card page. 下架礼品卡货架

        POST /card/giftcard/maintain/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardOrderCalls:
    async def get(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One gift-card order. 查询礼品卡订单

        POST /card/giftcard/order/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, begin_time: int | None = ..., end_time: int | None = ..., sort_type: int | None = ..., offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of gift-card orders. 批量查询礼品卡订单

        POST /card/giftcard/order/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def refund(self, *, order_id: str, **more: object) -> dict[str, object]:
        """Refund a gift-card order. 礼品卡订单退款

        POST /card/giftcard/order/refund
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayWhitelistCalls:
    async def add(self, *, sub_mch_id: str, **more: object) -> dict[str, object]:
        """Ask for gift cards by WeChat Pay. 申请微信支付礼品卡权限

        POST /card/giftcard/pay/whitelist/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPaySubmchCalls:
    async def bind(self, *, sub_mch_id: str | None = ..., wxa_appid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a merchant. 绑定商户号

        POST /card/giftcard/pay/submch/bind
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayWxaCalls:
    async def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page. 上传小程序代码包

        POST /card/giftcard/pay/wxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardPayCalls:
    whitelist: AsyncCardGiftcardPayWhitelistCalls
    submch: AsyncCardGiftcardPaySubmchCalls
    wxa: AsyncCardGiftcardPayWxaCalls

class AsyncCardGiftcardWxaCalls:
    async def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page, older name. 上传小程序代码包（旧名）

        POST /card/giftcard/wxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardGiftcardCalls:
    page: AsyncCardGiftcardPageCalls
    maintain: AsyncCardGiftcardMaintainCalls
    order: AsyncCardGiftcardOrderCalls
    pay: AsyncCardGiftcardPayCalls
    wxa: AsyncCardGiftcardWxaCalls

class AsyncCardPayCalls:
    async def activate(self, **more: object) -> dict[str, object]:
        """Open the coin account. 开通券点账户

        GET /card/pay/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def confirm(self, *, card_id: str | None = ..., order_id: str | None = ..., quantity: int | None = ..., **more: object) -> dict[str, object]:
        """Confirm an exchange of stock. 确认兑换库存

        POST /card/pay/confirm
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getcoinsinfo(self, **more: object) -> dict[str, object]:
        """The coin balance. 查询券点余额

        GET /card/pay/getcoinsinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorder(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One coin order. 查询券点订单

        POST /card/pay/getorder
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorderlist(self, *, filters: Sequence[object], **more: object) -> dict[str, object]:
        """A page of coin orders. 查询券点流水

        POST /card/pay/getorderlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpayprice(self, *, card_id: str | None = ..., quantity: int | None = ..., **more: object) -> dict[str, object]:
        """The price of a coupon. 对优惠券批价

        POST /card/pay/getpayprice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def recharge(self, *, coin_count: int, **more: object) -> dict[str, object]:
        """Buy coins. 充值券点

        POST /card/pay/recharge
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardSubmerchantCalls:
    async def submit(self, **more: object) -> dict[str, object]:
        """Add a sub-merchant. 创建子商户

        POST /card/submerchant/submit
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, **more: object) -> dict[str, object]:
        """Change a sub-merchant. 更新子商户

        POST /card/submerchant/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, merchant_id: str, **more: object) -> dict[str, object]:
        """One sub-merchant. 拉取子商户

        POST /card/submerchant/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, begin_id: int | None = ..., limit: int | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """A page of sub-merchants. 批量拉取子商户

        POST /card/submerchant/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardInvoiceBizCalls:
    async def getselecttitleurl(self, *, attach: str | None = ..., biz_name: str | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer picks an invoice title. 获取用户提交发票抬头的链接

        POST /card/invoice/biz/getselecttitleurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getusertitleurl(self, *, user_fill: int | None = ..., title: str | None = ..., phone: str | None = ..., tax_no: str | None = ..., addr: str | None = ..., bank_type: str | None = ..., bank_no: str | None = ..., out_title_id: object | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer adds an invoice title. 获取添加发票抬头的链接

        POST /card/invoice/biz/getusertitleurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardInvoicePlatformCalls:
    async def createcard(self, *, invoice_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make the card of an invoice. 创建发票卡券模板

        POST /card/invoice/platform/createcard
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setpdf(self, *, pdf: Uploadable, **more: object) -> dict[str, object]:
        """Upload an invoice's PDF. 上传发票 PDF

        POST /card/invoice/platform/setpdf
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpdf(self, *, action: str | None = ..., s_media_id: str | None = ..., **more: object) -> dict[str, object]:
        """The address of an uploaded PDF. 查询已上传的 PDF

        POST /card/invoice/platform/getpdf
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updatestatus(self, *, card_id: str | None = ..., code: str | None = ..., reimburse_status: str | None = ..., **more: object) -> dict[str, object]:
        """Set the state of an invoice's card. 更新发票卡券状态

        POST /card/invoice/platform/updatestatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardInvoiceReimburseCalls:
    async def getinvoiceinfo(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., **more: object) -> dict[str, object]:
        """An invoice to be reimbursed. 查询报销发票

        POST /card/invoice/reimburse/getinvoiceinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getinvoicebatch(self, *, item_list: Sequence[object], **more: object) -> dict[str, object]:
        """Several invoices to be reimbursed. 批量查询报销发票

        POST /card/invoice/reimburse/getinvoicebatch
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateinvoicestatus(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., reimburse_status: str | None = ..., **more: object) -> dict[str, object]:
        """Set the state of a reimbursement. 更新发票报销状态

        POST /card/invoice/reimburse/updateinvoicestatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updatestatusbatch(self, *, openid: str | None = ..., reimburse_status: str | None = ..., invoice_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Set the state of several reimbursements. 批量更新发票报销状态

        POST /card/invoice/reimburse/updatestatusbatch
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncCardInvoiceCalls:
    biz: AsyncCardInvoiceBizCalls
    async def scantitle(self, *, scan_text: str, **more: object) -> dict[str, object]:
        """The invoice title in a scanned code. 解析扫到的发票抬头二维码

        POST /card/invoice/scantitle
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def seturl(self, **more: object) -> dict[str, object]:
        """The identification of the invoicing platform. 获取开票平台标识

        POST /card/invoice/seturl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setbizattr(self, *, action: str | None = ..., auth_field: Mapping[str, object] | None = ..., s_pappid: str | None = ..., **more: object) -> dict[str, object]:
        """Set or read contact data, authorisation fields and merchants. 设置与查询商户联系信息、授权页字段、关联商户

        POST /card/invoice/setbizattr
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getauthurl(self, *, s_pappid: str | None = ..., order_id: str | None = ..., money: int | None = ..., timestamp: int | None = ..., source: int | None = ..., ticket: str | None = ..., type: str | None = ..., redirect_url: str | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer authorises an invoice. 获取授权页链接

        POST /card/invoice/getauthurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getauthdata(self, *, s_pappid: str | None = ..., order_id: str | None = ..., **more: object) -> dict[str, object]:
        """Whether a customer has authorised. 查询授权完成状态

        POST /card/invoice/getauthdata
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def rejectinsert(self, *, s_pappid: str | None = ..., order_id: str | None = ..., reason: str | None = ..., url: str | None = ..., **more: object) -> dict[str, object]:
        """Refuse an invoice. 拒绝开票

        POST /card/invoice/rejectinsert
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def insert(self, *, order_id: str | None = ..., card_id: str | None = ..., appid: str | None = ..., card_ext: object | None = ..., **more: object) -> dict[str, object]:
        """Put an invoice into a customer's wallet. 将电子发票插入用户卡包

        POST /card/invoice/insert
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def makeoutinvoice(self, *, invoiceinfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make out an invoice. 开具发票

        POST /card/invoice/makeoutinvoice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def clearoutinvoice(self, *, invoiceinfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Cancel an invoice. 发票冲红

        POST /card/invoice/clearoutinvoice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def queryinvoceinfo(self, *, fpqqlsh: str | None = ..., nsrsbh: str | None = ..., **more: object) -> dict[str, object]:
        """Look up an invoice. 查询发票

        POST /card/invoice/queryinvoceinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    platform: AsyncCardInvoicePlatformCalls
    reimburse: AsyncCardInvoiceReimburseCalls

class AsyncCardCalls:
    async def create(self, *, card: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a card. 创建卡券

        POST /card/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, card_id: str, **more: object) -> dict[str, object]:
        """One card. 查看卡券

        POST /card/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def batchget(self, *, offset: int | None = ..., count: int | None = ..., status_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """A page of cards. 批量查询卡券

        POST /card/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, card_id: str | None = ..., member_card: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a card. 更改卡券

        POST /card/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, card_id: str, **more: object) -> dict[str, object]:
        """Delete a card. 删除卡券

        POST /card/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modifystock(self, *, card_id: str | None = ..., increase_stock_value: int | None = ..., reduce_stock_value: int | None = ..., **more: object) -> dict[str, object]:
        """Change a card's stock. 修改库存

        POST /card/modifystock
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getcolors(self, **more: object) -> dict[str, object]:
        """The colours of cards. 获取卡券颜色

        GET /card/getcolors
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getapplyprotocol(self, **more: object) -> dict[str, object]:
        """The categories open for cards. 获取卡券开放类目

        GET /card/getapplyprotocol
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
    async def __call__(self, *, component_appid: str = ...) -> Answer:
        """Set the call counts of the platform itself to zero. 把第三方平台自己的接口调用次数清零

        POST /cgi-bin/component/clear_quota
        """
    async def v2(self, *, appid: str, component_appid: str = ..., appsecret: str = ...) -> Answer:
        """Set call counts to zero by the platform's AppSecret: its own, or those of an account. 用平台的 AppSecret 把接口调用次数清零：平台自己的，或一个授权账号的

        POST /cgi-bin/component/clear_quota/v2
        """

class AsyncComponentCalls:
    async def api_component_token(self, *, component_appid: str = ..., component_appsecret: str = ..., component_verify_ticket: str) -> ComponentApiComponentTokenAnswer:
        """The platform's token, for the ticket that WeChat pushes. 用微信推送的 ticket 换取第三方平台的 token

        POST /cgi-bin/component/api_component_token
        """
    async def api_create_preauthcode(self, *, component_appid: str = ...) -> ComponentApiCreatePreauthcodeAnswer:
        """A code for the authorisation page; it lives about half an hour. 获取预授权码（约 30 分钟有效）

        POST /cgi-bin/component/api_create_preauthcode
        """
    async def api_query_auth(self, *, component_appid: str = ..., authorization_code: str) -> ComponentApiQueryAuthAnswer:
        """An account's tokens for its authorisation code. 用授权码换取授权信息

        POST /cgi-bin/component/api_query_auth
        """
    async def api_authorizer_token(self, *, component_appid: str = ..., authorizer_appid: str, authorizer_refresh_token: str) -> ComponentApiAuthorizerTokenAnswer:
        """An account's next token. 刷新授权方的 token

        POST /cgi-bin/component/api_authorizer_token
        """
    async def api_get_authorizer_info(self, *, component_appid: str = ..., authorizer_appid: str) -> ComponentApiGetAuthorizerInfoAnswer:
        """What is known of an account. 获取授权方的信息

        POST /cgi-bin/component/api_get_authorizer_info
        """
    async def api_get_authorizer_list(self, *, component_appid: str = ..., offset: int, count: int) -> ComponentApiGetAuthorizerListAnswer:
        """A page of accounts. 拉取所有授权方

        POST /cgi-bin/component/api_get_authorizer_list
        """
    async def api_get_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"]) -> ComponentApiGetAuthorizerOptionAnswer:
        """An option of an account. 获取授权方的选项

        POST /cgi-bin/component/api_get_authorizer_option
        """
    async def api_set_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], option_value: str) -> Answer:
        """Set an option of an account. 设置授权方的选项

        POST /cgi-bin/component/api_set_authorizer_option
        """
    async def api_confirm_authorization(self, *, component_appid: str = ..., **more: object) -> dict[str, object]:
        """Confirm an authorisation. 确认授权

        POST /cgi-bin/component/api_confirm_authorization
        """
    async def batchget_card_merchant(self, *, next_get: str | None = ..., **more: object) -> dict[str, object]:
        """A page of card merchants. 批量拉取卡券子商户

        POST /cgi-bin/component/batchget_card_merchant
        """
    async def get_card_merchant(self, *, appid: str | None = ..., **more: object) -> dict[str, object]:
        """One card merchant. 拉取卡券子商户

        POST /cgi-bin/component/get_card_merchant
        """
    async def check_card_agent_qualification(self) -> ComponentCheckCardAgentQualificationAnswer:
        """Whether the platform may make cards. 查询代制资格

        GET /cgi-bin/component/check_card_agent_qualification
        """
    async def check_card_merchant_qualification(self, *, appid: str | None = ..., **more: object) -> ComponentCheckCardMerchantQualificationAnswer:
        """Whether a merchant may have cards. 查询子商户资格

        POST /cgi-bin/component/check_card_merchant_qualification
        """
    async def upload_card_agent_qualification(self, *, register_capital: int | None = ..., business_license_media_id: str | None = ..., tax_registration_certificate_media_id: str | None = ..., last_quarter_tax_listing_media_id: str | None = ..., **more: object) -> dict[str, object]:
        """Hand in the platform's papers. 上传代制资格

        POST /cgi-bin/component/upload_card_agent_qualification
        """
    async def upload_card_merchant_qualification(self, *, appid: str | None = ..., name: str | None = ..., logo_meida_id: str | None = ..., business_license_media_id: str | None = ..., operator_id_card_media_id: str | None = ..., agreement_file_media_id: str | None = ..., primary_category_id: int | None = ..., secondary_category_id: int | None = ..., **more: object) -> dict[str, object]:
        """Hand in a merchant's papers. 上传子商户资格

        POST /cgi-bin/component/upload_card_merchant_qualification
        """
    clear_quota: AsyncComponentClearQuotaCalls

class AsyncOpenCalls:
    async def create(self, *, appid: str) -> OpenCreateAnswer:
        """Make an open-platform account and bind to it. 创建开放平台账号并绑定

        POST /cgi-bin/open/create
        """
    async def bind(self, *, appid: str, open_appid: str) -> Answer:
        """Bind to an open-platform account. 绑定到开放平台账号

        POST /cgi-bin/open/bind
        """
    async def unbind(self, *, appid: str, open_appid: str) -> Answer:
        """Leave an open-platform account. 从开放平台账号解绑

        POST /cgi-bin/open/unbind
        """
    async def get(self, *, appid: str) -> OpenGetAnswer:
        """The open-platform account bound to. 获取绑定的开放平台账号

        POST /cgi-bin/open/get
        """

class AsyncAccountCalls:
    async def fastregister(self, *, ticket: str) -> AccountFastregisterAnswer:
        """Register a mini-program for the owner of an account. 复用公众号主体快速注册小程序

        POST /cgi-bin/account/fastregister
        Unconfirmed: whether the last two of the answer are true or "true".
        """

class AsyncMessageCustomCalls:
    async def send(self, *, touser: str, msgtype: Literal["text", "image", "voice", "video", "music", "news", "mpnews", "mpnewsarticle", "msgmenu", "wxcard", "miniprogrampage"], text: Text | None = ..., image: MediaId | None = ..., voice: MediaId | None = ..., video: VideoMessage | None = ..., music: MusicMessage | None = ..., news: NewsMessage | None = ..., mpnews: MediaId | None = ..., mpnewsarticle: ArticleId | None = ..., msgmenu: MenuMessage | None = ..., wxcard: CardId | None = ..., miniprogrampage: MiniProgramPage | None = ..., customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send
        Unconfirmed: the length of a text; msgmenu is refused for the sandbox.
        """
    async def typing(self, *, touser: str, command: Literal["Typing", "CancelTyping"]) -> Answer:
        """Show or hide "typing" for about 15 seconds. 显示或取消“正在输入”

        POST /cgi-bin/message/custom/typing
        """

class AsyncMessageMassSpeedCalls:
    async def get(self) -> MessageMassSpeedGetAnswer:
        """How fast mass messages go out. 查询群发速度

        POST /cgi-bin/message/mass/speed/get
        """
    async def set(self, *, speed: int) -> Answer:
        """Set how fast mass messages go out: 0 fastest, 4 slowest. 设置群发速度（0 最快，4 最慢）

        POST /cgi-bin/message/mass/speed/set
        """

class AsyncMessageMassCalls:
    async def sendall(self, *, filter: MassFilter, msgtype: Literal["mpnews", "text", "voice", "images", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., images: MassImages | None = ..., mpvideo: MassMedia | None = ..., wxcard: MassCard | None = ..., send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall
        """
    async def send(self, *, touser: Sequence[str], msgtype: Literal["mpnews", "text", "voice", "images", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., images: MassImages | None = ..., mpvideo: MassVideo | None = ..., wxcard: MassCard | None = ..., send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send
        """
    async def preview(self, *, touser: str | None = ..., towxname: str | None = ..., msgtype: Literal["mpnews", "text", "voice", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., mpvideo: MassMedia | None = ..., wxcard: MassCard | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview
        """
    async def delete(self, *, msg_id: int | None = ..., article_idx: int | None = ..., url: str | None = ...) -> Answer:
        """Delete what was sent; articles and videos only. 删除群发（仅图文与视频）

        POST /cgi-bin/message/mass/delete
        """
    async def get(self, *, msg_id: int) -> MessageMassGetAnswer:
        """What became of a mass message. 查询群发状态

        POST /cgi-bin/message/mass/get
        """
    speed: AsyncMessageMassSpeedCalls

class AsyncMessageTemplateCalls:
    async def send(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue]) -> MessageTemplateSendAnswer:
        """Send a template message; its outcome comes as an event. 发送模板消息

        POST /cgi-bin/message/template/send
        """
    async def subscribe(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., scene: str, title: str, data: Mapping[str, TemplateValue]) -> Answer:
        """Send the one message that a follower agreed to. 发送一次性订阅消息

        POST /cgi-bin/message/template/subscribe
        """

class AsyncMessageSubscribeCalls:
    async def bizsend(self, *, touser: str, template_id: str, page: str | None = ..., miniprogram: MiniProgram | None = ..., data: Mapping[str, TemplateValue]) -> Answer:
        """Send a subscription notice; one grant, one notice. 发送订阅通知（授权一次，可发一条）

        POST /cgi-bin/message/subscribe/bizsend
        """

class AsyncMessageWxopenTemplateCalls:
    async def uniform_send(self, *, touser: str, weapp_template_msg: Mapping[str, object] | None = ..., mp_template_msg: Mapping[str, object] | None = ...) -> Answer:
        """The uniform service message of mini-programs. 统一服务消息

        POST /cgi-bin/message/wxopen/template/uniform_send
        Retired: gone since 2023-09-20: it answers 45109.
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
    async def add(self, *, kf_account: str, nickname: str, password: str | None = ...) -> Answer:
        """Add a customer-service account. 添加客服账号

        POST /customservice/kfaccount/add
        """
    async def update(self, *, kf_account: str, nickname: str, password: str | None = ...) -> Answer:
        """Change a customer-service account's name. 修改客服账号

        POST /customservice/kfaccount/update
        """
    async def del_(self, *, kf_account: str) -> Answer:
        """Delete a customer-service account. 删除客服账号

        POST /customservice/kfaccount/del
        """
    async def inviteworker(self, *, kf_account: str, invite_wx: str) -> Answer:
        """Invite a WeChat user to work as this account. 邀请微信用户绑定客服账号

        POST /customservice/kfaccount/inviteworker
        """
    async def uploadheadimg(self, *, kf_account: str, media: Uploadable) -> Answer:
        """Set the picture of a customer-service account. 设置客服头像

        POST /customservice/kfaccount/uploadheadimg
        """

class AsyncCustomserviceKfsessionCalls:
    async def create(self, *, kf_account: str, openid: str, text: str | None = ...) -> Answer:
        """Give a follower to a customer-service account. 创建会话

        POST /customservice/kfsession/create
        """
    async def close(self, *, kf_account: str, openid: str, text: str | None = ...) -> Answer:
        """End a session. 关闭会话

        POST /customservice/kfsession/close
        """
    async def getsession(self, *, openid: str) -> CustomserviceKfsessionGetsessionAnswer:
        """The session of a follower. 查询用户的会话

        GET /customservice/kfsession/getsession
        """
    async def getsessionlist(self, *, kf_account: str) -> CustomserviceKfsessionGetsessionlistAnswer:
        """The sessions of a customer-service account. 查询客服的会话

        GET /customservice/kfsession/getsessionlist
        """
    async def getwaitcase(self) -> CustomserviceKfsessionGetwaitcaseAnswer:
        """Followers that wait for someone. 查询等待接入的会话

        GET /customservice/kfsession/getwaitcase
        """

class AsyncCustomserviceMsgrecordCalls:
    async def getmsglist(self, *, starttime: int, endtime: int, msgid: int, number: int) -> CustomserviceMsgrecordGetmsglistAnswer:
        """The records of chats, over 24 hours at most. 查询聊天记录（跨度不超过 24 小时）

        POST /customservice/msgrecord/getmsglist
        """
    async def getrecord(self, *, starttime: int, endtime: int, pagesize: int, pageindex: int) -> CustomserviceMsgrecordGetrecordAnswer:
        """The records of chats, older form. 查询聊天记录（旧版）

        POST /customservice/msgrecord/getrecord
        Retired: use getmsglist.
        """

class AsyncCustomserviceCalls:
    async def getkflist(self) -> CustomserviceGetkflistAnswer:
        """All customer-service accounts. 获取所有客服账号

        GET /cgi-bin/customservice/getkflist
        """
    async def getonlinekflist(self) -> CustomserviceGetonlinekflistAnswer:
        """The customer-service accounts that are online. 获取在线的客服

        GET /cgi-bin/customservice/getonlinekflist
        """
    kfaccount: AsyncCustomserviceKfaccountCalls
    kfsession: AsyncCustomserviceKfsessionCalls
    msgrecord: AsyncCustomserviceMsgrecordCalls

class AsyncDatacubeCalls:
    async def getusersummary(self, *, begin_date: str, end_date: str) -> DatacubeGetusersummaryAnswer:
        """Followers gained and lost; 7 days at a time. 用户增减（一次最多 7 天）

        POST /datacube/getusersummary
        """
    async def getusercumulate(self, *, begin_date: str, end_date: str) -> DatacubeGetusercumulateAnswer:
        """Followers in all; 7 days at a time. 累计用户（一次最多 7 天）

        POST /datacube/getusercumulate
        """
    async def getarticlesummary(self, *, begin_date: str, end_date: str) -> DatacubeGetarticlesummaryAnswer:
        """Articles sent, by day; 1 day at a time. 图文群发每日数据（一次最多 1 天）

        POST /datacube/getarticlesummary
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getarticletotal(self, *, begin_date: str, end_date: str) -> DatacubeGetarticletotalAnswer:
        """Articles sent, over their life; 1 day at a time. 图文群发总数据（一次最多 1 天）

        POST /datacube/getarticletotal
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getuserread(self, *, begin_date: str, end_date: str) -> DatacubeGetuserreadAnswer:
        """Reads; 3 days at a time. 图文统计（一次最多 3 天）

        POST /datacube/getuserread
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getuserreadhour(self, *, begin_date: str, end_date: str) -> DatacubeGetuserreadhourAnswer:
        """Reads, by hour; 1 day at a time. 图文统计，按小时（一次最多 1 天）

        POST /datacube/getuserreadhour
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getusershare(self, *, begin_date: str, end_date: str) -> DatacubeGetusershareAnswer:
        """Shares; 7 days at a time. 图文转发（一次最多 7 天）

        POST /datacube/getusershare
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getusersharehour(self, *, begin_date: str, end_date: str) -> DatacubeGetusersharehourAnswer:
        """Shares, by hour; 1 day at a time. 图文转发，按小时（一次最多 1 天）

        POST /datacube/getusersharehour
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    async def getupstreammsg(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgAnswer:
        """Messages received; 7 days at a time. 消息概况（一次最多 7 天）

        POST /datacube/getupstreammsg
        """
    async def getupstreammsghour(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsghourAnswer:
        """Messages received, by hour; 1 day at a time. 消息概况，按小时（一次最多 1 天）

        POST /datacube/getupstreammsghour
        """
    async def getupstreammsgweek(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgweekAnswer:
        """Messages received, by week; 30 days at a time. 消息概况，按周（一次最多 30 天）

        POST /datacube/getupstreammsgweek
        """
    async def getupstreammsgmonth(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgmonthAnswer:
        """Messages received, by month; 30 days at a time. 消息概况，按月（一次最多 30 天）

        POST /datacube/getupstreammsgmonth
        """
    async def getupstreammsgdist(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistAnswer:
        """How many sent how much; 15 days at a time. 消息分布（一次最多 15 天）

        POST /datacube/getupstreammsgdist
        """
    async def getupstreammsgdistweek(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistweekAnswer:
        """How many sent how much, by week; 30 days at a time. 消息分布，按周（一次最多 30 天）

        POST /datacube/getupstreammsgdistweek
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.
        """
    async def getupstreammsgdistmonth(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistmonthAnswer:
        """How many sent how much, by month; 30 days at a time. 消息分布，按月（一次最多 30 天）

        POST /datacube/getupstreammsgdistmonth
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.
        """
    async def getinterfacesummary(self, *, begin_date: str, end_date: str) -> DatacubeGetinterfacesummaryAnswer:
        """Calls of your server and their times; 30 days at a time. 接口分析（一次最多 30 天）

        POST /datacube/getinterfacesummary
        """
    async def getinterfacesummaryhour(self, *, begin_date: str, end_date: str) -> DatacubeGetinterfacesummaryhourAnswer:
        """Calls of your server, by hour; 1 day at a time. 接口分析，按小时（一次最多 1 天）

        POST /datacube/getinterfacesummaryhour
        """
    async def getarticleread(self, *, begin_date: str, end_date: str) -> DatacubeGetarticlereadAnswer:
        """Reads of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日阅读（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleread
        """
    async def getarticleshare(self, *, begin_date: str, end_date: str) -> DatacubeGetarticleshareAnswer:
        """Shares of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日分享（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleshare
        """
    async def getarticletotaldetail(self, *, begin_date: str, end_date: str) -> DatacubeGetarticletotaldetailAnswer:
        """What became of the articles of a day within 30 days; 1 day at a time. 发表内容的详细数据，发表后 30 天内（一次 1 天）

        POST /datacube/getarticletotaldetail
        """
    async def getbizsummary(self, *, begin_date: str, end_date: str) -> DatacubeGetbizsummaryAnswer:
        """All articles in sum, by day; 30 days at a time. 发表内容概况（一次最多 30 天）

        POST /datacube/getbizsummary
        """
    async def getcardbizuininfo(self, *, begin_date: str, end_date: str, cond_source: int) -> DatacubeGetcardbizuininfoAnswer:
        """Cards, in sum. 卡券概况

        POST /datacube/getcardbizuininfo
        """
    async def getcardcardinfo(self, *, begin_date: str, end_date: str, cond_source: int, card_id: str | None = ...) -> DatacubeGetcardcardinfoAnswer:
        """Free cards. 免费券数据

        POST /datacube/getcardcardinfo
        """
    async def getcardmembercardinfo(self, *, begin_date: str, end_date: str, cond_source: int) -> DatacubeGetcardmembercardinfoAnswer:
        """Member cards, in sum. 会员卡概况

        POST /datacube/getcardmembercardinfo
        """
    async def getcardmembercarddetail(self, *, begin_date: str, end_date: str, card_id: str) -> DatacubeGetcardmembercarddetailAnswer:
        """One member card. 单张会员卡数据

        POST /datacube/getcardmembercarddetail
        """

class AsyncPublisherCalls:
    async def stat(self, *, action: Literal["publisher_adpos_general", "publisher_cps_general", "publisher_settlement"], page: int, page_size: int, start_date: str, end_date: str, ad_slot: str | None = ...) -> PublisherStatAnswer:
        """A publisher's figures: by advertising slot, goods on commission, or settled income. 流量主数据：分广告位、返佣商品、结算收入

        GET /publisher/stat
        """

class AsyncDeviceCalls:
    async def transmsg(self, *, device_type: str | None = ..., device_id: str | None = ..., open_id: str | None = ..., msg_type: str | None = ..., device_status: object | None = ..., **more: object) -> dict[str, object]:
        """Send to a device. 推送消息给设备

        POST /device/transmsg
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def create_qrcode(self, *, device_num: int | None = ..., device_id_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Make devices' QR codes. 获取设备二维码

        POST /device/create_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def authorize_device(self, *, device_num: int | None = ..., device_list: Sequence[object] | None = ..., op_type: int | None = ..., product_id: str | None = ..., **more: object) -> dict[str, object]:
        """Authorise devices. 授权设备

        POST /device/authorize_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getqrcode(self, *, product_id: str, **more: object) -> dict[str, object]:
        """A device id and its QR code. 获取 deviceid 和二维码

        GET /device/getqrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def bind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a user. 绑定设备

        POST /device/bind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unbind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Unbind a device. 解绑设备

        POST /device/unbind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def compel_bind(self, *, device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind without asking. 强制绑定

        POST /device/compel_bind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def compel_unbind(self, *, device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Unbind without asking. 强制解绑

        POST /device/compel_unbind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_stat(self, *, device_id: str, **more: object) -> dict[str, object]:
        """A device's state. 查询设备状态

        GET /device/get_stat
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def verify_qrcode(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Check a QR code. 验证二维码

        POST /device/verify_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_openid(self, *, device_type: str | None = ..., device_id: str | None = ..., **more: object) -> dict[str, object]:
        """The users of a device. 获取设备绑定的用户

        GET /device/get_openid
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_bind_device(self, *, openid: str, **more: object) -> dict[str, object]:
        """The devices of a user. 获取用户绑定的设备

        GET /device/get_bind_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIlinkApiMmiotCalls:
    async def get_device_qrcode(self, *, ilink_im_sdk_id: str | None = ..., payload: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """A device's QR code. 获取设备二维码

        POST /ilink/api/mmiot/get_device_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def reset_public_device(self, *, ilink_im_sdk_id: str, **more: object) -> dict[str, object]:
        """Reset a public device. 重置公共设备

        POST /ilink/api/mmiot/reset_public_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIlinkApiCalls:
    async def cloud_register_device(self, *, product_id: str | None = ..., iot_device_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Register a device (iLink). 注册设备（iLink）

        POST /ilink/api/cloud_register_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_device_ticket(self, *, ilink_im_sdk_id: str | None = ..., user_openid: str | None = ..., ticket_scene: str | None = ..., **more: object) -> dict[str, object]:
        """A device's ticket. 获取设备票据

        POST /ilink/api/get_device_ticket
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    mmiot: AsyncIlinkApiMmiotCalls
    async def reset_device(self, *, ilink_im_sdk_id: str, **more: object) -> dict[str, object]:
        """Reset a device. 重置设备

        POST /ilink/api/reset_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIlinkCalls:
    api: AsyncIlinkApiCalls

class AsyncDraftCalls:
    async def add(self, *, articles: Sequence[DraftArticle]) -> DraftAddAnswer:
        """Add a draft. 新建草稿

        POST /cgi-bin/draft/add
        Unconfirmed: the current page says content of 2 KB beside 20,000 characters.
        """
    async def get(self, *, media_id: str) -> DraftGetAnswer:
        """One draft. 获取草稿

        POST /cgi-bin/draft/get
        """
    async def delete(self, *, media_id: str) -> Answer:
        """Delete a draft. 删除草稿

        POST /cgi-bin/draft/delete
        """
    async def update(self, *, media_id: str, index: int, articles: DraftArticle) -> Answer:
        """Change one article of a draft. 修改草稿里的一篇文章

        POST /cgi-bin/draft/update
        """
    async def count(self) -> DraftCountAnswer:
        """How many drafts there are. 获取草稿总数

        GET /cgi-bin/draft/count
        """
    async def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ...) -> DraftBatchgetAnswer:
        """A page of drafts. 获取草稿列表

        POST /cgi-bin/draft/batchget
        """
    async def switch(self, *, checkonly: Literal[0, 1] | None = ...) -> DraftSwitchAnswer:
        """The switch of the trial period. 草稿箱开关（内测期）

        POST /cgi-bin/draft/switch
        Retired: drafts are open to every account.
        """

class AsyncChannelsEcServiceProductCalls:
    async def getcardinfo(self, *, product_id: str, article_type: Literal["news", "newspic"], card_type: Literal[0, 1, 2, 3]) -> ChannelsEcServiceProductGetcardinfoAnswer:
        """What a product's card is in an article's content. 获取文章里商品卡片的 DOM 结构

        POST /channels/ec/service/product/getcardinfo
        """

class AsyncChannelsEcServiceCalls:
    product: AsyncChannelsEcServiceProductCalls

class AsyncChannelsEcCalls:
    service: AsyncChannelsEcServiceCalls

class AsyncChannelsCalls:
    ec: AsyncChannelsEcCalls

class AsyncFreepublishCalls:
    async def submit(self, *, media_id: str) -> FreepublishSubmitAnswer:
        """Publish a draft; followers are not notified, the outcome comes as an event. 发布草稿（不通知粉丝；结果另行推送）

        POST /cgi-bin/freepublish/submit
        """
    async def get(self, *, publish_id: str) -> FreepublishGetAnswer:
        """What became of a publication. 查询发布状态

        POST /cgi-bin/freepublish/get
        """
    async def delete(self, *, article_id: str, index: int | None = ...) -> Answer:
        """Delete what was published: one article by its place from 1, or all by 0. 删除发布（序号从 1 起，0 为全部）

        POST /cgi-bin/freepublish/delete
        """
    async def getarticle(self, *, article_id: str) -> FreepublishGetarticleAnswer:
        """A published article. 获取已发布的文章

        POST /cgi-bin/freepublish/getarticle
        """
    async def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ...) -> FreepublishBatchgetAnswer:
        """A page of publications. 获取成功发布的列表

        POST /cgi-bin/freepublish/batchget
        """

class AsyncCommentReplyCalls:
    async def add(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, content: str) -> Answer:
        """Answer a comment. 回复留言

        POST /cgi-bin/comment/reply/add
        """
    async def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Delete the answer to a comment. 删除回复

        POST /cgi-bin/comment/reply/delete
        """

class AsyncCommentCalls:
    async def open(self, *, msg_data_id: int, index: int | None = ...) -> Answer:
        """Allow comments on an article. 打开文章的留言

        POST /cgi-bin/comment/open
        """
    async def close(self, *, msg_data_id: int, index: int | None = ...) -> Answer:
        """Allow no more comments on an article. 关闭文章的留言

        POST /cgi-bin/comment/close
        """
    async def list(self, *, msg_data_id: int, index: int | None = ..., begin: int, count: int, type: Literal[0, 1, 2]) -> CommentListAnswer:
        """A page of an article's comments. 查看文章的留言

        POST /cgi-bin/comment/list
        """
    async def markelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Show a comment to everybody. 将留言标记为精选

        POST /cgi-bin/comment/markelect
        """
    async def unmarkelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """No longer show a comment to everybody. 取消精选

        POST /cgi-bin/comment/unmarkelect
        """
    async def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Delete a comment. 删除留言

        POST /cgi-bin/comment/delete
        """
    reply: AsyncCommentReplyCalls

class AsyncGuideCalls:
    async def addguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., **more: object) -> dict[str, object]:
        """Put a guide into a group. 分组内添加顾问

        POST /cgi-bin/guide/addguide2guidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Add a guide. 添加顾问

        POST /cgi-bin/guide/addguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidebuyerdisplaytag(self, *, openid: str | None = ..., display_tag_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Set what is shown of a customer. 设置自定义客户信息

        POST /cgi-bin/guide/addguidebuyerdisplaytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidebuyerrelation(self, *, buyer_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Give customers to a guide. 为顾问分配客户

        POST /cgi-bin/guide/addguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidebuyertag(self, *, tag_value: str | None = ..., openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Tag customers. 为客户设置标签

        POST /cgi-bin/guide/addguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidemassendjob(self, *, task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a mass message of a guide. 添加群发任务

        POST /cgi-bin/guide/addguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def addguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Add values to a tag. 为标签添加可选值

        POST /cgi-bin/guide/addguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def cancelguidemassendjob(self, *, task_id: int, **more: object) -> dict[str, object]:
        """Cancel a mass message. 取消群发任务

        POST /cgi-bin/guide/cancelguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., **more: object) -> dict[str, object]:
        """Take a guide out of a group. 分组内删除顾问

        POST /cgi-bin/guide/delguide2guidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a guide. 删除顾问

        POST /cgi-bin/guide/delguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidebuyerrelation(self, *, openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Take customers from a guide. 为顾问移除客户

        POST /cgi-bin/guide/delguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidebuyertag(self, *, tag_value: str | None = ..., openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Take a tag off customers. 删除客户标签

        POST /cgi-bin/guide/delguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidecardmaterial(self, *, type: int | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a mini-program card. 删除小程序卡片素材

        POST /cgi-bin/guide/delguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidegroup(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group of guides. 删除顾问分组

        POST /cgi-bin/guide/delguidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguideimagematerial(self, *, type: int | None = ..., picurl: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a picture. 删除图片素材

        POST /cgi-bin/guide/delguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidetagoption(self, *, tag_name: str, **more: object) -> dict[str, object]:
        """Delete a tag. 删除标签类型

        POST /cgi-bin/guide/delguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a text. 删除文字素材

        POST /cgi-bin/guide/delguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getgroupbyguide(self, *, guide_account: str, **more: object) -> dict[str, object]:
        """The groups of a guide. 获取顾问所在分组

        POST /cgi-bin/guide/getgroupbyguide
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getgroupinfo(self, *, group_id: int | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The guides of a group. 获取分组内顾问信息

        POST /cgi-bin/guide/getgroupinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """One guide. 获取顾问信息

        POST /cgi-bin/guide/getguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideacctconfig(self, **more: object) -> dict[str, object]:
        """Forbidden words and the reply while offline. 获取敏感词与离线自动回复

        POST /cgi-bin/guide/getguideacctconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideacctlist(self, *, page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of guides. 获取顾问列表

        POST /cgi-bin/guide/getguideacctlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyerchatrecord(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., begin_time: int | None = ..., end_time: int | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's chats. 获取顾问聊天记录

        POST /cgi-bin/guide/getguidebuyerchatrecord
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyerdisplaytag(self, *, openid: str | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """What is shown of a customer. 获取自定义客户信息

        POST /cgi-bin/guide/getguidebuyerdisplaytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """How a guide and a customer stand. 查询顾问和客户的关系

        POST /cgi-bin/guide/getguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyerrelationbybuyer(self, *, openid: str, **more: object) -> dict[str, object]:
        """The guide of a customer. 查询客户所属顾问

        POST /cgi-bin/guide/getguidebuyerrelationbybuyer
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyerrelationlist(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's customers. 获取顾问的客户列表

        POST /cgi-bin/guide/getguidebuyerrelationlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidebuyertag(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """The tags of a customer. 查询客户标签

        POST /cgi-bin/guide/getguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidecardmaterial(self, *, type: int, **more: object) -> dict[str, object]:
        """The mini-program cards. 查询小程序卡片素材

        POST /cgi-bin/guide/getguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideconfig(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """A guide's quick replies and greeting. 获取快捷回复与关注自动回复

        POST /cgi-bin/guide/getguideconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidegrouplist(self, **more: object) -> dict[str, object]:
        """All groups of guides. 获取所有顾问分组

        POST /cgi-bin/guide/getguidegrouplist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguideimagematerial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The pictures. 查询图片素材

        POST /cgi-bin/guide/getguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidemassendjob(self, *, task_id: int, **more: object) -> dict[str, object]:
        """One mass message. 获取群发任务

        POST /cgi-bin/guide/getguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidemassendjoblist(self, *, task_status: int | None = ..., offset: int | None = ..., limit: int | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """A page of mass messages. 获取群发任务列表

        POST /cgi-bin/guide/getguidemassendjoblist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidetagoption(self, **more: object) -> dict[str, object]:
        """All tags and their values. 获取标签和可选值

        POST /cgi-bin/guide/getguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getguidewordmaterial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The texts. 查询文字素材

        POST /cgi-bin/guide/getguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def guidecreateqrcode(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., qrcode_info: str | None = ..., **more: object) -> dict[str, object]:
        """Make a guide's QR code. 生成顾问二维码

        POST /cgi-bin/guide/guidecreateqrcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def newguidegroup(self, *, group_name: str, **more: object) -> dict[str, object]:
        """Add a group of guides. 新建顾问分组

        POST /cgi-bin/guide/newguidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def newguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Add a tag. 新建标签类型

        POST /cgi-bin/guide/newguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def pushshowwxapathmenu(self, *, wxa_appid: str | None = ..., wx_username: str | None = ..., **more: object) -> dict[str, object]:
        """Let a WeChat user copy mini-program paths. 允许复制小程序页面路径

        POST /cgi-bin/guide/pushshowwxapathmenu
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def queryguidebuyerbytag(self, *, push_count: int | None = ..., tag_values: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """The customers with some tags. 根据标签筛选客户

        POST /cgi-bin/guide/queryguidebuyerbytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def rebindguideacctforbuyer(self, *, old_guide_account: str | None = ..., old_guide_openid: str | None = ..., new_guide_account: str | None = ..., new_guide_openid: str | None = ..., openid_list: Sequence[str] | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Give customers to another guide. 为客户更换顾问

        POST /cgi-bin/guide/rebindguideacctforbuyer
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setguideacctconfig(self, *, values: Sequence[object] | None = ..., content: str | None = ..., is_delete: object | None = ..., black_keyword: str | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Set forbidden words and the reply while offline. 设置敏感词与离线自动回复

        POST /cgi-bin/guide/setguideacctconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setguidecardmaterial(self, *, type: int | None = ..., media_id: str | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a mini-program card. 添加小程序卡片素材

        POST /cgi-bin/guide/setguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setguideconfig(self, *, content: str | None = ..., is_delete: object | None = ..., guide_fast_reply_list: Sequence[object] | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., guide_auto_reply_plus: Mapping[str, object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., msgtype: str | None = ..., **more: object) -> dict[str, object]:
        """Set a guide's quick replies and greeting. 设置快捷回复与关注自动回复

        POST /cgi-bin/guide/setguideconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setguideimagematerial(self, *, media_id: str | None = ..., type: int | None = ..., **more: object) -> dict[str, object]:
        """Add a picture. 添加图片素材

        POST /cgi-bin/guide/setguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., **more: object) -> dict[str, object]:
        """Add a text. 添加文字素材

        POST /cgi-bin/guide/setguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Change a guide. 修改顾问

        POST /cgi-bin/guide/updateguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Change a customer's name. 修改客户昵称

        POST /cgi-bin/guide/updateguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updateguidemassendjob(self, *, task_id: int | None = ..., task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Change a mass message. 修改群发任务

        POST /cgi-bin/guide/updateguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingUserActionSetsCalls:
    async def add(self, *, version: str | None = ..., type: str | None = ..., name: str | None = ..., description: str | None = ..., **more: object) -> dict[str, object]:
        """Add a source of user actions. 创建用户行为数据源

        POST /marketing/user_action_sets/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, version: str | None = ..., user_action_set_id: str | None = ..., **more: object) -> dict[str, object]:
        """The sources of user actions. 查询用户行为数据源

        GET /marketing/user_action_sets/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingUserActionSetReportsCalls:
    async def get(self, *, user_action_set_id: str | None = ..., date_range: Mapping[str, object] | None = ..., time_granularity: str | None = ..., aggregation: str | None = ..., version: str | None = ..., **more: object) -> dict[str, object]:
        """The report of a source. 查询数据源报表

        GET /marketing/user_action_set_reports/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingUserActionsCalls:
    async def add(self, *, version: str | None = ..., actions: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Report user actions. 上报用户行为

        POST /marketing/user_actions/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingWechatAdLeadsCalls:
    async def get(self, *, date_range: Mapping[str, object] | None = ..., filtering: Sequence[object] | None = ..., page: Mapping[str, object] | None = ..., page_size: int | None = ..., version: str | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Leads from advertisements. 获取朋友圈销售线索

        GET /marketing/wechat_ad_leads/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMarketingCalls:
    user_action_sets: AsyncMarketingUserActionSetsCalls
    user_action_set_reports: AsyncMarketingUserActionSetReportsCalls
    user_actions: AsyncMarketingUserActionsCalls
    wechat_ad_leads: AsyncMarketingWechatAdLeadsCalls

class AsyncCityserviceCalls:
    async def sendchannelmsg(self, **more: object) -> dict[str, object]:
        """Send a city service's message. 发送城市服务消息

        POST /cityservice/sendchannelmsg
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMaterialCalls:
    async def add_material(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable, description: VideoDescription | None = ...) -> MaterialAddMaterialAnswer:
        """Upload a permanent medium. 上传永久素材

        POST /cgi-bin/material/add_material
        """
    async def get_material(self, *, media_id: str) -> Media:
        """A permanent medium; articles and videos answer in JSON. 获取永久素材；图文与视频返回 JSON

        POST /cgi-bin/material/get_material
        """
    async def del_material(self, *, media_id: str) -> Answer:
        """Delete a permanent medium. 删除永久素材

        POST /cgi-bin/material/del_material
        """
    async def get_materialcount(self) -> MaterialGetMaterialcountAnswer:
        """How many permanent media there are. 获取永久素材的数量

        GET /cgi-bin/material/get_materialcount
        """
    async def batchget_material(self, *, type: Literal["image", "video", "voice", "news"], offset: int, count: int) -> MaterialBatchgetMaterialAnswer:
        """A page of permanent media. 获取永久素材列表

        POST /cgi-bin/material/batchget_material
        """
    async def add_news(self, *, articles: Sequence[Mapping[str, object]]) -> MaterialAddNewsAnswer:
        """Add articles to the library. 新增永久图文素材

        POST /cgi-bin/material/add_news
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    async def update_news(self, *, media_id: str, index: int, articles: Mapping[str, object]) -> Answer:
        """Change an article of the library. 修改永久图文素材

        POST /cgi-bin/material/update_news
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/update.
        """

class AsyncMenuCalls:
    async def create(self, *, button: Sequence[Button]) -> Answer:
        """Replace the whole default menu. 创建默认菜单（整个替换）

        POST /cgi-bin/menu/create
        """
    async def get(self) -> MenuGetAnswer:
        """The menu and conditional menus that were made by this API. 查询用接口创建的菜单和个性化菜单

        GET /cgi-bin/menu/get
        """
    async def delete(self) -> Answer:
        """Delete the default menu and every conditional one. 删除默认菜单和所有个性化菜单

        GET /cgi-bin/menu/delete
        """
    async def addconditional(self, *, button: Sequence[Button], matchrule: MatchRule) -> MenuAddconditionalAnswer:
        """Add a menu for those followers that a rule matches. 创建个性化菜单

        POST /cgi-bin/menu/addconditional
        Unconfirmed: sex, region and language rules were withdrawn in 2021/22.
        """
    async def delconditional(self, *, menuid: str) -> Answer:
        """Delete one conditional menu. 删除个性化菜单

        POST /cgi-bin/menu/delconditional
        """
    async def trymatch(self, *, user_id: str) -> MenuTrymatchAnswer:
        """Which menu a follower sees. 测试个性化菜单：某个用户看到哪个菜单

        POST /cgi-bin/menu/trymatch
        """

class AsyncMerchantCategoryCalls:
    async def getsub(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """Sub-categories. 获取子分类

        POST /merchant/category/getsub
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getsku(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """The SKUs of a category. 获取分类的 SKU

        POST /merchant/category/getsku
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getproperty(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """The properties of a category. 获取分类的属性

        POST /merchant/category/getproperty
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantStockCalls:
    async def add(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Add stock. 增加库存

        POST /merchant/stock/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def reduce(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Take stock. 减少库存

        POST /merchant/stock/reduce
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantExpressCalls:
    async def add(self, *, delivery_template: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a postage template. 增加邮费模板

        POST /merchant/express/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, template_id: str, **more: object) -> dict[str, object]:
        """Delete a postage template. 删除邮费模板

        POST /merchant/express/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, template_id: str | None = ..., delivery_template: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a postage template. 修改邮费模板

        POST /merchant/express/update
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, template_id: str, **more: object) -> dict[str, object]:
        """One postage template. 获取邮费模板

        POST /merchant/express/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getall(self, **more: object) -> dict[str, object]:
        """All postage templates. 获取所有邮费模板

        GET /merchant/express/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantGroupCalls:
    async def add(self, *, group_detail: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a group. 增加分组

        POST /merchant/group/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /merchant/group/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def propertymod(self, *, group_id: int | None = ..., group_name: str | None = ..., **more: object) -> dict[str, object]:
        """Change a group. 修改分组属性

        POST /merchant/group/propertymod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def productmod(self, *, group_id: int | None = ..., product: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a group's goods. 修改分组商品

        POST /merchant/group/productmod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getall(self, **more: object) -> dict[str, object]:
        """All groups. 获取所有分组

        GET /merchant/group/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, group_id: int, **more: object) -> dict[str, object]:
        """One group. 获取分组

        POST /merchant/group/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantShelfCalls:
    async def add(self, *, shelf_id: str | None = ..., shelf_name: str | None = ..., shelf_banner: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., **more: object) -> dict[str, object]:
        """Add a shelf. 增加货架

        POST /merchant/shelf/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, shelf_id: str, **more: object) -> dict[str, object]:
        """Delete a shelf. 删除货架

        POST /merchant/shelf/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mod(self, *, shelf_id: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., **more: object) -> dict[str, object]:
        """Change a shelf. 修改货架

        POST /merchant/shelf/mod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getall(self, **more: object) -> dict[str, object]:
        """All shelves. 获取所有货架

        GET /merchant/shelf/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyid(self, *, shelf_id: str, **more: object) -> dict[str, object]:
        """One shelf. 获取货架

        POST /merchant/shelf/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantOrderCalls:
    async def getbyid(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One order. 获取订单

        POST /merchant/order/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbyfilter(self, *, status: int | None = ..., begintime: int | None = ..., endtime: int | None = ..., **more: object) -> dict[str, object]:
        """Orders by state and time. 查询订单

        POST /merchant/order/getbyfilter
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setdelivery(self, *, order_id: str | None = ..., delivery_company: str | None = ..., delivery_track_no: str | None = ..., need_delivery: object | None = ..., is_others: object | None = ..., **more: object) -> dict[str, object]:
        """Say how an order is sent. 设置发货信息

        POST /merchant/order/setdelivery
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def close(self, *, order_id: str, **more: object) -> dict[str, object]:
        """Close an order. 关闭订单

        POST /merchant/order/close
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantCommonCalls:
    async def upload_img(self, *, filename: str | None = ..., media: Uploadable, **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /merchant/common/upload_img
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncMerchantCalls:
    async def create(self, **more: object) -> dict[str, object]:
        """Add goods. 增加商品

        POST /merchant/create
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_(self, *, product_id: str, **more: object) -> dict[str, object]:
        """Delete goods. 删除商品

        POST /merchant/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, product_id: str, **more: object) -> dict[str, object]:
        """Change goods. 修改商品

        POST /merchant/update
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, product_id: str, **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /merchant/get
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbystatus(self, *, status: int, **more: object) -> dict[str, object]:
        """Goods by state. 按状态查询商品

        POST /merchant/getbystatus
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modproductstatus(self, *, product_id: str | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """Show goods or hide them. 商品上下架

        POST /merchant/modproductstatus
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
    async def queryfee(self, **more: object) -> dict[str, object]:
        """What is due. 查询应收

        POST /nontax/queryfee
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def unifiedorder(self, **more: object) -> dict[str, object]:
        """Make an order. 支付下单

        POST /nontax/unifiedorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorder(self, **more: object) -> dict[str, object]:
        """One order. 查询订单

        POST /nontax/getorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getorderlist(self, **more: object) -> dict[str, object]:
        """A page of orders. 查询订单列表

        POST /nontax/getorderlist
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def refund(self, **more: object) -> dict[str, object]:
        """Refund. 退款

        POST /nontax/refund
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def micropay(self, **more: object) -> dict[str, object]:
        """Pay by code. 付款码付款

        POST /nontax/micropay
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def downloadbill(self, **more: object) -> dict[str, object]:
        """The day's bill. 下载对账单

        POST /nontax/downloadbill
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def notifyinconsistentorder(self, **more: object) -> dict[str, object]:
        """Report a wrong order. 通知不一致订单

        POST /nontax/notifyinconsistentorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mocknotification(self, **more: object) -> dict[str, object]:
        """Try the payment notice. 测试支付结果通知

        POST /nontax/mocknotification
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def mockqueryfee(self, **more: object) -> dict[str, object]:
        """Try the query. 测试查询应收

        POST /nontax/mockqueryfee
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def createbillcard(self, *, invoice_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a bill's card. 创建财政电子票据

        POST /nontax/createbillcard
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getbillauthurl(self, **more: object) -> dict[str, object]:
        """The address where a user authorises a bill. 获取授权页链接

        POST /nontax/getbillauthurl
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def insertbill(self, **more: object) -> dict[str, object]:
        """Put a bill into a user's wallet. 插入用户卡包

        POST /nontax/insertbill
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncSnsOauth2ComponentCalls:
    async def access_token(self, *, appid: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., component_appid: str, component_access_token: str) -> SnsOauth2ComponentAccessTokenAnswer:
        """A user's access token for a code, on behalf of an account. 代公众号用 code 换取用户的 access_token

        GET /sns/oauth2/component/access_token
        """
    async def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, component_appid: str, component_access_token: str) -> SnsOauth2ComponentRefreshTokenAnswer:
        """A user's next access token, on behalf of an account. 代公众号刷新用户的 access_token

        GET /sns/oauth2/component/refresh_token
        """

class AsyncSnsOauth2Calls:
    async def access_token(self, *, appid: str = ..., secret: str = ..., code: str, grant_type: Literal["authorization_code"] = ...) -> SnsOauth2AccessTokenAnswer:
        """A user's access token for the code of the login page; a code works once. 用 code 换取用户的 access_token（code 只能用一次）

        GET /sns/oauth2/access_token
        """
    async def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str) -> SnsOauth2RefreshTokenAnswer:
        """A user's next access token, within 30 days. 刷新用户的 access_token（30 天内）

        GET /sns/oauth2/refresh_token
        """
    component: AsyncSnsOauth2ComponentCalls

class AsyncSnsCalls:
    oauth2: AsyncSnsOauth2Calls
    async def userinfo(self, *, access_token: str, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ...) -> SnsUserinfoAnswer:
        """What a user let the page know; sex and region are empty since 2021-10-20. 获取授权用户的信息（性别与地区自 2021-10-20 起为空）

        GET /sns/userinfo
        """
    async def auth(self, *, access_token: str, openid: str) -> Answer:
        """Whether a user's access token is still good. 检验用户的 access_token

        GET /sns/auth
        """

class AsyncQrcodeCalls:
    async def create(self, *, expire_seconds: int | None = ..., action_name: Literal["QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"], action_info: ActionInfo) -> QrcodeCreateAnswer:
        """Make a QR code with a scene: temporary for 30 days at most, or one of 100,000 permanent ones. 创建带参数的二维码（临时最长 30 天，永久最多十万个）

        POST /cgi-bin/qrcode/create
        """

class AsyncShortenCalls:
    async def gen(self, *, long_data: str, expire_seconds: int | None = ...) -> ShortenGenAnswer:
        """Make a short key for long data. 把长信息变成短 Key

        POST /cgi-bin/shorten/gen
        """
    async def fetch(self, *, short_key: str) -> ShortenFetchAnswer:
        """The long data of a short key. 把短 Key 还原

        POST /cgi-bin/shorten/fetch
        """

class AsyncWxopenCalls:
    async def qrcodejumpadd(self, *, prefix: str, appid: str, path: str, is_edit: Literal[0, 1], permit_sub_rule: Literal[1, 2] | None = ..., open_version: Literal[1, 2, 3] | None = ..., debug_url: Sequence[str] | None = ...) -> Answer:
        """Let a QR code with a scene open a mini-program: add a rule, or change one. 让带参数的二维码扫码后打开小程序：新增或修改规则

        POST /cgi-bin/wxopen/qrcodejumpadd
        """
    async def qrcodejumpget(self, *, appid: str, get_type: Literal[0, 1, 2] | None = ..., prefix_list: Sequence[str] | None = ..., page_num: int | None = ..., page_size: int | None = ...) -> WxopenQrcodejumpgetAnswer:
        """The rules by which QR codes open a mini-program. 查询扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumpget
        """
    async def qrcodejumppublish(self, *, prefix: str) -> Answer:
        """Publish a rule by which QR codes open a mini-program. 发布扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumppublish
        """

class AsyncScanMerchantinfoCalls:
    async def get(self, **more: object) -> dict[str, object]:
        """The merchant's brands and categories. 获取商户信息

        GET /scan/merchantinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanProductV2Calls:
    async def add(self, *, product: Mapping[str, object], **more: object) -> dict[str, object]:
        """Import goods. 导入商品

        POST /scan/product/v2/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getinfo(self, *, product: Mapping[str, object] | None = ..., pid: object | None = ..., **more: object) -> dict[str, object]:
        """One of the imported goods. 获取商品

        POST /scan/product/v2/getinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getinfobypage(self, *, page_context: str | None = ..., page_num: int | None = ..., page_size: int | None = ..., **more: object) -> dict[str, object]:
        """A page of imported goods. 获取商品列表

        POST /scan/product/v2/getinfobypage
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def status(self, *, status_ticket: str, **more: object) -> dict[str, object]:
        """How an import stands. 查询导入状态

        POST /scan/product/v2/status
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanProductCalls:
    async def create(self, *, keystandard: str | None = ..., keystr: str | None = ..., brand_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 创建商品

        POST /scan/product/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, keystandard: str | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /scan/product/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getlist(self, *, offset: int | None = ..., limit: int | None = ..., status: int | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """A page of goods. 批量查询商品

        POST /scan/product/getlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, **more: object) -> dict[str, object]:
        """Change goods. 更新商品

        POST /scan/product/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def clear(self, *, keystandard: str | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 清除商品

        POST /scan/product/clear
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modstatus(self, *, keystandard: str | None = ..., keystr: str | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """Publish goods or take them back. 提交审核或取消发布

        POST /scan/product/modstatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getqrcode(self, *, keystandard: str | None = ..., keystr: str | None = ..., extinfo: Mapping[str, object] | None = ..., qrcode_size: int | None = ..., **more: object) -> dict[str, object]:
        """The QR code of goods. 获取商品二维码

        POST /scan/product/getqrcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    v2: AsyncScanProductV2Calls

class AsyncScanTestwhitelistCalls:
    async def set(self, *, openid: str | None = ..., username: str | None = ..., userName: object | None = ..., **more: object) -> dict[str, object]:
        """Who may see unpublished goods. 设置测试人员

        POST /scan/testwhitelist/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanScanticketCalls:
    async def check(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Check a scan's ticket. 检查 wxticket

        POST /scan/scanticket/check
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncScanCalls:
    merchantinfo: AsyncScanMerchantinfoCalls
    product: AsyncScanProductCalls
    testwhitelist: AsyncScanTestwhitelistCalls
    scanticket: AsyncScanScanticketCalls

class AsyncIntpMarketcodeCalls:
    async def applycode(self, **more: object) -> dict[str, object]:
        """Ask for codes. 申请二维码

        POST /intp/marketcode/applycode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applycodequery(self, **more: object) -> dict[str, object]:
        """How a request stands. 查询申请

        POST /intp/marketcode/applycodequery
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applycodedownload(self, **more: object) -> dict[str, object]:
        """The codes of a request. 下载二维码包

        POST /intp/marketcode/applycodedownload
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def codeactive(self, **more: object) -> dict[str, object]:
        """Activate codes. 激活二维码

        POST /intp/marketcode/codeactive
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def codeactivequery(self, **more: object) -> dict[str, object]:
        """Whether codes are active. 查询激活状态

        POST /intp/marketcode/codeactivequery
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def tickettocode(self, **more: object) -> dict[str, object]:
        """The code of a ticket. 用 ticket 换 code

        POST /intp/marketcode/tickettocode
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncIntpCalls:
    marketcode: AsyncIntpMarketcodeCalls

class AsyncShakearoundAccountCalls:
    async def register(self, **more: object) -> dict[str, object]:
        """Ask for the service. 申请开通

        POST /shakearound/account/register
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def auditstatus(self, **more: object) -> dict[str, object]:
        """Whether it was granted. 查询审核状态

        GET /shakearound/account/auditstatus
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundDeviceGroupCalls:
    async def add(self, *, group_name: str, **more: object) -> dict[str, object]:
        """Add a group. 新增分组

        POST /shakearound/device/group/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, group_id: int | None = ..., group_name: str | None = ..., **more: object) -> dict[str, object]:
        """Rename a group. 编辑分组

        POST /shakearound/device/group/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /shakearound/device/group/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getlist(self, *, begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of groups. 查询分组列表

        POST /shakearound/device/group/getlist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getdetail(self, *, group_id: int | None = ..., begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """One group. 查询分组详情

        POST /shakearound/device/group/getdetail
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def adddevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Put devices into a group. 添加设备到分组

        POST /shakearound/device/group/adddevice
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def deletedevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Take devices out of a group. 从分组移除设备

        POST /shakearound/device/group/deletedevice
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundDeviceCalls:
    async def applyid(self, *, quantity: int | None = ..., apply_reason: str | None = ..., poi_id: int | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Ask for device ids. 申请设备 ID

        POST /shakearound/device/applyid
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def applystatus(self, *, apply_id: int, **more: object) -> dict[str, object]:
        """How a request stands. 查询设备 ID 申请状态

        POST /shakearound/device/applystatus
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, comment: str | None = ..., device_identifier: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a device. 编辑设备信息

        POST /shakearound/device/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def bindlocation(self, *, poi_id: int | None = ..., device_identifier: Mapping[str, object] | None = ..., type: str | None = ..., poi_appid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a shop. 绑定设备与门店

        POST /shakearound/device/bindlocation
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def search(self, *, begin: int | None = ..., count: int | None = ..., apply_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Find devices. 查询设备

        POST /shakearound/device/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def bindpage(self, *, page_ids: Sequence[object] | None = ..., bind: object | None = ..., append: object | None = ..., device_identifier: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to pages. 绑定设备与页面

        POST /shakearound/device/bindpage
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    group: AsyncShakearoundDeviceGroupCalls

class AsyncShakearoundPageCalls:
    async def add(self, *, title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Add a page. 新增页面

        POST /shakearound/page/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, page_id: int | None = ..., title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Change a page. 编辑页面

        POST /shakearound/page/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def search(self, *, type: str | None = ..., begin: int | None = ..., count: int | None = ..., page_ids: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Find pages. 查询页面

        POST /shakearound/page/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, page_id: int, **more: object) -> dict[str, object]:
        """Delete a page. 删除页面

        POST /shakearound/page/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundMaterialCalls:
    async def add(self, *, type: str | None = ..., media: Uploadable, **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /shakearound/material/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundRelationCalls:
    async def search(self, *, type: str | None = ..., device_identifier: Mapping[str, object] | None = ..., page_id: int | None = ..., begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """Which devices show which pages. 查询设备与页面的关系

        POST /shakearound/relation/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundUserCalls:
    async def getshakeinfo(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Who shook where. 获取摇一摇的设备及用户信息

        POST /shakearound/user/getshakeinfo
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundStatisticsCalls:
    async def device(self, *, device_identifier: Mapping[str, object] | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a device. 设备统计

        POST /shakearound/statistics/device
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def devicelist(self, *, date: int | None = ..., page_index: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all devices. 批量设备统计

        POST /shakearound/statistics/devicelist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def page(self, *, page_id: int | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a page. 页面统计

        POST /shakearound/statistics/page
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def pagelist(self, *, date: int | None = ..., page_index: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all pages. 批量页面统计

        POST /shakearound/statistics/pagelist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncShakearoundLotteryCalls:
    async def addlotteryinfo(self, *, title: str | None = ..., desc: str | None = ..., onoff: int | None = ..., begin_time: int | None = ..., expire_time: object | None = ..., sponsor_appid: str | None = ..., total: int | None = ..., jumpurl: str | None = ..., key: str | None = ..., **more: object) -> dict[str, object]:
        """Add a lottery. 创建红包活动

        POST /shakearound/lottery/addlotteryinfo
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setprizebucket(self, *, lottery_id: str | None = ..., mchid: str | None = ..., sponsorapp_id: object | None = ..., prizeinfolist: object | None = ..., **more: object) -> dict[str, object]:
        """Fill a lottery. 录入红包

        POST /shakearound/lottery/setprizebucket
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def setlotteryswitch(self, *, lottery_id: str | None = ..., onoff: int | None = ..., **more: object) -> dict[str, object]:
        """Switch a lottery. 设置活动开关

        GET /shakearound/lottery/setlotteryswitch
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def querylottery(self, *, lottery_id: str, **more: object) -> dict[str, object]:
        """One lottery. 查询活动

        GET /shakearound/lottery/querylottery
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
    async def addpoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., **more: object) -> dict[str, object]:
        """Add a shop. 创建门店

        POST /cgi-bin/poi/addpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpoi(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """One shop. 查询门店

        POST /cgi-bin/poi/getpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getpoilist(self, *, begin: int | None = ..., limit: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 查询门店列表

        POST /cgi-bin/poi/getpoilist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def updatepoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., **more: object) -> dict[str, object]:
        """Change a shop. 修改门店

        POST /cgi-bin/poi/updatepoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delpoi(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Delete a shop. 删除门店

        POST /cgi-bin/poi/delpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def getwxcategory(self, **more: object) -> dict[str, object]:
        """The categories of shops. 门店类目表

        GET /cgi-bin/poi/getwxcategory
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncWxaSecCalls:
    async def queryblocktmplmsg(self, *, tmpl_msg_id: str | None = ..., largest_id: int | None = ..., limit: int | None = ...) -> WxaSecQueryblocktmplmsgAnswer:
        """Template messages that were blocked. 查询被拦截的模板消息

        POST /wxa/sec/queryblocktmplmsg
        """

class AsyncWxaCalls:
    async def get_merchant_category(self, **more: object) -> dict[str, object]:
        """The categories of shop mini-programs. 拉取门店小程序类目

        GET /wxa/get_merchant_category
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def apply_merchant(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a shop mini-program. 创建门店小程序

        POST /wxa/apply_merchant
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_merchant_audit_info(self, **more: object) -> dict[str, object]:
        """Whether it passed. 查询门店小程序审核结果

        GET /wxa/get_merchant_audit_info
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def modify_merchant(self, **more: object) -> dict[str, object]:
        """Change a shop mini-program. 修改门店小程序

        POST /wxa/modify_merchant
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_district(self, **more: object) -> dict[str, object]:
        """Provinces, cities and districts. 拉取省市区

        GET /wxa/get_district
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def search_map_poi(self, *, districtid: str | None = ..., keyword: str | None = ..., **more: object) -> dict[str, object]:
        """Find a shop on the map. 在腾讯地图搜索门店

        POST /wxa/search_map_poi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def create_map_poi(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Put a shop on the map. 在腾讯地图创建门店

        POST /wxa/create_map_poi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def add_store(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a shop to the mini-program. 添加门店

        POST /wxa/add_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update_store(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Change a shop of the mini-program. 更新门店

        POST /wxa/update_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_store_info(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """One shop of the mini-program. 获取门店

        POST /wxa/get_store_info
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get_store_list(self, *, offset: int | None = ..., limit: int | None = ..., **more: object) -> dict[str, object]:
        """A page of the mini-program's shops. 获取门店列表

        POST /wxa/get_store_list
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def del_store(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Delete a shop of the mini-program. 删除门店

        POST /wxa/del_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    sec: AsyncWxaSecCalls

class AsyncTemplateCalls:
    async def api_set_industry(self, *, industry_id1: str, industry_id2: str) -> Answer:
        """Set the account's industries, once a month. 设置所属行业（每月一次）

        POST /cgi-bin/template/api_set_industry
        """
    async def get_industry(self) -> TemplateGetIndustryAnswer:
        """The account's industries. 获取所属行业

        GET /cgi-bin/template/get_industry
        """
    async def api_add_template(self, *, template_id_short: str, keyword_name_list: Sequence[str] | None = ...) -> TemplateApiAddTemplateAnswer:
        """Take a template from the library; 25 at most. 从模板库添加模板（最多 25 个）

        POST /cgi-bin/template/api_add_template
        """
    async def get_all_private_template(self) -> TemplateGetAllPrivateTemplateAnswer:
        """The account's templates. 获取已添加的模板

        GET /cgi-bin/template/get_all_private_template
        """
    async def del_private_template(self, *, template_id: str) -> Answer:
        """Delete a template. 删除模板

        POST /cgi-bin/template/del_private_template
        """

class AsyncWxaapiNewtmplCalls:
    async def addtemplate(self, *, tid: str, kidList: Sequence[int] | None = ..., sceneDesc: str | None = ...) -> WxaapiNewtmplAddtemplateAnswer:
        """Take a notice's template. 选用订阅通知模板

        POST /wxaapi/newtmpl/addtemplate
        """
    async def deltemplate(self, *, priTmplId: str) -> Answer:
        """Delete a notice's template. 删除订阅通知模板

        POST /wxaapi/newtmpl/deltemplate
        """
    async def getcategory(self) -> WxaapiNewtmplGetcategoryAnswer:
        """The account's categories. 获取账号的类目

        GET /wxaapi/newtmpl/getcategory
        """
    async def getpubtemplatekeywords(self, *, tid: str) -> WxaapiNewtmplGetpubtemplatekeywordsAnswer:
        """The keywords of a public template. 获取模板的关键词

        GET /wxaapi/newtmpl/getpubtemplatekeywords
        """
    async def getpubtemplatetitles(self, *, ids: str, start: int, limit: int) -> WxaapiNewtmplGetpubtemplatetitlesAnswer:
        """Public templates of some categories. 获取类目下的公共模板

        GET /wxaapi/newtmpl/getpubtemplatetitles
        """
    async def gettemplate(self) -> WxaapiNewtmplGettemplateAnswer:
        """The account's notice templates. 获取已选用的订阅通知模板

        GET /wxaapi/newtmpl/gettemplate
        """

class AsyncWxaapiCalls:
    newtmpl: AsyncWxaapiNewtmplCalls

class AsyncUserInfoCalls:
    async def __call__(self, *, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ...) -> UserInfoAnswer:
        """What is known of a follower; no nickname and picture since 2021-12-27. 获取一位粉丝的信息（2021-12-27 起没有昵称与头像）

        GET /cgi-bin/user/info
        """
    async def batchget(self, *, user_list: Sequence[UserQuery]) -> UserInfoBatchgetAnswer:
        """What is known of up to 100 followers. 获取一批粉丝的信息（最多 100 位）

        POST /cgi-bin/user/info/batchget
        """
    async def updateremark(self, *, openid: str, remark: str) -> Answer:
        """Set the remark on a follower. 设置粉丝的备注名

        POST /cgi-bin/user/info/updateremark
        """

class AsyncUserTagCalls:
    async def get(self, *, tagid: int, next_openid: str | None = ...) -> UserTagGetAnswer:
        """The followers with a tag. 获取标签下的粉丝

        POST /cgi-bin/user/tag/get
        """

class AsyncUserCalls:
    info: AsyncUserInfoCalls
    async def get(self, *, next_openid: str | None = ...) -> UserGetAnswer:
        """The followers' openids, 10,000 at a time. 获取粉丝列表（每次最多 10000）

        GET /cgi-bin/user/get
        """
    tag: AsyncUserTagCalls

class AsyncTagsMembersCalls:
    async def batchtagging(self, *, openid_list: Sequence[str], tagid: int) -> Answer:
        """Tag up to 50 followers; 20 tags on each at most. 给粉丝打标签（每次最多 50 位，每人最多 20 个）

        POST /cgi-bin/tags/members/batchtagging
        """
    async def batchuntagging(self, *, openid_list: Sequence[str], tagid: int) -> Answer:
        """Take a tag off up to 50 followers. 取消粉丝的标签

        POST /cgi-bin/tags/members/batchuntagging
        """
    async def getblacklist(self, *, begin_openid: str | None = ...) -> TagsMembersGetblacklistAnswer:
        """The blacklist, 10,000 at a time. 获取黑名单

        POST /cgi-bin/tags/members/getblacklist
        """
    async def batchblacklist(self, *, openid_list: Sequence[str]) -> Answer:
        """Block up to 20 followers. 拉黑粉丝（每次最多 20 位）

        POST /cgi-bin/tags/members/batchblacklist
        """
    async def batchunblacklist(self, *, openid_list: Sequence[str]) -> Answer:
        """Block up to 20 followers no longer. 取消拉黑

        POST /cgi-bin/tags/members/batchunblacklist
        """

class AsyncTagsCalls:
    async def create(self, *, tag: NewTag) -> TagsCreateAnswer:
        """Add a tag; 100 at most. 创建标签（最多 100 个）

        POST /cgi-bin/tags/create
        """
    async def get(self) -> TagsGetAnswer:
        """All tags. 获取所有标签

        GET /cgi-bin/tags/get
        """
    async def update(self, *, tag: ChangedTag) -> Answer:
        """Rename a tag. 修改标签名

        POST /cgi-bin/tags/update
        """
    async def delete(self, *, tag: TagId) -> Answer:
        """Delete a tag. 删除标签

        POST /cgi-bin/tags/delete
        """
    members: AsyncTagsMembersCalls
    async def getidlist(self, *, openid: str) -> TagsGetidlistAnswer:
        """The tags of a follower. 获取粉丝身上的标签

        POST /cgi-bin/tags/getidlist
        """

class AsyncGroupsMembersCalls:
    async def update(self, *, openid: str, to_groupid: int) -> Answer:
        """Move a follower to a group. 移动粉丝分组

        POST /cgi-bin/groups/members/update
        Retired: superseded by tags.
        """
    async def batchupdate(self, *, openid_list: Sequence[str], to_groupid: int) -> Answer:
        """Move followers to a group. 批量移动粉丝分组

        POST /cgi-bin/groups/members/batchupdate
        Retired: superseded by tags.
        """

class AsyncGroupsCalls:
    async def create(self, *, group: Mapping[str, object]) -> GroupsCreateAnswer:
        """Add a group. 创建分组

        POST /cgi-bin/groups/create
        Retired: superseded by tags.
        """
    async def get(self) -> GroupsGetAnswer:
        """All groups. 查询所有分组

        GET /cgi-bin/groups/get
        Retired: superseded by tags.
        """
    async def getid(self, *, openid: str) -> GroupsGetidAnswer:
        """The group of a follower. 查询粉丝所在分组

        POST /cgi-bin/groups/getid
        Retired: superseded by tags.
        """
    async def update(self, *, group: Mapping[str, object]) -> Answer:
        """Rename a group. 修改分组名

        POST /cgi-bin/groups/update
        Retired: superseded by tags.
        """
    async def delete(self, *, group: Mapping[str, object]) -> Answer:
        """Delete a group. 删除分组

        POST /cgi-bin/groups/delete
        Retired: superseded by tags.
        """
    members: AsyncGroupsMembersCalls

class AsyncBizwifiOpenpluginCalls:
    async def token(self, *, callback_url: str, **more: object) -> dict[str, object]:
        """A token for the set-up page. 获取开通插件的凭证

        GET /bizwifi/openplugin/token
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiShopCalls:
    async def list(self, *, pageindex: int | None = ..., pagesize: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 获取 Wi-Fi 门店列表

        POST /bizwifi/shop/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """One shop. 查询门店 Wi-Fi 信息

        POST /bizwifi/shop/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def update(self, *, shop_id: int | None = ..., old_ssid: str | None = ..., ssid: str | None = ..., password: str | None = ..., **more: object) -> dict[str, object]:
        """Change a shop's network. 修改门店网络信息

        POST /bizwifi/shop/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def clean(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """Clear a shop's network. 清空门店网络

        POST /bizwifi/shop/clean
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiDeviceCalls:
    async def add(self, *, shop_id: int | None = ..., ssid: str | None = ..., password: str | None = ..., bssid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a device with a password. 添加密码型设备

        POST /bizwifi/device/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def list(self, *, shop_id: int | None = ..., pageindex: int | None = ..., pagesize: int | None = ..., **more: object) -> dict[str, object]:
        """A page of devices. 查询设备

        POST /bizwifi/device/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def delete(self, *, bssid: str, **more: object) -> dict[str, object]:
        """Delete a device. 删除设备

        POST /bizwifi/device/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiApportalCalls:
    async def register(self, *, shop_id: int | None = ..., ssid: str | None = ..., reset: object | None = ..., **more: object) -> dict[str, object]:
        """Add a portal device. 添加 portal 型设备

        POST /bizwifi/apportal/register
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiQrcodeCalls:
    async def get(self, *, shop_id: int | None = ..., img_id: int | None = ..., ssid: str | None = ..., **more: object) -> dict[str, object]:
        """The QR code of a shop. 获取物料二维码

        POST /bizwifi/qrcode/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiAccountCalls:
    async def get_connecturl(self, **more: object) -> dict[str, object]:
        """The account's connection address. 获取公众号连网 URL

        GET /bizwifi/account/get_connecturl
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiHomepageCalls:
    async def set(self, *, shop_id: int | None = ..., template_id: str | None = ..., struct: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Set a shop's page. 设置商家主页

        POST /bizwifi/homepage/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """A shop's page. 查询商家主页

        POST /bizwifi/homepage/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiBarCalls:
    async def set(self, *, shop_id: int | None = ..., bar_type: int | None = ..., **more: object) -> dict[str, object]:
        """Set the greeting. 设置欢迎语

        POST /bizwifi/bar/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiFinishpageCalls:
    async def set(self, **more: object) -> dict[str, object]:
        """Set the page after connecting. 设置连网完成页

        POST /bizwifi/finishpage/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiStatisticsCalls:
    async def list(self, *, begin_date: str | None = ..., end_date: str | None = ..., shop_id: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics. 数据统计

        POST /bizwifi/statistics/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class AsyncBizwifiCouponputCalls:
    async def set(self, **more: object) -> dict[str, object]:
        """Set the coupon given. 设置门店卡券投放

        POST /bizwifi/couponput/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    async def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """The coupon given. 查询门店卡券投放

        POST /bizwifi/couponput/get
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
    async def stable_token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., force_refresh: bool | None = ...) -> StableTokenAnswer:
        """Fetch the stable access token: the same one until its last five minutes. 获取稳定版接口调用凭据

        POST /cgi-bin/stable_token
        """
    async def token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ...) -> TokenAnswer:
        """Fetch the classic access token: a new one each time, the old one dies within minutes. 获取接口调用凭据（旧版）：每次都换新的，旧的约五分钟后失效

        GET /cgi-bin/token
        """
    ticket: AsyncTicketCalls
    async def getcallbackip(self) -> GetcallbackipAnswer:
        """Addresses that pushes come from; networks in CIDR form too. 获取微信推送服务器的 IP

        GET /cgi-bin/getcallbackip
        """
    async def get_api_domain_ip(self) -> GetApiDomainIpAnswer:
        """Addresses of api.weixin.qq.com, for an outgoing firewall. 获取微信 API 服务器的 IP

        GET /cgi-bin/get_api_domain_ip
        """
    callback: AsyncCallbackCalls
    clear_quota: AsyncClearQuotaCalls
    openapi: AsyncOpenapiCalls
    async def get_current_autoreply_info(self) -> GetCurrentAutoreplyInfoAnswer:
        """The automatic replies that were set in the console. 获取后台设置的自动回复规则

        GET /cgi-bin/get_current_autoreply_info
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
    async def get_current_selfmenu_info(self) -> GetCurrentSelfmenuInfoAnswer:
        """The menu in force, one made in the console included. 查询当前菜单，包括后台设置的

        GET /cgi-bin/get_current_selfmenu_info
        """
    merchant: AsyncMerchantCalls
    nontax: AsyncNontaxCalls
    sns: AsyncSnsCalls
    qrcode: AsyncQrcodeCalls
    async def showqrcode(self, *, ticket: str) -> Media:
        """The picture of a QR code, by its ticket. 用 ticket 换取二维码图片

        GET /cgi-bin/showqrcode
        """
    shorten: AsyncShortenCalls
    async def shorturl(self, *, action: Literal["long2short"] = ..., long_url: str) -> ShorturlAnswer:
        """Make a long address short. 长链接转短链接

        POST /cgi-bin/shorturl
        Retired: gone since 2021-03-15: use /cgi-bin/shorten/gen.
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
    async def changeopenid(self, *, from_appid: str, openid_list: Sequence[str]) -> ChangeopenidAnswer:
        """The new openids after an account has moved. 账号迁移后转换 openid

        POST /cgi-bin/changeopenid
        """
    groups: AsyncGroupsCalls
    bizwifi: AsyncBizwifiCalls

class MediaVoiceCalls:
    def addvoicetorecofortext(self, *, format: Literal["mp3"] = ..., voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ..., media: Uploadable) -> Answer:
        """Hand in a voice to be recognised: mp3, 16 kHz, a minute at most. 提交语音以供识别（mp3，16k，一分钟内）

        POST /cgi-bin/media/voice/addvoicetorecofortext
        Unconfirmed: the name of the form field.
        """
    def queryrecoresultfortext(self, *, voice_id: str, lang: Literal["zh_CN", "en_US"] | None = ...) -> MediaVoiceQueryrecoresultfortextAnswer:
        """What was recognised, within ten seconds of handing it in. 获取语音识别的结果（提交后 10 秒内）

        POST /cgi-bin/media/voice/queryrecoresultfortext
        Unconfirmed: the method: GET in WxJava, POST elsewhere.
        """
    def translatecontent(self, *, lfrom: Literal["zh_CN", "en_US"], lto: Literal["zh_CN", "en_US"], content: str) -> MediaVoiceTranslatecontentAnswer:
        """Translate a text; the body is the text itself. 翻译一段文字

        POST /cgi-bin/media/voice/translatecontent
        """

class MediaGetCalls:
    def __call__(self, *, media_id: str) -> Media:
        """Download a temporary medium; a video answers with its address. 下载临时素材；视频返回地址

        GET /cgi-bin/media/get
        """
    def jssdk(self, *, media_id: str) -> Media:
        """Download a voice that the JS-SDK uploaded, 16 kHz speex. 下载 JS-SDK 上传的高清语音

        GET /cgi-bin/media/get/jssdk
        """

class MediaCalls:
    voice: MediaVoiceCalls
    def uploadvideo(self, *, media_id: str, title: str | None = ..., description: str | None = ...) -> MediaUploadvideoAnswer:
        """Make an uploaded video fit for a mass message. 把已上传的视频变成群发用的视频

        POST /cgi-bin/media/uploadvideo
        Unconfirmed: the host: file.api.weixin.qq.com in older documentation.
        """
    def uploadnews(self, *, articles: Sequence[Mapping[str, object]]) -> MediaUploadnewsAnswer:
        """Upload articles for a mass message. 上传群发用的图文

        POST /cgi-bin/media/uploadnews
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    def upload(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable) -> MediaUploadAnswer:
        """Upload a temporary medium; it lives three days. 上传临时素材（三天有效）

        POST /cgi-bin/media/upload
        Unconfirmed: an image's limit: 10 MB and 2 MB stand on the same page.
        """
    get: MediaGetCalls
    def uploadimg(self, *, media: Uploadable) -> MediaUploadimgAnswer:
        """Upload a picture for an article's text, below 1 MB; it has an address and is not in the library. 上传图文里的图片，得到地址（不占素材库，小于 1 MB）

        POST /cgi-bin/media/uploadimg
        """

class SemanticSemproxyCalls:
    def search(self, *, query: str, category: str, latitude: float | None = ..., longitude: float | None = ..., city: str | None = ..., region: str | None = ..., appid: str = ..., uid: str | None = ...) -> SemanticSemproxySearchAnswer:
        """What a sentence means. 语义理解

        POST /semantic/semproxy/search
        Unconfirmed: whether the service still answers.
        """

class SemanticCalls:
    semproxy: SemanticSemproxyCalls

class CvOcrCalls:
    def idcard(self, *, type: Literal["photo", "scan"] | None = ..., img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrIdcardAnswer:
        """Read an identity card. 身份证识别

        POST /cv/ocr/idcard
        """
    def bankcard(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrBankcardAnswer:
        """Read a bank card. 银行卡识别

        POST /cv/ocr/bankcard
        """
    def driving(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrDrivingAnswer:
        """Read a vehicle licence. 行驶证识别

        POST /cv/ocr/driving
        """
    def drivinglicense(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrDrivinglicenseAnswer:
        """Read a driving licence. 驾驶证识别

        POST /cv/ocr/drivinglicense
        """
    def bizlicense(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrBizlicenseAnswer:
        """Read a business licence. 营业执照识别

        POST /cv/ocr/bizlicense
        """
    def comm(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrCommAnswer:
        """Read printed text. 通用印刷体识别

        POST /cv/ocr/comm
        """
    def platenum(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrPlatenumAnswer:
        """Read a number plate. 车牌识别

        POST /cv/ocr/platenum
        """
    def menu(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvOcrMenuAnswer:
        """Read a menu. 菜单识别

        POST /cv/ocr/menu
        """

class CvImgCalls:
    def qrcode(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgQrcodeAnswer:
        """Read the QR and bar codes in a picture. 识别图片中的二维码、条码

        POST /cv/img/qrcode
        """
    def superresolution(self, *, img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgSuperresolutionAnswer:
        """Make a picture sharper. 图片高清化

        POST /cv/img/superresolution
        """
    def aicrop(self, *, ratios: str | None = ..., img_url: str | None = ..., img: Uploadable | None = ...) -> CvImgAicropAnswer:
        """Where to crop a picture. 图片智能裁剪

        POST /cv/img/aicrop
        """

class CvCalls:
    ocr: CvOcrCalls
    img: CvImgCalls

class TicketCalls:
    def getticket(self, *, type: Literal["jsapi", "wx_card"]) -> TicketGetticketAnswer:
        """Fetch the ticket of the JS-SDK or of cards. 获取 JS-SDK 或卡券的 ticket

        GET /cgi-bin/ticket/getticket
        """

class CallbackCalls:
    def check(self, *, action: Literal["dns", "ping", "all"], check_operator: Literal["CHINANET", "UNICOM", "CAP", "DEFAULT"]) -> CallbackCheckAnswer:
        """Let WeChat resolve and ping this account's server. 网络检测：从微信一侧解析并 ping 服务器地址

        POST /cgi-bin/callback/check
        """

class ClearQuotaCalls:
    def __call__(self, *, appid: str = ...) -> Answer:
        """Set today's call counts to zero; ten times a month, the console's included. 把今天的接口调用次数清零（每月 10 次）

        POST /cgi-bin/clear_quota
        """
    def v2(self, *, appid: str = ..., appsecret: str = ...) -> Answer:
        """Set the call counts to zero by AppSecret, without a token. 用 AppSecret 把接口调用次数清零

        POST /cgi-bin/clear_quota/v2
        Unconfirmed: whether the two go in the body or in the address.
        """

class OpenapiQuotaCalls:
    def get(self, *, cgi_path: str) -> OpenapiQuotaGetAnswer:
        """The daily quota of one endpoint: limit, used, remaining. 查询某个接口今天的额度

        POST /cgi-bin/openapi/quota/get
        """
    def clear(self, *, cgi_path: str) -> Answer:
        """Set today's calls of one endpoint to zero; 50 times a month. 把某个接口今天的调用次数清零（每月 50 次）

        POST /cgi-bin/openapi/quota/clear
        Unconfirmed: whether other paths than those under /channels/ec/ are taken: the page says both.
        """

class OpenapiRidCalls:
    def get(self, *, rid: str) -> OpenapiRidGetAnswer:
        """What a failed call was, by the rid in its errmsg; kept for seven days. 按 rid 查询一次失败的调用（七天内）

        POST /cgi-bin/openapi/rid/get
        """

class OpenapiCalls:
    quota: OpenapiQuotaCalls
    rid: OpenapiRidCalls

class CardCodeCalls:
    def get(self, *, code: str | None = ..., card_id: str | None = ..., check_consume: bool | None = ..., **more: object) -> dict[str, object]:
        """One code. 查询 code

        POST /card/code/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def consume(self, *, code: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Redeem a code. 核销 code

        POST /card/code/consume
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def decrypt(self, *, encrypt_code: str, **more: object) -> dict[str, object]:
        """Decrypt a code. code 解码

        POST /card/code/decrypt
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def deposit(self, *, card_id: str | None = ..., code: Sequence[str] | None = ..., **more: object) -> dict[str, object]:
        """Import codes. 导入 code

        POST /card/code/deposit
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getdepositcount(self, *, card_id: str, **more: object) -> dict[str, object]:
        """How many codes were imported. 查询导入的 code 数目

        POST /card/code/getdepositcount
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def checkcode(self, *, card_id: str | None = ..., code: Sequence[str] | None = ..., **more: object) -> dict[str, object]:
        """Which codes were imported. 核查 code

        POST /card/code/checkcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mark(self, *, code: str | None = ..., card_id: str | None = ..., openid: str | None = ..., is_mark: bool | None = ..., **more: object) -> dict[str, object]:
        """Mark a code of a shared coupon. 标记 code（朋友的券）

        POST /card/code/mark
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unavailable(self, *, code: str | None = ..., card_id: str | None = ..., reason: str | None = ..., **more: object) -> dict[str, object]:
        """Make a follower's card void. 使卡券失效

        POST /card/code/unavailable
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, card_id: str | None = ..., code: str | None = ..., new_code: str | None = ..., **more: object) -> dict[str, object]:
        """Change a code. 更改 code

        POST /card/code/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardQrcodeCalls:
    def create(self, *, action_name: str | None = ..., expire_seconds: int | None = ..., openid: str | None = ..., code: str | None = ..., is_unique_code: bool | None = ..., card_id: str | None = ..., outer_str: str | None = ..., card: Mapping[str, object] | None = ..., action_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Make the QR code of cards. 创建卡券二维码

        POST /card/qrcode/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardLandingpageCalls:
    def create(self, *, page_title: str | None = ..., can_share: bool | None = ..., card_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Make a shelf of cards. 创建卡券货架

        POST /card/landingpage/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMpnewsCalls:
    def gethtml(self, *, card_id: str, **more: object) -> dict[str, object]:
        """The HTML of a card for an article. 图文消息群发卡券的代码

        POST /card/mpnews/gethtml
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardTestwhitelistCalls:
    def set(self, *, openid: str | None = ..., username: str | None = ..., **more: object) -> dict[str, object]:
        """Who may see unreviewed cards. 设置测试白名单

        POST /card/testwhitelist/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardUserCalls:
    def getcardlist(self, *, openid: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """The cards of a follower. 获取用户已领取的卡券

        POST /card/user/getcardlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardPaycellCalls:
    def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., **more: object) -> dict[str, object]:
        """Switch payment by card. 设置买单

        POST /card/paycell/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardSelfconsumecellCalls:
    def set(self, *, card_id: str | None = ..., is_open: bool | None = ..., need_verify_cod: bool | None = ..., need_remark_amount: bool | None = ..., **more: object) -> dict[str, object]:
        """Switch self-service redemption. 设置自助核销

        POST /card/selfconsumecell/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardLocationCalls:
    def batchadd(self, **more: object) -> dict[str, object]:
        """Import shops. 批量导入门店

        POST /card/location/batchadd
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 拉取门店列表

        POST /card/location/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardStorewxaCalls:
    def get(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """The card of a shop's mini-program. 查询门店小程序的卡券

        POST /card/storewxa/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def set(self, *, poi_id: int | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Set the card of a shop's mini-program. 设置门店小程序的卡券

        POST /card/storewxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardBoardingpassCalls:
    def checkin(self, *, code: str | None = ..., passenger_name: str | None = ..., class_: str | None = ..., etkt_bnr: str | None = ..., seat: str | None = ..., gate: str | None = ..., is_cancel: bool | None = ..., boarding_time: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Check in on a boarding pass. 更新飞机票

        POST /card/boardingpass/checkin
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMeetingticketCalls:
    def updateuser(self, **more: object) -> dict[str, object]:
        """Update a conference ticket. 更新会议门票

        POST /card/meetingticket/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMovieticketCalls:
    def updateuser(self, *, code: str | None = ..., ticket_class: str | None = ..., show_time: str | None = ..., duration: object | None = ..., screening_room: str | None = ..., seat_number: str | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Update a cinema ticket. 更新电影票

        POST /card/movieticket/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardLuckymoneyCalls:
    def updateuserbalance(self, *, code: str | None = ..., balance: int | None = ..., card_id: str | None = ..., **more: object) -> dict[str, object]:
        """Update a red packet's balance. 更新红包余额

        POST /card/luckymoney/updateuserbalance
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGeneralcardCalls:
    def activate(self, **more: object) -> dict[str, object]:
        """Activate a general card. 激活通用卡

        POST /card/generalcard/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unactivate(self, *, card_id: str | None = ..., code: str | None = ..., **more: object) -> dict[str, object]:
        """Take back an activation. 撤销激活通用卡

        POST /card/generalcard/unactivate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateuser(self, **more: object) -> dict[str, object]:
        """Update a general card. 更新通用卡

        POST /card/generalcard/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardActivateCalls:
    def __call__(self, *, membership_number: str | None = ..., code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., activate_begin_time: int | None = ..., activate_end_time: int | None = ..., init_bonus: int | None = ..., init_bonus_record: str | None = ..., init_balance: int | None = ..., init_custom_field_value1: str | None = ..., init_custom_field_value2: str | None = ..., init_custom_field_value3: str | None = ..., **more: object) -> dict[str, object]:
        """Activate a member card. 激活会员卡

        POST /card/membercard/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def geturl(self, *, card_id: str | None = ..., outer_str: str | None = ..., **more: object) -> dict[str, object]:
        """The parameters of the activation page. 获取开卡插件参数

        POST /card/membercard/activate/geturl
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardActivatetempinfoCalls:
    def get(self, *, activate_ticket: str, **more: object) -> dict[str, object]:
        """What a customer entered at activation. 获取用户提交的开卡资料

        POST /card/membercard/activatetempinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardActivateuserformCalls:
    def set(self, *, card_id: str | None = ..., service_statement: str | None = ..., bind_old_card: str | None = ..., required_form: object | None = ..., optional_form: object | None = ..., **more: object) -> dict[str, object]:
        """Set the activation form. 设置开卡字段

        POST /card/membercard/activateuserform/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardUserinfoCalls:
    def get(self, *, card_id: str | None = ..., code: str | None = ..., **more: object) -> dict[str, object]:
        """One member. 拉取会员信息

        POST /card/membercard/userinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMembercardCalls:
    activate: CardMembercardActivateCalls
    activatetempinfo: CardMembercardActivatetempinfoCalls
    activateuserform: CardMembercardActivateuserformCalls
    def updateuser(self, *, code: str | None = ..., card_id: str | None = ..., background_pic_url: str | None = ..., add_bonus: int | None = ..., record_bonus: object | None = ..., add_balance: int | None = ..., record_balance: object | None = ..., custom_field_value1: str | None = ..., custom_field_value2: str | None = ..., custom_field_value3: str | None = ..., notify_optional: object | None = ..., **more: object) -> dict[str, object]:
        """Update a member. 更新会员信息

        POST /card/membercard/updateuser
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    userinfo: CardMembercardUserinfoCalls

class CardPaygiftcardCalls:
    def add(self, *, rule_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a card given after payment. 设置支付后投放卡券

        POST /card/paygiftcard/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, type: str | None = ..., effective: object | None = ..., offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of such rules. 批量查询支付后投放规则

        POST /card/paygiftcard/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, rule_id: str, **more: object) -> dict[str, object]:
        """Delete such a rule. 删除支付后投放规则

        POST /card/paygiftcard/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, rule_id: str, **more: object) -> dict[str, object]:
        """One such rule. 查询支付后投放规则

        POST /card/paygiftcard/getbyid
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardPaygiftmembercardCalls:
    def add(self, **more: object) -> dict[str, object]:
        """Make payers members. 增加支付即会员规则

        POST /card/paygiftmembercard/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, **more: object) -> dict[str, object]:
        """Make payers members no longer. 删除支付即会员规则

        POST /card/paygiftmembercard/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, mchid: str, **more: object) -> dict[str, object]:
        """Whether payers become members. 查询支付即会员规则

        POST /card/paygiftmembercard/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMktActivityCalls:
    def create(self, **more: object) -> dict[str, object]:
        """Make a discount campaign. 创建支付后领取立减金活动

        POST /card/mkt/activity/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardMktCalls:
    activity: CardMktActivityCalls

class CardGiftcardPageCalls:
    def add(self, *, page: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Make a gift-card page. 创建礼品卡货架

        POST /card/giftcard/page/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, page_id: int, **more: object) -> dict[str, object]:
        """One gift-card page. 查询礼品卡货架

        POST /card/giftcard/page/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, page: Mapping[str, object] | None = ..., page_id: int | None = ..., banner_pic_url: str | None = ..., theme_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Change a gift-card page. 修改礼品卡货架

        POST /card/giftcard/page/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, **more: object) -> dict[str, object]:
        """All gift-card pages. 查询礼品卡货架列表

        POST /card/giftcard/page/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardMaintainCalls:
    def set(self, *, page_id: int | None = ..., all: bool | None = ..., maintain: bool | None = ..., **more: object) -> dict[str, object]:
        """Close a gift-card page. 下架礼品卡货架

        POST /card/giftcard/maintain/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardOrderCalls:
    def get(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One gift-card order. 查询礼品卡订单

        POST /card/giftcard/order/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, begin_time: int | None = ..., end_time: int | None = ..., sort_type: int | None = ..., offset: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of gift-card orders. 批量查询礼品卡订单

        POST /card/giftcard/order/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def refund(self, *, order_id: str, **more: object) -> dict[str, object]:
        """Refund a gift-card order. 礼品卡订单退款

        POST /card/giftcard/order/refund
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayWhitelistCalls:
    def add(self, *, sub_mch_id: str, **more: object) -> dict[str, object]:
        """Ask for gift cards by WeChat Pay. 申请微信支付礼品卡权限

        POST /card/giftcard/pay/whitelist/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPaySubmchCalls:
    def bind(self, *, sub_mch_id: str | None = ..., wxa_appid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a merchant. 绑定商户号

        POST /card/giftcard/pay/submch/bind
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayWxaCalls:
    def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page. 上传小程序代码包

        POST /card/giftcard/pay/wxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardPayCalls:
    whitelist: CardGiftcardPayWhitelistCalls
    submch: CardGiftcardPaySubmchCalls
    wxa: CardGiftcardPayWxaCalls

class CardGiftcardWxaCalls:
    def set(self, *, wxa_appid: str | None = ..., page_id: int | None = ..., **more: object) -> dict[str, object]:
        """Set the mini-program of a page, older name. 上传小程序代码包（旧名）

        POST /card/giftcard/wxa/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardGiftcardCalls:
    page: CardGiftcardPageCalls
    maintain: CardGiftcardMaintainCalls
    order: CardGiftcardOrderCalls
    pay: CardGiftcardPayCalls
    wxa: CardGiftcardWxaCalls

class CardPayCalls:
    def activate(self, **more: object) -> dict[str, object]:
        """Open the coin account. 开通券点账户

        GET /card/pay/activate
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def confirm(self, *, card_id: str | None = ..., order_id: str | None = ..., quantity: int | None = ..., **more: object) -> dict[str, object]:
        """Confirm an exchange of stock. 确认兑换库存

        POST /card/pay/confirm
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getcoinsinfo(self, **more: object) -> dict[str, object]:
        """The coin balance. 查询券点余额

        GET /card/pay/getcoinsinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorder(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One coin order. 查询券点订单

        POST /card/pay/getorder
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorderlist(self, *, filters: Sequence[object], **more: object) -> dict[str, object]:
        """A page of coin orders. 查询券点流水

        POST /card/pay/getorderlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpayprice(self, *, card_id: str | None = ..., quantity: int | None = ..., **more: object) -> dict[str, object]:
        """The price of a coupon. 对优惠券批价

        POST /card/pay/getpayprice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def recharge(self, *, coin_count: int, **more: object) -> dict[str, object]:
        """Buy coins. 充值券点

        POST /card/pay/recharge
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardSubmerchantCalls:
    def submit(self, **more: object) -> dict[str, object]:
        """Add a sub-merchant. 创建子商户

        POST /card/submerchant/submit
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, **more: object) -> dict[str, object]:
        """Change a sub-merchant. 更新子商户

        POST /card/submerchant/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, merchant_id: str, **more: object) -> dict[str, object]:
        """One sub-merchant. 拉取子商户

        POST /card/submerchant/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, begin_id: int | None = ..., limit: int | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """A page of sub-merchants. 批量拉取子商户

        POST /card/submerchant/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardInvoiceBizCalls:
    def getselecttitleurl(self, *, attach: str | None = ..., biz_name: str | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer picks an invoice title. 获取用户提交发票抬头的链接

        POST /card/invoice/biz/getselecttitleurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getusertitleurl(self, *, user_fill: int | None = ..., title: str | None = ..., phone: str | None = ..., tax_no: str | None = ..., addr: str | None = ..., bank_type: str | None = ..., bank_no: str | None = ..., out_title_id: object | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer adds an invoice title. 获取添加发票抬头的链接

        POST /card/invoice/biz/getusertitleurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardInvoicePlatformCalls:
    def createcard(self, *, invoice_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make the card of an invoice. 创建发票卡券模板

        POST /card/invoice/platform/createcard
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setpdf(self, *, pdf: Uploadable, **more: object) -> dict[str, object]:
        """Upload an invoice's PDF. 上传发票 PDF

        POST /card/invoice/platform/setpdf
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpdf(self, *, action: str | None = ..., s_media_id: str | None = ..., **more: object) -> dict[str, object]:
        """The address of an uploaded PDF. 查询已上传的 PDF

        POST /card/invoice/platform/getpdf
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updatestatus(self, *, card_id: str | None = ..., code: str | None = ..., reimburse_status: str | None = ..., **more: object) -> dict[str, object]:
        """Set the state of an invoice's card. 更新发票卡券状态

        POST /card/invoice/platform/updatestatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardInvoiceReimburseCalls:
    def getinvoiceinfo(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., **more: object) -> dict[str, object]:
        """An invoice to be reimbursed. 查询报销发票

        POST /card/invoice/reimburse/getinvoiceinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getinvoicebatch(self, *, item_list: Sequence[object], **more: object) -> dict[str, object]:
        """Several invoices to be reimbursed. 批量查询报销发票

        POST /card/invoice/reimburse/getinvoicebatch
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateinvoicestatus(self, *, card_id: str | None = ..., encrypt_code: str | None = ..., reimburse_status: str | None = ..., **more: object) -> dict[str, object]:
        """Set the state of a reimbursement. 更新发票报销状态

        POST /card/invoice/reimburse/updateinvoicestatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updatestatusbatch(self, *, openid: str | None = ..., reimburse_status: str | None = ..., invoice_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Set the state of several reimbursements. 批量更新发票报销状态

        POST /card/invoice/reimburse/updatestatusbatch
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class CardInvoiceCalls:
    biz: CardInvoiceBizCalls
    def scantitle(self, *, scan_text: str, **more: object) -> dict[str, object]:
        """The invoice title in a scanned code. 解析扫到的发票抬头二维码

        POST /card/invoice/scantitle
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def seturl(self, **more: object) -> dict[str, object]:
        """The identification of the invoicing platform. 获取开票平台标识

        POST /card/invoice/seturl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setbizattr(self, *, action: str | None = ..., auth_field: Mapping[str, object] | None = ..., s_pappid: str | None = ..., **more: object) -> dict[str, object]:
        """Set or read contact data, authorisation fields and merchants. 设置与查询商户联系信息、授权页字段、关联商户

        POST /card/invoice/setbizattr
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getauthurl(self, *, s_pappid: str | None = ..., order_id: str | None = ..., money: int | None = ..., timestamp: int | None = ..., source: int | None = ..., ticket: str | None = ..., type: str | None = ..., redirect_url: str | None = ..., **more: object) -> dict[str, object]:
        """The address where a customer authorises an invoice. 获取授权页链接

        POST /card/invoice/getauthurl
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getauthdata(self, *, s_pappid: str | None = ..., order_id: str | None = ..., **more: object) -> dict[str, object]:
        """Whether a customer has authorised. 查询授权完成状态

        POST /card/invoice/getauthdata
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def rejectinsert(self, *, s_pappid: str | None = ..., order_id: str | None = ..., reason: str | None = ..., url: str | None = ..., **more: object) -> dict[str, object]:
        """Refuse an invoice. 拒绝开票

        POST /card/invoice/rejectinsert
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def insert(self, *, order_id: str | None = ..., card_id: str | None = ..., appid: str | None = ..., card_ext: object | None = ..., **more: object) -> dict[str, object]:
        """Put an invoice into a customer's wallet. 将电子发票插入用户卡包

        POST /card/invoice/insert
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def makeoutinvoice(self, *, invoiceinfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make out an invoice. 开具发票

        POST /card/invoice/makeoutinvoice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def clearoutinvoice(self, *, invoiceinfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Cancel an invoice. 发票冲红

        POST /card/invoice/clearoutinvoice
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def queryinvoceinfo(self, *, fpqqlsh: str | None = ..., nsrsbh: str | None = ..., **more: object) -> dict[str, object]:
        """Look up an invoice. 查询发票

        POST /card/invoice/queryinvoceinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    platform: CardInvoicePlatformCalls
    reimburse: CardInvoiceReimburseCalls

class CardCalls:
    def create(self, *, card: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a card. 创建卡券

        POST /card/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, card_id: str, **more: object) -> dict[str, object]:
        """One card. 查看卡券

        POST /card/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def batchget(self, *, offset: int | None = ..., count: int | None = ..., status_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """A page of cards. 批量查询卡券

        POST /card/batchget
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, card_id: str | None = ..., member_card: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a card. 更改卡券

        POST /card/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, card_id: str, **more: object) -> dict[str, object]:
        """Delete a card. 删除卡券

        POST /card/delete
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modifystock(self, *, card_id: str | None = ..., increase_stock_value: int | None = ..., reduce_stock_value: int | None = ..., **more: object) -> dict[str, object]:
        """Change a card's stock. 修改库存

        POST /card/modifystock
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getcolors(self, **more: object) -> dict[str, object]:
        """The colours of cards. 获取卡券颜色

        GET /card/getcolors
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getapplyprotocol(self, **more: object) -> dict[str, object]:
        """The categories open for cards. 获取卡券开放类目

        GET /card/getapplyprotocol
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
    def __call__(self, *, component_appid: str = ...) -> Answer:
        """Set the call counts of the platform itself to zero. 把第三方平台自己的接口调用次数清零

        POST /cgi-bin/component/clear_quota
        """
    def v2(self, *, appid: str, component_appid: str = ..., appsecret: str = ...) -> Answer:
        """Set call counts to zero by the platform's AppSecret: its own, or those of an account. 用平台的 AppSecret 把接口调用次数清零：平台自己的，或一个授权账号的

        POST /cgi-bin/component/clear_quota/v2
        """

class ComponentCalls:
    def api_component_token(self, *, component_appid: str = ..., component_appsecret: str = ..., component_verify_ticket: str) -> ComponentApiComponentTokenAnswer:
        """The platform's token, for the ticket that WeChat pushes. 用微信推送的 ticket 换取第三方平台的 token

        POST /cgi-bin/component/api_component_token
        """
    def api_create_preauthcode(self, *, component_appid: str = ...) -> ComponentApiCreatePreauthcodeAnswer:
        """A code for the authorisation page; it lives about half an hour. 获取预授权码（约 30 分钟有效）

        POST /cgi-bin/component/api_create_preauthcode
        """
    def api_query_auth(self, *, component_appid: str = ..., authorization_code: str) -> ComponentApiQueryAuthAnswer:
        """An account's tokens for its authorisation code. 用授权码换取授权信息

        POST /cgi-bin/component/api_query_auth
        """
    def api_authorizer_token(self, *, component_appid: str = ..., authorizer_appid: str, authorizer_refresh_token: str) -> ComponentApiAuthorizerTokenAnswer:
        """An account's next token. 刷新授权方的 token

        POST /cgi-bin/component/api_authorizer_token
        """
    def api_get_authorizer_info(self, *, component_appid: str = ..., authorizer_appid: str) -> ComponentApiGetAuthorizerInfoAnswer:
        """What is known of an account. 获取授权方的信息

        POST /cgi-bin/component/api_get_authorizer_info
        """
    def api_get_authorizer_list(self, *, component_appid: str = ..., offset: int, count: int) -> ComponentApiGetAuthorizerListAnswer:
        """A page of accounts. 拉取所有授权方

        POST /cgi-bin/component/api_get_authorizer_list
        """
    def api_get_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"]) -> ComponentApiGetAuthorizerOptionAnswer:
        """An option of an account. 获取授权方的选项

        POST /cgi-bin/component/api_get_authorizer_option
        """
    def api_set_authorizer_option(self, *, component_appid: str = ..., authorizer_appid: str, option_name: Literal["location_report", "voice_recognize", "customer_service"], option_value: str) -> Answer:
        """Set an option of an account. 设置授权方的选项

        POST /cgi-bin/component/api_set_authorizer_option
        """
    def api_confirm_authorization(self, *, component_appid: str = ..., **more: object) -> dict[str, object]:
        """Confirm an authorisation. 确认授权

        POST /cgi-bin/component/api_confirm_authorization
        """
    def batchget_card_merchant(self, *, next_get: str | None = ..., **more: object) -> dict[str, object]:
        """A page of card merchants. 批量拉取卡券子商户

        POST /cgi-bin/component/batchget_card_merchant
        """
    def get_card_merchant(self, *, appid: str | None = ..., **more: object) -> dict[str, object]:
        """One card merchant. 拉取卡券子商户

        POST /cgi-bin/component/get_card_merchant
        """
    def check_card_agent_qualification(self) -> ComponentCheckCardAgentQualificationAnswer:
        """Whether the platform may make cards. 查询代制资格

        GET /cgi-bin/component/check_card_agent_qualification
        """
    def check_card_merchant_qualification(self, *, appid: str | None = ..., **more: object) -> ComponentCheckCardMerchantQualificationAnswer:
        """Whether a merchant may have cards. 查询子商户资格

        POST /cgi-bin/component/check_card_merchant_qualification
        """
    def upload_card_agent_qualification(self, *, register_capital: int | None = ..., business_license_media_id: str | None = ..., tax_registration_certificate_media_id: str | None = ..., last_quarter_tax_listing_media_id: str | None = ..., **more: object) -> dict[str, object]:
        """Hand in the platform's papers. 上传代制资格

        POST /cgi-bin/component/upload_card_agent_qualification
        """
    def upload_card_merchant_qualification(self, *, appid: str | None = ..., name: str | None = ..., logo_meida_id: str | None = ..., business_license_media_id: str | None = ..., operator_id_card_media_id: str | None = ..., agreement_file_media_id: str | None = ..., primary_category_id: int | None = ..., secondary_category_id: int | None = ..., **more: object) -> dict[str, object]:
        """Hand in a merchant's papers. 上传子商户资格

        POST /cgi-bin/component/upload_card_merchant_qualification
        """
    clear_quota: ComponentClearQuotaCalls

class OpenCalls:
    def create(self, *, appid: str) -> OpenCreateAnswer:
        """Make an open-platform account and bind to it. 创建开放平台账号并绑定

        POST /cgi-bin/open/create
        """
    def bind(self, *, appid: str, open_appid: str) -> Answer:
        """Bind to an open-platform account. 绑定到开放平台账号

        POST /cgi-bin/open/bind
        """
    def unbind(self, *, appid: str, open_appid: str) -> Answer:
        """Leave an open-platform account. 从开放平台账号解绑

        POST /cgi-bin/open/unbind
        """
    def get(self, *, appid: str) -> OpenGetAnswer:
        """The open-platform account bound to. 获取绑定的开放平台账号

        POST /cgi-bin/open/get
        """

class AccountCalls:
    def fastregister(self, *, ticket: str) -> AccountFastregisterAnswer:
        """Register a mini-program for the owner of an account. 复用公众号主体快速注册小程序

        POST /cgi-bin/account/fastregister
        Unconfirmed: whether the last two of the answer are true or "true".
        """

class MessageCustomCalls:
    def send(self, *, touser: str, msgtype: Literal["text", "image", "voice", "video", "music", "news", "mpnews", "mpnewsarticle", "msgmenu", "wxcard", "miniprogrampage"], text: Text | None = ..., image: MediaId | None = ..., voice: MediaId | None = ..., video: VideoMessage | None = ..., music: MusicMessage | None = ..., news: NewsMessage | None = ..., mpnews: MediaId | None = ..., mpnewsarticle: ArticleId | None = ..., msgmenu: MenuMessage | None = ..., wxcard: CardId | None = ..., miniprogrampage: MiniProgramPage | None = ..., customservice: KfFrom | None = ..., aimsgcontext: AiContext | None = ...) -> Answer:
        """Send a customer-service message: 5 within 48 h of a follower's message, 3 within a minute of a click, follow or scan. 发送客服消息：用户来信后 48 小时内 5 条；点菜单、关注、扫码后 1 分钟内 3 条

        POST /cgi-bin/message/custom/send
        Unconfirmed: the length of a text; msgmenu is refused for the sandbox.
        """
    def typing(self, *, touser: str, command: Literal["Typing", "CancelTyping"]) -> Answer:
        """Show or hide "typing" for about 15 seconds. 显示或取消“正在输入”

        POST /cgi-bin/message/custom/typing
        """

class MessageMassSpeedCalls:
    def get(self) -> MessageMassSpeedGetAnswer:
        """How fast mass messages go out. 查询群发速度

        POST /cgi-bin/message/mass/speed/get
        """
    def set(self, *, speed: int) -> Answer:
        """Set how fast mass messages go out: 0 fastest, 4 slowest. 设置群发速度（0 最快，4 最慢）

        POST /cgi-bin/message/mass/speed/set
        """

class MessageMassCalls:
    def sendall(self, *, filter: MassFilter, msgtype: Literal["mpnews", "text", "voice", "images", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., images: MassImages | None = ..., mpvideo: MassMedia | None = ..., wxcard: MassCard | None = ..., send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ...) -> MessageMassSendallAnswer:
        """Send to all followers, or to those with a tag. 群发给全部粉丝或一个标签

        POST /cgi-bin/message/mass/sendall
        """
    def send(self, *, touser: Sequence[str], msgtype: Literal["mpnews", "text", "voice", "images", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., images: MassImages | None = ..., mpvideo: MassVideo | None = ..., wxcard: MassCard | None = ..., send_ignore_reprint: Literal[0, 1] | None = ..., clientmsgid: str | None = ...) -> MessageMassSendAnswer:
        """Send to a list of followers. 群发给一批 openid

        POST /cgi-bin/message/mass/send
        """
    def preview(self, *, touser: str | None = ..., towxname: str | None = ..., msgtype: Literal["mpnews", "text", "voice", "image", "mpvideo", "wxcard"], text: MassText | None = ..., mpnews: MassMedia | None = ..., voice: MassMedia | None = ..., image: MassMedia | None = ..., mpvideo: MassMedia | None = ..., wxcard: MassCard | None = ...) -> MessageMassPreviewAnswer:
        """Show a mass message to one follower first; 100 a day. 预览群发（每天 100 次）

        POST /cgi-bin/message/mass/preview
        """
    def delete(self, *, msg_id: int | None = ..., article_idx: int | None = ..., url: str | None = ...) -> Answer:
        """Delete what was sent; articles and videos only. 删除群发（仅图文与视频）

        POST /cgi-bin/message/mass/delete
        """
    def get(self, *, msg_id: int) -> MessageMassGetAnswer:
        """What became of a mass message. 查询群发状态

        POST /cgi-bin/message/mass/get
        """
    speed: MessageMassSpeedCalls

class MessageTemplateCalls:
    def send(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., client_msg_id: str | None = ..., data: Mapping[str, TemplateValue]) -> MessageTemplateSendAnswer:
        """Send a template message; its outcome comes as an event. 发送模板消息

        POST /cgi-bin/message/template/send
        """
    def subscribe(self, *, touser: str, template_id: str, url: str | None = ..., miniprogram: MiniProgram | None = ..., scene: str, title: str, data: Mapping[str, TemplateValue]) -> Answer:
        """Send the one message that a follower agreed to. 发送一次性订阅消息

        POST /cgi-bin/message/template/subscribe
        """

class MessageSubscribeCalls:
    def bizsend(self, *, touser: str, template_id: str, page: str | None = ..., miniprogram: MiniProgram | None = ..., data: Mapping[str, TemplateValue]) -> Answer:
        """Send a subscription notice; one grant, one notice. 发送订阅通知（授权一次，可发一条）

        POST /cgi-bin/message/subscribe/bizsend
        """

class MessageWxopenTemplateCalls:
    def uniform_send(self, *, touser: str, weapp_template_msg: Mapping[str, object] | None = ..., mp_template_msg: Mapping[str, object] | None = ...) -> Answer:
        """The uniform service message of mini-programs. 统一服务消息

        POST /cgi-bin/message/wxopen/template/uniform_send
        Retired: gone since 2023-09-20: it answers 45109.
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
    def add(self, *, kf_account: str, nickname: str, password: str | None = ...) -> Answer:
        """Add a customer-service account. 添加客服账号

        POST /customservice/kfaccount/add
        """
    def update(self, *, kf_account: str, nickname: str, password: str | None = ...) -> Answer:
        """Change a customer-service account's name. 修改客服账号

        POST /customservice/kfaccount/update
        """
    def del_(self, *, kf_account: str) -> Answer:
        """Delete a customer-service account. 删除客服账号

        POST /customservice/kfaccount/del
        """
    def inviteworker(self, *, kf_account: str, invite_wx: str) -> Answer:
        """Invite a WeChat user to work as this account. 邀请微信用户绑定客服账号

        POST /customservice/kfaccount/inviteworker
        """
    def uploadheadimg(self, *, kf_account: str, media: Uploadable) -> Answer:
        """Set the picture of a customer-service account. 设置客服头像

        POST /customservice/kfaccount/uploadheadimg
        """

class CustomserviceKfsessionCalls:
    def create(self, *, kf_account: str, openid: str, text: str | None = ...) -> Answer:
        """Give a follower to a customer-service account. 创建会话

        POST /customservice/kfsession/create
        """
    def close(self, *, kf_account: str, openid: str, text: str | None = ...) -> Answer:
        """End a session. 关闭会话

        POST /customservice/kfsession/close
        """
    def getsession(self, *, openid: str) -> CustomserviceKfsessionGetsessionAnswer:
        """The session of a follower. 查询用户的会话

        GET /customservice/kfsession/getsession
        """
    def getsessionlist(self, *, kf_account: str) -> CustomserviceKfsessionGetsessionlistAnswer:
        """The sessions of a customer-service account. 查询客服的会话

        GET /customservice/kfsession/getsessionlist
        """
    def getwaitcase(self) -> CustomserviceKfsessionGetwaitcaseAnswer:
        """Followers that wait for someone. 查询等待接入的会话

        GET /customservice/kfsession/getwaitcase
        """

class CustomserviceMsgrecordCalls:
    def getmsglist(self, *, starttime: int, endtime: int, msgid: int, number: int) -> CustomserviceMsgrecordGetmsglistAnswer:
        """The records of chats, over 24 hours at most. 查询聊天记录（跨度不超过 24 小时）

        POST /customservice/msgrecord/getmsglist
        """
    def getrecord(self, *, starttime: int, endtime: int, pagesize: int, pageindex: int) -> CustomserviceMsgrecordGetrecordAnswer:
        """The records of chats, older form. 查询聊天记录（旧版）

        POST /customservice/msgrecord/getrecord
        Retired: use getmsglist.
        """

class CustomserviceCalls:
    def getkflist(self) -> CustomserviceGetkflistAnswer:
        """All customer-service accounts. 获取所有客服账号

        GET /cgi-bin/customservice/getkflist
        """
    def getonlinekflist(self) -> CustomserviceGetonlinekflistAnswer:
        """The customer-service accounts that are online. 获取在线的客服

        GET /cgi-bin/customservice/getonlinekflist
        """
    kfaccount: CustomserviceKfaccountCalls
    kfsession: CustomserviceKfsessionCalls
    msgrecord: CustomserviceMsgrecordCalls

class DatacubeCalls:
    def getusersummary(self, *, begin_date: str, end_date: str) -> DatacubeGetusersummaryAnswer:
        """Followers gained and lost; 7 days at a time. 用户增减（一次最多 7 天）

        POST /datacube/getusersummary
        """
    def getusercumulate(self, *, begin_date: str, end_date: str) -> DatacubeGetusercumulateAnswer:
        """Followers in all; 7 days at a time. 累计用户（一次最多 7 天）

        POST /datacube/getusercumulate
        """
    def getarticlesummary(self, *, begin_date: str, end_date: str) -> DatacubeGetarticlesummaryAnswer:
        """Articles sent, by day; 1 day at a time. 图文群发每日数据（一次最多 1 天）

        POST /datacube/getarticlesummary
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getarticletotal(self, *, begin_date: str, end_date: str) -> DatacubeGetarticletotalAnswer:
        """Articles sent, over their life; 1 day at a time. 图文群发总数据（一次最多 1 天）

        POST /datacube/getarticletotal
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getuserread(self, *, begin_date: str, end_date: str) -> DatacubeGetuserreadAnswer:
        """Reads; 3 days at a time. 图文统计（一次最多 3 天）

        POST /datacube/getuserread
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getuserreadhour(self, *, begin_date: str, end_date: str) -> DatacubeGetuserreadhourAnswer:
        """Reads, by hour; 1 day at a time. 图文统计，按小时（一次最多 1 天）

        POST /datacube/getuserreadhour
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getusershare(self, *, begin_date: str, end_date: str) -> DatacubeGetusershareAnswer:
        """Shares; 7 days at a time. 图文转发（一次最多 7 天）

        POST /datacube/getusershare
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getusersharehour(self, *, begin_date: str, end_date: str) -> DatacubeGetusersharehourAnswer:
        """Shares, by hour; 1 day at a time. 图文转发，按小时（一次最多 1 天）

        POST /datacube/getusersharehour
        Retired: no longer maintained: use getarticleread, getarticleshare, getbizsummary, getarticletotaldetail.
        """
    def getupstreammsg(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgAnswer:
        """Messages received; 7 days at a time. 消息概况（一次最多 7 天）

        POST /datacube/getupstreammsg
        """
    def getupstreammsghour(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsghourAnswer:
        """Messages received, by hour; 1 day at a time. 消息概况，按小时（一次最多 1 天）

        POST /datacube/getupstreammsghour
        """
    def getupstreammsgweek(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgweekAnswer:
        """Messages received, by week; 30 days at a time. 消息概况，按周（一次最多 30 天）

        POST /datacube/getupstreammsgweek
        """
    def getupstreammsgmonth(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgmonthAnswer:
        """Messages received, by month; 30 days at a time. 消息概况，按月（一次最多 30 天）

        POST /datacube/getupstreammsgmonth
        """
    def getupstreammsgdist(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistAnswer:
        """How many sent how much; 15 days at a time. 消息分布（一次最多 15 天）

        POST /datacube/getupstreammsgdist
        """
    def getupstreammsgdistweek(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistweekAnswer:
        """How many sent how much, by week; 30 days at a time. 消息分布，按周（一次最多 30 天）

        POST /datacube/getupstreammsgdistweek
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.
        """
    def getupstreammsgdistmonth(self, *, begin_date: str, end_date: str) -> DatacubeGetupstreammsgdistmonthAnswer:
        """How many sent how much, by month; 30 days at a time. 消息分布，按月（一次最多 30 天）

        POST /datacube/getupstreammsgdistmonth
        Unconfirmed: the most days: 30 in older documentation, 15 in the current one.
        """
    def getinterfacesummary(self, *, begin_date: str, end_date: str) -> DatacubeGetinterfacesummaryAnswer:
        """Calls of your server and their times; 30 days at a time. 接口分析（一次最多 30 天）

        POST /datacube/getinterfacesummary
        """
    def getinterfacesummaryhour(self, *, begin_date: str, end_date: str) -> DatacubeGetinterfacesummaryhourAnswer:
        """Calls of your server, by hour; 1 day at a time. 接口分析，按小时（一次最多 1 天）

        POST /datacube/getinterfacesummaryhour
        """
    def getarticleread(self, *, begin_date: str, end_date: str) -> DatacubeGetarticlereadAnswer:
        """Reads of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日阅读（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleread
        """
    def getarticleshare(self, *, begin_date: str, end_date: str) -> DatacubeGetarticleshareAnswer:
        """Shares of articles, by day; 1 day at a time, from 2025-11-01 on. 发表内容每日分享（一次 1 天，2025-11-01 起）

        POST /datacube/getarticleshare
        """
    def getarticletotaldetail(self, *, begin_date: str, end_date: str) -> DatacubeGetarticletotaldetailAnswer:
        """What became of the articles of a day within 30 days; 1 day at a time. 发表内容的详细数据，发表后 30 天内（一次 1 天）

        POST /datacube/getarticletotaldetail
        """
    def getbizsummary(self, *, begin_date: str, end_date: str) -> DatacubeGetbizsummaryAnswer:
        """All articles in sum, by day; 30 days at a time. 发表内容概况（一次最多 30 天）

        POST /datacube/getbizsummary
        """
    def getcardbizuininfo(self, *, begin_date: str, end_date: str, cond_source: int) -> DatacubeGetcardbizuininfoAnswer:
        """Cards, in sum. 卡券概况

        POST /datacube/getcardbizuininfo
        """
    def getcardcardinfo(self, *, begin_date: str, end_date: str, cond_source: int, card_id: str | None = ...) -> DatacubeGetcardcardinfoAnswer:
        """Free cards. 免费券数据

        POST /datacube/getcardcardinfo
        """
    def getcardmembercardinfo(self, *, begin_date: str, end_date: str, cond_source: int) -> DatacubeGetcardmembercardinfoAnswer:
        """Member cards, in sum. 会员卡概况

        POST /datacube/getcardmembercardinfo
        """
    def getcardmembercarddetail(self, *, begin_date: str, end_date: str, card_id: str) -> DatacubeGetcardmembercarddetailAnswer:
        """One member card. 单张会员卡数据

        POST /datacube/getcardmembercarddetail
        """

class PublisherCalls:
    def stat(self, *, action: Literal["publisher_adpos_general", "publisher_cps_general", "publisher_settlement"], page: int, page_size: int, start_date: str, end_date: str, ad_slot: str | None = ...) -> PublisherStatAnswer:
        """A publisher's figures: by advertising slot, goods on commission, or settled income. 流量主数据：分广告位、返佣商品、结算收入

        GET /publisher/stat
        """

class DeviceCalls:
    def transmsg(self, *, device_type: str | None = ..., device_id: str | None = ..., open_id: str | None = ..., msg_type: str | None = ..., device_status: object | None = ..., **more: object) -> dict[str, object]:
        """Send to a device. 推送消息给设备

        POST /device/transmsg
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def create_qrcode(self, *, device_num: int | None = ..., device_id_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Make devices' QR codes. 获取设备二维码

        POST /device/create_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def authorize_device(self, *, device_num: int | None = ..., device_list: Sequence[object] | None = ..., op_type: int | None = ..., product_id: str | None = ..., **more: object) -> dict[str, object]:
        """Authorise devices. 授权设备

        POST /device/authorize_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getqrcode(self, *, product_id: str, **more: object) -> dict[str, object]:
        """A device id and its QR code. 获取 deviceid 和二维码

        GET /device/getqrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def bind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a user. 绑定设备

        POST /device/bind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unbind(self, *, ticket: str | None = ..., device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Unbind a device. 解绑设备

        POST /device/unbind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def compel_bind(self, *, device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind without asking. 强制绑定

        POST /device/compel_bind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def compel_unbind(self, *, device_id: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Unbind without asking. 强制解绑

        POST /device/compel_unbind
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_stat(self, *, device_id: str, **more: object) -> dict[str, object]:
        """A device's state. 查询设备状态

        GET /device/get_stat
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def verify_qrcode(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Check a QR code. 验证二维码

        POST /device/verify_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_openid(self, *, device_type: str | None = ..., device_id: str | None = ..., **more: object) -> dict[str, object]:
        """The users of a device. 获取设备绑定的用户

        GET /device/get_openid
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_bind_device(self, *, openid: str, **more: object) -> dict[str, object]:
        """The devices of a user. 获取用户绑定的设备

        GET /device/get_bind_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IlinkApiMmiotCalls:
    def get_device_qrcode(self, *, ilink_im_sdk_id: str | None = ..., payload: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """A device's QR code. 获取设备二维码

        POST /ilink/api/mmiot/get_device_qrcode
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def reset_public_device(self, *, ilink_im_sdk_id: str, **more: object) -> dict[str, object]:
        """Reset a public device. 重置公共设备

        POST /ilink/api/mmiot/reset_public_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IlinkApiCalls:
    def cloud_register_device(self, *, product_id: str | None = ..., iot_device_list: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Register a device (iLink). 注册设备（iLink）

        POST /ilink/api/cloud_register_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_device_ticket(self, *, ilink_im_sdk_id: str | None = ..., user_openid: str | None = ..., ticket_scene: str | None = ..., **more: object) -> dict[str, object]:
        """A device's ticket. 获取设备票据

        POST /ilink/api/get_device_ticket
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    mmiot: IlinkApiMmiotCalls
    def reset_device(self, *, ilink_im_sdk_id: str, **more: object) -> dict[str, object]:
        """Reset a device. 重置设备

        POST /ilink/api/reset_device
        Retired: the device platform takes no new users.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IlinkCalls:
    api: IlinkApiCalls

class DraftCalls:
    def add(self, *, articles: Sequence[DraftArticle]) -> DraftAddAnswer:
        """Add a draft. 新建草稿

        POST /cgi-bin/draft/add
        Unconfirmed: the current page says content of 2 KB beside 20,000 characters.
        """
    def get(self, *, media_id: str) -> DraftGetAnswer:
        """One draft. 获取草稿

        POST /cgi-bin/draft/get
        """
    def delete(self, *, media_id: str) -> Answer:
        """Delete a draft. 删除草稿

        POST /cgi-bin/draft/delete
        """
    def update(self, *, media_id: str, index: int, articles: DraftArticle) -> Answer:
        """Change one article of a draft. 修改草稿里的一篇文章

        POST /cgi-bin/draft/update
        """
    def count(self) -> DraftCountAnswer:
        """How many drafts there are. 获取草稿总数

        GET /cgi-bin/draft/count
        """
    def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ...) -> DraftBatchgetAnswer:
        """A page of drafts. 获取草稿列表

        POST /cgi-bin/draft/batchget
        """
    def switch(self, *, checkonly: Literal[0, 1] | None = ...) -> DraftSwitchAnswer:
        """The switch of the trial period. 草稿箱开关（内测期）

        POST /cgi-bin/draft/switch
        Retired: drafts are open to every account.
        """

class ChannelsEcServiceProductCalls:
    def getcardinfo(self, *, product_id: str, article_type: Literal["news", "newspic"], card_type: Literal[0, 1, 2, 3]) -> ChannelsEcServiceProductGetcardinfoAnswer:
        """What a product's card is in an article's content. 获取文章里商品卡片的 DOM 结构

        POST /channels/ec/service/product/getcardinfo
        """

class ChannelsEcServiceCalls:
    product: ChannelsEcServiceProductCalls

class ChannelsEcCalls:
    service: ChannelsEcServiceCalls

class ChannelsCalls:
    ec: ChannelsEcCalls

class FreepublishCalls:
    def submit(self, *, media_id: str) -> FreepublishSubmitAnswer:
        """Publish a draft; followers are not notified, the outcome comes as an event. 发布草稿（不通知粉丝；结果另行推送）

        POST /cgi-bin/freepublish/submit
        """
    def get(self, *, publish_id: str) -> FreepublishGetAnswer:
        """What became of a publication. 查询发布状态

        POST /cgi-bin/freepublish/get
        """
    def delete(self, *, article_id: str, index: int | None = ...) -> Answer:
        """Delete what was published: one article by its place from 1, or all by 0. 删除发布（序号从 1 起，0 为全部）

        POST /cgi-bin/freepublish/delete
        """
    def getarticle(self, *, article_id: str) -> FreepublishGetarticleAnswer:
        """A published article. 获取已发布的文章

        POST /cgi-bin/freepublish/getarticle
        """
    def batchget(self, *, offset: int, count: int, no_content: Literal[0, 1] | None = ...) -> FreepublishBatchgetAnswer:
        """A page of publications. 获取成功发布的列表

        POST /cgi-bin/freepublish/batchget
        """

class CommentReplyCalls:
    def add(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int, content: str) -> Answer:
        """Answer a comment. 回复留言

        POST /cgi-bin/comment/reply/add
        """
    def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Delete the answer to a comment. 删除回复

        POST /cgi-bin/comment/reply/delete
        """

class CommentCalls:
    def open(self, *, msg_data_id: int, index: int | None = ...) -> Answer:
        """Allow comments on an article. 打开文章的留言

        POST /cgi-bin/comment/open
        """
    def close(self, *, msg_data_id: int, index: int | None = ...) -> Answer:
        """Allow no more comments on an article. 关闭文章的留言

        POST /cgi-bin/comment/close
        """
    def list(self, *, msg_data_id: int, index: int | None = ..., begin: int, count: int, type: Literal[0, 1, 2]) -> CommentListAnswer:
        """A page of an article's comments. 查看文章的留言

        POST /cgi-bin/comment/list
        """
    def markelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Show a comment to everybody. 将留言标记为精选

        POST /cgi-bin/comment/markelect
        """
    def unmarkelect(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """No longer show a comment to everybody. 取消精选

        POST /cgi-bin/comment/unmarkelect
        """
    def delete(self, *, msg_data_id: int, index: int | None = ..., user_comment_id: int) -> Answer:
        """Delete a comment. 删除留言

        POST /cgi-bin/comment/delete
        """
    reply: CommentReplyCalls

class GuideCalls:
    def addguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., **more: object) -> dict[str, object]:
        """Put a guide into a group. 分组内添加顾问

        POST /cgi-bin/guide/addguide2guidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Add a guide. 添加顾问

        POST /cgi-bin/guide/addguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidebuyerdisplaytag(self, *, openid: str | None = ..., display_tag_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Set what is shown of a customer. 设置自定义客户信息

        POST /cgi-bin/guide/addguidebuyerdisplaytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidebuyerrelation(self, *, buyer_list: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Give customers to a guide. 为顾问分配客户

        POST /cgi-bin/guide/addguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidebuyertag(self, *, tag_value: str | None = ..., openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Tag customers. 为客户设置标签

        POST /cgi-bin/guide/addguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidemassendjob(self, *, task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a mass message of a guide. 添加群发任务

        POST /cgi-bin/guide/addguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def addguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Add values to a tag. 为标签添加可选值

        POST /cgi-bin/guide/addguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def cancelguidemassendjob(self, *, task_id: int, **more: object) -> dict[str, object]:
        """Cancel a mass message. 取消群发任务

        POST /cgi-bin/guide/cancelguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguide2guidegroup(self, *, group_id: int | None = ..., guide_account: str | None = ..., **more: object) -> dict[str, object]:
        """Take a guide out of a group. 分组内删除顾问

        POST /cgi-bin/guide/delguide2guidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a guide. 删除顾问

        POST /cgi-bin/guide/delguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidebuyerrelation(self, *, openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Take customers from a guide. 为顾问移除客户

        POST /cgi-bin/guide/delguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidebuyertag(self, *, tag_value: str | None = ..., openid_list: Sequence[str] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Take a tag off customers. 删除客户标签

        POST /cgi-bin/guide/delguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidecardmaterial(self, *, type: int | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a mini-program card. 删除小程序卡片素材

        POST /cgi-bin/guide/delguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidegroup(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group of guides. 删除顾问分组

        POST /cgi-bin/guide/delguidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguideimagematerial(self, *, type: int | None = ..., picurl: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a picture. 删除图片素材

        POST /cgi-bin/guide/delguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidetagoption(self, *, tag_name: str, **more: object) -> dict[str, object]:
        """Delete a tag. 删除标签类型

        POST /cgi-bin/guide/delguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., **more: object) -> dict[str, object]:
        """Delete a text. 删除文字素材

        POST /cgi-bin/guide/delguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getgroupbyguide(self, *, guide_account: str, **more: object) -> dict[str, object]:
        """The groups of a guide. 获取顾问所在分组

        POST /cgi-bin/guide/getgroupbyguide
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getgroupinfo(self, *, group_id: int | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The guides of a group. 获取分组内顾问信息

        POST /cgi-bin/guide/getgroupinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """One guide. 获取顾问信息

        POST /cgi-bin/guide/getguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideacctconfig(self, **more: object) -> dict[str, object]:
        """Forbidden words and the reply while offline. 获取敏感词与离线自动回复

        POST /cgi-bin/guide/getguideacctconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideacctlist(self, *, page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of guides. 获取顾问列表

        POST /cgi-bin/guide/getguideacctlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyerchatrecord(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., begin_time: int | None = ..., end_time: int | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's chats. 获取顾问聊天记录

        POST /cgi-bin/guide/getguidebuyerchatrecord
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyerdisplaytag(self, *, openid: str | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """What is shown of a customer. 获取自定义客户信息

        POST /cgi-bin/guide/getguidebuyerdisplaytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """How a guide and a customer stand. 查询顾问和客户的关系

        POST /cgi-bin/guide/getguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyerrelationbybuyer(self, *, openid: str, **more: object) -> dict[str, object]:
        """The guide of a customer. 查询客户所属顾问

        POST /cgi-bin/guide/getguidebuyerrelationbybuyer
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyerrelationlist(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., page: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """A page of a guide's customers. 获取顾问的客户列表

        POST /cgi-bin/guide/getguidebuyerrelationlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidebuyertag(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """The tags of a customer. 查询客户标签

        POST /cgi-bin/guide/getguidebuyertag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidecardmaterial(self, *, type: int, **more: object) -> dict[str, object]:
        """The mini-program cards. 查询小程序卡片素材

        POST /cgi-bin/guide/getguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideconfig(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """A guide's quick replies and greeting. 获取快捷回复与关注自动回复

        POST /cgi-bin/guide/getguideconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidegrouplist(self, **more: object) -> dict[str, object]:
        """All groups of guides. 获取所有顾问分组

        POST /cgi-bin/guide/getguidegrouplist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguideimagematerial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The pictures. 查询图片素材

        POST /cgi-bin/guide/getguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidemassendjob(self, *, task_id: int, **more: object) -> dict[str, object]:
        """One mass message. 获取群发任务

        POST /cgi-bin/guide/getguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidemassendjoblist(self, *, task_status: int | None = ..., offset: int | None = ..., limit: int | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """A page of mass messages. 获取群发任务列表

        POST /cgi-bin/guide/getguidemassendjoblist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidetagoption(self, **more: object) -> dict[str, object]:
        """All tags and their values. 获取标签和可选值

        POST /cgi-bin/guide/getguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getguidewordmaterial(self, *, type: int | None = ..., start: int | None = ..., num: int | None = ..., **more: object) -> dict[str, object]:
        """The texts. 查询文字素材

        POST /cgi-bin/guide/getguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def guidecreateqrcode(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., qrcode_info: str | None = ..., **more: object) -> dict[str, object]:
        """Make a guide's QR code. 生成顾问二维码

        POST /cgi-bin/guide/guidecreateqrcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def newguidegroup(self, *, group_name: str, **more: object) -> dict[str, object]:
        """Add a group of guides. 新建顾问分组

        POST /cgi-bin/guide/newguidegroup
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def newguidetagoption(self, *, tag_name: str | None = ..., tag_values: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Add a tag. 新建标签类型

        POST /cgi-bin/guide/newguidetagoption
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def pushshowwxapathmenu(self, *, wxa_appid: str | None = ..., wx_username: str | None = ..., **more: object) -> dict[str, object]:
        """Let a WeChat user copy mini-program paths. 允许复制小程序页面路径

        POST /cgi-bin/guide/pushshowwxapathmenu
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def queryguidebuyerbytag(self, *, push_count: int | None = ..., tag_values: Sequence[object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., **more: object) -> dict[str, object]:
        """The customers with some tags. 根据标签筛选客户

        POST /cgi-bin/guide/queryguidebuyerbytag
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def rebindguideacctforbuyer(self, *, old_guide_account: str | None = ..., old_guide_openid: str | None = ..., new_guide_account: str | None = ..., new_guide_openid: str | None = ..., openid_list: Sequence[str] | None = ..., openid: str | None = ..., **more: object) -> dict[str, object]:
        """Give customers to another guide. 为客户更换顾问

        POST /cgi-bin/guide/rebindguideacctforbuyer
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setguideacctconfig(self, *, values: Sequence[object] | None = ..., content: str | None = ..., is_delete: object | None = ..., black_keyword: str | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Set forbidden words and the reply while offline. 设置敏感词与离线自动回复

        POST /cgi-bin/guide/setguideacctconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setguidecardmaterial(self, *, type: int | None = ..., media_id: str | None = ..., title: str | None = ..., path: str | None = ..., appid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a mini-program card. 添加小程序卡片素材

        POST /cgi-bin/guide/setguidecardmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setguideconfig(self, *, content: str | None = ..., is_delete: object | None = ..., guide_fast_reply_list: Sequence[object] | None = ..., guide_auto_reply: Mapping[str, object] | None = ..., guide_auto_reply_plus: Mapping[str, object] | None = ..., guide_account: str | None = ..., guide_openid: str | None = ..., msgtype: str | None = ..., **more: object) -> dict[str, object]:
        """Set a guide's quick replies and greeting. 设置快捷回复与关注自动回复

        POST /cgi-bin/guide/setguideconfig
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setguideimagematerial(self, *, media_id: str | None = ..., type: int | None = ..., **more: object) -> dict[str, object]:
        """Add a picture. 添加图片素材

        POST /cgi-bin/guide/setguideimagematerial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setguidewordmaterial(self, *, type: int | None = ..., word: str | None = ..., **more: object) -> dict[str, object]:
        """Add a text. 添加文字素材

        POST /cgi-bin/guide/setguidewordmaterial
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateguideacct(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., guide_headimgurl: str | None = ..., guide_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Change a guide. 修改顾问

        POST /cgi-bin/guide/updateguideacct
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateguidebuyerrelation(self, *, guide_account: str | None = ..., guide_openid: str | None = ..., openid: str | None = ..., buyer_nickname: str | None = ..., **more: object) -> dict[str, object]:
        """Change a customer's name. 修改客户昵称

        POST /cgi-bin/guide/updateguidebuyerrelation
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updateguidemassendjob(self, *, task_id: int | None = ..., task_name: str | None = ..., task_remark: str | None = ..., push_time: int | None = ..., openid: str | None = ..., material: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Change a mass message. 修改群发任务

        POST /cgi-bin/guide/updateguidemassendjob
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingUserActionSetsCalls:
    def add(self, *, version: str | None = ..., type: str | None = ..., name: str | None = ..., description: str | None = ..., **more: object) -> dict[str, object]:
        """Add a source of user actions. 创建用户行为数据源

        POST /marketing/user_action_sets/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, version: str | None = ..., user_action_set_id: str | None = ..., **more: object) -> dict[str, object]:
        """The sources of user actions. 查询用户行为数据源

        GET /marketing/user_action_sets/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingUserActionSetReportsCalls:
    def get(self, *, user_action_set_id: str | None = ..., date_range: Mapping[str, object] | None = ..., time_granularity: str | None = ..., aggregation: str | None = ..., version: str | None = ..., **more: object) -> dict[str, object]:
        """The report of a source. 查询数据源报表

        GET /marketing/user_action_set_reports/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingUserActionsCalls:
    def add(self, *, version: str | None = ..., actions: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Report user actions. 上报用户行为

        POST /marketing/user_actions/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingWechatAdLeadsCalls:
    def get(self, *, date_range: Mapping[str, object] | None = ..., filtering: Sequence[object] | None = ..., page: Mapping[str, object] | None = ..., page_size: int | None = ..., version: str | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Leads from advertisements. 获取朋友圈销售线索

        GET /marketing/wechat_ad_leads/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MarketingCalls:
    user_action_sets: MarketingUserActionSetsCalls
    user_action_set_reports: MarketingUserActionSetReportsCalls
    user_actions: MarketingUserActionsCalls
    wechat_ad_leads: MarketingWechatAdLeadsCalls

class CityserviceCalls:
    def sendchannelmsg(self, **more: object) -> dict[str, object]:
        """Send a city service's message. 发送城市服务消息

        POST /cityservice/sendchannelmsg
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MaterialCalls:
    def add_material(self, *, type: Literal["image", "voice", "video", "thumb"], media: Uploadable, description: VideoDescription | None = ...) -> MaterialAddMaterialAnswer:
        """Upload a permanent medium. 上传永久素材

        POST /cgi-bin/material/add_material
        """
    def get_material(self, *, media_id: str) -> Media:
        """A permanent medium; articles and videos answer in JSON. 获取永久素材；图文与视频返回 JSON

        POST /cgi-bin/material/get_material
        """
    def del_material(self, *, media_id: str) -> Answer:
        """Delete a permanent medium. 删除永久素材

        POST /cgi-bin/material/del_material
        """
    def get_materialcount(self) -> MaterialGetMaterialcountAnswer:
        """How many permanent media there are. 获取永久素材的数量

        GET /cgi-bin/material/get_materialcount
        """
    def batchget_material(self, *, type: Literal["image", "video", "voice", "news"], offset: int, count: int) -> MaterialBatchgetMaterialAnswer:
        """A page of permanent media. 获取永久素材列表

        POST /cgi-bin/material/batchget_material
        """
    def add_news(self, *, articles: Sequence[Mapping[str, object]]) -> MaterialAddNewsAnswer:
        """Add articles to the library. 新增永久图文素材

        POST /cgi-bin/material/add_news
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/add.
        """
    def update_news(self, *, media_id: str, index: int, articles: Mapping[str, object]) -> Answer:
        """Change an article of the library. 修改永久图文素材

        POST /cgi-bin/material/update_news
        Retired: superseded by drafts in 2022: use /cgi-bin/draft/update.
        """

class MenuCalls:
    def create(self, *, button: Sequence[Button]) -> Answer:
        """Replace the whole default menu. 创建默认菜单（整个替换）

        POST /cgi-bin/menu/create
        """
    def get(self) -> MenuGetAnswer:
        """The menu and conditional menus that were made by this API. 查询用接口创建的菜单和个性化菜单

        GET /cgi-bin/menu/get
        """
    def delete(self) -> Answer:
        """Delete the default menu and every conditional one. 删除默认菜单和所有个性化菜单

        GET /cgi-bin/menu/delete
        """
    def addconditional(self, *, button: Sequence[Button], matchrule: MatchRule) -> MenuAddconditionalAnswer:
        """Add a menu for those followers that a rule matches. 创建个性化菜单

        POST /cgi-bin/menu/addconditional
        Unconfirmed: sex, region and language rules were withdrawn in 2021/22.
        """
    def delconditional(self, *, menuid: str) -> Answer:
        """Delete one conditional menu. 删除个性化菜单

        POST /cgi-bin/menu/delconditional
        """
    def trymatch(self, *, user_id: str) -> MenuTrymatchAnswer:
        """Which menu a follower sees. 测试个性化菜单：某个用户看到哪个菜单

        POST /cgi-bin/menu/trymatch
        """

class MerchantCategoryCalls:
    def getsub(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """Sub-categories. 获取子分类

        POST /merchant/category/getsub
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getsku(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """The SKUs of a category. 获取分类的 SKU

        POST /merchant/category/getsku
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getproperty(self, *, cate_id: str, **more: object) -> dict[str, object]:
        """The properties of a category. 获取分类的属性

        POST /merchant/category/getproperty
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantStockCalls:
    def add(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Add stock. 增加库存

        POST /merchant/stock/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def reduce(self, *, product_id: str | None = ..., quantity: int | None = ..., sku_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Take stock. 减少库存

        POST /merchant/stock/reduce
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantExpressCalls:
    def add(self, *, delivery_template: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a postage template. 增加邮费模板

        POST /merchant/express/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, template_id: str, **more: object) -> dict[str, object]:
        """Delete a postage template. 删除邮费模板

        POST /merchant/express/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, template_id: str | None = ..., delivery_template: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a postage template. 修改邮费模板

        POST /merchant/express/update
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, template_id: str, **more: object) -> dict[str, object]:
        """One postage template. 获取邮费模板

        POST /merchant/express/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getall(self, **more: object) -> dict[str, object]:
        """All postage templates. 获取所有邮费模板

        GET /merchant/express/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantGroupCalls:
    def add(self, *, group_detail: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a group. 增加分组

        POST /merchant/group/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /merchant/group/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def propertymod(self, *, group_id: int | None = ..., group_name: str | None = ..., **more: object) -> dict[str, object]:
        """Change a group. 修改分组属性

        POST /merchant/group/propertymod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def productmod(self, *, group_id: int | None = ..., product: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a group's goods. 修改分组商品

        POST /merchant/group/productmod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getall(self, **more: object) -> dict[str, object]:
        """All groups. 获取所有分组

        GET /merchant/group/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, group_id: int, **more: object) -> dict[str, object]:
        """One group. 获取分组

        POST /merchant/group/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantShelfCalls:
    def add(self, *, shelf_id: str | None = ..., shelf_name: str | None = ..., shelf_banner: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., **more: object) -> dict[str, object]:
        """Add a shelf. 增加货架

        POST /merchant/shelf/add
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, shelf_id: str, **more: object) -> dict[str, object]:
        """Delete a shelf. 删除货架

        POST /merchant/shelf/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mod(self, *, shelf_id: str | None = ..., shelf_data: Mapping[str, object] | None = ..., m2: object | None = ..., m3: object | None = ..., m4: object | None = ..., m5: object | None = ..., **more: object) -> dict[str, object]:
        """Change a shelf. 修改货架

        POST /merchant/shelf/mod
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getall(self, **more: object) -> dict[str, object]:
        """All shelves. 获取所有货架

        GET /merchant/shelf/getall
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyid(self, *, shelf_id: str, **more: object) -> dict[str, object]:
        """One shelf. 获取货架

        POST /merchant/shelf/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantOrderCalls:
    def getbyid(self, *, order_id: str, **more: object) -> dict[str, object]:
        """One order. 获取订单

        POST /merchant/order/getbyid
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbyfilter(self, *, status: int | None = ..., begintime: int | None = ..., endtime: int | None = ..., **more: object) -> dict[str, object]:
        """Orders by state and time. 查询订单

        POST /merchant/order/getbyfilter
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setdelivery(self, *, order_id: str | None = ..., delivery_company: str | None = ..., delivery_track_no: str | None = ..., need_delivery: object | None = ..., is_others: object | None = ..., **more: object) -> dict[str, object]:
        """Say how an order is sent. 设置发货信息

        POST /merchant/order/setdelivery
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def close(self, *, order_id: str, **more: object) -> dict[str, object]:
        """Close an order. 关闭订单

        POST /merchant/order/close
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantCommonCalls:
    def upload_img(self, *, filename: str | None = ..., media: Uploadable, **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /merchant/common/upload_img
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class MerchantCalls:
    def create(self, **more: object) -> dict[str, object]:
        """Add goods. 增加商品

        POST /merchant/create
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_(self, *, product_id: str, **more: object) -> dict[str, object]:
        """Delete goods. 删除商品

        POST /merchant/del
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, product_id: str, **more: object) -> dict[str, object]:
        """Change goods. 修改商品

        POST /merchant/update
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, product_id: str, **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /merchant/get
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbystatus(self, *, status: int, **more: object) -> dict[str, object]:
        """Goods by state. 按状态查询商品

        POST /merchant/getbystatus
        Retired: the first Weixin shop is gone.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modproductstatus(self, *, product_id: str | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """Show goods or hide them. 商品上下架

        POST /merchant/modproductstatus
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
    def queryfee(self, **more: object) -> dict[str, object]:
        """What is due. 查询应收

        POST /nontax/queryfee
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def unifiedorder(self, **more: object) -> dict[str, object]:
        """Make an order. 支付下单

        POST /nontax/unifiedorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorder(self, **more: object) -> dict[str, object]:
        """One order. 查询订单

        POST /nontax/getorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getorderlist(self, **more: object) -> dict[str, object]:
        """A page of orders. 查询订单列表

        POST /nontax/getorderlist
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def refund(self, **more: object) -> dict[str, object]:
        """Refund. 退款

        POST /nontax/refund
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def micropay(self, **more: object) -> dict[str, object]:
        """Pay by code. 付款码付款

        POST /nontax/micropay
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def downloadbill(self, **more: object) -> dict[str, object]:
        """The day's bill. 下载对账单

        POST /nontax/downloadbill
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def notifyinconsistentorder(self, **more: object) -> dict[str, object]:
        """Report a wrong order. 通知不一致订单

        POST /nontax/notifyinconsistentorder
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mocknotification(self, **more: object) -> dict[str, object]:
        """Try the payment notice. 测试支付结果通知

        POST /nontax/mocknotification
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def mockqueryfee(self, **more: object) -> dict[str, object]:
        """Try the query. 测试查询应收

        POST /nontax/mockqueryfee
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def createbillcard(self, *, invoice_info: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a bill's card. 创建财政电子票据

        POST /nontax/createbillcard
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getbillauthurl(self, **more: object) -> dict[str, object]:
        """The address where a user authorises a bill. 获取授权页链接

        POST /nontax/getbillauthurl
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def insertbill(self, **more: object) -> dict[str, object]:
        """Put a bill into a user's wallet. 插入用户卡包

        POST /nontax/insertbill
        Retired: for contracted institutions only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class SnsOauth2ComponentCalls:
    def access_token(self, *, appid: str = ..., code: str, grant_type: Literal["authorization_code"] = ..., component_appid: str, component_access_token: str) -> SnsOauth2ComponentAccessTokenAnswer:
        """A user's access token for a code, on behalf of an account. 代公众号用 code 换取用户的 access_token

        GET /sns/oauth2/component/access_token
        """
    def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str, component_appid: str, component_access_token: str) -> SnsOauth2ComponentRefreshTokenAnswer:
        """A user's next access token, on behalf of an account. 代公众号刷新用户的 access_token

        GET /sns/oauth2/component/refresh_token
        """

class SnsOauth2Calls:
    def access_token(self, *, appid: str = ..., secret: str = ..., code: str, grant_type: Literal["authorization_code"] = ...) -> SnsOauth2AccessTokenAnswer:
        """A user's access token for the code of the login page; a code works once. 用 code 换取用户的 access_token（code 只能用一次）

        GET /sns/oauth2/access_token
        """
    def refresh_token(self, *, appid: str = ..., grant_type: Literal["refresh_token"] = ..., refresh_token: str) -> SnsOauth2RefreshTokenAnswer:
        """A user's next access token, within 30 days. 刷新用户的 access_token（30 天内）

        GET /sns/oauth2/refresh_token
        """
    component: SnsOauth2ComponentCalls

class SnsCalls:
    oauth2: SnsOauth2Calls
    def userinfo(self, *, access_token: str, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ...) -> SnsUserinfoAnswer:
        """What a user let the page know; sex and region are empty since 2021-10-20. 获取授权用户的信息（性别与地区自 2021-10-20 起为空）

        GET /sns/userinfo
        """
    def auth(self, *, access_token: str, openid: str) -> Answer:
        """Whether a user's access token is still good. 检验用户的 access_token

        GET /sns/auth
        """

class QrcodeCalls:
    def create(self, *, expire_seconds: int | None = ..., action_name: Literal["QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"], action_info: ActionInfo) -> QrcodeCreateAnswer:
        """Make a QR code with a scene: temporary for 30 days at most, or one of 100,000 permanent ones. 创建带参数的二维码（临时最长 30 天，永久最多十万个）

        POST /cgi-bin/qrcode/create
        """

class ShortenCalls:
    def gen(self, *, long_data: str, expire_seconds: int | None = ...) -> ShortenGenAnswer:
        """Make a short key for long data. 把长信息变成短 Key

        POST /cgi-bin/shorten/gen
        """
    def fetch(self, *, short_key: str) -> ShortenFetchAnswer:
        """The long data of a short key. 把短 Key 还原

        POST /cgi-bin/shorten/fetch
        """

class WxopenCalls:
    def qrcodejumpadd(self, *, prefix: str, appid: str, path: str, is_edit: Literal[0, 1], permit_sub_rule: Literal[1, 2] | None = ..., open_version: Literal[1, 2, 3] | None = ..., debug_url: Sequence[str] | None = ...) -> Answer:
        """Let a QR code with a scene open a mini-program: add a rule, or change one. 让带参数的二维码扫码后打开小程序：新增或修改规则

        POST /cgi-bin/wxopen/qrcodejumpadd
        """
    def qrcodejumpget(self, *, appid: str, get_type: Literal[0, 1, 2] | None = ..., prefix_list: Sequence[str] | None = ..., page_num: int | None = ..., page_size: int | None = ...) -> WxopenQrcodejumpgetAnswer:
        """The rules by which QR codes open a mini-program. 查询扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumpget
        """
    def qrcodejumppublish(self, *, prefix: str) -> Answer:
        """Publish a rule by which QR codes open a mini-program. 发布扫码打开小程序的规则

        POST /cgi-bin/wxopen/qrcodejumppublish
        """

class ScanMerchantinfoCalls:
    def get(self, **more: object) -> dict[str, object]:
        """The merchant's brands and categories. 获取商户信息

        GET /scan/merchantinfo/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanProductV2Calls:
    def add(self, *, product: Mapping[str, object], **more: object) -> dict[str, object]:
        """Import goods. 导入商品

        POST /scan/product/v2/add
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getinfo(self, *, product: Mapping[str, object] | None = ..., pid: object | None = ..., **more: object) -> dict[str, object]:
        """One of the imported goods. 获取商品

        POST /scan/product/v2/getinfo
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getinfobypage(self, *, page_context: str | None = ..., page_num: int | None = ..., page_size: int | None = ..., **more: object) -> dict[str, object]:
        """A page of imported goods. 获取商品列表

        POST /scan/product/v2/getinfobypage
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def status(self, *, status_ticket: str, **more: object) -> dict[str, object]:
        """How an import stands. 查询导入状态

        POST /scan/product/v2/status
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanProductCalls:
    def create(self, *, keystandard: str | None = ..., keystr: str | None = ..., brand_info: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Add goods. 创建商品

        POST /scan/product/create
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, keystandard: str | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """One of the goods. 查询商品

        POST /scan/product/get
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getlist(self, *, offset: int | None = ..., limit: int | None = ..., status: int | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """A page of goods. 批量查询商品

        POST /scan/product/getlist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, **more: object) -> dict[str, object]:
        """Change goods. 更新商品

        POST /scan/product/update
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def clear(self, *, keystandard: str | None = ..., keystr: str | None = ..., **more: object) -> dict[str, object]:
        """Delete goods. 清除商品

        POST /scan/product/clear
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modstatus(self, *, keystandard: str | None = ..., keystr: str | None = ..., status: int | None = ..., **more: object) -> dict[str, object]:
        """Publish goods or take them back. 提交审核或取消发布

        POST /scan/product/modstatus
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getqrcode(self, *, keystandard: str | None = ..., keystr: str | None = ..., extinfo: Mapping[str, object] | None = ..., qrcode_size: int | None = ..., **more: object) -> dict[str, object]:
        """The QR code of goods. 获取商品二维码

        POST /scan/product/getqrcode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    v2: ScanProductV2Calls

class ScanTestwhitelistCalls:
    def set(self, *, openid: str | None = ..., username: str | None = ..., userName: object | None = ..., **more: object) -> dict[str, object]:
        """Who may see unpublished goods. 设置测试人员

        POST /scan/testwhitelist/set
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanScanticketCalls:
    def check(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Check a scan's ticket. 检查 wxticket

        POST /scan/scanticket/check
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ScanCalls:
    merchantinfo: ScanMerchantinfoCalls
    product: ScanProductCalls
    testwhitelist: ScanTestwhitelistCalls
    scanticket: ScanScanticketCalls

class IntpMarketcodeCalls:
    def applycode(self, **more: object) -> dict[str, object]:
        """Ask for codes. 申请二维码

        POST /intp/marketcode/applycode
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applycodequery(self, **more: object) -> dict[str, object]:
        """How a request stands. 查询申请

        POST /intp/marketcode/applycodequery
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applycodedownload(self, **more: object) -> dict[str, object]:
        """The codes of a request. 下载二维码包

        POST /intp/marketcode/applycodedownload
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def codeactive(self, **more: object) -> dict[str, object]:
        """Activate codes. 激活二维码

        POST /intp/marketcode/codeactive
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def codeactivequery(self, **more: object) -> dict[str, object]:
        """Whether codes are active. 查询激活状态

        POST /intp/marketcode/codeactivequery
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def tickettocode(self, **more: object) -> dict[str, object]:
        """The code of a ticket. 用 ticket 换 code

        POST /intp/marketcode/tickettocode
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class IntpCalls:
    marketcode: IntpMarketcodeCalls

class ShakearoundAccountCalls:
    def register(self, **more: object) -> dict[str, object]:
        """Ask for the service. 申请开通

        POST /shakearound/account/register
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def auditstatus(self, **more: object) -> dict[str, object]:
        """Whether it was granted. 查询审核状态

        GET /shakearound/account/auditstatus
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundDeviceGroupCalls:
    def add(self, *, group_name: str, **more: object) -> dict[str, object]:
        """Add a group. 新增分组

        POST /shakearound/device/group/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, group_id: int | None = ..., group_name: str | None = ..., **more: object) -> dict[str, object]:
        """Rename a group. 编辑分组

        POST /shakearound/device/group/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, group_id: int, **more: object) -> dict[str, object]:
        """Delete a group. 删除分组

        POST /shakearound/device/group/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getlist(self, *, begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """A page of groups. 查询分组列表

        POST /shakearound/device/group/getlist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getdetail(self, *, group_id: int | None = ..., begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """One group. 查询分组详情

        POST /shakearound/device/group/getdetail
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def adddevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Put devices into a group. 添加设备到分组

        POST /shakearound/device/group/adddevice
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def deletedevice(self, *, group_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Take devices out of a group. 从分组移除设备

        POST /shakearound/device/group/deletedevice
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundDeviceCalls:
    def applyid(self, *, quantity: int | None = ..., apply_reason: str | None = ..., poi_id: int | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Ask for device ids. 申请设备 ID

        POST /shakearound/device/applyid
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def applystatus(self, *, apply_id: int, **more: object) -> dict[str, object]:
        """How a request stands. 查询设备 ID 申请状态

        POST /shakearound/device/applystatus
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, comment: str | None = ..., device_identifier: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Change a device. 编辑设备信息

        POST /shakearound/device/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def bindlocation(self, *, poi_id: int | None = ..., device_identifier: Mapping[str, object] | None = ..., type: str | None = ..., poi_appid: str | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to a shop. 绑定设备与门店

        POST /shakearound/device/bindlocation
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def search(self, *, begin: int | None = ..., count: int | None = ..., apply_id: int | None = ..., device_identifiers: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Find devices. 查询设备

        POST /shakearound/device/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def bindpage(self, *, page_ids: Sequence[object] | None = ..., bind: object | None = ..., append: object | None = ..., device_identifier: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Bind a device to pages. 绑定设备与页面

        POST /shakearound/device/bindpage
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    group: ShakearoundDeviceGroupCalls

class ShakearoundPageCalls:
    def add(self, *, title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Add a page. 新增页面

        POST /shakearound/page/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, page_id: int | None = ..., title: str | None = ..., description: str | None = ..., icon_url: str | None = ..., page_url: str | None = ..., comment: str | None = ..., **more: object) -> dict[str, object]:
        """Change a page. 编辑页面

        POST /shakearound/page/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def search(self, *, type: str | None = ..., begin: int | None = ..., count: int | None = ..., page_ids: Sequence[object] | None = ..., **more: object) -> dict[str, object]:
        """Find pages. 查询页面

        POST /shakearound/page/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, page_id: int, **more: object) -> dict[str, object]:
        """Delete a page. 删除页面

        POST /shakearound/page/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundMaterialCalls:
    def add(self, *, type: str | None = ..., media: Uploadable, **more: object) -> dict[str, object]:
        """Upload a picture. 上传图片

        POST /shakearound/material/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundRelationCalls:
    def search(self, *, type: str | None = ..., device_identifier: Mapping[str, object] | None = ..., page_id: int | None = ..., begin: int | None = ..., count: int | None = ..., **more: object) -> dict[str, object]:
        """Which devices show which pages. 查询设备与页面的关系

        POST /shakearound/relation/search
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundUserCalls:
    def getshakeinfo(self, *, ticket: str, **more: object) -> dict[str, object]:
        """Who shook where. 获取摇一摇的设备及用户信息

        POST /shakearound/user/getshakeinfo
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundStatisticsCalls:
    def device(self, *, device_identifier: Mapping[str, object] | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a device. 设备统计

        POST /shakearound/statistics/device
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def devicelist(self, *, date: int | None = ..., page_index: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all devices. 批量设备统计

        POST /shakearound/statistics/devicelist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def page(self, *, page_id: int | None = ..., begin_date: str | None = ..., end_date: str | None = ..., **more: object) -> dict[str, object]:
        """Statistics of a page. 页面统计

        POST /shakearound/statistics/page
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def pagelist(self, *, date: int | None = ..., page_index: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics of all pages. 批量页面统计

        POST /shakearound/statistics/pagelist
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class ShakearoundLotteryCalls:
    def addlotteryinfo(self, *, title: str | None = ..., desc: str | None = ..., onoff: int | None = ..., begin_time: int | None = ..., expire_time: object | None = ..., sponsor_appid: str | None = ..., total: int | None = ..., jumpurl: str | None = ..., key: str | None = ..., **more: object) -> dict[str, object]:
        """Add a lottery. 创建红包活动

        POST /shakearound/lottery/addlotteryinfo
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setprizebucket(self, *, lottery_id: str | None = ..., mchid: str | None = ..., sponsorapp_id: object | None = ..., prizeinfolist: object | None = ..., **more: object) -> dict[str, object]:
        """Fill a lottery. 录入红包

        POST /shakearound/lottery/setprizebucket
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def setlotteryswitch(self, *, lottery_id: str | None = ..., onoff: int | None = ..., **more: object) -> dict[str, object]:
        """Switch a lottery. 设置活动开关

        GET /shakearound/lottery/setlotteryswitch
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def querylottery(self, *, lottery_id: str, **more: object) -> dict[str, object]:
        """One lottery. 查询活动

        GET /shakearound/lottery/querylottery
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
    def addpoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., **more: object) -> dict[str, object]:
        """Add a shop. 创建门店

        POST /cgi-bin/poi/addpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpoi(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """One shop. 查询门店

        POST /cgi-bin/poi/getpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getpoilist(self, *, begin: int | None = ..., limit: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 查询门店列表

        POST /cgi-bin/poi/getpoilist
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def updatepoi(self, *, sid: str | None = ..., business_name: str | None = ..., branch_name: str | None = ..., province: str | None = ..., city: str | None = ..., district: str | None = ..., address: str | None = ..., telephone: str | None = ..., categories: object | None = ..., offset_type: int | None = ..., longitude: object | None = ..., latitude: object | None = ..., photo_list: Sequence[object] | None = ..., recommend: int | None = ..., **more: object) -> dict[str, object]:
        """Change a shop. 修改门店

        POST /cgi-bin/poi/updatepoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delpoi(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Delete a shop. 删除门店

        POST /cgi-bin/poi/delpoi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def getwxcategory(self, **more: object) -> dict[str, object]:
        """The categories of shops. 门店类目表

        GET /cgi-bin/poi/getwxcategory
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class WxaSecCalls:
    def queryblocktmplmsg(self, *, tmpl_msg_id: str | None = ..., largest_id: int | None = ..., limit: int | None = ...) -> WxaSecQueryblocktmplmsgAnswer:
        """Template messages that were blocked. 查询被拦截的模板消息

        POST /wxa/sec/queryblocktmplmsg
        """

class WxaCalls:
    def get_merchant_category(self, **more: object) -> dict[str, object]:
        """The categories of shop mini-programs. 拉取门店小程序类目

        GET /wxa/get_merchant_category
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def apply_merchant(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Make a shop mini-program. 创建门店小程序

        POST /wxa/apply_merchant
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_merchant_audit_info(self, **more: object) -> dict[str, object]:
        """Whether it passed. 查询门店小程序审核结果

        GET /wxa/get_merchant_audit_info
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def modify_merchant(self, **more: object) -> dict[str, object]:
        """Change a shop mini-program. 修改门店小程序

        POST /wxa/modify_merchant
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_district(self, **more: object) -> dict[str, object]:
        """Provinces, cities and districts. 拉取省市区

        GET /wxa/get_district
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def search_map_poi(self, *, districtid: str | None = ..., keyword: str | None = ..., **more: object) -> dict[str, object]:
        """Find a shop on the map. 在腾讯地图搜索门店

        POST /wxa/search_map_poi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def create_map_poi(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Put a shop on the map. 在腾讯地图创建门店

        POST /wxa/create_map_poi
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def add_store(self, *, baseInfo: Mapping[str, object], **more: object) -> dict[str, object]:
        """Add a shop to the mini-program. 添加门店

        POST /wxa/add_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update_store(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Change a shop of the mini-program. 更新门店

        POST /wxa/update_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_store_info(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """One shop of the mini-program. 获取门店

        POST /wxa/get_store_info
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get_store_list(self, *, offset: int | None = ..., limit: int | None = ..., **more: object) -> dict[str, object]:
        """A page of the mini-program's shops. 获取门店列表

        POST /wxa/get_store_list
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def del_store(self, *, poi_id: int, **more: object) -> dict[str, object]:
        """Delete a shop of the mini-program. 删除门店

        POST /wxa/del_store
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    sec: WxaSecCalls

class TemplateCalls:
    def api_set_industry(self, *, industry_id1: str, industry_id2: str) -> Answer:
        """Set the account's industries, once a month. 设置所属行业（每月一次）

        POST /cgi-bin/template/api_set_industry
        """
    def get_industry(self) -> TemplateGetIndustryAnswer:
        """The account's industries. 获取所属行业

        GET /cgi-bin/template/get_industry
        """
    def api_add_template(self, *, template_id_short: str, keyword_name_list: Sequence[str] | None = ...) -> TemplateApiAddTemplateAnswer:
        """Take a template from the library; 25 at most. 从模板库添加模板（最多 25 个）

        POST /cgi-bin/template/api_add_template
        """
    def get_all_private_template(self) -> TemplateGetAllPrivateTemplateAnswer:
        """The account's templates. 获取已添加的模板

        GET /cgi-bin/template/get_all_private_template
        """
    def del_private_template(self, *, template_id: str) -> Answer:
        """Delete a template. 删除模板

        POST /cgi-bin/template/del_private_template
        """

class WxaapiNewtmplCalls:
    def addtemplate(self, *, tid: str, kidList: Sequence[int] | None = ..., sceneDesc: str | None = ...) -> WxaapiNewtmplAddtemplateAnswer:
        """Take a notice's template. 选用订阅通知模板

        POST /wxaapi/newtmpl/addtemplate
        """
    def deltemplate(self, *, priTmplId: str) -> Answer:
        """Delete a notice's template. 删除订阅通知模板

        POST /wxaapi/newtmpl/deltemplate
        """
    def getcategory(self) -> WxaapiNewtmplGetcategoryAnswer:
        """The account's categories. 获取账号的类目

        GET /wxaapi/newtmpl/getcategory
        """
    def getpubtemplatekeywords(self, *, tid: str) -> WxaapiNewtmplGetpubtemplatekeywordsAnswer:
        """The keywords of a public template. 获取模板的关键词

        GET /wxaapi/newtmpl/getpubtemplatekeywords
        """
    def getpubtemplatetitles(self, *, ids: str, start: int, limit: int) -> WxaapiNewtmplGetpubtemplatetitlesAnswer:
        """Public templates of some categories. 获取类目下的公共模板

        GET /wxaapi/newtmpl/getpubtemplatetitles
        """
    def gettemplate(self) -> WxaapiNewtmplGettemplateAnswer:
        """The account's notice templates. 获取已选用的订阅通知模板

        GET /wxaapi/newtmpl/gettemplate
        """

class WxaapiCalls:
    newtmpl: WxaapiNewtmplCalls

class UserInfoCalls:
    def __call__(self, *, openid: str, lang: Literal["zh_CN", "zh_TW", "en"] | None = ...) -> UserInfoAnswer:
        """What is known of a follower; no nickname and picture since 2021-12-27. 获取一位粉丝的信息（2021-12-27 起没有昵称与头像）

        GET /cgi-bin/user/info
        """
    def batchget(self, *, user_list: Sequence[UserQuery]) -> UserInfoBatchgetAnswer:
        """What is known of up to 100 followers. 获取一批粉丝的信息（最多 100 位）

        POST /cgi-bin/user/info/batchget
        """
    def updateremark(self, *, openid: str, remark: str) -> Answer:
        """Set the remark on a follower. 设置粉丝的备注名

        POST /cgi-bin/user/info/updateremark
        """

class UserTagCalls:
    def get(self, *, tagid: int, next_openid: str | None = ...) -> UserTagGetAnswer:
        """The followers with a tag. 获取标签下的粉丝

        POST /cgi-bin/user/tag/get
        """

class UserCalls:
    info: UserInfoCalls
    def get(self, *, next_openid: str | None = ...) -> UserGetAnswer:
        """The followers' openids, 10,000 at a time. 获取粉丝列表（每次最多 10000）

        GET /cgi-bin/user/get
        """
    tag: UserTagCalls

class TagsMembersCalls:
    def batchtagging(self, *, openid_list: Sequence[str], tagid: int) -> Answer:
        """Tag up to 50 followers; 20 tags on each at most. 给粉丝打标签（每次最多 50 位，每人最多 20 个）

        POST /cgi-bin/tags/members/batchtagging
        """
    def batchuntagging(self, *, openid_list: Sequence[str], tagid: int) -> Answer:
        """Take a tag off up to 50 followers. 取消粉丝的标签

        POST /cgi-bin/tags/members/batchuntagging
        """
    def getblacklist(self, *, begin_openid: str | None = ...) -> TagsMembersGetblacklistAnswer:
        """The blacklist, 10,000 at a time. 获取黑名单

        POST /cgi-bin/tags/members/getblacklist
        """
    def batchblacklist(self, *, openid_list: Sequence[str]) -> Answer:
        """Block up to 20 followers. 拉黑粉丝（每次最多 20 位）

        POST /cgi-bin/tags/members/batchblacklist
        """
    def batchunblacklist(self, *, openid_list: Sequence[str]) -> Answer:
        """Block up to 20 followers no longer. 取消拉黑

        POST /cgi-bin/tags/members/batchunblacklist
        """

class TagsCalls:
    def create(self, *, tag: NewTag) -> TagsCreateAnswer:
        """Add a tag; 100 at most. 创建标签（最多 100 个）

        POST /cgi-bin/tags/create
        """
    def get(self) -> TagsGetAnswer:
        """All tags. 获取所有标签

        GET /cgi-bin/tags/get
        """
    def update(self, *, tag: ChangedTag) -> Answer:
        """Rename a tag. 修改标签名

        POST /cgi-bin/tags/update
        """
    def delete(self, *, tag: TagId) -> Answer:
        """Delete a tag. 删除标签

        POST /cgi-bin/tags/delete
        """
    members: TagsMembersCalls
    def getidlist(self, *, openid: str) -> TagsGetidlistAnswer:
        """The tags of a follower. 获取粉丝身上的标签

        POST /cgi-bin/tags/getidlist
        """

class GroupsMembersCalls:
    def update(self, *, openid: str, to_groupid: int) -> Answer:
        """Move a follower to a group. 移动粉丝分组

        POST /cgi-bin/groups/members/update
        Retired: superseded by tags.
        """
    def batchupdate(self, *, openid_list: Sequence[str], to_groupid: int) -> Answer:
        """Move followers to a group. 批量移动粉丝分组

        POST /cgi-bin/groups/members/batchupdate
        Retired: superseded by tags.
        """

class GroupsCalls:
    def create(self, *, group: Mapping[str, object]) -> GroupsCreateAnswer:
        """Add a group. 创建分组

        POST /cgi-bin/groups/create
        Retired: superseded by tags.
        """
    def get(self) -> GroupsGetAnswer:
        """All groups. 查询所有分组

        GET /cgi-bin/groups/get
        Retired: superseded by tags.
        """
    def getid(self, *, openid: str) -> GroupsGetidAnswer:
        """The group of a follower. 查询粉丝所在分组

        POST /cgi-bin/groups/getid
        Retired: superseded by tags.
        """
    def update(self, *, group: Mapping[str, object]) -> Answer:
        """Rename a group. 修改分组名

        POST /cgi-bin/groups/update
        Retired: superseded by tags.
        """
    def delete(self, *, group: Mapping[str, object]) -> Answer:
        """Delete a group. 删除分组

        POST /cgi-bin/groups/delete
        Retired: superseded by tags.
        """
    members: GroupsMembersCalls

class BizwifiOpenpluginCalls:
    def token(self, *, callback_url: str, **more: object) -> dict[str, object]:
        """A token for the set-up page. 获取开通插件的凭证

        GET /bizwifi/openplugin/token
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiShopCalls:
    def list(self, *, pageindex: int | None = ..., pagesize: int | None = ..., **more: object) -> dict[str, object]:
        """A page of shops. 获取 Wi-Fi 门店列表

        POST /bizwifi/shop/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """One shop. 查询门店 Wi-Fi 信息

        POST /bizwifi/shop/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def update(self, *, shop_id: int | None = ..., old_ssid: str | None = ..., ssid: str | None = ..., password: str | None = ..., **more: object) -> dict[str, object]:
        """Change a shop's network. 修改门店网络信息

        POST /bizwifi/shop/update
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def clean(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """Clear a shop's network. 清空门店网络

        POST /bizwifi/shop/clean
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiDeviceCalls:
    def add(self, *, shop_id: int | None = ..., ssid: str | None = ..., password: str | None = ..., bssid: str | None = ..., **more: object) -> dict[str, object]:
        """Add a device with a password. 添加密码型设备

        POST /bizwifi/device/add
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def list(self, *, shop_id: int | None = ..., pageindex: int | None = ..., pagesize: int | None = ..., **more: object) -> dict[str, object]:
        """A page of devices. 查询设备

        POST /bizwifi/device/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def delete(self, *, bssid: str, **more: object) -> dict[str, object]:
        """Delete a device. 删除设备

        POST /bizwifi/device/delete
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiApportalCalls:
    def register(self, *, shop_id: int | None = ..., ssid: str | None = ..., reset: object | None = ..., **more: object) -> dict[str, object]:
        """Add a portal device. 添加 portal 型设备

        POST /bizwifi/apportal/register
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiQrcodeCalls:
    def get(self, *, shop_id: int | None = ..., img_id: int | None = ..., ssid: str | None = ..., **more: object) -> dict[str, object]:
        """The QR code of a shop. 获取物料二维码

        POST /bizwifi/qrcode/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiAccountCalls:
    def get_connecturl(self, **more: object) -> dict[str, object]:
        """The account's connection address. 获取公众号连网 URL

        GET /bizwifi/account/get_connecturl
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiHomepageCalls:
    def set(self, *, shop_id: int | None = ..., template_id: str | None = ..., struct: Mapping[str, object] | None = ..., **more: object) -> dict[str, object]:
        """Set a shop's page. 设置商家主页

        POST /bizwifi/homepage/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """A shop's page. 查询商家主页

        POST /bizwifi/homepage/get
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiBarCalls:
    def set(self, *, shop_id: int | None = ..., bar_type: int | None = ..., **more: object) -> dict[str, object]:
        """Set the greeting. 设置欢迎语

        POST /bizwifi/bar/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiFinishpageCalls:
    def set(self, **more: object) -> dict[str, object]:
        """Set the page after connecting. 设置连网完成页

        POST /bizwifi/finishpage/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiStatisticsCalls:
    def list(self, *, begin_date: str | None = ..., end_date: str | None = ..., shop_id: int | None = ..., **more: object) -> dict[str, object]:
        """Statistics. 数据统计

        POST /bizwifi/statistics/list
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """

class BizwifiCouponputCalls:
    def set(self, **more: object) -> dict[str, object]:
        """Set the coupon given. 设置门店卡券投放

        POST /bizwifi/couponput/set
        Retired: no longer developed: for existing users only.
        Unconfirmed: members, types and results are as public SDKs have them.
        """
    def get(self, *, shop_id: int, **more: object) -> dict[str, object]:
        """The coupon given. 查询门店卡券投放

        POST /bizwifi/couponput/get
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
    def stable_token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ..., force_refresh: bool | None = ...) -> StableTokenAnswer:
        """Fetch the stable access token: the same one until its last five minutes. 获取稳定版接口调用凭据

        POST /cgi-bin/stable_token
        """
    def token(self, *, grant_type: Literal["client_credential"] = ..., appid: str = ..., secret: str = ...) -> TokenAnswer:
        """Fetch the classic access token: a new one each time, the old one dies within minutes. 获取接口调用凭据（旧版）：每次都换新的，旧的约五分钟后失效

        GET /cgi-bin/token
        """
    ticket: TicketCalls
    def getcallbackip(self) -> GetcallbackipAnswer:
        """Addresses that pushes come from; networks in CIDR form too. 获取微信推送服务器的 IP

        GET /cgi-bin/getcallbackip
        """
    def get_api_domain_ip(self) -> GetApiDomainIpAnswer:
        """Addresses of api.weixin.qq.com, for an outgoing firewall. 获取微信 API 服务器的 IP

        GET /cgi-bin/get_api_domain_ip
        """
    callback: CallbackCalls
    clear_quota: ClearQuotaCalls
    openapi: OpenapiCalls
    def get_current_autoreply_info(self) -> GetCurrentAutoreplyInfoAnswer:
        """The automatic replies that were set in the console. 获取后台设置的自动回复规则

        GET /cgi-bin/get_current_autoreply_info
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
    def get_current_selfmenu_info(self) -> GetCurrentSelfmenuInfoAnswer:
        """The menu in force, one made in the console included. 查询当前菜单，包括后台设置的

        GET /cgi-bin/get_current_selfmenu_info
        """
    merchant: MerchantCalls
    nontax: NontaxCalls
    sns: SnsCalls
    qrcode: QrcodeCalls
    def showqrcode(self, *, ticket: str) -> Media:
        """The picture of a QR code, by its ticket. 用 ticket 换取二维码图片

        GET /cgi-bin/showqrcode
        """
    shorten: ShortenCalls
    def shorturl(self, *, action: Literal["long2short"] = ..., long_url: str) -> ShorturlAnswer:
        """Make a long address short. 长链接转短链接

        POST /cgi-bin/shorturl
        Retired: gone since 2021-03-15: use /cgi-bin/shorten/gen.
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
    def changeopenid(self, *, from_appid: str, openid_list: Sequence[str]) -> ChangeopenidAnswer:
        """The new openids after an account has moved. 账号迁移后转换 openid

        POST /cgi-bin/changeopenid
        """
    groups: GroupsCalls
    bizwifi: BizwifiCalls
