"""Reading what the scripts reply."""

from typing import TypeAlias, cast

from yizhan.store.contract import (
    PICKUP,
    Claimed,
    Follower,
    Job,
    Part,
    Route,
    Shown,
    State,
    Stats,
    Taken,
    Window,
)

Reply: TypeAlias = "bytes | int | list[Reply] | None"


def items(reply: Reply) -> list[Reply]:
    return cast(list[Reply], reply)


def number(reply: Reply) -> int:
    return int(cast(bytes, reply))


def real(reply: Reply) -> float:
    return float(cast(bytes, reply))


def text(reply: Reply) -> str:
    return cast(bytes, reply).decode()


def binary(reply: Reply) -> bytes | None:
    return cast(bytes | None, reply)


def pairs(reply: Reply) -> dict[str, Reply]:
    words = items(reply)
    return dict(zip(map(text, words[::2]), words[1::2], strict=True))


def claimed(reply: Reply) -> Claimed:
    status, *values = items(reply)
    if status == b"reused":
        return Claimed("reused")
    state, mine, turn, arrivals, elapsed, waiting, unfinished, answer, note, kept = values
    return Claimed(
        "new" if status == b"new" else "again",
        state=cast(State, text(state)),
        mine=bool(mine),
        turn=bool(turn),
        arrivals=number(arrivals),
        elapsed=number(elapsed) / 1000,
        waiting=number(waiting),
        unfinished=number(unfinished),
        reply=binary(answer),
        pickup=text(note) == PICKUP,
        follower=follower(kept),
    )


def follower(reply: Reply) -> Follower:
    kept = pairs(reply)
    return Follower(
        session=binary(kept.get("session")),
        dialog=binary(kept.get("dialog")),
        shown=cast(Shown, text(kept.get("shown", b""))),
        windows={
            name.removeprefix("opened:"): Window(
                real(opened), number(kept["used:" + name.removeprefix("opened:")])
            )
            for name, opened in kept.items()
            if name.startswith("opened:")
        },
    )


def parts(reply: Reply) -> tuple[Part, ...]:
    rows = map(items, items(reply))
    return tuple(Part(text(key), number(index), binary(body) or b"") for key, index, body in rows)


def taken(reply: Reply) -> Taken:
    rows, answer, behind = items(reply)
    return Taken(parts(rows), binary(answer), bool(behind))


def job(reply: Reply) -> Job:
    (
        key,
        openid,
        message,
        state,
        owner,
        route,
        created,
        updated,
        arrivals,
        attempts,
        left,
        answer,
        note,
    ) = items(reply)
    return Job(
        key=text(key),
        openid=text(openid),
        message=binary(message) or b"",
        state=cast(State, text(state)),
        owner=text(owner),
        route=cast(Route, text(route)),
        created=real(created),
        updated=real(updated),
        arrivals=number(arrivals),
        attempts=number(attempts),
        parts=parts([[key, *items(part)] for part in items(left)]),
        reply=binary(answer),
        note=text(note),
    )


def steps(reply: Reply) -> dict[str, bytes]:
    return {name: binary(value) or b"" for name, value in pairs(reply).items()}


def stats(reply: Reply) -> Stats:
    counts, followers, bindings = items(reply)
    by_state = {state: number(count) for state, count in pairs(counts).items()}
    jobs = {state: count for state, count in by_state.items() if count}
    return Stats(jobs, number(followers), number(bindings), 0)
