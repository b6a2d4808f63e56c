"""`python -m bot.evaluation collect|report|train-scorer`: see docs/evaluation.md."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from bot.evaluation.report import SAMPLES, lines, summarise
from bot.evaluation.storage.store import RatingStore
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork


def main(argv: list[str] | None = None) -> int:
    """Run one command; 2 with a line on standard error when it cannot be done."""
    args = _parser().parse_args(argv)
    settings = Settings.from_env()
    units = UnitOfWork.at(settings.database_url)
    prepare(units)
    try:
        done: int = args.run(args, settings, RatingStore(units))
    finally:
        units.close()
    return done


def _collect(args: argparse.Namespace, settings: Settings, store: RatingStore) -> int:
    # The simulator's world brings the whole action server with it; a report needs none of it.
    from bot.evaluation.collecting.collect import Collection, Plan, collect
    from bot.policy.simulator.world import opened

    async def run() -> Collection:
        with tempfile.TemporaryDirectory() as folder:
            async with opened(Path(folder) / "world", settings.var / "encoders") as world:
                return await collect(
                    world, Plan(args.conversations, args.seed, args.noise, args.points)
                )

    found = asyncio.run(run())
    new = store.add(found.items)
    told = {
        "conversations": found.conversations,
        "points with a choice": found.open_points,
        "all replied alike": found.same,
        "could not be told again": found.diverged,
        "items": len(found.items),
        "new": new,
        "seed": args.seed,
        "noise": args.noise,
    }
    print(json.dumps(told) if args.json else ", ".join(f"{k}: {v}" for k, v in told.items()))
    return 0


def _report(args: argparse.Namespace, settings: Settings, store: RatingStore) -> int:
    report = summarise(store.judged(), args.seed, args.samples)
    print(json.dumps(report.to_json(), indent=2) if args.json else "\n".join(lines(report)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.evaluation", description=__doc__)
    commands = parser.add_subparsers(required=True)
    collect = commands.add_parser("collect", help="make items to rate from simulated conversations")
    collect.add_argument("--conversations", type=_positive, default=20)
    collect.add_argument("--points", type=_positive, default=2, help="items of one conversation")
    collect.add_argument("--noise", type=_share, default=0.2, help="share misunderstood")
    collect.set_defaults(run=_collect)
    report = commands.add_parser("report", help="opinion scores, preferences, agreement")
    report.add_argument("--samples", type=_positive, default=SAMPLES, help="for the intervals")
    report.set_defaults(run=_report)
    for command in (collect, report):
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--json", action="store_true")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a positive number")
    return number


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return share


if __name__ == "__main__":
    sys.exit(main())
