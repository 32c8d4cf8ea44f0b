"""Customer-service accounts their sessions and events (docs/protocol.md#f2, #d4)."""

from collections.abc import Mapping

from yizhan.simulator.api.call import Call
from yizhan.simulator.service import Agent

OK = {"errcode": 0, "errmsg": "ok"}
ON_THE_WEB = 1  # the status of somebody at work


def add(call: Call) -> Mapping[str, object]:
    """One more account."""
    call.account.staff.hire(call.text("kf_account"), call.text("nickname"))
    return OK


def update(call: Call) -> Mapping[str, object]:
    """Another nickname."""
    _named(call).nickname = call.text("nickname")
    return OK


def remove(call: Call) -> Mapping[str, object]:
    """Delete an account."""
    call.account.staff.dismiss(call.text("kf_account"))
    return OK


def invite(call: Call) -> Mapping[str, object]:
    """Let a WeChat user work as this account; here everybody accepts."""
    _named(call).worker = call.text("invite_wx")
    return OK


def set_picture(call: Call) -> Mapping[str, object]:
    """Give the account a picture."""
    agent = call.account.staff.agent(call.query.get("kf_account", ""))
    file = next(iter(call.files.values()))
    media = call.account.media.add(
        "image", file.filename, file.content_type, file.data, now=call.now, permanent=True
    )
    agent.picture = call.world.picture_url.format(account=call.account.id, media_id=media.media_id)
    return OK


def index(call: Call) -> Mapping[str, object]:
    """All accounts."""
    return {
        "kf_list": [
            {
                "kf_account": agent.account,
                "kf_nick": agent.nickname,
                "kf_id": agent.id,
                "kf_headimgurl": agent.picture,
                **({"kf_wx": agent.worker} if agent.worker else {}),
            }
            for agent in call.account.staff.agents.values()
        ]
    }


def online(call: Call) -> Mapping[str, object]:
    """Those at work, and how many followers each talks to."""
    staff = call.account.staff
    talking = [talk.agent for talk in staff.talks.values()]
    return {
        "kf_online_list": [
            {
                "kf_account": agent.account,
                "status": ON_THE_WEB,
                "kf_id": agent.id,
                "accepted_case": talking.count(agent.account),
            }
            for agent in staff.agents.values()
            if agent.worker
        ]
    }


def begin(call: Call) -> Mapping[str, object]:
    """Somebody takes a follower; the server is told."""
    follower = call.follower(call.body.get("openid"))
    account = call.text("kf_account")
    call.account.staff.begin(follower.openid, account, call.now)
    _report(call, follower.openid, "kf_create_session", account)
    return OK


def end(call: Call) -> Mapping[str, object]:
    """The session is over; the server is told."""
    follower = call.follower(call.body.get("openid"))
    account = call.text("kf_account")
    call.account.staff.end(follower.openid, account)
    _report(call, follower.openid, "kf_close_session", account)
    return OK


def of(call: Call) -> Mapping[str, object]:
    """Whom a follower talks to."""
    follower = call.follower(call.query.get("openid"))
    talk = call.account.staff.talks.get(follower.openid)
    agent, since = (talk.agent, int(talk.since)) if talk else ("", 0)
    return OK | {"kf_account": agent, "createtime": since}


def of_agent(call: Call) -> Mapping[str, object]:
    """Whom an account talks to."""
    account = call.account.staff.agent(call.query.get("kf_account", "")).account
    return {
        "sessionlist": [
            {"openid": openid, "createtime": int(talk.since)}
            for openid, talk in call.account.staff.talks.items()
            if talk.agent == account
        ]
    }


def waiting(call: Call) -> Mapping[str, object]:
    """Those who were handed over and whom nobody has taken yet."""
    cases = [
        {"openid": openid, "latest_time": int(talk.since), "kf_account": talk.agent}
        for openid, talk in call.account.staff.waiting.items()
    ]
    return {"count": len(cases), "waitcaselist": cases}


def _named(call: Call) -> Agent:
    return call.account.staff.agent(call.text("kf_account"))


def _report(call: Call, openid: str, event: str, account: str) -> None:
    world, id = call.world, call.account.id
    world.later(0.0, lambda: world.report(id, openid, event, {"KfAccount": account}))
