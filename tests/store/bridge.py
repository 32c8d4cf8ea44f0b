"""Today's contract over a store of mailboxes, so that one suite tests both."""

import asyncio
from functools import partial
from hashlib import sha256

from yizhan.inbox import carrying, rules, sending, upkeep
from yizhan.store import Claimed, Follower, Job, Part, Stats, Taken, Window
from yizhan.store import mailbox as boxes
from yizhan.store.mailboxes.contract import Store as Mailboxes

LEASE = 0.25


class Bridge:
    def __init__(self, make, clock) -> None:
        self.make = make  # owner -> a store of mailboxes
        self.clock = clock
        self.stores: dict[str, Mailboxes] = {}
        self.loads: dict[str, sending.Load] = {}

    async def open(self):
        self.first = await self.store("?")
        return self.promise

    async def store(self, owner: str) -> Mailboxes:
        if owner not in self.stores:
            self.stores[owner] = made = self.make(owner)
            self.promise = await made.open()
        return self.stores[owner]

    async def close(self) -> None:
        for store in self.stores.values():
            await store.close()

    async def do(self, openid, owner, rule, keys=(), guard=None):
        store = await self.store(owner)
        done = asyncio.get_running_loop().create_future()

        def then(result) -> None:
            if isinstance(result, Exception):
                done.set_exception(result)
            else:
                done.set_result(result)

        store.change(openid, rule, then, keys=keys, guard=guard)
        return await done

    async def whole(self, key):
        found = await self.first.messages([key])
        return found[0] if found else None

    async def openid(self, key) -> str:
        whole = await self.whole(key)
        return whole.message.openid if whole else "nobody"

    async def claim(self, arrival):
        bound = arrival.binding and boxes.Binding(
            arrival.binding.signature,
            sha256(arrival.binding.digest.encode()).digest()[:16],
            arrival.binding.keep,
        )
        new = rules.Arrival(
            arrival.key,
            arrival.openid,
            arrival.message,
            arrival.at,
            arrival.owner,
            arrival.ordered,
            bound,
            arrival.window,
            arrival.pickup,
        )
        got = await self.do(arrival.openid, arrival.owner, partial(rules.accept, arrival=new))
        if got.status == "reused":
            return Claimed("reused")
        return Claimed(
            got.status,
            got.state,
            got.mine,
            got.turn,
            got.arrivals,
            got.elapsed,
            got.waiting,
            got.unfinished,
            got.reply,
            got.pickup,
            Follower(got.session, got.dialog, got.shown, windows(got.windows)),
        )

    async def due(self, keys):
        due = set()
        for key in keys:
            whole = await self.whole(key)
            if whole is None:
                continue
            box = await self.box(whole.message.openid)
            if whole.job is None or not rules.is_blocked(whole.job, box):
                due.add(key)
        return frozenset(due)

    async def box(self, openid):
        return (await self.view(openid)).box

    async def view(self, openid):
        return await self.do(openid, "?", boxes.Change)

    async def turn(self, key, owner):
        openid = await self.openid(key)
        if not await self.do(openid, owner, partial(rules.turn, key=key, owner=owner)):
            return None
        return await self.follower(openid)

    async def finish(self, key, owner, outcome):
        made = rules.Outcome(
            outcome.parts,
            outcome.state,
            custom=outcome.route == "custom",
            reserve=outcome.reserve,
            session=outcome.session,
            dialog=outcome.dialog,
            note=outcome.note,
        )
        openid = await self.openid(key)
        rule = partial(rules.finish, key=key, owner=owner, outcome=made)
        finished = await self.do(openid, owner, rule)
        if finished is not None and outcome.forget:
            await self.forget(openid, until=key, before=True)
        return None if finished is None else taken(finished.taken)

    async def take(self, key, openid, owner, *, otherwise=None, shown="", overtake=False):
        rule = partial(
            carrying.take,
            key=key,
            owner=owner,
            otherwise=otherwise,
            shown=shown,
            overtake=overtake,
        )
        return taken(await self.do(openid, owner, rule, [key]))

    async def release(self, key, owner, *, unsaid=False):
        openid = await self.openid(key)
        await self.do(openid, owner, partial(carrying.lost, key=key, owner=owner, unsaid=unsaid))

    async def settle(self, key, openid, reply, carried, shown, *, cut=None):
        rule = partial(
            carrying.confirm,
            key=key,
            reply=reply,
            carried=[carrying.Carried(it.key, it.index, it.body) for it in carried],
            shown=shown,
            cut=cut and carrying.Carried(cut.key, cut.index, cut.body),
        )
        await self.do(openid, "?", rule, [key])

    async def owed(self, openid):
        box = await self.box(openid)
        return tuple(it.key for it in box.jobs if it.parts and it.state not in boxes.LISTED)

    async def look(self, keys):
        wholes = await self.first.messages(keys)
        return tuple([await self.job(whole) for whole in wholes])

    async def job(self, whole):
        message, job = whole.message, whole.job
        now = job or message
        view = await self.view(message.openid)
        parts = []
        if job is not None:
            bodies = (
                (it.index, it.body or view.rows[f"part:{job.seq}:{it.index}"]) for it in job.parts
            )
            parts = [Part(message.key, index, body) for index, body in bodies]
        else:
            prefix = f"part:{message.seq}:"
            parts = [
                Part(message.key, int(name[len(prefix) :]), body)
                for name, body in sorted(view.rows.items())
                if name.startswith(prefix)
            ]
        custom = job and any(it.by in (boxes.CUSTOM, boxes.SENDING) for it in job.parts)
        return Job(
            message.key,
            message.openid,
            message.body,
            whole.state,
            job.owner if job else "",
            "custom" if custom else "push",
            message.created,
            now.updated,
            now.arrivals,
            now.attempts,
            tuple(parts),
            now.reply,
            now.note,
        )

    async def renew(self, owner):
        store = await self.store(owner)
        mine = set()
        for openid in await store.renew():
            box = await self.box(openid)
            mine |= {it.key for it in box.jobs if it.owner == owner}
        return frozenset(mine)

    async def recover(self, owner, lease, tries, limit):
        store = await self.store(owner)
        await store.renew()
        found = []
        for orphan in await store.orphans(lease, limit):
            rule = partial(
                upkeep.adopt,
                death=upkeep.Death(orphan.owner, orphan.left),
                owner=owner,
                terms=upkeep.Terms(tries, lease),
            )
            adopted = await self.do(orphan.openid, owner, rule, guard=orphan.lease)
            found += [job.key for job in adopted]
        jobs = await self.look(found)
        return tuple(sorted(jobs, key=lambda it: it.created))

    async def leave(self, owner):
        await (await self.store(owner)).leave()

    async def pulse(self):
        await self.first.pulse()

    async def step(self, key, owner, name, value):
        openid = await self.openid(key)
        rule = partial(rules.step, key=key, owner=owner, name=name, value=value)
        return await self.do(openid, owner, rule)

    async def steps(self, key):
        whole = await self.whole(key)
        if whole is None:
            return {}
        view = await self.view(whole.message.openid)
        prefix = f"step:{whole.message.seq}:"
        return {
            name.removeprefix(prefix): value
            for name, value in view.rows.items()
            if name.startswith(prefix)
        }

    async def follower(self, openid):
        view = await self.view(openid)
        return Follower(
            view.rows.get(boxes.SESSION),
            view.rows.get(boxes.DIALOG),
            view.box.shown,
            windows(view.box.windows),
        )

    async def jobs(self, state, limit, before):
        wholes = await self.first.jobs(state, limit, before)
        return tuple([await self.job(whole) for whole in wholes])

    async def retry(self, key):
        return await self.do(await self.openid(key), "?", partial(upkeep.retry, key=key), [key])

    async def drop(self, key):
        return await self.do(await self.openid(key), "?", partial(upkeep.drop, key=key), [key])

    async def forget(self, openid, *, until=None, before=False):
        keys = await self.first.keys_of(openid)
        last = None
        if until is not None:
            whole = await self.whole(until)
            last = (whole.message.seq if whole else 0) - before
        return await self.do(openid, "?", partial(upkeep.forget, keys=keys, until=last), keys)

    async def prune(self, at, keep, collect, idle=None):
        count = 0
        for openid in await self.first.uncollected(at - collect, 1000):
            rule = partial(upkeep.uncollect, before=at - collect)
            count += await self.do(openid, "?", rule)
        return count + await self.first.prune(at, keep, keep if idle is None else idle, 1000)

    async def stats(self):
        stats = await self.first.stats()
        return Stats(stats.jobs, stats.followers, stats.bindings, stats.size)


def windows(found):
    return {name: Window(it.opened, it.used) for name, it in found.items()}


def taken(found):
    parts = tuple(Part(it.key, it.index, it.body) for it in found.parts)
    return Taken(parts, found.reply, found.behind)
