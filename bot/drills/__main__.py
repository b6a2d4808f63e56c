"""`python -m bot.drills schedules|reconnect`: prints the figures, one JSON line with `--json`."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.drills.processes import Quad
from bot.drills.schedules import run
from knowledge.storage.unit_of_work import UnitOfWork


def main(argv: list[str] | None = None) -> int:
    """Run one drill on a Quad of its own; 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m bot.drills", description=__doc__)
    drills = parser.add_subparsers(dest="drill", required=True)
    schedules = drills.add_parser("schedules", help="retries, copies, timeouts, other orders")
    schedules.add_argument("--schedules", type=int, default=1000)
    schedules.add_argument("--replicas", type=int, default=1)
    schedules.add_argument("--at-once", type=int, default=4)
    schedules.add_argument("--kills", type=int, default=0, help="of replicas, at random moments")
    reconnect = drills.add_parser("reconnect", help="a page behind a line that breaks")
    reconnect.add_argument("--disconnections", type=int, default=200)
    reconnect.add_argument("--restarts", type=int, default=4, help="kills of the bot among them")
    for drill in (schedules, reconnect):
        drill.add_argument("--seed", type=int, default=0)
        drill.add_argument("--json", action="store_true")
    args = parser.parse_args(argv)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as var:
        if args.drill == "schedules":
            figures = _schedules(args, Path(var))
        else:
            from bot.drills.reconnecting import reconnecting  # the browser comes with the tests

            figures = reconnecting(args, Path(var))
    figures |= {"seed": args.seed, "seconds": round(time.monotonic() - started)}
    print(json.dumps(figures) if args.json else _told(figures))
    return 1 if figures["faults"] else 0


def _schedules(args: argparse.Namespace, var: Path) -> dict[str, Any]:
    quad = Quad.start(var, args.replicas)
    units = UnitOfWork.at(quad.settings.database_url)
    try:
        tally = asyncio.run(_with_kills(quad, units, args))
    finally:
        units.close()
        quad.stop()
    return {**asdict(tally), "replicas": args.replicas, "kills": args.kills}


async def _with_kills(quad: Quad, units: UnitOfWork, args: argparse.Namespace) -> Any:
    killing = asyncio.create_task(_kill(quad, args.kills, random.Random(args.seed)))
    try:
        return await run(quad, units, args.schedules, args.seed, args.at_once)
    finally:
        await killing


async def _kill(quad: Quad, times: int, chance: random.Random) -> None:
    for _ in range(times):
        await asyncio.sleep(chance.uniform(1, 6))
        number = chance.randrange(len(quad.bots))
        await asyncio.to_thread(quad.end, f"bot{number}")
        await asyncio.to_thread(quad.run_bot, number)


def _told(figures: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
