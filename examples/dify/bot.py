"""A Dify application behind an Official Account: its streaming interface, one talk a follower."""

import json
import os

import aiohttp

from yizhan import Account, Stream, Text, plain_text

account = Account()

QUIET = 45.0  # seconds without a word after which Dify counts as dead; it pings every ten
LONGEST = 1 << 20  # bytes of an event: a workflow's hold what its nodes gave


class DifyError(Exception):
    """Dify refused, or ended an answer in its middle."""


class Dify:
    """One application of Dify; `connector` stands in for the network in tests."""

    def __init__(self, base, key, connector=None):
        self.url = f"{base.rstrip('/')}/chat-messages"
        self.http = aiohttp.ClientSession(
            connector=connector,
            headers={"Authorization": f"Bearer {key}"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=QUIET),
            read_bufsize=LONGEST,
        )

    async def events(self, question, follower, conversation):
        """The events of one answer. An empty `conversation` begins a new one."""
        asked = {
            "inputs": {},
            "query": question,
            "user": follower,
            "conversation_id": conversation,
            "response_mode": "streaming",
        }
        while True:
            async with self.http.post(self.url, json=asked) as response:
                if response.status == 404 and asked["conversation_id"]:
                    asked["conversation_id"] = ""  # somebody has deleted that one
                    continue
                if response.status != 200:
                    raise DifyError(f"HTTP {response.status}")
                async for line in response.content:
                    if line.startswith(b"data:"):
                        yield json.loads(line.removeprefix(b"data:"))
                return

    async def pieces(self, question, follower, kept):
        """The answer in pieces; `kept` keeps the id of the conversation."""
        events = self.events(question, follower, kept.get("conversation", ""))
        try:
            async for event in events:
                match event["event"]:
                    case "message" | "agent_message":
                        kept["conversation"] = event["conversation_id"]
                        yield event["answer"]
                    case "message_replace":  # moderation: what was written must not be read
                        yield "\n" + event["answer"]
                        return
                    case "message_end":
                        return
                    case "error":
                        raise DifyError(f"{event['status']} {event['code']}")
            raise DifyError("the answer has no end")
        finally:
            await events.aclose()

    async def whole(self, question, follower, conversation):
        """The answer as one text, with the id of the conversation."""
        kept = {"conversation": conversation}
        parts = [part async for part in self.pieces(question, follower, kept)]
        return {**kept, "answer": "".join(parts)}

    async def close(self):
        await self.http.close()


dify = None


@account.startup
async def connect():
    global dify
    base = os.environ.get("DIFY_BASE_URL", "https://api.dify.ai/v1")
    dify = Dify(base, os.environ["DIFY_API_KEY"])


@account.shutdown
async def disconnect():
    await dify.close()


@account.text("清除")
async def clear(message, session):
    session.pop("conversation", None)
    return "好，我们重新开始。"


@account.text(prefix="办理")
async def act(message, context, session):
    """For an application whose tools book or pay: after a crash Dify is not asked again."""
    asked = message.content, message.from_user, session.get("conversation", "")
    done = await context.step("dify", lambda: dify.whole(*asked))
    session["conversation"] = done["conversation"]
    return Text(plain_text(done["answer"]), ai=True)


@account.text(throttle="20/min")
async def answer(message, session):
    pieces = dify.pieces(message.content, message.from_user, session)
    return Stream(pieces, first=2.0, ai=True)


@account.error
async def sorry(message, error):
    if isinstance(error, (DifyError, aiohttp.ClientError, TimeoutError)):
        return "（回答到这里断了，请再问一次。）"
    return "出错了，请稍后再试。"
