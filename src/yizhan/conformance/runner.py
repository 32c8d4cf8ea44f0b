"""Runs cases at a server, some at once, and never longer than they may take."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from yizhan.conformance import pushes
from yizhan.conformance.case import Case, Need, Severity
from yizhan.conformance.expect import Failure
from yizhan.conformance.http import problem
from yizhan.conformance.judging import Heard, Why
from yizhan.conformance.target import Server, Target, Trace

Outcome: TypeAlias = Literal["passed", "failed", "skipped"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
LOOPBACK = ("localhost", "127.", "::1")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a case; `need` is what a skipped one lacks."""

    case: Case
    outcome: Outcome
    seconds: float = 0.0
    why: Why | None = None
    need: Need | None = None
    trace: tuple[Trace, ...] = ()


async def learn(server: Server) -> None:
    """Find out what the bot does, as far as cases depend on it."""
    server.traits |= known(server)
    target = Target(server)
    word = pushes.word()
    heard = await target.push(target.text(word))
    if _speaks(heard):
        server.traits.add("reply")
    if heard.content is not None and word in heard.content:
        before, _, after = heard.content.partition(word)
        server.around = before, after
        server.traits.add("echo")
    elif heard.outcome == "junk" and word.encode() in heard.plain:
        server.traits.add("echo")
    if _speaks(await target.push(target.event("subscribe", EventKey=""))):
        server.traits.add("follow")


def _speaks(heard: Heard) -> bool:
    """Whether the bot replies, if only in vain: then the cases about replies shall say why."""
    return heard.outcome == "replied" or (heard.outcome == "junk" and heard.answer.status == 200)


def known(server: Server) -> set[Need]:
    """What the settings alone tell."""
    traits: set[Need] = {server.mode}
    if server.mode != "plain":
        traits.add("sealed")
    if server.slow:
        traits.add("slow")
    if server.address.tls:
        traits.add("https")
    if not server.address.host.startswith(LOOPBACK):
        traits.add("public")
    return traits


async def run(
    server: Server,
    cases: Sequence[Case],
    *,
    jobs: int = 6,
    begun: Callable[[Case], None] = lambda _: None,
    done: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """The results in the order of the cases; `jobs` of them run at once."""
    await learn(server)
    room = asyncio.Semaphore(jobs)

    async def one(case: Case) -> Result:
        async with room:
            begun(case)
            result = await run_case(server, case)
            done(result)
            return result

    together = [case for case in cases if not case.alone]
    results = await asyncio.gather(*map(one, together))
    by_case = {result.case.id: result for result in results}
    for case in cases:
        if case.alone:
            by_case[case.id] = await one(case)
    return [by_case[case.id] for case in cases]


async def run_case(server: Server, case: Case) -> Result:
    """The result of one case, whatever the server does."""
    for need in case.needs:
        if need not in server.traits:
            return Result(case, "skipped", need=need)
    target = Target(server)
    began = time.monotonic()
    why: Why | None = None
    try:
        async with asyncio.timeout(case.limit):
            await case.run(target)
    except Failure as failure:
        why = failure.why
    except TimeoutError:
        why = Why("late", {"seconds": round(time.monotonic() - began, 1)})
    except OSError as error:
        why = Why("unreachable", {"problem": problem(error)})
    except Exception as error:  # a fault of the suite is told, and the others go on
        why = Why("suite", {"problem": f"{type(error).__name__}: {error}"})
    outcome: Outcome = "passed" if why is None else "failed"
    return Result(case, outcome, time.monotonic() - began, why, trace=tuple(target.trace))


def worst(results: Sequence[Result]) -> Severity | None:
    """The gravest severity among the failures; None when there is none."""
    failed = {result.case.severity for result in results if result.outcome == "failed"}
    order: tuple[Severity, ...] = ("breaks", "insecure", "unwise")
    return next((severity for severity in order if severity in failed), None)
