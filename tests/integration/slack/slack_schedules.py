"""Random schedules of retries, double events, reordering and crashes, on two processes' doors.

    python tests/integration/slack/slack_schedules.py --schedules 1000 --seed 0

Each schedule is a few conversations with a few messages. Slack's side tells each of them one to
four times (retries; a mention as two events), in a random order, to either of two doors that share
one database; at random moments a door dies in the middle of its work and a new one takes its
place; the bot breaks off and Slack's API fails or has us wait. Then: every message was acted on
once (0 double), none was lost, and every one was answered.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

from fake_slack import FakeSlack
from slack_agent import SmallAgent
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_doors import Doors
from slack_shapes import direct, mentioned
from starlette.responses import JSONResponse


@dataclass
class Outcome:
    """What came of one schedule."""

    seed: int
    messages: int = 0
    told: int = 0
    crashes: int = 0
    double: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    answered_again: int = 0


async def play(seed: int, folder: Path, slack: FakeSlack) -> Outcome:
    """One schedule."""
    rng = random.Random(seed)
    agent = SmallAgent(slowness=0.02, rng=rng)
    agent.failing = rng.choice((0, 0, 1, 2))
    doors = Doors(folder, slack, agent)
    doors.doors = [doors.open(), doors.open()]
    outcome = Outcome(seed)
    said = _conversations(rng, f"s{seed}")
    outcome.messages = len(said)
    for _ in range(rng.choice((0, 0, 1, 2))):
        _disturb(rng, slack)
    try:
        telling = asyncio.gather(*_tellings(rng, said, doors, outcome))
        crashing = asyncio.ensure_future(_crashing(rng, doors, outcome))
        await telling
        await crashing
        await _until_done(doors)
    finally:
        await doors.close()
    _judge(outcome, agent, slack, said)
    return outcome


def _conversations(rng: random.Random, name: str) -> dict[str, list[dict[str, Any]]]:
    """Texts with the events that tell each: direct messages and mentions by two users."""
    said: dict[str, list[dict[str, Any]]] = {}
    for number in range(rng.randint(3, 8)):
        user, text = rng.choice(("U1", "U2")), f"{name} wish {number}"
        if rng.random() < 0.6:
            said[text] = [direct(text, user=user)]
        else:
            said[text] = list(mentioned(text, user=user))
    return said


def _disturb(rng: random.Random, slack: FakeSlack) -> None:
    if rng.random() < 0.5:
        slack.fail("chat.postMessage", JSONResponse({"ok": False, "error": "internal_error"}))
    else:
        body = {"ok": False, "error": "ratelimited"}
        slack.fail("chat.postMessage", JSONResponse(body, 429, headers={"Retry-After": "0"}))


def _tellings(
    rng: random.Random, said: dict[str, list[dict[str, Any]]], doors: Doors, outcome: Outcome
) -> list[Any]:
    """Every event one to three times, each at its own moment and door."""
    tellings = []
    for events in said.values():
        for body in events:
            for _ in range(rng.choice((1, 1, 2, 3))):
                outcome.told += 1
                tellings.append(_tell(body, rng.uniform(0, 0.3), rng.randrange(2), doors))
    return tellings


async def _tell(body: dict[str, Any], wait: float, door: int, doors: Doors) -> None:
    await asyncio.sleep(wait)
    request = AsyncBoltRequest(body=json.loads(json.dumps(body)), mode="socket_mode")
    try:
        response = await doors.doors[door].app.async_dispatch(request)
    except RuntimeError:  # the door died before it acknowledged: Slack tells it again
        await _tell(body, wait, door, doors)
    else:
        assert response.status == 200


async def _crashing(rng: random.Random, doors: Doors, outcome: Outcome) -> None:
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        await asyncio.sleep(rng.uniform(0, 0.2))
        outcome.crashes += 1
        await doors.crash(rng.randrange(2))


async def _until_done(doors: Doors) -> None:
    from bot.channels.slack.inbox import Inbox
    from bot.channels.slack.sealing import Sealing

    inbox = Inbox(doors._database, Sealing("another"))
    async with asyncio.timeout(120):
        while await asyncio.to_thread(inbox.waiting):
            await asyncio.sleep(0.02)


def _judge(
    outcome: Outcome, agent: SmallAgent, slack: FakeSlack, said: dict[str, list[dict[str, Any]]]
) -> None:
    acted = [text for texts in agent.ledger.values() for text in texts]
    answers = [text.removeprefix("heard: ") for text in slack.texts()]
    for text in said:
        times = acted.count(text)
        if times > 1:
            outcome.double.append(text)
        if times == 0:
            outcome.lost.append(text)
        if text not in answers:
            outcome.unanswered.append(text)
        outcome.answered_again += max(0, answers.count(text) - 1)


async def play_all(
    first: int, count: int, slack: FakeSlack, at_once: int = 4, seconds: float = 86_400
) -> list[Outcome]:
    """Schedules of consecutive seeds, several at a time; none begins after so many seconds."""
    gate = asyncio.Semaphore(at_once)
    until = time.monotonic() + seconds

    async def one(seed: int) -> Outcome | None:
        async with gate:
            if time.monotonic() > until:
                return None
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                outcome = await play(seed, Path(folder), slack)
                if outcome.double or outcome.lost or outcome.unanswered:
                    print(outcome, flush=True)
                elif seed % 25 == 0:
                    print(f"seed {seed} done", flush=True)
                return outcome

    played = await asyncio.gather(*(one(seed) for seed in range(first, first + count)))
    return [outcome for outcome in played if outcome is not None]


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """The figures of many schedules."""
    return {
        "schedules": len(outcomes),
        "messages": sum(each.messages for each in outcomes),
        "told": sum(each.told for each in outcomes),
        "crashes": sum(each.crashes for each in outcomes),
        "double": sum(len(each.double) for each in outcomes),
        "lost": sum(len(each.lost) for each in outcomes),
        "unanswered": sum(len(each.unanswered) for each in outcomes),
        "answered_again": sum(each.answered_again for each in outcomes),
        "bad_seeds": [e.seed for e in outcomes if e.double or e.lost or e.unanswered],
    }


def main() -> int:
    """Play and print one JSON line."""
    import socket
    import threading

    import uvicorn

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=86_400, help="begin none after that")
    args = parser.parse_args()
    slack = FakeSlack()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(slack.app, port=port, log_level="error", ws="none"))
    threading.Thread(target=server.run, daemon=True).start()
    slack.address = f"http://127.0.0.1:{port}"
    while not server.started:
        time.sleep(0.01)
    begun = time.monotonic()
    outcomes = asyncio.run(play_all(args.seed, args.schedules, slack, args.at_once, args.seconds))
    figures = summary(outcomes)
    print(
        json.dumps({**figures, "first_seed": args.seed, "seconds": round(time.monotonic() - begun)})
    )
    return 1 if figures["bad_seeds"] else 0


if __name__ == "__main__":
    sys.exit(main())
