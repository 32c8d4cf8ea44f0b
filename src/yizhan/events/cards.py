"""Coupons, member cards, gift cards and invoices; mostly history (docs/protocol.md#d5)."""

from msgspec import field

from yizhan.events.base import Event


class CardCheckEvent(Event, frozen=True, kw_only=True):
    """A kind of coupon passed review or was refused."""

    card_id: str = ""
    refuse_reason: str = ""


class CardEvent(Event, frozen=True, kw_only=True):
    """A user deleted, opened, activated or entered the chat from a card."""

    card_id: str = ""
    user_card_code: str = ""
    outer_str: str = ""


class GetCardEvent(Event, frozen=True, kw_only=True):
    """A user took a card, or got it from a friend."""

    card_id: str = ""
    user_card_code: str = ""
    is_give_by_friend: bool = False
    friend_user_name: str = ""
    old_user_card_code: str = ""
    outer_id: str = ""
    outer_str: str = ""
    union_id: str = ""
    is_restore_member_card: bool = False
    is_recommend_by_friend: bool = False


class GiveCardEvent(Event, frozen=True, kw_only=True):
    """A user gives a card to a friend."""

    card_id: str = ""
    user_card_code: str = ""
    friend_user_name: str = ""
    is_return_back: bool = False
    is_chat_room: bool = False


class ConsumeCardEvent(Event, frozen=True, kw_only=True):
    """A card was redeemed."""

    card_id: str = ""
    user_card_code: str = ""
    consume_source: str = ""
    location_id: str = ""
    location_name: str = ""
    staff_open_id: str = ""
    verify_code: str = ""
    remark_amount: str = ""
    outer_str: str = ""


class PayWithCardEvent(Event, frozen=True, kw_only=True):
    """A user paid with a card; amounts in 分."""

    card_id: str = ""
    user_card_code: str = ""
    trans_id: str = ""
    location_id: str = ""
    location_name: str = ""
    fee: int = 0
    original_fee: int = 0


class MemberCardEvent(Event, frozen=True, kw_only=True):
    """The points or the balance of a member card changed."""

    card_id: str = ""
    user_card_code: str = ""
    modify_bonus: int = 0
    modify_balance: int = 0


class CardStockEvent(Event, frozen=True, kw_only=True):
    """A kind of coupon runs low."""

    card_id: str = ""
    detail: str = ""


class CardOrderEvent(Event, frozen=True, kw_only=True):
    """The account's coins for coupons changed; times in seconds."""

    card_id: str = ""
    user_card_code: str = ""
    outer_str: str = ""
    order_id: str = ""
    status: str = ""
    create_order_time: int = 0
    pay_finish_time: int = 0
    desc: str = ""
    free_coin_count: str = ""
    pay_coin_count: str = ""
    refund_free_coin_count: str = ""
    refund_pay_coin_count: str = ""
    order_type: str = ""
    memo: str = ""
    receipt_info: str = ""


class CardMerchantCheckEvent(Event, frozen=True, kw_only=True):
    """A sub-merchant passed review or was refused."""

    merchant_id: str = ""
    is_pass: bool = False
    reason: str = ""


class GiftCardEvent(Event, frozen=True, kw_only=True):
    """A gift card was paid, sent or accepted."""

    page_id: str = ""
    order_id: str = ""
    is_chat_room: bool = False
    is_return_back: bool = False


class InvoiceAuthorizedEvent(Event, frozen=True, kw_only=True):
    """A user authorised an electronic invoice; the AppID comes under either of two names."""

    succ_order_id: str = ""
    fail_order_id: str = ""
    authorize_app_id: str = field(default="", name="AuthorizeAppId|AppId")
    source: str = ""


class InvoiceStatusEvent(Event, frozen=True, kw_only=True):
    """The state of an invoice changed."""

    status: str = ""
    card_id: str = ""
    code: str = ""


class InvoiceTitleEvent(Event, frozen=True, kw_only=True):
    """A user handed in an invoice title."""

    title: str = ""
    phone: str = ""
    tax_no: str = ""
    addr: str = ""
    bank_type: str = ""
    bank_no: str = ""
    attach: str = ""
    title_type: str = ""


class InvoiceResultEvent(Event, frozen=True, kw_only=True):
    """An electronic invoice was issued: its serial number and the issuer's tax number."""

    fpqqlsh: str = ""
    nsrsbh: str = ""
    status: str = ""


EVENTS: dict[str, type[Event]] = {
    "card_pass_check": CardCheckEvent,
    "card_not_pass_check": CardCheckEvent,
    "user_get_card": GetCardEvent,
    "user_gifting_card": GiveCardEvent,
    "user_del_card": CardEvent,
    "user_consume_card": ConsumeCardEvent,
    "user_pay_from_pay_cell": PayWithCardEvent,
    "user_view_card": CardEvent,
    "user_enter_session_from_card": CardEvent,
    "submit_membercard_user_info": CardEvent,
    "update_member_card": MemberCardEvent,
    "card_sku_remind": CardStockEvent,
    "card_pay_order": CardOrderEvent,
    "card_merchant_check_result": CardMerchantCheckEvent,
    "giftcard_pay_done": GiftCardEvent,
    "giftcard_send_to_friend": GiftCardEvent,
    "giftcard_user_accept": GiftCardEvent,
    "user_authorize_invoice": InvoiceAuthorizedEvent,
    "update_invoice_status": InvoiceStatusEvent,
    "submit_invoice_title": InvoiceTitleEvent,
    "cloud_invoice_invoiceresult_event": InvoiceResultEvent,
}
