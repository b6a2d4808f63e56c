"""`python -m bot.evaluation collect|report|train-scorer`: see docs/evaluation.md."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bot.evaluation.errors import TooFewRatings
from bot.evaluation.report import SAMPLES, lines, summarise
from bot.evaluation.scorer import keeping
from bot.evaluation.scorer.validating import FOLDS, Rated, Validation, train, validate
from bot.evaluation.storage.store import RatingStore
from knowledge.sample.load import prepare
from knowledge.settings import Settings
from knowledge.storage.unit_of_work import UnitOfWork
from nlu.encoders.sentence import SentenceEncoder


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
    from bot.evaluation.collecting.policies import available
    from bot.policy.simulator.world.world import opened

    async def run() -> Collection:
        with tempfile.TemporaryDirectory() as folder:
            encoders = settings.var / "encoders"
            async with opened(Path(folder) / "world", encoders, settled=True) as world:
                plan = Plan(args.conversations, args.seed, args.noise, args.points)
                return await collect(world, plan)

    found = asyncio.run(run())
    new = store.add(found.items)
    told = {
        "conversations": found.conversations,
        "points with a choice": found.open_points,
        "all replied alike": found.same,
        "could not be told again": found.diverged,
        "policies": " ".join(available()),
        "items": len(found.items),
        "new": new,
        "seed": args.seed,
        "noise": args.noise,
    }
    print(json.dumps(told) if args.json else ", ".join(f"{k}: {v}" for k, v in told.items()))
    return 0


def _report(args: argparse.Namespace, settings: Settings, store: RatingStore) -> int:
    predicted = _predicted(settings, store)
    report = summarise(store.judged(), args.seed, args.samples, predicted)
    print(json.dumps(report.to_json(), indent=2) if args.json else "\n".join(lines(report)))
    return 0


def _predicted(settings: Settings, store: RatingStore) -> dict[str, float]:
    """What the scorer guesses, where there is one that fits."""
    path = keeping.place(settings.var)
    if not path.exists():
        return {}
    try:
        return keeping.by_policy(keeping.read(path), store.items(), _encoder(settings))
    except keeping.ScorerUnfit as unfit:
        print(f"without the scorer's guesses: {unfit}", file=sys.stderr)
        return {}


def _train(args: argparse.Namespace, settings: Settings, store: RatingStore) -> int:
    try:
        rated = Rated.of(store.judged(), _encoder(settings))
    except TooFewRatings as few:
        told = (
            f"{few.found} replies are rated; a scorer needs {few.needed} of {FOLDS} conversations"
        )
        print(told, file=sys.stderr)
        return 2
    validation = validate(rated, args.seed)
    everything = np.ones(len(rated.scores), dtype=bool)
    path = keeping.place(settings.var)
    keeping.keep(train(rated, everything, args.seed), validation, path)
    print(json.dumps(asdict(validation)) if args.json else _told(validation, path))
    return 0


def _told(validation: Validation, path: Path) -> str:
    rows = [
        f"{name:<22} correlation {fit.pearson:.2f} (ranks {fit.spearman:.2f}), "
        f"mean error {fit.mean_error:.2f}"
        for name, fit in (("scorer", validation.scorer), ("mean of the policy", validation.floor))
    ]
    gain, low, high = validation.gain
    return "\n".join(
        [
            f"{validation.replies} rated replies of {validation.conversations} conversations, "
            f"{validation.folds} folds of whole conversations, seed {validation.seed}",
            *rows,
            f"mean error smaller by {gain:.2f} [{low:.2f}, {high:.2f}]; written to {path}",
        ]
    )


def _encoder(settings: Settings) -> SentenceEncoder:
    return SentenceEncoder(settings.var / "encoders" / "sentence")


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
    scorer = commands.add_parser("train-scorer", help="learn to guess the scores")
    scorer.set_defaults(run=_train)
    for command in (collect, report, scorer):
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
