"""Random schedules of retries, copies, late copies and other orders through both doors."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

import httpx

from bot.drills.judge import acts_of, record_of
from bot.drills.processes import Quad
from bot.drills.speaking import NeverAnswered, Replies, RestClient, Said, SocketClient
from bot.identity import Gate
from knowledge.model.students import Principal, Role
from knowledge.storage.unit_of_work import UnitOfWork

_ENROLL = ("enroll me in CS106A for winter 2019", ("enroll",))
_DROP = ("drop CS106A", ("drop",))
_SWAP = ("swap CS106A for HISTORY131", ("drop", "enroll"))
_UNDO = ("undo", ("drop",))
_SCRIPTS = (
    (_ENROLL,),
    (_ENROLL, _DROP),
    (_ENROLL, _SWAP),
    (_ENROLL, _UNDO),
    (_ENROLL, _DROP, _ENROLL),
    (_ENROLL, _SWAP, ("drop HISTORY131", ("drop",))),
)
_SHUFFLED = 0.2  # of the schedules: messages overtake each other
Client = RestClient | SocketClient


@dataclass
class Tally:
    """What came of the schedules so far."""

    schedules: int = 0
    messages: int = 0
    tries: int = 0
    acts: int = 0
    double_acts: int = 0
    missing_acts: int = 0
    heard_twice: int = 0
    lost_messages: int = 0
    other_answers: int = 0
    doors: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


async def run(quad: Quad, units: UnitOfWork, count: int, seed: int, at_once: int) -> Tally:
    """Run so many schedules, some at once; each has a student and a random sequence of its own."""
    tally, gate = Tally(), asyncio.Semaphore(at_once)
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits) as http:

        async def one(number: int) -> None:
            async with gate:
                chance = random.Random(f"{seed}:{number}")
                await _schedule(quad, units, http, chance, number, tally)

        await asyncio.gather(*(one(number) for number in range(count)))
    return tally


async def _schedule(
    quad: Quad,
    units: UnitOfWork,
    http: httpx.AsyncClient,
    chance: random.Random,
    number: int,
    tally: Tally,
) -> None:
    suid, token = await asyncio.to_thread(quad.add_student, units)
    script = chance.choice(_SCRIPTS)
    door = chance.choice(("rest", "web"))
    sender = "web" if door == "web" else f"s{number}"
    client: Client
    if door == "rest":
        client = RestClient(quad.bots, token, sender, http, chance)
    else:
        client = SocketClient(quad.bots, token, chance)
    said = [Said(f"{number}-{at}", text) for at, (text, _) in enumerate(script)]
    shuffled = chance.random() < _SHUFFLED
    try:
        await _say(client, said, chance, shuffled, tally)
    except NeverAnswered as error:
        tally.lost_messages += 1
        tally.faults.append(f"{number}: never answered {error}")
    finally:
        await client.close()
    tally.schedules += 1
    tally.messages += len(said)
    tally.tries += client.tries
    tally.doors[door] = tally.doors.get(door, 0) + 1
    wanted = [act for _, acts in script for act in acts]
    conversation = Gate(quad.settings.secret).conversation(Principal(suid, Role.STUDENT), sender)
    await asyncio.to_thread(
        _judge, quad, units, suid, conversation, said, wanted, shuffled, tally, number
    )
    await _leave(quad, http, suid, token)


async def _say(
    client: Client, said: list[Said], chance: random.Random, shuffled: bool, tally: Tally
) -> None:
    if shuffled:
        order = chance.sample(said, len(said))
        await asyncio.gather(*(_later(client, each, chance) for each in order))
        return
    late: list[asyncio.Task[Replies]] = []
    for at, each in enumerate(said):
        first = await client.say(each)
        for old in said[: at + 1]:
            if chance.random() < 0.25:
                late.append(asyncio.create_task(_later(client, old, chance)))
        if chance.random() < 0.3 and isinstance(client, RestClient):
            tally.other_answers += await client.say(each) != first
    await asyncio.gather(*late)


async def _later(client: Client, said: Said, chance: random.Random) -> Replies:
    await asyncio.sleep(chance.uniform(0, 0.5))
    return await client.say(said)


def _judge(
    quad: Quad,
    units: UnitOfWork,
    suid: str,
    conversation: str,
    said: list[Said],
    wanted: list[str],
    shuffled: bool,
    tally: Tally,
    number: int,
) -> None:
    """Overtaken messages may find nothing to do; but nobody acts more often than was wanted."""
    done = [act for act, _ in acts_of(units, suid)]
    more, less = Counter(done) - Counter(wanted), Counter(wanted) - Counter(done)
    record = record_of(quad.settings.tracker_url, conversation)
    heard = record.heard
    twice = sum(heard[each.id] > 1 for each in said)
    lost = sum(heard[each.id] == 0 for each in said)
    tally.acts += len(done)
    tally.double_acts += more.total()
    tally.heard_twice += twice
    tally.lost_messages += lost
    if not shuffled:
        tally.missing_acts += less.total()
    if more or twice or lost or (less and not shuffled):
        told = f"{number}: wanted {wanted}, done {done}, heard {dict(heard)}, told {record.texts}"
        tally.faults.append(told)


async def _leave(quad: Quad, http: httpx.AsyncClient, suid: str, token: str) -> None:
    """Give the seats back, so that the classes stay open for the next student."""
    url = f"{quad.site}/axess/students/{suid}/enrollments"
    headers = {"Authorization": f"Bearer {token}"}
    for held in (await http.get(url, headers=headers, timeout=30)).json():
        await http.delete(f"{url}/{held['class_id']}", headers=headers, timeout=30)
