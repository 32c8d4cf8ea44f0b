"""A bot with a dialog, and how to talk to it."""

from yizhan.dialog import load


class Survey:
    """A bot with a dialog; what it did is noted."""

    def __init__(self) -> None:
        self.begun = 0
        self.charged: list[str] = []

    def __call__(self, account) -> None:
        @account.text("survey")
        async def survey(message, context, session):
            self.begun += 1
            session["n"] = session.get("n", 0) + 1
            name = await context.ask("Name?", timeout=600)
            await context.step("charge", lambda: self.charged.append(name))
            age = await context.ask("Age?", check=int)
            return f"{name}, {age}, {session['n']}"

        @account.text("n")
        async def count(message, session):
            session["n"] = session.get("n", 0) + 10
            return f"{session['n']}"

        @account.click
        async def click(event):
            return "clicked"

        @account.view
        async def view(event, session):
            return None

        @account.text
        async def echo(message):
            return f"echo {message.content}"


async def answers(wechat, *texts):
    return [(await wechat.says(text)).text for text in texts]


async def dialog(wechat):
    kept = wechat.world.dialog()
    return None if kept is None else load(kept)
