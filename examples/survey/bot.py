"""A survey: questions that depend on the answers, and a coupon that is drawn once."""

import secrets

from yizhan import Account

account = Account()

DRINKS = {"1": "绿茶", "2": "咖啡"}


def drink(answer):
    return DRINKS.get(answer, False)


def stars(answer):
    if answer not in ("1", "2", "3", "4", "5"):
        raise ValueError("请回复 1 到 5 中的一个数字。")
    return int(answer)


def draw():
    return f"YZ-{secrets.token_hex(3)}"


@account.text("问卷", "survey")
async def survey(message, context, session):
    if coupon := session.get("coupon"):
        return f"您已经填过了，优惠码是 {coupon}。"
    what = await context.ask("您今天喝了什么？1 绿茶，2 咖啡", check=drink)
    given = await context.ask(f"{what}几分？1 到 5", timeout=600, check=stars)
    wish = ""
    if given < 3:
        wish = await context.ask("哪里不好？说一句就行。", timeout=24 * 3600)
    coupon = session["coupon"] = await context.step("coupon", draw)
    session["survey"] = [what, given, wish]
    return f"谢谢！您的优惠码是 {coupon}。"


@account.text
async def other(message):
    return "回复“问卷”，喝一杯便宜的。"
